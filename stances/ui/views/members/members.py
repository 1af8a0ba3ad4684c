"""The page of the members of a group."""

from __future__ import annotations

import streamlit as st

from stances.answers.member_file import members_file_name, members_typed
from stances.answers.members import member_table
from stances.links.view import View
from stances.pages.members import blocks
from stances.ui.parts.blocks import draw_blocks
from stances.ui.parts.bound import choice_of_many
from stances.ui.parts.download import table_downloads
from stances.ui.session import current_mode, current_view


def page() -> None:
    """Draw the page for the state in the address."""
    view = current_view("members")
    mode = current_mode()
    draw_blocks(blocks(view, mode), {"controls": lambda _: _controls(view)})


def _controls(view: View) -> None:
    with st.container(key="members-controls"):
        group, order, file = st.columns([1, 1.6, 2], vertical_alignment="bottom", gap="medium")
    with group:
        choice_of_many(view.tracker, "group")
    with order:
        choice_of_many(view.tracker, "order")
    with file:
        _download(view)


def _download(view: View) -> None:
    tracker, practice = view.tracker, view["practice"]
    table = member_table(tracker, view["group"], view.day, view.domain)
    table_downloads(
        "The table",
        lambda: members_typed(tracker, table, practice),
        members_file_name(tracker, table, practice),
        "members",
    )


page()
