"""The canvas of a picture: SVG by its own writer, so that a text of the data stays a text."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree as Xml

from stances.figures.hatch import TILE, hatches
from stances.figures.theme import CLASS_COLORS, Theme
from stances.pictures.letters import FAMILY, PLAIN, is_known, width
from stances.words import on_one_line

WIDTH, HEIGHT = 1200, 630
# Of a swatch.
SIDE = 17
_NAMESPACE = "http://www.w3.org/2000/svg"
_FALLBACKS = f'"{FAMILY}", "Source Sans 3", "Source Sans", sans-serif'

# How wide the halo of a text is, in parts of its size: half of it is seen, all around.
_HALO = 0.44

# The corners of the marks of deadlines, by their shapes, around a middle at 0.
_TURNS = [2 * math.pi * part / 16 for part in range(16)]
OUTLINES: dict[str, list[tuple[float, float]]] = {
    "diamond": [(0, -1), (1, 0), (0, 1), (-1, 0)],
    "square": [(-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)],
    "circle": [(0.9 * math.cos(angle), 0.9 * math.sin(angle)) for angle in _TURNS],
    "triangle": [(0, -0.9), (0.95, 0.8), (-0.95, 0.8)],
}

Value = str | float | None

# By so much, in px, a file is lower and narrower than its pixels: where rounding makes it larger,
# typst takes a row more and leaves out another.
A_HAIR = 0.001


class Canvas:
    """A sheet, 1200 x 630 px unless said otherwise, and what stands on it, the later over the
    earlier.

    Names of attributes are those of SVG with `_` for `-`; numbers are in px.
    """

    def __init__(
        self, palette: Theme, text: str, wide: float = WIDTH, high: float = HEIGHT
    ) -> None:
        self.palette, self.wide, self.high = palette, wide, high
        box = {"viewBox": f"0 0 {_number(wide)} {_number(high)}", "font-family": _FALLBACKS}
        self.root = Xml.Element("svg", {"xmlns": _NAMESPACE, "role": "img", **box})
        Xml.SubElement(self.root, "title").text = on_one_line(text)
        self._defs = Xml.SubElement(self.root, "defs")
        self._parent = self.root
        self.rect(0, 0, wide, high, fill=palette.background)

    @property
    def title(self) -> str:
        """Return what is shown, in words."""
        return self.root.findtext("title", "")

    def add_words(self, text: str) -> None:
        """Say more of what is shown."""
        self.root[0].text = f"{self.title.removesuffix('.')}. {on_one_line(text)}"

    def add_hatches(self) -> None:
        """Have the patterns of the theme at hand, as `url(#name)`."""
        for hatch in hatches(self.palette):
            side = _number(TILE)
            pattern = Xml.SubElement(
                self._defs,
                "pattern",
                {"id": hatch.name, "width": side, "height": side, "patternUnits": "userSpaceOnUse"},
            )
            pattern.set("patternTransform", "rotate(45)")
            for wide, fill in ((side, hatch.ground), (_number(hatch.width), hatch.stripe)):
                Xml.SubElement(pattern, "rect", {"width": wide, "height": side, "fill": fill})

    def clip(self, name: str, path: str) -> str | None:
        """Keep a shape to cut by; what an attribute `clip_path` says for it."""
        inside = Xml.SubElement(self._defs, "clipPath", {"id": name})
        Xml.SubElement(inside, "path", {"d": path})
        return f"url(#{name})"

    def group(self, parent: Xml.Element | None = None, **attributes: Value) -> Xml.Element:
        """Begin a group, in another or else on the sheet, in which all that follows stands."""
        self._parent = self.root if parent is None else parent
        self._parent = self.draw("g", **attributes)
        return self._parent

    @contextmanager
    def within(self, **attributes: Value) -> Iterator[None]:
        """Begin a group where the last one stands; what follows the block stands outside it."""
        outer = self._parent
        self._parent = self.draw("g", **attributes)
        yield
        self._parent = outer

    def end(self) -> None:
        """End the group: what follows stands in none."""
        self._parent = self.root

    def draw(self, shape: str, **attributes: Value) -> Xml.Element:
        """Draw a shape of SVG; what is None is left out."""
        written = {
            name.replace("_", "-"): value if isinstance(value, str) else _number(value)
            for name, value in attributes.items()
            if value is not None
        }
        return Xml.SubElement(self._parent, shape, written)

    def rect(self, x: float, y: float, wide: float, high: float, **attributes: Value) -> None:
        """Draw a rectangle by its upper left corner."""
        self.draw("rect", x=x, y=y, width=wide, height=high, **attributes)

    def line(self, x: float, y: float, to_x: float, to_y: float, **attributes: Value) -> None:
        """Draw a straight line."""
        self.draw("line", x1=x, y1=y, x2=to_x, y2=to_y, **attributes)

    def path(self, outline: str, **attributes: Value) -> None:
        """Draw a path."""
        self.draw("path", d=outline, **attributes)

    def dots(self, points: Iterable[tuple[float, float]], r: float, **attributes: Value) -> None:
        """Draw circles that differ in their places alone: a chart has hundreds."""
        inside, text = self.draw("g", **attributes), _number(r)
        for x, y in points:
            Xml.SubElement(inside, "circle", {"cx": self.across(x), "cy": _number(y), "r": text})

    def across(self, x: float) -> str:
        """Return how far to the right something lies, as an attribute tells it."""
        return _number(x)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        color: str = "",
        weight: int = PLAIN,
        anchor: str | None = None,
        halo: str | None = None,
    ) -> None:
        """Write a text on one line, `y` being its base, in a `halo` of a colour if it may lie on
        what has others. Where a viewer has not the typeface, the text is as wide as it was
        measured, so that it does not run into what is beside it.
        """
        text = on_one_line(text)
        if not text:
            return
        wide = width(text, size, weight) if is_known(text) else None
        written = self.draw(
            "text",
            x=x,
            y=y,
            font_size=size,
            font_weight=None if weight == PLAIN else str(weight),
            fill=color or self.palette.ink,
            text_anchor=anchor,
            textLength=wide,
            lengthAdjust=None if wide is None else "spacingAndGlyphs",
            stroke=halo,
            stroke_width=halo and size * _HALO,
            stroke_linejoin=halo and "round",
            paint_order=halo and "stroke",
        )
        written.text = text

    def row(
        self,
        x: float,
        y: float,
        parts: Sequence[tuple[str, int]],
        size: float,
        color: str,
        anchor: str = "start",
    ) -> None:
        """Write parts of a line, each as strong as it says, one after the other."""
        wide = sum(width(text, size, weight) for text, weight in parts)
        at = x - {"middle": 0.5, "end": 1.0}.get(anchor, 0.0) * wide
        for text, weight in parts:
            blank = len(text) - len(text.lstrip())
            start = at + width(" " * blank, size, weight)
            # One that stands alone keeps its place where a viewer has another typeface.
            placed = (x, anchor) if len(parts) == 1 and anchor != "start" else (start, None)
            self.text(placed[0], y, text, size, color, weight, placed[1])
            at += width(text, size, weight)

    def repeats(self) -> bool:
        """Say whether lines and areas are those of another drawing, and need not be drawn."""
        return False

    @contextmanager
    def at(self, x: float) -> Iterator[None]:  # noqa: ARG002
        """Keep what the block draws at its distance from a place, however wide the sheet is."""
        yield

    def mark(self, shape: str, x: float, y: float, half: float, color: str, hollow: bool) -> None:
        """Draw the mark of a deadline by its middle, a shape of OUTLINES, hollow when passed."""
        corners = OUTLINES[shape]
        path = "L".join(f"{x + half * right:.1f} {y + half * down:.1f}" for right, down in corners)
        fill = self.palette.background if hollow else color
        self.path(f"M{path}Z", fill=fill, stroke=color, stroke_width=1.6)

    def svg(self, wide: int = WIDTH) -> bytes:
        """Return the picture as a file, so many px wide unless something else says how wide.

        What is less than a row of pixels at its end is cut: else typst would leave out a row of
        another place, and the letters there would be lower.
        """
        high = int(wide * self.high / self.wide) - A_HAIR
        self.root.set("width", str(wide))
        self.root.set("height", f"{high:.3f}")
        self.root.set("viewBox", f"0 0 {_number(self.wide)} {high * self.wide / wide:.4f}")
        written: bytes = Xml.tostring(self.root, encoding="utf-8", xml_declaration=True)
        return written

    def markup(self, kind: str = "") -> str:
        """Return the drawing as a part of a page, as wide as its place there, of a class if it has
        one. The page has the typeface, so texts are as wide as they are.
        """
        if kind:
            self.root.set("class", kind)
        note = self.root.find("title")
        if note is not None:
            # A title would be shown wherever a pointer stands.
            self.root.remove(note)
            self.root.set("aria-label", note.text or "")
        for text in self.root.iter("text"):
            for measured in ("textLength", "lengthAdjust"):
                text.attrib.pop(measured, None)
        return Xml.tostring(self.root, encoding="unicode")

    def link_actors(self, links: Mapping[str, tuple[str, str]]) -> None:
        """Make what is drawn of actors links. `links`: where each leads and what it says, by code.
        A keyboard reaches them elsewhere: there would be a stop for each country.
        """
        self.root.set("role", "group")
        for group in list(self.root.iter("g")):
            for place, shape in enumerate(list(group)):
                link = links.get(shape.get("data-actor", ""))
                if link is None:
                    continue
                around = Xml.Element("a", {"href": link[0], "aria-label": link[1]})
                around.set("tabindex", "-1")
                around.append(shape)
                group[place] = around

    def cut(self, wide: float, high: float) -> bytes:
        """Return the upper left part of the sheet alone, as a file."""
        for name, value in (("width", wide), ("height", high)):
            self.root.set(name, _number(value))
        self.root.set("viewBox", f"0 0 {_number(wide)} {_number(high)}")
        written: bytes = Xml.tostring(self.root, encoding="utf-8")
        return written


def _number(value: float) -> str:
    """Return a number as short as it can be: whole, or with up to two digits after the point."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def swatch(canvas: Canvas, x: float, y: float, fill: str, has_outline: bool = False) -> None:
    """Draw a small square in a class's colour by its upper left corner, framed by an act."""
    edge = 1 if has_outline else 0
    side = SIDE - 2 * edge
    line = canvas.palette.outline if has_outline else None
    canvas.rect(x + edge, y + edge, side, side, fill=fill, stroke=line, stroke_width=2 * edge)


def no_position(palette: Theme) -> str:
    """Return what no current position is filled with, on a canvas with hatches (`add_hatches`)."""
    return f"url(#{hatches(palette)[0].name})"


def fill_of(palette: Theme, standing: Any) -> str:
    """Return what the class of a stance is filled with, paler and in stripes where it is old.
    `standing`: stance, level (both NaN: no current position) and old.
    """
    if math.isnan(standing.stance):
        return no_position(palette)
    if standing.old:
        _, *fading = hatches(palette)
        return f"url(#{fading[int(standing.level) - min(CLASS_COLORS)].name})"
    return palette.level_color(standing.level)
