"""The dataset that a running server holds: the newest valid one, whatever happens to the files.

Files are looked at once a second at most, by their content, and aside: while there is something to
show nobody waits for it. What is new and valid is taken up; what is new and invalid never replaces
what is held, and its faults are kept to be told. So is whatever else goes wrong in a look, one that
does not end included. Half-written files are either invalid, or still change, and what changes is
left until it stands still.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic, sleep

from stances.dataset.descriptions import differing
from stances.dataset.faults import BadInput, DataFaults, Fault, errors_as_faults, visible
from stances.dataset.scan import Scan, scan_folder
from stances.dataset.tables import Dataset, check_scan

_RELOAD_SECONDS = 1.0
# New files must stand still for so long; a copy that pauses for longer, between two lines of a
# table that no other refers to, cannot be told from one that has ended.
_STILL_SECONDS = 0.5
# A look that takes longer is told: a file system that does not answer keeps it for ever.
_LONGEST_SECONDS = 20.0
# How long whoever asks waits for newer data while there is some.
_PATIENCE_SECONDS = 0.0
_log = logging.getLogger("stances")


@dataclass(frozen=True)
class StoreState:
    """Contents of a store. `data`: the newest valid dataset (None: there was none yet); `faults`:
    why the files as they lie now were refused (none: they are what is held); `since`: when the
    dataset was taken up, to the second; `differing`: its files that are not what its description
    says.
    """

    data: Dataset | None = None
    faults: tuple[Fault, ...] = ()
    since: datetime | None = None
    differing: tuple[Fault, ...] = ()


class _Reload:
    """A look that goes on aside. `text`: whether the log has that it takes long."""

    def __init__(self) -> None:
        self.begun = monotonic()
        self.ended = Event()
        self.text = False

    def seconds_left(self) -> float:
        """Return the seconds until it takes too long; 0 where it does."""
        return max(0.0, self.begun + _LONGEST_SECONDS - monotonic())


class Store:
    """Holds the dataset of a folder. Safe to share between threads."""

    def __init__(self, folder: Path, today: Callable[[], date] = date.today) -> None:
        self.folder = folder
        self._today = today
        self._latest = StoreState()
        self._tried: tuple[str, date] | None = None
        self._reloaded = -_RELOAD_SECONDS
        self._reload: _Reload | None = None
        self._lock = Lock()

    def state(self) -> StoreState:
        """Return what is held now, a look at the files begun where the last is a second old. While
        nothing is known yet it waits for the end of the look, or until that takes too long.
        """
        if fresh := self.fresh():
            return fresh
        reload = self._begin()
        patience = _PATIENCE_SECONDS if self._is_known() else _LONGEST_SECONDS
        reload.ended.wait(min(reload.seconds_left(), patience))
        return self._state_now()

    def fresh(self) -> StoreState | None:
        """Return what is held, if no look at the files need be begun now; never waits."""
        going_on = self._reload is not None and self._is_known()
        return (
            self._state_now()
            if going_on or monotonic() - self._reloaded < _RELOAD_SECONDS
            else None
        )

    def data(self) -> Dataset:
        """Return the dataset held. Raises DataFaults where there was no valid one yet."""
        state = self.state()
        if state.data is None:
            raise DataFaults(state.faults)
        return state.data

    def _is_known(self) -> bool:
        """Say whether there is data to show, or a fault."""
        return self._latest.data is not None or bool(self._latest.faults)

    def _state_now(self) -> StoreState:
        """Return what is held, with the fault of a look that takes too long."""
        reload = self._reload
        if reload is None or reload.seconds_left() > 0:
            return self._latest
        text = f"a look at the files takes more than {_LONGEST_SECONDS:.0f} s"
        fault = Fault(visible(str(self.folder)), 0, "", text)
        if not reload.text:
            reload.text = True
            _log.error("the data is refused:\n%s", fault)
        return replace(self._latest, faults=(fault,))

    def _begin(self) -> _Reload:
        """Return the look that goes on, a new one where there is none: never two at a time."""
        with self._lock:
            reload = self._reload
            if reload is None:
                self._reload = reload = _Reload()
                # A daemon, since one that never ends must not keep the server from ending.
                thread = Thread(target=self._run, args=(reload,), name="reload", daemon=True)
                try:
                    thread.start()
                except RuntimeError as error:  # the system has no more of them
                    _log.error("no look at the data in %s: %s", self.folder, error)
                    self._end(reload)
        return reload

    def _run(self, reload: _Reload) -> None:
        try:
            with self._errors_as_faults():
                scan, today = scan_folder(self.folder), self._today()
                if (scan.signature, today) != self._tried:
                    self._take(scan, today)
        except DataFaults as refused:
            self._hold(replace(self._latest, faults=refused.faults), refused)
        finally:
            self._end(reload)

    def _end(self, reload: _Reload) -> None:
        self._reloaded = monotonic()
        self._reload = None
        reload.ended.set()

    def _take(self, scan: Scan, today: date) -> None:
        refused, read = None, self._latest
        try:
            with self._errors_as_faults():
                data = check_scan(scan, today)
                read = StoreState(data, (), _now(), tuple(differing(data)))
        except DataFaults as faults:
            refused, read = faults, replace(self._until(today), faults=faults.faults)
        if self._latest.data is not None:
            sleep(_STILL_SECONDS)
        still = scan_folder(self.folder).signature == scan.signature
        taken = still or self._latest.data is None
        # Files that changed while they were read are looked at again.
        self._tried = (scan.signature, today) if still else None
        # What is being copied is not taken up yet; why it cannot be is told meanwhile.
        self._hold(read if taken else replace(self._latest, faults=read.faults), refused)

    @contextmanager
    def _errors_as_faults(self) -> Iterator[None]:
        """Make whatever goes wrong a fault of the folder. Raises DataFaults alone."""
        name = visible(str(self.folder))
        try:
            with errors_as_faults(name):
                yield
        except BadInput as error:
            raise DataFaults([Fault(name, 0, "", str(error))]) from None

    def _hold(self, state: StoreState, refused: DataFaults | None) -> None:
        """Hold what came of a look, and log it if it is news."""
        before, self._latest = self._latest, state
        if refused is not None and state.faults != before.faults:
            # In its first line, so that another fault is another line to who counts them.
            text = f"the data in {self.folder} is refused: {refused}"
            _log.error(text, exc_info=refused.__cause__)
        elif state.data is not None and state.data is not before.data:
            _log.info("took up dataset %s", state.data.version)

    def _until(self, today: date) -> StoreState:
        """Return what is held already, with the stances of the days that have come meanwhile."""
        state = self._latest
        # A clock that was set back takes no day away.
        if state.data is None or state.data.today >= today:
            return state
        return replace(state, data=replace(state.data, today=today), since=_now())


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@lru_cache(maxsize=4)
def store_of(folder: Path) -> Store:
    """Return the one store of a folder, for all threads of the process."""
    return Store(folder)
