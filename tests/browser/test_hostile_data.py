"""Texts of a data folder that want to be markup, links or formulas: every page shows them as text.

Nothing in a data folder is trusted, the code book and the file about the dataset included.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.app import Server, start
from tests.browser.hands import alt_of, headline, hover_lines, shown_actor, subtitle
from tests.browser.view import open_view
from tests.folders import Folder

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Marks the window if any of it runs. Of one length with what a title may have.
EVIL = "<script>window.hit=1</script><img src=x onerror=window.hit=1>"
MARKED = "$$x$$ [x](javascript:window.hit=1) **b** `c` :red[d] <b>e</b>"
TITLE = f"$$ {EVIL}"
VIEWS = {
    "map": "?as_of=2020-04-10&domain=roads&actor=ARC",
    "trends": "trends?as_of=2020-12-01&domain=roads&actors=ARC,BOR",
    "trends-small": "trends?as_of=2020-12-01&layout=small&actors=ARC,BOR",
    "data": "data?as_of=2020-04-10&domain=roads",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A dashboard on a copy of the six-event dataset that is full of such texts."""
    path = tmp_path_factory.mktemp("hostile")
    folder = Folder(path / "six")
    _poison(folder)
    server = start(path / "log", env={"STANCES_DATA": str(folder.path)})
    yield server
    server.stop()


def _poison(folder: Folder) -> None:
    for line in range(2, len(folder.rows("events")) + 1):
        folder.edit("events", line, title=TITLE, summary=MARKED, speaker=EVIL, note=MARKED)
    for line in range(2, len(folder.rows("sources")) + 1):
        folder.edit("sources", line, publisher=f"P {MARKED}", title=f"T {EVIL}")
    for line in range(2, len(folder.rows("actors")) + 1):
        folder.edit("actors", line, name=f"N{line} {EVIL}", short_name=f"n{line} {MARKED}")
    folder.replace("codebook.toml", '"Roads"', f"'Roads {MARKED}'")
    folder.replace("codebook.toml", 'label = "Order"', f"label = 'Order {EVIL}'")
    folder.replace("codebook.toml", '"-2" = "Block"', f"\"-2\" = 'Block {MARKED}'")
    folder.replace("codebook.toml", 'subject = "Acme"', f"subject = 'Acme {EVIL}'")
    folder.replace("about.toml", "Creative Commons Zero", f"CC {MARKED}")
    folder.load()


def _assert_nothing_ran(page: Page) -> None:
    assert page.evaluate("window.hit") is None
    assert page.locator("a[href^='javascript:']").count() == 0
    assert page.locator("img[src='x']").count() == 0
    # What Markdown would make of the texts: emphasis, code, colour, formulas.
    body = page.locator("[data-testid='stMain']")
    assert body.locator(".katex, [class*='stMarkdownColored']").count() == 0
    for tag, word in (("strong", "b"), ("code", "c"), ("b", "e"), ("a", "x")):
        assert body.locator(tag).get_by_text(word, exact=True).count() == 0


@pytest.mark.parametrize("name", VIEWS)
def test_no_page_runs_or_formats_what_the_data_says(page: Page, hostile: Server, name: str) -> None:
    open_view(page, hostile, VIEWS[name], has_map=name == "map")
    _assert_nothing_ran(page)
    hostile.check()


def test_the_map_page_shows_the_texts_as_they_are(page: Page, hostile: Server) -> None:
    open_view(page, hostile, VIEWS["map"])
    assert f"Acme {EVIL}" in headline(page)
    assert f"roads {MARKED}" in subtitle(page)
    assert f"Block {MARKED}" in page.locator(".legend").inner_text()
    assert shown_actor(page) == f"N2 {EVIL}"
    panel = page.locator(".st-key-panel").inner_text()
    for words in (TITLE, f"P {MARKED}", f"Order {EVIL}"):
        assert words in panel
    assert f"N2 {EVIL}" in page.locator(".st-key-cards").inner_text()
    assert TITLE in page.locator(".st-key-cards").inner_text()
    page.locator(".st-key-map .scattergeo path.point").first.hover(force=True)
    lines = hover_lines(page)
    assert lines[0] == f"N2 {EVIL}"
    assert TITLE in lines
    table = page.locator("[class*='st-key-table-']")
    table.locator("canvas").first.scroll_into_view_if_needed()
    cells = table.locator("td[role=gridcell]")
    cells.first.wait_for(state="attached")
    assert f"N2 {EVIL}" in cells.all_text_contents()
    _assert_nothing_ran(page)


def test_the_trends_page_shows_the_texts_as_they_are(page: Page, hostile: Server) -> None:
    open_view(page, hostile, VIEWS["trends"], has_map=False)
    assert f"N2 {EVIL}" in page.locator(".st-key-trend .annotation-text").all_text_contents()
    assert f"N3 {EVIL}" in alt_of(page, "trend")
    body = page.locator("[data-testid='stMain']").inner_text()
    assert f"scored events of the chosen actors in roads {MARKED}, newest first." in body
    page.get_by_text("The numbered landmarks").click()
    page.locator(".landmarks li").first.wait_for()
    assert TITLE in page.locator(".landmarks").inner_text()
    _assert_nothing_ran(page)
