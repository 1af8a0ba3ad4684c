"""A chart of a page as markup: its plot takes the width that there is, as a chart of plotly does,
while letters, marks and what is beside the plot stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from xml.etree import ElementTree as Xml

from stances.figures.theme import Theme
from stances.pictures.canvas import Canvas, Value
from stances.pictures.letters import PLAIN
from stances.words import on_one_line

_ACROSS = ("x", "x1", "x2", "cx")


class Fluid(Canvas):
    """A sheet whose plot, `box` on it (left, top, width and height in px), is as wide as its place
    in a page leaves it, and what stands beside that at the same distance. Its style stretches no
    strokes and shows what lies beside the plot.

    Lines and areas, by far the most of a drawing, have names that begin with `name`; in their place
    those of another drawing of the same page are shown, `again`.
    """

    def __init__(
        self,
        palette: Theme,
        text: str,
        size: tuple[float, float],
        box: tuple[float, float, float, float],
        name: str,
        again: Fluid | None = None,
    ) -> None:
        # What keeps its distance from a place is drawn in px.
        self._still = True
        super().__init__(palette, text, *size)
        self._still = False
        self.box = self._left, self._top, self._across, self._down = box
        # What is stretched is drawn on the sheet of the one that has it.
        self._stretched_from = again.box if again else box
        self._name, self._again, self._groups = name, again is not None, 0
        self._stretched: Xml.Element | None = None
        # Ground and typeface are those of the page.
        self.root[:] = []
        for sized in ("viewBox", "font-family"):
            del self.root.attrib[sized]
        self.root.set("aria-label", on_one_line(text))
        self.root.attrib |= {"width": "100%", "height": f"{size[1]:g}"}

    def markup(self, kind: str = "") -> str:
        """Return the drawing as part of a page, as wide as its place, of a class if it has one."""
        right = self.wide - self._left - self._across
        beside = f"padding:0 {right:g}px 0 {self._left:g}px"
        return f'<div class="{kind}" style="{beside}">{super().markup()}</div>'

    def clip(self, name: str, path: str) -> None:
        """Cut nothing: what a page shows ends where its plot does."""

    @contextmanager
    def at(self, x: float) -> Iterator[None]:
        """Keep what the block draws at its distance from a place in the plot, or beside it."""
        outer, was_still = self._parent, self._still
        if not was_still:
            end = self._left + self._across
            near = min(max(x, self._left), end)
            place = Xml.SubElement(outer, "svg", {"x": self.across(near)})
            moved = {"transform": f"translate({-near:.6g})"}
            self._parent, self._still = Xml.SubElement(place, "g", moved), True
        yield
        self._parent, self._still = outer, was_still

    def repeats(self) -> bool:
        """Say whether lines and areas are those of another drawing, shown from here on."""
        if self._again:
            self._stretch()
        return self._again

    def path(self, outline: str, **attributes: Value) -> None:
        """Draw a path; a line or an area is stretched with the plot."""
        if self._still:
            super().path(outline, **attributes)
            return
        outer, self._parent = self._parent, self._stretch()
        if not self._again:
            # As an attribute: of what is shown again the style of the page knows no place.
            steady = {"vector_effect": "non-scaling-stroke"} if "stroke" in attributes else {}
            super().path(outline, **attributes, **steady)
        self._parent = outer

    def _stretch(self) -> Xml.Element:
        """Return the group that is stretched: the last that was drawn, or one that begins."""
        last = self._parent[-1] if len(self._parent) else None
        if last is None or last is not self._stretched:
            last = self._stretched = Xml.SubElement(
                self._parent,
                "svg",
                {
                    "y": f"{self._top:g}",
                    "width": "100%",
                    "height": f"{self._down:g}",
                    "viewBox": " ".join(f"{side:g}" for side in self._stretched_from),
                    "preserveAspectRatio": "none",
                },
            )
            name = f"{self._name}-{self._groups}"
            self._groups += 1
            element = ("use", {"href": f"#{name}"}) if self._again else ("g", {"id": name})
            Xml.SubElement(last, *element)
        return last[0]

    def draw(self, shape: str, **attributes: Value) -> Xml.Element:
        """Draw a shape: what is in the plot at its part of the width, what is beside it beside."""
        numbers = {n: at for n in _ACROSS if isinstance(at := attributes.get(n), int | float)}
        if self._still or not numbers:
            return super().draw(shape, **attributes)
        if min(numbers.values()) > self._left + self._across:
            with self.at(min(numbers.values())):
                return super().draw(shape, **attributes)
        placed: dict[str, Value] = {name: self.across(at) for name, at in numbers.items()}
        if isinstance(wide := attributes.get("width"), int | float):
            placed["width"] = f"{100 * wide / self._across:.2f}%"
        return super().draw(shape, **attributes | placed)

    def across(self, x: float) -> str:
        """Return how far to the right something lies: in parts of the plot, before it in px."""
        past = x - self._left
        return f"{past:.2f}" if past < 0 else f"{100 * past / self._across:.2f}%"

    def row(
        self,
        x: float,
        y: float,
        parts: Sequence[tuple[str, int]],
        size: float,
        color: str,
        anchor: str = "start",
    ) -> None:
        """Write parts of a line one after the other, however wide the letters of a reader are."""
        if len(parts) == 1:
            super().row(x, y, parts, size, color, anchor)
            return
        aligned = None if anchor == "start" else anchor
        whole = self.draw("text", x=x, y=y, font_size=size, fill=color, text_anchor=aligned)
        for text, weight in parts:
            part = Xml.SubElement(whole, "tspan")
            part.text = text.replace("  ", " \N{NO-BREAK SPACE}")
            if weight != PLAIN:
                part.set("font-weight", str(weight))
