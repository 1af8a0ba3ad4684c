"""The reader's own settings of the model as controls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from stances import escapes
from stances.answers.sensitivity import Control, controls, presets
from stances.dataset.codebook import Codebook
from stances.dataset.faults import BadInput
from stances.links.view import View
from stances.model.settings import Settings
from stances.pages.block import Block
from stances.ui import url
from stances.ui.parts.blocks import Live, draw, notice

_REFUSED = "_settings_refused"
_IN_A_ROW = 4


def live_sensitivity(view: View) -> Live:
    """Return what is live of the reader's own settings."""
    codebook = view.tracker.data.codebook

    def settings(_: Block) -> None:
        with st.container(key="settings"):
            _controls(codebook, view["settings"])

    return {"presets": lambda _: _preset_buttons(codebook), "settings": settings}


def _preset_buttons(codebook: Codebook) -> None:
    with st.container(key="presets", horizontal=True, gap="small"):
        for label, changes in presets(codebook).items():
            st.button(label, key=f"preset-{label}", on_click=_take, args=(codebook, changes))


def _take(codebook: Codebook, changes: Mapping[str, Any]) -> None:
    """Take settings in place of the present ones; the published ones where these are given."""
    try:
        chosen = Settings.from_choices(codebook, **changes)
    except BadInput as refused:
        st.session_state[_REFUSED] = str(refused)
        return
    url.put("settings", chosen if chosen.differences(codebook) else None)


def _controls(codebook: Codebook, settings: Settings | None) -> None:
    offered = controls(codebook, settings or Settings.from_codebook(codebook))
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
    text = f"<bdi>{escapes.html(control.label)}</bdi> ({control.published:g})"
    draw(f'<p class="field" aria-hidden="true">{text}</p>')
    st.number_input(
        f"{escapes.spoken_label(control.label)} ({control.published:g})",
        min_value=control.allowed[0],
        max_value=control.allowed[1],
        step=control.step,
        format="%g",
        key=control.key,
        on_change=_take_controls,
        args=(codebook,),
        label_visibility="collapsed",
    )


def _take_controls(codebook: Codebook) -> None:
    """Take what the controls show. A float is rounded, so that its text in a link is exact."""
    state = st.session_state
    chosen = {
        control.key: round(float(state[control.key]), 4)
        for control in controls(codebook, Settings.from_codebook(codebook))
    }
    weights = {code: chosen.pop(f"weight-{code}") for code in codebook.domains}
    _take(codebook, {"domain_weights": weights, **chosen})
