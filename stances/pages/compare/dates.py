"""The page of two days: who acted, who said what, and whom that moved."""

from stances import escapes
from stances.answers.events import bodies_beside
from stances.answers.happened import Move, happened_subtitle, moves_among, what_happened
from stances.answers.ledger import Span, ledger, ledger_finding, ledger_subtitle
from stances.dataset.days import ONE_DAY
from stances.filters.compare import span_of
from stances.links.view import View
from stances.links.watch import letter_links, letters_html, watch_query
from stances.markup.blocks import paragraph_html
from stances.markup.ledger import further_html, ledger_html
from stances.markup.notices import notice_html
from stances.pages.block import Blocks, HeadlineBlock, TextBlock, quote_link, space
from stances.pages.compare.moves import moves_blocks

# Rows before more are asked for, and so many more at each time.
ROWS, MORE = 8, 40


def blocks(view: View) -> Blocks:
    """Yield the blocks of the page; in a frame what it finds, and the chart."""
    tracker = view.tracker
    if not view.embedded:
        yield space("controls", "field", "chips")
    span, wrong = span_of(view)
    if wrong:
        yield TextBlock(notice_html(wrong))
    said = what_happened(tracker, span)
    subtitle = happened_subtitle(tracker, span)
    beside = bodies_beside(tracker.short_names, span.group) if span.group else ""
    lines = (subtitle, *filter(None, [beside]), *tracker.basis_note)
    yield HeadlineBlock(said.headline, lines, copied=quote_link(view))
    moves: list[Move] = moves_among(tracker, span)
    if not view.embedded:
        if further := further_html(tracker, said):
            yield TextBlock(further)
        yield TextBlock(_letter_links(view, span))
        if moves:
            yield from _ledger(view, span)
    if moves:
        yield from moves_blocks(view, span, moves)


def _letter_links(view: View, span: Span) -> str:
    """Return the ways to the letter of the period, and to those of the past months."""
    query = watch_query(view.published, view.page, view.values)
    period = letter_links("this period", query, span.then + ONE_DAY, span.now)
    months = letters_html(query, view.published.data)
    return f'<p class="small">With deadlines and corrections, as a letter: {period}; {months}</p>'


def _ledger(view: View, span: Span) -> Blocks:
    """Acts and statements one by one: the first ones, and more of them folded away."""
    tracker = view.tracker
    actions = ledger(tracker, span, view["ledger"])
    finding = escapes.html(ledger_finding(actions, span.only, tracker.model.basis))
    yield TextBlock(f'<h2 class="finding actions">{finding}</h2>', live="actions-head")
    if not actions:
        return
    yield TextBlock(ledger_html(tracker, actions[:ROWS]))
    subtitle = paragraph_html(ledger_subtitle(min(ROWS, len(actions)), len(actions)), "small")
    more, further = actions[ROWS : ROWS + MORE], ""
    if more:
        rows = ledger_html(tracker, more)
        further = f"<details><summary>Show {len(more)} more</summary>{rows}</details>"
    yield TextBlock(f'{subtitle}<div class="further-rows">{further}</div>', live="actions-more")
