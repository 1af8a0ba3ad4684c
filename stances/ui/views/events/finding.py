"""What the page of events looks for: the filters of the address, in words, and what fits them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from stances import words
from stances.answers.events import EventQuery, asked_events, sought
from stances.answers.tracker import Tracker
from stances.model import groups
from stances.ui import url
from stances.ui.parts.filters import Filter, is_default, who_names

Period = tuple[date, date]

# The settings of the page that narrow what is found; the date and the domain, which other pages
# share, narrow it too.
FILTERS = ("q", "who", "instruments", "scores", "confidence", "counted", "from")


@dataclass(frozen=True)
class Search:
    """What is looked for. `members`: the actors that stand for each group looked for."""

    query: EventQuery
    period: Period
    filters: list[Filter]
    members: dict[str, list[str]]


def period() -> Period | None:
    """From the first day asked for to the as-of date; None where that is no period."""
    first, last = url.get("from"), url.get("as_of")
    return (first, last) if first <= last else None


def search_of(tracker: Tracker, days: Period) -> Search:
    """The search that the address asks for, in a period."""
    who = groups.standing_for(tracker.data.memberships, url.get("who"), *days)
    members = {code: actors for code, actors in who.items() if code in tracker.groups}
    # Events before the first day that has stances are not lost where nothing narrows the period.
    first = None if days[0] == tracker.codebook.first_date else days[0]
    query = asked_events(
        tracker.data,
        (first, days[1]),
        text=url.get("q"),
        who=url.get("who"),
        domain=url.get("domain"),
        instruments=url.get("instruments"),
        confidences=url.get("confidence"),
        scores=url.get("scores"),
        counted=url.get("counted"),
    )
    return Search(query, days, list(_filters(tracker, days)), members)


def _filters(tracker: Tracker, days: Period) -> list[Filter]:
    """The filters that are set, the most particular first."""
    codebook = tracker.codebook
    scores = [words.score_label(codebook, score) for score in url.get("scores")]
    instruments = [codebook.instruments[code].label for code in url.get("instruments")]
    counted = {"counted": "scored events only", "context": "context only"}
    wording: dict[str, tuple[str, dict[str, Any]]] = {
        "q": (f"the words {sought(url.get('q'))}", {"text": ""}),
        "who": (f"actor {words.alternatives(who_names(tracker))}", {"actors": None}),
        "instruments": (f"instrument {words.alternatives(instruments)}", {"instruments": None}),
        "scores": (f"score {' to '.join(dict.fromkeys(scores))}", {"scores": None}),
        "confidence": (
            f"{words.alternatives(url.get('confidence'))} confidence",
            {"confidences": None},
        ),
        "counted": (counted.get(url.get("counted"), ""), {"counted": None}),
        "domain": (
            f"the domain {codebook.domain_label(url.get('domain'))}",
            {"domains": None},
        ),
    }
    found = [Filter(name, *wording[name]) for name in wording if not is_default(tracker, name)]
    if days != (codebook.first_date, tracker.data.today):
        told = f"the period {words.day(days[0])} to {words.day(days[1])}"
        found.append(Filter("from", told, {"first": None, "last": None}))
    return found


def without_each(tracker: Tracker, search: Search) -> list[tuple[str, int]]:
    """How many events would be found without each of the filters."""
    return [
        (each.wording, len(tracker.search.rows(replace(search.query, **each.off))))
        for each in search.filters
    ]
