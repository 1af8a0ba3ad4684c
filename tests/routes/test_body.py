"""The bytes of an answer: the same in every form, in pieces, and held once."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import random

import pytest
from starlette.types import Message

from stances.routes.answers import CSV, Answer
from stances.routes.body import pack

PIECE = 65_536
NOISE = random.Random(5).randbytes(200_000)
LONG = b"".join(b"%d,Sweden,networks,-2.0000\n" % number for number in range(40_000))


@pytest.mark.parametrize(
    ("content", "zipped"),
    [(b"", False), (b"a" * 499, False), (b"a" * 500, True), (NOISE, False), (LONG, True)],
    ids=["empty", "short", "just long enough", "noise", "long"],
)
def test_each_form_is_the_content(content: bytes, zipped: bool) -> None:
    body = pack(content)
    assert body.zipped == zipped
    assert body.digest == hashlib.sha256(content).hexdigest()[:32]
    plain = [*body.pieces(False)]
    assert b"".join(plain) == content
    assert body.size(False) == len(content)
    assert all(0 < len(piece) <= PIECE for piece in plain)
    if zipped:
        sent = [*body.pieces(True)]
        assert gzip.decompress(b"".join(sent)) == content
        assert body.size(True) == len(b"".join(sent)) < len(content)
        assert all(len(piece) <= PIECE for piece in sent)


def test_pieces_and_the_whole_are_the_same() -> None:
    pieces = (LONG[at : at + 1000] for at in range(0, len(LONG), 1000))
    assert pack(pieces) == pack(LONG)
    noise = (NOISE[at : at + 1000] for at in range(0, len(NOISE), 1000))
    assert pack(noise) == pack(NOISE)


def test_what_is_blown_up_comes_in_pieces_too() -> None:
    body = pack(b"\0" * 50_000_000, level=6)
    assert len(body.content) < PIECE
    assert max(map(len, body.pieces(False))) <= PIECE
    assert sum(map(len, body.pieces(False))) == body.size(False) == 50_000_000


# -- an answer as it is sent -----------------------------------------------------------------------


def test_while_a_long_answer_is_sent_the_loop_does_other_things() -> None:
    answer = Answer(pack(b"Sweden,networks\n" * 50_000), CSV, 0)
    order: list[str] = []

    async def send(message: Message) -> None:
        order.append(str(message["type"]))

    async def other() -> None:
        order.append("other")

    async def both() -> None:
        scope = {"type": "http", "method": "GET", "headers": []}
        await asyncio.gather(answer(scope, _silence, send), other())

    asyncio.run(both())
    pieces = order.count("http.response.body")
    assert pieces > 2
    # It comes to its turn before the last piece, though the client takes each at once.
    assert order.index("other") < len(order) - pieces + 1


async def _silence() -> Message:
    raise AssertionError
