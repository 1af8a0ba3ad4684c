"""Every picture: what it shows of which page, and how it is drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from stances.charts.actor import history_of, timeline_of
from stances.charts.chart import ChartOf
from stances.charts.data import coverage_of_view, has_settings, sensitivity_of_view
from stances.charts.deadlines import calendar_of, deadlines_of
from stances.charts.distances import distances_of_view
from stances.charts.domains import fields_of_view
from stances.charts.moves import moves_of_view
from stances.charts.pair import domains_of_view, gap_of, lines_of
from stances.charts.position_sum import summed_of
from stances.charts.trends import picture_of_trends
from stances.charts.years import years_of_view
from stances.links.register import ACTOR, OF_RELEASE, PAGE_PARAMETERS, PICTURE_PLACES
from stances.links.view import View
from stances.pictures.actor import draw_actor
from stances.pictures.canvas import Canvas
from stances.pictures.charts import draw_chart
from stances.pictures.members import draw_members
from stances.pictures.png import png
from stances.pictures.request import PictureRequest
from stances.pictures.two_days import draw_maps

PNG, SVG = "png", "svg"
FORMATS = (PNG, SVG)
# As which a picture is quoted: what it shows, in words.
QUOTE = "txt"


def _always(_: Mapping[str, Any]) -> bool:
    """Say that there may be something to draw."""
    return True


@dataclass(frozen=True)
class Picture:
    """A picture. `name`: as addresses have it; `text`: what it shows; `shows`: the parameters of
    its page that change it; `of_actor`: there is one of each actor, whose code stands in its path;
    `as_needed`: it is as high as what it shows, unless a height is asked for; `label`: of its
    links, and `slide`: of the one to it as a slide, where the page has another picture of nearly
    the same; `has_any`: says of the values of a view whether there may be something to draw, so
    that no preview has a picture that only says that there is nothing.
    """

    name: str
    text: str
    draw: Callable[[PictureRequest], Canvas]
    shows: tuple[str, ...]
    of_actor: bool = False
    as_needed: bool = False
    label: str = "Picture"
    slide: str = "slide"
    has_any: Callable[[Mapping[str, Any]], bool] = _always

    @property
    def page(self) -> str:
        """Return the page whose view it is, as the register has it."""
        return PICTURE_PLACES[self.name][0]

    @property
    def part(self) -> str:
        """Return the part of the page, as its address names it, that shows the same; empty: all."""
        return PICTURE_PLACES[self.name][1]

    @property
    def parameters(self) -> tuple[str, ...]:
        """Return all that the address of the picture takes, as links to its page do."""
        names = PAGE_PARAMETERS[self.page]
        return tuple(name for name in names if name != ACTOR) if self.of_actor else names

    @property
    def earlier(self) -> dict[str, str]:
        """Return the parameters that the page alone calls so, each with its name elsewhere."""
        return {name: ACTOR for name in _OF_PAGES if name in self.parameters}

    @property
    def options(self) -> tuple[str, ...]:
        """Return what a command takes, under either name, beside what all commands do."""
        names = dict.fromkeys((*self.shows, *self.earlier.values()))
        return tuple(name for name in names if name not in OF_RELEASE)

    def view_at_part(self, view: View) -> View:
        """Return a view of its page at the part that it shows, whose address leads there."""
        return view.but(**{_PARTS[self.page]: self.part}) if self.part else view


# By which parameter a page is told which of its parts it shows.
_PARTS = {"compare": "compare", "data": "section"}
# Whose lines or acts a page shows, in its links.
_OF_PAGES = ("actors", "who")
_PAIR = ("first", "second")
_OF_ACTS = ("q", "who", "status", "deadline", "scope", "aim", "applied", "due_from", "due_to")
_GROUP_YEARS = ("group", "years_from", "practice")
_SHARED = ("as_of", "domain", "settings", "basis", *OF_RELEASE)


def _chart(name: str, text: str, chart_of: ChartOf, *shows: str) -> Picture:
    """Return the picture of a chart."""
    return Picture(name, text, partial(draw_chart, chart_of), (*_SHARED, *shows), as_needed=True)


# Addresses have their names: pictures are only ever added. Where each stands is in the register.
_DRAWINGS = (
    Picture("map", "The map of a day, or of two", draw_maps, (*_SHARED, "view", "actor", "before")),
    _chart("trends", "Positions over time", picture_of_trends, "actors", "from", "layout"),
    Picture(
        "members",
        "What binds the members of a group",
        draw_members,
        (*_SHARED, "group", "order", "practice"),
    ),
    replace(
        _chart("deadlines", "The deadlines of rules, ahead and passed", deadlines_of, *_OF_ACTS),
        as_needed=False,
        label="Picture of all deadlines, ahead and passed",
        slide="slide: all dates",
    ),
    replace(
        _chart(
            "calendar", "Deadlines of the next two years, month by month", calendar_of, *_OF_ACTS
        ),
        label="Picture of the next two years alone",
        slide="slide: next two years",
    ),
    Picture(
        ACTOR,
        "Where a country or body stands, and what binds it",
        draw_actor,
        _SHARED,
        of_actor=True,
    ),
    _chart("history", "The level of the rules of a country or body", history_of, ACTOR),
    _chart("made", "How the label of a country or body is made", summed_of, ACTOR),
    _chart("timeline", "All events of a country or body", timeline_of, ACTOR),
    _chart("pair", "Two countries or bodies over time", lines_of, *_PAIR, "from"),
    _chart("gap", "The gap between two countries or bodies", gap_of, *_PAIR, "from"),
    _chart("domains", "Two countries or bodies by field", domains_of_view, *_PAIR),
    _chart("fields", "Positions by field", fields_of_view, "group"),
    _chart("moves", "Who moved", moves_of_view, "then", "among", "only"),
    _chart("years", "A group through the years", years_of_view, *_GROUP_YEARS),
    _chart("distances", "How far apart", distances_of_view, "group", "from"),
    _chart("coverage", "Events by actor and year", coverage_of_view, "measure"),
    replace(
        _chart("sensitivity", "What settings change", sensitivity_of_view), has_any=has_settings
    ),
)
PICTURES = {picture.name: picture for picture in _DRAWINGS}


def pictures_of(page: str, values: Mapping[str, Any]) -> dict[str, Picture]:
    """Return the pictures of a page's settings by their names, as the register orders them."""
    here = values.get(_PARTS[page]) if page in _PARTS else None
    return {
        name: PICTURES[name]
        for name, (of_page, part) in PICTURE_PLACES.items()
        if of_page == page and part in ("", here)
    }


def path_of(name: str, actor: str) -> str:
    """Return the path of a picture in the folder of all, without its format."""
    return f"actors/{actor}" if PICTURES[name].of_actor else name


def picture_bytes(picture: Picture, request: PictureRequest, wide: int, form: str) -> bytes:
    """Return the bytes of a picture so many px wide, in one of FORMATS."""
    svg = picture.draw(request).svg(wide)
    return png(svg, wide) if form == PNG else svg
