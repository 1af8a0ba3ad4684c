"""The worth of evidence: is there a position, how certain is it, how far does a domain count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stances.dataset.codebook import Codebook
from stances.model.lifetimes import Bools, Floats

# Evidence is a sum of floats: only what is more than this above the minimum is above it.
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Thresholds:
    """`minimum`: the evidence above which there is a position; `full`: that from which on a domain
    counts in full; both in units of one fresh statement. `breadth`: the weight of domains from
    which on an overall stance counts in full.
    """

    minimum: float
    full: float
    breadth: float

    @classmethod
    def of(cls, codebook: Codebook) -> Thresholds:
        """Return those of a codebook, for all that counts."""
        constants = codebook.model
        return cls(
            minimum=constants.minimum_evidence,
            full=constants.full_evidence,
            breadth=constants.full_breadth,
        )

    @classmethod
    def of_acts(cls, codebook: Codebook) -> Thresholds:
        """Return those of a codebook, for acts in force alone: any is a position, and a single one
        makes it certain and is present in full.
        """
        constants = codebook.model
        return cls(
            minimum=0.0,
            full=constants.binding_weight,
            # That is of domains, not of what they rest on.
            breadth=constants.full_breadth,
        )

    def has_position(self, evidence: Floats) -> Bools:
        """Say whether the evidence is enough for a current position."""
        return np.array(evidence > self.minimum + _TOLERANCE)

    def certainty(self, evidence: Floats) -> Floats:
        """Return a number from 0, where a position ends, to 1, at full evidence."""
        above_minimum = evidence - self.minimum
        certainty = np.clip(above_minimum / (self.full - self.minimum), 0.0, 1.0)
        # Within the tolerance there is no position, though this is a little above 0.
        return np.where(self.has_position(evidence), certainty, 0.0)

    def presence(self, evidence: Floats) -> Floats:
        """Return how far a domain counts in the overall stance, 0 to 1, under the minimum too."""
        return np.minimum(1.0, evidence / self.full)

    def divisor(self, weights: Floats, presence: Floats) -> Floats:
        """Return what the sum over the domains is divided by: the weights that they have (weight
        times presence, along the last axis), but no less than full breadth at the presence of the
        best known. Who is known in little is so drawn to 0, and no more or less as that fades.
        """
        total = (weights * presence).sum(axis=-1)
        largest = presence.max(axis=-1)
        return np.array(np.maximum(total, self.breadth * largest))
