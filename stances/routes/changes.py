"""The news over HTTP: what was told since a day, as JSON for scripts and as a feed."""

from collections.abc import Mapping
from urllib.parse import urlencode
from xml.etree import ElementTree as Xml

from starlette.requests import Request

from stances.answers.acts import actors_of
from stances.answers.news import CORRECTION, NEWS_KINDS, UNCORRECTED, NewsNote
from stances.answers.news_file import NewsItem, NewsQuery, news, news_records
from stances.answers.tracker import Tracker
from stances.answers.typed_table import versions
from stances.routes.answers import ATOM, JSON, MINUTES, Answer
from stances.routes.atom import add_category, atom_bytes, atom_entry, atom_feed, identity
from stances.routes.body import pack
from stances.routes.data import ROWS, data_links, narrowed_words, several_or_groups, to_json
from stances.routes.hosts import request_site
from stances.routes.query import Query

_PLACE = "changes"
CHANGE_PARAMETERS = ("since", "actor", "group", "domain", "kind")
# A feed has the newest alone; scripts have all since a day.
_MOST_ENTRIES = 100


def changes_answer(request: Request, tracker: Tracker) -> Answer:
    """`/changes.json`: all that was told since a day, the newest first."""
    data, query = tracker.data, _query(request, tracker)
    items = news(tracker, query)
    rows = news_records(data, items, request_site(request, _PLACE))
    text = {
        **versions(data),
        "since": str(query.since),
        "until": str(query.until),
        "count": len(items),
        ROWS: rows,
        "changes": rows,
    }
    return Answer(pack(to_json(text)), JSON, MINUTES, links=data_links(data, "Changes"))


def changes_feed_answer(request: Request, tracker: Tracker) -> Answer:
    """`/changes.atom`: the newest of it as a feed."""
    data, query = tracker.data, _query(request, tracker)
    items = news(tracker, query, _MOST_ENTRIES)
    narrowed = Query(request, data, CHANGE_PARAMETERS).texts(*CHANGE_PARAMETERS)
    title = ": ".join(
        filter(None, [f"{data.about.title}, changes", _narrowed_words(tracker, narrowed)])
    )
    newest = items[0].note.news_day if items else data.recorded
    name = identity(data, "changes", urlencode(narrowed))
    feed = atom_feed(request, data, title, name, newest)
    for item in items:
        feed.append(_entry(tracker, item, request_site(request, _PLACE)))
    return Answer(pack(atom_bytes(feed)), ATOM, MINUTES, links=data_links(data, "Change"))


def _narrowed_words(tracker: Tracker, narrowed: Mapping[str, str]) -> str:
    """Return what a feed was asked for, for its title."""
    named = narrowed_words(tracker, narrowed)
    if all(kind in named for kind in UNCORRECTED) and CORRECTION not in named:
        named = [text for text in named if text not in UNCORRECTED] + ["without corrections"]
    return ", ".join(named)


def _query(request: Request, tracker: Tracker) -> NewsQuery:
    """Return what is asked for; without a first day what was told in a year."""
    data = tracker.data
    query = Query(request, data, CHANGE_PARAMETERS)
    since = query.day("since", tracker.year_before(data.today))
    actors = actors_of(data, data.today, several_or_groups(query, data))
    kinds = query.several("kind", list(NEWS_KINDS)) or ()
    group, domain = query.group() or "", query.value("domain")
    return NewsQuery(since, data.today, actors, group, domain, kinds)


def _entry(tracker: Tracker, item: NewsItem, site: str) -> Xml.Element:
    data, note = tracker.data, item.note
    entry = atom_entry(
        identity(data, "change", note.id),
        item.sentence,
        updated=note.news_day,
        published=note.news_day,
        summary=_summary(tracker, item),
        page=f"{site}/{item.page}",
        sources=[item.source.url] if item.source else [],
    )
    add_category(entry, note.domain)
    add_category(entry, note.kind, identity(data, "scheme", "kind"), NEWS_KINDS[note.kind])
    return entry


def _summary(tracker: Tracker, item: NewsItem) -> str:
    """Tell an event or an act at more length, or a step that is due and when; its best source."""
    source = item.source
    origin = f"Source: {source.publisher}, {source.url}" if source else ""
    about = item.sentence if item.note.step else _about(tracker, item.note)
    return " ".join(filter(None, [about, origin])) or item.sentence


def _about(tracker: Tracker, note: NewsNote) -> str:
    if note.of_event:
        return str(tracker.events[note.event_id].summary)
    return f"{tracker.acts[note.act_id].obligation}." if note.act_id else ""
