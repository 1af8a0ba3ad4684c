"""The dataset that a running server holds: the newest valid one, whatever happens to the files.

Files are looked at once a second at most, by their content. What is new and valid is taken up; what
is new and invalid never replaces what is held, and its faults are kept to be told. Half-written
files are either invalid, or still change, and what changes is left until it stands still.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

from stances.dataset.faults import DataFaults, Fault
from stances.dataset.files import files_of
from stances.dataset.tables import Dataset, load

_LOOK_SECONDS = 1.0
# New files must stand still for so long; a copy that pauses for longer, between two lines of a
# table that no other refers to, cannot be told from one that has ended.
_STILL_SECONDS = 0.5
_log = logging.getLogger("stances")


@dataclass(frozen=True)
class Holding:
    """`data`: the newest valid dataset (None: there was none yet); `faults`: why the files as they
    lie now were refused (none: they are what is held); `since`: when the dataset was taken up, to
    the second.
    """

    data: Dataset | None = None
    faults: tuple[Fault, ...] = ()
    since: datetime | None = None


class Store:
    """Holds the dataset of a folder. Safe to share between threads."""

    def __init__(self, folder: Path, today: Callable[[], date] = date.today) -> None:
        self.folder = folder
        self._today = today
        self._holding = Holding()
        self._tried: tuple[str, date] | None = None
        self._looked = -_LOOK_SECONDS
        self._lock = Lock()

    def holding(self) -> Holding:
        """What is held now, after a look at the files where the last one is a second old."""
        if fresh := self.fresh():
            return fresh
        # Whoever comes while another looks takes what is held, but for the very first, who waits.
        if self._lock.acquire(blocking=self._tried is None):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._holding

    def fresh(self) -> Holding | None:
        """What is held, if it needs no look at the files now: that is no work, and never waits."""
        return self._holding if monotonic() - self._looked < _LOOK_SECONDS else None

    def data(self) -> Dataset:
        """The dataset held. Raises DataFaults where there was no valid one yet."""
        holding = self.holding()
        if holding.data is None:
            raise DataFaults(holding.faults)
        return holding.data

    def _look(self) -> None:
        found = (_signature(self.folder), self._today())
        if found != self._tried:
            self._take(found)
        self._looked = monotonic()

    def _take(self, found: tuple[str, date]) -> None:
        signature, today = found
        read = self._read(today)
        if self._holding.data is not None:
            sleep(_STILL_SECONDS)
        still = _signature(self.folder) == signature
        taken = still or self._holding.data is None
        # What is being copied is not taken up yet; why it cannot be is told meanwhile.
        self._holding = read if taken else replace(self._holding, faults=read.faults)
        # Files that changed while they were read are looked at again.
        self._tried = found if still else ("", today)
        if read.faults:
            lines = "\n".join(map(str, read.faults))
            _log.error("the data in %s is refused:\n%s", self.folder, lines)
        elif taken and read.data is not None:
            _log.info("took up dataset %s", read.data.version)

    def _read(self, today: date) -> Holding:
        """What is to be held after a look at the files as they lie."""
        try:
            data = load(self.folder, today)
        except DataFaults as refused:
            return replace(self._until(today), faults=refused.faults)
        return Holding(data, (), _now())

    def _until(self, today: date) -> Holding:
        """What is held already, with the stances of the days that have come meanwhile."""
        held = self._holding
        if held.data is None or held.data.today == today:
            return held
        return Holding(replace(held.data, today=today), held.faults, _now())


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@lru_cache(maxsize=4)
def store_of(folder: Path) -> Store:
    """The one store of a folder, for all threads of the process."""
    return Store(folder)


def _signature(folder: Path) -> str:
    """A hash over the content of the files of a dataset; one that cannot be read has none."""
    digest = hashlib.sha256()
    for file in files_of(folder):
        try:
            content = file.read_bytes()
        except OSError:
            continue
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
