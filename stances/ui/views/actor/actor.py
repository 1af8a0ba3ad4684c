"""The page of one actor: where it stands, why, how that came about, and all its events."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import streamlit as st

from stances import escapes, words
from stances.answers.binding import Binding, binding, coming
from stances.answers.files import events_csv, figures_name
from stances.answers.history import HISTORY, levels_csv
from stances.answers.own_events import actor_found, group_found
from stances.answers.own_history import OwnHistory
from stances.answers.profile import profile
from stances.answers.reasons import (
    WHY,
    Reason,
    counts_now,
    domain_parts,
    domains_of,
    nothing_here,
    reasons_by_domain,
    rests_on,
    standing_of,
    without_events,
)
from stances.answers.standing import MEMBERS_THEN, member_line, standings
from stances.answers.tracker import Tracker
from stances.answers.views import ACTOR
from stances.briefs.address import brief_html
from stances.charts.actor import EVENTS, history_chart, timeline_chart
from stances.dataset.codebook import OVERALL
from stances.dataset.descriptions import file_stem
from stances.markup.binds import binds_html, sentence_html
from stances.markup.blocks import section_html
from stances.markup.explanation import domains_html, explanation_html
from stances.markup.legend import keys_html
from stances.markup.paper import Cited, paper_html
from stances.markup.table import rows_of
from stances.tables.events import chosen_rows_html, levels_table, own_events_table
from stances.tables.table import rows_html
from stances.ui import url
from stances.ui.pages import page_of
from stances.ui.parts.blocks import headline
from stances.ui.parts.chart import draw_chart
from stances.ui.parts.download import download
from stances.ui.parts.embed import compact
from stances.ui.parts.event import events_beside
from stances.ui.parts.picture import picture_links, picture_under
from stances.ui.parts.share import view_link
from stances.ui.parts.table import place
from stances.ui.session import current, view

_CHOICE, _MEMBER = "actor_choice", "actor_member"
_TIMELINE = "actor-timeline"


def page() -> None:
    """Draw the page for the state in the address."""
    tracker, mode = current(), st.context.theme.type or "light"
    day, domain, actor = url.get("as_of"), url.get("domain"), url.shown_actor(tracker)
    if not compact():
        _actor_control(tracker, actor)
    if actor in tracker.groups:
        _group(tracker, actor, day, domain)
        return
    mine = standing_of(tracker, actor, day)
    lines = binding(tracker, actor, day, domain)
    record = OwnHistory(tracker, actor, day, domain)
    said = profile(tracker, actor, day, domain)
    shown = actor_found(tracker, actor, day, domain, mine, lines)
    headline(said.headline, shown, *tracker.basis_note, sentence=True)
    if compact():
        if mine[domain].events:
            _history_chart(tracker, record, mode)
        return
    cited = Cited()
    _binds(tracker, actor, lines, day, domain, mode, cited)
    _domains(tracker, actor, mine, day, domain, mode)
    link = view_link(tracker, ACTOR)
    paper = paper_html(tracker, actor, day, domain, cited, link)
    st.markdown(paper, unsafe_allow_html=True)
    if record.events.empty:
        _nothing(tracker, record)
        return
    counting = reasons_by_domain(tracker, actor, mine, day)
    if mine[domain].events:
        _why(tracker, actor, mine, counting, lines, day, domain, mode)
        _history(tracker, record, mode)
    _timeline(tracker, record, mine, counting, mode)


def _binds(
    tracker: Tracker,
    actor: str,
    lines: list[Binding],
    day: date,
    domain: str,
    mode: str,
    cited: Cited,
) -> None:
    """What the sentence rests on, and the acts that bind."""
    said = sentence_html(tracker, profile(tracker, actor, day, domain), day, domain, cited)
    acts = binds_html(tracker, actor, lines, day, domain, mode, cited)
    taken = f"<p>{picture_links(ACTOR, mode, actor)} {brief_html(view(ACTOR), actor)}</p>"
    st.markdown(f"{said}{taken}{acts}", unsafe_allow_html=True)


def _domains(
    tracker: Tracker, actor: str, mine: dict[str, Any], day: date, domain: str, mode: str
) -> None:
    """The stance by domain, and on which of them the overall one rests."""
    parts = domain_parts(tracker, actor, day, mine[OVERALL].stance)
    told = escapes.html(rests_on(tracker.codebook, parts, mine))
    st.markdown(
        f'<section class="paper"><h2 class="finding">Position by field</h2>'
        f'<p class="small">{told}</p>'
        f"{domains_html(tracker, mine, parts, domain, mode)}</section>",
        unsafe_allow_html=True,
    )


def _actor_control(tracker: Tracker, actor: str) -> None:
    """The choice of an actor. It has a key of its own, since the address may name a group, which
    cannot be chosen here, or nothing.
    """
    st.session_state[_CHOICE] = None if actor in tracker.groups else actor
    left, _ = st.columns([1.3, 2])
    with left:
        st.selectbox(
            words.WHO,
            tracker.by_name(tracker.model.actors),
            format_func=tracker.names.__getitem__,
            key=_CHOICE,
            placeholder="Choose a country or body",
            on_change=_chosen,
            args=(_CHOICE,),
            label_visibility="collapsed",
        )


def _chosen(key: str) -> None:
    """Take the actor that was chosen; one that was taken off changes nothing. The event that was
    open is none of its own.
    """
    if st.session_state[key] is not None:
        url.put("actor", st.session_state[key])
        url.put("event", None)


def _group(tracker: Tracker, group: str, day: date, domain: str) -> None:
    """A group has no events of its own: who belongs to it and where each stands, to choose from."""
    members = tracker.members(group, day)
    rows = {row.actor: row for row in standings(tracker, day, domain)}
    own = {code: rows[code].stance for code in members}
    headline(*group_found(tracker, group, day, domain), *tracker.basis_note)
    if compact():
        return
    st.page_link(
        page_of("members"),
        label="All members in one table",
        query_params=url.link(tracker, "members") | {"group": group},
        icon=":material/arrow_forward:",
    )
    st.session_state[_MEMBER] = None
    st.pills(
        MEMBERS_THEN,
        sorted(
            own,
            key=lambda code: (np.isnan(own[code]), np.nan_to_num(own[code]), tracker.names[code]),
        ),
        format_func=lambda code: escapes.label(member_line(tracker.names[code], own[code])),
        key=_MEMBER,
        on_change=_chosen,
        args=(_MEMBER,),
    )


def _nothing(tracker: Tracker, record: OwnHistory) -> None:
    """Where there is no event up to the day: how to get to one."""
    if record.elsewhere:
        _small(nothing_here(tracker.codebook, record.domain, record.elsewhere))
    elif record.later:
        first = record.later[0].day
        st.button(f"Go to {words.day(first)}", on_click=url.put, args=("as_of", first))


def _why(
    tracker: Tracker,
    actor: str,
    mine: dict[str, Any],
    counting: dict[str, list[Reason]],
    lines: list[Binding],
    day: date,
    domain: str,
    mode: str,
) -> None:
    """The explanation of each domain that has scored events; the others in a line."""
    _section("Why", WHY)
    quiet = [code for code in domains_of(tracker, domain) if not mine[code].events]
    for code in domains_of(tracker, domain):
        if code not in quiet:
            yet = coming([line for line in lines if line.domain == code])
            found = explanation_html(
                tracker, actor, code, mine[code], counting[code], yet, day, mode
            )
            st.markdown(found, unsafe_allow_html=True)
    if quiet:
        _small(without_events(tracker.codebook, quiet, day))


def _history_chart(tracker: Tracker, record: OwnHistory, mode: str) -> None:
    """The policy level over time."""
    chart = history_chart(tracker, record, mode)
    _section(HISTORY, chart.subtitle)
    alt = words.told_below(chart.alt, not (compact() or record.acts.empty))
    draw_chart(chart, "actor-history", alt=alt)
    picture_under("history", mode)


def _history(tracker: Tracker, record: OwnHistory, mode: str) -> None:
    """The policy level over time, and the acts as a table."""
    _history_chart(tracker, record, mode)
    download(
        "These lines and levels as CSV",
        lambda: levels_csv(tracker, record.actor, record.series, record.acts),
        _file_name(tracker, record, "levels"),
        "actor-levels-csv",
    )
    if record.acts.empty:
        _small("No rule up to this day is counted: the line rests on statements.")
        return
    acts, table = rows_of(record.acts[::-1]), levels_table(tracker, record, mode)
    at, opened = place(tracker, ACTOR), url.get("event")
    st.html(rows_html(table, acts, at, opened=opened))


def _file_name(tracker: Tracker, record: OwnHistory, what: str) -> str:
    """The name of a file of what a chart is drawn from."""
    domain = [] if record.domain == OVERALL else [record.domain]
    parts = [file_stem(tracker.data), what, record.actor, *domain, str(record.period[1])]
    return f"{figures_name(parts, bool(tracker.own_settings), tracker.model.basis)}.csv"


def _timeline(
    tracker: Tracker,
    record: OwnHistory,
    mine: dict[str, Any],
    counting: dict[str, list[Reason]],
    mode: str,
) -> None:
    """All events, context too; one of them in full beside the table."""
    chart = timeline_chart(tracker, record, mode)
    _section(EVENTS, f"{chart.subtitle} Choose a mark or a title to see every source.")
    draw_chart(chart, _TIMELINE, opens="event", in_frame=False)
    picture_under("timeline", mode)
    st.markdown(keys_html(chart.legend), unsafe_allow_html=True)
    ids = record.events["event_id"].tolist()
    opened = url.get("event") if url.get("event") in ids else None
    table = own_events_table(tracker, record, counts_now(record.events, counting, mine), mode)
    at = place(tracker, ACTOR)
    rows = chosen_rows_html(tracker, table, ids, url.values(), at, opened)
    events_beside(tracker, rows, opened, mode)
    download(
        f"{words.plural(len(ids), 'event', start=True)} as CSV",
        lambda: events_csv(tracker.data, ids),
        _file_name(tracker, record, "events"),
        "actor-events-csv",
    )


def _section(heading: str, subtitle: str) -> None:
    st.markdown(section_html(heading, subtitle), unsafe_allow_html=True)


def _small(wording: str) -> None:
    st.markdown(f'<p class="small">{escapes.html(wording)}</p>', unsafe_allow_html=True)


page()
