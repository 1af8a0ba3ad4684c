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
from zlib import crc32

from stances.charts import theme
from stances.charts.plot import (
    Area,
    Bar,
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
_MARGIN = 40  # px at its edges
_INNER = 1120  # px between them
_DRAWN = 800  # px, from which charts are made larger to the sheet
_ACROSS = 1000  # units of a part that is stretched to the width there is
_AXIS = 12  # px of letters at an axis
_STEP_WIDTH = 102  # px of a level on the scale bar of a sheet
_STEP_HEIGHT = 30  # px
# What is painted in stripes, as `_Drawing.color` and `key_svg` write it: `old-m2`.
_OLD = re.compile(r'fill="url\(#(old-\w+)\)"')


def tag(name: str, inside: str = "", /, **attributes: object) -> str:
    """Return an element of SVG; what is None or empty is left out. `_` stands for `-`, and
    `class_` for `class`.
    """
    written = ""
    for key, value in attributes.items():
        if value is not None and value != "":
            attribute = key.removesuffix("_").replace("_", "-")
            written += f' {attribute}="{escape(_short(value))}"'
    if inside:
        return f"<{name}{written}>{inside}</{name}>"
    return f"<{name}{written}/>"


def _short(value: object) -> str:
    """Return a figure to a tenth, never "-0", and all else as text."""
    if isinstance(value, float):
        return f"{round(value, 1) + 0:g}"
    return str(value)


class _Drawing:
    """Draws a plot: `width` px wide, or (None) as wide as its place; `mode`: light, dark, "" of a
    page. Each method returns markup, but for those that say otherwise; one of the name of a mark
    draws that.
    """

    def __init__(self, plot: Plot, mode: str = "", width: float | None = None) -> None:
        self.plot = plot
        self.mode = mode
        self.width = width

    def across(self, part: float) -> str | float:
        """Return a part of the width in px, or in per cent where it takes the width there is."""
        if self.width is None:
            return f"{100 * part:.2f}%"
        return self.width * part

    def x(self, value: float) -> str | float:
        """Return where a value lies across the plot, as `across` has it."""
        return self.across(self.plot.x.part(value))

    def y(self, value: float) -> float:
        """Return where a value lies in px from the top of the plot."""
        return self.plot.high * self.plot.y.part(value)

    def color(self, token: str) -> str:
        """Return the paint of a token; of an old level its stripes (`_with_stripes`)."""
        if token.startswith("old "):
            return f"url(#{token.replace(' ', '-')})"
        return theme.paint(token, self.mode)

    def whole(self) -> str:
        """Return all that is drawn of a plot, what lies behind first."""
        marks = map(self.mark, self.plot.marks)
        return "".join([*self.y_names(), *self.x_names(), *marks])

    def mark(self, mark: Mark) -> str:
        """Return a mark of any kind."""
        match mark:
            case Line():
                return self.line(mark)
            case Area():
                return self.area(mark)
            case Dots():
                return "".join(self.dots(mark))
            case Bar():
                return self.bar(mark)
            case Rule():
                return self.rule(mark)
            case Text():
                return self.text(mark)
            case Group():
                return _titled("".join(map(self.mark, mark.marks)), mark.hover, mark.link)

    def line(self, mark: Line) -> str:
        return self.path(
            self.points(mark.x, mark.y, mark.dy),
            stroke_dasharray=mark.dash,
            stroke_linejoin="round",
            fill="none",
            stroke=self.color(mark.color),
            stroke_width=mark.width,
        )

    def area(self, mark: Area) -> str:
        polygons = [self.points(x, y) + "Z" for x, y in mark.outlines()]
        color = self.color(mark.color)
        return self.path("".join(polygons), fill=color, fill_opacity=mark.opacity)

    def points(self, x: Sequence[float], y: Sequence[float], dy: float = 0) -> str:
        """Return the steps of the path through points, begun anew after each that is missing (y is
        NaN): across in px, or in units of `_ACROSS` (`path`), down in px; `dy`: px by which it is
        set off.
        """
        first = self.plot.x.first
        width = _ACROSS if self.width is None else self.width
        scale = width / (self.plot.x.last - first)

        steps: list[str] = []
        heights: list[str] = []  # since the path began
        for value_x, value_y in zip(x, y, strict=True):
            if isnan(value_y):
                heights = []
                continue
            right = _short(scale * (value_x - first))
            down = _short(self.y(value_y) + dy)
            if heights[-2:] == [down, down]:
                steps.pop()  # in the middle of a level stretch
            # Move there without a line, or draw one.
            pen = "L" if heights else "M"
            steps.append(f"{pen}{right} {down}")
            heights.append(down)
        return "".join(steps)

    def path(self, steps: str, **look: object) -> str:
        """Return the path of some steps; empty without any. `look`: attributes."""
        if not steps:
            return ""
        if self.width is not None:
            return tag("path", d=steps, **look)
        # A path knows no per cent: it is stretched to the width there is, but not its stroke.
        return tag(
            "svg",
            tag("path", d=steps, vector_effect="non-scaling-stroke", **look),
            width="100%",
            height=self.plot.high,
            viewBox=f"0 0 {_ACROSS} {self.plot.high:g}",
            overflow="visible",
            preserveAspectRatio="none",
        )

    def dots(self, mark: Dots) -> Iterator[str]:
        gaps = _nearest(mark.x)
        # px a value: a plot on a page is 288 to 800 px wide, 500 stand for all.
        scale = 500 / (self.plot.x.last - self.plot.x.first)

        for n, (x, y) in enumerate(zip(mark.x, mark.y, strict=True)):
            if isnan(x + y):
                continue
            place = {"cx": self.x(x), "cy": self.y(y) + mark.dy}
            drawn = tag(
                "circle",
                **place,
                r=mark.size / 2,
                fill=self.color(mark.fill),
                stroke=self.color(mark.edge),
                stroke_width=mark.thick,
            )
            hover = mark.hover[n] if mark.hover else ""
            if not mark.links:
                yield _titled(drawn, hover)
                continue

            # What a finger presses is 24 px wide, where no other is nearer.
            reach = max(mark.size / 2, min(12.0, scale * gaps[n] / 2))
            pressed = tag("circle", **place, r=reach, fill="transparent")
            yield _titled(pressed + drawn, hover, mark.links[n])

    def bar(self, mark: Bar) -> str:
        left = self.plot.x.part(mark.x0)
        right = self.plot.x.part(mark.x1)
        top, bottom = sorted([self.y(mark.y0), self.y(mark.y1)])
        return tag(
            "rect",
            x=self.across(left),
            y=top,
            width=self.across(right - left),
            # The smallest count is still seen.
            height=max(bottom - top - mark.gap, 0.6),
            rx=mark.round,
            stroke=self.color(mark.edge),
            fill=self.color(mark.fill),
        )

    def rule(self, mark: Rule) -> str:
        x = self.x(mark.x)
        return tag(
            "line",
            x1=x,
            x2=x,
            y1=-mark.up,
            y2=self.plot.high,
            stroke=self.color(mark.color),
            stroke_dasharray=mark.dash,
        )

    def text(self, mark: Text) -> str:
        if not mark.text:
            return ""
        inside = escape(mark.text)
        if mark.lead:
            inside = tag("tspan", escape(f"{mark.lead} "), font_weight=600) + inside
        halo: dict[str, object] = {}
        if mark.halo:
            halo = {"stroke": self.color("bg"), "stroke_width": 5, "paint_order": "stroke"}
        return tag(
            "text",
            inside,
            x=self.x(mark.x),
            # Its middle lies a third of its size above the line that letters stand on.
            y=self.y(mark.y) + mark.dy + 0.34 * mark.size,
            dx=mark.dx if mark.dx else None,
            font_size=mark.size,
            font_weight=600 if mark.strong else None,
            text_anchor=mark.anchor if mark.anchor != "start" else None,
            fill=self.color(mark.color),
            class_="hide" if mark.minor else None,
            **halo,
        )

    def x_names(self) -> Iterator[str]:
        """Yield the names below (or above) the plot, and the lines of its grid."""
        axis = self.plot.x
        left, _, right, _ = self.plot.margins
        edge = self.plot.y.first if axis.top else self.plot.y.last
        # px from the edge to the middle of the names.
        down = -14 if axis.top else 16
        for tick in axis.ticks:
            if axis.grid:
                yield self.rule(Rule(tick.value))

            # At an edge a name stands inside where the margin has not 14 px for half of a year.
            anchor = "middle"
            if left < 14 and axis.part(tick.value) < 0.02:
                anchor = "start"
            if right < 14 and axis.part(tick.value) > 0.98:
                anchor = "end"
            name = Text(
                tick.value,
                edge,
                tick.label,
                color="muted",
                size=_AXIS,
                anchor=anchor,
                dy=down,
                minor=tick.minor,
            )
            yield self.text(name)

            # Above the name of a level, its colour.
            if tick.color:
                box = tag(
                    "rect",
                    x=self.x(tick.value),
                    y=-32,
                    width=28,
                    height=6,
                    rx=2,
                    fill=self.color(tick.color),
                )
                # It is 28 px wide, and x may be in per cent.
                yield tag("g", box, transform="translate(-14)")

    def y_names(self) -> Iterator[str]:
        """Yield the names left of the plot, behind a square of their colour at the left of the
        margin, without one at its right; and the lines of its grid.
        """
        axis = self.plot.y
        left = self.plot.margins[0]
        width = "100%" if self.width is None else self.width
        grid_color = self.color("line")
        for tick in axis.ticks:
            y = self.y(tick.value)
            if axis.grid:
                yield tag("line", x1=0, x2=width, y1=y, y2=y, stroke=grid_color)

            anchor = "end"
            dx = -8.0
            if tick.color:
                anchor = "start"
                dx = 18 - left
                yield tag(
                    "rect",
                    x=-left,
                    y=y - 5.5,
                    width=11,
                    height=11,
                    rx=2,
                    fill=self.color(tick.color),
                )
            name = Text(
                self.plot.x.first,
                tick.value,
                tick.label,
                color="muted",
                size=_AXIS,
                anchor=anchor,
                dx=dx,
            )
            yield self.text(name)


def _nearest(places: Sequence[float]) -> list[float]:
    """Return how far from each place the nearest other one is; inf: there is no other."""
    gaps = [inf] * len(places)
    order = sorted(range(len(places)), key=places.__getitem__)
    # The gap before a place is known first, the one after it may be less.
    for before, after in pairwise(order):
        gap = places[after] - places[before]
        gaps[before] = min(gaps[before], gap)
        gaps[after] = gap
    return gaps


def _titled(drawn: str, hover: str, link: str = "") -> str:
    """Return a drawing with the words for those who point at it, as a link to what it is of; as it
    is without these.
    """
    if hover:
        drawn = tag("title", escape(hover)) + drawn
    if link:
        return tag("a", drawn, href=link, aria_label=hover)
    if hover:
        return tag("g", drawn)
    return drawn


def _with_stripes(drawn: str, mode: str) -> str:
    """Return a drawing with the patterns of old levels that it uses: their colour on the
    background, aslant.
    """
    stripe_names = sorted(set(_OLD.findall(drawn)))
    if not stripe_names:
        return drawn

    # Names are a drawing's own, by a digest of it: a page has several drawings, and in one that is
    # not displayed (that for telephones) the patterns are not there for the others.
    suffix = f"{crc32(drawn.encode()):x}"
    ground = tag("rect", width=5, height=5, fill=theme.paint("bg", mode))
    patterns = ""
    for name in stripe_names:
        color = theme.paint(name.removeprefix("old-"), mode)
        stripe = tag("rect", width=2.6, height=5, fill=color)
        patterns += tag(
            "pattern",
            ground + stripe,
            id=f"{name}-{suffix}",
            width=5,
            height=5,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        )
    return tag("defs", patterns) + _OLD.sub(rf'fill="url(#\1-{suffix})"', drawn)


def fluid(plot: Plot, alt: str, css: str = "") -> str:
    """Return a plot as wide as its place; `css`: a class beside `chart`. What is free around it is
    padding, into which names reach.
    """
    left, top, right, bottom = plot.margins
    drawn = _with_stripes(_Drawing(plot).whole(), mode="")
    has_links = "<a " in drawn
    svg = tag(
        "svg",
        drawn,
        width="100%",
        height=plot.high,
        overflow="visible",
        # The links in an image cannot be reached.
        role="group" if has_links else "img",
        aria_label=alt,
    )
    padding = f"padding:{top:g}px {right:g}px {bottom:g}px {left:g}px"
    return tag("div", svg, class_=f"chart {css}".strip(), style=padding)


def on_page(chart: Chart) -> str:
    """Return a chart for a page, drawn anew where a telephone has another; above it its keys, if no
    scale bar of the page has them (`scale`). Empty where there is nothing to draw.
    """
    if chart.plot is None:
        return ""
    if chart.narrow is None:
        drawn = fluid(chart.plot, chart.alt)
    else:
        # The page shows one of them, by its width.
        drawn = fluid(chart.plot, chart.alt, "wide") + fluid(chart.narrow, chart.alt, "narrow")

    if chart.scale or not chart.legend:
        return drawn
    keys = [tag("span", f"{key_svg(key)} {escape(key.text)}") for key in chart.legend]
    return tag("p", " ".join(keys), class_="keyline small") + drawn


def key_svg(key: Key, mode: str = "", x: float | None = None, y: float | None = None) -> str:
    """Return the mark of a key, 12 px high; `x`, `y`: where it stands in another SVG."""
    color = theme.paint(key.color, mode)
    box = {
        "x": 0.5,
        "y": 0.5,
        "width": 11,
        "height": 11,
        "rx": 2,
    }
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
        case "small":
            mark = tag("circle", cx=6, cy=6, r=2.5, fill=color)
        case _:
            mark = tag("circle", cx=6, cy=6, r=4.5, fill=color)
    return tag(
        "svg",
        _with_stripes(mark, mode),
        x=x,
        y=y,
        width=key.width,
        height=12,
        class_="mark",
        aria_hidden="true",
    )


def fixed(plot: Plot, mode: str, width: float) -> str:
    """Return a plot with what is free around it, so many px wide, to be put into another SVG."""
    left, top, right, _ = plot.margins
    drawn = _Drawing(plot, mode=mode, width=width - left - right).whole()
    return tag("g", drawn, transform=f"translate({left:g} {top:g})")


def sheet(chart: Chart, source: str, mode: str = "light") -> str:
    """Return the picture of a chart; `source`: publisher, day and version, below it."""
    drawn = ""
    high = 0.0
    if chart.plot is not None:
        drawn = fixed(chart.plot, mode=mode, width=_DRAWN)
        high = chart.plot.full_height
    return sheet_around(
        drawn,
        width=_DRAWN,
        height=high,
        title=chart.title,
        subtitle=chart.subtitle,
        source=source,
        mode=mode,
        scale=chart.scale,
        legend=chart.legend,
    )


def sheet_around(
    inner: str,
    width: float,
    height: float,
    title: str,
    subtitle: str,
    source: str,
    mode: str,
    scale: Mapping[int, str],
    legend: Sequence[Key],
) -> str:
    """Return a sheet of 1,200 px around a drawing of `width` by `height`, made as wide as it.
    `scale`, `legend`: of its scale bar and keys, as of a `Chart`.
    """
    parts: list[str] = []
    # px from the top to where the next part begins.
    down = 30.0

    def write(text: str, size: float, line: float, token: str, strong: bool = False) -> None:
        """Add a text in as many lines as it takes; `line`: px from one to the next."""
        nonlocal down
        if not text:
            return
        for words in theme.wrapped(text, size, _INNER, strong=strong):
            written = tag(
                "text",
                escape(words),
                x=_MARGIN,
                # The line that letters stand on is a fifth of `line` above the end of theirs.
                y=down + 0.78 * line,
                font_size=size,
                fill=theme.paint(token, mode),
                font_weight=600 if strong else None,
            )
            parts.append(written)
            down += line

    # What needs a second line has smaller letters.
    has_room = theme.text_width(title, 36, strong=True) <= _INNER
    size = 36 if has_room else 32
    write(title, size=size, line=size + 6, token="ink", strong=True)
    down += 4
    write(subtitle, size=20, line=27, token="muted")
    down += 16

    if scale or legend:
        parts.append(_sheet_keys(scale, legend, mode, top=down))
        down += 46

    enlargement = _INNER / width
    place = f"translate({_MARGIN} {down:g}) scale({enlargement:.4f})"
    parts.append(tag("g", inner, transform=place))
    down += height * enlargement + 20

    color = theme.paint("line", mode)
    border = tag("line", x1=_MARGIN, x2=SHEET - _MARGIN, y1=down, y2=down, stroke=color)
    parts.append(border)
    down += 10
    write(source, size=17, line=24, token="muted")

    high = round(down + 22)
    ground = tag("rect", width=SHEET, height=high, fill=theme.paint("bg", mode))
    return tag(
        "svg",
        _with_stripes(ground + "".join(parts), mode),
        xmlns="http://www.w3.org/2000/svg",
        width=SHEET,
        height=high,
        viewBox=f"0 0 {SHEET} {high}",
        role="img",
        aria_label=title,
        font_family=theme.FAMILY,
    )


def _sheet_keys(scale: Mapping[int, str], legend: Sequence[Key], mode: str, top: float) -> str:
    """Return the scale bar of a picture, and its keys on the same line; `top`: its px."""
    written = ""
    left = float(_MARGIN)
    # What letters of 16 px stand on in the middle of the bar.
    base = top + 20.5
    # Where a mark, 12 px high, is in the middle of it.
    mark_top = top + (_STEP_HEIGHT - 12) / 2
    for level, label in sorted(scale.items()):
        fill = theme.paint(theme.level_token(level), mode)
        written += tag("rect", x=left, y=top, width=_STEP_WIDTH, height=_STEP_HEIGHT, fill=fill)
        written += tag(
            "text",
            escape(label),
            x=left + _STEP_WIDTH / 2,
            y=base,
            font_size=16,
            font_weight=600,
            text_anchor="middle",
            fill=theme.paint(theme.on_level(level), mode),
        )
        left += _STEP_WIDTH
    if scale:
        left += 24

    color = theme.paint("muted", mode)
    for key in legend:
        written += key_svg(key, mode=mode, x=left, y=mark_top)
        left += key.width + 8
        written += tag(
            "text",
            escape(key.text),
            x=left,
            y=base,
            font_size=16,
            fill=color,
        )
        left += theme.text_width(key.text, 16) + 22
    return written
