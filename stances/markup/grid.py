"""The tables of acts and of events: the measures of the grid in which the dashboard draws them, and
the same rows as markup, which `plain/page.css` lays out by them until the grid takes its place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from stances.markup.table import table_html

# The heading of the colours, which need none.
SWATCH = " "
# Over 64 px high a row has its texts on several lines.
_ROW_PX, _TALL_ROW_PX = 35, 66
# Of the head with the frame; of the table of events where it is only to be read.
_HEAD_PX, PLAIN_PX = 38, 360
# Where a row is chosen, the narrower one in a grid of few rows.
_CHOICE_PX, _WIDE_CHOICE_PX, _FEW_CHOICES = 32, 36, 100
# The most that a column as wide as its texts takes, and a grid within its frame has in any page.
_MOST_TEXT_PX, _WIDEST_PX = 500, 1318


@dataclass(frozen=True)
class Grid:
    """`columns`: their names with their widths in px, None: as wide as its texts; `beside`: those
    that there are beside what is open, in their order; `share`: how many times as wide as that it
    then is; `row_px`: the height of a row; `most_px`: that of a grid of many.
    """

    columns: Mapping[str, int | None]
    beside: Mapping[str, int | None]
    share: float
    row_px: int
    most_px: int

    def height(self, count: int) -> int:
        """The height with so many rows, in px; more than a few are scrolled."""
        return min(_HEAD_PX + self.row_px * count, self.most_px)


EVENTS = Grid(
    {
        "Date": 88,
        "Title": None,
        "Actor": 105,
        SWATCH: 28,
        "Score": 98,
        "Sources": 70,
        "Domain": 160,
        "Instrument": 110,
        "Confidence": 90,
    },
    # There titles are whole; their scores are told by colour before them.
    {"Date": 88, SWATCH: 28, "Title": 560, "Score": 98, "Actor": 105},
    1.9,
    _ROW_PX,
    560,
)
ACTS = Grid(
    {
        "Actor": 110,
        "Act": 210,
        "Status": 110,
        "In force since": 92,
        "Deadline": 92,
        "Obligation": 400,
        "Covers": 150,
        "Aim": 120,
        "Legal reference": 240,
    },
    # What is open tells the rest.
    {"Actor": 110, "Act": 210, "Status": 110, "In force since": 92, "Deadline": 92},
    1.6,
    _TALL_ROW_PX,
    500,
)


def grid_html(
    grid: Grid,
    caption: str,
    rows: Sequence[Sequence[str]],
    height: int,
    choices: int = 0,
    beside: bool = False,
    numbers: Collection[int] = (),
    marked: Collection[int] = (),
) -> str:
    """The first columns of a grid as a table. `rows`, `numbers`, `marked`: as for `table_html`;
    `height`: of the grid; `choices`: how many rows it lets choose from, 0: it is only read;
    `beside`: whether it stands beside what is open.
    """
    head = list(grid.columns)[: len(rows[0]) if rows else None]
    drawn = grid.beside if beside else {name: grid.columns[name] for name in head}
    measures = f"--columns:{_tracks(drawn, choices)};--row:{grid.row_px}px;--high:{height}px"
    kind = f"grid{'' if choices else ' only-read'}{' narrow' if beside else ''}"
    return table_html(caption, head, rows, numbers, marked, kind=kind, measures=measures)


def _tracks(columns: Mapping[str, int | None], choices: int) -> str:
    """The columns as a grid of the browser takes them: room that is left is shared among them in
    whole px, and the last one has the rest.
    """
    least = [f"{px}px" if px else "max-content" for px in columns.values()]
    choice = (_WIDE_CHOICE_PX if choices > _FEW_CHOICES else _CHOICE_PX) if choices else 0
    room = _WIDEST_PX - choice - sum(px or _MOST_TEXT_PX for px in columns.values())
    least[-1] = f"calc({least[-1]} + {max(room, 0) % len(least)} * var(--rest))"
    tracks = [f"minmax({width},auto)" for width in least]
    return " ".join([f"{choice}px", *tracks] if choices else tracks)


def beside_html(grid: Grid, opened: str, found: str) -> str:
    """What is open, and beside it the grid with what is said below it; both as markup."""
    if not opened:
        return found
    return (
        f'<div class="opened" style="--share:{grid.share}">'
        f"<div>{opened}</div><div>{found}</div></div>"
    )


def not_among_html(noun: str) -> str:
    """That what is open is in no row. `noun`: what it is."""
    return f'<p class="small">Not among the {noun}s found.</p>'
