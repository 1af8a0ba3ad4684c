"""Which picture a link to a page is shown by, and where that lies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stances.answers.tracker import Tracker, tracker_under
from stances.answers.views import ACTOR
from stances.dataset.tables import Dataset
from stances.parameters import PAGE_PARAMETERS, PARAMETERS, texts_of
from stances.pictures.asked import query_of, usable
from stances.pictures.every import PICTURES, PNG, path_of

FOLDER = "pictures/"
_MAP, _TRENDS, _MEMBERS = "map", "trends", "members"

# A picture by its name, and what its address says beside what the link says.
_Shown = tuple[str, dict[str, str]]


def picture_of(data: Dataset, page: str, given: Mapping[str, str]) -> str:
    """The address of the picture of a view, from the top of the dashboard on. `page`: its place;
    `given`: the parameters of the link, of which what cannot be used has no part in it.
    """
    page = page if page in PAGE_PARAMETERS else ""
    view = usable(data, page, given)
    published = tracker_under(data, None)
    name, more = _shown(published, page, view)
    actor = more.pop(ACTOR, "") if PICTURES[name].of_actor else ""
    query = {**texts_of(published, view), **more}
    kept = {key: query[key] for key in PICTURES[name].shows if key in query}
    return f"{FOLDER}{path_of(name, actor)}.{PNG}?{query_of(kept)}"


def _shown(tracker: Tracker, page: str, view: Mapping[str, Any]) -> _Shown:
    """The page's own picture, or the one that tells most of what it shows."""
    if page == ACTOR:
        return _of_actor(tracker, view[ACTOR] or PARAMETERS["first"].default(tracker))
    if page == "compare" and view["compare"] == "actors":
        two = dict.fromkeys([view["first"], view["second"]])
        return _TRENDS, {"actors": PARAMETERS["actors"].write(list(two))}
    if page == "events" and len(view["who"]) == 1:
        return _of_actor(tracker, view["who"][0])
    own = (name for name, picture in PICTURES.items() if picture.page == page)
    return next(own, _MAP), {}


def _of_actor(tracker: Tracker, code: str) -> _Shown:
    """The picture of an actor, or of the members of a group; the map where it takes no position."""
    if code in tracker.groups:
        return _MEMBERS, {"group": code}
    return (ACTOR, {ACTOR: code}) if code in tracker.model.actors else (_MAP, {})
