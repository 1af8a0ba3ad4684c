"""Sensitivity: settings that are often asked for, what can be set, and what it changes."""

import pandas as pd

from stances import escapes, words
from stances.answers.rows import named_rows
from stances.answers.sensitivity import (
    TAU,
    compare_settings,
    controls,
    named_moves,
    presets,
    result_texts,
    settings_effects,
)
from stances.charts.data import MOST_DRAWN, sensitivity_chart
from stances.dataset.codebook import NO_POSITION, OVERALL
from stances.links.parameters import PARAMETERS
from stances.links.view import View
from stances.markup.offers import field
from stances.model.settings import Settings
from stances.pages.block import Blocks, ChartBlock, TableBlock, TextBlock, file_of, in_order, within
from stances.pages.chart import chart_blocks
from stances.tables.data import sensitivity_table, settings_table
from stances.tables.table import place_of

_OVERVIEW = "columns overview"
WHAT_IF = (
    "What if the weights were others? Change one: every page then shows the figures under "
    "your settings and says so, and the address carries them. The published figures stay as "
    "they are; in brackets stands what they are made with."
)
_ALL_ACTORS = "All actors"
_ONLY_OVERALL = (
    "The weights of the domains change only the overall stance: choose it above to see what they "
    "do."
)


def blocks(view: View) -> Blocks:
    """Yield the blocks of the section."""
    yield TextBlock(text=(WHAT_IF,), css="")
    yield TextBlock(_presets(view), live="presets")
    yield TextBlock(_controls(view), live="settings")
    if view.tracker.settings:
        yield from _result(view)
    else:
        yield from within(_OVERVIEW, 1, _overview(view))


def _overview(view: View) -> Blocks:
    """Yield what each of the presets would change."""
    tracker = view.tracker
    about = words.about_domain(tracker.codebook, view.domain)
    heading = f"What other settings would change {about}, {words.day(view.day)}"
    yield TextBlock(heading=heading, kind="part")
    block = TableBlock(
        settings_table(heading, lambda label: _preset_link(view, label)),
        settings_effects(tracker, view.day, view.domain),
        place_of(view),
    )
    yield in_order(view, block)
    yield TextBlock(text=(f"{TAU} {NO_POSITION} is a label too.",))


def _presets(view: View) -> str:
    links = "".join(
        _preset_link(view, label, ' class="button"')
        for label in presets(view.tracker.data.codebook)
    )
    return f'<div class="presets">{links}</div>'


def _preset_link(view: View, label: str, attribute: str = "") -> str:
    """Return a link to what one of the presets changes."""
    codebook = view.tracker.data.codebook
    settings = Settings.from_choices(codebook, **presets(codebook)[label])
    settings_text = PARAMETERS["settings"].write(settings)
    return view.link("data", label, attribute, section="sensitivity", settings=settings_text)


def _controls(view: View) -> str:
    codebook = view.tracker.data.codebook
    rows = controls(codebook, view.tracker.settings or Settings.from_codebook(codebook))
    fields = "".join(
        field(f"<bdi>{escapes.html(row.label)}</bdi> ({row.published:g})", f"{row.value:g}")
        for row in rows
    )
    return f'<div class="controls">{fields}</div>'


def _result(view: View) -> Blocks:
    """Yield what own settings change: the largest moves as a chart, and all actors as a table."""
    tracker, domain = view.tracker, view.domain
    result = compare_settings(tracker.published_model, tracker.model, view.day, domain)
    actors = named_moves(tracker, result.table)
    heading, text = result_texts(tracker, result, actors, view.day, domain)
    yield TextBlock(heading=heading, text=(text,), css="subtitle")
    if domain != OVERALL:
        yield TextBlock(text=(_ONLY_OVERALL,))
    moved = actors[actors["move"].abs() > 0]
    if not moved.empty:
        yield TextBlock(heading=_moves_heading(moved), kind="part")
        chart = sensitivity_chart(tracker, moved, view.mode)
        block = ChartBlock(chart, live="sensitivity", framed=False)
        yield from chart_blocks(view, block, "sensitivity")
    yield TextBlock(heading=_ALL_ACTORS, kind="part")
    table = TableBlock(
        sensitivity_table(place_of(view, "actor"), words.about_domain(tracker.codebook, domain)),
        named_rows(actors),
        place_of(view),
        number=view["page"],
        file=file_of(view, "sensitivity", domain),
    )
    yield in_order(view, table)


def _moves_heading(moved: pd.DataFrame) -> str:
    if len(moved) > MOST_DRAWN:
        return f"The {MOST_DRAWN} largest moves"
    return "The moves, the largest first"
