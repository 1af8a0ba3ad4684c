"""The Map page: what leads, the cards, the map, and what stands beside and below it."""

from __future__ import annotations

from stances import escapes, words
from stances.answers.standing import Standing, by_stance, standings
from stances.figures.map import VIEWS
from stances.figures.theme import BOTH
from stances.links.view import View
from stances.markup.cards import card_html, card_name
from stances.markup.headline import lead_html
from stances.markup.legend import legend_html
from stances.markup.panel import chosen_html, unchosen_html
from stances.markup.ways import ways
from stances.pictures.address import links_html
from stances.pictures.asked import AskedPicture
from stances.pictures.map import map_alone
from stances.render.style import MODE
from stances.tables.stances import stances_rows_html
from stances.tables.table import place_of

# The shape that the map has on the page, in px of its texts.
_WIDE, _HIGH = 640, 427


def map_html(view: View) -> str:
    """The whole page."""
    lead = lead_html(view.tracker, view.day, view.domain, view.values["view"])
    rows = standings(view.tracker, view.day, view.domain)
    if view.embedded:
        return f'<div class="lead">{lead}</div>{_map(view, rows)}'
    return (
        f'<div class="lead">{lead}{_ways(view)}</div>{_cards(view)}'
        f'<div class="beside"><div>{_map(view, rows)}</div><div>{_panel(view, rows)}</div></div>'
        f'<div class="below">{_table(view, rows)}</div>'
    )


def _ways(view: View) -> str:
    """The ways on from what leads."""
    links = (view.link(page, words, **more) for page, words, more in ways(view.tracker, view.day))
    return f'<p class="ways">{" ".join(links)}</p>'


def _cards(view: View) -> str:
    items = "".join(
        f'<li class="card">{view.link("", card_name(view.tracker, code), _NAME, actor=code)}'
        f"{card_html(view.tracker, code, view.day, view.domain, MODE)}</li>"
        for code in view.tracker.data.about.featured
    )
    return f'<ul class="cards">{items}</ul>' if items else ""


_NAME = ' class="card-name"'


def _map(view: View, rows: tuple[Standing, ...]) -> str:
    drawn = map_alone(AskedPicture(view, BOTH), _WIDE, _HIGH)
    drawn.link_actors({row.actor: _to_panel(view, row) for row in rows})
    here = view.values["view"]
    links = "".join(
        view.link("", each.label, ' aria-current="true"' if name == here else "", view=name)
        for name, each in VIEWS.items()
    )
    parts = "" if view.embedded else f'<p class="choice">{links}</p>'
    touched = f"<div data-live>{drawn.markup()}</div>"
    taken = "" if view.embedded else f"<p>{links_html('map', view.texts_of_page, MODE)}</p>"
    return f'<div class="map">{parts}{touched}</div>{legend_html(view.tracker, MODE)}{taken}'


def _to_panel(view: View, row: Standing) -> tuple[str, str]:
    """Where a country of the map leads, and what that is called."""
    own = {"embed": "true"} if view.embedded else {}
    stance = words.label(view.tracker.codebook, row.stance)
    return f"{view.address('', actor=row.actor, **own)}#country", f"{row.name}: {stance}"


def _panel(view: View, rows: tuple[Standing, ...]) -> str:
    """The chosen actor or group; without one what happened last, or who stands where."""
    tracker, chosen = view.tracker, view.values["actor"]
    if chosen is None:
        told = unchosen_html(tracker, view.values["beside"], rows, view.day, view.domain, MODE)
        return f'<div class="panel" id="country">{told}</div>'
    name = escapes.html(tracker.names[chosen])
    more = ("members", {"group": chosen}) if chosen in tracker.groups else ("actor", {})
    told = chosen_html(tracker, chosen, rows, view.day, view.domain, MODE)
    return (
        f'<div class="panel" id="country"><h2 class="actor">{name}</h2>'
        f"<p>{view.link(more[0], 'Full record', **more[1])}</p>{told}</div>"
    )


def _table(view: View, rows: tuple[Standing, ...]) -> str:
    """The map as a table, as it stands under the map."""
    order, number, opened = (view.values[name] for name in ("sort", "page", "actor"))
    return stances_rows_html(by_stance(rows), order, number, place_of(view), opened, MODE)
