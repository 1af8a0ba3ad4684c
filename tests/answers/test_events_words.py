"""The sentences of the page of events, held against the events themselves."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from functools import partial
from types import SimpleNamespace

import pytest

from stances import Dataset, words
from stances.answers import events
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import CHECKED
from tests.golden import Golden

PERIOD = (date(2019, 1, 8), date(2020, 1, 8))


@pytest.mark.parametrize(
    ("precision", "text", "note", "iso"),
    [
        ("day", "8 January 2019", "", "2019-01-08"),
        ("month", "January 2019", "the day is not known", "2019-01"),
        ("year", "2019", "only the year is known", "2019"),
    ],
)
def test_a_date_is_told_no_more_exactly_than_it_is_known(
    precision: str, text: str, note: str, iso: str
) -> None:
    known = words.Dated(PERIOD[0], precision)
    assert words.day(known) == text
    assert words.short_day(known) == text.replace("January", "Jan")
    assert words.on_day(known) == ("on " if precision == "day" else "in ") + text
    assert events.precision_note(precision) == note
    assert words.iso_day(known) == iso


def test_every_language_way_of_checking_and_coder_has_words() -> None:
    assert [events.language_name(code) for code in ("en", "pl")] == ["English", "Polish"]
    assert events.language_name("qq") == "language qq"
    assert len({events.checked_words(code) for code in CHECKED}) == len(CHECKED)


def test_a_coder_is_called_as_the_codebook_says_or_by_name(six: Dataset) -> None:
    assert events.coder_name(six.codebook, "A") == "Coder A, alone"
    assert events.coder_name(six.codebook, "Maria K") == "Maria K"


def test_what_is_said_of_the_codings_follows_from_what_is_there(golden: Golden) -> None:
    coders = [
        [], ["review"], ["Maria K"], ["A", "review"], ["first", "A", "B", "review"],
        ["first", "Maria K"], ["first", "A", "B"], ["first", "A", "B", "Maria K"],
    ]  # fmt: skip
    golden({", ".join(names) or "nobody": events.coding_rule(names) for names in coders})


def test_headlines_and_what_stands_below(golden: Golden, six: Dataset) -> None:
    subtitle = partial(events.events_subtitle, six.codebook)
    many = ["actor Caldon", "score +1 Admit", "the words x"]
    others = [("without actor Caldon", 2), ("without score +1 Admit", 0), ("after 1 May 2020", 1)]
    cases = {
        "all": events.events_headline(968, [], ""),
        "one": events.events_headline(1, [], ""),
        "words": events.events_headline(13, [], "5G"),
        "words of an actor": events.events_headline(1, ["Boria"], "5G"),
        "words with quotes": events.events_headline(2, [], '"loaded gun" lane'),
        "words in quotes": events.events_headline(2, [], "\u201eloaded gun\u201c"),
        "most words": events.nearly_words(events.EventQuery("a b c", least=2), 0, 1),
        "most words beside all": events.nearly_words(
            events.EventQuery("a b c d e", least=3), 2, 14
        ),
        "two actors": events.events_headline(0, ["Boria", "Caldon"], ""),
        "many actors": events.events_headline(3, ["a", "b", "c", "d"], ""),
        "below all": subtitle(OVERALL, PERIOD, [], (3, 1)),
        "below a filter": subtitle("roads", PERIOD, ["score +1 Admit"], (0, 0)),
        "nothing at all": events.nothing_text([], []),
        "nothing by a filter": events.nothing_text(["actor Caldon"], [("without actor Caldon", 6)]),
        "nothing by three": events.nothing_text(many, others),
        "nothing by any": events.nothing_text(["a", "b"], [("without a", 0), ("without b", 0)]),
        "a group": events.group_members("Pact", ["Arcadia", "Boria"], PERIOD),
        "bodies beside a group": events.bodies_beside({"UN-SC": "Council", "UNO": "Uno"}, "UN"),
        "no body beside a group": events.bodies_beside({"UNO": "Uno"}, "UN"),
        "a group of nobody": events.group_members("Pact", [], PERIOD),
        "the first 100": events.rows_text(slice(0, 100), 968, "newest first"),
        "the last ones": events.rows_text(slice(1_000, 1_324), 1_324, "by score"),
        "one row": events.rows_text(slice(0, 1), 1, "by score"),
    }
    golden(cases)


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (list("abc"), "a, b or c")]
)
def test_alternatives(items: list[str], text: str) -> None:
    assert words.alternatives(items) == text


def test_what_is_said_of_sources(golden: Golden, six: Dataset) -> None:
    own = SimpleNamespace(title="Acme zagrożeniem", language="pl")
    ours = SimpleNamespace(title="[The year in Boria]", language="xx")
    weak = replace(six.codebook, weak_tiers=("paper", "copy"))
    cases = {
        "its own words": events.headline_words(own),
        "our words": events.headline_words(ours),
        "weak kinds": events.weak_note(weak),
        "published on a day": events.published_words("2018-11-25"),
        "published in a month": events.published_words("2018-11"),
        "published in a year": events.published_words("2018"),
        "published at an unknown time": events.published_words(""),
    }
    golden(cases | {f"checked: {code}": events.checked_words(code) for code in CHECKED})


def test_scores(golden: Golden, six: Dataset) -> None:
    cases = {}
    for case, score in {"-2": -2, "0": 0, "+1": 1, "context": math.nan}.items():
        label, tag = words.score_label(six.codebook, score), events.score_tag(six.codebook, score)
        cases[case] = (label, tag)
    assert events.score_option(six.codebook, -2) == words.score_label(six.codebook, -2)
    golden(cases)
