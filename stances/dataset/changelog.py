"""The changelog of a data folder: what each release brought, and each correction with its reason.

A section opens with the day of its release; its first line names the version, and the list under
that is made once, when it is released. Corrections before a release wait in `Next release`.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from stances.dataset import schema
from stances.dataset.faults import inline
from stances.dataset.schema import Table

NEXT = "Next release"
_TITLE = "# Changelog of the data\n\nNewest first.\n\n"
_SECTION = re.compile(r"^## ", re.MULTILINE)
_VERSION = re.compile(r"^Version `([^`]+)`", re.MULTILINE)
# Rows of these are listed by name, so many of them.
_LISTED, _MOST = ("events", "acts", "deadlines", "profiles", "actors"), 40

Rows = dict[tuple[str, ...], dict[str, str]]


def versions(text: str) -> list[str]:
    """Return the versions that a changelog names, newest first."""
    return _VERSION.findall(text)


def with_correction(text: str, row_id: str, moved: Mapping[str, tuple[str, str]], why: str) -> str:
    """Return a changelog that tells of a correction in the section of the next release: the row,
    what each column said and says, and the reason.
    """
    told = ", ".join(f"{name} {inline(old)} to {inline(new)}" for name, (old, new) in moved.items())
    line = f"- `{row_id}`: {told}. {why.strip()}\n"
    preface, *sections = _SECTION.split(text or _TITLE)
    if sections and sections[0].startswith(NEXT):
        sections[0] = f"{sections[0].rstrip()}\n{line}\n"
    else:
        sections.insert(0, f"{NEXT}\n\n{line}\n")
    return _joined(preface, sections)


def with_release(text: str, version: str, lines: Iterable[str]) -> str:
    """Return a changelog with a section of a version: what waited in the next release, below a list
    of lines. One that names the version already stays as it is.
    """
    if version in versions(text):
        return text
    preface, *sections = _SECTION.split(text or _TITLE)
    waiting = ""
    if sections and sections[0].startswith(NEXT):
        waiting = sections.pop(0).removeprefix(NEXT).strip("\n")
    told = "".join(f"- {line}\n" for line in lines)
    below = f"{waiting}\n\n" if waiting else ""
    sections.insert(0, f"{version[:10]}\n\nVersion `{version}`:\n\n{told}\n{below}")
    return _joined(preface, sections)


def _joined(preface: str, sections: Iterable[str]) -> str:
    return "".join([preface, *(f"## {section}" for section in sections)]).rstrip("\n") + "\n"


def difference_lines(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what each table has apart in two states of the files, by name: how many rows were
    added, corrected (with the columns) and withdrawn, and which, if they are few.
    """
    for table in schema.tables().values():
        old, new = rows_by_key(table, before), rows_by_key(table, after)
        moved = {key: _moved(table, old[key], new[key]) for key in new if key in old}
        parts = {
            "added": {key: "" for key in new if key not in old},
            "corrected": {key: names for key, names in moved.items() if names},
            "withdrawn": {key: "" for key in old if key not in new},
        }
        counts = [f"{len(keys):,} {done}" for done, keys in parts.items() if keys]
        if counts:
            yield f"`{table.file}`: {', '.join(counts)}."
        for done, keys in parts.items() if table.name in _LISTED else ():
            if 0 < len(keys) <= _MOST:
                yield f"{done.capitalize()}: {', '.join(map(_named, keys, keys.values()))}."


def _named(key: tuple[str, ...], columns: str) -> str:
    name = f"`{' '.join(key)}`"
    return f"{name} ({columns})" if columns else name


def _moved(table: Table, old: dict[str, str], new: dict[str, str]) -> str:
    """Return the columns that a row has otherwise. That it was recorded anew is no change."""
    names = [n for n in table.header if n != "recorded" and n in old and n in new]
    return ", ".join(name for name in names if old[name] != new[name])


def rows_by_key(table: Table, files: Mapping[str, bytes]) -> Rows:
    """Return the rows of a table in some files, by name; none where its file is missing."""
    text = files.get(table.file, b"").decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {tuple(row[name] for name in table.key): row for row in rows}
