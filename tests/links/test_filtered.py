"""What filters leave: the same on a page, in its file and its picture, and in words."""

import pytest

from stances.dataset.load import Dataset
from stances.links import filtered
from stances.links.pages import EVENT_FILTERS, RULE_FILTERS
from stances.pages import events
from stances.pages.registry import page_of
from tests.render.pages import view

EVENTS = {
    "q": "road", "actor": "ARC", "group": "Pact", "domain": "schools", "instrument": "acts",
    "level": "-2..-1", "confidence": "doubtful", "counted": "false",
    "added": "2022-03-01",
}  # fmt: skip
RULES = {
    "q": "road", "actor": "ARC", "group": "Pact", "domain": "schools", "status": "ended",
    "applied": "yes", "deadline": "removal", "scope": "lessons", "aim": "named",
}  # fmt: skip


@pytest.mark.parametrize("name", EVENT_FILTERS)
def test_each_filter_of_events_leaves_some(six: Dataset, name: str) -> None:
    every, shown = view(six, "events"), view(six, "events", **{name: EVENTS[name]})
    assert len(filtered.chosen_events(shown)) < len(filtered.chosen_events(every))
    assert not shown.refused
    headline = page_of(shown).headline
    assert headline.startswith((f"{len(filtered.chosen_events(shown))} event", "No events"))
    assert events.picture(shown).chart.title == headline


@pytest.mark.parametrize("name", RULE_FILTERS)
def test_each_filter_of_rules_leaves_some(six: Dataset, name: str) -> None:
    every = view(six, "acts", status="all")
    shown = view(six, "acts", **({"status": "all"} | {name: RULES[name]}))
    assert len(filtered.chosen_rules(shown)) < len(filtered.chosen_rules(every))
    assert not shown.refused


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, ""),
        ({"q": "road"}, "“road”"),
        ({"actor": "ARC,BOR"}, "Republic of Arcadia or Kingdom of Boria"),
        ({"level": "-2..-1", "domain": "roads"}, "Roads, Block or Limit"),
        ({"from": "2020-01-01", "to": "2020-12-31"}, "2020"),
        ({"from": "2020-02-01", "to": "2020-12-31"}, "1 Feb 2020 to 31 Dec 2020"),
        ({"to": "2020-05-31"}, "to 31 May 2020"),
        ({"counted": "false"}, "not scored"),
    ],
)
def test_filters_are_told_as_they_are_chosen(
    six: Dataset, query: dict[str, str], said: str
) -> None:
    names = ("q", "actor", "domain", "level", "counted")
    assert filtered.in_words(view(six, "events", **query), *names) == said
