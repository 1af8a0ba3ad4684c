"""The command line: what each command says and writes, its exit status, one line for bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from stances.__main__ import BAD_USAGE, COMMANDS, INVALID_DATA, OK, main
from stances.commands.examples import with_examples
from stances.dataset.codebook import MODEL_VERSION
from stances.dataset.faults import BadInput
from stances.dataset.load import Dataset
from tests.conftest import ROOT, TODAY
from tests.dataset.test_write import ACT, EVENT, ID, SOURCE


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    class Day(type(TODAY)):  # type: ignore[misc]
        @classmethod
        def today(cls) -> object:
            return TODAY

    monkeypatch.setattr("stances.dataset.load.date", Day)


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = main([str(word) for word in words])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_help_names_every_command() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "stances", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert all(name in shown for name in COMMANDS)
    assert "Exit status: 0 done, 1 the data is invalid, 2 bad usage." in shown


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["chek"],
            "stances: chek is not one of: check, add, edit, cite, code, links, release, snapshot, "
            "serve, desk",
        ),
        (["check", "--dat", "x", "--what"], "unrecognized arguments: --what"),
        (["edit", "ARC-1", "score", "--why", "x"], "'score' must be column=value"),
        (["cite", "ARC-20200101-roads-order", "gone.toml"], "gone.toml: No such file"),
        (
            ["code", "ARC-roads-order", "--score", "1", "--coder", "Kim", "--why", "x"],
            "ARC-roads-order is not in events.csv, it is in acts.csv",
        ),
        (["code", "ARC-1", "--score", "1", "--why", "x"], "required: --coder"),
        (["add", "gone.toml"], "gone.toml: No such file or directory"),
        (["edit", "ARC-roads-order", "name=x", "--why", " "], "--why: must be a reason"),
        (["snapshot", "--as-of", "2019-13-01"], "--as-of: 2019-13-01 is not a day; allowed is"),
        (["snapshot", "--release", "x"], "x is not a release; there are none in this folder"),
        (["snapshot", "--format", "pdf"], "invalid choice: 'pdf'"),
        (["snapshot", "--domain", "road"], "road"),
        (["snapshot", "--actor", "ARK"], "ARK"),
        (["links", "--share", "2"], "argument --share: 2 is not above 0 and up to 1"),
        (["desk", "--alike", "gone.txt"], "gone.txt: No such file or directory"),
        (["desk", "--alike", "gone.txt", "--most", "0"], "--most: 0 is not 1 or more"),
        (["serve", "--port", "0"], "--port: 0 is not from 1 to 65535"),
    ],
)
def test_bad_usage_is_one_line_that_says_what_is_allowed(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    with_data = words if words[0] == "chek" else [*words, "--data", str(folder)]
    try:
        status = main(with_data)
    except SystemExit as ended:
        status = int(str(ended.code))
    told = capsys.readouterr().err
    assert status == BAD_USAGE and message in told and told.count("\n") == 1, told


def test_check_counts_and_tells_faults(
    folder: Path, six: Dataset, capsys: pytest.CaptureFixture[str]
) -> None:
    status, shown, _ = said(capsys, "check", "--data", folder)
    assert status == OK
    assert "events                 6 rows\n" in shown
    assert f"{folder}: valid, version {six.version}, model {MODEL_VERSION}\n" in shown
    assert "profile CAL@2021-08-01 holds no longer: " in shown
    file = folder / "events.csv"
    file.write_text(file.read_text().replace(",order,", ",orders,"))
    status, shown, told = said(capsys, "check", "--data", folder)
    assert (status, shown) == (INVALID_DATA, "")
    assert f"{folder}/events.csv:2 instrument: orders is not one of" in told


def test_add_shows_rows_and_figures_and_writes_them(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = tmp_path / "new.toml"
    entry.write_text(EVENT + SOURCE + ACT)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    words = ("add", entry, "--coder", "Kim", "--data", folder)
    status, shown, _ = said(capsys, *words, "--dry-run")
    assert status == OK and f"+{ID},CAL," in shown and shown.endswith("nothing was written\n")
    assert "Figures on 2022-05-10: 2 stances differ.\n" in shown
    assert f"Figures on {TODAY}: 2 stances differ.\n  CAL overall: none to -2.00 Block\n" in shown
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    status, shown, _ = said(capsys, *words)
    assert status == OK and "written, version 2023-01-31-" in shown
    events = pd.read_csv(folder / "events.csv", index_col="event_id")["added"].dropna()
    assert dict(events) == {ID: "2023-01-31"}
    entry.write_text(EVENT)
    status, _, told = said(capsys, *words)
    assert status == BAD_USAGE and "source_ids: is missing" in told


def test_add_says_which_profile_it_ends_and_which_event_is_not_shown(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    about = folder / "about.toml"
    about.write_text(f"covered_to = 2022-05-01\n{about.read_text()}")
    entry = tmp_path / "new.toml"
    entry.write_text(EVENT.replace("CAL", "BOR") + SOURCE)
    words = ("add", entry, "--coder", "Kim", "--data", folder)
    _, shown, _ = said(capsys, *words, "--dry-run")
    event_id = ID.replace("CAL", "BOR")
    assert f"profile BOR@2021-04-01 holds no longer: {event_id} was recorded on" in shown
    assert "CAL@" not in shown, "it had ended before"
    unseen = f"note: covered_to in about.toml is 2022-05-01, so no page shows {event_id} yet"
    assert unseen in shown
    entry.write_text(EVENT.replace("2022-05-10", "2022-04-30") + SOURCE)
    _, shown, _ = said(capsys, *words, "--dry-run")
    assert "no page shows" not in shown and "holds no longer" not in shown


def test_edit_says_what_moved(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = (
        "edit",
        "BOR-20200601-ring-road-plan",
        "score=1",
        "--data",
        folder,
        "--why",
        "Read again",
    )
    status, shown, _ = said(capsys, *words, "--coder", "Kim", "--dry-run")
    assert status == OK and "+BOR-20200601-ring-road-plan,review Kim,1,Read again," in shown
    assert "nothing was written" in shown
    assert said(capsys, *words)[0] == BAD_USAGE
    _, shown, _ = said(capsys, *words[:2], "instrument=speech", *words[3:], "--dry-run")
    assert "Figures on 2020-06-01: 1 stance differs.\n  BOR overall: 1.64 Promote to 1.52" in shown


def test_a_correction_leaves_the_day_on_which_an_event_came_in(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("edit", "BOR-20200511-teachers-doubt", "note=Seen twice", "--why", "Read again")
    assert said(capsys, *words, "--data", folder)[0] == OK
    events = pd.read_csv(folder / "events.csv", index_col="event_id")
    corrected = events.loc[words[1]]
    assert (corrected["recorded"], corrected["added"]) == ("2023-01-31", "2022-01-31")


def test_cite_adds_a_source_and_no_figure_moves(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = tmp_path / "source.toml"
    entry.write_text(SOURCE.replace("[[sources]]", ""))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    words = ("cite", "ARC-20200101-roads-order", entry, "--data", folder)
    status, shown, _ = said(capsys, *words, "--dry-run")
    assert status == OK and "+caldon-gazette-" in shown
    assert f"Figures on {TODAY}: no stance differs.\nnothing was written\n" in shown
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    status, shown, _ = said(capsys, *words)
    assert status == OK and "written, version 2022-03-15-" in shown
    entry.write_text('source_id = "bor-herald"')
    _, shown, _ = said(capsys, *words)
    assert "arc-gazette;caldon-gazette-" in shown and ";bor-herald," in shown
    assert said(capsys, *words)[0] == BAD_USAGE
    entry.write_text('url = "x"')
    assert f"{entry}: url: x is not an http or https address" in said(capsys, *words)[2]


def test_code_adds_what_a_coder_scores(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event = "ARC-20200410-minister-worried"
    words = ("code", event, "--coder", "Kim", "--why", "Mere words", "--data", folder)
    status, shown, _ = said(capsys, *words, "--score", "-1", "--seen", "sources", "--dry-run")
    assert status == OK and f"+{event},Kim,-1,Mere words,{TODAY}," in shown
    assert f"Figures on {TODAY}: no stance differs.\nnothing was written\n" in shown
    status, shown, _ = said(capsys, *words, "--score", "none")
    assert status == OK and f"+{event},Kim,,Mere words," in shown
    status, _, told = said(capsys, *words, "--score", "3")
    assert status == BAD_USAGE and f"{event}: score: 3 is outside -2..2" in told


def test_release_writes_what_is_derived_and_then_finds_nothing_stale(
    folder: Path, six: Dataset, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, told = said(capsys, "release", "--check", "--data", folder)
    assert status == INVALID_DATA
    assert f"datapackage.json is stale; run: python -m stances release --data {folder}" in told
    assert said(capsys, "release", "--data", folder)[0] == OK
    assert said(capsys, "release", "--check", "--data", folder) == (OK, "", "")
    assert (folder / "releases" / f"{six.version}.zip").exists()
    assert f"Version `{six.version}`" in (folder / "CHANGELOG.md").read_text()
    # Tables alone: the series of 30 years would be ten times as much.
    assert (folder / "releases" / f"{six.version}.zip").stat().st_size < 12_000
    words = ("snapshot", "--release", six.version, "--out", folder / "out")
    _, shown, _ = said(capsys, *words, "--data", folder)
    assert f"_{six.version}.csv\n" in shown, "no other of that day is written over"


def test_the_next_release_tells_what_it_changed(
    folder: Path, six: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "release", "--data", folder)
    entry = tmp_path / "new.toml"
    entry.write_text(EVENT + SOURCE)
    said(capsys, "add", entry, "--coder", "Kim", "--data", folder)
    said(capsys, "edit", "ARC-roads-order", "name=Road order", "--why", "Seen", "--data", folder)
    assert said(capsys, "release", "--data", folder)[0] == OK
    told = (folder / "CHANGELOG.md").read_text()
    for line in (
        f"- Compared with `{six.version}`.\n",
        "- `events.csv`: 1 added.\n",
        f"- Added: `{ID}`.\n",
        "- Corrected: `ARC-roads-order` (name).\n",
        f"- Figures on {six.recorded}: no stance differs.\n",
        "- `ARC-roads-order`: name Roads order to Road order. Seen\n",
    ):
        assert line in told, (line, told)


@pytest.mark.parametrize("ending", ["csv", "json", "parquet", "xlsx"])
def test_snapshot_writes_the_table_and_what_tells_of_it(
    folder: Path, six: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    out = tmp_path / "out"
    words = [
        "snapshot",
        "--as-of",
        "2020-04-10",
        "--out",
        out,
        "--format",
        ending,
        "--data",
        folder,
    ]
    status, shown, _ = said(capsys, *words, "--domain", "roads", "--actor", "ARC", "--actor", "BOR")
    assert status == OK
    file, about = (Path(line) for line in shown.splitlines())
    assert file.name == f"acme-stances_2020-04-10_ARC_BOR_roads.{ending}"
    told = json.loads(about.read_text())
    assert told["dataset_version"] == six.version and told["basis"] == "all"
    if ending == "csv":
        frame = pd.read_csv(file)
        assert list(frame["actor"]) == ["ARC", "BOR"] and frame["stance"].iloc[0] == -2
        _, shown, _ = said(capsys, *words, "--basis", "acts")
        assert "acme-stances_2020-04-10_acts.csv" in shown, "beside that of all"


def test_examples_show_what_they_give(six: Dataset) -> None:
    shown = (
        "Before\n<!-- derived: examples -->\n```python\n>>> 1 + 1\n3\n```\n\n```console\n"
        "$ python -m stances check\nstale\n```\n<!-- end -->\nAfter\n"
    )
    made = with_examples(six, shown)
    assert ">>> 1 + 1\n2\n" in made and "stale" not in made
    assert "events                 6 rows\n" in made
    assert made.startswith("Before\n") and made.endswith("<!-- end -->\nAfter\n")
    with pytest.raises(BadInput, match="1 / 0 fails"):
        with_examples(six, shown.replace("1 + 1", "1 / 0"))
