"""The slow reading of the model agrees with what the product computes, on six days of real data."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from stances.answers import snapshot, stance
from stances.answers.tracker import Tracker
from tests.oracle import assert_row, oracle_of

DAYS = [date(2012, 5, 5), date(2018, 12, 31), date(2020, 8, 17), date(2022, 2, 28)]
DAYS += [date(2024, 3, 1), date(2026, 7, 2)]


@pytest.mark.parametrize("day", DAYS)
def test_the_oracle_agrees_on_every_figure(tracker: Tracker, day: date) -> None:
    oracle, rows = oracle_of(tracker.data), tracker.position(day)
    for row in rows.itertuples(index=False):
        assert_row(row, oracle.figures(row.actor, row.domain, day))
    assert len(rows) == len(tracker.actors) * len(tracker.codebook.columns)
    # The file has the same figures.
    of_file = snapshot.snapshot(tracker, day)
    for name in ("stance", "low", "high", "evidence", "certainty"):
        np.testing.assert_array_equal(of_file[name], rows[name])


@pytest.mark.parametrize("day", DAYS[2::3])
def test_the_oracle_agrees_on_what_counts(tracker: Tracker, day: date) -> None:
    oracle = oracle_of(tracker.data)
    for actor, domain in sorted(oracle.events):
        figures = oracle.domain(actor, domain, day)
        counted = () if figures.stance is None else figures.counted
        why = stance.why(tracker, actor, domain, day).set_index("event_id")
        assert set(why.index) == {c.event.event_id for c in counted}
        for c in counted:
            assert why.loc[c.event.event_id, "weight"] == pytest.approx(c.weight, rel=1e-12)
            assert why.loc[c.event.event_id, "counted_score"] == c.score
