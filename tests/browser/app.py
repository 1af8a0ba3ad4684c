"""Processes that browser tests and benchmarks need: a dashboard, and Chromium."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import randrange
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A second wall behind the recorded requests: no other host has an address.
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",
]
_START_SECONDS = 120.0
_STOP_SECONDS = 10.0
# So long a page may take for anything, on a machine that is busy with others.
PATIENCE_MS = 60_000
# From a place of its own in each run of the tests, as two may go at the same time; of the processes
# that share a run, each takes the ports of its own turn. Above 10080, which browsers refuse.
_PROCESSES = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
_PROCESS = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_PORTS = iter(range(randrange(10_081, 30_000, _PROCESSES) + _PROCESS, 32_768, _PROCESSES))
_STREAMLIT = (sys.executable, "-m", "streamlit")


class ServerDied(RuntimeError):
    """The dashboard's process has ended by itself. The message has its log."""


@dataclass(frozen=True)
class Server:
    """A running dashboard. `url` ends with a slash; `log` holds stdout and stderr."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path

    @property
    def origin(self) -> str:
        """Scheme, host and port of `url`, without a base path."""
        return "/".join(self.url.split("/")[:3])

    def check(self) -> None:
        """Raise ServerDied if the process has ended."""
        status = self.process.poll()
        if status is not None:
            raise ServerDied(f"the dashboard ended with status {status}; its log:\n{self.text()}")

    def text(self) -> str:
        """The log up to now."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """End the process and what it started."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on, each given once: two servers never share one.

    It lies below those that systems give to connections going out, which could take it meanwhile.
    """
    return next(port for port in _PORTS if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


@contextmanager
def dead_port() -> Iterator[int]:
    """A port that refuses each connection and that nobody else can take, for a `with` block."""
    with socket.socket() as listener:
        listener.bind((HOST, port := free_port()))
        yield port


def start(
    log: Path,
    *,
    script: Path = ROOT / "dashboard.py",
    options: Mapping[str, str] | None = None,
    env: Mapping[str, str] | None = None,
    streamlit: Sequence[str] = _STREAMLIT,
) -> Server:
    """Start a dashboard on a free port and wait until it answers.

    `options` are settings of Streamlit (`{"server.baseUrlPath": "base"}`), `env` is added to
    the environment, `streamlit` is the command line that stands for Streamlit's.
    """
    settings = {
        "server.headless": "true",
        "server.address": HOST,
        "server.port": str(free_port()),
        "server.fileWatcherType": "none",
        **(options or {}),
    }
    flags = [f"--{name}={value}" for name, value in settings.items()]
    base = settings.get("server.baseUrlPath", "").strip("/")
    path = f"{base}/" if base else ""
    url = f"http://{HOST}:{settings['server.port']}/{path}"
    return spawn(log, [*streamlit, "run", str(script), *flags], url, env=env)


def serve(log: Path, *, around: Sequence[str] = (), env: Mapping[str, str] | None = None) -> Server:
    """Start the dashboard on a free port as it is hosted, and wait until it answers. `around`: a
    command that runs it.
    """
    port = str(free_port())
    command = [*around, sys.executable, "-m", "stances", "serve", "--host", HOST, "--port", port]
    return spawn(log, command, f"http://{HOST}:{port}/", env=env)


def spawn(
    log: Path, command: Sequence[str], url: str, *, env: Mapping[str, str] | None = None
) -> Server:
    """Start a dashboard by a command and wait until it answers at its address."""
    with log.open("wb") as sink:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(process, url, log)
    _await_health(server)
    return server


def _await_health(server: Server) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        server.check()
        if _healthy(server):
            return
        time.sleep(0.1)
    server.stop()
    raise ServerDied(f"no answer within {_START_SECONDS:.0f} s; its log:\n{server.text()}")


def _healthy(server: Server) -> bool:
    try:
        with urllib.request.urlopen(f"{server.url}_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def running(
    *,
    script: Path = ROOT / "dashboard.py",
    options: Mapping[str, str] | None = None,
    streamlit: Sequence[str] = _STREAMLIT,
) -> Iterator[Server]:
    """A dashboard for the time of a `with` block."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        server = start(log, script=script, options=options, streamlit=streamlit)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """A new Chromium with an empty profile for the time of a `with` block."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*CHROMIUM_FLAGS, *flags]
        )
        try:
            yield browser
        finally:
            browser.close()


def why_no_browser() -> str:
    """Why no browser can be driven here, in one line; empty where one can."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        return "Playwright is not installed (pip install -r tests/requirements.txt)"
    if not CHROMIUM.exists():
        return f"there is no {CHROMIUM} (apt install chromium)"
    return ""
