"""Many actors compared: how far apart each two of a group are, and who is nearest to one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from stances import escapes, words
from stances.answers.gaps import Period
from stances.answers.nearest import left_out, too_little
from stances.answers.neighbours import distances, group_of, nearest, nearest_found
from stances.answers.tracker import Tracker
from stances.charts.distances import distances_chart, pairs_of
from stances.dataset.names import slug
from stances.links import parameters
from stances.markup.legend import keys_html
from stances.markup.table import rows_of
from stances.model.distance import Distances
from stances.tables.compare import NEAREST, nearest_table, pairs_table
from stances.ui import url
from stances.ui.parts.blocks import headline
from stances.ui.parts.chart import draw_chart
from stances.ui.parts.embed import compact
from stances.ui.parts.kept import choice_of_day, choice_of_many
from stances.ui.parts.picture import picture_under
from stances.ui.parts.table import draw_rows, place, take_rows

_WIDE = 40  # from so many actors on a matrix needs the whole width


def controls(tracker: Tracker) -> None:
    """The group, from when on, and who is looked at."""
    group, start, actor = st.columns([1, 1, 1.2], vertical_alignment="bottom", gap="small")
    with group:
        groups = {name: name for name in tracker.groups}
        every = {parameters.ALL_ACTORS: "All with a position"}
        choice_of_many(tracker, "group", labels=groups | every)
    with start:
        choice_of_day(tracker, "from")
    with actor:
        choice_of_many(tracker, "first", "Nearest to")


def draw(tracker: Tracker, mode: str, period: Period) -> None:
    """Draw the distances for the state in the address."""
    group, actor, day = url.get("group"), url.get("first"), period[1]
    members = group_of(tracker, group, day)
    table = nearest(tracker, actor, members, day)
    told = nearest_found(tracker, actor, group, url.get("domain"), period)
    headline(*told, *tracker.basis_note)
    found = distances(tracker, members, period)
    if compact():
        _matrix(tracker, found, members, mode)
        return
    wide = len(found.actors) > _WIDE
    with st.container(key="compare-body"):
        if wide:
            _matrix(tracker, found, members, mode)
        left, right = st.columns(2 if wide else [1.15, 1], gap="medium")
    with left:
        if wide:
            _pairs(tracker, found)
        else:
            _matrix(tracker, found, members, mode)
    with right:
        _nearest(tracker, table, actor)
    if not wide:
        _pairs(tracker, found)


def _matrix(tracker: Tracker, found: Distances, members: tuple[str, ...], mode: str) -> None:
    chart = distances_chart(tracker, found, mode)
    st.markdown(keys_html(chart.legend), unsafe_allow_html=True)
    alt = words.told_below(chart.alt, bool(len(found.actors)) and not compact())
    draw_chart(chart, "matrix", alt=alt)
    picture_under("distances", mode)
    lost = [tracker.names[actor] for actor in members if actor not in found.actors]
    if lost:
        line = escapes.html(left_out(lost))
        st.markdown(f'<p class="small">{line}</p>', unsafe_allow_html=True)


def _nearest(tracker: Tracker, table: pd.DataFrame, actor: str) -> None:
    """The others by their distance from one, now and a year before; apart from them those that
    share too little with it.
    """
    name, ranked = tracker.names[actor], table[table["enough"]]
    st.markdown(f'<h2 class="actor">Nearest to {escapes.html(name)}</h2>', unsafe_allow_html=True)
    near = nearest_table(tracker, name, place(tracker, "actor"))
    rows = rows_of(ranked)
    draw_rows(near, rows, place(tracker, "compare"), NEAREST)
    take_rows(tracker, near, rows, "nearest", actor)
    _too_little(tracker, table[~table["enough"]], name)


def _too_little(tracker: Tracker, table: pd.DataFrame, name: str) -> None:
    if table.empty:
        return
    names = [tracker.names[code] for code in table["actor"]]
    told, lines = too_little(
        tracker.codebook, name, list(zip(names, table["domains"], strict=True))
    )
    items = "".join(f"<li>{escapes.html(line)}</li>" for line in lines)
    with st.container(key="too-little"):
        st.markdown(
            f"<details><summary>{escapes.html(told)}</summary>"
            f'<ul class="silent">{items}</ul></details>',
            unsafe_allow_html=True,
        )


def _pairs(tracker: Tracker, found: Distances) -> None:
    """The matrix as a table, of which a row opens the two side by side."""
    here = place(tracker, "compare")
    table, rows = pairs_table(tracker, found, here), rows_of(pairs_of(found))
    st.markdown('<h2 class="actor">Every pair, the nearest first</h2>', unsafe_allow_html=True)
    draw_rows(table, rows, here, NEAREST)
    take_rows(tracker, table, rows, "distances", slug(url.get("group")), str(url.get("from")))
