"""Views that a visitor may ask for next, made in the background."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import cache
from queue import Full, Queue
from threading import Lock, Thread

from stances.queues.runs import runs

_LOG = logging.getLogger(__name__)
_WAITING_JOBS = 16
_CLIENT = "ahead"
# How often it is looked whether visitors still wait.
_SCAN_SECONDS = 0.1

Job = Callable[[], object]


def make_ahead(job: Job) -> None:
    """Have `job` done once no visitor waits for a run. It is dropped where many jobs wait: then
    visitors need the machine for what they ask for now.
    """
    # Without the lock, first visitors who come at once would each start a thread.
    with _starting:
        waiting = _waiting()
    try:
        waiting.put_nowait(job)
    except Full:
        return


_starting = Lock()


@cache
def _waiting() -> Queue[Job]:
    """Return the jobs, and one thread that does them as long as the server runs."""
    jobs: Queue[Job] = Queue(_WAITING_JOBS)
    Thread(target=_work, args=(jobs,), name="ahead", daemon=True).start()
    return jobs


def _work(jobs: Queue[Job]) -> None:
    while True:
        job = jobs.get()
        # Who waits has it made, if it is what they wait for.
        while runs.waiting_seconds():
            time.sleep(_SCAN_SECONDS)
        try:
            with runs.slot(_CLIENT):
                job()
        except Exception:
            # Who asks for it meets the fault on the page; here it must not end the thread.
            _LOG.exception("Nothing was made ahead")
