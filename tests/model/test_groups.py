"""Groups: who belongs when, and the figures of the members."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.faults import BadInput
from stances.dataset.load import Dataset
from stances.model.groups import group_figures
from tests.conftest import SIX
from tests.oracle import paper_tables


def figures(tracker: Tracker, day: str, domain: str) -> pd.Series:
    arrays = tracker.model.arrays([date.fromisoformat(day)])
    mask = tracker.terms["Pact"].mask(arrays.days, len(tracker.actors))
    column, scale = tracker.column(domain), tracker.codebook.scale
    return group_figures(arrays, column, mask, scale).iloc[0]


FIGURES = next(t for t in paper_tables(SIX / "README.md") if "median" in t[0])


@pytest.mark.parametrize("paper", FIGURES, ids=lambda row: row["as_of"])
def test_the_figures_worked_out_on_paper(tracker_six: Tracker, paper: dict[str, str]) -> None:
    row = figures(tracker_six, paper["as_of"], paper["domain"])
    for figure in ("mean", "median", "spread", "mean_plain"):
        value = row[figure]
        assert ("" if np.isnan(value) else f"{value:.4f}") == paper[figure], figure
    for number in ("members", "with_position", "restricting", "open"):
        assert str(row[number]) == paper[number], number


def test_the_margin_is_the_mean_of_the_members_ends_by_their_certainty(
    tracker_six: Tracker,
) -> None:
    # On 30 June 2020 both are certain: Arcadia from -2 to -1, Boria from 1 to 2.
    row = figures(tracker_six, "2020-06-30", "roads")
    assert list(row[["low", "mean", "high"]]) == [-0.5, 0.0, 0.5]


def test_a_member_leaves_on_its_day_and_comes_back_once(six: Dataset) -> None:
    again = six.memberships.iloc[[0]].assign(joined=pd.Timestamp("2021-01-01"), left=pd.NaT)
    tracker = tracker_of(replace(six, memberships=pd.concat([six.memberships, again])))
    days = [date(2020, 6, 30), date(2020, 7, 1), date(2021, 12, 31)]
    assert [tracker.members("Pact", day).count("ARC") for day in days] == [1, 0, 1]


def test_the_eu_on_the_real_data(tracker: Tracker) -> None:
    on, after = (tracker.members("EU", date(2020, *day)) for day in ((1, 31), (2, 1)))
    assert set(on) - set(after) == {"GBR"}
    assert len(on) == 28
    bodies = set(tracker.members("EU+", date(2020, 2, 1))) - set(after)
    kinds = tracker.data.actors.set_index("actor")["kind"]
    assert set(kinds[list(bodies)]) == {"eu_institution"}


@pytest.mark.parametrize("group", ["Pakt", "Pact+", ""])
def test_an_unknown_group_is_refused_with_those_known(tracker_six: Tracker, group: str) -> None:
    with pytest.raises(BadInput, match=r"is not one of: Pact, all(; did you mean Pact\?)?$"):
        tracker_six.members(group, date(2020, 1, 1))
