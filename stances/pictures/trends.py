"""Stances over time as a picture: what the Trends page draws, in one chart or in small ones."""

from __future__ import annotations

from stances import words
from stances.answers.history import line_ends, trend_alt, trend_found, trend_subtitle
from stances.answers.tracker import Tracker
from stances.figures.trend import (
    HEIGHT,
    NAME_PX,
    NOTHING_CHOSEN,
    grid,
)
from stances.pictures.asked import AskedPicture
from stances.pictures.canvas import Canvas
from stances.pictures.frame import Box, in_words
from stances.pictures.lines import Lines, lines_drawn
from stances.pictures.one_chart import SHEET, in_narrow, in_one, in_wide, named
from stances.pictures.panels import PANEL_ON_PAGE, as_on_page, on_sheet, panels_of

# So many are named of those who could be chosen.
_SOME = 3


def draw_trends(asked: AskedPicture) -> Canvas:
    """The lines of chosen actors and groups over a period."""
    drawn, domain = lines_drawn(asked), asked.domain
    ends = line_ends(drawn.series, drawn.names)
    found = trend_found(asked.tracker, drawn.names, ends, domain, drawn.period)
    told = trend_subtitle(asked.tracker.codebook, domain, *drawn.period)
    canvas, box = asked.sheet(found, told)
    if not drawn.names:
        in_words(canvas, box, f"{NOTHING_CHOSEN}, so no line is drawn", _to_choose(asked.tracker))
        return canvas
    _lines_in(canvas, box, asked, drawn)
    return canvas


def _lines_in(canvas: Canvas, box: Box, asked: AskedPicture, drawn: Lines) -> None:
    if asked.view["layout"] == "small":
        panels_of(canvas, list(on_sheet(box, len(drawn.lines))), asked, drawn, SHEET)
    else:
        in_one(canvas, box, asked, drawn, SHEET)


def _to_choose(tracker: Tracker) -> list[str]:
    """How many could be chosen, and some of them."""
    actors, groups = len(tracker.model.actors), len(tracker.groups)
    counted = f"{words.plural(actors, 'actor', start=True)} and {words.plural(groups, 'group')}"
    some = [tracker.names[code] for code in tracker.data.first_actors[:_SOME]]
    return [f"{counted} have one, among them {words.listed(some)}."]


def trends_alone(asked: AskedPicture, drawn: Lines, wide: int, narrow: int) -> str:
    """The same without texts around it, as markup, in the measures that the chart of the page has
    (`stances.figures.trend`) in so much width, and on a telephone if it has another form there.
    """
    told = trend_alt(asked.tracker.codebook, asked.domain, line_ends(drawn.series, drawn.names))
    if drawn.names and asked.view["layout"] == "small":
        panels = grid(len(drawn.names), drawn.period)
        canvas = Canvas(asked.look, told, wide, panels.height)
        panels_of(canvas, list(as_on_page(wide, panels)), asked, drawn, PANEL_ON_PAGE)
        return canvas.markup()
    high = HEIGHT + NAME_PX * named(drawn)
    if not drawn.names:
        canvas = Canvas(asked.look, told, wide, high)
        canvas.text(wide / 2, high / 2, NOTHING_CHOSEN, 15, asked.look.muted, anchor="middle")
        return canvas.markup()
    chart, plot = in_wide(told, wide, high, asked, drawn)
    phone = in_narrow(told, narrow, high, asked, drawn, plot)
    return f"{chart.markup('wide')}{phone.markup('narrow')}"
