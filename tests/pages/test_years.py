"""The years of a group on the page of members: cells that lead on, the picture and the brief."""

from __future__ import annotations

import re

import pytest

import stances
from stances.answers.years import cell_sign, cell_words
from stances.charts.years import years_of, years_of_view
from stances.links.view import view_at
from stances.pages.members import blocks
from stances.render.html import blocks_html
from tests.golden import Golden
from tests.ui.pages import markup, notices, open_page, plain

QUERY = {"as_of": "2020-06-30", "group": "Pact", "years_from": "2019"}
CELL = re.compile(r'<a href="([^"]*)"[^>]* title="([^"]*)">([^<]*)</a>')


def _cells(html: str) -> list[tuple[str, str, str]]:
    [table] = re.findall(r'<table class="years".*?</table>', html, re.DOTALL)
    return [(plain(link), plain(text), plain(sign)) for link, text, sign in CELL.findall(table)]


def page_markup(data: stances.Dataset, **query: str) -> str:
    """The page at an address, before scripts."""
    return blocks_html(blocks(view_at(data, "members", {**QUERY, **query})))


def test_a_cell_leads_to_its_member_on_its_day(six: stances.Dataset) -> None:
    view = view_at(six, "members", QUERY)
    years = years_of(view)
    expected = [
        (row.actor, cell_words(six.codebook, "roads", cell), cell_sign(cell), str(cell.day))
        for row in years.rows
        for cell in row.cells
    ]
    cells = _cells(page_markup(six))
    assert len(cells) == len(expected) == 6
    for (link, text, sign), (actor, words, drawn, day) in zip(cells, expected, strict=True):
        assert link.startswith("./actor?")
        assert f"actor={actor}" in link
        assert f"as_of={day}" in link
        assert (text, sign) == (words, drawn)


def test_the_picture_has_the_cells_of_the_table(six: stances.Dataset) -> None:
    view = view_at(six, "members", QUERY)
    [trace] = years_of_view(view).own_figure["data"]
    drawn = [text for row in trace["text"] for text in row]
    assert drawn == [sign for *_, sign in _cells(page_markup(six))]
    assert "pictures/years.svg?" in page_markup(six)


def test_it_follows_whom_a_figure_counts(six: stances.Dataset) -> None:
    html = page_markup(six, practice="used")
    told, years, members = map(html.index, ("small counted", 'class="years"', 'class="members"'))
    assert told < years < members
    assert set(re.findall(r"actor=(\w+)", html[years:members])) == {"ARC"}
    assert '<table class="years"' not in page_markup(six, practice="power")
    view = view_at(six, "members", {**QUERY, "practice": "used"})
    chart = years_of_view(view)
    # The headline counts the rows below it, and its picture has no others.
    assert [len(trace["text"]) for trace in chart.own_figure["data"]] == [1]
    assert chart.title in plain(html)
    assert "Shown: the one that" in chart.subtitle
    assert "practice=used" in re.findall(r'"(pictures/years\.png[^"]*)"', html)[0]
    empty = view_at(six, "members", {**QUERY, "practice": "power"})
    assert years_of_view(empty).title.startswith("Shown: none")


def test_other_years_are_a_link_away_and_no_year_but_those_of_the_data(
    six: stances.Dataset,
) -> None:
    assert "from 2020" in plain(page_markup(six))
    view = view_at(six, "members", {**QUERY, "years_from": "1999"})
    assert view["years_from"] == "2020"
    assert view.refused


def test_a_cell_is_heard_as_its_level_its_use_and_its_year(
    golden: Golden, six: stances.Dataset
) -> None:
    [table] = re.findall(r'<table class="years".*?</table>', page_markup(six), re.DOTALL)
    heard = re.findall(r'<a [^>]*actor=(\w+)[^>]* aria-label="([^"]*)"', table)
    golden({f"{actor} {number}": text for number, (actor, text) in enumerate(heard, 1)})


@pytest.mark.usefixtures("six_shown")
def test_the_dashboard_shows_the_same(six: stances.Dataset) -> None:
    app = open_page("members", **QUERY)
    assert notices(app) == []
    assert _cells(markup(app)) == _cells(page_markup(six))
    offered = [button.label for button in app.get("download_button")]
    assert "The years of three members as CSV" in offered
