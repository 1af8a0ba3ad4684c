"""A group through the years: each cell is what the map of that day shows, and the words around."""

from __future__ import annotations

import math
from datetime import date

import pytest

from stances.answers.levels import LevelChange
from stances.answers.practice import USED, outlines
from stances.answers.standing import standings
from stances.answers.tracker import Tracker
from stances.answers.years import (
    AGED,
    AGED_WORDS,
    MARK,
    GroupYears,
    cell_sign,
    cell_words,
    first_year,
    group_years,
    mark_key,
    year_cells,
    years_alt,
    years_headline,
    years_subtitle,
)
from stances.dataset.days import day_number
from stances.dataset.tables import Dataset
from stances.words import MINUS
from tests.folders import Folder
from tests.golden import Golden, Said

IN_YEAR, AT_END = date(2020, 6, 30), date(2021, 12, 31)


def _years(
    tracker: Tracker, group: str = "Pact", day: date = IN_YEAR, domain: str = "roads"
) -> GroupYears:
    return group_years(tracker, group, day, domain, 2019)


@pytest.mark.parametrize("domain", ["roads", "schools"])
def test_a_cell_is_what_the_map_of_its_day_shows(tracker_six: Tracker, domain: str) -> None:
    years = _years(tracker_six, "all", AT_END, domain)
    assert years.days == (date(2019, 12, 31), date(2020, 12, 31), AT_END)
    for place, day in enumerate(years.days):
        shown = {row.actor: row for row in standings(tracker_six, day, domain)}
        column = outlines(tracker_six, day)[:, tracker_six.column(domain)]
        outlined = dict(zip(tracker_six.model.actors, column, strict=True))
        assert {row.actor for row in years.rows} == set(shown)
        for row in years.rows:
            cell, there = row.cells[place], shown[row.actor]
            assert (cell.level is None) == math.isnan(there.level)
            assert cell.level in (None, there.level)
            assert cell.old == there.old
            assert cell.used == (outlined[row.actor] == USED)


def test_a_year_that_is_not_over_ends_with_the_day_shown(tracker_six: Tracker) -> None:
    years = _years(tracker_six)
    assert years.days == (date(2019, 12, 31), IN_YEAR)
    assert {row.actor: [cell_sign(cell) for cell in row.cells] for row in years.rows} == {
        "ARC": ["", f"{MINUS}2{MARK}"],
        "BOR": ["", "+2"],
        "CAL": ["", ""],
    }


def test_who_left_the_group_has_no_row(tracker_six: Tracker) -> None:
    assert {row.actor for row in _years(tracker_six, day=AT_END).rows} == {"BOR", "CAL"}


def test_the_strictest_stands_first_and_nothing_last(tracker_six: Tracker) -> None:
    assert [row.actor for row in _years(tracker_six, "all").rows] == ["ARC", "BOR", "CAL"]


def test_it_begins_where_a_period_of_the_data_does_else_with_the_first_event(
    folder: Folder,
) -> None:
    assert first_year(Tracker(folder.load())) == 2020
    period = '[[dashboard.periods]]\nlabel = "All"\nfrom = 2019-05-01\n'
    about = folder.path / "about.toml"
    about.write_text(f"{about.read_text(encoding='utf-8')}\n{period}", encoding="utf-8")
    assert first_year(Tracker(folder.load())) == 2019


def test_what_is_said_of_it(golden: Golden, tracker_six: Tracker) -> None:
    cases = {}
    for group, day, domain in (
        ("Pact", IN_YEAR, "roads"),
        ("Pact", AT_END, "overall"),
        ("all", AT_END, "schools"),
        ("Pact", date(2019, 3, 1), "roads"),
    ):
        years = _years(tracker_six, group, day, domain)
        cells = {
            cell_words(tracker_six.codebook, years.domain, cell): None
            for row in years.rows
            for cell in row.cells
        }
        cases[f"{group}, {domain}, {day}"] = [
            years_headline(tracker_six, years),
            years_subtitle(tracker_six, years),
            years_alt(tracker_six, years),
            *cells,
        ]
    golden(cases)


def test_what_ageing_alone_changed_is_told_apart(six: Dataset) -> None:
    days = [date(year, 12, 31) for year in (2019, 2020, 2021)]
    levels = zip([date(2010, 1, 1), date(2020, 5, 1), date(2021, 5, 1)], (0, -1, -2), strict=True)
    changes = [LevelChange(day, level, False, False, 0) for day, level in levels]
    cells = year_cells(changes, days, [day_number(date(2020, 4, 1))])
    assert [cell.aged for cell in cells] == [False, False, True]
    assert [cell_sign(cell).endswith(AGED) for cell in cells] == [False, False, True]
    assert AGED_WORDS in cell_words(six.codebook, "roads", cells[-1])


def test_the_mark_is_of_rules_that_limit(folder: Folder, golden: Golden) -> None:
    cases: dict[str, Said] = {"the strictest alone": mark_key(Tracker(folder.load()), "roads")}
    folder.replace("codebook.toml", "restricting = -2", "restricting = -1")
    cases["two levels"] = mark_key(Tracker(folder.load()), "roads")
    folder.replace("codebook.toml", 'label = "Roads"', 'label = "Roads"\nopen_case = true')
    cases["cases"] = mark_key(Tracker(folder.load()), "roads")
    golden(cases)
