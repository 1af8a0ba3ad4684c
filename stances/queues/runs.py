"""Runs of the script take turns, by the address of the visitor: more at a time would not end
earlier, only hinder each other.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

from stances.queues.rotation import Rotation

# One has the interpreter while the event loop sends; a second one would take it from both, and
# fifty would each wake two thousand times a second to ask for it.
_AT_ONCE = 1
# A run that takes so long has had its turn: one that hangs must not keep others waiting. And a page
# that waits so long says so.
PATIENCE_SECONDS = 5.0
# How often who waits looks whether one has had its turn for so long.
_SCAN_SECONDS = 0.5


class _Slot:
    """The slot of a run: when it began to wait, and when it has had it."""

    def __init__(self) -> None:
        self.since = time.monotonic()
        self.begun = Event()
        self.until = 0.0


class RunQueue:
    """Slots of runs. Those under a reader's own settings or of a release, which share little with
    others, have every other slot at most. Safe to share between threads.
    """

    def __init__(self, at_once: int = _AT_ONCE, seconds: float = PATIENCE_SECONDS) -> None:
        self._at_once, self._seconds = at_once, seconds
        self._lock = Lock()
        # The lane whose turn it is comes first.
        self._lanes: list[Rotation[_Slot]] = [Rotation(), Rotation()]
        self._published, self._changed = self._lanes
        self._running: set[_Slot] = set()

    @contextmanager
    def slot(
        self, client: str = "", changed: bool = False, waits: Callable[[], None] = lambda: None
    ) -> Iterator[None]:
        """Wait for a slot and keep it, for a `with` block. `changed`: it is under own settings or
        of a release; `waits`: called once where it takes longer than a visitor takes for granted.
        """
        lane, slot = self._changed if changed else self._published, _Slot()
        with self._lock:
            lane.put(client, slot)
            self._start()
        try:
            self._wait(slot, waits)
            yield
        finally:
            with self._lock:
                self._running.discard(slot)
                if not slot.begun.is_set():
                    lane.remove(client, slot)
                self._start()

    def waiting_seconds(self) -> float:
        """Return since when the run waits that has waited longest; 0: none waits."""
        with self._lock:
            first = min((slot.since for lane in self._lanes for slot in lane), default=None)
        return 0.0 if first is None else time.monotonic() - first

    def _wait(self, slot: _Slot, waits: Callable[[], None]) -> None:
        said = False
        while not slot.begun.wait(min(_SCAN_SECONDS, self._seconds)):
            if not said and time.monotonic() - slot.since >= self._seconds:
                waits()
                said = True
            with self._lock:
                self._start()

    def _start(self) -> None:
        """Begin the runs whose turn it is, as long as there is room."""
        now = time.monotonic()
        self._running = {slot for slot in self._running if slot.until > now}
        while len(self._running) < self._at_once:
            lane = self._lanes[0] or self._lanes[1]
            slot = lane.take()
            if slot is None:
                return
            self._lanes = [other for other in self._lanes if other is not lane] + [lane]
            slot.until = now + self._seconds
            self._running.add(slot)
            slot.begun.set()


runs = RunQueue()
