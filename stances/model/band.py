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
    is_blind = codings["coder"].isin(codebook.blind)
    blind = codings[is_blind]
    score = blind["score"].astype("float64")
    scores_by_event = score.groupby(blind["event_id"])
    event_id = events["event_id"]
    return events.assign(
        blind_low=event_id.map(scores_by_event.min()),
        blind_high=event_id.map(scores_by_event.max()),
    )


def band_ends(codebook: Codebook, events: pd.DataFrame) -> tuple[Floats, Floats]:
    """Return the lowest and the highest score of each event, within the scale. `events`: with
    score, confidence and BLIND_COLUMNS.
    """
    score = events["score"].to_numpy(np.float64)
    tolerances = events["confidence"].map(codebook.model.tolerance)
    tolerance = tolerances.to_numpy(np.float64)
    blind_low = events["blind_low"].to_numpy(np.float64)
    blind_high = events["blind_high"].to_numpy(np.float64)

    # Of a number and a missing one (no blind coder scored the event) fmin and fmax take the number.
    low: Floats = score - tolerance
    high: Floats = score + tolerance
    low = np.fmin(low, blind_low)
    high = np.fmax(high, blind_high)

    scale = codebook.scale
    low = np.maximum(low, scale.min)
    high = np.minimum(high, scale.max)
    return low, high
