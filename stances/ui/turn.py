"""Runs of the script take turns: more at a time would not end earlier, only hinder each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

# One computes while the others wait for what computes without the interpreter. Fifty that are ready
# to run would each wake two thousand times a second to ask for the interpreter.
_AT_ONCE = 2
_turns = BoundedSemaphore(_AT_ONCE)


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait for a turn and keep it, for a `with` block."""
    with _turns:
        yield


@contextmanager
def resting() -> Iterator[None]:
    """Leave the turn that is held to others, for a `with` block in which nothing is computed."""
    _turns.release()
    try:
        yield
    finally:
        _turns.acquire()
