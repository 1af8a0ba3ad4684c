"""The tables of shares: how sources were checked, what backs events, and how sure codings are."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from stances import words
from stances.answers import coverage
from stances.answers.events import checked_words, language_name
from stances.answers.rows import column_rows
from stances.dataset.tables import Dataset
from stances.tables.table import RowsTable, TableColumn

# So many shares have a row each.
_MOST = 8


class Share(NamedTuple):
    """The number of events or sources of a kind, and its share of all; NaN: of none."""

    name: str
    number: int
    share: float


def _checked_text(code: str) -> str:
    return words.sentence_start(checked_words(code))


# The captions and the heads of shares, and what each of them is called.
_SHARES: dict[str, tuple[str, str, Callable[[str], str]]] = {
    coverage.BY_CHECKED: ("Sources, by how they were checked", "Checked", _checked_text),
    coverage.BY_CONFIDENCE: ("Events, by confidence of the coding", "Confidence", str.capitalize),
    coverage.BY_LANGUAGE: ("Sources, by language", "Language", language_name),
}


def shares_tables(data: Dataset, day: date) -> Iterator[tuple[RowsTable, Sequence[Share]]]:
    """Yield how sources were checked, what backs events, how sure codings are, and what languages
    sources are in, each with its rows.
    """
    table = coverage.shares(data.events, data.event_sources, data.codebook, day)
    for by, (caption, head, name) in _SHARES.items():
        rows = _shares(table[table["by"] == by], name)
        yield _shares_table(caption, head), _with_others(rows)
        if by == coverage.BY_CHECKED:
            backings = coverage.backings(data.events, data.event_sources, data.codebook, day)
            first = next(iter(data.codebook.tiers.values()))
            names = {coverage.OFFICIAL: f"With: {first}", coverage.ALONE: "With one source only"}
            backed = _shares_table("Events, by what backs them", "Events", "Share of all")
            yield backed, _shares(backings, names.__getitem__)


def _shares(table: pd.DataFrame, name: Callable[[str], str]) -> list[Share]:
    return [Share(name(of), n, share) for of, n, share in column_rows(table, "of", "n", "share")]


def _with_others(rows: list[Share]) -> list[Share]:
    """Return the first shares, and the others together."""
    rest = rows[_MOST:]
    if not rest:
        return rows
    number, share = sum(row.number for row in rest), sum(row.share for row in rest)
    others = words.plural(len(rest), "other", start=True)
    return [*rows[:_MOST], Share(others, number, share)]


def _shares_table(caption: str, head: str, share: str = "Share") -> RowsTable:
    """Return shares, each with a bar. `head`: what they are by; `share`: their own heading."""

    def part(row: Share) -> str:
        return "" if row.share != row.share else words.share(row.share)

    def bar(row: Share) -> str:
        return f'<span class="bar" style="width:{row.share:.1%}"></span>' if part(row) else ""

    return RowsTable(
        caption=caption,
        columns=(
            TableColumn(head, lambda row: row.name),
            TableColumn("Number", lambda row: f"{row.number:,}", "whole"),
            TableColumn(share, part, "number"),
            TableColumn("", lambda _: "", html=bar),
        ),
        code=lambda row: row.name,
        kind="figures",
    )
