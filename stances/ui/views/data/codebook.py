"""The codebook as tables, the formula in words, and an event of the reader's choice worked out."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from stances import escapes, words
from stances.answers.tracker import Tracker
from stances.answers.worked import (
    UNSCORED,
    WeighedDomain,
    carried_on_line,
    ended_line,
    formula_steps,
    mean_line,
    overall_line,
    score_line,
    set_aside_line,
    share_line,
    shown_line,
    too_late,
    too_little,
    weight_line,
)
from stances.dataset.codebook import OVERALL, Codebook
from stances.markup.sources import sources_html
from stances.markup.swatch import swatch
from stances.markup.table import rows_of
from stances.model.lifetimes import ENDED
from stances.model.stance import Model, rounded
from stances.ui import url
from stances.ui.parts.blocks import heading, paragraph, table

_ACTOR, _EVENT = "example_actor", "example_event"


def codebook_section(tracker: Tracker, day: date, mode: str) -> None:
    """Draw the codebook, the formula and the worked example for a day."""
    codebook = tracker.codebook
    left, right = st.columns(2, gap="large")
    with left:
        heading("How a stance is computed")
        steps = "".join(
            f"<li><b>{escapes.html(name)}.</b> {escapes.html(told)}</li>"
            for name, told in formula_steps(codebook)
        )
        st.markdown(f'<ol class="steps">{steps}</ol>', unsafe_allow_html=True)
        heading("The codebook")
        _scale(codebook, mode)
        _domains(codebook)
        _instruments(codebook)
    with right:
        heading("A worked example")
        _example(tracker, day, mode)


# -- the codebook --------------------------------------------------------------------------------


def _scale(codebook: Codebook, mode: str) -> None:
    scale = codebook.scale
    rows = [
        (
            f'<span class="nowrap">{swatch(level, mode)}{words.figure(level, 0)}</span>',
            escapes.html(scale.labels[level]),
            escapes.html(scale.meaning[level]),
        )
        for level in scale.levels
    ]
    table("The scale: whole points only", ("Score", "Label", "Meaning"), rows)


def _domains(codebook: Codebook) -> None:
    rows = [
        (escapes.html(d.label), f"{d.weight:g}", escapes.html(d.meaning))
        for d in codebook.domains.values()
    ]
    table("Domains: what a position is about", ("Domain", "Weight", "Covers"), rows, numbers=(1,))


def _instruments(codebook: Codebook) -> None:
    rows = [_instrument(codebook, code) for code in codebook.instruments]
    head = ("Instrument", "Weight", "Half-life, days", "Lapses after, days")
    table("Instruments: how a position was taken", head, rows, numbers=(1, 2, 3))


def _instrument(codebook: Codebook, code: str) -> tuple[str, ...]:
    kind, model = codebook.instruments[code], codebook.model
    name = escapes.html(kind.label)
    if not kind.binding:
        return name, f"{kind.weight:g}", f"{kind.half_life_days:,g}", words.DASH
    lapses = f"{kind.lapses_after_days:,}" if kind.lapses_after_days else words.DASH
    return f"{name} (binding)", f"{model.binding_weight:g}", "does not fade", lapses


# -- the example ---------------------------------------------------------------------------------


def _example(tracker: Tracker, day: date, mode: str) -> None:
    events = tracker.data.events
    if events.empty:
        paragraph("The dataset has no events yet, so there is nothing to work out.")
        return
    chosen = url.get("example") or default_example(tracker.model, events, day)
    row = rows_of(events[events["event_id"] == chosen])[0]
    _choice(tracker, row)
    _event(tracker, row)
    if pd.Timestamp(day) < row.date:
        paragraph(too_late(tracker.dated[row.event_id], day))
    elif pd.isna(row.score):
        paragraph(UNSCORED)
    else:
        _worked_out(tracker, row, day, mode)


def default_example(model: Model, events: pd.DataFrame, day: date) -> str:
    """The latest landmark that counts on a day, else the latest event that does, else the latest
    scored one up to then, else the first of all.

    `events`: one at least.
    """
    in_order = events.sort_values(["date", "event_id"])
    known = in_order[(in_order["date"] <= pd.Timestamp(day)) & in_order["score"].notna()]
    counting = known[known["event_id"].isin(model.events["event_id"].iloc[model.counting(day).row])]
    for among in (counting[counting["landmark"]], counting, known):
        if not among.empty:
            return str(among["event_id"].iloc[-1])
    return str(in_order["event_id"].iloc[0])


def _choice(tracker: Tracker, row: Any) -> None:
    """Two boxes that follow the example: whose event it is, and which one of theirs."""
    events = tracker.data.events
    st.session_state[_ACTOR], st.session_state[_EVENT] = row.actor, row.event_id
    own = events[events["actor"] == row.actor].sort_values("date", ascending=False)
    labels = {
        event.event_id: f"{event.date:%Y-%m-%d} {event.title}"
        + (" (context)" if pd.isna(event.score) else "")
        for event in rows_of(own)
    }
    actors = sorted(set(events["actor"]), key=tracker.names.__getitem__)
    st.selectbox(
        "Actor",
        actors,
        format_func=tracker.names.__getitem__,
        key=_ACTOR,
        on_change=_take_actor,
        args=(tracker.model, events),
    )
    st.selectbox(
        "Event",
        list(labels),
        format_func=labels.__getitem__,
        key=_EVENT,
        on_change=_take_event,
    )


def _take_actor(model: Model, events: pd.DataFrame) -> None:
    """Choose the latest scored event of the actor, on a day on which there is one."""
    own = events[events["actor"] == st.session_state[_ACTOR]]
    url.put("example", default_example(model, own, url.get("as_of")))


def _take_event() -> None:
    url.put("example", st.session_state[_EVENT])


def _event(tracker: Tracker, row: Any) -> None:
    kind = tracker.codebook.instruments[row.instrument]
    score = float("nan") if pd.isna(row.score) else float(row.score)
    told = " · ".join(
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
    st.markdown(
        f'<div class="reason"><div>{escapes.html(told)}</div>'
        f"<div><b>{escapes.html(row.title)}</b></div>"
        f'<div class="sources">{sources_html(tracker, row.event_id)}</div></div>',
        unsafe_allow_html=True,
    )


def _worked_out(tracker: Tracker, row: Any, day: date, mode: str) -> None:
    explained = tracker.model.explain(row.actor, row.domain, day)
    mine = explained[explained["event_id"] == row.event_id]
    if mine.empty:
        paragraph(_why_not(tracker, row, day))
        return
    counted = mine.iloc[0]
    days = (pd.Timestamp(day) - row.date).days
    weight = weight_line(
        tracker.codebook, row.instrument, float(row.score), days, counted["weight"]
    )
    held = words.holds(tracker.codebook, row.domain)
    steps = [
        f"Weight on {words.day(day)}. {weight}",
        f"Score. {score_line(float(row.score), counted['counted_score'], held)}",
        _shared_line(tracker, row, explained, counted["share"]),
        *_means(tracker, row, explained, day),
    ]
    items = "".join(f"<li>{escapes.html(step)}</li>" for step in steps)
    st.markdown(f'<ol class="steps">{items}</ol>', unsafe_allow_html=True)
    _counting_table(tracker, explained, row.event_id, mode)


def _shared_line(tracker: Tracker, row: Any, explained: pd.DataFrame, share: float) -> str:
    domain = words.about_domain(tracker.codebook, row.domain)
    weights = float(explained["weight"].sum())
    told = share_line(tracker.names[row.actor], domain, len(explained), weights, share)
    return f"Share. {told}"


def _means(tracker: Tracker, row: Any, explained: pd.DataFrame, day: date) -> list[str]:
    """The stance in the domain and overall, each as a division."""
    total = float((explained["weight"] * explained["counted_score"]).sum())
    evidence = float(explained["weight"].sum())
    mean = mean_line(tracker.codebook, total, evidence, float(rounded(total / evidence)))
    whole = tracker.model.explain(row.actor, OVERALL, day)
    overall = float(rounded(whole["contribution"].sum())) if len(whole) else np.nan
    return [f"Stance. {mean}", overall_line(tracker.codebook, _weighed(tracker, whole), overall)]


def _weighed(tracker: Tracker, whole: pd.DataFrame) -> list[WeighedDomain]:
    """The domains that have a part in an overall stance, from the events that make it."""
    found = []
    for code in tracker.model.domains:
        own = whole[whole["domain"] == code]
        evidence = float(own["weight"].sum())
        if evidence:
            product = float((own["weight"] * own["counted_score"]).sum())
            found.append(WeighedDomain(code, evidence, product / evidence))
    return found


def _counting_table(tracker: Tracker, explained: pd.DataFrame, event_id: str, mode: str) -> None:
    explained = explained.assign(product=explained["weight"] * explained["counted_score"])
    rows = [_counting_row(tracker, row, mode) for row in rows_of(explained)]
    total = explained["product"].sum()
    rows.append(("Sum", f"{explained['weight'].sum():.4f}", "", words.figure(total, 4)))
    place = explained["event_id"].tolist().index(event_id)
    head = ("Event that counts", "Weight", "Score", f"Weight {words.TIMES} score")
    table("All events that count, each rounded", head, rows, (1, 2, 3), marked=(place,))


def _counting_row(tracker: Tracker, row: Any, mode: str) -> tuple[str, ...]:
    return (
        f"{swatch(row.counted_score, mode)}{words.short_day(tracker.dated[row.event_id])}: "
        f"{escapes.html(tracker.titles[row.event_id])}",
        f"{row.weight:.4f}",
        words.figure(row.counted_score, 0),
        words.figure(row.product, 4),
    )


def _why_not(tracker: Tracker, row: Any, day: date) -> str:
    """Why a scored event of the past has no share in the stance of a day."""
    model = tracker.model
    place = np.flatnonzero(model.events["event_id"] == row.event_id)
    if not len(place):
        return UNSCORED
    columns = model.position_columns(day)
    cell = model.place(row.actor) * (1 + len(model.domains)) + model.column(row.domain)
    acts = model.acts(row.actor, row.domain)
    reason = model.departures(place, day)[0]
    if reason == ENDED:
        until = acts.loc[acts["event_id"] == row.event_id, "until"].iloc[0]
        return ended_line(until)
    if reason:
        latest = acts[acts["date"] <= pd.Timestamp(day)].iloc[-1]
        binding = tracker.codebook.instruments[row.instrument].binding
        by = latest["event_id"]
        if columns["in_force_event_id"][cell] == row.event_id:
            return carried_on_line(tracker.titles[by], tracker.dated[by])
        if tracker.shown_acts(day)["act_event_id"][cell] == row.event_id:
            since = columns["in_force_since"][cell]
            return shown_line(since, tracker.titles[by], tracker.dated[by])
        return set_aside_line(binding, tracker.titles[by], tracker.dated[by])
    return too_little(columns["evidence"][cell], tracker.codebook.model.minimum_evidence)
