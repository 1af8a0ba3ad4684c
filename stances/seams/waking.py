"""The event loop is woken once for what other threads hand it at one moment, not for each thing.

Leans on: asyncio's own loop waking by `_write_to_self`, after it has noted what is to be done, and
  reading that off by `_read_from_self` on the socket `_ssock`.
Fails: the loop is woken for each message of a page, which a page does some fifty times a run; the
  thread of the page gives its turn away each time.
Then: look in `asyncio/selector_events.py` for how a loop is woken.
"""

from __future__ import annotations

import asyncio
from typing import Any


def wake_once(loop: asyncio.AbstractEventLoop) -> None:
    """Let a loop that has been woken, and has not yet looked, not be woken again.

    Nothing is lost: what is to be done is noted before the loop is woken. What was noted before the
    loop looks is done in that turn or the next; what comes after it wakes the loop again.
    """
    wake, looked, source = (
        getattr(loop, name, None) for name in ("_write_to_self", "_read_from_self", "_ssock")
    )
    if wake is None or looked is None or source is None:
        return
    woken = False

    def wake_unless_woken() -> None:
        nonlocal woken
        if not woken:
            woken = True
            wake()

    def look() -> None:
        nonlocal woken
        looked()
        woken = False

    own: Any = loop
    own._write_to_self = wake_unless_woken
    loop.remove_reader(source)
    loop.add_reader(source, look)
