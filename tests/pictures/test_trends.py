"""Stances over time as a picture: lines, names at their ends, landmarks, and their room."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

import pytest

from stances import Dataset, escapes
from stances.answers.history import lines, trend_title
from stances.answers.tracker import Tracker
from stances.answers.turns import turns
from stances.figures.theme import theme
from stances.figures.trend import NOTHING_CHOSEN, line_colors
from tests.pictures.drawings import SVG, collisions, outside, svg_of, texts

LAYOUTS = pytest.mark.parametrize("layout", ["lines", "small"])
BOTH = {"actors": "ARC,BOR", "as_of": "2020-12-31", "from": "2020-01-01"}


def _strokes(svg: Xml.Element) -> set[str]:
    return {each.attrib["stroke"] for each in svg.iter(f"{SVG}path") if "stroke" in each.attrib}


@pytest.mark.parametrize("mode", ["light", "dark"])
@LAYOUTS
def test_each_line_has_its_colour_and_its_name(six: Dataset, layout: str, mode: str) -> None:
    tracker, palette = Tracker(six), theme(mode)
    svg = svg_of(six, "trends", mode, layout=layout, **BOTH)
    colors = line_colors(["ARC", "BOR"], palette, tracker.line_order)
    assert _strokes(svg) == set(colors.values())
    named = {str(each.text): each.attrib["fill"] for each in svg.iter(f"{SVG}text")}
    for code, color in colors.items():
        assert named[tracker.names[code]] == color


def test_what_it_says_is_what_the_page_says(six: Dataset) -> None:
    tracker = Tracker(six)
    period = six.day(BOTH["from"]), six.day(BOTH["as_of"])
    names = {code: tracker.names[code] for code in ("ARC", "BOR")}
    series = lines(tracker, list(names), "overall", period)
    result = trend_title(tracker, names, series, period[1])
    assert result in " ".join(texts(svg_of(six, "trends", **BOTH)))


def test_a_line_that_ended_and_one_that_never_began_say_so(six: Dataset) -> None:
    lines = texts(svg_of(six, "trends", actors="ARC,CAL", as_of="2023-01-31"))
    assert "Republic of Arcadia to 2022" in lines
    assert "Caldon: no position in this period" in lines
    small = texts(svg_of(six, "trends", actors="ARC,CAL", as_of="2023-01-31", layout="small"))
    assert small[small.index("Caldon") + 1] == ": no position in this period"


def test_without_lines_it_says_that_none_is_chosen(six: Dataset) -> None:
    svg = svg_of(six, "trends", actors="")
    lines = texts(svg)
    assert any(NOTHING_CHOSEN in each for each in lines)
    assert any(each.startswith("Three actors and one group have one, among them") for each in lines)
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
    for high in (None, 630):
        svg = svg_of(real, "trends", high=high, **view)
        assert not outside(svg)
        assert not list(collisions(svg))


def test_it_names_what_moved_the_lines_and_numbers_none_as_no_list_follows(six: Dataset) -> None:
    lines = texts(svg_of(six, "trends", **BOTH))
    period, tracker = (six.day(BOTH["from"]), six.day(BOTH["as_of"])), Tracker(six)
    marks = turns(tracker, ("ARC", "BOR"), "overall", period)
    named = [escapes.as_written(line) for name in marks["name"] for line in name.split("<br>")]
    assert named
    assert set(named) <= set(lines)
    assert not [text for text in lines if text.isdigit() and len(text) < 4]


@LAYOUTS
def test_a_low_picture_has_the_same_words_in_the_same_size(six: Dataset, layout: str) -> None:
    high, low = (svg_of(six, "trends", high=high, layout=layout, **BOTH) for high in (None, 630))
    assert set(texts(high)) == set(texts(low))
    scales = [
        re.findall(r"scale\((\S+)\)", group.attrib.get("transform", ""))
        for svg in (high, low)
        for group in svg.iter(f"{SVG}g")
        if "scale" in group.attrib.get("transform", "")
    ]
    assert scales[0] == scales[1]
