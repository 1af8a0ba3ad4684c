"""Questions to axe that find each fault, also of one among many that look alike but for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.view import axe_as_it_is

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGE = """
<!doctype html><html lang="en"><title>Rows</title>
<style>
  .under { position: absolute; inset: 0; pointer-events: none; z-index: -1 }
  td { position: relative; color: #444 }
</style>
<main><h1>Rows</h1><table>ROWS</table></main>
"""
ROWS = "<tr><td>A text that can be read</td></tr>" * 5
# Each has its contrast from elsewhere: the ink, the row, a box beneath, its own box, a word of it.
HARD_TO_READ = [
    "<tr><td style='color: #ccc'>A text in pale ink</td></tr>",
    "<tr style='background: #555'><td>A text on a dark row</td></tr>",
    "<tr><td>A text on<span class='under' style='background: #555'></span></td></tr>",
    "<tr><td><div style='opacity: 0.3'>A text that is faint</div></td></tr>",
    "<tr><td>A text with <b style='color: #bbb'>a pale word</b></td></tr>",
]


def test_each_row_that_is_hard_to_read_is_found_among_its_like(page: Page) -> None:
    page.set_content(PAGE.replace("ROWS", ROWS))
    assert axe_as_it_is(page) == []
    for row in HARD_TO_READ:
        page.set_content(PAGE.replace("ROWS", f"{ROWS}{row}{ROWS}"))
        [result] = axe_as_it_is(page)
        assert result.startswith("serious color-contrast"), row
