"""`add` and `edit` as they are typed: what they take, show, ask and refuse."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from stances.__main__ import BAD_USAGE, INVALID_DATA, OK, main
from stances.commands import add
from tests.dataset.entries import ACT, NEW_ID, SOURCE, event
from tests.depth import each
from tests.folders import REAL, ROOT, TODAY, Folder, load
from tests.golden import Golden

Capture = pytest.CaptureFixture[str]
DOUBLE = event(date="2020-02-03", title="Boria lets Acme teach in schools")


@pytest.fixture(autouse=True)
def _the_day_of_the_six(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add, "load", lambda folder: load(folder, today=TODAY))


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    return write_entry(tmp_path, event())


def write_entry(folder: Path, entry: dict[str, Any]) -> Path:
    path = folder / "entry.json"
    path.write_text(json.dumps(entry), encoding="utf-8")
    return path


def content(folder: Folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.path.iterdir()}


def answer(
    monkeypatch: pytest.MonkeyPatch, *answers: str, end: type[BaseException] = EOFError
) -> None:
    """A person sits at the terminal and gives these answers, and no more."""
    left: Iterator[str] = iter(answers)

    def ask(prompt: str) -> str:
        sys.stdout.write(prompt)
        try:
            return next(left)
        except StopIteration:
            raise end from None

    monkeypatch.setattr("builtins.input", ask)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)


def test_the_diff_is_shown_and_the_event_is_there(
    folder: Folder, entry: Path, capsys: Capture
) -> None:
    assert main(["add", str(entry), "--data", str(folder.path)]) == OK
    out, err = capsys.readouterr()
    assert err == ""
    assert f"\n+{NEW_ID},BOR," in out
    assert out.splitlines()[-1] == f"added borian-herald-73356e, {NEW_ID}"
    assert NEW_ID in set(folder.load().events["event_id"])


FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"


def as_form(entry: dict[str, Any]) -> str:
    """An entry as the form for a missing event writes it, with all its fields."""
    cells = {**entry, **{f"source_{name}": text for name, text in entry["sources"][0].items()}}
    parts = ["A line before.", ""]
    for part in yaml.safe_load((FORMS / "missing-event.yml").read_text(encoding="utf-8"))["body"]:
        label = part["attributes"]["label"]
        text = cells.get("_".join(label.lower().split()), "_No response_")
        parts += [f"### {label}", "", str(text), ""]
    return "\r\n".join(parts)


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stream)


def test_what_the_form_for_a_missing_event_writes_is_taken(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    add_it = ["add", "-", "--coder", "first", "--dry-run", "--data", str(folder.path)]
    entry = event(coding=None)
    type_in(monkeypatch, json.dumps(entry))
    assert main(add_it) == OK
    plain = capsys.readouterr().out
    type_in(monkeypatch, as_form(entry))
    assert main(add_it) == OK
    assert capsys.readouterr().out == plain
    # Or the whole of it between fences.
    lines = [f"{name} = {json.dumps(value)}" for name, value in entry.items() if name != "sources"]
    lines += ["[[sources]]", *(f"{name} = {json.dumps(text)}" for name, text in SOURCE.items())]
    type_in(monkeypatch, "\n".join(["### More", "", "```toml", *lines, "```"]))
    assert main(add_it) == OK
    assert capsys.readouterr().out == plain


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Nothing but words.", "not valid TOML or JSON: "),
        ("### Actor\n\nBOR\n\n### Actor\n\nARC\n", "actor is given twice"),
        ("### More\n\n```toml\nactor =\n```\n", "not valid TOML or JSON: "),
        ("### More\n\n```toml\nnote = 1\n```\n\n```toml\nnote = 2\n```\n", "note is given twice"),
        ("### Actor\n\n_No response_\n", "has no event, no act and no profile"),
        ("### Weather\n\nfair\n", "weather: is not a column; there are: event_id, actor"),
    ],
)
def test_a_form_that_cannot_be_used_is_refused_in_a_line(
    text: str, line: str, folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    type_in(monkeypatch, text)
    assert main(["add", "-", "--data", str(folder.path)]) == BAD_USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert line in err
    assert "Traceback" not in err


def test_the_forms_offer_what_the_codebook_knows() -> None:
    codebook = load(REAL).codebook
    form = yaml.safe_load((FORMS / "missing-event.yml").read_text(encoding="utf-8"))
    options = {part["id"]: part["attributes"].get("options") for part in form["body"]}
    assert options["domain"] == list(codebook.domains)
    assert options["instrument"] == list(codebook.instruments)
    assert options["confidence"] == list(codebook.model.tolerance)
    error = yaml.safe_load((FORMS / "error.yml").read_text(encoding="utf-8"))
    assert [part["id"] for part in error["body"]][:3] == ["id", "version", "link"]


def test_a_dry_run_writes_nothing(folder: Folder, entry: Path, capsys: Capture) -> None:
    before = content(folder)
    assert main(["add", str(entry), "--dry-run", "--data", str(folder.path)]) == OK
    assert f"\n+{NEW_ID},BOR," in capsys.readouterr().out
    assert content(folder) == before
    edit = ["edit", "ARC-20200101-roads-order", "note=x", "--why", "y", "--dry-run"]
    assert main([*edit, "--data", str(folder.path)]) == OK
    assert "+++ " in capsys.readouterr().out
    assert content(folder) == before


@pytest.mark.parametrize("named", [["-"], []])
def test_standard_input_is_read(
    folder: Folder, entry: Path, named: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(entry.read_bytes())))
    assert main(["add", *named, "--data", str(folder.path)]) == OK
    assert NEW_ID in set(folder.load().events["event_id"])


@pytest.mark.parametrize("command", ["add", "edit"])
@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"sources": [SOURCE] * 10_000}, "sources: has 10,000 parts; the most is 200"),
        ({"title": "x" * 140_000}, "title: has 140,000 characters; the most is 131,072"),
        ({"title": "x" * 5_100_000}, "it has 5,1"),
    ],
    ids=["sources", "cell", "file"],
)
def test_what_is_out_of_all_measure_is_refused_in_one_line(
    folder: Folder, tmp_path: Path, capsys: Capture, command: str, more: dict[str, Any], line: str
) -> None:
    entry = write_entry(tmp_path, event(**more))
    why = ["--why", "mended"] if command == "edit" else []
    assert main([command, str(entry), *why, "--data", str(folder.path)]) == BAD_USAGE
    error = capsys.readouterr().err
    assert (error.count("\n"), line in error) == (1, True), error[:300]


@pytest.mark.parametrize("command", ["add", "edit"])
def test_what_is_no_plain_file_is_refused_in_one_line(
    folder: Folder, capsys: Capture, command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    why = ["--why", "mended"] if command == "edit" else []
    monkeypatch.chdir(tmp_path)
    Path("device.toml").symlink_to("/dev/zero")
    assert main([command, "device.toml", *why, "--data", str(folder.path)]) == BAD_USAGE
    assert capsys.readouterr().err == "stances: device.toml: it is a device, and no plain file\n"


def test_several_files_are_added_together_or_not_at_all(
    folder: Folder, entry: Path, tmp_path: Path, capsys: Capture
) -> None:
    """An act alone may be of an event that a file before it brings."""
    rule = {**ACT, "event_id": NEW_ID, "act_id": "BOR-mine"}
    act = tmp_path / "act.json"
    act.write_text(json.dumps({"act": rule}), encoding="utf-8")
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(event(domain="school", title="Another")), encoding="utf-8")
    before = content(folder)
    data = ["--data", str(folder.path)]
    assert main(["add", str(entry), str(act), str(wrong), *data]) == BAD_USAGE
    fault = "school is not one of: roads, schools; did you mean schools?"
    assert capsys.readouterr().err == f"{wrong}: domain: {fault}\n"
    assert content(folder) == before
    assert main(["add", str(entry), str(act), *data]) == OK
    assert capsys.readouterr().out.endswith(f"added borian-herald-73356e, {NEW_ID}, BOR-mine\n")
    made = next(row for row in folder.rows("acts") if row["act_id"] == "BOR-mine")
    of_event = next(row for row in folder.rows("events") if row["event_id"] == NEW_ID)
    shared = ("actor", "domain", "confidence", "source_ids")
    assert [made[name] for name in shared] == [of_event[name] for name in shared]


def test_every_fault_is_a_line_on_stderr_and_the_status_is_2(
    folder: Folder, tmp_path: Path, capsys: Capture
) -> None:
    before = content(folder)
    entry = write_entry(
        tmp_path, event(score=9, colour="red", sources=[SOURCE | {"checked": "seen"}])
    )
    assert main(["add", str(entry), "--data", str(folder.path)]) == BAD_USAGE
    out, err = capsys.readouterr()
    assert out == ""
    named = [line.removeprefix(f"{entry}: ").partition(":")[0] for line in err.splitlines()]
    assert named == ["colour", "score", "sources[1].checked"]
    assert content(folder) == before


def test_nothing_is_added_to_invalid_data(folder: Folder, entry: Path) -> None:
    folder.edit("events", 2, score="9")
    before = content(folder)
    assert main(["add", str(entry), "--data", str(folder.path)]) == INVALID_DATA
    assert content(folder) == before


def test_a_double_is_refused_unless_it_is_said_to_be_none(
    folder: Folder, tmp_path: Path, capsys: Capture
) -> None:
    before = content(folder)
    command = ["add", str(write_entry(tmp_path, DOUBLE)), "--data", str(folder.path)]
    assert main(command) == BAD_USAGE
    err = capsys.readouterr().err
    assert "like BOR-20200201-school-permit, 2020-02-01: Boria lets Acme teach" in err
    assert err.endswith("if it is none, say --no-double\n")
    assert content(folder) == before
    assert main([*command, "--no-double"]) == OK


def test_a_dry_run_shows_what_a_double_would_change(
    folder: Folder, tmp_path: Path, capsys: Capture
) -> None:
    before = content(folder)
    command = ["add", str(write_entry(tmp_path, DOUBLE)), "--dry-run", "--data", str(folder.path)]
    assert main(command) == BAD_USAGE
    out, err = capsys.readouterr()
    assert "\n+BOR-20200203-boria-lets-acme-teach-in-schools,BOR," in out
    assert "like BOR-20200201-school-permit, 2020-02-01: Boria lets Acme teach" in err
    assert content(folder) == before


@pytest.mark.parametrize("other", ["-2", "-1"])
def test_a_column_that_is_corrected_twice_is_refused(
    folder: Folder, other: str, capsys: Capture
) -> None:
    before = content(folder)
    cells = ["score=-1", "note=x", f"score={other}"]
    edit = ["edit", "ARC-20200101-roads-order", *cells, "--why", "y", "--data", str(folder.path)]
    assert main(edit) == BAD_USAGE
    text = "stances: named more than once: score; allowed: each column once\n"
    assert capsys.readouterr().err == text
    assert content(folder) == before


@each(("reply", "status"), [("y", OK), ("", BAD_USAGE), ("no", BAD_USAGE)])
def test_a_person_is_asked_about_a_double(
    folder: Folder, tmp_path: Path, reply: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, reply)
    command = ["add", str(write_entry(tmp_path, DOUBLE)), "--data", str(folder.path)]
    assert main(command) == status


ANSWERS = (
    "XYZ", "BOR", "2021-1-5", "2021-01-05", "day", "", "sea", "schools", "plan", "9", "1",
    "likely", "no", "Boria would let Acme build schools, too", "A plan.", "School Board", "",
    "https://gazette.example/2020/1", "y",
    "https://www.herald.example/2021/1?page=2", "Borian Herald", "A headline", "2021-01", "de",
    "read", "n", "Anna", "She read it", "n",
)  # fmt: skip


def test_each_field_is_asked_for_until_it_is_valid(
    folder: Folder, capsys: Capture, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, *ANSWERS, "y")
    assert main(["add", "--data", str(folder.path)]) == OK
    out = capsys.readouterr().out
    golden({"the whole dialogue": out.replace(str(folder.path), "FOLDER").splitlines()})
    [row] = [row for row in folder.rows("events") if row["event_id"] == NEW_ID]
    assert row["source_ids"] == "arc-gazette;borian-herald-73356e"
    codings = [row for row in folder.rows("codings") if row["event_id"] == NEW_ID]
    assert [(each["coder"], each["score"], each["why"]) for each in codings] == [
        ("Anna", "1", "She read it")
    ]


def test_a_page_that_is_told_twice_is_asked_for_once(
    folder: Folder, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(
        monkeypatch,
        *ANSWERS[:25],
        "y",
        "http://www.herald.example/2021/1/?page=2",
        *ANSWERS[25:],
        "y",
    )
    assert main(["add", "--data", str(folder.path)]) == OK
    assert "The page is known as sources[2]." in capsys.readouterr().out
    [row] = [row for row in folder.rows("events") if row["event_id"] == NEW_ID]
    assert row["source_ids"] == "arc-gazette;borian-herald-73356e"


@each("entry", [ANSWERS[:6], (*ANSWERS, "n"), ANSWERS])
def test_nothing_is_written_where_the_answers_end_or_the_last_is_no(
    folder: Folder, entry: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    before = content(folder)
    answer(monkeypatch, *entry)
    assert main(["add", "--data", str(folder.path)]) == BAD_USAGE
    assert "nothing was written" in capsys.readouterr().err
    assert content(folder) == before


def test_a_key_that_interrupts_ends_the_answers(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    before = content(folder)
    answer(monkeypatch, *ANSWERS[:6], end=KeyboardInterrupt)
    assert main(["add", "--data", str(folder.path)]) == BAD_USAGE
    assert capsys.readouterr().err == "stances: the answers ended; nothing was written\n"
    assert content(folder) == before


def test_a_key_that_interrupts_the_judging_writes_nothing(
    folder: Folder, entry: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = content(folder)
    monkeypatch.setattr(add, "additions", interrupt)
    assert main(["add", str(entry), "--data", str(folder.path)]) == BAD_USAGE
    assert capsys.readouterr().err == "stances: interrupted; nothing was written\n"
    assert content(folder) == before


def test_a_long_list_is_not_shown_but_counted(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    for number in range(60):
        folder.add("events", 2, event_id=f"ARC-20200101-roads-order-{number}")
    act = ("roads", "Act", "Must go", "lessons", "named", *[""] * 3, "repealed", "nobody", "")
    answer(monkeypatch, *ANSWERS[1:-1], "y", *act)
    assert main(["add", "--data", str(folder.path)]) == BAD_USAGE
    prompts = capsys.readouterr().out
    text = "one of 66, such as ARC-20200101-roads-order"
    assert f"ended_by: Event that ended it ({text}), may be empty\n" in prompts
    assert f"> nobody is not {text}\n" in prompts
    assert "roads-order-7" not in prompts
    assert "Who acted: a code of actors.csv (ARC | BOR | CAL | ACME)" in prompts


# Runs the command line, and kills it as it comes to a rename for the nth time.
KILLED = """
import os, pathlib, signal, sys
from stances.__main__ import main

left = [int(sys.argv[1])]
replace = pathlib.Path.replace

def dying(path, target):
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    return replace(path, target)

pathlib.Path.replace = dying
sys.exit(main(sys.argv[2:]))
"""
# The three tables as one, then each to its place.
RENAMES = 4


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("rename", range(RENAMES + 1))
def test_a_killed_command_leaves_the_old_tables_or_the_new(
    folder: Folder, entry: Path, rename: int
) -> None:
    command = ["add", str(entry), "--data", str(folder.path)]
    run = [sys.executable, "-c", KILLED, str(rename), *command]
    status = subprocess.run(run, cwd=ROOT, capture_output=True, check=False).returncode
    assert status == (-signal.SIGKILL if rename < RENAMES else OK)
    data = load(folder.path)
    there = rename > 0
    assert (NEW_ID in set(data.events["event_id"])) is there
    assert ("borian-herald-73356e" in set(data.sources["source_id"])) is there
    assert (NEW_ID in set(data.codings["event_id"])) is there
    # The next command finds the same, and leaves nothing behind.
    edit = ["edit", "ARC-20200101-roads-order", "note=x", "--why", "y", "--data", str(folder.path)]
    assert main(edit) == OK
    assert NEW_ID.encode() in (folder.path / "events.csv").read_bytes() or not there
    assert [path.name for path in folder.path.iterdir() if path.name.startswith(".")] == []
