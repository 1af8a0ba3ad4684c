"""The map: one SVG for the page before scripts, the live view, frames and pictures.

What depends on the day are classes alone (`l-2 old used`): the style in the SVG (`map.css`) says
how they look, and `map.js` gives them anew in the browser from the days on which levels change
(`answers.change_points`).
"""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from stances import words
from stances.answers import change_points, history, stance
from stances.answers.tracker import Tracker, cached
from stances.charts import levels, svg, theme
from stances.charts.outlines import HEIGHT, VIEWS, WIDTH, Label, drawing, governments
from stances.charts.plot import Key
from stances.charts.svg import tag

Link = Callable[..., str]

_DOT, _SPOT = 6.6, 9  # units


# -- what a day changes -------------------------------------------------------------------------


class State(NamedTuple):
    """What the map shows of an actor: the classes of its marks, and its words."""

    css: str
    said: str


def states(tracker: Tracker, day: date, domain: str) -> dict[str, State]:
    """Return what the map shows of everyone on a day, as `map.js` makes it."""
    text, record, found = day.isoformat(), change_points.levels_record(tracker, domain), {}
    for code, of in record["actors"].items():
        _, level, is_old, rests, is_used = next(
            point for point in reversed(of) if point[0] <= text or point is of[0]
        )
        css = "none" if level is None else f"l{level}{' old' * is_old}"
        said = record["none"]
        if level is not None:
            said = f"{record['labels'][str(level)]}, {record['rests'][rests]}"
        found[code] = State(css + " used" * is_used, f"{record['names'][code]}: {said}")
    return found


# -- markup -------------------------------------------------------------------------------------


@cache
def _style(mode: str = "") -> str:
    """Return the style of what is in the drawing, and its stripes, for a page or a mode."""
    style = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    style = re.sub(r"var\(--(\w+)\)", lambda token: theme.paint(token[1], mode), style)
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    stripes = ""
    for level in theme.LEVELS:
        ground = tag("rect", width=12, height=12, **{"class": "ground"})
        stripe = tag("rect", width=6.6, height=12, **{"class": f"area l{level}"})
        stripes += tag("pattern", ground + stripe, id=f"old{level}", width=12, height=12, **turned)
    return f"<style>{style}</style><defs>{stripes}</defs>"


def _inside(tracker: Tracker, day: date, domain: str, where: str, link: Link | None) -> str:
    """Return what is in the drawing; `link`: of pages, None in a picture."""
    drawn, of = drawing(tracker, where), states(tracker, day, domain)

    def mark(name: str, kind: str, code: str, **place: object) -> str:
        css = {"class": f"{kind} {of[code].css}"}
        inside = tag(name, **css, **place, data_actor=code)
        if not link:
            return inside
        # A list below has the same links for keyboards, which are not led through all countries.
        href, said = link("actor", actor=(code,)), of[code].said
        return tag("a", inside, href=href, tabindex=-1, aria_label=said)

    def name(label: Label) -> str:
        x, y = round(label.x), round(label.y + label.size * 0.34)
        dot = tag("circle", cx=x, cy=round(y - label.size * 1.18), r=_DOT, **{"class": "dot"})
        text = tag("text", escape(label.text), x=x, y=y, font_size=label.size) if label.text else ""
        css = {"class": of[label.code].css, "data_minor": "" if not label.is_minor else "true"}
        return tag("g", text + dot, data_of=label.code, **css)

    areas = "".join(mark("path", "area", code, d=path) for code, path in drawn.paths.items())
    spots = "".join(
        mark("circle", "area spot", code, cx=round(x), cy=round(y), r=_SPOT)
        for code, (x, y) in drawn.spots.items()
    )
    names = "".join(map(name, drawn.labels))
    rest = tag("path", d=drawn.rest, **{"class": "rest"})
    return rest + areas + spots + tag("g", names, aria_hidden="true", **{"class": "names"})


def map_svg(
    tracker: Tracker, day: date, domain: str, where: str = "europe", link: Link | None = None
) -> str:
    """Return the map of a day for a page; `link`: the address of a page (`View.link`)."""
    title = f"Map: {tracker.codebook.domain_label(domain)}"  # the slider says the day
    inside = _style() + _inside(tracker, day, domain, where, link)
    look = {"class": f"map {where}", "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    return tag("svg", inside, **look, role="group", aria_label=title)


def _bodies(tracker: Tracker) -> dict[str, str]:
    """Return the names of those who are no states, by code."""
    states = governments(tracker).index
    return {code: tracker.short[code] for code in tracker.actors if code not in states}


@cached
def _stack(tracker: Tracker, domain: str) -> str:
    """Return how many stood at each level through time, by quarters."""
    first, last = tracker.codebook.first_date, tracker.data.opening_day
    quarters = [day for day in tracker.data.months[2::3] if day < last]
    shares = history.shares(tracker, "all", domain, (first, *quarters, last))
    chart = levels.chart(shares, tracker.codebook.scale.labels)
    return svg.fluid(chart.plot, chart.alt) if chart.plot else ""


def stage(
    tracker: Tracker, day: date, domain: str, where: str, link: Link, record: str = ""
) -> str:
    """Return the map with all that moves it: the part of the world, bodies, play and slider.

    `record`: where the change points of the field are, beside the page.
    """
    of, book = states(tracker, day, domain), tracker.codebook
    first, last = book.first_date, tracker.data.opening_day
    shown = min(max(day, first), last)
    views = squares = ""
    for code, view in VIEWS.items():
        here = {"data_here": "true", "aria_current": "true" if code == where else None}
        views += tag("a", view.label, href=link(view=code), **here)
    for code, name in _bodies(tracker).items():
        square = tag("i", " ", data_actor=code, **{"class": f"sq {of[code].css}"})
        href, said = link("actor", actor=(code,)), of[code].said
        squares += tag("a", square + escape(name), href=href, aria_label=said)
    kinds = words.joined([f"{book.kinds[code].label}s" for code in book.position_kinds[1:]], "and")
    ends = {"min": first, "max": last, "value": shown}
    months = {name: 12 * day.year + day.month - 1 for name, day in ends.items()}
    slider = tag("input", type="range", aria_label="Day", aria_valuetext=words.day(shown), **months)
    at = 100 * (shown - first) / (last - first)
    drawn = map_svg(tracker, day, domain, where, link)
    record = escape(record or f"levels/{domain}.json")
    told = f'data-key="{where} {domain}" data-levels="{record}" data-day="{day}"'
    return f"""<figure class="stage" {told}>
<div class="frame"><div class="crop">{drawn}</div><div class="seg">{views}</div>
<div class="bodies"><span>{escape(kinds)}</span>{squares}</div></div>
<div class="scrub"><button class="play" type="button" aria-label="Play">▶</button>
<div class="rail">{_stack(tracker, domain)}<i class="hand" style="left:{at:.2f}%"></i>
<span class="cap">Governments at each level</span>{slider}</div></div>
<output class="tip" hidden></output></figure>"""


def picture(
    tracker: Tracker, day: date, domain: str, where: str, source: str, mode: str = "light"
) -> str:
    """Return the sheet of the map; `source`: publisher, day and version, below it."""
    of, book = states(tracker, day, domain), tracker.codebook
    x, y = VIEWS[where].bodies
    bodies = ""
    for n, (code, name) in enumerate(_bodies(tracker).items()):
        down, css = y + 48 * n, {"class": f"area {of[code].css}"}
        bodies += tag("rect", x=x, y=down, width=26, height=26, rx=6, **css)
        place = {"x": x + 40, "y": down + 21, "font_size": 26, "class": "body"}
        bodies += tag("text", escape(name), **place)
    whole = {"width": WIDTH, "height": HEIGHT, "rx": 12}
    sea = tag("rect", **whole, **{"class": "sea"})
    clip = tag("clipPath", tag("rect", **whole), id="sheet")
    inside = _style(mode) + clip + sea + _inside(tracker, day, domain, where, None) + bodies
    drawn = tag("g", inside, clip_path="url(#sheet)", **{"class": "map"})
    used, old = Key(stance.dot_label(tracker, domain)), Key(stance.OLD, "stripes", "m2")
    keys = used, old, Key(stance.NONE, "square", "none")
    title, labels = stance.map_headline(tracker, day, domain), book.scale.labels
    field = f"{book.domain_label(domain)}, {words.day(day)}"
    return svg.sheet_around(drawn, WIDTH, HEIGHT, title, field, source, mode, labels, keys)
