"""Settings and sockets that each of two servers leaves as they are: uvicorn takes no settings of
Streamlit from the environment and from beside the dashboard, as `streamlit run` does, and that
one's connections wait.

Leans on: `streamlit.config.get_config_options`, and of each option its `env_var`, its `type` and
  whether it is `multiple`, or `sensitive`, which Streamlit itself reads; on `set_option` taking
  any of them; on `streamlit.config._main_script_path`, beside which it looks for `.streamlit`;
  on Streamlit listening before it loads the dashboard.
Fails: under `python -m stances serve` a base path of the environment is not known; started in
  another folder than that of the dashboard it has the settings and the look of Streamlit; under
  `streamlit run` each small file and message comes 40 ms later.
Then: look in `streamlit/web/cli.py` for what reads the environment, or write a config file; and in
  its `starlette_server.py` for how and when it listens.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from streamlit import config
from streamlit.config_option import ConfigOption

from stances.dataset.faults import BadInput, inline, of_parameter

# The descriptors of a process, where its system has a folder of them: Windows has none.
_DESCRIPTORS = Path("/dev/fd")
_YES = ("1", "true", "yes", "on")


def take_settings_of(script: Path) -> None:
    """Have the settings that lie beside a script taken, from whatever folder it is started."""
    config._main_script_path = str(script)


def take_environment() -> None:
    """Give each option of Streamlit that the environment names its value. Another server than
    Streamlit's own command, whose flags come first, does not. Raises BadParameter.
    """
    for name, option in config.get_config_options().items():
        text = os.environ.get(option.env_var)
        if text is not None and not option.sensitive:
            with of_parameter(option.env_var):
                config.set_option(name, _value(option, text), option.env_var)


def _value(option: ConfigOption, text: str) -> Any:
    if option.multiple:
        return text.split()
    if option.type is bool:
        return text.lower() in _YES
    try:
        return option.type(text)
    except ValueError:
        raise BadInput(f"{inline(text)} is not a number") from None


def send_at_once() -> None:
    """Let the connections of the server that is listening send what there is without a wait.

    A system holds back what is small until the other end has confirmed what went before, which it
    does after 40 ms; asyncio turns that off only where a socket names its protocol, and that of
    `streamlit run` does not. A connection has it from the socket that it came to.
    """
    for listener in listeners():
        with suppress(OSError):  # one of the machine alone, by a file
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def listeners() -> Iterator[socket.socket]:
    """Yield each socket of this process that listens, for as long as its turn is."""
    for path in [*_DESCRIPTORS.iterdir()] if _DESCRIPTORS.is_dir() else ():
        with suppress(OSError):  # of what is no socket, or is closed by now
            each = socket.socket(fileno=int(path.name))
            try:
                if each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    yield each
            finally:
                # It is another's, and stays open.
                each.detach()
