"""A release: all that is derived from the tables, as it must be for the tables as they lie."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from stances.dataset import descriptions
from stances.dataset.about import ABOUT_FILE
from stances.dataset.changelog import CHANGELOG, versions, with_release
from stances.dataset.codebook import CODEBOOK_FILE
from stances.dataset.compared import difference_lines, differences
from stances.dataset.counts import counted_lines
from stances.dataset.files import PACKAGE_FILE
from stances.dataset.schema import tables
from stances.dataset.tables import Dataset
from stances.dataset.zips import unzipped, zipped

RELEASES = "releases"
SERIES_FILE = "series.csv"
_ZIP = ".zip"


def derived_files(data: Dataset, series: bytes) -> dict[Path, bytes]:
    """Return the files of the folder that follow from its tables, by path, as they must be.

    `series`: the month-end stances up to `last_day`, as CSV.
    """
    archive = archive_path(data.folder, data.version)
    files = {
        PACKAGE_FILE: descriptions.content(data),
        CHANGELOG: _changelog(data),
    }
    made = {data.folder / name: content for name, content in files.items()}
    return made | {archive: zipped(_archived(data, series), data.recorded)}


def last_day(data: Dataset) -> date:
    """Return the last day of the series of a release: the same whenever it is made."""
    dates = data.events["date"]
    return data.recorded if dates.empty else max(data.recorded, dates.max().date())


def archive_path(folder: Path, version: str) -> Path:
    """Return the path of the archive of a release."""
    return folder / RELEASES / f"{version}{_ZIP}"


def is_stale(path: Path, content: bytes) -> bool:
    """Say whether a derived file is missing or other than it must be. Of an archive what is in it
    counts: packed by another program the same files give other bytes.
    """
    if not path.exists():
        return True
    old = path.read_bytes()
    if path.suffix == _ZIP:
        return unzipped(old, str(path)) != unzipped(content, str(path))
    return old != content


def _archived(data: Dataset, series: bytes) -> dict[str, bytes]:
    names = [table.file for table in tables(data.codebook, data.today).values()]
    names += [CODEBOOK_FILE, ABOUT_FILE]
    lie = {name: data.files[name] for name in names if name in data.files}
    return lie | {SERIES_FILE: series}


def _changelog(data: Dataset) -> bytes:
    content = data.files.get(CHANGELOG, b"")
    before = _release_before(data, content)
    text, lines = ". The first release:", list(counted_lines(data))
    if before:
        path = archive_path(data.folder, before)
        old = unzipped(path.read_bytes(), str(path))
        changes = differences(old, data.files, tables(data.codebook, data.today).values())
        names = dict(zip(data.actors["actor"], data.actors["name"], strict=True))
        text, lines = f", compared with `{before}`:", [*difference_lines(changes, names), *lines]
    return with_release(content, data.version, str(data.recorded), text, lines)


def _release_before(data: Dataset, changelog: bytes) -> str:
    """Return the version of the release before this one; empty where there is none with an
    archive.
    """
    named = versions(changelog)
    earlier = named[named.index(data.version) + 1 :] if data.version in named else named
    with_archive = (version for version in earlier if archive_path(data.folder, version).exists())
    return next(with_archive, "")
