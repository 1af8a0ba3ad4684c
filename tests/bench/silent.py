"""Silent sockets against the dashboard, and what visitors notice. Run: python -m tests.bench.silent

Directly, started under the usual limit of 1024 descriptors, which a server may raise, and behind
the shipped nginx: 600 sockets from one address and 100 from others say nothing and come again when
they are closed, while 40 visitors move the date. Then bad messages. README.md of this folder says
how each figure is taken.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import ssl
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

import stances
from stances.seams.runs import RUN_SECONDS
from tests.bench.client import connection, request
from tests.bench.lines import Line, print_lines
from tests.bench.load import STEP_SECONDS, Door, Tally, Truth, port_of, visit
from tests.bench.visitor import Visitor, visiting
from tests.browser.app import HOST, Server, serve
from tests.browser.hosting.nginx import front, trusting, why_no_nginx

DESCRIPTORS = 1024
# What the server takes where it may.
MOST_DESCRIPTORS = 8192
ALIKE, OTHERS, VISITORS = 600, 100, 40
ATTACKER = "127.0.0.2"
ARRIVING_SECONDS = 4.0
AGAIN_SECONDS = 5.0, 15.0
SECONDS = 60.0
BACK_SECONDS = 60.0
BAD_MESSAGES = 60
_SENT_BY_PAGES = ("stop_script", "app_heartbeat")
# What reading data takes for a moment.
_SLACK = 8
_SEED = 20_190_304
_UNDER_A_LIMIT = ("sh", "-c", f'ulimit -Sn {DESCRIPTORS}; exec "$@"', "sh")
_OPENING = (
    "GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: streamlit\r\n\r\n"
)


@dataclass(frozen=True)
class Target:
    """Where the dashboard is asked: a port, its own or that of nginx, and its own."""

    name: str
    port: int
    own_port: int
    tls: ssl.SSLContext | None = None


@dataclass
class Found:
    """The result of a siege. `answers`: of the silent sockets, by status; `health`: seconds of each
    answer; `most`: of each figure that the health tells.
    """

    tally: Tally = field(default_factory=Tally)
    answers: Counter[str] = field(default_factory=Counter)
    health: list[float] = field(default_factory=list)
    most: Counter[str] = field(default_factory=Counter)
    unwell: int = 0


async def health(port: int) -> tuple[int, dict[str, Any]]:
    """The status of the health, and what it tells."""
    async with asyncio.timeout(30), connection(port) as client:
        reply = await client.ask(request(port, "/healthz", {}))
    return reply.status, json.loads(reply.body)


async def be_silent(target: Target, address: str, result: Found, until: float) -> None:
    """Hold a socket open from an address and say nothing, and come again when it is closed."""
    scheme = "https" if target.tls else "http"
    host = f"{HOST}:{target.port}"
    opening = _OPENING.format(host=host, origin=f"{scheme}://{host}").encode()
    with suppress(TimeoutError):
        async with asyncio.timeout(until - time.monotonic()):
            await asyncio.sleep(random.uniform(0, ARRIVING_SECONDS))
            while True:
                result.answers[await _hold(target, address, opening, result)] += 1
                await asyncio.sleep(random.uniform(*AGAIN_SECONDS))


async def _hold(target: Target, address: str, opening: bytes, result: Found) -> str:
    """Hold one socket until it is closed. Returns the status of a refusal, else how it ended."""
    try:
        reader, writer = await asyncio.open_connection(
            HOST, target.port, ssl=target.tls, local_addr=(address, 0)
        )
    except OSError as error:
        return type(error).__name__
    try:
        writer.write(opening)
        status = (await reader.readline()).decode().split()[1:2]
        if status == ["101"]:
            result.answers["101"] += 1
        while await reader.read(4096):
            pass
        return "closed" if status == ["101"] else (status or ["nothing"])[0]
    except OSError:
        return "cut off"
    finally:
        writer.close()


async def watch_health(port: int, result: Found, until: float) -> None:
    """Ask for the health once a second."""
    while time.monotonic() < until:
        arguments = time.perf_counter()
        status, text = await health(port)
        result.health.append(time.perf_counter() - arguments)
        result.unwell += status != 200
        for name, count in text["taken"].items():
            result.most[name] = max(result.most[name], count)
        await asyncio.sleep(1)


async def visits(target: Target, truth: Truth, tally: Tally, until: float) -> None:
    """Visitors come over some seconds and move the date until a time."""
    draw = random.Random(_SEED)

    async def arrive() -> None:
        await asyncio.sleep(draw.uniform(0, ARRIVING_SECONDS))
        month = draw.randrange(len(truth.months))
        await visit(Door(target.port, target.tls), month, truth, tally, until)

    await asyncio.gather(*(arrive() for _ in range(VISITORS)))


async def besiege(target: Target, truth: Truth, seconds: float) -> Found:
    """Visitors come while the silent sockets do, and go on for so long."""
    result, until = Found(), time.monotonic() + seconds
    addresses = [ATTACKER] * ALIKE + [f"127.0.1.{number + 1}" for number in range(OTHERS)]
    await asyncio.gather(
        watch_health(target.own_port, result, until),
        visits(target, truth, result.tally, until - STEP_SECONDS),
        *(be_silent(target, address, result, until) for address in addresses),
    )
    return result


async def seconds_until_back(port: int, before: dict[str, int]) -> tuple[float, dict[str, int]]:
    """The seconds until descriptors and memory are as before (10 % more memory); NaN where they are
    not in BACK_SECONDS. With the last figures.
    """
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < BACK_SECONDS:
        _, text = await health(port)
        now: dict[str, int] = text["taken"]
        few = now["descriptors"] <= before["descriptors"] + _SLACK
        if few and now["memory_bytes"] <= before["memory_bytes"] * 1.1:
            return passed, now
        await asyncio.sleep(1)
    return float("nan"), now


# -- bad messages ---------------------------------------------------------------------------------


def bad_messages(good: bytes) -> list[bytes]:
    """Messages that no page sends: of other kinds, for what there is not, and with bytes changed by
    lot from a good one.
    """
    draw, made = random.Random(_SEED), [b"", b"\xff\xff\xff"]
    for name, value in (("fragment_id", "none"), ("page_name", "\0"), ("page_script_hash", "none")):
        message = BackMsg.FromString(good)
        setattr(message.rerun_script, name, value)
        made.append(message.SerializeToString())
    for kind in BackMsg.DESCRIPTOR.fields:
        if kind.name in _SENT_BY_PAGES:
            continue
        message = BackMsg()
        if kind.message_type:
            getattr(message, kind.name).SetInParent()
        else:
            setattr(message, kind.name, True)
        made.append(message.SerializeToString())
    while len(made) < BAD_MESSAGES:
        changed = bytearray(good)
        for _ in range(draw.randrange(1, 4)):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        made.append(bytes(changed))
    return made


async def answer_to(port: int, truth: Truth, number: int) -> str:
    """Say how the dashboard meets a bad message: by an answer, by the end of the session."""
    async with visiting(port, truth.months[-1]) as visitor:
        await visitor.say(bad_messages(visitor.tab.request())[number])
        try:
            async with asyncio.timeout(RUN_SECONDS + 10):
                return await _until_finished(visitor)
        except ConnectionClosed:
            return "the end of the session"
        except TimeoutError:
            return "neither"


async def _until_finished(visitor: Visitor) -> str:
    while True:
        kind = ForwardMsg.FromString(await visitor.hear()).WhichOneof("type")
        if kind in ("script_finished", "backend_operation_response"):
            return "an answer"


async def send_bad_messages(port: int, truth: Truth) -> Counter[str]:
    """Count the ends of bad messages, of sessions of their own at the same time."""
    ends = await asyncio.gather(
        *(answer_to(port, truth, number) for number in range(BAD_MESSAGES)), return_exceptions=True
    )
    return Counter(end if isinstance(end, str) else repr(end) for end in ends)


# -- what is printed ------------------------------------------------------------------------------


@contextmanager
def dashboard(folder: Path) -> Iterator[Server]:
    """The dashboard as it is served, under the usual limit of descriptors, which it may raise."""
    server = serve(folder / "log", around=_UNDER_A_LIMIT)
    try:
        yield server
    finally:
        server.stop()


def _siege(target: Target, truth: Truth, seconds: float) -> Iterator[Line]:
    before = asyncio.run(warm(target, truth, seconds))
    result = asyncio.run(besiege(target, truth, seconds))
    back, after = asyncio.run(seconds_until_back(target.own_port, before))
    text = f"{ALIKE} + {OTHERS} silent sockets {target.name}: "
    yield Line(f"{text}errors of visitors", "500 on every page", result.tally.errors.total(), 0)
    yield Line(f"{text}steps, p95", "", result.tally.p(95) / 1000, 2, "s")
    yield Line(f"{text}health", "", max(result.health), 1, "s")
    yield Line(f"{text}health not 200", "", result.unwell, 0)
    most = result.most["descriptors"]
    yield Line(f"{text}descriptors", f"{DESCRIPTORS}, all", most, MOST_DESCRIPTORS - 1)
    yield Line(f"{text}all back after", "two minutes", back, BACK_SECONDS, "s")
    print(f"  descriptors before and after: {_both('descriptors', before, after, 1)}")
    print(f"  MB before and after: {_both('memory_bytes', before, after, 1_000_000)}")
    print(f"  sockets at most: {result.most['sockets']}; steps: {len(result.tally.seconds)}")
    print(f"  the silent ones got: {_comma_list(result.answers)}")
    if result.tally.errors:
        print(f"  errors: {_comma_list(result.tally.errors)}")


def _both(name: str, before: dict[str, int], after: dict[str, int], unit: int) -> str:
    return f"{before[name] // unit}, {after[name] // unit}"


def _comma_list(counts: Counter[str]) -> str:
    return ", ".join(f"{count} times {what}" for what, count in counts.most_common(5))


async def warm(target: Target, truth: Truth, seconds: float) -> dict[str, int]:
    """Let the same visitors come before and see as much, so that what is kept for all is there.
    Returns what is taken once they have gone.
    """
    await visits(target, truth, Tally(), time.monotonic() + seconds)
    await asyncio.sleep(BACK_SECONDS)
    _, text = await health(target.own_port)
    return dict(text["taken"])


def lines(truth: Truth, seconds: float = SECONDS) -> Iterator[Line]:
    """The figures of silent sockets, directly and behind nginx, and of bad messages."""
    with tempfile.TemporaryDirectory() as name, dashboard(Path(name)) as server:
        port = port_of(server)
        yield from _siege(Target("directly", port, port), truth, seconds)
        if why_no_nginx():
            print(f"  not behind nginx: {why_no_nginx()}")
        else:
            with front(Path(name) / "nginx", [port, port]) as proxy:
                behind = Target("behind nginx", proxy.port, port, trusting())
                yield from _siege(behind, truth, seconds)
        ends = asyncio.run(send_bad_messages(port, truth))
        met = sum(ends[end] for end in ("an answer", "the end of the session"))
        text = f"{BAD_MESSAGES} bad messages: neither answer nor end"
        yield Line(text, f"48 of {BAD_MESSAGES}", ends.total() - met, 0)
        size = server.log.stat().st_size / 1e6
        yield Line("the log of it all", "megabytes", size, 0.1, "MB")


def main() -> None:
    """Print what was found beside what is reached."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of a siege")
    arguments = parser.parse_args()
    print_lines("Silent sockets", lines(Truth(stances.load()), arguments.seconds))


if __name__ == "__main__":
    main()
