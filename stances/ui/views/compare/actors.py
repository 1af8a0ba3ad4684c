"""Two actors compared: their lines, their domains side by side, and the gap over time."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from stances import escapes, words
from stances.answers.gaps import Names, Period, Widest, as_printed, gaps_in, pair_found
from stances.answers.history import chosen_events, lines, markers, trend_alt
from stances.answers.pair import (
    domains_alt,
    gap_alt,
    gap_subtitle,
    only_actor,
    same_actors,
)
from stances.answers.tracker import Tracker
from stances.figures.dumbbell import dumbbell
from stances.figures.gap import gap_chart
from stances.figures.theme import theme
from stances.figures.trend import line_colors, trend_chart
from stances.model.distance import side_by_side
from stances.ui import url
from stances.ui.parts.blocks import headline
from stances.ui.parts.embed import compact, framed
from stances.ui.parts.kept import kept
from stances.ui.parts.menus import OVER_TIME, STILL
from stances.ui.parts.notices import notice
from stances.ui.parts.picture import picture_buttons
from stances.ui.parts.tables import figures, take_along

_LINES_HEIGHT = 400
_TABLE_HEIGHT, _ROWS = 420, 11  # px, and as many rows as that has room for
_DAY = st.column_config.DateColumn(format="YYYY-MM-DD")
# They are of all actors, and two of these have their own events on their lines.
_NO_LANDMARKS = pd.DataFrame(
    {"event_id": [], "date": pd.DatetimeIndex([]), "hover": [], "name": []}
)
_FIGURE = st.column_config.NumberColumn(format="%+.2f")


def controls(tracker: Tracker) -> None:
    """The two actors, and from when on they are compared."""
    one, other, start = st.columns([1.2, 1.2, 1], vertical_alignment="bottom", gap="small")
    for column, key, label in ((one, "first", "First actor"), (other, "second", "Second actor")):
        with column:
            st.selectbox(
                label,
                tracker.by_name(tracker.model.actors),
                format_func=tracker.names.__getitem__,
                **kept(key),
            )
    with start:
        from_date(tracker)


def from_date(tracker: Tracker) -> None:
    """The first day of the period that is compared."""
    st.date_input(
        "From",
        min_value=tracker.codebook.first_date,
        max_value=tracker.data.today,
        format="YYYY-MM-DD",
        **kept("from"),
    )


def draw(tracker: Tracker, mode: str, period: Period) -> None:
    """Draw two actors for the state in the address."""
    pair, domain = (url.get("first"), url.get("second")), url.get("domain")
    if pair[0] == pair[1]:
        name, alone = tracker.names[pair[0]], len(tracker.model.actors) == 1
        notice(only_actor(name) if alone else same_actors(name))
        return
    names = tracker.names[pair[0]], tracker.names[pair[1]]
    table, top = gaps_in(tracker, pair, domain, period)
    headline(*pair_found(tracker, pair, domain, period), *tracker.basis_note)
    _lines(tracker, pair, domain, period, mode)
    _gap(table, pair, names, top, mode, period)
    if compact():
        return
    _domains(tracker, pair, names, period[1], mode)
    _months(tracker, table, pair, names, top)


def _lines(tracker: Tracker, pair: Names, domain: str, period: Period, mode: str) -> None:
    series = lines(tracker, pair, domain, period)
    names = {code: tracker.names[code] for code in pair}
    points = markers(tracker, chosen_events(tracker, pair, domain, period), series)
    figure = trend_chart(
        series,
        names,
        points,
        _NO_LANDMARKS,
        tracker.codebook,
        mode,
        period,
        _LINES_HEIGHT,
        tracker.line_order,
    )
    ends = [(names[code], series[series["key"] == code]["stance"].iloc[-1]) for code in pair]
    alt = trend_alt(tracker.codebook, domain, ends)
    st.plotly_chart(framed(figure), key="trend-pair", theme=None, config=OVER_TIME, alt=alt)
    picture_buttons("trend-pair")


def _gap(
    table: pd.DataFrame, pair: Names, names: Names, top: Widest, mode: str, period: Period
) -> None:
    st.markdown(f'<p class="small">{escapes.html(gap_subtitle(names))}</p>', unsafe_allow_html=True)
    figure = gap_chart(table, dict(zip(pair, names, strict=True)), top, mode, period)
    alt = gap_alt(names, float(table["gap"].iloc[-1]), top)
    st.plotly_chart(framed(figure), key="trend-gap", theme=None, config=STILL, alt=alt)
    picture_buttons("trend-gap")


def _domains(tracker: Tracker, pair: Names, names: Names, day: date, mode: str) -> None:
    """Each domain as a row of a chart, and the same figures as a table."""
    table = as_printed(side_by_side(tracker.model, day, *pair))
    labels = [tracker.codebook.domain_label(code) for code in table["domain"]]
    st.subheader(f"By domain, {words.day(day)}", anchor=False)
    chart, beside = st.columns([1.15, 1], gap="medium")
    with chart:
        colors = tuple(line_colors(pair, theme(mode), tracker.line_order).values())
        st.markdown(_legend(names, colors), unsafe_allow_html=True)
        rows = table.assign(key=table["domain"], name=labels, level=np.nan)
        rows["note"] = [words.figure(gap, 2) for gap in table["gap"]]
        rows["hover"] = _hovers(labels, names, table)
        triples = list(zip(labels, table["first"], table["second"], strict=True))
        st.plotly_chart(
            dumbbell(rows, tracker.codebook, mode, colors=(colors[0], colors[1])),
            key="domains",
            theme=None,
            config=STILL,
            alt=domains_alt(names, day, triples),
        )
        picture_buttons("domains")
    with beside:
        _domain_table(tracker, table, labels, pair, names)


def _hovers(labels: list[str], names: Names, table: pd.DataFrame) -> list[str]:
    """The hover label of each domain: the stance of either."""
    return [
        "<br>".join(
            [
                f"<b>{escapes.html(label)}</b>",
                *(
                    escapes.html(f"{escapes.isolated(name)}: {words.figure(stance, 2)}")
                    for name, stance in zip(names, stances, strict=True)
                ),
            ]
        )
        for label, stances in zip(
            labels, zip(table["first"], table["second"], strict=True), strict=True
        )
    ]


def _legend(names: Names, colors: tuple[str, ...]) -> str:
    items = "".join(
        f'<span><span class="dot" style="background:{color}"></span>{escapes.html(name)}</span>'
        for name, color in zip(names, colors, strict=True)
    )
    return f'<div class="legend">{items}<span>At the right: the gap</span></div>'


def _months(tracker: Tracker, table: pd.DataFrame, pair: Names, names: Names, top: Widest) -> None:
    """The lines and the gap as a table: month ends, the first and the last day, and that of the
    widest gap, which the page names.
    """
    days = table["date"]
    ends = [*np.array(tracker.data.months, "datetime64[s]"), days.iloc[0], days.iloc[-1]]
    if top:
        ends.append(pd.Timestamp(top[0]))
    rows = table[days.isin(ends)].iloc[::-1]
    shown = pa.table(
        {
            "Date": pa.array([day.date() for day in rows["date"]], pa.date32()),
            names[0]: figures(rows["first"]),
            names[1]: figures(rows["second"]),
            "Gap": figures(rows["gap"]),
        }
    )
    st.subheader("Month by month", anchor=False)
    st.dataframe(
        shown,
        key="months",
        height=_TABLE_HEIGHT if len(rows) > _ROWS else "auto",
        hide_index=True,
        placeholder=words.DASH,
        column_config=dict.fromkeys((*names, "Gap"), _FIGURE) | {"Date": _DAY},
        alt=f"Stances of {names[0]} and {names[1]} at month ends and the gap, the newest first",
    )
    since = str(url.get("from"))
    take_along(tracker, shown, "gap", *pair, url.get("domain"), since, noun="day")


def _domain_table(
    tracker: Tracker, table: pd.DataFrame, labels: list[str], pair: Names, names: Names
) -> None:
    columns = dict(zip(names, ("first", "second"), strict=True))
    shown = pa.table(
        {
            "Domain": labels,
            **{name: figures(table[column]) for name, column in columns.items()},
            "Gap": figures(table["gap"]),
        }
    )
    st.dataframe(
        shown,
        key="domain-table",
        hide_index=True,
        placeholder=words.DASH,
        column_config=dict.fromkeys((*names, "Gap"), _FIGURE),
        alt=f"Stances of {names[0]} and {names[1]} by domain, and the gap between them",
    )
    take_along(tracker, shown, "domains", *pair, noun="domain")
