"""Ways to watch a view: the addresses that tell what is new of what it shows."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from stances import escapes, words
from stances.answers.events import bodies_beside
from stances.answers.news import UNCORRECTED
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.tables import Dataset
from stances.links.parameters import ALL_ACTORS, SEPARATOR, actor_of, who_name
from stances.links.register import ACTOR, DATA
from stances.links.site import contact_of
from stances.links.view import path_with, query_of

_WEEK = timedelta(days=7)
_PROTOCOL = re.compile(r"^https?:")
FEED, CALENDAR, CHANGES, LETTER = "changes.atom", "deadlines.ics", "changes.json", "letter"
# What a reader does with them.
FEED_HELP = "Give the feed to any feed reader, or to a service that turns feeds into mail."
CALENDAR_HELP = "A calendar on a telephone or at work takes the deadlines, and keeps them current."
_MAIL_HELP = "Whoever runs this page can have a letter sent by mail: ask "


def mail_help_html(data: Dataset) -> str:
    """Return whom a reader asks for the letter: who is named for reports, else who gave the
    link.
    """
    contact = contact_of(data)
    if not contact:
        return f"{_MAIL_HELP}whoever gave you this link."
    address = escapes.html(contact)
    return f'{_MAIL_HELP}at <a href="{address}">{address.removeprefix("mailto:")}</a>.'


def watched(tracker: Tracker, page: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Return whose news belong to what a page shows, and in which domain, as feeds, the calendar of
    deadlines and the letter take it; nothing: all news do.
    """
    codes = [code for code in _shown(tracker, page, values) if code and code != ALL_ACTORS]
    # A group alone is its members on the day of each thing, among others those of today.
    of_group = len(codes) == 1 and codes[0] in tracker.groups
    domain = "" if page == DATA or values["domain"] == OVERALL else str(values["domain"])
    who = {"group" if of_group else "actor": SEPARATOR.join(codes)}
    return {name: text for name, text in {**who, "domain": domain}.items() if text}


def _shown(tracker: Tracker, page: str, values: Mapping[str, Any]) -> Sequence[str]:
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


def watched_words(tracker: Tracker, query: Mapping[str, str]) -> str:
    """Say of whom what is told, and in which field. `query`: see `watched`."""
    where = words.about_domain(tracker.codebook, query.get("domain", OVERALL))
    group = query.get("group", "")
    codes = [code for code in (group or query.get("actor", "")).split(SEPARATOR) if code]
    whose = ", ".join(who_name(tracker, code) for code in codes)
    text = f"new events, rules and deadlines, corrections: each told once, {where}."
    beside = bodies_beside(tracker.short_names, group) if group else ""
    text = f"{whose}: {text}" if whose else words.sentence_start(text)
    return " ".join(filter(None, (text, beside)))


def letter_of_week(query: Mapping[str, str], today: date) -> dict[str, str]:
    """Return the addresses of the letter of the past week, by their forms."""
    return letter_forms(query, today - _WEEK, today)


class Watch(NamedTuple):
    """The ways to be told what is new: the addresses of a `feed` without corrections, of the
    `whole` one and of a `calendar`, a `script` that prints what was told in a week, and the command
    that writes the `mail` of it.
    """

    feed: str
    whole: str
    calendar: str
    script: str
    mail: str

    @property
    def subscribed(self) -> str:
        """Return the address of the calendar as programs for calendars take it, which then go on
        to read it.
        """
        return _PROTOCOL.sub("webcal:", self.calendar)


def watch_of(query: Mapping[str, str], site: str, today: date) -> Watch:
    """Return the ways to be told. `query`: see `watched`; `site`: the address of the dashboard,
    with a slash at its end.
    """
    since = str(today - _WEEK)
    changes = f"{site}{CHANGES}?{query_of({'since': since, **query})}"
    options = [f"--{name} {_words(text)}" for name, text in query.items()]
    command = ["python -m stances digest", f"--since {since}", *options, "--format eml"]
    return Watch(
        feed=path_with(f"{site}{FEED}", {**query, "kind": SEPARATOR.join(UNCORRECTED)}),
        whole=path_with(f"{site}{FEED}", query),
        calendar=path_with(f"{site}{CALENDAR}", query),
        script=f"curl -s {shlex.quote(changes)}",
        mail=" ".join([*command, f"--site {shlex.quote(site.rstrip('/'))}"]),
    )


def letter_forms(query: Mapping[str, str], since: date, until: date) -> dict[str, str]:
    """Return the addresses of the letter of a period, by their forms. `query`: see `watched`."""
    asked = {**query, "since": str(since), "until": str(until)}
    forms = {"to read": "html", "as text": "txt"}
    return {form: path_with(f"{LETTER}.{ending}", asked) for form, ending in forms.items()}


def _words(text: str) -> str:
    return " ".join(map(shlex.quote, text.split(SEPARATOR)))
