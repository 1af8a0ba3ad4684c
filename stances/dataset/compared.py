"""What two states of the tables have apart: rows that came in, were corrected, went."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stances.dataset.schema import Table

# A line lists at most so many rows by name.
_LISTED = 12
# Says when a row changed, and is no change of its own.
_RECORDED = "recorded"

NONE: Sequence[str] = ()

Key = tuple[str, ...]
Cells = dict[str, str]


@dataclass(frozen=True)
class Difference:
    """The keys of the rows of a table that came in and went, and those that were corrected, each
    with its columns. What stands in one state only of the columns is no correction.
    """

    table: Table
    added: list[Key]
    corrected: dict[Key, list[str]]
    withdrawn: list[Key]


def differences(
    before: Mapping[str, bytes], after: Mapping[str, bytes], tables: Collection[Table]
) -> list[Difference]:
    """What each table has apart; the states are files by name, and a missing one has no row."""
    return [
        _difference(table, _rows(table, before), _rows(table, after))
        for table in tables
        if table.key
    ]


def _difference(table: Table, old: dict[Key, Cells], new: dict[Key, Cells]) -> Difference:
    moved = {
        key: [
            name
            for name in new[key].keys() & old[key].keys() - {_RECORDED}
            if new[key][name] != old[key][name]
        ]
        for key in new.keys() & old.keys()
    }
    corrected = {key: sorted(moved[key], key=table.header.index) for key in sorted(moved)}
    return Difference(
        table,
        added=sorted(new.keys() - old.keys()),
        corrected={key: names for key, names in corrected.items() if names},
        withdrawn=sorted(old.keys() - new.keys()),
    )


def _rows(table: Table, files: Mapping[str, bytes]) -> dict[Key, Cells]:
    text = files.get(table.file, b"").decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {tuple(row[name] for name in table.key): row for row in rows}


def difference_lines(found: list[Difference]) -> Iterator[str]:
    """What came in, was corrected and went, each in one line; the events by name where they are
    few.
    """
    yield f"Added: {_told(_part(each.table, dict.fromkeys(each.added, NONE)) for each in found)}."
    yield f"Corrected: {_told(_part(each.table, each.corrected) for each in found)}."
    gone = (_part(each.table, dict.fromkeys(each.withdrawn, NONE)) for each in found)
    yield f"Withdrawn: {_told(gone)}."


def _told(parts: Iterator[str]) -> str:
    return "; ".join(filter(None, parts)) or "nothing"


def _part(table: Table, keys: Mapping[Key, Sequence[str]]) -> str:
    """How many rows of a table, and which with which columns; nothing where there is none."""
    if not keys:
        return ""
    what = table.name.replace("_", " ")
    counted = f"{len(keys):,} {what.removesuffix('s') if len(keys) == 1 else what}"
    if table.name != "events" or len(keys) > _LISTED:
        return counted
    names = [" ".join(filter(None, [f"`{key[0]}`", " and ".join(keys[key])])) for key in keys]
    return f"{counted} ({', '.join(names)})"
