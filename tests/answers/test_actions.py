"""The actions of actors, newest first."""

from __future__ import annotations

from datetime import date

import pytest

from stances.answers.actions import (
    Count,
    Latest,
    acting,
    actions_between,
    latest_actions,
    latest_firm,
    latest_of_each,
    latest_words,
    net_move_between,
    past_year,
    weaker_note,
)
from stances.answers.directions import Direction, NetMove, net_move_words
from stances.answers.firm import is_firm
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from tests.folders import Folder
from tests.golden import Golden, Said

LAST = date(2020, 10, 27)


def test_the_latest_come_first(tracker_six: Tracker) -> None:
    result = latest_actions(tracker_six, LAST, OVERALL, 3)
    assert [action.event_id for action in result] == [
        "ARC-20201027-order-repealed", "BOR-20200601-ring-road-plan", "BOR-20200511-teachers-doubt",
    ]  # fmt: skip
    repeal = result[0]
    assert (repeal.actor, repeal.domain, repeal.score, repeal.binding) == ("ARC", "roads", 0, True)
    assert repeal.date.date() == LAST


def test_some_actors_a_domain_and_a_day_narrow_them(tracker_six: Tracker) -> None:
    [first] = latest_actions(tracker_six, date(2020, 6, 1), OVERALL, 1, ["ARC"])
    assert first.event_id == "ARC-20200410-minister-worried"
    assert [d.domain for d in latest_actions(tracker_six, LAST, "schools", 9)] == ["schools"] * 2
    assert latest_actions(tracker_six, date(2019, 12, 31), OVERALL, 9) == []


def test_acts_and_statements_after_a_day_are_counted(tracker_six: Tracker) -> None:
    new_year = date(2020, 1, 1)
    # The order is of the first day itself, which is not after it.
    assert actions_between(tracker_six, new_year, LAST, OVERALL, ["ARC"]) == Count(1, 1)
    assert actions_between(tracker_six, new_year, LAST, "schools", ["ARC"]) == Count(0, 0)
    assert acting(tracker_six, new_year, LAST, OVERALL, ["ARC", "BOR", "CAL"]) == 2


def test_context_is_no_deed(tracker: Tracker) -> None:
    events = tracker.data.events.set_index("event_id")
    result = latest_actions(tracker, tracker.data.today, OVERALL, len(events))
    assert {action.event_id for action in result} == set(events.index[events["score"].notna()])


def test_a_year_is_told_by_deeds_alone(golden: Golden, tracker_six: Tracker) -> None:
    [action] = latest_actions(tracker_six, LAST, OVERALL, 1)
    cases = {
        "nothing": past_year(Count(0, 0), "", False),
        "one decision": past_year(Count(1, 0), "", False),
        "both, stricter": past_year(Count(1, 2), "slightly stricter", False),
        "a rule ended": past_year(Count(0, 0), "", True),
        "softer, and a rule ended": past_year(Count(0, 1), "softer", True),
        "a statement, and a rule ended": past_year(Count(0, 1), "", True),
        "the latest": latest_words(action, LAST),
        "the latest of another name": latest_words(action, LAST, names=("Kingdom", "Boria")),
        # The title says itself who acted.
        "the latest of its name": latest_words(
            action, LAST, names=("Republic of Arcadia", "Arcadia")
        ),
        "the latest before a weaker report": latest_words(action, LAST, passes_over=True),
        "no latest": latest_words(None, LAST),
        "a weaker report alone": latest_words(None, LAST, passes_over=True),
    }
    golden(cases)


@pytest.mark.parametrize(
    ("actor", "after", "until", "text"),
    [
        ("ARC", date(2019, 12, 31), date(2020, 6, 1), "new in roads"),
        ("ARC", date(2020, 1, 1), date(2020, 6, 1), ""),
        ("ARC", date(2020, 1, 1), LAST, "softer in roads"),
        # The order came and went: there was no position before it.
        ("ARC", date(2019, 12, 31), LAST, "new in roads"),
        ("BOR", date(2020, 2, 1), date(2020, 5, 31), "less open in schools"),
        ("BOR", date(2020, 2, 1), LAST, "less open in schools"),
        ("BOR", date(2020, 5, 11), LAST, "new in roads"),
    ],
)
def test_which_way_an_actor_went_is_told_by_its_domains(
    tracker_six: Tracker, actor: str, after: date, until: date, text: str
) -> None:
    drift = net_move_between(tracker_six, after, until, OVERALL, actor)
    assert net_move_words(tracker_six.codebook, drift) == text


def test_domains_that_go_apart_are_named(golden: Golden, tracker_six: Tracker) -> None:
    strict = Direction("roads", -1.0, -2.0)
    apart = NetMove((strict,), (Direction("schools", 0.2, -0.5),), ())
    slight = NetMove(
        (Direction("roads", -0.3, -1.0), Direction("schools", -0.1, -1.0)), (), ("schools",)
    )
    # Neither is strict: the one stays open, the other opens further.
    open_apart = NetMove((Direction("roads", -1.0, 1.0),), (Direction("schools", 0.2, 0.5),), ())
    # What stands on the strict side is told, though the other moved further.
    strict_first = NetMove(
        (Direction("schools", -1.5, 0.5), Direction("roads", -0.3, -1.0)), (), ()
    )
    moves = {
        "apart": apart,
        "slight": slight,
        "open, apart": open_apart,
        "the strict one first": strict_first,
        "slightly less open": NetMove((Direction("roads", -0.3, 0.0),), (), ()),
    }
    cases = {case: net_move_words(tracker_six.codebook, move) for case, move in moves.items()}
    of_field = net_move_words(tracker_six.codebook, moves["slightly less open"], "roads")
    golden(cases | {"under the name of its field": of_field})


def test_what_leads_is_an_act_or_a_sound_report(folder: Folder) -> None:
    # Of the six, words are the two speeches (likely) and the plan (doubtful).
    tracker = Tracker(folder.load())
    firm = dict(zip(tracker.event_columns["event_id"], is_firm(tracker).tolist(), strict=True))
    assert [event for event, sound in firm.items() if not sound] == ["BOR-20200601-ring-road-plan"]
    [last] = latest_actions(tracker, date(2020, 6, 1), OVERALL, 1, firm=True)
    assert last.event_id == "BOR-20200511-teachers-doubt"
    # With nothing but a copy behind them words do not lead, an act does.
    folder.replace("codebook.toml", 'subject = "Acme"', 'subject = "Acme"\nweak_tiers = ["paper"]')
    firm = is_firm(Tracker(folder.load())).tolist()
    assert firm == [True, False, True, True, False, False]


def test_a_weaker_report_is_told_under_the_last_that_leads(folder: Folder, golden: Golden) -> None:
    # Of Boria the doubtful plan for the ring road is newer than the speech on its lessons.
    cases: dict[str, Said] = {"newer": weaker_note(_latest(folder))}
    assert _latest(folder, "ARC") == Latest(_latest(folder, "ARC").action)
    folder.edit("events", 7, date="2020-05-20")
    folder.edit("events", 6, date="2020-05-01", date_precision="month")
    cases["maybe newer"] = weaker_note(_latest(folder))
    folder.edit("events", 7, date="2020-05-01", date_precision="month")
    cases["of the same time"] = weaker_note(_latest(folder))
    folder.edit("events", 6, confidence="doubtful")
    folder.edit("events", 5, date="2020-06-01")
    cases["alone"] = weaker_note(_latest(folder, day=date(2020, 5, 31)))
    golden(cases)


def _latest(folder: Folder, actor: str = "BOR", day: date = LAST) -> Latest:
    """What an actor did last, by itself as among all."""
    tracker = Tracker(folder.load())
    result = latest_firm(tracker, day, OVERALL, [actor])
    assert latest_of_each(tracker, day, OVERALL)[actor] == result
    return result
