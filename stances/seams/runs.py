"""A page whose run does not end is let go, and so is what sends messages that no page sends here.

Leans on: each message from a page being a `BackMsg` of `streamlit.proto` in one binary frame, a
  page that has lost its socket naming its session in the third protocol of another, all that is
  Streamlit's own lying under `_stcore/`, each run that a `rerun_script` asks for ending with a
  `script_finished` in a `ForwardMsg`, and the functions of `session_state.py` in which the values
  of controls are taken.
Fails: a run is taken for one that does not end, and a page that is looked at connects anew once a
  minute; the log has the reason each time. A page that comes back is let go while it is silent, and
  what Streamlit counts can be read.
Then: look in `streamlit/runtime/app_session.py` for what answers a message, and what ends a run.
"""

import asyncio
import logging
from traceback import walk_tb

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import error_util
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.state.common import GENERATED_ELEMENT_ID_PREFIX

_LOG = logging.getLogger(__name__)
# A run of a page takes a second; what waits for one so long waits for ever.
RUN_SECONDS = 60.0
# Menus and keys of developers, which pages do not have here. The first would clear what is kept for
# all visitors, others run programs or write files.
_NOT_SENT = {
    "clear_cache", "set_run_on_save", "load_git_info", "debug_disconnect_websocket",
    "debug_shutdown_runtime", "file_urls_request", "install_skills", "dismiss_skills_nudge",
}  # fmt: skip
# The message that a run has ended is among the smallest: 44 bytes, of which 40 name the run.
_SMALL = 100
# Where Streamlit takes the values that a page sends: before a run, and where a control is drawn.
_STATE, _TAKING = "session_state.py", {"on_script_will_rerun", "register_widget"}
# How the name of a control begins; the run fails at any other.
_NAMED, _UNKNOWN_CONTROL = f"{GENERATED_ELEMENT_ID_PREFIX}-", "of a control that there is not"
_POLICY_VIOLATION = 1008


# Where the socket of a page lies, and what Streamlit counts.
OWN_FOLDER = "_stcore/"


def comes_back(scope: Scope) -> bool:
    """Say whether a socket is of a page that has lost one, and is as silent as it was before."""
    return any(scope.get("subprotocols", [])[2:3])


class _BadValues(logging.Filter):
    """Tells in one line of a run that failed at the value of a control, before any line of ours: no
    page sends such a value, and who sends many would fill the log.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and _is_value_failure(error):
            record.msg = "A run failed at a value that its control cannot have: %s"
            record.args = (type(error).__name__,)
            record.exc_info = record.exc_text = None
        return True


def _is_value_failure(error: BaseException) -> bool:
    """Say whether Streamlit failed while it took the values of controls."""
    places = [frame.f_code for frame, _ in walk_tb(error.__traceback__)]
    return any(place.co_name in _TAKING and place.co_filename.endswith(_STATE) for place in places)


class RunsEnd:
    """Closes the socket of a page whose run does not end, and on a message that no page sends."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        logging.getLogger(error_util.__name__).addFilter(_BadValues())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a connection, as an ASGI application."""
        if scope["type"] == "websocket":
            page = _Page(receive, send)
            receive, send = page.receive, page.send
        await self.app(scope, receive, send)


class _Page:
    """The socket of a page, which may owe it the end of a run until a time of the event loop."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._due: float | None = None
        self._waiting: asyncio.Timeout | None = None

    async def receive(self) -> Message:
        try:
            async with asyncio.timeout_at(self._due) as self._waiting:
                message = await self._receive()
        except TimeoutError:
            return await self._end(f"a run has not ended in {RUN_SECONDS:.0f} seconds")
        finally:
            self._waiting = None
        if message["type"] != "websocket.receive":
            return message
        kind = kind_of(message.get("bytes"))
        if not kind or kind in _NOT_SENT or kind == _UNKNOWN_CONTROL:
            return await self._end(f"no page sends such a message: {kind or 'of no kind'}")
        # What is asked for while a run lasts takes its place, and has no longer for it.
        if kind == "rerun_script" and self._due is None:
            self._due = asyncio.get_running_loop().time() + RUN_SECONDS
        return message

    async def send(self, message: Message) -> None:
        if self._due is not None and ends_a_run(message.get("bytes") or b""):
            self._due = None
            if self._waiting is not None and not self._waiting.expired():
                self._waiting.reschedule(None)
        await self._send(message)

    async def _end(self, reason: str) -> Message:
        _LOG.warning("A session was ended: %s", reason)
        await self._send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": reason})
        return {"type": "websocket.disconnect", "code": _POLICY_VIOLATION}


def kind_of(content: bytes | None) -> str:
    """Return what a message from a page asks for; empty where it cannot be read or asks nothing."""
    try:
        message = BackMsg.FromString(content or b"")
    except DecodeError:
        return ""
    kind = message.WhichOneof("type")
    if kind == "rerun_script" and not _has_controls(message.rerun_script):
        return _UNKNOWN_CONTROL
    if kind == "backend_operation_request":
        kind = message.backend_operation_request.WhichOneof("payload")
    return str(kind or "")


def _has_controls(request: ClientState) -> bool:
    """Say whether each value of a request for a run is of a control that Streamlit has named."""
    return all(widget.id.startswith(_NAMED) for widget in request.widget_states.widgets)


def ends_a_run(content: bytes) -> bool:
    """Say whether a message to a page says that a run has ended, and not to begin again."""
    if not 0 < len(content) < _SMALL:
        return False
    message = ForwardMsg.FromString(content)
    ends = message.WhichOneof("type") == "script_finished"
    return ends and bool(message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN)
