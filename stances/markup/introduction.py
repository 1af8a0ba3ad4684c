"""The line above every page as markup, each clause of which leads to where more is said."""

from __future__ import annotations

from stances.answers.introduction import introduction
from stances.answers.tracker import Tracker
from stances.markup.links import page_link


def introduction_html(tracker: Tracker) -> str:
    """Return the line, which is the same on every day."""
    links = (
        page_link(tracker.settings, "data", {"section": clause.section}, clause.words)
        for clause in introduction(tracker.data)
    )
    return f'<p class="introduction">{" · ".join(links)}</p>'
