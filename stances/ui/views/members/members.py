"""The page of the members of a group: what binds each, where it stands, and what it did."""

from __future__ import annotations

import streamlit as st

from stances.answers.citing import quotation
from stances.answers.member_file import members_file_name, members_typed
from stances.answers.members import (
    OLD_TOLD,
    MemberTable,
    member_table,
    members_headline,
    members_sentence,
    members_subtitle,
)
from stances.answers.tracker import Tracker
from stances.markup.members import counted_html, table_html, totals_html
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
        order, practice, linked = url.get("order"), url.get("practice"), not compact()
        shown = counted_html(tracker, table, order, practice, linked)
        rows = table_html(tracker, group, day, domain, order, mode, linked, practice)
        st.html(f"{shown}{rows}")
        paragraph(OLD_TOLD, "small")


def _headline(tracker: Tracker, table: MemberTable, mode: str) -> None:
    """What the table finds, and its totals as small figures."""
    codebook = tracker.codebook
    found, shown = members_headline(tracker, table), members_subtitle(codebook, table)
    headline(found, shown, *tracker.basis_note)
    if table.rows:
        order, practice = url.get("order"), url.get("practice")
        figures = totals_html(tracker, table, order, practice, not compact())
        st.html(f'<ul class="totals">{figures}{_taken(tracker, table, mode)}</ul>')


def _taken(tracker: Tracker, table: MemberTable, mode: str) -> str:
    """What copies the sentence, the table as a picture, and the brief of the group."""
    if compact():
        return ""
    sentence = members_sentence(tracker, table)
    text = quotation(tracker, sentence, None)
    button = copy_button(text, told="Copy the sentence with its citation")
    brief = brief_link(table.group, of_group=True)
    return f"<li>{button}</li><li>{picture_links('members', mode)}</li><li>{brief}</li>"


def _controls(tracker: Tracker, table: MemberTable) -> None:
    with st.container(key="members-controls"):
        group, order, file = st.columns([1, 1.6, 2], vertical_alignment="bottom", gap="medium")
    with group:
        choice_of_many(tracker, "group")
    with order:
        choice_of_many(tracker, "order")
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
