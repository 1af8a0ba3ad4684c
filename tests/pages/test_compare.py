"""The page of comparisons as blocks: each kind whole, in a frame its charts alone."""

from __future__ import annotations

import io
import re
from datetime import date

import pandas as pd
import pytest

import stances
from stances import words
from stances.answers.ledger import Span, ledger
from stances.answers.tracker import tracker_under
from stances.links.view import view_at
from stances.pages.block import ChartBlock, TableBlock
from stances.render.html import blocks_html
from stances.render.table import table_html
from stances.tables.table import rows_csv
from tests.folders import Folder
from tests.pages.sorting import assert_heads_sort
from tests.pages.test_register import blocks_of, files_of
from tests.ui.pages import address, notices, open_page, table_in, table_of

SPAN = {"then": "2020-05-01", "as_of": "2020-11-01"}
# What is live of each kind, in the order of the page.
LIVE = {
    "dates": ["controls", "actions-head", "actions-more", "dumbbell", "causes"],
    "actors": ["controls", "trend-pair", "trend-gap", "domains"],
    "distances": ["controls", "matrix"],
}
# And which tables can be taken along.
FILES = {
    "dates": ["moves"],
    "actors": ["parting", "domains", "gap"],
    "distances": ["nearest", "distances"],
}
CHARTS = {"dates": ["dumbbell"], "actors": ["trend-pair", "trend-gap"], "distances": ["matrix"]}


@pytest.mark.parametrize("kind", LIVE)
def test_each_kind_has_its_parts_in_their_order(six: stances.Dataset, kind: str) -> None:
    blocks = blocks_of(six, "compare", compare=kind, **SPAN)
    assert [block.live for block in blocks if block.live] == LIVE[kind]
    assert files_of(blocks) == FILES[kind]


@pytest.mark.parametrize("kind", CHARTS)
def test_a_frame_has_what_is_found_and_its_charts(six: stances.Dataset, kind: str) -> None:
    blocks = blocks_of(six, "compare", compare=kind, embed="true", **SPAN)
    charts = [block for block in blocks if isinstance(block, ChartBlock)]
    assert [block.live for block in charts] == CHARTS[kind]
    # The others of the whole page are not seen in one.
    whole = blocks_of(six, "compare", compare=kind, **SPAN)
    framed = [block.live for block in whole if isinstance(block, ChartBlock) and block.framed]
    assert framed == CHARTS[kind]
    assert "<table class=" not in blocks_html(blocks)


def test_the_charts_of_a_page_share_no_name(six: stances.Dataset) -> None:
    html = blocks_html(blocks_of(six, "compare", compare="actors", **SPAN))
    ids = [part.partition('"')[0] for part in html.split(' id="')[1:]]
    assert ids
    assert len(ids) == len(set(ids))


def moves_of(data: stances.Dataset, **query: str) -> TableBlock:
    """Who moved, as a table."""
    blocks = blocks_of(data, "compare", **SPAN | query)
    [table] = [block for block in blocks if isinstance(block, TableBlock)]
    return table


@pytest.mark.parametrize("query", [{}, {"only": "acts"}, {"domain": "schools", "actor": "BOR"}])
def test_the_moves_sort_by_the_heads_of_figures(
    six: stances.Dataset, query: dict[str, str]
) -> None:
    shown = moves_of(six, **query)
    assert shown.order == ("sort", "moved")
    heads = {code: name.name for name in shown.table.columns for code in name.orders}
    assert list(heads) == ["name", "then", "now", "moved", "ageing"]
    for order, head in heads.items():
        block = moves_of(six, sort=order, **query)
        assert {move.actor for move in block.rows} == {move.actor for move in shown.rows}
        html = table_html(block)
        assert re.findall(r'aria-sort="\w+"[^>]*><a [^>]*>(.*?)</a>', html) == [head]
        assert f"rows, {block.text}." in html
        file = pd.read_csv(io.BytesIO(rows_csv(block.table, block.rows)))
        if order in ("then", "now", "ageing"):
            figures = file[head].abs() * -1 if order == "ageing" else file[head]
            # Those without a figure are last.
            assert figures.tolist() == pytest.approx(
                figures.sort_values(na_position="last").tolist(), nan_ok=True
            )
        elif order == "name":
            assert file[words.WHO].tolist() == sorted(file[words.WHO])


def test_the_chart_of_the_moves_stays_in_its_order(six: stances.Dataset) -> None:
    drawn = [
        block.chart.own_figure
        for order in ("moved", "name")
        for block in blocks_of(six, "compare", sort=order, **SPAN)
        if isinstance(block, ChartBlock)
    ]
    assert len(drawn) == 2
    assert drawn[0] == drawn[1]


def test_deeds_stand_by_who_did_them_of_each_the_newest_first(six: stances.Dataset) -> None:
    tracker = tracker_under(six, None)
    span = Span(date(2019, 12, 31), date(2020, 11, 1))
    actions = ledger(tracker, span, "name")
    assert sorted(actions, key=lambda action: action.when.day, reverse=True) == [
        *ledger(tracker, span)
    ]
    keys = [(tracker.names[action.actor], -action.when.day.toordinal()) for action in actions]
    assert keys == sorted(keys)
    html = blocks_html(blocks_of(six, "compare", ledger="name", **SPAN))
    shown = ledger(tracker, Span(date(2020, 5, 1), date(2020, 11, 1)), "name")
    places = [html.index(f"event={action.event_id}") for action in shown]
    assert places == sorted(places)


@pytest.mark.usefixtures("six_shown")
def test_the_dashboard_has_the_moves_in_the_order_of_the_address(six: stances.Dataset) -> None:
    app = open_page("compare", sort="now", **SPAN)
    html = table_html(moves_of(six, sort="now"))
    assert table_of(app, "By ageing").equals(table_in(html, "By ageing"))


# The tables of two actors and of distances, by a heading of their own, each with its id.
TABLES = {
    "actors": {"What was done": "parting", words.FIELD: "fields", "Date": "months"},
    "distances": {"Distance now": "nearest", "And": "pairs"},
}
PAIR = {"first": "ARC", "second": "BOR", "as_of": "2020-11-01", "group": "all"}


@pytest.fixture
def three(folder: Folder) -> stances.Dataset:
    """The six events, and two of a third actor, so that more than one is near to another."""
    cal = {"actor": "CAL"}
    folder.add("events", 2, event_id="CAL-20200105-roads-order", date="2020-01-05", **cal)
    folder.add("events", 5, event_id="CAL-20200303-school-permit", date="2020-03-03", **cal)
    return folder.load()


def sorting(data: stances.Dataset, kind: str, sort: str = "moved") -> dict[str, TableBlock]:
    """The tables of a kind whose heads sort, by their ids."""
    first = {"first": "CAL"} if kind == "distances" else {}
    blocks = blocks_of(data, "compare", **PAIR | first, compare=kind, sort=sort)
    every = [block for block in blocks if isinstance(block, TableBlock) and block.order[0]]
    tables = [block for block in every if not block.folded]
    assert [block.table.part for block in tables] == [*TABLES[kind].values()]
    return {block.table.part: block for block in tables}


@pytest.mark.parametrize("kind", TABLES)
def test_each_head_sorts_its_own_table_and_its_file(three: stances.Dataset, kind: str) -> None:
    assert_heads_sort(lambda sort: sorting(three, kind, sort), "moved")


def test_what_made_two_part_is_whole_once_it_is_sorted(six: stances.Dataset) -> None:
    first, later = (sorting(six, "actors", sort)["parting"] for sort in ("moved", "parting-newest"))
    assert "what made them part first" in table_html(first)
    html = table_html(later)
    assert "what made them part first" not in html
    assert "Four rows, the newest first." in html
    assert [row.rank for row in later.rows] != [row.rank for row in first.rows]
    # The heads lead back to the order that no column has.
    [newest] = re.findall(r'<th scope="col" aria-sort[^>]*><a href="([^"]*)"', html)
    assert "sort=moved" in newest


def test_what_is_folded_has_the_heads_of_what_is_not(
    six: stances.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stances.pages.compare.actors.LARGEST", 2)
    blocks = blocks_of(six, "compare", **PAIR, compare="actors")
    first, folded = (
        table_html(block)
        for block in blocks
        if isinstance(block, TableBlock) and block.table.parameter == "event"
    )
    heads = [re.findall(r"<thead>.*?</thead>", html) for html in (first, folded)]
    assert heads[0] == heads[1]
    assert ('id="parting"' in first, 'id="parting"' in folded) == (True, False)


@pytest.mark.parametrize(
    ("kind", "sort"),
    [("actors", "month-oldest"), ("actors", "parting-name"), ("distances", "pair-other")],
)
@pytest.mark.usefixtures("six_shown")
def test_the_dashboard_has_the_tables_in_the_order_of_the_address(
    six: stances.Dataset, kind: str, sort: str
) -> None:
    first = {"first": "CAL"} if kind == "distances" else {}
    app = open_page("compare", **PAIR | first, compare=kind, sort=sort)
    for heading, part in TABLES[kind].items():
        html = table_html(sorting(six, kind, sort)[part])
        assert table_of(app, heading).equals(table_in(html, heading))


@pytest.mark.parametrize(
    ("kind", "sort", "allowed"),
    [
        ("dates", "month-gap", "moved, name, then, now, ageing"),
        ("actors", "now", "moved, parting-what"),
        ("actors", "pair-name", "moved, parting-what"),
        ("distances", "name", "moved, nearest-now"),
        ("dates", "widest", "moved, name, then"),
    ],
)
def test_an_order_of_no_table_of_its_kind_is_told_in_a_line_and_goes_into_no_link(
    six: stances.Dataset, kind: str, sort: str, allowed: str
) -> None:
    view = view_at(six, "compare", {"compare": kind, "sort": sort, **SPAN})
    [line] = view.refused
    assert line.startswith(f"sort in the address: {sort} is not one of: {allowed}")
    assert line.endswith(". The default is shown.")
    assert view["sort"] == "moved"
    of_kind = view_at(six, "compare", {"compare": kind, **SPAN})
    assert not of_kind.refused
    assert "sort" not in of_kind.but(sort=sort).texts_on("compare") or sort == "widest"


@pytest.mark.usefixtures("six_shown")
def test_another_kind_has_an_address_without_the_order_of_this_one() -> None:
    app = open_page("compare", compare="dates", sort="now", **SPAN)
    assert address(app)["sort"] == "now"
    app.button_group(key="compare").set_value("actors").run()
    assert address(app)["compare"] == "actors"
    assert "sort" not in address(app)
    assert not notices(app)
