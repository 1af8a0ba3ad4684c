"""A data folder read, checked and typed, whole or not at all, and again when a file changes."""

import hashlib
import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic

import numpy as np
import pandas as pd

from stances.dataset import schema
from stances.dataset.about import ABOUT_FILE, About, read_about, unknown_names
from stances.dataset.check import check_tables
from stances.dataset.codebook import CODEBOOK_FILE, MODEL_VERSION, Codebook, read_codebook
from stances.dataset.days import EARLIEST, AnyDay, as_day, month_ends
from stances.dataset.faults import DataFaults, Fault

DATA_VARIABLE = "STANCES_DATA"
PACKAGE_FILE, FORMAT_FILE, CHANGELOG_FILE = "datapackage.json", "FORMAT.md", "CHANGELOG.md"
# The files that a dataset is told apart by: its figures, and what is said of them.
VERSIONED = (*(f"{name}.csv" for name in schema.TABLE_NAMES), CODEBOOK_FILE, ABOUT_FILE)
DOCUMENTS = (PACKAGE_FILE, FORMAT_FILE, CHANGELOG_FILE, "LICENSE")
_PACKAGE = Path(__file__).resolve().parents[1]
# An installed package carries its tables inside; in a checkout they lie beside the code.
_CARRIED = _PACKAGE / "_data"
DEFAULT_FOLDER = _CARRIED if _CARRIED.is_dir() else _PACKAGE.parent / "data"
_RELOAD_SECONDS = 1.0
_log = logging.getLogger("stances")


# Compared and hashed by identity: one dataset is loaded once and shared.
@dataclass(frozen=True, eq=False)
class Dataset:
    """The tables of one data folder, checked and typed (columns: `schema.tables`).

    `today`: the day by the clock; `content_hash`: see `dataset_hash`; `files`: as they
    lay there, by name; `outlines`: what the map is drawn from; `release`: the name of the one that
    it is, empty for the tables of the folder. Shared: never change a table in place.
    """

    folder: Path
    today: date
    content_hash: str
    files: Mapping[str, bytes]
    outlines: Mapping[str, bytes]
    codebook: Codebook
    about: About
    release: str
    events: pd.DataFrame
    sources: pd.DataFrame
    acts: pd.DataFrame
    deadlines: pd.DataFrame
    actors: pd.DataFrame
    profiles: pd.DataFrame
    memberships: pd.DataFrame
    codings: pd.DataFrame
    external_codings: pd.DataFrame

    @cached_property
    def recorded(self) -> date:
        """The day on which the newest row of the events, acts and profiles entered or changed."""
        dated = (self.events, self.acts, self.profiles)
        newest = pd.concat([table["recorded"] for table in dated]).max()
        return self.codebook.first_date if pd.isna(newest) else newest.date()

    @property
    def version(self) -> str:
        """The day of the newest row and the start of the content hash."""
        return f"{self.recorded}-{self.content_hash[:8]}"

    @cached_property
    def schema_version(self) -> str:
        """The version of the schema in which the tables are written."""
        headers = {
            table.name: header_of(self.files[table.file])
            for table in schema.tables().values()
            if table.file in self.files
        }
        return schema.version_of(headers)

    @property
    def covered_to(self) -> date | None:
        """The last day up to which the sources were looked through; None: nothing is said of it."""
        return self.about.covered_to

    @property
    def opening_day(self) -> date:
        """The last day that has stances, shown where none is chosen: `covered_to`, else today; of a
        release that does not say it, its own day.
        """
        covered = self.covered_to or (self.recorded if self.release else None)
        return min(covered, self.today) if covered else self.today

    def day(self, value: AnyDay, parameter: str = "") -> date:
        """Return `value` as a day that has stances. Raises BadInput."""
        return as_day(value, self.codebook.first_date, self.opening_day, parameter)

    @cached_property
    def months(self) -> list[date]:
        """The days of the monthly panel: month ends, and the last day of the data."""
        return month_ends(self.codebook.first_date, self.opening_day)

    @cached_property
    def position_actors(self) -> list[str]:
        """The codes of the actors that can take a position, sorted."""
        takes_one = self.actors["kind"].isin(self.codebook.position_kinds)
        return sorted(self.actors.loc[takes_one, "actor"])

    @cached_property
    def event_sources(self) -> pd.DataFrame:
        """The sources of each event, the best tier first: event_id and their own columns."""
        return self._sources_of(self.events, "event_id")

    @cached_property
    def act_sources(self) -> pd.DataFrame:
        """The sources of each act, as `event_sources`, with act_id."""
        return self._sources_of(self.acts, "act_id")

    def _sources_of(self, table: pd.DataFrame, key: str) -> pd.DataFrame:
        pairs = table[[key, "source_ids"]].copy()
        pairs["source_id"] = pairs.pop("source_ids").str.split(schema.LIST_SEPARATOR)
        pairs = pairs.explode("source_id", ignore_index=True).astype({"source_id": schema.TEXT})
        pairs = pairs.merge(self.sources, on="source_id", how="left")
        row, tier = pd.factorize(pairs[key])[0], pd.Index(self.codebook.tiers)
        order = np.lexsort((tier.get_indexer(pd.Index(pairs["tier"])), row))
        return pairs.iloc[order].reset_index(drop=True)


def data_folder(folder: str | os.PathLike[str] | None = None) -> Path:
    """Return the folder asked for, else that of STANCES_DATA, else the one of the product."""
    here = Path.cwd()
    default = DEFAULT_FOLDER.relative_to(here) if here in DEFAULT_FOLDER.parents else DEFAULT_FOLDER
    return Path(folder or os.environ.get(DATA_VARIABLE) or default)


def load(
    folder: str | os.PathLike[str] | None = None,
    today: date | None = None,
    release: str | None = None,
) -> Dataset:
    """Return the dataset of a folder, or a release of it, as of `today`. Raises DataFaults with
    every fault, BadInput for a release that there is not.
    """
    path = data_folder(folder)
    if release:
        from stances.dataset.releases import open_release  # noqa: PLC0415

        return open_release(path, release, today)
    return checked(path, read_files(path), today or date.today())


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the files of a data folder by name, as far as they are there. Raises DataFaults."""
    try:
        return {path.name: path.read_bytes() for path in _files(folder) if path.exists()}
    except OSError as error:
        raise DataFaults([Fault(str(error.filename), 0, "", str(error.strerror))]) from None


def checked(folder: Path, files: Mapping[str, bytes], today: date, release: str = "") -> Dataset:
    """Return the dataset of files that were read already. Raises DataFaults with every fault."""
    book_file, about_file = f"{folder}/{CODEBOOK_FILE}", f"{folder}/{ABOUT_FILE}"
    if CODEBOOK_FILE not in files:
        raise DataFaults([Fault(book_file, 0, "", "the file is missing")])
    codebook = read_codebook(files[CODEBOOK_FILE], book_file)
    texts, faults = check_tables(files, codebook, today, str(folder))
    if not EARLIEST <= codebook.first_date <= today:
        told = f"{codebook.first_date} is not from {EARLIEST} to today, {today} by the clock"
        faults.append(Fault(book_file, 0, "first_date", told))
    try:
        about = read_about(files.get(ABOUT_FILE), about_file, codebook)
        if "actors" in texts and "memberships" in texts:
            kinds = dict(zip(texts["actors"]["actor"], texts["actors"]["kind"], strict=True))
            groups = set(texts["memberships"]["group"])
            faults += unknown_names(about, codebook, kinds, groups, about_file)
    except DataFaults as refused:
        faults += refused.faults
    outlines = {path.name: path.read_bytes() for path in _geometry(folder)}
    for name, content in outlines.items():
        if not _is_outline(content):
            told = "is no TopoJSON with an object countries"
            faults.append(Fault(f"{folder}/geometry/{name}", 0, "", told))
    if faults:
        raise DataFaults(faults)
    typed = {n: schema.typed_table(table, texts[n]) for n, table in schema.tables().items()}
    digest = dataset_hash(files)
    return Dataset(folder, today, digest, files, outlines, codebook, about, release, **typed)


def header_of(content: bytes) -> list[str]:
    """Return the names of the columns that the file of a table has."""
    first = content.decode("utf-8-sig").partition("\n")[0]
    return first.strip().replace('"', "").split(",")


def _files(folder: Path) -> list[Path]:
    return [folder / name for name in (*VERSIONED, *DOCUMENTS)]


def _geometry(folder: Path) -> list[Path]:
    """Return the outlines beside the tables, else those of the product: never a mixture."""
    beside = sorted((folder / "geometry").glob("*.json"))
    return beside or sorted((DEFAULT_FOLDER / "geometry").glob("*.json"))


@lru_cache(4)
def _is_outline(content: bytes) -> bool:
    try:
        return bool(json.loads(content)["objects"]["countries"])
    except (ValueError, LookupError, TypeError):
        return False


def dataset_hash(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of what a dataset is told apart by: the names, lengths and bytes of its
    VERSIONED files, and the version of the model, without which they give no figures.
    """
    parts = {name: files[name] for name in VERSIONED if name in files}
    parts["MODEL_VERSION"] = str(MODEL_VERSION).encode()
    digest = hashlib.sha256()
    for name, content in sorted(parts.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


class Store:
    """The newest good dataset of a folder, read again when a file's modification time changes, by
    one thread while others go on with what there is. `fault`: why the newest files were not taken.
    """

    def __init__(self, folder: str | os.PathLike[str] | None = None) -> None:
        self.folder = data_folder(folder)
        self.fault = ""
        self._held: Dataset | None = None
        self._faults: tuple[Fault, ...] = ()
        self._tried: object = None
        self._looked = float("-inf")
        self._lock = Lock()

    def data(self) -> Dataset:
        """Return the dataset held. Raises DataFaults where there was no good one yet."""
        # The first to come wait for the files, whoever reads them.
        due = self._held is None or monotonic() - self._looked > _RELOAD_SECONDS
        if due and self._lock.acquire(blocking=self._held is None):
            try:
                self._look()
            finally:
                self._lock.release()
        if self._held is None:
            raise DataFaults(self._faults)
        return self._held

    def _look(self) -> None:
        self._looked, today = monotonic(), date.today()
        paths = [path for path in _files(self.folder) + _geometry(self.folder) if path.exists()]
        signature = (today, [(path, path.stat().st_mtime_ns) for path in paths])
        if signature == self._tried:
            return
        self._tried = signature
        try:
            self._held = load(self.folder, today)
        except DataFaults as refused:
            self._faults, self.fault = refused.faults, str(refused)
            _log.error("the data in %s is refused: %s", self.folder, refused)
        else:
            self._faults, self.fault = (), ""
            _log.info("took up dataset %s", self._held.version)
