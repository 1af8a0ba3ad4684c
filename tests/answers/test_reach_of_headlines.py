"""Headlines that say how far they are known, on days that lie after what was looked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from stances.answers.gaps import pair_texts
from stances.answers.history import lines, trend_title
from stances.answers.introduction import known_until, reach
from stances.answers.ledger import Span
from stances.answers.members import member_table, members_headline, members_sentence
from stances.answers.neighbours import nearest_texts
from stances.answers.profile import profile
from stances.answers.stance_map import map_lead
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import ALL_ACTORS
from stances.filters.acts import act_matches, headline
from stances.filters.compare import happened_headline
from stances.links.parameters import PARAMETERS
from tests.folders import Folder

COVERED, AFTER = date(2020, 7, 1), date(2020, 7, 19)
FIRST = date(2020, 1, 1)
PAIR = ("ARC", "BOR")
FAR = "As far as known to 1 July 2020: "


@pytest.fixture
def tracker(folder: Folder) -> Tracker:
    folder.replace("about.toml", "[licence]", f"covered_to = {COVERED}\n[licence]")
    return Tracker(folder.load())


def _acts(tracker: Tracker, day: date) -> str:
    values = {name: each.default(tracker) for name, each in PARAMETERS.items()} | {"as_of": day}
    return headline(tracker, act_matches(tracker, values), values)[0]


HEADLINES: dict[str, Callable[[Tracker, date], Any]] = {
    "map": lambda tracker, day: map_lead(tracker, day, "roads")[0],
    "map overall": lambda tracker, day: map_lead(tracker, day, OVERALL)[0],
    "members": lambda tracker, day: members_headline(
        tracker, member_table(tracker, "Pact", day, OVERALL)
    ),
    "actor": lambda tracker, day: profile(tracker, "ARC", day).headline,
    "acts": _acts,
    "happened": lambda tracker, day: happened_headline(tracker, Span(FIRST, day))[0],
    "pair": lambda tracker, day: pair_texts(tracker, PAIR, OVERALL, (FIRST, day))[0],
    "nearest": lambda tracker, day: nearest_texts(
        tracker, "ARC", ALL_ACTORS, OVERALL, (FIRST, day)
    )[0],
    "trends": lambda tracker, day: trend_title(
        tracker, PAIR, lines(tracker, PAIR, OVERALL, (FIRST, day)), day
    ),
}


@pytest.mark.parametrize("kind", HEADLINES)
def test_a_headline_says_how_far_it_is_known_after_that_alone(tracker: Tracker, kind: str) -> None:
    assert HEADLINES[kind](tracker, AFTER).startswith(FAR)
    assert "as far as" not in HEADLINES[kind](tracker, COVERED).lower()


def test_a_sentence_to_be_quoted_says_both_days(tracker: Tracker) -> None:
    def sentence_on(day: date) -> str:
        return members_sentence(tracker, member_table(tracker, "Pact", day, OVERALL))

    assert sentence_on(AFTER).startswith(
        "On 19 July 2020, as far as known to 1 July 2020, none of "
    )
    assert sentence_on(COVERED).startswith("On 1 July 2020, none of ")


def test_without_a_reach_nothing_is_put_before(tracker_six: Tracker) -> None:
    assert known_until(tracker_six.data, AFTER, "So it is") == "So it is"
    assert reach(tracker_six.data, AFTER) == ""


@pytest.mark.parametrize("kind", ["map", "members"])
@pytest.mark.parametrize(
    ("covered", "text"),
    [("2020-03-01", "in doubt whether"), ("2020-07-01", "in doubt, as known on 1 July 2020, whe")],
)
def test_a_doubt_is_told_as_known_on_a_later_day(
    folder: Folder, kind: str, covered: str, text: str
) -> None:
    folder.replace("about.toml", "[licence]", f"covered_to = {covered}\n[licence]")
    folder.edit("acts", 2, doubt="Nobody has seen it")
    assert text in HEADLINES[kind](Tracker(folder.load()), date(2020, 3, 1))
