"""A map of the first page, and what stands under it."""

from dataclasses import replace

from stances import words
from stances.answers.standing import Standing, standings
from stances.figures.map import VIEWS
from stances.figures.theme import BOTH
from stances.filters.map import day_beside
from stances.links.view import View
from stances.markup.legend import legend_html
from stances.markup.two_days import key_events_html, two_days_link
from stances.pages.block import Blocks, FilesBlock, TextBlock
from stances.pictures.address import links_html
from stances.pictures.map import map_alone
from stances.pictures.request import PictureRequest

# The shape that the map has on the page, in px of its texts; that of the whole world is as much
# lower as its land is, on a page that has no other map and no height of its own (`style.css`).
_WIDE, _HIGH, _WHOLE_HIGH = 640, 427, 320


def map_html(view: View, drawn: View, *, choice: bool = True) -> str:
    """Return the map of a view that is drawn on the page of another, each country of which leads to
    its panel there. `choice`: whether that of the part of the world stands on it.
    """
    rows = standings(drawn.tracker, drawn.day, drawn.domain)
    is_low = VIEWS[view["view"]].whole and not view.embedded and not day_beside(view)
    request = PictureRequest(replace(drawn, mode=BOTH.mode))
    canvas = map_alone(request, _WIDE, _WHOLE_HIGH if is_low else _HIGH)
    canvas.link_actors({row.actor: _to_panel(view, row) for row in rows})
    here = view["view"]
    links = "".join(
        view.link("", entry.label, ' aria-current="true"' if name == here else "", view=name)
        for name, entry in VIEWS.items()
    )
    parts = f'<p class="choice">{links}</p>' if choice and not view.embedded else ""
    return f'<div class="map">{parts}<div data-live>{canvas.markup()}</div></div>'


def _to_panel(view: View, row: Standing) -> tuple[str, str]:
    """Return where a country of the map leads, and what that is called."""
    stance = words.label(view.tracker.codebook, row.stance)
    return f"{view.address('', actor=row.actor, **view.of_frame)}#country", f"{row.name}: {stance}"


def under_map(view: View) -> Blocks:
    """Yield what stands under the map: legend, picture, and the ways to two maps."""
    yield TextBlock(legend_html(view.tracker))
    if not view.embedded:
        links = links_html("map", view)
        events = "" if day_beside(view) else key_events_html(view)
        yield FilesBlock(f"<p>{links}{two_days_link(view)}</p>{events}")
