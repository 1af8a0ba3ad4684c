"""The hand-written part of an edition: what is taken, what may be left out, what is told."""

from __future__ import annotations

from datetime import date

import pytest

import stances
from stances.dataset.about import Comparison, Lead, Period
from tests.cases import SIX_LEAD
from tests.depth import each
from tests.folders import Folder

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


@each(
    ("lead", "text"),
    [
        ('{ group = "Pakt", domain = "roads" }', '.group: "Pakt" is not a group of memberships'),
        ('{ group = "ARC", domain = "roads" }', '.group: "ARC" is not a group of memberships'),
        ('{ group = "Pact", domain = "rails" }', '.domain: "rails" is not one of: roads, schools'),
        ('{ group = "Pact", domain = "overall" }', '.domain: "overall" is not one of: roads, '),
        ('{ group = "Pact" }', ".domain: is missing; it must be a text"),
        ('{ group = 1, domain = "roads" }', '.group: "1" must be a text'),
        ('{ group = "Pact", domain = "roads", day = 1 }', ".day: is not a known key"),
        ('"Pact"', ': "Pact" must be a table'),
    ],
    usual=3,
)
def test_each_mistake_in_the_lead_is_told_by_its_place(
    folder: Folder, lead: str, text: str
) -> None:
    folder.replace(FILE, SIX_LEAD, f"lead = {lead}")
    named = f"{FILE}: dashboard.lead{text}"
    assert any(fault.startswith(named) for fault in folder.faults()), folder.faults()


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


@each(
    ("old", "new", "text"),
    [
        ('label = "The order"', "", "label: is missing; it must be a text"),
        ('"The order"', '" "', 'label: " " is empty'),
        ("2020-01-02", '"2020-01-02"', 'date: "2020-01-02" must be a day such as 2010-01-01'),
        ("2020-01-02", "2020-01-02T09:00:00", 'date: "2020-01-02 09:00:00" must be a day without'),
        ("date = 2020-01-02", "", "date: is missing"),
        ("2020-01-02", "2019-01-01", 'date: "2019-01-01" has no day before it, the first one is'),
        ("days = 30", "days = 0", 'days: "0" must be at least 1'),
        ("days = 30", "days = 1.5", 'days: "1.5" must be a whole number'),
        ("days = 30", "days = 30\nnote = 1", "note: is not a known key"),
    ],
    usual=3,
)
def test_each_mistake_in_a_comparison_is_told_by_its_place(
    folder: Folder, old: str, new: str, text: str
) -> None:
    assert old in COMPARISON
    _compare(folder, COMPARISON + COMPARISON.replace(old, new))
    name = f"{FILE}: dashboard.comparisons[2].{text}"
    assert any(fault.startswith(name) for fault in folder.faults()), folder.faults()


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


@each(
    ("old", "new", "text"),
    [
        ('label = "Half a year"', "", "[1].label: is missing; it must be a text"),
        ("months = 6", "months = 0", '[1].months: "0" must be at least 1'),
        ("months = 6", "months = 9999", '[1].months: "9999" must be at least 1, at most 1,200'),
        ("months = 6", "", "[1].months: is missing"),
        ("2020-01-01", "2018-12-31", '[2].from: "2018-12-31" is before the first day, 2019-01-01'),
        ("2020-01-01", "2020", '[2].from: "2020" must be a day such as 2010-01-01'),
        ("from = 2020-01-01", "from = 2020-01-01\nmonths = 1", "[2].months: is not a known key"),
    ],
    usual=3,
)
def test_each_mistake_in_a_period_is_told_by_its_place(
    folder: Folder, old: str, new: str, text: str
) -> None:
    assert old in PERIOD
    _compare(folder, PERIOD.replace(old, new))
    name = f"{FILE}: dashboard.periods{text}"
    assert any(fault.startswith(name) for fault in folder.faults()), folder.faults()


@pytest.mark.parametrize("value", ["1", '["The order"]'])
def test_comparisons_are_a_list_of_tables(folder: Folder, value: str) -> None:
    _compare(folder, f"comparisons = {value}\n")
    (fault,) = folder.faults()
    assert fault.startswith(f"{FILE}: dashboard.comparisons: ")
    assert "a list of tables" in fault


@each(
    ("old", "new", "text"),
    [
        ('title = "Stances on Acme"', "", "title: is missing; it must be a text"),
        ('authors = ["A. Clerk"]', 'authors = "A. Clerk"', "authors: "),
        ('authors = ["A. Clerk"]', "authors = [1]", 'authors: "[1]" must be a list of texts'),
        ('["A. Clerk"]', '["A", " "]', 'authors[2]: " " is empty'),
        (
            '["A. Clerk"]',
            '["A\ufe0fB"]',
            'authors[1]: "A\ufe0fB" has a character that cannot be seen',
        ),
        ('["A. Clerk"]', '["A\\u202eB"]', r'authors[1]: "A\u202eB" has a line break or a control'),
        ("[dashboard]", "[dashbord]", "dashbord: is not a known key"),
        ('"Pact"', '"Pakt"', 'dashboard.featured: "Pakt" is not known'),
        ("https://creative", "javascript:creative", "licence.url: "),
        ("https://creative", "https://me:secret@creative", "licence.url: "),
        ('url = "https://creativecommons.org/publicdomain/zero/1.0/"', "url = 1", "licence.url: "),
        ("[licence]", "[licence]\nyear = 2026", "licence.year: is not a known key"),
        ("[licence]", "[licence", "not valid TOML: "),
    ],
    usual=3,
)
def test_each_mistake_is_told_by_its_name(folder: Folder, old: str, new: str, text: str) -> None:
    folder.replace(FILE, old, new)
    assert any(fault.startswith(f"{FILE}: {text}") for fault in folder.faults()), folder.faults()


def test_what_is_said_of_the_codings_is_read(folder: Folder) -> None:
    assert folder.load().about.codings == ""
    (folder.path / FILE).write_text(
        (folder.path / FILE).read_text(encoding="utf-8") + '\n[texts]\ncodings = "Two clerks."\n',
        encoding="utf-8",
    )
    assert folder.load().about.codings == "Two clerks."


@pytest.mark.parametrize(
    ("texts", "text"),
    [
        ("[texts]\nwhat = 3", 'texts.what: "3" must be a text'),
        ("[texts]\nscored = ''", 'texts.scored: "" is empty'),
        ("[texts]\ncodings = 3", 'texts.codings: "3" must be a text'),
        ('[texts]\ncodings = " "', 'texts.codings: " " is empty'),
        ('[texts]\ncodings = "a\\nb"', "texts.codings: "),
        ('[texts]\ncodings = "a"\ncoders = "b"', "texts.coders: is not a known key"),
    ],
)
def test_mistakes_in_what_is_said_of_the_codings(folder: Folder, texts: str, text: str) -> None:
    folder.replace(FILE, "[licence]", f"{texts}\n\n[licence]")
    (fault,) = folder.faults()
    assert fault.startswith(f"{FILE}: {text}")


def test_what_takes_no_position_cannot_be_featured(folder: Folder) -> None:
    folder.replace(FILE, '"Pact"', '"Pact", "ACME"')
    assert folder.faults() == [
        f'{FILE}: dashboard.featured: "ACME" takes no position; '
        "it must be a group or an actor of: state, league"
    ]


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
    folder.replace(FILE, "covered_to = 2022-01-31", "covered_to = 2018-12-31")
    text = 'covered_to: "2018-12-31" is before the first day, 2019-01-01'
    assert folder.faults() == [f"{FILE}: {text}"]
    folder.replace(FILE, "2018-12-31", '"2022"')
    assert folder.faults() == [f'{FILE}: covered_to: "2022" must be a day such as 2010-01-01']
