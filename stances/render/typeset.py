"""A brief as PDF, set by typst."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from importlib.resources import files
from typing import Any

import typst

from stances.figures.theme import LIGHT
from stances.pictures.letters import is_known
from stances.pictures.png import fonts

# Frozen source: what a brief says comes in as data, and typst reads nothing of it.
_SOURCE = files("stances.render").joinpath("brief.typ").read_bytes()
_LOOK = ("ink", "muted", "grid", "accent", "outline")
# Tagged so that a screen reader can tell headings, tables and pictures (ISO 14289-1).
_FOR_ALL = "ua-1"
# How typst names a text for which it has no typeface, and how it writes a letter by its number.
_NO_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)+)"`')
_BY_NUMBER = re.compile(r"\\u\{([0-9a-f]+)\}")


_SIGN = "[\N{HORIZONTAL ELLIPSIS}]"
_LETTERS = (
    f"{_SIGN} stands for letters that no typeface at hand has; the dashboard shows them, and a "
    "brief made on a machine with such a typeface."
)


def pdf(brief: Mapping[str, Any]) -> bytes:
    """Return the bytes of a brief, as JSON can have it: the same for the same brief."""
    try:
        return _set(brief, [_FOR_ALL])
    except typst.TypstError as error:
        # The standard wants a glyph for every letter, and East Asia's may be on no machine.
        brief = _with_signs(brief, _without_glyph(error))
    try:
        return _set(brief, [_FOR_ALL])
    except typst.TypstError:
        # Tagged all the same; what else is wrong is said again.
        return _set(brief, [])


def _without_glyph(error: typst.TypstError) -> set[str]:
    """Return the letters that no typeface here has."""
    messages = _NO_GLYPH.findall(error.diagnostic)
    return set(
        "".join(_BY_NUMBER.sub(lambda each: chr(int(each[1], 16)), text) for text in messages)
    )


def _set(brief: Mapping[str, Any], standards: list[Any]) -> bytes:
    look = {name: getattr(LIGHT, name) for name in _LOOK}
    return typst.compile(
        _SOURCE,
        font_paths=fonts(),
        sys_inputs={"brief": json.dumps({**brief, "look": look})},
        format="pdf",
        pdf_standards=standards,
    )


def _with_signs(brief: Mapping[str, Any], letters: Collection[str]) -> dict[str, Any]:
    """Return a brief with a sign for each run of some letters and others of their scripts,
    explained in the last of its notes: what has room then may show more of them.
    """
    if not letters:
        return dict(brief)
    scripts = set(map(_script, letters))
    every = set(json.dumps(brief, ensure_ascii=False))
    foreign = {each for each in every if not is_known(each) and _script(each) in scripts}
    one = f"[{''.join(map(re.escape, sorted(foreign | set(letters))))}]"
    signed: dict[str, Any] = _in_all(brief, re.compile(rf"{one}+(?:\s+{one}+)*"))
    notes = signed["pages"][-1]["parts"][-1]["notes"]
    notes.append({"label": "Letters", "text": _LETTERS, "link": ""})
    return signed


def _script(letter: str) -> str:
    """Return what the name of a letter begins with: its script, as far as it has one."""
    return unicodedata.name(letter, letter).partition(" ")[0]


def _in_all(value: Any, runs: re.Pattern[str]) -> Any:
    """Return a value as JSON has it with every text of it in letters that the sheet has."""
    if isinstance(value, str):
        return runs.sub(_SIGN, value)
    if isinstance(value, Mapping):
        return {name: _in_all(each, runs) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_in_all(each, runs) for each in value]
    return value
