"""The changelog of a data folder: what each release brought, and each correction with its reason.

A section opens with the day of its release; its first line names the version, and the list under
that is made once, when it is released. Corrections before a release wait in `Next release`.
"""

import re
from collections.abc import Iterable, Mapping

from stances.dataset.faults import inline

NEXT = "Next release"
_TITLE = "# Changelog of the data\n\nNewest first.\n\n"
_SECTION = re.compile(r"^## ", re.MULTILINE)
_VERSION = re.compile(r"^Version `([^`]+)`", re.MULTILINE)


def versions_in(text: str) -> list[str]:
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
    if version in versions_in(text):
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
