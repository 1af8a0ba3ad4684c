"""`python -m stances serve`: what hosts the dashboard for others."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from stances.__main__ import BAD_USAGE, main
from stances.dataset.files import DATA_VARIABLE
from stances.links.site import CONTACT_VARIABLE
from tests.browser.app import HOST, Server, dead_port, free_port, serve
from tests.browser.view import open_view
from tests.folders import ROOT, SIX

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard as it is hosted."""
    server = serve(tmp_path_factory.mktemp("serve") / "log")
    yield server
    server.stop()


@pytest.mark.parametrize("port", ["x", "0", "65536", "-1", "٣"])
def test_a_port_that_is_none_is_named(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", f"--port={port}"]) == BAD_USAGE
    out, text = capsys.readouterr()
    assert (out, text.count("\n")) == ("", 1)
    assert "allowed: a number from 1 to 65535" in text


def test_a_port_that_is_taken_is_named() -> None:
    with dead_port() as port:
        command = [sys.executable, "-m", "stances", "serve", "--port", str(port)]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
        )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (BAD_USAGE, "", 1)
    assert f"port {port} of {HOST} cannot be had" in done.stderr


def test_a_host_that_nobody_knows_is_named() -> None:
    command = [sys.executable, "-m", "stances", "serve", "--host", "moon.invalid"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (BAD_USAGE, "", 1)
    assert "the host moon.invalid cannot be had: " in done.stderr


def test_a_contact_that_is_none_ends_the_start_in_one_line() -> None:
    command = [sys.executable, "-m", "stances", "serve", "--port", str(free_port())]
    env = os.environ | {CONTACT_VARIABLE: "javascript:alert(1)"}
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr.count("\n")) == (BAD_USAGE, 1)
    assert done.stderr.startswith(f"stances: {CONTACT_VARIABLE}: ")


def test_the_map_is_drawn_under_it(page: Page, served: Server) -> None:
    open_view(page, served)
    assert page.locator("#root h1.headline").is_visible()


@pytest.mark.parametrize(
    ("query", "headers", "status", "text"),
    [
        (f"?actor={'A' * 200_000}", {}, 414, "more than 4000 characters"),
        ("", {"X-Long": "a" * 200_000}, 431, "more than 32000 bytes"),
    ],
)
def test_what_is_far_too_long_is_named(
    served: Server, query: str, headers: dict[str, str], status: int, text: str
) -> None:
    request = urllib.request.Request(f"{served.url}snapshots/latest.csv{query}", headers=headers)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=30)
    assert refused.value.code == status
    assert text in json.loads(refused.value.read())["detail"]


def test_it_says_nothing_of_requests_and_takes_the_descriptors_it_needs(served: Server) -> None:
    with urllib.request.urlopen(f"{served.url}healthz", timeout=30) as answer:
        most = json.load(answer)["most"]
    assert most["sockets"] > 0
    assert "GET /healthz" not in served.text()


@pytest.mark.slow
@pytest.mark.parametrize("text", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_it_is_told_to(text: signal.Signals, tmp_path: Path) -> None:
    server = serve(tmp_path / "log", env={DATA_VARIABLE: str(SIX)})
    server.process.send_signal(text)
    server.process.wait(60)
    assert "Traceback" not in server.text()
