"""A chart of the page as markup: its plot takes the width that there is, as a chart of plotly does,
while letters, marks and what is beside the plot stay as they are.
"""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from stances.figures.theme import Theme
from stances.pictures.canvas import Canvas, Value

_ACROSS = ("x", "x1", "x2", "cx", "width")


class Fluid(Canvas):
    """A sheet whose plot is drawn from 0 to `plot_wide` px and shown between `left` and `right` px
    beside it, `high` px high. What is drawn beside the plot keeps its distance from it.
    """

    def __init__(
        self, look: Theme, told: str, high: int, plot_wide: float, left: float, right: float
    ) -> None:
        self._wide, self._high = plot_wide, high
        self._beside = f"padding:0 {right:g}px 0 {left:g}px"
        super().__init__(look, told, 0, high)
        # The ground of the page is its own.
        self.root[:] = [part for part in self.root if part.tag != "rect"]
        del self.root.attrib["viewBox"]
        self.root.attrib |= {"width": "100%", "height": str(high), "overflow": "visible"}

    def markup(self, kind: str = "") -> str:
        """The drawing as a part of a page, as wide as its place there, of a class if it has one."""
        drawn = super().markup()
        return f'<div class="{kind}" style="{self._beside}">{drawn}</div>'

    def group(self, parent: Xml.Element | None = None, **attributes: Value) -> Xml.Element:
        """Begin a group that is stretched with the plot, strokes and all."""
        whole = {"width": "100%", "height": str(self._high), "preserveAspectRatio": "none"}
        box = f"0 0 {self._wide:g} {self._high}"
        inner = {"overflow": "visible", "viewBox": box, **whole}
        return super().group(Xml.SubElement(parent or self.root, "svg", inner), **attributes)

    def fixed(self, x: str = "0") -> None:
        """What follows, to the end of this group, keeps its distance from a place in the plot."""
        self._parent = Xml.SubElement(self.root, "svg", {"overflow": "visible", "x": x})

    def draw(self, shape: str, **attributes: Value) -> Xml.Element:
        """Draw a shape: what is in the plot at its part of the width, what is beside it beside."""
        if self._parent is not self.root:
            return super().draw(shape, **attributes)
        numbers = {
            name: at for name in _ACROSS if isinstance(at := attributes.get(name), int | float)
        }
        if not numbers:
            return super().draw(shape, **attributes)
        if min(numbers.values()) <= self._wide:
            placed = {name: self.across(at) for name, at in numbers.items()}
            return super().draw(shape, **attributes | placed)
        self.fixed("100%")
        beside = {name: at - self._wide for name, at in numbers.items()}
        drawn = super().draw(shape, **attributes | beside)
        self.end()
        return drawn

    def across(self, x: float) -> str:
        """How far to the right something lies: in the plot as a part of it, before it in px."""
        return f"{x:.2f}" if x < 0 else f"{100 * x / self._wide:.2f}%"
