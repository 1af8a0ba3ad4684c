"""What must hold between the columns of a table, and between tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from stances.dataset import schema
from stances.dataset.faults import Fault, shown
from stances.dataset.reading import Texts


def cross_faults(tables: dict[str, schema.Table], texts: dict[str, Texts]) -> list[Fault]:
    """What is wrong between columns and between tables, as far as they can be read."""
    faults = [
        fault
        for name in texts
        for reference in tables[name].references
        if reference.table in texts
        for fault in _unresolved(texts[name], reference, texts[reference.table])
    ]
    if "events" in texts:
        faults += _event_faults(texts["events"])
    if "actors" in texts:
        faults += _shared_names(texts["actors"])
        faults += _no_position(texts["actors"])
    if "memberships" in texts:
        faults += _membership_faults(texts["memberships"])
    if "memberships" in texts and "actors" in texts:
        faults += _group_faults(texts["memberships"], texts["actors"])
    if "events" in texts and "actors" in texts:
        faults += _scored_company(texts["events"], texts["actors"])
    if "events" in texts and "sources" in texts:
        faults += _unused_sources(texts["events"], texts["sources"])
    return faults


def _unresolved(texts: Texts, reference: schema.Reference, target: Texts) -> Iterator[Fault]:
    known = set(target.cells[reference.target])
    for row, cell in texts.cells[reference.column].items():
        for part in str(cell).split(schema.LIST_SEPARATOR) if reference.many else [str(cell)]:
            if part.strip() and part not in known:
                message = f"{shown(part)} is not in {reference.table}.csv"
                yield Fault(texts.file, texts.lines[int(str(row))], reference.column, message)


def _event_faults(texts: Texts) -> Iterator[Fault]:
    events = texts.cells
    ids = events["event_id"]
    patterns = [
        schema.event_id_pattern(actor, day)
        for actor, day in zip(events["actor"], events["date"], strict=True)
    ]
    odd = pd.Series(
        [not re.fullmatch(p, i) for p, i in zip(patterns, ids, strict=True)],
        index=events.index,
        dtype=bool,
    )
    expected = events["actor"] + "-" + events["date"].str.replace("-", "") + "-<slug>"
    yield from texts.faults(
        odd & (ids != ""), "event_id", ids.map(shown) + " must be " + expected.map(shown)
    )
    early = (events["end_date"] != "") & (events["end_date"] < events["date"])
    message = events["end_date"].map(shown) + " is before the date of the event"
    yield from texts.faults(early, "end_date", message)
    parts = events["source_ids"].str.split(schema.LIST_SEPARATOR)
    twice = parts.map(lambda ids: len(set(ids)) < len(ids)).astype(bool)
    yield from texts.faults(twice, "source_ids", "names a source twice: " + parts.str.join(";"))


def _shared_names(texts: Texts) -> Iterator[Fault]:
    """Names of two actors: charts and tables tell them apart by these."""
    codes = texts.cells["actor"]
    for column in ("name", "short_name"):
        names = texts.cells[column]
        first = names.map(dict(zip(names[::-1], codes[::-1], strict=True)))
        # An empty name and a code that stands twice are faults of their own.
        shared = (first != codes) & (names.str.strip() != "")
        told = names.map(shown) + " is the name of " + first.map(shown) + " and of "
        yield from texts.faults(shared, column, told + codes.map(shown))


def _no_position(texts: Texts) -> Iterator[Fault]:
    """That there is nobody to show a stance of; an unknown kind is a fault of its own."""
    kinds = set(texts.cells["kind"])
    if kinds <= set(schema.ACTOR_KINDS) and not kinds & set(schema.POSITION_KINDS):
        needed = ", ".join(schema.POSITION_KINDS)
        yield Fault(texts.file, 0, "kind", f"one actor at least must be of: {needed}")


def _membership_faults(texts: Texts) -> Iterator[Fault]:
    members = texts.cells
    early = (members["left"] != "") & (members["left"] <= members["joined"])
    message = members["left"].map(shown) + " is not after the day of joining"
    yield from texts.faults(early, "left", message)


def _group_faults(memberships: Texts, actors: Texts) -> Iterator[Fault]:
    """Names that mean something else where an actor or a group can be chosen."""
    groups = memberships.cells["group"]
    coded = groups.isin(set(actors.cells["actor"])) & (groups != "")
    told = groups.map(shown) + " is the code of an actor; a group needs another name"
    yield from memberships.faults(coded, "group", told)
    told = groups.map(shown) + " stands for all actors; a group needs another name"
    yield from memberships.faults(groups == schema.ALL_ACTORS, "group", told)


def _scored_company(events: Texts, actors: Texts) -> Iterator[Fault]:
    takes_none = ~actors.cells["kind"].isin(schema.POSITION_KINDS)
    companies = set(actors.cells["actor"][takes_none])
    scored = events.cells["actor"].isin(companies) & (events.cells["score"] != "")
    message = "an event of " + events.cells["actor"] + ", which takes no position, has no score"
    yield from events.faults(scored, "score", message)


def _unused_sources(events: Texts, sources: Texts) -> Iterator[Fault]:
    used = set(events.cells["source_ids"].str.split(schema.LIST_SEPARATOR).explode())
    ids = sources.cells["source_id"]
    yield from sources.faults(~ids.isin(used), "source_id", ids.map(shown) + " backs no event")
