"""Two actors compared: their lines, their domains side by side, and the gap over time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from stances import escapes, words
from stances.answers.history import actor_line, chosen_events, lines, markers, trend_alt
from stances.answers.pair import (
    domains_alt,
    gap_alt,
    gap_subtitle,
    only_actor,
    pair_headline,
    pair_rests_on,
    pair_subtitle,
    same_actors,
)
from stances.answers.tracker import Tracker, remembered
from stances.dataset.codebook import OVERALL
from stances.figures.dumbbell import dumbbell
from stances.figures.gap import gap_chart
from stances.figures.theme import theme
from stances.figures.trend import line_colors, trend_chart
from stances.model import distance
from stances.model.distance import days_around_widest, side_by_side
from stances.ui import url
from stances.ui.parts.blocks import headline
from stances.ui.parts.embed import compact
from stances.ui.parts.kept import kept
from stances.ui.parts.menus import OVER_TIME, STILL
from stances.ui.parts.notices import notice
from stances.ui.parts.tables import figures

Names = tuple[str, str]
Period = tuple[date, date]
Widest = tuple[date, float] | None

_LINES_HEIGHT = 400
_TABLE_HEIGHT, _ROWS = 420, 11  # px, and as many rows as that has room for
_DAY = st.column_config.DateColumn(format="YYYY-MM-DD")
# They are of all actors, and two of these have their own events on their lines.
_NO_LANDMARKS = pd.DataFrame(
    {"event_id": [], "date": pd.DatetimeIndex([]), "hover": [], "name": []}
)
_FIGURE = st.column_config.NumberColumn(format="%+.2f")


@remembered
def gaps(tracker: Tracker, first: str, second: str, domain: str) -> pd.DataFrame:
    """The gap of two actors on every day on which the line of one of them has a point: date, first,
    second, gap (NaN: not both have a position).
    """
    drawn = [actor_line(tracker, actor, domain)["date"] for actor in (first, second)]
    return _on(tracker, (first, second), domain, {day.date() for line in drawn for day in line})


def _on(tracker: Tracker, pair: Names, domain: str, days: Iterable[date]) -> pd.DataFrame:
    model = tracker.model_of(*pair)
    return distance.gaps(model, model.arrays(sorted(days)), *pair, domain)


@remembered
def gaps_in(
    tracker: Tracker, pair: Names, domain: str, period: Period
) -> tuple[pd.DataFrame, Widest]:
    """The same within a period, with its first and its last day, each gap that between the figures
    as they are printed beside it; and the day on which the two were furthest apart, as printed and
    then to the last decimal, the first of several, which is among the days, and the gap then.
    """
    whole = gaps(tracker, *pair, domain)
    first, last = map(pd.Timestamp, period)
    inside = whole[whole["date"].between(first, last, inclusive="neither")]
    table = _in_order(inside, _on(tracker, pair, domain, period))
    near = _on(tracker, pair, domain, days_around_widest(table))
    every = _as_printed(_in_order(table, near))
    exact = (every["first"] - every["second"]).abs().round(9)
    known = pd.DataFrame({"printed": every["gap"].abs(), "exact": exact}).dropna()
    if known.empty:
        return every, None
    known = known.sort_values(["printed", "exact"], ascending=False, kind="stable")
    top = every.loc[known.index[0]]
    shown = every["date"].isin(table["date"]) | (every["date"] == top["date"])
    return every[shown].reset_index(drop=True), (top["date"].date(), float(top["gap"]))


def _in_order(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([one, other]).sort_values("date", ignore_index=True)


def _as_printed(table: pd.DataFrame) -> pd.DataFrame:
    """The same with the gap between the two figures as they are printed beside it."""
    columns = table["first"].tolist(), table["second"].tolist()
    return table.assign(gap=[words.printed_move(b, a) for a, b in zip(*columns, strict=True)])


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
    now, rests_on = float(table["gap"].iloc[-1]), ""
    if domain == OVERALL:
        rests_on = f" {pair_rests_on(tracker.codebook, _triples(tracker, pair, period[1]))}"
    headline(
        pair_headline(names, now, top, period[1]),
        f"{pair_subtitle(tracker.codebook, domain, period)}{rests_on}",
        *tracker.basis_note,
    )
    _lines(tracker, pair, domain, period, mode)
    _gap(table, pair, names, top, mode, period)
    if compact():
        return
    _domains(tracker, pair, names, period[1], mode)
    _months(tracker, table, names, top)


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
    st.plotly_chart(figure, key="trend-pair", theme=None, config=OVER_TIME, alt=alt)


def _gap(
    table: pd.DataFrame, pair: Names, names: Names, top: Widest, mode: str, period: Period
) -> None:
    st.markdown(f'<p class="small">{escapes.html(gap_subtitle(names))}</p>', unsafe_allow_html=True)
    figure = gap_chart(table, dict(zip(pair, names, strict=True)), top, mode, period)
    alt = gap_alt(names, float(table["gap"].iloc[-1]), top)
    st.plotly_chart(figure, key="trend-gap", theme=None, config=STILL, alt=alt)


def _triples(tracker: Tracker, pair: Names, day: date) -> list[tuple[str, float, float]]:
    """Each domain by its label, with the stances of the two."""
    table = side_by_side(tracker.model, day, *pair)
    labels = [tracker.codebook.domain_label(code) for code in table["domain"]]
    own = zip(labels, table["first"], table["second"], table["domain"], strict=True)
    return [row[:3] for row in own if row[3] != OVERALL]


def _domains(tracker: Tracker, pair: Names, names: Names, day: date, mode: str) -> None:
    """Each domain as a row of a chart, and the same figures as a table."""
    table = _as_printed(side_by_side(tracker.model, day, *pair))
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
    with beside:
        _domain_table(table, labels, names)


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


def _months(tracker: Tracker, table: pd.DataFrame, names: Names, top: Widest) -> None:
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


def _domain_table(table: pd.DataFrame, labels: list[str], names: Names) -> None:
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
