"""A loop that has been woken is not woken again before it looks, and misses nothing for that."""

from __future__ import annotations

import asyncio
import socket
import threading

from stances.seams.waking import wake_once


def test_it_is_woken_once_for_what_comes_at_one_moment() -> None:
    async def woken() -> int:
        loop = asyncio.get_running_loop()
        wake_once(loop)
        for _ in range(5):
            loop.call_soon_threadsafe(lambda: None)
        source: socket.socket = loop._ssock  # type: ignore[attr-defined]
        return len(source.recv(100))

    assert asyncio.run(woken()) == 1


def test_it_looks_again_each_time() -> None:
    """What comes while the loop sleeps, again and again, wakes it: nothing else would."""

    async def heard() -> int:
        loop, times = asyncio.get_running_loop(), 0
        wake_once(loop)
        for _ in range(200):
            told = asyncio.Event()
            threading.Thread(target=loop.call_soon_threadsafe, args=(told.set,)).start()
            await asyncio.wait_for(told.wait(), 20)
            times += 1
        return times

    assert asyncio.run(heard()) == 200


def test_what_many_threads_hand_over_is_all_done() -> None:
    """Several write while the loop looks: none is forgotten between the two."""

    async def done() -> int:
        loop, count, all_done = asyncio.get_running_loop(), 0, asyncio.Event()
        wake_once(loop)

        def one() -> None:
            nonlocal count
            count += 1
            if count == 4_000:
                all_done.set()

        def hand_over() -> None:
            for _ in range(1_000):
                loop.call_soon_threadsafe(one)

        for _ in range(4):
            threading.Thread(target=hand_over).start()
        await asyncio.wait_for(all_done.wait(), 20)
        return count

    assert asyncio.run(done()) == 4_000


def test_another_loop_is_left_alone() -> None:
    wake_once(asyncio.AbstractEventLoop())
