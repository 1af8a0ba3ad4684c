"""A dashboard on the real data, and Chromium, for tests of whole pages."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import REAL, ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, BrowserType, Page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, so that `-m "not browser"` leaves it out."""
    for item in items:
        if {"browser", "open_page"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


def serve(log: Path) -> Iterator[str]:
    """Run the dashboard on a free port; yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless=true",
        f"--server.port={port}", "--server.address=127.0.0.1",
    ]  # fmt: skip
    env = os.environ | {"STANCES_DATA": str(REAL)}
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
        site = f"http://127.0.0.1:{port}"
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{site}/readyz", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None, log.read_text()
                time.sleep(0.25)
        else:
            pytest.fail(f"the dashboard did not start:\n{log.read_text()}")
        yield site
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard on the real data."""
    yield from serve(tmp_path_factory.mktemp("real") / "log")


@pytest.fixture(scope="package")
def chromium() -> Iterator[BrowserType]:
    """What starts Chromium, as long as the tests of this folder."""
    if not CHROMIUM.exists():
        said = "there is no /usr/bin/chromium"
        pytest.fail(said) if os.environ.get("REQUIRE_BROWSER") else pytest.skip(said)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # a machine that does much else answers late
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="package")
def browser(chromium: BrowserType) -> Browser:
    """A browser for pages with settings of their own."""
    return chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)


@pytest.fixture(scope="package")
def known(
    chromium: BrowserType, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A browser that keeps what it has compiled on disk: Streamlit's scripts, once for all."""
    folder = tmp_path_factory.mktemp("browser")
    allowed = ["clipboard-read", "clipboard-write"]
    context = chromium.launch_persistent_context(
        folder, executable_path=str(CHROMIUM), args=FLAGS, permissions=allowed
    )
    yield context
    context.close()


@pytest.fixture
def open_page(
    request: pytest.FixtureRequest, known: BrowserContext, dashboard: str
) -> Iterator[Callable[..., Page]]:
    """Open an address of the dashboard: `open_page("trends?actor=POL", width=390, scheme="dark")`;
    `init`: a script that runs before those of the page; `late`: what comes a third of a second
    later; more: settings of a browser of its own. Afterwards it fails where the page asked another
    host or its console told an error.
    """
    opened, wrong = [], list[str]()

    def open_one(
        path: str = "",
        width: int = 1280,
        scheme: str = "light",
        init: str = "",
        late: str = "",
        **more: object,
    ) -> Page:
        context = request.getfixturevalue("browser").new_context(**more) if more else known
        page = context.new_page()
        opened.append(page.context if more else page)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        if init:
            page.add_init_script(init)
        if late:
            _delay(page, late)
        page.on("request", lambda r: wrong.append(r.url) if not _stays(r.url, dashboard) else None)
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.goto(f"{dashboard}/{path}")
        return page

    yield open_one
    for one in opened:
        one.close()
    assert not wrong, wrong


def _delay(page: Page, late: str) -> None:
    """Let some files come a third of a second later. Not by `route`, by which a browser forgets
    what it has compiled.
    """
    wire = page.context.new_cdp_session(page)

    def let_go(paused: dict[str, str]) -> None:
        time.sleep(0.3)
        wire.send("Fetch.continueRequest", {"requestId": paused["requestId"]})

    wire.on("Fetch.requestPaused", let_go)
    wire.send("Fetch.enable", {"patterns": [{"urlPattern": late}]})


def _stays(url: str, site: str) -> bool:
    return url.startswith((site, site.replace("http", "ws", 1), "data:", "blob:", "about:"))
