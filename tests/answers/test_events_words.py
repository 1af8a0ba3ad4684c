"""The sentences of the page of events, held against the events themselves."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from stances import Dataset, words
from stances.answers.events import (
    WEAK,
    checked_words,
    coder_name,
    coding_rule,
    events_headline,
    events_subtitle,
    group_members,
    headline_words,
    language_name,
    nothing_text,
    precision_note,
    published_words,
    rows_text,
    score_option,
    score_tag,
    weak_note,
)
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import CHECKED

QUOTED = "\N{LEFT DOUBLE QUOTATION MARK}5G\N{RIGHT DOUBLE QUOTATION MARK}"
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
    assert precision_note(precision) == note
    assert words.iso_day(known) == iso


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2018-11-25", "25 November 2018"),
        ("2018-11", "November 2018"),
        ("2018", "2018"),
        ("", "date not known"),
    ],
)
def test_when_a_source_was_published(value: str, text: str) -> None:
    assert published_words(value) == text


def test_every_language_way_of_checking_and_coder_has_words() -> None:
    assert [language_name(code) for code in ("en", "pl")] == ["English", "Polish"]
    assert language_name("qq") == "language qq"
    assert len({checked_words(code) for code in CHECKED}) == len(CHECKED)
    assert "not read" in checked_words("cited")
    assert "not" not in checked_words("read")


def test_a_coder_is_called_as_the_codebook_says_or_by_name(six: Dataset) -> None:
    assert coder_name(six.codebook, "A") == "Coder A, alone"
    assert coder_name(six.codebook, "Maria K") == "Maria K"


@pytest.mark.parametrize(
    ("coders", "text"),
    [
        ([], "No codings"),
        (["review"], "The review added the event"),
        (["Maria K"], "The event has one coding; its score counts."),
        (["A", "review"], "The score of the review counts, whatever the coding before it."),
        (["first", "A", "B", "review"], "The score of the review counts, whatever the codings"),
        (["first", "Maria K"], "The score above counts; of two codings there is no median."),
        (["first", "A", "B"], "The middle of three scores is used."),
        (["first", "A", "B", "Maria K"], "The middle of four scores is used."),
    ],
)
def test_what_is_said_of_the_codings_follows_from_what_is_there(
    coders: list[str], text: str
) -> None:
    assert coding_rule(coders).startswith(text)
    assert ("The middle of" in coding_rule(coders)) == (len(coders) > 2 and "review" not in coders)


def test_a_score_has_its_sign_and_label_and_context_says_that_it_does_not_count(
    six: Dataset,
) -> None:
    codebook = six.codebook
    assert words.score_label(codebook, -2) == "\N{MINUS SIGN}2 Block"
    assert words.score_label(codebook, 0) == "0 Even"
    assert words.score_label(codebook, 1) == "+1 Admit"
    assert words.score_label(codebook, math.nan) == "Context: not counted"
    assert score_tag(codebook, math.nan) == "Context"
    assert score_option(codebook, -2) == words.score_label(codebook, -2)
    assert score_tag(codebook, 1) == words.score_label(codebook, 1)


@pytest.mark.parametrize(
    ("count", "who", "wording", "text"),
    [
        (968, [], "", "968 events"),
        (1, [], "", "One event"),
        (13, [], "5G", f"13 events mention {QUOTED}"),
        (1, ["Boria"], "5G", f"Boria: one event mentions {QUOTED}"),
        (2, [], '"loaded gun" lane', 'Two events mention "loaded gun" lane'),
        (2, [], "\u201eloaded gun\u201c", "Two events mention \u201eloaded gun\u201c"),
        (0, ["Boria", "Caldon"], "", "Boria and Caldon: no events"),
        (3, ["a", "b", "c", "d"], "", "4 countries, bodies and groups: three events"),
    ],
)
def test_the_headline_tells_how_many_were_found(
    count: int, who: list[str], wording: str, text: str
) -> None:
    assert events_headline(count, who, wording) == text


def test_the_line_below_tells_period_domain_and_filters(six: Dataset) -> None:
    text = events_subtitle(six.codebook, OVERALL, PERIOD, [], (3, 1))
    assert (
        text
        == "8 January 2019 to 8 January 2020, in all fields. 3 scored, 1 context (not counted)."
    )
    text = events_subtitle(six.codebook, "roads", PERIOD, ["score +1 Admit"], (0, 0))
    assert text == "8 January 2019 to 8 January 2020, in roads; score +1 Admit."


def test_nothing_found_says_which_filter_to_leave_out() -> None:
    assert nothing_text([]) == "The dataset has no events."
    assert nothing_text([("actor Caldon", 6)]) == "No event fits actor Caldon."
    text = nothing_text([("actor Caldon", 2), ("score +1 Admit", 0), ("the words x", 1)])
    assert text == (
        "No event fits all of: actor Caldon; score +1 Admit; the words x. "
        "There would be two events without actor Caldon and one event without the words x."
    )
    assert nothing_text([("a", 0), ("b", 0)]).endswith("Leaving out one of them is not enough.")


def test_a_group_tells_whose_events_stand_for_it() -> None:
    text = group_members("Pact", ["Arcadia", "Boria"], PERIOD)
    assert text.startswith(
        "Pact: all events of two members, those that belonged to it at any time from "
    )
    assert text.endswith(": Arcadia and Boria.")
    assert "no members" in group_members("Pact", [], PERIOD)


def test_a_cut_table_says_how_much_of_it_is_shown() -> None:
    first, last = slice(0, 100), slice(1_000, 1_324)
    assert rows_text(first, 968, "newest first") == "The first 100 of 968 events, newest first."
    assert rows_text(last, 1_324, "by score") == "Events 1,001 to 1,324 of 1,324, by score."
    assert rows_text(slice(0, 1), 1, "by score") == "One event, by score."


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (list("abc"), "a, b or c")]
)
def test_alternatives(items: list[str], text: str) -> None:
    assert words.alternatives(items) == text


def test_whose_words_the_title_of_a_source_is() -> None:
    own = SimpleNamespace(title="Acme zagrożeniem", language="pl")
    assert headline_words(own) == "original headline, in Polish"
    ours = SimpleNamespace(title="[The year in Boria]", language="xx")
    assert headline_words(ours) == "our description; in language xx"


def test_weak_sources_are_named_by_the_codebook(six: Dataset) -> None:
    weak = replace(six.codebook, weak_tiers=("paper", "copy"))
    kinds = "newspaper, copy of another text"
    assert weak_note(weak).startswith(
        f"{WEAK} Every source of this event is of a weak kind ({kinds})"
    )
