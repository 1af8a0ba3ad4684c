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
from stances.answers.happened import (
    Detour,
    detour_texts,
    detour_words,
    detours,
    happened,
    happened_subtitle,
    happened_text,
    moves_among,
)
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
    quoted,
    records,
    sentence,
)
from stances.answers.tracker import Tracker
from stances.answers.typed import to_bytes
from stances.markup.ledger import further_html, ledger_html, steps_html
from stances.markup.links import event_link
from stances.model.settings import Settings
from stances.model.stance import ACTS
from stances.words import Dated
from tests.folders import Folder

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
    deeds = ledger(tracker, span, order)
    return [(deed.event_id, effect_words(tracker.codebook, deed)) for deed in deeds]


def ids(tracker: Tracker, span: Span, order: str = "newest") -> list[str]:
    return [deed.event_id for deed in ledger(tracker, span, order)]


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


@pytest.mark.parametrize(
    ("narrowing", "places"),
    [
        ({"domain": "schools"}, [2, 4]),
        ({"only": "acts"}, [0, 4, 5]),
        # Boria came on 1 March and Arcadia left on 1 July.
        ({"group": "Pact"}, [1, 2, 3, 5]),
        ({"group": "Pact", "then": date(2020, 7, 1)}, []),
        # What is of the first day stood then already; what is of the last is told.
        ({"then": date(2020, 5, 11)}, [0, 1]),
        ({"now": date(2020, 5, 11)}, [2, 3, 4, 5]),
        ({"actors": ("BOR",)}, [1, 2, 4]),
        ({"actors": ("BOR", "CAL"), "group": "Pact"}, [1, 2]),
    ],
)
def test_a_ledger_can_be_narrowed(
    tracker_six: Tracker, narrowing: dict[str, Any], places: list[int]
) -> None:
    span = replace(YEAR, **narrowing)
    assert text(tracker_six, span) == [BY_HAND[place] for place in places]


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
    shared = [deed for deed in ledger(tracker, YEAR) if deed.beside]
    assert {deed.event_id for deed in shared} == {event, "ARC-20200410-minister-worried"}
    for deed in shared:
        assert (deed.before, deed.after) == (-2.0, -1.0)
        assert effect_words(tracker.codebook, deed).endswith(
            f"to Limit {MINUS}1.00, with another of that day"
        )
    # Whichever part of them is told.
    [act] = [deed for deed in ledger(tracker, replace(YEAR, only="acts")) if deed.beside]
    assert act.event_id == event
    # But words that are left out change nothing.
    acts = Tracker(tracker.data, basis=ACTS)
    assert [deed.beside for deed in ledger(acts, YEAR) if deed.event_id == event] == [0]


def test_moves_of_a_group_are_those_of_its_members_on_the_last_day(tracker_six: Tracker) -> None:
    def moved(**narrowing: Any) -> set[str]:
        return {move.actor for move in moves_among(tracker_six, replace(YEAR, **narrowing))}

    assert moved() == {"ARC", "BOR", "CAL"}
    assert moved(group="Pact") == {"BOR", "CAL"}
    assert moved(group="Pact", now=date(2020, 6, 30)) == {"ARC", "BOR", "CAL"}


# -- in words ----------------------------------------------------------------------------------

NAMES = ("Kingdom of Boria", "KoB")


@pytest.mark.parametrize(
    ("title", "speaker", "found"),
    [
        ("King doubts", "", "On 10 April 2020, Kingdom of Boria: King doubts."),
        ("King doubts", "The King", "On 10 April 2020, Kingdom of Boria: King doubts (The King)."),
        # Whom the title names at its beginning acts in it.
        ("Kingdom of Boria's king doubts", "", "On 10 April 2020: Kingdom of Boria's king doubts."),
        ("KoB doubts", "", "On 10 April 2020: KoB doubts."),
        ("KoB-Pact body doubts", "", "On 10 April 2020, Kingdom of Boria: KoB-Pact body doubts."),
        ("KoBold doubts", "", "On 10 April 2020, Kingdom of Boria: KoBold doubts."),
        ("The King doubts", "The King", "On 10 April 2020, Kingdom of Boria: The King doubts."),
        ("It ends.", "", "On 10 April 2020, Kingdom of Boria: It ends."),
        ("...", "", "On 10 April 2020, Kingdom of Boria: ...."),
        ("Does it end?", "", "On 10 April 2020, Kingdom of Boria: Does it end?"),
        (
            "King doubts",
            "Court (the king)",
            "On 10 April 2020, Kingdom of Boria: King doubts (Court [the king]).",
        ),
    ],
)
def test_a_sentence_is_made_from_the_row(title: str, speaker: str, found: str) -> None:
    assert sentence(NAMES, DAY, title, speaker) == found


def test_a_name_that_takes_an_article_has_it() -> None:
    called = "the Kingdom of Boria"
    text = sentence(NAMES, DAY, "King doubts", "", called)
    assert text == "On 10 April 2020, the Kingdom of Boria: King doubts."
    assert sentence(NAMES, DAY, "KoB doubts", "", called) == "On 10 April 2020: KoB doubts."


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2020, 5, 11), date(2020, 6, 1), [1, 2]),
        # The day before the first one, and the day before the last.
        (date(2020, 5, 12), date(2020, 6, 1), [1]),
        (date(2020, 5, 11), date(2020, 5, 31), [2]),
        (date(2020, 6, 1), date(2020, 6, 1), [1]),
    ],
)
def test_both_days_that_are_named_are_told_of(
    tracker_six: Tracker, first: date, last: date, found: list[int]
) -> None:
    span = Span(first - timedelta(days=1), last)
    assert text(tracker_six, span) == [BY_HAND[place] for place in found]
    assert span.first == first
    named = f"on {words.day(last)}"
    if first < last:
        named = f"from {words.day(first)} to {words.day(last)}"
    assert f" {named}" in happened_text(tracker_six, span).partition(". ")[0]
    assert happened_subtitle(tracker_six, span).startswith(words.sentence_start(named))


def test_a_short_name_that_is_a_part_of_the_name_may_be_anybodys() -> None:
    found = sentence(("Council of Boria", "Council"), DAY, "Council doubts", "")
    assert found == "On 10 April 2020, Council of Boria: Council doubts."


def test_a_day_is_told_no_more_exactly_than_it_is_known(tracker_six: Tracker) -> None:
    [permit] = [deed for deed in ledger(tracker_six, YEAR) if deed.instrument == "permit"]
    assert permit.sentence == (
        "In February 2020, Kingdom of Boria: Boria lets Acme teach in its schools (School Board)."
    )


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (-2.0, -2.0, "Block, as before"),
        (-2.0, -2.004, "Block, as before"),
        (-1.0, -1.2, f"Limit, from {MINUS}1.00 to {MINUS}1.20"),
        (-1.2, -2.0, f"from Limit {MINUS}1.20 to Block {MINUS}2.00"),
        # Two decimals would put both on one side of the border.
        (-1.499, -1.501, f"from Limit {MINUS}1.50 to Block {MINUS}1.5010"),
        (NAN, 1.0, "from no position to Admit +1.00"),
        (1.0, NAN, "from Admit +1.00 to no position"),
        (NAN, NAN, "no position, as before"),
    ],
)
def test_an_effect_has_its_label_before_its_figure(
    tracker_six: Tracker, before: float, after: float, found: str
) -> None:
    deed = deed_of(before, after)
    assert effect_words(tracker_six.codebook, deed) == f"Roads: {found}"


def test_what_leaves_its_domain_as_it_was_is_told_so(tracker_six: Tracker) -> None:
    codebook = tracker_six.codebook
    assert effect_words(codebook, deed_of(-1.0, -1.0)) == "Roads: Limit, as before"
    # The first act at a level that words had asked for.
    assert effect_words(codebook, deed_of(-1.0, -1.0, direction="new")).endswith(", now binding")
    assert effect_words(codebook, deed_of(-1.0, -1.2)) == (
        f"Roads: Limit, from {MINUS}1.00 to {MINUS}1.20"
    )


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (-1.0, -1.0, "Limit, as before"),
        (-1.0, -1.2, "Limit, stricter within it"),
        (-1.2, -1.0, "Limit, softer within it"),
        (-1.2, -2.0, "from Limit to Block"),
        (NAN, 1.0, "from no position to Admit"),
        (NAN, NAN, "no position, as before"),
    ],
)
def test_where_figures_do_not_belong_an_effect_is_told_by_labels(
    tracker_six: Tracker, before: float, after: float, found: str
) -> None:
    text = effect_words(tracker_six.codebook, deed_of(before, after), figures=False)
    assert text == f"Roads: {found}"


def test_words_that_cannot_lead_are_marked(tracker_six: Tracker) -> None:
    rows = ledger_html(tracker_six, ledger(tracker_six, YEAR), "light").split("<li>")[1:]
    marked = [deed for deed, row in zip(BY_HAND, rows, strict=True) if "weak report" in row]
    assert [event_id for event_id, _ in marked] == ["BOR-20200601-ring-road-plan"]


def test_it_is_told_whether_it_is_an_act(tracker_six: Tracker) -> None:
    codebook = tracker_six.codebook
    assert kind_words(codebook, deed_of(1, 1)) == "Act (order)"
    assert kind_words(codebook, deed_of(1, 1, instrument="plan", binds=False)) == "Statement (plan)"


def test_a_ledger_says_how_much_of_it_is_shown(tracker_six: Tracker) -> None:
    deeds = ledger(tracker_six, YEAR)
    assert ledger_finding(deeds) == "Three acts and three statements"
    assert ledger_finding(deeds[:1]) == "One act"
    assert "choose an earlier day" in ledger_finding([])
    assert "show statements too" in ledger_finding([], "acts")
    # Statements may well be recorded then.
    assert ledger_finding([], basis=ACTS) == (
        "No act of these days is recorded: count words too, or choose an earlier day"
    )
    assert ledger_subtitle(2, 6).startswith("The first 2 of 6.")
    assert ledger_subtitle(6, 6).startswith("All 6.")


def test_a_quotation_names_the_best_source(tracker_six: Tracker) -> None:
    repeal = ledger(tracker_six, YEAR)[0]
    found = quoted(tracker_six, repeal)
    assert found.startswith(f"{repeal.sentence} (Source: Arcadian Gazette, ")
    assert tracker_six.data.version in found


# -- the headline ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "found"),
    [
        (Span(date(2019, 12, 31), date(2020, 12, 30)),
         "Two of three actors adopted binding measures in the year to 30 December "
         "2020: Kingdom of Boria and Republic of Arcadia. Republic of Arcadia's measures changed "
         "most. Of the two that acted or spoke, two took a first position or rule in a field. On "
         "the way Republic of Arcadia stood at Block in roads: Arcadia bars Acme from its roads, "
         "1 January 2020"),
        (Span(date(2020, 7, 19), date(2020, 10, 27), "roads"),
         "One of three actors adopted a binding measure from 20 July 2020 to 27 "
         "October 2020: Republic of Arcadia. Republic of Arcadia became softer"),
        # The doubt of the king makes Boria stricter on schools, its plan is new on the roads.
        (Span(date(2020, 4, 1), date(2020, 6, 30), group="Pact"),
         "None of three Pact members adopted a binding measure in the 90 days to 30 June 2020. "
         "Of the two that acted or spoke, one became stricter, one stayed as it was"),
        # Boria took its act before it came, and Arcadia was no member any more.
        (replace(YEAR, group="Pact"),
         "None of two Pact members adopted a binding measure in the year to 31 December 2020. "
         "Kingdom of Boria became stricter"),
         # One alone, and one that did nothing.
         (replace(YEAR, actors=("BOR",)),
          "Kingdom of Boria adopted one binding measure in the year to 31 December 2020. Kingdom "
          "of Boria took a first position or rule in roads and in schools"),
         (replace(YEAR, actors=("CAL",)),
          "Caldon adopted no binding measure in the year to 31 December 2020"),
         (replace(YEAR, actors=("ARC", "CAL")),
          "One of the two chosen adopted a binding measure in the year to 31 December 2020: "
          "Republic of Arcadia. Republic of Arcadia took a first position or rule in roads. On the "
          "way Republic of Arcadia stood at Block in roads: Arcadia bars Acme from its roads, "
          "1 January 2020"),
         (replace(YEAR, actors=("ARC",), group="Pact"),
          "None of those asked about is a member of Pact on 31 December 2020"),
         # One day alone, and none.
         (Span(date(2020, 10, 26), date(2020, 10, 27), "roads"),
          "One of three actors adopted a binding measure on 27 October 2020: Republic of Arcadia. "
          "Republic of Arcadia became softer"),
         (Span(date(2020, 10, 27), date(2020, 10, 27)),
          "No day lies after 27 October 2020 and up to it"),
        # A permit lapsed, but nobody did or said anything.
        (Span(date(2021, 3, 1), date(2021, 3, 31)),
         "None of three actors adopted a binding measure in the 30 days to 31 March "
         "2021"),
    ],
)  # fmt: skip
def test_a_headline_tells_deeds_by_their_own_directions(
    tracker_six: Tracker, span: Span, found: str
) -> None:
    assert happened_text(tracker_six, span) == found


def test_a_group_without_members_is_named(folder: Folder) -> None:
    for line in range(2, len(folder.rows("memberships")) + 1):
        folder.edit("memberships", line, joined="2022-01-01", left="")
    found = happened_text(Tracker(folder.load()), replace(YEAR, group="Pact"))
    assert found == "Pact has no members on 31 December 2020"


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
    deeds = ledger(tracker, replace(span, domain="roads"))
    assert [deed.direction for deed in deeds] == ["stricter", "stricter", "softer"]
    [found] = detours(deeds)
    assert (found.deed.event_id, found.size) == ("ARC-20200201-order", 3.0)
    text = "on the way Republic of Arcadia stood at Admit in roads: On 2020-02-01, 1 February 2020"
    assert detour_words(tracker, found) == text
    of_roads = happened_text(tracker, replace(span, domain="roads"))
    assert of_roads.endswith(f"Republic of Arcadia stayed as it was. O{text[1:]}")
    # What lies between both ends, or at one of them, is no detour.
    assert detours(ledger(tracker, replace(span, then=date(2020, 2, 1)))) == []
    steps = steps_html(tracker, deeds, "light")
    below = further_html(tracker, happened(tracker, replace(span, domain="roads")))
    assert words.sentence_start(detour_words(tracker, found).partition(":")[0]) in below
    assert event_link(tracker.settings, "ARC-20200201-order", "On 2020-02-01") in below
    assert ">On 2020-02-01</a>, 1 February 2020.</p>" in below
    places = [steps.index(f"On {day}</a>") for day in ("2020-02-01", "2020-03-01", "2020-04-01")]
    assert places == sorted(places)
    assert words.sentence_start(text) in steps


def test_many_that_went_there_and_back_are_named_together(tracker_six: Tracker) -> None:
    deeds = ledger(tracker_six, YEAR)
    way = [Detour(deed, 1.0) for deed in deeds if deed.actor == "ARC"]
    others = [Detour(deed, 1.0) for deed in deeds if deed.actor == "BOR"]
    text = detour_texts(tracker_six, [*way, *way, *others])
    assert len(text) == 4
    assert text[-1] == "Kingdom of Boria went further on the way and came back too"
    # Whose furthest point is told is not named again.
    assert len(detour_texts(tracker_six, [*way, *way])) == 3


def test_what_is_told_is_said_under_the_headline(tracker_six: Tracker) -> None:
    span = replace(YEAR, domain="roads")
    assert happened_subtitle(tracker_six, span) == (
        "From 1 January 2020 to 31 December 2020, in roads: two acts and two statements on Acme by "
        "two actors."
    )
    nothing = replace(YEAR, then=date(2020, 12, 1))
    found = happened_subtitle(tracker_six, nothing)
    assert found.endswith("in all fields: no act or statement on Acme.")
    acts = Tracker(tracker_six.data, basis=ACTS)
    assert happened_subtitle(acts, nothing).endswith(": no act on Acme.")
    # Arcadia left the group before the last day; of one alone it is said above who acted.
    of_group = happened_subtitle(tracker_six, replace(YEAR, group="Pact"))
    assert "one act and three statements on Acme" in of_group
    assert of_group.endswith(" by one Pact member and one former member.")
    chosen = happened_subtitle(tracker_six, replace(YEAR, actors=("BOR", "CAL")))
    assert chosen.endswith(" by one of those chosen.")
    alone = happened_subtitle(tracker_six, replace(YEAR, actors=("BOR",)))
    assert alone.endswith("one act and two statements on Acme.")


# -- the file ----------------------------------------------------------------------------------


def test_the_file_has_the_rows_of_the_records(tracker_six: Tracker) -> None:
    deeds = ledger(tracker_six, YEAR)
    text = to_bytes(ledger_table(tracker_six, deeds, YEAR)).decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == LEDGER_COLUMNS
    for row, record in zip(rows, records(tracker_six, deeds), strict=True):
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
    settings = Settings.chosen(tracker_six.codebook, {"roads": 1})
    own = Tracker(tracker_six.data, settings, ACTS)
    assert ledger_name(own, YEAR).endswith("_2020-12-31_acts_own-settings")
