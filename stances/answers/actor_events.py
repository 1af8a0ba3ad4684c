"""The events of one actor up to a day, and what leads its page."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from stances import words
from stances.answers.binding import Binding
from stances.answers.history import hovers
from stances.answers.introduction import data_to
from stances.answers.mismatch import mismatch
from stances.answers.reasons import (
    actor_headline,
    actor_subtitle,
    domains_of,
    nothing_newer,
    why_none,
)
from stances.answers.standing import figures_of, group_headline, group_line, standings
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import OVERALL
from stances.model.register import IN_FORCE
from stances.words import Dated

_TEXTS = ("event_id", "domain", "date_precision", "instrument", "title")
_COLUMNS = (*_TEXTS, "date", "score")


@memoize
def events_of(tracker: Tracker, actor: str) -> pd.DataFrame:
    """All events of an actor, newest first: event_id, key (the domain), date, date_precision,
    instrument, title, score (missing: context), binding and hover.
    """
    places = np.flatnonzero(tracker.event_columns["actor"] == actor)
    places = places[np.argsort(tracker.event_ranks["newest"][places])]
    events = tracker.data.events[list(_COLUMNS)].iloc[places]
    # Plain objects, of which pages take one after the other.
    events = events.astype({"score": "float64", **dict.fromkeys(_TEXTS, "object")})
    hover = events["event_id"].map(hovers(tracker)).astype("object")
    events = events.assign(binding=tracker.event_binds[places], hover=hover)
    return events.rename(columns={"domain": "key"}).reset_index(drop=True)


def scored_events(tracker: Tracker, actor: str, domain: str) -> pd.DataFrame:
    """Return the events of an actor that carry a score, in a domain or in all, newest first."""
    events = events_of(tracker, actor)
    return events[events["score"].notna() & ((events["key"] == domain) | (domain == OVERALL))]


class ActorEvents(NamedTuple):
    """Events of an actor. `rows`: of `events_of`, newest first; `elsewhere`: how many there are in
    other domains; `last`: the day of the last of them; `later`: the days of those after the day,
    the first first.
    """

    rows: pd.DataFrame
    elsewhere: int
    last: Dated | None
    later: list[Dated]


def events_of_actor(tracker: Tracker, actor: str, day: date, domain: str) -> ActorEvents:
    """Return the events of an actor up to a day, in a domain or in all."""
    every = events_of(tracker, actor)
    of_domain = every if domain == OVERALL else every[every["key"] == domain]
    later = int((of_domain["date"] > pd.Timestamp(day)).sum())
    rows = of_domain.iloc[later:]
    elsewhere = int((every["date"] <= pd.Timestamp(day)).sum()) - len(rows)
    days = [tracker.dates[event] for event in of_domain["event_id"]]
    return ActorEvents(rows, elsewhere, days[later] if len(rows) else None, days[:later][::-1])


def label_sentence(
    tracker: Tracker,
    actor: str,
    day: date,
    domain: str,
    mine: Mapping[str, Any],
    lines: Sequence[Binding],
) -> str:
    """Say the label of an actor, and how much binds it. `mine`, `lines`: see `actor_summary`."""
    standing = {code: mine[code] for code in domains_of(tracker, domain)}
    in_force = [line for line in lines if line.status == IN_FORCE]
    # Where the level is already that of an act to come, one that counts may be in force before it.
    counted = {line.domain for line in in_force if mismatch(tracker, actor, line, day) is None}
    acts = [code for code, row in standing.items() if row.act_in_force or code in counted]
    # What stands in the register alone sets no level, and is told apart.
    rules = dict.fromkeys(line.domain for line in in_force)
    uncounted = [code for code in rules if code not in acts]
    name, stance = tracker.names[actor], mine[domain].stance
    return f"{actor_headline(tracker.codebook, name, domain, stance, acts, uncounted)}."


def actor_summary(
    tracker: Tracker,
    actor: str,
    day: date,
    domain: str,
    mine: Mapping[str, Any],
    lines: Sequence[Binding],
) -> str:
    """Return the label of an actor and what binds it, what is shown, and how new it is, in
    a line.

    `mine`: see `standing_of`; `lines`: see `binding`.
    """
    codebook, row = tracker.codebook, mine[domain]
    events = events_of_actor(tracker, actor, day, domain)
    text = [actor_subtitle(codebook, domain, day)]
    if np.isnan(row.stance) and (domain == OVERALL or not row.events):
        text.append(why_none(tracker, actor, domain, day))
    where = "" if domain == OVERALL else f" {words.about_domain(codebook, domain)}"
    text.append(nothing_newer(events.last, events.later, data_to(tracker.data), day, where))
    return " ".join([label_sentence(tracker, actor, day, domain, mine, lines), *text])


def group_texts(tracker: Tracker, group: str, day: date, domain: str) -> tuple[str, str]:
    """Return what a page of a group finds and shows, which has no events of its own."""
    members = set(tracker.members(group, day))
    figures = figures_of(
        tracker.codebook, [row for row in standings(tracker, day, domain) if row.actor in members]
    )
    mean = words.label(tracker.codebook, figures.mean)
    where = words.about_domain(tracker.codebook, domain)
    stand = group_line(tracker.codebook, figures, spread=False)
    text = f"Mean of its members {where}, {words.day(day)}: {mean}. {stand}."
    return group_headline(group), text


def no_events(tracker: Tracker, actor: str, day: date, domain: str) -> str:
    """Return that there is nothing of an actor to draw over time: a group has no events of its own,
    and of an actor none may be scored, or none up to the day.
    """
    name = tracker.names[actor]
    if actor in tracker.groups:
        return f"{name} has no events of its own: its members have"
    where = "" if domain == OVERALL else f" {words.about_domain(tracker.codebook, domain)}"
    kind = "event" if events_of_actor(tracker, actor, day, domain).rows.empty else "scored event"
    return f"{name}: no {kind}{where} up to {words.day(day)}"
