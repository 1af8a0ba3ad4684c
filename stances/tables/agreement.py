"""The tables of agreement: scores of coders that are far apart, and what lists of others say."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

import pandas as pd

from stances import escapes, words
from stances.answers.agreement import ACTS, BY_DOMAIN, FAR_APART, FARTHEST, OLDEST, WORDS
from stances.answers.events import coder_in_short, coder_names
from stances.answers.rows import known_figure
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL, Codebook
from stances.markup.links import event_link, page_link
from stances.markup.sources import link_html
from stances.tables.compare import falling, figure_column, points_column, rising
from stances.tables.table import RowsTable, TableColumn, Text


def pair_table(tracker: Tracker, one: str, other: str) -> RowsTable:
    """Return two coders' figures: of all, by domain, by words, acts. Rows: of `coder_agreement`."""

    def of(row: Any) -> str:
        if row.by == BY_DOMAIN:
            return tracker.codebook.domain_label(row.of)
        return {OVERALL: "All", WORDS: "Words", ACTS: "Acts"}[row.of]

    def share(name: str) -> Text:
        return lambda row: "" if math.isnan(getattr(row, name)) else words.share(getattr(row, name))

    def alpha(row: Any) -> str:
        return "" if math.isnan(row.alpha) else f"{row.alpha:.2f}"

    return RowsTable(
        caption=coder_names(one, other),
        columns=(
            TableColumn("Events", of),
            TableColumn("n", lambda row: f"{row.n:,}", "whole"),
            TableColumn("Alpha", alpha, "number"),
            TableColumn("Same", share("exact"), "number"),
            TableColumn("Within one", share("within_one"), "number"),
        ),
        code=lambda row: row.by,
        kind="figures",
    )


def scores_table(caption: str, coders: Sequence[str], of_reader: Tracker) -> RowsTable:
    """Return the events that coders scored far apart. `of_reader`: under the reader's own settings,
    for the links. Rows: of the table of events.
    """
    tracker, back = of_reader, {FAR_APART: ""}

    def below(row: Any) -> str:
        return _event_below(tracker, row, coders)

    def of(coder: str) -> TableColumn:
        def score(row: Any) -> str:
            coding = tracker.codings.get((row.event_id, coder))
            return _score(coding[0]) if coding else ""

        return figure_column(coder_in_short(coder).capitalize(), score)

    def score_cell(row: Any) -> float | None:
        return None if pd.isna(row.score) else float(row.score)

    by_title, by_score = rising("scores-event") | back, rising("scores-counted") | back
    return RowsTable(
        caption=caption,
        columns=(
            TableColumn("Event", lambda row: row.title, below=below, orders=by_title),
            *map(of, coders),
            figure_column(
                "Counts now", lambda row: _score(row.score), orders=by_score, key=score_cell
            ),
        ),
        title="Event",
        parameter="event",
        code=lambda row: row.event_id,
        link=lambda row: event_link(of_reader, row.event_id, row.title),
        noun="event",
        of_cells=True,
        first=FAR_APART,
        part="scores",
    )


def _event_below(tracker: Tracker, row: Any, coders: Sequence[str]) -> str:
    """Return whose event it is, and the reasons of the coders."""
    day = words.short_day(tracker.dates[row.event_id])
    about = f"{tracker.names[row.actor]}, {day}, {tracker.codebook.domain_label(row.domain)}"
    reasons = [
        f"{coder_in_short(coder)}: {words.quote(why)}"
        for coder in coders
        if (why := tracker.codings.get((row.event_id, coder), (None, ""))[1])
    ]
    return f'<div class="small">{escapes.html("; ".join([about, *reasons]))}</div>'


def _score(score: Any) -> str:
    """Return a score of the scale; without one the event is context."""
    return "context" if pd.isna(score) else words.figure(float(score), 0)


def lists_table(caption: str, part: str) -> RowsTable:
    """Return how far lists of others agree with us. Rows: of `outside_agreement`, each with the
    `url` and the `source` of its first reading. `part`: the id of the table.
    """

    def when(row: Any) -> str:
        return " to ".join(dict.fromkeys(map(words.short_day, (row.first_day, row.last_day))))

    less = points_column("Ours less theirs", "mean_difference", orders=rising("lists-less"))
    by_day = rising(OLDEST) | falling("lists-newest")
    return RowsTable(
        caption=caption,
        columns=(
            replace(
                _column_with_day("List, date", lambda row: row.list, when, by_day),
                key=attrgetter("first_day"),
            ),
            _number_column("n", lambda row: str(row.n), "lists-n"),
            _number_column("Same", lambda row: _of_all(row.exact, row.n), "lists-same"),
            _number_column(
                "Within one", lambda row: _of_all(row.within_one, row.n), "lists-within"
            ),
            less,
            _number_column(
                "Not compared", lambda row: str(row.no_position + row.unscored), "lists-left"
            ),
        ),
        title="List, date",
        code=lambda row: row.list,
        link=lambda row: link_html(row.url, row.list, row.source),
        noun="list",
        first=OLDEST,
        part=part,
    )


def _number_column(name: str, of: Text, order: str) -> TableColumn:
    """Return a column of whole numbers, most first in its order."""

    def key(row: Any) -> int | None:
        return int(of(row)) if of(row) else None

    column = figure_column(name, of, "4rem", orders=falling(order), key=key)
    return replace(column, kind="whole")


def _column_with_day(name: str, text: Text, when: Text, orders: Mapping[str, str]) -> TableColumn:
    """Return the column of what rows are of, each with its day below it."""

    def below(row: Any) -> str:
        return f'<div class="small">{escapes.html(when(row))}</div>'

    return TableColumn(name, lambda row: f"{text(row)}, {when(row)}", below=below, orders=orders)


def _of_all(share: float, n: int) -> str:
    """Return a share of few as a number; per cent of five would say more than is known."""
    return "" if share != share else f"{round(share * n)}"


def readings_table(tracker: Tracker, caption: str, part: str) -> RowsTable:
    """Return lists of others far from ours. Rows: of `conflicts`. `part`: its id."""
    codebook, back = tracker.codebook, {FARTHEST: ""}

    def when(row: Any) -> str:
        return words.short_day(row.day)

    def theirs(row: Any) -> str:
        return _theirs_html(codebook, row)

    def ours(row: Any) -> str:
        return _ours_html(tracker, row)

    def label(name: str, of: str, html: Text) -> TableColumn:
        def text(row: Any) -> str:
            return words.score_label(codebook, getattr(row, of))

        def key(row: Any) -> float | None:
            return known_figure(getattr(row, of))

        by = rising(f"readings-{of}") | back
        return TableColumn(name, text, html=html, orders=by, key=key, labelled=True)

    def name(row: Any) -> str:
        return tracker.names[row.actor]

    by_name = rising("readings-name") | back
    return RowsTable(
        caption=caption,
        columns=(
            _column_with_day("Actor, date", name, when, by_name),
            label("The list says", "theirs", theirs),
            label("We say", "ours", ours),
        ),
        title="Actor, date",
        code=lambda row: f"{row.actor} {row.list}",
        link=lambda row: f"<b>{escapes.html(name(row))}</b>",
        noun="reading",
        first=FARTHEST,
        part=part,
    )


def _theirs_html(codebook: Codebook, row: Any) -> str:
    """Return what a list says, in its words, and where."""
    link = link_html(row.url, row.source, row.list)
    quote = escapes.html(words.quote(row.category))
    below = f'<div class="small">{quote}, {link}{escapes.html(_basis(row))}</div>'
    return f"{_label_html(codebook, row.theirs)}{below}"


def _ours_html(tracker: Tracker, row: Any) -> str:
    """Return what we say on the day of a list, with the way to why."""
    day, domain = f"{row.day:%Y-%m-%d}", tracker.main_domain
    view = {"as_of": day, "domain": domain, "actor": row.actor}
    link = page_link(tracker, "actor", view, "our reasons")
    label = _label_html(tracker.codebook, row.ours)
    return f'{label}<div class="small nowrap">{link}</div>'


def _label_html(codebook: Codebook, score: float) -> str:
    return f'<span class="nowrap">{escapes.html(words.score_label(codebook, score))}</span>'


def _basis(row: Any) -> str:
    if not row.apart:
        return ""
    return f" ({', '.join(filter(None, [row.basis, row.quality]))})"
