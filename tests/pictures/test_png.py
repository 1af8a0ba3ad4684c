"""Pictures as PNG: their size, that something is drawn, and that no text is source."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree as Xml

import pytest
from PIL import Image

from stances.figures.levels import LevelCells, level_grid
from stances.figures.theme import CLASS_COLORS, DARK, LIGHT, Theme
from stances.pictures.axes import Axis
from stances.pictures.canvas import HEIGHT, WIDTH, Canvas
from stances.pictures.png import png
from stances.pictures.traces import draw_bars, draw_cells
from stances.words import on_one_line
from tests.payloads import PAYLOADS
from tests.pictures.drawings import SVG

TYPST = (
    '#panic("read as source")', '#image("/etc/passwd")', '#read("/etc/passwd")', "$ x^2 $",
    "*b* _i_ `c`", "= Heading", '"); #panic("x")', "\\u{41}", "@label <label>", "// comment",
)  # fmt: skip
EVERY = (*PAYLOADS, *TYPST)


def open_png(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def sheet(*texts: str) -> Canvas:
    canvas = Canvas(LIGHT, "A sheet")
    for number, text in enumerate(texts):
        canvas.text(20 + 290 * (number % 4), 24 + 18 * (number // 4), text, 14)
    return canvas


@pytest.mark.parametrize("wide", [600, 1200, 2400])
def test_it_is_as_wide_as_asked_for(wide: int) -> None:
    picture = open_png(png(sheet("Words").svg(wide), wide))
    assert picture.size == (wide, wide * HEIGHT // WIDTH)
    colors = picture.getcolors(maxcolors=wide * wide)
    assert colors is not None
    assert len(colors) > 2


@pytest.mark.parametrize(("wide", "high"), [(640, 630), (600, 1216.36), (1200, 1024.28)])
def test_it_has_every_row_of_what_is_drawn(wide: int, high: float) -> None:
    canvas, rows = Canvas(LIGHT, "Stripes", high=high), int(wide * high / WIDTH)
    row = WIDTH / wide
    for number in range(0, rows, 2):
        canvas.draw("path", d=f"M0 {number * row:.4f}h{WIDTH}v{row}H0Z", fill="#000000")
    picture = open_png(png(canvas.svg(wide), wide)).convert("L")
    assert picture.size == (wide, rows)
    dark = [picture.getpixel((wide // 2, y)) < 128 for y in range(rows)]
    assert dark == [y % 2 == 0 for y in range(rows)]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_it_has_the_ground_of_its_theme(palette: Theme) -> None:
    colors = open_png(png(Canvas(palette, "A sheet").svg(), WIDTH)).getcolors()
    assert colors == [(WIDTH * HEIGHT, tuple(bytes.fromhex(palette.background[1:])))]


def test_a_text_is_a_text_whatever_it_says() -> None:
    for text in EVERY:
        root = Xml.fromstring(sheet(text).svg())
        assert [each.tag.removeprefix(SVG) for each in root] == ["title", "defs", "rect", "text"]
        assert root.findtext(f"{SVG}text") == on_one_line(text)


def test_typst_reads_no_text_as_source() -> None:
    drawn, empty = (open_png(png(sheet(*texts).svg(), WIDTH)) for texts in (EVERY, ()))
    assert drawn.size == empty.size == (WIDTH, HEIGHT)
    # Whatever is written there, every one of them leaves ink.
    for number in range(len(EVERY)):
        x, y = 20 + 290 * (number % 4), 24 + 18 * (number // 4)
        ink = drawn.crop((x, y - 12, x + 280, y + 5)).getcolors()
        assert ink is None or len(ink) > 1, EVERY[number]


def test_the_same_view_has_the_same_bytes() -> None:
    svg = sheet("Words").svg()
    assert png(svg, 600) == png(svg, 600)


# -- traces of figures on a sheet ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "base", "lasts"),
    [
        ("linear", [0, 2], [5, 2]),
        ("date", ["1970-01-01", "1970-01-03"], [432_000_000, 172_800_000]),
    ],
)
def test_bars_are_as_long_as_their_numbers_or_days(
    kind: str, base: list[object], lasts: list[int]
) -> None:
    canvas = Canvas(LIGHT, "", 200, 100)
    x, y = Axis({"type": kind}, 0, 200, 0, 10), Axis({}, 0, 100, 0, 2)
    bars = {"base": base, "x": lasts, "y": [0.5, 1.5], "width": 1, "marker": {"color": "#000000"}}
    draw_bars(canvas, bars, x, y)
    drawn = re.findall(r'<rect x="(\d+)" y="\d+" width="(\d+)"[^>]*class="bar"', canvas.markup())
    assert drawn == [("0", "100"), ("40", "40")]


def test_numbers_on_cells_have_the_ink_of_their_class() -> None:
    levels = range(min(CLASS_COLORS), max(CLASS_COLORS) + 1)
    numbers = [[str(level)] for level in levels]
    rows = [[float(level)] for level in levels]
    cells = LevelCells([*map(str, levels)], ["2026"], rows, numbers)
    grid = level_grid(cells, levels, "light")
    canvas = Canvas(LIGHT, "", 100, 200)
    x, y = Axis({}, 0, 100, -0.5, 0.5), Axis({}, 0, 200, -0.5, len(levels) - 0.5)
    draw_cells(canvas, grid["data"][0], x, y, {"color": LIGHT.ink}, "")
    drawn = re.findall(r'<text [^>]*?fill="(#\w+)"[^>]*>([^<]+)', canvas.markup())
    assert [ink for ink, _ in drawn] == [LIGHT.on_level(level) for level in levels]
