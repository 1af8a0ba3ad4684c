"""A page whose run does not end is let go, and so is what sends what no page sends."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette import starlette_routes, starlette_websocket
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from stances.seams import runs
from stances.seams.runs import OWN_FOLDER, RunsEnd, comes_back, ends_a_run, kind_of

if TYPE_CHECKING:
    from tests.browser.app import Server

END = "websocket.close"
# So long a busy machine may take to answer.
PATIENCE_SECONDS = 60


def ask_for(kind: str = "rerun_script") -> bytes:
    """A message from a page."""
    message = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[kind]
    if field.message_type:
        getattr(message, kind).SetInParent()
    else:
        setattr(message, kind, True)
    return message.SerializeToString()


def operation(name: str) -> bytes:
    """A message that asks for something beside a run."""
    message = BackMsg()
    getattr(message.backend_operation_request, name).SetInParent()
    return message.SerializeToString()


def end_message(status: int) -> bytes:
    message = ForwardMsg()
    message.script_finished = status  # type: ignore[assignment]
    return message.SerializeToString()


def run(answer: Coroutine[Any, Any, None]) -> None:
    """Run what answers in a thread of its own: in this one a browser may have a loop running."""
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, answer).result()


def close_of(page: Sequence[bytes], answers: Sequence[bytes], waits: float = 0.0) -> list[Message]:
    """Return how a browser's socket is closed that sends `page` and waits some seconds, by a server
    that gives `answers` to the first message.
    """
    sent: list[Message] = []
    coming = [*page]

    async def receive() -> Message:
        if coming:
            return {"type": "websocket.receive", "bytes": coming.pop(0)}
        await asyncio.sleep(waits)
        return {"type": "websocket.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    async def server(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - ASGI
        heard = await receive()
        answering = asyncio.create_task(answer(send))
        while heard["type"] == "websocket.receive":
            heard = await receive()
        await answering

    async def answer(send: Send) -> None:
        for content in answers:
            await send({"type": "websocket.send", "bytes": content})

    run(RunsEnd(server)({"type": "websocket"}, receive, send))
    return [message for message in sent if message["type"] == END]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "RUN_SECONDS", 0.05)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "answers",
    [[], [b"\x00" * 2_000], [end_message(ForwardMsg.FINISHED_EARLY_FOR_RERUN)]],
    ids=["nothing", "something large", "begins again"],
)
def test_a_run_that_does_not_end_ends_the_session(answers: list[bytes]) -> None:
    [closed] = close_of([ask_for()], answers, waits=30)
    assert closed["code"] == 1008
    assert "has not ended" in closed["reason"]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "status",
    [ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
     ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY],
)  # fmt: skip
def test_after_a_run_that_has_ended_a_page_may_be_silent(status: int) -> None:
    assert close_of([ask_for()], [end_message(status)], waits=0.2) == []


@pytest.mark.usefixtures("impatient")
def test_what_asks_for_no_run_waits_for_none() -> None:
    assert close_of([ask_for("app_heartbeat"), ask_for("stop_script")], [], waits=0.2) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xff", ask_for("clear_cache"), ask_for("set_run_on_save"), ask_for("load_git_info"),
     ask_for("debug_shutdown_runtime"), ask_for("file_urls_request"), operation("install_skills")],
)  # fmt: skip
def test_what_no_page_sends_ends_the_session(content: bytes) -> None:
    [closed] = close_of([content], [])
    assert "no page sends" in closed["reason"]


@pytest.mark.parametrize("name", ["deferred_file", "dataframe_chunk"])
def test_what_a_page_may_ask_beside_runs_passes(name: str) -> None:
    assert close_of([operation(name)], []) == []


def test_every_kind_that_is_refused_is_known_to_streamlit() -> None:
    request = BackMsg.DESCRIPTOR.fields_by_name["backend_operation_request"].message_type
    known = {*BackMsg.DESCRIPTOR.fields_by_name, *request.fields_by_name}
    assert known > runs._NOT_SENT
    assert kind_of(ask_for("clear_cache")) == "clear_cache"


def test_other_connections_are_left_alone() -> None:
    async def server(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - ASGI
        assert (await receive())["type"] == "http.request"

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        raise AssertionError(message)

    run(RunsEnd(server)({"type": "http"}, receive, send))


def test_a_value_of_no_control_ends_the_session_in_one_line(server: Server) -> None:
    message = BackMsg()
    message.rerun_script.widget_states.widgets.add(id="a" * 300).trigger_value = True
    before = server.text().count("\n")
    with _page(server) as page:
        page.send(message.SerializeToString())
        with pytest.raises(ConnectionClosed) as closed:
            page.recv(PATIENCE_SECONDS)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.reason.endswith("of a control that there is not")
    assert server.text().count("\n") == before + 1


def _page(server: Server) -> ClientConnection:
    """The socket of a page that the server has sent."""
    stream = server.url.replace("http:", "ws:") + "_stcore/stream"
    return connect(stream, origin=Origin(server.origin), max_size=None)


def test_the_dashboard_ends_such_a_session(server: Server) -> None:
    with _page(server) as page:
        page.send(ask_for("clear_cache"))
        with pytest.raises(ConnectionClosed) as closed:
            page.recv(PATIENCE_SECONDS)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008


def test_the_end_of_a_run_is_known_among_all_that_the_dashboard_sends(server: Server) -> None:
    with _page(server) as page:
        page.send(ask_for())
        kinds: list[tuple[bool, str | None]] = []
        while not any(ends for ends, _ in kinds):
            sent = page.recv(PATIENCE_SECONDS, decode=False)
            kinds.append((ends_a_run(sent), ForwardMsg.FromString(sent).WhichOneof("type")))
    assert len(kinds) > 1
    assert kinds[-1] == (True, "script_finished")


def test_a_value_that_no_control_has_is_told_in_one_line(server: Server) -> None:
    before = server.text()
    with _page(server) as page:
        page.send(ask_for())
        sent = [page.recv(PATIENCE_SECONDS, decode=False)]
        while not ends_a_run(sent[-1]):
            sent.append(page.recv(PATIENCE_SECONDS, decode=False))
        message = BackMsg()
        for content in sent:
            element = ForwardMsg.FromString(content).delta.new_element
            if element.WhichOneof("type") == "date_input":
                widget = message.rerun_script.widget_states.widgets.add(id=element.date_input.id)
                widget.bool_value = True
        assert message.rerun_script.widget_states.widgets
        page.send(message.SerializeToString())
        while not ends_a_run(page.recv(PATIENCE_SECONDS, decode=False)):
            pass
    text = server.text().removeprefix(before)
    assert "A run failed at a value that its control cannot have: TypeError" in text
    assert "Traceback" not in text


def test_streamlit_takes_the_session_of_a_page_that_comes_back_from_the_third_protocol() -> None:
    for offered in (["streamlit", "token", "session"], ["streamlit", "token"], ["streamlit"], []):
        headers = Headers({"sec-websocket-protocol": ", ".join(offered)})
        *_, session = starlette_websocket._parse_subprotocols(headers)
        assert comes_back({"subprotocols": offered}) == (session is not None)


def test_what_streamlit_counts_lies_in_the_folder_of_its_own() -> None:
    assert f"{OWN_FOLDER}metrics" == starlette_routes.ROUTE_METRICS
