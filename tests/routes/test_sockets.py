"""Connections to the server send what they have at once, whatever made the listening socket."""

from __future__ import annotations

import asyncio
import socket

from stances.routes.sockets import answers_leave_at_once


def delays(listening: socket.socket) -> bool:
    """Whether what comes in by a socket holds small messages back."""
    with socket.create_connection(listening.getsockname()[:2]), listening.accept()[0] as accepted:
        return not accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


async def run_for_a_moment() -> None:
    async with answers_leave_at_once(None):
        pass


def test_a_socket_that_listens_delays_nothing_once_the_server_runs() -> None:
    with socket.socket() as listening, socket.socket() as silent:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert delays(listening)
        asyncio.run(run_for_a_moment())
        assert not delays(listening)
        assert not silent.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_closed_sockets_are_left_alone() -> None:
    closed = socket.socket()
    closed.close()
    asyncio.run(run_for_a_moment())
    assert closed.fileno() == -1
