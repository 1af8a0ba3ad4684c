"""How far coders agree with one another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from stances.answers import quality
from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.load import Dataset


def test_the_agreement_of_the_blind_on_paper(tracker_six: Tracker) -> None:
    rows = quality.agreement(tracker_six).set_index("domain")
    assert set(rows["first_coder"] + rows["second_coder"]) == {"AB"}
    # Both scored five events; they differ by one point on the order.
    assert rows.loc["overall", ["n", "exact", "within_one"]].tolist() == [5, 0.8, 1.0]
    assert rows.loc["schools", ["n", "exact"]].tolist() == [2, 1.0]


def test_alpha_is_that_of_a_published_example() -> None:
    """Two coders, ten cases, worked out by the formula: one case of ten differs."""
    scores = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]], float)
    # Krippendorff, "Computing Krippendorff's Alpha-Reliability": binary data, alpha 0.095.
    assert quality.alpha(scores) == pytest.approx(0.095, abs=5e-4)
    same = np.array([[1, 2, 3], [1, 2, 3]], float)
    assert quality.alpha(same) == 1.0
    assert np.isnan(quality.alpha(np.ones((2, 3))))


def test_alpha_agrees_with_a_library(tracker: Tracker) -> None:
    krippendorff = pytest.importorskip("krippendorff")
    codings = tracker.data.codings.dropna(subset=["score"])
    table = codings.pivot_table("score", "coder", "event_id", aggfunc="last").loc[["A", "B"]]
    scores = table.dropna(axis=1).to_numpy(float)
    expected = krippendorff.alpha(scores, level_of_measurement="ordinal")
    rows = quality.agreement(tracker)
    assert rows.loc[rows["domain"] == "overall", "alpha"].item() == pytest.approx(expected)


def test_the_line(tracker: Tracker, six: Dataset) -> None:
    overall = quality.agreement(tracker).set_index("domain").loc["overall"]
    assert quality.agreement_line(tracker) == (
        f"Two blind runs of coding gave the same score to {overall['exact']:.0%} of "
        f"{overall['n']:,} events; people would probably agree less"
    )
    assert quality.agreement_line(tracker_of(six)) == (
        "Two blind runs of coding gave the same score to 80% of 5 events"
    )
    alone = replace(six, codings=six.codings[six.codings["coder"] == "A"])
    assert quality.agreement_line(tracker_of(alone)) == ""
