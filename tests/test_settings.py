"""The settings that the dashboard is hosted with: nothing is sent anywhere, nothing is taken in."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tests.folders import ROOT

FILE = ROOT / ".streamlit" / "config.toml"


@pytest.fixture(scope="module")
def settings() -> dict[str, dict[str, Any]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        # Telemetry, and the address that the first start asks for.
        ("browser", "gatherUsageStats", False),
        ("server", "showEmailPrompt", False),
        # Unset, a headless start asks another host for the address of this machine.
        ("browser", "serverAddress", "localhost"),
        ("server", "maxUploadSize", 1),
        # The memory of who has left is given back within a minute.
        ("server", "disconnectedSessionTTL", 45),
        # No code, no path, no link to a search engine beside an error.
        ("client", "showErrorDetails", "none"),
        ("client", "showErrorLinks", False),
        ("client", "toolbarMode", "viewer"),
        # Streamlit writes texts into a CSV, and on the clipboard, that a spreadsheet runs.
        ("client", "disableDataExport", True),
        # An error that is drawn in colours passes no handler, and takes a tenth of a second.
        ("logger", "enableRich", False),
        # A full collection after each run costs many visitors more than the runs do.
        ("runner", "postScriptGC", False),
    ],
)
def test_each_promise_is_set(
    settings: dict[str, dict[str, Any]], section: str, name: str, value: object
) -> None:
    assert settings[section][name] == value
    assert type(settings[section][name]) is type(value)


def test_what_protects_is_not_switched_off(settings: dict[str, dict[str, Any]]) -> None:
    server = settings["server"]
    for name in ("enableXsrfProtection", "enableCORS"):
        assert server.get(name, True) is True, name
    for name in ("enableStaticServing", "trustedUserHeaders", "cookieSecret"):
        assert name not in server, name


def test_streamlit_knows_every_setting(settings: dict[str, dict[str, Any]]) -> None:
    config = pytest.importorskip("streamlit.config")
    known = config.get_config_options()
    for section, options in settings.items():
        for name, value in options.items():
            if isinstance(value, dict):
                assert {f"{section}.{name}.{inner}" for inner in value} <= set(known)
            else:
                assert f"{section}.{name}" in known
