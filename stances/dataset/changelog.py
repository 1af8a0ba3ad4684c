"""The changelog of a data folder: a section with the day, version and changes of each release, and
corrections with their reasons, which wait in `Next release` before one.
"""

import re
from collections.abc import Iterable, Mapping

from stances.dataset.faults import inline

NEXT = "Next release"
_TITLE = "# Changelog of the data\n\nNewest first.\n\n"
# What begins a section, a correction (row, then moves and reason) and the lines of a version.
_SECTION = re.compile(r"^## ", re.MULTILINE)
_CORRECTION = re.compile(r"^- `([^`]+)`: (.+)$", re.MULTILINE)
_VERSION = re.compile(r"^Version `([^`]+)`", re.MULTILINE)


def versions_in(text: str) -> list[str]:
    """Return the versions that a changelog names, newest first."""
    return _VERSION.findall(text)


def corrections_in(text: str) -> dict[str, str]:
    """Return the newest correction of each row that a changelog has one of: its moves and reason,
    as `with_correction` writes them, by the id of the row.
    """
    newest: dict[str, str] = {}
    for row_id, line in _CORRECTION.findall(text):
        newest.setdefault(row_id, line)
    return newest


def with_correction(
    text: str,
    row_id: str,
    before: Mapping[str, str],
    after: Mapping[str, str],
    why: str,
) -> str:
    """Return a changelog that tells of a correction: the row, what moved from and to, and why.
    `text`: the changelog; `before`: the row; `after`: the cells of it that became others.
    """
    moves = []
    for column, cell in after.items():
        was = inline(before[column])
        moves.append(f"{column} {was} to {inline(cell)}")
    what = ", ".join(moves)
    correction = f"- `{row_id}`: {what}. {why}"
    preface, waiting, releases = _parts(text)
    # The lines of one list: the newest correction stands last.
    lines = f"{waiting}\n{correction}".lstrip("\n")
    return _with_sections(preface, f"{NEXT}\n\n{lines}", releases)


def with_release(text: str, version: str, lines: Iterable[str]) -> str:
    """Return a changelog with a section of a version, if it has none: its lines and what waited."""
    # The release was written before, and is only made anew.
    if version in versions_in(text):
        return text

    preface, waiting, releases = _parts(text)
    title = f"{version[:10]}\n\nVersion `{version}`:\n\n"
    changes = "".join(f"- {line}\n" for line in lines)
    section = f"{title}{changes}\n{waiting}"
    return _with_sections(preface, section, releases)


def _parts(text: str) -> tuple[str, str, list[str]]:
    """Return what stands above the sections, what waits for the next release, without its heading,
    and the sections of the releases, each without `## `.
    """
    if not text:
        text = _TITLE
    preface, *sections = _SECTION.split(text)
    waiting = ""
    if sections and sections[0].startswith(NEXT):
        newest = sections.pop(0)
        waiting = newest.removeprefix(NEXT)
    return preface, waiting.strip("\n"), sections


def _with_sections(preface: str, newest: str, releases: list[str]) -> str:
    """Return a changelog of its parts: the newest section, then those of the releases before; `## `
    is put before each.
    """
    newest = newest.rstrip("\n")
    text = "## ".join([preface, f"{newest}\n\n", *releases])
    return text.rstrip("\n") + "\n"
