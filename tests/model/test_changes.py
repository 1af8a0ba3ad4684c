"""The changes between two days: what was done, and what time alone did."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.faults import BadInput
from stances.dataset.load import Dataset
from stances.model.changes import FADED_AWAY, GAINED, LASTING, LOST, NEVER_HAD, changes
from stances.model.stance import Model
from tests.model.test_stance import event, model_of
from tests.oracle import Event


def move_of(model: Model, then: str, now: str, domain: str = "networks") -> pd.Series:
    return changes(model, *map(date.fromisoformat, (then, now)), domain).loc["POL"]


def test_a_word_that_came_in_was_done(real: Dataset) -> None:
    # -3 then, (4 x -3 + 1) / 5 = -2.2 now.
    model = model_of(
        real.codebook, event("2020-07-14", "decision", -3), event("2021-07-14", "statement", 1)
    )
    row = move_of(model, "2021-07-13", "2021-07-14")
    assert row[["then", "now", "move", "done", "time"]].tolist() == pytest.approx(
        [-3.0, -2.2, 0.8, 0.8, 0.0]
    )


def test_a_word_that_fades_is_time(real: Dataset) -> None:
    # Worked example 3: -2.2, a year later -2.5556.
    model = model_of(
        real.codebook, event("2020-07-14", "decision", -3), event("2021-07-14", "statement", 1)
    )
    row = move_of(model, "2021-07-14", "2022-07-14")
    assert (row["done"], row["time"]) == pytest.approx((0.0, -11.5 / 4.5 + 2.2))


def test_an_act_that_lapsed_was_done_and_not_time(real: Dataset) -> None:
    act = event("2015-01-01", "agreement", 2)
    model = model_of(real.codebook, act, event("2019-12-01", "statement", -1))
    row = move_of(model, "2019-12-31", "2020-01-01")
    assert row["then"] == pytest.approx((8 - 0.9447) / 4.9447, abs=1e-4)
    assert row["now"] == -1.0
    assert row["time"] == pytest.approx(0.0, abs=1e-3)


def test_what_time_alone_would_not_have_moved_was_done(real: Dataset) -> None:
    # A lone word fades and stays all there is; what came in took the whole move.
    words = [event("2020-01-01", "statement", -2), event("2021-01-01", "statement", 2, slug="new")]
    row = move_of(model_of(real.codebook, *words), "2020-12-31", "2021-01-01")
    assert (row["time"], row["done"]) == pytest.approx((0.0, row["move"]))
    assert row["move"] > 2


@pytest.mark.parametrize(
    ("events", "position"),
    [
        ([event("2020-06-01", "statement", 1)], GAINED),
        ([event("2018-01-01", "statement", 1), event("2020-06-01", "law", -2)], GAINED),
        ([event("2018-06-01", "statement", 1)], FADED_AWAY),
        ([event("2015-06-01", "agreement", 1)], LOST),
        ([event("2019-06-01", "law", 1)], LASTING),
        ([event("2015-06-01", "statement", 1)], NEVER_HAD),
    ],
)
def test_what_became_of_a_position(real: Dataset, events: list[Event], position: str) -> None:
    row = move_of(model_of(real.codebook, *events), "2020-05-30", "2020-07-01")
    assert row["position"] == position
    assert np.isnan(row["done"]) == (position != LASTING)


def test_overall_a_domain_that_came_in_moves_the_rest(real: Dataset) -> None:
    acts = [event("2019-01-01", "law", -2), event("2020-06-01", "agreement", 2, domain="trade")]
    row = move_of(model_of(real.codebook, *acts), "2020-05-31", "2020-06-01", OVERALL)
    assert (row["then"], row["now"], row["done"]) == pytest.approx((-2.0, -2 / 3, 4 / 3))


def test_sums_hold_for_all_on_the_real_data(tracker: Tracker) -> None:
    days = date(2019, 1, 1), date(2026, 7, 2)
    for domain in tracker.codebook.columns:
        rows = changes(tracker.model, *days, domain)
        last = rows[rows["position"] == LASTING]
        np.testing.assert_allclose(last["done"] + last["time"], last["move"])
        np.testing.assert_allclose(last["now"] - last["then"], last["move"])
        # On one day nothing is done, and no time passes.
        still = changes(tracker.model, days[1], days[1], domain)[["done", "time"]].dropna()
        np.testing.assert_allclose(still, 0, atol=1e-12)


def test_the_second_day_is_not_before_the_first(real: Dataset) -> None:
    model = model_of(real.codebook, replace(event("2020-01-01", "law", 1)))
    with pytest.raises(BadInput, match="is before"):
        changes(model, date(2020, 1, 2), date(2020, 1, 1))
