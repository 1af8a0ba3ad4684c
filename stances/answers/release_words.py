"""Differences of two datasets in words: a stance before and after, and why it is another."""

from collections import Counter
from collections.abc import Iterator

from stances import words
from stances.answers import release_diff
from stances.dataset.days import day_at_start
from stances.dataset.tables import Dataset

NO_FIGURE = "changes no figure"
_DATES = ("date", "end_date")
# The orders of the tables of what a release changed, by their names in an address, with what
# controls call them; without one, and by `most`, what counts most comes first.
FIGURES, MOST = "figures", "most"
_ROWS = {"row": "rows by name", "table": "rows by table"}
RELEASE_ORDERS = {
    f"{table}-{order}": f"{table} {text}".capitalize()
    for table, orders in {
        FIGURES: {
            "name": "by country or body",
            "field": "by field",
            "before": "by position before",
            "now": "by position now",
        },
        **dict.fromkeys(
            (release_diff.CORRECTED, release_diff.WITHDRAWN, release_diff.ADDED), _ROWS
        ),
    }.items()
    for order, text in orders.items()
}
RELEASE_ORDERS |= {
    f"{table}-{MOST}": f"{table}: what counts most first".capitalize()
    for table in (FIGURES, release_diff.CORRECTED, release_diff.WITHDRAWN, release_diff.ADDED)
}


def reading_text(reading: release_diff.Reading) -> str:
    """Return a stance with its label and its band, or that there is none."""
    if reading.stance is None or reading.low is None or reading.high is None:
        return reading.label or "not there"
    ends = words.band(reading.low, reading.high)
    return f"{reading.label} {words.figure(reading.stance, 2)}{f' ({ends})' if ends else ''}"


def field_text(data: Dataset, domain: str) -> str:
    """Return the label of a domain; of one that the newer of two datasets has not, its code."""
    codebook = data.codebook
    return codebook.domain_label(domain) if domain in codebook.columns else domain


def change_text(data: Dataset, change: release_diff.FigureChange) -> str:
    """Say whose stance on what is another, from which to which."""
    names = dict(zip(data.actors["actor"], data.actors["name"], strict=True))
    where = f"{names.get(change.actor, change.actor)}, {field_text(data, change.domain)}"
    return f"{where}: {reading_text(change.before)} to {reading_text(change.after)}"


def rows_text(diff: release_diff.ReleaseDiff) -> str:
    """Say how many rows of all tables came in, were corrected and went."""
    counted = Counter(row.change for row in diff.rows)
    kinds = [
        f"{counted[kind]:,} {kind}"
        for kind in (release_diff.ADDED, release_diff.CORRECTED, release_diff.WITHDRAWN)
    ]
    return f"Rows of all tables: {words.listing(kinds)}."


def total_lines(diff: release_diff.ReleaseDiff) -> Iterator[str]:
    """Yield what a release changed, for the changelog: rows, and figures by data and method."""
    yield rows_text(diff)
    yield f"Figures {words.on_day(diff.day)}: {words.within(release_diff.totals_text(diff))}"


def effect_lines(old: Dataset, new: Dataset) -> Iterator[str]:
    """Say which stances a change moves: today, and on its events' days where these differ."""
    moved = release_diff.moved_events(old, new, new.today)
    if not moved:
        yield NO_FIGURE
        return
    cells = (row[name] for rows in moved.values() for row in rows if row for name in _DATES)
    cited_days = {day_at_start(cell) for cell in cells if cell[:1].isdigit()}
    days = [new.today, *sorted(cited_days - {new.today}, reverse=True)]
    days = [day for day in days if new.codebook.first_date <= day <= new.today]
    figures = dict(zip(days, release_diff.changed_figures(old, new, days), strict=True))
    if not any(figures.values()):
        yield f"{NO_FIGURE} {words.listing([words.on_day(day) for day in days])}"
        return
    today = [change_text(new, figure) for figure in figures[new.today]]
    for day, changes in figures.items():
        lines = [change_text(new, figure) for figure in changes]
        if day == new.today or lines != today:
            yield f"{words.on_day(day)}: {'' if lines else NO_FIGURE}".rstrip()
            yield from (f"  {line}" for line in lines)
