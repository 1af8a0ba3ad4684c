"""The stance table of a date as the pages show it: one row per actor, with names and texts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances import escapes, words
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, NOT_COVERED, OVERALL, Codebook
from stances.model.groups import GroupFigures, group_figures
from stances.model.lifetimes import pick
from stances.model.shown import Columns
from stances.words import Dated

# Under this certainty a position is fading.
FADING = 0.5


class Standing(NamedTuple):
    """Where an actor stands on a date, in a domain or overall.

    `stance`, `low`, `high`, `level` are NaN without a current position. The act shown is, on
    overall rows, that of the weightiest domain that has one; its texts are empty where none is.
    `act_level`: the score in force; `level_since`: from when on it holds unbroken; `act_id`: the
    line of the act shown in the register, empty where it has none; `pending`: whether by the
    register it is adopted and not yet in force.
    """

    actor: str
    name: str
    short_name: str
    stance: float
    low: float
    high: float
    level: float
    label: str
    evidence: float
    certainty: float
    covered: bool
    act_event_id: str
    act_domain: str
    act_title: str
    act_level: float
    level_since: Dated | None
    last_event_date: Dated | None
    events: int
    last_event_id: str
    act_id: str
    pending: bool

    @property
    def fading(self) -> bool:
        """Whether the position has lost half of what makes it certain."""
        return not math.isnan(self.stance) and self.certainty < FADING

    @property
    def act_in_force(self) -> bool:
        """Whether an act binds: one that is adopted and not yet in force does not."""
        return bool(self.act_event_id) and not self.pending


def standings(tracker: Tracker, day: date, domain: str) -> tuple[Standing, ...]:
    """Where every actor stands, in the order of the model's actors."""
    return tracker.remember(_standings, day, domain)


def _standings(tracker: Tracker, day: date, domain: str) -> tuple[Standing, ...]:
    columns = tracker.model.position_columns(day)
    width = 1 + len(tracker.model.domains)
    own = {name: values[tracker.column(domain) :: width] for name, values in columns.items()}
    shown = tracker.shown_acts(day)
    act = shown_act_rows(tracker, shown, domain)
    event_id = pick(shown["act_event_id"], act, "")
    level_set_by = pick(columns["in_force_event_id"], act, "")
    rows = zip(
        own["actor"],
        tracker.about["name"],
        tracker.about["short_name"],
        own["stance"].tolist(),
        own["low"].tolist(),
        own["high"].tolist(),
        own["level"].tolist(),
        own["label"],
        own["evidence"].tolist(),
        own["certainty"].tolist(),
        (actor in tracker.covered for actor in own["actor"]),
        event_id,
        pick(columns["domain"], act, ""),
        (tracker.titles.get(i, "") for i in event_id),
        pick(shown["act_level"], act, np.nan).tolist(),
        (tracker.dated.get(i) for i in level_set_by),
        (tracker.dated.get(i) for i in own["last_event_id"]),
        own["events"].tolist(),
        own["last_event_id"],
        pick(shown["act_id"], act, ""),
        pick(shown["pending"], act, False).tolist(),
        strict=True,
    )
    return tuple(Standing(*row) for row in rows)


def shown_act_rows(tracker: Tracker, shown: Columns, domain: str) -> NDArray[np.int64]:
    """The row of the acts shown that stands for each actor in a domain or overall, -1 where no act
    is in force. `shown`: as `Tracker.shown_acts` has it.
    """
    width = 1 + len(tracker.model.domains)
    actors = len(tracker.model.actors)
    in_force = (shown["act_event_id"] != "").reshape(actors, width)
    if domain != OVERALL:
        place = np.full(actors, tracker.column(domain))
    else:
        weights = [0.0, *(d.weight for d in tracker.codebook.domains.values())]
        # The weightiest domain first, and of equal ones that with the latest act.
        since = shown["level_since"].astype(np.int64).reshape(actors, width)
        rank = np.where(in_force, np.array(weights) + since / since.max(initial=1) * 1e-6, -1.0)
        place = rank.argmax(axis=1)
    rows: NDArray[np.int64] = np.arange(actors) * width + place
    return np.where(in_force[np.arange(actors), place], rows, -1)


def by_stance(rows: Iterable[Standing]) -> list[Standing]:
    """The most restrictive first, those without a current position last, equals by name."""
    # NaN is neither less nor more than another NaN, so it cannot be sorted by.
    return sorted(
        rows, key=lambda row: (math.inf if math.isnan(row.stance) else row.stance, row.name)
    )


def figures_of(codebook: Codebook, members: Sequence[Standing]) -> GroupFigures:
    """The figures of a group whose members stand as given."""
    stances, certainties = (
        np.array([getattr(row, name) for row in members], np.float64)
        for name in ("stance", "certainty")
    )
    return group_figures(stances, certainties, codebook.scale)


def map_table(tracker: Tracker, day: date, domain: str) -> pd.DataFrame:
    """What changes on the map with the date: actor, level, fading, act_in_force and hover (markup,
    escaped), one row per actor.
    """
    rows = standings(tracker, day, domain)
    return pd.DataFrame(
        {
            "actor": tracker.model.actors,
            "level": [row.level for row in rows],
            "fading": [row.fading for row in rows],
            "act_in_force": [row.act_in_force for row in rows],
            "hover": [hover_html(tracker.codebook, row, domain == OVERALL) for row in rows],
        }
    )


# -- in words -----------------------------------------------------------------------------------


def _words_of_levels(codebook: Codebook, levels: Iterable[int]) -> str:
    return " or ".join(codebook.scale.labels[level] for level in levels)


def restricting_words(codebook: Codebook) -> str:
    """The labels of the levels that count as restricting, the mildest first."""
    scale = codebook.scale
    return _words_of_levels(codebook, range(scale.restricting, scale.min - 1, -1))


def open_words(codebook: Codebook) -> str:
    """The labels of the levels that count as open, the mildest first."""
    return _words_of_levels(codebook, range(codebook.scale.open, codebook.scale.max + 1))


def _known(levels: Sequence[float]) -> list[float]:
    return [level for level in levels if not math.isnan(level)]


def map_headline(codebook: Codebook, levels: Sequence[float], domain: str, as_of: words.Day) -> str:
    """What the map finds, in one or two sentences.

    `levels`: the level of every actor, NaN without a current position.
    """
    level = _known(levels)
    if not level:
        return (
            f"No actor has a current position on {codebook.subject} "
            f"{words.about_domain(codebook, domain)} on {words.day(as_of)}."
        )
    against = sum(x <= codebook.scale.restricting for x in level)
    towards = sum(x >= codebook.scale.open for x in level)
    verb = "restricts" if against < 2 else "restrict"
    are = "is" if towards < 2 else "are"
    return (
        f"{words.some(against, start=True)} of {words.plural(len(level), 'actor')} with a position "
        f"{verb} {codebook.subject} ({restricting_words(codebook)}), {words.some(towards)} {are} "
        f"open to it ({open_words(codebook)})"
    )


def map_subtitle(codebook: Codebook, levels: Sequence[float], domain: str, as_of: words.Day) -> str:
    """What the map shows and as of when."""
    without = len(levels) - len(_known(levels))
    return (
        f"Stances {words.about_domain(codebook, domain)}, {words.day(as_of)}; "
        f"{words.some(without)} of {words.plural(len(levels), 'actor')} "
        f"{words.of_them_have(without)} no position."
    )


def group_line(figures: GroupFigures) -> str:
    """How many members of a group restrict, of how many, and how far apart they are."""
    members = f"{figures.members} member{'' if figures.members == 1 else 's'}"
    if not figures.with_position:
        return f"None of {members} has a position"
    restrict = "restricts" if figures.restricting == 1 else "restrict"
    differ = words.figure(figures.spread, 2).lstrip("+")
    # One alone differs from nobody.
    apart = f"how far members differ: {differ}; " if figures.with_position > 1 else ""
    return (
        f"{figures.restricting} of {figures.with_position} with a position {restrict}; {apart}"
        f"{figures.with_position} of {members} {words.have(figures.with_position)} a position"
    )


def level_since(codebook: Codebook, level: float, since: words.Day) -> str:
    """The level in force and since when: Restrict since 22 Jun 2023."""
    return f"{codebook.scale.labels[int(level)]} since {words.short_day(since)}"


def hover_html(codebook: Codebook, row: Any, overall: bool = False) -> str:
    """The hover label of an actor in three short lines: name; label and figure; the level that an
    act holds, and since when. `overall`: the domain of the act is named.

    `row`: short_name, covered, label, stance, fading, act_domain, act_level, level_since.
    """
    lines = [f"<b>{escapes.html(row.short_name)}</b>"]
    if not row.covered:
        return "<br>".join([*lines, NOT_COVERED])
    lines.append(_stance_html(row))
    if row.level_since is not None:
        held = level_since(codebook, row.act_level, row.level_since)
        where = f"{codebook.domain_label(row.act_domain)}: " if overall else ""
        lines.append(escapes.html(f"{where}{held}"))
    return "<br>".join(lines)


def _stance_html(row: Any) -> str:
    if math.isnan(row.stance):
        return NO_POSITION
    fading = ", fading" if row.fading else ""
    label = escapes.html(escapes.isolated(row.label))
    return f"{label} {words.beside_label(row.stance)}{fading}"


def map_alt(codebook: Codebook, levels: Sequence[float], domain: str, as_of: words.Day) -> str:
    """The map for those who cannot see it: how many actors stand where."""
    counts = [
        f"{codebook.scale.labels[level]} {sum(x == level for x in levels)}"
        for level in codebook.scale.levels
    ]
    without = len(levels) - len(_known(levels))
    return (
        f"Map of stances on {codebook.subject} {words.about_domain(codebook, domain)} on "
        f"{words.day(as_of)}. Number of actors: {', '.join(counts)}, {NO_POSITION.lower()} "
        f"{without}."
    )


# Over the members of a group, as `by_stance` orders them.
MEMBERS_THEN = "Members on that day, the most restrictive first"


def member_line(name: str, stance: float) -> str:
    """A member of a group with its stance, a dash where it has none."""
    return f"{escapes.isolated(name)} {words.figure(stance, 2)}"


def group_headline(group: str) -> str:
    """That a group is no actor."""
    return f"{group} is a group and has no events of its own: choose one of its members"
