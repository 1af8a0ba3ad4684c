"""Many actors compared: how far apart each two of a group are, and who is nearest to one."""

import pandas as pd

from stances import escapes
from stances.answers.nearest import omission_note, too_little
from stances.answers.neighbours import distances, group_of, nearest, nearest_texts
from stances.answers.rows import named_rows
from stances.charts.distances import distances_chart, pairs_of
from stances.dataset.names import slug
from stances.links.view import View
from stances.model.distance import Distances
from stances.pages.block import (
    Blocks,
    ChartBlock,
    HeadlineBlock,
    TableBlock,
    TextBlock,
    file_of,
    in_order,
    quote_link,
    space,
    within,
)
from stances.pages.chart import chart_blocks, period_blocks, period_of
from stances.tables.compare import nearest_table, pairs_table
from stances.tables.table import place_of

_WIDE = 40  # from so many actors on a matrix needs the whole width
# A matrix beside who is nearest; below one that is as wide as the page its pairs stand there.
_NEAR, _HALVES = "columns near", "columns halves"


def blocks(view: View) -> Blocks:
    """Yield the blocks of the page; in a frame what it finds, and the matrix."""
    if not view.embedded:
        yield space("controls", "field")
    yield from period_blocks(view)
    tracker, actor, period = view.tracker, view["first"], period_of(view)
    headline, subtitle = nearest_texts(tracker, actor, view["group"], view.domain, period)
    yield HeadlineBlock(headline, (subtitle, *tracker.basis_note), copied=quote_link(view))
    apart = distances(tracker, _members(view), period)
    if view.embedded:
        yield from _matrix(view, apart)
    elif len(apart.actors) > _WIDE:
        yield from _matrix(view, apart)
        yield from within(_HALVES, 1, _pairs(view, apart))
        yield from within(_HALVES, 2, _nearest(view))
    else:
        yield from within(_NEAR, 1, _matrix(view, apart))
        yield from within(_NEAR, 2, _nearest(view))
        yield from _pairs(view, apart)


def _members(view: View) -> tuple[str, ...]:
    return group_of(view.tracker, view["group"], period_of(view)[1])


def _matrix(view: View, result: Distances) -> Blocks:
    block = ChartBlock(distances_chart(view.tracker, result, view.mode), live="matrix")
    has_table = bool(len(result.actors)) and not view.embedded
    yield from chart_blocks(view, block, "distances", has_table)
    names = view.tracker.sentence_names
    lost = [names[actor] for actor in _members(view) if actor not in result.actors]
    if lost:
        yield TextBlock(text=(omission_note(lost),))


def _nearest(view: View) -> Blocks:
    """Yield the others by their distance, now and a year before; apart, who shares too little."""
    name = view.tracker.sentence_names[view["first"]]
    table = nearest(view.tracker, view["first"], _members(view), period_of(view)[1])
    apart = table[~table["enough"]]
    yield TextBlock(heading=f"Nearest to {name}", kind="actor")
    block = TableBlock(
        nearest_table(view.tracker, name, place_of(view, "actor")),
        named_rows(table[table["enough"]]),
        place_of(view),
        number=view["page"],
        file=file_of(view, "nearest", view["first"]),
    )
    yield in_order(view, block)
    if not apart.empty:
        yield TextBlock(_too_little(view, apart, name))


def _too_little(view: View, table: pd.DataFrame, name: str) -> str:
    names = [view.tracker.names[code] for code in table["actor"]]
    domains = list(zip(names, table["domains"], strict=True))
    text, lines = too_little(view.tracker.codebook, name, domains)
    items = "".join(f"<li>{escapes.html(line)}</li>" for line in lines)
    return (
        f'<details class="too-little"><summary>{escapes.html(text)}</summary>'
        f'<ul class="silent">{items}</ul></details>'
    )


def _pairs(view: View, result: Distances) -> Blocks:
    """Yield the matrix as a table, of which a row opens the two side by side."""
    yield TextBlock(heading="Every pair", kind="actor")
    block = TableBlock(
        pairs_table(view.tracker, result, place_of(view)),
        named_rows(pairs_of(result)),
        place_of(view),
        number=view["page"],
        file=file_of(view, "distances", slug(view["group"]), str(view["from"])),
    )
    yield in_order(view, block)
