"""Messages to a page tell nothing of the machine."""

from __future__ import annotations

from pathlib import Path

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from stances.seams.surroundings import without_surroundings

SCRIPT = Path("/srv/secret/app.py")


def test_the_message_that_begins_a_run_names_no_place_and_no_python() -> None:
    message = ForwardMsg()
    begun = message.new_session
    begun.main_script_path, begun.name = str(SCRIPT), "app"
    told = begun.initialize.environment_info
    told.python_version, told.server_os, told.streamlit_version = "3.99.1", "linux", "1.2.3"
    rewritten = without_surroundings(SCRIPT)(message.SerializeToString())
    assert b"/srv" not in rewritten
    assert b"3.99.1" not in rewritten
    read = ForwardMsg.FromString(rewritten).new_session
    assert (read.main_script_path, read.name) == ("app.py", "app")
    # Pages load themselves anew where it has changed.
    assert read.initialize.environment_info.streamlit_version == "1.2.3"


def test_other_messages_are_left_as_they_are() -> None:
    message = ForwardMsg()
    message.delta.new_element.markdown.body = f"see {SCRIPT}"
    for sent in (message.SerializeToString(), b"", b"no message at all"):
        assert without_surroundings(SCRIPT)(sent) == sent
