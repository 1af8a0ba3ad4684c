"""Files that follow from the tables: one command writes them, and tells where they are stale."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

import stances
from stances.__main__ import BAD_USAGE, INVALID_DATA, OK, main
from stances.answers import snapshot
from stances.answers.release_diff import diff_with_last, totals_text
from stances.answers.tracker import published_model
from stances.commands.examples import Examples
from stances.dataset import comparison, schema
from stances.dataset.changelog import CHANGELOG, versions
from stances.dataset.codebook import MODEL_VERSION
from stances.dataset.comparison import difference_lines, differences
from stances.dataset.descriptions import PACKAGE_FILE
from stances.dataset.release import (
    IDENTITY_FILE,
    SERIES_FILE,
    SNAPSHOT_FILE,
    archive_path,
    derived_files,
    figures_day,
    is_stale,
    last_day,
)
from stances.dataset.releases import release_of
from stances.dataset.zips import unzip, zip_files
from stances.words import within
from tests.depth import each
from tests.folders import SIX, TODAY, Folder, load

Capture = pytest.CaptureFixture[str]
_LATER = {SNAPSHOT_FILE, IDENTITY_FILE}
README = """# Six

<!-- derived: tables -->
<!-- end -->

<!-- derived: dating -->
old
<!-- end -->

<!-- derived: citation -->
<!-- end -->

<!-- derived: examples -->
```python
>>> import stances
>>> data = stances.load()
>>> for table in (data.events,
...               data.actors):
...     print(len(table))
1
>>> data.position("2020-07-01").shape
(...)
```

```console
$ python -m stances check
$ python -m stances check
events …
…
$ python -m stances snapshot --as-of 2020-07-01
```
<!-- end -->

Ends here.
"""


@pytest.fixture
def readme(folder: Folder) -> Path:
    path = folder.path / "README.md"
    path.write_text(README, encoding="utf-8")
    return path


def release_folder(folder: Folder) -> str:
    """The version that the command releases a folder as."""
    assert main(["release", "--data", str(folder.path)]) == OK
    assert main(["release", "--check", "--data", str(folder.path)]) == OK
    return load(folder.path).version


def head(folder: Folder) -> str:
    """The newest section of the changelog."""
    return (folder.path / CHANGELOG).read_text(encoding="utf-8").split("## ")[1]


def test_all_that_is_derived_is_written(folder: Folder, capsys: Capture) -> None:
    version = release_folder(folder)
    archive = archive_path(folder.path, version)
    written = [folder.path / PACKAGE_FILE, folder.path / CHANGELOG, archive]
    *lines, tag = capsys.readouterr().out.splitlines()
    assert lines == [*map(str, written), f"released {version}"]
    assert tag.endswith(f" release --tag-text --data {folder.path} | git tag -a {version} -F -")
    assert all(path.exists() for path in written)


def test_a_release_has_its_tables_constants_and_figures(folder: Folder) -> None:
    version = release_folder(folder)
    files = unzip(archive_path(folder.path, version).read_bytes(), "")
    tables = [f"{name}.csv" for name in schema.TABLE_NAMES]
    made = {SERIES_FILE, SNAPSHOT_FILE, IDENTITY_FILE}
    assert files.keys() == {*tables, "codebook.toml", "about.toml", *made}
    for name in files.keys() - made:
        assert files[name] == (folder.path / name).read_bytes()
    identity = json.loads(files[IDENTITY_FILE])
    assert (identity["version"], identity["model_version"]) == (version, str(MODEL_VERSION))
    data = release_of(folder.path, version, TODAY)
    again = snapshot.snapshot_files(data, published_model(data), identity["snapshot_as_of"])
    assert again.csv == files[SNAPSHOT_FILE]
    header, *rows = files[SERIES_FILE].decode().splitlines()
    assert header == ",".join(column.name for column in snapshot.OF_ARCHIVE)
    days = {row.partition(",")[0] for row in rows}
    assert (min(days), max(days)) == ("2019-01-31", str(folder.load().recorded))
    assert "2020-04-30,ARC,Republic of Arcadia,roads,-2.0000," in files[SERIES_FILE].decode()


def test_the_same_content_gives_the_same_bytes_on_any_day(folder: Folder) -> None:
    one = load(folder.path, today=TODAY)
    other = load(folder.path, today=date(2024, 5, 6))
    assert last_day(one) == last_day(other) == one.recorded
    assert figures_day(one) == figures_day(other)
    figures = {SERIES_FILE: b"series"}
    assert derived_files(one, figures) == derived_files(other, figures)


def test_what_is_stale_is_named(folder: Folder, capsys: Capture) -> None:
    release_folder(folder)
    folder.edit("events", 2, speaker="Another")
    capsys.readouterr()
    version = folder.load().version
    assert main(["release", "--check", "--data", str(folder.path)]) == INVALID_DATA
    text = capsys.readouterr()
    assert text.out == ""
    stale = [
        folder.path / PACKAGE_FILE,
        folder.path / CHANGELOG,
        archive_path(folder.path, version),
    ]
    assert text.err.splitlines() == [
        f"{path} is stale; run: python -m stances release --data {folder.path}" for path in stale
    ]


def test_nothing_is_written_by_a_check(folder: Folder) -> None:
    before = sorted(folder.path.rglob("*"))
    assert main(["release", "--check", "--data", str(folder.path)]) == INVALID_DATA
    assert sorted(folder.path.rglob("*")) == before


def test_the_files_of_an_archive_count_not_how_they_are_packed(folder: Folder) -> None:
    path = archive_path(folder.path, release_folder(folder))
    content = path.read_bytes()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, part in unzip(content, "").items():
            archive.writestr(name, part)
    assert path.read_bytes() != content
    assert not is_stale(path, content)
    # As releases were before they told of their day and their model.
    files = unzip(content, "")
    path.write_bytes(zip_files({n: f for n, f in files.items() if n not in _LATER}, TODAY))
    assert not is_stale(path, content)
    path.write_bytes(zip_files({n: f for n, f in files.items() if n != SERIES_FILE}, TODAY))
    assert is_stale(path, content)
    path.write_bytes(b"no zip")
    assert main(["release", "--check", "--data", str(folder.path)]) == BAD_USAGE


@pytest.mark.slow
def test_a_release_is_compared_with_the_last_and_both_stay(folder: Folder) -> None:
    first = release_folder(folder)
    assert f"Version `{first}`. The first release:" in head(folder)
    folder.edit("events", 2, speaker="Another", recorded="2022-04-01")
    folder.edit("events", 3, recorded="2022-04-01")
    folder.add("events", 2, event_id="ARC-20200101-second", title="Another")
    folder.keep("codings", 19)
    second = release_folder(folder)
    text = head(folder)
    assert text.startswith("2022-04-01\n")
    assert f"Version `{second}`, compared with `{first}`:" in text
    assert "- Added: 1 event (`ARC-20200101-second`).\n" in text
    assert "- Corrected: 1 event (`ARC-20200101-roads-order` speaker).\n" in text
    assert "- Withdrawn: 1 coding.\n" in text
    assert "\n- Rows of all tables: 1 added, 1 corrected and 1 withdrawn.\n" in text
    diff = diff_with_last(load(folder.path))
    assert diff is not None
    assert f"\n- Figures on 1 April 2022: {within(totals_text(diff))}\n" in text
    assert (
        "\n- Events: 7, from 2020-01-01 to 2020-10-27; scored 7, context 0, landmarks 2.\n" in text
    )
    assert versions((folder.path / CHANGELOG).read_bytes()) == [second, first]
    assert archive_path(folder.path, first).exists()


def test_a_position_that_was_lost_unseen_is_refused(
    folder: Folder, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = release_folder(folder)
    # So few that none is named, as of a table that was cut off.
    monkeypatch.setattr(comparison, "_MOST_LISTED", 0)
    for table in ("events", "codings"):
        for line, row in reversed([*enumerate(folder.rows(table), 1)]):
            if row["event_id"] == "BOR-20200601-ring-road-plan":
                folder.remove(table, line)
    folder.keep("profiles", 1)
    folder.edit("events", 2, recorded="2022-04-01")
    check = ["release", "--check", "--data", str(folder.path)]
    assert main(["release", "--data", str(folder.path)]) == OK
    capsys.readouterr()
    assert main(check) == INVALID_DATA
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["BOR, overall", "BOR, roads"]
    assert f": {first} has a position on " in lines[0]
    monkeypatch.undo()
    assert main(["release", "--data", str(folder.path)]) == OK
    assert main(check) == OK


def test_the_text_of_a_tag_is_what_the_changelog_says(folder: Folder, capsys: Capture) -> None:
    ask = ["release", "--tag-text", "--data", str(folder.path)]
    assert main(ask) == BAD_USAGE
    command = f"python -m stances release --data {folder.path}"
    assert capsys.readouterr().err.endswith(f" is not released; run: {command}\n")
    version = release_folder(folder)
    capsys.readouterr()
    assert main(ask) == OK
    title, _, text = capsys.readouterr().out.partition("\n\n")
    assert title == f"Stances on Acme, release of data {version}"
    assert text.strip() == head(folder).partition("\n\n")[2].strip()


def test_many_events_are_counted_and_a_new_column_corrects_nothing(six: stances.Dataset) -> None:
    tables = schema.tables(six.codebook, six.today)
    rows = [f"e{number},x" for number in range(20)]
    old = {"events.csv": "\n".join(["event_id,title", *rows]).encode()}
    new = {
        "events.csv": "\n".join(["event_id,title,recorded", *(f"{row},1" for row in rows)]).encode()
    }
    result = [tables["events"]]
    assert next(difference_lines(differences({}, old, result), {})) == "Added: 20 events."
    assert set(difference_lines(differences(old, new, result), {})) == {
        "Added: nothing.", "Corrected: nothing.", "Withdrawn: nothing.",
    }  # fmt: skip


@pytest.mark.slow
def test_the_readme_shows_what_the_data_holds(folder: Folder, readme: Path) -> None:
    version = release_folder(folder)
    text = readme.read_text(encoding="utf-8")
    assert "| `events.csv` | 6 | What one actor said or did, on one date |\n" in text
    assert "- Events dated to the month only: 1; to the year only: 0. " in text
    assert f"\n> A. Clerk. Stances on Acme, stance table of 2022-03-15. Dataset {version}. " in text
    assert "\nold\n" not in text
    assert text.startswith("# Six\n")
    assert text.endswith("\nEnds here.\n")
    _assert_its_examples_are_run(text, folder, version)
    folder.add("events", 2, event_id="ARC-20200101-second", title="Another")
    assert main(["release", "--check", "--data", str(folder.path)]) == INVALID_DATA


def _assert_its_examples_are_run(text: str, folder: Folder, version: str) -> None:
    assert "...               data.actors):\n...     print(len(table))\n6\n4\n" in text
    assert '>>> data.position("2020-07-01").shape\n(...)\n' in text
    assert re.search(r"^\$ python -m stances check\nevents +6 rows\n", text, re.MULTILINE)
    assert f"\n{folder.path.name}: valid, version {version}, model {MODEL_VERSION}\n" in text
    assert "$ python -m stances check\nevents …\n…\n" in text
    assert "\nacme-stances_2020-07-01.csv\n" in text
    assert not list(Path.cwd().glob("acme-stances*"))
    assert not list(folder.path.glob("acme-stances*"))


@pytest.mark.slow
def test_what_the_terminal_cannot_show_stands_in_an_example_all_the_same(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    shown = "```console\n$ python -m stances snapshot --as-of 2020-07-01 --out \u00fc\n```\n"
    assert "\n\u00fc/acme-stances_2020-07-01.csv\n" in Examples(folder.load()).renew(shown)


def test_a_readme_without_marks_is_left_alone(folder: Folder, readme: Path) -> None:
    readme.write_text("Nothing.", encoding="utf-8")
    release_folder(folder)
    assert readme.read_text(encoding="utf-8") == "Nothing."


def test_a_citation_that_somebody_began_is_kept_up(folder: Folder) -> None:
    cited = folder.path.parent / "CITATION.cff"
    release_folder(folder)
    assert not cited.exists()
    cited.touch()
    folder.replace("about.toml", "Stances on Acme", "Stances on: Acme #1")
    release_folder(folder)
    fields = dict(line.split(": ", 1) for line in cited.read_text(encoding="utf-8").splitlines())
    assert json.loads(fields["title"]) == "Stances on: Acme #1"
    assert json.loads(fields["version"]) == folder.load().version


def test_what_lies_beside_data_is_not_that_of_another_subject_beside_it(folder: Folder) -> None:
    beside = {
        folder.path.with_name(name): text
        for name, text in (("README.md", README), ("CITATION.cff", ""))
    }
    for path, text in beside.items():
        path.write_text(text, encoding="utf-8")
    folder.path.with_name("data").mkdir()
    release_folder(folder)
    assert {path: path.read_text(encoding="utf-8") for path in beside} == beside


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<!-- derived: colours -->\n<!-- end -->\n", "colours is not derived; there are: tables"),
        (
            "<!-- derived: examples -->\n```python\n>>> 1 / 0\n```\n<!-- end -->\n",
            "the example 1 / 0 fails: ZeroDivisionError",
        ),
    ],
)
def test_a_mark_or_an_example_that_is_wrong_is_told(
    folder: Folder, readme: Path, body: str, text: str, capsys: Capture
) -> None:
    readme.write_text(body, encoding="utf-8")
    before = sorted(folder.path.rglob("*"))
    assert main(["release", "--data", str(folder.path)]) == BAD_USAGE
    assert text in capsys.readouterr().err
    assert sorted(folder.path.rglob("*")) == before


@each(
    ("old", "new", "message"),
    [
        ("<!-- derived: tables -->\n<!-- end -->\n", "", ["<!-- derived: tables --> is missing"]),
        (
            "<!-- derived: dating -->\n",
            "",
            ["<!-- end --> in line 7 has no mark before it", "<!-- derived: dating --> is missing"],
        ),
        (
            "old\n<!-- end -->\n",
            "",
            ["<!-- derived: dating --> in line 6 has no <!-- end --> after"],
        ),
        ("<!-- end -->\n\nEnds", "Ends", ["<!-- derived: examples --> in line 13 has no <!-- end"]),
    ],
)
def test_marks_of_which_some_are_missing_are_named(
    folder: Folder, readme: Path, old: str, new: str, message: list[str], capsys: Capture
) -> None:
    examples = README[README.index("```python") : README.index("<!-- end -->\n\nEnds")]
    text = README.replace(examples, "")
    assert old in text
    readme.write_text(text.replace(old, new), encoding="utf-8")
    for command in (["release", "--check"], ["release"]):
        assert main([*command, "--data", str(folder.path)]) == BAD_USAGE
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(f"stances: {readme}: {'; '.join(message)}")
    assert readme.read_text(encoding="utf-8") == text.replace(old, new)


def test_invalid_data_is_not_released(folder: Folder) -> None:
    folder.edit("events", 2, score="9")
    before = sorted(folder.path.rglob("*"))
    assert main(["release", "--data", str(folder.path)]) == INVALID_DATA
    assert sorted(folder.path.rglob("*")) == before


def test_a_folder_of_another_tracker_is_released_too(tmp_path: Path) -> None:
    shutil.copytree(SIX.with_name("hostile"), tmp_path / "hostile")
    assert main(["release", "--data", str(tmp_path / "hostile")]) == OK
    assert main(["release", "--check", "--data", str(tmp_path / "hostile")]) == OK
