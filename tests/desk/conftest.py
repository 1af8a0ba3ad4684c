"""The desk in the registers of the house, for as long as a test takes; or as a server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from stances.desk import doubles, outcome, page
from stances.links import pages, parameters
from stances.pages import registry
from stances.render.environment import environment
from stances.ui import live
from tests.conftest import ROOT


@pytest.fixture
def registered() -> Iterator[None]:
    """The registers with the desk in them, and afterwards as they were."""
    named = (pages.PAGES, parameters.PARAMETERS, registry.MAKERS, live.DRAWN)
    listed = (pages.MAIN, environment().loader.searchpath)  # type: ignore[union-attr]
    entries = [dict(register) for register in named]
    items = [list(register) for register in listed]
    page.enrol()
    # Until its words are counted, that of the test before would answer.
    doubles._COUNTED.clear()
    outcome._LAST.clear()
    yield
    for register, before in zip(named, entries, strict=True):
        register.clear()  # type: ignore[attr-defined]
        register.update(before)  # type: ignore[attr-defined]
    for listing, ones in zip(listed, items, strict=True):
        listing[:] = ones
    registry.page_of.cache_clear()


def served(folder: Path, scratch: Path) -> Iterator[int]:
    """Run the desk on a folder; yield its port. `scratch`: where it may leave its log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    log = scratch / "desk.log"
    command = [sys.executable, "-m", "stances", "desk", f"--data={folder}", f"--port={port}"]
    env = os.environ | {"STANCES_HOSTS": "stances.example"}
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None, log.read_text()
                time.sleep(0.25)
        yield port
    finally:
        process.terminate()
        process.wait(20)
