"""The codebook, the formula in words, and an event worked out."""

from __future__ import annotations

from collections.abc import Iterator

from stances import escapes
from stances.answers.example import default_example, event_option
from stances.links.view import View
from stances.markup.blocks import heading_html, paragraph_html
from stances.markup.codebook import EXAMPLE, NO_EVENTS, example_parts, method_parts
from stances.markup.table import rows_of
from stances.render.data.columns import columns, field
from stances.render.style import MODE


def codebook_html(view: View) -> str:
    """The whole section."""
    return columns(method_parts(view.tracker, view.day, MODE), _example(view))


def _example(view: View) -> Iterator[str]:
    tracker, events = view.tracker, view.tracker.data.events
    yield heading_html(EXAMPLE)
    if events.empty:
        yield paragraph_html(NO_EVENTS)
        return
    chosen = view.values["example"] or default_example(tracker.model, events, view.day)
    [row] = rows_of(events[events["event_id"] == chosen])
    # What they say stands below them, so they are only there for their room.
    shown = {"Actor": tracker.names[row.actor], "Event": event_option(row)}
    yield from (
        f'<div class="ahead" aria-hidden="true">{field(name, escapes.html(told))}</div>'
        for name, told in shown.items()
    )
    yield from example_parts(tracker, row, view.day, MODE)
