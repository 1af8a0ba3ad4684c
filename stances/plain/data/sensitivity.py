"""Sensitivity: settings that are often asked for as links, what can be set, and what it changes."""

from __future__ import annotations

from collections.abc import Iterator

from stances import escapes, words
from stances.answers.sensitivity import compare_settings, controls, named_moves, presets
from stances.dataset.codebook import OVERALL
from stances.markup.blocks import paragraph_html
from stances.markup.sensitivity import (
    ALL_ACTORS,
    ONLY_OVERALL,
    WHAT_IF,
    overview_parts,
    result_html,
)
from stances.markup.table import rows_of, table_html
from stances.model.settings import Settings
from stances.parameters import PARAMETERS
from stances.plain.data.columns import field
from stances.plain.view import View

_HEAD = ("Actor", "Published", "Yours", "Move", "Published label", "Your label")


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
    rows = [
        (
            escapes.html(row.name),
            words.figure(row.published, 2),
            words.figure(row.stance, 2),
            words.figure(row.move, 2),
            escapes.html(row.published_label),
            escapes.html(row.label),
        )
        for row in rows_of(actors)
    ]
    marked = [place for place, flips in enumerate(actors["flips"]) if flips]
    yield table_html(ALL_ACTORS, _HEAD, rows, (1, 2, 3), marked)
