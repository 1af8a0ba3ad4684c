"""Sensitivity: settings that are often asked for, what can be set, and what it changes."""

from __future__ import annotations

import pandas as pd

from stances import escapes
from stances.answers.sensitivity import compare_settings, controls, named_moves, presets
from stances.charts.data import DRAWN, sensitivity_chart
from stances.dataset.codebook import OVERALL
from stances.links.parameters import PARAMETERS
from stances.links.view import View
from stances.markup.offers import field
from stances.markup.sensitivity import (
    ALL_ACTORS,
    ONLY_OVERALL,
    WHAT_IF,
    overview_parts,
    result_texts,
)
from stances.markup.table import rows_of
from stances.model.settings import Settings
from stances.pages.block import Blocks, TableBlock, TextBlock, file_of, texts
from stances.pages.chart import chart_blocks
from stances.tables.data import LABELS_FIRST, sensitivity_table
from stances.tables.table import place_of


def blocks(view: View, mode: str) -> Blocks:
    """Yield the blocks of the section."""
    yield TextBlock(text=(WHAT_IF,), css="")
    yield TextBlock(_presets(view), live="presets")
    yield TextBlock(_controls(view), live="settings")
    if view.tracker.settings:
        yield from _result(view, mode)
    else:
        yield from texts(overview_parts(view.tracker, view.day, view.domain), "columns overview", 1)


def _presets(view: View) -> str:
    codebook, write = view.tracker.data.codebook, PARAMETERS["settings"].write
    links = "".join(
        view.link(
            "data",
            label,
            ' class="button"',
            section="sensitivity",
            settings=write(Settings.chosen(codebook, **changes)),
        )
        for label, changes in presets(codebook).items()
    )
    return f'<div class="presets">{links}</div>'


def _controls(view: View) -> str:
    codebook = view.tracker.data.codebook
    rows = controls(codebook, view.tracker.settings or Settings.published(codebook))
    fields = "".join(
        field(f"<bdi>{escapes.html(row.label)}</bdi> ({row.published:g})", f"{row.value:g}")
        for row in rows
    )
    return f'<div class="controls">{fields}</div>'


def _result(view: View, mode: str) -> Blocks:
    """Yield what own settings change: the largest moves as a chart, and all actors as a table."""
    tracker, domain = view.tracker, view.domain
    result = compare_settings(tracker.published_model, tracker.model, view.day, domain)
    actors = named_moves(tracker, result.table)
    heading, text = result_texts(tracker, result, actors, view.day, domain)
    yield TextBlock(heading=heading, text=(text,), css="subtitle")
    if domain != OVERALL:
        yield TextBlock(text=(ONLY_OVERALL,))
    moved = actors[actors["move"].abs() > 0]
    if not moved.empty:
        yield TextBlock(heading=_moves_heading(moved), kind="part")
        chart = sensitivity_chart(tracker, moved, mode)
        yield from chart_blocks(view, mode, chart, "sensitivity", "sensitivity", framed=False)
    yield TextBlock(heading=ALL_ACTORS, kind="part")
    yield TableBlock(
        sensitivity_table(mode, place_of(view, "actor")),
        rows_of(actors),
        place_of(view),
        number=view["page"],
        text=LABELS_FIRST,
        file=file_of(view, "sensitivity", domain),
    )


def _moves_heading(moved: pd.DataFrame) -> str:
    if len(moved) > DRAWN:
        return f"The {DRAWN} largest moves"
    return "The moves, the largest first"
