"""The hand-written part of an edition: what is taken, what may be left out, what is told."""

from __future__ import annotations

import re
from datetime import date

import pytest

import stances
from stances.dataset.about import Comparison, Lead, Period, read_about
from stances.dataset.faults import DataFaults
from tests.cases import SIX_LEAD
from tests.folders import SIX, Folder
from tests.golden import Golden

FILE = "about.toml"


def test_it_is_read_as_it_is_written(six: stances.Dataset) -> None:
    about = six.about
    assert (about.title, about.authors) == ("Stances on Acme", ("A. Clerk",))
    assert about.featured == ("ARC", "Pact", "BOR")
    assert about.lead == Lead("Pact", "roads")
    assert about.licence is not None
    assert about.licence.name == "CC0-1.0"


def test_without_the_file_nothing_is_featured_and_no_licence_is_named(folder: Folder) -> None:
    (folder.path / FILE).unlink()
    about = folder.load().about
    assert (about.title, about.featured, about.licence) == ("Positions on Acme", (), None)
    assert about.lead is None


def test_a_lead_may_be_left_out(folder: Folder) -> None:
    folder.replace(FILE, SIX_LEAD, "")
    assert folder.load().about.lead is None


def test_a_lead_is_a_group_of_the_tables(folder: Folder, golden: Golden) -> None:
    cases, plain = {}, (folder.path / FILE).read_bytes()
    for code in ("Pakt", "ARC"):
        folder.replace(FILE, SIX_LEAD, f'lead = {{ group = "{code}", domain = "roads" }}')
        cases[f"{code} leads"] = folder.faults()
        (folder.path / FILE).write_bytes(plain)
    for code in ("Pakt", "ACME"):
        folder.replace(FILE, '"Pact"', f'"Pact", "{code}"')
        cases[f"{code} is featured"] = folder.faults()
        (folder.path / FILE).write_bytes(plain)
    golden(cases)


COMPARISON = """
[[dashboard.comparisons]]
label = "The order"
date = 2020-01-02
days = 30
"""


def _compare(folder: Folder, text: str) -> None:
    path = folder.path / FILE
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_days_to_compare_are_read_in_order_and_may_be_left_out(
    folder: Folder, six: stances.Dataset
) -> None:
    assert six.about.comparisons == ()
    _compare(folder, COMPARISON + COMPARISON.replace("The order", "Again"))
    order = Comparison("The order", date(2020, 1, 2), 30)
    assert folder.load().about.comparisons == (order, Comparison("Again", order.date, order.days))


PERIOD = """
[[dashboard.periods]]
label = "Half a year"
months = 6

[[dashboard.periods]]
label = "Since the order"
from = 2020-01-01
"""


def test_periods_are_read_in_order_and_some_are_there_without(
    folder: Folder, six: stances.Dataset
) -> None:
    assert [period.months for period in six.about.periods] == [12, 60]
    _compare(folder, PERIOD)
    assert folder.load().about.periods == (
        Period("Half a year", 6),
        Period("Since the order", 0, date(2020, 1, 1)),
    )


# What is put in place of what, of a file with two comparisons and two periods.
LATER = COMPARISON.replace("The order", "Later").replace("01-02", "01-05").replace("30", "60")
MISTAKES = [
    (SIX_LEAD, 'lead = { group = "Pact", domain = "rails" }'),
    (SIX_LEAD, 'lead = { group = "Pact", domain = "overall" }'),
    (SIX_LEAD, 'lead = { group = "Pact" }'),
    (SIX_LEAD, 'lead = { group = 1, domain = "roads" }'),
    (SIX_LEAD, 'lead = { group = "Pact", domain = "roads", day = 1 }'),
    (SIX_LEAD, 'lead = "Pact"'),
    ('label = "Later"', ""),
    ('"Later"', '" "'),
    ("2020-01-05", '"2020-01-05"'),
    ("2020-01-05", "2020-01-05T09:00:00"),
    ("date = 2020-01-05", ""),
    ("2020-01-05", "2019-01-01"),
    ("days = 60", "days = 0"),
    ("days = 60", "days = 1.5"),
    ("days = 60", "days = 60\nnote = 1"),
    ('label = "Half a year"', ""),
    ("months = 6", "months = 0"),
    ("months = 6", "months = 9999"),
    ("months = 6", ""),
    ("from = 2020-01-01", "from = 2018-12-31"),
    ("from = 2020-01-01", "from = 2020"),
    ("from = 2020-01-01", "from = 2020-01-01\nmonths = 1"),
    ('title = "Stances on Acme"', ""),
    ('authors = ["A. Clerk"]', 'authors = "A. Clerk"'),
    ('authors = ["A. Clerk"]', "authors = [1]"),
    ('["A. Clerk"]', '["A", " "]'),
    ('["A. Clerk"]', '["A\ufe0fB"]'),
    ('["A. Clerk"]', '["A\\u202eB"]'),
    ("[dashboard]", "[dashbord]"),
    ("https://creative", "javascript:creative"),
    ("https://creative", "https://me:secret@creative"),
    ('url = "https://creativecommons.org/publicdomain/zero/1.0/"', "url = 1"),
    ("[licence]", "[licence]\nyear = 2026"),
    ("[licence]", "[licence"),
    ("[licence]", "[texts]\nwhat = 3\n\n[licence]"),
    ("[licence]", "[texts]\nscored = ''\n\n[licence]"),
    ("[licence]", "[texts]\ncodings = 3\n\n[licence]"),
    ("[licence]", '[texts]\ncodings = " "\n\n[licence]'),
    ("[licence]", '[texts]\ncodings = "a\\nb"\n\n[licence]'),
    ("[licence]", '[texts]\ncodings = "a"\ncoders = "b"\n\n[licence]'),
    ("[licence]", "covered_to = 2018-12-31\n\n[licence]"),
    ("[licence]", 'covered_to = "2022"\n\n[licence]'),
]


def test_each_mistake_is_told_by_its_place(golden: Golden, six: stances.Dataset) -> None:
    plain = (SIX / FILE).read_text(encoding="utf-8")
    whole = plain + COMPARISON + LATER + PERIOD
    wrong = {}
    for old, new in MISTAKES:
        assert old in whole
        case = f"{old} -> {new or 'nothing'}".encode("unicode_escape").decode()
        wrong[case] = whole.replace(old, new, 1)
    # They must be tables.
    for value in ("1", '["The order"]'):
        wrong[f"comparisons = {value}"] = f"{plain}comparisons = {value}\n"
    cases = {}
    for case, text in wrong.items():
        with pytest.raises(DataFaults) as result:
            read_about(text.encode(), FILE, six.codebook)
        # How TOML is not valid each Python says in words of its own.
        cases[case] = [re.sub("(?<=TOML): .*", "", str(fault)) for fault in result.value.faults]
    golden(cases)


def test_what_is_said_of_the_codings_is_read(folder: Folder) -> None:
    assert folder.load().about.codings == ""
    (folder.path / FILE).write_text(
        (folder.path / FILE).read_text(encoding="utf-8") + '\n[texts]\ncodings = "Two clerks."\n',
        encoding="utf-8",
    )
    assert folder.load().about.codings == "Two clerks."


def test_a_featured_actor_of_an_unknown_kind_is_told_of_the_kind_alone(folder: Folder) -> None:
    folder.edit("actors", 4, kind="party")
    folder.replace(FILE, '"BOR"', '"CAL"')
    (fault,) = folder.faults()
    assert fault.startswith("actors.csv:4 kind: party is not one of: ")


def test_its_mistakes_are_told_together_with_those_of_the_tables(folder: Folder) -> None:
    folder.replace(FILE, '"Pact"', '"Pakt"')
    folder.edit("events", 2, score="5")
    assert folder.faults() == [
        'about.toml: dashboard.featured: "Pakt" is not known',
        "events.csv:2 score: 5 is outside -2..2",
    ]


def test_the_day_up_to_which_was_looked_may_be_said(folder: Folder, six: stances.Dataset) -> None:
    assert six.about.covered_to is None
    folder.replace(FILE, "[licence]", "covered_to = 2022-01-31\n\n[licence]")
    assert folder.load().about.covered_to == date(2022, 1, 31)
