"""The description of the data folder: never stale, and valid for a program that is not ours."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import stances
from stances.__main__ import OK, main
from stances.dataset import descriptions, schema
from tests.folders import REAL, Folder


def package_of(folder: Path) -> dict[str, Any]:
    package: dict[str, Any] = json.loads((folder / descriptions.PACKAGE_FILE).read_bytes())
    return package


def test_the_file_in_the_folder_is_what_the_command_makes(real: stances.Dataset) -> None:
    made = descriptions.content(real)
    assert (REAL / descriptions.PACKAGE_FILE).read_bytes() == made, (
        "data/datapackage.json is stale: run `python -m stances datapackage`"
    )


def test_bytes_and_hashes_are_those_of_the_files() -> None:
    for resource in package_of(REAL)["resources"]:
        content = (REAL / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_every_table_and_map_is_described() -> None:
    described = {resource["path"] for resource in package_of(REAL)["resources"]}
    maps = {f"geometry/{path.name}" for path in (REAL / "geometry").glob("*.json")}
    assert maps
    assert described == {
        *(f"{table}.csv" for table in schema.TABLE_NAMES), "codebook.toml", "about.toml", *maps,
    }  # fmt: skip


def test_title_version_and_licence_are_those_of_the_edition(real: stances.Dataset) -> None:
    package = package_of(REAL)
    assert package["title"] == real.about.title
    assert package["version"] == real.version
    assert real.about.licence is not None
    assert package["licenses"] == [
        {"name": real.about.licence.name, "path": real.about.licence.url,
         "title": real.about.licence.title},
    ]  # fmt: skip


def test_the_description_is_the_same_on_another_day() -> None:
    today = stances.load(REAL).dataset
    other = stances.load(REAL, today=today.recorded).dataset
    assert descriptions.content(today) == descriptions.content(other)


def differing(data: stances.Dataset, change: Callable[[Any], Any]) -> list[str]:
    """Return the faults of files beside a description that was changed."""
    package = json.dumps(change(descriptions.describe(data))).encode()
    files = {**data.files, descriptions.PACKAGE_FILE: package}
    return [str(fault) for fault in descriptions.differing(replace(data, files=files))]


def _resource(package: Any, path: str) -> Any:
    return next(each for each in package["resources"] if each["path"] == path)


def _change(path: str, /, **said: object) -> Callable[[Any], Any]:
    def change(package: Any) -> Any:
        _resource(package, path).update(said)
        return package

    return change


def _rows(count: int) -> str:
    return f"events.csv: has 6 rows; datapackage.json says {count}"


OTHER = "is not the file that datapackage.json describes: it has another hash"
NOTHING = ["datapackage.json: describes none of the files"]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda package: package, []),
        (_change("about.toml", hash="sha256:0"), [f"about.toml: {OTHER}"]),
        (_change("events.csv", hash="sha256:0"), [f"events.csv: {OTHER}"]),
        (_change("events.csv", hash="sha256:0", rows=5), [_rows(5)]),
        (_change("events.csv", hash="sha256:0", rows="5"), [f"events.csv: {OTHER}"]),
        # A hash of another kind says nothing here, and the length does.
        (_change("events.csv", hash="d41d8cd98f00b204e9800998ecf8427e"), []),
        (_change("events.csv", hash=None, bytes=3), [f"events.csv: {OTHER}"]),
        (
            _change("about.toml", path="geometry/moon.json"),
            ["geometry/moon.json: is missing, but datapackage.json describes it"],
        ),
        # What is no file of a dataset is nobody's matter.
        (_change("about.toml", path="notes.txt", hash="sha256:0"), []),
        (_change("about.toml", path=7), []),
        (lambda _: [], NOTHING),
        (lambda _: {"resources": 7}, NOTHING),
        (lambda _: {"resources": [7, None, {}]}, NOTHING),
    ],
)
def test_files_that_are_not_as_described_are_named(
    six: stances.Dataset, change: Callable[[Any], Any], text: list[str]
) -> None:
    assert differing(six, change) == text


def test_a_folder_without_a_description_differs_from_none(six: stances.Dataset) -> None:
    assert descriptions.differing(six) == []


def test_the_product_is_as_described(real: stances.Dataset) -> None:
    assert descriptions.differing(real) == []


def test_the_command_writes_it_into_the_folder(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["datapackage", "--data", str(folder.path)]) == OK
    path = folder.path / descriptions.PACKAGE_FILE
    assert capsys.readouterr().out == f"{path}\n"
    assert path.read_bytes() == descriptions.content(folder.load())


def frictionless_errors(folder: Path) -> list[str]:
    frictionless = pytest.importorskip("frictionless", reason="tests/requirements.txt has it")
    report = frictionless.validate(str(folder / descriptions.PACKAGE_FILE))
    flat: list[list[Any]] = report.flatten(["path", "rowNumber", "fieldName", "type", "message"])
    return ["".join(map(str, error)) for error in flat] + [str(e) for e in report.errors]


def test_frictionless_finds_the_real_data_valid() -> None:
    assert frictionless_errors(REAL) == []


def test_frictionless_finds_what_is_wrong(folder: Folder) -> None:
    assert main(["datapackage", "--data", str(folder.path)]) == OK
    assert frictionless_errors(folder.path) == []
    shutil.copy(folder.path / "datapackage.json", folder.path.parent / "before.json")
    folder.edit("codings", 2, event_id="ARC-20200101-no-such")
    assert frictionless_errors(folder.path) != []
