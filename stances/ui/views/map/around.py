"""What stands around the map of a day, made once for all who look at it."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import NamedTuple

from stances.answers.tracker import Tracker
from stances.markup.headline import lead_html
from stances.markup.latest import latest_html
from stances.markup.ways import ways_html
from stances.ui.views.map.cards import cards_html
from stances.ui.views.map.stance_map import map_figure


class AroundMap(NamedTuple):
    """Markup of what leads, with the ways on from it, and of the cards."""

    lead: str
    cards: str


def around_map(tracker: Tracker, day: date, domain: str, view: str, mode: str) -> AroundMap:
    """What stands around the map; for `Tracker.remember`."""
    return AroundMap(
        lead_html(tracker, day, domain, view) + ways_html(tracker, day, domain),
        cards_html(tracker, day, domain, mode),
    )


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
