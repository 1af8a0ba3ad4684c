"""The events as the filters of the address narrow them, and one that is open."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from stances.answers.events import SORTS, events_headline
from stances.answers.name_search import named_actors
from stances.dataset.codebook import OVERALL
from stances.filters import events as filters
from stances.filters.events import Search
from stances.links.parameters import PARAMETERS
from stances.links.view import View
from stances.markup.blocks import not_among_html, nothing_html
from stances.markup.event import event_html, event_row, spread_html
from stances.markup.links import event_place, page_here
from stances.markup.notices import notice_html
from stances.markup.report import report_html
from stances.model.lifetimes import Ints
from stances.pages.block import (
    Blocks,
    HeadlineBlock,
    TableBlock,
    TextBlock,
    beside,
    elsewhere,
    pairs_block,
    quote_link,
    space,
)
from stances.tables.events import events_table
from stances.tables.table import Place, RowsTable, place_of


def blocks(view: View) -> Blocks:
    """Yield the blocks of the page."""
    return blocks_of(view, *matches(view))


def matches(view: View) -> tuple[Search, Ints]:
    """Return what the filters look for, and the places of the events that fit them."""
    days, _ = filters.period(view)
    search = filters.search_of(view, days)
    return search, view.tracker.find(search.query, view["sort"])


def blocks_of(view: View, search: Search, rows: Ints) -> Blocks:
    """Yield the blocks of the page with what it found."""
    tracker = view.tracker
    if not view.embedded:
        yield space("controls", "field", "control")
    if wrong := filters.period(view)[1]:
        yield TextBlock(notice_html(wrong))
    line, subtitle, members = filters.headline(view, search, rows)
    yield HeadlineBlock(line, (subtitle, *members), copied=quote_link(view))
    if pairs := pairs_block(view, _chosen_or_named(view)):
        yield pairs
    every = replace(search.query, domains=None)
    yield from elsewhere(view, len(rows), lambda: len(tracker.search.rows(every)))
    if not len(rows):
        yield from _of_others(view, search)
    if len(rows):
        yield TextBlock(spread_html(tracker, rows))
    opened = None if view.embedded else _open_event(view, rows)
    yield from beside(opened, _list(view, search, rows))


def _of_others(view: View, search: Search) -> Blocks:
    """Yield the way to what others said or did that has the words looked for, and the name of the
    one whose events have none of them; nothing where there is none.
    """
    who = [code for code in view["who"] if code in view.tracker.names]
    if not view["q"] or len(who) != 1 or view.embedded:
        return
    text = f"{view['q']} {view.tracker.names[who[0]]}"
    query = replace(search.query, text=text, actors=None, domains=None, least=None)
    if count := len(view.tracker.search.rows(query)):
        texts = {name: value for name, value in view.texts_of_page.items() if name != "who"}
        texts |= {"q": text, "domain": PARAMETERS["domain"].write(OVERALL)}
        link = page_here(view.page, texts, f"{events_headline(count, (), text)}, of others too")
        yield TextBlock(f'<p class="nothing">{link}</p>')


def _chosen_or_named(view: View) -> list[str]:
    """Return the actors that are chosen or named in the words looked for, each once."""
    tracker = view.tracker
    chosen = [code for code in view["who"] if code in tracker.model.actors]
    return list(dict.fromkeys([*chosen, *named_actors(tracker, view["q"])]))


def _open_event(view: View, rows: Ints) -> TextBlock | None:
    """Return the event that is open, whatever the filters say."""
    tracker, opened = view.tracker, view["event"]
    if opened is None:
        return None
    row = event_row(tracker, opened)
    among = opened in tracker.event_columns["event_id"][rows]
    apart = "" if among else not_among_html("event")
    event = event_with_report(view, opened)
    return TextBlock(f"{apart}{event}{_on_its_day(view, row)}", live="event")


def event_with_report(view: View, event_id: str) -> str:
    """Return an event in full, and the way to report an error of it."""
    row = event_row(view.tracker, event_id)
    report = report_html(view, event_id, row.title, event_place(view.tracker, event_id))
    return f"{event_html(view.tracker, row)}{report}"


def _on_its_day(view: View, row: Any) -> str:
    """Return a link to where an event's actor stood that day; empty: it takes no position."""
    if row.actor not in view.tracker.model.actors:
        return ""
    day = max(row.date.date(), view.tracker.codebook.first_date)
    to = {"actor": row.actor, "domain": row.domain, "as_of": str(day), "event": row.event_id}
    link = page_here("actor", view.texts_on("actor") | to, "The position on that day")
    return f'<p class="small">{link}</p>'


def _list(view: View, search: Search, rows: Ints) -> Blocks:
    """Yield a hundred of the events found, or why there are none."""
    tracker = view.tracker
    if len(rows):
        opened = None if view.embedded else view["event"]
        block = _block(view, events_table(tracker), rows, place_of(view), opened)
        if search.query.least is not None:
            nearest = len(tracker.search.whole(search.query))
            then = "those nearest in time to what has all" if nearest else block.text
            text = f"those with the most words first, then {then}"
            # No head of a column says that order.
            block = replace(block, text=text, order=("sort", ""))
        yield block
        if not view.embedded:
            yield space("rows", "control")
        return
    yield TextBlock(nothing_html(filters.nothing_note(tracker, search)))
    if not view.embedded:
        yield space("clear", "control")


def events_block(
    view: View, table: RowsTable, event_ids: Iterable[str], opened: str | None, part: str
) -> TableBlock:
    """Return the table of some events, in the order of the view. `part`: of the page, by its id."""
    rows = np.array([view.tracker.event_places[event] for event in event_ids], np.intp)
    ordered = rows[np.argsort(view.tracker.event_ranks[view["sort"]][rows])]
    return _block(view, table, ordered, place_of(view, part=part), opened)


def _block(
    view: View, table: RowsTable, rows: Ints, place: Place, opened: str | None
) -> TableBlock:
    return TableBlock(
        table,
        [view.tracker.event_rows[row] for row in rows],
        place,
        number=view["page"],
        text=SORTS[view["sort"]].lower(),
        order=("sort", view["sort"]),
        opened=opened,
    )
