"""The lists of others in the real data, against the stances of their days."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import stances
from stances.answers import agreement
from stances.answers.agreement import COMPARED
from stances.model.stance import level_of
from tests.answers.test_agreement import readings_of
from tests.tables import rows_of


@pytest.fixture
def readings(real: stances.Dataset) -> pd.DataFrame:
    return _readings(real)


@cache
def _readings(data: stances.Dataset) -> pd.DataFrame:
    return readings_of(data, "networks")


def test_our_level_is_that_of_the_published_stance(
    real: stances.Dataset, readings: pd.DataFrame
) -> None:
    count = 0
    for as_of, group in readings.groupby(readings["day"].dt.strftime("%Y-%m-%d")):
        table = real.position(str(as_of)).query("domain == 'networks'").set_index("actor")
        expected = level_of(table["stance"].reindex(group["actor"]).to_numpy())
        np.testing.assert_array_equal(group["ours"], expected)
        count += int(group["ours"].notna().sum())
    assert count


def test_the_figures_of_the_real_lists(readings: pd.DataFrame) -> None:
    assert not readings.duplicated(["list", "actor"]).any()
    whole = agreement.outside_agreement(readings, None).set_index("apart")
    for by in ("list", "basis"):
        parts = agreement.outside_agreement(readings, by)
        assert next(iter(parts)) == by
        sums = parts.groupby("apart")[["n", "no_position", "unscored"]].sum()
        assert (sums == whole[["n", "no_position", "unscored"]]).all(axis=None)
        mean = (parts["n"] * parts["mean_difference"]).groupby(parts["apart"]).sum()
        np.testing.assert_allclose(mean, whole["n"] * whole["mean_difference"], atol=1e-9)
    assert whole["n"].sum() == (readings["status"] == COMPARED).sum()
    assert whole[["n", "no_position", "unscored"]].sum(axis=None) == len(readings)
    far = round(float((whole["n"] * (1 - whole["within_one"])).sum()))
    assert len(agreement.conflicts(readings)) == far


@pytest.mark.parametrize("months", [3, 12])
def test_the_ceiling_is_what_pairs_of_lists_say(readings: pd.DataFrame, months: int) -> None:
    main = readings[~readings["apart"] & readings["theirs"].notna()]
    apart = [
        abs(one.theirs - other.theirs)
        for one, other in combinations(rows_of(main), 2)
        if one.actor == other.actor
        and max(one.day, other.day) <= min(one.day, other.day) + pd.DateOffset(months=months)
    ]
    result = agreement.ceiling(readings, months)
    assert result.pairs == len(apart) > 0
    assert result.within_one == pytest.approx(np.mean([x <= 1 for x in apart]))
    assert result.exact == pytest.approx(np.mean([x == 0 for x in apart]))
