"""What fifty live readers notice behind the shipped nginx and two replicas while one replica after
the other restarts, and while others idle, dawdle or ask for much. Run: python -m tests.deploy.siege

Readers come from addresses of their own and choose another day after a while, as the page does:
over a socket, which they open again where it ends, with the address of the page. Times depend on
the machine.
"""

from __future__ import annotations

import asyncio
import os
import random
import ssl
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median, quantiles

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidHandshake, WebSocketException
from websockets.typing import Origin, Subprotocol

from tests.bench.load import any_day, step
from tests.bench.steps import PAGES
from tests.deploy import shipped

READERS, PAUSE, SECONDS = 50, 2.0, 40.0
IDLE, SLOW, PICTURES = 2000, 200, 300
_TLS = ssl._create_unverified_context()


class Readers:
    """What readers met: seconds from a choice to its page, sockets opened again, and faults."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.reconnects = 0
        self.faults: list[str] = []

    def line(self, name: str) -> str:
        """Return it in a line."""
        p95 = quantiles(self.seconds, n=20)[-1]
        return (
            f"{name}: {len(self.seconds)} choices, {median(self.seconds):.2f} s (p50), "
            f"{p95:.2f} s (p95), {max(self.seconds):.1f} s (longest), "
            f"{self.reconnects} sockets opened again, {len(self.faults)} faults {self.faults[:2]}"
        )


def socket_at(port: int, address: str) -> connect:
    """Open the socket of a page from an address."""
    return connect(
        "wss://x/_stcore/stream",
        ssl=_TLS,
        origin=Origin("https://x"),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        open_timeout=30,
        proxy=None,
        host="127.0.0.1",
        port=port,
        local_addr=(address, 0),
    )


async def read(port: int, number: int, until: float, readers: Readers) -> None:
    """Choose days until the end; a choice that meets a socket's end is made again on a new one."""
    draw = random.Random(number)
    page, parameter = [*PAGES.items()][number % len(PAGES)]
    await asyncio.sleep(draw.uniform(0, PAUSE))
    start, query = time.monotonic(), f"{parameter}={any_day(draw)}"
    is_first = True
    while time.monotonic() < until:
        try:
            async with socket_at(port, f"127.0.1.{number + 1}") as socket:
                readers.reconnects += not is_first
                is_first = False
                while time.monotonic() < until:
                    await step(socket, "https://x/", page, query)
                    readers.seconds.append(time.monotonic() - start)
                    await asyncio.sleep(PAUSE)
                    start, query = time.monotonic(), f"{parameter}={any_day(draw)}"
        except (OSError, WebSocketException):
            # As the page does: it tries again, and shows what it has meanwhile.
            await asyncio.sleep(0.5)
        except RuntimeError as error:
            readers.faults.append(str(error))
            return


async def crowd(port: int) -> Readers:
    """Let all readers come."""
    readers, until = Readers(), time.monotonic() + SECONDS
    await asyncio.gather(*(read(port, number, until, readers) for number in range(READERS)))
    return readers


async def restarts(replicas: list[Replica]) -> str:
    """Restart one replica after the other, as an update does."""
    for replica in replicas:
        await asyncio.sleep(SECONDS / 5)
        await asyncio.to_thread(replica.restart)
    return "both replicas restarted"


async def idle(port: int) -> str:
    """Hold sockets of many addresses that ask nothing."""
    ends: Counter[str] = Counter()

    async def hold(number: int) -> None:
        try:
            async with socket_at(port, f"127.0.2.{number % 100 + 1}"):
                ends["open"] += 1
                await asyncio.sleep(SECONDS / 2)
        except (OSError, InvalidHandshake, TimeoutError) as error:
            ends[type(error).__name__] += 1

    await asyncio.gather(*(hold(number) for number in range(IDLE)))
    return f"{IDLE} idle sockets: {dict(ends)}"


async def slow(port: int) -> str:
    """Send requests letter by letter, from one address."""
    ends: Counter[str] = Counter()

    async def dawdle() -> None:
        _, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=_TLS, local_addr=("127.0.3.1", 0)
        )
        try:
            for letter in f"GET / HTTP/1.1\r\nHost: x\r\nX-Long: {'x' * 200}":
                writer.write(letter.encode())
                await writer.drain()
                await asyncio.sleep(0.5)
            ends["still held"] += 1
        except OSError:
            ends["cut off"] += 1
        finally:
            writer.close()

    async with asyncio.timeout(SECONDS) as limit:
        await asyncio.gather(*(dawdle() for _ in range(SLOW)), return_exceptions=True)
    return f"{SLOW} slow clients: {dict(ends)}{', some held to the end' * limit.expired()}"


async def pictures(port: int) -> str:
    """Ask for distinct pictures, all at once, from ten addresses."""
    statuses: Counter[str] = Counter()

    async def ask(number: int) -> None:
        day = any_day(random.Random(f"picture {number}"))
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=_TLS, local_addr=(f"127.0.4.{number % 10 + 1}", 0)
        )
        path = f"/pictures/map.png?as_of={day}"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        content = await reader.read()
        statuses[content[9:12].decode()] += 1
        writer.close()

    await asyncio.gather(*(ask(number) for number in range(PICTURES)))
    return f"{PICTURES} distinct pictures: {dict(statuses)}"


class Replica:
    """A process of the dashboard."""

    def __init__(self) -> None:
        self.port = shipped.free_port()
        self.start()

    def start(self) -> None:
        """Start it; it answers a few seconds later."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "stances", "serve", "--port", str(self.port)],
            cwd=shipped.ROOT,
            env={**os.environ, "STREAMLIT_SERVER_HEADLESS": "true"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def restart(self) -> None:
        """End it as systemd does, start it again, and wait until it answers."""
        self.process.terminate()
        try:
            self.process.wait(90)
        finally:
            self.start()
        shipped.wait_for(self.port, 90)

    def memory(self) -> int:
        """Return the MB that it holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        [line] = [line for line in status.splitlines() if line.startswith("VmRSS")]
        return int(line.split()[1]) // 1024


async def besiege(port: int, replicas: list[Replica]) -> None:
    """Print what readers notice of each."""
    print((await crowd(port)).line("alone"), flush=True)
    for siege in (restarts(replicas), pictures(port), idle(port), slow(port)):
        readers, end = await asyncio.gather(crowd(port), siege)
        print(end, "|", readers.line("readers"), flush=True)
        print("MB of replicas:", [replica.memory() for replica in replicas], flush=True)


def main() -> None:
    """Run all against two replicas."""
    replicas = [Replica(), Replica()]
    try:
        for replica in replicas:
            shipped.wait_for(replica.port, 90)
        ports = [replica.port for replica in replicas]
        with tempfile.TemporaryDirectory() as folder, shipped.running(Path(folder), ports) as port:
            asyncio.run(besiege(port, replicas))
    finally:
        for replica in replicas:
            replica.process.terminate()


if __name__ == "__main__":
    main()
