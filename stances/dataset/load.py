"""A data folder read, checked and typed, whole or not at all, and again when a file changes."""

import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

import numpy as np
import pandas as pd

from stances.dataset import releases, schema
from stances.dataset.about import ABOUT_FILE, About, read_about, unknown_names
from stances.dataset.check import Texts, check_tables, rows_of
from stances.dataset.codebook import CODEBOOK_FILE, MODEL_VERSION, Codebook, read_codebook
from stances.dataset.days import EARLIEST, AnyDay, as_day, month_ends
from stances.dataset.faults import BadInput, DataFaults, Fault, unusable
from stances.dataset.files import read_json, read_plain
from stances.dataset.toml import Wrong, faults_in, unknown

DATA_VARIABLE = "STANCES_DATA"
FORMAT_FILE = "FORMAT.md"
PACKAGE_FILE = "datapackage.json"
# What the map is drawn from, in the folder geometry.
OUTLINES = ("europe_50m.json", "world_110m.json")
_DOCUMENTS = (PACKAGE_FILE, FORMAT_FILE, releases.CHANGELOG_FILE, "LICENSE")
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
    coverage: pd.DataFrame
    codings: pd.DataFrame
    coders: pd.DataFrame
    external_codings: pd.DataFrame

    @cached_property
    def recorded(self) -> date:
        """The day on which the newest row of the events, acts and profiles entered or changed."""
        days = [table["recorded"] for table in (self.events, self.acts, self.profiles)]
        newest = pd.concat(days).max()
        return self.codebook.first_date if pd.isna(newest) else newest.date()

    @cached_property
    def rows(self) -> dict[str, list[schema.Row]]:
        """The rows of each table as texts, with all columns that it has today; never change one in
        place: every change of the dataset begins with them.
        """
        return {name: rows_of(table, self.files) for name, table in schema.tables().items()}

    @property
    def version(self) -> str:
        """The day of the newest row and the start of the content hash."""
        return f"{self.recorded}-{self.content_hash[:8]}"

    @cached_property
    def schema_version(self) -> str:
        """The version of the schema in which the tables are written."""
        return schema.version_of(self.files)

    @property
    def changelog(self) -> str:
        """The changelog of the folder; empty where there is none."""
        return self.files.get(releases.CHANGELOG_FILE, b"").decode("utf-8-sig")

    @property
    def covered_to(self) -> date | None:
        """The last day up to which the sources were looked through; None: nothing is said of it."""
        return self.about.covered_to

    @property
    def opening_day(self) -> date:
        """The last day that has stances, shown where none is chosen: `covered_to`, else today; of a
        release that does not say it, its own day.
        """
        if self.covered_to:
            return min(self.covered_to, self.today)
        # What is recorded may be of tomorrow, where the clock of who wrote it went before.
        if self.release:
            return min(self.recorded, self.today)
        return self.today

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
        actors = self.actors
        takes_position = actors["kind"].isin(self.codebook.position_kinds)
        return sorted(actors.loc[takes_position, "actor"])

    @cached_property
    def coder_kinds(self) -> dict[str, str]:
        """Who each coder is, human or machine, where the folder says it; who reviews, as who bears
        the name.
        """
        kinds: dict[Any, str] = self.coders.set_index("coder")["kind"].to_dict()
        for coder in self.codings["coder"].unique():
            name = coder.removeprefix("review ")
            if name in kinds:
                kinds.setdefault(coder, kinds[name])
        return kinds

    @cached_property
    def event_sources(self) -> pd.DataFrame:
        """The sources of each event, the best tier first: event_id and their own columns."""
        return self._sources_of(self.events, "event_id")

    @cached_property
    def act_sources(self) -> pd.DataFrame:
        """The sources of each act, as `event_sources`, with act_id."""
        return self._sources_of(self.acts, "act_id")

    def _sources_of(self, table: pd.DataFrame, key: str) -> pd.DataFrame:
        """Return a row for each pair of a row of a table, by its `key`, and a source of it."""
        cited = table["source_ids"].str.split(schema.LIST_SEPARATOR)
        # A row a source, whose index still is the row of the table.
        pairs = table[[key]].assign(source_id=cited).explode("source_id")
        pairs = pairs.astype({"source_id": schema.TEXT})
        sources = self.sources.set_index("source_id")
        pairs = pairs.join(sources, on="source_id")

        tiers = list(self.codebook.tiers)
        rank = pairs["tier"].map(tiers.index)
        # By the row of the table, then the tier: lexsort sorts by its last key first.
        order = np.lexsort((rank, pairs.index))
        return pairs.take(order).reset_index(drop=True)


def data_folder(folder: str | os.PathLike[str] | None = None) -> Path:
    """Return the folder asked for, else that of STANCES_DATA, else the one of the product."""
    if not folder:
        folder = os.environ.get(DATA_VARIABLE)
    if folder:
        return Path(folder)
    # Messages name files from where one stands, as a reader would type them.
    working_folder = Path.cwd()
    if working_folder in DEFAULT_FOLDER.parents:
        return DEFAULT_FOLDER.relative_to(working_folder)
    return DEFAULT_FOLDER


def load(
    folder: str | os.PathLike[str] | None = None,
    today: date | None = None,
    release: str | None = None,
) -> Dataset:
    """Return the dataset of a folder, or a release of it as it was published, as of `today`. Raises
    DataFaults with every fault; BadInput for a release that there is not, or that another version
    of the model made.
    """
    path = data_folder(folder)
    if today is None:
        today = date.today()
    if release:
        release_file = releases.release_path(path, release)
        return _released(release_file, today)
    return checked(path, read_files(path), today)


# A zip bears the hash of its files as its name: it never becomes another.
@lru_cache(maxsize=3)
def _released(path: Path, today: date) -> Dataset:
    """Return the dataset of a release by the path of its zip."""
    version = path.stem
    content = read_plain(path)
    names = (*releases.VERSIONED, releases.IDENTITY_FILE)
    files = releases.unzip(content, path.name, names)
    if not releases.is_current(version, files):
        text = f"{version} is of another version of the model than {MODEL_VERSION}"
        raise BadInput(f"{text}: take its zip, it cannot be opened here", "release")
    # The zip lies in the folder of the releases of that of the data.
    folder = path.parents[1]
    return checked(folder, files, today, version)


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the files of a data folder by name, as far as they are there. Raises DataFaults."""
    return {path.name: read_plain(path) for path in _files(folder) if path.exists()}


def checked(
    folder: Path,
    files: Mapping[str, bytes],
    today: date,
    release: str = "",
) -> Dataset:
    """Return the dataset of files that were read already. Raises DataFaults with every fault."""
    book_file = f"{folder}/{CODEBOOK_FILE}"
    if CODEBOOK_FILE not in files:
        raise unusable(book_file, "the file is missing")
    codebook = read_codebook(files[CODEBOOK_FILE], book_file)

    texts, faults = check_tables(
        files,
        codebook,
        today,
        str(folder),
    )
    faults += faults_in(book_file, _wrong_codebook(codebook, texts, today))
    about_file = f"{folder}/{ABOUT_FILE}"
    try:
        about = read_about(files.get(ABOUT_FILE), about_file, codebook)
        # A table is not there where its file cannot be read.
        if "actors" in texts and "memberships" in texts:
            faults += faults_in(about_file, unknown_names(about, codebook, texts))
    except DataFaults as refused:
        faults += refused.faults

    outlines, outline_faults = _read_outlines(folder)
    faults += outline_faults
    faults += _document_faults(folder, files)
    # From here on every table has been read.
    if faults:
        raise DataFaults(faults)
    tables = schema.tables().items()
    typed = {name: schema.typed_table(table, texts[name]) for name, table in tables}
    return Dataset(
        folder=folder,
        today=today,
        content_hash=releases.dataset_hash(files),
        files=files,
        outlines=outlines,
        codebook=codebook,
        about=about,
        release=release,
        **typed,
    )


def _wrong_codebook(codebook: Codebook, texts: Texts, today: date) -> Wrong:
    """Yield each key of a codebook that does not go with the clock or the tables."""
    if not EARLIEST <= codebook.first_date <= today:
        message = f"{codebook.first_date} is not from {EARLIEST} to today, {today} by the clock"
        yield "first_date", message
    # As all tables, it is not there where its file cannot be read.
    if "coders" in texts:
        coders = [*codebook.coders, *texts["coders"]["coder"]]
        # Where it is said nowhere who codes, nobody is known, and any name may be blind.
        if coders:
            yield from unknown("blind.coders", codebook.blind, coders)


def _document_faults(folder: Path, files: Mapping[str, bytes]) -> Iterator[Fault]:
    """Yield what is wrong with the texts that lie beside the tables."""
    for name in _DOCUMENTS:
        content = files.get(name, b"")
        try:
            content.decode()
            if name == PACKAGE_FILE and content:
                read_json(content)
        except UnicodeDecodeError:
            yield Fault(f"{folder}/{name}", "is not UTF-8")
        except ValueError:
            yield Fault(f"{folder}/{name}", "is no JSON")


def _files(folder: Path) -> list[Path]:
    """Return the paths of all that a data folder may have beside its outlines."""
    return [folder / name for name in (*releases.VERSIONED, *_DOCUMENTS)]


def _geometry(folder: Path) -> list[Path]:
    """Return the outlines beside the tables, else those of the product: never a mixture."""
    home = folder / "geometry"
    if not any((home / name).exists() for name in OUTLINES):
        home = DEFAULT_FOLDER / "geometry"
    return [home / name for name in OUTLINES]


def _read_outlines(folder: Path) -> tuple[dict[str, bytes], list[Fault]]:
    """Return what the map is drawn from, by name, and what is wrong with it."""
    outlines = {}
    faults: list[Fault] = []
    for path in _geometry(folder):
        try:
            content = read_plain(path)
        except DataFaults as refused:
            faults += refused.faults
            continue
        outlines[path.name] = content
        if not _is_outline(content):
            faults.append(Fault(str(path), "is no TopoJSON with an object countries"))
    return outlines, faults


# They are large and do not change, and each judged change of the tables asks again.
@lru_cache(4)
def _is_outline(content: bytes) -> bool:
    """Say whether a file is a TopoJSON of countries."""
    try:
        topology: Any = read_json(content)
        return bool(topology["objects"]["countries"])
    except (ValueError, LookupError, TypeError):
        return False


class Store:
    """The newest good dataset of a folder, read again when a file's modification time changes, by
    one thread while others go on with what there is. `fault`: why the newest files were not taken;
    empty: they were.

    `_held`: that dataset, None before the first; `_faults`: those of the last refusal; `_tried`:
    the day and the files, with their times, that were last loaded, good or not; `_looked`: when
    the times were last asked for, in seconds of the monotonic clock.
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
        # The first to come wait for the files, whoever reads them; later ones go on with what is
        # held while another looks.
        is_due = self._held is None or monotonic() - self._looked > _RELOAD_SECONDS
        if is_due and self._lock.acquire(blocking=self._held is None):
            try:
                self._look()
            finally:
                self._lock.release()
        if self._held is None:
            raise DataFaults(self._faults)
        return self._held

    def take(self, data: Dataset) -> None:
        """Hold a dataset that was judged and written, without a second load. Where the folder says
        otherwise by now, it is read as ever.
        """
        with self._lock:
            modified = self._modified()
            if read_files(self.folder) == data.files:
                self._tried = (data.today, modified)
                self._held = data
                self.fault = ""

    def _modified(self) -> list[tuple[Path, int]]:
        """Return the files of the folder that there are, with when each was modified."""
        paths = [*_files(self.folder), *_geometry(self.folder)]
        return [(path, path.stat().st_mtime_ns) for path in paths if path.exists()]

    def _look(self) -> None:
        """Load the folder if a file of it, or the day, is another than at the last try. A faulty
        state is tried once, and the dataset held stays.
        """
        self._looked = monotonic()
        today = date.today()
        modified = self._modified()
        if (today, modified) == self._tried:
            return

        self._tried = (today, modified)
        try:
            self._held = load(self.folder, today)
        except DataFaults as refused:
            self._faults = refused.faults
            self.fault = str(refused)
            _log.error("the data in %s is refused: %s", self.folder, refused)
        else:
            self.fault = ""
            _log.info("took up dataset %s", self._held.version)
