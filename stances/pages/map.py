"""The map of a day: what leads, the cards, the map, and what stands beside and below it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from stances import escapes
from stances.answers.standing import by_stance, standings
from stances.answers.tracker import Tracker
from stances.answers.two_days import not_before
from stances.filters.map import day_beside, lead_on
from stances.links.parameters import who_name
from stances.links.view import View, query_of
from stances.markup.blocks import TABLE_OF_MAP
from stances.markup.cards import card_html
from stances.markup.links import page_here
from stances.markup.notices import notice_html
from stances.markup.onward import onward_html
from stances.markup.panel import chosen_html, domain_beside, unchosen_html
from stances.pages.block import (
    Blocks,
    HeadlineBlock,
    TableBlock,
    TextBlock,
    in_order,
    quote_link,
    within,
)
from stances.pages.briefs.request import brief_html
from stances.pages.one_map import map_html, under_map
from stances.pages.two_days import two_days_blocks
from stances.tables.stances import stances_table
from stances.tables.table import place_of


class AroundMap(NamedTuple):
    """The parts around the map: what leads, the links on from it as markup, what each card has."""

    lead: HeadlineBlock
    links: str
    cards: tuple[str, ...]


def blocks(view: View) -> Blocks:
    """Yield the page's blocks. The dashboard, map first, draws the same in an order of its own."""
    if then := day_beside(view):
        yield from two_days_blocks(view, then)
        return
    if view["before"] is not None:
        yield TextBlock(notice_html(not_before(view["before"], view.day)))
    if view.embedded:
        lead = lead_of(view.tracker, view.day, view.domain, view["view"])
        yield from within("lead", 1, [lead])
        yield TextBlock(map_html(view, view))
        yield from under_map(view)
        return
    around = around_view(view)
    yield from within("lead", 1, [around.lead, TextBlock(around.links)])
    yield TextBlock(_cards_html(view, around.cards))
    beside = "beside unchosen" if view["actor"] is None else "beside"
    yield from within(beside, 1, [TextBlock(map_html(view, view)), *under_map(view)])
    yield from within(beside, 2, [TextBlock(_panel_html(view))])
    yield from within("below", 1, below(view))


def lead_of(tracker: Tracker, day: date, domain: str, view: str) -> HeadlineBlock:
    """Return what a view of the map finds."""
    headline, subtitle = lead_on(tracker, day, domain, view)
    return HeadlineBlock(headline, (subtitle, *tracker.basis_note))


def around_view(view: View) -> AroundMap:
    """Return what stands around the map of a view, with what copies its finding."""
    around = view.tracker.remember(around_map, view.day, view.domain, view["view"])
    copied = f'<p class="quoted">{quote_link(view)}</p>'
    links = f'{_to_panel_html(view)}<div class="onward">{around.links}{copied}</div>'
    return around._replace(links=links)


def _to_panel_html(view: View) -> str:
    """Return the way to the panel of what is chosen, which a telephone has below its screen."""
    chosen = view["actor"]
    if chosen is None:
        return ""
    text = who_name(view.tracker, chosen)
    if chosen not in view.tracker.groups:
        rows = standings(view.tracker, view.day, view.domain)
        text += f": {next(row.label for row in rows if row.actor == chosen)}"
    return f'<p class="to-panel"><a href="#country">{escapes.html(text)}</a></p>'


def around_map(tracker: Tracker, day: date, domain: str, view: str) -> AroundMap:
    """Return what stands around the map of a day; for `Tracker.remember`."""
    featured = tracker.data.about.featured
    return AroundMap(
        lead_of(tracker, day, domain, view),
        onward_html(tracker, day, domain),
        tuple(card_html(tracker, code, day, domain) for code in featured),
    )


def _cards_html(view: View, cards: Sequence[str]) -> str:
    items = "".join(
        f'<li class="card"><h2>{_card_link(view, code)}</h2>{card}</li>'
        for code, card in zip(view.tracker.data.about.featured, cards, strict=True)
    )
    if not items:
        return ""
    # On a telephone the map comes first: its place is kept while the line still brings it.
    return (
        f'<div class="map-place"></div><ul class="cards" style="--count:{len(cards)}">{items}</ul>'
    )


def _card_link(view: View, code: str) -> str:
    # To its panel, which a telephone has below its screen.
    address = escapes.html(f"{view.address('', actor=code)}#country")
    name = escapes.html(who_name(view.tracker, code))
    return f'<a href="{address}" class="card-name">{name}</a>'


def _panel_html(view: View) -> str:
    """Return what stands beside the map, of an actor under its name and a link to all of it."""
    html = panel_html(view)
    if view["actor"] is not None:
        link = page_here(*full_record(view), "Full record")
        html = f"{name_html(view)}<p>{link}</p>{html}"
    return f'<div class="panel" id="country">{html}</div>'


def name_html(view: View) -> str:
    """Return the name of the chosen actor or group."""
    return f'<h2 class="actor">{escapes.html(view.tracker.names[view["actor"]])}</h2>'


def full_record(view: View) -> tuple[str, dict[str, str]]:
    """Return the page with all there is of the chosen actor, and the parameters of a link to it: in
    the field or fields of the sentence of the panel, so that what that names is there; of a group,
    the page of its members.
    """
    chosen = view["actor"]
    if chosen in view.tracker.groups:
        return "members", view.texts_on("members") | {"group": chosen}
    about = domain_beside(view.tracker, view.domain)
    return "actor", view.but(domain=about).texts_on("actor")


def panel_html(view: View) -> str:
    """Return the chosen actor or group; without one, what happened last, or who stands where."""
    chosen = view["actor"]
    if chosen is None:
        return unchosen_html(view)
    brief = brief_html(view, chosen, chosen in view.tracker.groups)
    return f"<p>{brief}</p>{chosen_html(view)}"


def below(view: View) -> Blocks:
    """Yield the map as a table, the most restrictive first and those without a position last unless
    another order is asked for, behind its address.
    """
    table, place = stances_table(), place_of(view)
    rows = standings(view.tracker, view.day, view.domain)
    block = TableBlock(table, by_stance(rows), place, view["page"], opened=view["actor"])
    yield TextBlock(table_place_html(view))
    # Its heads say the order.
    yield replace(in_order(view, block), text="")


def table_place_html(view: View) -> str:
    """Return the address of the map as a table, by which a script tells the table of one view, and
    of one state of the data, from that of another (`ui/views/map/table.js`).
    """
    version = view.published.data.version
    address = f"{TABLE_OF_MAP}?{query_of(view.texts_of_page)}#{version}"
    return f'<i hidden data-table="{escapes.html(address)}"></i>'
