"""A server for others: the dashboard under uvicorn, with bounds, by its own documented settings.

One process: the session of a page is in its memory, so a second worker at the same port would be
asked for what the first one knows. More replicas stand beside it, behind a proxy that sends each
visitor to the same one (`deploy/nginx.conf`).
"""

import gc
import logging
import os
import socket
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from stances.dataset.faults import BadInput, inline
from stances.dataset.files import data_folder
from stances.dataset.store import store_of

_ROOT = Path(__file__).resolve().parents[1]
_DASHBOARD = _ROOT / "dashboard.py"
# An open page takes four and a request up to two (`routes/capacity.py`); most systems start a
# process with 1,024 and let it have more.
_DESCRIPTORS = 8192
# The bytes of a request's head that are read, so that what is too long in it can be named.
_LONGEST_HEAD = 1_000_000
# What a page says: the state of its controls.
_LONGEST_MESSAGE = 1_000_000
_PING_SECONDS = 30
_BACKLOG = 2048
_STOP_SECONDS = 10
# The thread that sends is not kept from its turn by those that compute.
_TURN_SECONDS = 0.0005
# What a run makes is let go of when it ends: a look after every 700 objects, as Python takes it by
# itself, finds nothing. But a socket that was closed waits for a look at all that there is, with
# some 60 kB: one comes after 300 visitors or so, and takes a tenth of a second.
_COLLECTION = (10_000, 20, 5)


def serve(host: str, port: int) -> None:
    """Serve the dashboard until the process is told to end. Raises BadInput where there is no
    dashboard beside the package or no server for it, OSError where the port cannot be had.
    """
    if not _DASHBOARD.is_file():
        raise BadInput(
            f"there is no {_DASHBOARD.name} beside the package: serve from the repository"
        )
    try:
        from uvicorn import Config, Server

        from stances.routes.capacity import capacity
        from stances.routes.pages import get_ready
        from stances.seams.server import take_environment, take_settings_of
    except ImportError:
        raise BadInput("a server needs the packages in requirements.txt") from None
    _take_descriptors()
    # What Streamlit asks its own settings for: where it is served.
    os.environ |= {"STREAMLIT_SERVER_ADDRESS": host, "STREAMLIT_SERVER_PORT": str(port)}
    take_settings_of(_DASHBOARD)
    take_environment()
    with _listening(host, port) as listening:
        settings = Config(
            "dashboard:app",
            http="h11",
            ws="websockets-sansio",
            ws_max_size=_LONGEST_MESSAGE,
            ws_ping_interval=_PING_SECONDS,
            ws_ping_timeout=_PING_SECONDS,
            h11_max_incomplete_event_size=_LONGEST_HEAD,
            limit_concurrency=capacity().bounds.descriptors // 2,
            timeout_graceful_shutdown=_STOP_SECONDS,
            access_log=False,
            use_colors=False,
        )
        # Where `dashboard:app` is found, from whatever folder this is started.
        sys.path.insert(0, str(_ROOT))
        settings.load()
        # Visitors of a server come to all pages, and what is ready stays out of collections.
        import_module("dashboard").further_pages.cancel()
        get_ready(store_of(data_folder()))
        _settle()
        with suppress(KeyboardInterrupt):
            Server(settings).run(sockets=[listening])


def _take_descriptors() -> None:
    """Take as many descriptors as are needed and may be had."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= _DESCRIPTORS:
        return
    more = _DESCRIPTORS if hard == resource.RLIM_INFINITY else min(_DESCRIPTORS, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (more, hard))


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens. It names its protocol: only then does asyncio send at once, on
    each connection, what there is.
    """
    try:
        addresses = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP, flags=socket.AI_PASSIVE
        )
    except OSError as error:
        raise OSError(f"the host {inline(host)} cannot be had: {error.strerror}") from None
    family, kind, protocol, _, address = addresses[0]
    listening = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # there it would share the port with another server
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise OSError(f"port {port} of {host} cannot be had: {error.strerror}") from None
    return listening


def _settle() -> None:
    """Keep what is there now, code and data, out of the collections to come."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTION)
    sys.setswitchinterval(_TURN_SECONDS)
    # A line a request is written by nginx; Streamlit turns uvicorn's own on again.
    logging.getLogger("uvicorn.access").disabled = True
