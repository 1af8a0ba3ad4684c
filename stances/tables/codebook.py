"""The codebook as tables, and the events that count beside the one that is worked out."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from stances import escapes, words
from stances.answers.rows import column_rows
from stances.answers.tracker import Tracker
from stances.dataset.codebook import Codebook
from stances.markup.chip import swatch
from stances.tables.compare import figure_column
from stances.tables.table import RECORDS, RowsTable, TableColumn

_KIND = "figures"


def codebook_tables(codebook: Codebook) -> Iterator[tuple[RowsTable, Sequence[Any]]]:
    """Yield the scale, the domains and the instruments, each with its rows."""
    yield _scale_table(codebook), codebook.scale.levels
    domains = RowsTable(
        caption="Domains: what a position is about",
        columns=(
            TableColumn("Domain", lambda domain: domain.label),
            TableColumn("Weight", lambda domain: f"{domain.weight:g}", "number", labelled=True),
            TableColumn("Covers", lambda domain: domain.meaning, labelled=True),
        ),
        kind=RECORDS,
    )
    yield domains, [*codebook.domains.values()]
    yield _instruments_table(codebook), [*codebook.instruments.values()]


def _scale_table(codebook: Codebook) -> RowsTable:
    scale = codebook.scale

    def score(level: int) -> str:
        return words.figure(level, 0)

    def with_swatch(level: int) -> str:
        return f'<span class="nowrap">{swatch(level)}{score(level)}</span>'

    return RowsTable(
        caption="The scale: whole points only",
        columns=(
            TableColumn("Score", score, html=with_swatch),
            TableColumn("Label", lambda level: scale.labels[level]),
            TableColumn("Meaning", lambda level: scale.meaning[level]),
        ),
        kind=_KIND,
    )


def _instruments_table(codebook: Codebook) -> RowsTable:
    def name(kind: Any) -> str:
        return f"{kind.label} (binding)" if kind.binding else str(kind.label)

    def weight(kind: Any) -> str:
        return f"{codebook.model.binding_weight if kind.binding else kind.weight:g}"

    def half_life(kind: Any) -> str:
        return "does not fade" if kind.binding else f"{kind.half_life_days:,g}"

    def lapses(kind: Any) -> str:
        return f"{kind.lapses_after_days:,}" if kind.lapses_after_days else ""

    return RowsTable(
        caption="Instruments: how a position was taken",
        columns=(
            TableColumn("Instrument", name),
            TableColumn("Weight", weight, "number"),
            TableColumn("Half-life, days", half_life, "number"),
            TableColumn("Lapses after, days", lapses, "number"),
        ),
        kind=_KIND,
    )


class CountingEvent(NamedTuple):
    """An event that counts, with its weight, its score and both multiplied; the sum of all with
    neither an id nor a score (NaN).
    """

    event_id: str
    weight: float
    score: float
    product: float


def counting_rows(explained: pd.DataFrame) -> list[CountingEvent]:
    """Return the events that count, and their sum. `explained`: see `Model.explain`."""
    rows = [
        CountingEvent(event, weight, score, weight * score)
        for event, weight, score in column_rows(explained, "event_id", "weight", "counted_score")
    ]
    weight, product = sum(row.weight for row in rows), sum(row.product for row in rows)
    return [*rows, CountingEvent("", weight, math.nan, product)]


def counting_table(tracker: Tracker) -> RowsTable:
    """Return the events that count for a position. Rows: of `counting_rows`."""

    def name(row: CountingEvent) -> str:
        if not row.event_id:
            return "Sum"
        day = words.short_day(tracker.dates[row.event_id])
        return f"{day}: {tracker.titles[row.event_id]}"

    def with_swatch(row: CountingEvent) -> str:
        return f"{swatch(row.score) if row.event_id else ''}{escapes.html(name(row))}"

    def score(row: CountingEvent) -> str:
        return words.figure(row.score, 0) if row.event_id else ""

    product = f"Weight {words.TIMES} score"
    return RowsTable(
        caption="All events that count, each rounded",
        columns=(
            TableColumn("Event that counts", name, html=with_swatch),
            figure_column("Weight", lambda row: f"{row.weight:.4f}", ""),
            replace(figure_column("Score", score, ""), html=score),
            figure_column(product, lambda row: words.figure(row.product, 4), ""),
        ),
        code=lambda row: row.event_id,
        kind=RECORDS,
    )
