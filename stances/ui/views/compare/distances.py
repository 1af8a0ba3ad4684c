"""Many actors compared: how far apart each two of a group are, and who is nearest to one."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from stances import escapes, parameters, words
from stances.answers.gaps import Period
from stances.answers.nearest import (
    in_common,
    left_out,
    matrix_alt,
    too_little,
)
from stances.answers.neighbours import group_of, nearest, nearest_found
from stances.answers.tracker import Tracker, remembered
from stances.dataset.names import slug
from stances.figures.matrix import STEPS, distance_colors, matrix
from stances.model import distance
from stances.model.distance import Distances
from stances.ui import url
from stances.ui.parts.blocks import headline
from stances.ui.parts.embed import compact, framed
from stances.ui.parts.kept import kept
from stances.ui.parts.menus import STILL
from stances.ui.parts.picture import picture_buttons
from stances.ui.parts.tables import figures, take_along
from stances.ui.views.compare.actors import from_date

_TABLE_HEIGHT = 420
_ROWS = 11  # as many as that height has room for
_WIDE = 40  # from so many actors on a matrix needs the whole width
_SHARED, _DOMAINS = "Months and domains in common", "Domains in common"
_DISTANCE = st.column_config.NumberColumn(format="%.2f")
_NEAREST_COLUMNS = {"Now": _DISTANCE, "A year before": _DISTANCE}


@remembered
def distances(tracker: Tracker, actors: tuple[str, ...], period: Period) -> Distances:
    """The distances of actors over a period, without those that can be compared with nobody."""
    found = distance.distances(tracker.model, tracker.panel, actors, *period)
    apart = np.where(np.eye(len(found.actors), dtype=bool), np.nan, found.distance)
    kept = np.flatnonzero(~np.isnan(apart).all(axis=1)) if len(found.actors) else np.array([], int)
    return found.only(kept)


def controls(tracker: Tracker) -> None:
    """The group, from when on, and who is looked at."""
    group, start, actor = st.columns([1, 1, 1.2], vertical_alignment="bottom", gap="small")
    with group:
        st.selectbox(
            "Group",
            [*tracker.groups, parameters.ALL_ACTORS],
            format_func=lambda code: "All with a position" if code not in tracker.groups else code,
            **kept("group"),
        )
    with start:
        from_date(tracker)
    with actor:
        st.selectbox(
            "Nearest to",
            tracker.by_name(tracker.model.actors),
            format_func=tracker.names.__getitem__,
            **kept("first"),
        )


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
        _nearest(tracker, table, actor, day)
    if not wide:
        _pairs(tracker, found)


def _matrix(tracker: Tracker, found: Distances, members: tuple[str, ...], mode: str) -> None:
    names = [tracker.short_names[actor] for actor in found.actors]
    st.markdown(_legend(mode), unsafe_allow_html=True)
    figure, alt = matrix(names, found.distance, mode), _alt(tracker, found)
    st.plotly_chart(framed(figure), key="matrix", theme=None, config=STILL, alt=alt)
    picture_buttons("matrix")
    lost = [tracker.names[actor] for actor in members if actor not in found.actors]
    if lost:
        line = escapes.html(left_out(lost))
        st.markdown(f'<p class="small">{line}</p>', unsafe_allow_html=True)


def _legend(mode: str) -> str:
    """The classes of distance, and what is left blank."""
    ends = [f"{step:g}" for step in STEPS[1:]]
    between = [f"{low} to {high}" for low, high in pairwise(ends)]
    wording = [f"under {ends[0]}", *between, f"{ends[-1]} and more"]
    items = "".join(
        f'<span><span class="swatch" style="background:{color}"></span>{word}</span>'
        for color, word in zip(distance_colors(mode), wording, strict=True)
    )
    blank = '<span><span class="swatch blank"></span>cannot be told</span>'
    return f'<div class="legend"><span>Points apart:</span>{items}{blank}</div>'


def _told(found: Distances) -> pd.DataFrame:
    """Each pair once: the places of the two, distance and pairs, the nearest first."""
    one, other = np.triu_indices(len(found.actors), 1)
    table = pd.DataFrame(
        {
            "one": one,
            "other": other,
            "distance": found.distance[one, other],
            "pairs": found.pairs[one, other],
        }
    )
    return table.sort_values(["distance", "one", "other"], na_position="last", ignore_index=True)


def _alt(tracker: Tracker, found: Distances) -> str:
    table = _told(found)
    known = table.dropna(subset=["distance"])
    rows: list[Any] = [*known.head(1).itertuples(), *known.tail(1).itertuples()]
    names = [tracker.names[actor] for actor in found.actors]
    alike = known["distance"].map(words.printed).value_counts()
    ends = [
        (names[row.one], names[row.other], row.distance, int(alike[words.printed(row.distance)]))
        for row in rows
    ]
    near, far = ends or (None, None)
    alt = matrix_alt(near, far, len(known), len(table) - len(known))
    return words.told_below(alt, bool(ends) and not compact())


def _nearest(tracker: Tracker, table: pd.DataFrame, actor: str, day: date) -> None:
    """The others by their distance from one, now and a year before; apart from them those that
    share too little with it.
    """
    name, ranked = tracker.names[actor], table[table["enough"]]
    st.markdown(f'<h2 class="actor">Nearest to {escapes.html(name)}</h2>', unsafe_allow_html=True)
    # A year before is told only where enough was shared then too.
    before = ranked["distance_before"].where(ranked["enough_before"])
    shown = pa.table(
        {
            "Actor": [tracker.names[code] for code in ranked["actor"]],
            "Now": figures(ranked["distance"]),
            "A year before": figures(before),
            _DOMAINS: [in_common(tracker.codebook, domains) for domains in ranked["domains"]],
        }
    )
    st.dataframe(
        shown,
        key="nearest",
        height=_TABLE_HEIGHT if len(ranked) > _ROWS else "auto",
        hide_index=True,
        placeholder=words.DASH,
        column_config=_NEAREST_COLUMNS,
        alt=f"Distances from {name} in the 12 months to {words.day(day)} and in the 12 months "
        "before, the nearest first",
    )
    take_along(tracker, shown, "nearest", actor)
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


def _shared_domains(tracker: Tracker, found: Distances, pairs: pd.DataFrame) -> pa.Array:
    """In which domains the two of each pair have positions; few lists that repeat."""
    both = found.domains[pairs["one"].to_numpy(), pairs["other"].to_numpy()]
    kinds, place = np.unique(both, axis=0, return_inverse=True)
    codes = np.array(tracker.model.domains, object)
    told = [in_common(tracker.codebook, codes[kind].tolist()) for kind in kinds]
    return pa.DictionaryArray.from_arrays(pa.array(place.ravel(), pa.int32()), told)


def _pairs(tracker: Tracker, found: Distances) -> None:
    """The matrix as a table."""
    table, names = _told(found), np.array([tracker.names[actor] for actor in found.actors], object)
    columns = {
        head: pa.array(names[table[place].to_numpy()].tolist(), pa.string()).dictionary_encode()
        for head, place in (("Actor", "one"), ("And", "other"))
    }
    shown = pa.table(
        {
            **columns,
            "Distance": figures(table["distance"].round(2)),
            _DOMAINS: _shared_domains(tracker, found, table),
            _SHARED: table["pairs"].to_numpy("int16"),
        }
    )
    st.markdown('<h2 class="actor">Every pair, the nearest first</h2>', unsafe_allow_html=True)
    st.dataframe(
        shown,
        key="pairs",
        height=_TABLE_HEIGHT if len(table) > _ROWS else "auto",
        hide_index=True,
        placeholder=words.DASH,
        column_config={"Distance": _DISTANCE},
        alt="The distance of every two actors of the matrix, the nearest first",
    )
    take_along(tracker, shown, "distances", slug(url.get("group")), str(url.get("from")))
