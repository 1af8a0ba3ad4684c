"""The lines of a view: what of each is drawn, and where it ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from stances.answers.history import chosen_events, landmarks, lines, markers, period_up_to
from stances.figures.trend import line_colors
from stances.pictures.asked import Asked
from stances.pictures.letters import PLAIN, STRONG


class Line(NamedTuple):
    """A line to be drawn: its code, `rows` and `events` as in `stances.figures.trend`, and the day
    and stance of its last known point, None where it has none.
    """

    key: str
    name: str
    color: str
    rows: pd.DataFrame
    events: pd.DataFrame
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


def lines_drawn(asked: Asked) -> Lines:
    """What is drawn of a view."""
    tracker, codes, domain = asked.tracker, asked.view["actors"], asked.domain
    period = period_up_to(tracker, asked.view["from"], asked.day)
    names = {code: tracker.names[code] for code in codes}
    series = lines(tracker, codes, domain, period)
    events = markers(tracker, chosen_events(tracker, codes, domain, period), series)
    named = landmarks(tracker, codes, domain, period)
    return Lines(names, series, _lines(asked, names, series, events), named, period)


def _lines(
    asked: Asked, names: Mapping[str, str], series: pd.DataFrame, events: pd.DataFrame
) -> list[Line]:
    colors = line_colors(list(names), asked.look, asked.tracker.line_order)
    rows, own = dict(list(series.groupby("key"))), dict(list(events.groupby("key")))
    return [
        Line(code, name, colors[code], rows[code], own.get(code, events[:0]), _end(rows[code]))
        for code, name in names.items()
    ]


def _end(rows: pd.DataFrame) -> tuple[date, float] | None:
    known = np.flatnonzero(rows["stance"].notna())
    if not len(known):
        return None
    return rows["date"].iloc[known[-1]].date(), float(rows["stance"].iloc[known[-1]])
