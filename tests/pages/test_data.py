"""The page of data and method as blocks: a section at a time, in a frame what is covered."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace

import pandas as pd
import pytest

import stances
from stances.answers.citing import dataset_words
from stances.answers.release_diff import CORRECTED, FigureChange, Reading, RowChange
from stances.answers.tracker import Tracker
from stances.dataset.releases import release_of
from stances.links.parameters import SECTIONS
from stances.links.view import view_at
from stances.pages.block import ChartBlock, TableBlock
from stances.pages.data import releases
from stances.pages.register import BLOCKS
from stances.render import table
from stances.render.html import blocks_html
from stances.render.table import table_html
from stances.tables.releases import fields_text, figures_in_order
from stances.tables.table import rows_csv
from tests.dataset.test_releases import keep_release
from tests.folders import TODAY, Folder
from tests.pages.sorting import assert_heads_sort, codes_of
from tests.pages.test_register import DAY, blocks_of, files_of
from tests.ui.pages import links_of, open_page, table_in, table_of

# What is live of each section, in the order of the page.
LIVE = {
    "downloads": ["snapshot", "tables", "browse"],
    "codebook": ["sum", "example"],
    "sensitivity": ["presets", "settings"],
    "coverage": ["measure", "coverage"],
    "agreement": [],
    "citing": ["cited", "cited-bib", "cite-bib", "cited-ris", "cite-ris"],
}


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_has_its_parts_in_their_order(six: stances.Dataset, section: str) -> None:
    blocks = blocks_of(six, "data", section=section)
    assert [block.live for block in blocks if block.live] == LIVE[section]
    assert files_of(blocks) == (["coverage"] if section == "coverage" else [])


def test_own_settings_show_what_they_change(six: stances.Dataset) -> None:
    query = {"section": "sensitivity", "settings": "act:8", "as_of": "2020-11-01"}
    blocks = blocks_of(six, "data", **query)
    [chart] = [block for block in blocks if isinstance(block, ChartBlock)]
    assert (chart.live, chart.framed) == ("sensitivity", False)
    assert files_of(blocks) == ["sensitivity"]


@pytest.mark.parametrize(
    ("part", "query"), [("settings", {}), ("actors", {"settings": "half_life:0.5,roads:1"})]
)
def test_what_settings_change_sorts_by_its_heads(
    six: stances.Dataset, part: str, query: dict[str, str]
) -> None:
    def tables(sort: str) -> dict[str, TableBlock]:
        at = {"section": "sensitivity", "as_of": "2020-11-01", "sort": sort, **query}
        blocks = [block for block in blocks_of(six, "data", **at) if isinstance(block, TableBlock)]
        return {block.table.part: block for block in blocks}

    assert [*tables("most")] == [part]
    assert_heads_sort(tables, "most")
    # An order of another table of the page orders nothing here.
    assert codes_of(tables("name")[part]) == codes_of(tables("most")[part])


@pytest.fixture
def apart(folder: Folder) -> stances.Dataset:
    """The six events, two of them coded far apart, and another list that says the contrary."""
    folder.edit("codings", 4, score="0")
    folder.edit("codings", 12, score="-1")
    other = {"list": "other", "source": "Other", "as_of": "2020-08", "category": "the contrary"}
    folder.add("external_codings", 2, score="2", **other)
    folder.add("external_codings", 2, actor="BOR", score="-2", **other)
    return folder.load()


def test_what_coders_and_lists_say_sorts_by_its_heads(apart: stances.Dataset) -> None:
    def tables(sort: str) -> dict[str, TableBlock]:
        blocks = blocks_of(apart, "data", section="agreement", sort=sort)
        tables = (block for block in blocks if isinstance(block, TableBlock))
        result = [block for block in tables if block.table.part]
        assert "lists-apart" in [block.table.part for block in result]
        # Of which there is one alone.
        return {block.table.part: block for block in result if block.table.part != "lists-apart"}

    assert [*tables("most")] == ["scores", "lists", "readings"]
    assert_heads_sort(tables, "most")
    # It is cited as what is the same on every day.
    assert all(
        f"({block.table.caption}; {dataset_words(Tracker(apart))}.)" in table_html(block)
        for block in tables("most").values()
    )


def test_a_frame_has_what_is_covered_whatever_section_is_asked_for(six: stances.Dataset) -> None:
    for section in SECTIONS:
        html = blocks_html(blocks_of(six, "data", section=section, embed="true"))
        assert html.count('class="chart') == 1
        assert "<table" not in html


def coverage_table(data: stances.Dataset, **query: str) -> TableBlock:
    """The counts by year as a table."""
    blocks = blocks_of(data, "data", section="coverage", **query)
    [*_, table] = [block for block in blocks if isinstance(block, TableBlock)]
    return table


@pytest.mark.parametrize("measure", ["events", "sources"])
def test_the_counts_sort_by_each_head_in_page_and_file(six: stances.Dataset, measure: str) -> None:
    shown = coverage_table(six, measure=measure, as_of="2020-12-31")
    heads = [code for column in shown.table.columns for code in column.orders]
    assert heads == ["name", "most", *map(str, shown.rows[0].years)]
    for order in heads:
        block = coverage_table(six, measure=measure, as_of="2020-12-31", sort=order)
        file = pd.read_csv(io.BytesIO(rows_csv(block.table, block.rows)))
        [name] = [column.name for column in block.table.columns if order in column.orders]
        assert file[name].tolist() == sorted(file[name], reverse=order != "name")
        html = table_html(block)
        assert re.findall(r'aria-sort="(\w+)"[^>]*><a [^>]*>(.*?)</a>', html) == [
            ("ascending" if order == "name" else "descending", name)
        ]
        assert block.text in block.table.caption


@pytest.mark.parametrize(
    ("section", "order", "allowed"),
    [
        # Of a year after the day nothing is counted.
        ("coverage", "2021", "most, name, 2020"),
        ("coverage", "figures-now", "most, name, 2020"),
        ("citing", "2020", "most, figures-name"),
        ("sensitivity", "name", "most, settings-name"),
        ("agreement", "name", "most, scores-apart"),
    ],
)
def test_an_order_of_no_table_there_is_told_in_a_line_and_goes_into_no_link(
    six: stances.Dataset, section: str, order: str, allowed: str
) -> None:
    query = {"section": section, "sort": order, "as_of": "2020-12-31"}
    view = view_at(six, "data", query)
    [line] = view.refused
    assert line.startswith(f"sort in the address: {order} is not one of: {allowed}")
    assert line.endswith(". The default is shown.")
    assert view["sort"] == "most"
    assert "sort" not in view.texts_of_page


def test_an_order_goes_along_to_no_other_section(six: stances.Dataset) -> None:
    html = blocks_html(blocks_of(six, "data", section="coverage", sort="name"))
    tabs = dict(re.findall(r'<a href="data\?([^"]*)"[^>]*>(.*?)</a>', html.partition("</nav>")[0]))
    sorted_by = {text: "sort=name" in query for query, text in tabs.items()}
    assert len(sorted_by) == len(SECTIONS)
    assert {text for text in sorted_by if sorted_by[text]} <= {"Coverage", "Agreement"}
    assert sorted_by["Coverage"]


@pytest.mark.usefixtures("six_shown")
def test_the_dashboard_has_the_counts_in_the_order_of_the_address(six: stances.Dataset) -> None:
    app = open_page("data", section="coverage", sort="name", as_of=DAY)
    html = table_html(coverage_table(six, sort="name"))
    assert table_of(app, "All years").equals(table_in(html, "All years"))


def test_what_the_latest_release_changed_stands_before_its_changelog(folder: Folder) -> None:
    name = keep_release(folder)
    folder.edit("events", 3, speaker="Another <b>")
    folder.edit("events", 4, score="-1")
    folder.edit("sources", 2, title="A title that is new")
    blocks = blocks_of(folder.load(), "data", section="citing")
    figures, corrected = (block for block in blocks if isinstance(block, TableBlock))
    # What positions rest on comes first, and a table says how many rows it has.
    assert corrected.rows[0].fields == {"score": ("0", "-1")}
    assert corrected.folded == "Corrected rows: 3"
    assert {row.by_method for row in figures.rows} == {False}
    html = blocks_html(blocks)
    assert f'href="releases/diff.json?old={name}"' in html
    change = html.index(f"python -m stances diff {name}<")
    assert html.index("How to cite") < change < html.index("Changelog of the data")
    assert "events?event=ARC-20201027-order-repealed" in html
    # A release that was opened among others tells of itself, and the first of nothing.
    second = keep_release(folder)
    assert releases.HEADING in blocks_html(blocks_of(folder.load(), "data", section="citing"))
    folder.edit("events", 2, speaker="A third")
    keep_release(folder)
    of = {
        version: blocks_html(
            blocks_of(release_of(folder.path, version, TODAY), "data", section="citing")
        )
        for version in (name, second)
    }
    assert "What this release changed" in of[second]
    assert "release changed" not in of[name]


def test_rows_that_a_release_changed_stand_on_pages(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "_MOST", 1)
    keep_release(folder)
    folder.edit("events", 4, score="-1")
    folder.edit("sources", 2, title="A title that is new")
    data = folder.load()
    html = blocks_html(blocks_of(data, "data", section="citing"))
    assert "A title that is new" not in html
    pages = [query for _, query in links_of(html) if query.get("page")]
    [chosen] = [query for query in pages if query["sort"] == "corrected-most"]
    assert chosen["section"] == "citing"
    following = view_at(data, "data", chosen)
    assert "A title that is new" in blocks_html(BLOCKS["data"](following))


@pytest.fixture
def changed(folder: Folder) -> stances.Dataset:
    """Tables of which rows of several have been corrected, and some stances are others."""
    keep_release(folder)
    folder.edit("events", 4, score="-1")
    folder.edit("events", 2, speaker="Another")
    folder.edit("acts", 2, name="Another name of it")
    folder.edit("actors", 2, region="South")
    folder.edit("sources", 2, title="A title that is new")
    return folder.load()


def changes(data: stances.Dataset, **query: str) -> dict[str, TableBlock]:
    """Return the tables of what the latest release changed, by the parts of the page."""
    blocks = blocks_of(data, "data", section="citing", **query)
    return {block.place.part: block for block in blocks if isinstance(block, TableBlock)}


def cells_of(block: TableBlock, order: str) -> list[str]:
    """The texts under the head of an order."""
    [column] = [column for column in block.table.columns if order in column.orders]
    return [column.text(row) for row in block.rows]


def test_what_a_release_changed_sorts_by_its_heads_and_then_is_seen_at_once(
    changed: stances.Dataset,
) -> None:
    shown = changes(changed)
    assert list(shown) == ["figures", "corrected"]
    assert not any(block.unfolds for block in shown.values())
    heads = [
        (part, code)
        for part, block in shown.items()
        for column in block.table.columns
        for code in column.orders
        if not code.endswith("-most")
    ]
    assert [code for _, code in heads] == [
        "figures-name", "figures-field", "figures-before", "figures-now", "corrected-row",
        "corrected-table",
    ]  # fmt: skip
    for part, order in heads:
        tables = changes(changed, sort=order)
        assert [name for name in tables if tables[name].unfolds] == [part]
        html = blocks_html([tables[part]])
        assert html.startswith(f'<details class="folded" id="{part}" open>')
        assert html.count('aria-sort="ascending"') == 1
        # A second press is back to what counts most, in the table that is pressed.
        assert re.search(rf'aria-sort[^>]*><a href="[^"]*sort={part}-most#{part}"', html)
        back = changes(changed, sort=f"{part}-most")
        assert [name for name in back if back[name].unfolds] == [part]
        assert back[part].rows == shown[part].rows
        assert "aria-sort" not in blocks_html([back[part]])
        if order in ("figures-name", "corrected-row", "corrected-table"):
            cells = cells_of(tables[part], order)
            assert cells == sorted(cells, key=str.lower)
        [other] = tables.keys() - {part}
        assert tables[other].rows == shown[other].rows


def test_stances_of_a_release_stand_by_their_figure_and_those_without_last() -> None:
    def change(actor: str, stance: float | None) -> FigureChange:
        before = Reading(stance, stance, stance, "")
        return FigureChange(actor, "roads", before, before, before, ())

    rows = [change("a", 1.0), change("b", None), change("c", 0.0), change("d", -1.0)]
    tracker = SimpleNamespace(names={})
    for order in ("figures-before", "figures-now"):
        ordered = figures_in_order(tracker, rows, order)  # type: ignore[arg-type]
        assert [row.actor for row in ordered] == ["d", "c", "a", "b"]


def test_a_row_leads_to_its_event_act_or_actor(changed: stances.Dataset) -> None:
    block = changes(changed)["corrected"]
    [column] = [column for column in block.table.columns if column.name == "Row"]
    leads = {row.table: links_of(column.cell(row)) for row in block.rows}
    keys = {row.table: row.key[0] for row in block.rows}
    assert leads == {
        "events": [("events", {"event": keys["events"]})],
        "acts": [("acts", {"act": keys["acts"]})],
        "actors": [("actor", {"actor": keys["actors"]})],
        "sources": [],
    }


def test_texts_are_read_from_a_little_before_where_they_part() -> None:
    fields = {"summary": ("The minister said so in May.", "The minister said so in June.")}
    fields |= {"note": ("", "Two reports")}
    row = RowChange("events", ("an-event",), CORRECTED, "", "", fields)
    assert fields_text(row) == (
        "summary: …minister said so in May. to …minister said so in June.; "
        "note: (empty) to Two reports"
    )
