"""Events: search and filter, count by year, and one event with all that belongs to it.

A search takes all of its words, in any order and also inside longer ones, whatever their case and
accents; words between double quotes stand one after the other. An event has its date among them, as
far as it is known: 4 March 2019 and 2019-03-04.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from stances import words
from stances.answers import agreement, changes
from stances.answers.tracker import EVERYONE, Tracker, cached, together
from stances.dataset.codebook import OVERALL
from stances.dataset.faults import BadInput
from stances.model.lifetimes import places

# What can be looked for beside single instruments: what binds by its kind, and what does not.
KINDS = {"acts": "Acts", "other events": "Other events"}
# How a search can name a date, as far as it is known.
_DATES = {"day": "%d %B %Y %Y-%m-%d", "month": "%B %Y %Y-%m", "year": "%Y"}
# A period that is shorter is counted by months, or by days.
_BY_MONTH = timedelta(3 * 366)
_BY_DAY = timedelta(62)
# Letters that Unicode does not take apart, and marks that a keyboard has not.
_LETTERS = "łøđħŧðı‘’ʼ“”„«»‑‐–—−"
_PLAIN = str.maketrans(
    {
        **dict(zip(_LETTERS, 'lodhtdi\'\'\'"""""-----', strict=True)),
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "\xad": "",
    }
)


def fold(text: str) -> str:
    """Return a text without accents and case, in a plain keyboard's letters where it can be."""
    # Most texts are, and this is much faster.
    if text.isascii():
        return text.lower()

    # In this form accents are letters of their own, behind those that they stand on.
    decomposed = unicodedata.normalize("NFKD", text)
    letters = [letter for letter in decomposed if not unicodedata.combining(letter)]
    plain = "".join(letters).casefold()
    return plain.translate(_PLAIN)


def folded(*parts: pd.Series) -> pd.Series:
    """Return the texts of each row folded and as one, a line each; all parts with the same index,
    which stays. What is missing is an empty text.
    """
    columns = [part.fillna("") for part in parts]
    rows = zip(*columns, strict=True)
    texts = map("\n".join, rows)
    return pd.Series(map(fold, texts), parts[0].index, dtype="str")


def sought(q: str) -> list[str]:
    """Return the words and quoted phrases of a search, folded: `5g "loaded gun"` has two."""
    phrases = []
    parts = re.findall(r'"[^"]+"|[^\s"]+', fold(q))
    for part in parts:
        phrase = part.strip('"')
        bare = phrase.strip(".,;:!?()")
        # Who looks for a mark alone means it.
        phrases.append(bare if bare else phrase)
    return phrases


def matches(texts: pd.Series, q: str) -> pd.Series:
    """Say of each of some folded texts whether it has all words of a search; of none all have."""
    fits = pd.Series(True, texts.index)
    for phrase in sought(q):
        fits &= texts.str.contains(phrase, regex=False)
    return fits


def actors_of(
    tracker: Tracker,
    codes: Sequence[str],
    group: str,
    day: date,
) -> list[str] | None:
    """Return the actors that codes stand for on a day, of a group its members, within `group`;
    without codes all of that. None: everybody, also who takes no position. Raises BadInput.
    """
    if not codes:
        return None if group == EVERYONE else tracker.members(group, day)

    actors: set[str] = set()
    for code in codes:
        if code in tracker.kinds:
            actors.add(code)
        else:
            actors.update(tracker.members(code, day))
    if group != EVERYONE:
        actors.intersection_update(tracker.members(group, day))
    return sorted(actors)


@cached
def every_event(tracker: Tracker) -> pd.DataFrame:
    """Return all events, the newest first, indexed by event_id: the columns of `Tracker.events`,
    then `direction` (see `changes.event_directions`; empty also of what makes no stance);
    `sources`, how many; `source` (a publisher) and `source_url`, the strongest; `text`, folded, to
    search in.
    """
    # The index has the name of a column, which sorting would not tell apart from it.
    events = tracker.events.rename_axis(None)
    events = events.sort_values(["date", "event_id"], ascending=[False, True])
    ids = events["event_id"]

    directions = changes.event_directions(tracker)["direction"]
    # Those of an event stand there by their strength. What is found here is by event_id.
    sources = tracker.data.event_sources.groupby("event_id", sort=False)
    strongest = sources.first()
    publishers = sources["publisher"].agg(" ".join)
    rules = tracker.data.acts.groupby("event_id")["name"].agg(" ".join)

    dates = zip(events["date"], events["date_precision"], strict=True)
    days = [f"{day:{_DATES[precision]}}" for day, precision in dates]
    text = folded(
        pd.Series(days, events.index),
        events["title"],
        events["summary"],
        events["speaker"],
        events["actor"].map(tracker.names),
        events["actor"].map(tracker.short),
        ids.map(rules),
        ids.map(publishers),
    )
    return events.assign(
        direction=ids.map(directions).fillna(""),
        sources=ids.map(sources.size()).fillna(0).astype(int),
        source=ids.map(strongest["publisher"]).fillna(""),
        source_url=ids.map(strongest["url"]).fillna(""),
        text=text,
    )


def find(
    tracker: Tracker,
    q: str = "",
    *,
    actor: Sequence[str] = (),
    group: str = EVERYONE,
    domain: str = OVERALL,
    instrument: Sequence[str] = (),
    level: tuple[int, int] | None = None,
    confidence: Sequence[str] = (),
    counted: bool | None = None,
    added: date | None = None,
    from_: date | None = None,
    to: date | None = None,
) -> pd.DataFrame:
    """Return the events that fit all filters, as in `every_event`; where a publisher has a word
    that is looked for, that source is shown.

    `q`: words and quoted phrases, all of which an event must have (`matches`); `actor`: codes,
    groups for their members on the last day; `instrument`: codes, and `KINDS`, one of which it must
    have; `confidence`: codes; `level`: the lowest and the highest score; `counted`: True: with a
    score, False: without; `added`: came in on the day or later; `from_`, `to`: the period, both
    days in it. None and empty: no filter.
    """
    events = every_event(tracker)
    # Of each event, whether it fits.
    chosen = matches(events["text"], q)

    last = to if to else tracker.data.opening_day
    actors = actors_of(tracker, actor, group, last)
    if actors is not None:
        chosen &= events["actor"].isin(actors)
    if domain != OVERALL:
        chosen &= events["domain"] == domain
    if confidence:
        chosen &= events["confidence"].isin(confidence)
    if instrument:
        kinds = np.where(events["binding"], "acts", "other events")
        is_of_kind = np.isin(kinds, instrument)
        chosen &= is_of_kind | events["instrument"].isin(instrument)
    if level:
        chosen &= events["score"].between(*level)
    if counted is not None:
        chosen &= events["score"].notna() == counted
    if added:
        chosen &= events["added"] >= pd.Timestamp(added)
    if from_:
        chosen &= events["date"] >= pd.Timestamp(from_)
    if to:
        chosen &= events["date"] <= pd.Timestamp(to)
    return _with_source_sought(tracker, events[chosen], q)


def _with_source_sought(tracker: Tracker, events: pd.DataFrame, q: str) -> pd.DataFrame:
    """Return events with the source (`source`, `source_url`) whose publisher has most words of a
    search; where none has any, with the one that they had.
    """
    if not q:
        return events

    sources = tracker.data.event_sources
    sources = sources[sources["event_id"].isin(events.index)]
    publishers = sources["publisher"].map(fold)
    hit_count = pd.Series(0, sources.index)
    for phrase in sought(q):
        hit_count += publishers.str.contains(phrase, regex=False)

    # Of as many hits the strongest source stays first: the sort is stable.
    sources = sources.assign(hits=hit_count)
    sources = sources[hit_count > 0]
    sources = sources.sort_values("hits", ascending=False, kind="stable")
    best = sources.drop_duplicates("event_id")
    best = best.set_index("event_id").reindex(events.index)
    return events.assign(
        source=best["publisher"].fillna(events["source"]),
        source_url=best["url"].fillna(events["source_url"]),
    )


def counts_by_period(
    tracker: Tracker,
    events: pd.DataFrame,
    first: date | None,
    last: date,
) -> pd.DataFrame:
    """Return how many of some events each year has by level: `period`, `none` (without a score),
    then a column a level ("-3" to "3"); every year from the first day (None: of the data) to the
    last. Where these are less than three years apart, each month; less than two months, each day,
    and behind them the month of those of which no day is known.
    """
    if first is None:
        first = tracker.codebook.first_date
    length = last - first
    if length >= _BY_DAY:
        unit = "M" if length < _BY_MONTH else "Y"
        return _counts(tracker, events, first, last, unit)

    # Those of which not even the month is known are counted in January, as in a chart of months.
    has_day = events["date_precision"] == "day"
    days = _counts(tracker, events[has_day], first, last, "D")
    months = _counts(tracker, events[~has_day], first, last, "M")
    has_events = months.drop(columns="period").any(axis=1)
    # Days and months are periods of two kinds, which one column has as objects.
    days = days.astype({"period": object})
    return pd.concat([days, months[has_events]], ignore_index=True)


def _counts(
    tracker: Tracker, events: pd.DataFrame, first: date, last: date, unit: str
) -> pd.DataFrame:
    """Return `counts_by_period` by one unit of time."""
    periods = pd.period_range(first, last, freq=unit, name="period")
    levels = ["none", *map(str, tracker.codebook.scale.levels)]

    period = events["date"].dt.to_period(unit)
    # Whole numbers as texts, "-3"; what is missing stays so until it is named.
    scores = events["score"].astype("str").fillna("none")
    counts = pd.crosstab(period, scores)
    counts = counts.reindex(index=periods, columns=levels, fill_value=0)
    counts = counts.rename_axis(columns=None)
    return counts.reset_index()


def headline(tracker: Tracker, events: pd.DataFrame, filters: str = "") -> str:
    """Say how many events there are and in which two years most of them fell. `filters`: in words,
    what was looked for: then it says how many there are of that.
    """
    total = len(events)
    count = words.plural(total, "event")
    if filters:
        return f"{count}: {filters}" if total else f"No events: {filters}"

    text = f"{count} since {tracker.codebook.first_date.year}"
    years = events["date"].dt.year
    by_year = years.value_counts().sort_index()
    # Of three years two say nothing.
    if len(by_year) < 4:
        return text

    # The count of each year and the next one, under the first of both.
    next_year = by_year.reindex(by_year.index + 1, fill_value=0)
    pair_counts = by_year + next_year.to_numpy()
    first = pair_counts.idxmax()
    percent = round(100 * pair_counts[first] / total)
    # Less than a quarter is no peak, nearly all go without saying.
    if not 25 <= percent <= 95:
        return text
    return f"{text}; {percent}% fell in {first} and {first + 1}"


@cached
def all_sources(tracker: Tracker) -> pd.DataFrame:
    """Return the sources of all acts, then of all events, by the strength of their tier: `id`, of
    the act or event, and the columns of `sources.csv`.
    """
    acts = tracker.data.act_sources.rename(columns={"act_id": "id"})
    events = tracker.data.event_sources.rename(columns={"event_id": "id"})
    rows = pd.concat([acts, events], ignore_index=True)
    tiers = list(tracker.codebook.tiers)
    strength = places(rows["tier"], tiers)
    # Of one tier they stay in their order.
    strongest_first = np.argsort(strength, kind="stable")
    return together(rows.iloc[strongest_first])


def sources_of(tracker: Tracker, code: str) -> pd.DataFrame:
    """Return the sources of an event or act, the strongest first: the columns of `sources.csv`."""
    rows = all_sources(tracker)
    rows = rows[rows["id"] == code]
    return rows.drop(columns="id").reset_index(drop=True)


def record(tracker: Tracker, event_id: str) -> dict[str, Any]:
    """Return one event and what belongs to it. Raises BadInput for an id that is none.

    `event`: its row of `every_event`; `sources`: see `sources_of`; `codings`: see
    `agreement.of_event`; `acts`: the rows of `acts.csv` that it brought; `before`, `after`: the
    levels of its domain before and after it, NaN where it had none or the event has no score;
    `around`: the events next to it, the newer first, of the same actor and domain.
    """
    events = every_event(tracker)
    if event_id not in events.index:
        raise BadInput(f"event {event_id!r} is not in the tables")

    event = events.loc[event_id]
    is_alike = events["actor"] == event["actor"]
    is_alike &= events["domain"] == event["domain"]
    alike = events[is_alike]
    row = list(alike.index).index(event_id)
    # The event itself, with the newer one and the older one.
    first_row = max(row - 1, 0)
    around = alike.iloc[first_row : row + 2]

    directions = changes.event_directions(tracker)
    # An event that makes no stance has none of these: a row of NaN.
    levels = directions.reindex([event_id]).iloc[0]
    rules = tracker.data.acts
    rules = rules[rules["event_id"] == event_id]
    return {
        "event": event,
        "sources": sources_of(tracker, event_id),
        "codings": agreement.of_event(tracker, event_id),
        "acts": rules,
        "before": levels["level_before"],
        "after": levels["level_after"],
        "around": around.drop(event_id),
    }
