"""The sentences on the codings of the real data, against the codings themselves."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

import stances
from stances import Dataset
from stances.answers import agreement
from stances.answers.agreement import (
    ACTS,
    BY_ALL,
    BY_DOMAIN,
    BY_FORCE,
    CONFLICT,
    WORDS,
    coder_pairs,
)
from stances.answers.events import coding_rule
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import is_review
from tests.answers.test_agreement import agreement_of, figures_of, oracle_alpha


def _expected_score(coders: list[str], scores: list[float]) -> float | None:
    """The score that the codings of an event come to (NaN: context); None where no rule says."""
    if reviews := [score for coder, score in zip(coders, scores, strict=True) if is_review(coder)]:
        return reviews[-1]
    if len(coders) == 1:
        return scores[0]
    known = sorted(score for score in scores if not math.isnan(score))
    if len(coders) == 2 or len(known) * 2 < len(coders):
        return None if len(coders) == 2 else math.nan
    middle = known[(len(known) - 1) // 2 : len(known) // 2 + 1]
    return min(middle, key=lambda score: abs(score - scores[0]))


def test_what_is_said_of_the_codings_is_true_of_every_event(real: Dataset) -> None:
    scores = real.events.set_index("event_id")["score"].astype("Float64").to_numpy(float)
    score_of = dict(zip(real.events["event_id"], scores, strict=True))
    codings = real.codings.assign(score=real.codings["score"].astype("Float64"))
    assert len(codings)
    # The newest review decides: of those without a day, or of one, the last in the file.
    codings = codings.sort_values("recorded", kind="stable", na_position="first")
    for event_id, own in codings.groupby("event_id"):
        coders = own["coder"].tolist()
        counts = _expected_score(coders, own["score"].to_numpy(float, na_value=math.nan).tolist())
        if counts is not None:
            assert counts == pytest.approx(score_of[str(event_id)], nan_ok=True), event_id
        reviewed = any(map(is_review, coders))
        assert ("review" in coding_rule(coders)) == reviewed
        middle = len(coders) > 2 and not reviewed
        assert ("The middle of" in coding_rule(coders)) == middle


def test_the_parts_add_up_to_the_whole(real: stances.Dataset) -> None:
    table = agreement_of(real)
    sums = table.groupby(["one", "other", "by"], as_index=False)[["n", "one_context"]].sum()
    wholes, domains, forces = (
        sums[sums["by"] == by].drop(columns="by").reset_index(drop=True)
        for by in (BY_ALL, BY_DOMAIN, BY_FORCE)
    )
    assert len(wholes) == len(coder_pairs(real.codings, real.codebook))
    pd.testing.assert_frame_equal(domains, wholes)
    pd.testing.assert_frame_equal(forces, wholes)
    assert set(table["of"]) == {OVERALL, WORDS, ACTS, *real.codebook.domains}


def test_alpha_on_the_real_codings_agrees_with_the_oracle(real: stances.Dataset) -> None:
    wide = real.codings.pivot_table(
        index="event_id", columns="coder", values="score", aggfunc="first", dropna=False
    )
    table = agreement_of(real)
    for one, other in coder_pairs(real.codings, real.codebook):
        scores = wide[[one, other]].astype("Float64").to_numpy(np.float64, na_value=np.nan).T
        assert figures_of(table, one, other).alpha == pytest.approx(oracle_alpha(scores))


def test_as_many_are_listed_as_are_far_apart(real: stances.Dataset) -> None:
    table = agreement.disagreements(real.codings, real.events, real.codebook)
    assert (table["apart"] >= CONFLICT).all()
    assert table["apart"].is_monotonic_decreasing
    shares = agreement_of(real)
    for one, other in coder_pairs(real.codings, real.codebook):
        row = figures_of(shares, one, other)
        listed = ((table["one"] == one) & (table["other"] == other)).sum()
        assert listed == round(row.n * (1 - row.within_one))
