"""Filters of the page of events: from the address, in words, and the events that fit them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from stances import words
from stances.answers import events
from stances.answers.history import no_period
from stances.answers.tracker import Tracker
from stances.dataset.days import ONE_DAY
from stances.filters import Filter, is_default, who_names
from stances.links.register import OF_RELEASE
from stances.links.view import View
from stances.model import groups
from stances.model.lifetimes import Ints

Period = tuple[date, date]


# The settings of the page that narrow what is found; the date and the domain, which other pages
# share, narrow it too.
FILTERS = ("q", "who", *events.EVENT_FILTERS, "from")


# What the headline, or the beginning of the line under it, tells of the filters.
_ELSEWHERE = ("q", "who", "domain", "from")


@dataclass(frozen=True)
class Search:
    """A search of the page of events. `members`: the actors of each group looked for."""

    query: events.EventQuery
    period: Period
    filters: list[Filter]
    members: dict[str, list[str]]


def period(view: View) -> tuple[Period, str]:
    """Return the period from the first day to the as-of date, else its year, and a line on that."""
    first, last = view["from"], view.day
    if first <= last:
        return (first, last), ""
    return (view.tracker.year_before(last), last), no_period(first, last)


def search_of(view: View, days: Period) -> Search:
    """Return the search that a view asks for, in a period."""
    tracker = view.tracker
    who = groups.standing_for(tracker.data.memberships, view["who"], *days)
    members = {code: actors for code, actors in who.items() if code in tracker.groups}
    # Events before the first day that has stances are not lost where nothing narrows the period.
    first = None if days[0] == tracker.codebook.first_date else days[0]
    exact = events.event_query(tracker.data, (first, days[1]), view.values, view["who"])
    # Whatever the domain, so that as many words are enough in all of them.
    least = tracker.search.enough(replace(exact, domains=None))
    query = replace(exact, least=least)
    return Search(query, days, _filters(view, days), members)


def _filters(view: View, days: Period) -> list[Filter]:
    """Return the filters that are set, the most particular first."""
    tracker, codebook = view.tracker, view.tracker.codebook
    who = words.alternatives(who_names(view))
    every = [
        Filter("q", f"the words {events.quote_search(view['q'])}", {"text": "", "least": None}),
        Filter("who", who, {"actors": None}),
        *(
            Filter(name, part.wording(codebook, view[name]), {part.field: None})
            for name, part in events.EVENT_FILTERS.items()
        ),
        Filter("domain", f"the field {codebook.domain_label(view.domain)}", {"domains": None}),
    ]
    filters = [part for part in every if not is_default(view, part.name)]
    if days != (codebook.first_date, tracker.data.opening_day):
        text = f"the period {words.day(days[0])} to {words.day(days[1])}"
        filters.append(Filter("from", text, {}))
    return filters


def headline(view: View, search: Search, rows: Ints) -> tuple[str, str, list[str]]:
    """Say what is found, what is shown, who stands for groups. `rows`: places of events."""
    tracker, query = view.tracker, search.query
    whole = len(tracker.search.whole(query))
    line = events.events_headline(whole, who_names(view), view["q"])
    if len(rows) > whole:
        line += f"; {events.nearly_words(query, whole, len(rows) - whole)}"
    context = int(np.isnan(tracker.event_columns["score"][rows]).sum())
    filters = [entry.wording for entry in search.filters if entry.name not in _ELSEWHERE]
    counts = len(rows) - context, context
    subtitle = events.events_subtitle(tracker.codebook, view.domain, search.period, filters, counts)
    return line, subtitle, [*_of_words(tracker, query, rows), *_members(tracker, search)]


def _of_words(tracker: Tracker, query: events.EventQuery, rows: Ints) -> Iterator[str]:
    """Say how many events are of a year or publisher looked for, where others but name it."""
    columns, parts = tracker.event_columns, sorted(events.sought_parts(query.text))
    if not parts:
        return
    years = columns["date"][rows].astype("datetime64[Y]").astype(str)
    publishers = [tracker.publishers.get(code, "") for code in columns["event_id"][rows].tolist()]
    those, of_years, of_publishers = np.ones(len(rows), bool), [], []
    for part in parts:
        has = np.array([part in names for names in publishers], bool)
        if part in years and (years != part).any():
            those &= years == part
            of_years.append(f"happened in {part}")
        # A word that is in the name of a few publishers is not looked for as one.
        elif len(rows) // 2 < has.sum() < len(rows):
            those &= has
            of_publishers.append(events.quote_search(part))
    count = int(those.sum())
    sources = (
        [f"{words.have(count)} a source of {' and '.join(of_publishers)}"] if of_publishers else []
    )
    if text := " and ".join([*of_years, *sources]):
        yield f"{words.number(count, start=True)} of them {text}."


def _members(tracker: Tracker, search: Search) -> Iterator[str]:
    for group, members in search.members.items():
        names = sorted(tracker.names[code] for code in members)
        yield events.group_members(group, names, search.period)
        yield from filter(None, [events.bodies_beside(tracker.short_names, group)])


def nothing_note(tracker: Tracker, search: Search) -> str:
    """Say why no event is found, and how many would be without each of the filters."""
    others = [
        (text, len(tracker.search.rows(replace(search.query, **off))))
        for entry in search.filters
        for text, off in _without(entry, search.period)
    ]
    return events.nothing_text([entry.wording for entry in search.filters], others)


def _without(entry: Filter, days: Period) -> list[tuple[str, dict[str, Any]]]:
    """Return what is left without a filter, and its part of the query; of a period each side."""
    if entry.name != "from":
        return [(f"without {entry.wording}", entry.off)]
    first, last = days
    before = {"first": None, "last": first - ONE_DAY}
    after = {"first": last + ONE_DAY, "last": None}
    return [(f"before {words.day(first)}", before), (f"after {words.day(last)}", after)]


# -- in the addresses of files --------------------------------------------------------------------

# What files call the settings of the page that narrow or order what is found.
_IN_FILES = {
    "domain": "domain", "who": "actor", "from": "from", "as_of": "to", "sort": "sort",
    **{name: name for name in ("q", *events.EVENT_FILTERS, *OF_RELEASE)},
}  # fmt: skip


def events_file_texts(view: View) -> dict[str, str]:
    """Return the parameters of a file with the events that fit the page's search and period."""
    texts = view.texts_of_page
    query = {called: texts[name] for name, called in _IN_FILES.items() if name in texts}
    (first, _), wrong = period(view)
    return query | {"from": str(first)} if wrong else query
