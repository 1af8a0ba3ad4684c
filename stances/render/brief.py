"""Briefs as PDF: the blocks of each page as `brief.typ` takes them, without layout."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from stances import words
from stances.figures.hatch import hatches
from stances.figures.theme import CLASS_COLORS, LIGHT
from stances.links.register import page_titles
from stances.pages.block import (
    Block,
    Blocks,
    ChartBlock,
    FilesBlock,
    HeadlineBlock,
    TableBlock,
    TextBlock,
)
from stances.pages.briefs import actor, group
from stances.pages.briefs.request import BriefRequest
from stances.pictures.letters import days_together
from stances.render.typeset import pdf
from stances.tables.paper import Cell, PaperColumn, Swatch
from stances.tables.table import TableColumn

Part = dict[str, Any]
# Only what leads to a page of the web becomes a link.
_WEB = ("http://", "https://")
# More rows have no space on a page, however low they are: of members, who have one for themselves,
# and beside other tables.
_MEMBERS, _MOST = 40, 16
# So many members that are left out are named in a line.
_MOST_NAMED = 6
# How wide the first of two columns is, in pt, by their name.
_WIDTHS = {"fields": 236, "fields reader": 318}


def brief_pdf(request: BriefRequest) -> bytes:
    """Return a brief as PDF: one page of an actor, three of a group."""
    data = request.tracker.data
    pages = group.pages(request) if request.of_group else (actor.blocks(request),)
    return pdf(
        {
            "title": request.title,
            "author": list(data.about.authors),
            "description": data.about.description,
            "date": [data.recorded.year, data.recorded.month, data.recorded.day],
            "pages": [
                _page(request, blocks, "" if number else request.name)
                for number, blocks in enumerate(pages)
            ],
        }
    )


def _page(request: BriefRequest, blocks: Blocks, name: str) -> Part:
    """Return what stands on a page over its last block. `name`: whose; empty on page two."""
    *body, last = blocks
    parts = [_head(request, name)]
    for columns, inside in groupby(body, key=lambda block: block.group):
        if columns:
            by_column = groupby(inside, key=lambda block: block.column)
            [[left], [right]] = [list(_parts(request, column)) for _, column in by_column]
            width = _WIDTHS[columns]
            parts.append({"kind": "beside", "left": left, "right": right, "width": width})
        else:
            parts += _parts(request, inside)
    [foot] = _parts(request, [last])
    return {"parts": parts, "foot": foot}


def _head(request: BriefRequest, name: str) -> Part:
    """Return whose brief it is, as of when, and for whom."""
    reader = f", for {request.tracker.sentence_names[request.reader]}" if request.reader else ""
    of = "" if name else f" on {request.text}"
    site = f"{request.tracker.data.about.title}: brief{of}{reader}"
    day = f"As of {words.day(request.day)}"
    return {"kind": "head", "site": _line(site), "day": day, "name": _line(name)}


def _parts(request: BriefRequest, blocks: Iterable[Block]) -> Iterator[Part]:
    """Yield blocks below one another. The text before a table or a chart stands with it."""
    above: TextBlock | None = None
    for block in blocks:
        if isinstance(block, FilesBlock):
            continue
        if isinstance(block, TextBlock):
            if above:
                yield _text(above)
            above = block
        else:
            yield _part(request, block, above or TextBlock())
            above = None
    if above:
        yield _text(above)


def _text(block: TextBlock) -> Part:
    """Return paragraphs under their heading, or notes."""
    under = {"heading": _line(block.heading), "under": "", "lines": block.lines}
    if not block.notes:
        return {"kind": "text", **under, "text": _sentences(block.text), "lead": False}
    notes = [
        {"label": _line(note.label), "text": _line(note.text), "link": _web(note.link)}
        for note in block.notes
        if note.text
    ]
    return {"kind": "notes", **under, "notes": notes}


def _part(
    request: BriefRequest, block: HeadlineBlock | ChartBlock | TableBlock, above: TextBlock
) -> Part:
    """Return a block under the heading and the text above it."""
    under = {"heading": _line(above.heading), "under": _line(" ".join(above.text))}
    if isinstance(block, HeadlineBlock):
        text = _sentences([block.text])
        return {"kind": "text", **under, "lines": 5, "text": text, "lead": True}
    if isinstance(block, ChartBlock):
        return {"kind": "picture", **under, "svg": block.chart.svg, "alt": block.chart.alt}
    if block.table.kind == "totals":
        label, figure = block.table.columns
        totals = [{"label": label.text(row), "value": figure.text(row)} for row in block.rows]
        return {"kind": "totals", "totals": totals}
    return {"kind": "table", **under, **_table(request, block)}


def _table(request: BriefRequest, block: TableBlock) -> Part:
    """Return the rows of a table, and how many are left out where so many have space; one that is
    folded away on a page stands only where space is left over.
    """
    columns = [(column, column.paper) for column in block.table.columns if column.paper]
    most = _MEMBERS if block.table.kind == "members" else _MOST
    rows = block.rows[:most]
    heading = {"heading": _line(block.folded)} if block.folded else {}
    return heading | {
        "columns": [_column(*column) for column in columns],
        "rows": [[_cell(block, *column, row) for column in columns] for row in rows],
        "more": [_omission_note(request, block, drawn) for drawn in range(len(rows) + 1)],
        "link": _web(request.address(block.place)),
        "fills": bool(block.folded),
    }


def _omission_note(request: BriefRequest, block: TableBlock, drawn: int) -> str:
    """Say which rows are left out: few members by name, else how many; and the page with all."""
    table, rest = block.table, block.rows[drawn:]
    if not rest:
        return ""
    if table.kind == "members" and len(rest) <= _MOST_NAMED:
        titles = next(column for column in table.columns if column.name == table.title)
        return f"and {words.listing([titles.text(row) for row in rest])}"
    page = page_titles(request.tracker.data)[block.place.page]
    return f"and {words.number(len(rest))} more, on the page {page}"


def _column(column: TableColumn, paper: PaperColumn) -> Part:
    end = column.is_number
    return {"head": column.name, "width": paper.width, "lines": paper.lines, "end": end}


def _cell(block: TableBlock, column: TableColumn, paper: PaperColumn, row: Any) -> Part:
    cell = paper.cell(row) if paper.cell else Cell(column.text(row))
    is_opened = column.name == block.table.title and block.table.code(row) == block.opened
    return {
        "text": _line(cell.text),
        "note": _line(cell.note),
        "swatch": _swatch(cell.swatch) if cell.swatch else None,
        "strong": cell.strong or is_opened,
        "link": _web(cell.link),
        "lines": cell.lines,
    }


def _swatch(swatch: Swatch) -> Part:
    """Return the colour of a class, in stripes where there is none or it is old."""
    none, *fading = hatches(LIGHT)
    if math.isnan(swatch.level):
        fill, stripe = none.ground, none.stripe
    elif swatch.old:
        hatch = fading[int(swatch.level) - min(CLASS_COLORS)]
        fill, stripe = hatch.ground, hatch.stripe
    else:
        fill, stripe = CLASS_COLORS[int(swatch.level)], ""
    return {"fill": fill, "stripe": stripe, "framed": swatch.framed}


def _sentences(texts: Sequence[str]) -> str:
    """Return texts as a paragraph in which no line ends between a day and its month."""
    return days_together(_line(" ".join(texts)))


def _line(text: str) -> str:
    return words.on_one_line(text)


def _web(link: str) -> str:
    return link if link.startswith(_WEB) else ""
