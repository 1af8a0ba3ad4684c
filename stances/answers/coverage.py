"""What the dataset covers and what it leaves out: counts by actor and year, shares, silences.

Nothing here changes a stance. Every function counts events up to a day, context events included.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from stances import words
from stances.dataset.codebook import Codebook
from stances.dataset.schema import CHECKED
from stances.dataset.tables import Dataset

# What a row of `shares` is about.
BY_CHECKED, BY_CONFIDENCE, BY_LANGUAGE = "checked", "confidence", "language"
# An actor without an event in so many years is told as silent.
SILENT_YEARS = 2


def by_year(
    actors: pd.DataFrame, events: pd.DataFrame, event_sources: pd.DataFrame, day: date
) -> pd.DataFrame:
    """How many events and sources there are of each actor in each year.

    `event_sources`: a row for each source of each event (event_id, source_id).
    Columns: actor, year, events, sources (different ones of that actor's events of that year).
    One row for every actor of the table and every year from the first event to `day`, with 0 where
    there is nothing; the actors with the most events first, of equal ones by code. Empty where no
    actor has an event yet.
    """
    known = _known(events, day)
    years = range(int(known["year"].min()), day.year + 1) if len(known) else range(0)
    order = known["actor"].value_counts().reindex(sorted(actors["actor"]), fill_value=0)
    codes = order.sort_values(ascending=False, kind="stable").index
    cells = pd.MultiIndex.from_product([codes, years], names=["actor", "year"])
    pairs = known.merge(event_sources[["event_id", "source_id"]], on="event_id")
    table = pd.DataFrame(
        {
            "events": known.groupby(["actor", "year"]).size(),
            "sources": pairs.groupby(["actor", "year"])["source_id"].nunique(),
        }
    )
    return table.reindex(cells).fillna(0).astype("int64").reset_index()


def shares(
    events: pd.DataFrame, event_sources: pd.DataFrame, codebook: Codebook, day: date
) -> pd.DataFrame:
    """How sources were checked, how sure codings are, and what languages sources are in.

    `event_sources`: a row for each source of each event (event_id, source_id, checked, language).
    Columns: by (BY_CHECKED, BY_CONFIDENCE: of events, BY_LANGUAGE), of, n, share (of all of that
    `by`, which add up to 1). Each source counts once. Languages come with the most frequent first,
    the others in the order of schema and codebook, those without a case included. Shares of nothing
    are missing.
    """
    known = _known(events, day)
    # One by one: `isin` on texts is half of what the whole takes.
    ids = set(known["event_id"].tolist())
    has_event = [event_id in ids for event_id in event_sources["event_id"].tolist()]
    backed = event_sources[np.array(has_event, bool)]
    sources = backed.drop_duplicates("source_id")
    confidences = list(codebook.model.tolerance)
    counted = {
        BY_CHECKED: _counts(sources["checked"]).reindex(list(CHECKED), fill_value=0),
        BY_CONFIDENCE: _counts(known["confidence"]).reindex(confidences, fill_value=0),
        BY_LANGUAGE: _counts(sources["language"]),
    }
    rows = [
        {
            "by": by,
            "of": of,
            "n": int(n),
            "share": n / counts.sum() if counts.sum() else float("nan"),
        }
        for by, counts in counted.items()
        for of, n in counts.items()
    ]
    return pd.DataFrame(rows, columns=["by", "of", "n", "share"])


def silent(actors: pd.DataFrame, events: pd.DataFrame, day: date) -> pd.DataFrame:
    """The actors without an event in the SILENT_YEARS before `day`, the longest silent first.

    Columns: actor, last_event_id, last_event_date; those that never had one come first of all,
    without either.
    """
    last = _known(events, day).sort_values(["date", "event_id"]).groupby("actor").tail(1)
    table = actors[["actor"]].merge(last[["actor", "event_id", "date"]], on="actor", how="left")
    table.columns = pd.Index(["actor", "last_event_id", "last_event_date"])
    since = pd.Timestamp(day) - pd.DateOffset(years=SILENT_YEARS)
    table = table[~(table["last_event_date"] > since)]
    return table.sort_values(
        ["last_event_date", "actor"], na_position="first", ignore_index=True, kind="stable"
    )


def _known(events: pd.DataFrame, day: date) -> pd.DataFrame:
    """The events up to a day: event_id, actor, date, year, confidence."""
    known = events.loc[
        events["date"] <= pd.Timestamp(day), ["event_id", "actor", "date", "confidence"]
    ]
    return known.assign(year=known["date"].dt.year)


def _counts(values: pd.Series) -> pd.Series:
    """How often each value stands, the most frequent first, of equal ones in order."""
    return values.value_counts().sort_index().sort_values(ascending=False, kind="stable")


# -- in words -----------------------------------------------------------------------------------


def coverage_headline(actors: int, silent: int, years: int, as_of: words.Day) -> str:
    """How many actors have been silent for so many years."""
    return (
        f"{words.some(silent, start=True)} of {words.plural(actors, 'actor')} "
        f"{words.of_them_have(silent)} no event in the {words.number(years)} years to "
        f"{words.day(as_of)}"
    )


def data_headline(data: Dataset) -> tuple[str, str]:
    """How large a dataset is, and which it is."""
    scored = int(data.events["score"].notna().sum())
    counts = len(data.events), scored, len(data.sources), len(data.actors)
    return dataset_headline(*counts), f"Dataset {data.version}."


def dataset_headline(events: int, scored: int, sources: int, actors: int) -> str:
    """How large the dataset is; `actors`: the subject itself too, which has events."""
    of_them = f", {words.some(scored)} of them scored," if events else ""
    return (
        f"{words.plural(events, 'event', start=True)}{of_them} from "
        f"{words.plural(sources, 'source')}, on {words.plural(actors, 'actor')}"
    )


def coverage_subtitle(events: int, actors: int, top: int, as_of: words.Day) -> str:
    """What is counted, and how uneven it is. `top`: events of the three actors with the most."""
    uneven = ""
    if events and actors > 3:
        uneven = f" The three with the most have {words.share(top / events)} of them."
    return (
        f"{words.plural(events, 'event', start=True)} up to {words.day(as_of)}, context included, "
        f"of {words.plural(actors, 'actor')}.{uneven} An empty cell means that none was found, not "
        "that nothing happened."
    )


def coverage_alt(noun: str, rows: Sequence[tuple[str, int]], first: int, last: int) -> str:
    """The heat map for those who cannot see it. `rows`: name and total of each actor, the largest
    first; `noun`: what is counted, in the plural.
    """
    most = words.listed([f"{name} {total:,}" for name, total in rows[: words.TOLD]])
    none = sum(not total for _, total in rows)
    return (
        f"Heat map of the number of {noun} by actor and year, {first} to {last}. "
        f"{words.plural(len(rows), 'actor', start=True)}; the most: {most}; "
        f"{words.number(none)} without any."
    )
