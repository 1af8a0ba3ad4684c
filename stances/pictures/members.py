"""The members of a group as a picture: what binds each, since when, and what falls due next."""

import math

from stances import words
from stances.answers import members
from stances.answers.steps import SINCE, Step
from stances.answers.tracker import Tracker
from stances.charts.chart import Key
from stances.charts.deadlines import kind_keys
from stances.dataset.codebook import NO_POSITION, Codebook
from stances.figures.deadlines import kind_colors, mark_of
from stances.figures.theme import CLASS_COLORS, Theme
from stances.pictures.canvas import HEIGHT, Canvas, fill_of, no_position, swatch
from stances.pictures.charts import KEY_ROW, draw_legend, key_rows
from stances.pictures.frame import Box
from stances.pictures.letters import STRONG, cut, lines, width
from stances.pictures.request import PictureRequest

_MOST, _ACROSS, _IN_COLUMN = 33, 3, 9
_BESIDE, _BELOW_KEY, _ROW, _WIDE_ROW = 36, 10, 44, 48
_TO_TEXT, _MARK, _SMALL = 26, 5.5, 15
# The letters of a row, in parts of its height with one line of what binds; a further one; and how
# many there are at most, where rows stay so high.
_NAME, _TEXT, _FURTHER = 0.41, 0.34, 0.4
_MOST_LINES, _LEAST_ROW = 3, 32


def draw_members(request: PictureRequest) -> Canvas:
    """Return the members of a group in an order, as many as have room."""
    tracker = request.tracker
    table = members.member_table(tracker, request.view["group"], request.day, request.domain)
    practice = request.view["practice"]
    headline = members.members_headline(tracker, table, practice)
    among = members.whole_count(tracker, table, practice)
    note = among or members.counted_text(tracker.codebook, table, practice)
    rows = members.in_order(
        tracker.codebook, members.member_rows(table.rows, practice), request.view["order"]
    )
    texts = headline, members.binding_subtitle(tracker, table), note
    keys = _keys(request.palette, tracker.codebook, table, rows)
    legend = key_rows(keys, request.sheet(*texts)[1].width)
    key_high = KEY_ROW * len(legend) + _BELOW_KEY
    needed = request.around(*texts) + key_high + _high_of(rows)
    canvas, box = request.sheet(*texts, high=max(HEIGHT, needed))
    canvas.add_hatches()
    if rows:
        draw_legend(canvas, box, legend)
        _rows(canvas, box.cut_top(key_high), tracker, table, rows)
    return canvas


def _columns(rows: list[members.Member]) -> tuple[list[members.Member], int, int]:
    """Return the members drawn, in how many columns, how many in each, how many are left."""
    visible = rows if len(rows) <= _MOST else rows[: _MOST - 1]
    across = min(_ACROSS, math.ceil(len(visible) / _IN_COLUMN)) or 1
    return visible, across, math.ceil((len(visible) + (len(visible) < len(rows))) / across)


def _high_of(rows: list[members.Member]) -> float:
    """Return how high rows are that leave more than one line to what binds: one cuts most of it."""
    _, across, down = _columns(rows)
    return down * (_ROW if across > 1 else _WIDE_ROW) * (1 + _FURTHER)


def _rows(
    canvas: Canvas,
    box: Box,
    tracker: Tracker,
    table: members.MemberTable,
    rows: list[members.Member],
) -> None:
    """Draw the members in columns, down one after the other."""
    visible, across, down = _columns(rows)
    left_out = len(rows) - len(visible)
    wide = (box.width - _BESIDE * (across - 1)) / across
    texts = [members.binds_line(tracker.codebook, table, row) for row in visible]
    most = _ROW if across > 1 else _WIDE_ROW
    row_high, count = _lines_of(texts, wide - _TO_TEXT, box.height / down, most)
    high = row_high * (1 + _FURTHER * (count - 1))

    def cell(place: int) -> Box:
        column, at = divmod(place, down)
        return Box(box.x + column * (wide + _BESIDE), box.y + at * high, wide, high)

    for place, row in enumerate(visible):
        size = row_high * _TEXT
        text = lines(texts[place], size, wide - _TO_TEXT, most=count)
        _member(canvas, cell(place)._replace(height=row_high), tracker, table, row)
        _text(canvas, cell(place), text, size)
    if left_out:
        last, more = cell(len(visible)), f"and {words.number(left_out)} more"
        canvas.text(last.x + _TO_TEXT, last.y + _SMALL, more, _SMALL, canvas.palette.muted)


def _lines_of(texts: list[str], wide: float, space: float, most: float) -> tuple[float, int]:
    """Return how high a row with one line of text is, and in how many lines texts may stand: in as
    many as they need, while their letters stay large. `space`, `most`: how high a row may be, and
    one with one line.
    """
    for count in range(_MOST_LINES, 1, -1):
        high = min(most, space / (1 + _FURTHER * (count - 1)))
        needed = max(len(lines(text, high * _TEXT, wide)) for text in texts)
        if high >= _LEAST_ROW and needed >= count:
            return high, count
    return min(most, space), 1


def _text(canvas: Canvas, cell: Box, text: list[str], size: float) -> None:
    """Draw what binds a member, line by line, with a line under the whole cell."""
    x, base = cell.x + _TO_TEXT, cell.y + size / _TEXT * _NAME * 0.86 + size * 1.2
    for number, line in enumerate(text):
        canvas.text(x, base + number * size / _TEXT * _FURTHER, line, size, canvas.palette.muted)
    under = cell.bottom - size / _TEXT * (1 - _NAME - _TEXT) / 3
    canvas.line(cell.x, under, cell.right, under, stroke=canvas.palette.grid)


def _member(
    canvas: Canvas, cell: Box, tracker: Tracker, table: members.MemberTable, row: members.Member
) -> None:
    """Draw a swatch, the name, and the deadline at the line's end. `cell`: one line's height."""
    palette, codebook = canvas.palette, tracker.codebook
    size = cell.height * _NAME
    swatch(canvas, cell.x, cell.y, _fill(palette, tracker, table, row), row.binding is not None)
    x, end, base = cell.x + _TO_TEXT, cell.right, cell.y + size * 0.86
    if row.deadline:
        text, dated = _due(row, row.deadline), min(_SMALL, size)
        canvas.text(end, base, text, dated, anchor="end")
        end -= width(text, dated) + 8 + _MARK
        shape, color = _mark(palette, codebook, row.deadline.kind)
        canvas.mark(shape, end, base - dated * 0.34, _MARK, color, _is_over(row.deadline))
        end -= _MARK + 8
    canvas.text(x, base, cut(row.short_name, size, end - x, STRONG), size, weight=STRONG)


def _mark(palette: Theme, codebook: Codebook, kind: str) -> tuple[str, str]:
    """Return the shape and the colour of a kind of deadlines."""
    kinds = list(codebook.acts.deadline_kind)
    return mark_of(kinds, kind), kind_colors([kind], kinds, palette)[0]


def _is_over(deadline: Step) -> bool:
    """Say whether a deadline had passed on the day drawn, or has by the real one."""
    return deadline.passed or deadline.gone


def _due(row: members.Member, deadline: Step) -> str:
    """Say when something falls due, and whether another act than the one shown says so."""
    other = "by another act, " if members.due_elsewhere(row) else ""
    return f"{other}{deadline.short_text}"


def _fill(palette: Theme, tracker: Tracker, table: members.MemberTable, row: members.Member) -> str:
    """Return the class that an act holds; of one whom none binds that of its stance."""
    if row.binding and not math.isnan(row.binding.level):
        return CLASS_COLORS[int(row.binding.level)]
    return fill_of(palette, row.standings[tracker.column(table.bound_in)])


# By whether any had passed on the day drawn, and any has since.
_OVER = {
    (False, False): "",
    (True, False): "passed",
    (False, True): SINCE,
    (True, True): "passed, or has since",
}


def _keys(
    palette: Theme, codebook: Codebook, table: members.MemberTable, rows: list[members.Member]
) -> tuple[Key, ...]:
    """Return what the swatches mean, and the marks of deadlines that are drawn."""
    state = f"{words.holds(codebook, table.bound_in).capitalize()}, by its level"
    due = [row.deadline for row in rows if row.deadline]
    named = {deadline.kind for deadline in due}
    drawn = [kind for kind in codebook.acts.deadline_kind if kind in named]
    over = any(deadline.passed for deadline in due), any(deadline.gone for deadline in due)
    return (
        Key(state, "swatch hollow", palette.outline),
        Key("Without a frame: none, by the position", "swatch", palette.grid),
        Key(NO_POSITION, "swatch", no_position(palette)),
        *kind_keys(codebook, drawn, _OVER[over]),
    )
