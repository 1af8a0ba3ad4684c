"""Agreement: between coders, and with lists that others published."""

from __future__ import annotations

from stances.answers.tracker import Tracker, remembered, tracker_under
from stances.links.view import View
from stances.markup.agreement import (
    ABREAST,
    coded_parts,
    coder_pairs,
    conflict_parts,
    disagreement_parts,
    list_parts,
    outside_parts,
    pair_parts,
)
from stances.pages.block import Block, Blocks, texts


def blocks(view: View, _: str) -> Blocks:
    """Yield the blocks of the section."""
    yield from _of_all_days(view.tracker)


@remembered
def _of_all_days(tracker: Tracker) -> tuple[Block, ...]:
    """Return the section: it is the same whatever day is asked for."""
    return *_coders(tracker), *_outside(tracker)


def _coders(of_reader: Tracker) -> Blocks:
    # What coders gave does not hang on a reader's settings, so it is derived once for all; the
    # pages that it leads to do.
    tracker = tracker_under(of_reader.data, None)
    yield from texts(coded_parts(tracker))
    pairs = coder_pairs(tracker)
    for number, pair in enumerate(pairs):
        row = number // ABREAST
        beside = f"columns abreast row-{row}"
        yield from texts(pair_parts(tracker, *pair), beside, number % ABREAST + 1)
    for column in range(len(pairs) % ABREAST, ABREAST if len(pairs) % ABREAST else 0):
        yield from texts([""], f"columns abreast row-{len(pairs) // ABREAST}", column + 1)
    if pairs:
        yield from texts(disagreement_parts(tracker, of_reader))


def _outside(tracker: Tracker) -> Blocks:
    yield from texts(outside_parts(tracker))
    if not tracker.outside_readings.empty:
        yield from texts(list_parts(tracker), "columns", 1)
        yield from texts(conflict_parts(tracker), "columns", 2)
