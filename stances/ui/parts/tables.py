"""Columns of a table as the browser takes them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import pandas as pd
import pyarrow as pa

from stances import words
from stances.answers.files import figures_name, shown_csv
from stances.answers.standing import Standing
from stances.answers.tracker import Tracker
from stances.dataset.descriptions import file_stem
from stances.ui import url
from stances.ui.parts.download import download
from stances.words import Dated, iso_day


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
            "Level since": dates(row.level_since for row in rows),
            "Last scored event": dates(row.last_event_date for row in rows),
        }
    )


def figures(values: Iterable[float]) -> pa.Array:
    """A column of figures for a table, to two places as printed; NaN is missing."""
    exact = [None if math.isnan(value) else float(f"{value:.2f}") + 0.0 for value in values]
    return pa.array(exact, pa.float64())


def dates(values: Iterable[Dated | None]) -> pa.Array:
    """A column of dates for a table, each no more exactly than it is known."""
    return pa.array([value and iso_day(value) for value in values], pa.string())


def take_along(
    tracker: Tracker, table: pa.Table | pd.DataFrame, *parts: str, noun: str = "row"
) -> None:
    """Offer a table that lies in no other file, as it is shown. `parts`: of the name of its file,
    of which the first is what it has; `noun`: what a row of it is.
    """
    named = [file_stem(tracker.data), *parts, str(url.get("as_of"))]
    stem = figures_name(named, bool(tracker.own_settings), tracker.model.basis)

    def content() -> bytes:
        return shown_csv(table if isinstance(table, pd.DataFrame) else table.to_pandas())

    rows = words.plural(len(table), noun, start=True)
    download(f"{rows} as CSV", content, f"{stem}.csv", f"{parts[0]}-csv")
