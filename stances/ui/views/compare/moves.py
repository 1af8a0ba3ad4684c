"""Who moved between two days by what was done: the chart, its causes, the table, time apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from stances import escapes, words
from stances.answers.directions import NetMove
from stances.answers.happened import (
    Move,
    Part,
    binding_events,
    cause_words,
    drift,
    more_parts,
    move_line,
    moved_most,
    moves_finding,
    net_moves,
    no_move,
    time_told,
    zero_parts,
)
from stances.answers.ledger import Deed, Span
from stances.answers.tracker import Tracker
from stances.charts.moves import done_by, moves_chart
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.names import slug
from stances.markup.ledger import steps_html
from stances.markup.legend import keys_html
from stances.markup.links import event_link
from stances.markup.sources import sources_html
from stances.markup.swatch import swatch
from stances.model.changes import DONE, NEVER_HAD, TIME
from stances.model.stance import level_of
from stances.tables.compare import MOST_MOVED, moves_table
from stances.ui import url
from stances.ui.parts.chart import draw_chart
from stances.ui.parts.embed import compact
from stances.ui.parts.picture import picture_under
from stances.ui.parts.table import draw_rows, place, take_rows

Days = tuple[date, date]

# Changes that are listed before the smaller ones are folded away.
_LISTED = 4
_CHART, _ACTOR = "dumbbell", "_mover"


def draw(tracker: Tracker, span: Span, found: list[Move], mode: str) -> None:
    """Draw who moved, most by deeds first, and what made the move of one of them."""
    days = span.then, span.now
    if compact():
        _chart(tracker, found, span, mode)
        return
    done = done_by(tracker, span, found)
    _finding(tracker, net_moves(tracker, done), found)
    with st.container(key="compare-body"):
        left, right = st.columns([1.6, 1], gap="medium")
    with left:
        _chart(tracker, found, span, mode)
        with st.container(key="apart"):
            st.markdown(_apart(tracker.codebook, found), unsafe_allow_html=True)
    with right, st.container(key="causes"):
        move = _shown(tracker, found)
        if len(found) > 1:
            _actor_control(tracker, found, move)
        own = [deed for deed in done if deed.actor == move.actor]
        st.markdown(_causes(tracker, move, own, days, mode), unsafe_allow_html=True)
    _table(tracker, span, found)


def _finding(tracker: Tracker, ways: Mapping[str, NetMove], found: list[Move]) -> None:
    told, shown = map(escapes.html, moves_finding(tracker, ways, found))
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


def _chart(tracker: Tracker, found: list[Move], span: Span, mode: str) -> None:
    chosen = None if compact() else _shown(tracker, found).actor
    chart = moves_chart(tracker, found, span, mode, chosen)
    st.markdown(keys_html(chart.legend), unsafe_allow_html=True)
    draw_chart(chart, _CHART, alt=words.told_below(chart.alt, not compact()), opens="actor")
    picture_under("moves", mode)


def _apart(codebook: Codebook, found: list[Move]) -> str:
    """Those that time alone moved, folded away, and the others that are no rows of the chart."""
    faded = [move for move in found if move.faded]
    still = [move for move in found if move.known and not move.done and not move.time]
    never = [move for move in found if move.position == NEVER_HAD]
    kinds = {
        "Unchanged": still,
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


def _causes(tracker: Tracker, move: Move, own: list[Deed], days: Days, mode: str) -> str:
    """The move of one actor, opened into every step and what made it, down to the sources. `own`:
    what it did, the newest first.
    """
    name = f'<h2 class="actor">{escapes.html(move.name)}</h2>'
    color = swatch(float(level_of(move.now)), mode)
    # Of a position gained or lost every event is told; of a move those that can be printed.
    parts = [part for part in move.parts if part.part]
    rows = f"{steps_html(tracker, own, mode)}{_reasons(tracker, parts, days)}"
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
    kinds = (("What was done", DONE, move.done), ("Effect of ageing", TIME, move.time))
    lines = [
        line
        for label, causes, total in kinds
        for line in (
            *(_sum(label, part) for label, part in move.by_label(causes)),
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
    table = moves_table(tracker, span)
    opened = _shown(tracker, found).actor
    draw_rows(table, found, place(tracker, "compare"), MOST_MOVED, opened)
    domain = "" if span.domain == OVERALL else span.domain
    narrowed = filter(None, [slug(span.group), *map(slug, span.actors), domain])
    take_rows(tracker, table, found, "moves", str(span.then), *narrowed, noun="position")
