"""Who moved between two days by what was done: the chart, its causes, the table, time apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from stances import escapes, words
from stances.answers.happened import (
    CAUSE_WORDS,
    Move,
    Part,
    binding_events,
    cause_words,
    causes_in_short,
    drift,
    more_parts,
    move_line,
    move_note,
    moved_most,
    moves_alt,
    moves_finding,
    no_move,
    time_told,
    zero_parts,
)
from stances.answers.ledger import ONLY, Span, ledger
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.names import slug
from stances.figures.dumbbell import dumbbell
from stances.markup.links import event_link
from stances.markup.sources import sources_html
from stances.markup.swatch import swatch
from stances.model.changes import DONE, NEVER_HAD, TIME
from stances.model.stance import level_of
from stances.ui import url
from stances.ui.parts.choice import choosing_table, clicked
from stances.ui.parts.embed import compact, framed
from stances.ui.parts.picture import picture_buttons
from stances.ui.parts.tables import figures, take_along

Days = tuple[date, date]

_TABLE_HEIGHT = 420
# Changes that are listed before the smaller ones are folded away.
_LISTED = 4
_CHART, _TABLE, _ACTOR = "dumbbell", "moves", "_mover"
_CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["select2d", "lasso2d"]}
_FIGURE = st.column_config.NumberColumn(format="%+.2f")
_COLUMNS = {
    "Actor": st.column_config.TextColumn(width="medium"),
    "Then": _FIGURE,
    "Now": _FIGURE,
    "Done": _FIGURE,
    "Time": _FIGURE,
    "What was done": st.column_config.TextColumn(width="large"),
    "How it counted": st.column_config.TextColumn(width="large"),
}


def draw(tracker: Tracker, span: Span, found: list[Move], mode: str) -> None:
    """Draw who moved, most by deeds first, and what made the move of one of them."""
    days = span.then, span.now
    if compact():
        _chart(tracker, found, span, mode)
        return
    _finding(tracker.codebook, found)
    with st.container(key="compare-body"):
        left, right = st.columns([1.6, 1], gap="medium")
    with left:
        _chart(tracker, found, span, mode)
        with st.container(key="apart"):
            st.markdown(_apart(tracker.codebook, found), unsafe_allow_html=True)
    with right, st.container(key="causes"):
        move = _shown(tracker, found)
        _actor_control(tracker, found, move)
        st.markdown(_causes(tracker, move, days, mode), unsafe_allow_html=True)
    _table(tracker, span, found)


def _finding(codebook: Codebook, found: list[Move]) -> None:
    told, shown = map(escapes.html, moves_finding(codebook, found))
    st.markdown(
        f'<h2 class="finding">{told}</h2><p class="small">{shown}</p>', unsafe_allow_html=True
    )


def _shown(tracker: Tracker, found: list[Move]) -> Move:
    """The move that is opened: that of the actor chosen, or of the one that deeds moved most."""
    chosen = {url.get("actor")}
    # Links of before name the first of two actors, which is never without a value.
    if url.get("first") != url.default(tracker, "first"):
        chosen.add(url.get("first"))
    of_chosen = [move for move in found if move.actor in chosen]
    return [*of_chosen, *moved_most(found, binding_events(tracker)), *found][0]


def _legend(tracker: Tracker, days: Days, mode: str) -> str:
    scale = tracker.codebook.scale
    ends = [
        f'<span><span class="dot hollow"></span>{words.day(days[0])}</span>',
        '<span><span class="way hollow"></span>what time did</span>',
        '<span><span class="way"></span>what was done</span>',
        f'<span><span class="dot"></span>{words.day(days[1])}, in the colour of its class:</span>',
    ]
    classes = [
        f"<span>{swatch(level, mode)}{escapes.html(scale.labels[level])}</span>"
        for level in scale.levels
    ]
    return f'<div class="legend">{"".join(ends + classes)}</div>'


def _chart(tracker: Tracker, found: list[Move], span: Span, mode: str) -> None:
    moved, days = [move for move in found if move.happened], (span.then, span.now)
    st.markdown(_legend(tracker, days, mode), unsafe_allow_html=True)
    table, chosen = _figure_table(tracker, moved), _shown(tracker, found).actor
    figure = dumbbell(table, tracker.codebook, mode, chosen=None if compact() else chosen)
    st.plotly_chart(
        framed(figure),
        key=_CHART,
        theme=None,
        config=_CONFIG,
        on_select=partial(clicked, _CHART, "actor"),
        selection_mode="points",
        alt=words.told_below(moves_alt(tracker.codebook, span.domain, days, moved), not compact()),
    )
    picture_buttons(_CHART)


def _figure_table(tracker: Tracker, moved: list[Move]) -> pd.DataFrame:
    short = dict(zip(tracker.model.actors, tracker.about["short_name"], strict=True))
    return pd.DataFrame(
        {
            "key": [move.actor for move in moved],
            "name": [short[move.actor] for move in moved],
            "first": np.array([move.then for move in moved], float),
            "between": np.array([move.start_of_deeds for move in moved], float),
            "second": np.array([move.now for move in moved], float),
            "level": level_of(np.array([move.now for move in moved], float)),
            "note": [move_note(move) for move in moved],
            "hover": [_hover(tracker, move) for move in moved],
        }
    )


def _hover(tracker: Tracker, move: Move) -> str:
    told = [f"<b>{escapes.html(move.name)}</b>"]
    if move.known:
        told.append(escapes.html(move_line(tracker.codebook, move)))
    told += map(escapes.html, causes_in_short(move).split("; "))
    return "<br>".join(told)


def _apart(codebook: Codebook, found: list[Move]) -> str:
    """Those that time alone moved, folded away, and the others that are no rows of the chart."""
    faded = [move for move in found if move.faded]
    still = [move for move in found if move.known and not move.done and not move.time]
    never = [move for move in found if move.position == NEVER_HAD]
    kinds = {
        "Stood still": still,
        "No position on either day": never,
    }
    parts = [
        f"<dt>{kind} <b>{len(those)}</b></dt><dd>{', '.join(_names(those))}</dd>"
        for kind, those in kinds.items()
        if those
    ]
    return f'{_time_alone(codebook, faded)}<dl class="distribution">{"".join(parts)}</dl>'


def _names(moves: list[Move]) -> list[str]:
    return sorted(escapes.html(move.name) for move in moves)


def _time_alone(codebook: Codebook, faded: list[Move]) -> str:
    if not faded:
        return ""
    told, meant = map(escapes.html, time_told(faded))
    names = "".join(
        f"<li>{escapes.html(f'{move.name}: {drift(codebook, move)}')}</li>" for move in faded
    )
    return (
        f'<details><summary>{told}</summary><p>{meant}</p><ul class="silent">{names}</ul></details>'
    )


def _actor_control(tracker: Tracker, found: list[Move], shown: Move) -> None:
    """The twin of a click on the chart, for the keyboard."""
    st.session_state[_ACTOR] = shown.actor
    st.selectbox(
        "Why it moved",
        sorted((move.actor for move in found), key=tracker.names.__getitem__),
        format_func=tracker.names.__getitem__,
        key=_ACTOR,
        on_change=_take_actor,
    )


def _take_actor() -> None:
    url.put("actor", st.session_state[_ACTOR])


def _causes(tracker: Tracker, move: Move, days: Days, mode: str) -> str:
    """The move of one actor, opened into what made it, down to the sources."""
    name = f'<h2 class="actor">{escapes.html(move.name)}</h2>'
    color = swatch(float(level_of(move.now)), mode)
    # Of a position gained or lost every event is told; of a move those that can be printed.
    parts = [part for part in move.parts if part.part]
    rows = _reasons(tracker, parts, days)
    if not move.known:
        line = escapes.html(no_move(tracker.codebook, move, days))
        return f'<div class="reasons">{name}<p>{line}</p>{rows}</div>'
    line = escapes.html(move_line(tracker.codebook, move))
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
        f"{escapes.html(where)}: {escapes.html(wording)}</div>"
        f"<div>{event_link(tracker.settings, part.event_id, tracker.titles[part.event_id])}</div>"
        f'<div class="sources">{sources_html(tracker, part.event_id)}</div></div>'
    )


def _table(tracker: Tracker, span: Span, found: list[Move]) -> None:
    """All actors, what was done most first, each with the act or statement of largest effect."""
    done = ledger(tracker, replace(span, only=ONLY[0]), "effect")
    titles = {deed.actor: deed.title for deed in reversed(done)}
    shown = pa.table(
        {
            "Actor": [tracker.names[move.actor] for move in found],
            "Then": figures([move.then for move in found]),
            "Now": figures([move.now for move in found]),
            "Done": figures([move.done for move in found]),
            "Time": figures([move.time for move in found]),
            "What was done": [titles.get(move.actor) for move in found],
            "How it counted": [causes_in_short(move) or None for move in found],
        }
    )
    choosing_table(
        _TABLE,
        shown,
        [move.actor for move in found],
        "actor",
        height=_TABLE_HEIGHT,
        column_config=_COLUMNS,
        alt="Every actor's stance then and now, how far deeds and how far time moved it, and "
        "its act or statement of largest effect; whom deeds moved most first",
    )
    narrowed = filter(None, [slug(span.group), "" if span.domain == OVERALL else span.domain])
    take_along(tracker, shown, "moves", str(span.then), *narrowed, noun="actor")
