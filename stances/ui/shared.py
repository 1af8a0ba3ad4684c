"""What all visitors share: the dataset, and what is derived from it once, all read-only."""

from __future__ import annotations

from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from stances import Dataset, groups, load
from stances.codebook import OVERALL
from stances.dataset import DEFAULT_FOLDER, data_folder
from stances.figures.map import geometry_ids
from stances.model import Floats, StanceArrays

# Name, time of change and size of each file.
Signature = tuple[tuple[str, int, int], ...]


class Tracker:
    """A dataset with the series and look-ups that every page needs. Never changed once made."""

    def __init__(self, data: Dataset) -> None:
        self.data = data
        self.codebook = data.codebook
        self.model = data.model
        self.actors = data.actors.set_index("actor")
        # Bounded, and one for each tracker: a new dataset starts with nothing remembered.
        self.group_series = lru_cache(maxsize=64)(self._group_series)

    @cached_property
    def about(self) -> dict[str, np.ndarray]:
        """The columns of the actors' table, in the order of the model's actors."""
        rows = self.actors.loc[list(self.model.actors)]
        return {str(column): rows[column].to_numpy() for column in rows}

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of every actor by its code, and of every group by its own."""
        actors = {str(code): str(name) for code, name in self.actors["name"].items()}
        return actors | {name: f"{name} (mean)" for name in self.groups}

    @cached_property
    def groups(self) -> list[str]:
        """The names of the groups."""
        return groups.group_names(self.data.memberships)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of every event by its id."""
        return dict(zip(self.data.events["event_id"], self.data.events["title"], strict=True))

    @cached_property
    def sources(self) -> dict[str, list[Any]]:
        """The sources of every event by its id: rows with url, publisher, title, published,
        language and checked.
        """
        pairs = self.data.event_sources
        found: dict[str, list[Any]] = {}
        for row in pairs.itertuples(index=False):
            found.setdefault(str(row.event_id), []).append(row)
        return found

    @cached_property
    def covered(self) -> frozenset[str]:
        """The actors that have any scored event at all."""
        return frozenset(self.model.events["actor"])

    @cached_property
    def panel(self) -> StanceArrays:
        """Month ends and today, all actors and domains."""
        arrays = self.model.arrays(self.data.months)
        for values in (arrays.stance, arrays.low, arrays.high, arrays.evidence, arrays.act):
            values.flags.writeable = False
        return arrays

    def column(self, domain: str) -> int:
        """The place of a domain in the arrays; overall comes first."""
        return [OVERALL, *self.model.domains].index(domain)

    def actor_panel(self, actor: str, domain: str) -> Floats:
        """The month-end stances of an actor."""
        row = self.model.actors.index(actor)
        stances: Floats = self.panel.stance[:, row, self.column(domain)]
        return stances

    def members(self, group: str, day: date) -> list[str]:
        """The members of a group on a day that can take a position."""
        belongs = groups.members(self.data.memberships, group, day)
        return [actor for actor in belongs if actor in self.model.actors]

    def _group_series(self, group: str, domain: str) -> pd.DataFrame:
        return groups.group_series(
            self.data.memberships, group, self.model.actors, self.panel, self.column(domain)
        )

    @cached_property
    def geometry(self) -> dict[str, frozenset[str]]:
        """The countries that each geometry file draws, by the name of the file."""
        own = self.data.folder / "geometry"
        folder = own if own.is_dir() else DEFAULT_FOLDER / "geometry"
        return {path.name: geometry_ids(path) for path in sorted(folder.glob("*.json"))}

    @cached_property
    def month_numbers(self) -> np.ndarray:
        """The panel's days as days since 1970."""
        return np.array(self.data.months, "datetime64[D]").astype(np.int64)


def tracker() -> Tracker:
    """The tracker of the data as it lies in its folder now. Raises DataFaults."""
    folder = data_folder()
    return _tracker(folder, _signature(folder, int(monotonic())), date.today())


@lru_cache(maxsize=4)
def _signature(folder: Path, second: int) -> Signature:  # noqa: ARG001 - when it was taken
    """What tells, once a second, whether a file of the folder has changed."""
    files = sorted([*folder.glob("*.csv"), *folder.glob("*.toml")])
    return tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files)


@st.cache_resource(max_entries=2, show_spinner=False)
def _tracker(folder: Path, signature: Signature, today: date) -> Tracker:  # noqa: ARG001 - a key
    return Tracker(load(folder, today))
