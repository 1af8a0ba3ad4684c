"""Law and practice: who can limit the subject, who has, and who is at the strictest level."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

import stances
from stances.answers.acts import POWER, ActQuery, find_acts, is_of_cases, whose
from stances.answers.practice import (
    PLAIN,
    UNUSED,
    USED,
    Practice,
    PracticeCounts,
    outline_words,
    outlines,
    practice_counts,
    practice_sentence,
    practice_short,
    practices,
)
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.schema import ALL_ACTORS, PRACTICE
from stances.dataset.tables import Dataset
from tests.folders import REAL, Folder
from tests.golden import Golden, Said
from tests.practice import practices_by_row

# The order of Arcadia (-2 on the roads, as low as the scale goes and where it restricts) holds from
# 1 January to 26 October 2020, and was used from February on; it leaves the Pact on 1 July. Boria's
# permit limits nothing. Caldon's rule has no score.
NEW, HELD_ON, LEFT, REPEALED = (date(2020, *day) for day in ((1, 31), (6, 30), (7, 1), (10, 27)))
_SEED = 20_260_702


def test_the_counts_on_paper(golden: Golden, tracker_six: Tracker) -> None:
    views = [
        (NEW, "roads", "Pact"), (HELD_ON, "roads", "Pact"), (HELD_ON, OVERALL, "Pact"),
        (HELD_ON, "schools", "Pact"), (LEFT, "roads", "Pact"), (LEFT, "roads", ALL_ACTORS),
        (REPEALED, "roads", ALL_ACTORS),
    ]  # fmt: skip
    golden({
        f"{group} on {day}, {domain}": str(practice_counts(tracker_six, day, domain, group))
        for day, domain, group in views
    })  # fmt: skip


def test_what_is_not_yet_in_force_limits_nobody(folder: Folder) -> None:
    folder.edit("acts", 2, in_force_from="2020-03-01")
    tracker = Tracker(folder.load())
    before, after = (date(2020, 2, 29), date(2020, 3, 1))
    assert practice_counts(tracker, before, "roads", "Pact").limiting == 0
    assert practice_counts(tracker, after, "roads", "Pact").used == 1


def test_what_was_eased_has_been_used(folder: Folder) -> None:
    folder.edit("acts", 2, applied="eased")
    result = practices(Tracker(folder.load()), HELD_ON, "roads")["ARC"]
    assert result == Practice(True, True, True, True, False)


def test_an_act_in_doubt_is_said_to_be(folder: Folder, golden: Golden) -> None:
    folder.edit("acts", 2, doubt="Whether it was ever printed is not known")
    tracker = Tracker(folder.load())
    result = practice_counts(tracker, HELD_ON, "roads", "Pact")
    assert result.doubted == 1
    text = practice_sentence(tracker.codebook, "roads", "three Pact members", result)
    golden({"whole": text, "short": practice_short(tracker.codebook, "roads", result)})


def _wider(codebook: Codebook) -> Codebook:
    """On whose scale a level lies below the one from which labels restrict."""
    return replace(codebook, scale=replace(codebook.scale, restricting=-1))


def test_the_sentences(golden: Golden, six: Dataset) -> None:
    wider, plain = _wider(six.codebook), six.codebook
    result = {
        "many": PracticeCounts(27, 21, 11, 10, 4, 0),
        "two in doubt": PracticeCounts(27, 3, 1, 2, 1, 2),
        "both in doubt": PracticeCounts(27, 2, 1, 1, 0, 2),
        "none used": PracticeCounts(27, 3, 0, 3, 0, 0),
        "one, not used": PracticeCounts(27, 1, 0, 1, 0, 0),
        "all who can used it": PracticeCounts(27, 2, 2, 0, 0, 0),
        "all": PracticeCounts(27, 27, 27, 0, 0, 0),
        "none": PracticeCounts(27, 0, 0, 0, 0, 0),
        "single cases too": PracticeCounts(94, 9, 3, 6, 1, 0, 3),
        "one single case, one power": PracticeCounts(27, 2, 0, 2, 0, 0, 1),
        "used or a single case": PracticeCounts(27, 2, 1, 1, 0, 0, 1),
        "single cases alone": PracticeCounts(27, 2, 0, 2, 0, 0, 2),
        "one single case alone": PracticeCounts(27, 1, 0, 1, 0, 0, 1),
    }
    cases: dict[str, Said] = {}
    for case, counts in result.items():
        text = practice_sentence(wider, "roads", "27 Pact members", counts)
        within = practice_sentence(wider, "roads", "27 Pact members", counts, start=False)
        assert within == text[0].lower() + text[1:]
        cases[case] = [text, practice_short(wider, "roads", counts)]
    one, nobody = PracticeCounts(3, 1, 1, 0, 1, 0), PracticeCounts(0, 0, 0, 0, 0, 0)
    # Where no label is below the one that restricts none is called the strictest.
    cases["no lower label"] = practice_sentence(plain, "roads", "three Pact members", one)
    doubted, known = PracticeCounts(3, 2, 1, 1, 0, 1), "2 February 2022"
    cases["in doubt as known later"] = practice_sentence(
        wider, "roads", "three Pact members", doubted, known=known
    )
    cases["no members"] = practice_sentence(plain, "roads", "no Pact members", nobody)
    golden(cases | {f"outline {key}": text for key, text in outline_words(plain).items()})


def test_cases_are_open_and_no_rules(folder: Folder, golden: Golden) -> None:
    folder.replace("codebook.toml", 'label = "Roads"', 'label = "Roads"\nopen_case = true')
    tracker = Tracker(folder.load())
    one = practice_counts(tracker, HELD_ON, "roads", "Pact")
    cases: dict[str, Said] = {
        case: [
            practice_sentence(tracker.codebook, "roads", "three Pact members", counts),
            practice_short(tracker.codebook, "roads", counts),
        ]
        for case, counts in {"one": one, "none": PracticeCounts(3, 0, 0, 0, 0, 0)}.items()
    }
    # What all domains come to is told of rules; on the map a case is outlined there too.
    assert practice_counts(tracker, HELD_ON, OVERALL, "Pact").limiting == 0
    assert outlines(tracker, NEW)[0].tolist() == [USED, USED, PLAIN]
    golden(cases | {"outline": outline_words(tracker.codebook)[USED]})


def test_members_and_actors_are_called_as_the_data_calls_them(golden: Golden, six: Dataset) -> None:
    about = replace(six.about, actors="towns and leagues", members="towns")
    cases = {
        "members by another name": whose(about, 27, "Pact"),
        "actors by another name": whose(about, 3),
        "one member": whose(about, 1, "Pact"),
        "one by another name": whose(about, 1),
        "members": whose(six.about, 2, "Pact"),
        "actors": whose(six.about, 2),
    }
    golden(cases)


def test_powers_are_found_as_they_are_counted(folder: Folder) -> None:
    powers = ActQuery(applied=[POWER], status="in_force")
    for day in (NEW, HELD_ON, REPEALED):
        tracker = Tracker(folder.load())
        owners = set(find_acts(tracker.data, day, powers)["actor"])
        rules = [x for x, result in practices(tracker, day, "roads").items()
                if result.limits and not result.used]  # fmt: skip
        assert owners == set(rules), day
    assert list(find_acts(folder.load(), NEW, powers)["act_id"]) == ["ARC-roads-order"]
    # No source says that it was not used before the first use that is known.
    by_use = {use: find_acts(folder.load(), NEW, ActQuery(applied=[use])) for use in PRACTICE}
    assert {use: list(acts["act_id"]) for use, acts in by_use.items()} == {
        "yes": [],
        "eased": [],
        "no": [],
        "unknown": ["ARC-roads-order"],
    }
    # A plain duty is no power, whatever is known of its use; nor is a case, which is at work.
    unused = find_acts(folder.load(), HELD_ON, ActQuery(applied=["no"]))
    assert list(unused["act_id"]) == ["BOR-school-permit"]
    assert find_acts(folder.load(), HELD_ON, powers).empty
    folder.replace("codebook.toml", 'label = "Roads"', 'label = "Roads"\nopen_case = true')
    assert find_acts(folder.load(), NEW, powers).empty


# -- on a map -------------------------------------------------------------------------------------


def test_the_outlines_on_paper(tracker_six: Tracker) -> None:
    by_day = {day: outlines(tracker_six, day)[0].tolist() for day in (NEW, HELD_ON, REPEALED)}
    assert by_day == {
        NEW: [UNUSED, UNUSED, PLAIN],
        HELD_ON: [USED, USED, PLAIN],
        REPEALED: [PLAIN, PLAIN, PLAIN],
    }
    assert not outlines(tracker_six, HELD_ON)[1:].any()


def test_an_act_that_limits_without_a_line_in_the_register_is_a_single_case(folder: Folder) -> None:
    folder.edit("acts", 2, event_id="")
    tracker = Tracker(folder.load())
    assert practices(tracker, HELD_ON, "roads")["ARC"].single
    assert practice_counts(tracker, HELD_ON, "roads").powers == 0
    assert outlines(tracker, HELD_ON)[0].tolist() == [UNUSED, UNUSED, PLAIN]
    assert practice_counts(tracker, HELD_ON, "roads").unused == 1
    assert practices(tracker, HELD_ON, "roads") == practices_by_row(tracker, HELD_ON, "roads")
    # What is no rule has no level of rules.
    assert not practices(tracker, HELD_ON, "roads")["ARC"].excludes


def test_an_act_whose_line_has_ended_is_no_single_case(folder: Folder) -> None:
    folder.edit("acts", 2, ended="2020-01-31")
    tracker = Tracker(folder.load())
    result = practices(tracker, HELD_ON, "roads")["ARC"]
    assert (result.limits, result.single) == (True, False)
    assert practices(tracker, HELD_ON, "roads") == practices_by_row(tracker, HELD_ON, "roads")


def test_an_open_case_is_neither_a_rule_nor_a_single_case(folder: Folder) -> None:
    folder.replace("codebook.toml", 'label = "Roads"', 'label = "Roads"\nopen_case = true')
    folder.edit("acts", 2, event_id="")
    tracker = Tracker(folder.load())
    result = practices(tracker, HELD_ON, "roads")["ARC"]
    assert (result.limits, result.single, result.excludes, result.case) == (
        True,
        False,
        False,
        True,
    )
    assert practices(tracker, HELD_ON, "roads") == practices_by_row(tracker, HELD_ON, "roads")


def test_a_rule_of_which_nothing_is_left_limits_nobody(folder: Folder) -> None:
    # A court stays the order, and the register has it in force all the same.
    folder.edit("acts", 2, ended="", ended_how="", ended_by="")
    tracker = Tracker(folder.load())
    for day, limiting in ((date(2020, 10, 26), 1), (REPEALED, 0)):
        assert practice_counts(tracker, day, "roads").limiting == limiting
        assert practices(tracker, day, "roads") == practices_by_row(tracker, day, "roads")
    # It limits before the event by which it is known, as the register alone has it then.
    folder.edit("acts", 2, adopted="2019-12-01", in_force_from="2019-12-01")
    assert practice_counts(Tracker(folder.load()), date(2019, 12, 31), "roads").limiting == 1


def test_a_rule_with_a_hole_in_it_is_not_at_the_strictest_level(folder: Folder) -> None:
    folder.edit("events", 4, date="2020-03-01", score="-1", instrument="order")
    tracker = Tracker(folder.load())
    for day, strict in ((date(2020, 2, 29), True), (date(2020, 3, 1), False)):
        result = practices(tracker, day, "roads")["ARC"]
        assert (result.limits, result.excludes) == (True, strict)
        assert practices(tracker, day, "roads") == practices_by_row(tracker, day, "roads")


@pytest.mark.parametrize(("applied", "outline"), [("yes", USED), ("no", UNUSED)])
def test_it_is_used_where_a_milder_rule_of_the_register_has_been(
    folder: Folder, applied: str, outline: int
) -> None:
    # The order has no line; the minister's worry stands in the register, as if it were an act.
    folder.edit("events", 3, date="2020-01-01", instrument="order")
    state = {"applied": applied, "applied_since": "2020-02" if applied == "yes" else ""}
    folder.edit("acts", 2, event_id="ARC-20200410-minister-worried", **state)
    folder.edit("events", 2, date="2020-01-02")
    tracker = Tracker(folder.load())
    assert outlines(tracker, HELD_ON)[0].tolist() == [outline, outline, PLAIN]
    counts = practice_counts(tracker, HELD_ON, "roads")
    assert (counts.limiting, counts.used) == (1, int(outline == USED))
    assert practices(tracker, HELD_ON, "roads") == practices_by_row(tracker, HELD_ON, "roads")


def _expectation(tracker: Tracker, day: date, domain: str, actor: str) -> int:
    result = practices(tracker, day, domain)[actor]
    if is_of_cases(tracker.codebook, domain):
        return USED if result.limits else PLAIN
    if domain == OVERALL:
        each = [_expectation(tracker, day, code, actor) for code in tracker.codebook.domains]
        assert max(each) >= (USED if result.used else int(result.limits))
        return max(each)
    return USED if result.used else int(result.limits)


def _agree(tracker: Tracker, days: list[date]) -> None:
    for day in days:
        shown = outlines(tracker, day)
        for column, domain in enumerate(tracker.codebook.columns):
            expected = [_expectation(tracker, day, domain, actor) for actor in tracker.model.actors]
            assert shown[:, column].tolist() == expected, (day, domain)


def test_practice_is_what_the_rows_say_on_every_day_of_the_six(tracker_six: Tracker) -> None:
    first, last = date(2019, 12, 30), date(2020, 11, 2)
    for day in (first + timedelta(day) for day in range((last - first).days)):
        for domain in tracker_six.codebook.columns:
            expected = practices_by_row(tracker_six, day, domain)
            assert practices(tracker_six, day, domain) == expected, (day, domain)


EASED_LATE = {"applied": "eased", "applied_since": "2020-03"}
NOT_APPLIED = {"applied": "no", "applied_since": ""}
DOUBT = {"doubt": "Whether it holds is not known"}
SECOND = {"act_id": "ARC-second", "ended": "", "ended_how": "", "ended_by": ""}


@pytest.mark.parametrize(
    ("first", "second", "practice"),
    [
        ({}, {}, Practice(True, True, False, True, False)),
        (EASED_LATE, EASED_LATE, Practice(True, True, True, True, False)),
        (EASED_LATE, {"applied": "yes"}, Practice(True, True, False, True, False)),
        (EASED_LATE, NOT_APPLIED, Practice(True, True, True, True, False)),
        (DOUBT, {}, Practice(True, True, False, True, False)),
        (DOUBT, DOUBT, Practice(True, True, False, True, True)),
    ],
)
def test_two_rules_of_an_actor_come_to_what_both_say(
    folder: Folder, first: dict[str, str], second: dict[str, str], practice: Practice
) -> None:
    folder.add("acts", 2, **SECOND, **second)
    folder.edit("acts", 2, **first)
    tracker = Tracker(folder.load())
    assert practices(tracker, HELD_ON, "roads")["ARC"] == practice
    assert practices_by_row(tracker, HELD_ON, "roads")["ARC"] == practice


def test_outlines_are_what_practice_is_on_every_day_of_the_six(tracker_six: Tracker) -> None:
    first, last = date(2019, 12, 30), date(2020, 11, 2)
    _agree(tracker_six, [first + timedelta(day) for day in range((last - first).days)])


@pytest.mark.slow
def test_they_are_on_any_day_of_the_real_data() -> None:
    tracker, drawn = stances.load(REAL).tracker, random.Random(_SEED)
    first = tracker.codebook.first_date
    span = (tracker.data.today - first).days
    _agree(tracker, [first + timedelta(drawn.randint(0, span)) for _ in range(12)])
