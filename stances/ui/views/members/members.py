"""The page of the members of a group: what binds each, where it stands, and what it did."""

from __future__ import annotations

import streamlit as st

from stances import escapes
from stances.answers.citing import quotation
from stances.answers.member_file import members_file_name, members_typed
from stances.answers.members import (
    FADING_TOLD,
    MemberTable,
    member_table,
    members_headline,
    members_sentence,
    members_subtitle,
    orders,
    totals_told,
)
from stances.answers.tracker import Tracker
from stances.dataset.schema import ALL_ACTORS
from stances.markup.members import table_html
from stances.markup.quote import copy_button
from stances.ui import url
from stances.ui.parts.blocks import headline, paragraph
from stances.ui.parts.brief import brief_link
from stances.ui.parts.download import table_downloads
from stances.ui.parts.embed import compact
from stances.ui.parts.kept import choice_of_many
from stances.ui.parts.picture import picture_links
from stances.ui.session import current


def page() -> None:
    """Draw the page for the state in the address."""
    tracker, mode = current(), st.context.theme.type or "light"
    group, day, domain = url.get("group"), url.get("as_of"), url.get("domain")
    table = member_table(tracker, group, day, domain)
    _headline(tracker, table, mode)
    if not compact():
        _controls(tracker, table)
    if table.rows:
        # In a frame a link to another order would bring the whole page into it.
        st.html(table_html(tracker, group, day, domain, url.get("order"), mode, not compact()))
        paragraph(FADING_TOLD, "small")


def _headline(tracker: Tracker, table: MemberTable, mode: str) -> None:
    """What the table finds, and its totals as small figures."""
    codebook = tracker.codebook
    found, shown = members_headline(codebook, table), members_subtitle(codebook, table)
    headline(found, shown, *tracker.basis_note)
    if table.rows:
        totals = totals_told(codebook, table)
        figures = "".join(f"<li><b>{count}</b> {escapes.html(told)}</li>" for count, told in totals)
        st.html(f'<ul class="totals">{figures}{_taken(tracker, table, mode)}</ul>')


def _taken(tracker: Tracker, table: MemberTable, mode: str) -> str:
    """What copies the sentence, the table as a picture, and the brief of the group."""
    if compact():
        return ""
    sentence = members_sentence(tracker.codebook, table)
    text = quotation(tracker, sentence, None)
    button = copy_button(text, told="Copy the sentence with its citation")
    brief = brief_link(table.group, of_group=True)
    return f"<li>{button}</li><li>{picture_links('members', mode)}</li><li>{brief}</li>"


def _controls(tracker: Tracker, table: MemberTable) -> None:
    with st.container(key="members-controls"):
        group, order, file = st.columns([1, 1.6, 2], vertical_alignment="bottom", gap="medium")
    with group:
        groups = {name: name for name in tracker.groups}
        choice_of_many("Group", {**groups, ALL_ACTORS: "All actors"}, "group")
    with order:
        choice_of_many("Sort by", orders(tracker.codebook), "order")
    with file:
        _download(tracker, table)


def _download(tracker: Tracker, table: MemberTable) -> None:
    table_downloads(
        "The table",
        lambda: members_typed(tracker, table),
        members_file_name(tracker, table),
        "members",
    )


page()
