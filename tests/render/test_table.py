"""A table by its columns: what its markup says, links to and leaves out."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

import stances
from stances.answers.tracker import Tracker
from stances.pages.block import TableBlock
from stances.render.table import pager_html, part_of, table_html
from stances.tables.data import coverage_table
from stances.tables.table import Place, RowsTable, TableColumn
from tests.folders import ROOT
from tests.ui.pages import table_in

ROWS = [("a", "<b>One</b>", 1), ("b", "Two & three", 20)]
TABLE = RowsTable(
    caption="Things",
    columns=(
        TableColumn("Name", lambda row: row[1], orders={"name": "ascending"}),
        TableColumn(
            "Figure",
            lambda row: str(row[2]),
            kind="whole",
            orders={"most": "descending", "least": "ascending"},
            labelled=True,
        ),
        TableColumn("It's", lambda row: row[0], labelled=True, aside=True),
    ),
    title="Name",
    parameter="thing",
    code=lambda row: row[0],
)
PLACE = Place("things", {"q": "x y", "page": "3"}, address="things?q=x+y&page=3")
BLOCK = TableBlock(TABLE, ROWS, PLACE)


def links(html: str) -> dict[str, str]:
    return {
        unescape(label): unescape(address)
        for address, label in re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', html)
    }


def test_each_row_has_its_texts_escaped_and_its_title_links_to_it() -> None:
    html = table_html(BLOCK)
    table = table_in(html, "Name")
    assert list(table["Name"]) == ["<b>One</b>", "Two & three"]
    assert list(table["Figure"]) == ["1", "20"]
    assert links(html)["Two & three"] == "./things?q=x+y&page=3&thing=b"


def test_a_row_is_copied_by_its_cells_with_what_its_table_is_of() -> None:
    html = table_html(replace(BLOCK, place=replace(PLACE, origin="1 May; Atlas")))
    assert 'data-origin="(Things; 1 May; Atlas.)"' in html
    copied = re.findall(r'<a href="([^"]*)" class="copy cite" data-copy="([^"]*)"', html)
    assert unescape(copied[1][0]) == "things?q=x+y&page=3"
    assert unescape(copied[1][1]) == "Name: Two & three; Figure: 20; It's: b"
    # What a row is of is cited where it has a citation of its own.
    acts = replace(BLOCK.table, parameter="act")
    assert "a/a.txt" in table_html(replace(BLOCK, table=acts))


def test_a_head_links_to_its_order_and_then_to_the_other_from_the_first_row() -> None:
    by_name = table_html(replace(BLOCK, order=("sort", "name")))
    assert links(by_name)["Figure"] == "./things?q=x+y&sort=most"
    assert '<th scope="col" aria-sort="ascending">' in by_name
    by_most = table_html(replace(BLOCK, order=("sort", "most")))
    assert links(by_most)["Figure"] == "./things?q=x+y&sort=least"
    assert by_most.count("aria-sort") == 1


def test_in_a_frame_a_row_opens_apart_and_no_head_sorts() -> None:
    framed = replace(BLOCK, place=Place("things", {}, apart=True), order=("sort", "name"))
    html = table_html(framed)
    assert html.count('target="_blank"') == len(ROWS) == html.count("<a ")
    assert "data-here" not in html


def test_beside_what_is_open_its_row_is_marked_and_columns_are_left_out() -> None:
    html = table_html(replace(BLOCK, opened="b"))
    assert list(table_in(html, "Name")) == ["Name", "Figure"]
    [marked] = re.findall(r'<tr class="shown">.*?</tr>', html)
    assert "Two &amp; three" in marked


def test_what_rows_are_in_the_order_of_stands_on_every_card() -> None:
    name, figure, aside = TABLE.columns
    aside = replace(aside, orders={"it": "ascending"})
    table = replace(TABLE, columns=(name, replace(figure, folded=True), aside))
    folds = replace(BLOCK, table=table, order=("sort", "name"))
    assert table_html(folds).count('<td class="number" hidden="until-found">') == len(ROWS)
    for order in figure.orders:
        html = table_html(replace(folds, order=("sort", order)))
        assert html.count('<td class="number">') == len(ROWS)
        assert html.count("hidden") == len(ROWS)
    html = table_html(replace(folds, order=("sort", "it")))
    assert html.count("<td hidden=") == 0
    assert html.count("hidden") == len(ROWS)


def test_an_order_that_is_of_no_column_has_no_direction() -> None:
    name, *others = TABLE.columns
    both = replace(name, orders={"name": "ascending", "rank": ""})
    block = replace(BLOCK, table=replace(TABLE, columns=(both, *others)))
    by_rank = table_html(replace(block, order=("sort", "rank")))
    assert "aria-sort" not in by_rank
    assert links(by_rank)["Name"].endswith("sort=name")
    assert links(table_html(replace(block, order=("sort", "name"))))["Name"].endswith("sort=rank")


def test_what_a_card_names_is_no_style_of_its_own() -> None:
    html = table_html(BLOCK)
    [style] = re.findall(r'<table [^>]*style="([^"]*)"', html)
    assert unescape(style) == "--c2:'Figure: ';--c3:'It\\27 s: ';"


@pytest.mark.parametrize(
    ("count", "number", "part", "words"),
    [
        (0, 1, slice(0, 0), []),
        (100, 1, slice(0, 100), []),
        (100, 2, slice(0, 100), []),
        (101, 1, slice(0, 100), ["Next 1"]),
        (250, 2, slice(100, 200), ["Previous 100", "Next 50"]),
        (250, 9, slice(200, 250), ["Previous 100"]),
    ],
)
def test_a_hundred_rows_stand_on_a_page(
    count: int, number: int, part: slice, words: list[str]
) -> None:
    assert part_of(PLACE, count, number) == part
    assert list(links(pager_html(PLACE, count, part))) == words


def test_a_frame_has_the_first_rows_and_no_links_to_more() -> None:
    framed = Place("things", {}, apart=True)
    assert part_of(framed, 250, 1) == slice(0, 4)
    assert pager_html(framed, 250, slice(0, 4)) == ""


def test_the_first_page_needs_no_number() -> None:
    assert links(pager_html(PLACE, 250, slice(100, 200))) == {
        "Previous 100": "./things?q=x+y",
        "Next 50": "./things?q=x+y&page=3",
    }


def test_a_table_in_one_order_says_which_and_links_to_more() -> None:
    rows = [(str(number), f"Row {number}", number) for number in range(250)]
    html = table_html(TableBlock(TABLE, rows, PLACE, 2, "as they came"))
    assert list(table_in(html, "Name")["Name"])[:2] == ["Row 100", "Row 101"]
    assert "Rows 101 to 200 of 250, as they came." in html
    assert "sort=" not in html
    assert set(links(html)) >= {"Previous 100", "Next 50"}


def test_a_row_may_lead_to_another_view() -> None:
    apart = replace(TABLE, link=lambda row: PLACE.link(row[1], other=row[0]))
    leads = links(table_html(replace(BLOCK, table=apart)))
    assert leads["Two & three"] == "./things?q=x+y&page=3&other=b"


def test_a_card_can_name_every_year(real: stances.Dataset) -> None:
    style = (ROOT / "stances" / "render" / "style.css").read_text(encoding="utf-8")
    named = {int(number) for number in re.findall(r"content: var\(--c(\d+)\)", style)}
    years = range(real.codebook.first_date.year, real.today.year + 1)
    table = coverage_table(Tracker(real), years, "events", PLACE)
    assert {*range(1, len(table.columns) + 1)} <= named
