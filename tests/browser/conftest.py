"""Fixtures of the browser tests: dashboards, a browser, and a page that stays at home.

`browser` lives as long as this folder's tests, not as long as the session: Playwright keeps an
event loop running in the main thread, which other tests may need.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.app import HOST, Server, chromium, start, why_no_browser
from tests.browser.profile import WARM, Scheme, new_page, stay_warm
from tests.folders import SIX

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

Launch = Callable[..., Server]

_LOCAL_SCHEMES = {"data", "blob", "about"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, so that `-m "not browser"` leaves it out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def six_dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard on the six-event dataset, shared by this folder's tests."""
    log = tmp_path_factory.mktemp("six-dashboard") / "log"
    server = start(log, env={"STANCES_DATA": str(SIX)})
    yield server
    server.stop()


@pytest.fixture
def six_server(six_dashboard: Server) -> Iterator[Server]:
    """The shared dashboard on the six events, alive before and after the test."""
    six_dashboard.check()
    yield six_dashboard
    six_dashboard.check()


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    """Start dashboards of one's own: `launch(data=folder, options={...}, env={...})`."""
    servers: list[Server] = []

    def start_one(
        data: Path | None = None,
        options: Mapping[str, str] | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Server:
        folder = {} if data is None else {"STANCES_DATA": str(data)}
        log = tmp_path / f"dashboard-{len(servers)}.log"
        servers.append(start(log, options=options, env={**folder, **(env or {})}))
        return servers[-1]

    yield start_one
    for server in servers:
        server.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for this folder's tests."""
    reason = why_no_browser()
    if reason and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"REQUIRE_BROWSER=1, but {reason}")
    if reason:
        pytest.skip(reason)
    with chromium(*WARM) as started:
        yield started


@pytest.fixture(scope="package")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """One profile for this folder's tests."""
    context = browser.new_context(
        # Playwright waits by evaluating texts, which the policy of the pages forbids; a test of its
        # own holds the policy.
        bypass_csp=True,
        # The certificate of the tests is signed by nobody.
        ignore_https_errors=True,
        service_workers="block",
        accept_downloads=True,
    )
    stay_warm(context)
    yield context
    context.close()


@pytest.fixture
def viewport() -> tuple[int, int]:
    """Width and height in CSS pixels; a test sets its own with `parametrize("viewport", ...)`."""
    return (1440, 900)


@pytest.fixture
def scheme() -> Scheme:
    """The colour scheme; a test sets its own with `parametrize("scheme", ...)`."""
    return "light"


@pytest.fixture
def page_errors() -> list[str]:
    """Errors of the page and of its console, as they come."""
    return []


@pytest.fixture
def page(
    profile: BrowserContext, viewport: tuple[int, int], scheme: Scheme, page_errors: list[str]
) -> Iterator[Page]:
    """A page without history. A request to another host fails the test, and gets no answer:
    the browser knows the address of this one only.
    """
    page = new_page(profile, viewport, scheme)
    strays = _watch(page, page_errors)
    yield page
    page.close()
    assert not strays, f"requests that left {HOST}: {strays}"


@pytest.fixture(scope="module")
def open_pages(
    profile: BrowserContext,  # noqa: ARG001 - closes after the pages
) -> Iterator[dict[bool, Page]]:
    """The pages that stay open for the tests of a module that ask for it: one of the six events
    (True), one of the real data.
    """
    pages: dict[bool, Page] = {}
    yield pages
    for page in pages.values():
        page.close()


@pytest.fixture
def kept_page(
    request: pytest.FixtureRequest,
    profile: BrowserContext,
    viewport: tuple[int, int],
    scheme: Scheme,
    open_pages: dict[bool, Page],
    page_errors: list[str],
) -> Iterator[Page]:
    """A page that was open before, for tests that look at a view and leave nothing behind (see
    `come_to`); after a test that fails, another.
    """
    of_six = "six_server" in request.fixturenames
    page = open_pages.get(of_six) or open_pages.setdefault(
        of_six, new_page(profile, viewport, scheme)
    )
    failed = request.session.testsfailed
    page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
    page.emulate_media(color_scheme=scheme)
    strays = _watch(page, page_errors)
    yield page
    if request.session.testsfailed > failed:
        open_pages.pop(of_six).close()
    assert not strays, f"requests that left {HOST}: {strays}"


def _watch(page: Page, errors: list[str]) -> list[str]:
    """Note the errors of a page as they come, and what it asks of other hosts."""
    strays: list[str] = []
    page.on("request", lambda request: _note_stray(request.url, strays))
    page.on("websocket", lambda socket: _note_stray(socket.url, strays))
    page.on("console", lambda message: _note_error(message, errors))
    page.on("pageerror", lambda error: errors.append(str(error)))
    return strays


def _note_stray(url: str, strays: list[str]) -> None:
    if _is_stray(url):
        strays.append(url)


def _is_stray(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in _LOCAL_SCHEMES and parts.hostname != HOST


def _note_error(message: ConsoleMessage, errors: list[str]) -> None:
    if message.type == "error":
        errors.append(message.text)
