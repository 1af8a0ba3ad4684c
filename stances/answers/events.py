"""Events: search and filter, count by year, and one event with all that belongs to it.

A search takes all of its words, in any order and also inside longer ones, whatever their case and
accents; words between double quotes stand one after the other. An event has its date among them, as
far as it is known: 4 March 2019 and 2019-03-04.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from stances import words
from stances.answers import changes
from stances.answers.tracker import EVERYONE, Tracker, cached
from stances.dataset.codebook import OVERALL
from stances.dataset.faults import BadInput

# What can be looked for beside single instruments: what binds by its kind, and what does not.
KINDS = {"acts": "Acts", "other events": "Other events"}
# How a search can name a date, as far as it is known.
_DATES = {"day": "%d %B %Y %Y-%m-%d", "month": "%B %Y %Y-%m", "year": "%Y"}
# Letters that Unicode does not take apart, and marks that a keyboard has not.
_LETTERS = "łøđħŧðı‘’ʼ“”„«»‑‐–—−"
_PLAIN: dict[int, str] = {
    **dict(zip(map(ord, _LETTERS), 'lodhtdi\'\'\'"""""-----', strict=True)),
    ord("æ"): "ae",
    ord("œ"): "oe",
    ord("þ"): "th",
    ord("\xad"): "",
}


def fold(text: str) -> str:
    """Return a text without accents and case, in a plain keyboard's letters where it can be."""
    if text.isascii():
        return text.lower()

    apart = unicodedata.normalize("NFKD", text)
    letters = [letter for letter in apart if not unicodedata.combining(letter)]
    return "".join(letters).casefold().translate(_PLAIN)


def folded(*parts: pd.Series) -> pd.Series:
    """Return texts of rows, folded and as one; all parts with the same index."""
    columns = [part.fillna("").astype(object) for part in parts]
    texts = [fold("\n".join(row)) for row in zip(*columns, strict=True)]
    return pd.Series(texts, parts[0].index, dtype="str")


def sought(q: str) -> list[str]:
    """Return the words and quoted phrases of a search, folded."""
    phrases = []
    for part in re.findall(r'"[^"]+"|[^\s"]+', fold(q)):
        phrase = part.strip('"')
        bare = phrase.strip(".,;:!?()")
        phrases.append(bare if bare else phrase)
    return phrases


def matches(texts: pd.Series, q: str) -> pd.Series:
    """Say of each of some folded texts whether it has all words of a search."""
    fits = pd.Series(True, texts.index)
    for phrase in sought(q):
        fits &= texts.str.contains(phrase, regex=False)
    return fits


def actors_of(tracker: Tracker, codes: Sequence[str], group: str, day: date) -> list[str] | None:
    """Return the actors that codes stand for on a day, of a group its members, within `group`;
    None: everybody.
    """
    chosen = one_or_more(codes)
    single = set(tracker.data.actors["actor"])
    actors: set[str] = set()
    for code in chosen:
        actors.update([code] if code in single else tracker.members(code, day))

    if group and group != EVERYONE:
        members = tracker.members(group, day)
        return [actor for actor in members if actor in actors] if chosen else members
    return sorted(actors) if chosen else None


def one_or_more(value: Any) -> list[Any]:
    """Return a filter's value as a list: none, one or several."""
    if value is None or value == "":
        return []
    return [value] if isinstance(value, str) else list(value)


@cached
def every_event(tracker: Tracker) -> pd.DataFrame:
    """Return all events, the newest first, indexed by event_id: the columns of `events.csv`, then
    `binding`; `direction` (of acts: Stricter, Softer, New or empty) in the event's own domain;
    `sources`, how many; `source` and `source_url`, the strongest; `text`, folded, to search in.
    """
    events = tracker.events.rename_axis(None)
    events = events.sort_values(["date", "event_id"], ascending=[False, True])
    ids = events["event_id"]

    directions = changes.event_directions(tracker)["direction"]
    sources = tracker.data.event_sources.groupby("event_id", sort=False)
    strongest = sources.first()
    acts = tracker.data.acts.groupby("event_id")

    dates = zip(events["date"], events["date_precision"], strict=True)
    days = [f"{day:{_DATES[precision]}}" for day, precision in dates]
    text = folded(
        pd.Series(days, events.index),
        events["title"],
        events["summary"],
        events["speaker"],
        events["actor"].map(tracker.names),
        events["actor"].map(tracker.short),
        ids.map(acts["name"].agg(" ".join)),
        ids.map(sources["publisher"].agg(" ".join)),
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
    group: str = "",
    domain: str = OVERALL,
    instrument: Sequence[str] = (),
    level: int | tuple[int, int] | None = None,
    confidence: Sequence[str] = (),
    counted: bool | None = None,
    added: date | None = None,
    from_: date | None = None,
    to: date | None = None,
) -> pd.DataFrame:
    """Return the events that fit all filters, as in `every_event`; where a publisher has a word
    that is looked for, that source is shown.

    `actor`: codes, groups for their members on the last day; `instrument`: codes, and `KINDS`;
    `level`: a score, or the lowest and the highest; `counted`: with a score, or without; `added`:
    came in on the day or later; `from_`, `to`: the period, both days in it.
    """
    events = every_event(tracker)
    events = events[matches(events["text"], q)]

    last = to if to else tracker.data.opening_day
    actors = actors_of(tracker, actor, group, last)
    if actors is not None:
        events = events[events["actor"].isin(actors)]
    if domain not in ("", OVERALL):
        events = events[events["domain"] == domain]
    if confidence:
        events = events[events["confidence"].isin(one_or_more(confidence))]
    if instrument:
        instruments = one_or_more(instrument)
        kinds = np.where(events["binding"], "acts", "other events")
        is_wanted = events["instrument"].isin(instruments) | np.isin(kinds, instruments)
        events = events[is_wanted]
    if level is not None:
        lowest, highest = (level, level) if isinstance(level, int) else level
        events = events[events["score"].between(lowest, highest)]
    if counted is not None:
        events = events[events["score"].notna() == counted]
    if added:
        events = events[events["added"] >= pd.Timestamp(added)]
    if from_:
        events = events[events["date"] >= pd.Timestamp(from_)]
    if to:
        events = events[events["date"] <= pd.Timestamp(to)]
    return _with_source_sought(tracker, events, q)


def _with_source_sought(tracker: Tracker, events: pd.DataFrame, q: str) -> pd.DataFrame:
    """Return events with the source whose publisher has most words of a search, if one has any."""
    if not q:
        return events

    sources = tracker.data.event_sources
    sources = sources[sources["event_id"].isin(events.index)]
    publishers = sources["publisher"].map(fold)
    hits = pd.Series(0, sources.index)
    for phrase in sought(q):
        hits += publishers.str.contains(phrase, regex=False)

    sources = sources.assign(hits=hits)[hits > 0]
    sources = sources.sort_values("hits", ascending=False, kind="stable")
    best = sources.drop_duplicates("event_id").set_index("event_id")
    best = best.reindex(events.index)
    return events.assign(
        source=best["publisher"].fillna(events["source"]),
        source_url=best["url"].fillna(events["source_url"]),
    )


def counts_by_year(
    tracker: Tracker, events: pd.DataFrame, first: date | None = None, last: date | None = None
) -> pd.DataFrame:
    """Return how many of some events each year has by level: `year`, `none` (without a score), then
    a column a level ("-3" to "3"); every year from the first day to the last, which are those of
    the data if left out.
    """
    if first is None:
        first = tracker.codebook.first_date
    if last is None:
        last = tracker.data.opening_day
    years = pd.RangeIndex(first.year, last.year + 1, name="year")
    levels = ["none", *map(str, tracker.codebook.scale.levels)]

    scores = events["score"].astype("str").fillna("none")
    counts = pd.crosstab(events["date"].dt.year, scores)
    counts = counts.reindex(index=years, columns=levels, fill_value=0)
    return counts.rename_axis(columns=None).reset_index()


def headline(tracker: Tracker, events: pd.DataFrame, filters: str = "") -> str:
    """Say how many events there are and in which two years most of them fell; `filters`: in words,
    what is looked for, then how many there are of it.
    """
    count = words.plural(len(events), "event")
    if filters:
        return f"{count}: {filters}" if len(events) else f"No events: {filters}"

    text = f"{count} since {tracker.codebook.first_date.year}"
    by_year = events["date"].dt.year.value_counts().sort_index()
    if len(by_year) < 4:
        return text

    next_year = by_year.reindex(by_year.index + 1, fill_value=0)
    pairs = by_year + next_year.to_numpy()
    first = pairs.idxmax()
    percent = round(100 * pairs[first] / len(events))
    if not 25 <= percent <= 95:
        return text
    return f"{text}; {percent}% fell in {first} and {first + 1}"


def sources_of(tracker: Tracker, key: str, code: str) -> pd.DataFrame:
    """Return the sources of an event or act, the strongest first. `key`: event_id or act_id."""
    data = tracker.data
    sources = data.event_sources if key == "event_id" else data.act_sources
    return sources[sources[key] == code].drop(columns=key).reset_index(drop=True)


def record(tracker: Tracker, event_id: str) -> dict[str, Any]:
    """Return one event and what belongs to it. Raises BadInput for an id that is none.

    `event`: its row of `every_event`; `sources`; `codings` (coder, score, why); `acts`: the lines
    of the register that it brought; `before`, `after`: the levels of its domain before and after
    it, NaN where it had none or the event counts for nothing; `around`: the events next to it,
    the newer first, of the same actor and domain.
    """
    events = every_event(tracker)
    if event_id not in events.index:
        raise BadInput(f"event {event_id!r} is not in the tables")

    event = events.loc[event_id]
    events = events[events["actor"] == event["actor"]]
    events = events[events["domain"] == event["domain"]]
    place = list(events.index).index(event_id)
    around = events.iloc[max(place - 1, 0) : place + 2]

    levels = changes.event_directions(tracker).reindex([event_id]).iloc[0]
    codings = tracker.data.codings
    rules = tracker.data.acts
    return {
        "event": event,
        "sources": sources_of(tracker, "event_id", event_id),
        "codings": codings[codings["event_id"] == event_id].drop(columns="event_id"),
        "acts": rules[rules["event_id"] == event_id],
        "before": levels["level_before"],
        "after": levels["level_after"],
        "around": around.drop(event_id),
    }
