"""What stands around the map of a day, made once for all who look at it."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import NamedTuple

import pyarrow as pa

from stances.answers.standing import by_stance, standings
from stances.answers.tracker import Tracker
from stances.markup.headline import lead_html
from stances.markup.latest import latest_html
from stances.markup.ways import ways_html
from stances.ui.parts.tables import stance_table
from stances.ui.views.map.cards import cards_html
from stances.ui.views.map.stance_map import map_figure


class AroundMap(NamedTuple):
    """Markup of what leads, with the ways on from it, and of the cards, and the map as a table with
    the codes of its rows.
    """

    lead: str
    cards: str
    table: pa.Table
    codes: list[str]


def around_map(tracker: Tracker, day: date, domain: str, mode: str) -> AroundMap:
    """What stands around the map; for `Tracker.remember`."""
    rows = by_stance(standings(tracker, day, domain))
    return AroundMap(
        lead_html(tracker, day, domain) + ways_html(tracker, day, domain),
        cards_html(tracker, day, domain, mode),
        stance_table(rows),
        [row.actor for row in rows],
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
        tracker.remember(around_map, month, domain, mode)
        tracker.remember(latest_html, month, domain, mode)
