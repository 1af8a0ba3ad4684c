"""The page of comparisons in the browser: presets, a picked actor, sums on screen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stances.words import day as in_words
from tests.browser.hands import address, choose, figure_of, headline
from tests.browser.view import await_charts, come_to, open_view, settle
from tests.cases import GROUP
from tests.depth import each

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from stances import Dataset
    from tests.browser.app import Server

BOXES = (Path(__file__).parent / "boxes.js").read_text(encoding="utf-8")
VIEWS = {
    "compare-dates": "compare?then=2020-07-10&as_of=2020-11-01&first=ARC",
    "compare-actors": "compare?compare=actors&first=ARC&second=BOR&as_of=2021-07-12",
}
CHARTS = {
    "compare-dates": ".st-key-dumbbell .point",
    "compare-actors": ".st-key-trend-gap .js-line",
}


def _open(page: Page, server: Server, name: str) -> None:
    come_to(page, server, VIEWS[name])
    page.locator(CHARTS[name]).first.wait_for(state="attached")


def _number(shown: str) -> float:
    return float(shown.strip().replace("\N{MINUS SIGN}", "-"))


def test_more_of_the_ledger_is_shown_where_it_stands(kept_page: Page, server: Server) -> None:
    page = kept_page
    come_to(page, server, "compare?then=2019-07-01&as_of=2020-07-01")
    rows = page.locator(".ledger li")
    before = rows.count()
    first = rows.first.inner_text()
    page.locator(".st-key-deeds-more button").click()
    rows.nth(before).wait_for()
    settle(page)
    assert rows.first.inner_text() == first


def test_a_preset_sets_both_days_and_the_address(
    kept_page: Page, server: Server, real: Dataset
) -> None:
    page = kept_page
    come_to(page, server, "compare")
    before = headline(page)
    assert f"in the year to {in_words(real.opening_day)}" in before
    comparison = real.about.comparisons[1]
    page.get_by_text(comparison.label).click()
    assert address(page)["then"] == str(comparison.date - timedelta(days=1))
    assert headline(page) != before
    page.go_back()
    page.locator("h1.headline", has_text=before).wait_for()


def test_a_picked_actor_shows_causes_that_add_up_and_lead_to_sources(
    kept_page: Page, six_server: Server
) -> None:
    page = kept_page
    _open(page, six_server, "compare-dates")
    choose(page, "_mover", "Kingdom of Boria")
    assert address(page)["actor"] == "BOR"
    panel = page.locator(".st-key-causes")
    assert panel.locator("h2").inner_text() == "Kingdom of Boria"
    sums = [_number(cell) for cell in panel.locator("td:last-child").all_inner_texts()]
    assert len(sums) > 2
    assert round(sum(sums[:-1]), 2) == sums[-1]
    parts = panel.locator(".reason > div:first-child > b").all_inner_texts()
    assert round(sum(map(_number, parts)), 2) == sums[-1]
    links = panel.locator(".sources a")
    assert links.count() >= len(parts)
    assert (links.first.get_attribute("href") or "").startswith("http")


def test_a_click_on_a_row_of_the_chart_picks_its_actor(page: Page, server: Server) -> None:
    open_view(page, server, "compare?then=2020-07-13&as_of=2020-10-12", has_map=False)
    points = page.locator(CHARTS["compare-dates"])
    points.first.wait_for(state="attached")
    # Who lost its position has no mark on the second day.
    now = figure_of(page, "dumbbell")["data"][2]
    drawn = zip(now["x"], now["customdata"], strict=True)
    last = [actor for stance, actor in drawn if stance is not None][-1]
    points.last.click(force=True)
    assert address(page)["actor"] == last


def test_the_charts_over_time_stand_one_under_the_other(
    kept_page: Page, six_server: Server
) -> None:
    page = kept_page
    _open(page, six_server, "compare-actors")
    await_charts(page)
    settle(page)
    boxes = [
        page.locator(f".st-key-trend-{name} .nsewdrag").first.bounding_box()
        for name in ("pair", "gap")
    ]
    one, other = boxes
    assert one is not None
    assert other is not None
    assert (one["x"], one["width"]) == (other["x"], other["width"])


@pytest.mark.parametrize("viewport", [(390, 844)])
@each("group", [GROUP, "all"])
def test_a_telephone_tells_the_columns_of_a_matrix(page: Page, server: Server, group: str) -> None:
    open_view(page, server, f"compare?compare=distances&group={group}", has_map=False)
    columns, rows = (page.locator(f".st-key-matrix .{axis}tick text") for axis in "xy")
    # It is made for a wide page until its script has run.
    page.wait_for_function(
        "document.querySelector('.st-key-matrix .js-plotly-plot')?.layout.showlegend"
    )
    settle(page)
    names, shown = rows.all_text_contents(), columns.all_text_contents()
    assert names
    if group == GROUP:
        assert shown == names
    else:
        assert shown == [name.split()[0] for name in names[4::5]]
    seen = [box for box in (column.bounding_box() for column in columns.all()) if box]
    assert len(seen) == len(shown)
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in seen)
    assert page.evaluate(BOXES)["overlapping"] == []
