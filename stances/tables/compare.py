"""The tables of a comparison: who moved, two by field and over time, and who is near to whom."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np

from stances import escapes, words
from stances.answers.gaps import Names
from stances.answers.happened import MOST_MOVED, Move, causes_in_short
from stances.answers.ledger import BOTH, Action, Span, ledger
from stances.answers.nearest import in_common
from stances.answers.parting import (
    Parting,
    effect_and_why,
    effect_rank,
    effect_words,
    parting_day,
    size_words,
    what_words,
)
from stances.answers.rows import known_figure
from stances.answers.tracker import Tracker
from stances.markup.chip import swatch
from stances.markup.links import event_link, made_link
from stances.model.distance import Distances
from stances.model.stance import level_of
from stances.tables.table import Place, RowsTable, TableColumn, Text

# The events that made two part come so, which no column says.
_PARTING_FIRST = "what made them part first, the largest effect first"
# What leads back to the order without a link, where no column has it.
_BACK = {MOST_MOVED: ""}


def moves_table(tracker: Tracker, span: Span) -> RowsTable:
    """Return moves between two days, each with the act or statement of largest effect."""
    every = ledger(tracker, replace(span, only=BOTH), "effect")
    largest = {action.actor: action for action in reversed(every)}
    then, now = words.short_day(span.then), words.short_day(span.now)
    return RowsTable(
        caption=f"Every position then ({then}) and now ({now})",
        columns=(*_move_columns(), *_causes(tracker, largest)),
        title=words.WHO,
        parameter="actor",
        code=lambda move: move.actor,
        of_cells=True,
        first=MOST_MOVED,
        part="moves",
    )


def _move_columns() -> Iterator[TableColumn]:
    """Yield who moved, from where to where, and what made of it what, each with its order."""
    yield TableColumn(words.WHO, lambda move: move.name, width="10rem", orders=rising("name"))
    figures = (
        ("Then", "then", rising("then")),
        ("Now", "now", rising("now")),
        ("By acts and statements", "done", falling(MOST_MOVED)),
        ("By ageing", "time", falling("ageing")),
    )
    for name, of, orders in figures:
        is_first = of == "done"
        column = points_column(name, of, "6rem" if is_first else "5rem", orders=orders)
        yield replace(column, folded=not is_first)


def rising(order: str) -> dict[str, str]:
    """Return an order from the least on, as of a head."""
    return {order: "ascending"}


def falling(order: str) -> dict[str, str]:
    """Return an order from the most on, as of a head."""
    return {order: "descending"}


def points_column(
    name: str, of: str, width: str = "5rem", *, orders: Mapping[str, str]
) -> TableColumn:
    """Return the column of a figure with a sign that rows have as `of`: in an order that falls the
    furthest from nothing first, in one that rises the most restrictive.
    """
    falls = "descending" in orders.values()

    def key(row: Any) -> float | None:
        figure = known_figure(getattr(row, of))
        return abs(figure) if falls and figure is not None else figure

    return figure_column(name, signed_of(of), width, orders=orders, key=key)


def _causes(tracker: Tracker, largest: Mapping[str, Action]) -> tuple[TableColumn, ...]:
    """Return what was done, and how that counted."""

    def title(move: Move) -> str:
        return largest[move.actor].title if move.actor in largest else ""

    def title_link(move: Move) -> str:
        if move.actor not in largest:
            return words.DASH
        return event_link(tracker, largest[move.actor].event_id, title(move))

    def causes_html(move: Move) -> str:
        return escapes.html(causes_in_short(move)) or words.DASH

    return (
        TableColumn("What was done", title, html=title_link, labelled=True),
        TableColumn(
            "How it counted", causes_in_short, html=causes_html, labelled=True, folded=True
        ),
    )


def domains_table(tracker: Tracker, pair: Names, day: date) -> RowsTable:
    """Return the positions of two actors by field, with the gap. Rows: of `domains_of`."""
    called = tracker.sentence_names[pair[0]], tracker.sentence_names[pair[1]]

    def field(row: Any) -> str:
        return tracker.codebook.domain_label(row.domain)

    def stance(place: str, actor: str) -> TableColumn:

        def note(row: Any) -> str:
            value = getattr(row, place)
            wording = escapes.html(words.with_label(tracker.codebook, value))
            if not math.isnan(value):
                wording = made_link(tracker, actor, day, row.domain, wording)
            return f"{swatch(float(level_of(value)))}{wording}"

        orders = rising(f"field-{place}") | _BACK
        column = points_column(tracker.names[actor], place, "9.5rem", orders=orders)
        return replace(column, html=note)

    return RowsTable(
        caption=f"Positions of {called[0]} and of {called[1]} by field, and the gap between them",
        columns=(
            TableColumn(words.FIELD, field, orders=rising("field-name") | _BACK),
            stance("first", pair[0]),
            stance("second", pair[1]),
            points_column("Gap", "gap", orders=falling("field-gap") | _BACK),
        ),
        title=words.FIELD,
        parameter="domain",
        code=lambda row: row.domain,
        first=MOST_MOVED,
        part="fields",
    )


def months_table(tracker: Tracker, pair: Names) -> RowsTable:
    """Return the positions of two actors day by day, with the gap. Rows: of `gaps_in`."""
    names, called = (
        [named[code] for code in pair] for named in (tracker.names, tracker.sentence_names)
    )

    def day(row: Any) -> str:
        return str(row.date.date())

    by_day = falling("month-newest") | rising("month-oldest")
    by_first, by_second = rising("month-first"), rising("month-second")
    return RowsTable(
        caption=f"Positions of {called[0]} and of {called[1]} at month ends and the gap",
        columns=(
            TableColumn("Date", day, kind="day", width="8rem", orders=by_day),
            points_column(names[0], "first", "12rem", orders=by_first),
            points_column(names[1], "second", "12rem", orders=by_second),
            points_column("Gap", "gap", "6rem", orders=falling("month-gap")),
        ),
        title="Date",
        parameter="as_of",
        code=day,
        first="month-newest",
        part="months",
    )


def parting_table(tracker: Tracker, order: str = MOST_MOVED) -> RowsTable:
    """Return the events that moved a gap. Rows: of `partings`; `order`: as they are shown."""

    def title(row: Parting) -> str:
        return what_words(tracker, row)

    def title_link(row: Parting) -> str:
        # By its number it is found on the chart.
        return f"{row.rank}. {event_link(tracker, row.event_id, title(row))}"

    def day(row: Parting) -> str:
        return words.short_day(parting_day(tracker, row))

    def effect(row: Parting) -> str:
        return escapes.html(effect_and_why(row))

    def name(row: Parting) -> str:
        return tracker.names[row.actor]

    by_what, by_name = (rising(f"parting-{of}") | _BACK for of in ("what", "name"))
    what = TableColumn("The gap", effect_words, width="10rem", html=effect, labelled=True)
    newest, points = (falling(f"parting-{of}") | _BACK for of in ("newest", "points"))
    size = figure_column("By, points", size_words, orders=points, key=_size)
    without, with_it = (falling(f"parting-{of}") | _BACK for of in ("without", "with"))
    ordered = f", {_PARTING_FIRST}" if order == MOST_MOVED else ""
    return RowsTable(
        caption=f"What was done and said, each with its effect on the gap{ordered}",
        columns=(
            TableColumn("What was done", title, html=title_link, orders=by_what),
            TableColumn(words.WHO, name, width="10rem", orders=by_name),
            TableColumn("When", day, width="8rem", orders=newest, key=lambda row: row.date),
            replace(what, orders=rising("parting-gap") | _BACK, key=effect_rank),
            size,
            replace(points_column("Without it", "before", orders=without), folded=True),
            replace(points_column("With it", "after", orders=with_it), folded=True),
        ),
        parameter="event",
        code=lambda row: row.event_id,
        of_cells=True,
        first=MOST_MOVED,
        part="parting",
    )


def _size(row: Parting) -> float | None:
    return known_figure(abs(row.move))


def nearest_table(tracker: Tracker, name: str, to: Place) -> RowsTable:
    """Return the others by their distance from an actor, each with a link to its page. Rows: of
    `nearest`, those with enough in common; `to`: where the pages of actors are.
    """

    def other(row: Any) -> str:
        return tracker.names[row.actor]

    def before(row: Any) -> float | None:
        # It is told only where enough was shared then too.
        return known_figure(row.distance_before) if row.enough_before else None

    def common_fields(row: Any) -> str:
        return in_common(tracker.codebook, row.domains)

    fields = TableColumn("Fields in common", common_fields, width="14rem", labelled=True)
    return RowsTable(
        caption=f"Distances from {name} in the last 12 months and in those before",
        columns=(
            TableColumn(words.WHO, other, orders=rising("nearest-name")),
            _distance_column("Distance now", _distance, "nearest-now"),
            _distance_column("A year before", before, "nearest-before"),
            replace(fields, orders=falling("nearest-fields"), key=lambda row: len(row.domains)),
        ),
        title=words.WHO,
        parameter="actor",
        code=lambda row: row.actor,
        link=lambda row: to.link(other(row), actor=row.actor),
        of_cells=True,
        first="nearest-now",
        part="nearest",
    )


def pairs_table(tracker: Tracker, matrix: Distances, to: Place) -> RowsTable:
    """Each two of a matrix: their distance, a link to both side by side. Rows: `pairs_of`."""
    codes = np.array(tracker.model.domains, object)

    def one(row: Any) -> str:
        return tracker.names[matrix.actors[row.one]]

    def other(row: Any) -> str:
        return tracker.names[matrix.actors[row.other]]

    def fields(row: Any) -> list[str]:
        return [*codes[matrix.domains[row.one, row.other]].tolist()]

    def link(row: Any) -> str:
        pair = {"first": matrix.actors[row.one], "second": matrix.actors[row.other]}
        return to.link(one(row), compare="actors", page=None, sort=None, **pair)

    shared = TableColumn(
        "Fields in common", lambda row: in_common(tracker.codebook, fields(row)), labelled=True
    )
    months = figure_column("Months and fields in common", lambda row: str(row.pairs), "6rem")
    return RowsTable(
        caption="The distance of each two of the matrix",
        columns=(
            # Beside who is nearest there is little room, and a link breaks anywhere.
            TableColumn(words.WHO, one, width="19%", orders=rising("pair-name")),
            TableColumn("And", other, width="19%", orders=rising("pair-other"), labelled=True),
            _distance_column("Distance", _distance, "pair-distance"),
            replace(shared, orders=falling("pair-fields"), key=lambda row: len(fields(row))),
            replace(months, kind="whole", orders=falling("pair-months"), key=lambda row: row.pairs),
        ),
        title=words.WHO,
        parameter="second",
        code=lambda row: f"{row.one} {row.other}",
        link=link,
        first="pair-distance",
        part="pairs",
    )


def figure_column(
    name: str,
    text: Text,
    width: str = "5rem",
    *,
    folded: bool = False,
    orders: Mapping[str, str] = MappingProxyType({}),
    key: Callable[[Any], Any] | None = None,
) -> TableColumn:
    """Return a column of figures, which a card names."""
    return TableColumn(
        name, text, "number", width, orders=orders, key=key, labelled=True, folded=folded
    )


def signed_figure(value: float) -> str:
    """Return a figure with its sign; empty where it is missing."""
    return "" if math.isnan(value) else words.figure(value, 2)


def signed_of(name: str) -> Text:
    """Return the figure that a row has under a name."""
    return lambda row: signed_figure(getattr(row, name))


def _distance(row: Any) -> float | None:
    return known_figure(row.distance)


def _distance_column(name: str, figure: Callable[[Any], float | None], order: str) -> TableColumn:
    """Return a column of distances, which have no sign; empty where one is missing."""

    def text(row: Any) -> str:
        value = figure(row)
        return "" if value is None else f"{words.two_decimals(value):.2f}"

    return figure_column(name, text, orders=rising(order), key=figure)
