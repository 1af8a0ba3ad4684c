"""Two maps side by side: before scripts, in a frame, in the dashboard and as a picture."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

import stances
from stances import words
from stances.answers.ledger import ledger
from stances.answers.stance_map import MapPart
from stances.answers.two_days import landmark_days, span_of_maps, two_days_lead
from stances.filters.map import part_of
from stances.links.view import View, view_at
from stances.markup.two_days import first_days_html
from stances.pages.block import TableBlock
from stances.pages.map import blocks
from stances.pages.one_map import map_html
from stances.render.html import blocks_html
from tests.folders import Folder
from tests.pages.sorting import assert_heads_sort
from tests.pages.test_register import blocks_of
from tests.pictures.drawings import at_home, outside, shapes, svg_of, texts
from tests.ui.pages import markup as texts_of
from tests.ui.pages import notices, open_page, plain

QUERY = {"as_of": "2020-06-30", "before": "2019-12-31", "view": "world", "domain": "roads"}


def view_of(data: stances.Dataset, **query: str) -> View:
    """The view of two maps."""
    return view_at(data, "", {**QUERY, **query})


def page_markup(data: stances.Dataset, **query: str) -> str:
    """The page at an address, before scripts."""
    return blocks_html(blocks(view_of(data, **query)))


def test_both_days_stand_over_their_maps_with_one_legend(six: stances.Dataset) -> None:
    view, html = view_of(six), page_markup(six)
    days = [plain(text) for text in re.findall(r'<h2 class="actor">(.*?)</h2>', html)]
    assert days[:2] == ["31 December 2019", "30 June 2020"]
    assert html.count('class="map"') == 2
    assert html.count('class="legend"') == 1
    part = part_of(view.tracker, "world")
    span = span_of_maps(view["before"], view.day, "roads", part)
    assert all(text in plain(html) for text in two_days_lead(view.tracker, span, part))
    for action in ledger(view.tracker, span):
        assert action.title in plain(html)


@pytest.mark.parametrize("visible", [True, False])
def test_a_landmark_opens_with_its_own_day_where_its_actor_is_seen(
    six: stances.Dataset, monkeypatch: pytest.MonkeyPatch, visible: bool
) -> None:
    view = view_of(six, view="europe", domain="schools")
    [landmark] = landmark_days(view.tracker, six.today, "schools")
    part = MapPart("Here", {landmark.actor} if visible else {"BOR"})
    monkeypatch.setattr("stances.markup.two_days.part_of", lambda *_: part)
    nav = first_days_html(view)
    [link] = [each for each in re.findall(r'href="(.*?)"', nav) if "domain=roads" in each]
    query = parse_qs(urlsplit(unescape(link)).query)
    opened = view_at(six, "", {name: text for name, [text] in query.items()})
    assert (opened["before"], opened.day) == (landmark.day, landmark.day + timedelta(days=1))
    assert opened["view"] == ("europe" if visible else "world")


def test_the_picture_has_both_maps(folder: Folder) -> None:
    home = at_home(folder)
    svg = svg_of(home, "map", **QUERY)
    lines = texts(svg)
    assert {words.day(home.day(QUERY[name])) for name in ("as_of", "before")} <= set(lines)
    assert not outside(svg)
    one_map = {name: text for name, text in QUERY.items() if name != "before"}
    days = [
        shapes(svg_of(home, "map", **{**one_map, "as_of": QUERY[name]}))
        for name in ("before", "as_of")
    ]
    drawn = shapes(svg)
    assert drawn == {actor: fills | days[1][actor] for actor, fills in days[0].items()}
    assert any(len(fills) == 2 for fills in drawn.values())
    later = svg_of(home, "map", **{**QUERY, "before": "2021-01-01"})
    assert shapes(later) == days[1]


@pytest.mark.usefixtures("six_shown")
def test_the_dashboard_draws_both(six: stances.Dataset) -> None:
    app = open_page("map", **QUERY)
    assert notices(app) == []
    assert {chart.key for chart in app.get("plotly_chart")} == {"map-before", "map"}
    nav = re.compile(r'<nav class="first-days".*?</nav>', re.DOTALL)
    assert nav.findall(texts_of(app)) == nav.findall(page_markup(six))
    app.date_input(key="before").set_value(six.day("2021-01-01")).run()
    assert {chart.key for chart in app.get("plotly_chart")} == {"map"}
    assert any("there is one map" in line for line in notices(app))


# -- the page of the map as blocks: its table, in each of its orders -------------------------------


def test_the_map_as_a_table_sorts_by_its_heads(six: stances.Dataset) -> None:
    def tables(sort: str) -> dict[str, TableBlock]:
        blocks = blocks_of(six, "", as_of="2020-11-01", sort=sort)
        [block] = [block for block in blocks if isinstance(block, TableBlock)]
        return {block.table.part: block}

    assert [*tables("stance")] == ["positions"]
    assert_heads_sort(tables, "stance")
    # Its heads say the order.
    assert tables("since")["positions"].text == ""


@pytest.mark.parametrize(
    ("query", "high"),
    [
        ({}, 427),
        ({"view": "world"}, 320),
        ({"view": "world", "before": "2019-12-31"}, 427),
        ({"view": "world", "embed": "true"}, 427),
    ],
)
def test_the_whole_world_is_lower_where_it_is_alone(
    six: stances.Dataset, query: dict[str, str], high: int
) -> None:
    view = view_at(six, "", {"as_of": "2020-07-01", **query})
    assert f'viewBox="0 0 640 {high}"' in map_html(view, view)
