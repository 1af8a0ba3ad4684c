"""The words of a card on the act shown, held against the register of the small dataset."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from stances.answers.cards import card_of
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.tables import Dataset
from tests.folders import Folder
from tests.golden import Golden, Said


def _binds(folder: Folder, day: date, domain: str = "roads") -> Said:
    return card_of(Tracker(folder.load()), "ARC", day, domain).binds


def test_an_act_is_told_from_its_own_day_not_from_that_of_its_level(
    folder: Folder, golden: Golden
) -> None:
    # Two acts at one level, which is milder than a limit; the newer is shown.
    for row in (2, 3):
        folder.edit("events", row, instrument="order", score="-1", landmark="no")
    again = {"act_id": "ARC-again", "event_id": "ARC-20200410-minister-worried"}
    dates = {"adopted": "2020-04-10", "in_force_from": "2020-05-01", "applied_since": "2020-06"}
    folder.add("acts", 2, **again, **dates, name="Second roads order")
    cases: dict[str, Said] = {
        "of the first": _binds(folder, date(2020, 4, 9)),
        "of the second": _binds(folder, date(2020, 5, 1)),
        "over all fields": _binds(folder, date(2020, 5, 1), OVERALL),
    }
    golden(cases)


def test_of_a_power_without_known_use_it_is_told_that_another_rule_was_used(
    folder: Folder, golden: Golden
) -> None:
    folder.edit("events", 3, instrument="order", score="-2", landmark="no")
    again = {"act_id": "ARC-second", "event_id": "ARC-20200410-minister-worried"}
    dates = dict.fromkeys(("adopted", "in_force_from"), "2020-04-10")
    unused = dict.fromkeys(("applied_what", "applied_since"), "")
    folder.edit("events", 2, landmark="no")
    folder.add("acts", 2, **again, **dates, **unused, applied="unknown", name="Second roads order")
    cases = {
        "not known": _binds(folder, date(2020, 5, 1)),
        "before it": _binds(folder, date(2020, 4, 9)),
    }
    golden(cases)


def test_an_act_to_come_is_not_told_as_in_force(folder: Folder, golden: Golden) -> None:
    folder.edit("acts", 2, in_force_from="2020-03-01")
    before, after = date(2020, 2, 29), date(2020, 3, 1)
    cases: dict[str, Said] = {"to come": _binds(folder, before), "in force": _binds(folder, after)}
    folder.edit("acts", 2, doubt="Whether it was ever printed is not known")
    golden(cases | {"to come, in doubt": _binds(folder, before)})


def test_a_use_without_a_known_day_is_told_without_one(folder: Folder, golden: Golden) -> None:
    day = date(2020, 3, 1)
    cases: dict[str, Said] = {}
    for applied in ("yes", "eased"):
        folder.edit("acts", 2, applied=applied, applied_since="")
        cases[applied] = _binds(folder, day)
    golden(cases)


def test_a_date_that_has_passed_since_is_told_apart_from_one_ahead(
    six: Dataset, golden: Golden
) -> None:
    # What is known ends with the day that is shown, and the date lies between that and today.
    day, cases = date(2020, 3, 1), dict[str, Said]()
    known = replace(six, about=replace(six.about, covered_to=day))
    for name, data in {"passed": known, "ahead": replace(known, today=day)}.items():
        cases[name] = card_of(Tracker(data), "BOR", day, "schools").binds
    golden(cases)
