"""Connections to the server send what they have at once."""

from __future__ import annotations

import asyncio
import socket

from uvicorn import Config

from stances.seams.sockets import sockets_in_order


def delays(listening: socket.socket) -> bool:
    """Whether what comes in by a socket holds small messages back."""
    with socket.create_connection(listening.getsockname()[:2]), listening.accept()[0] as accepted:
        return not accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


async def run_for_a_moment() -> None:
    async with sockets_in_order(None):
        pass


def test_a_socket_that_listens_delays_nothing_once_the_server_runs() -> None:
    with socket.socket() as listening, socket.socket() as silent:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert delays(listening)
        asyncio.run(run_for_a_moment())
        assert not delays(listening)
        assert not silent.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_server_reads_on_until_a_long_address_can_be_named() -> None:
    settings = Config("dashboard:app")
    assert settings.h11_max_incomplete_event_size is None
    asyncio.run(run_for_a_moment())
    assert settings.h11_max_incomplete_event_size == 1_000_000


def test_closed_sockets_are_left_alone() -> None:
    closed = socket.socket()
    closed.close()
    asyncio.run(run_for_a_moment())
    assert closed.fileno() == -1
