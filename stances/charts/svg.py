"""A chart as SVG: one markup for a page before scripts, the live view, print and pictures.

On a page what lies in the plot is placed in parts of its width, letters and marks in px: one
drawing fits every width. In a picture the same drawing has a fixed width and stands on a sheet of
1,200 px, with its title, source, day and version.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any
from zlib import crc32

from stances.charts import theme
from stances.charts.plot import (
    Area,
    Axis,
    Bars,
    Chart,
    Dots,
    Group,
    Key,
    Line,
    Mark,
    Plot,
    Rule,
    Text,
)

SHEET = 1200  # px
_MARGIN, _INNER = 40, 1120
_ACROSS = 1000  # units of a part that is stretched to the width there is
_AXIS, _KEY = 12, 13  # px of letters
_OLD = re.compile(r'fill="url\(#(old-\w+)\)"')


def tag(name: str, inside: str = "", /, **attributes: object) -> str:
    """Return an element of SVG; what is None or empty is left out, `_` stands for `-`."""
    said = "".join(
        f' {key.replace("_", "-") if key != "viewBox" else key}="{escape(_short(value))}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>"


def _short(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return (
        f"{value:.1f}".removesuffix(".0").replace("-0", "0")
        if abs(value) < 0.05
        else (f"{value:.1f}".removesuffix(".0"))
    )


class _Drawing:
    """Draws a plot: `width` px wide, or as wide as its place; `mode`: light, dark, "" of a page."""

    def __init__(self, plot: Plot, mode: str = "", width: float | None = None) -> None:
        self.plot, self.mode, self.width = plot, mode, width

    def x(self, value: float) -> object:
        part = self.plot.x.part(value)
        return f"{100 * part:.2f}%" if self.width is None else self.width * part

    def y(self, value: float) -> float:
        return self.plot.high * self.plot.y.part(value)

    def color(self, token: str) -> str:
        if token.startswith("old "):
            return f"url(#{token.replace(' ', '-')})"
        return theme.paint(token, self.mode)

    def mark(self, mark: Mark) -> str:
        match mark:
            case Line():
                look = {
                    "stroke": self.color(mark.color),
                    "stroke_width": mark.width,
                    "stroke_dasharray": mark.dash,
                    "stroke_linejoin": "round",
                    "fill": "none",
                }
                return self.path(self.points(mark.x, mark.y, mark.dy), look)
            case Area():
                return self.area(mark)
            case Dots():
                return "".join(self.dots(mark))
            case Bars():
                return "".join(self.bars(mark))
            case Rule():
                return self.rule(mark)
            case Text():
                return self.text(mark)
            case Group():
                inside = "".join(map(self.mark, mark.marks))
                return told(inside, mark.hover, mark.link)

    def points(self, x: Sequence[float], y: Sequence[float], dy: float = 0) -> str:
        """Return the path through points, begun anew after each that is missing."""
        across = _ACROSS if self.width is None else self.width
        steps, pen, last = [], "M", ""
        for one, other in zip(x, y, strict=True):
            if other != other:
                pen = "M"
                continue
            at = f"{_short(across * self.plot.x.part(one))} {_short(self.y(other) + dy)}"
            if at != last or pen == "M":
                steps.append(pen + at)
            pen, last = "L", at
        return "".join(steps)

    def path(self, drawn: str, look: dict[str, Any]) -> str:
        """Return a path; one that takes the width there is has its stroke as thick everywhere."""
        if self.width is not None or not drawn:
            return tag("path", d=drawn, **look) if drawn else ""
        inside = tag("path", d=drawn, vector_effect="non-scaling-stroke", **look)
        box = f"0 0 {_ACROSS} {_short(float(self.plot.high))}"
        size = {"width": "100%", "height": self.plot.high, "viewBox": box, "overflow": "visible"}
        return tag("svg", inside, **size, preserveAspectRatio="none")

    def area(self, mark: Area) -> str:
        """Return an area, one path for each stretch in which both its ends are known."""
        parts, run = [], list[tuple[float, float, float]]()
        for point in [*zip(mark.x, mark.low, mark.high, strict=True), (0.0, float("nan"), 0.0)]:
            if point[1] == point[1] and point[2] == point[2]:
                run.append(point)
            elif run:
                x, low, high = zip(*run, strict=True)
                parts.append(self.points([*x, *reversed(x)], [*high, *reversed(low)]) + "Z")
                run = []
        opacity = mark.opacity if mark.opacity < 1 else None
        look = {"fill": self.color(mark.color), "fill_opacity": f"{opacity}" if opacity else None}
        return self.path("".join(parts), look)

    def dots(self, mark: Dots) -> Iterator[str]:
        look = {"fill": self.color(mark.fill), "stroke": self.color(mark.edge)}
        for n, (x, y) in enumerate(zip(mark.x, mark.y, strict=True)):
            if x == x and y == y:
                at = {"cx": self.x(x), "cy": self.y(y) + mark.dy}
                dot = tag("circle", **at, r=mark.size / 2, **look, stroke_width=mark.thick)
                link = mark.links[n] if mark.links else ""
                # What is pressed by a finger is 24 px wide.
                hit = tag("circle", **at, r=12, fill="transparent") if link else ""
                yield told(hit + dot, mark.hover[n] if mark.hover else "", link)

    def bars(self, mark: Bars) -> Iterator[str]:
        ends = zip(mark.x0, mark.x1, mark.y0, mark.y1, strict=True)
        for n, (x0, x1, y0, y1) in enumerate(ends):
            top, bottom = sorted((self.y(y0), self.y(y1)))
            part = abs(self.plot.x.part(x1) - self.plot.x.part(x0))
            size = {
                "x": self.x(min(x0, x1)),
                "width": f"{100 * part:.2f}%" if self.width is None else self.width * part,
                "y": top,
                "height": max(bottom - top - mark.gap, 0.6),
                "rx": mark.round or None,
            }
            edge = (
                self.color(mark.edge or mark.fill[n].removeprefix("old "))
                if (mark.edge or mark.round and mark.fill[n].startswith("old "))
                else None
            )
            drawn = tag("rect", **size, fill=self.color(mark.fill[n]), stroke=edge)
            yield told(drawn, mark.hover[n] if mark.hover else "")

    def rule(self, mark: Rule) -> str:
        across: tuple[object, object] = (0, "100%" if self.width is None else self.width)
        down = (-mark.up, self.plot.high)
        if mark.x is not None:
            across = (self.x(mark.x),) * 2
        if mark.y is not None:
            down = (self.y(mark.y),) * 2
        ends = dict(zip(("x1", "x2", "y1", "y2"), (*across, *map(float, down)), strict=True))
        return tag("line", **ends, stroke=self.color(mark.color), stroke_dasharray=mark.dash)

    def text(self, mark: Text) -> str:
        if not mark.text and not mark.lead:
            return ""
        lead = tag("tspan", escape(f"{mark.lead} "), font_weight=600) if mark.lead else ""
        look = {
            "x": self.x(mark.x),
            "y": self.y(mark.y) + mark.dy + 0.34 * mark.size,
            "dx": float(mark.dx) if mark.dx else None,
            "font_size": float(mark.size),
            "font_weight": 600 if mark.strong else None,
            "text_anchor": mark.anchor if mark.anchor != "start" else None,
            "fill": self.color(mark.color),
        }
        if mark.halo:
            halo = {"stroke": self.color("bg"), "stroke_width": 5, "stroke_linejoin": "round"}
            look |= halo | {"paint_order": "stroke"}
        return tag("text", lead + escape(mark.text), **look)

    def across(self, axis: Axis) -> Iterator[str]:
        """Yield the names below (or above) the plot."""
        down = -14 if axis.top else 16
        for tick in axis.ticks:
            yield self.mark(Rule(x=tick.at)) if axis.grid else ""
            at = self.plot.y.first if axis.top else self.plot.y.last
            yield self.text(Text(tick.at, at, tick.label, "muted", _AXIS, tick.anchor, dy=down))
            if tick.color:
                where = {"x": self.x(tick.at), "y": -32.0, "width": 28, "height": 6, "rx": 2}
                moved = tag("rect", **where, fill=self.color(tick.color))
                yield tag("g", moved, transform="translate(-14)")

    def down(self, axis: Axis) -> Iterator[str]:
        """Yield the names left of the plot: behind a square of their colour, or at its edge."""
        left, first = self.plot.free[0], self.plot.x.first
        for tick in axis.ticks:
            yield self.mark(Rule(y=tick.at)) if axis.grid else ""
            if tick.color:
                box = {"x": float(-left), "y": self.y(tick.at) - 5.5, "width": 11, "height": 11}
                yield tag("rect", **box, rx=2, fill=self.color(tick.color))
            at = {"dx": 18 - left} if tick.color else {"dx": -8, "anchor": "end"}
            yield self.text(Text(first, tick.at, tick.label, "muted", _AXIS, **at))

    def whole(self) -> str:
        """Return all that is drawn of a plot, what lies behind first."""
        names = [*self.down(self.plot.y), *self.across(self.plot.x)]
        return "".join([*names, *map(self.mark, self.plot.marks)])


def told(drawn: str, hover: str = "", link: str = "") -> str:
    """Return a drawing with what is told of it, as a link to what it is of."""
    inside = tag("title", escape(hover)) + drawn if hover else drawn
    if link:
        return tag("a", inside, href=link, aria_label=hover)
    return tag("g", inside) if hover else inside


def _with_stripes(drawn: str, mode: str) -> str:
    """Return a drawing with the patterns that it uses, under names that are its own."""
    used = sorted(set(_OLD.findall(drawn)))
    if not used:
        return drawn
    own = f"{crc32(drawn.encode()):x}"
    drawn = _OLD.sub(rf'fill="url(#\1-{own})"', drawn)
    return tag("defs", "".join(stripes(f"{name}-{own}", name[4:], mode) for name in used)) + drawn


def stripes(name: str, token: str, mode: str = "") -> str:
    """Return the pattern of an old level, named `name`: its colour on the background, aslant."""
    ground = tag("rect", width=5, height=5, fill=theme.paint("bg", mode))
    stripe = tag("rect", width=2.6, height=5, fill=theme.paint(token, mode))
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return tag("pattern", ground + stripe, id=name, width=5, height=5, **turned)


def fluid(plot: Plot, alt: str, css: str = "") -> str:
    """Return a plot as wide as its place; `css`: a class. What is free around it is padding."""
    left, top, right, bottom = plot.free
    drawn = _with_stripes(_Drawing(plot).whole(), "")
    size = {"width": "100%", "height": float(plot.high), "overflow": "visible"}
    role = "group" if "<a " in drawn else "img"
    svg = tag("svg", drawn, **size, role=role, aria_label=alt)
    style = f"padding:{top:g}px {right:g}px {bottom:g}px {left:g}px"
    return f'<div class="{f"chart {css}".strip()}" style="{style}">{svg}</div>'


def page(chart: Chart) -> str:
    """Return a chart for a page, with its keys below; one that differs on a telephone twice."""
    if chart.plot is None:
        return ""
    if chart.narrow is None:
        drawn = fluid(chart.plot, chart.alt)
    else:
        drawn = fluid(chart.plot, chart.alt, "wide")
        drawn += fluid(chart.narrow, chart.alt, "narrow") if isinstance(chart.narrow, Plot) else ""
    hidden = " wide" if chart.narrow is False else ""
    keys = "".join(f"<span>{key_svg(key)} {escape(key.text)}</span> " for key in chart.legend)
    return drawn + (f'<p class="keyline small{hidden}">{keys.strip()}</p>' if keys else "")


def key_svg(key: Key, mode: str = "", x: float = 0, y: float = 0) -> str:
    """Return the mark of a key, 12 px high."""
    color, back = theme.paint(key.color, mode), theme.paint("bg", mode)
    wide = 18 if key.shape in ("band", "bar") else 12
    match key.shape:
        case "square" | "stripes":
            fill = f"url(#old-{key.color})" if key.shape == "stripes" else color
            edge = {"stroke": color} if key.shape == "stripes" else {}
            mark = tag("rect", x=0.5, y=0.5, width=11, height=11, rx=2, fill=fill, **edge)
        case "band":
            mark = tag("rect", width=18, height=12, rx=2, fill=color, fill_opacity="0.13")
        case "bar":
            mark = tag("rect", y=3.5, width=18, height=5, fill=color)
        case "hollow":
            mark = tag("circle", cx=6, cy=6, r=4.5, fill=back, stroke=color, stroke_width=2)
        case _:
            mark = tag("circle", cx=6, cy=6, r=2.5 if key.shape == "small" else 4.5, fill=color)
    size = {"x": x or None, "y": y or None, "width": wide, "height": 12, "class": "mark"}
    return tag("svg", _with_stripes(mark, mode), **size, aria_hidden="true")


def sheet(chart: Chart, source: str, mode: str = "light") -> str:
    """Return the picture of a chart; `source`: publisher, day and version, below it."""
    plot = chart.plot
    words = chart.title, chart.subtitle, source, mode, chart.scale, chart.legend
    if plot is None:
        return sheet_around("", 800, 120, *words)
    left, top, right, _ = plot.free
    drawn = _Drawing(plot, mode, 800 - left - right).whole()
    moved = tag("g", drawn, transform=f"translate({left:g} {top:g})")
    return sheet_around(moved, 800, plot.whole, *words)


def sheet_around(
    inner: str,
    width: float,
    height: float,
    title: str,
    subtitle: str,
    source: str,
    mode: str = "light",
    scale: Mapping[int, str] | None = None,
    legend: Sequence[Key] = (),
) -> str:
    """Return a sheet of 1,200 px around a drawing of `width` by `height`, made as wide as it."""
    color: Callable[[str], str] = lambda token: theme.paint(token, mode)  # noqa: E731
    parts, down = list[str](), 30.0

    def write(text: str, size: float, line: float, token: str, strong: bool = False) -> None:
        nonlocal down
        for words in theme.wrapped(text, size, _INNER, strong):
            look = {"font_size": size, "fill": color(token), "font_weight": 600 if strong else None}
            parts.append(tag("text", escape(words), x=_MARGIN, y=down + 0.78 * line, **look))
            down += line

    write(title, 36, 42, "ink", True)
    if subtitle:
        down += 4
        write(subtitle, 20, 27, "muted")
    down += 16
    if scale or legend:
        parts.append(_sheet_keys(scale or {}, legend, mode, down))
        down += 46
    by = _INNER / width
    parts.append(tag("g", inner, transform=f"translate({_MARGIN} {down:.1f}) scale({by:.4f})"))
    down += height * by + 20
    parts.append(
        tag("line", x1=_MARGIN, x2=SHEET - _MARGIN, y1=down, y2=down, stroke=color("line"))
    )
    down += 10
    write(source, 17, 24, "muted")
    high = round(down + 22)
    ground = tag("rect", width=SHEET, height=high, fill=color("bg"))
    body = _with_stripes(ground + "".join(parts), mode)
    size = {"width": SHEET, "height": high, "viewBox": f"0 0 {SHEET} {high}"}
    named = {"role": "img", "aria_label": title, "font_family": theme.FAMILY}
    return tag("svg", body, xmlns="http://www.w3.org/2000/svg", **size, **named)


def _sheet_keys(scale: Mapping[int, str], legend: Sequence[Key], mode: str, top: float) -> str:
    """Return the scale bar of a picture, and its keys on the same line."""
    parts, at, size = [], float(_MARGIN), 16
    for level, label in sorted(scale.items()):
        fill = theme.paint(theme.level_token(level), mode)
        parts.append(tag("rect", x=at, y=top, width=102, height=30, fill=fill))
        look = {"font_size": size, "font_weight": 600, "text_anchor": "middle"}
        ink = theme.on_level(level)
        parts.append(tag("text", escape(label), x=at + 51, y=top + 20.5, fill=ink, **look))
        at += 102
    at += 24 if scale else 0
    for key in legend:
        parts.append(key_svg(key, mode, at, top + 9))
        x, ink = at + (26 if key.shape in ("band", "bar") else 20), theme.paint("muted", mode)
        parts.append(tag("text", escape(key.text), x=x, y=top + 20.5, fill=ink, font_size=size))
        at = x + theme.wide(key.text, size) + 22
    return "".join(parts)
