"""The worth of evidence: is there a position, how certain is it, how far does a domain count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stances.dataset.codebook import Codebook
from stances.model.lifetimes import Bools, Floats

# Evidence is a sum of floats: only what is more than this above the minimum is above it.
_TOLERANCE = 1e-9
# Where a reader's minimum is no less than full evidence, every position is certain.
_LEAST_SPAN = 1e-12


@dataclass(frozen=True)
class Thresholds:
    """The evidence above which there is a position, and that from which on a domain counts in full,
    both in units of one fresh statement, like the evidence that the methods take; and the weight of
    domains from which on an overall stance does (`breadth`). `fades`: see `Formula`.
    """

    minimum: float
    full: float
    breadth: float
    fades: bool = True

    @classmethod
    def of(cls, codebook: Codebook) -> Thresholds:
        """Return the thresholds of a codebook."""
        model = codebook.model
        breadth, fades = model.full_breadth, codebook.formula.fades
        return cls(model.minimum_evidence, model.full_evidence, breadth, fades)

    def has_position(self, evidence: Floats) -> Bools:
        """Say whether the evidence is enough for a current position."""
        least = self.minimum + (_TOLERANCE if self.fades else -_TOLERANCE)
        return np.array(evidence > least)

    def certainty(self, evidence: Floats) -> Floats:
        """Return a number from 0, where a position ends, to 1, at full evidence."""
        if not self.fades:
            return self._in_full(evidence)
        span = max(self.full - self.minimum, _LEAST_SPAN)
        certain = np.clip((evidence - self.minimum) / span, 0.0, 1.0)
        return np.where(self.has_position(evidence), certain, 0.0)

    def presence(self, evidence: Floats) -> Floats:
        """Return how far a domain counts in the overall stance, 0 to 1, under the minimum too."""
        return np.minimum(1.0, evidence / self.full) if self.fades else self._in_full(evidence)

    def _in_full(self, evidence: Floats) -> Floats:
        """Return 1 where there is a position, and 0 where there is none."""
        return self.has_position(evidence).astype(np.float64)

    def divisor(self, weights: Floats, presence: Floats) -> Floats:
        """Return what the sum over the domains is divided by: the weights that they have (weight
        times presence, along the last axis), but no less than full breadth at the presence of the
        best known. Who is known in little is so drawn to 0, and no more or less as that fades.
        """
        largest = np.where(weights > 0, presence, 0.0).max(axis=-1)
        total = (weights * presence).sum(axis=-1)
        return np.array(np.maximum(total, self.breadth * largest))
