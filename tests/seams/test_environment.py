"""Options of Streamlit by the environment, and files that lie beside the dashboard, which are taken
under any server.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit import config

from stances.dataset.faults import BadInput
from stances.seams.environment import take_environment, take_settings_of
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
