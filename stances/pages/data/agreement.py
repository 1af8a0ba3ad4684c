"""Agreement: between coders, and with lists that others published."""

import pandas as pd

from stances import words
from stances.answers.agreement import (
    BY_ALL,
    CONFLICT,
    conflicts,
    disagreements,
    no_conflict,
    one_context,
    outside_agreement,
)
from stances.answers.rows import named_rows
from stances.answers.tracker import Tracker, tracker_under
from stances.links.view import View
from stances.markup.agreement import ABREAST, coded_parts, coder_pairs, outside_parts
from stances.pages.block import Blocks, TableBlock, TextBlock, in_order, texts, within
from stances.tables.agreement import lists_table, pair_table, readings_table, scores_table
from stances.tables.table import RowsTable, dateless_place

_BESIDE = "columns"


def blocks(view: View) -> Blocks:
    """Yield the blocks of the section, which is the same whatever day is asked for."""
    # What coders gave does not hang on a reader's settings, so it is derived once for all; the
    # pages that it leads to do.
    tracker = tracker_under(view.tracker.data, None)
    yield from _coders(view, tracker)
    if coder_pairs(tracker):
        yield from _far_apart(view, tracker)
    yield from texts(outside_parts(view.tracker))
    if not view.tracker.outside_readings.empty:
        yield from within(_BESIDE, 1, _lists(view))
        yield from within(_BESIDE, 2, _readings(view))


def _coders(view: View, tracker: Tracker) -> Blocks:
    yield from texts(coded_parts(tracker))
    pairs = coder_pairs(tracker)
    for number, pair in enumerate(pairs):
        beside = f"columns abreast row-{number // ABREAST}"
        yield from within(beside, number % ABREAST + 1, _pair(view, tracker, pair))
    for column in range(len(pairs) % ABREAST, ABREAST if len(pairs) % ABREAST else 0):
        yield from within(f"columns abreast row-{len(pairs) // ABREAST}", column + 1, texts([""]))


def _pair(view: View, tracker: Tracker, pair: tuple[str, str]) -> Blocks:
    """Yield the figures of two coders."""
    every = tracker.coder_agreement
    rows = named_rows(every[(every["one"] == pair[0]) & (every["other"] == pair[1])])
    table, stands = pair_table(tracker, *pair), dateless_place(view)
    yield TableBlock(table, rows, stands, opened=BY_ALL)
    context = next(int(row.one_context) for row in rows if row.by == BY_ALL)
    if context:
        yield TextBlock(text=(one_context(context),))


def _far_apart(view: View, tracker: Tracker) -> Blocks:
    """Yield the events that coders scored far apart."""
    pairs, data = coder_pairs(tracker), tracker.data
    table = disagreements(data.codings, data.events, data.codebook)
    heading = f"Scores {words.number(CONFLICT)} points or more apart"
    nowhere = [
        no_conflict(one, other, CONFLICT)
        for one, other in pairs
        if not len(table[(table["one"] == one) & (table["other"] == other)])
    ]
    yield TextBlock(heading=heading, text=tuple(nowhere), kind="part", css="")
    if table.empty:
        return
    coders = list(dict.fromkeys(coder for pair in pairs for coder in pair))
    events = data.events.set_index("event_id")
    rows = events.loc[table["event_id"].unique()].reset_index()
    yield _block(view, scores_table(heading, coders, view.tracker), rows)
    yield TextBlock(text=("Each opens apart with all its codings and sources.",))


def _lists(view: View) -> Blocks:
    """Yield how far each list agrees, those apart that rest on something else."""
    readings, main = view.tracker.outside_readings, next(iter(view.tracker.codebook.bases.values()))
    first = readings.drop_duplicates("list").set_index("list")[["url", "source"]]
    rows = outside_agreement(readings).join(first, on="list").sort_values("first_day")
    for caption, part, apart in (
        (f"Lists that rest on {words.within(main)}", "lists", False),
        ("Lists that stand apart: weak, or resting on something else", "lists-apart", True),
    ):
        of = rows[rows["apart"] == apart]
        if not of.empty:
            yield TextBlock(heading=caption, kind="part")
            yield _block(view, lists_table(caption, part), of)


def _readings(view: View) -> Blocks:
    """Yield what lists say that is far from ours."""
    rows, points = conflicts(view.tracker.outside_readings), words.number(CONFLICT, start=True)
    for caption, part, apart in (
        (f"{points} points or more from ours", "readings", False),
        ("The same, of lists that stand apart", "readings-apart", True),
    ):
        of = rows[rows["apart"] == apart]
        none = ("None.",) if of.empty else ()
        yield TextBlock(heading=caption, text=none, kind="part")
        if not none:
            yield _block(view, readings_table(view.tracker, caption, part), of)


def _block(view: View, table: RowsTable, rows: pd.DataFrame) -> TableBlock:
    """Return a table in the order of the address, cited as what is the same on every day."""
    return in_order(view, TableBlock(table, named_rows(rows), dateless_place(view), view["page"]))
