"""Two actors compared: their lines, their domains side by side, and the gap over time."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from stances import escapes, words
from stances.answers.gaps import Names, Period, Widest, gaps_in, pair_found
from stances.answers.tracker import Tracker
from stances.charts.chart import Chart
from stances.charts.pair import domains_chart, domains_of, gap_over_time, lines_chart, no_pair
from stances.markup.legend import keys_html
from stances.markup.table import rows_of
from stances.tables.compare import NEWEST, domains_table, months_table
from stances.tables.table import rows_html
from stances.ui import url
from stances.ui.parts.blocks import draw as draw_html
from stances.ui.parts.blocks import headline
from stances.ui.parts.chart import OVER_TIME, draw_chart
from stances.ui.parts.embed import compact
from stances.ui.parts.kept import choice_of_day, choice_of_many
from stances.ui.parts.notices import notice
from stances.ui.parts.picture import picture_under
from stances.ui.parts.table import draw_rows, place, take_rows


def controls(tracker: Tracker) -> None:
    """The two actors, and from when on they are compared."""
    one, other, start = st.columns([1.2, 1.2, 1], vertical_alignment="bottom", gap="small")
    for column, key, label in ((one, "first", "First actor"), (other, "second", "Second actor")):
        with column:
            choice_of_many(tracker, key, label)
    with start:
        choice_of_day(tracker, "from")


def draw(tracker: Tracker, mode: str, period: Period) -> None:
    """Draw two actors for the state in the address."""
    pair, domain = (url.get("first"), url.get("second")), url.get("domain")
    if wrong := no_pair(tracker, pair):
        notice(wrong)
        return
    names = tracker.names[pair[0]], tracker.names[pair[1]]
    table, top = gaps_in(tracker, pair, domain, period)
    headline(*pair_found(tracker, pair, domain, period), *tracker.basis_note)
    _lines(lines_chart(tracker, pair, domain, period, mode), mode)
    _gap(gap_over_time(tracker, pair, domain, period, mode), mode)
    if compact():
        return
    _domains(tracker, pair, names, period[1], mode)
    _months(tracker, table, pair, names, top)


def _lines(chart: Chart, mode: str) -> None:
    draw_chart(chart, "trend-pair", OVER_TIME)
    picture_under("pair", mode)


def _gap(chart: Chart, mode: str) -> None:
    shown = escapes.html(chart.subtitle)
    st.markdown(f'<p class="small">{shown}</p>', unsafe_allow_html=True)
    draw_chart(chart, "trend-gap")
    picture_under("gap", mode)


def _domains(tracker: Tracker, pair: Names, names: Names, day: date, mode: str) -> None:
    """Each domain as a row of a chart, and the same figures as a table."""
    drawn = domains_chart(tracker, pair, day, mode)
    draw_html(f'<h2 class="actor">By field, {words.day(day)}</h2>')
    chart, beside = st.columns([1.15, 1], gap="medium")
    with chart:
        st.markdown(keys_html(drawn.legend), unsafe_allow_html=True)
        draw_chart(drawn, "domains", in_frame=False)
        picture_under("domains", mode)
    with beside:
        _domain_table(tracker, pair, names, day, mode)


def _months(tracker: Tracker, table: pd.DataFrame, pair: Names, names: Names, top: Widest) -> None:
    """The lines and the gap as a table: month ends, the first and the last day, and that of the
    widest gap, which the page names.
    """
    days = table["date"]
    ends = [*np.array(tracker.data.months, "datetime64[s]"), days.iloc[0], days.iloc[-1]]
    if top:
        ends.append(pd.Timestamp(top[0]))
    rows, months = rows_of(table[days.isin(ends)].iloc[::-1]), months_table(names)
    draw_html('<h2 class="actor">Month by month</h2>')
    draw_rows(months, rows, place(tracker, "compare"), NEWEST)
    since = str(url.get("from"))
    take_rows(tracker, months, rows, "gap", *pair, url.get("domain"), since, noun="day")


def _domain_table(tracker: Tracker, pair: Names, names: Names, day: date, mode: str) -> None:
    rows, table = rows_of(domains_of(tracker, pair, day)[0]), domains_table(tracker, names, mode)
    st.html(rows_html(table, rows, place(tracker, "compare"), opened=url.get("domain")))
    take_rows(tracker, table, rows, "domains", *pair, noun="field")
