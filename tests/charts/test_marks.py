"""What the charts show, and the arithmetic under them."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances import words
from stances.answers import events
from stances.charts import live, ribbon, svg, theme, trends, years
from stances.charts.plot import Area, Dots, Group, Line, Text, apart, level_axis, time_axis
from stances.dataset.days import day_number
from stances.dataset.load import Dataset
from stances.pages import country
from tests.charts import samples
from tests.charts.samples import FIRST, LABELS, LAST, NAMES
from tests.render.pages import view

CHARTS = samples.charts()


# -- lines ---------------------------------------------------------------------------------------


def _lines(chart: object) -> dict[str, Line]:
    return {mark.name: mark for mark in chart.plot.marks if isinstance(mark, Line)}


def test_the_axis_ends_a_level_above_the_highest_line() -> None:
    assert [tick.label for tick in CHARTS["trends"].plot.y.ticks][-1] == LABELS[2]
    rows = samples.lines("AAA", ("2018-01-01", -2.5), ("2026-07-02", -2.5))
    low = trends.chart(rows, {"AAA": "A"}, [], FIRST, LAST, LABELS, samples.NO_ACTS, {})
    assert [tick.label for tick in low.plot.y.ticks] == ["Shut", "Limit", "Wary"]


def test_the_subject_is_thick_and_the_others_differ_by_colour_and_dash() -> None:
    first, *others = (_lines(CHARTS["trends"])[name] for name in NAMES.values())
    assert (first.width, first.dash, first.color) == (3.6, "", theme.LINES[0])
    assert {line.width for line in others} == {1.8}
    assert len({line.dash for line in [first, *others]}) == 3
    assert len({line.color for line in [first, *others]}) == 3


def test_lines_that_coincide_are_set_off() -> None:
    first, other, alone = (_lines(CHARTS["trends"])[name] for name in NAMES.values())
    assert first.dy == 0 and abs(other.dy) >= 3 and alone.dy == 0


def test_a_margin_has_a_gap_where_its_line_has() -> None:
    gap = float("nan")
    margin = Area((0, 1, 2, 3), (1, gap, 1, 1), (2, gap, 2, 3), "ink")
    assert [*margin.outlines()] == [([0, 0], [2, 1]), ([2, 3, 3, 2], [2, 3, 1, 1])]


def test_an_act_lies_on_its_line_after_the_step() -> None:
    dots = [mark for mark in CHARTS["trends"].plot.marks if isinstance(mark, Dots)]
    at = {(x, y) for mark in dots for x, y in zip(mark.x, mark.y, strict=True)}
    assert at == {(day_number(date(2020, 5, 2)), -3), (day_number(date(2022, 1, 1)), -3)}


def test_a_line_that_ended_bears_its_name_where_it_ended() -> None:
    ends = [mark.marks[0] for mark in CHARTS["trends"].plot.marks if isinstance(mark, Group)]
    of = {end.text: end.x for end in ends}
    assert of["Cedonia"] == day_number(date(2021, 1, 2))
    assert of["Avaland"] == day_number(LAST)


def test_a_line_breaks_where_nothing_is_known() -> None:
    nan = float("nan")
    points = ("2018-01-01", 1), ("2019-06-01", nan), ("2020-01-01", 1), ("2026-07-02", 1)
    rows = samples.lines("AAA", *points)
    chart = trends.chart(rows, {"AAA": "A"}, [], FIRST, LAST, LABELS, samples.NO_ACTS, {})
    drawn = svg.on_page(chart)
    path = re.search(r'd="(M[^"Z]*)"', drawn)[1]
    assert path.count("M") == 2


@given(
    st.lists(st.floats(0, 372), max_size=8).map(sorted),
)
def test_labels_keep_apart_in_their_order(wanted: list[float]) -> None:
    placed = apart(wanted, 16, 0, 372)
    assert placed == sorted(placed)
    assert all(b - a >= 16 - 1e-6 for a, b in itertools.pairwise(placed))
    assert all(-1e-6 <= at <= 372 + 1e-6 for at in placed)


@given(st.lists(st.dates(date(2018, 3, 1), date(2026, 6, 1)), max_size=4, unique=True).map(sorted))
def test_words_on_top_never_lie_on_each_other(days: list[date]) -> None:
    happened = [trends.Happened("Some event", day) for day in days]
    rows = samples.lines("AAA", ("2018-01-01", -1), ("2026-07-02", -1))
    names = {"AAA": "Avaland"}
    chart = trends.chart(rows, names, happened, FIRST, LAST, LABELS, samples.NO_ACTS, {})
    drawn = svg.tag("svg", svg.fixed(chart.plot, "light", 636))
    tops = sorted(box for box in samples.boxes(drawn) if box.text == "Some event")
    for one in tops:
        for other in tops:
            same = one is other or abs(one.top - other.top) > 10
            assert same or one.right <= other.left or other.right <= one.left


def test_the_axis_of_time_names_years_where_they_begin() -> None:
    axis = time_axis(date(2018, 6, 1), date(2021, 2, 1))
    assert [(tick.label, tick.value) for tick in axis.ticks] == [
        (str(year), day_number(date(year, 1, 1))) for year in (2019, 2020, 2021)
    ]
    assert [tick.label for tick in time_axis(date(2020, 3, 1), date(2020, 9, 1)).ticks] == ["2020"]


def test_levels_are_named_by_word_and_colour() -> None:
    axis = level_axis(LABELS, -3, 0)
    assert [(tick.label, tick.color) for tick in axis.ticks] == [
        ("Shut", "m3"), ("Limit", "m2"), ("Wary", "m1"), ("Even", "z0"),
    ]  # fmt: skip
    assert axis.first == 0  # on top


# -- ribbons and bars ----------------------------------------------------------------------------


def test_a_ribbon_says_its_levels_in_words() -> None:
    said = ribbon.alt(samples.runs(), FIRST, LAST, LABELS, "Avaland")
    assert (
        said
        == "Avaland: Even, Limit from 1 Jun 2019, no position from 1 Jan 2022, Wary from 1 Jan 2024"
    )


def test_a_ribbon_of_a_day_says_nothing_of_later() -> None:
    day = date(2020, 1, 1)
    drawn = ribbon.svg(samples.runs(), FIRST, day, LABELS, "Avaland", 20, samples.dots())
    assert "2022" not in drawn and "2024" not in drawn


def test_old_statements_are_striped_and_never_paler() -> None:
    drawn = ribbon.svg(samples.runs(), FIRST, LAST, LABELS, "Avaland")
    assert re.search(r'fill="url\(#old-m1-\w+\)"', drawn)
    assert 'fill="var(--m1)"/></g>' not in drawn
    assert "opacity" not in drawn


def test_acts_are_large_and_statements_small() -> None:
    found = ribbon.points(samples.dots(), time_axis(FIRST, LAST))
    assert [(mark.size > 9, mark.hover[0].split("  ")[1]) for mark in found] == [
        (False, "Says"),
        (True, samples.EVIL),
    ]


def test_a_bar_leads_to_its_year_and_says_its_counts() -> None:
    drawn = svg.on_page(CHARTS["events"])
    told = "2012: 2 Limit, 2 Wary, 2 Even, 2 Open, 2 Help, 2 Back, 3 no level"
    assert f'<a href="events?from=2012" aria-label="{told}">' in drawn
    assert ">15<" in drawn  # the count on top


def test_dates_in_doubt_or_expected_are_hollow_and_all_marks_ink() -> None:
    groups = [mark.marks for mark in CHARTS["deadlines"].plot.marks]
    dots = [next(mark for mark in marks if isinstance(mark, Dots)) for marks in groups]
    assert [dot.fill for dot in dots] == ["ink", "bg", "bg", "ink"]
    assert {dot.edge for dot in dots} == {"ink"}


def test_a_move_is_bold_where_its_level_changed() -> None:
    names = [mark.marks[1] for mark in CHARTS["changes"].plot.marks]
    assert [name.strong for name in names] == [True, False, True]


# -- plotly --------------------------------------------------------------------------------------


def test_trends_are_drawn_live_from_the_same_marks() -> None:
    figure = live.plotly_figure(CHARTS["trends"], "dark")
    lines = {trace.name: trace for trace in figure.data if trace.mode == "lines" and trace.name}
    assert list(lines) == ["Cedonia", samples.EVIL, "Avaland"]
    assert lines["Avaland"].line.color == theme.paint("series1", "dark")
    assert set(lines["Avaland"].text) == {"Wary", "Shut"}
    hovers = [(trace.text, trace.hovertemplate) for trace in figure.data]
    told = f"{hovers} {figure.layout.annotations}"
    assert "script" in told
    assert "<script" not in told
    # Plotly names as many years as a screen has room for, all level.
    assert (figure.layout.xaxis.tickangle, figure.layout.xaxis.tickvals) == (0, None)
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    assert [of for trace in dots for of in trace.customdata] == ["e/2?x=1&y=2", "e/1"]


def test_a_picture_alone_is_refused_live() -> None:
    with pytest.raises(ValueError, match="not drawn by plotly"):
        live.plotly_figure(CHARTS["years"])


# -- colours -------------------------------------------------------------------------------------


def _light(color: str) -> float:
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", theme.MODES)
def test_texts_can_be_read_on_the_ground_and_on_levels(mode: str) -> None:
    for token in ("ink", "muted", "accent", *theme.LINES):
        assert _contrast(theme.paint(token, mode), theme.paint("bg", mode)) >= 4.5, token
    weights = {}
    for level in theme.LEVELS:
        color = theme.paint(theme.level_token(level), mode)
        assert _contrast(theme.paint(theme.on_level(level), mode), color) >= 4.5, level
        weights[level] = _contrast(color, theme.paint("bg", mode))
    # The further from neutral, the further from the ground.
    for side in ((0, -1, -2, -3), (0, 1, 2, 3)):
        assert [weights[level] for level in side] == sorted(weights[level] for level in side)


def test_lines_are_wrapped_alike_in_length() -> None:
    text = "Two of 94 moved by half a level or more in the year to July 2026; both became stricter"
    one, other = theme.wrapped(text, 32, 1120, True)
    assert f"{one} {other}" == text
    assert theme.text_width(other, 32) > 0.6 * theme.text_width(one, 32)


def test_words_that_have_a_line_each_are_wrapped_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # Who goes on for ever runs out of these.
    widths = iter([100.0] * 50)
    monkeypatch.setattr(theme, "text_width", lambda *_, **__: next(widths))
    assert theme.wrapped("existing equipment", 13, 90) == ["existing", "equipment"]


def test_a_year_without_events_has_a_bar_of_none_and_no_figure() -> None:
    years_shown = pd.period_range("2019", "2020", freq="Y")
    counted = {str(level): [0, 0] for level in LABELS}
    rows = pd.DataFrame({"period": years_shown, "none": [0, 1], **counted})
    bars = years.events_chart(rows, LABELS, {}).plot.marks
    assert [[m.text for m in bar.marks if isinstance(m, Text)] for bar in bars] == [[], ["1"]]


def test_a_field_without_a_level_names_its_last_event_scored_or_not(six: Dataset) -> None:
    shown = view(six, "actor", actor="ARC")
    found = events.find(shown.tracker, actor=("ARC",), domain="roads", to=shown.day)
    assert len(found) > 1
    texts = [
        mark.text for mark in country.picture(shown).chart.plot.marks if isinstance(mark, Text)
    ]
    assert f"Last {words.day(found['date'].iloc[0], 'month')}" in texts


def test_the_picture_of_a_past_day_names_no_later_event(six: Dataset) -> None:
    shown = view(six, "actor", actor="BOR", as_of="2020-01-15")
    texts = [
        mark.text for mark in country.picture(shown).chart.plot.marks if isinstance(mark, Text)
    ]
    assert not any(text.startswith("Last ") for text in texts)
