"""The command line: what it writes, what it says, its exit statuses."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as Xml

import pandas as pd
import pytest

import stances
from stances import __main__ as command_line
from stances import words
from stances.__main__ import BAD_USAGE, INVALID_DATA, NOTHING_NEW, OK, main
from stances.answers import snapshot
from stances.dataset.codebook import MODEL_VERSION
from stances.links.parameters import PARAMETERS, sense_on
from stances.links.register import OF_RELEASE
from stances.pictures.every import PICTURES
from tests.depth import each
from tests.folders import ROOT, SIX, Folder
from tests.golden import Golden
from tests.pictures.drawings import texts

Capture = pytest.CaptureFixture[str]
COMMANDS = (
    "check", "add", "edit", "release", "snapshot", "picture", "brief", "digest", "datapackage",
    "sentences", "serve", "diff", "new",
)  # fmt: skip
SIX_DATA = ["--data", str(SIX)]


def status_of(*arguments: str) -> int:
    """The exit status of a command, however it ends."""
    try:
        return main(list(arguments))
    except SystemExit as end:
        return int(end.code or OK)


def test_pandas_holds_texts_as_pythons_own() -> None:
    with pd.option_context("mode.string_storage", "pyarrow"):
        assert status_of("check", *SIX_DATA) == OK
        assert pd.get_option("mode.string_storage") == "python"


def test_a_valid_folder_is_counted(capsys: Capture, six: stances.Dataset) -> None:
    assert status_of("check", *SIX_DATA) == OK
    out, err = capsys.readouterr()
    assert err == ""
    counts = dict(re.findall(r"^(\w+) +([\d,]+) rows$", out, re.MULTILINE))
    assert counts == {
        "events": "6", "sources": "4", "acts": "3", "deadlines": "4", "actors": "4",
        "profiles": "2", "memberships": "3", "codings": "19", "external_codings": "3",
    }  # fmt: skip
    assert "6 events scored, 2020-01-01 to 2020-10-27\n" in out
    assert f"{SIX}: valid, version {six.version}, model {MODEL_VERSION}\n" in out


def test_a_name_that_the_terminal_cannot_show_is_told_as_far_as_it_can(tmp_path: Path) -> None:
    out = tmp_path / "\N{LATIN SMALL LETTER U WITH DIAERESIS}"
    arguments = ["snapshot", "--as-of", "2020-05-01", "--out", str(out), *SIX_DATA]
    done = subprocess.run(
        [sys.executable, "-m", "stances", *arguments],
        cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (OK, b"")
    assert b"\\xfc" in done.stdout
    assert len(list(out.iterdir())) == 2


def test_every_fault_is_a_line_on_stderr_and_the_status_is_1(
    folder: Folder, capsys: Capture
) -> None:
    folder.edit("events", 3, score="5", confidence="none")
    (folder.path / "actors.csv").unlink()
    assert status_of("check", "--data", str(folder.path)) == INVALID_DATA
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        f"{folder.path}/actors.csv: the file is missing",
        f"{folder.path}/events.csv:3 confidence: none is not one of: sure, likely, doubtful",
        f"{folder.path}/events.csv:3 score: 5 is outside -2..2",
    ]


@pytest.mark.parametrize("command", [["snapshot", "--as-of", "2020-07-01"], ["datapackage"]])
def test_nothing_is_written_from_invalid_data(
    folder: Folder, tmp_path: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.edit("events", 3, score="5")
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    before = sorted(folder.path.iterdir())
    assert status_of(*command, "--data", str(folder.path)) == INVALID_DATA
    assert list(empty.iterdir()) == []
    assert sorted(folder.path.iterdir()) == before


def test_a_folder_without_events_is_valid(folder: Folder, capsys: Capture) -> None:
    for table in ("events", "sources", "acts", "deadlines", "profiles", "codings"):
        folder.keep(table, 1)
    assert status_of("check", "--data", str(folder.path)) == OK
    assert "no events" in capsys.readouterr().out


def test_a_snapshot_is_written_and_its_paths_are_said(
    tmp_path: Path, capsys: Capture, six: stances.Dataset
) -> None:
    out = tmp_path / "out"
    assert status_of("snapshot", "--as-of", "2020-07-01", "--out", str(out), *SIX_DATA) == OK
    output = [Path(line) for line in capsys.readouterr().out.splitlines()]
    names = ["acme-stances_2020-07-01.csv", "acme-stances_2020-07-01.metadata.json"]
    assert output == [out / name for name in names]
    assert sorted(out.iterdir()) == sorted(output)
    files = snapshot.snapshot_files(six, six.model, "2020-07-01")
    assert [path.read_bytes() for path in output] == [files.csv, files.metadata]


def test_a_snapshot_is_written_here_when_no_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    narrowed = ["--domain", "roads", "--actor", "BOR", "ARC", "--actor", "CAL"]
    assert status_of("snapshot", "--as-of", "2020-07-01", *narrowed, *SIX_DATA) == OK
    name = "acme-stances_2020-07-01_roads_ARC_BOR_CAL.csv"
    assert capsys.readouterr().out.splitlines()[0] == name
    assert len((tmp_path / name).read_text(encoding="utf-8").splitlines()) == 4


def test_a_snapshot_of_acts_alone_says_so_in_its_name(tmp_path: Path) -> None:
    arguments = ["--as-of", "2020-08-19", "--out", str(tmp_path), "--basis", "acts"]
    assert status_of("snapshot", *arguments, *SIX_DATA) == OK
    assert {path.name for path in tmp_path.iterdir()} == {
        f"acme-stances_2020-08-19_acts{ending}" for ending in (".csv", ".metadata.json")
    }


@pytest.mark.parametrize(
    ("arguments", "page"),
    [
        (["map", "--view", "world", "--as-of", "2020-04-10"], "?as_of=2020-04-10&view=world"),
        (["actor", "BOR", "--domain", "roads", "--as-of", "2020-07-01"],
         "actor?as_of=2020-07-01&domain=roads&actor=BOR"),
        *(
            (["trends", name, "ARC,BOR", "--from", "2020-02-01", "--as-of", "2020-07-01"],
             "trends?as_of=2020-07-01&actors=ARC,BOR&from=2020-02-01")
            for name in ("--actor", "--actors")
        ),
    ],
)  # fmt: skip
def test_a_picture_is_written_and_its_path_is_said(
    arguments: list[str], page: str, tmp_path: Path, capsys: Capture
) -> None:
    out = tmp_path / "picture.svg"
    site = ["--site", "https://stances.example.org/"]
    assert status_of("picture", *arguments, "--out", str(out), *site, *SIX_DATA) == OK
    assert capsys.readouterr() == (f"{out}\n", "")
    assert f"https://stances.example.org/{page}" in texts(
        Xml.fromstring(out.read_text(encoding="utf-8"))
    )


def test_a_picture_is_a_png_here_under_its_name_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["members", "--group", "Pact", "--as-of", "2020-07-01", "--width", "600"]
    assert status_of("picture", *arguments, *SIX_DATA) == OK
    assert status_of("picture", *arguments, "--out", "named", "--format", "png", *SIX_DATA) == OK
    [named, here] = sorted(tmp_path.iterdir(), reverse=True)
    assert here.name == "acme-stances_members_2020-07-01.png"
    assert here.read_bytes() == named.read_bytes()
    assert here.read_bytes().startswith(b"\x89PNG")


def test_a_brief_is_written_and_its_path_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    site, out = ["--site", "https://stances.example.org/"], str(tmp_path / "brief.pdf")
    arguments = ["ARC", "--as-of", "2020-04-10", "--since", "2020-01-01", "--from", "BOR"]
    assert status_of("brief", *arguments, "--out", out, *site, *SIX_DATA) == OK
    assert capsys.readouterr() == (f"{out}\n", "")
    assert b"https://stances.example.org/actor?as_of=2020-04-10" in Path(out).read_bytes()
    for code in ("Pact", "all"):
        assert status_of("brief", code, "--as-of", "2020-04-10", *SIX_DATA) == OK
        path = Path(f"acme-stances_brief_{code.lower()}_2020-04-10.pdf")
        assert path.read_bytes().startswith(b"%PDF")


# Ahead past a midnight too.
AHEAD = str(date.today() + timedelta(days=2))

# What argparse tells, in words of its own in each Python, and what must be in them.
BAD_OPTIONS = [
    (["snapshot"], "--as-of"),
    (["snapshot", "--as-of", "2020-07-01", "--actor"], "--actor"),
    (["snapshot", "--as-of", "2020-07-01", "--colour", "red"], "--colour"),
    (["picture"], "PICTURE"),
    (["brief"], "CODE"),
    (["edit", "ARC-20200101-roads-order", "score=1"], "--why"),
    (["edit", "ARC-20200101-roads-order", "score", "--why", "x"], "'score' must be COLUMN=VALUE"),
    (["fly"], "fly"),
    ([], "COMMAND"),
]
BAD = [
    ["snapshot", "--as-of", "banana"],
    ["snapshot", "--as-of", ""],
    ["snapshot", "--as-of", "2020\n07"],
    ["snapshot", "--as-of", "2018-12-31"],
    ["snapshot", "--as-of", AHEAD],
    ["snapshot", "--as-of", "2020-07-01", "--domain", "sea"],
    ["snapshot", "--as-of", "2020-07-01", "--domain", ""],
    ["snapshot", "--as-of", "2020-07-01", "--basis", "b"],
    ["snapshot", "--as-of", "2020-07-01", "--actor", "XYZ"],
    ["snapshot", "--as-of", "2020-07-01", "--actor", "ARC", "ACME"],
    ["snapshot", "--as-of", "2020-07-01", "--out", str(SIX / "README.md")],
    ["picture", "moon"],
    ["picture", "map", "ARC"],
    ["picture", "map", "--as-of", "banana"],
    ["picture", "map", "--view", "moon"],
    ["picture", "map", "--group", "Pact"],
    ["picture", "trends", "--actors", "ARC", "--actor", "BOR"],
    ["picture", "map", "--out", "map.gif"],
    ["picture", "map", "--format", "pdf"],
    ["picture", "map", "--width", "9"],
    ["picture", "map", "--theme", "blue"],
    ["picture", "map", "--out", "nowhere/map.png"],
    ["picture", "actor"],
    ["picture", "actor", "ACME"],
    ["digest", "--since", "banana"],
    ["digest", "--since", "2020-05-01", "--until", "2020-04-01"],
    ["digest", "--since", "2020-05-01", "--group", "MOON"],
    ["digest", "--since", "2020-05-01", "--actor", "MOON"],
    ["digest", "--since", "2020-05-01", "--domain", "moon"],
    ["digest", "--since", "2020-05-01", "--format", "pdf"],
    ["digest", "--since", "2020-05-01", "--to", "a@b\r\nBcc: c@d"],
    ["digest", "--since", "2020-05-01", "--from", "desk"],
    ["digest", "--since", "2020-05-01", "--out", "nowhere/letter.txt"],
    ["brief", "MOON"],
    ["brief", "ARC", "--as-of", "banana"],
    ["brief", "ARC", "--since", AHEAD],
    ["brief", "ARC", "--from", "ARC"],
    ["brief", "ARC", "--out", "brief.txt"],
    ["brief", "ARC", "--out", "nowhere/brief.pdf"],
    ["picture", "map", "--format", "png", "--out", "."],
    ["picture", "map", "--format", "png", "--out", "map.svg"],
    ["picture", "map", "--site", "moon"],
    ["brief", "ARC", "--site", "javascript:alert(1)"],
    ["digest", "--since", "2020-05-01", "--site", "https://moon.example/?a=b"],
    ["snapshot", "--as-of", "2020-07-01", "--out", f"{__file__}/new"],
    ["add", "nowhere.toml"],
    ["edit", "nobody", "score=1", "--why", "x"],
]


def test_a_letter_is_said_or_written_and_an_empty_period_has_a_status_of_its_own(
    tmp_path: Path, capsys: Capture
) -> None:
    arguments = ["digest", "--since", "2020-05-01", "--until", "2020-05-31", *SIX_DATA]
    assert status_of(*arguments) == OK
    text = capsys.readouterr().out
    assert "Boria's king doubts Acme's lessons" in text
    out = tmp_path / "letter.eml"
    mailed = ["--format", "eml", "--to", "reader@example.org", "--out", str(out)]
    assert status_of(*arguments, *mailed, "--actor", "Pact") == OK
    assert capsys.readouterr().out == f"{out}\n"
    assert b"\r\nTo: reader@example.org\r\n" in out.read_bytes()
    assert status_of(*arguments, "--actor", "CAL") == NOTHING_NEW
    output = capsys.readouterr()
    assert output.out == ""
    assert (
        output.err == "stances: nothing new is recorded of Caldon from 1 May 2020 to 31 May 2020\n"
    )


def refusal(capsys: Capture, arguments: list[str]) -> str:
    """The one line that is told of arguments that are refused."""
    assert status_of(*arguments) == BAD_USAGE, arguments
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("\n")
    assert err[:-1].isprintable()
    return err[:-1]


@pytest.mark.parametrize(("arguments", "text"), BAD_OPTIONS)
def test_a_bad_option_is_one_line_on_stderr_and_the_status_is_2(
    arguments: list[str], text: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANCES_DATA", str(SIX))
    assert text in refusal(capsys, arguments)


def test_bad_input_is_one_line_on_stderr_and_the_status_is_2(
    capsys: Capture, golden: Golden, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STANCES_DATA", str(SIX))
    cases = {}
    for arguments in BAD:
        case = shlex.join(arguments).replace("\n", r"\n")
        text = f"{case}\n{refusal(capsys, arguments)}"
        # Where the repository lies, and which day it is, is another one elsewhere.
        text = text.replace(str(ROOT), "ROOT").replace(AHEAD, "AHEAD")
        text = re.sub(r"to \d{4}-\d{2}-\d{2}, such as \S+", "to TODAY, such as TODAY", text)
        case, _, cases[case] = text.rpartition("\n")
    assert list(tmp_path.iterdir()) == []
    golden(cases)


def test_an_empty_folder_name_is_not_taken_for_the_default(capsys: Capture) -> None:
    assert status_of("check", "--data", "") != OK
    assert len(capsys.readouterr().err.splitlines()) >= 1


def test_the_help_of_a_picture_says_of_each_option_what_links_say(capsys: Capture) -> None:
    assert status_of("picture", "--help") == OK
    output = " ".join(capsys.readouterr().out.split())
    options = {name for picture in PICTURES.values() for name in picture.shows} - {*OF_RELEASE}
    assert [name for name in options if PARAMETERS[name].about[1:] not in output] == []


@pytest.mark.parametrize(
    ("command", "name", "route"),
    [
        ("sentences", "actor", "/snapshots"),
        ("sentences", "as_of", ""),
        ("diff", "actor", "/snapshots"),
        ("diff", "as_of", ""),
        ("snapshot", "actor", "/snapshots"),
        ("brief", "as_of", ""),
        ("digest", "since", "/letter"),
    ],
)
def test_an_option_says_what_addresses_say(
    command: str, name: str, route: str, capsys: Capture
) -> None:
    assert status_of(command, "--help") == OK
    text = " ".join(capsys.readouterr().out.split())
    sense = sense_on(name, route)
    about = sense.about if sense else PARAMETERS[name].about
    # What must be given has nothing to say of itself without it.
    about = words.within(about.partition("; without it")[0])
    assert re.search(rf"--{name.replace('_', '-')} [\w \[\]\.]+ {re.escape(about)}", text)


def test_the_help_tells_every_command_option_and_exit_status(capsys: Capture) -> None:
    assert status_of("--help") == OK
    output = capsys.readouterr().out
    assert all(command in output for command in COMMANDS)
    for command in COMMANDS:
        assert status_of(command, "--help") == OK
        output = capsys.readouterr().out
        for status in ("0 done", "1 the data is invalid", "2 bad usage"):
            assert status in " ".join(output.split()), command
        for option in options_of(command):
            assert option in output, command


def options_of(command: str) -> list[str]:
    """The options that a command takes, from the parser itself."""
    parser = command_line._parser()
    [commands] = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    assert sorted(commands.choices) == sorted(COMMANDS)
    return [name for action in commands.choices[command]._actions for name in action.option_strings]


def test_every_option_of_the_snapshot_is_there() -> None:
    assert {"--as-of", "--out", "--domain", "--actor", "--data"} <= set(options_of("snapshot"))


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, as a user starts it."""
    return subprocess.run(
        [sys.executable, "-m", "stances", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_process_of_its_own_ends_with_these_statuses(folder: Folder) -> None:
    fine = run("check", STANCES_DATA=str(folder.path))
    assert (fine.returncode, fine.stderr) == (OK, "")
    assert run("check", STANCES_DATA=str(folder.path / "nowhere")).returncode == INVALID_DATA
    bad = run("snapshot", "--as-of", "banana", STANCES_DATA=str(folder.path))
    assert (bad.returncode, bad.stdout) == (BAD_USAGE, "")


@pytest.mark.slow
def test_a_narrow_terminal_encoding_gives_no_traceback(folder: Folder) -> None:
    folder.edit("events", 2, confidence="名")
    text = run("check", "--data", str(folder.path), PYTHONIOENCODING="ascii")
    assert text.returncode == INVALID_DATA
    assert len(text.stderr.splitlines()) == 1


# Runs the command line as often as it is told, each time into the folder of its number, and kills
# it as it comes to the step of writing of that number; tells how each ended. To import it takes
# long, so each is forked.
KILLED = """
import os, pathlib, signal, sys
from stances.__main__ import main

left = [0]

def dying(step):
    def die_or(*arguments, **options):
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return step(*arguments, **options)
    return die_or

os.fsync = dying(os.fsync)
for name in ("chmod", "unlink", "replace", "rmdir"):
    setattr(pathlib.Path, name, dying(getattr(pathlib.Path, name)))
for step in range(int(sys.argv[1])):
    left[0] = step
    child = os.fork()
    if not child:
        os._exit(main([*sys.argv[3:], f"{sys.argv[2]}/{step}"]))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=sys.stderr)
"""
_OLDER = b"older"
# To the disk and the mode of two files, the mode of their folder, its name; the older table away,
# the places of both, the folder away.
_STEPS_BEFORE, _STEPS_AFTER = 6, 4


def _files(folder: Path) -> dict[str, bytes]:
    """The files of a folder by name, as one sees them who lists it."""
    return {path.name: path.read_bytes() for path in folder.glob("[!.]*")}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("older", [True, False], ids=["over-an-older-one", "new"])
def test_a_snapshot_killed_while_it_writes_has_no_table_beside_other_metadata(
    tmp_path: Path, older: bool
) -> None:
    wanted = ["snapshot", "--as-of", "2020-07-01", *SIX_DATA, "--out"]
    assert status_of(*wanted, str(tmp_path / "whole")) == OK
    whole = _files(tmp_path / "whole")
    table, metadata = sorted(whole)
    before = dict.fromkeys(whole, _OLDER) if older else {}
    first, last = (_STEPS_BEFORE, _STEPS_AFTER) if older else (_STEPS_BEFORE - 2, _STEPS_AFTER)
    outs = [tmp_path / str(step) for step in range(first + last + 1)]
    for out in outs:
        out.mkdir()
        for name, content in before.items():
            (out / name).write_bytes(content)
    run = [sys.executable, "-c", KILLED, str(len(outs)), str(tmp_path), *wanted]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.split() == [str(int(-signal.SIGKILL))] * (first + last) + [str(OK)]
    for step, out in enumerate(outs):
        result = _files(out)
        if step < first:
            assert result == before
        elif table in result:
            assert result in (before, whole)
        else:
            assert result.get(metadata) in (before.get(metadata), whole[metadata])
        # Whatever was left is ended by the next run, of another day too.
        other = ["snapshot", "--as-of", "2020-07-02", *SIX_DATA, "--out"]
        assert status_of(*other, str(out)) == OK
        files = {name: content for name, content in _files(out).items() if "07-01" in name}
        assert files == (before if step < first else whole)
        assert not list(out.glob(".*"))


SHELL = shutil.which("sh")


@pytest.mark.slow
@pytest.mark.skipif(SHELL is None, reason="needs a shell")
@pytest.mark.parametrize(
    ("closed", "status"),
    [
        pytest.param(">&-", OK, marks=pytest.mark.slow),
        pytest.param("2>&-", OK, marks=pytest.mark.slow),
        (">&- 2>&- <&-", OK),
        pytest.param(
            ">/dev/full",
            BAD_USAGE,
            marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full"),
        ),
    ],
)
def test_a_closed_stream_is_no_fault_of_the_data(closed: str, status: int) -> None:
    arguments = [sys.executable, "-m", "stances", "check", *SIX_DATA]
    line = f"exec {shlex.join(arguments)} {closed}"
    assert SHELL is not None
    done = subprocess.run([SHELL, "-c", line], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == status
    assert done.stderr.count(b"\n") == (status == BAD_USAGE)


@pytest.mark.skipif(SHELL is None or not Path("/dev/full").exists(), reason="needs /dev/full")
@each(
    ("arguments", "status"),
    [
        ("check --data /nowhere 2>/dev/full", INVALID_DATA),
        ("check --data /nowhere >/dev/full 2>&1", INVALID_DATA),
        ("--help >/dev/full", BAD_USAGE),
        ("nothing 2>/dev/full", BAD_USAGE),
    ],
)
def test_what_cannot_be_written_hides_no_status(arguments: str, status: int) -> None:
    assert SHELL is not None
    line = f"exec {shlex.quote(sys.executable)} -m stances {arguments}"
    done = subprocess.run([SHELL, "-c", line], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == status
    assert b"Traceback" not in done.stderr


@pytest.mark.slow
def test_a_reader_who_goes_away_does_not_stop_a_command(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    arguments = ["snapshot", "--as-of", "2020-07-01", "--out", str(tmp_path), *SIX_DATA]
    done = subprocess.run(
        [sys.executable, "-u", "-m", "stances", *arguments],
        cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (OK, b"")
    assert len(_files(tmp_path)) == 2


def test_a_snapshot_is_for_those_whom_the_umask_lets(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        assert (
            status_of("snapshot", "--as-of", "2020-07-01", "--out", str(tmp_path), *SIX_DATA) == OK
        )
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o640}
