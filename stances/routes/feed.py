"""The newest events as an Atom feed (RFC 4287), of all actors, of a group or of one actor."""

from http import HTTPStatus
from typing import Any
from xml.etree import ElementTree as Xml

import pandas as pd
from starlette.requests import Request

from stances import words
from stances.answers.directions import DIRECTION, course_words, direction_of
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.faults import inline
from stances.dataset.tables import Dataset
from stances.links.view import path_with
from stances.routes.answers import ATOM, MINUTES, Answer, Problem
from stances.routes.atom import add_category, atom_bytes, atom_entry, atom_feed, identity
from stances.routes.body import pack
from stances.routes.data import data_links, members_only, period
from stances.routes.hosts import request_site
from stances.routes.query import Query

# By which day events are the newest, and lie in the period: that of their entry, or their own.
BY = ("recorded", "date")
FEED_PARAMETERS = ("from", "to", "domain", "by")
_NEWEST = 50


def feed_answer(request: Request, tracker: Tracker) -> Answer:
    """`/feed.atom` and `/feed/{actor}.atom`."""
    data = tracker.data
    actor = _actor(request, data)
    query = Query(request, data, FEED_PARAMETERS if actor else (*FEED_PARAMETERS, "group"))
    names = dict(zip(data.actors["actor"], data.actors["name"], strict=True))
    title = data.about.title if actor is None else f"{data.about.title}: {names[actor]}"
    # What narrows a feed makes it another one.
    place = "?".join(filter(None, [actor or "all", request.url.query]))
    feed = atom_feed(request, data, title, identity(data, "feed", place), data.recorded)
    site = request_site(request, "feed")
    for row in _newest(query, data, actor).itertuples(index=False):
        feed.append(_entry(tracker, row, names[str(row.actor)], site))
    links = data_links(data, "Event", "../" if actor else "")
    return Answer(pack(atom_bytes(feed)), ATOM, MINUTES, links=links)


def _newest(query: Query, data: Dataset, actor: str | None) -> pd.DataFrame:
    """Return the newest of the events that are asked for."""
    first, last = period(query, data)
    by, group, domain = query.one("by", BY) or BY[0], query.group(), query.value("domain")
    events = members_only(data.events, data, group)
    if actor is not None:
        events = events[events["actor"] == actor]
    if domain != OVERALL:
        events = events[events["domain"] == domain]
    if query.has("from") or query.has("to"):
        events = events[events[by].between(pd.Timestamp(first), pd.Timestamp(last))]
    order = [by, "date", "event_id"] if by != "date" else [by, "event_id"]
    return events.sort_values(order, ascending=False).head(_NEWEST)


def _actor(request: Request, data: Dataset) -> str | None:
    name: str | None = request.path_params.get("name")
    if name is None:
        return None
    actor, _, ending = name.rpartition(".")
    if ending != "atom" or actor not in set(data.actors["actor"]):
        detail = f"no feed {inline(name)}; there is one for each code of actors.csv, with .atom"
        raise Problem(HTTPStatus.NOT_FOUND, detail, "actor")
    return actor


def _entry(tracker: Tracker, row: Any, name: str, base: str) -> Xml.Element:
    data, event_id = tracker.data, row.event_id
    direction = direction_of(tracker, event_id)
    label = _course(tracker, row) if direction else ""
    entry = atom_entry(
        identity(data, "event", event_id),
        f"{name}, {words.day(words.Dated(row.date, row.date_precision))}: {row.title}",
        updated=row.recorded,
        published=row.date,
        # Few readers show what an entry is filed under.
        summary=f"{row.summary} ({label})" if label else row.summary,
        page=path_with(f"{base}/events", {"event": event_id}),
        sources=[source.url for source in tracker.sources.get(event_id, [])],
    )
    add_category(entry, row.domain)
    if direction:
        add_category(entry, direction, identity(data, "scheme", DIRECTION.name), label)
    return entry


def _course(tracker: Tracker, row: Any) -> str:
    return course_words(tracker, row.event_id, row.instrument, float(row.score))
