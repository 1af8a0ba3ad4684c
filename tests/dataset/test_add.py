"""One event more: what it becomes in the tables, what is refused, and that all is told at once."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

from stances.dataset import schema
from stances.dataset.change import BadEntry
from stances.dataset.entry import read_entry
from stances.dataset.faults import BadInput
from stances.dataset.files import codebook_hash
from tests.dataset.entries import ACT, EVENT, NEW_ID, SOURCE, add, event, text
from tests.folders import SIX, TODAY, Folder
from tests.golden import Golden

# When a coding is given that is added, and by which codebook.
CODED = f"{TODAY},{codebook_hash({'codebook.toml': (SIX / 'codebook.toml').read_bytes()})}"
TABLES = ("events", "sources", "codings", "acts")

RULE_ID = "CAL-bridge-rule"
STEPS = [
    {"deadline": "2022-01-31", "kind": "removal", "part": "core", "what": "The halls"},
    {"deadline": "2022", "kind": "removal", "part": "all", "what": "The rest"},
    {"deadline": "2023", "kind": "lapse", "part": "other", "what": "The grant", "note": "Reported"},
]


def lines(folder: Folder) -> dict[str, list[bytes]]:
    return {name: (folder.path / f"{name}.csv").read_bytes().splitlines() for name in TABLES}


def add_lines(folder: Folder, entry: dict[str, Any], coder: str | None = None) -> dict[str, str]:
    """The lines that adding an entry puts into each table; no other line may move."""
    before = lines(folder)
    add(folder, entry, coder).change.write()
    assert folder.faults() == []
    after = lines(folder)
    new = {name: [line for line in after[name] if line not in before[name]] for name in TABLES}
    for name in TABLES:
        assert [line for line in after[name] if line not in new[name]] == before[name]
        assert len(after[name]) == len(before[name]) + len(new[name])
    return {name: b"\n".join(new[name]).decode() for name in TABLES if new[name]}


def refusal(folder: Folder, entry: dict[str, Any], coder: str | None = None) -> list[str]:
    """Return the faults of an entry that is refused; nothing is written then."""
    before = lines(folder)
    with pytest.raises(BadEntry) as result:
        add(folder, entry, coder)
    assert lines(folder) == before
    return text(result.value)


def test_an_event_brings_its_source_and_its_coding(folder: Folder) -> None:
    assert add_lines(folder, event()) == {
        "events": f"{NEW_ID},BOR,2021-01-05,day,,schools,plan,1,likely,no,"
        '"Boria would let Acme build schools, too",A plan.,School Board,,'
        f"borian-herald-73356e,{TODAY}",
        "sources": "borian-herald-73356e,https://www.herald.example/2021/1?page=2,Borian Herald,"
        '"Boria ""opens"" its schools",2021-01,de,read,paper',
        "codings": f"{NEW_ID},first,1,,{CODED}",
    }


def test_values_of_toml_and_json_are_the_same(folder: Folder) -> None:
    tables = schema.tables(folder.load().codebook, TODAY)
    toml = b"date = 2021-01-05\nscore = -1\nlandmark = true\nnote = ''\n[act]\nscope = ['a', 'b']"
    as_json = {"date": "2021-01-05", "score": -1, "landmark": True, "note": None}
    as_json["act"] = {"scope": ["a", "b"]}
    one = read_entry(toml, "new", tables)
    assert one == read_entry(json.dumps(as_json).encode(), "new", tables)
    assert one.event == {"date": "2021-01-05", "score": "-1", "landmark": "yes", "note": ""}
    assert one.act == {"scope": "a;b"}


def test_an_act_takes_from_the_event_what_it_does_not_say(folder: Folder) -> None:
    new = add_lines(folder, event(act=ACT))
    assert new["acts"] == (
        f"BOR-plan-of-schools,BOR,{NEW_ID},schools,Plan of schools,Schools may be built,"
        f"lessons;streets,named,2021-01,,,,,,,,,,,,likely,,borian-herald-73356e,{TODAY},unknown,,,"
    )


def test_an_act_comes_alone_too(folder: Folder) -> None:
    act = ACT | {"actor": "CAL", "domain": "roads", "confidence": "sure"}
    new = add_lines(folder, {"act": act, "sources": [SOURCE]})
    assert set(new) == {"acts", "sources"}
    assert new["acts"].startswith("CAL-plan-of-schools,CAL,,roads,")


@pytest.mark.parametrize(
    "url", ["https://gazette.example/2020/1/", "http://GAZETTE.example/2020/1#page"]
)
def test_a_known_page_is_used_again(folder: Folder, url: str) -> None:
    entry = event(sources=[{"url": url}, SOURCE])
    assert add(folder, entry).reused == {"sources[1]": "arc-gazette"}
    new = add_lines(folder, entry)
    assert ",arc-gazette;borian-herald-73356e," in new["events"]
    assert len(new["sources"].splitlines()) == 1


@pytest.mark.parametrize("url", [SOURCE["url"], "http://www.herald.example/2021/1/?page=2#end"])
def test_a_page_that_an_entry_names_twice_is_one_source(folder: Folder, url: str) -> None:
    entry = event(sources=[SOURCE, SOURCE | {"url": url, "publisher": "Herald"}])
    assert add(folder, entry).reused == {"sources[2]": "borian-herald-73356e"}
    new = add_lines(folder, entry)
    assert len(new["sources"].splitlines()) == 1
    assert ",borian-herald-73356e," in new["events"]


def test_sources_without_an_address_are_not_one_page(folder: Folder) -> None:
    source = {name: text for name, text in SOURCE.items() if name != "url"}
    faults = refusal(folder, event(sources=[source, source | {"title": "Another"}]))
    assert {"sources[1].url: is missing", "sources[2].url: is missing"} <= set(faults)


def test_known_sources_can_be_named_by_their_ids(folder: Folder) -> None:
    new = add_lines(folder, event(sources=None, source_ids=["arc-daily", "bor-herald"]))
    assert "sources" not in new
    assert ",arc-daily;bor-herald," in new["events"]


def test_sources_named_by_their_ids_are_cited_beside_new_pages(folder: Folder) -> None:
    named = ["arc-daily", "arc-gazette"]
    pages = [SOURCE, {"url": "https://gazette.example/2020/1"}]
    cited = "arc-daily;arc-gazette;borian-herald-73356e"
    new = add_lines(folder, event(sources=pages, source_ids=named, act=ACT))
    assert f",{cited}," in new["events"]
    assert f",{cited}," in new["acts"]


def test_an_act_beside_an_event_may_cite_sources_of_its_own(folder: Folder) -> None:
    new = add_lines(folder, event(act=ACT | {"source_ids": ["arc-daily"]}))
    assert ",borian-herald-73356e," in new["events"]
    assert ",arc-daily," in new["acts"]


def test_an_act_alone_cites_named_sources_and_new_pages(folder: Folder) -> None:
    act = ACT | {"actor": "CAL", "domain": "roads", "confidence": "sure", "source_ids": "cal-notes"}
    assert (
        ",cal-notes;borian-herald-73356e,"
        in add_lines(folder, {"act": act, "sources": [SOURCE]})["acts"]
    )


def test_ids_day_and_tier_can_be_given(folder: Folder) -> None:
    source = SOURCE | {"source_id": "mine", "tier": "copy"}
    entry = event(event_id="BOR-20210105-mine", recorded=date(2022, 5, 1), sources=[source])
    new = add_lines(folder, entry)
    assert new["events"].startswith("BOR-20210105-mine,")
    assert new["events"].endswith(",mine,2022-05-01")
    assert new["sources"].startswith("mine,")
    assert new["sources"].endswith(",copy")


def test_a_tier_that_cannot_be_guessed_may_have_one_that_says_so(folder: Folder) -> None:
    source = SOURCE | {"url": "https://new.example/"}
    folder.replace("codebook.toml", "[tiers]\n", '[tiers]\nunknown = "Not classed"\n')
    assert add_lines(folder, event(sources=[source]))["sources"].endswith(",unknown")


@pytest.mark.parametrize(("coder", "coding"), [("Anna", {}), ("Bert", {"coder": "Anna"})])
def test_a_score_needs_a_coder_the_one_in_the_entry_first(
    folder: Folder, coder: str, coding: dict[str, str]
) -> None:
    new = add_lines(folder, event(coding=coding), coder)
    assert new["codings"] == f"{NEW_ID},Anna,1,,{CODED}"


def test_a_coder_beside_the_entry_is_judged_with_it(folder: Folder) -> None:
    lines = refusal(folder, event(score=9, coding=None), "9$$;")
    assert [line.partition(": ")[0] for line in lines] == ["coding.coder", "score"]
    assert lines[0].startswith("coding.coder: 9$$; is not of ")


@pytest.mark.parametrize(("score", "other"), [(1, -1), (None, 1)])
def test_the_only_coding_is_what_the_event_scores(
    folder: Folder, score: int | None, other: int
) -> None:
    [line] = refusal(folder, event(score=score, coding={"coder": "Anna", "score": other}))
    assert line.startswith(
        f"coding.score: is {other}, but its only coding is what the event scores"
    )
    assert add_lines(folder, event(coding={"coder": "Anna", "score": 1}))["codings"].endswith(
        f"Anna,1,,{CODED}"
    )


def test_context_needs_no_coding_and_takes_one(folder: Folder) -> None:
    assert "codings" not in add_lines(folder, event(score=None, coding=None))
    other = event(score=None, coding=None, title="Boria says nothing of the kind")
    assert add_lines(folder, other, "Anna")["codings"].endswith(f",Anna,,,{CODED}")


def test_the_company_is_not_coded(folder: Folder) -> None:
    entry = event(actor="ACME", score=None, coding=None)
    assert "codings" not in add_lines(folder, entry, "Anna")


def test_every_fault_is_told_at_once_by_the_name_that_was_given(folder: Folder) -> None:
    source = SOURCE | {"url": "ftp://x", "language": None, "checked": "seen", "size": 3}
    entry = event(
        actor="XYZ", date="2021-1-5", score=9, title="a\nb", summary={"a": 1}, speaker=None,
        landmark="maybe", colour="red", sources=[SOURCE, source], coding=None,
        act={"name": "x", "scope": ["moon"], "adopted": datetime(2021, 1, 5)},
    )  # fmt: skip
    lines = refusal(folder, entry)
    assert {line.partition(":")[0] for line in lines} == {
        "actor", "date", "score", "title", "summary", "speaker", "landmark", "colour",
        "sources[2].url", "sources[2].language", "sources[2].checked", "sources[2].size",
        "sources[2].tier", "coding.coder", "act.scope", "act.adopted", "act.obligation", "act.aim",
    }  # fmt: skip
    assert "score: 9 is outside -2..2" in lines
    assert "actor: XYZ is not in actors.csv" in lines
    assert "speaker: is missing" in lines
    assert "sources[2].language: is empty" in lines
    assert len(lines) == len(set(lines))


def test_what_is_wrong_is_told(folder: Folder, golden: Golden) -> None:
    wrong = {
        "nothing": {},
        "sources alone": {"sources": [SOURCE]},
        "sources as a text": event(sources="x"),
        "sources as texts": event(sources=["x"]),
        "an act as a number": event(act=3),
        "no sources": event(sources=None),
        "an unknown source": event(source_ids=["nowhere"]),
        "a long title": event(title="x" * 91),
        "tomorrow": event(date="2023-02-01"),
        "an id that is taken": event(event_id="BOR-20200201-school-permit"),
        "an id of an act that is taken": event(act=ACT | {"act_id": "BOR-school-permit"}),
        "an id of another form": event(event_id="BOR-2021-mine"),
        "an actor by a name": event(actor="Caldonia"),
        "codes by their labels": event(
            domain="Roads", act=ACT | {"scope": ["lesson", "bridges"]}, colors="red", titel="x"
        ),
        "an act of no event": {"act": ACT | {"event_id": "BOR-20200201-school-permits"}},
        "half a letter": event(title="\ud800"),
        "a score between": event(score=1.5),
        "a score that is none": event(score=True),
        "a source twice": event(source_ids=["arc-daily", "arc-daily"]),
        "no coder": event(coding=None),
        "a coder with signs": event(coding={"coder": "9$$;"}),
        "an address that is none": event(sources=[SOURCE | {"url": "https://[x", "tier": "copy"}]),
        "a tier that cannot be guessed": event(sources=[SOURCE | {"url": "https://new.example/"}]),
        "a score of the company": event(actor="ACME"),
        "another coding": event(coding={"coder": "Anna", "score": -1}),
        "an unknown kind of step": event(act=ACT | {"steps": [STEPS[0] | {"kind": "x"}]}),
        "a bare step": event(act=ACT | {"steps": [{"deadline": "2022"}]}),
        "another deadline": event(act=ACT | {"steps": STEPS, "deadline": "2021"}),
        "a step twice": event(act=ACT | {"steps": STEPS[:1] * 2}),
        "used without a use": event(act=ACT | {"applied_since": "2021"}),
        "a profile without a text": event(profile={"as_of": "2021-02-01"}),
        "a figure in a profile": event(profile={"text": "At +2.", "as_of": "2021-02-01"}),
    }
    golden({case: refusal(folder, entry) for case, entry in wrong.items()})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"actor = ", "not valid TOML or JSON: "),
        (b"{", "not valid TOML or JSON: "),
        (b"[" * 5000, "not valid TOML or JSON: "),
        (b"\xff", "the file is not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told(folder: Folder, content: bytes, expected: str) -> None:
    tables = schema.tables(folder.load().codebook, TODAY)
    with pytest.raises(BadEntry) as result:
        read_entry(content, "new", tables)
    assert str(result.value).startswith(f"new: {expected}")


def test_doubles_are_named(folder: Folder) -> None:
    entry = event(date="2020-02-03", title="Boria lets Acme teach in schools")
    assert [each["event_id"] for each in add(folder, entry).doubles] == [
        "BOR-20200201-school-permit"
    ]
    assert add(folder, EVENT).doubles == []


def test_tables_that_changed_meanwhile_are_not_written_over(folder: Folder) -> None:
    change = add(folder, event()).change
    folder.edit("events", 2, note="Another hand")
    before = lines(folder)
    with pytest.raises(BadInput, match=r"events\.csv has changed meanwhile"):
        change.write()
    assert lines(folder) == before


# -- an act with its steps and practice, and profiles -------------------------------------------


def test_an_act_comes_with_its_steps_and_practice(folder: Folder) -> None:
    practice = {"applied": "yes", "applied_what": "A hall was refused", "applied_since": "2021-01"}
    add(folder, event(act=ACT | practice | {"steps": STEPS})).change.write()
    assert folder.faults() == []
    act = next(row for row in folder.rows("acts") if row["name"] == ACT["name"])
    assert practice.items() <= act.items()
    cells = [act[name] for name in ("deadline", "deadline_kind", "deadline_what")]
    assert cells == ["2022", "removal", "The rest"]
    steps = [row for row in folder.rows("deadlines") if row["act_id"] == act["act_id"]]
    assert len(steps) == len(STEPS)
    assert [step["note"] for step in steps if step["kind"] == "lapse"] == ["Reported"]


def test_the_deadline_of_an_act_alone_is_its_only_step(folder: Folder) -> None:
    due = {"deadline": "2022", "deadline_kind": "removal", "deadline_what": "All"}
    made = add(folder, event(act=ACT | due))
    made.change.write()
    assert folder.faults() == []
    assert folder.rows("deadlines")[-1]["act_id"] != made.added[-1]
    [step] = [row for row in folder.rows("deadlines") if row["act_id"] == made.added[-1]]
    assert list(step.values())[1:] == ["2022", "removal", "other", "All", ""]


def test_what_is_left_out_of_practice_and_landmark_is_not_known_and_no(folder: Folder) -> None:
    add(folder, event(landmark=None, act=ACT)).change.write()
    assert folder.faults() == []
    act = next(row for row in folder.rows("acts") if row["name"] == ACT["name"])
    assert [act[name] for name in ("applied", "applied_what", "doubt")] == ["unknown", "", ""]
    result = next(row for row in folder.rows("events") if row["event_id"] == NEW_ID)
    assert result["landmark"] == "no"


def test_a_profile_comes_alone_or_with_an_event(folder: Folder) -> None:
    profile = {"text": "Boria would build.", "as_of": "2021-02-01", "event_ids": [NEW_ID]}
    made = add(folder, event(profile=profile))
    assert made.added[-1] == "BOR@2021-02-01"
    made.change.write()
    rule = {"actor": "CAL", "text": "Bridges go.", "as_of": "2022-12-31", "act_ids": RULE_ID}
    add(folder, {"profile": rule}).change.write()
    assert folder.faults() == []
    assert len(folder.load().profiles) == 4


def test_an_older_folder_gets_the_columns_that_it_lacks(folder: Folder) -> None:
    folder.cut("acts", 4)
    folder.cut("actors", 1)
    for table in schema.LATER_TABLES:
        (folder.path / f"{table}.csv").unlink()
    due = {"deadline": "2022", "deadline_kind": "removal", "deadline_what": "All"}
    add(folder, event(act=ACT | due)).change.write()
    assert folder.faults() == []
    acts = folder.rows("acts")
    assert {row["applied"] for row in acts[1:]} == {"unknown"}
    assert not (folder.path / "deadlines.csv").exists()
    rule = {"actor": "CAL", "text": "Bridges go.", "as_of": "2022-12-31", "act_ids": RULE_ID}
    add(folder, {"profile": rule}).change.write()
    assert [row["actor"] for row in folder.rows("profiles")[1:]] == ["CAL"]
