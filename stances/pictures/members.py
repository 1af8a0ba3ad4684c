"""The members of a group as a picture: what binds each, since when, and what falls due next."""

from __future__ import annotations

import math
from collections.abc import Iterator

from stances import words
from stances.answers.members import (
    Member,
    MemberTable,
    NextDeadline,
    binding_subtitle,
    binds_line,
    counted_text,
    due_elsewhere,
    in_order,
    member_table,
    members_headline,
    shown_rows,
)
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, Codebook
from stances.figures.deadlines import mark_of, stands_out
from stances.figures.theme import CLASS_COLORS, Theme
from stances.pictures.canvas import Canvas
from stances.pictures.frame import Box
from stances.pictures.letters import STRONG, cut, width
from stances.pictures.request import PictureRequest
from stances.pictures.swatch import fill_of, no_position, swatch

_MOST, _ACROSS, _IN_COLUMN = 33, 3, 9
_BESIDE, _KEY, _ROW, _WIDE_ROW = 36, 34, 44, 48
_TO_TEXT, _MARK, _SMALL, _APART = 26, 5.5, 15, 26
_LABEL = 200
# The letters of a row, in parts of its height.
_NAME, _TOLD = 0.41, 0.34


def draw_members(request: PictureRequest) -> Canvas:
    """Return the members of a group in an order, as many as have room."""
    tracker = request.tracker
    table = member_table(tracker, request.view["group"], request.day, request.domain)
    headline = members_headline(tracker, table)
    practice = request.view["practice"]
    note = counted_text(tracker.codebook, table, practice)
    canvas, box = request.sheet(headline, note, binding_subtitle(tracker, table))
    canvas.hatched()
    rows = in_order(tracker.codebook, shown_rows(table.rows, practice), request.view["order"])
    if rows:
        _key(canvas, box, tracker, table, rows)
        _rows(canvas, box.cut_top(_KEY), tracker, table, rows)
    return canvas


def _rows(
    canvas: Canvas, box: Box, tracker: Tracker, table: MemberTable, rows: list[Member]
) -> None:
    """Draw the members in columns, down one after the other."""
    visible = rows if len(rows) <= _MOST else rows[: _MOST - 1]
    left_out = len(rows) - len(visible)
    across = min(_ACROSS, math.ceil(len(visible) / _IN_COLUMN))
    down = math.ceil((len(visible) + bool(left_out)) / across)
    wide = (box.width - _BESIDE * (across - 1)) / across
    high = min(_ROW if across > 1 else _WIDE_ROW, box.height / down)

    def cell(place: int) -> Box:
        column, at = divmod(place, down)
        return Box(box.x + column * (wide + _BESIDE), box.y + at * high, wide, high)

    for place, row in enumerate(visible):
        _member(canvas, cell(place), tracker, table, row)
    if left_out:
        last, more = cell(len(visible)), f"and {words.number(left_out)} more"
        canvas.text(last.x + _TO_TEXT, last.y + _SMALL, more, _SMALL, canvas.look.muted)


def _member(canvas: Canvas, cell: Box, tracker: Tracker, table: MemberTable, row: Member) -> None:
    """Draw a swatch, the name with the deadline at the end of its line, and under it what binds."""
    look, codebook = canvas.look, tracker.codebook
    size, small = cell.height * _NAME, cell.height * _TOLD
    under = cell.bottom - (cell.height - size - small) / 3
    canvas.line(cell.x, under, cell.right, under, stroke=look.grid)
    swatch(canvas, cell.x, cell.y, _fill(look, tracker, table, row), row.binding is not None)
    x, end, base = cell.x + _TO_TEXT, cell.right, cell.y + size * 0.86
    if row.deadline:
        text, dated = _due(row, row.deadline), min(_SMALL, size)
        canvas.text(end, base, text, dated, anchor="end")
        end -= width(text, dated) + 8 + _MARK
        shape, color = _mark(look, codebook, row.deadline.kind)
        canvas.mark(shape, end, base - dated * 0.34, _MARK, color, row.deadline.passed)
        end -= _MARK + 8
    canvas.text(x, base, cut(row.short_name, size, end - x, STRONG), size, weight=STRONG)
    text = cut(binds_line(codebook, table, row), small, cell.right - x)
    canvas.text(x, base + small * 1.2, text, small, look.muted)


def _mark(look: Theme, codebook: Codebook, kind: str) -> tuple[str, str]:
    """Return the shape and the colour of a kind of deadlines."""
    kinds = list(codebook.acts.deadline_kind)
    return mark_of(kinds, kind), look.accent if stands_out(kinds, kind) else look.muted


def _due(row: Member, deadline: NextDeadline) -> str:
    """Say when something falls due, and whether another act than the one shown says so."""
    other = "by another act, " if due_elsewhere(row) else ""
    return f"{other}{words.short_day(deadline.ends)}"


def _fill(look: Theme, tracker: Tracker, table: MemberTable, row: Member) -> str:
    """Return the class that an act holds; of one whom none binds that of its stance."""
    if row.binding and not math.isnan(row.binding.level):
        return CLASS_COLORS[int(row.binding.level)]
    return fill_of(look, row.standings[tracker.column(table.bound_in)])


def _dues(
    look: Theme, codebook: Codebook, rows: list[Member]
) -> Iterator[tuple[str, str, bool, str]]:
    """Yield the marks of deadlines that are drawn, with what they mean."""
    due = [row.deadline for row in rows if row.deadline]
    for kind, label in codebook.acts.deadline_kind.items():
        if any(each.kind == kind for each in due):
            yield *_mark(look, codebook, kind), False, cut(label, _SMALL, _LABEL)
    if any(each.passed for each in due):
        yield "square", look.muted, True, "passed"


def _key(
    canvas: Canvas, box: Box, tracker: Tracker, table: MemberTable, rows: list[Member]
) -> None:
    """Draw what the marks mean, in one line."""
    look, codebook = canvas.look, tracker.codebook
    state = f"{words.holds(codebook, table.bound_in).capitalize()}, by its level"
    swatches = (
        (look.background, True, state),
        (look.grid, False, "Without a frame: none, by the position"),
        (no_position(look), False, NO_POSITION),
    )
    dues = [*_dues(look, codebook, rows)]
    marks = len(swatches) * (_TO_TEXT + _APART) + len(dues) * (2 * _MARK + 8 + _APART)
    whole = sum(width(text, _SMALL) for *_, text in (*swatches, *dues))
    size = _SMALL * min(1, (box.width - marks) / whole)
    x, base = box.x, box.y + _SMALL * 0.86
    for fill, outlined, text in swatches:
        swatch(canvas, x, box.y - 1, fill, outlined)
        canvas.text(x + _TO_TEXT, base, text, size, look.muted)
        x += _TO_TEXT + width(text, size) + _APART
    for shape, color, hollow, text in dues:
        canvas.mark(shape, x + _MARK, base - _SMALL * 0.34, _MARK, color, hollow)
        canvas.text(x + 2 * _MARK + 8, base, text, size, look.muted)
        x += 2 * _MARK + 8 + width(text, size) + _APART
