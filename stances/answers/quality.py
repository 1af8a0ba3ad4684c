"""How far coders agree with one another on scores. Nothing here changes a stance."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.answers.tracker import Tracker, cached
from stances.dataset.codebook import OVERALL


@cached
def agreement(tracker: Tracker) -> pd.DataFrame:
    """Return how far each pair of blind coders agrees on the events that both scored, in all and by
    domain: one, other, domain, n (events that both scored), exact, within_one (shares of n), alpha
    (Krippendorff's, ordinal: 1 is full agreement, 0 that of chance; NaN: nothing to agree about).
    """
    codings = tracker.data.codings[tracker.data.codings["score"].notna()]
    scores = codings.drop_duplicates(["event_id", "coder"], keep="last").pivot(
        index="event_id", columns="coder", values="score"
    )
    scores = scores.astype("Float64").astype(float)
    domain = tracker.events["domain"].reindex(scores.index)
    known = [coder for coder in tracker.codebook.blind if coder in scores]
    rows = []
    for one, other in combinations(known, 2):
        pair = scores[[one, other]].dropna()
        for code in tracker.codebook.columns:
            both = pair if code == OVERALL else pair[domain[pair.index] == code]
            if len(both):
                apart = (both[one] - both[other]).abs()
                shares = ((apart < 1).mean(), (apart <= 1).mean())
                rows.append((one, other, code, len(both), *shares, alpha(both.to_numpy().T)))
    columns = ["one", "other", "domain", "n", "exact", "within_one", "alpha"]
    return pd.DataFrame(rows, columns=columns)


def alpha(scores: NDArray[np.float64]) -> float:
    """Return Krippendorff's alpha for ordinal scores; NaN where all are one and the same.

    `scores`: coders x cases, each case scored by all.
    """
    values, code = np.unique(scores, return_inverse=True)
    cases = code.reshape(scores.shape)
    counts = (cases[:, :, np.newaxis] == np.arange(len(values))).sum(axis=0).astype(float)
    observed = (counts / (len(scores) - 1)).T @ counts
    observed -= np.diag(counts.sum(axis=0)) / (len(scores) - 1)
    totals = observed.sum(axis=0)
    expected = (np.outer(totals, totals) - np.diag(totals)) / (totals.sum() - 1)
    # The squared distance of each two values: how many scores lie between their middles.
    middle = np.cumsum(totals) - totals / 2
    distance = np.subtract.outer(middle, middle) ** 2
    by_chance = float((expected * distance).sum())
    return 1.0 - float((observed * distance).sum()) / by_chance if by_chance > 0 else np.nan


def agreement_line(tracker: Tracker) -> str:
    """Say in one line how far the blind coders agree, with what the data says of it; empty where no
    event was scored by two of them.
    """
    rows = agreement(tracker)
    if rows.empty:
        return ""
    row = rows.iloc[0]
    text = f"Two blind runs of coding gave the same score to {100 * row['exact']:.0f}% of"
    reserve = tracker.about.reserve
    return f"{text} {row['n']:,} events{f'; {reserve}' if reserve else ''}"
