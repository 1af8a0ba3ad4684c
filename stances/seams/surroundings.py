"""What a page is told of the machine that serves it: nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def without_surroundings(script: Path) -> Callable[[bytes], bytes]:
    """What takes, from the messages that Streamlit sends to a page, where the `script` lies and
    what it runs on. The version of Streamlit stays: its code, which every page loads, has it too,
    and loads the page anew after an upgrade.
    """
    # A message is taken apart only where it has the path in it: one a run.
    place = str(script).encode()

    def told(message: bytes) -> bytes:
        if place not in message:
            return message
        found = ForwardMsg.FromString(message)
        if found.WhichOneof("type") != "new_session":
            return message
        begun = found.new_session
        begun.main_script_path = script.name
        for name in ("python_version", "server_os", "has_display"):
            begun.initialize.environment_info.ClearField(name)
        return bytes(found.SerializeToString())

    return told
