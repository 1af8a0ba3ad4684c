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
    domain: first_coder, second_coder, domain, n (events that both scored), exact, within_one
    (shares of n), alpha (Krippendorff's, ordinal: 1 is full agreement, 0 that of chance; NaN:
    nothing to agree about).
    """
    codings = tracker.data.codings
    codings = codings[codings["score"].notna()]
    codings = codings.drop_duplicates(["event_id", "coder"], keep="last")
    scores = codings.pivot(index="event_id", columns="coder", values="score")
    scores = scores.astype(float)
    domains = tracker.events["domain"].reindex(scores.index)
    coders = [coder for coder in tracker.codebook.blind if coder in scores]

    rows = []
    for first, second in combinations(coders, 2):
        pair = scores[[first, second]].dropna()
        for code in tracker.codebook.columns:
            cases = pair
            if code != OVERALL:
                is_in_domain = domains[pair.index] == code
                cases = pair[is_in_domain]
            if cases.empty:
                continue

            difference = cases[first] - cases[second]
            distance = difference.abs()
            rows.append(
                {
                    "first_coder": first,
                    "second_coder": second,
                    "domain": code,
                    "n": len(cases),
                    "exact": (distance < 1).mean(),
                    "within_one": (distance <= 1).mean(),
                    "alpha": alpha(cases.to_numpy().T),
                }
            )
    return pd.DataFrame(rows)


def alpha(scores: NDArray[np.float64]) -> float:
    """Return Krippendorff's alpha for ordinal scores; NaN where all are one and the same.

    `scores`: coders x cases, each case scored by all.
    """
    # K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part D.
    coders = len(scores)
    values, value_places = np.unique(scores, return_inverse=True)
    # Coders x cases x values: whether a coder gave a case the value.
    case_values = value_places.reshape(scores.shape)[:, :, np.newaxis]
    is_value = case_values == np.arange(len(values))
    # Cases x values: by how many coders.
    counts = is_value.sum(axis=0).astype(float)

    # Values x values: how often they meet in a case, and how often they would by chance.
    observed = counts.T @ counts
    observed -= np.diag(counts.sum(axis=0))
    observed /= coders - 1
    totals = observed.sum(axis=0)
    expected = np.outer(totals, totals)
    expected -= np.diag(totals)
    expected /= totals.sum() - 1

    # The squared distance of each two values: how many scores lie between their middles.
    middle = np.cumsum(totals) - totals / 2
    distance = np.subtract.outer(middle, middle) ** 2
    disagreement = (observed * distance).sum()
    by_chance = (expected * distance).sum()
    if by_chance == 0:
        return np.nan
    return float(1 - disagreement / by_chance)


def agreement_line(tracker: Tracker) -> str:
    """Say in one line how far the blind coders agree, with what the data says of it; empty where no
    event was scored by two of them.
    """
    rows = agreement(tracker)
    if rows.empty:
        return ""
    row = rows.iloc[0]
    events = f"{row['exact']:.0%} of {row['n']:,} events"
    text = f"Two blind runs of coding gave the same score to {events}"
    if tracker.about.reserve:
        text = f"{text}; {tracker.about.reserve}"
    return text
