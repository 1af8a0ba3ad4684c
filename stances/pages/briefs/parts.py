"""What a brief is made of, as data for `brief.typ`: texts, tables, figures and notes, no layout."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from stances import words
from stances.figures.hatch import Hatch, hatches
from stances.figures.theme import CLASS_COLORS, LIGHT
from stances.pictures.letters import days_together

Part = dict[str, Any]
LEAD, BODY, SMALL = "lead", "body", "small"
# Only what leads to a page of the web becomes a link.
_WEB = ("http://", "https://")
# Rows of two lines that have room on a page beside what else stands there.
_MOST = 16


class BriefColumn(NamedTuple):
    """A column of a table: its heading, its width in pt (0: what the others leave), in how many
    lines a cell may stand, and whether its cells end at its right edge.
    """

    head: str
    width: float = 0
    lines: int = 1
    end: bool = False


def cell(
    text: str,
    note: str = "",
    swatch: Part | None = None,
    strong: bool = False,
    link: str = "",
    note_link: str = "",
    note_lines: int = 1,
) -> Part:
    """Return a cell of a table: a text, behind a swatch, and a small one under it."""
    return {
        "text": words.on_one_line(text),
        "note": words.on_one_line(note),
        "swatch": swatch,
        "strong": strong,
        "link": _web(link),
        "note_link": _web(note_link),
        "note_lines": note_lines,
    }


def table(
    heading: str,
    text: str,
    columns: Sequence[BriefColumn],
    rows: Sequence[Sequence[Part]],
    link: str = "",
    fills: bool = False,
    most: int = _MOST,
) -> Part:
    """Return a table under what it finds. `link`: to where the rows stand that have no room;
    `fills`: it stands only where room is left over; `most`: more rows have no room, however low
    they are.
    """
    return {
        "kind": "table",
        "heading": words.on_one_line(heading),
        "told": words.on_one_line(text),
        "told_lines": 4,
        "columns": [column._asdict() for column in columns],
        "rows": [list(row) for row in rows[:most]],
        "more": [_more(len(rows) - shown) for shown in range(min(len(rows), most) + 1)],
        "link": _web(link),
        "fills": fills,
    }


def _more(left: int) -> str:
    """How many rows are left out; empty where none is."""
    return f"and {words.number(left)} more" if left else ""


def text(
    sentence: str,
    size: str = BODY,
    lines: int = 3,
    heading: str = "",
    note: str = "",
    link: str = "",
) -> Part:
    """Return a paragraph; `note`: a line between it and its heading."""
    return {
        "kind": "text",
        "heading": words.on_one_line(heading),
        "told": words.on_one_line(note),
        "told_lines": 2,
        "text": days_together(words.on_one_line(sentence)),
        "size": size,
        "lines": lines,
        "link": _web(link),
    }


def note(label: str, text: str, link: str = "") -> Part:
    """Return a small paragraph behind its label."""
    return {"label": words.on_one_line(label), "text": words.on_one_line(text), "link": _web(link)}


def notes(heading: str, text: Sequence[Part], lines: int = 3) -> Part:
    """Small paragraphs, each a `note` of at most so many lines; those without a text are left
    out.
    """
    every = [each for each in text if each["text"]]
    return {"kind": "notes", "heading": heading, "told": "", "notes": every, "lines": lines}


def figures(text: Sequence[tuple[str, str]], across: int) -> Part:
    """Large figures, each under its label."""
    every = [{"label": f"{label[:1].upper()}{label[1:]}", "value": value} for label, value in text]
    return {"kind": "figures", "figures": every, "across": across}


def picture(heading: str, text: str, image: str, alt: str) -> Part:
    """Return a picture by its name among those that are handed to the typesetter."""
    return {
        "kind": "picture",
        "heading": heading,
        "told": words.on_one_line(text),
        "told_lines": 2,
        "image": image,
        "alt": alt,
    }


def beside(left: Part, right: Part, width: float) -> Part:
    """Two parts side by side; `width`: of the left one, in pt."""
    return {"kind": "beside", "left": left, "right": right, "width": width}


def head(site: str, day: str, name: str = "", size: float = 24) -> Part:
    """Return what stands over a page: whose brief, as of when and, on the first, of whom."""
    return {
        "kind": "head",
        "site": words.on_one_line(site),
        "day": day,
        "name": words.on_one_line(name),
        "size": size,
        "lines": 2,
    }


def _web(link: str) -> str:
    return link if link.startswith(_WEB) else ""


# -- swatches -----------------------------------------------------------------------------------


def act_swatch(level: float, held: bool) -> Part:
    """Return the class of an act, framed where it is in force; NaN: it has none."""
    if math.isnan(level):
        return _striped(hatches(LIGHT)[0], held)
    return {"fill": CLASS_COLORS[int(level)], "stripe": "", "held": held}


def stance_swatch(standing: Any, held: bool = False) -> Part:
    """Return the class of a stance, in stripes where there is none or it is old."""
    if math.isnan(standing.stance):
        return _striped(hatches(LIGHT)[0], held)
    if standing.old:
        _, *fading = hatches(LIGHT)
        return _striped(fading[int(standing.level) - min(CLASS_COLORS)], held)
    return act_swatch(standing.level, held)


def _striped(hatch: Hatch, held: bool) -> Part:
    return {"fill": hatch.ground, "stripe": hatch.stripe, "held": held}
