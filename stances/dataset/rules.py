"""Rules that must hold between the columns of a table, and between tables."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from stances.dataset import schema
from stances.dataset.characters import one_form
from stances.dataset.codebook import Codebook
from stances.dataset.days import first_day, last_day
from stances.dataset.faults import Fault, first_of, inline
from stances.dataset.names import act_id_pattern, event_id_pattern
from stances.dataset.reading import Texts
from stances.dataset.steps import last_of, leading_kind


def cross_faults(codebook: Codebook, texts: dict[str, Texts]) -> list[Fault]:
    """Return what is wrong between columns and tables: by each rule as much as is told."""
    return [
        fault
        for names, rule in _rules(codebook)
        if all(name in texts for name in names)
        for fault in first_of(rule(*(texts[name] for name in names)))
    ]


def _rules(
    codebook: Codebook,
) -> tuple[tuple[tuple[str, ...], Callable[..., Iterator[Fault]]], ...]:
    """Each rule after the names of the tables that it is between."""
    return (
        (("events",), _event_faults),
        (("acts",), _act_faults),
        (("actors",), _shared_names),
        (("actors",), partial(_no_position, codebook)),
        (("memberships",), _membership_faults),
        (("memberships", "actors"), _group_faults),
        (("events", "actors"), partial(_scores_without_position, codebook)),
        (("acts", "events"), _event_of_another),
        (("acts", "deadlines"), partial(_last_steps, codebook)),
        (("acts", "deadlines"), _steps_before_their_act),
        (("profiles",), _profile_faults),
        (("profiles", "acts", "events"), _rests_on_another),
        (("sources", "events", "acts"), _unused_sources),
    )


def _event_faults(texts: Texts) -> Iterator[Fault]:
    events = texts.cells
    yield from _misnamed_ids(texts, "event_id", event_id_pattern, "-<eight digits>-<slug>")
    early = (events["end_date"] != "") & (events["end_date"] < events["date"])
    yield from texts.faults(
        early, "end_date", lambda row: f"{inline(row.end_date)} is before the date of the event"
    )
    yield from _repeated_names(texts, "source_ids")


def _misnamed_ids(
    texts: Texts, column: str, pattern_of: Callable[[str], str], form: str
) -> Iterator[Fault]:
    """Ids that do not begin with the actor of their row, or are not of the form."""
    ids, actors = texts.cells[column], texts.cells["actor"]
    fits = [
        re.fullmatch(pattern_of(actor), name) is not None
        for name, actor in zip(ids, actors, strict=True)
    ]
    odd = ~pd.Series(fits, index=ids.index, dtype=bool) & (ids != "")
    yield from texts.faults(
        odd, column, lambda row: f"{inline(ids[row.Index])} must be {inline(row.actor)}{form}"
    )


def _repeated_names(texts: Texts, column: str) -> Iterator[Fault]:
    cells = texts.cells[column]
    parts = cells.str.split(schema.LIST_SEPARATOR)
    twice = parts.map(lambda names: len(set(names)) < len(names)).astype(bool)
    what = column.removesuffix("_ids")
    article = "an" if what[0] in "aeiou" else "a"
    yield from texts.faults(
        twice, column, lambda row: f"names {article} {what} twice: {inline(cells[row.Index])}"
    )


def _act_faults(texts: Texts) -> Iterator[Fault]:
    acts = texts.cells
    yield from _misnamed_ids(texts, "act_id", act_id_pattern, "-<slug>")
    for column in ("source_ids", "scope"):
        yield from _repeated_names(texts, column)
    undated = (acts["adopted"] == "") & (acts["in_force_from"] == "")
    text = "is empty, and so is in_force_from; one of the two must be known"
    yield from texts.faults(undated, "adopted", lambda _: text)
    for column in ("in_force_from", "ended"):
        yield from _before_adopted(texts, column)
    for column, of in (("deadline_kind", "deadline"), ("ended_how", "ended")):
        yield from _only_with(texts, column, of)
        yield from _lacking_with(texts, column, of)
    for column, of in (("deadline_what", "deadline"), ("ended_by", "ended")):
        yield from _only_with(texts, column, of)
    yield from _practice_faults(texts)


def _before_adopted(texts: Texts, column: str) -> Iterator[Fault]:
    dates, adopted = texts.cells[column], texts.cells["adopted"]
    early = _wholly_before(dates, adopted)
    yield from texts.faults(
        early,
        column,
        lambda row: f"{inline(dates[row.Index])} is before {inline(row.adopted)}, adopted",
    )


def _lacking_with(texts: Texts, column: str, of: str) -> Iterator[Fault]:
    lacks = (texts.cells[column] == "") & (texts.cells[of] != "")
    yield from texts.faults(
        lacks, column, lambda _: f"is empty; where {of} is given it must be too"
    )


def _practice_faults(texts: Texts) -> Iterator[Fault]:
    """Yield what is said of the practice of an act without anything being known of it."""
    for column, allowed in (
        ("applied_since", (schema.APPLIED, schema.EASED)),
        ("applied_what", (schema.APPLIED, schema.EASED, schema.NOT_APPLIED)),
    ):
        yield from _only_beside(texts, column, allowed)


def _only_beside(texts: Texts, column: str, allowed: Sequence[str]) -> Iterator[Fault]:
    cells, applied = (texts.cells[name] for name in (column, "applied"))
    # A word that is none of practice is a fault of its own.
    odd = (cells != "") & ~applied.isin(allowed) & applied.isin(schema.PRACTICE)
    rest = f"it must be one of: {', '.join(allowed)}"
    yield from texts.faults(
        odd,
        column,
        lambda row: (
            f"{inline(cells[row.Index])} stands beside applied {inline(row.applied)}; {rest}"
        ),
    )


def _last_steps(codebook: Codebook, acts: Texts, deadlines: Texts) -> Iterator[Fault]:
    """Acts whose deadline is not that of their steps; where no act has a step none is looked at.
    What is no date or no kind is a fault of its own.
    """
    steps = _steps_by_act(codebook, deadlines.cells)
    sound = _are_dates(codebook, acts.cells["deadline"], acts.cells["deadline_kind"])
    rows = acts.cells[sound | (acts.cells["deadline"] == "")]
    records: Iterator[Any] = rows.itertuples()
    for row in records:
        line, said = acts.lines[row.Index], (row.deadline, row.deadline_kind)
        if row.act_id in steps and said != (last := last_of(codebook, steps[row.act_id])):
            column = "deadline" if said[0] != last[0] else "deadline_kind"
            which = f"the last {leading_kind(codebook)} among its steps, else the last step"
            text = f"must be {' '.join(last)}, {which}"
            yield Fault(acts.file, line, column, f"{inline(' '.join(said).strip())} {text}")
        elif steps and row.deadline and row.act_id not in steps:
            text = f"{inline(row.deadline)} is no step of the act in deadlines.csv"
            yield Fault(acts.file, line, "deadline", text)


def _steps_by_act(codebook: Codebook, deadlines: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """Return the deadline and kind of each step, as far as they are sound, by act."""
    sound = deadlines[_are_dates(codebook, deadlines["deadline"], deadlines["kind"])]
    steps: dict[str, list[tuple[str, str]]] = {}
    rows: Iterator[Any] = sound.itertuples()
    for row in rows:
        steps.setdefault(row.act_id, []).append((row.deadline, row.kind))
    return steps


def _are_dates(codebook: Codebook, dates: pd.Series, kinds: pd.Series) -> pd.Series:
    """Say whether each date is one, and each kind one of the codebook."""
    return schema.are_partial(dates) & kinds.isin(list(codebook.acts.deadline_kind))


def _steps_before_their_act(acts: Texts, deadlines: Texts) -> Iterator[Fault]:
    """Yield steps that end before their act begins to be; an unknown act is a fault of its own."""
    begun = acts.cells["adopted"].where(acts.cells["adopted"] != "", acts.cells["in_force_from"])
    dates = deadlines.cells["act_id"].map(dict(zip(acts.cells["act_id"], begun, strict=True)))
    adopted = dates.astype("object").fillna("").astype("str")
    early = _wholly_before(deadlines.cells["deadline"], adopted)
    yield from deadlines.faults(
        early,
        "deadline",
        lambda row: f"{inline(row.deadline)} is before its act, of {inline(adopted[row.Index])}",
    )


def _profile_faults(texts: Texts) -> Iterator[Fault]:
    profiles = texts.cells
    for column in ("act_ids", "event_ids"):
        yield from _repeated_names(texts, column)
    bare = (profiles["act_ids"] == "") & (profiles["event_ids"] == "")
    text = "is empty, and so is event_ids; a profile rests on one at least"
    yield from texts.faults(bare, "act_ids", lambda _: text)
    late = (profiles["as_of"] > profiles["recorded"]) & (profiles["recorded"] != "")
    after = "is after the day on which the row was recorded"
    yield from texts.faults(late, "as_of", lambda row: f"{inline(row.as_of)} {after}")


def _rests_on_another(profiles: Texts, acts: Texts, events: Texts) -> Iterator[Fault]:
    """Profiles that rest on another actor's act or event; an unknown one is a fault of its own."""
    for column, table, key in (("act_ids", acts, "act_id"), ("event_ids", events, "event_id")):
        whose = dict(zip(table.cells[key], table.cells["actor"], strict=True))
        named = zip(profiles.cells[column], profiles.cells["actor"], profiles.lines, strict=True)
        for cell, actor, line in named:
            parts = cell.split(schema.LIST_SEPARATOR)
            other = [part for part in parts if whose.get(part, actor) != actor]
            if other:
                text = f"{inline(other[0])} is of {inline(whose[other[0]])}, not of {inline(actor)}"
                yield Fault(profiles.file, line, column, text)


def _wholly_before(dates: pd.Series, others: pd.Series) -> pd.Series:
    """Say if each date, known in part, ends before the other begins; not of what is no date."""
    both = schema.are_partial(dates) & schema.are_partial(others)
    before = [
        known and last_day(one) < first_day(other)
        for known, one, other in zip(both, dates, others, strict=True)
    ]
    return pd.Series(before, dates.index, dtype=bool)


def _only_with(texts: Texts, column: str, of: str) -> Iterator[Fault]:
    cells = texts.cells[column]
    alone = (cells != "") & (texts.cells[of] == "")
    yield from texts.faults(
        alone, column, lambda row: f"{inline(cells[row.Index])} stands without {of}, which is empty"
    )


def _event_of_another(acts: Texts, events: Texts) -> Iterator[Fault]:
    """Acts whose event is not the actor's own; an unknown event is a fault of its own."""
    whose = dict(zip(events.cells["event_id"], events.cells["actor"], strict=True))
    named = zip(acts.cells["event_id"], acts.cells["actor"], acts.lines, strict=True)
    for event_id, actor, line in named:
        owner = whose.get(event_id, actor)
        if owner != actor:
            text = f"{inline(event_id)} is an event of {inline(owner)}, not of {inline(actor)}"
            yield Fault(acts.file, line, "event_id", text)


def _shared_names(texts: Texts) -> Iterator[Fault]:
    """Names of two actors: charts and tables tell them apart by these."""
    for column in ("name", "short_name"):
        yield from _alike_names(texts, column)


def _alike_names(texts: Texts, column: str) -> Iterator[Fault]:
    codes, names = texts.cells["actor"], texts.cells[column]
    compared = names.map(one_form)
    first = compared.map(dict(zip(compared[::-1], codes[::-1], strict=True)))
    # An empty name and a code that stands twice are faults of their own.
    shared = (first != codes) & (names.str.strip() != "")

    def message(row: Any) -> str:
        both = f"{inline(first[row.Index])} and of {inline(row.actor)}"
        return f"{inline(names[row.Index])} is the name of {both}"

    yield from texts.faults(shared, column, message)


def _no_position(codebook: Codebook, texts: Texts) -> Iterator[Fault]:
    """Yield that there is nobody to show a stance of; an unknown kind is a fault of its own."""
    kinds = set(texts.cells["kind"])
    if kinds <= set(codebook.kinds) and not kinds & set(codebook.position_kinds):
        needed = ", ".join(codebook.position_kinds)
        yield Fault(texts.file, 0, "kind", f"one actor at least must be of: {needed}")


def _membership_faults(texts: Texts) -> Iterator[Fault]:
    members = texts.cells
    early = (members["left"] != "") & (members["left"] <= members["joined"])
    yield from texts.faults(
        early, "left", lambda row: f"{inline(row.left)} is not after the day of joining"
    )
    # What is no day is a fault of its own.
    end = members["left"].where(members["left"] != "", members["joined"])
    dated = members[schema.are_partial(members["joined"]) & schema.are_partial(end)]
    terms = dated.sort_values(["group", "actor", "joined"])
    before = terms.shift()
    same = (before["group"] == terms["group"]) & (before["actor"] == terms["actor"])
    ended = before["left"].where(before["left"] != "", "9999-12-31")
    # Two that begin on one day are one key twice, a fault of its own.
    within = same & (before["joined"] < terms["joined"]) & (terms["joined"] < ended)
    for place in np.flatnonzero(within):
        yield _overlap(texts, *(int(row) for row in terms.index[place - 1 : place + 1]))


def _overlap(texts: Texts, earlier: int, later: int) -> Fault:
    """Say that a term of an actor in a group begins before the one before it has ended, by rows."""
    joined, left = (texts.cells[name] for name in ("joined", "left"))
    lasts = f"lasts to {left[earlier]}" if left[earlier] else "goes on"
    before = f"the membership in line {texts.lines[earlier]}, which {lasts}"
    text = f"{joined[later]} lies within {before}"
    return Fault(texts.file, texts.lines[later], "joined", text)


def _group_faults(memberships: Texts, actors: Texts) -> Iterator[Fault]:
    """Names that mean something else where an actor or a group can be chosen."""
    groups = memberships.cells["group"]
    coded = groups.isin(set(actors.cells["actor"])) & (groups != "")
    for rows, means in (
        (coded, "is the code of an actor"),
        (groups == schema.ALL_ACTORS, "stands for all actors"),
    ):
        text = f"{means}; a group needs another name"
        yield from memberships.faults(rows, "group", partial(_of_group, text))


def _of_group(text: str, row: Any) -> str:
    return f"{inline(row.group)} {text}"


def _scores_without_position(codebook: Codebook, events: Texts, actors: Texts) -> Iterator[Fault]:
    takes_none = ~actors.cells["kind"].isin(codebook.position_kinds)
    without = set(actors.cells["actor"][takes_none])
    scored = events.cells["actor"].isin(without) & (events.cells["score"] != "")
    yield from events.faults(
        scored,
        "score",
        lambda row: f"an event of {row.actor}, which takes no position, has no score",
    )


def _unused_sources(sources: Texts, events: Texts, acts: Texts) -> Iterator[Fault]:
    named = pd.concat([events.cells["source_ids"], acts.cells["source_ids"]])
    used = set(named.str.split(schema.LIST_SEPARATOR).explode())
    unused = ~sources.cells["source_id"].isin(used)
    yield from sources.faults(
        unused, "source_id", lambda row: f"{inline(row.source_id)} backs no event and no act"
    )
