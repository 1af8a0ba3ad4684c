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
_DATES = {"day": "%d %B %Y %Y-%m-%d", "month": "%B %Y %Y-%m", "year": "%Y"}
# Letters that Unicode does not take apart, and marks that a keyboard has not.
_PLAIN = str.maketrans("łøđħŧðı‘’ʼ“”„«»‑‐–—−", 'lodhtdi\'\'\'"""""-----') | {
    ord(letter): text for letter, text in {"æ": "ae", "œ": "oe", "þ": "th", "\xad": ""}.items()
}


def fold(text: str) -> str:
    """Return a text without accents and case, in a plain keyboard's letters where it can be."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold().translate(_PLAIN)


def folded(*parts: pd.Series) -> pd.Series:
    """Return texts of rows, folded and as one; all parts with the same index."""
    rows = zip(*(part.fillna("").astype(object) for part in parts), strict=True)
    return pd.Series([fold("\n".join(row)) for row in rows], parts[0].index, dtype="str")


def sought(q: str) -> list[str]:
    """Return the words and quoted phrases of a search, folded."""
    parts = [quoted or word for quoted, word in re.findall(r'"([^"]+)"|([^\s"]+)', fold(q))]
    return [part.strip(".,;:!?()") or part for part in parts]


def matches(texts: pd.Series, q: str) -> pd.Series:
    """Say of each of some folded texts whether it has all words of a search."""
    found = pd.Series(True, texts.index)
    for part in sought(q):
        found &= texts.str.contains(part, regex=False)
    return found


def actors_of(tracker: Tracker, codes: Sequence[str], group: str, day: date) -> list[str] | None:
    """Return the actors that codes stand for on a day, of a group its members, within `group`;
    None: everybody.
    """
    chosen = [codes] if isinstance(codes, str) else list(codes)
    known = set(tracker.data.actors["actor"])
    actors = {a for c in chosen for a in ([c] if c in known else tracker.members(c, day))}
    if group and group != EVERYONE:
        of_group = tracker.members(group, day)
        return [actor for actor in of_group if actor in actors or not chosen]
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
    data, of_events = tracker.data, tracker.data.event_sources.groupby("event_id", sort=False)
    events = tracker.events.rename_axis(None)
    events = events.sort_values(["date", "event_id"], ascending=[False, True])
    went = changes.event_directions(tracker)["direction"]
    best = of_events.first()
    acts = data.acts.groupby("event_id")["name"].agg(" ".join)
    dates = zip(events["date"], events["date_precision"], strict=True)
    parts = [
        pd.Series([f"{day:{_DATES[known]}}" for day, known in dates], events.index),
        *(events[name] for name in ("title", "summary", "speaker")),
        *(events["actor"].map(names) for names in (tracker.names, tracker.short)),
        *(events["event_id"].map(of) for of in (acts, of_events["publisher"].agg(" ".join))),
    ]
    return events.assign(
        direction=events["event_id"].map(went).fillna(""),
        sources=events["event_id"].map(of_events.size()).fillna(0).astype(int),
        source=events["event_id"].map(best["publisher"]).fillna(""),
        source_url=events["event_id"].map(best["url"]).fillna(""),
        text=folded(*parts),
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
    from_: date | None = None,
    to: date | None = None,
) -> pd.DataFrame:
    """Return the events that fit all filters, as in `every_event`; where a publisher has a word
    that is looked for, that source is shown.

    `actor`: codes, groups for their members on the last day; `instrument`: codes, and `KINDS`;
    `level`: a score, or the lowest and the highest; `counted`: with a score, or without; `from_`,
    `to`: the period, both days in it.
    """
    events = every_event(tracker)
    fits = matches(events["text"], q)
    actors = actors_of(tracker, actor, group, to or tracker.data.opening_day)
    wanted = {
        "actor": actors,
        "domain": [domain] if domain not in ("", OVERALL) else None,
        "confidence": one_or_more(confidence) or None,
    }
    for name, values in wanted.items():
        if values is not None:
            fits &= events[name].isin(values)
    if kinds := one_or_more(instrument):
        whole = np.where(events["binding"], *KINDS)
        fits &= events["instrument"].isin(kinds) | np.isin(whole, kinds)
    if level is not None:
        lowest, highest = (level, level) if isinstance(level, int) else level
        fits &= events["score"].between(lowest, highest).fillna(False).astype(bool)
    if counted is not None:
        fits &= events["score"].notna() == counted
    if from_:
        fits &= events["date"] >= pd.Timestamp(from_)
    if to:
        fits &= events["date"] <= pd.Timestamp(to)
    return _with_source_sought(tracker, events[fits], q)


def _with_source_sought(tracker: Tracker, found: pd.DataFrame, q: str) -> pd.DataFrame:
    sources = tracker.data.event_sources
    sources = sources[sources["event_id"].isin(found.index)] if q else sources[:0]
    publishers = sources["publisher"].map(fold).astype(object)
    hits = sum(
        (publishers.str.contains(part, regex=False) for part in sought(q)), 0 * sources.index
    )
    sources = (
        sources[hits > 0].assign(hits=hits).sort_values("hits", ascending=False, kind="stable")
    )
    if sources.empty:
        return found
    best = sources.drop_duplicates("event_id").set_index("event_id")
    named = {"source": "publisher", "source_url": "url"}
    return found.assign(
        **{to: best[of].reindex(found.index).fillna(found[to]) for to, of in named.items()}
    )


def counts_by_year(
    tracker: Tracker, found: pd.DataFrame, first: date | None = None, last: date | None = None
) -> pd.DataFrame:
    """Return how many of some events each year has by level: `year`, `none` (without a score), then
    a column a level ("-3" to "3"); every year from the first day to the last, which are those of
    the data if left out.
    """
    scale = tracker.codebook.scale
    level = found["score"].astype(object).map("{:d}".format, na_action="ignore").fillna("none")
    counts = pd.crosstab(found["date"].dt.year, level)
    first, last = first or tracker.codebook.first_date, last or tracker.data.opening_day
    columns = ["none", *map(str, scale.levels)]
    years = pd.RangeIndex(first.year, last.year + 1, name="year")
    counts = counts.reindex(index=years, columns=columns, fill_value=0)
    return counts.rename_axis(columns=None).reset_index()


def headline(tracker: Tracker, found: pd.DataFrame, filters: str = "") -> str:
    """Say how many events there are and in which two years most of them fell; `filters`: in words,
    what is looked for, then how many there are of it.
    """
    count = words.plural(len(found), "event")
    if filters:
        return f"{count}: {filters}" if len(found) else f"No events: {filters}"
    years = found["date"].dt.year
    text = f"{count} since {tracker.codebook.first_date.year}"
    pairs = {year: int(years.isin([year, year + 1]).sum()) for year in years.unique()}
    first = max(sorted(pairs), key=pairs.__getitem__, default=0)
    percent = round(100 * pairs[first] / len(found)) if pairs else 0
    if len(pairs) < 4 or not 25 <= percent <= 95:
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
    alike = events[(events["actor"] == event["actor"]) & (events["domain"] == event["domain"])]
    place = list(alike.index).index(event_id)
    went = changes.event_directions(tracker).reindex([event_id]).iloc[0]
    codings, acts = tracker.data.codings, tracker.data.acts
    return {
        "event": event,
        "sources": sources_of(tracker, "event_id", event_id),
        "codings": codings[codings["event_id"] == event_id].drop(columns="event_id"),
        "acts": acts[acts["event_id"] == event_id],
        "before": went["level_before"],
        "after": went["level_after"],
        "around": alike.iloc[[p for p in (place - 1, place + 1) if 0 <= p < len(alike)]],
    }
