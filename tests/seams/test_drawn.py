"""A link to a picture takes the view along that is shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.view import open_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

# What is taken along from a page is in the slow run; the usual one reads and uses pages.
pytestmark = pytest.mark.slow

PNG_LINK = ".picture a[data-view]:text-is('PNG')"


def _pointed_at(page: Page) -> str:
    """The address of the link once a pointer is on it."""
    page.locator(PNG_LINK).hover()
    return str(page.locator(PNG_LINK).get_attribute("href"))


def test_the_link_has_what_is_shown_and_nothing_else(page: Page, server: Server) -> None:
    open_view(page, server, "?as_of=2019-03-04&view=world&play=0&utm_source=x")
    assert page.locator(PNG_LINK).get_attribute("href") == "pictures/map.png"
    found = urlsplit(_pointed_at(page))
    assert found.path == "/pictures/map.png"
    assert parse_qs(found.query) == {"as_of": ["2019-03-04"], "view": ["world"]}
    # And it follows to another view.
    page.evaluate("history.replaceState(null, '', '?as_of=2020-01-31')")
    page.mouse.move(0, 0)
    assert parse_qs(urlsplit(_pointed_at(page)).query) == {"as_of": ["2020-01-31"]}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "begins"),
    [
        ("members?as_of=2019-03-04", "members-4-march-2019"),
        ("actor?as_of=2019-03-04", "-4-march-2019"),
    ],
)
def test_it_is_saved_under_the_title_of_the_page(
    page: Page, server: Server, path: str, begins: str
) -> None:
    open_view(page, server, path, has_map=False)
    with page.expect_download() as taken:
        page.locator(PNG_LINK).click()
    assert begins in taken.value.suggested_filename
    assert taken.value.suggested_filename.endswith(".png")
    assert Path(taken.value.path()).read_bytes().startswith(b"\x89PNG")


def test_a_brief_is_of_the_day_that_is_shown(page: Page, server: Server) -> None:
    open_view(page, server, "members?as_of=2019-03-04&order=act", has_map=False)
    link = page.get_by_role("link", name="Brief (PDF)")
    link.hover()
    found = urlsplit(str(link.get_attribute("href")))
    assert found.path.startswith("/briefs/groups/")
    assert parse_qs(found.query) == {"as_of": ["2019-03-04"]}
    with page.expect_download() as taken:
        link.click()
    assert taken.value.suggested_filename.endswith(".pdf")
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")
