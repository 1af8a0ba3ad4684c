"""The page of comparisons in the browser: presets, a picked actor, sums on screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.controls import address, figure_of
from tests.browser.view import await_charts, come_to, edges, open_view, settle
from tests.cases import GROUP
from tests.depth import each

if TYPE_CHECKING:
    from playwright.sync_api import Page

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
    heads = edges(columns)
    assert len(heads) == len(shown)
    assert all(left >= 0 and right <= 390 for left, right in heads)
    assert page.evaluate(BOXES)["overlapping"] == []
