"""The ledger of acts and statements: on six events by hand, its sentences, its file."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from stances import words
from stances.answers import happened
from stances.answers.ledger import (
    LEDGER_COLUMNS,
    Action,
    Span,
    effect_words,
    kind_words,
    ledger,
    ledger_finding,
    ledger_name,
    ledger_subtitle,
    ledger_table,
    quote_action,
    records,
    sentence,
)
from stances.answers.tracker import Tracker
from stances.answers.typed_table import to_bytes
from stances.markup.ledger import further_html, ledger_html, steps_html
from stances.markup.links import event_link
from stances.model.settings import Settings
from stances.model.stance import ACTS
from stances.words import Dated
from tests.folders import Folder
from tests.golden import Golden

NAN = math.nan
YEAR = Span(date(2019, 12, 31), date(2020, 12, 31))
DAY = Dated(date(2020, 4, 10), "day")
MINUS = "\N{MINUS SIGN}"
# What each of the six events changed (see tests/data/six/README.md), the newest first.
BY_HAND = [
    ("ARC-20201027-order-repealed", f"Roads: from Block {MINUS}2.00 to Even 0.00"),
    ("BOR-20200601-ring-road-plan", "Roads: from no position to Promote +2.00"),
    ("BOR-20200511-teachers-doubt", "Schools: from Admit +1.00 to Even +0.50"),
    ("ARC-20200410-minister-worried", "Roads: Block, as before"),
    ("BOR-20200201-school-permit", "Schools: from no position to Admit +1.00"),
    ("ARC-20200101-roads-order", f"Roads: from no position to Block {MINUS}2.00"),
]


def text(tracker: Tracker, span: Span, order: str = "newest") -> list[tuple[str, str]]:
    actions = ledger(tracker, span, order)
    return [(action.event_id, effect_words(tracker.codebook, action)) for action in actions]


def ids(tracker: Tracker, span: Span, order: str = "newest") -> list[str]:
    return [action.event_id for action in ledger(tracker, span, order)]


def deed_of(before: float, after: float, **more: Any) -> Action:
    return replace(
        Action("E", "A", DAY, "roads", "order", True, "T", "S.", before, after, 0), **more
    )


def test_the_six_events_change_what_they_do_on_paper(tracker_six: Tracker) -> None:
    assert text(tracker_six, YEAR) == BY_HAND


def test_by_effect_moves_come_first_then_positions_gained_then_what_changed_nothing(
    tracker_six: Tracker,
) -> None:
    places = (0, 2, 1, 4, 5, 3)
    assert text(tracker_six, YEAR, "effect") == [BY_HAND[place] for place in places]


NARROWINGS: list[dict[str, Any]] = [
    {"domain": "schools"}, {"only": "acts"},
    # Boria came on 1 March and Arcadia left on 1 July.
    {"group": "Pact"}, {"group": "Pact", "then": date(2020, 7, 1)},
    # What is of the first day stood then already; what is of the last is told.
    {"then": date(2020, 5, 11)}, {"now": date(2020, 5, 11)}, {"actors": ("BOR",)},
    {"actors": ("BOR", "CAL"), "group": "Pact"},
]  # fmt: skip


def test_a_ledger_can_be_narrowed(golden: Golden, tracker_six: Tracker) -> None:
    cases: dict[str, list[str]] = {}
    for narrowing in NARROWINGS:
        effects = text(tracker_six, replace(YEAR, **narrowing))
        cases[", ".join(f"{name}: {value}" for name, value in narrowing.items())] = [
            f"{event_id}: {effect}" for event_id, effect in effects
        ]
    golden(cases)


def test_where_acts_alone_count_words_are_left_out(tracker_six: Tracker) -> None:
    acts = Tracker(tracker_six.data, basis=ACTS)
    assert [event_id for event_id, _ in text(acts, YEAR)] == ids(
        tracker_six, replace(YEAR, only="acts")
    )
    # Nothing is left in force, and words are no position then.
    assert text(acts, YEAR)[0][1] == f"Roads: from Block {MINUS}2.00 to no position"


def test_context_is_in_no_ledger(folder: Folder) -> None:
    folder.edit("events", 3, score="")
    assert "ARC-20200410-minister-worried" not in ids(Tracker(folder.load()), YEAR)


def test_those_of_one_day_share_what_they_changed(folder: Folder) -> None:
    event = "ARC-20200410-order-milder"
    folder.add("events", 2, event_id=event, date="2020-04-10", score="-1", title="Milder order")
    for line in (2, 3, 4):
        folder.add("codings", line, event_id=event, score="-1")
    tracker = Tracker(folder.load())
    shared = [action for action in ledger(tracker, YEAR) if action.beside]
    assert {action.event_id for action in shared} == {event, "ARC-20200410-minister-worried"}
    for action in shared:
        assert (action.before, action.after) == (-2.0, -1.0)
        assert effect_words(tracker.codebook, action).endswith(
            f"to Limit {MINUS}1.00, with another of that day"
        )
    # Whichever part of them is told.
    [act] = [action for action in ledger(tracker, replace(YEAR, only="acts")) if action.beside]
    assert act.event_id == event
    # But words that are left out change nothing.
    acts = Tracker(tracker.data, basis=ACTS)
    assert [action.beside for action in ledger(acts, YEAR) if action.event_id == event] == [0]


def test_moves_of_a_group_are_those_of_its_members_on_the_last_day(tracker_six: Tracker) -> None:
    def movers(**narrowing: Any) -> set[str]:
        return {
            move.actor for move in happened.moves_among(tracker_six, replace(YEAR, **narrowing))
        }

    assert movers() == {"ARC", "BOR", "CAL"}
    assert movers(group="Pact") == {"BOR", "CAL"}
    assert movers(group="Pact", now=date(2020, 6, 30)) == {"ARC", "BOR", "CAL"}


# -- in words ----------------------------------------------------------------------------------

NAMES = ("Kingdom of Boria", "KoB")


def test_a_sentence_is_made_from_the_row(golden: Golden) -> None:
    def of(title: str, speaker: str = "", *called: str, names: tuple[str, str] = NAMES) -> str:
        return sentence(names, DAY, title, speaker, *called)

    article = "the Kingdom of Boria"
    cases = {
        "without a speaker": of("King doubts"),
        "with a speaker": of("King doubts", "The King"),
        # Whom the title names at its beginning acts in it.
        "named in the title": of("Kingdom of Boria's king doubts"),
        "named in short": of("KoB doubts"),
        "a body with the short name": of("KoB-Pact body doubts"),
        "a word with the short name": of("KoBold doubts"),
        "the speaker in the title": of("The King doubts", "The King"),
        "a full stop": of("It ends."),
        "three dots": of("..."),
        "a question": of("Does it end?"),
        "a speaker with brackets": of("King doubts", "Court (the king)"),
        "an article": of("King doubts", "", article),
        "an article, named in short": of("KoB doubts", "", article),
        # A short name that is a part of the name may be anybody's.
        "a part of the name": of("Council doubts", names=("Council of Boria", "Council")),
    }
    golden(cases)


@pytest.mark.parametrize(
    ("first", "last", "result"),
    [
        (date(2020, 5, 11), date(2020, 6, 1), [1, 2]),
        # The day before the first one, and the day before the last.
        (date(2020, 5, 12), date(2020, 6, 1), [1]),
        (date(2020, 5, 11), date(2020, 5, 31), [2]),
        (date(2020, 6, 1), date(2020, 6, 1), [1]),
    ],
)
def test_both_days_that_are_named_are_told_of(
    tracker_six: Tracker, first: date, last: date, result: list[int]
) -> None:
    span = Span(first - timedelta(days=1), last)
    assert text(tracker_six, span) == [BY_HAND[place] for place in result]
    assert span.first == first
    named = f"on {words.day(last)}"
    if first < last:
        named = f"from {words.day(first)} to {words.day(last)}"
    assert f" {named}" in happened.happened_text(tracker_six, span).partition(". ")[0]
    assert happened.happened_subtitle(tracker_six, span).startswith(words.sentence_start(named))


def test_an_effect_has_its_label_before_its_figure(golden: Golden, tracker_six: Tracker) -> None:
    def effect(before: float, after: float, figures: bool = True, **more: Any) -> str:
        return effect_words(tracker_six.codebook, deed_of(before, after, **more), figures=figures)

    cases = {
        "as before": effect(-2.0, -2.0),
        "as before when printed": effect(-2.0, -2.004),
        # The first act at a level that words had asked for.
        "as before, by an act": effect(-1.0, -1.0, direction="new"),
        "within a label": effect(-1.0, -1.2),
        "to another label": effect(-1.2, -2.0),
        # Two decimals would put both on one side of the border.
        "across a border by little": effect(-1.499, -1.501),
        "gained": effect(NAN, 1.0),
        "lost": effect(1.0, NAN),
        "no position": effect(NAN, NAN),
        "without figures, as before": effect(-1.0, -1.0, False),
        "without figures, within a label": effect(-1.0, -1.2, False),
        "without figures, to another label": effect(-1.2, -2.0, False),
        "without figures, gained": effect(NAN, 1.0, False),
        "without figures, no position": effect(NAN, NAN, False),
    }
    golden(cases)


def test_words_that_cannot_lead_are_marked(tracker_six: Tracker) -> None:
    rows = ledger_html(tracker_six, ledger(tracker_six, YEAR)).split("<li>")[1:]
    marked = [action for action, row in zip(BY_HAND, rows, strict=True) if "weak report" in row]
    assert [event_id for event_id, _ in marked] == ["BOR-20200601-ring-road-plan"]


def test_what_is_said_above_and_below_a_ledger(golden: Golden, tracker_six: Tracker) -> None:
    actions, codebook = ledger(tracker_six, YEAR), tracker_six.codebook
    [permit] = [action for action in actions if action.instrument == "permit"]
    plan = deed_of(1, 1, instrument="plan", binds=False)
    cases = {
        "of all": ledger_finding(actions),
        "of one": ledger_finding(actions[:1]),
        "of none": ledger_finding([]),
        "of none among acts": ledger_finding([], "acts"),
        # Statements may well be recorded then.
        "of none where acts count": ledger_finding([], basis=ACTS),
        "the first two of six": ledger_subtitle(2, 6),
        "all six": ledger_subtitle(6, 6),
        "an act": kind_words(codebook, deed_of(1, 1)),
        "a statement": kind_words(codebook, plan),
        "a day no more exact than it is known": permit.sentence,
    }
    golden(cases)


def test_a_quotation_names_the_best_source(tracker_six: Tracker) -> None:
    repeal = ledger(tracker_six, YEAR)[0]
    result = quote_action(tracker_six, repeal)
    assert result.startswith(f"{repeal.sentence} (Source: Arcadian Gazette, ")
    assert tracker_six.data.version in result


# -- the headline ------------------------------------------------------------------------------


def test_a_headline_tells_deeds_by_their_own_directions(
    golden: Golden, tracker_six: Tracker
) -> None:
    spring, autumn = date(2020, 4, 1), date(2020, 10, 27)
    spans = {
        "a year": Span(date(2019, 12, 31), date(2020, 12, 30)),
        "a span in a domain": Span(date(2020, 7, 19), autumn, "roads"),
        # The doubt of the king makes Boria less open on schools, its plan is new on the roads.
        "90 days of a group": Span(spring, date(2020, 6, 30), group="Pact"),
        # Boria took its act before it came, and Arcadia was no member any more.
        "a year of a group": replace(YEAR, group="Pact"),
        "one alone": replace(YEAR, actors=("BOR",)),
        "one that did nothing": replace(YEAR, actors=("CAL",)),
        "two chosen": replace(YEAR, actors=("ARC", "CAL")),
        "no member": replace(YEAR, actors=("ARC",), group="Pact"),
        "one day": Span(date(2020, 10, 26), autumn, "roads"),
        "no day": Span(autumn, autumn),
        "only a lapse": Span(date(2021, 3, 1), date(2021, 3, 31)),
    }
    golden({case: happened.happened_text(tracker_six, span) for case, span in spans.items()})


def test_a_group_without_members_is_named(folder: Folder, golden: Golden) -> None:
    for line in range(2, len(folder.rows("memberships")) + 1):
        folder.edit("memberships", line, joined="2022-01-01", left="")
    result = happened.happened_text(Tracker(folder.load()), replace(YEAR, group="Pact"))
    golden({"nobody yet": result})


def _with_acts(folder: Folder, *acts: tuple[str, str, str]) -> Tracker:
    """The six events and more acts of Arcadia on the roads: day, instrument, score."""
    for day, instrument, score in acts:
        event = f"ARC-{day.replace('-', '')}-{instrument}"
        cells = {"date": day, "instrument": instrument, "score": score, "title": f"On {day}"}
        folder.add("events", 2, event_id=event, **cells)
        for line in (2, 3, 4):
            folder.add("codings", line, event_id=event, score=score)
    return Tracker(folder.load())


def test_a_level_that_went_there_and_back_is_told_by_its_furthest_point(folder: Folder) -> None:
    # The order of 1 January 2020 leaves -2: up to +1, down to -1, and back to -2.
    more = (("2020-02-01", "order", "1"), ("2020-03-01", "order", "-1"))
    tracker = _with_acts(folder, *more, ("2020-04-01", "order", "-2"))
    span = Span(date(2020, 1, 31), date(2020, 4, 5))
    actions = ledger(tracker, replace(span, domain="roads"))
    assert [action.direction for action in actions] == ["stricter", "stricter", "softer"]
    [result] = happened.detours(actions)
    assert (result.action.event_id, result.size) == ("ARC-20200201-order", 3.0)
    text = "on the way Republic of Arcadia stood at Admit in roads: On 2020-02-01, 1 February 2020"
    assert happened.detour_words(tracker, result) == text
    of_roads = happened.happened_text(tracker, replace(span, domain="roads"))
    assert of_roads.endswith(f"Republic of Arcadia stayed as it was. O{text[1:]}")
    # What lies between both ends, or at one of them, is no detour.
    assert happened.detours(ledger(tracker, replace(span, then=date(2020, 2, 1)))) == []
    steps = steps_html(tracker, actions)
    below = further_html(tracker, happened.what_happened(tracker, replace(span, domain="roads")))
    assert words.sentence_start(happened.detour_words(tracker, result).partition(":")[0]) in below
    assert event_link(tracker, "ARC-20200201-order", "On 2020-02-01") in below
    assert ">On 2020-02-01</a>, 1 February 2020.</p>" in below
    places = [steps.index(f"On {day}</a>") for day in ("2020-02-01", "2020-03-01", "2020-04-01")]
    assert places == sorted(places)
    assert words.sentence_start(text) in steps


def test_many_that_went_there_and_back_are_named_together(tracker_six: Tracker) -> None:
    actions = ledger(tracker_six, YEAR)
    path = [happened.Detour(action, 1.0) for action in actions if action.actor == "ARC"]
    others = [happened.Detour(action, 1.0) for action in actions if action.actor == "BOR"]
    text = happened.detour_texts(tracker_six, [*path, *path, *others])
    assert len(text) == 4
    assert text[-1] == "Kingdom of Boria went further on the way and came back too"
    # Whose furthest point is told is not named again.
    assert len(happened.detour_texts(tracker_six, [*path, *path])) == 3


def test_what_is_said_under_the_headline(golden: Golden, tracker_six: Tracker) -> None:
    acts, nothing = Tracker(tracker_six.data, basis=ACTS), replace(YEAR, then=date(2020, 12, 1))
    cases = {
        "a domain": happened.happened_subtitle(tracker_six, replace(YEAR, domain="roads")),
        "nothing": happened.happened_subtitle(tracker_six, nothing),
        "nothing where acts count": happened.happened_subtitle(acts, nothing),
        # Arcadia left the group before the last day.
        "a group": happened.happened_subtitle(tracker_six, replace(YEAR, group="Pact")),
        "two chosen": happened.happened_subtitle(tracker_six, replace(YEAR, actors=("BOR", "CAL"))),
        # It is said above who acted.
        "one alone": happened.happened_subtitle(tracker_six, replace(YEAR, actors=("BOR",))),
    }
    golden(cases)


# -- the file ----------------------------------------------------------------------------------


def test_the_file_has_the_rows_of_the_records(tracker_six: Tracker) -> None:
    actions = ledger(tracker_six, YEAR)
    text = to_bytes(ledger_table(tracker_six, actions, YEAR)).decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == LEDGER_COLUMNS
    for row, record in zip(rows, records(tracker_six, actions), strict=True):
        assert set(record) == set(row)
        for name, value in record.items():
            shown = f"{value:.4f}" if isinstance(value, float) else str(value)
            assert row[name] == ("" if value is None else shown), name
    nothing = to_bytes(ledger_table(tracker_six, [], YEAR)).decode()
    assert nothing == f"{','.join(LEDGER_COLUMNS)}\n"


def test_the_name_of_the_file_says_what_is_in_it(tracker_six: Tracker) -> None:
    span = replace(YEAR, group="Pact", domain="roads", only="acts")
    assert ledger_name(tracker_six, YEAR) == "acme-stances_happened_2019-12-31_2020-12-31"
    assert ledger_name(tracker_six, span).endswith("_2020-12-31_pact_roads_only-acts")
    chosen = replace(YEAR, actors=("ARC", "BOR"), domain="roads")
    assert ledger_name(tracker_six, chosen).endswith("_2020-12-31_arc-bor_roads")
    many = replace(YEAR, actors=tuple("ABCDEF"))
    assert ledger_name(tracker_six, many).endswith("_2020-12-31_6-actors")
    # Other figures are another file.
    settings = Settings.from_choices(tracker_six.codebook, {"roads": 1})
    own = Tracker(tracker_six.data, settings, ACTS)
    assert ledger_name(own, YEAR).endswith("_2020-12-31_acts_own-settings")
