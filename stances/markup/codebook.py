"""The codebook as tables, the formula in words, and an event worked out, as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pandas as pd

from stances import escapes, words
from stances.answers.agreement import together_line
from stances.answers.example import steps, why_not
from stances.answers.introduction import codings_text
from stances.answers.tracker import Tracker
from stances.answers.worked import UNSCORED, formula_steps, too_late
from stances.dataset.codebook import Codebook
from stances.markup.blocks import heading_html, paragraph_html
from stances.markup.chip import swatch
from stances.markup.sources import sources_html
from stances.markup.table import cited_in, rows_of, table_html

EXAMPLE = "A worked example"
NO_EVENTS = "The dataset has no events yet, so there is nothing to work out."


def method_parts(tracker: Tracker, mode: str) -> Iterator[str]:
    """Yield how a stance is computed and by whom events were scored, and the codebook: scale,
    domains, instruments.
    """
    codebook = tracker.codebook
    yield heading_html("How a stance is computed")
    yield _steps(
        f"<b>{escapes.html(name)}.</b> {escapes.html(text)}"
        for name, text in formula_steps(codebook)
    )
    agreement = together_line(tracker.coders_together)
    agreed = f"Agreement of coders, as alpha. {agreement}" if agreement else ""
    for text in filter(None, (codings_text(tracker.data), agreed)):
        yield paragraph_html(text, "small")
    yield heading_html("The codebook")
    yield from (_scale(tracker, mode), _domains(tracker), _instruments(tracker))


def _steps(items: Iterable[str]) -> str:
    return f'<ol class="steps">{"".join(f"<li>{item}</li>" for item in items)}</ol>'


# -- the codebook --------------------------------------------------------------------------------


def _scale(tracker: Tracker, mode: str) -> str:
    scale = tracker.codebook.scale
    rows = [
        (
            f'<span class="nowrap">{swatch(level, mode)}{words.figure(level, 0)}</span>',
            escapes.html(scale.labels[level]),
            escapes.html(scale.meaning[level]),
        )
        for level in scale.levels
    ]
    head, cited = ("Score", "Label", "Meaning"), cited_in(tracker, "codebook")
    return table_html("The scale: whole points only", head, rows, cited=cited)


def _domains(tracker: Tracker) -> str:
    rows = [
        (escapes.html(d.label), f"{d.weight:g}", escapes.html(d.meaning))
        for d in tracker.codebook.domains.values()
    ]
    head, cited = ("Domain", "Weight", "Covers"), cited_in(tracker, "codebook")
    caption = "Domains: what a position is about"
    return table_html(caption, head, rows, numbers=(1,), cited=cited)


def _instruments(tracker: Tracker) -> str:
    codebook, cited = tracker.codebook, cited_in(tracker, "codebook")
    rows = [_instrument(codebook, code) for code in codebook.instruments]
    head = ("Instrument", "Weight", "Half-life, days", "Lapses after, days")
    caption = "Instruments: how a position was taken"
    return table_html(caption, head, rows, numbers=(1, 2, 3), cited=cited)


def _instrument(codebook: Codebook, code: str) -> tuple[str, ...]:
    kind, model = codebook.instruments[code], codebook.model
    name = escapes.html(kind.label)
    if not kind.binding:
        return name, f"{kind.weight:g}", f"{kind.half_life_days:,g}", words.DASH
    lapses = f"{kind.lapses_after_days:,}" if kind.lapses_after_days else words.DASH
    return f"{name} (binding)", f"{model.binding_weight:g}", "does not fade", lapses


# -- the example ---------------------------------------------------------------------------------


def example_parts(tracker: Tracker, row: Any, day: date, mode: str) -> Iterator[str]:
    """Yield an event, and what it counts for on a day."""
    yield _event(tracker, row)
    if pd.Timestamp(day) < row.date:
        yield paragraph_html(too_late(tracker.dated[row.event_id], day))
    elif pd.isna(row.score):
        yield paragraph_html(UNSCORED)
    else:
        yield from _worked_out(tracker, row, day, mode)


def _event(tracker: Tracker, row: Any) -> str:
    kind = tracker.codebook.instruments[row.instrument]
    score = float("nan") if pd.isna(row.score) else float(row.score)
    text = " · ".join(
        (
            words.day(tracker.dated[row.event_id]),
            tracker.names[row.actor],
            tracker.codebook.domain_label(row.domain),
            kind.label,
            f"score {words.score_label(tracker.codebook, score)}"
            if score == score
            else words.score_label(tracker.codebook, score),
            f"confidence {row.confidence}",
        )
    )
    return (
        f'<div class="reason"><div>{escapes.html(text)}</div>'
        f"<div><b>{escapes.html(row.title)}</b></div>"
        f'<div class="sources">{sources_html(tracker, row.event_id)}</div></div>'
    )


def _worked_out(tracker: Tracker, row: Any, day: date, mode: str) -> Iterator[str]:
    explained = tracker.model.explain(row.actor, row.domain, day)
    if row.event_id not in set(explained["event_id"]):
        yield paragraph_html(why_not(tracker, row, day))
        return
    yield _steps(map(escapes.html, steps(tracker, row, explained, day)))
    yield _counting_table(tracker, explained, row.event_id, mode)


def _counting_table(tracker: Tracker, explained: pd.DataFrame, event_id: str, mode: str) -> str:
    explained = explained.assign(product=explained["weight"] * explained["counted_score"])
    rows = [_counting_row(tracker, row, mode) for row in rows_of(explained)]
    total = explained["product"].sum()
    rows.append(("Sum", f"{explained['weight'].sum():.4f}", "", words.figure(total, 4)))
    place = explained["event_id"].tolist().index(event_id)
    head = ("Event that counts", "Weight", "Score", f"Weight {words.TIMES} score")
    return table_html("All events that count, each rounded", head, rows, (1, 2, 3), marked=(place,))


def _counting_row(tracker: Tracker, row: Any, mode: str) -> tuple[str, ...]:
    return (
        f"{swatch(row.counted_score, mode)}{words.short_day(tracker.dated[row.event_id])}: "
        f"{escapes.html(tracker.titles[row.event_id])}",
        f"{row.weight:.4f}",
        words.figure(row.counted_score, 0),
        words.figure(row.product, 4),
    )
