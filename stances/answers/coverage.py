"""The coverage of the dataset, and its gaps: counts by actor and year, shares, silences.

Nothing here changes a stance. Every function counts events up to a day, context events included.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

import pandas as pd

from stances import words
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
    known = known.assign(year=known["date"].dt.year)
    cited = event_sources[["event_id", "source_id"]].merge(known, on="event_id")
    totals = known["actor"].value_counts()
    codes = sorted(actors["actor"].tolist(), key=lambda code: (-totals.get(code, 0), code))
    first = known["year"].min() if len(known) else day.year + 1
    cell = ["actor", "year"]
    cells = pd.MultiIndex.from_product([codes, range(first, day.year + 1)], names=cell)
    counts = {
        "events": known.groupby(cell)["event_id"].nunique(),
        "sources": cited.groupby(cell)["source_id"].nunique(),
    }
    whole = {name: counted.reindex(cells, fill_value=0) for name, counted in counts.items()}
    return pd.DataFrame(whole, cells).reset_index()


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
    sources = _sources_of(known, event_sources).drop_duplicates("source_id")
    languages = sources["language"].value_counts().sort_index()
    counted = {
        BY_CHECKED: sources["checked"].value_counts().reindex(CHECKED, fill_value=0),
        BY_CONFIDENCE: known["confidence"]
        .value_counts()
        .reindex([*codebook.model.tolerance], fill_value=0),
        BY_LANGUAGE: languages.sort_values(ascending=False, kind="stable"),
    }
    table = [
        (by, of, n, n / counts.sum() if counts.any() else math.nan)
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
    known = _events_up_to(events, day)
    sources = _sources_of(known, event_sources)
    official = sources["tier"] == next(iter(codebook.tiers))
    counted = {
        OFFICIAL: sources.loc[official, "event_id"].nunique(),
        ALONE: (sources["event_id"].value_counts() == 1).sum(),
    }
    rows = [
        (BY_BACKING, of, int(n), n / len(known) if len(known) else math.nan)
        for of, n in counted.items()
    ]
    return pd.DataFrame(rows, columns=["by", "of", "n", "share"])


def silent(actors: pd.DataFrame, events: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the actors without an event in the SILENT_YEARS before `day`, the longest silent
    first.

    Columns: actor, last_event_id, last_event_date; those that never had one come first of all,
    without either.
    """
    known = _events_up_to(events, day).sort_values(["date", "event_id"])
    last = known.drop_duplicates("actor", keep="last").set_index("actor")[["event_id", "date"]]
    last = last.reindex(sorted(actors["actor"])).rename_axis("actor")
    last.columns = pd.Index(["last_event_id", "last_event_date"])
    since = pd.Timestamp(months_before(day, 12 * SILENT_YEARS))
    silent = last[~(last["last_event_date"] > since)]
    return silent.sort_values("last_event_date", kind="stable", na_position="first").reset_index()


def in_one_language(
    events: pd.DataFrame, event_sources: pd.DataFrame, day: date
) -> tuple[str, int, int]:
    """Return the most frequent language of sources, how many actors have sources in it alone, and
    how many have any; no language where there is no source.
    """
    known = _events_up_to(events, day)
    sources = _sources_of(known, event_sources)
    if sources.empty:
        return "", 0, 0
    most = sources.drop_duplicates("source_id")["language"].mode().iloc[0]
    whose = sources["event_id"].map(known.set_index("event_id")["actor"])
    spoken = sources["language"].groupby(whose).agg(frozenset)
    return str(most), sum(languages == {most} for languages in spoken), len(spoken)


def without_scored(data: Dataset, day: date) -> list[str]:
    """Return the actors that can take a position and have no scored event up to a day, by code."""
    events = data.events
    scored = events[events["score"].notna() & (events["date"] <= pd.Timestamp(day))]
    return sorted({*data.position_actors} - {*scored["actor"]})


def _events_up_to(events: pd.DataFrame, day: date) -> pd.DataFrame:
    return events[events["date"] <= pd.Timestamp(day)]


def _sources_of(events: pd.DataFrame, event_sources: pd.DataFrame) -> pd.DataFrame:
    return event_sources[event_sources["event_id"].isin(events["event_id"])]


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
    # Others of the tables, such as the subject itself, take none.
    without = "every actor that takes positions has a scored event"
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
    without = f"; {words.number(none)} without any" if none else ""
    named = f"; the most: {most}" if rows else ""
    return (
        f"Heat map of the number of {noun} by actor and year, {first} to {last}. "
        f"{words.plural(len(rows), 'actor', start=True)}{named}{without}."
    )
