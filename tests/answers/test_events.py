"""Finding events by words and filters."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest

import stances
from stances.answers.acts import ActQuery, find_acts
from stances.answers.directions import direction_of
from stances.answers.event_file import events_csv
from stances.answers.events import EventQuery, EventSearch, fold
from stances.answers.files import table_csv
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


WORDS = [
    "worried", "WORRY", "built ministry", "ministry built", "ministry of roads order",
    "  king   doubts ", "King\N{RIGHT SINGLE QUOTATION MARK}s lessons", "boria's",
    "boria\N{RIGHT SINGLE QUOTATION MARK}s", "acme acme", "Ministry, (built)?", "nowhere acme",
    "acme nowhere order", "acme.*",
    # In quotes they stand one after the other.
    '"ministry of roads"', '"ROADS ministry"', '  "  of   roads " ministry',
    "\N{LEFT DOUBLE QUOTATION MARK}ministry of roads\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{DOUBLE LOW-9 QUOTATION MARK}roads of\N{LEFT DOUBLE QUOTATION MARK}",
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}ministry of roads"
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}",
    # A quote without a second one says nothing.
    '"ministry roads', 'roads ministry"', '"of roads" "ministry', '"of roads" nowhere', '"worry"',
]  # fmt: skip


def test_all_words_must_occur(golden: Golden, six: stances.Dataset) -> None:
    golden({repr(text): ", ".join(find(six, text=text)) for text in WORDS})


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


FILTERS: list[dict[str, Any]] = [
    {"actors": ["ARC"]}, {"actors": ["ARC", "BOR"], "domains": ["schools"]}, {"actors": ["ACME"]},
    {"actors": []}, {"instruments": ["order", "repeal"]}, {"confidences": ["doubtful"]},
    {"scores": (-2, -1)}, {"scores": (0, 0)},
    {"first": date(2020, 5, 11), "last": date(2020, 6, 1)}, {"first": date(2020, 6, 2)},
    {"last": date(2020, 1, 1)}, {"text": "acme", "domains": ["roads"], "scores": (1, 2)},
]  # fmt: skip


def test_filters_hold_all_at_once(golden: Golden, six: stances.Dataset) -> None:
    cases = {}
    for query in FILTERS:
        case = ", ".join(f"{name}: {value}" for name, value in query.items())
        cases[case] = ", ".join(find(six, **query))
    golden(cases)


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


BESIDE = [
    "arcadian gazette", "SAYS MINISTER", "gazette 1/2020", "schöol pérmit", "herald lessons",
    "kingdom may 2020",
]  # fmt: skip


def test_an_event_is_found_by_its_sources_and_its_acts(
    golden: Golden, tracker_six: Tracker
) -> None:
    ids = tracker_six.event_columns["event_id"]
    results = {text: ids[tracker_six.find(EventQuery(text=text), "oldest")] for text in BESIDE}
    golden({text: ", ".join(codes) for text, codes in results.items()})


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


# -- events as they leave, in the order that is asked for ------------------------------------------


def test_chosen_events_are_the_rows_of_the_table_in_the_order_asked_for(
    real: stances.Dataset,
) -> None:
    whole = table_csv(real, "events").decode().splitlines()
    ids = real.events["event_id"].tolist()
    chosen = [ids[9], ids[2], ids[-1]]
    lines = events_csv(Tracker(real), chosen).decode().splitlines()
    wanted = [whole[0], whole[10], whole[3], whole[-1]]
    assert [line[: len(own)] for line, own in zip(lines, wanted, strict=True)] == wanted
    every = events_csv(Tracker(real), ids).decode().splitlines()
    assert all(line.startswith(own) for line, own in zip(every, whole, strict=True))


def test_a_chosen_event_has_its_strongest_source_and_all_publishers_at_its_end(
    six: stances.Dataset,
) -> None:
    text = events_csv(Tracker(six), six.events["event_id"].tolist()).decode()
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][-4:] == ["source_publisher", "source_url", "publishers", "direction"]
    sources, several = Tracker(six), False
    for event_id, *_, publisher, url, publishers, direction in rows[1:]:
        best = sources.best_source(event_id)
        assert (publisher, url) == (best.publisher, best.url)
        every = [source.publisher for source in sources.sources[event_id]]
        assert publishers == "; ".join(every)
        assert direction == direction_of(sources, event_id)
        several |= len(every) > 1
    assert several


def test_no_chosen_events_leave_the_header(six: stances.Dataset) -> None:
    [header] = events_csv(Tracker(six), []).splitlines()
    assert header.startswith(table_csv(six, "events").splitlines()[0])


def test_chosen_events_are_harmless_to_a_spreadsheet(folder: Folder) -> None:
    folder.edit("events", 3, title="=HYPERLINK(1)", note="@SUM(1)", score="-1")
    data = folder.load()
    rows = events_csv(Tracker(data), ["ARC-20200410-minister-worried"]).decode()
    [row] = csv.DictReader(io.StringIO(rows, newline=""))
    assert (row["title"], row["note"]) == ("'=HYPERLINK(1)", "'@SUM(1)")
    assert row["score"] == "-1"


def test_an_id_of_no_event_is_refused(six: stances.Dataset) -> None:
    with pytest.raises(stances.BadInput, match="ARC-20200101-nothing is not the id of an event"):
        events_csv(Tracker(six), ["ARC-20200101-roads-order", "ARC-20200101-nothing"])
