"""What a reader follows: the newest events as an Atom feed, the dates ahead as a calendar."""

import uuid
from datetime import date
from typing import Any
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
    of = view.take(data, FILES["feed"], question.query)
    tracker = of.tracker
    site = question.site
    found = events.find(
        tracker, actor=of["actor"], group=of["group"], domain=of.domain, to=data.today
    )
    found = found.sort_values(["recorded", "date", "event_id"], ascending=False).head(_NEWEST)
    root = Xml.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    address = f"{site}feed.atom{view.query_of(of.texts)}"
    # The same feed wherever the product is hosted.
    _add(root, "id", _urn(data, "feed", view.query_of(of.texts)))
    _add(root, "title", ": ".join([data.about.title, *_scope(of)]))
    _add(root, "updated", _moment(data.recorded))
    Xml.SubElement(root, "link", rel="self", href=address)
    Xml.SubElement(root, "link", rel="alternate", href=site)
    _add(Xml.SubElement(root, "author"), "name", ", ".join(data.about.authors) or data.about.title)
    if data.about.licence:
        _add(root, "rights", data.about.licence.title)
    for row in found.itertuples(index=False):
        root.append(_entry(of, row, site))
    return Answer(Xml.tostring(root, encoding="utf-8", xml_declaration=True), ATOM)


def _scope(of: View) -> list[str]:
    """Return in words what narrows a feed, in one text; nothing: it is of all."""
    tracker = of.tracker
    parts = [tracker.names.get(code) or tracker.members_called(code) for code in of["actor"]]
    parts += [] if of["group"] == "all" else [tracker.group_title(of["group"], of.day)]
    parts += [tracker.codebook.domain_label(of.domain)] if of["domain"] else []
    return [", ".join(parts)] if parts else []


def _entry(of: View, row: Any, site: str) -> Xml.Element:
    entry = Xml.Element("entry")
    when = words.day(row.date, row.date_precision)
    _add(entry, "id", _urn(of.tracker.data, "event", row.event_id))
    _add(entry, "title", f"{of.tracker.names[row.actor]}, {when}: {row.title}")
    _add(entry, "updated", _moment(row.recorded))
    _add(entry, "published", _moment(row.date))
    _add(entry, "summary", row.summary)
    Xml.SubElement(entry, "link", rel="alternate", href=f"{site}e/{row.event_id}")
    if row.source_url:
        Xml.SubElement(entry, "link", rel="related", href=row.source_url)
    Xml.SubElement(entry, "category", term=row.domain)
    return entry


def calendar(data: Dataset, question: Question) -> Answer:
    """`/deadlines.ics`: the dates that are ahead today."""
    query = {name: texts for name, texts in question.query.items() if name != "as_of"}
    of = view.take(data, FILES["deadlines"], query)
    due = find_deadlines(of)
    due = due[due["ahead"]]
    entries = due.assign(
        uid=[
            _urn(data, "deadline", name) for name in due["act_id"] + due["deadline"] + due["what"]
        ],
        summary=due["actor"].map(of.tracker.short) + ": " + due["what"].fillna(""),
        about=due["name"] + ": " + due["text"],
        url=question.site + "a/" + due["act_id"],
    )
    host = question.site.partition("://")[2].partition("/")[0] or "stances"
    title = ": ".join([data.about.title, *_scope(of)])
    content = export.ics(
        entries[["uid", "end", "summary", "about", "url"]], title, host, data.recorded
    )
    return Answer(content, export.CALENDAR, file_name(of, "deadlines", "ics"))


def _urn(data: Dataset, kind: str, name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{data.codebook.subject}/{kind}/{name}").urn


def _moment(day: date) -> str:
    return f"{day:%Y-%m-%d}T00:00:00Z"


def _add(parent: Xml.Element, tag: str, text: str) -> None:
    Xml.SubElement(parent, tag).text = text
