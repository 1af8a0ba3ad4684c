"""The changelog of a data folder: what a release brought stands at the head of its section.

A section opens with the day of its release; its first line names the version, and the list under
that is made. What stands below is written by hand, and stays. What is corrected before a release
waits in a section of its own, `Next release`.
"""

import re
from collections.abc import Iterable, Mapping

from stances.dataset.faults import inline

CHANGELOG = "CHANGELOG.md"
_TITLE = "# Changelog of the data\n\nNewest first.\n\n"
_NEXT = "Next release"
_SECTION = re.compile(r"^## ", re.MULTILINE)
_BELOW = re.compile(r"^  - .*\n", re.MULTILINE)
_HEAD = re.compile(r"\AVersion `(?P<version>[^`]+)`.*\n(?:\n(?:(?:  )?- .*\n)+)?")


def with_correction(
    content: bytes, row_id: str, moved: Mapping[str, tuple[str, str]], why: str
) -> bytes:
    """Return a changelog that tells of a correction in the section of the next release: the row,
    what each column said and says, and the reason.
    """
    text = ", ".join(f"{name} {inline(old)} to {inline(new)}" for name, (old, new) in moved.items())
    line = f"- `{row_id}`: {text}. {why.strip()}\n"
    preface, sections = _parts(content)
    if sections and _heading(sections[0]) == _NEXT:
        sections[0] = f"{sections[0].rstrip()}\n{line}\n"
    else:
        sections.insert(0, f"## {_NEXT}\n\n{line}\n")
    return _join(preface, sections)


def with_release(content: bytes, version: str, day: str, text: str, lines: Iterable[str]) -> bytes:
    """Return a changelog whose section of a version opens with what it brought: a line, then a
    list.

    A version that is new takes the section of the next release, or one of its day that names no
    version yet; else it gets one of its own.
    """
    head = f"Version `{version}`{text}\n\n" + "".join(f"- {line}\n" for line in lines)
    preface, sections = _parts(content)
    known = [_version(section) for section in sections]
    if version in known:
        place = known.index(version)
    else:
        place = 0
        if not sections or known[0] or _heading(sections[0]) not in (_NEXT, day):
            sections.insert(0, f"## {day}\n\n")
    by_hand = _HEAD.sub("", _body(sections[place])).strip("\n")
    below = f"{by_hand}\n\n" if by_hand else ""
    heading = day if version not in known else _heading(sections[place])
    sections[place] = f"## {heading}\n\n{head}\n{below}"
    return _join(preface, sections)


def versions(content: bytes) -> list[str]:
    """Return the versions that a changelog names, newest first."""
    _, sections = _parts(content)
    return [version for version in map(_version, sections) if version]


def text_of(content: bytes, version: str) -> str:
    """Return what a changelog says of a version, no lists below items; empty: not named there."""
    _, sections = _parts(content)
    bodies = (_body(section) for section in sections if _version(section) == version)
    return _BELOW.sub("", next(bodies, "")).strip()


def text_since(content: bytes, version: str) -> str:
    """Return what a changelog says of all that came after a version."""
    return content.decode("utf-8-sig").partition(f"Version `{version}`")[0]


def up_to(content: bytes, version: str) -> bytes:
    """Return a changelog as it was when a version was released: without what came after it."""
    preface, sections = _parts(content)
    known = [_version(section) for section in sections]
    return _join(preface, sections[known.index(version) :] if version in known else [])


def _parts(content: bytes) -> tuple[str, list[str]]:
    """Return what stands before the sections, and the sections, each with its heading."""
    preface, *sections = _SECTION.split(content.decode("utf-8-sig") or _TITLE)
    return preface, [f"## {section}" for section in sections]


def _join(preface: str, sections: list[str]) -> bytes:
    return f"{preface}{''.join(sections)}".rstrip("\n").encode() + b"\n"


def _heading(section: str) -> str:
    return section.partition("\n")[0].removeprefix("## ").strip()


def _body(section: str) -> str:
    return section.partition("\n")[2].lstrip("\n")


def _version(section: str) -> str:
    head = _HEAD.match(_body(section))
    return head["version"] if head else ""
