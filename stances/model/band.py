"""The coding band: the lowest and the highest score that the coding of an event may have meant.

An event has the ends of its confidence (score -/+ tolerance), widened to what blind coders gave it:
those who saw no other score. So putting any one blind coder's scores in place of those that count
cannot leave the band, and the band need not be even around the score. Which word confirms which act
stays as the final scores have it.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.codebook import Codebook

Floats = NDArray[np.float64]

# What events carry beside the columns of their table: the ends of their blind codings.
BLIND_COLUMNS = ("blind_low", "blind_high")


def with_blind_codings(
    codebook: Codebook, events: pd.DataFrame, codings: pd.DataFrame
) -> pd.DataFrame:
    """Return the events with BLIND_COLUMNS: the lowest and highest score of a blind coder, missing
    where none scored the event. `codings`: `codings.csv`.
    """
    blind = codings[codings["coder"].isin(codebook.blind) & codings["score"].notna()]
    scores = blind["score"].astype("float64").groupby(blind["event_id"])
    ends = dict(zip(BLIND_COLUMNS, (scores.min(), scores.max()), strict=True))
    return events.assign(**{name: events["event_id"].map(end) for name, end in ends.items()})


def band_ends(codebook: Codebook, events: pd.DataFrame) -> tuple[Floats, Floats]:
    """Return the lowest and the highest score of each event, within the scale. `events`: with
    score, confidence and, where blind coders are known of, BLIND_COLUMNS.
    """
    score, scale = np.array(events["score"], np.float64), codebook.scale
    tolerance = events["confidence"].map(dict(codebook.model.tolerance)).to_numpy(np.float64)
    low, high = score - tolerance, score + tolerance
    if set(BLIND_COLUMNS) <= {*events}:
        blind = (events[name].to_numpy(np.float64) for name in BLIND_COLUMNS)
        low, high = (
            widen(end, value)
            for widen, end, value in zip((np.fmin, np.fmax), (low, high), blind, strict=True)
        )
    return np.maximum(low, scale.min), np.minimum(high, scale.max)
