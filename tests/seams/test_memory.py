"""What nobody refers to any more is found, and given back to the system."""

from __future__ import annotations

import asyncio
import gc
import weakref

import pytest

from stances.seams import memory
from stances.seams.connections import taken_bytes
from stances.seams.memory import give_back, memory_given_back


class _Node:
    """Something that refers to itself, so that only the collector finds it."""

    def __init__(self) -> None:
        self.itself = self


def test_the_system_has_memory_again_that_was_free() -> None:
    if taken_bytes() is None:
        pytest.skip("there is no /proc here")
    blocks = [bytes(10_000) for _ in range(10_000)]
    # What lies above them keeps the heap from shrinking by itself.
    last = bytes(10_000)
    del blocks
    before = taken_bytes()
    give_back()
    after = taken_bytes()
    assert last
    assert before is not None
    assert after is not None
    assert after < before - 50_000_000


def test_it_is_looked_for_when_it_is_due_and_what_was_there_before_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(memory, "_LOOK_SECONDS", 0.01)
    due, usual = [False, True], gc.get_threshold()

    async def run() -> None:
        async with memory_given_back(lambda: bool(due) and due.pop(0)):
            assert gc.get_freeze_count() > 0
            assert gc.get_threshold() > usual
            lost = weakref.ref(_Node())
            async with asyncio.timeout(10):
                while due or lost():
                    await asyncio.sleep(0.01)

    gc.disable()
    try:
        asyncio.run(run())
    finally:
        gc.enable()
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == usual
