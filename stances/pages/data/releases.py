"""Blocks on what the latest release changed: stances and rows, each with its reasons."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from stances import escapes, words
from stances.answers.release_diff import (
    ADDED,
    CORRECTED,
    FACTS,
    WITHDRAWN,
    FigureChange,
    ReleaseDiff,
    RowChange,
    diff_with_last,
    totals_text,
)
from stances.answers.release_words import FIGURES, MOST, rows_text
from stances.dataset.faults import BadInput, DataFaults
from stances.dataset.releases import releases
from stances.dataset.tables import Dataset
from stances.links.view import View, path_with
from stances.pages.block import Blocks, TableBlock, TextBlock
from stances.tables.releases import figures_in_order, figures_table, rows_in_order, rows_table
from stances.tables.table import RowsTable, place_of

# The section of the page that has it.
RELEASES_SECTION = "citing"
HEADING = "What the latest release changed"
# What other rows rest on comes after them.
_BESIDE = ("sources", "codings", "external_codings")


def blocks(view: View) -> Blocks:
    """Yield how many figures and rows are others, and behind a press of each which."""
    diff = _diff(view.tracker.data)
    if diff is None:
        return
    heading = "What this release changed" if view.published.data.release else HEADING
    yield TextBlock(heading=heading, text=(_text(diff),), kind="part", css="")
    # What changed nothing is not what a reader came for.
    if not (diff.rows or diff.figures) and (before := _diff(diff.old)):
        diff = before
        yield TextBlock(text=(f"The release before it: {_text(diff)}",), css="")
    yield TextBlock(_whole(diff))
    if diff.figures:
        yield _table_of_figures(view, diff)
    for change, title in (
        (CORRECTED, "Corrected rows"),
        (WITHDRAWN, "Withdrawn rows"),
        (ADDED, "New rows"),
    ):
        ranked = sorted((row for row in diff.rows if row.change == change), key=_rank)
        if rows := rows_in_order(ranked, change, view["sort"]):
            table = rows_table(view.tracker, change, title)
            yield _table(view, table, title, rows, change)


def _diff(data: Dataset) -> ReleaseDiff | None:
    """Return what tables and the release before have apart; None: none is before, or readable."""
    try:
        return diff_with_last(data)
    except (BadInput, DataFaults, OSError):
        return None


def _text(diff: ReleaseDiff) -> str:
    models = [data.codebook.formula.number for data in (diff.old, diff.new)]
    model = f"; model {models[1]} instead of {models[0]}" if models[0] != models[1] else ""
    compared = f"{diff.new.version}, compared with {diff.old.version}{model}."
    return f"{compared} {rows_text(diff)} Figures {words.on_day(diff.day)}. {totals_text(diff)}"


def _whole(diff: ReleaseDiff) -> str:
    """Return where all of it is, as a file and by a command."""
    versions = {"old": diff.old.version, "new": diff.new.version}
    if diff.new.version not in releases(diff.new.folder).names:
        del versions["new"]
    address = escapes.html(path_with("releases/diff.json", versions))
    command = escapes.html(f"python -m stances diff {' '.join(versions.values())}")
    return f'<p>All of it: <a href="{address}">as JSON</a>, or by <code>{command}</code></p>'


def _table_of_figures(view: View, diff: ReleaseDiff) -> TableBlock:
    """Return the stances that differ, by label first, then the largest moves."""
    titles = dict(zip(diff.old.events["event_id"], diff.old.events["title"], strict=True))
    rows = figures_in_order(view.tracker, sorted(diff.figures, key=_size), view["sort"])
    title = "Positions and margins of doubt that changed"
    to = place_of(view, "actor")
    table = figures_table(view.tracker, titles | view.tracker.titles, title, to)
    return _table(view, table, title, rows, FIGURES)


def _size(change: FigureChange) -> tuple[bool, float]:
    then, now = change.before, change.after
    moved = abs((now.stance or 0) - (then.stance or 0))
    return then.label == now.label, -moved


def _rank(row: RowChange) -> tuple[bool, bool, bool]:
    return row.table in _BESIDE, row.fields.keys().isdisjoint(FACTS), not row.why


def _table(view: View, table: RowsTable, title: str, rows: Sequence[Any], name: str) -> TableBlock:
    """Return a table behind a press, but for the one whose order the address names, which is on
    the page of its rows that the address asks for.
    """
    is_named = view["sort"].startswith(f"{name}-")
    order = view["sort"] if is_named else f"{name}-{MOST}"
    # Of a row nothing is cited: what it is of is, by the link that it is.
    place = place_of(view, part=name)
    return TableBlock(
        table,
        rows,
        replace(place, query={**place.query, "sort": order}, origin=""),
        number=view["page"] if is_named else 1,
        order=("sort", order),
        folded=f"{title}: {len(rows):,}",
        unfolds=is_named,
    )
