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
from stances.ui.session import view


def page() -> None:
    """Draw the page for the state in the address."""
    shown = view("members")
    mode = st.context.theme.type or "light"
    draw_blocks(blocks(shown, mode), {"controls": lambda _: _controls(shown)})


def _controls(shown: View) -> None:
    with st.container(key="members-controls"):
        group, order, file = st.columns([1, 1.6, 2], vertical_alignment="bottom", gap="medium")
    with group:
        choice_of_many(shown.tracker, "group")
    with order:
        choice_of_many(shown.tracker, "order")
    with file:
        _download(shown)


def _download(shown: View) -> None:
    tracker = shown.tracker
    table = member_table(tracker, shown["group"], shown.day, shown.domain)
    table_downloads(
        "The table",
        lambda: members_typed(tracker, table),
        members_file_name(tracker, table),
        "members",
    )


page()
