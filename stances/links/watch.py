"""Ways to watch a view: the addresses that tell what is new of what it shows."""

import re
import shlex
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from stances import escapes, words
from stances.answers.events import bodies_of
from stances.answers.letter import whom_words
from stances.answers.news import UNCORRECTED
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.days import ONE_DAY
from stances.dataset.tables import Dataset
from stances.links.parameters import ALL_ACTORS, SEPARATOR, actor_of, who_labels
from stances.links.register import ACTOR, DATA
from stances.links.site import contact_of
from stances.links.view import path_with, query_of

_WEEK = timedelta(days=7)
# So many months before this one have a letter that is named.
_MONTHS = 6
_PROTOCOL = re.compile(r"^https?:")
FEED, CALENDAR, CHANGES, LETTER = "changes.atom", "deadlines.ics", "changes.json", "letter"
# What a reader does with them.
FEED_HELP = "Give the feed to any feed reader, or to a service that turns feeds into mail."
CALENDAR_HELP = "A calendar on a telephone or at work takes the deadlines, and keeps them current."
LETTER_HELP = "A letter to read, or as text to take along"
_MAIL_HELP = "Whoever runs this page can have a letter sent by mail: ask "


def mail_help_html(data: Dataset) -> str:
    """Say whom a reader asks for the letter: who is named for reports, else who gave the link."""
    contact = contact_of(data)
    if not contact:
        return f"{_MAIL_HELP}whoever gave you this link."
    address = escapes.html(contact)
    return f'{_MAIL_HELP}at <a href="{address}">{address.removeprefix("mailto:")}</a>.'


def watch_query(tracker: Tracker, page: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Return whose news belong to what a page shows, and in which domain, as feeds, the calendar of
    deadlines and the letter take it; nothing: all news do.
    """
    codes = [code for code in _watched_codes(tracker, page, values) if code and code != ALL_ACTORS]
    return news_query(tracker, codes, OVERALL if page == DATA else str(values["domain"]))


def news_query(tracker: Tracker, codes: Sequence[str], domain: str) -> dict[str, str]:
    """Return what feeds, the calendar and the letter take for the news of some (none: of all)."""
    # A group alone is its members on the day of each thing, among others those of today.
    of_group = len(codes) == 1 and codes[0] in tracker.groups
    who = {"group" if of_group else "actor": SEPARATOR.join(codes)}
    query = {**who, "domain": "" if domain == OVERALL else domain}
    return {name: text for name, text in query.items() if text}


def _watched_codes(tracker: Tracker, page: str, values: Mapping[str, Any]) -> Sequence[str]:
    """Return the actors and groups that a page shows; none: all."""
    match page:
        case "":
            return [values["actor"]]
        case _ if page == ACTOR:
            return [actor_of(tracker, values)]
        case "trends":
            chosen: list[str] = values["actors"]
            return chosen
        case "members" | "domains":
            return [values["group"]]
        case "acts" | "events":
            named: list[str] = values["who"]
            return named
        case "compare":
            return {
                "dates": [values["among"]],
                "actors": [values["first"], values["second"]],
                "distances": [values["group"]],
            }[values["compare"]]
    return []


def whom_labels(tracker: Tracker) -> dict[str, str]:
    """Return the names of all whose news can be told, by their codes with commas between: a group
    that has bodies beside its members comes first, with them, and is what its name finds.
    """
    labels = who_labels(tracker)
    whole = {group: _with_bodies(tracker, group) for group in tracker.groups}
    whole = {group: codes for group, codes in whole.items() if codes != group}
    called, day = tracker.data.about.members or "members", tracker.data.today
    members = {group: f"{group}: {called} alone" for group in whole}
    counts = {group: len(tracker.members(group, day)) for group in whole}
    # Of what a name finds alike the shortest is first.
    both = {codes: f"{group}: {counts[group]} with bodies" for group, codes in whole.items()}
    return both | labels | members


def watched_whom(tracker: Tracker, query: Mapping[str, str]) -> list[str]:
    """Return the keys of `whom_labels` that a reader wants told: of groups their bodies too."""
    if group := query.get("group"):
        return [_with_bodies(tracker, group)]
    return [code for code in query.get("actor", "").split(SEPARATOR) if code]


def watched_field(tracker: Tracker, query: Mapping[str, str]) -> str:
    """Return the field in which a reader of a view wants to be told: the one that is shown, but all
    where that is what the map opens on, which nobody need have chosen. `query`: see `watch_query`.
    """
    field, lead = query.get("domain", OVERALL), tracker.data.about.lead
    return OVERALL if lead and field == lead.domain else field


def watch_choices(tracker: Tracker, query: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return what a reader of a view may want to be told of, in words, the usual one first: in the
    field shown and in all, of a group with its bodies and without. `query`: see `watch_query`.
    """
    codes = SEPARATOR.join(watched_whom(tracker, query)).split(SEPARATOR)
    fields = (watched_field(tracker, query), OVERALL, query.get("domain", OVERALL))
    wide = [news_query(tracker, codes, field) for field in fields]
    return {_choice_words(tracker, choice): choice for choice in (*wide, dict(query))}


def _choice_words(tracker: Tracker, query: Mapping[str, str]) -> str:
    where = words.about_domain(tracker.codebook, query.get("domain", OVERALL))
    codes = query.get("group") or query.get("actor") or ""
    whose = _whom(tracker, codes) or tracker.data.about.actors or "all actors"
    return f"{words.sentence_start(whose)}, {where}"


def _whom(tracker: Tracker, codes: str) -> str:
    return words.listing(whom_words(tracker, filter(None, codes.split(SEPARATOR))))


def _with_bodies(tracker: Tracker, group: str) -> str:
    return SEPARATOR.join([group, *bodies_of(tracker.short_names, group)])


class Subscription(NamedTuple):
    """A way to be told. `kind`: FEED or CALENDAR; `label`: what it is called."""

    kind: str
    label: str
    address: str

    @property
    def reader_address(self) -> str:
        """Return the address as a reader opens it; calendar programs take one of their own."""
        return _PROTOCOL.sub("webcal:", self.address) if self.kind == CALENDAR else self.address


def subscriptions(query: Mapping[str, str], site: str) -> list[Subscription]:
    """Return the ways to be told, the feed that most readers want first. `query`: see
    `watch_query`; `site`: the address of the dashboard, with a slash at its end.
    """
    uncorrected = {**query, "kind": SEPARATOR.join(UNCORRECTED)}
    return [
        Subscription(FEED, "Feed", path_with(f"{site}{FEED}", uncorrected)),
        Subscription(FEED, "Feed with corrections", path_with(f"{site}{FEED}", query)),
        Subscription(CALENDAR, "Calendar of deadlines", path_with(f"{site}{CALENDAR}", query)),
    ]


def commands(query: Mapping[str, str], site: str, today: date) -> dict[str, str]:
    """Return commands for scripts and servers, by what they give; see `subscriptions`."""
    since = str(today - _WEEK)
    changes = f"{site}{CHANGES}?{query_of({'since': since, **query})}"
    options = [f"--{name} {_words(text)}" for name, text in query.items()]
    command = ["python -m stances digest", f"--since {since}", *options, "--format eml"]
    return {
        "The news of the past week": f"curl -s {shlex.quote(changes)}",
        "The letter by mail": " ".join([*command, f"--site {shlex.quote(site.rstrip('/'))}"]),
    }


def letters_html(query: Mapping[str, str], data: Dataset, site: str = "") -> str:
    """Return links to the letters of the past week, of that before it and of months, this one
    first, each to read and as text. Arguments as of `subscriptions`.
    """
    today, week = data.today, data.today - _WEEK
    links = [letter_links("Past week", query, week, today, site)]
    links.append(letter_links("Week before", query, week - _WEEK, week - ONE_DAY, site))
    last = today
    while len(links) < _MONTHS + 3 and last >= data.codebook.first_date:
        first = last.replace(day=1)
        name = words.day(words.Dated(first, "month"))
        links.append(letter_links(name, query, first, last, site))
        last = first - ONE_DAY
    return ", ".join(links)


def letter_links(
    name: str, query: Mapping[str, str], since: date, until: date, site: str = ""
) -> str:
    """Return links to the letter of a period, to read and as text; see `subscriptions`."""
    query_of_span = {**query, "since": str(since), "until": str(until)}
    page, text = (
        escapes.html(path_with(f"{site}{LETTER}.{ending}", query_of_span))
        for ending in ("html", "txt")
    )
    return f'<a href="{page}">{name}</a> (<a href="{text}" aria-label="{name}, as text">text</a>)'


def _words(text: str) -> str:
    return " ".join(map(shlex.quote, text.split(SEPARATOR)))
