"""Two actors compared: their lines, the gap over time, and their domains side by side."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from stances import words
from stances.answers.gaps import Names, gaps_in, pair_texts, shared_fields, why_apart
from stances.answers.parting import (
    LARGEST,
    PARTED,
    further_words,
    moved_words,
    parting_lines,
    partings,
)
from stances.answers.rows import named_rows
from stances.charts.pair import domains_chart, domains_of, gap_over_time, lines_chart, no_pair
from stances.dataset.codebook import OVERALL
from stances.links.parameters import SEPARATOR
from stances.links.view import View
from stances.markup.notices import notice_html
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
from stances.tables.compare import domains_table, months_table, parting_table
from stances.tables.table import place_of

_BESIDE = "columns fields"


def blocks(view: View) -> Blocks:
    """Yield the blocks of the page; in a frame what it finds, and the charts over time."""
    tracker, pair, domain = view.tracker, _pair_of(view), view.domain
    if not view.embedded:
        yield space("controls", "field")
    yield from period_blocks(view)
    if wrong := no_pair(tracker, pair):
        yield TextBlock(notice_html(wrong))
        return
    period = period_of(view)
    headline, subtitle = pair_texts(tracker, pair, domain, period)
    yield HeadlineBlock(headline, (subtitle, *tracker.basis_note), copied=quote_link(view))
    if not view.embedded:
        yield from _not_comparable(view)
        rows = partings(tracker, pair, domain, period)
        if moved := moved_words(tracker, rows, domain):
            yield TextBlock(text=(moved,))
    lines = lines_chart(tracker, pair, domain, period, view.mode)
    yield from chart_blocks(view, ChartBlock(lines, live="trend-pair", zooms=True), "pair")
    gap = gap_over_time(tracker, pair, domain, period, view.mode)
    yield TextBlock(text=(gap.subtitle,))
    yield from chart_blocks(view, ChartBlock(gap, live="trend-gap"), "gap")
    if not view.embedded:
        yield from _parting(view)
        yield from _by_field(view)
        yield from _by_month(view)


def _pair_of(view: View) -> Names:
    """Return the codes of the two."""
    return view["first"], view["second"]


def _lines_html(view: View) -> str:
    """Return the way from the two to their lines and events."""
    one, other = (view.tracker.sentence_names[code] for code in _pair_of(view))
    trends = place_of(view, "trends")
    link = trends.link(f"{one} and {other}", actors=SEPARATOR.join(_pair_of(view)), page=None)
    return f'<p class="small">Over time with all their events: {link}</p>'


def _not_comparable(view: View) -> Blocks:
    """Yield why the two cannot be compared on the day, and links to the fields where they can."""
    tracker, pair, day = view.tracker, _pair_of(view), view.day
    if not (why := why_apart(tracker, pair, view.domain, day)):
        return
    yield TextBlock(text=tuple(why))
    place = place_of(view)
    fields = [
        place.link(tracker.codebook.domain_label(code), domain=code)
        for code in shared_fields(tracker, pair, day)
    ]
    if fields:
        yield TextBlock(f'<p class="small">Where both have a position: {", ".join(fields)}.</p>')
    elif view.domain != OVERALL:
        yield TextBlock(text=("In no field do both have a position.",))


def _parting(view: View) -> Blocks:
    """Yield the events that moved the gap: the largest, others folded, or all in a head's order."""
    tracker, pair, domain = view.tracker, _pair_of(view), view.domain
    period = period_of(view)
    rows = partings(tracker, pair, domain, period)
    yield TextBlock(heading=PARTED, text=parting_lines(tracker, pair, domain, period), kind="actor")
    yield TextBlock(_lines_html(view))
    if not rows:
        return
    since, place = str(view["from"]), place_of(view)
    file = file_of(view, "parting", *pair, domain, since, noun="event")._replace(rows=rows)
    block = in_order(view, TableBlock(parting_table(tracker), rows, place, view["page"], file=file))
    if block.order[1] != block.table.first:
        yield replace(block, table=parting_table(tracker, block.order[1]))
        return
    yield replace(block, rows=rows[:LARGEST], number=0)
    if more := rows[LARGEST:]:
        # Its heads lead to all in an order; the table above has the name that they lead to.
        there = replace(place, part=block.table.part)
        table, folded = replace(block.table, part=""), further_words(len(more))
        yield TableBlock(table, more, there, order=block.order, folded=folded)


def _by_field(view: View) -> Blocks:
    """Each domain as a row of a chart, and the same figures as a table."""
    yield TextBlock(heading=f"By field, {words.day(view.day)}", kind="actor")
    chart = domains_chart(view.tracker, _pair_of(view), view.day, view.mode)
    block = ChartBlock(chart, live="domains", framed=False)
    yield from within(_BESIDE, 1, chart_blocks(view, block, "domains"))
    table = TableBlock(
        domains_table(view.tracker, _pair_of(view), view.day),
        named_rows(domains_of(view.tracker, _pair_of(view), view.day)[0]),
        # Its rows are cited, whichever field the lines are of.
        replace(place_of(view), origin=place_of(view.but(domain=OVERALL)).origin),
        opened=view.domain,
        file=file_of(view, "domains", *_pair_of(view), noun="field"),
        group=_BESIDE,
        column=2,
    )
    yield in_order(view, table)


def _by_month(view: View) -> Blocks:
    """Yield the lines and the gap as a table."""
    pair, since = _pair_of(view), str(view["from"])
    yield TextBlock(heading="Month by month", kind="actor")
    block = TableBlock(
        months_table(view.tracker, pair),
        _months(view),
        place_of(view),
        number=view["page"],
        file=file_of(view, "gap", *pair, view.domain, since, noun="day"),
    )
    yield in_order(view, block)


def _months(view: View) -> list[Any]:
    """Return the two at month ends, on the first and last day and that of the widest gap."""
    tracker = view.tracker
    table, top = gaps_in(tracker, _pair_of(view), view.domain, period_of(view))
    days = table["date"]
    ends = [*np.array(tracker.data.months, "datetime64[s]"), days.iloc[0], days.iloc[-1]]
    if top:
        ends.append(pd.Timestamp(top[0]))
    return named_rows(table[days.isin(ends)].iloc[::-1])
