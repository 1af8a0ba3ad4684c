"""The downloads of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stances import words
from stances.answers.files import figures_name
from stances.answers.tracker import Tracker
from stances.dataset.descriptions import file_stem
from stances.tables.table import RowsTable, rows_csv
from stances.ui import url
from stances.ui.parts.download import download


def take_rows(
    tracker: Tracker, table: RowsTable, rows: Sequence[Any], *parts: str, noun: str = "row"
) -> None:
    """Offer a table that lies in no other file. `parts`: of the name of its file, of which the
    first is what it has; `noun`: what a row of it is.
    """
    named = [file_stem(tracker.data), *parts, str(url.get("as_of"))]
    stem = figures_name(named, bool(tracker.own_settings), tracker.model.basis)
    label = f"{words.plural(len(rows), noun, start=True)} as CSV"
    download(label, lambda: rows_csv(table, rows), f"{stem}.csv", f"{parts[0]}-csv")
