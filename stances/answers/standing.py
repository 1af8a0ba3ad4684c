"""The stance table of a date as the pages show it: one row per actor, with names and texts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.words import Dated, hover_html, iso_day

Columns = dict[str, NDArray[Any]]


class Standing(NamedTuple):
    """Where an actor stands on a date, in a domain or overall.

    `stance`, `low`, `high`, `level` are NaN without a current position. The act in force is, on
    overall rows, that of the weightiest domain that has one; its texts are empty where none is.
    """

    actor: str
    name: str
    short_name: str
    stance: float
    low: float
    high: float
    level: float
    label: str
    evidence: float
    covered: bool
    in_force_event_id: str
    in_force_domain: str
    in_force_title: str
    in_force_since: Dated | None
    last_event_date: Dated | None
    events: int


def standings(tracker: Tracker, day: date, domain: str) -> tuple[Standing, ...]:
    """Where every actor stands, in the order of the model's actors."""
    return tracker.remember(_standings, day, domain)


def _standings(tracker: Tracker, day: date, domain: str) -> tuple[Standing, ...]:
    columns = tracker.model.position_columns(day)
    width = 1 + len(tracker.model.domains)
    own = {name: values[tracker.column(domain) :: width] for name, values in columns.items()}
    act = _act_rows(tracker, columns, domain)
    has_act = act >= 0
    event_id = np.where(has_act, columns["in_force_event_id"][act], "")
    rows = zip(
        own["actor"],
        tracker.about["name"],
        tracker.about["short_name"],
        own["stance"].tolist(),
        own["low"].tolist(),
        own["high"].tolist(),
        own["level"].tolist(),
        own["label"],
        own["evidence"].tolist(),
        (actor in tracker.covered for actor in own["actor"]),
        event_id,
        np.where(has_act, columns["domain"][act], ""),
        (tracker.titles.get(i, "") for i in event_id),
        (tracker.dated.get(i) for i in event_id),
        (tracker.dated.get(i) for i in own["last_event_id"]),
        own["events"].tolist(),
        strict=True,
    )
    return tuple(Standing(*row) for row in rows)


def _act_rows(tracker: Tracker, columns: Columns, domain: str) -> NDArray[np.int64]:
    """The row of `columns` that has the act in force of each actor, -1 where none is."""
    width = 1 + len(tracker.model.domains)
    actors = len(tracker.model.actors)
    in_force = (columns["in_force_event_id"] != "").reshape(actors, width)
    if domain != OVERALL:
        place = np.full(actors, tracker.column(domain))
    else:
        weights = [0.0, *(d.weight for d in tracker.codebook.domains.values())]
        # The weightiest domain first, and of equal ones that with the latest act.
        since = columns["in_force_since"].astype(np.int64).reshape(actors, width)
        rank = np.where(in_force, np.array(weights) + since / since.max(initial=1) * 1e-6, -1.0)
        place = rank.argmax(axis=1)
    rows: NDArray[np.int64] = np.arange(actors) * width + place
    return np.where(in_force[np.arange(actors), place], rows, -1)


def by_stance(rows: Iterable[Standing]) -> list[Standing]:
    """The most restrictive first, those without a current position last."""
    return sorted(rows, key=lambda row: (math.isnan(row.stance), row.stance, row.name))


def stance_table(rows: Sequence[Standing]) -> pa.Table:
    """The stances as a table for the browser, in the order of `rows`.

    An Arrow table: half the bytes and a fraction of the time of a frame.
    """
    return pa.table(
        {
            "Actor": [row.name for row in rows],
            "Stance": figures(row.stance for row in rows),
            # Seven words that repeat: as numbers, a twentieth of the table less.
            "Label": pa.array([row.label for row in rows]).dictionary_encode(),
            "Low": figures(row.low for row in rows),
            "High": figures(row.high for row in rows),
            "In force since": dates(row.in_force_since for row in rows),
            "Last scored event": dates(row.last_event_date for row in rows),
        }
    )


def figures(values: Iterable[float]) -> pa.Array:
    """A column of figures for a table, to two places as printed; NaN is missing.

    Decimals, since a float of four bytes would leave the table as -2.049999952316284.
    """
    exact = [None if math.isnan(value) else Decimal(f"{value:.2f}") for value in values]
    return pa.array(exact, pa.decimal128(9, 2))


def dates(values: Iterable[Dated | None]) -> pa.Array:
    """A column of dates for a table, each no more exactly than it is known."""
    return pa.array([value and iso_day(value) for value in values], pa.string())


def map_table(tracker: Tracker, day: date, domain: str) -> pd.DataFrame:
    """What changes on the map with the date: actor, level, act_in_force and hover (markup,
    escaped), one row per actor.
    """
    rows = standings(tracker, day, domain)
    return pd.DataFrame(
        {
            "actor": tracker.model.actors,
            "level": [row.level for row in rows],
            "act_in_force": [bool(row.in_force_event_id) for row in rows],
            "hover": [hover_html(row) for row in rows],
        }
    )
