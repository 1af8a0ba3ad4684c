"""The months beside a day, made before they are asked for."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

from stances.answers.tracker import Tracker
from stances.markup.latest import latest_html
from stances.pages.map import around_map
from stances.ui.views.map.stance_map import map_figure


def neighbours(
    tracker: Tracker, day: date, domain: str, view: str, mode: str, chosen: str | None
) -> None:
    """Make the map and what is around it for the months before and after a day, so that a step of
    the slider finds them.
    """
    months = tracker.data.months
    here = bisect_left(months, day)
    for month in months[max(0, here - 1) : here + 2]:
        tracker.remember(map_figure, month, domain, view, mode, chosen)
        tracker.remember(around_map, month, domain, view, mode)
        tracker.remember(latest_html, month, domain, mode)
