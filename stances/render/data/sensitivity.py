"""Sensitivity: settings that are often asked for as links, what can be set, and what it changes."""

from __future__ import annotations

from collections.abc import Iterator

from stances import escapes
from stances.answers.sensitivity import compare_settings, controls, named_moves, presets
from stances.dataset.codebook import OVERALL
from stances.links.parameters import PARAMETERS
from stances.links.view import View
from stances.markup.blocks import heading_html, paragraph_html
from stances.markup.sensitivity import (
    ALL_ACTORS,
    ONLY_OVERALL,
    WHAT_IF,
    overview_parts,
    result_html,
)
from stances.markup.table import rows_of
from stances.model.settings import Settings
from stances.render.data.columns import field
from stances.render.style import MODE
from stances.tables.data import LABELS_FIRST, sensitivity_table
from stances.tables.table import part_html, place_of


def sensitivity_html(view: View) -> str:
    """The whole section."""
    changed = _result(view) if view.tracker.settings else _overview(view)
    return f"{paragraph_html(WHAT_IF)}{_presets(view)}{_controls(view)}{changed}"


def _presets(view: View) -> str:
    codebook, write = view.tracker.codebook, PARAMETERS["settings"].write
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
    codebook = view.tracker.codebook
    shown = controls(codebook, view.tracker.settings or Settings.published(codebook))
    fields = "".join(
        field(f"<bdi>{escapes.html(each.label)}</bdi> ({each.published:g})", f"{each.value:g}")
        for each in shown
    )
    return f'<div class="controls">{fields}</div>'


def _overview(view: View) -> str:
    parts = "".join(overview_parts(view.tracker, view.day, view.domain))
    return f'<div class="overview">{parts}</div>'


def _result(view: View) -> str:
    return "".join(_result_parts(view))


def _result_parts(view: View) -> Iterator[str]:
    tracker, day, domain = view.tracker, view.day, view.domain
    result = compare_settings(tracker.published_model, tracker.model, day, domain)
    actors = named_moves(tracker, result.table)
    yield result_html(tracker, result, actors, day, domain)
    if domain != OVERALL:
        yield paragraph_html(ONLY_OVERALL, "small")
    table = sensitivity_table(MODE, place_of(view, "actor"))
    yield heading_html(ALL_ACTORS)
    yield part_html(table, rows_of(actors), place_of(view), view.values["page"], LABELS_FIRST)
