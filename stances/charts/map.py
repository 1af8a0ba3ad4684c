"""The map: one SVG for the page before scripts, the live view, frames and pictures.

What depends on the day are classes alone (`l-2 old used`): the style in the SVG (`map.css`) says
how they look, and `map.js` gives them anew in the browser from the days on which levels change
(`levels_record`). Outlines are TopoJSON; those of a view are projected, written and labelled once.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances import words
from stances.answers import history, stance
from stances.answers.tracker import Tracker, cached
from stances.charts import levels, svg, theme
from stances.charts.plot import Key
from stances.charts.svg import tag

Floats = NDArray[np.float64]
Place = tuple[float, float]
Link = Callable[..., str]
# What `change_points` says of a day.
Point = tuple[str, int | None, bool, int]

# The drawing is so many units wide: whole numbers are fine enough for its outlines.
WIDTH = 1600
# What lies outside is drawn in to so far from the edge, where it falls together and costs nothing.
_OUTSIDE = 40
# Islands that are smaller are left out, if the country has larger ones.
_SMALL = 5
# Letters in units: of a telephone, of large names and of others; how far a name may stand out.
_PHONE, _LARGE, _LESS, _OVER = 33, 23, 19.5, 26
_DOT, _SPOT = 6.6, 9
# Equal Earth: Savric, Patterson and Jenny, 2018.
_A1, _A2, _A3, _A4, _M = 1.340264, -0.081106, 0.000893, 0.003796, np.sqrt(3) / 2
_STATEMENTS, _POWER, _USED, _OLD = "statements", "power held", "rule used", "old statements"
_NONE = "no position"


def azimuthal(lon: Floats, lat: Floats, middle: Place) -> Floats:
    """Azimuthal equal area: points east and south of the middle, in radii of the Earth."""
    across, up, tilt = np.radians(lon - middle[0]), np.radians(lat), np.radians(middle[1])
    near = np.sin(tilt) * np.sin(up) + np.cos(tilt) * np.cos(up) * np.cos(across)
    north = np.cos(tilt) * np.sin(up) - np.sin(tilt) * np.cos(up) * np.cos(across)
    scale = np.sqrt(2 / np.maximum(1 + near, 1e-9))
    return np.column_stack([scale * np.cos(up) * np.sin(across), -scale * north])


def equal_earth(lon: Floats, lat: Floats, middle: Place) -> Floats:
    """Equal Earth, as `azimuthal`. A ring that crosses the far side goes on beyond the rim."""
    turned = np.unwrap((lon - middle[0] + 180) % 360 - 180, period=360)
    theta = np.arcsin(_M * np.sin(np.radians(lat)))
    square, sixth = theta**2, theta**6
    narrow = _M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square))
    north = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return np.column_stack([np.radians(turned) * np.cos(theta) / narrow, -north])


class View(NamedTuple):
    """A part of the world. `edges`: places (lon, lat) on the left, right, top and bottom one;
    `bodies`: where those stand that are no states, in units; `labels`: where a name stands other
    than in the middle of its country, and a shorter name; `least`: how wide the countries are, in
    units, that have one.
    """

    label: str
    file: str
    project: Callable[[Floats, Floats, Place], Floats]
    middle: Place
    edges: tuple[Place, Place, Place, Place]
    bodies: Place
    least: float
    labels: Mapping[str, tuple[float, float, str]]

    def sheet(self) -> tuple[Callable[[Any], Floats], int]:
        """Return what puts places onto the sheet, in units, and how high that is."""

        def project(places: Any) -> Floats:
            lon, lat = np.asarray(places, float).T
            return self.project(lon, lat, self.middle)

        (left, _), (right, _), (_, top), (_, bottom) = (project([edge])[0] for edge in self.edges)
        scale = WIDTH / (right - left)
        return lambda places: (project(places) - (left, top)) * scale, round((bottom - top) * scale)


VIEWS = {
    "europe": View(
        "Europe", "europe_50m.json", azimuthal, (14, 52),
        ((-24, 40), (46.5, 40), (14, 71.1), (14, 36.2)), (40, 600), 40,
        {"NOR": (8.6, 61.3, ""), "SWE": (15.2, 62.8, ""), "FIN": (26.2, 62.6, ""),
         "RUS": (40, 57.5, ""), "FRA": (2.4, 46.8, ""), "GBR": (-1.3, 52.5, ""),
         "ESP": (-3.7, 40.2, ""), "ITA": (12.4, 43.0, ""), "GRC": (22, 39.4, ""),
         "DNK": (9.2, 56.1, "Den."), "LTU": (23.8, 55.3, "Lith."), "PRT": (-8.1, 39.6, "Port."),
         "CHE": (8.2, 46.8, "Switz."), "NLD": (5.6, 52.2, "Neth."), "BEL": (4.6, 50.6, "Bel."),
         "TUR": (33, 39, ""), "UKR": (31, 49.2, ""), "DZA": (2.5, 35.2, ""),
         "HRV": (16.4, 45.6, ""), "GEO": (43.6, 42.2, ""), "LVA": (25.2, 56.9, ""),
         "EST": (25.6, 58.8, "")},
    ),
    "world": View(
        "World", "world_110m.json", equal_earth, (11, 0),
        ((-152, 0), (176, 0), (11, 83.6), (11, -57)), (40, 560), 70,
        {"USA": (-99, 39, ""), "CAN": (-105, 57, ""), "RUS": (95, 62, ""), "IDN": (113.5, -0.8, ""),
         "CHN": (103, 35.5, ""), "BRA": (-52, -10, ""), "IND": (78.5, 22.5, "")},
    ),
}  # fmt: skip


class Label(NamedTuple):
    """A name on the map with its middle; `size`: in units, 0: no name, a place for the dot;
    `is_minor`: there is no room for it on a telephone.
    """

    code: str
    text: str
    size: float
    x: float
    y: float
    is_minor: bool = True


class Drawing(NamedTuple):
    """All of a map that no day changes: paths by code, that of all other countries, where states
    stand that have no path, and names.
    """

    height: int
    paths: dict[str, str]
    rest: str
    spots: dict[str, Place]
    labels: list[Label]


# -- what no day changes ------------------------------------------------------------------------


def countries(topology: bytes) -> dict[str, tuple[list[Floats], Place]]:
    """Return the rings of the countries of a TopoJSON file, holes too, and their middles, by their
    ids: points (lon, lat).
    """
    read = json.loads(topology)
    scale, start = (np.array(read["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + start for arc in read["arcs"]]
    found: dict[str, tuple[list[Floats], Place]] = {}
    for shape in read["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        # The parts of a country may stand under its id several times.
        rings, _ = found.setdefault(shape["id"], ([], tuple(shape["properties"]["ct"])))
        for ring in (ring for polygon in polygons for ring in polygon):
            rings.append(np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]))
    return found


def drawing(tracker: Tracker, name: str) -> Drawing:
    """Return what a view (`europe`, `world`) draws on every day."""
    return tracker.on("all").remember(_drawing, name)


def _drawing(tracker: Tracker, name: str) -> Drawing:
    view, actors = VIEWS[name], _table(tracker)
    states = actors[actors["is_state"]]
    place, height = view.sheet()
    edge = np.array([WIDTH, height])
    rings: dict[str, list[Floats]] = {}
    middles: dict[str, Floats] = {}
    rest = ""
    for code, (outlines, middle) in countries(tracker.data.outlines[view.file]).items():
        points = [np.clip(place(ring), -_OUTSIDE, edge + _OUTSIDE) for ring in outlines]
        seen = [ring for ring in points if (ring.max(0) > 0).all() and (ring.min(0) < edge).all()]
        large = [ring for ring in seen if np.ptp(ring, axis=0).max() >= _SMALL] or seen
        if code not in states.index:
            rest += "".join(map(_path, large))
        elif large:
            rings[code] = large
            middles[code] = place([view.labels.get(code, middle)[:2]])[0]
    lost = states.drop(index=list(rings))
    at: Floats | list[Floats] = place(lost[["lon", "lat"]].to_numpy()) if len(lost) else []
    spots = {code: xy for code, xy in zip(lost.index, at, strict=True) if _is_inside(xy, edge)}
    labels = [Label(code, "", 0, x, y) for code, (x, y) in spots.items()]
    inside = {code: xy for code, xy in middles.items() if _is_inside(xy, edge)}
    labels += _labels(view, inside, rings, states["short_name"])
    paths = {code: "".join(map(_path, outline)) for code, outline in rings.items()}
    return Drawing(height, paths, rest, spots, labels)


def _table(tracker: Tracker) -> pd.DataFrame:
    """Return all who take positions, as `actors.csv` has them, and whether they are states."""
    actors = tracker.data.actors.set_index("actor").loc[tracker.actors]
    return actors.assign(is_state=actors["kind"] == tracker.codebook.position_kinds[0])


def _is_inside(point: Floats, edge: Floats) -> bool:
    return bool((point > 0).all() and (point < edge).all())


def _path(ring: Floats) -> str:
    """Return a closed path, as steps: they are short, and many are the same."""
    (x, y), *steps = np.diff(np.round(ring).astype(int), axis=0, prepend=0).tolist()
    told = (f"{right}{'' if down < 0 else ' '}{down}" for right, down in steps if right or down)
    return f"M{x} {y}l{' '.join(told)}z"


def _labels(
    view: View,
    at: Mapping[str, Floats],
    rings: Mapping[str, list[Floats]],
    names: "pd.Series[str]",
) -> Iterable[Label]:
    """Yield the names that have room in their countries, the largest first, of as many as run into
    nothing; of the others the place of the dot.
    """
    area = {code: sum(float(np.ptp(ring, axis=0).prod()) for ring in rings[code]) for code in at}
    taken: dict[bool, list[tuple[float, float, float, float]]] = {True: [], False: []}

    def fits(code: str, text: str, size: float) -> bool:
        """Say whether a name has room, which it takes then; names of a telephone stand alone."""
        (x, y), half, others = at[code], theme.wide(text, size, True) / 2, taken[size == _PHONE]
        box = (x - half, y - size, x + half, y + size / 2)
        free = bool(_room(rings[code], x, y, size) >= 2 * (half - _OVER)) and all(
            box[2] < one[0] or box[0] > one[2] or box[3] < one[1] or box[1] > one[3]
            for one in others
        )
        others += [box] * free
        return free

    for code in sorted(at, key=lambda code: -area[code]):
        wide = max(float(np.ptp(ring, axis=0)[0]) for ring in rings[code])
        text = (view.labels[code][2] if code in view.labels else "") or names[code]
        sizes = (_LARGE, _LESS) if wide >= view.least else ()
        size = next((size for size in sizes if fits(code, text, size)), 0.0)
        (x, y), named = at[code], bool(size)
        is_minor = not named or not fits(code, text, _PHONE)
        yield Label(code, text * named, size, float(x), float(y), is_minor)


def _room(rings: Iterable[Floats], x: float, y: float, high: float) -> float:
    """Return how wide a text may be that has its middle at a place in a country."""
    half = np.inf
    for line in (y - high / 3, y, y + high / 3):
        crossed = [np.inf, -np.inf]
        for ring in rings:
            (one_x, one_y), (two_x, two_y) = ring[:-1].T, ring[1:].T
            at = np.flatnonzero((one_y > line) != (two_y > line))
            part = (line - one_y[at]) / (two_y[at] - one_y[at])
            crossed.extend(one_x[at] + part * (two_x[at] - one_x[at]))
        across = np.array(crossed)
        if (across < x).sum() % 2:  # outside, since -inf is one of them
            return 0.0
        half = min(half, x - across[across < x].max(), across[across > x].min() - x)
    return 2 * half


# -- what a day changes -------------------------------------------------------------------------


@cached
def change_points(tracker: Tracker, domain: str) -> dict[str, list[Point]]:
    """Return the days on which what the map shows of each actor changes, in their order: the day,
    the level (None: no position), whether it rests on old statements, and whether a rule is held
    (1) or was used (2).
    """
    frame = stance.level_changes(tracker, domain)
    levels = [None if math.isnan(level) else int(level) for level in frame["level"]]
    days = pd.to_datetime(frame["date"]).dt.strftime("%Y-%m-%d")
    found: dict[str, list[Point]] = {actor: [] for actor in tracker.actors}
    for actor, *state in zip(
        frame["actor"], days, levels, frame["is_old"].astype(bool), frame["use"], strict=True
    ):
        found[actor].append((state[0], state[1], bool(state[2]), int(state[3])))
    return found


@cached
def levels_record(tracker: Tracker, domain: str) -> dict[str, Any]:
    """Return the change points of a field as `/levels/{domain}.json` has them, which `map.js`
    takes: `actors` (see `change_points`), their `names`, the words of levels and of what one rests
    on.
    """
    data = tracker.data
    return {
        "domain": domain,
        "first": data.codebook.first_date.isoformat(),
        "last": data.opening_day.isoformat(),
        "labels": {str(level): label for level, label in data.codebook.scale.labels.items()},
        "rests": [_STATEMENTS, _POWER, _USED, _OLD],
        "none": _NONE,
        "names": {code: tracker.names[code] for code in tracker.actors},
        "actors": change_points(tracker, domain),
    }


class State(NamedTuple):
    """What the map shows of an actor: the classes of its marks, and its words."""

    css: str
    said: str


def states(tracker: Tracker, day: date, domain: str) -> dict[str, State]:
    """Return what the map shows of everyone on a day, as `map.js` makes it."""
    text, labels = day.isoformat(), tracker.codebook.scale.labels
    found = {}
    for code, points in change_points(tracker, domain).items():
        _, level, is_old, use = next(p for p in reversed(points) if p[0] <= text or p is points[0])
        css = "none" if level is None else f"l{level}{' old' * is_old}"
        rests = (_STATEMENTS, _POWER, _USED)[use] if use or not is_old else _OLD
        said = _NONE if level is None else f"{labels[level]}, {rests}"
        found[code] = State(css + " used" * (use == 2), f"{tracker.names[code]}: {said}")
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
    title = f"Map: {tracker.codebook.domain_label(domain)}, {words.day(day)}"
    inside = _style() + _inside(tracker, day, domain, where, link)
    size = {"viewBox": f"0 0 {WIDTH} {drawing(tracker, where).height}"}
    return tag("svg", inside, **{"class": f"map {where}"}, **size, role="group", aria_label=title)


def _bodies(tracker: Tracker) -> dict[str, str]:
    """Return the names of those who are no states, by code."""
    table = _table(tracker)
    of_bodies = table[~table["is_state"]]
    return dict(zip(of_bodies.index, of_bodies["short_name"], strict=True))


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
    views = "".join(
        tag(
            "a",
            view.label,
            href=link(view=code),
            data_here="true",
            aria_current="true" if code == where else None,
        )
        for code, view in VIEWS.items()
    )
    squares = "".join(
        tag(
            "a",
            tag("i", " ", data_actor=code, **{"class": f"sq {of[code].css}"}) + escape(name),
            href=link("actor", actor=(code,)),
            aria_label=of[code].said,
        )
        for code, name in _bodies(tracker).items()
    )
    kinds = words.joined([f"{book.kinds[code].label}s" for code in book.position_kinds[1:]], "and")
    months = {
        n: 12 * d.year + d.month - 1 for n, d in (("min", first), ("max", last), ("value", shown))
    }
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
    of, high, book = states(tracker, day, domain), drawing(tracker, where).height, tracker.codebook
    x, y = VIEWS[where].bodies
    bodies = ""
    for n, (code, name) in enumerate(_bodies(tracker).items()):
        down, css = y + 48 * n, {"class": f"area {of[code].css}"}
        bodies += tag("rect", x=x, y=down, width=26, height=26, rx=6, **css)
        place = {"x": x + 40, "y": down + 21, "font_size": 26, "class": "body"}
        bodies += tag("text", escape(name), **place)
    whole = {"width": WIDTH, "height": high, "rx": 12}
    sea = tag("rect", **whole, **{"class": "sea"})
    clip = tag("clipPath", tag("rect", **whole), id="sheet")
    inside = _style(mode) + clip + sea + _inside(tracker, day, domain, where, None) + bodies
    drawn = tag("g", inside, clip_path="url(#sheet)", **{"class": "map"})
    keys = [
        Key(f"{_USED} on {book.subject}"),
        Key(_OLD, "stripes", "m2"),
        Key(_NONE, "square", "none"),
    ]
    title, labels = stance.map_headline(tracker, day, domain), book.scale.labels
    field = f"{book.domain_label(domain)}, {words.day(day)}"
    return svg.sheet_around(drawn, WIDTH, high, title, field, source, mode, labels, keys)
