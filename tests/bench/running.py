"""The servers that are measured, in processes of their own, and a browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, folder: Path = ROOT) -> Iterator[str]:
    """Run a server in a folder for the time of a `with` block; its address."""
    env = os.environ | {"PYTHONPATH": str(folder)}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, env=env, stdout=quiet, stderr=quiet) as process:
        try:
            for _ in range(240):
                try:
                    urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=20).close()
                    break
                except OSError:
                    time.sleep(0.25)
            yield f"http://{HOST}:{port}/"
        finally:
            process.terminate()


def streamlit(script: str, folder: Path = ROOT) -> AbstractContextManager[str]:
    """Run a script of Streamlit."""
    port = free_port()
    options = ["--server.headless=true", f"--server.port={port}", f"--server.address={HOST}"]
    return running([sys.executable, "-m", "streamlit", "run", script, *options], port, folder)


def dash() -> AbstractContextManager[str]:
    """Run the page of Dash."""
    port = free_port()
    return running([sys.executable, "-m", "tests.bench.peers", str(port)], port)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that has never seen a page."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM, FLAGS

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()
