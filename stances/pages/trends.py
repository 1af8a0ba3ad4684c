"""Chosen countries and groups over time, with the events that moved them."""

from stances import escapes, words
from stances.answers.gaps import Period
from stances.answers.history import chosen_events, ends_on, first_lines, landmark_name
from stances.charts.trends import trends_of_view, turns_of_view
from stances.links.parameters import PARAMETERS
from stances.links.view import View
from stances.markup.event import event_row
from stances.markup.links import members_link
from stances.pages.block import (
    Blocks,
    ChartBlock,
    HeadlineBlock,
    TableBlock,
    TextBlock,
    beside,
    pairs_block,
    quote_link,
    space,
)
from stances.pages.chart import chart_blocks, period_blocks, period_of
from stances.pages.events import event_with_report, events_block
from stances.tables.events import events_table
from stances.tables.stances import ends_table
from stances.tables.table import place_of

# The id of what stands above the events: links of their table lead there, not to the top.
_EVENTS = "events"


def blocks(view: View) -> Blocks:
    """Yield the blocks of the page."""
    period = period_of(view)
    if not view.embedded:
        yield space("controls", "field", "field")
    yield from period_blocks(view)
    yield from _chart(view, period)
    yield from _turns(view)
    if not view.embedded:
        yield space("lines", "control")
        yield from _events(view, period)


def _chart(view: View, period: Period) -> Blocks:
    """Yield the lines, and what is said of them."""
    chart, codes = trends_of_view(view), view["actors"]
    yield HeadlineBlock(
        chart.title, (chart.subtitle, *view.tracker.basis_note), copied=quote_link(view)
    )
    if pairs := pairs_block(view, [code for code in codes if code not in view.tracker.groups]):
        yield pairs
    featured = view.tracker.data.about.featured
    if codes == PARAMETERS["actors"].default(view.published) and len(codes) < len(featured):
        yield TextBlock(text=(first_lines(len(codes), len(featured)),))
    block = ChartBlock(chart, live="trend", kind="trend", opens="event", zooms=True)
    yield from chart_blocks(view, block, "trends")
    if codes:
        # The live chart tells them to a pointer.
        yield TableBlock(
            ends_table(view.tracker, view.day),
            ends_on(view.tracker, codes, view.domain, period[1]),
            place_of(view),
            live="ends",
        )
    if not view.embedded and (onward := _groups_html(view)):
        yield TextBlock(onward)


def _groups_html(view: View) -> str:
    """Return links from the groups among the lines to their members."""
    links = [
        members_link(view.tracker, code, view.day, view.domain, code)
        for code in view["actors"]
        if code in view.tracker.groups
    ]
    return f'<p class="small">Member by member: {", ".join(links)}</p>' if links else ""


def _turns(view: View) -> Blocks:
    """Yield the events that are numbered in the chart."""
    tracker, marks = view.tracker, turns_of_view(view)
    if marks.empty:
        return
    names = {
        event: landmark_name(tracker, event_row(tracker, event)) for event in marks["event_id"]
    }
    items = "".join(
        f"<li>{words.short_day(tracker.dates[event])}: {escapes.html(name)}</li>"
        for event, name in names.items()
    )
    listed = f'<ol class="landmarks">{items}</ol>'
    yield TextBlock(listed, folded="All marked events by number")


def _events(view: View, period: Period) -> Blocks:
    """Every event that has a marker, and the one that is open."""
    tracker = view.tracker
    events = chosen_events(tracker, view["actors"], view.domain, period)
    count = words.plural(len(events), "scored event", start=True)
    where = words.about_domain(tracker.codebook, view.domain)
    text = escapes.html(f"{count} of those chosen {where}.")
    yield TextBlock(f'<p id="{_EVENTS}">{text}</p>')
    if events.empty:
        return
    ids = events["event_id"].tolist()
    # A landmark may be of another actor.
    known = {*ids, *tracker.data.events.loc[tracker.data.events["landmark"], "event_id"]}
    opened = view["event"] if view["event"] in known else None
    table = events_table(tracker, "The events of those chosen")
    rows = events_block(view, table, ids, opened, _EVENTS)
    yield from beside(_open_event(view, opened), iter([rows]))


def _open_event(view: View, event: str | None) -> TextBlock | None:
    if event is None:
        return None
    return TextBlock(event_with_report(view, event), live="event")
