"""The trend chart in the states that data and choice can bring it into."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from playwright.sync_api import expect

from stances import Dataset
from stances.dataset.codebook import OVERALL
from stances.links.parameters import MOST_LINES
from stances.words import within_line
from tests.browser.controls import address, alt_of, figure_of
from tests.browser.view import open_view, settle
from tests.cases import GROUP, ONE, THIRD, by_events, name_of
from tests.depth import each
from tests.tables import row_at

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

LINES = ".st-key-trend .scatterlayer path.js-line"
POINTS = ".st-key-trend .scatterlayer .points path.point"
WORDS = ".st-key-trend .annotation-text"
BOXES = (Path(__file__).parent / "boxes.js").read_text(encoding="utf-8")


@pytest.fixture
def events_of(real: Dataset) -> pd.Series:
    """The number of scored events of each actor that can take a position."""
    counts = real.events[real.events["score"].notna()].groupby("actor").size()
    return counts.reindex(real.position_actors, fill_value=0)


def _visible_shapes(page: Page, selector: str) -> int:
    """Return the number of shapes that a person can see."""
    sizes: list[float] = page.locator(selector).evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).map(box => box.width + box.height)"
    )
    return sum(size > 0 for size in sizes)


def test_one_actor_has_a_line_a_label_and_markers_that_open_its_events(
    page: Page, server: Server, real: Dataset, events_of: pd.Series
) -> None:
    open_view(page, server, f"trends?actors={THIRD}", has_map=False)
    assert name_of(real, THIRD) in page.locator(WORDS).all_text_contents()
    # A band and a line.
    assert _visible_shapes(page, LINES) == 2
    marked = [trace for trace in figure_of(page, "trend")["data"] if trace["mode"] == "markers"]
    assert [len(trace["customdata"]) for trace in marked] == [events_of[THIRD]]
    assert _visible_shapes(page, POINTS) >= events_of[THIRD]
    now = row_at(real.position(real.opening_day), THIRD, OVERALL).stance
    end = within_line(real.codebook, now)
    assert alt_of(page, "trend").endswith(f"At the end: {name_of(real, THIRD)}: {end}.")
    title = page.locator("article.event h2")
    page.locator(POINTS).last.click(force=True)
    title.wait_for()
    titles = real.events.set_index("event_id")["title"]
    assert title.inner_text() == titles[address(page)["event"]]
    page.go_back()
    expect(title).to_have_count(0)
    assert "event" not in address(page)


def test_small_multiples_have_a_panel_for_each(page: Page, server: Server, real: Dataset) -> None:
    codes = [GROUP, *by_events(real)][:MOST_LINES]
    open_view(page, server, f"trends?actors={','.join(codes)}&from=2019-06-01", has_map=False)
    _turn_to_small_multiples(page, len(codes))
    assert address(page)["layout"] == "small"
    assert address(page)["from"] == "2019-06-01"


def _turn_to_small_multiples(page: Page, count: int) -> None:
    """Each of the actors has a panel then."""
    page.locator(".st-key-layout").get_by_role("radio", name="Small multiples").click()
    page.locator(".st-key-trend .subplot").nth(count - 1).wait_for(state="attached")
    # The chart of lines has one too.
    page.wait_for_url("**layout=small**")
    settle(page)
    expect(page.locator(WORDS)).to_have_count(count)
    expect(page.locator(".st-key-trend .subplot")).to_have_count(count)


@pytest.mark.parametrize("viewport", [(390, 844)])
@each("end", ["2021-01-20", "2022-01-01", "2026-01-01"])
def test_a_telephone_has_the_labels_in_a_legend_and_room_for_the_dates_of_any_period(
    page: Page, server: Server, real: Dataset, end: str
) -> None:
    view = f"trends?actors={ONE},{GROUP}&from=2021-01-01&as_of={end}"
    open_view(page, server, view, has_map=False)
    legend = page.locator(".st-key-trend .legend .legendtext")
    # A line chart becomes narrow once its script has run; the small ones always are.
    expect(legend).to_have_text([name_of(real, ONE), f"{GROUP} (mean)"])
    expect(page.locator(WORDS)).to_have_count(0)
    settle(page)
    _assert_room_for_the_dates(page)
    open_view(page, server, f"{view}&layout=small", has_map=False)
    _assert_room_for_the_dates(page)


def _assert_room_for_the_dates(page: Page) -> None:
    dates = page.locator(".st-key-trend .xtick text, .st-key-trend .x2tick text")
    assert dates.count() >= 2
    assert page.evaluate(BOXES)["overlapping"] == []
