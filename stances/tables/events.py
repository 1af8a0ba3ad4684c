"""The tables of events: of those found, and of one actor with the levels that its acts left."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from stances import escapes, words
from stances.answers.actor_history import ActorHistory
from stances.answers.acts import since
from stances.answers.directions import direction_of, direction_words
from stances.answers.events import score_tag
from stances.answers.firm import mark_legend, source_count
from stances.answers.tracker import Tracker
from stances.markup.event import mark, score_of
from stances.tables.table import RowsTable, TableColumn

# The orders of events by the column whose head has them; of levels, which events set, too.
_BY_DATE = {"newest": "descending", "oldest": "ascending"}
_BY = {
    name: {name: "ascending"}
    for name in ("title", "actor", "score", "domain", "direction", "instrument", "confidence")
} | {"sources": {"sources": "descending"}}


def events_table(tracker: Tracker, caption: str = "The events found") -> RowsTable:
    """Return events as the page of events lists them. Rows: of `tracker.event_rows`."""
    return RowsTable(
        caption=caption,
        columns=(*_what(tracker), *_details(tracker)),
        title="Title",
        parameter="event",
        code=lambda row: row.event_id,
        noun="event",
        legend=lambda rows: mark_legend(tracker, (row.event_id for row in rows)),
    )


def actor_events_table(
    tracker: Tracker, history: ActorHistory, counts: Mapping[str, str]
) -> RowsTable:
    """Return the events of one actor, with whether each counts, and where they left its position.
    `counts`: see `counts_now`.
    """

    def after(row: Any) -> str:
        position = history.position_after(row.event_id)
        return "" if math.isnan(position) else words.figure(position, 2)

    every = events_table(tracker, f"The events of {history.name_within}")
    columns = [column for column in every.columns if column.name not in (words.WHO, "Confidence")]
    more = (
        TableColumn("Counts now", lambda row: counts[row.event_id], width="7.5rem", labelled=True),
        TableColumn(
            "Position after", after, kind="number", width="4.5rem", labelled=True, aside=True
        ),
    )
    return replace(every, columns=(*columns, *more))


def levels_table(tracker: Tracker, history: ActorHistory) -> RowsTable:
    """Return the binding acts of one actor as levels that they set. Rows: of
    `history.acts`. Another may set it instead while an act binds on: `until` is of its level alone.
    """
    rules = _rules(tracker)

    def begins(act: Any) -> str:
        return words.iso_day(tracker.dates[act.event_id])

    def in_force(act: Any) -> str:
        return _in_force_html(begins(act), rules.get(act.event_id))

    def ends(act: Any) -> str:
        until = history.until(act)
        return words.iso_day(until) if until else ""

    def level(act: Any) -> str:
        return words.score_label(tracker.codebook, act.score)

    def with_swatch(act: Any) -> str:
        return f"{mark(act.score)}{escapes.html(level(act))}"

    def then(act: Any) -> str:
        position = history.position_after(act.event_id)
        return "" if math.isnan(position) else words.figure(position, 2)

    def field(act: Any) -> str:
        return tracker.codebook.domain_label(act.key)

    return RowsTable(
        caption=f"The binding acts of {history.name_within}",
        columns=(
            TableColumn("From", begins, "partial", "6.4rem", below=in_force, orders=_BY_DATE),
            TableColumn("Act", lambda act: tracker.titles[act.event_id], orders=_BY["title"]),
            TableColumn("Level", level, width="7rem", html=with_swatch, orders=_BY["score"]),
            TableColumn("Set the level until", ends, kind="partial", width="6.4rem", labelled=True),
            TableColumn(words.FIELD, field, width="9rem", orders=_BY["domain"]),
            TableColumn("Position then", then, kind="number", width="5rem", labelled=True),
        ),
        title="Act",
        parameter="event",
        code=lambda act: act.event_id,
        part="levels",
    )


def _rules(tracker: Tracker) -> dict[str, Any]:
    """Return the acts of the register by the event that brought them, the first to bind."""
    register = sorted(tracker.acts.values(), key=since, reverse=True)
    return {rule.event_id: rule for rule in register}


def _in_force_html(day: str, rule: Any) -> str:
    """Return from when on a rule is in force (None: the register has none) that an event brought,
    where that is another day than that of the event, from which on its level counts.
    """
    if rule is None or _may_be_one(day, since(rule)):
        return ""
    adopted = "adopted, " if rule.adopted and _may_be_one(day, rule.adopted) else ""
    in_force = f"{adopted}in force from {words.short_day(words.partial_date(since(rule)))}"
    return f'<div class="small">{escapes.html(in_force)}</div>'


def _may_be_one(day: str, other: str) -> bool:
    """Say whether two days are the same as far as they are known."""
    return day.startswith(other) or other.startswith(day)


def _what(tracker: Tracker) -> tuple[TableColumn, ...]:
    """Return the columns of when an event was, what, whose, and how it is scored."""

    def score(row: Any) -> str:
        return score_tag(tracker.codebook, score_of(row))

    def with_swatch(row: Any) -> str:
        return f"{mark(score_of(row))}{escapes.html(score(row))}"

    def day(row: Any) -> str:
        return words.iso_day(tracker.dates[row.event_id])

    def name(row: Any) -> str:
        return tracker.short_names[row.actor]

    return (
        TableColumn("Date", day, kind="partial", width="6.4rem", orders=_BY_DATE),
        TableColumn("Title", lambda row: row.title, orders=_BY["title"]),
        TableColumn(words.WHO, name, width="6.5rem", orders=_BY["actor"]),
        TableColumn("Score", score, width="7.5rem", html=with_swatch, orders=_BY["score"]),
    )


def _details(tracker: Tracker) -> tuple[TableColumn, ...]:
    """Return the columns of an event's direction, backing, domain and kind."""
    codebook = tracker.codebook

    def direction(row: Any) -> str:
        return direction_of(tracker, row.event_id)

    def direction_html(row: Any) -> str:
        return escapes.html(direction_words(tracker, row.event_id, row.instrument))

    def sources(row: Any) -> str:
        return source_count(tracker, row.event_id)

    def domain(row: Any) -> str:
        return codebook.domain_label(row.domain)

    def instrument(row: Any) -> str:
        return codebook.instruments[row.instrument].label

    def confidence(row: Any) -> str:
        return str(row.confidence).capitalize()

    columns = (
        TableColumn(
            "Direction",
            direction,
            width="clamp(5rem, 6.9vw, 8.25rem)",
            html=direction_html,
            orders=_BY["direction"],
        ),
        TableColumn("Sources", sources, width="4.2rem", orders=_BY["sources"], labelled=True),
        TableColumn(words.FIELD, domain, width="clamp(8rem, 8.5vw, 9.5rem)", orders=_BY["domain"]),
        TableColumn("Instrument", instrument, width="6rem", orders=_BY["instrument"]),
        TableColumn(
            "Confidence", confidence, width="5.2rem", orders=_BY["confidence"], labelled=True
        ),
    )
    return tuple(replace(column, aside=True) for column in columns)
