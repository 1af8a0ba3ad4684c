"""The coverage of the dataset, and its gaps: counts by actor and year, shares, silences.

Nothing here changes a stance. Every function counts events up to a day, context events included.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import compress
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd

from stances import words
from stances.answers.rows import column_rows
from stances.dataset.codebook import Codebook
from stances.dataset.days import months_before
from stances.dataset.schema import CHECKED
from stances.dataset.tables import Dataset, once_of

# What a row of `shares` is about.
BY_CHECKED, BY_CONFIDENCE, BY_LANGUAGE = "checked", "confidence", "language"
# And what backs the events: of each its share of all of them, which do not add up.
BY_BACKING = "backing"
OFFICIAL, ALONE = "official", "alone"
# An actor without an event in so many years is told as silent.
SILENT_YEARS = 2
# The orders of counts by actor, by their names in an address; each year is one more.
MOST, BY_NAME = "most", "name"


def by_year(
    actors: pd.DataFrame, events: pd.DataFrame, event_sources: pd.DataFrame, day: date
) -> pd.DataFrame:
    """Count the events and sources of each actor in each year.

    `event_sources`: a row for each source of each event (event_id, source_id).
    Columns: actor, year, events, sources (different ones of that actor's events of that year).
    One row for every actor of the table and every year from the first event to `day`, with 0 where
    there is nothing; the actors with the most events first, of equal ones by code. Empty where no
    actor has an event yet.
    """
    known = _events_up_to(events, day)
    cell_of = {event.event_id: (event.actor, event.date.year) for event in known}
    counted, totals = Counter(cell_of.values()), Counter(event.actor for event in known)
    pairs = column_rows(event_sources, "event_id", "source_id")
    cited = {(cell_of[event], source) for event, source in pairs if event in cell_of}
    backed = Counter(cell for cell, _ in cited)
    codes = sorted(actors["actor"].tolist(), key=lambda code: (-totals[code], code))
    first = min((year for _, year in counted), default=day.year + 1)
    cells = [(code, year) for code in codes for year in range(first, day.year + 1)]
    return pd.DataFrame(
        {
            "actor": pd.Series([code for code, _ in cells], dtype="str"),
            "year": np.array([year for _, year in cells], "int64"),
            "events": np.array([counted[cell] for cell in cells], "int64"),
            "sources": np.array([backed[cell] for cell in cells], "int64"),
        }
    )


def orders(data: Dataset, beside: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Return the orders of counts by their names in an address, with what controls call them.
    `beside`: those of other tables of the page, named before the years, which are many.
    """
    in_years = {str(year): f"Most in {year} first" for year in _years(data)}
    return {MOST: "Most first", BY_NAME: "By name", **beside, **in_years}


def orders_on(data: Dataset, day: date) -> list[str]:
    """Return the orders of counts up to a day: a year after it has no column."""
    return [MOST, BY_NAME, *(str(year) for year in _years(data) if year <= day.year)]


@once_of
def _years(data: Dataset) -> range:
    """Return the years from that of the first event on."""
    days, today = data.events["date"], data.today
    return range(days.min().year if len(days) else today.year, today.year + 1)


def shares(
    events: pd.DataFrame, event_sources: pd.DataFrame, codebook: Codebook, day: date
) -> pd.DataFrame:
    """Return the shares of ways in which sources were checked, of how sure codings are, and of the
    languages of sources.

    `event_sources`: a row for each source of each event (event_id, source_id, checked, language).
    Columns: by (BY_CHECKED, BY_CONFIDENCE: of events, BY_LANGUAGE), of, n, share (of all of that
    `by`, which add up to 1). Each source counts once. Languages come with the most frequent first,
    the others in the order of schema and codebook, those without a case included. Shares of nothing
    are missing.
    """
    known = _events_up_to(events, day)
    ids = {event.event_id for event in known}
    rows = column_rows(event_sources, "event_id", "source_id", "checked", "language")
    sources = {source: text for event, source, *text in rows if event in ids}
    checked = Counter(checked for checked, _ in sources.values())
    confidence = Counter(event.confidence for event in known)
    language = Counter(language for _, language in sources.values())
    counted = {
        BY_CHECKED: {of: checked[of] for of in CHECKED},
        BY_CONFIDENCE: {of: confidence[of] for of in codebook.model.tolerance},
        BY_LANGUAGE: dict(sorted(language.items(), key=lambda item: (-item[1], item[0]))),
    }
    table = [
        (by, of, n, n / sum(counts.values()) if any(counts.values()) else math.nan)
        for by, counts in counted.items()
        for of, n in counts.items()
    ]
    return pd.DataFrame(table, columns=["by", "of", "n", "share"])


def backings(
    events: pd.DataFrame, event_sources: pd.DataFrame, codebook: Codebook, day: date
) -> pd.DataFrame:
    """Count the events that have a source of the first tier of the codebook (OFFICIAL), and those
    that rest on one source alone (ALONE), with the columns of `shares`; each share is of all
    events up to `day`.
    """
    ids = {event.event_id for event in _events_up_to(events, day)}
    tiers: dict[str, list[str]] = {event_id: [] for event_id in ids}
    for event_id, tier in column_rows(event_sources, "event_id", "tier"):
        if event_id in ids:
            tiers[event_id].append(tier)
    first = next(iter(codebook.tiers))
    counted = {
        OFFICIAL: sum(first in of for of in tiers.values()),
        ALONE: sum(len(of) == 1 for of in tiers.values()),
    }
    rows = [(BY_BACKING, of, n, n / len(ids) if ids else math.nan) for of, n in counted.items()]
    return pd.DataFrame(rows, columns=["by", "of", "n", "share"])


def silent(actors: pd.DataFrame, events: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the actors without an event in the SILENT_YEARS before `day`, the longest silent
    first.

    Columns: actor, last_event_id, last_event_date; those that never had one come first of all,
    without either.
    """
    last = {event.actor: event for event in sorted(_events_up_to(events, day), key=_when)}
    since = months_before(day, 12 * SILENT_YEARS)
    codes = sorted(actors["actor"].tolist())
    never = [code for code in codes if code not in last]
    long_ago = [last[code] for code in codes if code in last and last[code].date <= since]
    long_ago.sort(key=lambda event: event.date)
    return pd.DataFrame(
        {
            "actor": pd.Series([*never, *(event.actor for event in long_ago)], dtype="str"),
            "last_event_id": pd.Series(
                [*[None for _ in never], *(event.event_id for event in long_ago)], dtype="str"
            ),
            "last_event_date": np.array(
                [*["NaT" for _ in never], *(event.date for event in long_ago)], "datetime64[s]"
            ),
        }
    )


def in_one_language(
    events: pd.DataFrame, event_sources: pd.DataFrame, day: date
) -> tuple[str, int, int]:
    """Return the most frequent language of sources, how many actors have sources in it alone, and
    how many have any; no language where there is no source.
    """
    actor_of = {event.event_id: event.actor for event in _events_up_to(events, day)}
    rows = column_rows(event_sources, "event_id", "source_id", "language")
    cited = {(actor_of[event], source, text) for event, source, text in rows if event in actor_of}
    languages: dict[str, set[str]] = {}
    for actor, _, language in cited:
        languages.setdefault(actor, set()).add(language)
    counts = Counter({source: text for _, source, text in cited}.values())
    if not counts:
        return "", 0, 0
    most = min(counts, key=lambda language: (-counts[language], language))
    alone = sum(spoken == {most} for spoken in languages.values())
    return most, alone, len(languages)


def without_scored(data: Dataset, day: date) -> list[str]:
    """Return the actors that can take a position and have no scored event up to a day, by code."""
    events = data.events
    scored = events[events["score"].notna() & (events["date"] <= pd.Timestamp(day))]
    return sorted({*data.position_actors} - {*scored["actor"]})


class _Known(NamedTuple):
    """An event, as far as it is counted."""

    event_id: str
    actor: str
    date: date
    confidence: str


def _events_up_to(events: pd.DataFrame, day: date) -> list[_Known]:
    """Return the events up to a day."""
    days = events["date"].to_numpy("datetime64[D]")
    ids, actors = events["event_id"].tolist(), events["actor"].tolist()
    confidences = events["confidence"].tolist()
    upto = (days <= np.datetime64(day)).tolist()
    return [*compress(map(_Known, ids, actors, days.tolist(), confidences), upto)]


def _when(event: _Known) -> tuple[date, str]:
    return event.date, event.event_id


# -- in words -----------------------------------------------------------------------------------


def coverage_headline(actors: int, silent: int, years: int, as_of: words.Day) -> str:
    """Say how many actors have been silent for so many years."""
    return (
        f"{words.some(silent, start=True)} of {words.plural(actors, 'actor')} "
        f"{words.of_them_have(silent)} no event in the {words.number(years)} years to "
        f"{words.day(as_of)}"
    )


def data_headline(data: Dataset) -> tuple[str, str]:
    """Say how large a dataset is, and which it is."""
    scored = int(data.events["score"].notna().sum())
    counts = len(data.events), scored, len(data.sources), len(data.actors)
    return dataset_headline(*counts), f"Dataset {data.version}."


def dataset_headline(events: int, scored: int, sources: int, actors: int) -> str:
    """Say how large the dataset is; `actors`: the subject itself too, which has events."""
    of_them = f", {words.some(scored)} of them scored," if events else ""
    return (
        f"{words.plural(events, 'event', start=True)}{of_them} from "
        f"{words.plural(sources, 'source')}, on {words.plural(actors, 'actor')}"
    )


def coverage_subtitle(events: int, actors: int, top: int, as_of: words.Day) -> str:
    """Say what is counted, and how uneven it is. `top`: events of the three actors with most."""
    uneven = ""
    if events and actors > 3:
        uneven = f" The three with the most have {words.share(top / events)} of them."
    return (
        f"{words.plural(events, 'event', start=True)} up to {words.day(as_of)}, context included, "
        f"of {words.plural(actors, 'actor')}.{uneven} An empty cell means that none was found, not "
        "that nothing happened."
    )


NOT_RECORDED = "not recorded"


def languages_line(language: str, alone: int, actors: int) -> str:
    """Say how many actors have sources in one language alone, and what is not known of that."""
    some = f"{words.some(alone, start=True)} of {words.plural(actors, 'actor')}"
    return (
        f"{some} {words.of_them_have(alone)} sources in {language} alone. Which languages are "
        "spoken where is in none of the tables, so how far sources follow them is not known."
    )


def search_lines(data: Dataset, unscored: Sequence[str]) -> list[tuple[str, str]]:
    """Say how sources were looked for: what each line is about, and what is recorded of it.
    `unscored`: the names of actors without a scored event.
    """
    about = data.about
    until = words.day(about.covered_to) if about.covered_to else NOT_RECORDED
    nobody = words.listing(about.without_result) or NOT_RECORDED
    without = "every actor here has a scored event"
    if unscored:
        without = f"without a scored event here: {words.listing(unscored)}"
    return [
        ("Queries", "; ".join(about.queries) or NOT_RECORDED),
        ("Archives and catalogues", "; ".join(about.archives) or NOT_RECORDED),
        ("Looked through until", until),
        ("Looked for without result", f"{nobody}; {without}"),
    ]


def ordered_words(order: str, measure: str) -> str:
    """Return an order of the counts within a sentence. `measure`: what is counted."""
    if order == BY_NAME:
        return "by name"
    year = "" if order == MOST else f" in {order}"
    return f"those with the most {measure}{year} first"


def coverage_alt(noun: str, rows: Sequence[tuple[str, int]], first: int, last: int) -> str:
    """Return the heat map for those who cannot see it. `rows`: name and total of each actor, the
    largest first; `noun`: what is counted, in the plural.
    """
    most = words.listing([f"{name} {total:,}" for name, total in rows[: words.MOST_LISTED]])
    none = sum(not total for _, total in rows)
    return (
        f"Heat map of the number of {noun} by actor and year, {first} to {last}. "
        f"{words.plural(len(rows), 'actor', start=True)}; the most: {most}; "
        f"{words.number(none)} without any."
    )
