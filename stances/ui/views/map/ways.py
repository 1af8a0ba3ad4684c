"""The ways on from the first page, to what is asked next."""

from __future__ import annotations

import streamlit as st

from stances.answers.tracker import Tracker
from stances.ui import url


def ways_on(tracker: Tracker) -> None:
    """Link to the acts that bind the group that leads, to its members one by one, and to who acted
    in the last year, each on the day and in the domain looked at.
    """
    group = tracker.lead.group
    ways: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("acts", f"Acts in force in {group} members", {"who": group}),
        ("members", f"{group} members one by one", {"group": group}),
        ("compare", "Who acted in 12 months", {}),
    )
    with st.container(key="ways", horizontal=True, gap="small"):
        for page, label, more in ways:
            query = url.link(tracker, page) | more
            st.page_link(f"views/{page}/{page}.py", label=label, query_params=query)
