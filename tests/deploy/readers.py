"""How 300 readers a second fare behind the shipped nginx and two replicas, alone and while one
address takes heavy answers and opens sockets. Run: python -m tests.deploy.readers

Readers come from a hundred addresses, each for one page of twelve days, over TLS, once each was
made. Times are from the moment that a reader is due to the last byte. Aims: a p95 under 0.5 s, none
refused, and the same beside the greedy one. Times depend on the machine.
"""

from __future__ import annotations

import http.client
import os
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from stances.links.pages import MAIN
from tests.deploy import shipped

A_SECOND, SECONDS, ADDRESSES, GREEDY = 300, 20, 100, "127.0.0.2"
VIEWS = [f"/{page}?as_of=2024-{month:02d}-28" for month in range(1, 13) for page in MAIN]
UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Origin": "https://x",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
_TLS = ssl._create_unverified_context()
# When it is due, and what.
Turn = tuple[float, str]


class Crowd:
    """Readers from several addresses, and what they met."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.seconds: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.sent = 0
        self.threads: list[threading.Thread] = []

    def come(self, source: str, turns: Iterable[Turn]) -> None:
        """Let one come from an address, for one thing after the other."""
        thread = threading.Thread(target=self._read, args=(source, list(turns)), daemon=True)
        self.threads.append(thread)
        thread.start()

    def _read(self, source: str, turns: list[Turn]) -> None:
        line = http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(source, 0), context=_TLS
        )
        for due, path in turns:
            time.sleep(max(0.0, due - time.monotonic()))
            is_socket = path.endswith("/stream")
            headers = {"Host": "x", "Accept-Encoding": "gzip", **(UPGRADE if is_socket else {})}
            try:
                line.request("GET", path, headers=headers)
                answer = line.getresponse()
                content = b"" if is_socket else answer.read()
                self.statuses[answer.status] += 1
            except (OSError, http.client.HTTPException):
                self.statuses[0] += 1
                line.close()
                continue
            self.seconds.append(time.monotonic() - due)
            self.sent += len(content)

    def told(self, name: str) -> bool:
        """Wait for all and print what they met; say whether it is good."""
        for thread in self.threads:
            thread.join()
        p95 = 1000 * statistics.quantiles(self.seconds, n=20)[-1]
        print(
            f"{name}: {sum(self.statuses.values())} answers, "
            f"{1000 * statistics.median(self.seconds):.0f} ms (p50), {p95:.0f} ms (p95), "
            f"{self.sent / len(self.seconds) / 1000:.0f} kB each, by status {dict(self.statuses)}",
            flush=True,
        )
        return p95 < 500 and set(self.statuses) == {200}


def crowd(port: int, a_second: float, number: int) -> Crowd:
    """Let so many readers a second come."""
    readers, begin = Crowd(port), time.monotonic() + 0.5
    turns = defaultdict(list)
    for n in range(number):
        turns[n % ADDRESSES].append((begin + n / a_second, VIEWS[n * 7 % len(VIEWS)]))
    for address, mine in turns.items():
        readers.come(f"127.0.1.{address + 1}", mine)
    return readers


def greedy(port: int) -> Crowd:
    """Take heavy answers and open sockets from one address, twenty a second of each."""
    of, begin = Crowd(port), time.monotonic() + 0.5
    for n in range(20):
        heavy = [(begin + t, f"/events.xlsx?q=%20{n}{t}") for t in range(SECONDS)]
        of.come(GREEDY, heavy)
    for n in range(10 * SECONDS):
        of.come(GREEDY, [(begin + n / 10, "/_stcore/stream")])
    return of


def main() -> int:
    """Print the figures; the exit status tells whether they are good."""
    ports = [shipped.free_port(), shipped.free_port()]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "stances", "serve", "--port", str(port)],
            cwd=shipped.ROOT,
            env={**os.environ, "STREAMLIT_SERVER_HEADLESS": "true"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for port in ports
    ]
    try:
        for port in ports:
            shipped.wait_for(port, 90)
        with tempfile.TemporaryDirectory() as folder, shipped.running(Path(folder), ports) as port:
            crowd(port, 4, 2 * len(VIEWS)).told("once each")
            good = crowd(port, A_SECOND, A_SECOND * SECONDS).told("alone")
            readers, other = crowd(port, A_SECOND, A_SECOND * SECONDS), greedy(port)
            good &= readers.told("beside the greedy one")
            other.told("the greedy one")
            return 0 if good else 1
    finally:
        for process in started:
            process.terminate()


if __name__ == "__main__":
    sys.exit(main())
