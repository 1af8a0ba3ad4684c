"""What a reader follows: events as an Atom feed, the dates ahead as a calendar."""

import re
import uuid
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from stances import words
from stances.answers import events, export, news
from stances.dataset.load import Dataset
from stances.links import view
from stances.links.pages import FILES
from stances.links.view import View
from stances.render import page
from stances.routes.pool import OPEN, Answer, Endpoint, Question
from stances.routes.resource import file_name
from stances.routes.tables import find_deadlines

ATOM = "application/atom+xml; charset=utf-8"
HTML = "text/html; charset=utf-8"
# The policy of pages that `page.bare` makes: their style is in them, its fonts are beside the first
# page, and there are no scripts.
BARE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
# The headers of what `by_accept` answers with, and those of its pages.
BY_ACCEPT = {"Vary": "Accept, Accept-Encoding"}
PAGE_BY_ACCEPT = {**BY_ACCEPT, "Content-Security-Policy": BARE_POLICY}
# A feed has so many events.
_NEWEST = 50


def by_accept(as_feed: Endpoint, as_page: Endpoint) -> Endpoint:
    """Return what answers a browser with a page, and all others with the feed or file."""
    # Chromium 158 (November 2026) has XSLT turned off: a stylesheet would leave the XML bare.
    # https://groups.google.com/a/chromium.org/g/blink-dev/c/V6Gj-MM4WVY

    async def endpoint(request: Request) -> Response:
        accept = request.headers.get("accept", "")
        # Some readers of feeds take pages too, as the last choice.
        if "text/html" in accept and not re.search(r"(?:atom|rss)\+xml", accept):
            return await as_page(request)
        return await as_feed(request)

    return endpoint


def feed(data: Dataset, question: Question) -> Answer:
    """`/feed.atom`: the events that came in soon after their day, the newest first; or what came in
    late or was corrected (RFC 4287).
    """
    seen = view.take(data, FILES["feed"], question.query)
    query = view.query_of(seen.texts)
    entries = _entries(seen)
    # Missing where there are no entries.
    newest = entries["day"].max()
    updated = data.recorded if pd.isna(newest) else newest
    # A feed must have an author.
    authors = ", ".join(data.about.authors)
    if not authors:
        authors = data.about.title

    root = Xml.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    # The same feed wherever the product is hosted.
    _add(root, "id", _urn(data, "feed", query))
    _add(root, "title", _title(seen))
    _add(root, "updated", _moment(updated))
    _link(root, "self", f"{question.site}feed.atom{query}")
    _link(root, "alternate", question.site)
    author = Xml.SubElement(root, "author")
    _add(author, "name", authors)
    if data.about.licence:
        _add(root, "rights", data.about.licence.title)

    for event in entries.itertuples(index=False):
        root.append(_entry(seen, event, question.site))
    content = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return Answer(content, ATOM, headers={**OPEN, **BY_ACCEPT})


def feed_page(data: Dataset, question: Question) -> Answer:
    """The same as a page, which says what a feed is and how it is followed."""
    seen = view.take(data, FILES["feed"], question.query)
    others = [kind for kind in news.KINDS if kind != seen["kind"]]
    content = page.bare(
        "feed",
        seen,
        _title(seen),
        address=f"{question.site}feed.atom{view.query_of(seen.texts)}",
        days=news.NEWS_DAYS,
        entries=_entries(seen),
        names=seen.tracker.names,
        others=[(kind, news.KINDS[kind]) for kind in others],
    )
    return Answer(content.encode(), HTML, headers=PAGE_BY_ACCEPT)


def _entries(seen: View) -> pd.DataFrame:
    """Return the events of a feed, the newest first, with `day` (on which each came in or changed)
    and `change` (what changed; empty: it is new) of `answers.news`.
    """
    shown_events = events.find(
        seen.tracker,
        actor=seen["actor"],
        group=seen["group"],
        domain=seen.domain,
        # Also what came after the last day of the data, which no page shows yet.
        to=seen.tracker.data.today,
    )
    if seen["kind"] == "corrections":
        entries = news.corrections(seen.tracker, shown_events)
    else:
        entries = news.news(shown_events)
    return entries.head(_NEWEST)


def _title(seen: View) -> str:
    """Return the title of the edition, and in words what narrows a feed, if anything does."""
    tracker = seen.tracker
    title = tracker.data.about.title

    labels = FILES["feed"].options(tracker, "actor")
    parts = [labels[code] for code in seen["actor"]]
    if seen["group"] != "all":
        parts.append(tracker.group_title(seen["group"], seen.day))
    if seen["domain"]:
        parts.append(tracker.codebook.domain_label(seen.domain))
    if seen["kind"] == "corrections":
        parts.append("corrections")
    if not parts:
        return title
    return f"{title}: {', '.join(parts)}"


def _entry(seen: View, event: Any, site: str) -> Xml.Element:
    """Return the entry of an event, a row of `_entries`; `site`: the address of the first page."""
    tracker = seen.tracker
    actor = tracker.names[event.actor]
    day = words.day(event.date, event.date_precision)

    urn = _urn(tracker.data, "event", event.event_id)
    summary = event.summary
    if event.change:
        # Readers of feeds show a correction anew that has another name.
        name = f"{event.event_id} {event.day:%Y-%m-%d}"
        urn = _urn(tracker.data, "correction", name)
        summary = f"{event.change}. {event.summary}"

    entry = Xml.Element("entry")
    _add(entry, "id", urn)
    _add(entry, "title", f"{actor}, {day}: {event.title}")
    _add(entry, "updated", _moment(event.day))
    _add(entry, "published", _moment(event.date))
    _add(entry, "summary", summary)
    _link(entry, "alternate", f"{site}e/{event.event_id}")
    if event.source_url:
        _link(entry, "related", event.source_url)
    Xml.SubElement(entry, "category", term=event.domain)
    return entry


def calendar(data: Dataset, question: Question) -> Answer:
    """`/deadlines.ics`: the dates that are ahead today."""
    # A calendar is followed: a day in its address would keep it on that day for ever.
    query = dict(question.query)
    query.pop("as_of", None)
    seen = view.take(data, FILES["deadlines"], query)
    dates = find_deadlines(seen)
    dates = dates[dates["ahead"]]

    actors = dates["actor"].map(seen.tracker.short)
    # By its name a calendar knows a date that it has.
    keys = dates["act_id"] + dates["deadline"] + dates["what"]
    uids = [_urn(data, "deadline", key) for key in keys]
    entries = dates.assign(
        uid=uids,
        summary=actors + ": " + dates["what"],
        about=dates["name"] + ": " + dates["text"],
        url=question.site + "a/" + dates["act_id"],
    )

    # Empty where the site is not known.
    host = urlsplit(question.site).netloc
    if not host:
        host = "stances"
    content = export.ics(entries, _title(seen), host, data.recorded)
    return Answer(content, export.CALENDAR, file_name(seen, "deadlines", "ics"))


def _urn(data: Dataset, kind: str, name: str) -> str:
    # Readers of feeds know an entry by it: the same on every host and after every start.
    path = f"{data.codebook.subject}/{kind}/{name}"
    return uuid.uuid5(uuid.NAMESPACE_URL, path).urn


def _moment(day: date) -> str:
    # A feed has times: that of a day is its first.
    return f"{day:%Y-%m-%d}T00:00:00Z"


def _add(parent: Xml.Element, tag: str, text: str) -> None:
    Xml.SubElement(parent, tag).text = text


def _link(parent: Xml.Element, relation: str, address: str) -> None:
    Xml.SubElement(parent, "link", rel=relation, href=address)
