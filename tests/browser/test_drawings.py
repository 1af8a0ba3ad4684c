"""Each chart as SVG against the drawing of plotly: points at the same places, the same words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from operator import sub
from pathlib import Path
from typing import TYPE_CHECKING, Any

import plotly
import plotly.graph_objects as go
import pytest

import stances
from stances.charts.actor import history_of, timeline_of
from stances.charts.chart import Chart, ChartOf
from stances.charts.data import coverage_of_view, sensitivity_of_view
from stances.charts.deadlines import calendar_of, deadlines_of
from stances.charts.distances import distances_of_view
from stances.charts.domains import fields_of_view
from stances.charts.moves import moves_of_view
from stances.charts.pair import domains_of_view, gap_of, lines_of
from stances.charts.position_sum import summed_of
from stances.charts.trends import picture_of_trends, trends_of_view
from stances.charts.years import years_of_view
from stances.dataset.codebook import OVERALL
from stances.figures.map import VIEWS
from stances.figures.standalone import features
from stances.figures.theme import LIGHT
from stances.links.parameters import PARAMETERS
from stances.links.view import View, view_of
from stances.pictures.canvas import Canvas
from stances.pictures.every import PICTURES
from stances.pictures.figure import draw_figure
from stances.pictures.map import map_alone
from stances.pictures.request import PictureRequest
from stances.render.chart import narrow_form
from stances.ui.views.map.stance_map import map_figure

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
WIDE, NARROW, NEAR = 930, 358, 2.0
MAP_SIZE = (640, 427)
# What a sheet leaves to a chart, in px of a page.
SHEET = 320
# The middles of marks and bars, the ends of lines, the words of a drawing, and those of its cells
# with their middles.
LOOK = """([root, marks, lines, cells]) => {
  const box = document.querySelector(root).getBoundingClientRect();
  const middle = (each) => {
    const {left, right, top, bottom} = each.getBoundingClientRect();
    return [(left + right) / 2 - box.left, (top + bottom) / 2 - box.top];
  };
  const end = (path) => {
    const {x, y} = path.getPointAtLength(path.getTotalLength()), at = path.getScreenCTM();
    return [x * at.a + at.e - box.left, y * at.d + at.f - box.top];
  };
  const ends = (path) => path.getAttribute("d").split(/(?=M)/).map((d) => {
    const stretch = path.cloneNode();
    stretch.setAttribute("d", d);
    path.after(stretch);
    // Of stretches that are not seen plotly writes some and leaves out others.
    const found = stretch.getTotalLength() > 1 ? [end(stretch)] : [];
    stretch.remove();
    return found;
  }).flat();
  // What has no room plotly keeps unseen.
  const visible = (each) => getComputedStyle(each).display !== "none";
  const stroked = (each) => parseFloat(getComputedStyle(each).strokeWidth);
  const said = (text) => {
    const rows = text.querySelectorAll("tspan.line");
    const parts = rows.length ? [...rows] : [text];
    return parts.map((part) => part.textContent).join(" ").replace(/\\s+/g, " ").trim();
  };
  const shown = (each) =>
    each.getBoundingClientRect().width > 0.5 && getComputedStyle(each).fillOpacity !== "0";
  const all = (what) => [...document.querySelectorAll(`${root} ${what}`)];
  return {
    marks: all(marks).filter(shown).map(middle),
    lines: all(lines).filter(stroked).flatMap(ends),
    words: all("text").filter(visible).map(said).filter(Boolean),
    cells: all(cells).filter(visible).filter(said).map((each) => [said(each), ...middle(each)]),
  };
}"""
OF_PLOTLY = (
    "#plotly",
    ".scatterlayer .point, .barlayer .point path",
    ".scatterlayer .js-line",
    ".heatmap-label text",
)
OURS = ("#ours", "circle, .mark, .bar", "path.line", "text")


def _lines(view: View) -> Chart:
    """The deadlines as a sheet has them."""
    chart = deadlines_of(view)
    assert chart.sheet is not None
    return replace(chart, figure=chart.sheet(SHEET)[0])


CHARTS = {
    "trends": (trends_of_view, {}),
    "trends on a sheet": (picture_of_trends, {}),
    "trends of two": (trends_of_view, {"actors": ["DEU", "USA"]}),
    "small multiples": (trends_of_view, {"layout": "small"}),
    "deadlines": (deadlines_of, {}),
    "deadlines on a sheet": (_lines, {}),
    "calendar": (calendar_of, {}),
    "history": (history_of, {"actor": "USA"}),
    "made": (summed_of, {"actor": "DEU", "domain": "networks"}),
    "made of fields": (summed_of, {"actor": "HUN"}),
    "timeline": (timeline_of, {"actor": "USA"}),
    "pair": (lines_of, {"first": "DEU", "second": "FRA"}),
    "gap": (gap_of, {"first": "DEU", "second": "FRA"}),
    "domains": (domains_of_view, {"first": "DEU", "second": "FRA"}),
    "fields": (fields_of_view, {}),
    "moves": (moves_of_view, {}),
    "years": (years_of_view, {}),
    "distances": (distances_of_view, {}),
    "coverage": (coverage_of_view, {}),
    "sensitivity": (sensitivity_of_view, {"settings": "half_life:3"}),
}


@pytest.fixture(scope="module")
def drawing(browser: Browser) -> Page:
    """A page with plotly, in which charts are drawn."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_content('<body style="margin:0"><div id="plotly"></div><div id="ours"></div></body>')
    page.add_script_tag(path=PLOTLY)
    return page


def _figure(data: stances.Dataset, chart_of: ChartOf, more: dict[str, Any]) -> Any:
    view = view_of(data, "", {"domain": OVERALL})
    settings = PARAMETERS["settings"].read(view.tracker, more.get("settings", "half_life:1"))
    return chart_of(replace(view.but(**{**more, "settings": settings}), mode=LIGHT.mode)).own_figure


def test_the_chart_of_each_picture_is_held_against_plotly() -> None:
    drawn = [each.draw.args[0] for each in PICTURES.values() if isinstance(each.draw, partial)]
    assert len(drawn) > 10
    assert set(drawn) <= {chart_of for chart_of, _ in CHARTS.values()}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_lies_where_plotly_draws_it(
    drawing: Page, real: stances.Dataset, name: str
) -> None:
    figure = _figure(real, *CHARTS[name])
    _compare(drawing, figure, WIDE)
    if narrow := narrow_form(figure):
        _compare(drawing, narrow, NARROW)


def _compare(drawing: Page, drawn: Any, wide: int) -> None:
    """Draw a figure so many px wide by plotly and as SVG, and hold the one against the other."""
    # Plotly writes buttons even where nobody sees them.
    figure = drawn | {"layout": drawn["layout"] | {"updatemenus": []}}
    high = figure["layout"]["height"]
    drawing.evaluate(
        """async ([figure, wide]) => {
          const {data, layout} = JSON.parse(figure);
          await Plotly.newPlot("plotly", data, {...layout, width: wide}, {displayModeBar: false});
        }""",
        [go.Figure(figure).to_json(), wide],
    )
    canvas = Canvas(LIGHT, "", wide, high)
    draw_figure(canvas, figure, wide, high)
    _show(drawing, canvas, wide)
    theirs, ours = (drawing.evaluate(LOOK, list(each)) for each in (OF_PLOTLY, OURS))
    assert len(theirs["words"]) > 5
    for kind in ("marks", "lines"):
        assert _apart(theirs[kind], ours[kind]) <= NEAR, kind
    assert _words(theirs) == _words(ours)
    for text, x, y in theirs["cells"]:
        alike = [max(abs(x - to[1]), abs(y - to[2])) for to in ours["cells"] if to[0] == text]
        assert min(alike) <= NEAR, text


def _show(drawing: Page, canvas: Canvas, wide: int) -> None:
    """Show a drawing of ours so many px wide."""
    drawing.evaluate(
        """([svg, wide]) => {
          const ours = document.querySelector("#ours");
          ours.style.width = `${wide}px`;
          ours.innerHTML = svg;
        }""",
        [canvas.markup(), wide],
    )


# The boxes of countries by their codes, of all parts of each, the middles of markers, and the words
# of a map.
LOOK_AT_MAP = """([root, countries, markers]) => {
  const all = (what) => [...document.querySelectorAll(`${root} ${what}`)];
  const at = document.querySelector(`${root} svg`).getBoundingClientRect();
  const box = (each) => {
    const {left, right, top, bottom} = each.getBoundingClientRect();
    return [left - at.left, top - at.top, right - at.left, bottom - at.top];
  };
  const boxes = {};
  for (const path of all(countries).filter((each) => each.getAttribute("d"))) {
    const code = path.dataset.actor ?? path.__data__.loc, [left, top, right, bottom] = box(path);
    const [west, north, east, south] = boxes[code] ??= [left, top, right, bottom];
    boxes[code] = [
      Math.min(left, west), Math.min(top, north), Math.max(right, east), Math.max(bottom, south),
    ];
  }
  return {
    boxes,
    marks: all(markers).map(box).map(([left, top, right, bottom]) => [left + right, top + bottom]),
    words: all("text").map((text) => text.textContent).filter(Boolean).sort(),
  };
}"""


@pytest.mark.parametrize("part", VIEWS)
def test_the_map_lies_where_plotly_draws_it(
    drawing: Page, real: stances.Dataset, part: str
) -> None:
    view, (wide, high) = view_of(real, "", {"view": part}), MAP_SIZE
    figure = map_figure(view.tracker, view.day, view.domain, part, LIGHT.mode, None)
    outlines = real.outlines[VIEWS[part].geometry_file].decode()
    drawing.evaluate(
        """async ([figure, outlines, name, width, height]) => {
          window.PlotlyGeoAssets = {topojson: {[name]: JSON.parse(outlines)}};
          const {data, layout} = JSON.parse(figure), size = {width, height};
          await Plotly.newPlot("plotly", data, {...layout, ...size}, {displayModeBar: false});
        }""",
        [figure.to_json(), outlines, Path(VIEWS[part].geometry_file).stem, wide, high],
    )
    canvas = map_alone(PictureRequest(replace(view, mode=LIGHT.mode)), wide, high)
    _show(drawing, canvas, wide)
    theirs, ours = (
        drawing.evaluate(LOOK_AT_MAP, list(each))
        for each in (
            ("#plotly", ".choroplethlayer path", ".scattergeo .point"),
            ("#ours", "path[data-actor]", "circle[data-actor], rect[data-actor]"),
        )
    )
    # Of what stands several times under one id plotly draws the first alone, and it cuts at the
    # frame what we draw beyond it.
    cut = max(bottom for *_, bottom in theirs["boxes"].values())
    stated = Counter(each["id"] for each in features(outlines.encode())["features"])
    whole = {
        code: box
        for code, box in ours["boxes"].items()
        if stated[code] == 1 and min(box) > NEAR and box[2] < wide - NEAR and box[3] < cut - NEAR
    }
    assert len(whole) > 30
    for code, box in whole.items():
        apart = map(abs, map(sub, box, theirs["boxes"][code]))
        assert max(apart) <= NEAR, code
    assert _apart(sorted(theirs["marks"]), sorted(ours["marks"])) <= 2 * NEAR
    assert theirs["words"] == ours["words"]


def _words(drawn: dict[str, Any]) -> list[str]:
    """The words of a drawing; what a label has in bold stands in a text of its own with us."""
    words = (word.strip(",") for text in drawn["words"] for word in text.split())
    return sorted(filter(None, words))


def _apart(some: list[list[float]], others: list[list[float]]) -> float:
    """The furthest that a point of the one is from its like among the others."""
    assert len(some) == len(others)
    pairs = zip(some, others, strict=True)
    return max((max(abs(a - b) for a, b in zip(*pair, strict=True)) for pair in pairs), default=0)
