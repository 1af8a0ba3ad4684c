"""The releases of a data folder, each opened as it was published: its tables, read by the schema of
its time, and the version of the model that it was made with.

An archive is read when it is asked for, and not before.
"""

import csv
import io
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock

from stances.dataset import schema
from stances.dataset.changelog import CHANGELOG, up_to, versions
from stances.dataset.codebook import CODEBOOK_FILE, FORMULAS, Formula
from stances.dataset.days import AnyDay, as_day, day_at_start
from stances.dataset.faults import BadInput, DataFaults, inline
from stances.dataset.files import VERSIONED, data_folder, dataset_hash, earlier_hashes
from stances.dataset.first_schema import is_first
from stances.dataset.plain import most_bytes, read_plain
from stances.dataset.release import RELEASES, archive_path
from stances.dataset.scan import scan_folder
from stances.dataset.tables import Dataset, check_scan, load
from stances.dataset.toml import parse_toml
from stances.dataset.zips import unzip

ALIASES_FILE = "aliases.csv"
VERSION = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})-(?P<hash>[0-9a-f]{8})")
# The last versions of the model that were no part of a name, by whether it is of the first schema.
_UNNAMED = {True: FORMULAS[1], False: FORMULAS[2]}


@dataclass(frozen=True)
class Releases:
    """The releases of a folder that have an archive: their `names`, the newest first, and names
    that they have had beside, each with the one that it stands for.
    """

    folder: Path
    names: tuple[str, ...]
    aliases: dict[str, str]

    def name_of(self, text: str) -> str:
        """Return the name of a release by its name, its hash, or an alias. Raises BadInput."""
        known = {**self.aliases, **{name: name for name in self.names}}
        by_hash = {name.rpartition("-")[2]: of for name, of in known.items()}
        name = known.get(text) or by_hash.get(text)
        if name is None:
            raise BadInput(f"there is no release {inline(text)}; {self.choices}")
        return name

    def newest_by(self, day: date) -> str:
        """Return the newest release of a day or before it. Raises BadInput."""
        for name in self.names:
            if day_at_start(name) <= day:
                return name
        raise BadInput(f"nothing was released by {day}; {self.choices}")

    @property
    def choices(self) -> str:
        """Name the releases, as the end of a line that refuses another."""
        if not self.names:
            return f"none lies in the folder {RELEASES} of the data"
        return f"there are: {', '.join(self.names)}"


def releases(folder: Path) -> Releases:
    """Return the releases of a folder. No archive is opened for it."""
    stems = (path.stem for path in (folder / RELEASES).glob("*.zip"))
    names = [stem for stem in stems if VERSION.fullmatch(stem)]
    by_age = versions(_content(folder / CHANGELOG))
    place = {name: len(by_age) - at for at, name in enumerate(by_age)}
    names.sort(key=lambda name: (day_at_start(name), place.get(name, 0), name), reverse=True)
    rows = csv.DictReader(io.StringIO(_content(folder / RELEASES / ALIASES_FILE).decode()))
    aliases = {row["alias"]: row["version"] for row in rows}
    return Releases(folder, tuple(names), {a: of for a, of in aliases.items() if of in names})


def release_name(data: Dataset) -> str:
    """Return the release that a dataset is; empty: none of its version is kept."""
    return data.version if data.version in releases(data.folder).names else ""


def release_of(folder: Path, version: str, today: date) -> Dataset:
    """Return a release as it was published, with stances up to `today`. Raises BadInput for one
    that there is not, and DataFaults for an archive that cannot be used.
    """
    return _release(folder, releases(folder).name_of(version), today)


def open_dataset(
    folder: str | os.PathLike[str] | None = None,
    today: date | None = None,
    version: str | None = None,
    known: AnyDay | None = None,
) -> Dataset:
    """Return the dataset of a folder: as it lies there, or a release of it, by its `version` or as
    it was `known` on a day. Raises DataFaults and BadInput.
    """
    if version is None and known is None:
        return load(folder, today)
    path, last = data_folder(folder), today or date.today()
    return release_of(path, _name(path, version, known, last), last)


def release_for(data: Dataset, version: str | None, known: AnyDay | None) -> Dataset:
    """Return a release of the folder of a dataset, as `open_dataset` does; where none is named the
    dataset itself. Raises BadInput, also for an archive that cannot be used.
    """
    if version is None and known is None:
        return data
    name = _name(data.folder, version, known, data.today)
    try:
        return release_of(data.folder, name, data.today)
    except DataFaults as faults:
        raise BadInput(f"release {name} cannot be opened: {faults.faults[0]}") from None


def _name(folder: Path, version: str | None, known: AnyDay | None, today: date) -> str:
    """Return the name of the release that is asked for by one of the two. Raises BadInput."""
    there = releases(folder)
    if known is None:
        return there.name_of(version or "")
    if version is None:
        return there.newest_by(as_day(known, schema.EARLIEST_DATE, today))
    both = f"release {inline(version)} and known {inline(str(known))}"
    raise BadInput(f"{both}: only one of the two is taken; {there.choices}")


# An archive does not change; of the last few the tables are kept.
MOST_RELEASES = 3
_opening = Lock()


def _release(folder: Path, version: str, today: date) -> Dataset:
    # Without the lock each who comes at once would have one of their own.
    with _opening:
        return _read_release(folder, version, today)


@lru_cache(maxsize=MOST_RELEASES)
def _read_release(folder: Path, version: str, today: date) -> Dataset:
    path = archive_path(folder, version)
    files = _files(path)
    formula, digest = _identity(path, files)
    scan = scan_folder(folder)
    faults = tuple(fault for fault in scan.faults if fault.file.startswith(scan.geometry))
    data = check_scan(replace(scan, folder=path, files=files, faults=faults), today)
    changelog = up_to(scan.files.get(CHANGELOG, b""), version)
    return replace(
        data,
        folder=folder,
        content_hash=digest,
        files={**files, CHANGELOG: changelog},
        codebook=replace(data.codebook, formula=formula),
        release=version,
    )


@lru_cache(maxsize=64)
def formula_of(folder: Path, version: str) -> Formula:
    """Return the version of the model that a release was made with. Raises BadInput."""
    path = archive_path(folder, version)
    return _identity(path, _files(path))[0]


def _files(path: Path) -> dict[str, bytes]:
    """Return the files of an archive by which a dataset is told apart. Raises BadInput."""
    # By its name alone: visitors of a server need not know where its files lie.
    return unzip(read_plain(path, most_bytes()), path.name, VERSIONED)


def _identity(path: Path, files: Mapping[str, bytes]) -> tuple[Formula, str]:
    """Return the version of the model that a release was made with, and its hash, by the rule of
    its time that gives its name. Raises BadInput where none does: it is another's archive.
    """
    book = parse_toml(files.get(CODEBOOK_FILE, b""), f"{path.name}/{CODEBOOK_FILE}")
    hashes = [(formula, dataset_hash(files, formula.number)) for formula in FORMULAS.values()]
    hashes += [(_UNNAMED[is_first(book)], digest) for digest in earlier_hashes(files)]
    for formula, digest in hashes:
        if path.stem.endswith(f"-{digest[:8]}"):
            return formula, digest
    raise BadInput(f"{path.name} does not hold what was released as {path.stem}")


def _content(path: Path) -> bytes:
    return read_plain(path, most_bytes()) if path.exists() else b""
