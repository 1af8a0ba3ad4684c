"""The cards of the first page: an actor or a group in a name, a figure, a line and a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import streamlit as st

from stances import words
from stances.answers.standing import Standing, act_line, change_line, group_line, standings
from stances.answers.tracker import Tracker
from stances.dataset.days import day_number
from stances.figures.theme import theme
from stances.model import groups
from stances.model.lifetimes import Floats
from stances.model.stance import StanceArrays, level_of, rounded
from stances.ui import url

_SPARK_YEARS = 3
_YEAR = timedelta(days=365)
_WIDTH, _HEIGHT = 200, 30
_OPENED = "featured"


@dataclass(frozen=True)
class _Card:
    """What a card tells, but for its name. `days` (since 1970) and `line` are the sparkline, where
    NaN is no position.
    """

    stance: float
    spread: str
    days: Floats
    line: Floats
    change: str
    note: str


def cards_html(tracker: Tracker, day: date, domain: str, mode: str) -> str:
    """One card for each featured actor or group, as markup; empty where none is featured."""
    rows, before = standings(tracker, day, domain), _year_before(tracker, day)
    arrays = tracker.model.arrays([before, day])
    made = [
        _group_card(tracker, code, arrays, domain)
        if code in tracker.groups
        else _actor_card(tracker, code, rows, arrays, domain)
        for code in tracker.data.about.featured
    ]
    return "".join(_html(tracker, card, mode) for card in made)


def cards(tracker: Tracker, markup: str) -> None:
    """Draw the cards as one text, and over them one control whose options are their names: two
    messages where a column, a button and a text for each card would be twenty.
    """
    featured = tracker.data.about.featured
    if not featured:
        return
    chosen = url.get("actor")
    st.session_state[_OPENED] = chosen if chosen in featured else None
    with st.container(key="cards", gap=None):
        st.markdown(f'<div class="cards">{markup}</div>', unsafe_allow_html=True)
        st.segmented_control(
            "Reasons for",
            featured,
            format_func=lambda code: words.plain(_name(tracker, code)),
            key=_OPENED,
            on_change=_opened,
            label_visibility="collapsed",
        )


def _name(tracker: Tracker, code: str) -> str:
    return f"{code} member states" if code in tracker.groups else tracker.names[code]


def _opened() -> None:
    url.put("actor", st.session_state[_OPENED])


def _year_before(tracker: Tracker, day: date) -> date:
    return max(day - _YEAR, tracker.codebook.first_date)


def _actor_card(
    tracker: Tracker,
    actor: str,
    rows: Sequence[Standing],
    arrays: StanceArrays,
    domain: str,
) -> _Card:
    """`arrays`: a year before and now."""
    place = tracker.model.actors.index(actor)
    row, (then, now) = rows[place], rounded(arrays.stance[:, place, tracker.column(domain)])
    months, line = _recent(tracker, tracker.actor_panel(actor, domain), arrays.days[1], now)
    return _Card(
        stance=now,
        spread="" if np.isnan(now) else words.band(row.low, row.high),
        days=months,
        line=line,
        change=change_line(tracker.codebook, now, then),
        note=_act_note(tracker, row),
    )


def _act_note(tracker: Tracker, row: Standing) -> str:
    if row.level_since is None:
        return "No act in force"
    domain = tracker.codebook.domain_label(row.act_domain)
    line = act_line(tracker.codebook, row.act_level, row.level_since, row.act_title)
    return f"{domain}: {line}"


def _group_card(tracker: Tracker, group: str, arrays: StanceArrays, domain: str) -> _Card:
    """`arrays`: a year before and now."""
    column, scale = tracker.column(domain), tracker.codebook.scale
    then, now = (
        groups.figures_on(arrays, place, tracker.member_places(group, day), column, scale)
        for place, day in enumerate(arrays.days)
    )
    series = tracker.group_series(group, domain)["mean"].to_numpy()
    months, line = _recent(tracker, series, arrays.days[1], now.mean)
    return _Card(
        stance=now.mean,
        spread=f"mean of {now.with_position} of {now.members}",
        days=months,
        line=line,
        change=change_line(tracker.codebook, now.mean, then.mean),
        note=group_line(now),
    )


def _recent(tracker: Tracker, series: Floats, day: date, now: float) -> tuple[Floats, Floats]:
    """The month ends of the last years before a day, and the day itself."""
    end = day_number(day)
    start = end - _SPARK_YEARS * 365
    months = tracker.month_days.astype(np.int64)
    chosen = (months >= start) & (months < end)
    return np.append(months[chosen], end).astype(float), np.append(series[chosen], now)


def _html(tracker: Tracker, card: _Card, mode: str) -> str:
    label = words.labelled(tracker.codebook, card.stance)
    color = theme(mode).level_color(float(level_of(card.stance)))
    return (
        '<div class="card">'
        f'<div class="card-stance"><span class="swatch" style="background:{color}"></span>'
        f"<strong>{words.escape(label)}</strong> <span>{words.escape(card.spread)}</span></div>"
        f"{_sparkline(tracker, card, mode)}"
        f'<div class="card-change">{words.escape(card.change)}</div>'
        f'<div class="card-note">{words.escape(card.note)}</div>'
        "</div>"
    )


def _sparkline(tracker: Tracker, card: _Card, mode: str) -> str:
    """The line on the whole scale, so that cards compare; breaks where there is no position."""
    look, scale = theme(mode), tracker.codebook.scale
    span = max(card.days[-1] - card.days[0], 1.0)
    x = np.round((card.days - card.days[0]) / span * (_WIDTH - 6) + 3, 1)
    y = np.round((scale.max - card.line) / (scale.max - scale.min) * (_HEIGHT - 6) + 3, 1)
    # Within a level run only its two ends are drawn.
    turns = np.append(True, y[1:] != y[:-1]) | np.append(y[:-1] != y[1:], True)
    path, pen_down = [], False
    for across, down in zip(x[turns], y[turns], strict=True):
        if not np.isnan(down):
            path.append(f"{'L' if pen_down else 'M'}{across:g} {down:g}")
        pen_down = not np.isnan(down)
    # A line of no length with a round end is a dot that stretching cannot distort.
    dot = "" if np.isnan(y[-1]) else f"M{x[-1]:g} {y[-1]:g}h0"
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="Last {_SPARK_YEARS} years" fill="none" stroke="{look.ink}">'
        f'<path d="M0 {_HEIGHT / 2:g}H{_WIDTH}" stroke="{look.grid}"/>'
        f'<path d="{"".join(path)}" stroke-width="1.5"/>'
        f'<path d="{dot}" stroke-width="6" stroke-linecap="round"/></svg>'
    )
