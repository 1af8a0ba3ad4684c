"""Messages to a page tell nothing of the machine."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from stances.seams import surroundings
from stances.seams.surroundings import Discreet, without_surroundings

SCRIPT = Path("/srv/secret/app.py")


def begun() -> ForwardMsg:
    """The message that begins a run."""
    message = ForwardMsg()
    session = message.new_session
    session.main_script_path, session.name = str(SCRIPT), "app"
    told = session.initialize.environment_info
    told.python_version, told.server_os, told.streamlit_version = "3.99.1", "linux", "1.2.3"
    return message


def test_the_message_that_begins_a_run_names_no_place_and_no_python() -> None:
    rewritten = without_surroundings(begun().SerializeToString(), SCRIPT)
    assert b"/srv" not in rewritten
    assert b"3.99.1" not in rewritten
    read = ForwardMsg.FromString(rewritten).new_session
    assert (read.main_script_path, read.name) == ("app.py", "app")
    # Pages load themselves anew where it has changed.
    assert read.initialize.environment_info.streamlit_version == "1.2.3"


def test_nothing_else_that_is_told_of_the_machine_is_new() -> None:
    told = begun().new_session.initialize.environment_info
    known = {"streamlit_version", "python_version", "server_os", "has_display"}
    assert {field.name for field in told.DESCRIPTOR.fields} == known


def test_other_messages_are_left_as_they_are() -> None:
    message = ForwardMsg()
    message.delta.new_element.markdown.body = f"see {SCRIPT}"
    for sent in (message.SerializeToString(), b"", b"no message at all"):
        assert without_surroundings(sent, SCRIPT) == sent


@pytest.mark.parametrize("gone", [("python_version", "no_such_field"), ()])
def test_a_message_of_another_make_still_comes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, gone: tuple[str, ...]
) -> None:
    sent = begun().SerializeToString() if gone else str(SCRIPT).encode()
    monkeypatch.setattr(surroundings, "_TELLING", gone)
    assert without_surroundings(sent, SCRIPT) == sent
    assert "A page was told" in caplog.text


def test_what_is_sent_over_websockets_is_rewritten_and_nothing_else() -> None:
    secret, sent = begun().SerializeToString(), list[Message]()

    async def server(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - ASGI
        await send({"type": f"{scope['type']}.send", "bytes": secret})
        await send({"type": f"{scope['type']}.send", "text": "x"})

    async def client(message: Message) -> None:
        sent.append(message)

    async def silence() -> Message:
        raise AssertionError

    for kind in ("websocket", "http"):
        asyncio.run(Discreet(server, SCRIPT)({"type": kind}, silence, client))
    rewritten = without_surroundings(secret, SCRIPT)
    assert rewritten != secret
    assert [message.get("bytes") for message in sent] == [rewritten, None, secret, None]
