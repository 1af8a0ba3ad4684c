"""The lines of a view: what of each is drawn, and where it ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from stances.answers.history import chosen_events, landmarks, lines, markers, period_up_to
from stances.figures.trend import line_colors
from stances.model.shown import Columns
from stances.pictures.asked import AskedPicture
from stances.pictures.letters import PLAIN, STRONG


class Line(NamedTuple):
    """A line to be drawn: its code, the columns of its `rows` and `events` as in
    `stances.figures.trend`, and the day and stance of its last known point, None where it has none.
    """

    key: str
    name: str
    color: str
    rows: Columns
    events: Columns
    end: tuple[date, float] | None

    def told(self, last: date) -> tuple[str, int]:
        """What stands at its end and how strong: its name; to which year it goes where it ended
        before the `last` day; that there is none where it has no position at all.
        """
        if self.end is None:
            return f"{self.name}: no position", PLAIN
        if self.end[0] < last:
            return f"{self.name} to {self.end[0].year}", PLAIN
        return self.name, STRONG


class Lines(NamedTuple):
    """All lines of a view: their names by code, the `series` that they are parts of, the landmarks
    among their events, and the first and last day.
    """

    names: Mapping[str, str]
    series: pd.DataFrame
    lines: list[Line]
    landmarks: pd.DataFrame
    period: tuple[date, date]


def lines_drawn(asked: AskedPicture) -> Lines:
    """What is drawn of a view."""
    tracker, codes, domain = asked.tracker, asked.view["actors"], asked.domain
    period = period_up_to(tracker, asked.view["from"], asked.day)
    names = {code: tracker.names[code] for code in codes}
    series = lines(tracker, codes, domain, period)
    events = markers(tracker, chosen_events(tracker, codes, domain, period), series)
    named = landmarks(tracker, codes, domain, period)
    return Lines(names, series, _lines(asked, names, series, events), named, period)


def _lines(
    asked: AskedPicture, names: Mapping[str, str], series: pd.DataFrame, events: pd.DataFrame
) -> list[Line]:
    colors = line_colors(list(names), asked.look, asked.tracker.line_order)
    rows, own = _by_line(series, names), _by_line(events, names)
    return [
        Line(code, name, colors[code], rows[code], own[code], _end(rows[code]))
        for code, name in names.items()
    ]


def _by_line(table: pd.DataFrame, codes: Iterable[str]) -> dict[str, Columns]:
    """The rows of each line as arrays: tables of a few rows cost more than what is drawn."""
    keys, columns = table["key"].to_numpy(), table.columns.drop("key")
    arrays = {str(name): table[name].to_numpy() for name in columns}
    return {code: {name: values[keys == code] for name, values in arrays.items()} for code in codes}


def _end(rows: Columns) -> tuple[date, float] | None:
    known = np.flatnonzero(~np.isnan(rows["stance"]))
    if not len(known):
        return None
    last = known[-1]
    return rows["date"][last].astype("datetime64[D]").item(), float(rows["stance"][last])
