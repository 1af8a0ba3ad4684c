"""How far coders agree with one another, and the dataset with lists that others published."""

from __future__ import annotations

import streamlit as st

from stances.answers.tracker import Tracker, tracker_under
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
from stances.model.settings import Settings
from stances.ui.parts.blocks import draw


def agreement_section(tracker: Tracker) -> None:
    """Draw agreement between coders, then with outside lists."""
    # What coders gave does not hang on a reader's settings, so it is derived once for all; the
    # pages that it leads to do.
    _coders(tracker_under(tracker.data, None), tracker.settings)
    _outside(tracker)


def _coders(tracker: Tracker, settings: Settings | None) -> None:
    draw(*coded_parts(tracker))
    pairs = coder_pairs(tracker)
    for start in range(0, len(pairs), ABREAST):
        beside = pairs[start : start + ABREAST]
        for column, (one, other) in zip(st.columns(ABREAST, gap="medium"), beside, strict=False):
            with column:
                draw(*pair_parts(tracker, one, other))
    if pairs:
        draw(*disagreement_parts(tracker, settings))


def _outside(tracker: Tracker) -> None:
    draw(*outside_parts(tracker))
    if tracker.outside_readings.empty:
        return
    left, right = st.columns(2, gap="large")
    with left:
        draw(*list_parts(tracker))
    with right:
        draw(*conflict_parts(tracker))
