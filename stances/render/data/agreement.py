"""Agreement: between coders, and with lists that others published."""

from __future__ import annotations

from collections.abc import Iterator

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
from stances.render.data.columns import columns


def agreement_html(view: View) -> str:
    """The whole section."""
    return _of_all_days(view.tracker)


@remembered
def _of_all_days(tracker: Tracker) -> str:
    """The section: it is the same whatever day is asked for."""
    return "".join([*_coders(tracker), *_outside(tracker)])


def _coders(own: Tracker) -> Iterator[str]:
    # What coders gave does not hang on a reader's settings; the links do.
    tracker = tracker_under(own.data, None)
    yield from coded_parts(tracker)
    pairs = coder_pairs(tracker)
    for start in range(0, len(pairs), ABREAST):
        beside = [pair_parts(tracker, *pair) for pair in pairs[start : start + ABREAST]]
        yield columns(*beside, *[()] * (ABREAST - len(beside)), css=" abreast")
    if pairs:
        yield from disagreement_parts(tracker, own.settings)


def _outside(tracker: Tracker) -> Iterator[str]:
    yield from outside_parts(tracker)
    if not tracker.outside_readings.empty:
        yield columns(list_parts(tracker), conflict_parts(tracker))
