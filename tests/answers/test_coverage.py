"""The coverage of the dataset: counts, shares and silences, worked out on six events by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd

import stances
from stances.answers import coverage
from tests.folders import TODAY, Folder

BEFORE_ALL = date(2019, 6, 1)


def by_year(data: stances.Dataset, day: date) -> pd.DataFrame:
    return coverage.by_year(data.actors, data.events, data.event_sources, day)


def shares(data: stances.Dataset, day: date) -> pd.DataFrame:
    return coverage.shares(data.events, data.event_sources, data.codebook, day)


def counts(table: pd.DataFrame, column: str) -> dict[tuple[str, int], int]:
    """The counts above 0 by actor and year."""
    rows = zip(table["actor"], table["year"], table[column], strict=True)
    return {(actor, year): n for actor, year, n in rows if n}


def test_events_are_counted_by_actor_and_year(six: stances.Dataset) -> None:
    table = by_year(six, TODAY)
    assert counts(table, "events") == {("ARC", 2020): 3, ("BOR", 2020): 3}
    assert list(table["actor"].unique()) == ["ARC", "BOR", "ACME", "CAL"]
    assert sorted(table["year"].unique()) == [2020, 2021, 2022, 2023]
    assert len(table) == 16


def test_what_backs_the_six_events(six: stances.Dataset) -> None:
    table = coverage.backings(six.events, six.event_sources, six.codebook, TODAY)
    backed = dict(zip(table["of"], zip(table["n"], table["share"], strict=True), strict=True))
    # Two have the gazette, and of these one the paper too.
    assert backed == {coverage.OFFICIAL: (2, 2 / 6), coverage.ALONE: (5, 5 / 6)}
    before = coverage.backings(six.events, six.event_sources, six.codebook, BEFORE_ALL)
    assert before["share"].isna().all()


def test_only_what_is_known_on_the_day_is_counted(six: stances.Dataset) -> None:
    table = by_year(six, date(2020, 2, 1))
    assert counts(table, "events") == {("ARC", 2020): 1, ("BOR", 2020): 1}
    assert by_year(six, BEFORE_ALL).empty


def test_a_source_of_two_events_counts_once_for_an_actor_and_year(folder: Folder) -> None:
    one = counts(by_year(folder.load(), TODAY), "sources")
    source = folder.rows("events")[1]["source_ids"]
    other = folder.rows("events")[2]["source_ids"]
    folder.edit("events", 3, source_ids=f"{source};{other}")
    both = folder.load().events
    assert both["actor"].iloc[0] == both["actor"].iloc[1]
    assert counts(by_year(folder.load(), TODAY), "sources") == one


def test_context_counts_as_an_event(folder: Folder) -> None:
    folder.edit("events", 2, score="")
    assert counts(by_year(folder.load(), TODAY), "events")["ARC", 2020] == 3


def test_shares_of_six_events(six: stances.Dataset) -> None:
    table = shares(six, TODAY)
    confidence = table[table["by"] == coverage.BY_CONFIDENCE]
    assert list(confidence["of"]) == ["sure", "likely", "doubtful"]
    assert (
        confidence["n"].tolist()
        == six.events["confidence"].value_counts()[["sure", "likely", "doubtful"]].tolist()
    )


def test_shares_of_nothing_are_missing(six: stances.Dataset) -> None:
    table = shares(six, BEFORE_ALL)
    assert table["n"].eq(0).all()
    assert table["share"].isna().all()


def test_who_has_been_silent_for_two_years(six: stances.Dataset) -> None:
    last = {"ARC": date(2020, 10, 27), "BOR": date(2020, 6, 1)}
    table = coverage.silent(six.actors, six.events, date(2022, 6, 1))
    assert list(table["actor"]) == ["ACME", "CAL", "BOR"]
    assert table["last_event_date"].isna().tolist() == [True, True, False]
    assert table["last_event_date"].iloc[2].date() == last["BOR"]
    a_day_before = coverage.silent(six.actors, six.events, date(2022, 5, 31))
    assert list(a_day_before["actor"]) == ["ACME", "CAL"]
    long_after = coverage.silent(six.actors, six.events, TODAY)
    assert list(long_after["actor"]) == ["ACME", "CAL", "BOR", "ARC"]


def test_who_is_known_in_one_language_alone(six: stances.Dataset) -> None:
    # The herald of Boria is in German, the two sources of Arcadia are in English.
    assert coverage.in_one_language(six.events, six.event_sources, TODAY) == ("en", 1, 2)
    assert coverage.in_one_language(six.events, six.event_sources, BEFORE_ALL) == ("", 0, 0)


def test_who_has_no_scored_event(six: stances.Dataset) -> None:
    assert coverage.without_scored(six, TODAY) == ["CAL"]
    assert coverage.without_scored(six, date(2020, 1, 31)) == ["BOR", "CAL"]


def test_what_is_not_said_of_the_search_is_not_recorded(folder: Folder) -> None:
    lines = dict(coverage.search_lines(folder.load(), ["Caldon", "Duria"]))
    last = lines.pop("Looked for without result")
    assert last == "not recorded; without a scored event here: Caldon and Duria"
    assert {*lines.values()} == {coverage.NOT_RECORDED}
    search = '\n[search]\nqueries = ["Acme road", "Acme school"]\narchives = ["Gazette"]\n'
    search += 'without_result = ["Duria", "Ersia"]\n'
    about = folder.path / "about.toml"
    about.write_text(f"covered_to = 2022-01-31\n{about.read_text()}{search}")
    assert dict(coverage.search_lines(folder.load(), [])) == {
        "Queries": "Acme road; Acme school",
        "Archives and catalogues": "Gazette",
        "Looked through until": "31 January 2022",
        "Looked for without result": "Duria and Ersia; "
        "every actor that takes positions has a scored event",
    }
