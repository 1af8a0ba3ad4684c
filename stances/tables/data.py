"""The tables of the page of data: counts by year, and what a reader's own settings change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, NamedTuple

import pandas as pd

from stances import escapes, words
from stances.answers.coverage import BY_NAME, MOST, ordered_words
from stances.answers.events import fold
from stances.answers.rows import known_figure
from stances.answers.sensitivity import SettingsEffect
from stances.answers.tracker import Tracker
from stances.markup.chip import swatch
from stances.model.stance import level_of
from stances.tables.compare import (
    falling,
    figure_column,
    points_column,
    rising,
)
from stances.tables.table import Place, RowsTable, TableColumn

# What leads back to the order without a link, where no column has it.
_BACK = {MOST: ""}


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
        return sorted(rows, key=lambda row: fold(tracker.names[row.actor]))
    return sorted(rows, key=lambda row: -(row.total if order == MOST else row.years[int(order)]))


def coverage_table(
    tracker: Tracker, years: Sequence[int], measure: str, to: Place, order: str = MOST
) -> RowsTable:
    """Return counts by year, with a link to each actor. `measure`: what is counted; `to`: where the
    pages of actors are; `order`: of its rows.
    """

    def name(row: YearCounts) -> str:
        return tracker.names[row.actor]

    def link(row: YearCounts) -> str:
        # The subject itself has events and no page.
        has_page = row.actor in tracker.model.actors
        return to.link(name(row), actor=row.actor) if has_page else escapes.html(name(row))

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
        link=link,
    )


def sensitivity_table(to: Place, about: str) -> RowsTable:
    """Return the published positions beside those under a reader's own settings. Rows: of
    `named_moves`; `to`: actors' pages; `about`: the field, for the end of a sentence.
    """

    def label(name: str, text: str, stance: str) -> TableColumn:
        def with_swatch(row: Any) -> str:
            mark = swatch(float(level_of(getattr(row, stance))))
            return f"{mark}{escapes.html(getattr(row, text))}"

        return TableColumn(
            name,
            lambda row: str(getattr(row, text)),
            width="10rem",
            html=with_swatch,
            labelled=True,
        )

    def changes(row: Any) -> str:
        return "yes" if row.flips else ""

    by_label = falling("sensitivity-changes")
    return RowsTable(
        caption=f"The position of each {about}, published and under your settings",
        columns=(
            TableColumn(words.WHO, lambda row: row.name, orders=rising("sensitivity-name")),
            points_column("Published", "published", orders=rising("sensitivity-published")),
            points_column("Yours", "stance", orders=rising("sensitivity-yours")),
            points_column("Move", "move", orders=falling("sensitivity-move")),
            label("Published label", "published_label", "published"),
            label("Your label", "label", "stance"),
            TableColumn("Changes", changes, width="5rem", labelled=True, orders=by_label),
        ),
        title=words.WHO,
        code=lambda row: row.actor,
        link=lambda row: to.link(row.name, actor=row.actor),
        first="sensitivity-changes",
        part="actors",
    )


def settings_table(caption: str, link: Callable[[str], str]) -> RowsTable:
    """Return what other settings would change. Rows: of `settings_effects`; `link`: to what they
    do, by what they are called.
    """

    def labels(row: SettingsEffect) -> str:
        return str(row.labels)

    def figures_text(row: SettingsEffect) -> str:
        return f"{row.figures} of {row.both}"

    def tau(row: SettingsEffect) -> str:
        return "" if row.tau != row.tau else f"{row.tau:.2f}"

    by_name, by_labels = rising("settings-name") | _BACK, falling("settings-labels") | _BACK
    by_figures, by_tau = falling("settings-figures") | _BACK, rising("settings-tau") | _BACK
    return RowsTable(
        caption=caption,
        columns=(
            TableColumn("Settings", lambda row: row.label, orders=by_name),
            figure_column("Labels changed", labels, orders=by_labels, key=attrgetter("labels")),
            figure_column(
                "Figures moved", figures_text, orders=by_figures, key=attrgetter("figures")
            ),
            figure_column(
                "Kendall's tau", tau, orders=by_tau, key=lambda row: known_figure(row.tau)
            ),
        ),
        title="Settings",
        code=lambda row: row.label,
        link=lambda row: link(row.label),
        first=MOST,
        part="settings",
    )
