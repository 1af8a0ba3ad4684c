"""Fixtures of the core: the real data, the six-event dataset, and a copy of it to edit."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import stances
from stances.answers.tracker import Tracker
from stances.dataset.tables import hold_texts
from tests.browser.app import Server, start
from tests.folders import REAL, SIX, TODAY, Folder, every_call_looks, load, up_to_today
from tests.golden import Golden

if find_spec("hypothesis"):
    from hypothesis import HealthCheck, settings

    # On the build machine the same examples every time, so that a red build is the change's own.
    settings.register_profile(
        "here", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.register_profile("ci", settings.get_profile("here"), derandomize=True, max_examples=25)
    settings.load_profile("ci" if os.environ.get("CI") else "here")
    collect_ignore: list[str] = []
else:
    collect_ignore = ["dataset/test_junk.py", "model/test_properties.py"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write golden files as tests say now")


def pytest_configure(config: pytest.Config) -> None:
    # As the processes of the product do; as a library it is run by tests of the README.
    hold_texts()
    # What is collected stays: a look for garbage among it would find none.
    gc.disable()
    if config.getoption("renew") and os.environ.get("CI"):
        raise pytest.UsageError("--renew is for a change that you read: not where CI is set")


_HOSTING = "tests/browser/hosting/"
# It takes as long as most files, and shares nothing with others.
_LONGEST = "tests/test_growth.py"


def pytest_report_header() -> list[str]:
    left_out = ", ".join(collect_ignore)
    return [f"without hypothesis, not run: {left_out}"] if left_out else []


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run tests with a browser in one process more than there are cores: they wait for pages,
    servers and registries a good part of their time.
    """
    if "not browser" in config.getoption("markexpr"):
        return None
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest test, which would go on alone at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONGEST))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the tests of hosting in one process, as those of a file: their installation takes as
    long as most files.
    """
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class LoadRoomScheduling(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return _HOSTING if nodeid.startswith(_HOSTING) else str(super()._split_scope(nodeid))

    return LoadRoomScheduling(config, log)


def pytest_collection_finish() -> None:
    """Keep what is there now out of the collections to come, as a server does: the tests and the
    libraries are many objects, and stay.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
    gc.enable()


@pytest.fixture(autouse=True)
def _no_other_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests read the folders that they name, whatever the shell points at."""
    monkeypatch.delenv("STANCES_DATA", raising=False)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """The file with the wording of a module; see tests/golden.py."""
    return Golden(request.path, request.node.name, request.config.getoption("renew"))


@pytest.fixture
def look_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks a store looks at the files, waits for what comes of it, and for nothing else."""
    every_call_looks(monkeypatch)


@pytest.fixture
def real() -> stances.Dataset:
    """The product's own dataset, up to the real today."""
    return up_to_today(REAL)


@pytest.fixture(scope="session")
def six() -> stances.Dataset:
    """The six-event dataset (see tests/data/six/README.md)."""
    return load(SIX, today=TODAY)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A copy of the six-event dataset to edit."""
    return Folder(tmp_path / "six")


@pytest.fixture
def tracker(real: stances.Dataset) -> Tracker:
    """The tracker of the real data."""
    return _tracker(real)


@pytest.fixture(scope="session")
def tracker_six(six: stances.Dataset) -> Tracker:
    """The tracker of the six-event dataset."""
    return Tracker(six)


@cache
def _tracker(data: stances.Dataset) -> Tracker:
    return Tracker(data)


@pytest.fixture(scope="session")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard on the real data: one for the browser and the probes, as it starts slowly."""
    server = start(tmp_path_factory.mktemp("dashboard") / "log")
    yield server
    server.stop()


@pytest.fixture
def server(dashboard: Server) -> Iterator[Server]:
    """The shared dashboard, alive before and after the test."""
    dashboard.check()
    yield dashboard
    dashboard.check()


@pytest.fixture(params=[pytest.param(REAL, marks=pytest.mark.slow), SIX], ids=["real", "six"])
def shown(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> stances.Dataset:
    """The dataset that the pages show: the real one, then the six-event one."""
    monkeypatch.setenv("STANCES_DATA", str(request.param))
    return up_to_today(request.param)


@pytest.fixture
def six_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages show the six-event dataset."""
    monkeypatch.setenv("STANCES_DATA", str(SIX))
