"""Rows added and corrected: what is made of them, what is refused, and that all or nothing lies."""

from __future__ import annotations

import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from stances.__main__ import main
from stances.dataset import schema
from stances.dataset.faults import BadInput, DataFaults
from stances.dataset.load import Dataset, load
from stances.dataset.profiles import profile_terms
from stances.dataset.write import BadEntry, Change, slug
from tests.conftest import TODAY

EVENT = """
actor = "CAL"
date = 2022-05-10
date_precision = "day"
domain = "roads"
instrument = "order"
score = -2
confidence = "sure"
title = "Caldon closes the roads to Acme"
summary = "A rule closes them."
speaker = "Ministry of Roads"
"""
SOURCE = """
[[sources]]
url = "https://www.gazette.example/2022/7"
publisher = "Caldon Gazette"
title = "Order 7"
published = "2022-05"
language = "en"
checked = "read"
tier = "gazette"
"""
ACT = """
[act]
name = "Order 7"
obligation = "Acme must leave the roads"
scope = ["streets", "bridges"]
aim = "named"
adopted = "2022-05-10"
applied = "yes"
applied_since = "2022-06"
[[act.steps]]
deadline = "2025"
kind = "removal"
part = "core"
what = "The last road"
[[act.steps]]
deadline = "2026-06-30"
kind = "lapse"
part = "other"
what = "A grant ends"
"""
COLUMNS = {column.name: column for column in schema.tables()["codings"].columns}
ID = "CAL-20220510-caldon-closes-the-roads-to-acme"


def changed(folder: Path, why: str = "", coder: str = "") -> Change:
    return Change(load(folder, TODAY), why, coder)


def add(folder: Path, text: str, coder: str = "Kim") -> Change:
    change = changed(folder, coder=coder)
    change.take(text.encode(), "new.toml")
    return change


def refused(change: Change) -> list[str]:
    with pytest.raises(BadEntry) as faults:
        change.judged()
    return [str(fault) for fault in faults.value.faults]


def test_an_event_with_source_coding_and_act(folder: Path) -> None:
    change = add(folder, EVENT + SOURCE + ACT)
    after = change.judged()
    event = after.events.set_index("event_id").loc[ID]
    assert (event["score"], event["recorded"].date(), event["landmark"]) == (-2, TODAY, False)
    _, row = change.find(ID)
    assert row["added"] == TODAY.isoformat()
    source = after.sources.set_index("source_id").loc[event["source_ids"]]
    assert source["publisher"] == "Caldon Gazette" and source["published"] == "2022-05"
    coding = after.codings.set_index("event_id").loc[ID]
    assert (coding["coder"], coding["score"]) == ("Kim", -2) and len(coding["codebook"]) == 8
    act = after.acts.set_index("act_id").loc["CAL-order-7"]
    assert (act["event_id"], act["domain"], act["scope"]) == (ID, "roads", "streets;bridges")
    # Of the leading kind, though another step comes after it.
    assert (act["deadline"], act["deadline_kind"]) == ("2025", "removal")
    assert len(after.deadlines) == 6


def test_later_columns_come_with_the_first_row_that_has_more_in_them(folder: Path) -> None:
    path = folder / "sources.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    assert header.endswith("tier")
    add(folder, EVENT + SOURCE).write()
    assert {header, *rows} < set(path.read_text(encoding="utf-8").splitlines())
    copied = changed(folder, why="It was there")
    copied.edit("arc-daily", {"archived": "https://copies.example/1"})
    assert copied.diff().count("\n-arc-daily,") == copied.diff().count("\n+arc-daily,") == 1
    copied.write()
    header, *_ = path.read_text(encoding="utf-8").splitlines()
    assert header.endswith("tier,archived")


def test_it_is_written_and_no_other_row_changes_by_a_byte(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    change = add(folder, EVENT + SOURCE)
    assert change.judged().version != load(folder, TODAY).version
    change.write()
    for name in ("events.csv", "sources.csv", "codings.csv"):
        head, *rows = (folder / name).read_bytes().splitlines()
        old_head, *old_rows = before[name].splitlines()
        # A column that the file had not yet is empty in them.
        assert head.startswith(old_head)
        new_cells = b"," * (head.count(b",") - old_head.count(b","))
        assert {row + new_cells for row in old_rows} < set(rows)
        assert len(rows) == len(old_rows) + 1
    assert {path.name for path in folder.glob("[!.]*")} == set(before)
    assert (folder / "acts.csv").read_bytes() == before["acts.csv"]
    assert ID in change.diff()


def test_a_page_that_is_known_is_cited(folder: Path) -> None:
    known = load(folder, TODAY).sources.iloc[0]
    again = known["url"].replace("https://", "http://") + "/#part"
    change = add(folder, EVENT + SOURCE.replace("https://www.gazette.example/2022/7", again))
    after = change.judged()
    assert len(after.sources) == 4 and known["source_id"] in change.notes[0]
    assert after.events.set_index("event_id").loc[ID, "source_ids"] == known["source_id"]


def test_ids_are_made_once_and_doubles_are_noted(folder: Path) -> None:
    add(folder, EVENT + SOURCE).write()
    change = add(folder, EVENT + SOURCE)
    after = change.judged()
    assert {ID, f"{ID}-2"} <= set(after.events["event_id"])
    assert f"may double {ID}" in change.notes


def test_an_act_comes_alone_and_so_does_a_profile(folder: Path) -> None:
    alone = 'actor = "CAL"\ndomain = "roads"\nconfidence = "sure"\nsource_ids = ["arc-daily"]\n'
    after = add(folder, ACT.replace("[act]\n", "[act]\n" + alone)).judged()
    assert after.acts.set_index("act_id").loc["CAL-order-7", "event_id"] == ""
    text = '[profile]\nactor = "ARC"\nas_of = 2023-01-01\ntext = "It did."\n'
    text += 'act_ids = ["ARC-roads-order"]'
    assert len(add(folder, text).judged().profiles) == 3


def test_every_fault_is_told_by_where_it_was_given(folder: Path) -> None:
    text = EVENT.replace('"roads"', '"road"').replace("score = -2", "score = 5") + SOURCE
    text = text.replace('language = "en"', 'langauge = "en"').replace("speaker", "speakers")
    text = text.replace('"day"', "true")
    told = refused(add(folder, text, coder=""))
    for message in (
        "new.toml: domain: road is not one of: roads, schools; did you mean roads?",
        "new.toml: date_precision: yes is not one of: day, month, year",
        "new.toml: score: 5 is outside -2..2",
        "new.toml: sources[1].langauge: langauge is not one of: source_id, url",
        "new.toml: sources[1].language: is missing: Language of the page",
        "new.toml: speaker: is missing: Person or body that acted",
        "new.toml: coding.coder: is missing: Who coded it",
    ):
        assert any(text.startswith(message) for text in told), (message, told)


def test_what_comes_of_an_entry_is_told_by_the_lines_as_they_would_be(folder: Path) -> None:
    told = refused(add(folder, EVENT.replace('"CAL"', '"CAT"') + SOURCE))
    assert told == [
        f"{folder}/events.csv:8 actor: CAT is not in actors.csv; did you mean CAL?",
    ]


def test_a_text_that_is_no_toml_is_refused(folder: Path) -> None:
    with pytest.raises(DataFaults, match=r"new.toml: not valid TOML"):
        add(folder, "actor =")
    for text in ('act = "x"', 'act.steps = "x"', "profile = 1", "sources = 3", "coding = [1]"):
        assert any(" must be a table" in line for line in refused(add(folder, text))), text


def test_an_entry_can_be_put_as_it_would_be_parsed(folder: Path) -> None:
    entry = tomllib.loads(EVENT + SOURCE + ACT)
    written = changed(folder, coder="Kim")
    written.put(entry)
    assert written.after() == add(folder, EVENT + SOURCE + ACT).after()
    assert entry == tomllib.loads(EVENT + SOURCE + ACT), "it stays what it was"


def test_an_actor_comes_alone(folder: Path) -> None:
    text = '[actor]\nactor = "DOR"\nname = "Doria"\nshort_name = "Doria"\nkind = "state"\n'
    text += 'region = "East"\nlon = 5\nlat = 4.5\n'
    after = add(folder, text).judged()
    assert after.position_actors == ["ARC", "BOR", "CAL", "DOR"]
    told = refused(add(folder, text.replace("lat = 4.5", "")))
    assert told == ["new.toml: actor.lat: is missing: Latitude of its marker, degrees north"]


def test_a_row_of_any_table_is_added(folder: Path) -> None:
    change = changed(folder)
    change.add("coders", {"coder": "Kim", "kind": "human"})
    coders = change.judged().coders.set_index("coder")
    assert coders.loc["Kim", "kind"] == "human"
    change.add("coders", {"coder": "Kim", "kind": "people"})
    assert "entry: kind: people is not one of: human, machine" in refused(change)


ORDER = "ARC-20200101-roads-order"


def test_a_further_source_changes_no_fact(folder: Path) -> None:
    before = load(folder, TODAY)
    change = changed(folder)
    change.cite(ORDER, tomllib.loads(SOURCE)["sources"][0])
    change.cite("BOR-20200201-school-permit", "arc-daily")
    after = change.judged()
    assert change.after().keys() == {"events.csv", "sources.csv"}
    events = after.events.set_index("event_id")["source_ids"]
    assert events["BOR-20200201-school-permit"] == "bor-herald;arc-daily"
    assert len(events[ORDER].split(";")) == 2
    assert after.events["recorded"].equals(before.events["recorded"])
    assert profile_terms(after).equals(profile_terms(before))


def test_a_source_that_an_event_has_or_nobody_knows_is_refused(folder: Path) -> None:
    known = load(folder, TODAY).sources.set_index("source_id").loc["arc-gazette"]
    change = changed(folder)
    for source, message in (
        ("arc-gazette", f"{ORDER} cites arc-gazette already; nothing changes"),
        ({"url": known["url"]}, f"{ORDER} cites arc-gazette already; nothing changes"),
        ("arc-gazete", "arc-gazete is not the id .* did you mean arc-gazette?"),
        ("ARC", "ARC is not in sources.csv, it is in actors.csv"),
    ):
        with pytest.raises(BadInput, match=message):
            change.cite(ORDER, source)
    change.cite(ORDER, {"url": "https://x.example", "langauge": "en"}, "new.toml")
    assert any("new.toml: langauge: langauge is not one of" in line for line in refused(change))


def test_a_coding_is_of_its_coder(folder: Path) -> None:
    change = changed(folder, coder="Kim")
    change.code(ORDER, "-1", "A part of them", "sources")
    change.code("ARC-20200410-minister-worried", "")
    after = change.judged()
    assert change.after().keys() == {"codings.csv"}
    coding = after.codings[after.codings["coder"] == "Kim"].set_index("event_id").loc[ORDER]
    assert (coding["score"], coding["why"], coding["seen"]) == (-1, "A part of them", "sources")
    assert coding["recorded"].date() == TODAY and len(coding["codebook"]) == 8
    assert after.events.equals(change.data.events)
    change.code(ORDER, "-2")
    assert f"{ORDER} Kim stands already in line" in refused(change)[0]


def test_a_coding_without_a_coder_or_off_the_scale_is_refused(folder: Path) -> None:
    change = changed(folder)
    change.code(ORDER, "-3", seen="none")
    assert refused(change) == [
        f"{ORDER}: coder: is missing: {COLUMNS['coder'].about}",
        f"{ORDER}: score: -3 is outside -2..2",
        f"{ORDER}: seen: none is not one of: all, sources",
    ]


def test_a_correction_is_recorded_with_its_reason(folder: Path) -> None:
    change = changed(folder, "The minutes were seen")
    change.edit("ARC-20200410-minister-worried", {"speaker": "Minister of Roads and Bridges"})
    change.judged()
    change.write()
    after = load(folder, TODAY)
    event = after.events.set_index("event_id").loc["ARC-20200410-minister-worried"]
    assert event["speaker"] == "Minister of Roads and Bridges"
    assert event["recorded"].date() == TODAY
    told = (folder / "CHANGELOG.md").read_text()
    assert "## Next release\n\n- `ARC-20200410-minister-worried`: speaker " in told
    assert told.rstrip().endswith("The minutes were seen")


def test_a_new_score_is_a_coding_of_who_reviewed(folder: Path) -> None:
    change = changed(folder, "It is a limit")
    change.edit("ARC-20200410-minister-worried", {"score": "-2"})
    assert "coder: is missing; who reviewed the score must be named" in refused(change)[0]
    change = changed(folder, "It is a limit", "Kim")
    change.edit("ARC-20200410-minister-worried", {"score": "-2"})
    codings = change.judged().codings
    made = codings[codings["coder"] == "review Kim"].iloc[0]
    assert (made["score"], made["why"], made["recorded"].date()) == (-2, "It is a limit", TODAY)


def test_an_act_follows_its_steps(folder: Path) -> None:
    change = changed(folder, "Put off")
    change.edit("CAL-bridge-rule/2022/other/removal", {"deadline": "2024-06"})
    act = change.judged().acts.set_index("act_id").loc["CAL-bridge-rule"]
    assert (act["deadline"], act["deadline_kind"]) == ("2024-06", "removal")
    assert act["recorded"].date() == TODAY


def test_changes_of_one_dataset_know_nothing_of_each_other(six: Dataset) -> None:
    change = Change(six, "Put off")
    change.edit("CAL-bridge-rule/2022/other/removal", {"deadline": "2024-06"})
    change.edit("BOR", {"adjective": "Borish"})
    assert change.find("CAL-bridge-rule")[1]["deadline"] == "2024-06"
    assert change.after().keys() == {"deadlines.csv", "acts.csv", "actors.csv", "CHANGELOG.md"}
    second = Change(six)
    table, act = second.find("CAL-bridge-rule")
    assert (table, act["deadline"]) == ("acts", "2022") and not second.after()


@pytest.mark.parametrize(
    ("row", "cells", "message"),
    [
        (
            "ARC-roads-ordr",
            {"name": "x"},
            "is not the id of an event.*did you mean ARC-roads-order",
        ),
        ("arc-daily", {"publisher": "Arcadian Daily"}, "says so already; nothing changes"),
    ],
)
def test_a_row_that_is_not_there_or_stays_is_refused(
    folder: Path, row: str, cells: dict[str, str], message: str
) -> None:
    with pytest.raises(BadInput, match=message):
        changed(folder, "x").edit(row, cells)


def test_a_key_cannot_be_corrected(folder: Path) -> None:
    change = changed(folder, "x")
    change.edit("ARC-roads-order", {"act_id": "ARC-x", "nam": "x"})
    told = "\n".join(refused(change))
    assert "act_id: act_id is not one of: actor, event_id, domain" in told
    assert "did you mean name?" in told


def test_what_a_killed_process_left_is_finished_by_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = add(folder, EVENT + SOURCE)
    expected = change.after()
    assert len(expected) >= 3
    replaced = []
    replace = Path.replace

    def killed(path: Path, target: Path) -> Path:
        replaced.append(path)
        # That of the list, and one of the files.
        if len(replaced) > 2:
            raise SystemExit
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(SystemExit):
        change.write()
    monkeypatch.undo()
    assert main(["check", "--data", str(folder)]) == 0
    assert {name: (folder / name).read_bytes() for name in expected} == expected
    assert [path.name for path in folder.glob(".*")] == [".lock"]


def test_a_full_disk_leaves_all_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change = add(folder, EVENT + SOURCE)
    before = {path: path.read_bytes() for path in folder.glob("[!.]*") if path.is_file()}
    write_bytes = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if "sources" in path.name:
            raise OSError(28, "No space left on device")
        return write_bytes(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        change.write()
    assert {path: path.read_bytes() for path in folder.glob("[!.]*") if path.is_file()} == before


def test_a_folder_that_cannot_be_held_is_named(folder: Path) -> None:
    change = add(folder, EVENT + SOURCE)
    (folder / ".lock").mkdir()
    with pytest.raises(OSError, match=f"{folder}: unable to open"):
        change.write()


def test_of_two_that_write_at_once_one_is_told(folder: Path) -> None:
    changes = [add(folder, EVENT + SOURCE) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(change.write).exception() for change in changes]
    assert sorted(map(str, done))[0].endswith("has changed meanwhile; nothing was written")
    assert None in done


def test_nothing_is_written_where_a_file_has_changed_meanwhile(folder: Path) -> None:
    change = add(folder, EVENT + SOURCE)
    (folder / "codings.csv").write_bytes((folder / "codings.csv").read_bytes() + b"\n")
    before = (folder / "events.csv").read_bytes()
    with pytest.raises(BadInput, match=r"codings.csv has changed meanwhile; nothing was written"):
        change.write()
    assert (folder / "events.csv").read_bytes() == before


def test_slugs() -> None:
    assert slug("Élysée: a \u201cban\u201d, 2019") == "elysee-a-ban-2019"
    assert len(slug("\u534e\u4e3a")) == 6
