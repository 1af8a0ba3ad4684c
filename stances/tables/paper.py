"""Tables on paper: how wide their columns are, and what stands in a cell."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from stances import words
from stances.dataset.codebook import Codebook

# What stands where a position would, where there is none.
NOTHING = "No position"


class Swatch(NamedTuple):
    """The colour of a class, NaN: none; `framed`: a rule holds it; `old`: by old statements."""

    level: float
    framed: bool = False
    old: bool = False


class Cell(NamedTuple):
    """A cell: a text behind a swatch, a small note under it, maybe a link, maybe several lines."""

    text: str
    note: str = ""
    swatch: Swatch | None = None
    strong: bool = False
    link: str = ""
    lines: int = 1


@dataclass(frozen=True)
class PaperColumn:
    """A column on paper: its width in pt (0: what the others leave), in how many lines the text of
    a cell may stand, and the cell of a row, None: its text alone.
    """

    width: float = 0
    lines: int = 1
    cell: Callable[[Any], Cell] | None = None


def stance_cell(codebook: Codebook, row: Any, strong: bool = False, framed: bool = False) -> Cell:
    """Return the label of a stance with its swatch."""
    none = math.isnan(row.stance)
    text = NOTHING if none else words.label(codebook, row.stance)
    level = math.nan if none else row.level
    return Cell(text, swatch=Swatch(level, framed, not none and row.old), strong=strong)
