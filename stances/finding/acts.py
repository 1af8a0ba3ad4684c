"""What the page of acts looks for: the filters of the address, in words, and what fits them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from stances import parameters, words
from stances.answers.acts import (
    ALL,
    STATUSES,
    ActQuery,
    acts_headline,
    acts_subtitle,
    find_acts,
)
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL, Codebook
from stances.finding.filters import Filter, who_names

# The settings of the page that narrow what is found; the domain, which other pages share, does too.
FILTERS = ("q", "who", "status", "deadline", "scope", "aim")
_DAY = "as_of"
# What the headline tells of the filters, or the beginning of the line under it.
_TOLD_ELSEWHERE = ("who", "status", "domain", "as_of")


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


def found(tracker: Tracker, values: Mapping[str, Any]) -> Found:
    """What the settings of an address ask for."""
    data, day, who = tracker.data, values["as_of"], values["who"]
    query = parameters.act_query(data, values)
    every = find_acts(data, day, replace(query, status=ALL), values["by"])
    counts = {code: int((every["status"] == status).sum()) for code, status in STATUSES.items()}
    others = {code: n for code, n in counts.items() if query.status not in (code, ALL)}
    rows = every if query.status == ALL else every[every["status"] == STATUSES[query.status]]
    group = parameters.group_of(tracker, who)
    return Found(query, day, rows, others, list(_filters(tracker, values, query)), group)


def _filters(tracker: Tracker, values: Mapping[str, Any], query: ActQuery) -> Iterator[Filter]:
    """The filters that narrow what is found, the most particular first."""
    codebook = tracker.codebook
    told = parameters.act_filters(codebook, query)
    who = "" if query.actors is None else _who_words(tracker, values)
    wording: dict[str, tuple[str, dict[str, Any]]] = {
        "q": (told.get("q", ""), {"text": ""}),
        "who": (who, {"actors": None}),
        "scope": (told.get("scope", ""), {"scopes": ()}),
        "aim": (told.get("aim", ""), {"aims": ()}),
        "deadline": (told.get("deadline", ""), {"deadline": ALL}),
        "status": ("" if query.status == ALL else _status_words(query), {"status": ALL}),
        "domain": (_domain_words(codebook, query), {"domain": OVERALL}),
    }
    for name, (words_of_it, off) in wording.items():
        if words_of_it:
            yield Filter(name, words_of_it, off)
    if values[_DAY] != tracker.data.today:
        yield Filter(_DAY, f"the day {words.day(values[_DAY])}", {})


def _who_words(tracker: Tracker, values: Mapping[str, Any]) -> str:
    return f"actor {words.alternatives(who_names(tracker, values))}"


def _status_words(query: ActQuery) -> str:
    return f"status: {parameters.STATUSES[query.status]}"


def _domain_words(codebook: Codebook, query: ActQuery) -> str:
    if query.domain == OVERALL:
        return ""
    return f"the domain {codebook.domain_label(query.domain)}"


def told(tracker: Tracker, seen: Found, values: Mapping[str, Any]) -> tuple[str, str]:
    """What is found, and what is shown of it."""
    named = [] if seen.group else who_names(tracker, values)
    counts = len(seen.rows), seen.rows["actor"].nunique()
    line = acts_headline(tracker.codebook, seen.query, counts, seen.group, named)
    filters = [each.wording for each in seen.filters if each.name not in _TOLD_ELSEWHERE]
    shown = acts_subtitle(tracker.codebook, seen.query.domain, seen.day, filters, seen.others)
    return line, shown


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
