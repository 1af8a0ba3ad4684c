"""What the dashboard leads with: how many members of a group are bound by acts, and how far."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from stances import words
from stances.answers.acts import acts_on, whose_members
from stances.answers.binding import Binding, bindings, is_act
from stances.answers.standing import map_headline, map_subtitle, standings
from stances.answers.tracker import Tracker, remembered
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.schema import REMOVAL
from stances.model.lifetimes import Floats
from stances.model.register import IN_FORCE


class BoundMembers(NamedTuple):
    """How many members of a group there are on a day, and how many of them have, in a domain, an
    act in force that restricts, one that excludes, and one that sets a date of removal.
    """

    members: int
    restricting: int
    excluding: int
    dated: int


@remembered
def bound_members(tracker: Tracker, day: date, group: str, domain: str) -> BoundMembers:
    """Count the members of a group that acts bind in a domain on a day."""
    scale, places = tracker.codebook.scale, tracker.member_places(group, day)
    levels = _levels_held(tracker, day, domain)[places]
    return BoundMembers(
        len(places),
        int(np.sum(levels <= scale.restricting)),
        int(np.sum(levels <= scale.min)),
        len(with_removal(tracker, day, domain).intersection(tracker.members(group, day))),
    )


def _levels_held(tracker: Tracker, day: date, domain: str) -> Floats:
    """The level that binds each actor in a domain on a day, NaN where none does. Of one whose act
    shown is yet to come it is that of an older act that binds, if there is one.
    """
    width, place = len(tracker.codebook.columns), tracker.column(domain)
    shown = {name: values[place::width] for name, values in tracker.shown_acts(day).items()}
    levels = np.where(shown["pending"], np.nan, shown["act_level"])
    to_come = np.flatnonzero(shown["pending"])
    # Asked only where there is one: this costs more than all the rest.
    found = bindings(tracker, day, domain) if len(to_come) else {}
    for actor in to_come:
        lines = found.get(tracker.model.actors[actor], [])
        levels[actor] = next((line.level for line in lines if _is_scored(tracker, line)), np.nan)
    return levels


def _is_scored(tracker: Tracker, line: Binding) -> bool:
    """Whether what is in force rests on an event that is scored as an act."""
    in_force = line.status == IN_FORCE
    return in_force and bool(line.event_id) and is_act(tracker, line.event_id)


def with_removal(tracker: Tracker, day: date, domain: str) -> frozenset[str]:
    """The actors with an act in force in a domain that sets a date by which what is there must be
    out.
    """
    acts = acts_on(tracker.data, day)
    sets = (acts["status"] == IN_FORCE) & (acts["deadline_kind"] == REMOVAL)
    return frozenset(acts.loc[sets & (acts["domain"] == domain), "actor"])


# -- in words -----------------------------------------------------------------------------------


def map_lead(tracker: Tracker, day: date, domain: str) -> tuple[str, str]:
    """What leads the first page, and what stands under it: what acts bind, where the data names a
    group that leads, and who stands where.
    """
    levels = [row.level for row in standings(tracker, day, domain)]
    found = map_headline(tracker.codebook, levels, domain, day)
    shown = map_subtitle(tracker.codebook, levels, domain, day)
    if tracker.data.about.lead is None:
        return found, shown
    return lead_sentence(tracker, day, domain), f"{found.rstrip('.')}. {shown}"


def lead_sentence(tracker: Tracker, day: date, domain: str) -> str:
    """How many members of the group that leads have an act in force that restricts, exclude, and
    set a date: in the domain looked at, or else the one that leads.
    """
    group = tracker.lead.group
    where = tracker.lead.domain if domain == OVERALL else domain
    found = bound_members(tracker, day, group, where)
    return bound_sentence(tracker.codebook, where, whose_members(found.members, group), found)


def told_to_exclude(codebook: Codebook, found: BoundMembers) -> int:
    """How many exclude, where that says more than that they restrict: none on a scale that has no
    level below the one from which labels restrict.
    """
    return found.excluding if codebook.scale.min < codebook.scale.restricting else 0


def bound_sentence(codebook: Codebook, domain: str, who: str, found: BoundMembers) -> str:
    """How many of `who` (27 EU members) acts bind in a domain, and how far."""
    if not found.members:
        return f"{who[:1].upper()}{who[1:]} on this day"
    held, excluding = words.holds(codebook, domain), told_to_exclude(codebook, found)
    told = (
        f"{words.some(found.restricting, start=True)} of {who} "
        f"{words.of_them_have(found.restricting)} an {held} that restricts {codebook.subject} "
        f"{words.about_domain(codebook, domain)}"
    )
    further = [
        (excluding, "excludes it" if excluding == 1 else "exclude it"),
        (found.dated, f"{'sets' if found.dated == 1 else 'set'} a date by which it must be out"),
    ]
    parts = [f"{words.number(count)} {what}" for count, what in further if count]
    return f"{told}; {words.listed(parts)}" if parts else told
