"""The content of a data folder, in a line and in a few lines of HTML."""

from typing import Any

from stances import escapes, words
from stances.answers.rows import day_of
from stances.dataset.counts import NO_EVENTS, period_line, table_counts
from stances.dataset.tables import Dataset


def overview(data: Dataset) -> str:
    """Title, version, number of events and day of the newest one, in a line."""
    count, newest = len(data.events), data.events["date"].max()
    events = f"{words.plural(count, 'event')}, newest {newest:%Y-%m-%d}" if count else NO_EVENTS
    return f"{data.about.title}, version {data.version}: {events}"


def overview_html(data: Dataset) -> str:
    """Return an overview for a notebook: the rows of every table and the newest event by name."""
    title, version = escapes.html(data.about.title), escapes.html(data.version)
    rows = "".join(
        f'<tr><td style="text-align:left">{name}</td><td>{count:,}</td></tr>'
        for name, count in table_counts(data).items()
    )
    return (
        f"<p><b>{title}</b><br>Version {version}; {escapes.html(period_line(data))}</p>"
        f"<table><tr><th>table</th><th>rows</th></tr>{rows}</table>{_newest_html(data)}"
    )


def _newest_html(data: Dataset) -> str:
    # The row of the latest event, of several on a day the last by id; None without any.
    rows = data.events.sort_values(["date", "event_id"]).tail(1)
    newest: Any = next(rows.itertuples(index=False), None)
    if newest is None:
        return ""
    actor = data.actors.set_index("actor").loc[newest.actor, "name"]
    when = words.day(day_of(newest))
    text = f"{when}, {actor}: {newest.title}"
    return f"<p>Newest event: {escapes.html(text)}</p>"
