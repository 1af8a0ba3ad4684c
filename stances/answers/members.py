"""The members of a group on a day: what binds in one domain, where each stands, what it did."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from stances import words
from stances.answers.acts import whose_members
from stances.answers.binding import Binding, bindings, due_words, holding, is_act
from stances.answers.deeds import done_by
from stances.answers.events import folded
from stances.answers.happened import Move, moves_of
from stances.answers.lead import BoundMembers, bound_sentence
from stances.answers.standing import Standing, standings
from stances.answers.tracker import Tracker, remembered
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.days import last_day
from stances.dataset.schema import ALL_ACTORS, REMOVAL
from stances.dataset.tables import Dataset
from stances.model import groups
from stances.model.changes import GAINED, LOST
from stances.model.register import IN_FORCE
from stances.model.stance import ACTS
from stances.words import Dated

_ONE_DAY, _TWO_YEARS = timedelta(days=1), timedelta(days=730)


def members_on(data: Dataset, group: str, day: date) -> pd.DataFrame:
    """The members of a group on a day, in order of their names: actor, name and joined, the first
    day of the membership. Raises BadInput for a group that is not in the table.
    """
    belong = groups.members(data.memberships, group, day)
    terms = data.memberships[data.memberships["group"] == group]
    begun = terms[terms["actor"].isin(belong) & (terms["joined"] <= pd.Timestamp(day))]
    # Who left and came back has the day on which this membership began.
    joined = begun.groupby("actor", as_index=False)["joined"].max()
    found: pd.DataFrame = joined.merge(data.actors[["actor", "name"]], on="actor")
    return found.reindex(columns=["actor", "name", "joined"]).sort_values("name", ignore_index=True)


class NextDeadline(NamedTuple):
    """A deadline of an act in force; `kind`: a code of the register, `act_name`: whose it is."""

    ends: Dated
    kind: str
    act_id: str
    act_name: str
    passed: bool


class ActShown(NamedTuple):
    """What binds a member in a domain: the act shown, else the first of those in force. `act_id`:
    its line in the register, empty where it has none; `event_id`: the event that brought it, empty
    where none is recorded. `level`: the score in force, NaN where the act is not scored as one;
    `since`: from when on that level holds unbroken, else from when on the act does; `adopted`: the
    day of the act itself, None where it is the same or the act has no level.
    """

    act_id: str
    event_id: str
    name: str
    level: float
    since: Dated | None
    adopted: Dated | None = None

    @property
    def came_later(self) -> bool:
        """Whether the level held before there was this act."""
        return bool(self.since and self.adopted and self.since.day < self.adopted.day)


class Member(NamedTuple):
    """A row. `binding` and `deadline`: None where there is none; `standings`: overall, then by
    domain; `acts` and `statements`: of the last twelve months, the latter None where words are left
    out; `move`: what they made of the stance; `last`: where it stands in the domain of the table,
    with its last event; `events`: acts and statements of the last two years.
    """

    actor: str
    name: str
    short_name: str
    binding: ActShown | None
    deadline: NextDeadline | None
    standings: tuple[Standing, ...]
    last: Standing
    acts: int
    statements: int | None
    move: Move
    events: int


class Totals(NamedTuple):
    """How many members there are; how many restrict by an act in force, exclude among them, or have
    a milder act; rest on words alone; have neither an act nor a position in the domain. `unscored`:
    have an act in force that is not scored as one; `pending`: have an act that is not yet in force.
    Those add up to `members`, `excluding` apart. `removing`: have an act that sets a date for what
    is there to be gone, `passed`: and it has passed.
    """

    members: int
    restricting: int
    excluding: int
    milder: int
    words_alone: int
    without: int
    removing: int
    passed: int
    unscored: int
    pending: int


@dataclass(frozen=True)
class MemberTable:
    """The members of a group (ALL_ACTORS: every actor) on a day, in order of the names shown.
    `domain`: what deeds and last events are about, maybe overall; `bound_in`: in what acts bind.
    """

    group: str
    day: date
    domain: str
    bound_in: str
    rows: tuple[Member, ...]
    totals: Totals


@remembered
def member_table(tracker: Tracker, group: str, day: date, domain: str) -> MemberTable:
    """The table of a group. Over all domains, what binds is that of the lead domain."""
    bound_in = tracker.lead.domain if domain == OVERALL else domain
    rows = _rows(tracker, tuple(tracker.belonging(group, day)), day, domain, bound_in)
    totals = _totals(tracker.codebook, tracker.column(bound_in), rows)
    return MemberTable(group, day, domain, bound_in, rows, totals)


def _rows(
    tracker: Tracker, actors: tuple[str, ...], day: date, domain: str, bound_in: str
) -> tuple[Member, ...]:
    """The rows of actors, in order of the names shown."""
    columns = [standings(tracker, day, code) for code in tracker.codebook.columns]
    bound = bindings(tracker, day, bound_in)
    then = tracker.year_before(day)
    moved = {move.actor: move for move in moves_of(tracker, actors, then, day, domain)}
    year = done_by(tracker, then, day, domain)
    two_years = done_by(tracker, day - _TWO_YEARS, day, domain)
    acts_only, found = tracker.model.basis == ACTS, []
    for standing in zip(*columns, strict=True):
        first = standing[0]
        if first.actor not in moved:
            continue
        own = [line for line in bound[first.actor] if line.status == IN_FORCE]
        binding = _binding(tracker, standing[tracker.column(bound_in)], own)
        found.append(
            Member(
                actor=first.actor,
                name=first.name,
                short_name=first.short_name,
                binding=binding,
                deadline=_deadline(own, binding),
                standings=standing,
                last=standing[tracker.column(domain)],
                acts=year[first.actor, True],
                statements=None if acts_only else year[first.actor, False],
                move=moved[first.actor],
                events=two_years[first.actor, True] + two_years[first.actor, False],
            )
        )
    return tuple(sorted(found, key=lambda row: folded(row.short_name)))


def _binding(tracker: Tracker, row: Standing, own: Sequence[Binding]) -> ActShown | None:
    """The first of what is in force. `row`: where its actor stands in the domain of it."""
    if not own:
        return None
    act = own[0]
    scored = act.event_id and is_act(tracker, act.event_id)
    level = act.level if scored else math.nan
    since = row.level_since if act.shown else act.since
    adopted = _adopted(tracker, act) if scored else None
    own_day = adopted if adopted != since else None
    return ActShown(act.act_id, act.event_id, act.name, level, since, own_day)


def _adopted(tracker: Tracker, act: Binding) -> Dated | None:
    """The day of an act by the register; None: it is not known, or the act has no line there."""
    line = tracker.acts.get(act.act_id)
    return words.dated(line.adopted) if line and line.adopted else None


def _deadline(own: Sequence[Binding], binding: ActShown | None) -> NextDeadline | None:
    """The date by which what is there must be gone: that of the act shown, else the next of all,
    else the last that passed. Where there is none such, another deadline of the act shown.
    """
    shown = binding.act_id if binding else ""
    set_by = [act for act in own if act.deadline_kind == REMOVAL]
    set_by = set_by or [act for act in own if act.act_id == shown]
    found = [
        NextDeadline(act.deadline, act.deadline_kind, act.act_id, act.name, act.deadline_passed)
        for act in set_by
        if act.deadline
    ]
    return min(found, key=lambda each: (each.act_id != shown, *_next_first(each)), default=None)


def _next_first(deadline: NextDeadline) -> tuple[bool, int]:
    """What is still to come, the next first, before what has passed, the last first."""
    end = last_day(words.iso_day(deadline.ends)).toordinal()
    return deadline.passed, -end if deadline.passed else end


def _totals(codebook: Codebook, column: int, rows: Sequence[Member]) -> Totals:
    """`column`: the place of the domain in which acts bind."""
    scale, levels = codebook.scale, [row.binding.level for row in rows if row.binding]
    scored = [level for level in levels if not math.isnan(level)]
    restricting = sum(level <= scale.restricting for level in scored)
    unbound = [row.standings[column] for row in rows if not row.binding]
    pending = sum(row.pending for row in unbound)
    without = sum(math.isnan(row.stance) and not row.pending for row in unbound)
    removals = [row.deadline for row in rows if row.deadline and row.deadline.kind == REMOVAL]
    return Totals(
        members=len(rows),
        restricting=restricting,
        excluding=sum(level == scale.min for level in scored),
        milder=len(scored) - restricting,
        words_alone=len(unbound) - pending - without,
        without=without,
        removing=len(removals),
        passed=sum(each.passed for each in removals),
        unscored=len(levels) - len(scored),
        pending=pending,
    )


# -- in an order --------------------------------------------------------------------------------


def orders(codebook: Codebook) -> dict[str, str]:
    """The orders of the table by their names in an address, as they are offered; each domain has
    its own.
    """
    of_domains = {
        code: f"{domain.label}, most restrictive first" for code, domain in codebook.domains.items()
    }
    return {
        "name": "Name",
        "act": "What binds, strictest first",
        "deadline": "Deadline, next first",
        "stance": "Overall stance, most restrictive first",
        **of_domains,
        "last": "Last act or statement, newest first",
        "done": "Twelve months, most done first",
        "events": "Two years, most events first",
    }


def in_order(codebook: Codebook, rows: Iterable[Member], order: str) -> list[Member]:
    """Rows in one of the orders; equals stay in order of their names."""
    if order in codebook.domains:
        place = codebook.columns.index(order)
        return sorted(rows, key=lambda row: _low_first(row.standings[place].stance))
    keys: dict[str, Callable[[Member], Any]] = {
        "act": _by_level,
        "deadline": _by_deadline,
        "stance": lambda row: _low_first(row.standings[0].stance),
        "last": lambda row: -_number(row.last.last_event_date),
        "done": lambda row: (-row.acts - (row.statements or 0), -_size(row.move.done)),
        "events": lambda row: -row.events,
    }
    return sorted(rows, key=keys[order]) if order in keys else list(rows)


def _by_level(row: Member) -> tuple[bool, float]:
    """What binds without a level comes after what has one, and before nothing."""
    return row.binding is None, _low_first(row.binding.level if row.binding else math.nan)


def _low_first(value: float) -> float:
    return math.inf if math.isnan(value) else value


def _size(value: float) -> float:
    return 0.0 if math.isnan(value) else abs(value)


def _number(moment: Dated | None) -> int:
    return moment.day.toordinal() if moment else 0


def _by_deadline(row: Member) -> tuple[int, int]:
    """What is still to come before what has passed, and both before no deadline."""
    return _next_first(row.deadline) if row.deadline else (2, 0)


# -- in words -----------------------------------------------------------------------------------


FADING_TOLD = (
    "Duller, and marked so: fading, with a certainty under one half. The figures behind the labels "
    "stand in the CSV."
)


def members_headline(codebook: Codebook, table: MemberTable) -> str:
    """How many restrict by an act in force, how far they go, and how many set a date."""
    totals = table.totals
    if not totals.members:
        return f"{table.group} has no members on {words.day(table.day)}"
    found = BoundMembers(totals.members, totals.restricting, totals.excluding, totals.removing)
    who = whose_members(totals.members, table.group)
    return bound_sentence(codebook, table.bound_in, who, found)


def members_sentence(codebook: Codebook, table: MemberTable) -> str:
    """The same as a sentence that says of which day it is, to be quoted."""
    return f"{members_headline(codebook, table)} (as of {words.day(table.day)})."


def members_subtitle(codebook: Codebook, table: MemberTable) -> str:
    """What the table shows, and as of when."""
    bound, deeds = (
        words.about_domain(codebook, domain) for domain in (table.bound_in, table.domain)
    )
    return (
        f"{_who(table)} on {words.day(table.day)}. What binds, and its deadline: {bound}. Last act "
        f"or statement, what was done in 12 months, and events in two years: {deeds}."
    )


def binding_subtitle(codebook: Codebook, table: MemberTable) -> str:
    """The same of what binds alone."""
    where = words.about_domain(codebook, table.bound_in)
    return f"{_who(table)} on {words.day(table.day)}: what binds each {where}, and since when."


def _who(table: MemberTable) -> str:
    return "Actors" if table.group == ALL_ACTORS else f"{table.group} members"


def binds_line(codebook: Codebook, table: MemberTable, row: Member) -> str:
    """What binds a member, and since when: Restrict since 22 Jun 2023, by the name of the act, or
    now by it where the level is older. Of one whom nothing binds where it stands.
    """
    act, standing = row.binding, row.standings[codebook.columns.index(table.bound_in)]
    if act is None:
        none = words.none_holds(codebook, table.bound_in)
        held = "An act is not yet in force" if standing.pending else f"{none[0].upper()}{none[1:]}"
        known = not math.isnan(standing.stance)
        return f"{held}; {words.labelled(codebook, standing.stance) if known else 'no position'}"
    since = f" since {words.short_day(act.since)}" if act.since else ""
    if math.isnan(act.level):
        return f"{holding(codebook, table.bound_in)}{since}, not scored as an act: {act.name}"
    now = ", now" if act.came_later else ""
    return f"{codebook.scale.labels[int(act.level)]}{since}{now}: {act.name}"


def totals_told(codebook: Codebook, table: MemberTable) -> list[tuple[int, str]]:
    """The small figures above the table, each with what it counts."""
    totals, held = table.totals, words.holds(codebook, table.bound_in)
    passed = f" ({totals.passed} passed)" if totals.passed else ""
    return [
        (totals.restricting, f"restrict by an {held}"),
        (totals.excluding, f"of these: {codebook.scale.labels[codebook.scale.min]}"),
        (totals.removing, f"set a removal date{passed}"),
        (totals.milder, f"with another {held}"),
        (totals.unscored, "with one not scored as an act"),
        *([(totals.pending, "with an act not yet in force")] if totals.pending else []),
        (totals.words_alone, "on words alone"),
        (totals.without, "without act or position"),
    ]


def deadline_note(codebook: Codebook, row: Member) -> str:
    """What falls due at the deadline of a row, and whose it is where that is not the act shown."""
    if row.deadline is None:
        return ""
    told = due_words(codebook, row.deadline.kind, row.deadline.passed)
    return f"{told}; by: {row.deadline.act_name}" if due_elsewhere(row) else told


def due_elsewhere(row: Member) -> bool:
    """Whether the deadline of a row is of another act than the one shown."""
    if row.deadline is None:
        return False
    return not row.binding or row.binding.act_id != row.deadline.act_id


def done_line(codebook: Codebook, row: Member) -> str:
    """What was done in twelve months, and what that made of the stance: 2 acts, 1 statement;
    Caution to Restrict.
    """
    counts = [(row.acts, "act"), (row.statements, "statement")]
    told = [f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count]
    effect = _effect(codebook, row.move)
    if told:
        return "; ".join(filter(None, [", ".join(told), effect]))
    nothing = "No act" if row.statements is None else "No act or statement"
    # Without an event of its own only the end of an act is a deed.
    ended = ": ".join(filter(None, ["an act ended", effect]))
    return f"{nothing}; {ended}" if row.move.happened else nothing


def _effect(codebook: Codebook, move: Move) -> str:
    """What deeds made of a stance, in labels: as before where it has the same as then, else where
    time alone would have left it, and where it is. Empty where deeds changed no label.
    """
    if move.position == LOST:
        return "position lost"
    if move.position == GAINED:
        return f"new position: {words.label(codebook, move.now)}"
    if not move.known:
        return ""
    then, alone, now = (words.label(codebook, at) for at in (move.then, move.alone, move.now))
    if then == now:
        return f"{now} as before"
    return "" if alone == now else f"{alone} to {now}"
