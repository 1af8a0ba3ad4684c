"""Charts before any script: at every width they lie where their figure does, and say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from stances import Dataset
from stances.charts.chart import Chart
from stances.charts.trends import trends_of_view
from stances.figures.map import Json
from stances.figures.theme import BOTH
from stances.links.view import view_of
from stances.pictures.canvas import Canvas
from stances.pictures.figure import draw_figure
from stances.render.chart import chart_html, narrow_form

ONE, SMALL = {"layout": "lines"}, {"layout": "small"}
_LINES = {"actors": ["ARC", "BOR", "CAL"]}
# Of a shape: its attributes along the width and along the height.
_PLACES = {"circle": ("cx", "cy"), "rect": ("x", "y"), "line": ("x1", "y1")}


def _trends(data: Dataset, **more: Any) -> Chart:
    days = {"as_of": data.day("2020-12-31"), "from": data.day("2020-01-01")}
    return trends_of_view(view_of(data, "trends", {}).but(**days, **{**_LINES, **more}))


def _forms(chart: Chart) -> list[Xml.Element]:
    """The drawings of a chart, each with what keeps its distance from its plot."""
    return list(Xml.fromstring(chart_html(chart)))


def _draw_fixed(figure: Json, wide: int) -> Xml.Element:
    """Return the chart as it is drawn for so many px."""
    high = figure["layout"]["height"]
    canvas = Canvas(BOTH, "", wide, high)
    draw_figure(canvas, figure, wide, high)
    return Xml.fromstring(re.sub(' xmlns="[^"]*"', "", canvas.markup()))


def _bare(part: Xml.Element) -> Xml.Element:
    text = Xml.tostring(part, encoding="unicode")
    return Xml.fromstring(re.sub(r' xmlns(:\w+)?="[^"]*"|(?<=[</])ns0:', "", text))


def _places_in(form: Xml.Element, wide: int) -> Iterator[tuple[str, float, float]]:
    """Where the shapes of a form are in so much width."""
    edges = re.fullmatch(r"padding:0 (\S+)px 0 (\S+)px", form.attrib["style"])
    assert edges
    right, left = map(float, edges.groups())
    for shape in form.iter():
        across, down = _PLACES.get(shape.tag, ("", ""))
        at = shape.attrib.get(across, "")
        if at.endswith("%"):
            x = left + float(at[:-1]) / 100 * (wide - left - right)
            yield shape.tag, x, float(shape.attrib[down])


def _places_drawn(svg: Xml.Element) -> list[tuple[str, float, float]]:
    return [
        (
            shape.tag,
            float(shape.attrib[_PLACES[shape.tag][0]]),
            float(shape.attrib[_PLACES[shape.tag][1]]),
        )
        for shape in svg.iter()
        if shape.tag in _PLACES
    ]


@pytest.mark.parametrize("view", [ONE, SMALL])
@pytest.mark.parametrize("wide", [600, 1120, 1600])
def test_in_any_width_it_lies_where_its_figure_does(
    six: Dataset, view: dict[str, str], wide: int
) -> None:
    chart = _trends(six, **view)
    shown = list(_places_in(_bare(_forms(chart)[0]), wide))
    drawn = _places_drawn(_draw_fixed(chart.own_figure, wide))
    assert len(shown) > 20
    for tag, x, y in shown:
        near = [other for other in drawn if other[0] == tag and abs(other[2] - y) < 0.1]
        assert min(abs(other[1] - x) for other in near) < 0.2, (tag, x, y)


def test_on_a_narrow_screen_it_shows_the_lines_again_with_their_names_below(six: Dataset) -> None:
    chart = _trends(six, **ONE)
    wide, narrow = map(_bare, _forms(chart))
    assert [form.attrib["class"] for form in (wide, narrow)] == ["wide", "narrow"]
    [use] = narrow.iter("use")
    stretched = {
        group.attrib["id"]: svg for svg in wide.iter("svg") for group in svg if "id" in group.attrib
    }
    whole = stretched[use.attrib["href"].removeprefix("#")]
    [again] = [svg for svg in narrow.iter("svg") if use in svg]
    assert again.attrib["viewBox"] == whole.attrib["viewBox"]
    assert list(whole.iter("path"))
    assert not list(narrow.iter("path"))
    marks = [list(form.iter("circle")) for form in (wide, narrow)]
    assert len(marks[0]) == len(marks[1]) > 0
    figure = narrow_form(chart.own_figure)
    assert figure
    named = {trace["name"] for trace in figure["data"] if trace.get("showlegend")}
    assert named
    assert named <= {text.text for text in narrow.iter("text")}


def test_on_a_narrow_screen_small_ones_stand_below_one_another(six: Dataset) -> None:
    chart = _trends(six, **SMALL)
    wide, narrow = map(_bare, _forms(chart))
    assert [form.attrib["class"] for form in (wide, narrow)] == ["wide", "narrow"]
    # In other places the lines of the one are not those of the other.
    assert not list(narrow.iter("use"))
    assert list(narrow.iter("path"))
    names = [
        {svg.attrib["id"] for svg in form.iter() if "id" in svg.attrib} for form in (wide, narrow)
    ]
    assert names[0].isdisjoint(names[1])
    figure = narrow_form(chart.own_figure)
    assert figure
    assert figure["layout"]["height"] == chart.high
    boxes = [_domains(each["layout"]) for each in (chart.own_figure, figure)]
    assert [len({x for x, _ in of}) for of in boxes] == [2, 1]
    assert [len({y for _, y in of}) for of in boxes] == [2, len(boxes[0])]


def _domains(layout: dict[str, Any]) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
    """Where each panel lies across and up."""
    across, up = (
        [tuple(axis["domain"]) for name, axis in layout.items() if name.startswith(f"{way}axis")]
        for way in "xy"
    )
    return list(zip(across, up, strict=True))


def test_it_has_its_alt_text_and_colours_of_both_schemes(six: Dataset) -> None:
    chart = _trends(six, **ONE)
    html = chart_html(chart)
    for form in _forms(chart):
        assert _bare(form)[0].attrib["aria-label"] == chart.alt
        assert _bare(form)[0].attrib["role"] == "img"
    assert "rgba(" in html
    assert "light-dark(#" in html
