"""What the first page tells of each featured actor or group: what binds it, and what it did."""

from __future__ import annotations

from datetime import date
from math import isnan
from typing import Any, NamedTuple

from stances import words
from stances.answers.acts import own_day
from stances.answers.deeds import (
    acting,
    deeds_between,
    done_in_year,
    last_acted,
    latest_deeds,
)
from stances.answers.happened import featured_moves
from stances.answers.lead import bound_members, told_to_exclude
from stances.answers.standing import Standing, figures_of, level_since, standings
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.days import last_day
from stances.model.groups import GroupFigures


class Card(NamedTuple):
    """A card in words: label and figure of a stance (NaN: no position), whether it is fading, what
    binds, the last deed, and the deeds of twelve months.
    """

    stance: float
    label: str
    figure: str
    fading: bool
    binds: str
    last: str
    year: str


def card_of(tracker: Tracker, code: str, day: date, domain: str) -> Card:
    """The card of a featured actor or group."""
    of = _group_card if code in tracker.groups else _actor_card
    return of(tracker, code, day, domain)


def _actor_card(tracker: Tracker, actor: str, day: date, domain: str) -> Card:
    row = standings(tracker, day, domain)[tracker.model.actors.index(actor)]
    return Card(
        row.stance,
        words.label(tracker.codebook, row.stance),
        "" if isnan(row.stance) else words.beside_label(row.stance),
        row.fading,
        binds(tracker, row, day, domain),
        last_acted(next(iter(latest_deeds(tracker, day, domain, 1, [actor])), None)),
        _year_of(tracker, actor, day, domain),
    )


def _year_of(tracker: Tracker, actor: str, day: date, domain: str) -> str:
    before = tracker.year_before(day)
    count = deeds_between(tracker, before, day, domain, [actor])
    return done_in_year(count, featured_moves(tracker, before, day, domain)[actor].done)


def _group_card(tracker: Tracker, group: str, day: date, domain: str) -> Card:
    codes = tracker.members(group, day)
    members = [row for row in standings(tracker, day, domain) if row.actor in set(codes)]
    figures = figures_of(tracker.codebook, members)
    latest = next(iter(latest_deeds(tracker, day, domain, 1, codes)), None)
    before = tracker.year_before(day)
    acted = acting(tracker, before, day, domain, codes)
    return Card(
        figures.mean,
        words.label(tracker.codebook, figures.mean),
        _mean_told(figures),
        False,
        _group_binds(tracker, group, day, domain),
        last_acted(latest, _names(tracker, latest.actor) if latest else ()),
        f"Act or statement in 12 months: {words.some(acted)} of {len(codes)}",
    )


def _names(tracker: Tracker, actor: str) -> tuple[str, str]:
    return tracker.names[actor], tracker.short_names[actor]


def _mean_told(figures: GroupFigures) -> str:
    if not figures.with_position:
        return f"of {words.plural(figures.members, 'member')}"
    return f"{words.beside_label(figures.mean)} (mean)"


def _group_binds(tracker: Tracker, group: str, day: date, domain: str) -> str:
    """How many members an act binds, in the domain looked at or else the one that leads."""
    where = tracker.lead.domain if domain == OVERALL else domain
    found = bound_members(tracker, day, group, where)
    held = words.holds(tracker.codebook, where)
    told = f"{words.some(found.restricting)} of {found.members} restrict by an {held}"
    excluding = told_to_exclude(tracker.codebook, found)
    further = f", {words.number(excluding)} exclude{'s' if excluding == 1 else ''}"
    return f"{tracker.codebook.domain_label(where)}: {told}{further if excluding else ''}"


def binds(tracker: Tracker, row: Standing, day: date, domain: str) -> str:
    """The level in force, since when, the act shown with its day, and its deadline."""
    if row.level_since is None:
        return words.none_holds(tracker.codebook, domain).capitalize()
    held = level_since(tracker.codebook, row.act_level, row.level_since)
    told = f"{tracker.codebook.domain_label(row.act_domain)}: {held}"
    act = tracker.acts.get(row.act_id)
    if act is None:
        return f"{told}: {row.act_title}{'; not yet in force' if row.pending else ''}"
    adopted = own_day(act, row.level_since)
    return f"{told}: {act.name}{f', {adopted}' if adopted else ''}{deadline_told(act, day)}"


def deadline_told(act: Any, day: date) -> str:
    """The deadline of an act for the end of a sentence; empty where it sets none."""
    if not act.deadline:
        return ""
    passed = " (passed)" if last_day(act.deadline) < day else ""
    return f"; deadline {words.short_day(words.dated(act.deadline))}{passed}"
