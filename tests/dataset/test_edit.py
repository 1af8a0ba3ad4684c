"""A row corrected: what it says, when, by whom, and why."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from stances.dataset import schema
from stances.dataset.change import BadEntry
from stances.dataset.changelog import CHANGELOG
from stances.dataset.edit import correction, corrections
from stances.dataset.entry import entry_of
from stances.dataset.faults import BadInput
from tests.folders import TODAY, Folder
from tests.golden import Golden

EVENT, RULE = "BOR-20200511-teachers-doubt", "CAL-bridge-rule"


def correct(
    folder: Folder,
    row_id: str,
    why: str = "The minutes say so.",
    coder: str | None = "Maria K",
    **cells: str,
) -> None:
    correction(folder.start(), row_id, cells, why, coder).write()
    assert folder.faults() == []


def row(folder: Folder, table: str, row_id: str) -> dict[str, str]:
    [result] = [row for row in folder.rows(table) if row_id in row.values()]
    return result


def codings(folder: Folder) -> dict[str, tuple[str, str]]:
    rows = [row for row in folder.rows("codings") if row["event_id"] == EVENT]
    return {row["coder"]: (row["score"], row["why"]) for row in rows}


def test_a_cell_is_corrected_and_the_row_recorded_today(folder: Folder) -> None:
    before = row(folder, "events", EVENT)
    correct(folder, EVENT, speaker="The King, in council", note="")
    expected = before | {"speaker": "The King, in council", "recorded": str(TODAY)}
    assert row(folder, "events", EVENT) == expected
    assert [*codings(folder)] == ["first", "A", "B"]


def test_a_score_gets_the_coding_of_its_reviewer_beside_those_of_others(folder: Folder) -> None:
    correct(folder, EVENT, score="-2", why='He said "never"')
    assert row(folder, "events", EVENT)["score"] == "-2"
    assert codings(folder)["review Maria K"] == ("-2", 'He said "never"')
    correct(folder, EVENT, score="", why="It was a guest", coder="Jo")
    assert [*codings(folder)] == ["first", "A", "B", "review Maria K", "review Jo"]
    assert codings(folder)["review Maria K"] == ("-2", 'He said "never"')
    assert codings(folder)["review Jo"] == ("", "It was a guest")


def test_a_review_says_when_and_by_which_codebook_and_the_rest_does_not(folder: Folder) -> None:
    folder.cut("codings", 2)
    assert folder.load().schema_version == schema.UNDATED_VERSION
    correct(folder, EVENT, score="-2")
    book = hashlib.sha256((folder.path / "codebook.toml").read_bytes()).hexdigest()
    dated = {
        each["coder"]: (each["recorded"], each["codebook"]) for each in folder.rows("codings")[1:]
    }
    assert dated.pop("review Maria K") == (str(TODAY), book[:8])
    assert {*dated.values()} == {("", "")}
    assert folder.load().schema_version == schema.SCHEMA_VERSION
    folder.edit("codings", 2, codebook="newest")
    assert folder.faults()


def test_a_score_is_not_corrected_by_nobody(folder: Folder) -> None:
    with pytest.raises(BadEntry, match=r"coding\.coder: is missing.*--coder"):
        correct(folder, EVENT, score="-2", coder=None)


def test_the_changelog_says_what_and_why(folder: Folder) -> None:
    correct(folder, EVENT, score="-2", date="2020-05-12")
    text = (folder.path / CHANGELOG).read_text(encoding="utf-8")
    assert "## Next release\n" in text
    expected = f"- `{EVENT}`: score -1 to -2, date 2020-05-11 to 2020-05-12. The minutes say so.\n"
    assert expected in text


def test_an_id_stays_when_the_date_is_corrected(folder: Folder) -> None:
    correct(folder, EVENT, date="2020-05-12")
    assert row(folder, "events", EVENT)["date"] == "2020-05-12"


def test_sources_and_acts_are_corrected_too(folder: Folder) -> None:
    correct(folder, "arc-daily", tier="copy")
    assert row(folder, "sources", "http://daily.example/acme?page=2")["tier"] == "copy"
    correct(folder, "ARC-roads-order", penalty="A fine")
    act = [row for row in folder.rows("acts") if row["act_id"] == "ARC-roads-order"]
    assert [(each["penalty"], each["recorded"]) for each in act] == [("A fine", str(TODAY))]


def test_what_changes_nothing_is_refused(folder: Folder, golden: Golden) -> None:
    data, cases = folder.load(), {}
    wrong: dict[str, tuple[str, dict[str, str]]] = {
        "no id": ("nobody", {"score": "1"}),
        "an id with a slip": (EVENT.replace("doubt", "doubts"), {"score": "1"}),
        "the same score": (EVENT, {"score": "-1"}),
        "no cell": (EVENT, {}),
        # An act that would leave its steps.
        "another deadline": (RULE, {"deadline": "2024"}),
    }
    for case, (row_id, cells) in wrong.items():
        with pytest.raises((BadEntry, BadInput)) as result:
            correction(data, row_id, cells, "Why")
        cases[case] = str(result.value)
    golden(cases)


def test_every_fault_is_told_at_once(folder: Folder) -> None:
    cells = {
        "score": "9",
        "actor": "XYZ",
        "colour": "red",
        "event_id": "x",
        "recorded": "2020-01-01",
    }
    with pytest.raises(BadEntry) as result:
        correction(folder.load(), EVENT, cells, "two\nlines", "Jo")
    lines = [line.removeprefix(f"{EVENT}: ") for line in str(result.value).splitlines()]
    assert {line.partition(":")[0] for line in lines} == {*cells, "why"}
    assert "score: 9 is outside -2..2" in lines
    refused = [line for line in lines if "cannot be corrected; allowed are: actor, date," in line]
    assert [line.partition(":")[0] for line in refused] == ["colour", "event_id", "recorded"]


# -- an act with its steps and practice, and profiles -------------------------------------------


def refill(
    folder: Folder,
    answers: dict[str, Any],
    why: str = "The minutes say so.",
    coder: str | None = None,
) -> None:
    data = folder.load()
    entry = entry_of(answers, "act.toml", schema.tables(data.codebook, data.today))
    corrections(data, entry, "act.toml", why, coder).write()
    assert folder.faults() == []


def refusal(folder: Folder, entry: dict[str, Any]) -> list[str]:
    with pytest.raises((BadEntry, BadInput)) as result:
        refill(folder, entry)
    return str(result.value).splitlines()


def deadline(folder: Folder, act_id: str) -> tuple[str, str, str]:
    act = row(folder, "acts", act_id)
    return act["deadline"], act["deadline_kind"], act["deadline_what"]


def steps(folder: Folder, act_id: str) -> list[tuple[str, ...]]:
    rows = [each for each in folder.rows("deadlines") if each["act_id"] == act_id]
    return [(each["deadline"], each["kind"], each["part"], each["what"]) for each in rows]


def test_an_act_follows_its_step(folder: Folder) -> None:
    correct(folder, f"{RULE}/2022/other/removal", deadline="2022-06-30")
    assert deadline(folder, RULE) == ("2022-06-30", "removal", "The last such bridge")
    assert row(folder, "acts", RULE)["recorded"] == str(TODAY)
    correct(folder, f"{RULE}/2022-06-30/other/removal", what="The last bridge of all")
    assert deadline(folder, RULE) == ("2022-06-30", "removal", "The last bridge of all")
    correct(folder, f"{RULE}/2021-09/core/removal", deadline="2022-12-31")
    assert deadline(folder, RULE) == ("2022-12-31", "removal", "Bridges over water")
    text = (folder.path / CHANGELOG).read_text(encoding="utf-8")
    assert f"- `{RULE}/2022/other/removal`: deadline 2022 to 2022-06-30. The minutes" in text


def test_what_an_act_says_in_words_of_its_own_stays(folder: Folder) -> None:
    correct(folder, RULE, deadline_what="The last one")
    correct(folder, f"{RULE}/2022/other/removal", what="The last bridge of all")
    assert deadline(folder, RULE) == ("2022", "removal", "The last one")


def test_the_only_step_follows_its_act(folder: Folder) -> None:
    correct(folder, "BOR-school-permit", deadline="2021-04-01")
    assert steps(folder, "BOR-school-permit") == [
        ("2021-04-01", "lapse", "all", "The permit runs out")
    ]
    assert deadline(folder, "BOR-school-permit") == ("2021-04-01", "lapse", "The permit runs out")


def test_an_act_is_corrected_with_steps_and_practice_in_one_file(folder: Folder) -> None:
    later = {"deadline": "2024", "kind": "removal", "part": "all", "what": "Every bridge"}
    cells = {"deadline": "2021-09", "kind": "removal", "part": "core", "what": "Bridges over water"}
    practice = {"applied": "yes", "applied_what": "Nine bridges are gone", "applied_since": "2021"}
    refill(folder, {"act": {"act_id": RULE, **practice, "steps": [later, cells]}})
    assert deadline(folder, RULE) == ("2024", "removal", "Every bridge")
    assert sorted(steps(folder, RULE)) == [tuple(cells.values()), tuple(later.values())]
    assert practice.items() <= row(folder, "acts", RULE).items()
    text = (folder.path / CHANGELOG).read_text(encoding="utf-8")
    assert f"- `{RULE}`: " in text
    assert "applied unknown to yes" in text
    refill(folder, {"act": {"act_id": RULE, "steps": []}})
    assert (deadline(folder, RULE), steps(folder, RULE)) == (("", "", ""), [])


def test_a_profile_is_corrected(folder: Folder) -> None:
    correct(folder, "CAL@2021-08-01", text="Caldon takes its bridges down.")
    result = row(folder, "profiles", "CAL")
    assert (result["text"], result["recorded"]) == ("Caldon takes its bridges down.", str(TODAY))
    entry = {"actor": "CAL", "as_of": "2021-08-01", "text": "It does so."}
    refill(folder, {"profile": entry})
    assert row(folder, "profiles", "CAL")["text"] == "It does so."


def test_an_event_is_corrected_by_a_file(folder: Folder) -> None:
    refill(folder, {"event_id": EVENT, "score": -2}, coder="Jo")
    assert codings(folder)["review Jo"] == ("-2", "The minutes say so.")


def test_what_is_wrong_in_a_file_is_told_by_its_name(folder: Folder, golden: Golden) -> None:
    profile = {"actor": "CAL", "as_of": "2021-08-01", "act_ids": ["BOR-school-permit"]}
    wrong = {
        "a day that is not given": {"act": {"act_id": RULE, "recorded": "2020-01-01"}},
        "no act": {"act": {"act_id": "CAL-no"}},
        "the same name": {"act": {"act_id": RULE, "name": "Bridge rule"}},
        "an early step": {
            "act": {"act_id": RULE, "steps": [{"deadline": "2019", "kind": "removal"}]}
        },
        "an unknown column": {"act": {"act_id": RULE, "steps": [{"date": "2019"}]}},
        "steps as a number": {"act": {"act_id": RULE, "steps": 3}},
        "a coding": {"event_id": EVENT, "coding": {"score": 1}},
        "a profile of no day": {"profile": {"actor": "CAL"}},
        "an act of another": {"profile": profile},
    }
    golden({case: refusal(folder, entry) for case, entry in wrong.items()})
