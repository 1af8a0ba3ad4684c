"""Which way an event went, in its own domain."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stances.answers.tracker import Tracker
from stances.dataset.codebook import Codebook
from stances.dataset.load import Dataset
from stances.model.directions import EASED, NEW, SOFTER, STRICTER, directions
from tests.model.test_stance import event, model_of
from tests.oracle import Event


def last_of(codebook: Codebook, *events: Event) -> pd.Series:
    return directions(model_of(codebook, *events)).loc[events[-1].event_id]


LAW = event("2019-01-01", "law", -2)


@pytest.mark.parametrize(
    ("last", "direction", "before", "after"),
    [
        (event("2020-01-01", "decision", -3), STRICTER, -2, -3),
        (event("2020-01-01", "decision", -1), SOFTER, -2, -1),
        (event("2020-01-01", "decision", -2), "", -2, -2),
        (event("2020-01-01", "relief", -2), EASED, -2, -2),
        (event("2020-01-01", "relief", 0), SOFTER, -2, 0),
        # (4 x -2 + 1) / 5: from Restrict to Caution.
        (event("2020-01-01", "statement", 1), SOFTER, -2, -1.4),
        (event("2020-01-01", "statement", 3), SOFTER, -2, -1),
        # A milder word confirms the act.
        (event("2020-01-01", "statement", -1), "", -2, -2),
        (event("2020-01-01", "law", -3, domain="trade"), NEW, np.nan, -3),
    ],
    ids=lambda value: value.event_id if isinstance(value, Event) else None,
)
def test_after_a_law(
    real: Dataset, last: Event, direction: str, before: float, after: float
) -> None:
    row = last_of(real.codebook, LAW, last)
    assert row["direction"] == direction
    assert row[["before", "after"]].tolist() == pytest.approx([before, after], nan_ok=True)


def test_the_first_act_is_new_though_words_asked_for_its_level(real: Dataset) -> None:
    word = event("2019-01-01", "statement", -2)
    row = last_of(real.codebook, word, event("2019-02-01", "law", -2))
    assert (row["direction"], row["before"]) == (NEW, -2)


def test_an_act_after_one_that_ended_is_held_against_what_was_left(real: Dataset) -> None:
    ended = event("2019-01-01", "law", -3, end_date="2019-06-01")
    word = event("2019-05-01", "statement", -1)
    row = last_of(real.codebook, ended, word, event("2020-01-01", "law", -2, slug="again"))
    assert (row["direction"], row["before"]) == (STRICTER, -1)


def test_a_word_that_moves_a_stance_little_has_no_direction_over_a_border_too(
    real: Dataset,
) -> None:
    old = [event(f"2019-01-0{n}", "bill", -2, slug=f"b{n}") for n in range(1, 9)]
    old += [event(f"2019-01-1{n}", "bill", -1, slug=f"c{n}") for n in range(1, 9)]
    row = last_of(real.codebook, *old, event("2019-01-20", "statement", -1, slug="z"))
    assert row["direction"] == ""
    assert row["before"] != row["after"]


def test_no_direction_rests_on_a_later_event(tracker: Tracker) -> None:
    whole = directions(tracker.model)
    middle = pd.Timestamp("2021-06-30")
    known = tracker.model.events[tracker.model.events["date"] <= middle]
    cut = directions(type(tracker.model)(tracker.codebook, tracker.actors, known))
    pd.testing.assert_frame_equal(cut, whole.loc[cut.index])
