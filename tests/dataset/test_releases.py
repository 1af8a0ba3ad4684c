"""What follows from the tables: their description, and releases opened as they were published."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

import stances
from stances.__main__ import main
from stances.answers import export, proof, snapshot
from stances.answers.tracker import tracker_of
from stances.dataset import changelog, describe, releases, schema
from stances.dataset.codebook import MODEL_VERSION
from stances.dataset.faults import BadInput
from stances.dataset.load import Dataset, load
from stances.dataset.schema import header_of
from stances.links import view
from stances.tables import SERIES
from tests.conftest import REAL, TODAY

# What archives from before the digests have of figures.
SERIES_FILE = "series.csv"
FIGURES = ("date", "actor", "domain", "stance", "low", "high", "label", "evidence")
# A release that no model of today opens.
FOREIGN = "2020-01-01-00000000"


@pytest.fixture
def released(folder: Path) -> Path:
    """The six-event dataset, released, and a newer title since."""
    data = load(folder, TODAY)
    (folder / releases.FOLDER).mkdir()
    files = {name: data.files[name] for name in releases.VERSIONED if name in data.files}
    packed = releases.zip_files(files, data.recorded)
    (folder / releases.FOLDER / f"{data.version}.zip").write_bytes(packed)
    (folder / releases.FOLDER / f"{FOREIGN}.zip").write_bytes(packed)
    about = folder / "about.toml"
    about.write_text(about.read_text().replace("Stances on Acme", "Acme, watched"))
    return folder


def test_releases_are_listed_newest_first_with_those_that_open(
    released: Path, six: Dataset
) -> None:
    listed = releases.published(released)
    assert list(listed["version"]) == [six.version, FOREIGN]
    assert list(listed["model_version"]) == [str(MODEL_VERSION), ""]
    assert listed["size"].gt(0).all() and listed["sha256"].str.len().eq(64).all()


def test_a_release_is_opened_as_it_was_published(released: Path, six: Dataset) -> None:
    now, then = load(released, TODAY), load(released, TODAY, six.version)
    assert then.version == then.release == six.version != now.version
    assert then.about.title == "Stances on Acme" and now.about.title == "Acme, watched"
    assert then.opening_day == then.recorded and now.opening_day == TODAY
    assert then.events.equals(now.events)


def test_figures_of_a_release_are_proved_by_their_digest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["release", "--data", str(folder)]) == 0
    version = load(folder).version
    tracker = tracker_of(load(folder, TODAY, version))
    assert proof.difference(tracker) == ""
    assert stances.load(folder, TODAY, version).warning == ""
    # Other settings are meant to give other figures.
    assert stances.load(folder, TODAY, version, {"binding_weight": 9.0}).warning == ""

    computed = proof.digests(tracker, tracker.data.recorded)
    assert set(computed) == {"overall", "roads", "schools"}
    wrong = {**computed, "roads": "0"}
    monkeypatch.setattr(proof, "digests", lambda *_: wrong)
    line = f"Figures of {version} differ from those that it was published with: Roads"
    data = load(folder, date(2023, 1, 30), version)
    assert proof.difference(tracker_of(data)) == line
    shown = view.read(load(folder, date(2023, 1, 30)), "data", {"release": version})
    assert [refusal.line for refusal in shown.refused] == [line]


def test_a_release_without_a_digest_opens_as_before(released: Path, six: Dataset) -> None:
    assert stances.load(released, TODAY, six.version).warning == ""


def test_another_is_refused_with_what_there_is(released: Path, six: Dataset) -> None:
    wrong = six.version[:-1] + "z"
    for version, message in (
        (wrong, f"release: {wrong} is not a release; there are: .*did you mean {six.version}"),
        (FOREIGN, f"is of another version of the model than {MODEL_VERSION}"),
        ("../x", "is not a release"),
    ):
        with pytest.raises(BadInput, match=message):
            load(released, TODAY, version)


def test_the_releases_of_the_product_open_and_give_their_figures() -> None:
    listed = releases.published(REAL)
    current = listed[listed["model_version"] == str(MODEL_VERSION)]["version"]
    assert len(current)
    columns = [col for col in SERIES if col.name in FIGURES]
    for version in current:
        data = load(REAL, release=version)
        assert data.version == version
        assert proof.difference(tracker_of(data)) == ""
        with zipfile.ZipFile(REAL / releases.FOLDER / f"{version}.zip") as archive:
            if SERIES_FILE not in archive.namelist():
                continue
            # A release from before the digests has its figures itself.
            held = pd.read_csv(archive.open(SERIES_FILE), parse_dates=["date"])
        days = [day.date() for day in held["date"].unique()]
        series = snapshot.series(tracker_of(data), days)
        assert export.csv(series, columns) == export.csv(held, columns), version
    # Of those of one day, too, the changelog knows the order.
    text = (REAL / releases.CHANGELOG_FILE).read_text(encoding="utf-8")
    assert not listed["date"].is_unique
    assert list(listed["version"]) == changelog.versions_in(text)


def test_a_column_that_no_folder_had_raises_the_version_of_the_schema() -> None:
    """From each release of the product to the next, and from the newest to what is declared."""
    tables = [table.file for table in schema.tables().values()]
    folders = []
    for path in releases.published(REAL)["path"][::-1]:
        files = releases.unzip(path.read_bytes(), path.name)
        folders.append({name: files[name] for name in files if name in tables})
    folders.append({t.file: ",".join(t.header).encode() for t in schema.tables().values()})
    raised = 0
    for before, after in pairwise(folders):
        new = {(name, column) for name in after for column in header_of(after[name])}
        new -= {(name, column) for name in before for column in header_of(before[name])}
        raised += bool(new)
        versions = [schema.version_of(files) for files in (before, after)]
        older, newer = map(schema.version_order, versions)
        is_raised = newer > older
        assert is_raised == bool(new), f"`later` of {new}"
    assert raised


def test_versions_of_the_schema_are_compared_as_numbers() -> None:
    assert max(["1.9", "", "1.10", "1.2"], key=schema.version_order) == "1.10"


def test_the_same_files_give_the_same_zip(six: Dataset) -> None:
    once, again = (releases.zip_files(six.files, six.recorded) for _ in range(2))
    assert once == again and releases.unzip(once, "x") == six.files
    with pytest.raises(BadInput, match="x is no zip"):
        releases.unzip(b"PK", "x")


def test_the_description_names_every_file_and_column(six: Dataset) -> None:
    package = json.loads(describe.datapackage(six))
    assert (package["name"], package["version"]) == ("acme-stances", six.version)
    tables = {
        one["name"].replace("-", "_"): one
        for one in package["resources"]
        if one.get("type") == "table"
    }
    there = {name for name, table in schema.tables().items() if table.file in six.files}
    assert tables.keys() == there
    for name in there:
        table = schema.tables()[name]
        fields = [field["name"] for field in tables[name]["schema"]["fields"]]
        assert fields == header_of(six.files[table.file])
        # An older file has no later column, such as `suspends`, and no key by one.
        keys = tables[name]["schema"].get("foreignKeys", [])
        assert {field for key in keys for field in key["fields"]} <= set(fields)
        assert tables[name]["rows"] == len(getattr(six, name))
    events = {field["name"]: field for field in tables["events"]["schema"]["fields"]}
    assert events["domain"]["title"] == "Field"
    assert events["score"]["constraints"] == {"required": False, "minimum": -2, "maximum": 2}
    assert events["domain"]["constraints"]["enum"] == ["roads", "schools"]
    scope = {f["name"]: f for f in tables["acts"]["schema"]["fields"]}["scope"]["constraints"]
    assert re.fullmatch(scope["pattern"], "bridges;streets")
    assert not re.fullmatch(scope["pattern"], "bridges;")


def test_every_cell_fits_the_description(real: Dataset) -> None:
    frictionless = pytest.importorskip("frictionless")
    package = json.loads(describe.datapackage(real))
    package["resources"] = [one for one in package["resources"] if one.get("type") == "table"]
    for one in package["resources"]:
        one.pop("hash"), one.pop("bytes")
    report = frictionless.Package(package, basepath=str(REAL)).validate()
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "note"])[:5]


def test_the_columns_in_format_md_are_those_of_the_folder(six: Dataset) -> None:
    text = "# Format\n\n## acts.csv\n\nWhat binds.\n\n| column |\n| --- |\n\n## Else\n\n| x |\n"
    made = describe.format_text(six, text)
    assert made.startswith("# Format\n\n## acts.csv\n\nWhat binds.\n\n| column | type |")
    assert made.endswith("\n\n## Else\n\n| x |\n")
    assert "| `scope` | list | yes | What it covers | `bridges` Bridges; `streets` Streets;" in made
    assert "| `act_id` | text | yes | Name of the act for ever: the actor, a slug | |" in made
    assert describe.format_text(six, made) == made


def test_a_changelog_takes_what_waited_into_a_release_and_names_it_once() -> None:
    waiting = changelog.with_correction("", "ARC-1", {"score": "1"}, {"score": "2"}, "Seen")
    assert waiting.endswith("## Next release\n\n- `ARC-1`: score 1 to 2. Seen\n")
    made = changelog.with_release(waiting, "2022-03-15-0a1b2c3d", ["A line."])
    assert "## 2022-03-15\n\nVersion `2022-03-15-0a1b2c3d`:\n\n- A line.\n\n- `ARC-1`:" in made
    assert "Next release" not in made
    assert changelog.versions_in(made) == ["2022-03-15-0a1b2c3d"]
    assert changelog.with_release(made, "2022-03-15-0a1b2c3d", ["Another."]) == made
    again = changelog.with_correction(made, "ARC-2", {"score": "1"}, {"score": ""}, "Gone")
    assert (
        changelog.with_release(again, "2022-04-01-00000000", []).index("2022-04-01")
        < made.index("2022-03-15") + 50
    )
