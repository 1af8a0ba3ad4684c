"""An entry that a user gives to be added: an event, its sources, its coding, its act with its
steps, and a profile, as TOML or JSON, or as a form for issues writes it.

The keys are the names of the columns: those of the event at the top, those of the others in
`[[sources]]`, `[coding]`, `[act]` with `[[act.steps]]`, and `[profile]`. Here they only become
texts, as cells are; whether they are valid is judged with the whole folder.
"""

import json
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from stances.dataset.change import BadEntry
from stances.dataset.faults import BadInput, Fault, inline
from stances.dataset.form import form_document, is_form
from stances.dataset.names import did_you_mean
from stances.dataset.plain import read_plain
from stances.dataset.reading import LONGEST_CELL
from stances.dataset.schema import LIST_SEPARATOR, Table

# The parts of an entry beside the event, and the tables that they go to.
SOURCES, CODING, ACT, PROFILE = "sources", "coding", "act", "profile"
PART_TABLES = {SOURCES: "sources", CODING: "codings", ACT: "acts", PROFILE: "profiles"}
# What an act has beside its columns, and the table that these go to.
STEPS, STEP_TABLE = "steps", "deadlines"
STANDARD_INPUT = "-"
# What a person writes has some kilobytes, and some sources.
_MOST_BYTES, _MOST_LISTED = 5_000_000, 200

Cells = dict[str, str]


@dataclass(frozen=True)
class Entry:
    """Cells by column as they were given; `faults`: what cannot become a cell at all.

    `event`, `coding`, `act` and `profile` are empty where there is none; `steps` are those of the
    act, None where nothing is said of them.
    """

    event: Cells
    sources: tuple[Cells, ...]
    coding: Cells
    act: Cells
    steps: tuple[Cells, ...] | None = None
    profile: Cells = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def entry_content(name: str) -> bytes:
    """Return the bytes of an entry's file, by its path, or of standard input, for `-`. Raises
    BadInput for what is not there, no plain file or too long.
    """
    if name != STANDARD_INPUT:
        try:
            return read_plain(Path(name), _MOST_BYTES)
        except OSError as error:
            raise BadInput(f"{inline(name)}: {error.strerror}") from None
    content = sys.stdin.buffer.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise BadInput(f"standard input has more than {_MOST_BYTES:,} bytes")
    return content


def read_entry(content: bytes, name: str, tables: Mapping[str, Table]) -> Entry:
    """Return the entry in the bytes of a TOML or JSON file, or of what a form for issues writes;
    `name` is how faults call the file.

    Raises BadEntry where it can be read as none of them, or has too much in it.
    """
    try:
        document = _document(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadEntry([Fault(name, 0, "", "the file is not UTF-8")]) from None
    except (ValueError, RecursionError) as error:  # too long a number, too deep a nesting
        raise BadEntry([Fault(name, 0, "", f"not valid TOML or JSON: {error}")]) from None
    except BadInput as error:
        raise BadEntry([Fault(name, 0, "", str(error))]) from None
    return entry_of(document, name, tables)


def _document(text: str) -> dict[str, Any]:
    """Return the tables of values in a text; what is no TOML may be a form."""
    if text.lstrip().startswith("{"):
        document: dict[str, Any] = json.loads(text)
        return document
    try:
        return tomllib.loads(text)
    except ValueError:
        if not is_form(text):
            raise
        return form_document(text)


def entry_of(document: Mapping[str, Any], name: str, tables: Mapping[str, Table]) -> Entry:
    """Return the entry in tables of values, such as a TOML or JSON file holds."""
    reader = _Reader(name)
    act, steps = _apart(document.get(ACT, {}))
    event = {key: value for key, value in document.items() if key not in PART_TABLES}
    entry = Entry(
        event=reader.cells("", event, tables["events"]),
        sources=tuple(
            reader.cells(f"{SOURCES}[{place}]", source, tables[PART_TABLES[SOURCES]])
            for place, source in enumerate(reader.table_list(SOURCES, document.get(SOURCES, [])), 1)
        ),
        coding=reader.cells(CODING, document.get(CODING, {}), tables[PART_TABLES[CODING]]),
        act=reader.cells(ACT, act, tables[PART_TABLES[ACT]]),
        steps=None if steps is None else reader.steps(steps, tables[STEP_TABLE]),
        profile=reader.cells(PROFILE, document.get(PROFILE, {}), tables[PART_TABLES[PROFILE]]),
        faults=tuple(reader.faults),
    )
    if not (entry.event or entry.act or entry.profile):
        text = Fault(name, 0, "", "has no event, no act and no profile")
        entry = Entry({}, (), {}, {}, faults=(*reader.faults, text))
    return entry


def _apart(act: Any) -> tuple[Any, Any]:
    """Return an act without its steps, and these; None where nothing is said of them."""
    if not isinstance(act, Mapping):
        return act, None
    return {key: value for key, value in act.items() if key != STEPS}, act.get(STEPS)


def step_name(place: int) -> str:
    """Return what a step of an act is called, by its place from 1 on."""
    return f"{ACT}.{STEPS}[{place}]"


class _Reader:
    """Turns values into cells and collects what cannot become one."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.faults: list[Fault] = []

    def _fault(self, name: str, message: str) -> None:
        self.faults.append(Fault(self._file, 0, name, message))

    def _refuse(self, name: str, message: str) -> NoReturn:
        """Refuse what is out of all measure by itself, whatever else is wrong."""
        raise BadEntry([Fault(self._file, 0, name, message)])

    def table_list(self, name: str, value: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > _MOST_LISTED:
            self._refuse(name, f"has {len(value):,} parts; the most is {_MOST_LISTED}")
        if isinstance(value, list):
            return value
        self._fault(name, f"must be a list of tables, [[{name}]]")
        return []

    def steps(self, value: Any, table: Table) -> tuple[Cells, ...]:
        """Return the cells of the steps of an act, which is named above them."""
        of_act = replace(table, columns=table.columns[1:])
        listed = self.table_list(f"{ACT}.{STEPS}", value)
        return tuple(self.cells(step_name(at), step, of_act) for at, step in enumerate(listed, 1))

    def cells(self, name: str, mapping: Any, table: Table) -> Cells:
        """Return the cells of a part of the entry, under the names of the columns of its table."""
        if not isinstance(mapping, Mapping):
            self._fault(name, "must be a table")
            return {}
        kinds = {column.name: column.kind for column in table.columns}
        texts = {}
        for key, value in mapping.items():
            named = ".".join(filter(None, [name, inline(key)]))
            if key in kinds:
                texts[key] = self._cell(named, value, kinds[key])
            else:
                text = f"is not a column; there are: {', '.join(kinds)}"
                self._fault(named, f"{text}{did_you_mean(key, list(kinds), {})}")
        return texts

    def _cell(self, name: str, value: Any, kind: str) -> str:
        parts = value if kind == "list" and isinstance(value, list) else [value]
        texts = [_text(part) for part in parts]
        note = [text for text in texts if text is not None]
        if len(note) < len(texts):
            many = "a list of texts" if kind == "list" else "a text, a number, a day, true or false"
            self._fault(name, f"{inline(value)} must be {many}")
        text = LIST_SEPARATOR.join(note)
        if len(text) > LONGEST_CELL:
            self._refuse(name, f"has {len(text):,} characters; the most is {LONGEST_CELL:,}")
        if text.isprintable():
            return text
        # A cell is on one line; the rest of what it may not hold the schema tells.
        self._fault(name, f"{inline(text)} has a line break or a control character")
        return "".join(filter(str.isprintable, text))


def _text(value: Any) -> str | None:
    """Return a value as the text of a cell; None where it is none. What is null is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return None
    return str(value) if isinstance(value, str | int | float | date) else None
