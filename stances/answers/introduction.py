"""The introduction above every page: what the tables are, how they are scored, and how old."""

from datetime import date
from typing import NamedTuple

from stances import words
from stances.dataset.tables import Dataset, once_of


class Clause(NamedTuple):
    """Words of the introduction, and the section of the page on data and method that says more."""

    words: str
    section: str


def beyond(data: Dataset, day: date) -> str:
    """Say that nothing was looked for up to a day, in a line; empty where it was."""
    covered = data.about.covered_to
    if covered is None or day <= covered:
        return ""
    return f"Nothing was looked for after {words.day(covered)}."


def reach(data: Dataset, day: date) -> str:
    """Say up to when what is true of a day is known, within a sentence; empty: up to the day."""
    covered = data.about.covered_to
    if covered is None or day <= covered:
        return ""
    return f"as far as known to {words.day(covered)}"


def known_until(data: Dataset, day: date, sentence: str) -> str:
    """Put before a sentence on a day how far it is known, where the data ends before the day."""
    until = reach(data, day)
    return f"{words.sentence_start(until)}: {sentence}" if until and sentence else sentence


def practice_note(data: Dataset, day: date) -> str:
    """Say as of when the use of acts and the doubts about them are told, which the tables have as
    they stand in the end, on a day before it; empty: the day is not earlier, or nothing is said of
    how far the data goes.
    """
    known = known_later(data, day)
    return f"Use and doubt are told as known on {known}." if known else ""


def known_later(data: Dataset, day: date) -> str:
    """Return the later day as of which use and doubt are known; empty: they are as of the day."""
    covered = data.about.covered_to
    return "" if covered is None or day >= covered else words.day(covered)


@once_of
def introduction(data: Dataset) -> tuple[Clause, ...]:
    """Return the clauses of the line."""
    scale, about = data.codebook.scale, data.about
    ends = [f"{words.figure(end, 0)} ({scale.labels[end]})" for end in (scale.min, scale.max)]
    clauses = [
        Clause(about.what or about.description.rstrip("."), "codebook"),
        Clause(f"Scored from {' to '.join(ends)}", "codebook"),
    ]
    if scored := scorer_note(data):
        clauses.append(Clause(scored, "agreement"))
    return (*clauses, Clause(data_to(data), "coverage"))


@once_of
def data_to(data: Dataset) -> str:
    """Say how far the data reaches: to the day up to which the sources were looked through or,
    where nothing is said of that, to the newest event.
    """
    if data.about.covered_to:
        return f"Data to {words.day(data.about.covered_to)}"
    if data.events.empty:
        return "No event yet"
    newest = data.events[data.events["date"] == data.events["date"].max()]
    # Of those of one day, what is known best.
    finest = max(newest["date_precision"], key=words.iso_precision)
    return f"Data to {words.day(words.Dated(newest['date'].iloc[0], finest))}"


def new_coders(data: Dataset) -> list[str]:
    """Return the coders unknown to the codebook, sorted: they came after its texts on codings."""
    return sorted({*data.codings["coder"]} - {*data.codebook.coders})


def scorer_note(data: Dataset) -> str:
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
    added = f"{words.listing(since)} {verb} coded too: {count}."
    if not data.about.codings:
        return added[:1].upper() + added[1:]
    return f"{data.about.codings} Since this was written, {added}"
