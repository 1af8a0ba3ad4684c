"""The reader's own settings of the model as controls, and what they change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from stances import escapes, words
from stances.answers.sensitivity import (
    TAU,
    Sensitivity,
    compare_settings,
    sensitivity_alt,
    sensitivity_headline,
    sensitivity_subtitle,
)
from stances.answers.tracker import Tracker, tracker_under
from stances.dataset.codebook import NO_POSITION, OVERALL, Codebook
from stances.dataset.faults import BadInput
from stances.figures.dumbbell import dumbbell
from stances.markup.table import rows_of
from stances.model.settings import Range, Settings, limits
from stances.model.stance import level_of
from stances.ui import url
from stances.ui.parts.blocks import finding, heading, paragraph, table
from stances.ui.parts.menus import STILL
from stances.ui.parts.notices import notice
from stances.ui.parts.picture import picture_buttons
from stances.ui.parts.tables import take_along

_REFUSED = "_settings_refused"
_IN_A_ROW = 4
# So many moves are drawn, the largest first; all are in the table.
_DRAWN = 25
_TABLE_HEIGHT = 420
_FIGURE = st.column_config.NumberColumn(format="%+.2f")
_COLUMNS = {
    "Actor": st.column_config.TextColumn(width=170),
    "Published": _FIGURE,
    "Yours": _FIGURE,
    "Move": _FIGURE,
}


@dataclass(frozen=True)
class _Control:
    """A number that the reader may change. `label` is a plain text; `step`: of the arrows."""

    key: str
    label: str
    published: float
    value: float
    allowed: Range
    step: float


def sensitivity_section(tracker: Tracker, day: date, mode: str) -> None:
    """Draw the controls, and beside the published stances those under the reader's settings."""
    paragraph(
        "What if the weights were others? Change one: every page then shows the figures under "
        "your settings and says so, and the address carries them. The published figures stay as "
        "they are; in brackets stands what they are made with."
    )
    domain = url.get("domain")
    _preset_buttons(tracker.data.codebook)
    with st.container(key="settings"):
        _controls(tracker.data.codebook, url.get("settings"))
    if tracker.settings is None:
        with st.container(key="overview"):
            _overview(tracker, day, domain)
        return
    result = compare_settings(tracker.published_model, tracker.model, day, domain)
    _result(tracker, result, day, domain, mode)


# -- the controls --------------------------------------------------------------------------------


def _presets(codebook: Codebook) -> dict[str, dict[str, Any]]:
    """Settings that are often asked for, by what they are called; none that is not allowed."""
    published = Settings.published(codebook)
    presets: dict[str, dict[str, Any]] = {
        "All domains weigh the same": {"domain_weights": dict.fromkeys(codebook.domains, 1.0)},
        "Half-lives halved": {"half_life_factor": 0.5},
        "Half-lives doubled": {"half_life_factor": 2.0},
        "Acts weigh half": {"binding_weight": published.binding_weight / 2},
        "Acts weigh double": {"binding_weight": published.binding_weight * 2},
    }
    return {label: changes for label, changes in presets.items() if _allowed(codebook, changes)}


def _allowed(codebook: Codebook, changes: Mapping[str, Any]) -> bool:
    # Half or double of what a codebook publishes may be beyond what a reader may choose.
    try:
        Settings.chosen(codebook, **changes)
    except BadInput:
        return False
    return True


def _preset_buttons(codebook: Codebook) -> None:
    with st.container(key="presets", horizontal=True, gap="small"):
        for label, changes in _presets(codebook).items():
            st.button(label, key=f"preset-{label}", on_click=_take, args=(codebook, changes))


def _overview(tracker: Tracker, day: date, domain: str) -> None:
    """What each of the presets would change."""
    data, rows = tracker.data, []
    for label, changes in _presets(data.codebook).items():
        model = tracker_under(data, Settings.chosen(data.codebook, **changes)).model
        result = compare_settings(tracker.published_model, model, day, domain)
        moved = int((_moves(result.table).abs() > 0).sum())
        flips = int(result.table["flips"].sum())
        tau = words.DASH if np.isnan(result.tau) else f"{result.tau:.2f}"
        rows.append((label, f"{flips}", f"{moved} of {result.both}", tau))
    table(
        f"What other settings would change {words.about_domain(data.codebook, domain)}, "
        f"{words.day(day)}",
        ("Settings", "Labels changed", "Figures moved", "Kendall's tau"),
        rows,
        numbers=(1, 2, 3),
    )
    paragraph(f"{TAU} {NO_POSITION} is a label too.", "small")


def _take(codebook: Codebook, changes: Mapping[str, Any]) -> None:
    """Take settings in place of the present ones; the published ones where these are given."""
    try:
        chosen = Settings.chosen(codebook, **changes)
    except BadInput as refused:
        st.session_state[_REFUSED] = str(refused)
        return
    url.put("settings", chosen if chosen.changed(codebook) else None)


def _controls(codebook: Codebook, settings: Settings | None) -> None:
    controls = _control_list(codebook, settings or Settings.published(codebook))
    for first in range(0, len(controls), _IN_A_ROW):
        columns = st.columns(_IN_A_ROW, gap="small", vertical_alignment="bottom")
        for control, column in zip(controls[first : first + _IN_A_ROW], columns, strict=False):
            with column:
                _number(codebook, control)
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        notice(f"Not taken: {refused}.")


def _number(codebook: Codebook, control: _Control) -> None:
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


def _control_list(codebook: Codebook, settings: Settings) -> list[_Control]:
    published, allowed = Settings.published(codebook), limits(codebook)
    weights = [
        _Control(
            f"weight-{code}",
            f"{codebook.domain_label(code)}, weight",
            old,
            now,
            allowed.domain_weight,
            0.5,
        )
        for (code, old), (_, now) in zip(
            published.domain_weights, settings.domain_weights, strict=True
        )
    ]
    numbers = (
        ("binding_weight", "Act in force, weight", allowed.binding_weight, 0.5),
        ("half_life_factor", "Half-lives, multiplied by", allowed.half_life_factor, 0.25),
        ("minimum_evidence", "Minimum evidence", allowed.minimum_evidence, 0.05),
        ("full_evidence", "Full evidence", allowed.full_evidence, 0.25),
    )
    constants = [
        _Control(name, label, getattr(published, name), getattr(settings, name), within, step)
        for name, label, within, step in numbers
    ]
    return [*weights, *constants]


def _changed(codebook: Codebook) -> None:
    """Take what the controls show. A float is rounded, so that its text in a link is exact."""
    state = st.session_state
    shown = {
        control.key: round(float(state[control.key]), 4)
        for control in _control_list(codebook, Settings.published(codebook))
    }
    weights = {code: shown.pop(f"weight-{code}") for code in codebook.domains}
    _take(codebook, {"domain_weights": weights, **shown})


# -- what they change ----------------------------------------------------------------------------


def _result(tracker: Tracker, result: Sensitivity, day: date, domain: str, mode: str) -> None:
    actors = _named(tracker, result.table)
    moved = actors[actors["move"].abs() > 0]
    finding(
        sensitivity_headline(int(actors["flips"].sum()), result.both, len(moved)),
        sensitivity_subtitle(tracker.codebook, domain, day, result.tau),
    )
    if domain != OVERALL:
        paragraph(
            "The weights of the domains change only the overall stance: choose it above to see "
            "what they do.",
            "small",
        )
    if not moved.empty:
        _chart(tracker, moved, mode)
    _table(tracker, actors)


def _moves(actors: pd.DataFrame) -> pd.Series:
    """The moves as a reader works them out from the figures beside them."""
    figures = zip(actors["published"].tolist(), actors["stance"].tolist(), strict=True)
    return pd.Series([words.printed_move(then, now) for then, now in figures], actors.index, float)


def _named(tracker: Tracker, actors: pd.DataFrame) -> pd.DataFrame:
    """With names, the changed labels first, then the largest moves."""
    move = _moves(actors)
    actors = actors.assign(name=actors["actor"].map(tracker.names), move=move, size=move.abs())
    return actors.sort_values(
        ["flips", "size", "name"], ascending=[False, False, True], ignore_index=True
    )


def _chart(tracker: Tracker, moved: pd.DataFrame, mode: str) -> None:
    drawn = moved.sort_values(["size", "name"], ascending=[False, True]).head(_DRAWN)
    heading(
        f"The {_DRAWN} largest moves" if len(moved) > _DRAWN else "The moves, the largest first"
    )
    st.markdown(
        '<p class="small">Hollow: published. Filled: under your settings.</p>',
        unsafe_allow_html=True,
    )
    rows = pd.DataFrame(
        {
            "key": drawn["actor"],
            "name": [tracker.short_names[code] for code in drawn["actor"]],
            "first": drawn["published"],
            "second": drawn["stance"],
            "level": level_of(drawn["stance"].to_numpy(np.float64)),
            "note": [words.figure(move, 2) for move in drawn["move"]],
            "hover": [_hover(tracker.codebook, row) for row in rows_of(drawn)],
        }
    )
    st.plotly_chart(
        dumbbell(rows, tracker.codebook, mode),
        key="sensitivity",
        theme=None,
        config=STILL,
        alt=sensitivity_alt(tracker.codebook, rows_of(drawn)),
    )
    picture_buttons("sensitivity")


def _hover(codebook: Codebook, row: Any) -> str:
    return (
        f"<b>{escapes.html(row.name)}</b><br>"
        f"published {escapes.html(words.labelled(codebook, row.published))}<br>"
        f"yours {escapes.html(words.labelled(codebook, row.stance))}"
    )


def _table(tracker: Tracker, actors: pd.DataFrame) -> None:
    heading("All actors, changed labels first")
    shown = pd.DataFrame(
        {
            "Actor": actors["name"],
            "Published": actors["published"],
            "Yours": actors["stance"],
            "Move": actors["move"],
            "Published label": actors["published_label"],
            "Your label": actors["label"],
            "Changes": np.where(actors["flips"], "yes", ""),
        }
    )
    st.dataframe(
        shown,
        key="sensitivity-table",
        height=_TABLE_HEIGHT,
        hide_index=True,
        column_config=_COLUMNS,
        placeholder=words.DASH,
        alt="Each actor's published stance and that under your settings, changed labels first",
    )
    take_along(tracker, shown, "sensitivity", url.get("domain"))
