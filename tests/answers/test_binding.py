"""The acts that bind on a day, held against the register of the six events."""

from __future__ import annotations

import math
from datetime import date
from types import SimpleNamespace

from stances.answers.acts import Use
from stances.answers.binding import (
    ORDERS,
    Binding,
    binding,
    binds_heading,
    in_order,
    since_words,
    source_of,
)
from stances.answers.steps import due_text
from stances.answers.tracker import Tracker
from stances.model.register import IN_FORCE, NOT_YET
from stances.words import Dated, partial_date
from tests.folders import Folder
from tests.golden import Golden


def _binding_pairs(
    tracker: Tracker, actor: str, day: str, domain: str = "overall"
) -> list[tuple[str, str]]:
    result = binding(tracker, actor, date.fromisoformat(day), domain)
    return [(line.act_id or line.event_id, line.status) for line in result]


ON = {
    "ARC": ["2019-12-31", "2020-01-01", "2020-10-26", "2020-10-27"],
    "BOR": ["2020-02-01", "2021-03-08"],
    "CAL": ["2020-12-31", "2021-01-01", "2021-07-01"],
}


def test_what_binds_follows_the_register(golden: Golden, tracker_six: Tracker) -> None:
    views = [(actor, day, "overall") for actor, days in ON.items() for day in days]
    views += [("ARC", "2020-01-01", domain) for domain in ("roads", "schools")]
    golden({
        f"{actor} on {day}, {domain}": [
            f"{name}: {status}" for name, status in _binding_pairs(tracker_six, actor, day, domain)
        ]
        for actor, day, domain in views
    })  # fmt: skip


def test_dates_are_told_no_more_exactly_than_they_are_known(
    golden: Golden, tracker_six: Tracker
) -> None:
    [rule] = binding(tracker_six, "CAL", date(2021, 7, 1))
    assert rule.since == Dated(date(2021, 7, 1), "month")
    assert [step.deadline for step in rule.steps] == ["2021-09", "2022", "2023-06-30"]
    assert rule.level != rule.level, "no event brought it"
    [passed] = binding(tracker_six, "CAL", date(2023, 7, 1))
    [coming] = binding(tracker_six, "CAL", date(2021, 1, 1))
    today = date(2026, 7, 1)
    cases = {
        "due": due_text(tracker_six.codebook, rule.steps),
        "passed": due_text(tracker_six.codebook, passed.steps),
        "to come": since_words(tracker_six.codebook, coming),
        "today": binds_heading(today, today),
        "on a day": binds_heading(date(2020, 7, 1), today),
    }
    golden(cases)


def test_an_act_that_is_in_no_register_binds_too_and_the_act_shown_comes_first(
    folder: Folder,
) -> None:
    folder.add("events", 2, event_id="ARC-20200301-old-rule", date="2020-03-01", domain="schools")
    folder.add("acts", 2, act_id="ARC-a-decree", event_id="", in_force_from="2020-05")
    tracker = Tracker(folder.load())
    assert _binding_pairs(tracker, "ARC", "2020-06-01") == [
        ("ARC-roads-order", IN_FORCE),
        ("ARC-a-decree", IN_FORCE),
        ("ARC-20200301-old-rule", IN_FORCE),
    ]
    shown, other, unlisted = binding(tracker, "ARC", date(2020, 6, 1))
    assert (shown.is_shown, other.is_shown, unlisted.is_shown) == (True, False, True)
    assert unlisted.level == -2
    source = source_of(tracker, unlisted)
    assert source.source_id == "arc-gazette"


def test_the_level_beside_an_act_that_eases_is_not_its_own(folder: Folder) -> None:
    waiver = "ARC-20200301-waiver"
    folder.add("events", 2, event_id=waiver, date="2020-03-01", instrument="repeal")
    folder.add("acts", 2, act_id="ARC-a-waiver", event_id=waiver, in_force_from="2020-03-01")
    lines = binding(Tracker(folder.load()), "ARC", date(2020, 6, 1))
    assert {line.act_id: (line.level, str(line.own_level)) for line in lines} == {
        "ARC-roads-order": (-2, "-2.0"),
        "ARC-a-waiver": (-2, "nan"),
    }


def test_an_act_that_is_adopted_and_not_yet_in_force_is_told_so(folder: Folder) -> None:
    # By its event the order sets the level from January on, by the register it binds from June on.
    folder.edit("acts", 2, in_force_from="2020-06-01")
    tracker = Tracker(folder.load())
    assert _binding_pairs(tracker, "ARC", "2020-05-31") == [("ARC-roads-order", NOT_YET)]
    [order] = binding(tracker, "ARC", date(2020, 5, 31))
    assert order.is_shown
    assert _binding_pairs(tracker, "ARC", "2020-06-01") == [("ARC-roads-order", IN_FORCE)]


def test_an_open_case_is_never_said_to_be_in_force(folder: Folder, golden: Golden) -> None:
    folder.replace("codebook.toml", "[domains.schools]", "open_case = true\n[domains.schools]")
    tracker = Tracker(folder.load())
    [case] = binding(tracker, "ARC", date(2020, 7, 19))
    golden({"a case": since_words(tracker.codebook, case)})


def _line(act_id: str, level: float, since: str, use: str, due: date | None = None) -> Binding:
    step = SimpleNamespace(end=due, passed=False)
    return Binding(
        act_id,
        "",
        "roads",
        act_id or "An event",
        level,
        partial_date(since),
        IN_FORCE,
        (step,) if due else (),  # type: ignore[arg-type]
        False,
        use=Use(use, "", None),
    )


def test_what_binds_stands_in_each_order_and_what_lacks_it_last() -> None:
    lines = [
        _line("Beta", -1, "2020", "no", date(2030, 1, 1)),
        _line("", math.nan, "2021-05", "unknown"),
        _line("alpha", -3, "2019-02-03", "yes", date(2029, 1, 1)),
    ]
    orders = {order: [lines.index(line) for line in in_order(lines, order)] for order in ORDERS}
    assert orders == {
        "field": [0, 1, 2],
        "rule": [2, 1, 0],
        "used": [2, 0, 1],
        "level": [2, 0, 1],
        "date": [1, 0, 2],
        "deadline": [2, 0, 1],
    }
