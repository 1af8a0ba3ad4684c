"""The events of the real data: counted, and found by their words and cells."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import stances
from stances.answers import coverage
from stances.answers.events import EventQuery, fold
from tests.answers.test_coverage import by_year, shares
from tests.answers.test_events import search_of
from tests.cases import FEATURED, scored_rows


def test_real_counts_add_up_to_the_tables(real: stances.Dataset) -> None:
    table = by_year(real, real.today)
    assert table["events"].sum() == len(real.events)
    assert set(table["actor"]) == set(real.actors["actor"])
    assert (table["sources"] >= (table["events"] > 0)).all()
    totals = table.groupby("actor", sort=False)["events"].sum()
    assert totals.is_monotonic_decreasing


def test_shares_of_each_kind_add_up_to_one(real: stances.Dataset) -> None:
    table = shares(real, real.today)
    assert table.groupby("by")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    numbers = table.groupby("by")["n"].sum()
    assert numbers[coverage.BY_CONFIDENCE] == len(real.events)
    backing = real.event_sources["source_id"].nunique()
    assert numbers[coverage.BY_CHECKED] == numbers[coverage.BY_LANGUAGE] == backing


def test_the_last_event_of_a_day_is_the_last_by_id(real: stances.Dataset) -> None:
    table = coverage.silent(real.actors, real.events, real.today).dropna()
    events = real.events.sort_values(["date", "event_id"])
    latest = events.groupby("actor")["event_id"].last()
    assert len(table)
    assert table["last_event_id"].tolist() == latest[table["actor"]].tolist()


def test_every_event_is_found_by_its_own_title(real: stances.Dataset) -> None:
    search = search_of(real)
    for place in range(0, len(real.events), 17):
        title = str(real.events["title"].iloc[place])
        assert place in search.rows(EventQuery(text=title.upper()))


def test_words_are_looked_for_as_a_reader_would(real: stances.Dataset) -> None:
    texts = real.events[["title", "summary", "speaker"]].agg(" ".join, axis=1).map(fold)
    for place in range(0, len(real.events), 97):
        one, other = _two_words(texts.iloc[place])
        rows = search_of(real).rows(EventQuery(text=f"{one} {other}"))
        expected = texts.str.contains(one, regex=False) & texts.str.contains(other, regex=False)
        assert list(rows) == list(expected.to_numpy().nonzero()[0])
        assert place in rows


def _two_words(text: str) -> list[str]:
    """The first and the last plain word of a text."""
    result = re.findall(r"\b[a-z]{3,}\b", text)
    return [result[0], result[-1]]


def test_filters_agree_with_the_table(real: stances.Dataset) -> None:
    events, wanted = real.events, scored_rows(real).iloc[-1]
    actors = [str(wanted["actor"]), *FEATURED]
    domains = [str(wanted["domain"]), next(iter(real.codebook.domains))]
    least = int(wanted["score"])
    first, last = wanted["date"] - pd.DateOffset(years=4), wanted["date"]
    query = EventQuery(
        actors=actors,
        domains=domains,
        confidences=[str(wanted["confidence"])],
        scores=(least, real.codebook.scale.max),
        first=first.date(),
        last=last.date(),
    )
    expected = (
        events["actor"].isin(actors)
        & events["domain"].isin(domains)
        & (events["confidence"] == wanted["confidence"])
        & (events["score"] >= least).fillna(value=False)
        & events["date"].between(first, last)
    )
    rows = search_of(real).rows(query)
    assert list(rows) == list(expected.to_numpy(bool).nonzero()[0])
    assert wanted["event_id"] in set(events["event_id"].iloc[rows])
