"""Texts that lie beside the tables as pages: FORMAT.md and codebook.toml, with their tables."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
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


def of_markdown(text: str) -> list[Part]:
    """Return the parts of a Markdown text without its title."""
    parts: list[Part] = []
    for code, block in _BLOCK.findall(text):
        if code:
            parts.append(("pre", code))
        elif block.startswith("## "):
            parts.append(("h2", block.removeprefix("## ")))
        elif block.startswith("|"):
            header, _, *lines = block.splitlines()
            parts.append(("table", [_cells(line) for line in (header, *lines)]))
        elif block.startswith("- "):
            parts.append(("ul", block.removeprefix("- ").split("\n- ")))
        elif not block.startswith("# "):
            parts.append(("p", block))
    return parts


def _cells(line: str) -> list[str]:
    """Return the cells of a line of a Markdown table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def of_toml(text: str) -> list[Part]:
    """Return the parts of a TOML file: a table for each of its own, with what comments say; the
    values that are in none come first, in one.
    """
    notes = _notes(text)
    parts: list[Part] = []
    single: dict[str, Any] = {}
    for name, value in tomllib.loads(text).items():
        # A list or an inline table behind a key has no heading.
        if name not in notes:
            single[name] = value
            continue
        parts.append(("h2", name))
        parts += [("p", note) for note in notes[name].pop("", [])]
        # The tables of a list have numbers in place of codes.
        entries = enumerate(value, 1) if isinstance(value, list) else value.items()
        tables = {str(code): table for code, table in entries}
        if all(isinstance(table, dict) for table in tables.values()):
            parts.append(("table", _table_of_tables(tables)))
        else:
            parts.append(("table", _table_of_keys(tables, notes[name])))
    return [("table", _table_of_keys(single, notes[""])), *parts]


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
    keys = list(dict.fromkeys(key for table in tables.values() for key in table))
    rows = [["code", *keys]]
    for code, table in tables.items():
        rows.append([code, *[_written(table.get(key, "")) for key in keys]])
    return rows


def _table_of_keys(values: dict[str, Any], notes: dict[str, list[str]]) -> list[list[str]]:
    """Return a row for each key: its value, and what is said of it."""
    rows = [["key", "value", "meaning"]]
    for key, value in values.items():
        rows.append([key, _written(value), " ".join(notes.get(key, []))])
    return rows


def _written(value: Any) -> str:
    """Return a value of TOML as a text."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {inner}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def coded(text: str) -> Markup:
    """Return a text with what stands between backticks as code."""
    return Markup(re.sub(r"`([^`]*)`", r"<code>\1</code>", str(escape(text))))
