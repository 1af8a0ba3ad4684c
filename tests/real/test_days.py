"""What headlines and leads say on six days, of release 5, in a file that a person reads.

The release lies where it was published, so that new rows renew nothing here; where a sentence is
said otherwise, the file is read again, then renewed (`--renew`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

import pytest

from stances import words
from stances.answers import acts, changes, events, history, leads, members, stance
from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.codebook import OVERALL
from stances.dataset.load import load
from stances.links.pages import PAGES
from stances.links.view import take
from stances.pages.country import _lead
from tests.conftest import REAL

RELEASE = "2026-12-02-d850c509"
DAYS = ["2018-12-31", "2019-03-04", "2020-07-20", "2022-06-30", "2024-08-01", "2026-07-02"]
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@cache
def tracker() -> Tracker:
    return tracker_of(load(REAL, date(2026, 12, 2), RELEASE))


def of_fields(of: Tracker, day: date) -> Iterator[str]:
    """Yield the headlines of all pages in every field, of the groups in all of these."""
    year_before = date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
    for domain in of.codebook.columns:
        yield f"Map: {stance.map_headline(of, day, domain)}"
        for group in of.groups:
            yield f"Trends: {history.headline(of, [group], domain, day)}"
        for group in (*of.groups, "EU+", "all"):
            yield f"Groups: {members.headline(of, group, day, domain)}"
        yield f"Changes: {changes.headline(of, year_before, day, domain)}"
        rules = acts.register(of, day)
        rules = rules if domain == OVERALL else rules[rules["domain"] == domain]
        yield f"Rules: {acts.headline(of, day, rules, domain=domain)}"
    yield f"Events: {events.headline(of, events.find(of, to=day))}"


def of_actors(of: Tracker, day: date) -> Iterator[str]:
    """Yield the headline and the lead of each country's page."""
    for actor in of.actors:
        shown = take(of.data, PAGES["actor"], {"actor": actor, "as_of": str(day)})
        told = leads.lead(of, actor, day)
        block = _lead(shown, told).data
        holds = " ".join(f"{what}: {said}." for what, _, said in block["holds"])
        level = "" if block["level"] is None else of.codebook.scale.labels[int(block["level"])]
        yield " | ".join(filter(None, [told.headline, level, block["text"], holds]))


@cache
def said_on(text_of_day: str) -> list[str]:
    day = date.fromisoformat(text_of_day)
    return [*of_fields(tracker(), day), *of_actors(tracker(), day)]


def test_headlines_and_leads_are_as_they_were_read(golden: Callable[[str, str], None]) -> None:
    parts = [f"# {words.day(date.fromisoformat(day))}\n" + "\n".join(said_on(day)) for day in DAYS]
    golden("days.txt", "\n\n".join(parts))


@pytest.mark.parametrize("day", DAYS[:-1])
def test_no_sentence_of_a_day_names_a_later_year_outside_of_titles(day: str) -> None:
    """Titles of events of the time, and names of rules, may say what is to come."""
    data, late = tracker().data, []
    titles = [*data.events.loc[data.events["date"] <= day, "title"], *data.acts["name"]]
    for line in said_on(day):
        if any(year > day[:4] for year in YEAR.findall(line)):
            left = line
            for title in titles:
                left = left.replace(title, "")
            late += [line] * any(year > day[:4] for year in YEAR.findall(left))
    assert not late, "\n".join(late)
