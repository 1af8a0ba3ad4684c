"""The map: one SVG for the page before scripts, the live view, frames and pictures.

What depends on the day are classes alone (`l-2 old used`): the style in the SVG (`map.css`) says
how they look, and `map.js` gives them anew in the browser from the days on which levels change.
These days are a `record` here (`answers.change_points.levels_record`). `map.js` finds the places of
an actor, which one points at and presses, by `data-actor`, and its name by `data-name-of`.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from html import escape
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from stances import words
from stances.charts import theme
from stances.charts.outlines import REGIONS, SPOT, WIDTH, Drawing
from stances.charts.svg import tag
from stances.links.parameters import VIEWS

# The address of a page, as `View.link` returns it.
Link = Callable[..., str]
Record = Mapping[str, Any]

_DOT = 6.6  # units, the radius of the dot above a name


# -- what a day changes -------------------------------------------------------------------------


class State(NamedTuple):
    """What the map shows of an actor: the classes of its marks (`l-2 old used`), and its words,
    Poland: Limit, acts in force.
    """

    css: str
    label: str


def states_on(record: Record, day: date) -> dict[str, State]:
    """Return what the map shows of everyone on a day, as `map.js` makes it."""
    day_text = day.isoformat()
    actors: dict[str, State] = {}
    for code, points in record["actors"].items():
        # The first point after the day; days before the first have the levels of the first.
        next_point = bisect_right(
            points,
            day_text,
            lo=1,
            key=itemgetter(0),
        )
        _, level, is_old, rests, is_used = points[next_point - 1]

        css = "none"
        label = record["none"]
        # What the level rests on; where there is none, what it is overall, which may be empty.
        beside = record["rests"][rests]
        if level is not None:
            css = f"l{level}"
            label = f"{record['labels'][str(level)]}, {beside}"
            if is_old:
                css += " old"
        elif beside:
            label += f"; {beside}"
        if is_used:
            css += " used"
        actors[code] = State(css, f"{record['names'][code]}: {label}")
    return actors


# -- markup -------------------------------------------------------------------------------------


@cache
def _style(mode: str = "") -> str:
    """Return the style of what is in the drawing, and its stripes, for a mode (light, dark), or
    without one for a page, which knows the colours of both.
    """
    style = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    ground = tag("rect", width=12, height=12, class_="ground")
    stripes = ""
    for level, token in theme.LEVELS.items():
        color = f"var(--{token})"
        ink = f"var(--{theme.on_level(level)})"
        style += f"""
.map .area.l{level} {{ fill: {color} }}
.map .area.old.l{level} {{ fill: url(#old{level}) }}
.map .names .l{level}:not(.old) text {{ stroke: {color}; fill: {ink} }}"""
        stripe = tag(
            "rect",
            width=6.6,
            height=12,
            class_=f"area l{level}",
        )
        stripes += tag(
            "pattern",
            ground + stripe,
            id=f"old{level}",
            width=12,
            height=12,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        )
    # A picture stands alone: it has colours in place of the variables of a page.
    style = re.sub(r"var\(--(\w+)\)", lambda variable: theme.paint(variable[1], mode), style)
    return tag("style", style) + tag("defs", stripes)


def _inside(drawing: Drawing, actors: Mapping[str, State], link: Link | None) -> str:
    """Return what is in the drawing: all other countries, those of actors, the spots of those that
    have no outline, and on them names with dots. `link`: None in a picture, where nothing is
    linked.
    """

    def linked(mark: str, code: str) -> str:
        """Return the mark of an actor as a link to its page."""
        if link is None:
            return mark
        address = link("actor", actor=(code,))
        # A list below has the same links for keyboards, which are not led through all countries.
        return tag(
            "a",
            mark,
            href=address,
            tabindex=-1,
            aria_label=actors[code].label,
        )

    inside = tag("path", d=drawing.rest, class_="rest")
    for code, path in drawing.paths.items():
        css = f"area {actors[code].css}"
        inside += linked(tag("path", class_=css, d=path, data_actor=code), code)
    for code, (x, y) in drawing.spots.items():
        css = f"area spot {actors[code].css}"
        spot = tag(
            "circle",
            class_=css,
            cx=round(x),
            cy=round(y),
            r=SPOT,
            data_actor=code,
        )
        inside += linked(spot, code)

    names = ""
    for label in drawing.labels:
        # Letters have their middle a third of their size above the line that they stand on, and the
        # dot above their capitals. A place without a name has the size 0: the dot is in its middle.
        x = round(label.x)
        base = round(label.y + label.size * 0.34)
        top = round(base - label.size * 1.18)
        dot = tag("circle", cx=x, cy=top, r=_DOT, class_="dot")
        name = ""
        if label.text:
            name = tag(
                "text",
                escape(label.text),
                x=x,
                y=base,
                font_size=label.size,
            )
        # Not `data-actor`: who points at a name points at the country below it.
        names += tag(
            "g",
            name + dot,
            data_name_of=label.code,
            class_=actors[label.code].css,
            data_minor="true" if label.is_minor else None,
        )
    return inside + tag("g", names, aria_hidden="true", class_="names")


def map_svg(
    drawing: Drawing, actors: Mapping[str, State], where: str, field: str, link: Link | None = None
) -> str:
    """Return the map for a page. `where`: the region that is drawn (`europe`, `world`); `field`:
    what the levels are about, in words; `link`: None: without links.
    """
    return tag(
        "svg",
        _style() + _inside(drawing, actors, link),
        class_=f"map {where}",
        viewBox=f"0 0 {WIDTH} {REGIONS[where].height}",
        role="group",
        aria_label=f"Map: {field}",  # the slider says the day
    )


def _slider_month(day: date) -> int:
    """Return the place of a day on the slider, as `map.js` counts: months since the year 0."""
    return 12 * day.year + day.month - 1


def stage(
    record: Record,
    day: date,
    drawing: Drawing,
    bodies: Mapping[str, str],
    kinds: str,
    stack: str,
    where: str,
    field: str,
    file: str,
    link: Link,
) -> str:
    """Return the map with all that moves it: the part of the world, bodies, play and slider.

    `bodies`: names of those who are no states, by code; `kinds`: what they are, in a word; `stack`:
    the drawing behind the slider (`levels.chart`); `where`, `field`: as of `map_svg`; `file`: the
    relative address of the record.
    """
    actors = states_on(record, day)

    views = ""
    for code, label in VIEWS.items():
        current = "true" if code == where else None
        views += tag(
            "a",
            label,
            href=link(view=code),
            # Scripts draw it in place, also where all other links load a page.
            data_here="true",
            aria_current=current,
        )

    squares = ""
    for code, name in bodies.items():
        # With a blank in it: HTML has no `<i/>`.
        square = tag(
            "i",
            " ",
            data_actor=code,
            class_=f"sq {actors[code].css}",
        )
        address = link("actor", actor=(code,))
        squares += tag(
            "a",
            square + escape(name),
            href=address,
            aria_label=actors[code].label,
        )

    # The day itself may lie after the last that data tell of, the hand may not.
    first = date.fromisoformat(record["first"])
    last = date.fromisoformat(record["last"])
    day_in_data = min(max(day, first), last)
    percent = 100 * (day_in_data - first) / (last - first)
    slider = tag(
        "input",
        type="range",
        aria_label="Day",
        aria_valuetext=words.day(day_in_data),
        min=_slider_month(first),
        max=_slider_month(last),
        value=_slider_month(day_in_data),
    )

    drawn = map_svg(drawing, actors, where, field, link)
    # While it moves, and on past days, its day (`map.js` keeps it); on past days a way back too.
    newest = tag("a", "Back to latest", href=link(as_of=None), class_="btn")
    now = f'<div class="onmap"><b aria-hidden="true">{words.day(day_in_data)}</b>{newest}</div>'
    # What a stage is of: one of the same key is kept where the page around it is drawn anew.
    key = f"{where} {record['domain']}"
    data = f'data-key="{key}" data-levels="{escape(file)}" data-day="{day}"'
    if day_in_data < last:
        data += " data-past"
    return f"""<figure class="stage" {data}>
<div class="frame"><div class="crop">{drawn}{now}</div><div class="seg">{views}</div>
<div class="bodies"><span>{escape(kinds)}</span>{squares}</div></div>
<div class="scrub"><button class="play" type="button" aria-label="Play">▶</button>
<div class="rail">{stack}<i class="hand" style="left:{percent:.2f}%"></i>
<span class="cap">Governments at each level</span>{slider}</div></div>
<output class="tip" hidden></output></figure>"""


def on_sheet(
    drawing: Drawing,
    actors: Mapping[str, State],
    bodies: Mapping[str, str],
    where: str,
    mode: str = "light",
) -> str:
    """Return the map as the drawing of a sheet (`svg.sheet_around`), with `bodies` as of `stage`,
    one below the other.
    """
    marks = ""
    region = REGIONS[where]
    x, y = region.bodies
    for code, name in bodies.items():
        css = f"area {actors[code].css}"
        marks += tag(
            "rect",
            x=x,
            y=y,
            width=26,
            height=26,
            rx=6,
            class_=css,
        )
        marks += tag(
            "text",
            escape(name),
            x=x + 40,
            y=y + 21,
            font_size=26,
            class_="body",
        )
        y += 48

    # A map for pages is cut off by the frame around it.
    sea = tag("rect", width=WIDTH, height=region.height, rx=12, class_="sea")
    sheet = tag("rect", width=WIDTH, height=region.height, rx=12)
    clip = tag("clipPath", sheet, id="sheet")
    inside = _inside(drawing, actors, link=None)
    return tag(
        "g", _style(mode) + clip + sea + inside + marks, clip_path="url(#sheet)", class_="map"
    )
