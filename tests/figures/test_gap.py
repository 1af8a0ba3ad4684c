"""The gap between two actors over time."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from stances.figures.gap import NO_GAP
from stances.figures.trend import margin
from tests.figures.acceptance import gap_chart
from tests.figures.tables import assert_plotly_accepts

NAMES = {"A": "Aland", "B": "<B>land"}
PERIOD = date(2020, 1, 1), date(2020, 12, 31)
AREA, LINE, MARK, LABEL = range(4)


def table(*gaps: float) -> pd.DataFrame:
    days = pd.date_range(PERIOD[0], periods=len(gaps), freq="MS").astype("datetime64[s]")
    return pd.DataFrame({"date": days, "gap": list(gaps)})


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("gaps", [(1.0, np.nan, -2.5), (np.nan, np.nan), (0.0,)])
def test_plotly_accepts_every_part(mode: str, gaps: tuple[float, ...]) -> None:
    widest = (date(2020, 3, 1), -2.5) if -2.5 in gaps else None
    assert_plotly_accepts(gap_chart(table(*gaps), NAMES, widest, mode, PERIOD))


def test_the_line_breaks_where_there_is_no_gap() -> None:
    figure = gap_chart(table(1.0, np.nan, -2.5), NAMES, None, "light", PERIOD)
    assert list(figure.data[LINE].y) == [1.0, None, -2.5]
    assert figure.data[LINE].connectgaps is False
    assert len(figure.data[MARK].x) == len(figure.data[LABEL].x) == 0


def test_the_area_breaks_where_there_is_no_gap() -> None:
    figure = gap_chart(table(1.0, 0.5, np.nan, -2.0, 1.5), NAMES, None, "light", PERIOD)
    area = figure.data[AREA]
    assert area.fill == "toself"
    assert list(area.y) == [1.0, 0.5, 0.0, 0.0, None, -2.0, 1.5, 0.0, 0.0, None]
    days = ["2020-01-01", "2020-02-01"], ["2020-04-01", "2020-05-01"]
    assert list(area.x) == [*days[0], *days[0][::-1], None, *days[1], *days[1][::-1], None]
    assert all(trace.fill in {None, "none"} for trace in figure.data[LINE:])


def test_the_widest_gap_is_marked_with_its_figure() -> None:
    figure = gap_chart(table(1.0, -2.5), NAMES, (date(2020, 2, 1), -2.5), "light", PERIOD)
    assert list(figure.data[MARK].x) == ["2020-02-01"]
    assert figure.data[LABEL].text[0] == "<b>\N{MINUS SIGN}2.50</b>, widest"
    assert figure.data[LABEL].textposition == "bottom right"
    late = gap_chart(table(1.0), NAMES, (date(2020, 12, 1), 1.0), "light", PERIOD)
    assert late.data[LABEL].textposition == "top left"


def test_the_axis_has_no_more_than_there_is() -> None:
    both = gap_chart(table(1.2, -0.5), NAMES, None, "light", PERIOD).layout.yaxis
    assert list(both.tickvals) == [-2, -1, 0, 1, 2]
    above = gap_chart(table(1.2, 0.5), NAMES, None, "light", PERIOD).layout.yaxis
    assert list(above.ticktext) == ["0", "+1", "+2"]


def test_each_side_that_occurs_names_the_more_open_one() -> None:
    figure = gap_chart(table(1.2, -0.5), NAMES, None, "light", PERIOD)
    notes = [note.text for note in figure.layout.annotations]
    assert notes == ["Aland more open", "&lt;B&gt;land more open"]
    above = gap_chart(table(1.2), NAMES, None, "light", PERIOD)
    assert [note.text for note in above.layout.annotations] == notes[:1]


def test_the_words_about_a_side_stand_clear_of_those_of_the_mark() -> None:
    for day, anchor in ((date(2020, 2, 1), "right"), (date(2020, 11, 1), "left")):
        figure = gap_chart(table(1.0, 0.5), NAMES, (day, 1.0), "light", PERIOD)
        assert [note.xanchor for note in figure.layout.annotations] == [anchor]


@pytest.mark.parametrize("gaps", [(2.4, -0.5), (0.7, 0.2), (-2.9, -0.1)])
@pytest.mark.parametrize("years", [1, 8])
def test_no_line_of_the_grid_goes_through_the_words(gaps: tuple[float, ...], years: int) -> None:
    period = PERIOD[0], date(PERIOD[0].year + years, 1, 1)
    layout = gap_chart(table(*gaps), NAMES, None, "light", period).layout
    low, high = layout.yaxis.range
    pixels = (layout.height - layout.margin.t - layout.margin.b) / (high - low)
    for note in layout.annotations:
        line = max(layout.yaxis.tickvals) if note.y == 1 else min(layout.yaxis.tickvals)
        space = (high - line if note.y == 1 else line - low) * pixels
        assert space >= note.font.size * 1.5


def events(*rows: tuple[str, float, bool]) -> pd.DataFrame:
    numbered = [
        (f"event-{n}", pd.Timestamp(day), gap, str(n), opened, f"<b>{n}</b>")
        for n, (day, gap, opened) in enumerate(rows, 1)
    ]
    return pd.DataFrame(numbered, columns=["event_id", "date", "gap", "number", "opened", "hover"])


def test_each_event_has_its_number_beside_its_dot_where_others_are_near() -> None:
    marked = events(
        ("2020-02-01", -2.5, True), ("2020-06-01", -1.0, False), ("2020-06-03", -1.0, True)
    )
    figure = gap_chart(table(1.0, -2.5), NAMES, None, "light", PERIOD, marked)
    dots, leaders, filled, hollow = figure.data[LABEL + 1 : LABEL + 5]
    assert list(dots.text) == ["<b>1</b>", "<b>2</b>", "<b>3</b>"]
    assert list(dots.y) == [-2.5, -1.0, -1.0]
    assert (list(filled.text), list(hollow.text)) == (["1", "3"], ["2"])
    # The third stands two days beside the second, which has the larger effect.
    assert (filled.y[0], hollow.y[0]) == (-2.5, -1.0)
    layout = figure.layout
    low, high = layout.yaxis.range
    px = (layout.height - layout.margin.t - layout.margin.b) / (high - low)
    assert abs(filled.y[1] - hollow.y[0]) * px >= filled.marker.size
    assert set(leaders.x) == {"2020-06-03"}
    assert filled.marker.color[0] != hollow.marker.color[0] == filled.textfont.color
    assert list(filled.customdata) == ["event-1", "event-3"]


def test_a_narrow_window_has_its_own_places_for_all_numbers() -> None:
    marked = events(("2020-03-01", 1.0, True), ("2020-03-20", 1.0, True))
    figure = gap_chart(table(1.0, 1.0), NAMES, None, "light", PERIOD, marked)
    wide, narrow = (button.args for button in figure.layout.updatemenus[0].buttons)
    assert wide[2] == narrow[2]
    turned = {"visible": [not each for each in wide[0]["visible"]]}
    assert (LABEL in narrow[2], narrow[0]) == (True, turned)
    shown = dict(zip(wide[2], wide[0]["visible"], strict=True))
    numbers = {
        is_wide: [
            (list(figure.data[n].text), list(figure.data[n].y))
            for n, visible in shown.items()
            if visible == is_wide and n != LABEL and figure.data[n].text
        ]
        for is_wide in (True, False)
    }
    assert numbers[True] == [(["1", "2"], [1.0, 1.0])]
    [(text, places)] = numbers[False]
    assert text == ["1", "2"]
    assert places[0] == 1.0 != places[1]
    assert all((figure.data[n].visible is not False) == each for n, each in shown.items())


def test_no_gap_at_all_says_so() -> None:
    figure = gap_chart(table(np.nan), NAMES, None, "light", PERIOD)
    assert [note.text for note in figure.layout.annotations] == [NO_GAP]
    assert (figure.layout.yaxis.zeroline, figure.layout.yaxis.showgrid) == (False, False)


@pytest.mark.parametrize("narrow", [False, True])
def test_it_stands_exactly_under_the_chart_of_the_lines(narrow: bool) -> None:
    figure = gap_chart(table(1.0), NAMES, None, "light", PERIOD)
    shape = figure.layout.updatemenus[0].buttons[int(narrow)].args[1]
    own = {side: shape["margin"][side] for side in "lr"}
    assert own == {side: margin(NAMES, PERIOD, narrow)[side] for side in "lr"}
    assert not any(trace.showlegend for trace in figure.data)
