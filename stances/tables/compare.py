"""The tables of a comparison: who moved, two by field and over time, and who is near to whom."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from stances import escapes, words
from stances.answers.events import folded
from stances.answers.gaps import Names
from stances.answers.happened import MOST_MOVED, Move, causes_in_short
from stances.answers.ledger import BOTH, Action, Span, ledger
from stances.answers.nearest import in_common
from stances.answers.parting import (
    Parting,
    effect_and_why,
    effect_words,
    parting_day,
    size_words,
    what_words,
)
from stances.answers.rows import missing_last
from stances.answers.tracker import Tracker
from stances.markup.chip import swatch
from stances.markup.links import event_link, made_link
from stances.model.distance import Distances
from stances.model.stance import level_of
from stances.tables.table import Place, RowsTable, TableColumn, Text

# The orders of MOVE_ORDERS within a sentence.
MOVE_ORDER_WORDS = {
    MOST_MOVED: "most changed by acts and statements first",
    "name": "by name",
    "then": "the most restrictive then first",
    "now": "the most restrictive now first",
    "ageing": "most changed by ageing first",
}
NEAREST = "the nearest first"
NEWEST = "the newest first"
PARTING_FIRST = "what made them part first, the largest effect first"


def moves_in_order(moves: Sequence[Move], order: str) -> list[Move]:
    """Return moves, which come by what was done, in one of MOVE_ORDERS."""
    keys: dict[str, Callable[[Move], Any]] = {
        "name": lambda move: folded(move.name),
        "then": lambda move: _known(move.then),
        "now": lambda move: _known(move.now),
        "ageing": lambda move: _known(-abs(move.time)),
    }
    return missing_last(moves, keys[order]) if order in keys else list(moves)


def _known(figure: float) -> float | None:
    return None if math.isnan(figure) else figure


def moves_table(tracker: Tracker, span: Span, order: str = MOST_MOVED) -> RowsTable:
    """Return moves between two days, each with the act or statement of largest effect. `order`: of
    its rows, of MOVE_ORDERS.
    """
    every = ledger(tracker, replace(span, only=BOTH), "effect")
    largest = {action.actor: action for action in reversed(every)}
    then, now = words.short_day(span.then), words.short_day(span.now)
    return RowsTable(
        caption=f"Every position then ({then}) and now ({now}), {MOVE_ORDER_WORDS[order]}",
        columns=(*_move_columns(), *_causes(tracker, largest)),
        title=words.WHO,
        parameter="actor",
        code=lambda move: move.actor,
        of_cells=True,
    )


def _move_columns() -> Iterator[TableColumn]:
    """Yield who moved, from where to where, and what made of it what, each with its order."""
    yield TableColumn(
        words.WHO, lambda move: move.name, width="10rem", orders={"name": "ascending"}
    )
    figures: tuple[tuple[str, Text, str, str], ...] = (
        ("Then", lambda move: signed(move.then), "then", "ascending"),
        ("Now", lambda move: signed(move.now), "now", "ascending"),
        ("By acts and statements", lambda move: signed(move.done), MOST_MOVED, "descending"),
        ("By ageing", lambda move: signed(move.time), "ageing", "descending"),
    )
    for name, text, order, direction in figures:
        is_first = order == MOST_MOVED
        column = figure_column(name, text, "6rem" if is_first else "5rem", folded=not is_first)
        yield replace(column, orders={order: direction})


def _causes(tracker: Tracker, largest: Mapping[str, Action]) -> tuple[TableColumn, ...]:
    """Return what was done, and how that counted."""

    def title(move: Move) -> str:
        return largest[move.actor].title if move.actor in largest else ""

    def linked(move: Move) -> str:
        if move.actor not in largest:
            return words.DASH
        return event_link(tracker, largest[move.actor].event_id, title(move))

    def counted(move: Move) -> str:
        return escapes.html(causes_in_short(move)) or words.DASH

    return (
        TableColumn("What was done", title, html=linked, labelled=True),
        TableColumn("How it counted", causes_in_short, html=counted, labelled=True, folded=True),
    )


def domains_table(tracker: Tracker, pair: Names, day: date, mode: str) -> RowsTable:
    """Return the positions of two actors by field, with the gap. Rows: of `domains_of`."""
    called = tracker.called[pair[0]], tracker.called[pair[1]]

    def stance(place: str, actor: str) -> TableColumn:
        name = tracker.names[actor]

        def note(row: Any) -> str:
            value = getattr(row, place)
            wording = escapes.html(words.labelled(tracker.codebook, value))
            if not math.isnan(value):
                wording = made_link(tracker, actor, day, row.domain, wording)
            return f"{swatch(float(level_of(value)), mode)}{wording}"

        text = signed_of(place)
        return TableColumn(name, text, kind="number", width="9.5rem", html=note, labelled=True)

    return RowsTable(
        caption=f"Positions of {called[0]} and of {called[1]} by field, and the gap between them",
        columns=(
            TableColumn(words.FIELD, lambda row: tracker.codebook.domain_label(row.domain)),
            stance("first", pair[0]),
            stance("second", pair[1]),
            figure_column("Gap", signed_of("gap")),
        ),
        title=words.FIELD,
        parameter="domain",
        code=lambda row: row.domain,
    )


def months_table(tracker: Tracker, pair: Names) -> RowsTable:
    """Return the positions of two actors day by day, with the gap. Rows: of `gaps_in`."""
    names, called = ([named[code] for code in pair] for named in (tracker.names, tracker.called))
    return RowsTable(
        caption=f"Positions of {called[0]} and of {called[1]} at month ends and the gap, {NEWEST}",
        columns=(
            TableColumn("Date", lambda row: str(row.date.date()), kind="day", width="8rem"),
            figure_column(names[0], signed_of("first"), "12rem"),
            figure_column(names[1], signed_of("second"), "12rem"),
            figure_column("Gap", signed_of("gap"), "6rem"),
        ),
        title="Date",
        parameter="as_of",
        code=lambda row: str(row.date.date()),
    )


def parting_table(tracker: Tracker) -> RowsTable:
    """Return the events that moved the gap between two actors. Rows: of `partings`."""

    def title(row: Parting) -> str:
        return what_words(tracker, row)

    def linked(row: Parting) -> str:
        # By its number it is found on the chart.
        return f"{row.rank}. {event_link(tracker, row.event_id, title(row))}"

    def day(row: Parting) -> str:
        return words.short_day(parting_day(tracker, row))

    def effect(row: Parting) -> str:
        return escapes.html(effect_and_why(row))

    return RowsTable(
        caption=f"What was done and said, each with its effect on the gap, {PARTING_FIRST}",
        columns=(
            TableColumn("What was done", title, html=linked),
            TableColumn(words.WHO, lambda row: tracker.names[row.actor], width="10rem"),
            TableColumn("When", day, width="8rem"),
            TableColumn("The gap", effect_words, width="10rem", html=effect, labelled=True),
            figure_column("By, points", size_words),
            figure_column("Without it", lambda row: signed(row.before), folded=True),
            figure_column("With it", lambda row: signed(row.after), folded=True),
        ),
        parameter="event",
        code=lambda row: row.event_id,
        of_cells=True,
    )


def nearest_table(tracker: Tracker, name: str, to: Place) -> RowsTable:
    """Return the others by their distance from an actor, each with a link to its page. Rows: of
    `nearest`, those with enough in common; `to`: where the pages of actors are.
    """

    def other(row: Any) -> str:
        return tracker.names[row.actor]

    def before(row: Any) -> str:
        # It is told only where enough was shared then too.
        return distance(row.distance_before) if row.enough_before else ""

    def shared(row: Any) -> str:
        return in_common(tracker.codebook, row.domains)

    return RowsTable(
        caption=f"Distances from {name} in the last 12 months and in those before, {NEAREST}",
        columns=(
            TableColumn(words.WHO, other),
            figure_column("Distance now", lambda row: distance(row.distance)),
            figure_column("A year before", before),
            TableColumn("Fields in common", shared, width="14rem", labelled=True),
        ),
        title=words.WHO,
        parameter="actor",
        code=lambda row: row.actor,
        link=lambda row: to.link(other(row), actor=row.actor),
        of_cells=True,
    )


def pairs_table(tracker: Tracker, matrix: Distances, to: Place) -> RowsTable:
    """Each two of a matrix with their distance, and a link to the two side by side. Rows: of
    `pairs_of`.
    """
    codes = np.array(tracker.model.domains, object)

    def name(place: int) -> str:
        return tracker.names[matrix.actors[place]]

    def shared(row: Any) -> str:
        return in_common(tracker.codebook, codes[matrix.domains[row.one, row.other]].tolist())

    def link(row: Any) -> str:
        pair = {"first": matrix.actors[row.one], "second": matrix.actors[row.other]}
        return to.link(name(row.one), compare="actors", page=None, **pair)

    return RowsTable(
        caption=f"The distance of each two of the matrix, {NEAREST}",
        columns=(
            # Beside who is nearest there is little room, and a link breaks anywhere.
            TableColumn(words.WHO, lambda row: name(row.one), width="19%"),
            TableColumn("And", lambda row: name(row.other), width="19%", labelled=True),
            figure_column("Distance", lambda row: distance(row.distance)),
            TableColumn("Fields in common", shared, labelled=True),
            TableColumn(
                "Months and fields in common",
                lambda row: str(row.pairs),
                kind="whole",
                width="6rem",
                labelled=True,
            ),
        ),
        title=words.WHO,
        parameter="second",
        code=lambda row: f"{row.one} {row.other}",
        link=link,
    )


def figure_column(
    name: str, text: Text, width: str = "5rem", *, folded: bool = False
) -> TableColumn:
    """Return a column of figures, which a card names."""
    return TableColumn(name, text, kind="number", width=width, labelled=True, folded=folded)


def signed(value: float) -> str:
    """Return a figure with its sign; empty where it is missing."""
    return "" if math.isnan(value) else words.figure(value, 2)


def signed_of(name: str) -> Text:
    """Return the figure that a row has under a name."""
    return lambda row: signed(getattr(row, name))


def distance(value: float) -> str:
    """Return a distance, which has no sign; empty where it is missing."""
    return "" if math.isnan(value) else f"{words.printed(value):.2f}"
