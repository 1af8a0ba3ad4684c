from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from stances import Dataset
from stances.figures.theme import DARK, LIGHT
from stances.figures.trend import NO_LANDMARKS, NOTHING_CHOSEN, Lines, level_words, line_colors
from tests.figures.acceptance import small_multiples, trend_chart
from tests.figures.tables import assert_plotly_accepts

PERIOD = (date(2018, 1, 1), date(2018, 12, 31))
NAMES = {"a": "Alpha", "b": "Beta", "one": "Single", "none": "Nobody <b>"}


def _series() -> pd.DataFrame:
    """Alpha jumps on 15 March and has a gap; Beta is steady; Single has one month alone."""
    rows = [
        ("a", "2018-01-31", -1.0),
        ("a", "2018-03-15", -1.0),
        ("a", "2018-03-15", -3.0),
        ("a", "2018-06-30", None),
        ("a", "2018-07-31", 1.0),
        ("a", "2018-12-31", 1.0),
        ("b", "2018-01-31", 1.0),
        ("b", "2018-12-31", 1.02),
        ("one", "2018-05-31", None),
        ("one", "2018-06-30", 2.0),
        ("one", "2018-07-31", None),
    ]
    table = pd.DataFrame(rows, columns=["key", "date", "stance"])
    table["stance"] = table["stance"].astype(float)
    return table.assign(
        date=pd.to_datetime(table["date"]), low=table["stance"] - 0.5, high=table["stance"] + 0.5
    )


def _events() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "key": ["a", "b"],
            "event_id": ["a-1", "b-1"],
            "date": pd.to_datetime(["2018-03-15", "2018-01-31"]),
            "stance": [-3.0, 1.0],
            "hover": ["<b>A ban</b>", "<b>Words</b>"],
        }
    )


def _landmarks(days: list[str]) -> pd.DataFrame:
    ids = [f"mark-{index}" for index in range(len(days))]
    table = {"event_id": ids, "date": pd.to_datetime(days), "hover": ids, "name": ""}
    return pd.DataFrame(table)


def _lines(
    data: Dataset, names: dict[str, str] = NAMES, period: tuple[date, date] = PERIOD
) -> Lines:
    return Lines(_series(), names, _events(), data.codebook, period)


def _chart(
    data: Dataset,
    names: dict[str, str] = NAMES,
    landmarks: pd.DataFrame = NO_LANDMARKS,
    mode: str = "light",
) -> go.Figure:
    return trend_chart(_lines(data, names), mode, landmarks)


def _press(figure: go.Figure, label: str) -> tuple[dict[str, Any], dict[str, Any], list[int]]:
    """Return the changes of a hidden button: to traces, to the layout, and to which traces."""
    (menu,) = figure.layout.updatemenus
    button = next(button for button in menu.buttons if button.label == label)
    assert button.method == "update"
    traces, layout, which = button.args
    return traces, layout, which


def _numbers(figure: go.Figure, label: str) -> go.Scatter:
    """Return the numbers of landmarks that are seen after a hidden button is pressed."""
    traces, _, which = _press(figure, label)
    [place] = [place for place, visible in zip(which, traces["visible"], strict=True) if visible]
    return figure.data[place]


def _line(figure: go.Figure, name: str) -> go.Scatter:
    return next(trace for trace in figure.data if trace.name == name)


def _notes(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_plotly_accepts_every_part(six: Dataset, mode: str) -> None:
    figure = _chart(six, landmarks=_landmarks(["2018-02-01"]), mode=mode)
    assert_plotly_accepts(figure)
    panels = small_multiples(_lines(six), mode)
    assert_plotly_accepts(panels)


def test_a_line_jumps_at_an_act_and_breaks_at_a_gap(six: Dataset) -> None:
    line = _line(_chart(six), "Alpha")
    assert list(line.x[1:3]) == ["2018-03-15", "2018-03-15"]
    assert list(line.y) == [-1.0, -1.0, -3.0, None, 1.0, 1.0]
    assert line.connectgaps is False
    assert line.mode == "lines"


def test_a_month_that_stands_alone_is_a_dot(six: Dataset) -> None:
    line = _line(_chart(six), "Single")
    assert line.mode == "lines+markers"
    assert [size > 0 for size in line.marker.size] == [False, True, False]


def test_a_ribbon_has_one_polygon_for_each_stretch(six: Dataset) -> None:
    ribbon = _chart(six).data[0]
    assert ribbon.fill == "toself"
    assert list(ribbon.y) == [
        *(-0.5, -0.5, -2.5, -3.5, -1.5, -1.5, None),
        *(1.5, 1.5, 0.5, 0.5, None),
    ]
    assert ribbon.x[:6] == ribbon.x[:3] + ribbon.x[2::-1]


def test_lines_are_labelled_at_their_ends_without_touching(six: Dataset) -> None:
    figure = _chart(six)
    height, (low, high) = 460, figure.layout.yaxis.range
    pixels = (height - figure.layout.margin.t - figure.layout.margin.b) / (high - low)
    labels = {note.text: note for note in figure.layout.annotations if note.showarrow}
    assert set(labels) == {"<b>Alpha</b>", "<b>Beta</b>"}
    at = {text: note.y * pixels - note.ay for text, note in labels.items()}
    assert at["<b>Beta</b>"] - at["<b>Alpha</b>"] >= 16
    assert labels["<b>Alpha</b>"].font.color == LIGHT.lines[0]
    assert not figure.layout.showlegend


def test_a_line_that_ended_earlier_is_labelled_beside_the_plot_with_its_year(six: Dataset) -> None:
    ended = [note for note in _chart(six).layout.annotations if note.text == "Single to 2018"]
    assert [(note.x, note.showarrow, note.xanchor) for note in ended] == [
        ("2018-12-31", False, "left")
    ]


@pytest.mark.parametrize("stance", [-2.0, -1.4, 0.0, 2.0])
def test_labels_of_eight_lines_that_end_alike_are_apart_and_within_the_plot(
    six: Dataset, stance: float
) -> None:
    names = {str(place): f"Actor {place}" for place in range(8)}
    days = pd.to_datetime(["2018-01-31", "2018-12-31"] * 8)
    keys = [key for key in names for _ in range(2)]
    series = pd.DataFrame({"key": keys, "date": days, "stance": stance, "low": stance - 0.1})
    series = series.assign(high=stance)
    figure = trend_chart(Lines(series, names, _events().iloc[:0], six.codebook, PERIOD), "light")
    low, high = figure.layout.yaxis.range
    tall = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    pixels = tall / (high - low)
    at = sorted(note.y * pixels - note.ay for note in figure.layout.annotations)
    assert len(at) == 8
    assert min(b - a for a, b in pairwise(at)) >= 16
    assert low * pixels + 8 <= at[0]
    assert at[-1] <= high * pixels - 8


def test_a_narrow_chart_has_a_legend_of_what_is_lines(six: Dataset) -> None:
    figure = _chart(six, landmarks=_landmarks(["2018-02-01"]))
    traces, layout, which = _press(figure, "narrow")
    assert layout["showlegend"]
    assert {trace.name for trace in figure.data if trace.showlegend} == {"Alpha", "Beta", "Single"}
    assert not [note for note in layout["annotations"] if note["showarrow"]]
    assert (traces, [figure.data[index].text for index in which]) == (
        {"visible": [False, True]},
        [("<b>1</b>",), ("<b>1</b>",)],
    )


def test_a_chart_made_narrow_can_be_made_wide_again(six: Dataset) -> None:
    figure = _chart(six, landmarks=_landmarks(["2018-02-01"]))
    traces, layout, _ = _press(figure, "wide")
    assert traces == {"visible": [True, False]}
    assert layout["showlegend"] is figure.layout.showlegend is False
    assert layout["xaxis.dtick"] == figure.layout.xaxis.dtick
    assert layout["yaxis.tickfont.size"] == figure.layout.yaxis.tickfont.size
    assert layout["margin"] == figure.layout.margin.to_plotly_json()
    assert len(layout["annotations"]) == len(figure.layout.annotations)


def _ticks(axis: dict[str, Any], period: tuple[date, date]) -> list[pd.Timestamp]:
    """Where plotly puts the ticks of an axis."""
    first, last = map(pd.Timestamp, period)
    step, tick0 = axis["dtick"], axis["tick0"]
    months = isinstance(step, str)
    by = pd.DateOffset(months=int(step[1:])) if months else pd.Timedelta(milliseconds=step)
    return [day for day in pd.date_range(tick0, last, freq=by) if day >= first]


@pytest.mark.parametrize("start", [date(2018, 1, 1), date(2019, 8, 20)])
def test_an_axis_of_time_has_ticks_for_any_period(six: Dataset, start: date) -> None:
    for days in [6, 13, 31, 45, 62, 75, 100, 130, 180, 280, 364, 500, 700, 900, 1000, 1300, 6000]:
        period = start, start + timedelta(days=days)
        figure = trend_chart(_lines(six, period=period), "light")
        for label, most in (("wide", 14), ("narrow", 5)):
            _, layout, _ = _press(figure, label)
            axis = {key: layout[f"xaxis.{key}"] for key in ("dtick", "tick0", "tickformat")}
            assert 2 <= len(_ticks(axis, period)) <= most, (days, label)
            # Under months and days there is room for the years.
            assert ("\n" not in axis["tickformat"]) | (layout["margin"]["b"] > 40)


def test_few_years_have_months_and_many_have_years(six: Dataset) -> None:
    shown = {
        (date(2021, 1, 1), date(2021, 12, 31)): ("M1", "M3", "%b\n%Y"),
        (date(2020, 1, 1), date(2021, 12, 31)): ("M2", "M6", "%b\n%Y"),
        (date(2018, 1, 1), date(2021, 12, 31)): ("M12", "M12", "%Y"),
        (date(2010, 1, 1), date(2026, 11, 24)): ("M24", "M48", "%Y"),
    }
    for period, (wide, narrow, form) in shown.items():
        figure = trend_chart(_lines(six, period=period), "light")
        axis = figure.layout.xaxis
        assert (axis.dtick, axis.tickformat) == (wide, form)
        assert _press(figure, "narrow")[1]["xaxis.dtick"] == narrow


def test_who_has_no_position_is_named(six: Dataset) -> None:
    notes = _notes(_chart(six))
    assert notes[-1] == "Nobody &lt;b&gt;: no position in this period"


def test_an_empty_choice_says_so(six: Dataset) -> None:
    figure = _chart(six, names={})
    assert _notes(figure) == [NOTHING_CHOSEN]
    panels = small_multiples(_lines(six, {}), "light")
    assert _notes(panels) == [NOTHING_CHOSEN]


def test_events_are_markers_with_their_ids(six: Dataset) -> None:
    figure = _chart(six, mode="dark")
    marked = {trace.customdata[0]: trace for trace in figure.data if trace.customdata}
    assert set(marked) == {"a-1", "b-1"}
    assert (marked["a-1"].x[0], marked["a-1"].y[0]) == ("2018-03-15", -3.0)
    assert marked["a-1"].text[0] == "<b>A ban</b>"
    assert marked["b-1"].marker.color == DARK.lines[1]


def test_landmarks_are_numbered_and_step_aside_where_they_crowd(six: Dataset) -> None:
    days = ["2018-02-01", "2018-02-03", "2018-08-01"]
    figure = _chart(six, landmarks=_landmarks(days))
    numbers = _numbers(figure, "wide")
    assert list(numbers.text) == ["<b>1</b>", "<b>2</b>", "<b>3</b>"]
    assert list(numbers.customdata) == ["mark-0", "mark-1", "mark-2"]
    assert numbers.y[0] == numbers.y[2] != numbers.y[1]
    assert [shape.x0 for shape in figure.layout.shapes if shape.type == "line"] == days


def test_numbers_of_landmarks_that_crowd_stand_clear_of_each_other_in_their_rows(
    six: Dataset,
) -> None:
    days = ["2018-02-01", "2018-02-01", "2018-02-03", "2018-02-04", "2018-08-01"]
    figure = _chart(six, landmarks=_landmarks(days).assign(name=["One", "", "", "", "Five"]))
    for label, letters in (("wide", 40), ("narrow", 18)):
        numbers = _numbers(figure, label)
        assert numbers.x[-1] == "2018-08-01"
        least = pd.Timedelta(PERIOD[1] - PERIOD[0]) / letters - pd.Timedelta(days=1)
        for row in set(numbers.y):
            at = [pd.Timestamp(x) for x, y in zip(numbers.x, numbers.y, strict=True) if y == row]
            assert at == sorted(at)
            assert all(after - before >= least for before, after in pairwise(at))


def test_landmarks_with_a_name_stand_over_the_plot_each_in_a_row(six: Dataset) -> None:
    marks = _landmarks(["2018-02-01", "2018-05-01", "2018-11-01"])
    figure = _chart(six, landmarks=marks.assign(name=["First &lt;b&gt;", "", "Third"]))
    named = [note for note in figure.layout.annotations if note.yref == "paper" and note.xshift]
    assert [note.text for note in named] == ["<b>1</b> First &lt;b&gt;", "<b>3</b> Third"]
    assert [note.xanchor for note in named] == ["left", "right"]
    assert named[0].yshift - named[1].yshift >= 16
    assert list(_numbers(figure, "wide").text) == ["", "<b>2</b>", ""]
    # Where there is no room for names, their numbers stand alone.
    assert list(_numbers(figure, "narrow").text) == ["<b>1</b>", "<b>2</b>", "<b>3</b>"]
    tops = [shape.y1 for shape in figure.layout.shapes if shape.type == "line"]
    assert tops[0] > tops[2] > 1 > tops[1]
    # The names add to the height, and take nothing from the plot.
    plain = _chart(six)
    added = figure.layout.height - plain.layout.height
    assert added == figure.layout.margin.t - plain.layout.margin.t > 0
    _, narrow, _ = _press(figure, "narrow")
    assert not [note for note in narrow["annotations"] if note["text"].endswith("Third")]
    assert {shape["y1"] for shape in narrow["shapes"] if shape["type"] == "line"} == {0.93}


def test_a_line_has_its_own_colour_in_every_selection() -> None:
    order = [f"a{place}" for place in range(20)]
    alone = {key: line_colors([key], LIGHT, order)[key] for key in order}
    for keys in (["a0", "a9", "a3"], ["a3", "a9", "a0"], ["a19", "a2", "a4", "a8"]):
        assert line_colors(keys, LIGHT, order) == {key: alone[key] for key in keys}
    # a1 and a9 share one: the later gives way, whichever was chosen first, and nobody else moves.
    for keys in (["a9", "a1", "a2"], ["a1", "a2", "a9"]):
        result = line_colors(keys, LIGHT, order)
        assert (result["a1"], result["a2"]) == (alone["a1"], alone["a2"])
        assert result["a9"] not in (alone["a1"], alone["a2"])
    everyone = line_colors(order[:16:2], LIGHT, order)
    assert len(set(everyone.values())) == 8


def test_the_axis_speaks_in_words(six: Dataset) -> None:
    axis = _chart(six).layout.yaxis
    assert list(axis.ticktext) == level_words(six.codebook)
    scale = six.codebook.scale
    assert axis.ticktext[0] == f"\N{MINUS SIGN}{scale.max} {scale.labels[scale.min]}"
    assert axis.ticktext[-scale.min] == f"0 {scale.labels[0]}"
    assert axis.ticktext[-1] == f"+{scale.max} {scale.labels[scale.max]}"
    assert [pd.Timestamp(day).date() for day in _chart(six).layout.xaxis.range] == list(PERIOD)


def test_names_and_labels_are_no_markup_and_no_template(six: Dataset) -> None:
    scale = replace(six.codebook.scale, labels=dict.fromkeys(six.codebook.scale.levels, "<b>X</b>"))
    evil = replace(six.codebook, scale=scale)
    names = NAMES | {"a": "%{y} <i>"}
    figure = trend_chart(_lines(six, names)._replace(codebook=evil), "light")
    assert {label.partition(" ")[2] for label in figure.layout.yaxis.ticktext} == {
        "&lt;b&gt;X&lt;/b&gt;"
    }
    assert _line(figure, "%{y} &lt;i&gt;").hovertemplate.startswith("<b>&#37;{y} &lt;i&gt;</b> %{y")


def test_small_multiples_share_axes_and_stand_apart(six: Dataset) -> None:
    figure = small_multiples(_lines(six), "light", columns=3)
    layout = figure.layout.to_plotly_json()
    levels = [axis for name, axis in layout.items() if name.startswith("yaxis")]
    times = [axis for name, axis in layout.items() if name.startswith("xaxis")]
    assert len(levels) == len(times) == len(NAMES)
    assert len({tuple(axis["range"]) for axis in levels}) == 1
    assert len({tuple(axis["range"]) for axis in times}) == 1
    assert [axis["showticklabels"] for axis in levels] == [True, False, False, True]
    boxes = {(*x["domain"], *y["domain"]) for x, y in zip(times, levels, strict=True)}
    assert len(boxes) == len(NAMES)
    assert _line(figure, "Alpha").yaxis != _line(figure, "Beta").yaxis
    assert _notes(figure)[-1] == "<b>Nobody &lt;b&gt;</b>: no position in this period"
