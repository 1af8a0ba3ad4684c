"""What a reader follows: the newest events as an Atom feed, the dates ahead as a calendar."""

import uuid
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

from stances import words
from stances.answers import events, export
from stances.dataset.load import Dataset
from stances.links import view
from stances.links.pages import FILES
from stances.links.view import View
from stances.routes.pool import Answer, Question
from stances.routes.resource import file_name
from stances.routes.tables import find_deadlines

ATOM = "application/atom+xml; charset=utf-8"
_NEWEST = 50


def feed(data: Dataset, question: Question) -> Answer:
    """`/feed.atom`: the events that came in or changed last (RFC 4287)."""
    seen = view.take(data, FILES["feed"], question.query)
    query = view.query_of(seen.texts)
    authors = ", ".join(data.about.authors)
    if not authors:
        authors = data.about.title

    root = Xml.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    # The same feed wherever the product is hosted.
    _add(root, "id", _urn(data, "feed", query))
    _add(root, "title", _title(seen))
    _add(root, "updated", _moment(data.recorded))
    _link(root, "self", f"{question.site}feed.atom{query}")
    _link(root, "alternate", question.site)
    author = Xml.SubElement(root, "author")
    _add(author, "name", authors)
    if data.about.licence:
        _add(root, "rights", data.about.licence.title)

    shown_events = events.find(
        seen.tracker,
        actor=seen["actor"],
        group=seen["group"],
        domain=seen.domain,
        to=data.today,
    )
    shown_events = shown_events.sort_values(["recorded", "date", "event_id"], ascending=False)
    for event in shown_events.head(_NEWEST).itertuples(index=False):
        root.append(_entry(seen, event, question.site))
    return Answer(Xml.tostring(root, encoding="utf-8", xml_declaration=True), ATOM)


def _title(seen: View) -> str:
    """Return the title of the edition, and in words what narrows a feed, if anything does."""
    tracker = seen.tracker
    title = tracker.data.about.title

    parts = []
    for code in seen["actor"]:
        is_actor = code in tracker.names
        parts.append(tracker.names[code] if is_actor else tracker.members_called(code))
    if seen["group"] != "all":
        parts.append(tracker.group_title(seen["group"], seen.day))
    if seen["domain"]:
        parts.append(tracker.codebook.domain_label(seen.domain))
    if not parts:
        return title
    return f"{title}: {', '.join(parts)}"


def _entry(seen: View, event: Any, site: str) -> Xml.Element:
    tracker = seen.tracker
    actor = tracker.names[event.actor]
    day = words.day(event.date, event.date_precision)

    entry = Xml.Element("entry")
    _add(entry, "id", _urn(tracker.data, "event", event.event_id))
    _add(entry, "title", f"{actor}, {day}: {event.title}")
    _add(entry, "updated", _moment(event.recorded))
    _add(entry, "published", _moment(event.date))
    _add(entry, "summary", event.summary)
    _link(entry, "alternate", f"{site}e/{event.event_id}")
    if event.source_url:
        _link(entry, "related", event.source_url)
    Xml.SubElement(entry, "category", term=event.domain)
    return entry


def calendar(data: Dataset, question: Question) -> Answer:
    """`/deadlines.ics`: the dates that are ahead today."""
    # A calendar is followed: a day in its address would keep it there for ever.
    query = dict(question.query)
    query.pop("as_of", None)
    seen = view.take(data, FILES["deadlines"], query)
    dates = find_deadlines(seen)
    dates = dates[dates["ahead"]]

    keys = dates["act_id"] + dates["deadline"] + dates["what"]
    actors = dates["actor"].map(seen.tracker.short)
    uids = [_urn(data, "deadline", key) for key in keys]
    entries = dates.assign(
        uid=uids,
        summary=actors + ": " + dates["what"],
        about=dates["name"] + ": " + dates["text"],
        url=question.site + "a/" + dates["act_id"],
    )

    host = urlsplit(question.site).netloc
    if not host:
        host = "stances"
    content = export.ics(entries, _title(seen), host, data.recorded)
    return Answer(content, export.CALENDAR, file_name(seen, "deadlines", "ics"))


def _urn(data: Dataset, kind: str, name: str) -> str:
    # Readers know an entry by it: the same name on every host and after every start.
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{data.codebook.subject}/{kind}/{name}").urn


def _moment(day: date) -> str:
    return f"{day:%Y-%m-%d}T00:00:00Z"


def _add(parent: Xml.Element, tag: str, text: str) -> None:
    Xml.SubElement(parent, tag).text = text


def _link(parent: Xml.Element, relation: str, address: str) -> None:
    Xml.SubElement(parent, "link", rel=relation, href=address)
