"""The stance table of a date as the pages show it: one row per actor, with names and texts."""

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stances import escapes, words
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import NO_POSITION, NOT_COVERED, OVERALL, Codebook
from stances.dataset.days import day_number
from stances.model.acts_shown import Columns
from stances.model.groups import GroupFigures, group_figures
from stances.model.lifetimes import Bools, Ints, pick
from stances.words import Dated

# A position whose newest event is of more days before, with nothing in force, is old.
OLD_DAYS = 730


class Standing(NamedTuple):
    """The stance of an actor on a date, in a domain or overall, and what it rests on.

    `stance`, `low`, `high`, `level` are NaN without a current position. The act shown is, on
    overall rows, that of the weightiest domain that has one; its texts are empty where none is.
    `act_level`: the score in force; `level_since`: from when on it holds unbroken; `act_id`: the
    line of the act shown in the register, empty where it has none; `pending`: whether by the
    register it is adopted and not yet in force; `old`: whether the position rests on old
    statements, see `is_old`.
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
    old: bool

    @property
    def act_in_force(self) -> bool:
        """Say whether an act binds: one that is adopted and not yet in force does not."""
        return act_binds(self)


def act_binds(row: Any) -> bool:
    """Say whether an act of a row of the stance table binds."""
    return bool(row.act_event_id) and not row.pending


@memoize
def standings(tracker: Tracker, day: date, domain: str) -> tuple[Standing, ...]:
    """Return the standing of every actor, in the order of the model's actors."""
    columns = tracker.position_columns(day)
    width = 1 + len(tracker.model.domains)
    cells = {name: values[tracker.column(domain) :: width] for name, values in columns.items()}
    acts = tracker.shown_acts(day)
    act = act_rows_on(tracker, acts, domain)
    event_id = pick(acts["act_event_id"], act, "")
    level_set_by = pick(columns["in_force_event_id"], act, "")
    rows = zip(
        cells["actor"],
        tracker.about["name"],
        tracker.about["short_name"],
        cells["stance"].tolist(),
        cells["low"].tolist(),
        cells["high"].tolist(),
        cells["level"].tolist(),
        cells["label"],
        cells["evidence"].tolist(),
        cells["certainty"].tolist(),
        (actor in tracker.covered_actors for actor in cells["actor"]),
        event_id,
        pick(columns["domain"], act, ""),
        (tracker.titles.get(i, "") for i in event_id),
        pick(acts["act_level"], act, np.nan).tolist(),
        (tracker.dates.get(i) for i in level_set_by),
        (tracker.dates.get(i) for i in cells["last_event_id"]),
        cells["events"].tolist(),
        cells["last_event_id"],
        pick(acts["act_id"], act, ""),
        pick(acts["pending"], act, False).tolist(),
        old_positions(tracker, day)[tracker.column(domain) :: width].tolist(),
        strict=True,
    )
    return tuple(Standing(*row) for row in rows)


def is_old(known: Bools, binds: Bools, newest: Ints, day: Any) -> Bools:
    """Return, for each position, whether it rests on old statements: nothing is in force, and the
    newest event is of more than OLD_DAYS before. `known`: where there is a position; `newest`,
    `day`: as numbers of days.
    """
    return np.asarray(known & ~binds & (day - newest > OLD_DAYS), bool)


@memoize
def old_positions(tracker: Tracker, day: date) -> Bools:
    """Return, for each position, whether it is old on a day, in the rows of `Model.position`:
    overall where nothing is in force in any domain.
    """
    columns, acts = tracker.position_columns(day), tracker.shown_acts(day)
    width = 1 + len(tracker.model.domains)
    binds = ((acts["act_event_id"] != "") & ~acts["pending"]).reshape(-1, width)
    binds[:, 0] = binds.any(axis=1)
    newest = columns["last_event_date"].astype("datetime64[D]").astype(np.int64)
    known = ~np.isnan(columns["stance"])
    return is_old(known, binds.ravel(), newest, day_number(day))


def act_rows_on(tracker: Tracker, acts: Columns, domain: str) -> NDArray[np.int64]:
    """Return the row of the acts shown that stands for each actor in a domain or overall, -1 where
    no act is in force. `acts`: as `Tracker.shown_acts` has it.
    """
    width = 1 + len(tracker.model.domains)
    actors = len(tracker.model.actors)
    in_force = (acts["act_event_id"] != "").reshape(actors, width)
    if domain != OVERALL:
        place = np.full(actors, tracker.column(domain))
    else:
        weights = [0.0, *(d.weight for d in tracker.codebook.domains.values())]
        # The weightiest domain first, and of equal ones that with the latest act.
        since = acts["level_since"].astype(np.int64).reshape(actors, width)
        rank = np.where(in_force, np.array(weights) + since / since.max(initial=1) * 1e-6, -1.0)
        place = rank.argmax(axis=1)
    rows: NDArray[np.int64] = np.arange(actors) * width + place
    return np.where(in_force[np.arange(actors), place], rows, -1)


def by_stance(rows: Iterable[Standing]) -> list[Standing]:
    """Return the most restrictive first, those without a current position last, equals by name."""
    # NaN is neither less nor more than another NaN, so it cannot be sorted by.
    return sorted(
        rows, key=lambda row: (math.inf if math.isnan(row.stance) else row.stance, row.name)
    )


def figures_of(codebook: Codebook, members: Sequence[Standing]) -> GroupFigures:
    """Return the figures of a group whose members stand as given."""
    stances, certainties = (
        np.array([getattr(row, name) for row in members], np.float64)
        for name in ("stance", "certainty")
    )
    return group_figures(stances, certainties, codebook.scale)


# -- in words -----------------------------------------------------------------------------------


# What stands beside the label of an old position.
OLD_EVIDENCE = "old evidence"


def _known_levels(levels: Sequence[float]) -> list[float]:
    return [level for level in levels if not math.isnan(level)]


def map_headline(codebook: Codebook, levels: Sequence[float], whose: Callable[[int], str]) -> str:
    """Say how many have a colour of either end, by the labels of the legend, and of how many
    nothing is recent: a label may rest on a power that was never used, which restricts nobody.

    `levels`: the level of each, NaN without a current position; `whose`: so many of them in words.
    """
    known, against, towards = _sides(codebook, levels)
    if not known:
        return f"There is nothing recent for any of {whose(len(levels))}."
    if known == 1:
        label = codebook.scale.labels[int(_known_levels(levels)[0])]
        text = f"{words.sentence_start(whose(1))} has a position: {label}."
        return _with_silent(text, len(levels) - known)
    stand = (
        f"{words.some(against)} {'stands' if against < 2 else 'stand'} at {low_labels(codebook)}"
    )
    text = f"Of {whose(known)}, {stand}, {words.some(towards)} at {_high(codebook)}."
    return _with_silent(text, len(levels) - known)


def low_labels(codebook: Codebook) -> str:
    """Return the labels of the levels that restrict, as alternatives."""
    scale = codebook.scale
    return words.alternatives([scale.labels[x] for x in scale.levels if x <= scale.restricting])


def _high(codebook: Codebook) -> str:
    """Return the labels of the levels that are open, as alternatives."""
    scale = codebook.scale
    return words.alternatives([scale.labels[x] for x in scale.levels if x >= scale.open])


def _sides(codebook: Codebook, levels: Sequence[float]) -> tuple[int, int, int]:
    """Return how many have a position, and how many one at either end."""
    known = _known_levels(levels)
    against = sum(x <= codebook.scale.restricting for x in known)
    return len(known), against, sum(x >= codebook.scale.open for x in known)


def _with_silent(text: str, silent: int) -> str:
    return f"{text} For {words.number(silent)} more there is nothing recent." if silent else text


def have_position(who: str, count: int, total: int) -> str:
    """Say how many of `who`, who are so many in `total`, have a position."""
    every = f"All {who}" if count == total > 1 else f"{words.some(count, start=True)} of {who}"
    return f"{every} {words.of_them_have(count)} a position"


def sides_sentence(codebook: Codebook, domain: str, who: str, levels: Sequence[float]) -> str:
    """Say how many of `who` have a position, and at either end. `levels`: see `map_headline`."""
    known, against, towards = _sides(codebook, levels)
    text = f"{have_position(who, known, len(levels))} {words.about_domain(codebook, domain)}"
    if not known:
        return f"{text}."
    if known == 1:
        return f"{text}: {codebook.scale.labels[int(_known_levels(levels)[0])]}."
    low = f"{words.some(against)} at {low_labels(codebook)}"
    return f"{text}: {low}, {words.some(towards)} at {_high(codebook)}."


def map_subtitle(codebook: Codebook, domain: str, as_of: words.Day) -> str:
    """Return what the colours of the map show, and as of when."""
    return f"Where each stands {words.about_domain(codebook, domain)}, {words.day(as_of)}."


def group_line(codebook: Codebook, figures: GroupFigures, *, spread: bool = True) -> str:
    """Say how many members of a group stand at a restricting level, of how many; their `spread`."""
    members = f"{figures.members} member{'' if figures.members == 1 else 's'}"
    if not figures.with_position:
        return f"None of {members} has a position"
    stand = "stands" if figures.restricting == 1 else "stand"
    differ = words.figure(figures.spread, 2).lstrip("+")
    # One alone differs from nobody.
    apart = f"how far members differ: {differ}; " if spread and figures.with_position > 1 else ""
    return (
        f"{figures.restricting} of {figures.with_position} with a position {stand} at "
        f"{low_labels(codebook)}; {apart}"
        f"{figures.with_position} of {members} {words.have(figures.with_position)} a position"
    )


def level_since(codebook: Codebook, level: float, since: words.Day) -> str:
    """Return the level in force and since when: Restrict since 22 Jun 2023."""
    return f"{codebook.scale.labels[int(level)]} since {words.short_day(since)}"


def hover_html(codebook: Codebook, row: Any, overall: bool = False) -> str:
    """Return the hover label of an actor in three short lines: name; label and figure; the level
    that an act holds, and since when. `overall`: the domain of the act is named.

    `row`: short_name, covered, label, stance, old, act_domain, act_level, level_since.
    """
    lines = [f"<b>{escapes.html(row.short_name)}</b>"]
    if not row.covered:
        return "<br>".join([*lines, NOT_COVERED])
    lines.append(_stance_html(row))
    if row.level_since is not None:
        level = level_since(codebook, row.act_level, row.level_since)
        where = f"{codebook.domain_label(row.act_domain)}: " if overall else ""
        lines.append(escapes.html(f"{where}{level}"))
    return "<br>".join(lines)


def _stance_html(row: Any) -> str:
    if math.isnan(row.stance):
        return NO_POSITION
    old = f", {OLD_EVIDENCE}" if row.old else ""
    label = escapes.html(escapes.isolate(row.label))
    return f"{label} {words.beside_label(row.stance)}{old}"


def map_alt(codebook: Codebook, levels: Sequence[float], domain: str, as_of: words.Day) -> str:
    """Return the map for those who cannot see it: how many actors stand where."""
    counts = [
        f"{codebook.scale.labels[level]} {sum(x == level for x in levels)}"
        for level in codebook.scale.levels
    ]
    without = len(levels) - len(_known_levels(levels))
    return (
        f"Map of positions on {codebook.subject} {words.about_domain(codebook, domain)} on "
        f"{words.day(as_of)}. How many stand where: {', '.join(counts)}, {NO_POSITION.lower()} "
        f"{without}."
    )


# Over the members of a group, as `by_stance` orders them.
MEMBERS_THEN = "Members on that day, the most restrictive first"


def member_line(name: str, stance: float) -> str:
    """Return a member of a group with its stance, a dash where it has none."""
    return f"{escapes.isolate(name)} {words.figure(stance, 2)}"


def group_headline(members: str) -> str:
    """Return that a group is no actor. `members`: what those in it are called."""
    return f"{members} have events one by one and none as a group: choose one of them"
