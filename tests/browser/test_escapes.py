"""The kit of escapes in a browser: whatever a text says, it is shown as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.app import start
from tests.payloads import PAYLOADS

if TYPE_CHECKING:
    from playwright.sync_api import Page

# A server of its own.
pytestmark = pytest.mark.slow

OPTION = "button"
PLACES = {
    "pills": OPTION,
    "segments": OPTION,
    "button": OPTION,
    "slider": "[data-testid='stSliderThumbValue']",
    "box": "input",
    "many": "[data-tag] [title]",
    "html": ".told",
}
# What would stand in a text that is taken for more.
MORE = (
    "img, a, strong, em, code, del, sub, sup, li, h1, h2, ul, ol, hr, blockquote, table, b, script,"
    "style, svg, [role=img], [class*=stMarkdownColored], .katex"
)
SHOWN = """
([kind, place, more, count]) => [...Array(count).keys()].map(number => {
  const found = document.querySelector(`.st-key-${kind}-${number}`)?.querySelector(place);
  if (!found) return null;
  const text = found.tagName === 'INPUT' ? found.value : found.textContent;
  return [text, found.querySelectorAll(more).length];
})
"""


@pytest.fixture
def drawn(page: Page, tmp_path: Path) -> Iterator[Page]:
    """The page of sinks, with all of them drawn."""
    server = start(tmp_path / "log", script=Path(__file__).with_name("sinks.py"))
    page.goto(server.url)
    page.locator("#end").wait_for()
    page.locator(".st-key-chart .textpoint").last.wait_for(state="attached")
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')")
    yield page
    server.stop()


def _visible_text(text: str) -> str:
    """A text as it is read: without what takes no room, and blanks at its ends."""
    return text.replace("\u2060", "").strip()


# To draw it takes most of the time, so it is drawn once.
def test_every_sink_shows_every_text_as_it_is(drawn: Page) -> None:
    _assert_every_text_is_as_it_is(drawn)
    _assert_the_name_of_a_field_is_words_alone(drawn)
    _assert_a_figure_stands_behind_a_name_from_right_to_left(drawn)


def _assert_every_text_is_as_it_is(drawn: Page) -> None:
    wrong: list[object] = []
    for kind, place in PLACES.items():
        result = drawn.evaluate(SHOWN, [kind, place, MORE, len(PAYLOADS)])
        for text, shown in zip(PAYLOADS, result, strict=True):
            if shown is None or _visible_text(shown[0]) != _visible_text(text) or shown[1]:
                wrong.append((kind, text, shown))
    assert wrong == []
    titles = drawn.locator("[class*='st-key-html-'] .told")
    # What makes markup safe drops an attribute that could end a comment.
    assert titles.evaluate_all("all => all.map(told => told.title)") == [
        "" if re.search(r"--!?>|]>|</(?:script|style)", text) else text for text in PAYLOADS
    ]
    labels = drawn.locator(".st-key-chart .textpoint text").all_text_contents()
    # Plotly takes a break for one, and leaves nothing else out.
    assert [_visible_text(text) for text in labels] == [
        _visible_text(text) for text in PAYLOADS
    ] * 2
    assert drawn.evaluate("() => window.hit") is None


def _assert_the_name_of_a_field_is_words_alone(drawn: Page) -> None:
    fields = drawn.locator("[data-testid='stNumberInputField']")
    names = fields.evaluate_all("all => all.map(field => field.ariaLabel)")
    assert len(names) == len(PAYLOADS)
    assert not [name for name in names if set(name) & set("\\*`$<[]~_")]
    labels = drawn.locator("[data-testid='stNumberInput'] label")
    assert labels.evaluate_all(f"all => all.filter(l => l.querySelector('{MORE}')).length") == 0


def _assert_a_figure_stands_behind_a_name_from_right_to_left(drawn: Page) -> None:
    lefts = drawn.locator(".st-key-name button p").evaluate(
        """told => {
          const node = told.firstChild, text = node.data, at = sign => {
            const range = document.createRange(), start = text.indexOf(sign);
            range.setStart(node, start); range.setEnd(node, start + 1);
            return range.getBoundingClientRect().left;
          };
          return [at('\u05d0'), at('\u2212'), at('1')];
        }"""
    )
    assert lefts == sorted(lefts)
    assert len(set(lefts)) == len(lefts)
