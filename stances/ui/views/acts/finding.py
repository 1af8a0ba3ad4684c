"""What the page of acts looks for: the filters of the address, in words, and what fits them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from stances import parameters, words
from stances.answers.acts import (
    ALL,
    STATUSES,
    ActQuery,
    find_acts,
)
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL, Codebook
from stances.ui import url
from stances.ui.parts.filters import Filter, who_names

# The settings of the page that narrow what is found; the domain, which other pages share, does too.
FILTERS = ("q", "who", "status", "deadline", "scope", "aim")
_DAY = "as_of"


@dataclass(frozen=True)
class Found:
    """What is looked for on a day, and found: rows of `acts_on`, in their order. `others`: how many
    acts have another status and fit else, by its code; `group`: whose members alone are looked for.
    """

    query: ActQuery
    day: date
    rows: pd.DataFrame
    others: dict[str, int]
    filters: list[Filter]
    group: str


def found(tracker: Tracker) -> Found:
    """What the address asks for."""
    data, day, who = tracker.data, url.get("as_of"), url.get("who")
    view = {name: url.get(name) for name in parameters.PAGE_PARAMETERS["acts"]}
    query = parameters.act_query(data, view)
    every = find_acts(data, day, replace(query, status=ALL), url.get("by"))
    counts = {code: int((every["status"] == status).sum()) for code, status in STATUSES.items()}
    others = {code: n for code, n in counts.items() if query.status not in (code, ALL)}
    rows = every if query.status == ALL else every[every["status"] == STATUSES[query.status]]
    group = parameters.group_of(tracker, who)
    return Found(query, day, rows, others, list(_filters(tracker, day, query)), group)


def _filters(tracker: Tracker, day: date, query: ActQuery) -> Iterator[Filter]:
    """The filters that narrow what is found, the most particular first."""
    codebook = tracker.codebook
    told = parameters.act_filters(codebook, query)
    wording: dict[str, tuple[str, dict[str, Any]]] = {
        "q": (told.get("q", ""), {"text": ""}),
        "who": ("" if query.actors is None else _who_words(tracker), {"actors": None}),
        "scope": (told.get("scope", ""), {"scopes": ()}),
        "aim": (told.get("aim", ""), {"aims": ()}),
        "deadline": (told.get("deadline", ""), {"deadline": ALL}),
        "status": ("" if query.status == ALL else _status_words(query), {"status": ALL}),
        "domain": (_domain_words(codebook, query), {"domain": OVERALL}),
    }
    for name, (words_of_it, off) in wording.items():
        if words_of_it:
            yield Filter(name, words_of_it, off)
    if day != tracker.data.today:
        yield Filter(_DAY, f"the day {words.day(day)}", {})


def _who_words(tracker: Tracker) -> str:
    return f"actor {words.alternatives(who_names(tracker))}"


def _status_words(query: ActQuery) -> str:
    return f"status: {parameters.STATUSES[query.status]}"


def _domain_words(codebook: Codebook, query: ActQuery) -> str:
    if query.domain == OVERALL:
        return ""
    return f"the domain {codebook.domain_label(query.domain)}"


def without_each(tracker: Tracker, seen: Found) -> list[tuple[str, int]]:
    """How many acts would be found without each of the filters."""
    data = tracker.data
    days = {_DAY: data.today}
    return [
        (
            each.wording,
            len(find_acts(data, days.get(each.name, seen.day), replace(seen.query, **each.off))),
        )
        for each in seen.filters
    ]
