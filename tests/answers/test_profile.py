"""The sentence of an actor: the written one where it holds, else that of the program."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from stances.answers.composed import MOST_LETTERS, composed, lowered, untold_doubt
from stances.answers.profile import dated_text, made_by, profile, rests_on
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.markup.binds import backing_html
from stances.model.settings import Settings
from tests.folders import Folder


def _text(tracker: Tracker, actor: str, day: str, domain: str = "overall") -> str:
    return profile(tracker, actor, date.fromisoformat(day), domain).text


def test_the_written_sentence_stands_where_it_holds(tracker_six: Tracker) -> None:
    said = profile(tracker_six, "BOR", date(2021, 4, 15))
    assert said.written
    assert said.text.startswith("Boria let Acme teach in its schools until March 2021;")
    assert rests_on(tracker_six, said) == [
        ("act", "BOR-school-permit", "School permit"),
        ("event", "BOR-20200601-ring-road-plan", "Boria plans a ring road by Acme"),
    ]
    assert said.source.source_id == "bor-herald"
    assert not profile(tracker_six, "BOR", date(2021, 3, 31)).written
    # Of two sources the one of the better tier.
    assert profile(tracker_six, "CAL", date(2021, 8, 15)).source.source_id == "arc-daily"


def test_a_domain_a_basis_and_own_settings_have_the_sentence_of_the_program(
    tracker_six: Tracker,
) -> None:
    day, data = date(2021, 4, 15), tracker_six.data
    assert not profile(tracker_six, "BOR", day, "schools").written
    assert not profile(Tracker(data, basis="acts"), "BOR", day).written
    own = Tracker(data, replace(Settings.published(data.codebook), binding_weight=3.0))
    assert not profile(own, "BOR", day).written


def test_a_sentence_says_who_made_it_and_of_which_day_it_is(tracker_six: Tracker) -> None:
    day = date(2020, 7, 19)
    said = profile(tracker_six, "ARC", day)
    assert made_by(tracker_six, said) == "Put together by this program from the rows below"
    assert dated_text(tracker_six, said, day) == f"As of 19 July 2020: {said.text}"


def test_beyond_the_reach_of_the_data_the_day_says_so(folder: Folder) -> None:
    folder.replace("about.toml", "[licence]", "covered_to = 2020-07-01\n[licence]")
    folder.replace("about.toml", "[dashboard]", '[texts]\nprofiles = "By hand"\n[dashboard]')
    tracker = Tracker(folder.load())
    said, day = profile(tracker, "ARC", date(2020, 7, 19)), date(2020, 7, 19)
    assert dated_text(tracker, said, day).startswith(
        "As of 19 July 2020, as far as known to 1 July 2020: Republic of Arcadia"
    )
    assert said.headline == f"As far as known to 1 July 2020: {said.text}"
    assert profile(tracker, "ARC", date(2020, 7, 1)).headline == said.text
    assert made_by(tracker, profile(tracker, "BOR", date(2021, 4, 15))) == "By hand"


def test_a_rule_says_what_it_asks_since_when_and_what_was_said_since(tracker_six: Tracker) -> None:
    said = profile(tracker_six, "ARC", date(2020, 7, 19))
    assert said.text == (
        "Republic of Arcadia limits Acme in roads: since January 2020, no road may be built by "
        "Acme. Latest, April 2020: Arcadia's minister is worried by Acme."
    )
    assert said.act_ids == ("ARC-roads-order",)
    assert said.event_ids == ("ARC-20200101-roads-order", "ARC-20200410-minister-worried")
    assert said.source.source_id == "arc-gazette"


@pytest.mark.parametrize(
    ("state", "since", "verb"),
    [
        ("yes", "2020-02", "limits Acme in roads: "),
        ("yes", "2020-09", "can limit Acme in roads but is not known to have done so: "),
        ("no", "", "can limit Acme in roads but had not done so when last reported: "),
        ("unknown", "", "can limit Acme in roads but is not known to have done so: "),
        ("eased", "2020-02", "has limited Acme in roads and eased that since: "),
    ],
)
def test_a_power_is_told_by_its_use(folder: Folder, state: str, since: str, verb: str) -> None:
    what = {} if state != "unknown" else {"applied_what": ""}
    folder.edit("acts", 2, applied=state, applied_since=since, **what)
    said = _text(Tracker(folder.load()), "ARC", "2020-07-19")
    assert said.startswith(f"Republic of Arcadia {verb}")


def test_a_rule_at_the_end_of_the_scale_shuts_out_unless_it_is_in_doubt(folder: Folder) -> None:
    folder.replace("codebook.toml", "restricting = -2", "restricting = -1")
    assert " shuts Acme out in roads: " in _text(Tracker(folder.load()), "ARC", "2020-07-19")
    folder.edit("acts", 2, doubt="Nobody has read it")
    assert " limits Acme in roads: " in _text(Tracker(folder.load()), "ARC", "2020-07-19")


def test_what_came_after_is_not_told_of_an_earlier_day(folder: Folder) -> None:
    # Of ARC the repeal comes after; of BOR nothing comes after June 2020.
    assert "in practice" not in _text(Tracker(folder.load()), "ARC", "2020-07-19").lower()
    folder.edit("acts", 2, obligation="No road; since 2021 no bridge either may be built by Acme")
    said = _text(Tracker(folder.load()), "ARC", "2020-07-19")
    assert "since 2021" not in said
    assert "Arcadia bars Acme from its roads (January 2020)" in said


@pytest.mark.parametrize(
    ("obligation", "text"),
    [
        ("Acme had to go by end 2019 and had to pay by 18 July 2020", "had to pay by 18 July"),
        ("Acme had to go by 19 July 2020; all may pay", "Acme must go by 19 July 2020; all"),
        ("Acme had to go by the end of July 2020", "Acme must go by the end of July 2020"),
        ("Roads had to be kept free of Acme", "roads must be kept free of Acme"),
    ],
)
def test_what_had_to_be_done_must_be_until_its_day(
    folder: Folder, obligation: str, text: str
) -> None:
    folder.edit("acts", 2, obligation=obligation)
    assert text in _text(Tracker(folder.load()), "ARC", "2020-07-19")


def test_a_rule_of_later_is_something_newer(folder: Folder) -> None:
    # The repeal of October 2020 is the last event; a law on all alike came after it.
    law = {"act_id": "ARC-law-on-all", "event_id": "", "ended": "", "ended_how": "", "ended_by": ""}
    folder.add("acts", 2, adopted="2020-11", in_force_from="2021-02", **law)
    said = _text(Tracker(folder.load()), "ARC", "2022-11-01")
    assert said.startswith("Republic of Arcadia was last heard on Acme in October 2020: ")


def test_doubt_practice_and_the_next_date_follow(tracker_six: Tracker) -> None:
    assert _text(tracker_six, "BOR", "2020-12-01") == (
        "Kingdom of Boria is open to Acme in schools: since February 2020, Acme may teach in "
        "schools, for 400 days. The day on which it began is not known; in practice: No lesson has "
        "been given; the next date is 7 March 2021 (The permit runs out)."
    )
    gone = composed(tracker_six, "BOR", date(2021, 4, 15)).text
    assert gone.endswith("; the last date, 7 March 2021 (The permit runs out), has passed.")


def test_a_rule_that_is_not_scored_bears_on_nothing(tracker_six: Tracker) -> None:
    said = composed(tracker_six, "CAL", date(2021, 8, 1))
    assert said.text == "Nothing that Caldon said or did on Acme is recorded so far."
    assert (said.act_ids, said.event_ids, said.source) == ((), (), None)


def test_a_rule_to_come_is_told_as_one(folder: Folder) -> None:
    folder.edit("acts", 2, in_force_from="2020-06-01")
    assert _text(Tracker(folder.load()), "ARC", "2020-05-31").startswith(
        "Republic of Arcadia has adopted a rule on Acme in roads, not yet in force: from June 2020,"
    )
    folder.edit("acts", 2, obligation="No road may be built, since 2021 by nobody")
    assert _text(Tracker(folder.load()), "ARC", "2020-05-31").startswith(
        "Republic of Arcadia has adopted a rule on Acme in roads, not yet in force: Arcadia bars "
        "Acme from its roads (from June 2020)."
    )


def test_without_a_rule_the_last_word_is_told_and_old_ones_as_old(tracker_six: Tracker) -> None:
    assert _text(tracker_six, "ARC", "2021-09-01") == (
        "Republic of Arcadia was last heard on Acme in October 2020: Arcadia repeals its order. No "
        "rule that limits Acme is recorded."
    )
    assert _text(tracker_six, "ARC", "2022-10-28").startswith(
        "Republic of Arcadia was last heard on Acme in October 2020, and nothing newer is recorded:"
    )
    assert _text(tracker_six, "BOR", "2020-08-19", "roads").startswith(
        "Kingdom of Boria is open to Acme in roads; last heard in June 2020: Boria plans a ring"
    )


def test_a_weak_word_is_not_the_last_clear_one(folder: Folder) -> None:
    # The plan is doubtful, the king's doubt of May is not.
    assert composed(Tracker(folder.load()), "BOR", date(2023, 1, 1)).text == (
        "The last clear word of Kingdom of Boria on Acme dates from May 2020: Boria's king doubts "
        "Acme's lessons. Since then, June 2020: Boria plans a ring road by Acme; no rule that "
        "limits Acme is recorded."
    )


def test_an_open_case_is_told_as_one(folder: Folder) -> None:
    folder.replace("codebook.toml", "[domains.roads]", "[domains.roads]\nopen_case = true")
    said = _text(Tracker(folder.load()), "ARC", "2020-07-19")
    assert said.startswith("Republic of Arcadia has an open case on Acme: ")
    assert "in force" not in said


def test_a_sentence_has_an_end(folder: Folder) -> None:
    folder.edit("acts", 2, obligation=f"No road may be built by {'Acme and ' * 15}Acme")
    folder.edit("acts", 2, doubt=f"Nobody has {'ever ' * 24}read it")
    tracker = Tracker(folder.load())
    said = _text(tracker, "ARC", "2020-07-19")
    assert said.endswith("Acme. How this rule stands is not certain.")
    folder.edit("events", 4, title=f"Arcadia {'ever ' * 15}repeals")
    said = _text(Tracker(folder.load()), "ARC", "2021-01-01")
    assert len(said) <= MOST_LETTERS
    assert said.endswith("No rule that limits Acme is recorded.")


def test_a_month_is_old_two_years_after_its_end(folder: Folder) -> None:
    folder.edit("events", 4, date_precision="month")
    tracker = Tracker(folder.load())
    assert "nothing newer" not in _text(tracker, "ARC", "2022-10-31")
    assert "nothing newer" in _text(tracker, "ARC", "2022-11-01")


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("No road may be built", "no road may be built"),
        ("Acme may teach", "Acme may teach"),
        ("Arcadia bars Acme", "Arcadia bars Acme"),
        ("A permit lets Acme teach", "a permit lets Acme teach"),
        ("400 days", "400 days"),
    ],
)
def test_a_text_within_a_sentence_keeps_its_names(
    tracker_six: Tracker, text: str, within: str
) -> None:
    assert lowered(tracker_six.data, text) == within


def test_a_doubt_that_a_sentence_leaves_out_stands_beside_it(folder: Folder) -> None:
    folder.edit("acts", 2, doubt="Nobody has read it")
    tracker, day = Tracker(folder.load()), date(2020, 7, 19)
    said = profile(tracker, "ARC", day)
    assert said.act_ids == ("ARC-roads-order",)
    # The program's own sentence says it.
    assert untold_doubt(tracker, said, day) == ""
    silent = said._replace(text="Arcadia limits Acme.")
    why = "In doubt: Roads order: how this rule stands is not certain."
    assert untold_doubt(tracker, silent, day) == why
    assert dated_text(tracker, silent, day) == f"As of 19 July 2020: Arcadia limits Acme. {why}"
    assert why in backing_html(tracker, silent, day, OVERALL)
