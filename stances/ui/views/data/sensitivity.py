"""The reader's own settings of the model as controls, and what they change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from stances import escapes
from stances.answers.sensitivity import (
    Control,
    Sensitivity,
    compare_settings,
    controls,
    named_moves,
    presets,
)
from stances.answers.tracker import Tracker
from stances.charts.data import DRAWN, sensitivity_chart
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.faults import BadInput
from stances.markup.legend import keys_html
from stances.markup.sensitivity import (
    ALL_ACTORS,
    ONLY_OVERALL,
    WHAT_IF,
    overview_parts,
    result_html,
)
from stances.markup.table import rows_of
from stances.model.settings import Settings
from stances.tables.data import LABELS_FIRST, sensitivity_table
from stances.ui import url
from stances.ui.parts.blocks import draw, heading, paragraph
from stances.ui.parts.chart import draw_chart
from stances.ui.parts.notices import notice
from stances.ui.parts.picture import picture_under
from stances.ui.parts.table import draw_rows, place, take_rows

_REFUSED = "_settings_refused"
_IN_A_ROW = 4


def sensitivity_section(tracker: Tracker, day: date, mode: str) -> None:
    """Draw the controls, and beside the published stances those under the reader's settings."""
    paragraph(WHAT_IF)
    domain = url.get("domain")
    _preset_buttons(tracker.data.codebook)
    with st.container(key="settings"):
        _controls(tracker.data.codebook, url.get("settings"))
    if tracker.settings is None:
        with st.container(key="overview"):
            draw(*overview_parts(tracker, day, domain))
        return
    result = compare_settings(tracker.published_model, tracker.model, day, domain)
    _result(tracker, result, day, domain, mode)


# -- the controls --------------------------------------------------------------------------------


def _preset_buttons(codebook: Codebook) -> None:
    with st.container(key="presets", horizontal=True, gap="small"):
        for label, changes in presets(codebook).items():
            st.button(label, key=f"preset-{label}", on_click=_take, args=(codebook, changes))


def _take(codebook: Codebook, changes: Mapping[str, Any]) -> None:
    """Take settings in place of the present ones; the published ones where these are given."""
    try:
        chosen = Settings.chosen(codebook, **changes)
    except BadInput as refused:
        st.session_state[_REFUSED] = str(refused)
        return
    url.put("settings", chosen if chosen.changed(codebook) else None)


def _controls(codebook: Codebook, settings: Settings | None) -> None:
    offered = controls(codebook, settings or Settings.published(codebook))
    for first in range(0, len(offered), _IN_A_ROW):
        columns = st.columns(_IN_A_ROW, gap="small", vertical_alignment="bottom")
        for control, column in zip(offered[first : first + _IN_A_ROW], columns, strict=False):
            with column:
                _number(codebook, control)
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        notice(f"Not taken: {refused}.")


def _number(codebook: Codebook, control: Control) -> None:
    # The settings are the truth: each control follows them in every run.
    st.session_state[control.key] = control.value
    # A field's own label is Markdown to the eye and none to the ear.
    told = f"<bdi>{escapes.html(control.label)}</bdi> ({control.published:g})"
    st.markdown(f'<p class="field" aria-hidden="true">{told}</p>', unsafe_allow_html=True)
    st.number_input(
        f"{escapes.spoken(control.label)} ({control.published:g})",
        min_value=control.allowed[0],
        max_value=control.allowed[1],
        step=control.step,
        format="%g",
        key=control.key,
        on_change=_changed,
        args=(codebook,),
        label_visibility="collapsed",
    )


def _changed(codebook: Codebook) -> None:
    """Take what the controls show. A float is rounded, so that its text in a link is exact."""
    state = st.session_state
    shown = {
        control.key: round(float(state[control.key]), 4)
        for control in controls(codebook, Settings.published(codebook))
    }
    weights = {code: shown.pop(f"weight-{code}") for code in codebook.domains}
    _take(codebook, {"domain_weights": weights, **shown})


# -- what they change ----------------------------------------------------------------------------


def _result(tracker: Tracker, result: Sensitivity, day: date, domain: str, mode: str) -> None:
    actors = named_moves(tracker, result.table)
    moved = actors[actors["move"].abs() > 0]
    draw(result_html(tracker, result, actors, day, domain))
    if domain != OVERALL:
        paragraph(ONLY_OVERALL, "small")
    if not moved.empty:
        _chart(tracker, moved, mode)
    _table(tracker, actors, mode)


def _chart(tracker: Tracker, moved: pd.DataFrame, mode: str) -> None:
    heading(f"The {DRAWN} largest moves" if len(moved) > DRAWN else "The moves, the largest first")
    chart = sensitivity_chart(tracker, moved, mode)
    st.markdown(keys_html(chart.legend), unsafe_allow_html=True)
    draw_chart(chart, "sensitivity", in_frame=False)
    picture_under("sensitivity", mode)


def _table(tracker: Tracker, actors: pd.DataFrame, mode: str) -> None:
    heading(ALL_ACTORS)
    table = sensitivity_table(mode, place(tracker, "actor"))
    rows = rows_of(actors)
    draw_rows(table, rows, place(tracker, "data"), LABELS_FIRST)
    take_rows(tracker, table, rows, "sensitivity", url.get("domain"))
