"""`serve`: the dashboard for others, behind a proxy (`deploy/nginx.conf`)."""

import logging
import os
import sys
from argparse import ArgumentParser, Namespace
from contextlib import suppress
from pathlib import Path
from typing import Any

from stances.dataset.faults import BadInput
from stances.dataset.load import DATA_VARIABLE, data_folder, load

TEXT = "serve the dashboard to others"
_ROOT = Path(__file__).resolve().parents[2]
_ADDRESS = "STREAMLIT_SERVER_ADDRESS"
_PORT = "STREAMLIT_SERVER_PORT"


def options(parser: ArgumentParser) -> None:
    """Take a host and a port."""
    default_host = os.environ.get(_ADDRESS, "127.0.0.1")
    parser.add_argument("--host", default=default_host, help=f"default: {_ADDRESS}, else 127.0.0.1")
    parser.add_argument("--port", default=8501, type=int, help="default: 8501")


def run(arguments: Namespace) -> int:
    """Serve until the process is told to end. Raises BadInput where there is nothing to serve."""
    listen("dashboard:app", arguments.data, arguments.host, arguments.port)
    return 0


def listen(app: str, data: str | None, host: str, port: int) -> None:
    """Serve an application on the data of a folder; `app`: its module and name. Raises BadInput,
    DataFaults.
    """
    if not 0 < port < 65_536:
        raise BadInput(f"{port} is not from 1 to 65535", "--port")
    if not (_ROOT / "dashboard.py").is_file():
        raise BadInput("there is no dashboard.py beside the package: serve from the repository")
    try:
        import uvicorn  # noqa: PLC0415

        from stances.routes.headers import UVICORN  # noqa: PLC0415
    except ImportError:
        raise BadInput("a server needs the packages in requirements.txt") from None

    # Faults of the data end the command, before there is a server.
    folder = data_folder(data).resolve()
    load(folder)

    os.environ[DATA_VARIABLE] = str(folder)
    # Streamlit does not ask uvicorn where it is served, and has it from its own settings.
    os.environ[_ADDRESS] = host
    os.environ[_PORT] = str(port)
    # Streamlit takes the settings of the folder that it is started in.
    os.chdir(_ROOT)
    sys.path.insert(0, str(_ROOT))

    # Each reader holds a socket; many systems allow a process no more than 1024 files.
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415

        _, most_files = resource.getrlimit(resource.RLIMIT_NOFILE)
        files = min(8192, most_files)
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most_files))
    # A thread that computes makes way for others sooner.
    sys.setswitchinterval(0.0005)
    # The proxy writes a line for each request; Streamlit would turn these on again.
    logging.getLogger("uvicorn.access").addFilter(lambda _: False)
    limits: dict[str, Any] = UVICORN
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        # Those that the limits are made for; else uvicorn takes what else is installed.
        http="h11",
        ws="websockets-sansio",
        **limits,
    )
