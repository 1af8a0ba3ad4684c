from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from stances.figures.deadlines import AHEAD, GONE, MARKS, NOTHING, Space, rows_within
from stances.figures.theme import LIGHT, theme
from tests.figures.acceptance import deadline_bars, deadline_lines
from tests.figures.tables import assert_plotly_accepts

KINDS = ["removal", "duty"]
DAY = date(2022, 6, 30)


def _table() -> pd.DataFrame:
    rows = [
        ("duty", "duty", "Alpha", "2022-07-01", "2022-12-31", "2022-12-31", False),
        ("late", "removal", "Alpha", "2021-01-01", "2025-01-01", "2025-12-31", False),
        ("early", "removal", "Beta & Sons", "2020-01-01", "2022-01-01", "2022-01-01", True),
    ]
    columns = ["act_id", "kind", "who", "start", "first", "end", "passed"]
    table = pd.DataFrame(rows, columns=columns)
    for column in ("start", "first", "end"):
        table[column] = [date.fromisoformat(day) for day in table[column]]
    return table.assign(
        name=[f"Act <{act}>" for act in table["act_id"]],
        text=[str(day.year) for day in table["end"]],
        hover=[f"<b>{act}</b>" for act in table["act_id"]],
    )


def _chart(table: pd.DataFrame | None = None, mode: str = "light", **more: Any) -> go.Figure:
    rows = _table() if table is None else table
    return deadline_bars(rows, KINDS, mode, DAY, **more)


def _texts(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_plotly_accepts_every_part(mode: str) -> None:
    assert_plotly_accepts(_chart(mode=mode))


def _ends(bars: Any) -> list[str]:
    ends = pd.to_datetime(list(bars.base)) + pd.to_timedelta(list(bars.x), unit="ms")
    return list(ends.strftime("%Y-%m-%d"))


def test_every_step_has_a_bar_from_force_to_its_deadline_and_a_span_where_that_is_vague() -> None:
    bars, spans, marks = _chart().data
    assert list(bars.customdata) == list(marks.customdata) == ["duty", "late", "early"]
    assert list(bars.base) == ["2022-07-01", "2021-01-01", "2020-01-01"]
    assert _ends(bars) == ["2022-12-31", "2025-01-01", "2022-01-01"]
    assert (list(spans.customdata), list(spans.base)) == (["late"], ["2025-01-01"])
    assert _ends(spans) == ["2025-12-31"]
    assert list(marks.x) == ["2022-12-31", "2025-12-31", "2022-01-01"]
    assert list(bars.y) == list(marks.y) == sorted(bars.y)
    assert spans.y[0] == bars.y[1]
    # Else bars of two traces would lie beside each other.
    assert _chart().layout.barmode == "overlay"


def test_a_deadline_before_the_day_of_force_is_a_mark_alone() -> None:
    table = _table()
    table.loc[0, ["first", "end"]] = date(2020, 1, 1)
    bars, _, marks = _chart(table).data
    assert 0 < bars.x[0] <= 86_400_000
    assert marks.x[0] == "2020-01-01"


def test_days_that_are_known_have_no_span() -> None:
    table = _table().assign(first=_table()["end"])
    assert len(_chart(table).data) == 2


def test_what_has_passed_is_open_and_the_first_kind_stands_out() -> None:
    bars, spans, marks = _chart().data
    palette = LIGHT
    assert list(marks.marker.color) == [palette.muted, palette.accent, palette.background]
    assert list(marks.marker.line.color) == [palette.muted, palette.accent, palette.accent]
    assert bars.marker.color[0] == palette.muted
    assert bars.marker.color[1] == palette.accent
    assert bars.marker.color[2] not in (palette.accent, palette.muted)
    assert spans.marker.color[0] not in (palette.accent, palette.muted)


def test_each_kind_has_a_mark_of_its_own() -> None:
    table = _table().assign(kind=["d", "b", "c"])
    marks = deadline_bars(table, ["a", "b", "c", "d"], "light", DAY).data[-1]
    assert list(marks.marker.symbol) == ["triangle-up", "square", "circle"]
    assert len(set(MARKS)) == len(MARKS) == 4


def test_what_is_ahead_and_what_has_passed_have_headings() -> None:
    figure = _chart()
    heads = {
        n.text: n.y
        for n in figure.layout.annotations
        if n.text in ("<b>Ahead</b>", "<b>Passed</b>")
    }
    bars = list(figure.data[0].y)
    assert heads["<b>Ahead</b>"] < bars[0] < bars[1] < heads["<b>Passed</b>"] < bars[2]


def test_the_names_stand_above_the_bars() -> None:
    figure = _chart()
    name = next(n for n in figure.layout.annotations if "early" in n.text)
    assert name.text == "<b>Beta &amp; Sons</b>  2022<br>Act &lt;early&gt;"
    assert name.y == figure.data[0].y[2]
    assert -name.xshift == figure.layout.margin.l < 20
    assert name.yanchor == "bottom"
    # A line over each row: its name and its bar lie between that and the next.
    lines = [shape.y0 for shape in figure.layout.shapes if shape.type == "line" and shape.y1 > 1]
    assert all(low < y < low + 46 for low, y in zip(lines, figure.data[0].y, strict=True))


def test_a_name_of_the_longest_fits_a_telephone() -> None:
    table = _table()
    table.loc[0, "name"] = "m" * 60
    name = next(n for n in _chart(table).layout.annotations if "mmm" in n.text)
    # Half of the size of its letters is their mean width, and the narrowest page has 358 px.
    assert 60 * name.font.size / 2 <= 358


def test_a_dotted_line_with_its_day_marks_the_date() -> None:
    figure = _chart()
    [line] = [shape for shape in figure.layout.shapes if shape.xref != "paper"]
    assert line.x0 == line.x1 == "2022-06-30"
    assert line.line.dash == "dot"
    [text] = [note for note in figure.layout.annotations if note.x == "2022-06-30"]
    assert text.text == "<b>30 June 2022</b>"
    first, last = figure.layout.xaxis.range
    assert first < "2020-01-01"
    assert last > "2025-12-31"


@pytest.mark.parametrize(
    ("day", "anchor"),
    [(date(2010, 1, 1), "left"), (date(2022, 6, 30), "center"), (date(2030, 1, 1), "right")],
)
def test_the_day_is_turned_inwards_near_an_edge(day: date, anchor: str) -> None:
    figure = deadline_bars(_table(), KINDS, "light", day)
    [text] = [note for note in figure.layout.annotations if note.x == str(day)]
    assert text.xanchor == anchor
    first, last = figure.layout.xaxis.range
    assert first < str(day) < last


def test_the_chosen_row_is_marked() -> None:
    figure = _chart(chosen="early")
    [band] = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert band.y0 < figure.data[0].y[2] < band.y1
    assert not [shape for shape in _chart(chosen="x").layout.shapes if shape.type == "rect"]


def test_a_name_on_two_lines_has_a_higher_row_and_keeps_its_foot() -> None:
    table = _table()
    one = _chart(table)
    table.loc[0, "name"] = "Act\n<late>"
    two = _chart(table, chosen=str(table["act_id"][0]))
    assert [b - a for a, b in zip(one.data[0].y, two.data[0].y, strict=True)] == [15, 15, 15]
    assert two.layout.height - one.layout.height == 15
    name = next(n for n in two.layout.annotations if "late" in n.text)
    assert name.text.endswith("<br>Act<br>&lt;late&gt;")
    # Three lines over their foot: the last one stands where it stood.
    assert (name.yanchor, name.yshift) == ("bottom", 7)
    [band] = [shape for shape in two.layout.shapes if shape.type == "rect"]
    assert band.y1 - band.y0 == 46 + 15


def test_rows_hold_their_names_and_bars() -> None:
    figure = _chart()
    bars = list(figure.data[0].y)
    low, high = figure.layout.yaxis.range
    assert high == 0 < bars[0]
    assert bars[-1] + 7 <= low
    assert low == figure.layout.height - figure.layout.margin.t - figure.layout.margin.b


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_deadline_is_told_as_such(mode: str) -> None:
    figure = _chart(_table().iloc[:0], mode)
    assert _texts(figure) == [NOTHING]
    assert figure.layout.annotations[0].font.color == theme(mode).muted


# -- on a sheet --------------------------------------------------------------------------------


def _lines(
    table: pd.DataFrame | None = None, high: float = 120, left_out: str = "", mode: str = "light"
) -> go.Figure:
    rows = _table() if table is None else table
    rows = rows.assign(what=[f"Falls <{act}>" for act in rows["act_id"]])
    return deadline_lines(rows, KINDS, mode, DAY, Space(high, left_out))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_plotly_accepts_every_part_of_a_sheet(mode: str) -> None:
    assert_plotly_accepts(_lines(mode=mode, left_out="and one more"))


def test_a_line_has_whose_act_until_when_and_what_beside_its_bar() -> None:
    figure = _lines()
    assert figure.layout.barmode == "overlay"
    bars = figure.data[0]
    for y, act, who, year in zip(
        bars.y,
        ["duty", "late", "early"],
        ["Alpha", "Alpha", "Beta &amp; Sons"],
        ["2022", "2025", "2022"],
        strict=True,
    ):
        line = [note for note in figure.layout.annotations if note.y == y]
        assert [note.text for note in line] == [f"<b>{who}</b>", year, f"Falls &lt;{act}&gt;"]
        # Each begins right of the one before, and all left of the plot.
        starts = [note.xshift for note in line]
        assert sorted(starts) == starts
        assert starts[0] == -figure.layout.margin.l
        assert starts[-1] < 0


def test_headings_and_what_is_left_out_have_rows_but_the_first_stands_over_all() -> None:
    figure = _lines(left_out="and one more passed")
    notes = {note.text: note for note in figure.layout.annotations}
    first, second, last = (notes[f"<b>{text}</b>"] for text in (AHEAD, GONE, "and one more passed"))
    bars, (end, top) = list(figure.data[0].y), figure.layout.yaxis.range
    assert (first.yref, first.y) == ("paper", 1)
    assert top == 0 < bars[0] < bars[1] < second.y < bars[2] < last.y < end
    passed = _lines(_table().iloc[2:])
    assert passed.layout.annotations[0].text == f"<b>{GONE}</b>"


def test_lines_are_as_high_as_there_is_space_and_no_higher_than_they_need() -> None:
    low, high, higher = (_lines(high=high).layout.height for high in (120, 900, 1200))
    assert low == 120 < high == higher < 900


def test_what_falls_due_is_cut_where_a_line_has_no_space_for_a_second() -> None:
    table = _table().assign(act_id="letters " * 40)
    for high, count in ((120, 1), (900, 2)):
        figure = _lines(table, high)
        [what] = {note.text for note in figure.layout.annotations if "Falls" in note.text}
        rows = what.split("<br>")
        assert len(rows) == count
        assert what.endswith("\N{HORIZONTAL ELLIPSIS}")
        # Half of the size of its letters is their mean width.
        [start] = {note.xshift for note in figure.layout.annotations if note.text == what}
        assert max(map(len, rows)) * 0.45 * 11.7 < -start


@pytest.mark.parametrize("gone", [0, 1, 10, 40])
def test_as_many_steps_have_a_row_as_there_is_space_for(gone: int) -> None:
    passed = [False] * (40 - gone) + [True] * gone
    counts = [rows_within(passed, high) for high in range(100, 1000)]
    assert sorted(counts) == counts
    assert (counts[0] < 5, counts[-1]) == (True, 40)
    # A sheet leaves about so many px under three lines of a title, two of a subtitle, and a legend.
    assert rows_within(passed, 305) >= 15
    for high, count in zip(range(100, 1000), counts, strict=True):
        drawn, left_out = passed[:count], "and more" if count < 40 else ""
        table = pd.concat([_table().iloc[:1]] * count).assign(passed=drawn)
        if high % 100 == 0:
            y = _lines(table, high, left_out).data[0].y
            assert min(b - a for a, b in pairwise(y)) > 15
