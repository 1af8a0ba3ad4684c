"""What stands above every page: what the tables are, how they are scored, and how old they are."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from stances import words
from stances.answers.coded import scored_by
from stances.dataset.tables import Dataset


class Clause(NamedTuple):
    """Words of the introduction, and the section of the page on data and method that says more."""

    words: str
    section: str


@lru_cache(maxsize=2)
def introduction(data: Dataset) -> tuple[Clause, ...]:
    """The clauses of the line."""
    scale, about = data.codebook.scale, data.about
    ends = [f"{words.figure(end, 0)} ({scale.labels[end]})" for end in (scale.min, scale.max)]
    clauses = [
        Clause(about.what or about.description.rstrip("."), "codebook"),
        Clause(f"Scored from {' to '.join(ends)}", "codebook"),
    ]
    if scored := scored_by(data):
        clauses.append(Clause(scored, "agreement"))
    return (*clauses, Clause(data_to(data), "coverage"))


@lru_cache(maxsize=2)
def data_to(data: Dataset) -> str:
    """How far the data reaches: the day of the newest event."""
    if data.events.empty:
        return "No event yet"
    newest = data.events[data.events["date"] == data.events["date"].max()]
    # Of those of one day, what is known best.
    finest = max(newest["date_precision"], key=words.iso_precision)
    return f"Data to {words.day(words.Dated(newest['date'].iloc[0], finest))}"
