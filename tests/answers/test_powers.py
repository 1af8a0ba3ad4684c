import itertools

import pandas as pd
import pytest

from stances.answers import powers
from stances.answers.tracker import Tracker
from stances.model.practice import FLAGS
from tests.conftest import TODAY

# What `Tracker.position` can say of an actor: who used a rule, decided a case or has an open one
# can limit too, and of these three one alone is told.
POSSIBLE = [
    dict(zip(FLAGS, flags, strict=True))
    for flags in itertools.product([True, False], repeat=len(FLAGS))
    if dict(zip(FLAGS, flags, strict=True))["limits"] or not any(flags)
]
MEMBERS = pd.DataFrame([m for m in POSSIBLE if not (m["single"] and (m["used"] or m["case"]))])


def test_each_member_is_of_exactly_one_part() -> None:
    kinds = pd.DataFrame(powers.kinds(MEMBERS))[powers.PARTS]
    assert (kinds.sum(axis=1) == 1).all()
    assert (powers.kind_of(MEMBERS) == kinds.idxmax(axis=1)).all()


def test_those_who_can_limit_are_the_parts_but_the_last() -> None:
    count = powers.counts(MEMBERS)
    assert count["limits"] == sum(count[code] for code in powers.PARTS[:-1])
    assert len(MEMBERS) == count["limits"] + count["none"]


@pytest.mark.parametrize(
    ("code", "count", "text"),
    [
        ("used", 11, "11 have used a rule"),
        ("used", 1, "1 has used a rule"),
        ("power", 10, "10 hold a power, no use known"),
        ("none", 6, "6 have no rule that limits Acme"),
        ("limits", 21, "21 can limit Acme"),
    ],
)
def test_what_is_said_of_one_and_of_several(code: str, count: int, text: str) -> None:
    assert powers.say(code, count, subject="Acme") == text


def test_a_count_may_stand_in_other_words() -> None:
    assert powers.say("used", 4, number="four of them") == "four of them have used a rule"


def test_positions_have_the_flags_that_masks_name(tracker_six: Tracker) -> None:
    rows = tracker_six.in_domain(TODAY, "roads")
    assert powers.counts(rows) == {
        "limits": 0, "used": 0, "power": 0, "single": 0, "case": 0, "none": 3,
    }  # fmt: skip
