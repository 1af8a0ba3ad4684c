"""The ways on from the first page, to what is asked next."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import streamlit as st

from stances import escapes
from stances.answers.tracker import Tracker
from stances.markup.links import page_here, view_of
from stances.parameters import PARAMETERS


def ways_on(tracker: Tracker, day: date, domain: str) -> None:
    """Link to the acts that bind the group that leads, to its members one by one, and to who acted
    in the last year, each on the day and in the domain looked at, and as without a link otherwise.
    """
    view = view_of(tracker, day, domain)
    if tracker.settings is not None:
        view["settings"] = PARAMETERS["settings"].write(tracker.settings)
    group = tracker.lead.group
    ways: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("acts", f"Acts in force in {group} members", {"who": group}),
        ("members", f"{group} members one by one", {"group": group}),
        ("compare", "Who acted in 12 months", {"then": str(tracker.year_before(day))}),
    )
    links = "".join(page_here(page, view | more, label) for page, label, more in ways)
    file = _file_link(view) if tracker.settings is None else ""
    st.html(f'<p class="ways">{links}{file}</p>')


def _file_link(view: dict[str, str]) -> str:
    """The figures of the map as a file, as published."""
    narrowed = {name: value for name, value in view.items() if name != "as_of"}
    asked = f"?{urlencode(narrowed)}" if narrowed else ""
    address = escapes.html(f"snapshots/{view['as_of']}.csv{asked}")
    return f'<a href="{address}">As CSV</a>'
