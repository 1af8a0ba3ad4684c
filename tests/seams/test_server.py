"""Options of Streamlit by the environment, and files that lie beside the dashboard, which are taken
under any server; and connections that send at once.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from streamlit import config

from stances.dataset.faults import BadInput
from stances.seams.server import listeners, send_at_once, take_environment, take_settings_of
from tests.browser.app import HOST, running
from tests.folders import ROOT


@pytest.mark.parametrize(
    ("name", "variable", "text", "value"),
    [
        ("server.baseUrlPath", "STREAMLIT_SERVER_BASE_URL_PATH", "huawei", "huawei"),
        ("server.disconnectedSessionTTL", "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL", "5", 5),
        ("server.headless", "STREAMLIT_SERVER_HEADLESS", "true", True),
        ("server.headless", "STREAMLIT_SERVER_HEADLESS", "false", False),
    ],
)
def test_an_option_has_the_value_that_the_environment_names(
    monkeypatch: pytest.MonkeyPatch, name: str, variable: str, text: str, value: object
) -> None:
    before = config.get_option(name)
    monkeypatch.setenv(variable, text)
    try:
        take_environment()
        assert config.get_option(name) == value
    finally:
        config.set_option(name, before)


def test_the_settings_beside_a_script_are_taken_in_any_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(config, "_main_script_path", None)
    monkeypatch.chdir(tmp_path)
    own = str(ROOT / ".streamlit" / "config.toml")
    assert own not in config.get_config_files("config.toml")
    take_settings_of(ROOT / "dashboard.py")
    assert config.get_config_files("config.toml")[-1] == own


def test_what_is_no_value_of_an_option_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL", "soon")
    text = "^STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL: soon is not a number$"
    with pytest.raises(BadInput, match=text):
        take_environment()


def test_a_connection_sends_at_once_where_its_server_does_not_name_the_protocol() -> None:
    with socket.socket() as server, socket.socket() as visitor:
        server.bind((HOST, 0))
        server.listen()
        send_at_once()
        visitor.connect(server.getsockname())
        connection, _ = server.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            assert not visitor.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_what_does_not_listen_is_passed_over() -> None:
    with socket.socket() as idle, (ROOT / "dashboard.py").open("rb"):
        send_at_once()
        assert not idle.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def _descriptors() -> list[str]:
    """What the process has open, and the look at it."""
    return sorted(path.name for path in Path("/dev/fd").iterdir())


def test_what_is_open_stays_so_and_nothing_more_is() -> None:
    reading, writing = os.pipe()
    with socket.socket() as server:
        server.listen()
        before = _descriptors()
        send_at_once()
        assert _descriptors() == before
        os.close(writing)
        assert os.read(reading, 1) == b""
        os.close(reading)
        assert server.getsockname()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="a system without such sockets")
def test_a_server_at_a_file_is_left_as_it_is(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        server.listen()
        assert [*listeners()]
        send_at_once()


def test_a_system_without_a_folder_of_descriptors_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("stances.seams.server._DESCRIPTORS", tmp_path / "none")
    with socket.socket() as server:
        server.bind((HOST, 0))
        server.listen()
        assert not [*listeners()]


def test_streamlit_listens_before_it_loads_the_dashboard(tmp_path: Path) -> None:
    script = tmp_path / "probe.py"
    script.write_text(
        "import streamlit as st\n"
        "from stances.seams.server import listeners\n"
        "print([*map(type, listeners())], flush=True)\n"
        "app = st.App('page.py')\n"
    )
    (tmp_path / "page.py").write_text("")
    with running(script=script) as server:
        assert "[<class 'socket.socket'>]" in server.text()
