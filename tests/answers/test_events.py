"""Finding events by words and filters."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import stances
from stances.answers.acts import ActQuery, find_acts
from stances.answers.events import EventQuery, EventSearch, fold
from stances.answers.tracker import Tracker
from stances.dataset.faults import BadInput
from tests.folders import Folder
from tests.golden import Golden


def search_of(data: stances.Dataset) -> EventSearch:
    return EventSearch(data.codebook, list(data.actors["actor"]), data.events)


def find(data: stances.Dataset, **query: Any) -> list[str]:
    """The slugs of the events found."""
    rows = search_of(data).rows(EventQuery(**query))
    return [event_id.split("-", 2)[2] for event_id in data.events["event_id"].iloc[rows]]


# -- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Łódź", "lodz"),
        ("Morawiecki: ŻADNYCH", "morawiecki: zadnych"),
        ("Đukanović", "dukanovic"),
        ("Søren Ærø", "soren aero"),
        ("STRASSE straße", "strasse strasse"),
        ("Þór Ísland Œuvre", "thor island oeuvre"),
        ("İstanbul Iğd\N{LATIN SMALL LETTER DOTLESS I}r", "istanbul igdir"),
        ("Huawei\N{RIGHT SINGLE QUOTATION MARK}s", "huawei's"),
        ("high\N{NON-BREAKING HYPHEN}risk", "high-risk"),
        ("5G\N{NO-BREAK SPACE}core \N{LATIN SMALL LIGATURE FI}bre", "5g core fibre"),
        ("Китай Huawei\N{COMBINING BREVE}", "китаи huawei"),
    ],
)
def test_accents_and_case_are_ignored(text: str, plain: str) -> None:
    assert fold(text) == plain
    assert fold(plain) == plain


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("worried", ["minister-worried"]),
        ("WORRY", ["minister-worried"]),
        ("built ministry", ["roads-order"]),
        ("ministry built", ["roads-order"]),
        ("ministry of roads order", ["roads-order", "order-repealed"]),
        ("  king   doubts ", ["teachers-doubt"]),
        ("King\N{RIGHT SINGLE QUOTATION MARK}s lessons", []),
        ("boria's", ["teachers-doubt"]),
        ("boria\N{RIGHT SINGLE QUOTATION MARK}s", ["teachers-doubt"]),
        ("acme acme", ["roads-order", "minister-worried", "order-repealed", "school-permit",
                       "teachers-doubt", "ring-road-plan"]),
        ("Ministry, (built)?", ["roads-order"]),
        ("nowhere acme", []),
        ("acme nowhere order", []),
        ("acme.*", []),
    ],
)  # fmt: skip
def test_all_words_must_occur(six: stances.Dataset, text: str, slugs: list[str]) -> None:
    assert find(six, text=text) == slugs


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ('"ministry of roads"', ["roads-order", "order-repealed"]),
        ('"ROADS ministry"', []),
        ('  "  of   roads " ministry', ["roads-order", "order-repealed"]),
        ("\N{LEFT DOUBLE QUOTATION MARK}ministry of roads\N{RIGHT DOUBLE QUOTATION MARK}",
         ["roads-order", "order-repealed"]),
        ("\N{DOUBLE LOW-9 QUOTATION MARK}roads of\N{LEFT DOUBLE QUOTATION MARK}", []),
        ("\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}ministry of roads"
         "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}", ["roads-order", "order-repealed"]),
        # A quote without a second one says nothing.
        ('"ministry roads', ["roads-order", "order-repealed"]),
        ('roads ministry"', ["roads-order", "order-repealed"]),
        ('"of roads" "ministry', ["roads-order", "order-repealed"]),
        ('"of roads" nowhere', []),
        ('"worry"', ["minister-worried"]),
    ],
)  # fmt: skip
def test_words_in_quotes_stand_one_after_the_other(
    six: stances.Dataset, text: str, slugs: list[str]
) -> None:
    assert find(six, text=text) == slugs


@pytest.mark.parametrize("nothing", ['"', '""', '" "', '"\t""'])
def test_quotes_without_words_find_everything(six: stances.Dataset, nothing: str) -> None:
    assert len(find(six, text=nothing)) == len(six.events)


def test_quotes_in_a_text_part_no_phrase(folder: Folder) -> None:
    folder.edit("events", 2, title="A \N{LEFT DOUBLE QUOTATION MARK}high-risk"
                "\N{RIGHT DOUBLE QUOTATION MARK} Vend\u00f6r", summary="of roads")  # fmt: skip
    data = folder.load()
    assert find(data, text='"high-risk vendor"') == ["roads-order"]
    assert find(data, text='a "HIGH-RISK" vendor') == ["roads-order"]
    # A phrase does not run from one text into the next.
    assert find(data, text='"vendor of roads"') == []


def test_the_speaker_and_the_summary_are_searched_and_the_note_is_not(folder: Folder) -> None:
    folder.edit("events", 2, speaker="Żółw", note="Zebra", summary="Łoś")
    data = folder.load()
    assert find(data, text="zolw los") == ["roads-order"]
    assert find(data, text="zebra") == []


def test_a_word_ends_with_its_text(folder: Folder) -> None:
    folder.edit("events", 2, title="Ends with ab", summary="cd begins")
    data = folder.load()
    assert find(data, text="ab cd") == ["roads-order"]
    assert find(data, text="abcd") == []


def test_no_words_find_everything(six: stances.Dataset) -> None:
    assert len(find(six)) == len(find(six, text=" \t")) == len(six.events)


# -- filters -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ({"actors": ["ARC"]}, ["roads-order", "minister-worried", "order-repealed"]),
        ({"actors": {"ARC", "BOR"}, "domains": ["schools"]}, ["school-permit", "teachers-doubt"]),
        ({"actors": ["ACME"]}, []),
        ({"actors": []}, []),
        ({"instruments": ["order", "repeal"]}, ["roads-order", "order-repealed"]),
        ({"confidences": ["doubtful"]}, ["school-permit", "ring-road-plan"]),
        ({"scores": (-2, -1)}, ["roads-order", "minister-worried", "teachers-doubt"]),
        ({"scores": (0, 0)}, ["order-repealed"]),
        ({"first": date(2020, 5, 11), "last": date(2020, 6, 1)},
         ["teachers-doubt", "ring-road-plan"]),
        ({"first": date(2020, 6, 2)}, ["order-repealed"]),
        ({"last": date(2020, 1, 1)}, ["roads-order"]),
        ({"text": "acme", "domains": ["roads"], "scores": (1, 2)}, ["ring-road-plan"]),
    ],
)  # fmt: skip
def test_filters_hold_all_at_once(
    six: stances.Dataset, query: dict[str, Any], slugs: list[str]
) -> None:
    assert find(six, **query) == slugs


def test_counted_and_context_are_told_apart(folder: Folder) -> None:
    folder.edit("events", 2, score="")
    data = folder.load()
    assert find(data, counted=False) == ["roads-order"]
    assert len(find(data, counted=True)) == len(data.events) - 1
    assert "roads-order" not in find(data, scores=(-2, 2))


def test_an_actor_that_cannot_be_named_is_not_taken_for_another(six: stances.Dataset) -> None:
    search = EventSearch(six.codebook, ["ARC", "CAL"], six.events)
    assert len(search.rows(EventQuery(actors=["CAL"]))) == 0


def test_what_there_is_not_is_refused(golden: Golden, six: stances.Dataset) -> None:
    wrong: list[dict[str, Any]] = [
        {"actors": ["XXX"]},
        {"domains": ["roads", "rivers"]},
        {"instruments": ["a\nb"]},
        {"confidences": [""]},
        {"scores": (-3, 0)},
        {"scores": (1, 0)},
        {"first": date(2020, 1, 2), "last": date(2020, 1, 1)},
    ]
    cases = {}
    for query in wrong:
        with pytest.raises(BadInput) as refused:
            find(six, **query)
        cases[", ".join(f"{name}: {value}" for name, value in query.items())] = str(refused.value)
    golden(cases)


# -- beside its own texts ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("arcadian gazette", ["roads-order", "order-repealed"]),
        ("SAYS MINISTER", ["minister-worried", "order-repealed"]),
        ("gazette 1/2020", ["roads-order"]),
        ("schöol pérmit", ["school-permit"]),
        ("herald lessons", ["teachers-doubt"]),
        ("kingdom may 2020", ["teachers-doubt"]),
    ],
)
def test_an_event_is_found_by_its_sources_and_its_acts(
    tracker_six: Tracker, text: str, slugs: list[str]
) -> None:
    rows = tracker_six.find(EventQuery(text=text), "oldest")
    ids = tracker_six.event_columns["event_id"][rows]
    assert [code.split("-", 2)[2] for code in ids] == slugs


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Notes of Caldón", ["CAL-bridge-rule"]),
        ("year in boria", ["BOR-school-permit"]),
        ("ministry of roads", ["ARC-roads-order"]),
        ('"gazette 1/2020"', ["ARC-roads-order"]),
    ],
)
def test_an_act_is_found_by_its_sources_and_its_event(
    six: stances.Dataset, text: str, acts: list[str]
) -> None:
    rows = find_acts(six, date(2022, 6, 30), ActQuery(text=text))
    assert rows["act_id"].tolist() == acts
