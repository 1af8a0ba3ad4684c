"""The page of one actor: where it stands, why, how that came about, and all its events."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from stances import escapes, words
from stances.answers.binding import Binding, binding, coming, quote
from stances.answers.files import events_csv, figures_name
from stances.answers.history import HISTORY, history_alt, history_subtitle, levels_csv
from stances.answers.own_events import actor_found, group_found
from stances.answers.reasons import (
    WHY,
    Reason,
    domain_parts,
    domains_of,
    nothing_here,
    reasons,
    rests_on,
    standing_of,
    timeline_alt,
    timeline_subtitle,
    without_events,
)
from stances.answers.standing import MEMBERS_THEN, member_line, standings
from stances.answers.tracker import Tracker
from stances.answers.views import ACTOR
from stances.dataset.codebook import OVERALL
from stances.dataset.descriptions import file_stem
from stances.figures.history import policy_history
from stances.figures.timeline import event_timeline
from stances.markup.binds import binds_html, quote_html
from stances.markup.blocks import section_html
from stances.markup.event import event_html, event_row
from stances.markup.explanation import domains_html, explanation_html
from stances.markup.paper import Cited, paper_html
from stances.markup.swatch import swatch
from stances.ui import url
from stances.ui.pages import page_of
from stances.ui.parts.blocks import headline
from stances.ui.parts.brief import brief_link
from stances.ui.parts.choice import choosing_table, clicked, opening_column
from stances.ui.parts.download import download
from stances.ui.parts.embed import compact, framed
from stances.ui.parts.event import SOURCE_COLUMN, reveal
from stances.ui.parts.menus import STILL
from stances.ui.parts.picture import picture_buttons, picture_links
from stances.ui.parts.share import view_link
from stances.ui.session import current
from stances.ui.views.actor.record import Record

_CHOICE, _MEMBER = "actor_choice", "actor_member"
_TIMELINE = "actor-timeline"
_TABLE_HEIGHT, _FEW_ROWS = 560, 14
_DAY = st.column_config.TextColumn(width=92)
_FIGURE = st.column_config.TextColumn(alignment="right", width=95)
_ACT_COLUMNS = {
    "From": _DAY,
    "Until": _DAY,
    "Level": st.column_config.TextColumn(width=105),
    "Domain": st.column_config.TextColumn(width=150),
    "Stance then": _FIGURE,
    "Source": SOURCE_COLUMN,
}
_EVENT_COLUMNS = {
    "Date": _DAY,
    "Score": st.column_config.TextColumn(alignment="right", width=60),
    "Counts now": st.column_config.TextColumn(width=150),
    "Domain": st.column_config.TextColumn(width=150),
    "Stance after": _FIGURE,
    "Source": SOURCE_COLUMN,
}


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
    record = Record(tracker, actor, day, domain)
    headline(*actor_found(tracker, actor, day, domain, mine, lines), *tracker.basis_note)
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
    counting = _counting(tracker, actor, mine, day)
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
    """The sentence to quote and the acts that bind."""
    said = quote_html(tracker, quote(tracker, actor, day, domain), cited)
    acts = binds_html(tracker, actor, lines, day, domain, mode, cited)
    taken = f"<p>{picture_links(ACTOR, mode, actor)} {brief_link(actor)}</p>"
    st.markdown(f"{said}{taken}{acts}", unsafe_allow_html=True)


def _domains(
    tracker: Tracker, actor: str, mine: dict[str, Any], day: date, domain: str, mode: str
) -> None:
    """The stance by domain, and on which of them the overall one rests."""
    parts = domain_parts(tracker, actor, day, mine[OVERALL].stance)
    certainties = {code: row.certainty for code, row in mine.items()}
    told = escapes.html(rests_on(tracker.codebook, parts, certainties))
    st.markdown(
        f'<section class="paper"><h2 class="finding">Stance by domain</h2>'
        f'<p class="small">{told}</p>'
        f"{domains_html(tracker, mine, parts, domain, mode)}</section>",
        unsafe_allow_html=True,
    )


def _counting(
    tracker: Tracker, actor: str, mine: dict[str, Any], day: date
) -> dict[str, list[Reason]]:
    """The events that make the stance in each domain."""
    return {
        code: reasons(tracker, actor, code, day, mine[code].stance, mine[code].evidence)
        for code in tracker.model.domains
    }


def _actor_control(tracker: Tracker, actor: str) -> None:
    """The choice of an actor. It has a key of its own, since the address may name a group, which
    cannot be chosen here, or nothing.
    """
    st.session_state[_CHOICE] = None if actor in tracker.groups else actor
    left, _ = st.columns([1.3, 2])
    with left:
        st.selectbox(
            "Actor",
            tracker.by_name(tracker.model.actors),
            format_func=tracker.names.__getitem__,
            key=_CHOICE,
            placeholder="Choose an actor",
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


def _nothing(tracker: Tracker, record: Record) -> None:
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


def _history_chart(tracker: Tracker, record: Record, mode: str) -> None:
    """The policy level over time."""
    names = {code: tracker.codebook.domain_label(code) for code in record.scored_domains}
    _section(HISTORY, history_subtitle(tracker.codebook, record.period))
    st.plotly_chart(
        framed(
            policy_history(record.series, record.acts, names, tracker.codebook, mode, record.period)
        ),
        key="actor-history",
        theme=None,
        config=STILL,
        alt=words.told_below(
            history_alt(tracker.codebook, record.name, record.ends()),
            not (compact() or record.acts.empty),
        ),
    )
    picture_buttons("actor-history")


def _history(tracker: Tracker, record: Record, mode: str) -> None:
    """The policy level over time, and the acts as a table."""
    _history_chart(tracker, record, mode)
    download(
        "These lines and levels as CSV",
        lambda: levels_csv(tracker, record.actor, record.series, record.acts),
        _file_name(tracker, record, "levels"),
        "actor-levels-csv",
    )
    if record.acts.empty:
        _small("No scored act up to this day: the line rests on words.")
        return
    acts = record.acts["event_id"].tolist()[::-1]
    st.dataframe(
        record.acts_table(),
        key="actor-acts",
        hide_index=True,
        column_config=_ACT_COLUMNS | {"Act": opening_column("actor-act", acts, "event", 430)},
        placeholder=words.DASH,
        alt=f"The binding acts of {record.name}, newest first; a click on an act opens its event",
    )


def _file_name(tracker: Tracker, record: Record, what: str) -> str:
    """The name of a file of what a chart is drawn from."""
    domain = [] if record.domain == OVERALL else [record.domain]
    parts = [file_stem(tracker.data), what, record.actor, *domain, str(record.period[1])]
    return f"{figures_name(parts, bool(tracker.own_settings), tracker.model.basis)}.csv"


def _timeline(
    tracker: Tracker,
    record: Record,
    mine: dict[str, Any],
    counting: dict[str, list[Reason]],
    mode: str,
) -> None:
    """All events, context too; one of them in full beside the table."""
    scored, context = zip(*record.counts.values(), strict=True)
    subtitle = timeline_subtitle((sum(scored), sum(context)), record.domain, record.elsewhere)
    _section("All events", subtitle)
    names = {code: tracker.codebook.domain_label(code) for code in record.counts}
    st.plotly_chart(
        event_timeline(record.events[::-1], names, mode, record.period),
        key=_TIMELINE,
        theme=None,
        config=STILL,
        on_select=partial(clicked, _TIMELINE, "event"),
        selection_mode="points",
        alt=timeline_alt(tracker.codebook, record.name, record.counts),
    )
    picture_buttons(_TIMELINE)
    st.markdown(_legend(tracker, mode), unsafe_allow_html=True)
    left, right = st.columns([1.6, 1], gap="medium")
    ids = record.events["event_id"].tolist()
    with left:
        _events(tracker, record, ids, mine, counting)
    with right, st.container(key="event"):
        opened = url.get("event") if url.get("event") in ids else None
        row = event_row(tracker, opened or ids[0])
        st.markdown(event_html(tracker, row, mode), unsafe_allow_html=True)
    reveal(opened)


def _events(
    tracker: Tracker,
    record: Record,
    ids: list[str],
    mine: dict[str, Any],
    counting: dict[str, list[Reason]],
) -> None:
    """The events as a table, of which a row opens its event, and as a file."""
    setters = {row.in_force_event_id for row in mine.values()}
    choosing_table(
        "actor-events",
        record.events_table(counting, setters, {row.act_event_id for row in mine.values()}),
        ids,
        "event",
        _EVENT_COLUMNS,
        opens=("Title", 330),
        height=_TABLE_HEIGHT if len(ids) > _FEW_ROWS else "auto",
        alt=f"The events of {record.name}, newest first; Shift and Space on a row opens it",
    )
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


def _legend(tracker: Tracker, mode: str) -> str:
    """The marks of the timeline: their forms, then their colours."""
    scale = tracker.codebook.scale
    items = [
        '<span class="mark square"></span>Act',
        '<span class="mark"></span>Words',
        '<span class="mark hollow"></span>Context, not counted',
        *(f"{swatch(level, mode)}{escapes.html(scale.labels[level])}" for level in scale.levels),
    ]
    return f'<div class="legend">{"".join(f"<span>{item}</span>" for item in items)}</div>'


page()
