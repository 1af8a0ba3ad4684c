"""What every chart owes its reader: nothing cut, nothing on another text, names, escaped texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import combinations
from xml.etree import ElementTree

import pytest

from stances.charts import country, levels, png, ribbon, svg
from stances.charts.plot import Plot
from stances.pages import registry
from tests.charts import samples
from tests.charts.samples import EVIL, FIRST, LABELS, LAST

CHARTS = samples.charts()
SOURCE = "Stances on Acme, acme.example. Machine-scored, data to 2 Jul 2026. Version 1, CC BY 4.0"
each_chart = pytest.mark.parametrize("name", CHARTS)
RIBBONS = {
    "ribbon": ribbon.svg(samples.runs(), FIRST, LAST, LABELS, EVIL, 20, samples.dots()),
    "stacked": ribbon.stacked(samples.shares(), FIRST, LAST, LABELS, "The union"),
}


def test_every_picture_of_a_page_has_a_sample() -> None:
    """But the map, whose tests draw the real one."""
    assert set(registry.CHARTS) - set(CHARTS) == {"map"}, "give tests/charts/samples.py a sample"


@each_chart
def test_a_chart_of_a_page_is_drawn_as_before(
    name: str, golden: Callable[[str, str], None]
) -> None:
    golden(f"{name}.svg", svg.on_page(CHARTS[name]).replace("><", ">\n<") + "\n")


@pytest.mark.parametrize("name", RIBBONS)
def test_a_ribbon_is_drawn_as_before(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"{name}.svg", RIBBONS[name].replace("><", ">\n<") + "\n")


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_a_period_of_one_day_is_drawn(day: date) -> None:
    fields = [country.Field("Networks", samples.runs(), samples.dots(), -1.0)]
    made = country.chart(fields, day, day, LABELS), levels.chart(samples.shares()[-1:], LABELS)
    ribbons = (
        ribbon.svg(samples.runs(), day, day, LABELS, "Avaland", dots=samples.dots()),
        ribbon.stacked(samples.shares(), day, day, LABELS, "The union"),
    )
    for drawn in (*map(svg.on_page, made), *(svg.sheet(one, SOURCE) for one in made), *ribbons):
        assert "<svg" in drawn
        assert "nan" not in drawn


def _overlapping(found: list[samples.Box]) -> list[tuple[str, str]]:
    return [
        (one.text, other.text)
        for one, other in combinations(found, 2)
        if min(one.right, other.right) - max(one.left, other.left) > 1
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 1
    ]


@each_chart
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_text_of_a_picture_is_cut_or_lies_on_another(name: str, mode: str) -> None:
    sheet = svg.sheet(CHARTS[name], SOURCE, mode)
    high = float(re.search(r'height="(\d+)"', sheet)[1])
    found = samples.boxes(sheet)
    outside = [
        box for box in found
        if box.left < 39 or box.right > 1161 or box.top < 0 or box.bottom > high
    ]  # fmt: skip
    assert outside == []
    assert _overlapping(found) == []


# At 320 and 390 px what a telephone has, which has dates as a list; at 700 px what a desk has.
DRAWN = [
    (name, width, chart.plot if plot is None else plot)
    for name, chart in CHARTS.items()
    for width, plot in ((288, chart.narrow), (358, chart.narrow), (636, chart.plot))
    if name not in ("groups", "country") and (name != "deadlines" or width == 636)
]


@pytest.mark.parametrize(("name", "width", "plot"), DRAWN)
def test_no_text_of_a_page_is_cut_or_lies_on_another(name: str, width: int, plot: Plot) -> None:
    drawn = svg.fixed(plot, "light", width)
    if width < 636:
        drawn = re.sub(r'<text [^>]*class="hide".*?</text>', "", drawn)
    found = samples.boxes(svg.tag("svg", drawn))
    assert [box for box in found if box.left < -1 or box.right > width + 1] == []
    assert _overlapping(found) == []


@each_chart
def test_links_have_names_and_no_image_hides_them(name: str) -> None:
    drawn = svg.on_page(CHARTS[name])
    for figure in re.findall(r"<svg [^>]*role=.*?>", drawn):
        assert "aria-label=" in figure
    assert not re.search(r'role="img"(?:(?!</svg></div>).)*<a ', drawn)
    for link in re.findall(r"<a [^>]*>", drawn):
        assert re.search(r'aria-label="[^"]+"', link), link


@pytest.mark.parametrize(
    "drawn", [*(svg.on_page(chart) for chart in CHARTS.values()), *RIBBONS.values()]
)
def test_texts_of_the_data_are_escaped_once(drawn: str) -> None:
    assert "<script" not in drawn
    assert "&amp;amp;" not in drawn
    ElementTree.fromstring(f"<p>{drawn}</p>")  # well-formed


@each_chart
def test_a_picture_names_no_variable_of_a_page(name: str) -> None:
    sheet = svg.sheet(CHARTS[name], SOURCE, "dark")
    assert "var(" not in sheet
    assert "%" not in re.sub(r">[^<]*<", "><", sheet)


def test_patterns_have_names_of_their_own() -> None:
    page = "".join(
        [svg.on_page(CHARTS["country"]), svg.on_page(CHARTS["groups"]), RIBBONS["ribbon"]]
    )
    names = re.findall(r'<pattern id="([^"]+)"', page)
    assert len(names) == len(set(names))
    assert set(re.findall(r"url\(#([^)]+)\)", page)) == set(names)


def test_a_picture_is_a_png_of_1200_px() -> None:
    made = png.png(svg.sheet(CHARTS["changes"], SOURCE))
    assert made.startswith(b"\x89PNG")
    assert int.from_bytes(made[16:20]) == 1200


def test_nothing_to_draw_is_nothing_on_a_page_and_words_in_a_picture() -> None:
    from stances.charts.plot import Chart

    empty = Chart(title="No level changed")
    assert svg.on_page(empty) == ""
    assert [box.text for box in samples.boxes(svg.sheet(empty, "Source"))] == [
        "No level changed",
        "Source",
    ]
