"""A brief as PDF, set by typst."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import typst

from stances.figures.theme import LIGHT
from stances.pictures.png import fonts
from stances.render.letters import replaced

# Frozen source: what a brief says comes in as data, and typst reads nothing of it.
_SOURCE = files("stances.render").joinpath("brief.typ").read_bytes()
_LOOK = ("ink", "muted", "grid", "accent", "outline")
# Tagged so that a screen reader can tell headings, tables and pictures (ISO 14289-1).
_FOR_ALL = "ua-1"
# How typst names a text for which it has no typeface, and how it writes a letter by its number.
_NO_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)+)"`')
_BY_NUMBER = re.compile(r"\\u\{([0-9a-f]+)\}")


def pdf(brief: Mapping[str, Any], images: Mapping[str, str]) -> bytes:
    """Return the bytes of a brief: the same for the same brief. `brief`: as JSON can have it;
    `images`: SVG by the names that pictures have in it.
    """
    try:
        return _set(brief, images, [_FOR_ALL])
    except typst.TypstError as error:
        # The standard wants a glyph for every letter, and East Asia's may be on no machine.
        brief = replaced(brief, _without_glyph(error))
    try:
        return _set(brief, images, [_FOR_ALL])
    except typst.TypstError:
        # Tagged all the same; what else is wrong is said again.
        return _set(brief, images, [])


def _without_glyph(error: typst.TypstError) -> set[str]:
    """Return the letters that no typeface here has."""
    found = _NO_GLYPH.findall(error.diagnostic)
    return set("".join(_BY_NUMBER.sub(lambda each: chr(int(each[1], 16)), text) for text in found))


def _set(brief: Mapping[str, Any], images: Mapping[str, str], standards: list[Any]) -> bytes:
    look = {name: getattr(LIGHT, name) for name in _LOOK}
    return typst.compile(
        _SOURCE,
        font_paths=fonts(),
        sys_inputs={"brief": json.dumps({**brief, "look": look}), **images},
        format="pdf",
        pdf_standards=standards,
    )
