"""The releases of a data folder, as what each brought to the tables that readers are told of.

A table says on which day a row last changed, and not on which day it came. The archives of the
releases do, release by release: of a row of the first one nothing earlier is known.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from stances.dataset.changelog import CHANGELOG, versions
from stances.dataset.comparison import Cells, Key, difference, rows_by_key
from stances.dataset.faults import BadInput
from stances.dataset.plain import most_bytes, read_plain
from stances.dataset.release import archive_path
from stances.dataset.schema import Column, Table, tables
from stances.dataset.tables import Dataset
from stances.dataset.zips import unzip

_EVENTS = "events"
RECORDED_TABLES = (_EVENTS, "acts", "deadlines")
FIRST_RECORDED = Column(
    "first_recorded", "day", "Day on which the row entered, as far as releases say: see recorded"
)
_VERSION = re.compile(r"(\d{4}-\d{2}-\d{2})-[0-9a-f]{8}")

# The rows of the tables by name, of those that a release has.
_State = dict[str, dict[Key, Cells]]


@dataclass(frozen=True)
class Recording:
    """The changes of a table by the releases of a day. `first`: none before has the table; `rows`:
    all of its rows then; `added`: the keys of the new ones; `corrected`: the columns of others,
    each with its text before and after, where both have it; `withdrawn`: the rows that went.
    """

    day: date
    table: str
    first: bool
    rows: Mapping[Key, Cells]
    added: Sequence[Key]
    corrected: Mapping[Key, Mapping[str, tuple[str, str]]]
    withdrawn: Mapping[Key, Cells]


@lru_cache(maxsize=2)
def recordings(data: Dataset) -> tuple[Recording, ...]:
    """Return what each day of a release brought, the earliest first; the last is that of the tables
    as they lie, released or not. Unreadable releases are part of the next one.
    """
    return tuple(_recordings(data, tables(data.codebook, data.today)))


@lru_cache(maxsize=2)
def first_recorded(data: Dataset) -> dict[str, date]:
    """Return the day on which each event entered, as far as it is known: that on which its row
    entered or last changed by the first release that has it, else by the tables as they lie.
    """
    pairs = zip(data.events["event_id"], data.events["recorded"].dt.date, strict=True)
    days: dict[str, date] = dict(pairs)
    for recording in recordings(data):
        if recording.table == _EVENTS:
            for key in recording.added:
                if key[0] in days:
                    entered = _entry_day(recording, key)
                    days[key[0]] = min(days[key[0]], entered)
    return days


def _entry_day(recording: Recording, key: Key) -> date:
    """Return the day that a row gives itself in the release that brought it: maybe anything."""
    try:
        return date.fromisoformat(recording.rows[key]["recorded"])
    except ValueError:
        return recording.day


def _recordings(data: Dataset, known: Mapping[str, Table]) -> Iterator[Recording]:
    before: _State = {}
    for day, state in _states(data, known):
        for name, rows in state.items():
            yield _recording(known[name], day, before.get(name), rows)
        before = before | state


def _recording(
    table: Table, day: date, old: dict[Key, Cells] | None, new: dict[Key, Cells]
) -> Recording:
    if old is None:
        return Recording(day, table.name, True, new, sorted(new), {}, {})
    moved = difference(table, old, new)
    corrected = {
        key: {name: (old[key][name], new[key][name]) for name in names}
        for key, names in moved.corrected.items()
    }
    gone = {key: old[key] for key in moved.withdrawn}
    return Recording(day, table.name, False, new, moved.added, corrected, gone)


def _states(data: Dataset, known: Mapping[str, Table]) -> Iterator[tuple[date, _State]]:
    """Yield the tables at the end of each day of a release, then as they lie."""
    last_of_day = {
        date.fromisoformat(match[1]): version
        for version in reversed(versions(data.files.get(CHANGELOG, b"")))
        if (match := _VERSION.fullmatch(version))
    }
    for day in sorted(day for day in last_of_day if day < data.recorded):
        if state := _archive_state(data, last_of_day[day], known):
            yield day, state
    yield data.recorded, _state(data.files, known)


def _archive_state(data: Dataset, version: str, known: Mapping[str, Table]) -> _State:
    path = archive_path(data.folder, version)
    try:
        names = [known[name].file for name in RECORDED_TABLES]
        state = _state(unzip(read_plain(path, most_bytes()), version, names), known)
    except (BadInput, OSError, KeyError, ValueError, csv.Error):
        return {}
    whole = all(
        _is_whole(known[name], row) for name, rows in state.items() for row in rows.values()
    )
    return state if whole else {}


def _is_whole(table: Table, row: Cells) -> bool:
    """Say whether a row of an archive, which nobody has checked since, has all its cells."""
    names = {column.name for column in table.columns if not column.later}
    return names <= row.keys() and None not in row.values()


def _state(files: Mapping[str, bytes], known: Mapping[str, Table]) -> _State:
    return {
        name: rows_by_key(known[name], files)
        for name in RECORDED_TABLES
        if known[name].file in files
    }
