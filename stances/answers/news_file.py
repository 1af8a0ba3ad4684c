"""The news that is asked for, each with its sentence, source and page, and as rows of a file."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from stances.answers.news import CORRECTION, NEWS_KINDS, NewsNote, notes
from stances.answers.news_words import news_sentence
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import LIST_SEPARATOR, Column, optional
from stances.dataset.tables import Dataset


@dataclass(frozen=True)
class NewsQuery:
    """A request for news: all that was told from a day `since` to a day `until`, both included, of
    some actors (None: of all), of those who belonged to a group, in a domain, of some kinds.
    `codes`: what the actors are called, groups among them; empty: as they are.
    """

    since: date
    until: date
    actors: Collection[str] | None = None
    group: str = ""
    domain: str = OVERALL
    kinds: Collection[str] = ()
    codes: Sequence[str] = ()


class NewsItem(NamedTuple):
    """Something that is told: its note, its sentence, its best source (None: it has none) and the
    address of its page below that of the site, empty where it has none.
    """

    note: NewsNote
    sentence: str
    source: Any
    page: str


def news_notes(tracker: Tracker, query: NewsQuery) -> list[NewsNote]:
    """Return what is told, without its sentences, in the order of `notes`."""
    return [
        note for note in notes_about(tracker, query) if query.since <= note.news_day <= query.until
    ]


def notes_about(tracker: Tracker, query: NewsQuery) -> list[NewsNote]:
    """Return all that is told of those and of what is asked about, on whatever day."""
    return [
        note
        for note in notes(tracker)
        if query.domain in (OVERALL, note.domain)
        and (query.actors is None or note.actor in query.actors)
        and (not query.kinds or note.kind in query.kinds)
        and (not query.group or _was_member(tracker, query.group, note))
    ]


def _was_member(tracker: Tracker, group: str, note: NewsNote) -> bool:
    """Say whether an actor was in a group on the day that is told of; on which a step is told."""
    day = note.news_day if note.step else note.day
    return note.actor in tracker.members(group, day)


def news(tracker: Tracker, query: NewsQuery, most: int | None = None) -> list[NewsItem]:
    """Return what is told in full, the first so many of it."""
    return [news_item(tracker, note) for note in news_notes(tracker, query)[:most]]


def news_item(tracker: Tracker, note: NewsNote, *, alone: bool = True) -> NewsItem:
    """Return a note with its sentence, source and page. `alone`: as for `news_sentence`."""
    sentence = news_sentence(tracker, note, alone=alone)
    return NewsItem(note, sentence, _source(tracker, note), _page(note))


def _source(tracker: Tracker, note: NewsNote) -> Any:
    if note.of_event:
        return tracker.best_source(note.event_id)
    return next(iter(tracker.act_sources.get(note.act_id, [])), None)


def _page(note: NewsNote) -> str:
    if note.of_event:
        return f"events?{urlencode({'event': note.event_id})}"
    return f"acts?{urlencode({'act': note.act_id})}" if note.act_id else ""


# -- files --------------------------------------------------------------------------------------

# Frozen: columns are only ever added, at the end.
COLUMNS = (
    Column("id", "text", "Name of what is told, the same for ever"),
    Column("kind", "text", "What it is", allowed=tuple(NEWS_KINDS)),
    Column(
        "told",
        "day",
        "Day on which it is told: that of the release that brought it; of what the first release "
        "of a table has, and of steps, one of its own",
    ),
    Column("date", "day", "Its own day, maybe years before: of the event, the adoption, the step"),
    Column("actor", "text", "Whose it is: a code of actors.csv"),
    Column("name", "text", "Name of the actor"),
    Column("domain", "text", "What it is about: a domain of the codebook"),
    Column("sentence", "text", "What is told"),
    optional("event_id", "text", "The event, by its id in events.csv"),
    optional("act_id", "text", "The act, by its id in acts.csv"),
    optional("corrected", "list", "Of a correction the columns, with semicolons between"),
    optional("source_url", "text", "Address of the best source; empty: none"),
    optional("source_publisher", "text", "Who published it"),
    optional("link", "text", "Address of its page; empty: it has none"),
)


def news_records(data: Dataset, items: Sequence[NewsItem], site: str) -> list[dict[str, Any]]:
    """Return the news as rows of COLUMNS; what is missing is None. `site`: the address of the
    dashboard, which stands before those of its pages.
    """
    names = dict(zip(data.actors["actor"], data.actors["name"], strict=True))
    return [_record(item, names, site) for item in items]


def _record(item: NewsItem, names: Mapping[str, str], site: str) -> dict[str, Any]:
    note, source = item.note, item.source
    corrected = LIST_SEPARATOR.join(note.changed) if note.kind == CORRECTION else ""
    values = [
        note.id, note.kind, str(note.news_day), str(note.day), note.actor,
        names.get(note.actor, note.actor), note.domain, item.sentence, note.event_id or None,
        note.act_id or None, corrected or None, source and source.url,
        source and source.publisher, f"{site}/{item.page}" if item.page else None,
    ]  # fmt: skip
    return dict(zip((column.name for column in COLUMNS), values, strict=True))
