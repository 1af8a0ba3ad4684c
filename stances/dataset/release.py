"""A release: all that is derived from the tables, as it must be for the tables as they lie."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from stances.dataset import descriptions
from stances.dataset.about import ABOUT_FILE
from stances.dataset.changelog import CHANGELOG, versions, with_release
from stances.dataset.codebook import CODEBOOK_FILE
from stances.dataset.comparison import difference_lines, differences
from stances.dataset.contract import FORMAT_FILE, contract
from stances.dataset.counts import counted_lines
from stances.dataset.files import PACKAGE_FILE
from stances.dataset.schema import tables
from stances.dataset.tables import Dataset
from stances.dataset.zips import unzip, zip_files

RELEASES = "releases"
SERIES_FILE, SNAPSHOT_FILE, IDENTITY_FILE = "series.csv", "snapshot.csv", "release.json"
_ZIP = ".zip"


def derived_files(
    data: Dataset, figures: Mapping[str, bytes], totals: Iterable[str] = ()
) -> dict[Path, bytes]:
    """Return the files of the folder that follow from its tables, by path, as they must be.

    `figures`: the files of the archive that are computed, by name: the month-end stances up to
    `last_day`, and the stances of `figures_day`; `totals`: what the changelog says of the rows and
    figures that are others than in the release before.
    """
    files = {PACKAGE_FILE: descriptions.content(data), CHANGELOG: _changelog(data, totals)}
    if FORMAT_FILE in data.files:
        files[FORMAT_FILE] = contract(data, data.files[FORMAT_FILE].decode()).encode()
    made = {data.folder / name: content for name, content in files.items()}
    archive = zip_files(_archive_files(data, figures), data.recorded)
    return made | {archive_path(data.folder, data.version): archive}


def last_day(data: Dataset) -> date:
    """Return the last day of the series of a release: the same whenever it is made."""
    dates = data.events["date"]
    return data.recorded if dates.empty else max(data.recorded, dates.max().date())


def figures_day(data: Dataset) -> date:
    """Return the day of the figures that a release tells of: up to which its sources were looked
    through, or the last day of its series where that is earlier or nothing is said of it; the same
    whenever it is made.
    """
    return min(data.about.covered_to or last_day(data), last_day(data))


def archive_path(folder: Path, version: str) -> Path:
    """Return the path of the archive of a release."""
    return folder / RELEASES / f"{version}{_ZIP}"


def is_stale(path: Path, content: bytes) -> bool:
    """Say whether a derived file is missing or other than it must be. Of an archive what is in it
    counts: packed by another program the same files give other bytes, and one of a time that put in
    fewer files stays as it was published.
    """
    if not path.exists():
        return True
    old = path.read_bytes()
    if path.suffix == _ZIP:
        there, due = unzip(old, str(path)), unzip(content, str(path))
        lacking = due.keys() - there.keys() - {SNAPSHOT_FILE, IDENTITY_FILE}
        return bool(lacking) or not there.items() <= due.items()
    return old != content


def _archive_files(data: Dataset, figures: Mapping[str, bytes]) -> dict[str, bytes]:
    names = [table.file for table in tables(data.codebook, data.today).values()]
    names += [CODEBOOK_FILE, ABOUT_FILE]
    lie = {name: data.files[name] for name in names if name in data.files}
    return {**lie, **figures, IDENTITY_FILE: _identity(data)}


def _identity(data: Dataset) -> bytes:
    """Return what a release is called, and by what it was made."""
    text = {
        "version": data.version,
        "model_version": str(data.codebook.formula.number),
        "schema_version": data.schema_version,
        "content_sha256": data.content_hash,
        "series_to": str(last_day(data)),
        "snapshot_as_of": str(figures_day(data)),
    }
    return (json.dumps(text, indent=2) + "\n").encode()


def _changelog(data: Dataset, totals: Iterable[str]) -> bytes:
    content = data.files.get(CHANGELOG, b"")
    before = release_before(data)
    text, lines = ". The first release:", list(counted_lines(data))
    if before:
        path = archive_path(data.folder, before)
        old = unzip(path.read_bytes(), str(path))
        changes = differences(old, data.files, tables(data.codebook, data.today).values())
        names = dict(zip(data.actors["actor"], data.actors["name"], strict=True))
        text = f", compared with `{before}`:"
        lines = [*difference_lines(changes, names), *totals, *lines]
    return with_release(content, data.version, str(data.recorded), text, lines)


def release_before(data: Dataset) -> str:
    """Return the version of the release before this one; empty: none has an archive."""
    named = versions(data.files.get(CHANGELOG, b""))
    earlier = named[named.index(data.version) + 1 :] if data.version in named else named
    with_archive = (version for version in earlier if archive_path(data.folder, version).exists())
    return next(with_archive, "")
