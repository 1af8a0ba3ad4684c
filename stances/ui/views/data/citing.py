"""The changelog of the data, how to cite it, and under which licences it may be used."""

from __future__ import annotations

from datetime import date

import streamlit as st

from stances.answers.citing import citation, citation_formats
from stances.answers.files import snapshot_name
from stances.answers.tracker import Tracker
from stances.markup.changelog import CITED_AS_SHOWN, HOW_TO_CITE, changelog_parts, licence_parts
from stances.ui.parts.blocks import draw, heading, paragraph
from stances.ui.parts.download import download


def citing_section(tracker: Tracker, day: date) -> None:
    """Draw how to cite the figures of a day, the licences and the changelog."""
    left, right = st.columns(2, gap="large")
    with left:
        _citations(tracker, day)
        draw(*licence_parts(tracker.data))
    with right:
        draw(*changelog_parts(tracker.data))


def _citations(tracker: Tracker, day: date) -> None:
    data, today = tracker.data, tracker.data.today
    heading(HOW_TO_CITE)
    own = tracker.own_settings
    if own:
        paragraph(CITED_AS_SHOWN)
    st.code(citation(data, day, today, own), language=None, wrap_lines=True)
    name = snapshot_name(data, day, own_settings=bool(own))
    for each in citation_formats(data, day, today, own):
        paragraph(each.label, "part")
        st.code(each.shown, language=None, wrap_lines=True)
        file, key = f"{name}.{each.ending}", f"cite-{each.ending}"
        download(each.offered, each.content, file, key, each.mime)
