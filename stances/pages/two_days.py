"""The maps of two days side by side, what happened between them, and whom that moved."""

from datetime import date

from stances import escapes, words
from stances.answers.happened import actions_among, moves_among
from stances.answers.ledger import Span, ledger, ledger_finding
from stances.answers.two_days import span_of_maps, two_days_lead
from stances.filters.map import part_of
from stances.links.view import View
from stances.markup.ledger import ledger_html
from stances.markup.moves import causes_html
from stances.markup.two_days import first_days_html
from stances.pages.block import Blocks, FilesBlock, HeadlineBlock, TextBlock, file_of, quote_link
from stances.pages.compare.moves import moves_block, opened_move
from stances.pages.one_map import map_html, under_map
from stances.tables.table import place_of

_MAPS, _BELOW = "columns maps", "columns moves"
# So many of what happened are listed, those first that changed most.
_MOST_LISTED = 12


def two_days_blocks(view: View, then: date) -> Blocks:
    """Yield both maps under what they find, with one legend; outside of a frame what happened
    between the two days, what made the move of one actor, and both maps as a table.
    """
    tracker, part = view.tracker, part_of(view.tracker, view["view"])
    span = span_of_maps(then, view.day, view.domain, part)
    headline, subtitle = two_days_lead(tracker, span, part)
    yield HeadlineBlock(headline, (subtitle, *tracker.basis_note), copied=quote_link(view))
    if not view.embedded:
        yield FilesBlock(first_days_html(view), live="first-days")
    for column, (name, day) in enumerate((("map-before", then), ("map", view.day)), 1):
        yield TextBlock(heading=words.day(day), kind="actor", group=_MAPS, column=column)
        drawn = map_html(view, view.but(as_of=day), choice=column == 1)
        yield TextBlock(drawn, live=name, group=_MAPS, column=column)
    yield from under_map(view)
    if not view.embedded:
        yield from _between(view, span)


def _between(view: View, span: Span) -> Blocks:
    tracker, moves = view.tracker, moves_among(view.tracker, span)
    actions = ledger(tracker, span, "effect")
    finding = escapes.html(ledger_finding(actions, span.only, tracker.model.basis))
    yield TextBlock(f'<h2 class="finding">{finding}</h2>', group=_BELOW, column=1)
    whole = place_of(view, "compare").link("All under What changed", then=str(span.then))
    text = "Those first that changed most. " if len(actions) > 1 else ""
    yield TextBlock(ledger_html(tracker, actions[:_MOST_LISTED]), group=_BELOW, column=1)
    yield FilesBlock(f'<p class="small">{text}{whole}</p>', group=_BELOW, column=1)
    if not moves:
        return
    opened = opened_move(view, moves)
    of_actor = [act for act in actions_among(tracker, span) if act.actor == opened.actor]
    causes = causes_html(tracker, opened, of_actor, (span.then, span.now))
    yield TextBlock(f'<div id="country">{causes}</div>', group=_BELOW, column=2)
    file = file_of(view, "moves", str(span.then), span.domain, noun="position")
    yield moves_block(view, span, moves, opened, file)
