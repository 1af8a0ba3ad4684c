"""The sentence of an actor: the written one where it holds, else that of the program."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from stances.answers.profile import author_note, dated_text, profile, rests_on
from stances.answers.sentence import MOST_LETTERS, compose, lower_start, untold_doubt
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.markup.binds import backing_html
from stances.model.settings import Settings
from tests.folders import Folder
from tests.golden import Golden


def _text(tracker: Tracker, actor: str, day: str, domain: str = "overall") -> str:
    return profile(tracker, actor, date.fromisoformat(day), domain).text


def test_the_written_sentence_stands_where_it_holds(tracker_six: Tracker) -> None:
    sentence = profile(tracker_six, "BOR", date(2021, 4, 15))
    assert sentence.written
    assert sentence.text.startswith("Boria let Acme teach in its schools until March 2021;")
    assert rests_on(tracker_six, sentence) == [
        ("act", "BOR-school-permit", "School permit"),
        ("event", "BOR-20200601-ring-road-plan", "Boria plans a ring road by Acme"),
    ]
    assert sentence.source.source_id == "bor-herald"
    assert not profile(tracker_six, "BOR", date(2021, 3, 31)).written
    # Of two sources the one of the better tier.
    assert profile(tracker_six, "CAL", date(2021, 8, 15)).source.source_id == "arc-daily"


@pytest.mark.parametrize(
    ("text", "backs"),
    [
        # Its month is named first, though the register stands before the events.
        ("Boria planned a ring road in June 2020 under a permit of 2020.", "Boria plans a ring"),
        ("Boria has had a permit since 2020, and planned a road in June 2020.", "School permit"),
        ("Boria has a permit, and a plan.", "School permit"),
    ],
)
def test_a_written_sentence_is_backed_where_it_begins(
    folder: Folder, text: str, backs: str
) -> None:
    folder.edit("profiles", 2, text=text)
    sentence = profile(Tracker(folder.load()), "BOR", date(2021, 4, 15))
    assert sentence.backs.startswith(backs)


def test_a_domain_a_basis_and_own_settings_have_the_sentence_of_the_program(
    tracker_six: Tracker,
) -> None:
    day, data = date(2021, 4, 15), tracker_six.data
    assert not profile(tracker_six, "BOR", day, "schools").written
    assert not profile(Tracker(data, basis="acts"), "BOR", day).written
    own = Tracker(data, replace(Settings.from_codebook(data.codebook), binding_weight=3.0))
    assert not profile(own, "BOR", day).written


def test_a_sentence_says_who_made_it_and_of_which_day_it_is(
    folder: Folder, golden: Golden, tracker_six: Tracker
) -> None:
    folder.replace("about.toml", "[licence]", "covered_to = 2020-07-01\n[licence]")
    folder.replace("about.toml", "[dashboard]", '[texts]\nprofiles = "By hand"\n[dashboard]')
    short, day = Tracker(folder.load()), date(2020, 7, 19)
    sentence, beyond = profile(tracker_six, "ARC", day), profile(short, "ARC", day)
    within = profile(short, "ARC", date(2020, 7, 1))
    assert within.headline == within.text
    written = profile(short, "BOR", date(2021, 4, 15))
    cases = {
        "by the program": author_note(tracker_six, sentence),
        "by hand": author_note(short, written),
        "with its day": dated_text(tracker_six, sentence, day),
        "beyond the reach of the data": [dated_text(short, beyond, day), beyond.headline],
    }
    golden(cases)


def test_a_rule_is_told_with_what_was_said_since(tracker_six: Tracker) -> None:
    sentence = profile(tracker_six, "ARC", date(2020, 7, 19))
    assert sentence.act_ids == ("ARC-roads-order",)
    assert sentence.event_ids == ("ARC-20200101-roads-order", "ARC-20200410-minister-worried")
    assert sentence.source.source_id == "arc-gazette"


def test_a_power_is_told_by_its_use(folder: Folder, golden: Golden) -> None:
    uses = {
        "used": {"applied": "yes", "applied_since": "2020-02"},
        "used later": {"applied": "yes", "applied_since": "2020-09"},
        "not used": {"applied": "no", "applied_since": ""},
        "eased": {"applied": "eased", "applied_since": "2020-02"},
        "not known": {"applied": "unknown", "applied_since": "", "applied_what": ""},
    }
    cases = {}
    for case, cells in uses.items():
        folder.edit("acts", 2, **cells)
        cases[case] = _text(Tracker(folder.load()), "ARC", "2020-07-19")
    golden(cases)


def test_a_mild_rule_is_told_by_whether_it_names_the_subject(
    folder: Folder, golden: Golden
) -> None:
    folder.edit("events", 2, score="-1")
    cells = {"applied": "unknown", "applied_what": "", "applied_since": ""}
    rules = {
        "that names it": {**cells, "obligation": "No road may be built by Acme"},
        "that does not": {**cells, "obligation": "No road may be built by large firms"},
        "that does not, used on it": {"applied": "yes", "applied_since": "2020-02"},
    }
    cases = {}
    for case, changed in rules.items():
        folder.edit("acts", 2, **changed)
        cases[case] = _text(Tracker(folder.load()), "ARC", "2020-07-19")
    golden(cases)


def test_what_was_used_against_it_is_not_told_as_a_favour(folder: Folder, golden: Golden) -> None:
    folder.edit("acts", 3, applied="eased", applied_since="2020-03")
    sentence = compose(Tracker(folder.load()), "BOR", date(2020, 12, 1))
    assert (sentence.act_ids, sentence.event_ids[0]) == ((), "BOR-20200201-school-permit")
    golden({"by its event": sentence.text})


def test_where_else_a_rule_limits_is_told_with_its_doubt(folder: Folder, golden: Golden) -> None:
    folder.add("events", 2, event_id="ARC-20200102-school-order", domain="schools")
    used = {"applied": "yes", "applied_since": "2020-02"}
    folder.edit("acts", 2, **used)
    line = folder.add(
        "acts", 2, act_id="ARC-school-order", event_id="ARC-20200102-school-order",
        domain="schools", name="School order", ended="", ended_how="", ended_by="", **used,
    )  # fmt: skip
    cases = {"sure": _text(Tracker(folder.load()), "ARC", "2020-07-19")}
    folder.edit("acts", line, doubt="Nobody has read it")
    cases["in doubt"] = _text(Tracker(folder.load()), "ARC", "2020-07-19")
    folder.edit("acts", line, doubt="", applied="eased")
    cases["eased since"] = _text(Tracker(folder.load()), "ARC", "2020-07-19")
    golden(cases)


def test_what_is_known_later_is_not_told_as_of_the_day(folder: Folder, golden: Golden) -> None:
    # Nothing of Arcadia comes after the day, and what is known of its order is of a year later.
    folder.replace("about.toml", "[licence]", "covered_to = 2021-12-31\n[licence]")
    used = {"applied": "yes", "applied_what": "A road was kept free", "applied_since": "2020-02"}
    folder.edit("acts", 2, ended="", ended_how="", ended_by="", doubt="Unread", **used)
    folder.edit("events", 4, date="2020-03-01", instrument="order", score="-2")
    tracker = Tracker(folder.load())
    golden({day: _text(tracker, "ARC", day) for day in ("2020-12-01", "2021-12-31")})


def test_what_was_done_is_no_word(folder: Folder, golden: Golden) -> None:
    # The repeal is the last on firm ground; a visit of no score is newer.
    folder.add("events", 4, event_id="ARC-20201102-visit", date="2020-11-02", score="")
    golden({"a step": compose(Tracker(folder.load()), "ARC", date(2020, 12, 1)).text})


def test_a_rule_that_a_later_act_set_aside_limits_nobody(folder: Folder, golden: Golden) -> None:
    # In force by the register still, as one that a court stays is.
    folder.edit("acts", 2, ended="", ended_how="", ended_by="")
    tracker = Tracker(folder.load())
    golden({day: _text(tracker, "ARC", day) for day in ("2020-07-19", "2020-12-01")})


def test_a_rule_at_the_end_of_the_scale_is_told_so_unless_it_is_in_doubt(
    folder: Folder, golden: Golden
) -> None:
    folder.replace("codebook.toml", "restricting = -2", "restricting = -1")
    sure = _text(Tracker(folder.load()), "ARC", "2020-07-19")
    folder.edit("acts", 2, doubt="Nobody has read it")
    doubted = _text(Tracker(folder.load()), "ARC", "2020-07-19")
    folder.replace("codebook.toml", "[domains.roads]", "[domains.roads]\nopen_case = true")
    case = _text(Tracker(folder.load()), "ARC", "2020-07-19")
    golden({"sure": sure, "in doubt": doubted, "an open case, in doubt": case})


def test_obligations_within_a_sentence(folder: Folder, golden: Golden) -> None:
    # What came after is not told of an earlier day; what had to be done must be until its day.
    obligations = {
        "with what came after": "No road; since 2021 no bridge either may be built by Acme",
        "two past days": "Acme had to go by end 2019 and had to pay by 18 July 2020",
        "its own day": "Acme had to go by 19 July 2020; all may pay",
        "the end of its month": "Acme had to go by the end of July 2020",
        "no day": "Roads had to be kept free of Acme",
        "ended since": "Towns could buy nothing of Acme and were to list it; no road was allowed",
    }
    cases = {}
    for case, obligation in obligations.items():
        folder.edit("acts", 2, obligation=obligation)
        cases[case] = _text(Tracker(folder.load()), "ARC", "2020-07-19")
    golden(cases)


def test_a_rule_of_later_is_something_newer(folder: Folder, golden: Golden) -> None:
    # The repeal of October 2020 is the last event; a law on all alike came after it.
    law = {"act_id": "ARC-law-on-all", "event_id": "", "ended": "", "ended_how": "", "ended_by": ""}
    folder.add("acts", 2, adopted="2020-11", in_force_from="2021-02", **law)
    cases = {"a law on all": _text(Tracker(folder.load()), "ARC", "2022-11-01")}
    # Of another field it is not newer.
    folder.edit("acts", 5, domain="schools")
    cases["of another field"] = _text(Tracker(folder.load()), "ARC", "2022-11-01", "roads")
    golden(cases)


def test_of_one_field_no_rule_is_told_there_and_of_cases_none_that_is_open(
    folder: Folder, golden: Golden
) -> None:
    # Arcadia's order of the roads limits Acme; of its schools it has only spoken.
    folder.edit("events", 3, domain="schools")
    cases = {"a rule elsewhere": _text(Tracker(folder.load()), "ARC", "2020-07-19", "schools")}
    folder.replace("codebook.toml", "[domains.schools]", "[domains.schools]\nopen_case = true")
    cases["of cases"] = _text(Tracker(folder.load()), "ARC", "2020-07-19", "schools")
    golden(cases)


def test_sentences_of_the_program(golden: Golden, tracker_six: Tracker) -> None:
    unscored = compose(tracker_six, "CAL", date(2021, 8, 1))
    assert (unscored.act_ids, unscored.event_ids, unscored.source) == ((), (), None)
    cases = {
        "doubt, practice and the next date": _text(tracker_six, "BOR", "2020-12-01"),
        "the last date has passed": compose(tracker_six, "BOR", date(2021, 4, 15)).text,
        # A rule that is not scored bears on nothing.
        "nothing recorded": unscored.text,
        "nothing recorded yet": _text(tracker_six, "ARC", "2019-06-01"),
        "without a rule": _text(tracker_six, "ARC", "2021-09-01"),
        "without a rule, old": _text(tracker_six, "ARC", "2022-10-28"),
        "without a rule in a domain": _text(tracker_six, "BOR", "2020-08-19", "roads"),
        # The plan is doubtful, the king's doubt of May is not.
        "a weak word after a clear one": compose(tracker_six, "BOR", date(2023, 1, 1)).text,
    }
    golden(cases)


def test_what_is_newest_is_told_though_it_is_no_clear_word(folder: Folder, golden: Golden) -> None:
    folder.add("events", 2, event_id="ARC-20190501-visit", date="2019-05-01", score="")
    folder.add("events", 6, event_id="BOR-20200602-doubt", date="2020-06-02", title="A doubt")
    folder.add("events", 7, event_id="BOR-20200603-plan", date="2020-06-03", title="A plan")
    tracker = Tracker(folder.load())
    golden(
        {
            "context alone": _text(tracker, "ARC", "2019-06-01"),
            "in one month": compose(tracker, "BOR", date(2023, 1, 1)).text,
        }
    )


def test_of_what_came_after_a_clear_word_a_report_that_counts_is_told_before_one_that_does_not(
    folder: Folder, golden: Golden
) -> None:
    folder.add("events", 7, event_id="BOR-20200701-visit", date="2020-07-01", score="")
    sentence = compose(Tracker(folder.load()), "BOR", date(2023, 1, 1))
    assert sentence.event_ids[1] == "BOR-20200601-ring-road-plan"
    golden({"a weak plan, then a visit": sentence.text})


def test_an_order_in_time_that_is_not_known_is_not_told(folder: Folder, golden: Golden) -> None:
    year = {"date": "2020-01-01", "date_precision": "year"}
    earlier = {
        "by its year": year,
        "by the month of the last": {"date": "2020-10-01", "date_precision": "month"},
        "on the day of the last": {"date": "2020-10-27", "date_precision": "day"},
        "on a day before, of its month": {"date": "2020-10-05", "date_precision": "day"},
        "by an earlier year": {"date": "2019-01-01", "date_precision": "year"},
    }
    cases = {}
    folder.edit("events", 2, date="2018-12-01")
    for case, cells in earlier.items():
        folder.edit("events", 3, **cells)
        cases[case] = _text(Tracker(folder.load()), "ARC", "2021-09-01")
    for line in (3, 4):
        folder.edit("events", line, **year)
    cases["both by one year"] = _text(Tracker(folder.load()), "ARC", "2021-09-01")
    folder.edit("events", 5, date="2019-02-01")
    folder.edit("events", 6, **year)
    cases["later than a year"] = compose(Tracker(folder.load()), "BOR", date(2023, 1, 1)).text
    golden(cases)


def test_a_rule_to_come_is_told_as_one(folder: Folder, golden: Golden) -> None:
    folder.edit("acts", 2, in_force_from="2020-06-01")
    known = _text(Tracker(folder.load()), "ARC", "2020-05-31")
    folder.edit("acts", 2, obligation="No road may be built, since 2021 by nobody")
    later = _text(Tracker(folder.load()), "ARC", "2020-05-31")
    folder.edit("acts", 2, name="Road rules", obligation="No builder may build alone")
    folder.edit("acts", 2, applied="unknown", applied_what="", applied_since="")
    nobody = _text(Tracker(folder.load()), "ARC", "2020-05-31")
    golden({"to come": known, "later words": later, "it names nobody": nobody})


def test_a_sentence_has_an_end(folder: Folder, golden: Golden) -> None:
    folder.edit("acts", 2, obligation=f"No road may be built by {'Acme and ' * 15}Acme")
    folder.edit("acts", 2, doubt=f"Nobody has {'ever ' * 24}read it")
    long = _text(Tracker(folder.load()), "ARC", "2020-07-19")
    folder.edit("events", 4, title=f"Arcadia {'ever ' * 15}repeals")
    sentence = _text(Tracker(folder.load()), "ARC", "2021-01-01")
    assert len(sentence) <= MOST_LETTERS
    golden({"a long rule and doubt": long, "a long title": sentence})


def test_a_month_is_old_two_years_after_its_end(folder: Folder, golden: Golden) -> None:
    folder.edit("events", 4, date_precision="month")
    tracker = Tracker(folder.load())
    golden({day: _text(tracker, "ARC", day) for day in ("2022-10-31", "2022-11-01")})


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
    assert lower_start(tracker_six.data, text) == within


def test_a_doubt_that_a_sentence_leaves_out_stands_beside_it(
    folder: Folder, golden: Golden
) -> None:
    folder.edit("acts", 2, doubt="Nobody has read it")
    tracker, day = Tracker(folder.load()), date(2020, 7, 19)
    sentence = profile(tracker, "ARC", day)
    assert sentence.act_ids == ("ARC-roads-order",)
    # The program's own sentence says it.
    assert untold_doubt(tracker, sentence, day) == ""
    silent = sentence._replace(text="Arcadia limits Acme.")
    why = untold_doubt(tracker, silent, day)
    assert why in backing_html(tracker, silent, day, OVERALL)
    golden({"beside": why, "with its day": dated_text(tracker, silent, day)})
