"""The map of a day: what leads, the cards, the map, and what stands beside and below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from stances import escapes, words
from stances.answers.standing import Standing, by_stance, standings
from stances.answers.tracker import Tracker
from stances.figures.map import VIEWS
from stances.figures.theme import BOTH
from stances.filters.map import lead_on
from stances.links.view import View
from stances.markup.cards import card_html, card_name
from stances.markup.legend import legend_html
from stances.markup.onward import onward_html
from stances.markup.panel import chosen_html, unchosen_html
from stances.pages.block import (
    Block,
    Blocks,
    FilesBlock,
    HeadlineBlock,
    TableBlock,
    TextBlock,
    quote_link,
)
from stances.pictures.address import links_html
from stances.pictures.map import map_alone
from stances.pictures.request import PictureRequest
from stances.tables.stances import in_order, stances_table
from stances.tables.table import place_of

# The shape that the map has on the page, in px of its texts.
_WIDE, _HIGH = 640, 427


class AroundMap(NamedTuple):
    """The parts around the map: what leads, the links on from it as markup, what each card has."""

    lead: HeadlineBlock
    ways: str
    cards: tuple[str, ...]


def blocks(view: View, mode: str) -> Blocks:
    """Yield the blocks of the page. The dashboard, which sends the map first, draws the same parts
    of it in the order of its own.
    """
    rows = standings(view.tracker, view.day, view.domain)
    if view.embedded:
        lead = lead_of(view.tracker, view.day, view.domain, view["view"])
        yield from _within("lead", 1, lead)
        yield TextBlock(_map_html(view, rows))
        yield from under_map(view, mode)
        return
    around = around_view(view, mode)
    yield from _within("lead", 1, around.lead, TextBlock(around.ways))
    yield TextBlock(_cards_html(view, around.cards))
    yield from _within("beside", 1, TextBlock(_map_html(view, rows)), *under_map(view, mode))
    yield from _within("beside", 2, TextBlock(_panel_html(view, rows, mode)))
    yield from _within("below", 1, below(view, rows, mode))


def _within(group: str, column: int, *blocks: Block) -> Blocks:
    """Yield blocks in a column of a group."""
    for block in blocks:
        yield replace(block, group=group, column=column)


def lead_of(tracker: Tracker, day: date, domain: str, view: str) -> HeadlineBlock:
    """Return what a view of the map finds."""
    headline, subtitle = lead_on(tracker, day, domain, view)
    return HeadlineBlock(headline, (subtitle, *tracker.basis_note))


def around_view(view: View, mode: str) -> AroundMap:
    """Return what stands around the map of a view."""
    around = view.tracker.remember(around_map, view.day, view.domain, view["view"], mode)
    return around._replace(lead=replace(around.lead, copied=quote_link(view)))


def around_map(tracker: Tracker, day: date, domain: str, view: str, mode: str) -> AroundMap:
    """Return what stands around the map of a day; for `Tracker.remember`."""
    featured = tracker.data.about.featured
    return AroundMap(
        lead_of(tracker, day, domain, view),
        onward_html(tracker, day, domain),
        tuple(card_html(tracker, code, day, domain, mode) for code in featured),
    )


def _cards_html(view: View, cards: Sequence[str]) -> str:
    items = "".join(
        f'<li class="card">{view.link("", card_name(view.tracker, code), _NAME, actor=code)}'
        f"{card}</li>"
        for code, card in zip(view.tracker.data.about.featured, cards, strict=True)
    )
    return f'<ul class="cards">{items}</ul>' if items else ""


_NAME = ' class="card-name"'


def _map_html(view: View, rows: Sequence[Standing]) -> str:
    """Return the map, each country of which leads to its panel, under the choice of its view."""
    drawn = map_alone(PictureRequest(view, BOTH), _WIDE, _HIGH)
    drawn.link_actors({row.actor: _to_panel(view, row) for row in rows})
    here = view["view"]
    links = "".join(
        view.link("", each.label, ' aria-current="true"' if name == here else "", view=name)
        for name, each in VIEWS.items()
    )
    parts = "" if view.embedded else f'<p class="choice">{links}</p>'
    return f'<div class="map">{parts}<div data-live>{drawn.markup()}</div></div>'


def _to_panel(view: View, row: Standing) -> tuple[str, str]:
    """Return where a country of the map leads, and what that is called."""
    own = {"embed": "true"} if view.embedded else {}
    stance = words.label(view.tracker.codebook, row.stance)
    return f"{view.address('', actor=row.actor, **own)}#country", f"{row.name}: {stance}"


def under_map(view: View, mode: str) -> Blocks:
    """Yield what stands under the map: its legend, apart from what a step of the date sends, and
    its picture.
    """
    yield TextBlock(legend_html(view.tracker, mode))
    if not view.embedded:
        yield FilesBlock(f"<p>{links_html('map', view.texts_of_page, mode)}</p>")


def _panel_html(view: View, rows: Sequence[Standing], mode: str) -> str:
    """Return what stands beside the map, of an actor under its name and a link to all there is of
    it.
    """
    html = panel_html(view, rows, mode)
    if view["actor"] is not None:
        page, more = full_record(view)
        link = view.link(page, "Full record", **more)
        html = f"{name_html(view)}<p>{link}</p>{html}"
    return f'<div class="panel" id="country">{html}</div>'


def name_html(view: View) -> str:
    """Return the name of the chosen actor or group."""
    return f'<h2 class="actor">{escapes.html(view.tracker.names[view["actor"]])}</h2>'


def full_record(view: View) -> tuple[str, dict[str, str]]:
    """Return the page with all there is of the chosen actor, and what is to be said there; of a
    group, of its members.
    """
    chosen = view["actor"]
    return ("members", {"group": chosen}) if chosen in view.tracker.groups else ("actor", {})


def panel_html(view: View, rows: Sequence[Standing], mode: str) -> str:
    """Return the chosen actor or group; without one, what happened last, or who stands where."""
    tracker, chosen = view.tracker, view["actor"]
    if chosen is None:
        return unchosen_html(tracker, view["beside"], rows, view.day, view.domain, mode)
    return chosen_html(tracker, chosen, rows, view.day, view.domain, mode)


def below(view: View, rows: Sequence[Standing], mode: str) -> TableBlock:
    """Return the map as a table, the most restrictive first and those without a position last
    unless another order is asked for.
    """
    return TableBlock(
        stances_table(mode),
        in_order(by_stance(rows), view["sort"]),
        place_of(view),
        number=view["page"],
        order=("sort", view["sort"]),
        opened=view["actor"],
    )
