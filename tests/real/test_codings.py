"""What is said of the codings of the real data, against the codings themselves."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

import stances
from stances import Dataset
from stances.answers import agreement
from stances.answers.agreement import ACTS, BY_ALL, BY_DOMAIN, BY_FORCE, CONFLICT, PAIRS, WORDS
from stances.answers.events import coding_rule
from stances.dataset.codebook import OVERALL
from tests.answers.test_agreement import agreement_of, figures_of, oracle_alpha


def _median(scores: list[float]) -> float:
    """What the codings of an event without a review come to; NaN: context."""
    known = sorted(score for score in scores if not math.isnan(score))
    if len(known) < 2:
        return math.nan
    first = scores[0]
    return known[1] if len(known) == 3 else min(known, key=lambda score: abs(score - first))


def test_what_is_said_of_the_codings_is_true_of_every_event(real: Dataset) -> None:
    scores = real.events.set_index("event_id")["score"].astype("Float64").to_numpy(float)
    score_of = dict(zip(real.events["event_id"], scores, strict=True))
    codings = real.codings.assign(score=real.codings["score"].astype("Float64"))
    said = set()
    for event_id, own in codings.groupby("event_id"):
        given = dict(
            zip(own["coder"], own["score"].to_numpy(float, na_value=math.nan), strict=True)
        )
        rule = coding_rule(list(given))
        said.add(rule)
        counts = given["review"] if "review" in rule else _median(list(given.values()))
        assert counts == pytest.approx(score_of[str(event_id)], nan_ok=True), event_id
    assert said
    assert coding_rule([]) not in said


def test_the_parts_add_up_to_the_whole(real: stances.Dataset) -> None:
    table = agreement_of(real)
    sums = table.groupby(["one", "other", "by"], as_index=False)[["n", "one_context"]].sum()
    wholes, domains, forces = (
        sums[sums["by"] == by].drop(columns="by").reset_index(drop=True)
        for by in (BY_ALL, BY_DOMAIN, BY_FORCE)
    )
    assert len(wholes) == len(PAIRS)
    pd.testing.assert_frame_equal(domains, wholes)
    pd.testing.assert_frame_equal(forces, wholes)
    assert set(table["of"]) == {OVERALL, WORDS, ACTS, *real.codebook.domains}


def test_alpha_on_the_real_codings_agrees_with_the_oracle(real: stances.Dataset) -> None:
    wide = real.codings.pivot_table(
        index="event_id", columns="coder", values="score", aggfunc="first", dropna=False
    )
    table = agreement_of(real)
    for one, other in PAIRS:
        scores = wide[[one, other]].astype("Float64").to_numpy(np.float64, na_value=np.nan).T
        assert figures_of(table, one, other).alpha == pytest.approx(oracle_alpha(scores))


def test_as_many_are_listed_as_are_far_apart(real: stances.Dataset) -> None:
    table = agreement.disagreements(real.codings, real.events)
    assert (table["apart"] >= CONFLICT).all()
    assert table["apart"].is_monotonic_decreasing
    shares = agreement_of(real)
    for one, other in PAIRS:
        row = figures_of(shares, one, other)
        listed = ((table["one"] == one) & (table["other"] == other)).sum()
        assert listed == round(row.n * (1 - row.within_one))
