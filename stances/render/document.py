"""Texts that lie beside the tables as pages: FORMAT.md and codebook.toml, with their tables."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import Any

from markupsafe import Markup, escape

# What a part is, and its text, items or rows: "h2", "p", "pre", "ul" or "table".
Part = tuple[str, Any]
# A block between blank lines, or one between fences, which may have blank lines in it.
_BLOCK = re.compile(r"```\w*\n(.*?)\n```|(\S.*?)(?=\n\n|\Z)", re.DOTALL)
# A heading ([acts.scope], [[borders]]; its first name), a key, and a comment behind either.
_SECTION = re.compile(r"\[+([\w-]+)")
_KEY = re.compile(r'"?([\w-]+)"? *=')
_NOTE = re.compile(r"\s#\s*([^#\"]+)$")


def of_markdown(text: str) -> Iterator[Part]:
    """Yield the parts of a Markdown text without its title."""
    # Of a block either is empty.
    for code, block in _BLOCK.findall(text):
        if code:
            yield "pre", code
        elif block.startswith("## "):
            yield "h2", block.removeprefix("## ")
        elif block.startswith("|"):
            # The second line is the rule below the headings.
            header, _, *lines = block.splitlines()
            rows = map(_cells, [header, *lines])
            yield "table", list(rows)
        elif block.startswith("- "):
            items = block.removeprefix("- ")
            yield "ul", items.split("\n- ")
        elif not block.startswith("# "):
            yield "p", block


def _cells(line: str) -> list[str]:
    """Return the cells of a line of a Markdown table."""
    inside = line.strip().strip("|")
    return [cell.strip() for cell in inside.split("|")]


def of_toml(text: str) -> Iterator[Part]:
    """Yield the parts of a TOML file: first the values that stand before its tables, as one; then a
    table for each of its own, with what comments say, but those at the head of the file and behind
    keys of nested tables.
    """
    notes = _notes(text)
    values = tomllib.loads(text)
    single = {key: value for key, value in values.items() if key not in notes}
    yield "table", _table_of_keys(single, notes[""])

    for name, value in values.items():
        if name in single:
            continue
        yield "h2", name
        for note in notes[name].pop(""):
            yield "p", note

        # The tables of a list have numbers in place of codes.
        entries = value
        if isinstance(value, list):
            entries = {str(number): table for number, table in enumerate(value, 1)}
        # Either tables, or values.
        if all(isinstance(entry, dict) for entry in entries.values()):
            yield "table", _table_of_tables(entries)
        else:
            yield "table", _table_of_keys(entries, notes[name])


def _notes(text: str) -> dict[str, dict[str, list[str]]]:
    """Return what comments say of the tables in the text, by the name of the table ("": before the
    first; `domains` for `[domains.trade]` too), then by the key behind which they stand; an empty
    key: on lines of their own, or behind the name of the table.
    """
    notes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    section = ""
    # A comment on lines of its own is of the table of the line that comes next.
    waiting: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            waiting.append(line.lstrip("# "))
        elif line:
            key = ""
            if begins := _SECTION.match(line):
                section = begins[1]
            elif is_key := _KEY.match(line):
                key = is_key[1]
            notes[section][""] += waiting
            waiting.clear()
            if note := _NOTE.search(line):
                notes[section][key].append(note[1])
    return notes


def _table_of_tables(tables: dict[str, dict[str, Any]]) -> list[list[str]]:
    """Return a row for each table, under all keys that they have."""
    # In a dict each is once, where it came first.
    keys = dict.fromkeys(chain.from_iterable(tables.values()))
    rows = [["code", *keys]]
    for code, table in tables.items():
        cells = [_written(table.get(key, "")) for key in keys]
        rows.append([code, *cells])
    return rows


def _table_of_keys(values: dict[str, Any], notes: dict[str, list[str]]) -> list[list[str]]:
    """Return a row for each key: its value, and what is said of it."""
    rows = [["key", "value", "meaning"]]
    for key, value in values.items():
        meaning = " ".join(notes.get(key, []))
        rows.append([key, _written(value), meaning])
    return rows


def _written(value: Any) -> str:
    """Return a value of TOML as a text."""
    if isinstance(value, dict):
        pairs = [f"{key}: {inner}" for key, inner in value.items()]
        return "; ".join(pairs)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    text = str(value)
    # As TOML has it: true.
    return text.lower() if isinstance(value, bool) else text


def coded(text: str) -> Markup:
    """Return a text with what stands between backticks as code."""
    escaped = str(escape(text))
    return Markup(re.sub(r"`([^`]*)`", r"<code>\1</code>", escaped))
