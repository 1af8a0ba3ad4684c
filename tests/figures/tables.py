"""The tables of the real dataset in the shapes that figures take, and what holds for any figure."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from stances import Dataset
from stances.dataset.codebook import OVERALL
from stances.dataset.outlines import country_ids
from stances.figures.map import VIEWS
from tests.folders import REAL

DAY = date(2024, 6, 30)


def geometry(view: str) -> frozenset[str]:
    return country_ids((REAL / "geometry" / VIEWS[view].geometry_file).read_bytes())


def actors(data: Dataset) -> pd.DataFrame:
    table = data.actors.set_index("actor").loc[list(data.model.actors)].reset_index()
    return table.assign(covered=table["actor"].isin(set(data.model.events["actor"])))


# Whose newest event is of before this day is drawn as old, whatever binds.
OLD_BEFORE = np.datetime64(DAY - timedelta(days=730), "D")


def position(data: Dataset, day: date = DAY) -> pd.DataFrame:
    """One row per actor; who has an act in force anywhere is outlined, by turns in both kinds."""
    rows = data.model.position(day)
    overall = rows[rows["domain"] == OVERALL].set_index("actor")
    acts = rows[rows["in_force_event_id"] != ""]["actor"]
    table = actors(data)
    return table.assign(
        level=overall.loc[table["actor"], "level"].to_numpy(),
        old=overall.loc[table["actor"], "last_event_date"].to_numpy("datetime64[D]") < OLD_BEFORE,
        outline=np.where(table["actor"].isin(set(acts)), 1 + np.arange(len(table)) % 2, 0),
        hover=[f"<b>{name}</b>" for name in table["name"]],
    )


def assert_plotly_accepts(figure: go.Figure) -> None:
    """Plotly checks a figure where it is built; kilobytes of its defaults must not come along."""
    assert figure.data
    assert not figure.layout.template.layout.to_plotly_json()
