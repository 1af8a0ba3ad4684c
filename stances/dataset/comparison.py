"""Differences between two states of the tables: rows that came in, were corrected, went."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from stances.dataset.schema import LIST_SEPARATOR, Table

# A line lists at most so many rows by name.
_MOST_LISTED = 12
# Says when a row changed, and is no change of its own.
_RECORDED = "recorded"
_SOURCES = "source_ids"

# How a line of a list within a list begins.
BELOW = "  - "

NONE: Sequence[str] = ()

Key = tuple[str, ...]
Cells = dict[str, str]


class SourceChange(NamedTuple):
    """The number of sources that a row has more, or less, and the code of its actor."""

    actor: str
    key: Key
    sources: int


@dataclass(frozen=True)
class Difference:
    """The keys of the rows of a table that came in and went, and those that were corrected, each
    with its columns. What stands in one state only of the columns is no correction. `gained`,
    `lost`: those that stand in both and have sources that they had not, or lack some that they had.
    """

    table: Table
    added: list[Key]
    corrected: dict[Key, list[str]]
    withdrawn: list[Key]
    gained: list[SourceChange]
    lost: list[SourceChange]


def differences(
    before: Mapping[str, bytes], after: Mapping[str, bytes], tables: Collection[Table]
) -> list[Difference]:
    """Return what each table has apart; states are files by name, and a missing one has no row."""
    return [
        difference(table, rows_by_key(table, before), rows_by_key(table, after))
        for table in tables
        if table.key
    ]


def difference(table: Table, old: dict[Key, Cells], new: dict[Key, Cells]) -> Difference:
    """Return what two states of the rows of a table have apart."""
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
        gained=[*_sources_beyond(new, old)],
        lost=[*_sources_beyond(old, new)],
    )


def _sources_beyond(these: dict[Key, Cells], those: dict[Key, Cells]) -> Iterator[SourceChange]:
    """Yield the rows of both that have sources here which they have not there, in order."""
    for key in sorted(these.keys() & those.keys()):
        if beyond := _sources(these[key]) - _sources(those[key]):
            yield SourceChange(these[key]["actor"], key, len(beyond))


def _sources(row: Cells) -> set[str]:
    return {*row.get(_SOURCES, "").split(LIST_SEPARATOR)} - {""}


def rows_by_key(table: Table, files: Mapping[str, bytes]) -> dict[Key, Cells]:
    """Return the rows of a table in some files by name; none where its file is missing."""
    text = files.get(table.file, b"").decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {tuple(row[name] for name in table.key): row for row in rows}


def difference_lines(changes: list[Difference], names: Mapping[str, str]) -> Iterator[str]:
    """Yield what came in, was corrected and went, each in one line, events by name if few; then
    whose sources became more and fewer, with a list below. `names`: of actors, by code.
    """
    yield f"Added: {_line(_part(part.table, dict.fromkeys(part.added, NONE)) for part in changes)}."
    yield f"Corrected: {_line(_part(part.table, part.corrected) for part in changes)}."
    gone = (_part(part.table, dict.fromkeys(part.withdrawn, NONE)) for part in changes)
    yield f"Withdrawn: {_line(gone)}."
    yield from _source_lines("Gained", [(part.table, part.gained) for part in changes], names)
    yield from _source_lines("Lost", [(part.table, part.lost) for part in changes], names)


def _source_lines(
    done: str, changes: Sequence[tuple[Table, list[SourceChange]]], names: Mapping[str, str]
) -> Iterator[str]:
    """Say how many rows gained or lost sources, then which, by actor in the order of names."""
    counted = [_count_words(table, len(moved)) for table, moved in changes if moved]
    if not counted:
        return
    actors = {source.actor for _, moved in changes for source in moved}
    below = [
        f"\n{BELOW}{names.get(actor, actor)}: {_sources_of(actor, changes)}."
        for actor in sorted(actors, key=lambda code: (names.get(code, code), code))
    ]
    text = f"{done} a source: {'; '.join(counted)} (in brackets: how many, where more than one)."
    yield f"{text}{''.join(below)}"


def _sources_of(actor: str, changes: Sequence[tuple[Table, list[SourceChange]]]) -> str:
    """Say which rows of an actor gained or lost sources, by table."""
    parts = []
    for table, moved in changes:
        if sources := [source for source in moved if source.actor == actor]:
            text = [f"`{x.key[0]}`{f' ({x.sources})' if x.sources > 1 else ''}" for x in sources]
            parts.append(f"{_noun(table, len(sources))} {', '.join(text)}")
    return "; ".join(parts)


def _line(parts: Iterator[str]) -> str:
    return "; ".join(filter(None, parts)) or "nothing"


def _part(table: Table, keys: Mapping[Key, Sequence[str]]) -> str:
    """Say how many rows of a table, and which with which columns; nothing where there is none."""
    if not keys:
        return ""
    counted = _count_words(table, len(keys))
    if table.name != "events" or len(keys) > _MOST_LISTED:
        return counted
    names = [" ".join(filter(None, [f"`{key[0]}`", " and ".join(keys[key])])) for key in keys]
    return f"{counted} ({', '.join(names)})"


def _count_words(table: Table, count: int) -> str:
    return f"{count:,} {_noun(table, count)}"


def _noun(table: Table, count: int) -> str:
    """Return what rows of a table are called, so many of them."""
    what = table.name.replace("_", " ")
    return what.removesuffix("s") if count == 1 else what
