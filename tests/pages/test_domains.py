"""The page of domains: a row for each member, a chip for each position, and the same as a file."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from urllib.parse import parse_qsl

import pytest

import stances
from stances import words
from stances.answers.domains import domain_rows, domains_headline
from stances.answers.tracker import Tracker
from stances.charts.domains import fields_of_view
from stances.dataset.codebook import OVERALL
from stances.dataset.files import DATA_VARIABLE
from stances.figures.theme import OLD_CELL, not_covered_level
from stances.links.view import view_at
from stances.pages.domains import blocks
from stances.render.html import blocks_html
from tests.folders import SIX
from tests.routes.conftest import client_of
from tests.ui.pages import markup, notices, open_page, plain

DAY, FIELD = "2020-06-30", "roads"


def rows_of(html: str) -> dict[str, list[str]]:
    """The texts of the cells of each row, by the name that it begins with."""
    rows = re.findall(r"<tr><td class=\"title\">(.*?)</td>(.*?)</tr>", html)
    return {
        plain(name): [plain(cell) for cell in cells.split("</td>")[:-1]] for name, cells in rows
    }


def page_markup(data: stances.Dataset, **query: str) -> str:
    """The page at an address, before scripts."""
    return blocks_html(blocks(view_at(data, "domains", {"as_of": DAY, **query})))


def test_the_field_that_is_chosen_orders_the_rows(six: stances.Dataset) -> None:
    tracker = Tracker(six)
    for code in (OVERALL, *six.codebook.domains):
        rows = domain_rows(tracker, "all", six.day(DAY), code)
        stances_there = [row.standings[code].stance for row in rows]
        known = [stance for stance in stances_there if stance == stance]
        assert known == sorted(known)
        assert stances_there[: len(known)] == known


def test_the_headline_is_of_the_field_that_is_asked_for(six: stances.Dataset) -> None:
    """What it counts is a column of the table: who has a position there, and at which level."""
    tracker, day, scale = Tracker(six), six.day(DAY), six.codebook.scale
    for code in six.codebook.domains:
        rows = domain_rows(tracker, "all", day, code)
        levels = [row.standings[code].level for row in rows]
        known = [level for level in levels if level == level]
        headline, _ = domains_headline(tracker, "all", day, code)
        where = words.about_domain(six.codebook, code)
        assert headline.startswith(f"{words.some(len(known), start=True)} of "), headline
        assert f"a position {where}" in headline
        if len(known) > 1:
            against = sum(level <= scale.restricting for level in known)
            towards = sum(level >= scale.open for level in known)
            assert f": {words.some(against)} at " in headline
            assert f", {words.some(towards)} at " in headline
    view = view_at(six, "domains", {"as_of": DAY, "group": "Pact", "domain": FIELD})
    chart = fields_of_view(view)
    headline, _ = domains_headline(tracker, "Pact", day, FIELD)
    assert chart.title == headline
    assert headline in plain(page_markup(six, group="Pact", domain=FIELD))


def test_the_file_has_what_the_page_shows(
    six: stances.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(SIX))
    client = client_of(SIX)
    answer = client.get(f"/domains.csv?as_of={DAY}&group=Pact")
    records = list(csv.DictReader(io.StringIO(answer.text)))
    page = rows_of(page_markup(six, group="Pact"))
    assert len(records) == len(page) == 3
    for record, cells in zip(records, page.values(), strict=True):
        for place, code in enumerate(six.codebook.columns):
            label, cell = record[f"label_{code}"], cells[place]
            assert cell.startswith(label or "\N{EN DASH}")
            assert bool(label) == bool(record[f"stance_{code}"]) == bool(record[f"level_{code}"])
    link = re.search(r'href="(domains\.csv[^"]*)"', page_markup(six, group="Pact"))
    assert link
    assert client.get(f"/{link[1].replace('&amp;', '&')}").text == answer.text
    assert client.get(f"/domains.json?as_of={DAY}&group=Pact").json()["rows"][0]["name"]
    refused = client.get("/domains.csv?group=Moon")
    assert (refused.status_code, refused.json()["parameter"]) == (400, "group")


def test_the_picture_has_the_cells_of_the_table(six: stances.Dataset) -> None:
    view = view_at(six, "domains", {"as_of": DAY, "group": "Pact"})
    chart = fields_of_view(view)
    [trace] = chart.own_figure["data"]
    cells = [[text.partition(",")[0] for text in row] for row in trace["text"]]
    page = rows_of(page_markup(six, group="Pact"))
    for row, of_page in zip(cells, page.values(), strict=True):
        assert [text or "\N{EN DASH}" for text in row] == [
            cell.removesuffix(" old evidence") for cell in of_page
        ]
    old = [["old evidence" in cell for cell in of_page] for of_page in page.values()]
    last = not_covered_level(six.codebook.scale.levels)
    assert [[(code or 0) > last for code in row] for row in trace["z"]] == old
    assert (OLD_CELL in {key.text for key in chart.legend}) == any(map(any, old))


@pytest.mark.usefixtures("six_shown")
def test_the_dashboard_shows_the_same_under_a_choice_of_groups(six: stances.Dataset) -> None:
    app = open_page("domains", as_of=DAY, group="Pact")
    assert notices(app) == []
    assert app.selectbox(key="group").value == "Pact"
    assert rows_of(markup(app)) == rows_of(page_markup(six, group="Pact"))


@pytest.mark.parametrize("sort", ["", "name"])
def test_the_head_of_a_field_sorts_by_it(six: stances.Dataset, sort: str) -> None:
    page = page_markup(six, group="Pact", domain="roads", sort=sort)
    heads = re.findall(r'<th scope="col"([^>]*)>(?:<a href="([^"]*)")?', page)
    assert ["aria-sort" in attributes for attributes, _ in heads] == [
        bool(sort), *(not sort and code == "roads" for code in six.codebook.columns),
    ]  # fmt: skip
    for code, (_, address) in zip(six.codebook.columns, heads[1:], strict=True):
        assert f"domain={code}" in address
        assert "sort=" not in address


@pytest.mark.usefixtures("six_shown")
def test_the_head_of_names_sorts_by_these_and_the_field_stays(six: stances.Dataset) -> None:
    page = page_markup(six, group="Pact", domain="schools")
    [address] = re.findall(r'<th scope="col"><a href="([^"]*)"[^>]*>Country or body<', page)
    texts = dict(parse_qsl(unescape(address).partition("?")[2]))
    assert texts == {"as_of": DAY, "domain": "schools", "sort": "name"}
    by_name = rows_of(page_markup(six, **texts))
    assert by_name == rows_of(page)
    assert [*by_name] == sorted(by_name)
    assert [*by_name] != [*rows_of(page)]
    app = open_page("domains", **texts)
    assert [*rows_of(markup(app))] == [*by_name]
    assert "sort" not in {box.key for box in app.selectbox}
