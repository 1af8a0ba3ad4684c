"""A chart as SVG: one markup for a page before scripts, the live view, print and pictures.

On a page what lies in the plot is placed in parts of its width, letters and marks in px: one
drawing fits every width. In a picture the same drawing has a fixed width and stands on a sheet of
1,200 px, with its title, source, day and version.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from math import inf, isnan
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
_DRAWN = 800  # px, from which charts are made larger to the sheet
_ACROSS = 1000  # units of a part that is stretched to the width there is
_AXIS = 12  # px of letters
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
    """Return a figure to a tenth, never "-0", and all else as text."""
    return f"{round(value, 1) + 0:g}" if isinstance(value, float) else str(value)


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
                look = {"stroke_dasharray": mark.dash, "stroke_linejoin": "round", "fill": "none"}
                look |= {"stroke": self.color(mark.color), "stroke_width": f"{mark.width}"}
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
                return told("".join(map(self.mark, mark.marks)), mark.hover, mark.link)

    def points(self, x: Sequence[float], y: Sequence[float], dy: float = 0) -> str:
        """Return the path through points, begun anew after each that is missing."""
        across = _ACROSS if self.width is None else self.width
        first, long = self.plot.x.first, across / (self.plot.x.last - self.plot.x.first)
        steps, pen, last = list[str](), "M", ("", "", "")
        for one, other in zip(x, y, strict=True):
            if isnan(other):
                pen = "M"
                continue
            at = _short(long * (one - first)), _short(self.y(other) + dy)
            if pen == "L" and at[1] == last[1] == last[2]:
                steps.pop()  # in the middle of a level stretch
            steps.append(f"{pen}{at[0]} {at[1]}")
            last = at[0], at[1], last[1] if pen == "L" else ""
            pen = "L"
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
        opacity = f"{mark.opacity}" if mark.opacity < 1 else None
        look = {"fill": self.color(mark.color), "fill_opacity": opacity}
        return self.path("".join(self.points(*at) + "Z" for at in mark.outlines()), look)

    def dots(self, mark: Dots) -> Iterator[str]:
        look = {"fill": self.color(mark.fill), "stroke": self.color(mark.edge)}
        by_px = 500 / (self.plot.x.last - self.plot.x.first)
        near = _nearest([by_px * x for x in mark.x]) if mark.links else []
        for n, (x, y) in enumerate(zip(mark.x, mark.y, strict=True)):
            if isnan(x + y):
                continue
            at = {"cx": self.x(x), "cy": self.y(y) + mark.dy}
            drawn = tag("circle", **at, r=mark.size / 2, **look, stroke_width=f"{mark.thick}")
            if mark.links:
                # What a finger presses is 24 px wide, where no other is nearer.
                reach = max(mark.size / 2, min(12.0, near[n] / 2))
                drawn = tag("circle", **at, r=reach, fill="transparent") + drawn
            link = mark.links[n] if mark.links else ""
            yield told(drawn, mark.hover[n] if mark.hover else "", link)

    def bars(self, mark: Bars) -> Iterator[str]:
        ends = zip(mark.x0, mark.x1, mark.y0, mark.y1, mark.fill, strict=True)
        for n, (x0, x1, y0, y1, fill) in enumerate(ends):
            part, (top, bottom) = (
                self.plot.x.part(x1) - self.plot.x.part(x0),
                sorted((self.y(y0), self.y(y1))),
            )
            wide = f"{100 * part:.2f}%" if self.width is None else self.width * part
            look = {"rx": mark.round or None, "stroke": mark.edge and self.color(mark.edge)}
            size = {"width": wide, "height": max(bottom - top - mark.gap, 0.6)}
            drawn = tag("rect", x=self.x(x0), y=top, **size, **look, fill=self.color(fill))
            yield told(drawn, mark.hover[n] if mark.hover else "")

    def rule(self, mark: Rule) -> str:
        whole = "100%" if self.width is None else self.width
        x1, x2 = (0, whole) if mark.x is None else (self.x(mark.x),) * 2
        y1, y2 = (-mark.up, self.plot.high) if mark.y is None else (self.y(mark.y),) * 2
        look = {"stroke": self.color(mark.color), "stroke_dasharray": mark.dash}
        return tag("line", x1=x1, x2=x2, y1=float(y1), y2=float(y2), **look)

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
            look |= {"stroke": self.color("bg"), "stroke_width": 5, "paint_order": "stroke"}
        return tag("text", lead + escape(mark.text), **look)

    def across(self, axis: Axis) -> Iterator[str]:
        """Yield the names below (or above) the plot."""
        down = -14 if axis.top else 16
        left, _, right, _ = self.plot.free
        for tick in axis.ticks:
            yield self.mark(Rule(x=tick.at)) if axis.grid else ""
            at, part = self.plot.y.first if axis.top else self.plot.y.last, axis.part(tick.at)
            # At an edge without a margin a name stands inside.
            anchor = "start" if part < 0.02 and left < 14 else "middle"
            anchor = "end" if part > 0.98 and right < 14 else anchor
            yield self.text(Text(tick.at, at, tick.label, "muted", _AXIS, anchor, dy=down))
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


def _nearest(places: Sequence[float]) -> list[float]:
    """Return how far from each place the nearest other one is."""
    order = sorted(range(len(places)), key=places.__getitem__)
    gaps = [inf, *(places[b] - places[a] for a, b in pairwise(order)), inf]
    of = {n: min(gaps[at : at + 2]) for at, n in enumerate(order)}
    return [of[n] for n in range(len(places))]


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


def on_page(chart: Chart) -> str:
    """Return a chart for a page, drawn anew where a telephone has another; above it its keys, if no
    scale bar has them.
    """
    if chart.plot is None:
        return ""
    drawn = fluid(chart.plot, chart.alt, "" if chart.narrow is None else "wide")
    if isinstance(chart.narrow, Plot):
        drawn += fluid(chart.narrow, chart.alt, "narrow")
    if chart.scale or not chart.legend:
        return drawn
    keys = [f"<span>{key_svg(key)} {escape(key.text)}</span>" for key in chart.legend]
    hidden = " wide" if chart.narrow is False else ""
    return f'<p class="keyline small{hidden}">{" ".join(keys)}</p>{drawn}'


def key_svg(key: Key, mode: str = "", x: float = 0, y: float = 0) -> str:
    """Return the mark of a key, 12 px high."""
    color, wide = theme.paint(key.color, mode), 18 if key.shape in ("band", "bar") else 12
    box = {"x": 0.5, "y": 0.5, "width": 11, "height": 11, "rx": 2}
    match key.shape:
        case "square":
            mark = tag("rect", **box, fill=color)
        case "stripes":
            mark = tag("rect", **box, fill=f"url(#old-{key.color})", stroke=color)
        case "band":
            mark = tag("rect", width=18, height=12, rx=2, fill=color, fill_opacity="0.13")
        case "bar":
            mark = tag("rect", y=3.5, width=18, height=5, fill=color)
        case "hollow":
            mark = tag("circle", cx=6, cy=6, r=4.5, fill="none", stroke=color, stroke_width=2)
        case _:
            mark = tag("circle", cx=6, cy=6, r=2.5 if key.shape == "small" else 4.5, fill=color)
    size = {"x": x or None, "y": y or None, "width": wide, "height": 12, "class": "mark"}
    return tag("svg", _with_stripes(mark, mode), **size, aria_hidden="true")


def fixed(plot: Plot, mode: str, width: float) -> str:
    """Return a plot with what is free around it, so many px wide, to be put into another SVG."""
    left, top, right, _ = plot.free
    drawn = _Drawing(plot, mode, width - left - right).whole()
    return tag("g", drawn, transform=f"translate({left:g} {top:g})")


def sheet(chart: Chart, source: str, mode: str = "light") -> str:
    """Return the picture of a chart; `source`: publisher, day and version, below it."""
    drawn, high = "", 0.0
    if chart.plot is not None:
        drawn, high = fixed(chart.plot, mode, _DRAWN), chart.plot.whole
    words = chart.title, chart.subtitle, source, mode, chart.scale, chart.legend
    return sheet_around(drawn, _DRAWN, high, *words)


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
    parts, down = list[str](), 30.0

    def write(text: str, size: float, line: float, token: str, strong: bool = False) -> None:
        nonlocal down
        for words in theme.wrapped(text, size, _INNER, strong) if text else ():
            look = {"fill": theme.paint(token, mode), "font_weight": 600 if strong else None}
            at = {"x": _MARGIN, "y": down + 0.78 * line, "font_size": size}
            parts.append(tag("text", escape(words), **at, **look))
            down += line

    short = theme.wide(title, 36, True) <= _INNER
    write(title, 36 if short else 32, 42 if short else 38, "ink", True)
    down += 4
    write(subtitle, 20, 27, "muted")
    down += 16
    if scale or legend:
        parts.append(_sheet_keys(scale or {}, legend, mode, down))
        down += 46
    by = _INNER / width
    parts.append(tag("g", inner, transform=f"translate({_MARGIN} {down:g}) scale({by:.4f})"))
    down += height * by + 20
    ends = {"x1": _MARGIN, "x2": SHEET - _MARGIN, "y1": down, "y2": down}
    parts.append(tag("line", **ends, stroke=theme.paint("line", mode)))
    down += 10
    write(source, 17, 24, "muted")
    high = round(down + 22)
    ground = tag("rect", width=SHEET, height=high, fill=theme.paint("bg", mode))
    size = {"width": SHEET, "height": high, "viewBox": f"0 0 {SHEET} {high}"}
    named = {"role": "img", "aria_label": title, "font_family": theme.FAMILY}
    body = _with_stripes(ground + "".join(parts), mode)
    return tag("svg", body, xmlns="http://www.w3.org/2000/svg", **size, **named)


def _sheet_keys(scale: Mapping[int, str], legend: Sequence[Key], mode: str, top: float) -> str:
    """Return the scale bar of a picture, and its keys on the same line."""
    parts, at = list[str](), float(_MARGIN)
    look: dict[str, object] = {"y": top + 20.5, "font_size": 16}
    bold = {"font_weight": 600, "text_anchor": "middle"}
    for level, label in sorted(scale.items()):
        fill = theme.paint(theme.level_token(level), mode)
        parts.append(tag("rect", x=at, y=top, width=102, height=30, fill=fill))
        ink = theme.on_level(level)
        parts.append(tag("text", escape(label), x=at + 51, **look, **bold, fill=ink))
        at += 102
    at += 24 if scale else 0
    for key in legend:
        parts.append(key_svg(key, mode, at, top + 9))
        x = at + (26 if key.shape in ("band", "bar") else 20)
        parts.append(tag("text", escape(key.text), x=x, **look, fill=theme.paint("muted", mode)))
        at = x + theme.wide(key.text, 16) + 22
    return "".join(parts)
