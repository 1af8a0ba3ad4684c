"""The dashboard under a base path, behind the shipped nginx."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest

from tests.browser.app import dead_port, free_port
from tests.browser.controls import address, fills, headline, page_link
from tests.browser.hosting.nginx import Front, front, start_replica
from tests.browser.view import await_map, await_trend, settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.hosting.conftest import Hosting

BASE = "huawei"
LINK = "?as_of=2019-03-04&domain=networks"
_ADDRESSES = "all => all.map(found => found.getAttribute('href') ?? found.getAttribute('src'))"


@pytest.fixture(scope="module")
def based(
    nginx: None,  # noqa: ARG001 - asked for what it skips
    root: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Front]:
    """nginx before one replica under the base path; the other one is not there."""
    folder = tmp_path_factory.mktemp("based")
    port = free_port()
    replica = start_replica(folder / "log", port, root, BASE)
    try:
        with dead_port() as other, front(folder / "nginx", [port, other]) as running:
            yield running
    finally:
        replica.stop()


def test_the_map_is_drawn_and_all_addresses_keep_the_base_path(
    page: Page, based: Front, page_errors: list[str]
) -> None:
    failed: list[str] = []
    urls: list[str] = []
    page.on("response", lambda text: urls.append(text.url))
    page.on("response", lambda text: failed.append(text.url) if text.status >= 400 else None)
    page.goto(f"{based.url}{BASE}/{LINK}")
    settle(page)
    await_map(page)
    assert len(set(fills(page).values())) > 3
    assert any("/geometry/" in url for url in urls)
    assert any("/style.css" in url for url in urls)
    assert [url for url in urls if not urlsplit(url).path.startswith(f"/{BASE}/")] == []
    assert (failed, page_errors) == ([], [])

    result = page.locator("a[href]").evaluate_all(_ADDRESSES)
    own = [url for url in result if not urlsplit(url).netloc]
    assert len(own) >= 6
    _assert_under_the_base_path(page.url, own)


def test_links_between_pages_keep_the_base_path(page: Page, based: Front) -> None:
    page.goto(f"{based.url}{BASE}/{LINK}")
    settle(page)
    page_link(page, "Trends").click()
    page.wait_for_url(f"**/{BASE}/trends?*")
    settle(page)
    await_trend(page)
    assert address(page)["as_of"] == "2019-03-04"
    assert _share_link(page).startswith(f"{based.url}{BASE}/trends?")
    page.go_back()
    await_map(page)
    settle(page)
    assert urlsplit(page.url).path == f"/{BASE}/"
    assert address(page)["domain"] == "networks"
    assert _share_link(page).startswith(f"{based.url}{BASE}/?")


def _share_link(page: Page) -> str:
    """The link that the page offers to share."""
    page.get_by_role("button", name="Share").click()
    link = page.get_by_test_id("stPopoverBody").locator("code").nth(1)
    text = link.inner_text()
    page.keyboard.press("Escape")
    # What the press sends would put the page back that one leaves in the same moment.
    settle(page)
    return text


@pytest.mark.parametrize("name", ["data", "events"])
def test_links_on_a_page_keep_the_base_path(page: Page, based: Front, name: str) -> None:
    page.goto(f"{based.url}{BASE}/{name}")
    settle(page)
    assert headline(page)
    result = page.locator("a[href], img[src]").evaluate_all(_ADDRESSES)
    _assert_under_the_base_path(page.url, [url for url in result if not urlsplit(url).netloc])


def _assert_under_the_base_path(here: str, addresses: list[str]) -> None:
    outside = [
        url for url in addresses if not urlsplit(urljoin(here, url)).path.startswith(f"/{BASE}/")
    ]
    assert outside == []


@pytest.mark.parametrize(
    "path",
    ["snapshots/2015-07-07.csv", "tables/events.csv", "feed.atom", "openapi.json",
     "geometry/europe_50m.json", "style.css", "page.js"],
)  # fmt: skip
def test_data_is_the_same_and_kept_under_the_base_path(
    based: Front, hosting: Hosting, path: str
) -> None:
    first, second = (based.ask(f"/{BASE}/{path}") for _ in range(2))
    assert (first.status, second.status) == (200, 200)
    assert second.headers["x-cache-status"] == "HIT"
    assert first.body == second.body
    # The feed names its own address, and those of events.
    plain = first.body.replace(f"{based.url}{BASE}/".encode(), hosting.front.url.encode())
    assert plain == hosting.front.ask(f"/{path}").body


def test_a_picture_is_kept_and_names_the_base_path(based: Front) -> None:
    first, second = (based.ask(f"/{BASE}/pictures/trends.svg?as_of=2019-03-04") for _ in range(2))
    assert (first.status, second.status) == (200, 200)
    assert second.headers["x-cache-status"] == "HIT"
    assert f"{based.url}{BASE}/trends?as_of=2019-03-04<" in second.body.decode()


def test_health_is_told_under_the_base_path(based: Front) -> None:
    assert based.ask(f"/{BASE}/healthz").status == 200


@pytest.mark.parametrize("name", ["", "trends"])
def test_a_preview_is_the_same_with_its_picture_under_the_base_path(
    based: Front, hosting: Hosting, name: str
) -> None:
    text = based.ask(f"/{BASE}/{name}").body.decode()
    plain = hosting.front.ask(f"/{name}").body.decode()
    assert f'content="{based.url}{BASE}/pictures/{name or "map"}.png?' in text
    # Calendars are asked for under a protocol of their own.
    hosts = (url.partition(":")[2] for url in (f"{based.url}{BASE}/", hosting.front.url))
    assert text.replace(*hosts) == plain
