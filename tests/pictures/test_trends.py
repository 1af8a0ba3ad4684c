"""Stances over time as a picture: lines, names at their ends, landmarks, and their room."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as Xml

import pandas as pd
import plotly.graph_objects as go
import pytest

from stances import Dataset, escapes
from stances.answers.history import line_ends, lines, trend_found
from stances.answers.tracker import Tracker
from stances.dataset.codebook import Codebook
from stances.figures.theme import theme
from stances.figures.trend import NOTHING_CHOSEN, line_colors, margin, small_multiples, trend_chart
from stances.pictures.asked import AskedPicture, asked, values_of
from stances.pictures.frame import Box
from stances.pictures.lines import lines_drawn
from stances.pictures.trends import trends_alone
from tests.pictures.drawn import SVG, outside, run_into_another, svg_of, texts

LAYOUTS = pytest.mark.parametrize("layout", ["lines", "small"])
BOTH = {"actors": "ARC,BOR", "as_of": "2020-12-31", "from": "2020-01-01"}


def _strokes(svg: Xml.Element) -> set[str]:
    return {each.attrib["stroke"] for each in svg.iter(f"{SVG}path") if "stroke" in each.attrib}


@pytest.mark.parametrize("mode", ["light", "dark"])
@LAYOUTS
def test_each_line_has_its_colour_and_its_name(six: Dataset, layout: str, mode: str) -> None:
    tracker, look = Tracker(six), theme(mode)
    svg = svg_of(six, "trends", mode, layout=layout, **BOTH)
    colors = line_colors(["ARC", "BOR"], look, tracker.line_order)
    assert _strokes(svg) == set(colors.values())
    named = {str(each.text): each.attrib["fill"] for each in svg.iter(f"{SVG}text")}
    for code, color in colors.items():
        assert named[tracker.names[code]] == color


def test_what_it_says_is_what_the_page_says(six: Dataset) -> None:
    tracker = Tracker(six)
    period = six.day(BOTH["from"]), six.day(BOTH["as_of"])
    names = {code: tracker.names[code] for code in ("ARC", "BOR")}
    ends = line_ends(lines(tracker, list(names), "overall", period), names)
    found = trend_found(tracker, names, ends, "overall", period)
    assert found in " ".join(texts(svg_of(six, "trends", **BOTH)))


def test_a_line_that_ended_and_one_that_never_began_say_so(six: Dataset) -> None:
    said = texts(svg_of(six, "trends", actors="ARC,CAL", as_of="2023-01-31"))
    assert "Republic of Arcadia to 2022" in said
    assert "Caldon: no position" in said
    small = texts(svg_of(six, "trends", actors="ARC,CAL", as_of="2023-01-31", layout="small"))
    assert "Caldon: no position" in small


def test_without_lines_it_says_that_none_is_chosen(six: Dataset) -> None:
    svg = svg_of(six, "trends", actors="")
    said = texts(svg)
    assert any(NOTHING_CHOSEN in each for each in said)
    assert any(each.startswith("Three actors and one group have one, among them") for each in said)
    assert not outside(svg)


@LAYOUTS
@pytest.mark.parametrize("first", ["2010-01-01", "2019-06-01", "2020-11-20", "2020-12-30"])
@pytest.mark.parametrize(
    "count", [8, *(pytest.param(count, marks=pytest.mark.slow) for count in (1, 3))]
)
def test_no_text_is_cut_or_runs_into_another(
    real: Dataset, count: int, first: str, layout: str
) -> None:
    actors = ",".join(real.position_actors[:count])
    view = {"actors": actors, "as_of": "2020-12-31", "from": first, "layout": layout}
    svg = svg_of(real, "trends", **view)
    assert not outside(svg)
    assert not list(run_into_another(svg))


def _tints(svg: Xml.Element) -> list[Box]:
    """Where the classes lie behind the lines."""
    return [
        Box(*(float(each.attrib[name]) for name in ("x", "y", "width", "height")))
        for each in svg.iter(f"{SVG}rect")
        if "fill-opacity" in each.attrib
    ]


def _bands(figure: go.Figure, wide: float) -> list[Box]:
    """The same of a chart of the page in so much width."""
    layout = figure.layout
    edges, found = layout.margin, []
    across, high = wide - edges.l - edges.r, layout.height - edges.t - edges.b
    for band in (shape for shape in layout.shapes if shape.type == "rect"):
        number = band.yref.removeprefix("y")
        y, x = layout[f"yaxis{number}"], layout[f"xaxis{number}"]
        (left, right), (foot, head) = x.domain or (0, 1), y.domain or (0, 1)
        level = high * (head - foot) / (y.range[1] - y.range[0])
        bottom = edges.t + high * (1 - foot)
        top = bottom - level * (band.y1 - y.range[0])
        found.append(Box(edges.l + across * left, top, across * (right - left), level))
    return found


@pytest.mark.parametrize("actors", ["ARC,BOR", "ARC,BOR,CAL"])
def test_alone_small_ones_lie_where_the_charts_of_the_page_do(six: Dataset, actors: str) -> None:
    view = _view(six, layout="small", actors=actors)
    drawn = lines_drawn(view)
    [svg] = _alone(view)
    figure = small_multiples(drawn.series, drawn.names, _no_events(), *_about(six, view))
    assert svg.attrib["viewBox"] == f"0 0 1120 {figure.layout.height}"
    for tint, band in zip(_tints(svg), _bands(figure, 1120), strict=True):
        assert tint == pytest.approx(band, abs=0.1)


@pytest.mark.parametrize("wide", [700, 1120, 1600])
@pytest.mark.parametrize("actors", ["ARC,BOR", "ARC,BOR,CAL"])
def test_alone_it_lies_where_the_chart_of_the_page_does_at_any_width(
    six: Dataset, actors: str, wide: int
) -> None:
    view = _view(six, actors=actors)
    drawn = lines_drawn(view)
    about = _about(six, view)
    figure = trend_chart(drawn.series, drawn.names, _no_events(), drawn.landmarks, *about)
    here = _alone(view)[0]
    assert _plot(here).attrib["height"] == f"{figure.layout.height}"
    for tint, band in zip(_shown(here, wide), _bands(figure, wide), strict=True):
        assert tint == pytest.approx(band, abs=0.1)


def test_on_a_telephone_the_lines_are_shown_again_with_their_names_below(six: Dataset) -> None:
    view = _view(six)
    drawn = lines_drawn(view)
    wide, narrow = _alone(view)
    again = _use(narrow)["href"].removeprefix("#")
    assert again in [part.attrib.get("id") for part in wide.iter(f"{SVG}g")]
    edges = margin(drawn.names, drawn.period, narrow=True)
    tints = _shown(narrow, 358)
    for tint in tints:
        assert (tint.x, tint.right) == pytest.approx((edges["l"], 358 - edges["r"]), abs=0.1)
    # Above the highest level there is the room that the page has.
    assert tints[-1].y > edges["t"]
    assert set(drawn.names.values()) <= set(texts(narrow))
    marks = [list(each.iter(f"{SVG}circle")) for each in (wide, narrow)]
    assert len(marks[0]) == len(marks[1]) > 0


def test_the_lines_shown_again_end_where_the_marks_of_their_events_are(six: Dataset) -> None:
    """The stretch of the lines and the places of the marks are worked out apart."""
    wide, narrow = _alone(_view(six))
    moved = re.fullmatch(r"translate\(0 (\S+)\) scale\(\S+ (\S+)\)", _use(narrow)["transform"])
    assert moved
    down, up = map(float, moved.groups())
    for there, here in zip(wide.iter(f"{SVG}circle"), narrow.iter(f"{SVG}circle"), strict=True):
        assert there.attrib["cx"] == here.attrib["cx"]
        assert down + float(there.attrib["cy"]) * up == pytest.approx(
            float(here.attrib["cy"]), abs=0.05
        )


def _view(six: Dataset, **given: str) -> AskedPicture:
    return asked(six, "trends", values_of(six, "trends", BOTH | given), "light", "")


def _about(six: Dataset, view: AskedPicture) -> tuple[Codebook, str, tuple[date, date]]:
    return six.codebook, "light", lines_drawn(view).period


def _use(part: Xml.Element) -> dict[str, str]:
    [use] = part.iter(f"{SVG}use")
    return use.attrib


def _alone(view: AskedPicture) -> list[Xml.Element]:
    """The drawings of the page, the wide one first."""
    markup = trends_alone(view, lines_drawn(view), 1120, 358)
    return list(Xml.fromstring(f"<div>{markup}</div>"))


def _plot(part: Xml.Element) -> Xml.Element:
    found = part.find(f"{SVG}svg")
    assert found is not None
    return found


def _shown(part: Xml.Element, wide: float) -> list[Box]:
    """Where the classes lie behind the lines, where a drawing has so much width."""
    edges = re.fullmatch(r"padding:0 (\S+)px 0 (\S+)px", part.attrib["style"])
    assert edges
    right, left = map(float, edges.groups())
    one = (wide - left - right) / 100
    parts = [
        [each.attrib[name].removesuffix("%") for name in ("x", "y", "width", "height")]
        for each in part.iter(f"{SVG}rect")
        if "fill-opacity" in each.attrib
    ]
    return [
        Box(left + float(x) * one, float(y), float(across) * one, float(high))
        for x, y, across, high in parts
    ]


def _no_events() -> pd.DataFrame:
    columns = pd.DataFrame(columns=["key", "event_id", "date", "stance", "hover"])
    return columns.astype({"date": "datetime64[s]"})


def test_alone_its_landmarks_have_the_numbers_of_the_page(six: Dataset) -> None:
    view = _view(six)
    said = texts(_alone(view)[0])
    named = [each for each in lines_drawn(view).landmarks["name"] if each]
    assert named
    assert f"1 {escapes.as_written(named[0])}" in said
