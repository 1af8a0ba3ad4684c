"""The trend chart in the states that data and choice can bring it into."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from stances import Dataset
from stances.dataset.codebook import OVERALL
from stances.figures.trend import NOTHING_CHOSEN
from stances.links.parameters import MOST_LINES
from stances.words import day as in_words
from stances.words import within_line
from tests.browser.hands import address, alt_of, figure_of, headline, notices, subtitle
from tests.browser.view import await_trend, open_view, settle
from tests.cases import GROUP, ONE, OTHER, THIRD, by_events, name_of
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


def _drawn(page: Page, selector: str) -> int:
    """How many shapes a person can see."""
    sizes: list[float] = page.locator(selector).evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).map(box => box.width + box.height)"
    )
    return sum(size > 0 for size in sizes)


def test_nothing_chosen_says_what_to_do(page: Page, server: Server) -> None:
    open_view(page, server, "trends?actors=", has_map=False)
    assert headline(page).startswith("Choose a country")
    assert page.locator(WORDS).all_text_contents() == [NOTHING_CHOSEN]
    assert _drawn(page, LINES) == 0
    assert notices(page) == []


def test_one_actor_has_a_line_a_label_and_markers_that_open_its_events(
    page: Page, server: Server, real: Dataset, events_of: pd.Series
) -> None:
    open_view(page, server, f"trends?actors={THIRD}", has_map=False)
    assert name_of(real, THIRD) in page.locator(WORDS).all_text_contents()
    # A band and a line.
    assert _drawn(page, LINES) == 2
    marked = [trace for trace in figure_of(page, "trend")["data"] if trace["mode"] == "markers"]
    assert [len(trace["customdata"]) for trace in marked] == [events_of[THIRD]]
    assert _drawn(page, POINTS) >= events_of[THIRD]
    now = row_at(real.position(real.opening_day), THIRD, OVERALL).stance
    end = within_line(real.codebook, now)
    assert alt_of(page, "trend").endswith(f"At the end: {name_of(real, THIRD)}: {end}.")
    title = page.locator("article.event h2")
    page.locator(POINTS).last.click(force=True)
    settle(page)
    titles = real.events.set_index("event_id")["title"]
    assert title.inner_text() == titles[address(page)["event"]]
    page.go_back()
    settle(page)
    assert title.count() == 0
    assert "event" not in address(page)


def test_an_actor_with_a_single_event_is_drawn(page: Page, six_server: Server) -> None:
    open_view(page, six_server, "trends?actors=BOR&as_of=2020-05-01", has_map=False)
    assert "Kingdom of Boria" in page.locator(WORDS).all_text_contents()
    assert _drawn(page, LINES) >= 1
    [marked] = [trace for trace in figure_of(page, "trend")["data"] if trace["mode"] == "markers"]
    assert marked["customdata"] == ["BOR-20200201-school-permit"]
    assert _drawn(page, POINTS) >= 1
    assert page.get_by_text("One scored event of those chosen").count() == 1


def test_an_actor_without_events_is_named_as_silent(page: Page, six_server: Server) -> None:
    open_view(page, six_server, "trends?actors=CAL", has_map=False)
    words = page.locator(WORDS).all_text_contents()
    assert words[-1] == "Caldon: no position in this period"
    assert _drawn(page, POINTS) == 0
    assert page.get_by_text("No scored events of those chosen").count() == 1


@pytest.mark.parametrize("count", [1, MOST_LINES])
def test_small_multiples_have_a_panel_for_each(
    page: Page, server: Server, real: Dataset, count: int
) -> None:
    codes = ",".join([GROUP, *by_events(real)][:count])
    open_view(page, server, f"trends?layout=small&actors={codes}", has_map=False)
    assert page.locator(WORDS).count() == count
    assert page.locator(".st-key-trend .subplot").count() == count


def test_a_start_after_the_end_is_told_and_not_taken(
    page: Page, server: Server, real: Dataset
) -> None:
    open_view(page, server, "trends?as_of=2019-03-04&from=2020-01-01", has_map=False)
    [line] = notices(page)
    first, last = date(2020, 1, 1), date(2019, 3, 4)
    assert in_words(first) in line
    assert in_words(last) in line
    assert in_words(real.codebook.first_date) in subtitle(page)
    start, end = figure_of(page, "trend")["layout"]["xaxis"]["range"]
    assert start.startswith(str(real.codebook.first_date))
    assert end.startswith(str(last))


def test_chosen_actors_are_in_the_address(page: Page, six_server: Server) -> None:
    open_view(page, six_server, "trends?actors=ARC,BOR&from=2019-06-01", has_map=False)
    page.get_by_role("button", name="Remove Kingdom of Boria").click()
    settle(page)
    await_trend(page)
    assert address(page)["actors"] == "ARC"
    assert address(page)["from"] == "2019-06-01"
    page.locator(".st-key-layout").get_by_role("radio", name="Small multiples").click()
    settle(page)
    assert address(page)["layout"] == "small"


def test_a_row_of_the_table_is_four_key_presses_from_its_source(
    page: Page, server: Server, real: Dataset
) -> None:
    open_view(page, server, f"trends?actors={ONE},{OTHER}&as_of=2023-01-01", has_map=False)
    events = real.events[real.events["actor"].isin([ONE, OTHER]) & real.events["score"].notna()]
    known = events[events["date"] <= "2023-01-01"]
    event = known.sort_values(["date", "event_id"], ascending=[False, True])["event_id"].iloc[2]
    source = real.event_sources.set_index("event_id")["url"].loc[[event]].iloc[0]
    page.locator("table.rows tbody tr").nth(2).locator("a").first.press("Enter")
    page.wait_for_url("**event=**")
    settle(page)
    assert address(page)["event"] == event
    # The sentence to copy, then the sources.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    # No host but this one has an address here: what is asked for tells where the way leads.
    with page.context.expect_event("request", lambda request: request.url == source):
        page.keyboard.press("Enter")


def test_a_link_opens_an_event_of_the_trends(page: Page, server: Server, real: Dataset) -> None:
    own = real.events[(real.events["actor"] == THIRD) & ~real.events["landmark"]]
    event, title = own.dropna(subset=["score"])[["event_id", "title"]].iloc[0]
    open_view(page, server, f"trends?actors={THIRD},{OTHER}&event={event}", has_map=False)
    assert page.locator("article.event h2").inner_text() == title
    # Of an actor that is not chosen it is not shown.
    open_view(page, server, f"trends?actors={OTHER}&event={event}", has_map=False)
    assert page.locator("article.event h2").count() == 0


@pytest.mark.parametrize("viewport", [(390, 844)])
def test_a_telephone_has_the_labels_in_a_legend(page: Page, six_server: Server) -> None:
    open_view(page, six_server, "trends?actors=ARC,Pact", has_map=False)
    legend = page.locator(".st-key-trend .legend .legendtext")
    legend.first.wait_for()
    assert legend.all_text_contents() == ["Republic of Arcadia", "Pact (mean)"]
    assert page.locator(WORDS).count() == 0


@pytest.mark.parametrize("viewport", [(390, 844)])
@pytest.mark.parametrize("layout", ["lines", "small"])
@each("end", ["2021-01-20", "2022-01-01", "2026-01-01"])
def test_a_telephone_has_room_for_the_dates_of_any_period(
    page: Page, server: Server, layout: str, end: str
) -> None:
    view = f"trends?actors={ONE},{OTHER}&layout={layout}&from=2021-01-01&as_of={end}"
    open_view(page, server, view, has_map=False)
    dates = page.locator(".st-key-trend .xtick text, .st-key-trend .x2tick text")
    # A line chart becomes narrow once its script has run; the small ones always are.
    if layout == "lines":
        page.locator(".st-key-trend .legend .legendtext").first.wait_for()
    assert dates.count() >= 2
    assert page.evaluate(BOXES)["overlapping"] == []
