"""Two days compared: who moved, how far, and which events make each move."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from stances import words
from stances.answers.happened import (
    CAUSE_WORDS,
    Move,
    Part,
    cause_words,
    causes_in_short,
    more_parts,
    move_line,
    move_note,
    moves,
    moves_alt,
    moves_headline,
    moves_subtitle,
    no_move,
    same_days,
    swapped_days,
    zero_parts,
)
from stances.answers.tracker import Tracker
from stances.figures.dumbbell import dumbbell
from stances.model.changes import DONE, NEVER_HAD, TIME
from stances.model.stance import level_of
from stances.ui import url
from stances.ui.parameters import year_before
from stances.ui.parts.blocks import headline
from stances.ui.parts.choice import choosing_table, clicked
from stances.ui.parts.embed import compact
from stances.ui.parts.links import event_link
from stances.ui.parts.notices import notice
from stances.ui.parts.sources import sources_html
from stances.ui.parts.swatch import swatch
from stances.ui.parts.tables import figures

Days = tuple[date, date]

_TABLE_HEIGHT = 420
# Parts of a move that are listed before the smaller ones are folded away.
_LISTED = 6
_CHART, _TABLE = "dumbbell", "moves"
_THEN, _PRESET = "_then", "_preset"
_CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["select2d", "lasso2d"]}
_FIGURE = st.column_config.NumberColumn(format="%+.2f")
_COLUMNS = {
    "Actor": st.column_config.TextColumn(width="medium"),
    "Then": _FIGURE,
    "Now": _FIGURE,
    "Done": _FIGURE,
    "Time": _FIGURE,
    "Causes": st.column_config.TextColumn(width="large"),
    "Largest part": st.column_config.TextColumn(width="large"),
}
_ONE_DAY = timedelta(days=1)


# -- controls ----------------------------------------------------------------------------------


def controls(tracker: Tracker) -> None:
    """The first of the two days; the second is the date above."""
    day = url.day_before(tracker)
    if st.session_state.get(_THEN) != day:
        st.session_state[_THEN] = day
    then, _ = st.columns([1, 2.2])
    with then:
        st.date_input(
            "From (to the date above)",
            min_value=tracker.codebook.first_date,
            max_value=tracker.data.today,
            format="YYYY-MM-DD",
            key=_THEN,
            on_change=_take_then,
        )


def _take_then() -> None:
    url.put("then", st.session_state[_THEN])


def presets(tracker: Tracker) -> dict[str, Days]:
    """The pairs of days that are offered, by what they are called: those of the data, from the day
    before each to so many days after it, and the last year.
    """
    today, first = tracker.data.today, tracker.codebook.first_date
    last = {"The last 12 months": (year_before(tracker, today), today)}
    offered = {
        f"{each.label} ({words.short_day(each.date)}, {each.days} days after)": (
            max(each.date - _ONE_DAY, first),
            min(each.date + timedelta(days=each.days), today),
        )
        for each in tracker.data.about.comparisons
        if each.date <= today
    }
    return offered | last


def _presets(tracker: Tracker) -> None:
    """A control that sets both days, and shows which of its pairs is set."""
    offered, here = presets(tracker), (url.day_before(tracker), url.get("as_of"))
    st.session_state[_PRESET] = next((name for name, days in offered.items() if days == here), None)
    st.pills(
        "Before and after",
        list(offered),
        format_func=words.plain,
        key=_PRESET,
        on_change=partial(_take_preset, offered),
        label_visibility="collapsed",
    )


def _take_preset(offered: dict[str, Days]) -> None:
    chosen = st.session_state[_PRESET]
    if chosen is not None:
        then, now = offered[chosen]
        url.put("then", then)
        url.put("as_of", now)


# -- the page ----------------------------------------------------------------------------------


def draw(tracker: Tracker, mode: str) -> None:
    """Draw the comparison of two days for the state in the address."""
    if not compact():
        _presets(tracker)
    days, domain = _days(tracker), url.get("domain")
    found = moves(tracker, *days, domain)
    _headline(tracker, found, days, domain)
    if compact():
        st.markdown(_legend(tracker, days, mode), unsafe_allow_html=True)
        _chart(tracker, found, days, domain, mode)
        return
    with st.container(key="compare-body"):
        left, right = st.columns([1.6, 1], gap="medium")
    with left:
        st.markdown(_legend(tracker, days, mode), unsafe_allow_html=True)
        _chart(tracker, found, days, domain, mode)
    with right, st.container(key="causes"):
        _actor_control(tracker)
        move = next(move for move in found if move.actor == url.get("first"))
        st.markdown(_causes(tracker, move, days, mode), unsafe_allow_html=True)
    with st.container(key="apart"):
        st.markdown(_apart(found), unsafe_allow_html=True)
    _table(tracker, found)


def _days(tracker: Tracker) -> Days:
    """The two days in their order, and a word where they are not two or not in order."""
    then, now = url.day_before(tracker), url.get("as_of")
    if then > now:
        notice(swapped_days(then, now))
    if then == now:
        notice(same_days(now))
    return min(then, now), max(then, now)


def _headline(tracker: Tracker, found: tuple[Move, ...], days: Days, domain: str) -> None:
    known = [move for move in found if move.known]
    still = sum(not move.done for move in known)
    line = moves_headline(tracker.codebook, found)
    counts = len(found), len(known), still
    shown = moves_subtitle(tracker.codebook, domain, days, counts)
    headline(line, shown, *tracker.basis_note)


def _legend(tracker: Tracker, days: Days, mode: str) -> str:
    scale = tracker.codebook.scale
    ends = [
        f'<span><span class="dot hollow"></span>{words.day(days[0])}</span>',
        f'<span><span class="dot"></span>{words.day(days[1])}, in the colour of its class:</span>',
    ]
    classes = [
        f"<span>{swatch(level, mode)}{words.escape(scale.labels[level])}</span>"
        for level in scale.levels
    ]
    return f'<div class="legend">{"".join(ends + classes)}</div>'


def _chart(tracker: Tracker, found: tuple[Move, ...], days: Days, domain: str, mode: str) -> None:
    moved = [move for move in found if move.happened]
    figure = dumbbell(
        _figure_table(tracker, moved), tracker.codebook, mode, chosen=url.get("first")
    )
    st.plotly_chart(
        figure,
        key=_CHART,
        theme=None,
        config=_CONFIG,
        on_select=partial(clicked, _CHART, "first"),
        selection_mode="points",
        alt=words.told_below(moves_alt(tracker.codebook, domain, days, moved), not compact()),
    )


def _figure_table(tracker: Tracker, moved: list[Move]) -> pd.DataFrame:
    short = dict(zip(tracker.model.actors, tracker.about["short_name"], strict=True))
    return pd.DataFrame(
        {
            "key": [move.actor for move in moved],
            "name": [short[move.actor] for move in moved],
            "first": np.array([move.then for move in moved], float),
            "second": np.array([move.now for move in moved], float),
            "level": level_of(np.array([move.now for move in moved], float)),
            "note": [move_note(move) for move in moved],
            "hover": [_hover(tracker, move) for move in moved],
        }
    )


def _hover(tracker: Tracker, move: Move) -> str:
    told = [f"<b>{words.escape(move.name)}</b>"]
    if move.known:
        told.append(words.escape(move_line(tracker.codebook, move)))
    told += map(words.escape, causes_in_short(move).split("; "))
    return "<br>".join(told)


def _apart(found: tuple[Move, ...]) -> str:
    """Those that are no rows of the chart, by why: where they stand, and what time made of it."""
    still = [move for move in found if move.known and not move.done]
    kinds = {
        "Only time changed": [
            (move, f"{words.figure(move.now, 2)} ({words.figure(move.time, 2)})")
            for move in still
            if move.time
        ],
        "Stood still": [(move, words.figure(move.now, 2)) for move in still if not move.time],
        "No position on either day": [(move, "") for move in found if move.position == NEVER_HAD],
    }
    parts = []
    for kind, rows in kinds.items():
        names = [words.escape(f"{move.name} {told}".strip()) for move, told in rows]
        if names:
            parts.append(f"<dt>{kind} <b>{len(names)}</b></dt><dd>{', '.join(names)}</dd>")
    return f'<dl class="distribution">{"".join(parts)}</dl>'


def _actor_control(tracker: Tracker) -> None:
    """The twin of a click on the chart, for the keyboard."""
    st.selectbox(
        "Causes of the move of",
        tracker.model.actors,
        format_func=tracker.names.__getitem__,
        key="first",
        on_change=url.changed,
        persist_state="session",
    )


def _causes(tracker: Tracker, move: Move, days: Days, mode: str) -> str:
    """The move of one actor, opened into its parts, down to their sources."""
    name = f'<h2 class="actor">{words.escape(move.name)}</h2>'
    color = swatch(float(level_of(move.now)), mode)
    # Of a position gained or lost every event is told; of a move those that can be printed.
    parts = [part for part in move.parts if part.part]
    rows = _reasons(tracker, parts, days)
    if not move.known:
        line = words.escape(no_move(tracker.codebook, move, days))
        return f'<div class="reasons">{name}<p>{line}</p>{rows}</div>'
    line = words.escape(move_line(tracker.codebook, move))
    zeros = len(move.parts) - len(parts)
    more = f'<p class="small">{zero_parts(zeros)}</p>' if zeros else ""
    return f'<div class="reasons">{name}<p>{color}<b>{line}</b></p>{_sums(move)}{rows}{more}</div>'


def _reasons(tracker: Tracker, parts: list[Part], days: Days) -> str:
    """The parts one by one, the smaller ones folded away."""
    rows = [
        _reason(tracker, part, since=tracker.dated[part.event_id].day > days[0]) for part in parts
    ]
    if len(rows) <= _LISTED:
        return "".join(rows)
    rest = parts[_LISTED:]
    told = more_parts(len(rest), round(sum(part.part for part in rest), 2) + 0.0)
    folded = f"<details><summary>{told}</summary>{''.join(rows[_LISTED:])}</details>"
    return "".join(rows[:_LISTED]) + folded


def _sums(move: Move) -> str:
    """The parts by cause: what was done and what time did, each with its sum."""
    if not move.parts:
        return "<p>Nothing that counts has changed between the two days.</p>"
    kinds = (("What was done", DONE, move.done), ("What time did", TIME, move.time))
    lines = [
        line
        for label, causes, total in kinds
        for line in (
            *(_sum(CAUSE_WORDS[cause].label, part) for cause, part in move.by_cause(causes)),
            _sum(label, total, ' class="shown"'),
        )
    ]
    return f"<table>{''.join(lines)}</table>"


def _sum(label: str, part: float, shown: str = "") -> str:
    return f"<tr{shown}><td>{label}</td><td>{words.figure(part, 2)}</td></tr>"


def _reason(tracker: Tracker, part: Part, since: bool) -> str:
    """One part of a move, with its event and the sources of that."""
    when = words.short_day(tracker.dated[part.event_id])
    where = tracker.codebook.domain_label(part.domain)
    wording = cause_words(part.cause, since)
    return (
        f'<div class="reason"><div><b>{words.figure(part.part, 2)}</b> · {when} · '
        f"{words.escape(where)}: {words.escape(wording)}</div>"
        f"<div>{event_link(tracker.settings, part.event_id, tracker.titles[part.event_id])}</div>"
        f'<div class="sources">{sources_html(tracker, part.event_id)}</div></div>'
    )


def _table(tracker: Tracker, found: tuple[Move, ...]) -> None:
    """All actors, what was done most first, each with what made it."""
    shown = pa.table(
        {
            "Actor": [tracker.names[move.actor] for move in found],
            "Then": figures([move.then for move in found]),
            "Now": figures([move.now for move in found]),
            "Done": figures([move.done for move in found]),
            "Time": figures([move.time for move in found]),
            "Causes": [causes_in_short(move) or None for move in found],
            "Largest part": [_largest(tracker, move) for move in found],
        }
    )
    choosing_table(
        _TABLE,
        shown,
        [move.actor for move in found],
        "first",
        height=_TABLE_HEIGHT,
        column_config=_COLUMNS,
        alt="Every actor's stance then and now, what was done, what time did, and the causes; what "
        "was done most first",
    )


def _largest(tracker: Tracker, move: Move) -> str | None:
    return tracker.titles[move.parts[0].event_id] if move.parts and move.parts[0].part else None
