"""The map: one SVG for the page before scripts, the live view, frames and pictures.

What depends on the day are classes alone (`l-2 old used`): the style in the SVG (`map.css`) says
how they look, and `map.js` gives them anew in the browser from the days on which levels change
(`answers.change_points`).
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from functools import cache
from html import escape
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from stances import words
from stances.answers import change_points, history, stance
from stances.answers.tracker import Tracker, cached
from stances.charts import levels, svg, theme
from stances.charts.outlines import HEIGHT, REGIONS, WIDTH, drawing, governments
from stances.charts.plot import Key
from stances.charts.svg import tag
from stances.links.parameters import VIEWS

Link = Callable[..., str]

# Radii in units: of the dot above a name, and of a state that has no outline.
_DOT = 6.6
_SPOT = 9


# -- what a day changes -------------------------------------------------------------------------


class State(NamedTuple):
    """What the map shows of an actor: the classes of its marks, and its words."""

    css: str
    label: str


def states_on(tracker: Tracker, day: date, domain: str) -> dict[str, State]:
    """Return what the map shows of everyone on a day, as `map.js` makes it."""
    record = change_points.levels_record(tracker, domain)
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
        if level is not None:
            css = f"l{level}"
            label = f"{record['labels'][str(level)]}, {record['rests'][rests]}"
            if is_old:
                css += " old"
        if is_used:
            css += " used"
        actors[code] = State(css, f"{record['names'][code]}: {label}")
    return actors


# -- markup -------------------------------------------------------------------------------------


@cache
def _style(mode: str = "") -> str:
    """Return the style of what is in the drawing, and its stripes, for a page or a mode."""
    style = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    style = re.sub(r"var\(--(\w+)\)", lambda token: theme.paint(token[1], mode), style)

    ground = tag("rect", width=12, height=12, class_="ground")
    stripes = ""
    for level in theme.LEVELS:
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
    return tag("style", style) + tag("defs", stripes)


def _inside(tracker: Tracker, day: date, domain: str, where: str, link: Link | None) -> str:
    """Return what is in the drawing; `where`: the region (`europe`, `world`); `link`: the address
    of a page, None in a picture, where nothing is linked.
    """
    drawn = drawing(tracker, where)
    actors = states_on(tracker, day, domain)

    def linked(mark: str, code: str) -> str:
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

    inside = tag("path", d=drawn.rest, class_="rest")
    for code, path in drawn.paths.items():
        css = f"area {actors[code].css}"
        inside += linked(tag("path", class_=css, d=path, data_actor=code), code)
    for code, (x, y) in drawn.spots.items():
        css = f"area spot {actors[code].css}"
        spot = tag(
            "circle",
            class_=css,
            cx=round(x),
            cy=round(y),
            r=_SPOT,
            data_actor=code,
        )
        inside += linked(spot, code)

    names = ""
    for label in drawn.labels:
        x = round(label.x)
        base = round(label.y + label.size * 0.34)
        top = round(base - label.size * 1.18)
        mark = tag("circle", cx=x, cy=top, r=_DOT, class_="dot")
        if label.text:
            mark = (
                tag(
                    "text",
                    escape(label.text),
                    x=x,
                    y=base,
                    font_size=label.size,
                )
                + mark
            )
        minor = "true" if label.is_minor else None
        css = actors[label.code].css
        names += tag(
            "g",
            mark,
            data_of=label.code,
            class_=css,
            data_minor=minor,
        )
    return inside + tag("g", names, aria_hidden="true", class_="names")


def map_svg(
    tracker: Tracker, day: date, domain: str, where: str = "europe", link: Link | None = None
) -> str:
    """Return the map of a day and a region for a page; `link`: the address of a page (`View.link`),
    None: without links.
    """
    title = f"Map: {tracker.codebook.domain_label(domain)}"  # the slider says the day
    return tag(
        "svg",
        _style() + _inside(tracker, day, domain, where=where, link=link),
        class_=f"map {where}",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="group",
        aria_label=title,
    )


def _bodies(tracker: Tracker) -> dict[str, str]:
    """Return the names of those who are no states, by code."""
    states = governments(tracker).index
    return {code: tracker.short[code] for code in tracker.actors if code not in states}


@cached
def _stack(tracker: Tracker, domain: str) -> str:
    """Return how many stood at each level through time, by quarters."""
    first = tracker.codebook.first_date
    last = tracker.data.opening_day
    ends_of_quarters = tracker.data.months[2::3]
    quarters = [day for day in ends_of_quarters if day < last]
    days = [first, *quarters, last]

    shares = history.shares(tracker, "all", domain, days)
    chart = levels.chart(shares, tracker.codebook.scale.labels)
    return svg.on_page(chart)


def _slider_month(day: date) -> int:
    """Return the place of a day on the slider, as `map.js` counts: months since the year 0."""
    return 12 * day.year + day.month - 1


def stage(
    tracker: Tracker, day: date, domain: str, where: str, link: Link, record: str = ""
) -> str:
    """Return the map with all that moves it: the part of the world, bodies, play and slider.

    `where`: the part that is shown; `record`: where the change points of the field are, beside the
    page.
    """
    book = tracker.codebook
    actors = states_on(tracker, day, domain)

    views = ""
    for code, label in VIEWS.items():
        current = "true" if code == where else None
        views += tag(
            "a",
            label,
            href=link(view=code),
            data_here="true",
            aria_current=current,
        )

    squares = ""
    for code, name in _bodies(tracker).items():
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
    kinds = [f"{book.kinds[code].label}s" for code in book.position_kinds[1:]]

    # The day itself may lie after the last that data tell of, the hand may not.
    first = book.first_date
    last = tracker.data.opening_day
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

    drawn = map_svg(tracker, day, domain, where=where, link=link)
    record = escape(record if record else f"levels/{domain}.json")
    data = f'data-key="{where} {domain}" data-levels="{record}" data-day="{day}"'
    return f"""<figure class="stage" {data}>
<div class="frame"><div class="crop">{drawn}</div><div class="seg">{views}</div>
<div class="bodies"><span>{escape(words.joined(kinds))}</span>{squares}</div></div>
<div class="scrub"><button class="play" type="button" aria-label="Play">▶</button>
<div class="rail">{_stack(tracker, domain)}<i class="hand" style="left:{percent:.2f}%"></i>
<span class="cap">Governments at each level</span>{slider}</div></div>
<output class="tip" hidden></output></figure>"""


def picture(
    tracker: Tracker, day: date, domain: str, where: str, source: str, mode: str = "light"
) -> str:
    """Return the sheet of the map of a region; `source`: publisher, day and version, below it."""
    actors = states_on(tracker, day, domain)

    bodies = ""
    x, y = REGIONS[where].bodies
    for code, name in _bodies(tracker).items():
        css = f"area {actors[code].css}"
        bodies += tag(
            "rect",
            x=x,
            y=y,
            width=26,
            height=26,
            rx=6,
            class_=css,
        )
        bodies += tag(
            "text",
            escape(name),
            x=x + 40,
            y=y + 21,
            font_size=26,
            class_="body",
        )
        y += 48

    # A map for pages is cut off by the frame around it.
    sea = tag("rect", width=WIDTH, height=HEIGHT, rx=12, class_="sea")
    sheet = tag("rect", width=WIDTH, height=HEIGHT, rx=12)
    clip = tag("clipPath", sheet, id="sheet")
    inside = _inside(tracker, day, domain, where=where, link=None)
    drawn = tag(
        "g", _style(mode) + clip + sea + inside + bodies, clip_path="url(#sheet)", class_="map"
    )

    keys = (
        Key(stance.dot_label(tracker, domain)),
        Key(stance.OLD, "stripes", color="m2"),
        Key(stance.NONE, "square", color="none"),
    )
    return svg.sheet_around(
        drawn,
        width=WIDTH,
        height=HEIGHT,
        title=stance.map_headline(tracker, day, domain),
        subtitle=f"{tracker.codebook.domain_label(domain)}, {words.day(day)}",
        source=source,
        mode=mode,
        scale=tracker.codebook.scale.labels,
        legend=keys,
    )
