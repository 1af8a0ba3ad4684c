"""What a page is told of the machine that serves it: nothing.

Leans on: the message that begins a run, `new_session` of `streamlit.proto.ForwardMsg`, being the
  one that names the script's place, the Python and the system, and going over the WebSocket.
Fails: the message goes out as Streamlit made it, with the path in it, and the server's log says so.
Then: look in `streamlit/runtime/app_session.py` for where it is made and what it is called.
"""

from __future__ import annotations

import logging
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger(__name__)
_TELLING = ("python_version", "server_os", "has_display")


class Discreet:
    """Removes from the messages to browsers where `script` lies and what it runs on. The version of
    Streamlit stays: its code, which every page loads, has it too, and loads the page anew after an
    upgrade.
    """

    def __init__(self, app: ASGIApp, script: Path) -> None:
        self.app = app
        self.script = script

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a connection, as an ASGI application."""

        async def rewritten(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                message = {**message, "bytes": without_surroundings(message["bytes"], self.script)}
            await send(message)

        await self.app(scope, receive, rewritten if scope["type"] == "websocket" else send)


def without_surroundings(message: bytes, script: Path) -> bytes:
    """A message without the place of the script and what it runs on."""
    # A message is taken apart only where it has the path in it: one a run.
    if str(script).encode() not in message:
        return message
    try:
        return _without(message, script)
    except Exception:
        # Whatever has changed in Streamlit must not keep the page from coming.
        _LOG.exception("A page was told where the program lies")
        return message


def _without(message: bytes, script: Path) -> bytes:
    # Here, so that the server starts where Streamlit has no such module any more.
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    found = ForwardMsg.FromString(message)
    if found.WhichOneof("type") != "new_session":
        return message
    begun = found.new_session
    begun.main_script_path = script.name
    for name in _TELLING:
        begun.initialize.environment_info.ClearField(name)
    return bytes(found.SerializeToString())
