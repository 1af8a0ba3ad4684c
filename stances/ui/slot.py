"""Runs of the script take turns: more at a time would not end earlier, only hinder each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, local

# One has the interpreter while the event loop sends; a second one would take it from both, and
# fifty would each wake two thousand times a second to ask for it.
_AT_ONCE = 1
# Who has waited for so long goes on without a turn: one that hangs must not keep others waiting.
_PATIENCE_SECONDS = 5.0

_turns = BoundedSemaphore(_AT_ONCE)
_thread = local()


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait for a turn and keep it, for a `with` block."""
    _take()
    try:
        yield
    finally:
        _leave()


def _take() -> None:
    _thread.has_turn = _turns.acquire(timeout=_PATIENCE_SECONDS)


def _leave() -> None:
    if _thread.has_turn:
        _thread.has_turn = False
        _turns.release()
