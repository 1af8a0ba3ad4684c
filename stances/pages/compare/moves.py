"""The moves between two days by what was done: the chart, its causes, the table, time apart."""

from collections.abc import Sequence

from stances import words
from stances.answers.happened import (
    MOST_MOVED,
    MOVE_ORDERS,
    Move,
    actions_among,
    binding_events,
    largest_moves,
)
from stances.answers.ledger import Span
from stances.charts.moves import moves_chart
from stances.dataset.codebook import OVERALL
from stances.dataset.names import slug
from stances.links.parameters import PARAMETERS
from stances.links.view import View
from stances.markup.moves import apart_html, causes_html
from stances.pages.block import (
    Blocks,
    ChartBlock,
    TableBlock,
    TableFile,
    TextBlock,
    file_of,
    in_order,
    within,
)
from stances.pages.chart import chart_blocks
from stances.tables.compare import moves_table
from stances.tables.table import place_of

_BESIDE = "columns moves"


def moves_blocks(view: View, span: Span, moves: list[Move]) -> Blocks:
    """Yield who moved, most by actions first, and what made one move; in a frame the chart."""
    tracker, opened = view.tracker, opened_move(view, moves)
    marked = None if view.embedded else opened.actor
    chart = moves_chart(tracker, moves, span, view.mode, marked)
    block = ChartBlock(chart, live="dumbbell", opens="actor")
    drawn = chart_blocks(view, block, "moves", not view.embedded)
    if view.embedded:
        yield from drawn
        return
    yield TextBlock(heading=chart.title, text=(chart.subtitle,))
    apart = TextBlock(apart_html(tracker.codebook, moves))
    yield from within(_BESIDE, 1, (*drawn, apart))
    actions = [act for act in actions_among(tracker, span) if act.actor == opened.actor]
    causes = causes_html(tracker, opened, actions, (span.then, span.now))
    yield TextBlock(causes, live="causes", group=_BESIDE, column=2)
    yield in_order(view, moves_block(view, span, moves, opened, _file(view, span)))


def moves_block(
    view: View, span: Span, moves: Sequence[Move], opened: Move, file: TableFile
) -> TableBlock:
    """Return moves as a table, the one that is opened marked."""
    return TableBlock(
        moves_table(view.tracker, span),
        moves,
        place_of(view),
        number=view["page"],
        text=words.within(MOVE_ORDERS[MOST_MOVED]),
        opened=opened.actor,
        file=file,
    )


def _file(view: View, span: Span) -> TableFile:
    domain = "" if span.domain == OVERALL else span.domain
    narrowed = filter(None, [slug(span.group), *map(slug, span.actors), domain])
    return file_of(view, "moves", str(span.then), *narrowed, noun="position")


def opened_move(view: View, moves: list[Move]) -> Move:
    """Return the move that is opened: of the actor chosen, or that actions moved most."""
    chosen = {view["actor"]}
    # Links of before name the first of two actors, which is never without a value.
    if view["first"] != PARAMETERS["first"].default(view.tracker):
        chosen.add(view["first"])
    of_chosen = [move for move in moves if move.actor in chosen]
    return [*of_chosen, *largest_moves(moves, binding_events(view.tracker)), *moves][0]
