"""`serve`: the dashboard for others, behind a proxy (`deploy/nginx.conf`)."""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from stances.dataset.faults import BadInput
from stances.dataset.load import DATA_VARIABLE, data_folder, load

TEXT = "serve the dashboard to others"
_ROOT = Path(__file__).resolve().parents[2]


def options(parser: ArgumentParser) -> None:
    """Take a host and a port."""
    parser.add_argument("--host", default="127.0.0.1", help="default: this machine alone")
    parser.add_argument("--port", default=8501, type=int, help="default: 8501")


def run(arguments: Namespace) -> int:
    """Serve until the process is told to end. Raises BadInput where there is no dashboard beside
    the package or no server for it.
    """
    if not 0 < arguments.port < 65_536:
        raise BadInput(f"{arguments.port} is not from 1 to 65535", "--port")
    if not (_ROOT / "dashboard.py").is_file():
        raise BadInput("there is no dashboard.py beside the package: serve from the repository")
    try:
        import uvicorn  # noqa: PLC0415
    except ImportError:
        raise BadInput("a server needs the packages in requirements.txt") from None
    folder = data_folder(arguments.data).resolve()
    load(folder)
    os.environ[DATA_VARIABLE] = str(folder)
    # Streamlit takes the settings of the folder that it is started in.
    os.chdir(_ROOT)
    sys.path.insert(0, str(_ROOT))
    uvicorn.run("dashboard:app", host=arguments.host, port=arguments.port, access_log=False)
    return 0
