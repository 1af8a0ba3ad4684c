"""The Map page: what leads, the cards, the map, and what stands beside and below it."""

from __future__ import annotations

from stances import escapes, words
from stances.answers.standing import Standing, by_stance, standings
from stances.answers.tracker import Tracker
from stances.figures.map import VIEWS
from stances.markup.cards import card_html, card_name
from stances.markup.headline import lead_html
from stances.markup.legend import legend_html
from stances.markup.panel import chosen_html, unchosen_html
from stances.markup.swatch import swatch
from stances.markup.table import table_html
from stances.markup.ways import ways
from stances.pictures.map import map_alone
from stances.plain.view import MODE, View

# The shape that the map has on the page, in px of its texts.
_WIDE, _HIGH = 640, 427
_HEAD = ("Actor", "Stance", "Low", "High", "Level since", "Last scored event")


def map_html(view: View) -> str:
    """The whole page."""
    lead = lead_html(view.tracker, view.day, view.domain)
    if view.embedded:
        return f'<div class="lead">{lead}</div>{_map(view)}'
    rows = standings(view.tracker, view.day, view.domain)
    return (
        f'<div class="lead">{lead}{_ways(view)}</div>{_cards(view)}'
        f'<div class="beside"><div>{_map(view)}</div><div>{_panel(view, rows)}</div></div>'
        f'<div class="below">{_table(view.tracker, rows)}</div>'
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


def _map(view: View) -> str:
    drawn = map_alone(view.asked, _WIDE, _HIGH).markup()
    here = view.values["view"]
    links = "".join(
        view.link("", each.label, ' aria-current="true"' if name == here else "", view=name)
        for name, each in VIEWS.items()
    )
    parts = "" if view.embedded else f'<p class="choice">{links}</p>'
    return f'<div class="map">{parts}{drawn}</div>{legend_html(view.tracker, MODE)}'


def _panel(view: View, rows: tuple[Standing, ...]) -> str:
    """The chosen actor or group; without one what happened last, or who stands where."""
    tracker, chosen = view.tracker, view.values["actor"]
    if chosen is None:
        told = unchosen_html(tracker, view.values["beside"], rows, view.day, view.domain, MODE)
        return f'<div class="panel">{told}</div>'
    name = escapes.html(tracker.names[chosen])
    more = ("members", {"group": chosen}) if chosen in tracker.groups else ("actor", {})
    told = chosen_html(tracker, chosen, rows, view.day, view.domain, MODE)
    return (
        f'<div class="panel"><h2 class="actor">{name}</h2>'
        f"<p>{view.link(more[0], 'Full record', **more[1])}</p>{told}</div>"
    )


def _table(tracker: Tracker, rows: tuple[Standing, ...]) -> str:
    """The map as a table, as it stands under the map."""
    lines = [_line(tracker, row) for row in by_stance(rows)]
    return table_html("The stances on the map as a table", _HEAD, lines, numbers=(2, 3))


def _line(tracker: Tracker, row: Standing) -> tuple[str, ...]:
    stance = escapes.html(words.labelled(tracker.codebook, row.stance))
    known = row.stance == row.stance
    band = (words.figure(end, 2) if known else "" for end in (row.low, row.high))
    days = (row.level_since, row.last_event_date)
    return (
        escapes.html(row.name),
        f"{swatch(row.level, MODE, row.fading)}{stance}",
        *band,
        *(words.iso_day(moment) if moment else "" for moment in days),
    )
