"""Lines of the log that repeat are counted, and not repeated.

Leans on: the loggers of Streamlit and of the server having handlers of their own, which pass a line
  by their filters, and all others ending at the root's or at `logging.lastResort`.
Fails: every line is written; a thousand sockets write some hundred kilobytes.
Then: look in `streamlit/logger.py` for where lines leave, or give a setting of `logger` to it.
"""

from __future__ import annotations

import logging
import re
import time
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from stances.seams import every

# So many lines of one kind are written a minute; more are counted.
MOST_LINES = 5
MINUTE = 60.0
_LOOK_SECONDS = 5.0
# Of the text before it is filled in, what differs from line to line: numbers, ids, addresses.
_CHANGING = re.compile(r"0x[0-9a-f]+|[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
# On a line that has been looked at: whether it is written.
_WRITTEN = "is_written"

_Kind = tuple[str, int, str, str]


@dataclass
class _Minute:
    """The lines of one kind since a time, and the beginning of the last of them."""

    since: float
    lines: int = 0
    last: str = ""


class LogThrottle(logging.Filter):
    """Lets the first lines of a kind through in a minute, and counts the others of that minute."""

    def __init__(self) -> None:
        super().__init__()
        self._minutes: dict[_Kind, _Minute] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is written; a line that says how many were not always is."""
        # A line that several handlers write passes here once for each.
        known = vars(record)
        if _WRITTEN not in known:
            known[_WRITTEN] = self._is_one_of_few(record)
        return bool(known[_WRITTEN])

    def _is_one_of_few(self, record: logging.LogRecord) -> bool:
        kind, now = _kind_of(record), time.monotonic()
        minute = self._minutes.get(kind)
        if minute is None or now > minute.since + MINUTE:
            self._tell(kind, minute)
            minute = self._minutes[kind] = _Minute(now)
        minute.lines += 1
        minute.last = _beginning(record)
        return minute.lines <= MOST_LINES

    def look(self) -> None:
        """Tell what was counted in the minutes that are over."""
        now = time.monotonic()
        over = [kind for kind, minute in self._minutes.items() if now > minute.since + MINUTE]
        for kind in over:
            self._tell(kind, self._minutes.pop(kind))

    def _tell(self, kind: _Kind, minute: _Minute | None) -> None:
        if minute and (left_out := minute.lines - MOST_LINES) > 0:
            name, level, *_ = kind
            line = f"{left_out} more lines like this in a minute, the last: {minute.last}"
            logging.getLogger(name).log(level, "%s", line, extra={_WRITTEN: True})


def _kind_of(record: logging.LogRecord) -> _Kind:
    first = str(record.msg).strip().partition("\n")[0]
    return record.name, record.levelno, _CHANGING.sub("#", first)[:200], _raised_at(record)


def _beginning(record: logging.LogRecord) -> str:
    """The first line of what a line says, as far as it can be put together."""
    try:
        told = record.getMessage()
    except (TypeError, ValueError):
        told = str(record.msg)
    return told.strip().partition("\n")[0][:200]


def _raised_at(record: logging.LogRecord) -> str:
    """What error a line is of, and where that came about; empty where it is of none."""
    if not isinstance(record.exc_info, tuple) or record.exc_info[0] is None:
        return ""
    kind, _, trace = record.exc_info
    places = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(trace)]
    return f"{kind.__name__} {places[-1:]}"


@asynccontextmanager
async def lines_counted() -> AsyncIterator[None]:
    """Count lines while the server runs, as a part of its lifespan."""
    throttle = LogThrottle()
    handlers = list(_handlers())
    for handler in handlers:
        handler.addFilter(throttle)
    try:
        async with every(_LOOK_SECONDS, throttle.look):
            yield
    finally:
        for handler in handlers:
            handler.removeFilter(throttle)


def _handlers() -> Iterator[logging.Handler]:
    """The handlers of all loggers there are, each once."""
    named = logging.Logger.manager.loggerDict.values()
    loggers = [logging.getLogger(), *(each for each in named if isinstance(each, logging.Logger))]
    found = {id(handler): handler for each in loggers for handler in each.handlers}
    if logging.lastResort is not None:
        found[id(logging.lastResort)] = logging.lastResort
    yield from found.values()
