"""The tables of the page of data: counts by year, and what a reader's own settings change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from stances import escapes, words
from stances.answers.coverage import BY_NAME, MOST, ordered_words
from stances.answers.events import folded
from stances.answers.tracker import Tracker
from stances.markup.chip import swatch
from stances.model.stance import level_of
from stances.tables.compare import figure_column, signed_of
from stances.tables.table import Place, RowsTable, TableColumn

LABELS_FIRST = "changed labels first, then the largest moves"


class YearCounts(NamedTuple):
    """The number of events or sources of an actor in each year."""

    actor: str
    years: Mapping[int, int]

    @property
    def total(self) -> int:
        """The number in all years."""
        return sum(self.years.values())


def counts_by_year(
    tracker: Tracker, counts: pd.DataFrame, measure: str, order: str = MOST
) -> list[YearCounts]:
    """Return the counts of `by_year` in a column of it, a row for each actor, in one of the orders
    of `coverage.orders`; equals stay in theirs.
    """
    by_actor = counts.groupby("actor", sort=False)
    rows = [
        YearCounts(
            str(actor), dict(zip(cells["year"].tolist(), cells[measure].tolist(), strict=True))
        )
        for actor, cells in by_actor
    ]
    if order == BY_NAME:
        return sorted(rows, key=lambda row: folded(tracker.names[row.actor]))
    return sorted(rows, key=lambda row: -(row.total if order == MOST else row.years[int(order)]))


def coverage_table(
    tracker: Tracker, years: Sequence[int], measure: str, to: Place, order: str = MOST
) -> RowsTable:
    """Return counts by year, with a link to each actor. `measure`: what is counted; `to`: where the
    pages of actors are; `order`: of its rows.
    """

    def name(row: YearCounts) -> str:
        return tracker.names[row.actor]

    def of(year: int) -> TableColumn:
        # Nothing in a year is told by an empty cell, as on the heat map, and by 0 in the file.
        def count(row: YearCounts) -> str:
            return str(row.years[year])

        def count_html(row: YearCounts) -> str:
            return count(row) if row.years[year] else ""

        most = {str(year): "descending"}
        column = TableColumn(str(year), count, "whole", html=count_html, orders=most)
        return replace(column, labelled=True, folded=True)

    def total(row: YearCounts) -> str:
        return str(row.total)

    by_name, most = {BY_NAME: "ascending"}, {MOST: "descending"}
    ordered = ordered_words(order, measure)
    return RowsTable(
        caption=f"Number of {measure} by country or body and year, {ordered}",
        columns=(
            TableColumn(words.WHO, name, width="13rem", orders=by_name),
            TableColumn("All years", total, kind="whole", orders=most, labelled=True),
            *map(of, years),
        ),
        title=words.WHO,
        code=lambda row: row.actor,
        link=lambda row: to.link(name(row), actor=row.actor),
    )


def sensitivity_table(mode: str, to: Place) -> RowsTable:
    """Return the published positions beside those under a reader's own settings. Rows: of
    `named_moves`; `to`: where the pages of actors are.
    """

    def label(name: str, text: str, stance: str) -> TableColumn:
        def colored(row: Any) -> str:
            mark = swatch(float(level_of(getattr(row, stance))), mode)
            return f"{mark}{escapes.html(getattr(row, text))}"

        return TableColumn(
            name, lambda row: str(getattr(row, text)), width="10rem", html=colored, labelled=True
        )

    def changes(row: Any) -> str:
        return "yes" if row.flips else ""

    return RowsTable(
        caption=f"The published position of each and that under your settings, {LABELS_FIRST}",
        columns=(
            TableColumn(words.WHO, lambda row: row.name),
            figure_column("Published", signed_of("published")),
            figure_column("Yours", signed_of("stance")),
            figure_column("Move", signed_of("move")),
            label("Published label", "published_label", "published"),
            label("Your label", "label", "stance"),
            TableColumn("Changes", changes, width="5rem", labelled=True),
        ),
        title=words.WHO,
        code=lambda row: row.actor,
        link=lambda row: to.link(row.name, actor=row.actor),
    )
