"""`serve`: the dashboard for others, with bounds."""

import os
from argparse import ArgumentParser, Namespace

from stances.commands.streams import OK
from stances.dataset.faults import BadInput, inline
from stances.dataset.files import DATA_VARIABLE
from stances.dataset.names import CONTACT, is_contact
from stances.links.site import CONTACT_VARIABLE
from stances.serve import serve

TEXT = "serve the dashboard to others, with bounds on what one server takes on"
_PORTS = range(1, 65_536)


def options(command: ArgumentParser) -> None:
    """Take a host, a port, and where errors are reported."""
    command.add_argument(
        "--host",
        default=os.environ.get("STREAMLIT_SERVER_ADDRESS") or "127.0.0.1",
        help="the address to listen on (else STREAMLIT_SERVER_ADDRESS, else this machine alone)",
    )
    command.add_argument(
        "--port",
        default=os.environ.get("STREAMLIT_SERVER_PORT") or "8501",
        help="the port to listen on (else STREAMLIT_SERVER_PORT, else 8501)",
    )
    command.add_argument(
        "--contact",
        help="where readers report errors: an https address of a form, or mailto: and an address "
        f"(else {CONTACT_VARIABLE}, else contact in about.toml)",
    )


def run(arguments: Namespace) -> int:
    """Serve until the process is told to end."""
    port = arguments.port
    if not port.isascii() or not port.isdigit() or int(port) not in _PORTS:
        raise BadInput(f"--port {port!r}: allowed: a number from 1 to 65535")
    if arguments.contact is not None:
        if arguments.contact and not is_contact(arguments.contact):
            raise BadInput(f"--contact {inline(arguments.contact)}: allowed: {CONTACT.text}")
        os.environ[CONTACT_VARIABLE] = arguments.contact
    if arguments.data:
        os.environ[DATA_VARIABLE] = arguments.data
    serve(arguments.host, int(port))
    return OK
