"""Lines that repeat are counted."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from stances.seams import log_lines
from stances.seams.log_lines import MINUTE, MOST_LINES, LogThrottle, lines_counted


class _Clock:
    now = 0.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    made = _Clock()
    monkeypatch.setattr(log_lines, "time", SimpleNamespace(monotonic=lambda: made.now))
    return made


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@pytest.fixture
def kept() -> Iterator[_Kept]:
    handler, logger = _Kept(), logging.getLogger("probe")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


LOG = logging.getLogger("probe")


def _error_here(number: int) -> Exception:
    try:
        raise ValueError(number)
    except ValueError as error:
        return error


def _error_there(number: int) -> Exception:
    try:
        raise ValueError(number)
    except ValueError as error:
        return error


def _log_often(times: int) -> None:
    for number in range(times):
        LOG.warning("socket %s is gone", number)


def test_a_line_that_repeats_is_written_a_few_times_and_then_counted(
    clock: _Clock, kept: _Kept
) -> None:
    throttle = LogThrottle()
    kept.addFilter(throttle)
    _log_often(1_000)
    LOG.warning("something else")
    assert kept.lines == [*(f"socket {n} is gone" for n in range(MOST_LINES)), "something else"]
    clock.now = MINUTE - 1
    throttle.look()
    assert len(kept.lines) == MOST_LINES + 1
    clock.now = MINUTE + 1
    throttle.look()
    told = f"{1_000 - MOST_LINES} more lines like this in a minute, the last: socket 999 is gone"
    assert kept.lines[-1] == told
    throttle.look()
    assert kept.lines.count(told) == 1


def test_the_next_minute_begins_with_the_count_of_the_last(clock: _Clock, kept: _Kept) -> None:
    kept.addFilter(LogThrottle())
    _log_often(MOST_LINES + 2)
    clock.now = MINUTE + 1
    _log_often(1)
    assert kept.lines[-2].startswith("2 more lines like this")
    assert kept.lines[-1] == "socket 0 is gone"


@pytest.mark.usefixtures("clock")
def test_lines_differ_by_their_words_level_and_error_and_not_by_numbers_and_ids(
    kept: _Kept,
) -> None:
    kept.addFilter(LogThrottle())
    for number in range(MOST_LINES * 2):
        LOG.warning(f"fd {number} at 0x{number:x}a of 00000000-0000-0000-0000-{number:012}")
    assert len(kept.lines) == MOST_LINES
    LOG.error("fd 1 at 0x1a of 00000000-0000-0000-0000-000000000001")
    for number in range(MOST_LINES * 2):
        for error in (_error_here(number), _error_there(number)):
            LOG.warning("fd 1 at 0x1a of 00000000-0000-0000-0000-000000000001", exc_info=error)
    assert len(kept.lines) == MOST_LINES * 3 + 1


def test_the_lines_of_the_server_and_of_streamlit_are_counted_while_it_runs(
    kept: _Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_lines, "_LOOK_SECONDS", 0.01)
    monkeypatch.setattr(log_lines, "MINUTE", 0.05)

    async def run() -> None:
        async with lines_counted():
            _log_often(MOST_LINES + 3)
            async with asyncio.timeout(10):
                while not re.match("3 more lines", kept.lines[-1]):
                    await asyncio.sleep(0.01)

    asyncio.run(run())
    assert len(kept.lines) == MOST_LINES + 1
    _log_often(MOST_LINES * 3)
    assert len(kept.lines) == MOST_LINES * 4 + 1


def test_streamlit_and_the_server_write_by_handlers_that_are_found() -> None:
    import streamlit.logger
    import uvicorn.config

    logger = streamlit.logger.get_logger("streamlit.probe")
    logging.config.dictConfig(uvicorn.config.LOGGING_CONFIG)  # type: ignore[attr-defined]
    found = list(log_lines._handlers())
    assert set(logger.handlers) <= set(found)
    assert set(logging.getLogger("uvicorn").handlers) <= set(found)
    assert logging.lastResort in found
