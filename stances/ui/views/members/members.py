"""The page of the members of a group."""

from __future__ import annotations

import streamlit as st

from stances.answers.member_file import members_file_name, typed_members
from stances.answers.members import member_table
from stances.links.view import View
from stances.pages.members import blocks
from stances.ui.parts.blocks import draw_blocks
from stances.ui.parts.choices import choice_of_many
from stances.ui.parts.download import table_downloads
from stances.ui.session import current_view


def page() -> None:
    """Draw the page for the state in the address."""
    view = current_view("members")
    live = {"controls": lambda _: _group(view), "order": lambda _: _order(view)}
    draw_blocks(blocks(view), live)


def _group(view: View) -> None:
    """Draw the choice of whose members the whole page shows."""
    with st.container(key="members-controls"), st.columns([1, 3.6])[0]:
        choice_of_many(view.tracker, "group")


def _order(view: View) -> None:
    """Draw what orders the table of members, and what takes it along."""
    with st.container(key="members-order"):
        order, file = st.columns([1.6, 3], vertical_alignment="bottom", gap="medium")
    with order:
        choice_of_many(view.tracker, "order")
    with file:
        _download(view)


def _download(view: View) -> None:
    tracker, practice = view.tracker, view["practice"]
    table = member_table(tracker, view["group"], view.day, view.domain)
    table_downloads(
        "The table",
        lambda: typed_members(tracker, table, practice),
        members_file_name(tracker, table, practice),
        "members",
    )


page()
