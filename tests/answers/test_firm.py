"""Which events are marked as single or weak reports, in the same words wherever they stand."""

from __future__ import annotations

from stances.answers.directions import course_words
from stances.answers.firm import mark_legend, source_count, unsure_words
from stances.answers.tracker import Tracker
from stances.markup.chip import event_chip
from tests.folders import Folder
from tests.golden import Golden
from tests.ui.pages import plain

PLAN, PERMIT, SPEECH = (
    "BOR-20200601-ring-road-plan", "BOR-20200201-school-permit", "ARC-20200410-minister-worried",
)  # fmt: skip


def test_words_of_the_lowest_confidence_are_marked_and_acts_are_not(
    golden: Golden, tracker_six: Tracker
) -> None:
    # Plan and permit are both doubtful; the permit binds.
    cases = {
        "a plan": unsure_words(tracker_six, PLAN),
        "a permit": unsure_words(tracker_six, PERMIT),
        "the way of a plan": course_words(tracker_six, PLAN, "plan", 2),
        "the chip of a plan": plain(event_chip(tracker_six, PLAN, "light")),
        "the way of a permit": course_words(tracker_six, PERMIT, "permit", 1),
    }
    golden(cases)


def test_a_table_has_the_mark_beside_the_number_of_sources(folder: Folder, golden: Golden) -> None:
    folder.replace("codebook.toml", "[scale]\n", 'weak_tiers = ["paper"]\n[scale]\n')
    tracker = Tracker(folder.load())
    # Weak sources are told of an act too.
    assert [source_count(tracker, event) for event in (PLAN, PERMIT, SPEECH)] == [
        "1 \N{DAGGER}"
    ] * 3
    assert mark_legend(tracker, ["ARC-20200101-roads-order"]) == ""
    golden({"legend": mark_legend(tracker, [PERMIT])})
