"""The members of a group through the years: the level of each at the end of every year."""

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from stances import words
from stances.answers.acts import is_of_cases, whose
from stances.answers.introduction import known_until
from stances.answers.levels import LevelChange, level_changes
from stances.answers.members import counted_rows, counted_text, member_noun, member_table
from stances.answers.practice import USED
from stances.answers.standing import OLD_EVIDENCE, low_labels
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import NO_POSITION, OVERALL, Codebook
from stances.dataset.days import day_number
from stances.model.stance import ACTS


class YearCell(NamedTuple):
    """The level of an actor on a day: None, no position; `old`: it rests on old statements; `used`:
    by then a rule had been used against the subject, or a case was open; `aged`: it is another than
    in the column before, and nothing was done, said or ended in between.
    """

    day: date
    level: int | None
    old: bool
    used: bool
    aged: bool


class YearRow(NamedTuple):
    """A member, and where it stood on each day, the first of them first."""

    actor: str
    name: str
    short_name: str
    cells: tuple[YearCell, ...]


@dataclass(frozen=True)
class GroupYears:
    """The members of a group (ALL_ACTORS: every actor) on its last day, the strictest first, at the
    end of each year before and on that day. `domain`: in which they stand so; `sentence`:
    which of them alone are there, empty where all are.
    """

    group: str
    domain: str
    days: tuple[date, ...]
    rows: tuple[YearRow, ...]
    sentence: str = ""

    @property
    def day(self) -> date:
        """The day of the last column."""
        return self.days[-1]


@memoize
def first_year(tracker: Tracker) -> int:
    """Return the year from which on a group is shown unless another is chosen: that in which a
    period of the data begins, else that of the first event.
    """
    starts = [period.start for period in tracker.data.about.periods if not period.months]
    events = tracker.data.events["date"]
    first = min(starts, default=None) or (events.min() if len(events) else tracker.data.today)
    return max(first.year, tracker.codebook.first_date.year)


@memoize
def group_years(tracker: Tracker, group: str, day: date, domain: str, since: int) -> GroupYears:
    """Return a group's members from a year on; over all domains in the leading one, like rules."""
    bound_in = tracker.lead.domain if domain == OVERALL else domain
    days = (*(date(year, 12, 31) for year in range(since, day.year)), day)
    changes = level_changes(tracker, bound_in)
    rows = [
        YearRow(
            actor,
            tracker.names[actor],
            tracker.short_names[actor],
            year_cells(changes[actor], days, _days_of_actions(tracker, bound_in)[actor]),
        )
        for actor in tracker.belonging(group, day)
    ]
    return GroupYears(group, bound_in, days, tuple(sorted(rows, key=_strictness)))


def counted_years(tracker: Tracker, years: GroupYears, practice: str) -> GroupYears:
    """Return the years of the members that a figure of `members.PRACTICES` counts at the end."""
    table = member_table(tracker, years.group, years.day, years.domain)
    who = {row.actor for row in counted_rows(table.rows, practice)}
    rows = tuple(row for row in years.rows if row.actor in who)
    return replace(years, rows=rows, sentence=counted_text(tracker.codebook, table, practice))


@memoize
def _days_of_actions(tracker: Tracker, domain: str) -> Mapping[str, Sequence[int]]:
    """Return the numbers of the days on which each actor did, said or ended what counts."""
    events, width = tracker.model.lifetimes, len(tracker.model.domains)
    of_domain = events.cell % width == tracker.model.domains.index(domain)
    days: dict[str, list[int]] = {actor: [] for actor in tracker.model.actors}
    for of, begin, end in zip(
        *(column[of_domain] for column in (events.cell, events.day, events.force_end)), strict=True
    ):
        days[tracker.model.actors[of // width]] += [int(begin), int(end)]
    return {actor: sorted(own_days) for actor, own_days in days.items()}


def year_cells(
    changes: Sequence[LevelChange], days: Sequence[date], action_days: Sequence[int]
) -> tuple[YearCell, ...]:
    """Return an actor's cells on some days. `action_days`: of its actions, rising numbers."""
    cells: list[YearCell] = []
    for day in days:
        change = changes[bisect_right(changes, day, key=lambda change: change.day) - 1]
        aged, before = False, cells[-1] if cells else None
        if before and before.level != change.level and None not in (before.level, change.level):
            then, now = (
                bisect_right(action_days, day_number(moment)) for moment in (before.day, day)
            )
            aged = then == now
        cells.append(YearCell(day, change.level, change.old, change.outline == USED, aged))
    return tuple(cells)


def _strictness(row: YearRow) -> tuple[list[float], str]:
    """Return what sorts the strictest first; of equals, those who were so a year before."""
    levels = [math.inf if cell.level is None else float(cell.level) for cell in row.cells]
    return levels[::-1], row.short_name


# -- in words -----------------------------------------------------------------------------------


def years_headline(tracker: Tracker, years: GroupYears) -> str:
    """Say how many of the members stood at a level that restricts at the end of the first year, and
    how many do on the last day; of how many a position was known, where not of all.
    """
    if not years.rows:
        return years.sentence or f"{years.group} has no members on {words.day(years.day)}."
    scale = tracker.codebook.scale
    counts = [
        sum(cell.level is not None and cell.level <= scale.restricting for cell in cells)
        for cells in ([row.cells[place] for row in years.rows] for place in (0, -1))
    ]
    at = low_labels(tracker.codebook)
    where = words.about_domain(tracker.codebook, years.domain)
    who = whose(tracker.data.about, len(years.rows), years.group)
    if years.sentence:
        who = f"the {who} shown"
    text = f"{words.some(counts[0], start=True)} of {who} stood at {at} {where}"
    text = f"{text} {column_words(years.days[0])}{_had(years, 0, 'a position')}"
    if len(years.days) > 1:
        text = f"{text}, {words.some(counts[1])} {column_words(years.day)}{_had(years, -1, 'one')}"
    return known_until(tracker.data, years.day, f"{text}.")


def _had(years: GroupYears, place: int, what: str) -> str:
    """Say how many had a position in a column, in brackets; nothing where all had."""
    count = sum(row.cells[place].level is not None for row in years.rows)
    return "" if count == len(years.rows) else f" ({words.some(count)} had {what})"


def years_subtitle(tracker: Tracker, years: GroupYears) -> str:
    """Return what rows and cells are."""
    who = member_noun(tracker, years.group)
    text = (
        f"{who} on {words.day(years.day)}, the strictest first, with the "
        "level at the end of each year. An empty cell: no position."
    )
    return f"{years.sentence} {text}".lstrip()


def mark_words(codebook: Codebook, domain: str) -> str:
    """Return what the mark in a cell means."""
    if is_of_cases(codebook, domain):
        return "a case was open"
    scale = codebook.scale
    level = scale.labels[scale.restricting]
    at = f"{level} or stricter" if scale.min < scale.restricting else level
    return f"a rule in force at {at} had been used against {codebook.subject}"


def mark_key(tracker: Tracker, domain: str) -> str:
    """Return what the mark means in a legend, and what a level without it may rest on."""
    text = mark_words(tracker.codebook, domain)
    if is_of_cases(tracker.codebook, domain):
        return text
    or_words = "" if tracker.model.basis == ACTS else ", or statements"
    return f"{text}; without it: a milder rule, one not known to have been used{or_words}"


def column_words(day: date) -> str:
    """Say of which day a column is: at the end of 2018, or on the day itself."""
    return f"at the end of {day.year}" if _ends_year(day) else words.on_day(day)


def column_name(day: date) -> str:
    """Return the heading of a column: a year that is over, or the day itself."""
    return str(day.year) if _ends_year(day) else words.short_day(day)


def _ends_year(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def cell_words(codebook: Codebook, domain: str, cell: YearCell) -> str:
    """Return what a cell says, in words."""
    if cell.level is None:
        return NO_POSITION
    old = OLD_EVIDENCE if cell.old else ""
    used = mark_words(codebook, domain) if cell.used else ""
    aged = AGED_WORDS if cell.aged else ""
    return "; ".join(filter(None, (codebook.scale.labels[cell.level], old, used, aged)))


def spoken_cell(codebook: Codebook, domain: str, cell: YearCell) -> str:
    """Return a cell for those who hear it: its level, whether a rule was used, its year."""
    level = NO_POSITION if cell.level is None else codebook.scale.labels[cell.level]
    used = ("case open" if is_of_cases(codebook, domain) else "rule used") if cell.used else ""
    old = OLD_EVIDENCE if cell.old else ""
    aged = AGED_WORDS if cell.aged else ""
    return ", ".join(filter(None, (level, old, used, aged, column_name(cell.day))))


# Stands behind the sign of a level where a rule had been used, and where ageing alone changed it.
MARK, AGED = "\N{BULLET}", "*"
AGED_WORDS = "changed by ageing alone"


def cell_sign(cell: YearCell) -> str:
    """Return the sign of the level in a cell with its mark; empty: no position."""
    if cell.level is None:
        return ""
    return f"{words.figure(cell.level, 0)}{MARK * cell.used}{AGED * cell.aged}"


def years_alt(tracker: Tracker, years: GroupYears) -> str:
    """Tell the chart in words: what it finds, each one's first level and all that followed."""
    rows = "; ".join(f"{row.short_name}: {_course(tracker.codebook, row)}" for row in years.rows)
    return f"{years_headline(tracker, years)} {rows}." if rows else years_headline(tracker, years)


def _course(codebook: Codebook, row: YearRow) -> str:
    """Say where a member stood and from which end of a year on: Neutral 2018, Restrict 2020."""
    course: list[str] = []
    last: int | str | None = ""
    for cell in row.cells:
        if cell.level != last:
            label = NO_POSITION if cell.level is None else codebook.scale.labels[cell.level]
            course.append(f"{label} {column_name(cell.day)}")
        last = cell.level
    return ", ".join(course)
