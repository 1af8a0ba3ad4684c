"""Connections to the server send what they have at once, and what of it they may."""

from __future__ import annotations

import asyncio
import socket

from starlette.types import Message, Receive, Scope, Send
from uvicorn import Config

from stances.seams.sockets import Discreet, sockets_in_order


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


def test_what_is_sent_over_websockets_is_rewritten_and_nothing_else() -> None:
    sent: list[Message] = []

    async def server(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - ASGI
        await send({"type": f"{scope['type']}.send", "bytes": b"secret"})
        await send({"type": f"{scope['type']}.send", "text": "x"})

    async def client(message: Message) -> None:
        sent.append(message)

    async def silence() -> Message:
        raise AssertionError

    discreet = Discreet(server, told=lambda message: message.replace(b"secret", b"-"))
    for kind in ("websocket", "http"):
        asyncio.run(discreet({"type": kind}, silence, client))
    assert [message.get("bytes") for message in sent] == [b"-", None, b"secret", None]
