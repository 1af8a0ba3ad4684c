"""Which events are marked as single or weak reports, in the same words wherever they stand."""

from __future__ import annotations

from stances.answers.directions import course_words
from stances.answers.firm import backed_by, mark_legend, unsure_words
from stances.answers.tracker import Tracker
from stances.markup.chip import event_chip
from tests.folders import Folder
from tests.ui.pages import plain

PLAN, PERMIT, SPEECH = (
    "BOR-20200601-ring-road-plan", "BOR-20200201-school-permit", "ARC-20200410-minister-worried",
)  # fmt: skip


def test_words_of_the_lowest_confidence_are_marked_and_acts_are_not(tracker_six: Tracker) -> None:
    # Plan and permit are both doubtful; the permit binds.
    assert unsure_words(tracker_six, PLAN) == "single or weak report"
    assert unsure_words(tracker_six, PERMIT) == ""
    assert course_words(tracker_six, PLAN, "plan", 2) == "says Promote, new; single or weak report"
    assert plain(event_chip(tracker_six, PLAN, "light")) == (
        "says Promote new · single or weak report"
    )
    assert course_words(tracker_six, PERMIT, "permit", 1) == "leaves Admit, new"


def test_a_table_has_the_mark_beside_the_number_of_sources(folder: Folder) -> None:
    folder.replace("codebook.toml", "[scale]\n", 'weak_tiers = ["paper"]\n[scale]\n')
    tracker = Tracker(folder.load())
    # Weak sources are told of an act too.
    assert [backed_by(tracker, event) for event in (PLAN, PERMIT, SPEECH)] == ["1 \N{DAGGER}"] * 3
    assert mark_legend(tracker, [PERMIT]) == (
        "\N{DAGGER} Single or weak report: words of doubtful confidence, or all sources of a weak "
        "kind (newspaper)."
    )
    assert mark_legend(tracker, ["ARC-20200101-roads-order"]) == ""
