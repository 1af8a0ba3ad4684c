"""The findings of the map in the part of the world that it shows."""

from datetime import date

from stances.answers.stance_map import WHOLE, MapPart, map_lead
from stances.answers.tracker import Tracker, memoize
from stances.figures.map import VIEWS, codes_on
from stances.links.view import View


@memoize
def part_of(tracker: Tracker, view: str) -> MapPart:
    """Return the part of the world that a view of the map shows, with those who are seen there."""
    area = VIEWS[view]
    if area.whole:
        return WHOLE
    codes = codes_on(tracker.map_actors, area, tracker.geometry[area.geometry_file])
    return MapPart(area.label, frozenset(codes))


def day_beside(view: View) -> date | None:
    """Return the day of the map beside that of the day shown; None: there is one map."""
    then: date | None = view["before"]
    return then if then is not None and then < view.day else None


def lead_on(tracker: Tracker, day: date, domain: str, view: str) -> tuple[str, str]:
    """Return what leads the first page in a view of the map, and what stands under it."""
    return map_lead(tracker, day, domain, part_of(tracker, view))
