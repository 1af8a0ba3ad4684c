"""The codebook, the formula in words, and an event worked out."""

from dataclasses import replace
from typing import Any

from stances import escapes
from stances.answers.example import counting_with, default_example, event_option
from stances.answers.position_sum import sum_words, summed_example
from stances.answers.rows import named_rows
from stances.charts.position_sum import summed_chart
from stances.links.register import ACTOR
from stances.links.view import View
from stances.markup.codebook import EXAMPLE, NO_EVENTS, example_parts, method_parts
from stances.markup.links import page_link, view_of
from stances.markup.offers import field
from stances.pages.block import Blocks, ChartBlock, FilesBlock, TableBlock, TextBlock, texts, within
from stances.pictures.address import links_html
from stances.tables.codebook import codebook_tables, counting_rows, counting_table
from stances.tables.table import dateless_place, place_of

_BESIDE = "columns"


def blocks(view: View) -> Blocks:
    """Yield the blocks of the section."""
    tracker = view.tracker
    yield from _sum_blocks(view)
    yield from within(_BESIDE, 1, texts(method_parts(tracker)))
    for table, rows in codebook_tables(tracker.codebook):
        yield TableBlock(table, rows, dateless_place(view), group=_BESIDE, column=1)
    yield from within(_BESIDE, 2, _example(view))


def _example(view: View) -> Blocks:
    """Yield one event with what it counts, and how."""
    tracker = view.tracker
    yield TextBlock(heading=EXAMPLE, kind="part")
    if tracker.data.events.empty:
        yield TextBlock(text=(NO_EVENTS,), css="")
        return
    row = example_of(view)
    # What they say stands below them, so they are only there for their room.
    facts = {"Actor": tracker.names[row.actor], "Event": event_option(row)}
    fields = "".join(
        f'<div class="ahead" aria-hidden="true">{field(name, escapes.html(text))}</div>'
        for name, text in facts.items()
    )
    yield TextBlock(fields, live="example")
    yield from texts(example_parts(tracker, row, view.day))
    explained = counting_with(tracker, row, view.day)
    if explained is not None:
        yield TableBlock(
            counting_table(tracker),
            counting_rows(explained),
            replace(place_of(view), origin=""),
            opened=row.event_id,
        )


def _sum_blocks(view: View) -> Blocks:
    """Yield one stance as a sum, with a link to its actor; nothing: none is of few events."""
    tracker = view.tracker
    whole = summed_example(tracker, view.day)
    if whole is None:
        return
    chart = summed_chart(tracker, whole, view.day, view.mode)
    yield TextBlock(
        heading=chart.title, kind="part", text=(sum_words(tracker, whole), chart.subtitle)
    )
    yield ChartBlock(chart, live="sum", framed=False, opens="example")
    its = {"actor": whole.actor, **view_of(tracker, view.day, whole.domain)}
    of_actor = replace(view.but(actor=whole.actor, domain=whole.domain), page=ACTOR)
    yield FilesBlock(f"<p>{links_html('made', of_actor)}</p>")
    yield TextBlock(f"<p>{page_link(tracker, ACTOR, its, 'Full record')}</p>")


def example_of(view: View) -> Any:
    """Return the event that is worked out: the one of the address, or one that shows most."""
    tracker, events = view.tracker, view.tracker.data.events
    chosen = view["example"] or default_example(tracker.model, events, view.day)
    [row] = named_rows(events[events["event_id"] == chosen])
    return row
