"""Stances: where actors stand on a subject, on any date, and why.

import stances
data = stances.load()
data.position(day)               # the stance table of a day
data.panel()                     # the monthly series
data.explain(actor, domain, day)  # the events that make a stance
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from functools import cached_property

import pandas as pd

from stances.answers import snapshot
from stances.dataset import tables
from stances.dataset.faults import BadInput, DataFaults, Fault
from stances.model import stance

__all__ = ["BadInput", "DataFaults", "Dataset", "Fault", "load"]


class Dataset(tables.Dataset):
    """The checked tables of a data folder, and what one asks of them."""

    @cached_property
    def model(self) -> stance.Model:
        """The scored events, prepared for deriving any day."""
        return stance.Model(self.codebook, self.position_actors, self.events)

    def position(self, as_of: date | str, basis: str = stance.ALL) -> pd.DataFrame:
        """The stance table of a day (columns: `Model.position`). `basis`: "all" that counts, or
        "acts" for the level of the act in force alone. Raises BadInput.
        """
        return self.model.on(basis).position(self.day(as_of))

    def panel(self, basis: str = stance.ALL) -> pd.DataFrame:
        """The monthly series of all actors and domains (columns: `Model.panel`), on a basis as in
        `position`. Raises BadInput.
        """
        return self.model.on(basis).panel(self.months)

    def explain(self, actor: str, domain: str, as_of: date | str) -> pd.DataFrame:
        """The events that make a stance (columns: `Model.explain`). Raises BadInput."""
        return self.model.explain(actor, domain, self.day(as_of))

    def snapshot(
        self,
        as_of: date | str,
        domain: str | None = None,
        actors: Iterable[str] | None = None,
        basis: str = stance.ALL,
    ) -> pd.DataFrame:
        """The stance table of a date with the frozen columns of a snapshot, on a basis as in
        `position`. Raises BadInput.
        """
        return snapshot.snapshot(self, self.model.on(basis), as_of, domain, actors)


def load(folder: str | os.PathLike[str] | None = None, today: date | None = None) -> Dataset:
    """Read, check and type a data folder: the one given, else that of STANCES_DATA, else `data/`.

    `today` is the last day that has a stance; the real one if left out. Raises DataFaults, which
    has every fault of every file.
    """
    return Dataset(**vars(tables.load(folder, today)))
