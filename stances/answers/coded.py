"""The coders who gave the scores: what the data says of them, as long as that is all."""

from __future__ import annotations

from stances import words
from stances.dataset.tables import Dataset


def new_coders(data: Dataset) -> list[str]:
    """Return the coders whom the codebook does not know, sorted: they came after the texts on
    codings were written by hand.
    """
    return sorted({*data.codings["coder"]} - {*data.codebook.coders})


def scored_by(data: Dataset) -> str:
    """Say in a few words who scored; empty where nothing is said of it."""
    if new_coders(data):
        return f"Scored by {words.plural(data.codings['coder'].nunique(), 'coder')}"
    return data.about.scored


def codings_text(data: Dataset) -> str:
    """Say who gave the scores, and who has come since; empty where nothing is said."""
    since = new_coders(data)
    if not since:
        return data.about.codings
    verb = "has" if len(since) == 1 else "have"
    count = words.plural(int(data.codings["coder"].isin(since).sum()), "coding")
    added = f"{words.listed(since)} {verb} coded too: {count}."
    if not data.about.codings:
        return added[:1].upper() + added[1:]
    return f"{data.about.codings} Since this was written, {added}"
