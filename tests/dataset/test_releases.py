"""Releases open as they were published, by their names, and by no other."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import stances
from stances.__main__ import BAD_USAGE, OK, main
from stances.dataset import schema
from stances.dataset.changelog import CHANGELOG, versions, with_release
from stances.dataset.codebook import FORMULAS, MODEL_VERSION
from stances.dataset.comparison import difference_lines, differences
from stances.dataset.files import VERSIONED, dataset_hash, earlier_hashes
from stances.dataset.release import RELEASES, archive_path
from stances.dataset.releases import ALIASES_FILE, releases
from stances.dataset.zips import zip_files
from tests.dataset.test_first_schema import of_first_schema
from tests.folders import TODAY, Folder, load
from tests.golden import Golden

Capture = pytest.CaptureFixture[str]
DAY = "2020-06-01"


def keep_release(folder: Folder, digest: str = "") -> str:
    """Keep what a folder holds as a release, told apart by a hash: that of today if none is named;
    return its name.
    """
    data = load(folder.path, today=TODAY)
    name = f"{data.recorded}-{(digest or data.content_hash)[:8]}"
    path = archive_path(folder.path, name)
    path.parent.mkdir(exist_ok=True)
    own = {file: data.files[file] for file in VERSIONED if file in data.files}
    path.write_bytes(zip_files(own, data.recorded))
    changelog = folder.path / CHANGELOG
    before = changelog.read_bytes() if changelog.exists() else b""
    changelog.write_bytes(with_release(before, name, str(data.recorded), ".", []))
    return name


def open_release(folder: Folder, version: str) -> stances.Dataset:
    return stances.load(folder.path, TODAY, version).tracker.data


def test_a_release_opens_as_it_was_whatever_lies_in_the_folder_now(folder: Folder) -> None:
    name, before = keep_release(folder), load(folder.path, today=TODAY)
    folder.edit("events", 2, score="2")
    data = open_release(folder, name)
    assert data.version == name
    assert data.events["score"].tolist() == before.events["score"].tolist()
    assert data.folder == folder.path
    assert data.codebook.formula.number == MODEL_VERSION
    assert (
        load(folder.path, today=TODAY).events["score"].tolist() != before.events["score"].tolist()
    )


def test_a_release_is_named_by_its_hash_or_an_alias_too(folder: Folder) -> None:
    name = keep_release(folder)
    rows = f"alias,version\n2021-01-01-0a0a0a0a,{name}\n2021-01-01-0b0b0b0b,2021-01-01-0c0c0c0c\n"
    (folder.path / RELEASES / ALIASES_FILE).write_text(rows, encoding="utf-8")
    archive = releases(folder.path)
    assert {archive.name_of(text) for text in (name, name[-8:], "2021-01-01-0a0a0a0a")} == {name}
    with pytest.raises(stances.BadInput, match=f"no release 0b0b0b0b; there are: {name}"):
        archive.name_of("0b0b0b0b")


def test_where_nothing_was_released_it_is_told(folder: Folder) -> None:
    with pytest.raises(stances.BadInput, match="no release first; none lies in the folder"):
        open_release(folder, "first")


def test_what_was_known_on_a_day_is_the_newest_release_until_then(folder: Folder) -> None:
    first = keep_release(folder)
    folder.edit("events", 2, title="Another title")
    second = keep_release(folder)
    folder.edit("events", 2, recorded="2023-01-30")
    third = keep_release(folder)
    archive = releases(folder.path)
    assert [*archive.names] == [third, second, first]
    assert archive.newest_by(date(2023, 1, 29)) == second
    assert stances.load(folder.path, TODAY, known="2023-01-30").version == third
    with pytest.raises(stances.BadInput, match="nothing was released by 2001-01-01; there are: "):
        archive.newest_by(date(2001, 1, 1))
    # A release has the changelog of its day.
    assert versions(open_release(folder, second).files[CHANGELOG]) == [second, first]


@pytest.mark.parametrize("rule", [0, 1])
def test_the_model_of_a_release_follows_from_the_rule_of_its_name(
    folder: Folder, rule: int
) -> None:
    files = load(folder.path, today=TODAY).files
    assert (
        open_release(
            folder, keep_release(folder, earlier_hashes(files)[rule])
        ).codebook.formula.number
        == 2
    )
    assert (
        open_release(folder, keep_release(folder, dataset_hash(files, 1))).codebook.formula.number
        == 1
    )
    of_first_schema(folder)
    files = load(folder.path, today=TODAY).files
    assert (
        open_release(
            folder, keep_release(folder, earlier_hashes(files)[rule])
        ).codebook.formula.number
        == 1
    )


def test_an_archive_under_the_name_of_another_is_refused(folder: Folder) -> None:
    name = keep_release(folder, "0" * 64)
    with pytest.raises(stances.BadInput, match=f"does not hold what was released as {name}"):
        open_release(folder, name)


def test_a_command_computes_from_a_release(folder: Folder, tmp_path: Path, capsys: Capture) -> None:
    name = keep_release(folder)
    folder.edit("events", 2, title="Another title")
    data = ["--data", str(folder.path), "--as-of", DAY, "--out", str(tmp_path)]
    assert main(["snapshot", *data, "--release", name[-8:]]) == OK
    meta = next(tmp_path.glob("*.metadata.json")).read_text(encoding="utf-8")
    assert json.loads(meta)["dataset_version"] == name
    assert main(["snapshot", *data, "--known", name[:10], "--release", name]) == BAD_USAGE
    assert "only one of the two" in capsys.readouterr().err


def test_every_formula_says_how_it_differs() -> None:
    switches = [(each.fades, each.by_event) for each in FORMULAS.values()]
    assert len({*switches}) == len(FORMULAS)
    assert [*FORMULAS] == [each.number for each in FORMULAS.values()]


# -- the words of a release on two states of the tables: whose sources became more and fewer -------


def text(before: stances.Dataset, after: stances.Dataset) -> list[str]:
    tables = schema.tables(after.codebook, TODAY).values()
    names = {"ARC": "Arcadia", "BOR": "Boreal"}  # Of CAL the code stands.
    return [*difference_lines(differences(before.files, after.files, tables), names)]


def test_who_gained_and_who_lost_which_sources_is_told_by_actor(
    folder: Folder, golden: Golden
) -> None:
    before = folder.load()
    folder.edit("events", 2, source_ids="arc-gazette;bor-herald")
    folder.edit("events", 3, source_ids="arc-gazette;bor-herald")
    folder.edit("events", 5, source_ids="arc-daily;arc-gazette;bor-herald")
    folder.edit("acts", 2, source_ids="bor-herald")
    folder.edit("acts", 4, source_ids="bor-herald;cal-notes")
    golden({"more and fewer": text(before, folder.load())})


def test_rows_with_the_sources_that_they_had_are_not_told_of(folder: Folder) -> None:
    before = folder.load()
    folder.edit("events", 2, note="Seen again")
    assert not [line for line in text(before, folder.load()) if "a source" in line]
