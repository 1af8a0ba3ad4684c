"""The dataset that a running server holds: the newest valid one, whatever happens to the files.

Files are looked at once a second at most. What is new and valid is taken up; what is new and
invalid, half-written files among it, never replaces what is held, and its faults are kept to be
told.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic

from stances import Dataset, load
from stances.faults import DataFaults, Fault

_LOOK_SECONDS = 1.0
_log = logging.getLogger("stances")

# Name, time of change and size of each file.
_Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Holding:
    """`data`: the newest valid dataset (None: there was none yet); `faults`: why the files as they
    lie now were refused (none: they are what is held).
    """

    data: Dataset | None
    faults: tuple[Fault, ...]


class Store:
    """Holds the dataset of a folder. Safe to share between threads."""

    def __init__(self, folder: Path, today: Callable[[], date] = date.today) -> None:
        self.folder = folder
        self._today = today
        self._holding = Holding(None, ())
        self._tried: tuple[_Signature, date] | None = None
        self._looked = -_LOOK_SECONDS
        self._lock = Lock()

    def holding(self) -> Holding:
        """What is held now, after a look at the files where the last one is a second old."""
        if monotonic() - self._looked < _LOOK_SECONDS:
            return self._holding
        # Whoever comes while another looks takes what is held, but for the very first, who waits.
        if self._lock.acquire(blocking=self._tried is None):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._holding

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

    def _take(self, found: tuple[_Signature, date]) -> None:
        try:
            data = load(self.folder, found[1])
        except DataFaults as refused:
            self._holding = Holding(self._holding.data, refused.faults)
            _log.error("the data in %s is refused:\n%s", self.folder, refused)
        else:
            self._holding = Holding(data, ())
            _log.info("took up dataset %s", data.version)
        # Files that changed while they were read are looked at again.
        self._tried = found if _signature(self.folder) == found[0] else ((), found[1])


@lru_cache(maxsize=4)
def store_of(folder: Path) -> Store:
    """The one store of a folder, for all threads of the process."""
    return Store(folder)


def _signature(folder: Path) -> _Signature:
    stats = []
    for path in sorted(folder.glob("*")):
        try:
            stat = path.stat()
        except OSError:
            continue
        stats.append((path.name, stat.st_mtime_ns, stat.st_size))
    return tuple(stats)
