"""Fixtures of the hosting tests: an installation, and nginx in front of two replicas of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.app import Server, free_port
from tests.browser.hosting.nginx import Front, front, start_replica, why_no_nginx
from tests.folders import ROOT

REQUIRED = os.environ.get("REQUIRE_BROWSER") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs an installation, or nginx before replicas, as slow."""
    for item in items:
        if {"installed", "nginx"} & {*getattr(item, "fixturenames", ())}:
            item.add_marker(pytest.mark.slow)


@dataclass(frozen=True)
class Hosting:
    """nginx, and the replicas behind it by their ports."""

    front: Front
    replicas: dict[int, Server]


@pytest.fixture(scope="package")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new folder as `deploy/install` makes it, from a checkout that only its owner can read. It
    asks the package registry.
    """
    if not REQUIRED:
        pytest.skip("deploy/install asks the package registry; it runs where REQUIRE_BROWSER=1")
    checkout = tmp_path_factory.mktemp("checkout")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    for name in tracked.stdout.decode().split("\0"):
        if name and not name.startswith("tests/"):
            (checkout / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copy(ROOT / name, checkout / name)
            (checkout / name).chmod(0o700 if os.access(ROOT / name, os.X_OK) else 0o600)
    folder = tmp_path_factory.mktemp("opt") / "stances"
    command = [checkout / "deploy" / "install", folder]
    subprocess.run(command, check=True, env={**os.environ, "PYTHON": sys.executable})
    return folder


@pytest.fixture(scope="package")
def root(request: pytest.FixtureRequest) -> Path:
    """Where the replicas run: in an installation, as on a server; where none is made, here."""
    result: Path = request.getfixturevalue("installed") if REQUIRED else ROOT
    return result


@pytest.fixture(scope="package")
def nginx() -> None:
    """Skip where there is no nginx, and fail where one is required."""
    reason = why_no_nginx()
    if reason and REQUIRED:
        pytest.fail(f"REQUIRE_BROWSER=1, but {reason}")
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="package")
def hosting(
    nginx: None,  # noqa: ARG001 - asked for what it skips
    root: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Hosting]:
    """Two replicas behind nginx, shared by this folder's tests."""
    folder = tmp_path_factory.mktemp("hosting")
    ports = [free_port(), free_port()]
    replicas: dict[int, Server] = {}
    with ExitStack() as stack:
        stack.callback(lambda: [replica.stop() for replica in replicas.values()])
        with ThreadPoolExecutor() as both:
            replicas |= both.map(lambda port: (port, _start(folder, port, root)), ports)
        yield Hosting(stack.enter_context(front(folder / "nginx", ports)), replicas)


def _start(folder: Path, port: int, root: Path) -> Server:
    return start_replica(folder / f"{port}.log", port, root)
