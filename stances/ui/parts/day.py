"""The means by which scripts follow the hand on the map: where the levels of every day are, how
lines are drawn, and the place of the controls that play it.
"""

from __future__ import annotations

import json

import streamlit as st

from stances import escapes
from stances.answers.tracker import Tracker
from stances.dataset.days import months_between
from stances.figures.map import VIEWS, line_kinds
from stances.links.view import path_with
from stances.markup.links import own_query
from stances.model.stance import ALL
from stances.ui import url


def day_control(tracker: Tracker, mode: str) -> None:
    """Draw the place of play and pause, which a script fills."""
    countries, markers = line_kinds(VIEWS[url.get("view")], mode)
    note = {
        "levels": _levels_address(tracker, url.get("domain")),
        "lines": json.dumps(countries),
        "markers": json.dumps(markers),
        "play": "1" if url.get("play") else "",
        "end": str(months_between(tracker.codebook.first_date, tracker.data.opening_day)),
    }
    named = " ".join(f'data-{name}="{escapes.html(text)}"' for name, text in note.items())
    st.html(f'<div class="hand" {named}></div>', width="content")


def _levels_address(tracker: Tracker, domain: str) -> str:
    """Return the address of the levels of every day, relative to the page."""
    basis = {} if tracker.model.basis == ALL else {"basis": tracker.model.basis}
    query = basis | own_query(tracker)
    return path_with(f"levels/{domain}.json", query)
