"""What tests share: the six-event dataset, the real one, their trackers, and golden texts."""

from __future__ import annotations

import gc
import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from difflib import unified_diff
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.load import Dataset, load

ROOT = Path(__file__).resolve().parents[1]
REAL, SIX = ROOT / "data", ROOT / "tests" / "data" / "six"
TODAY = date(2023, 1, 31)

# Frames of hundreds of small datasets: their rubbish is looked for less often.
gc.set_threshold(100_000, 50, 50)

# On the build machine the same examples every time, so that a red build is the change's own.
settings.register_profile(
    "here", deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write golden files as tests say now")


@pytest.hookimpl(optionalhook=True)  # also without xdist
def pytest_xdist_auto_num_workers() -> int:
    """Have one process more than cores: the one with the browser waits for it half of its time."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Have one process run all that drives a browser, and one all that needs nginx."""
    from xdist.scheduler import LoadScopeScheduling

    class Grouped(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            whole = nodeid.startswith(("tests/browser/", "tests/deploy/"))
            return nodeid.rpartition("/")[0] if whole else nodeid

    return Grouped(config, log)


@pytest.fixture(autouse=True)
def _no_other_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests read the folders that they name, whatever the shell points at."""
    monkeypatch.delenv("STANCES_DATA", raising=False)


@cache
def _loaded(folder: Path, today: date | None) -> Dataset:
    return load(folder, today)


@pytest.fixture
def six() -> Dataset:
    """The six-event dataset, worked out on paper in tests/data/six/README.md."""
    return _loaded(SIX, TODAY)


@pytest.fixture
def real() -> Dataset:
    """The product's own dataset, up to the real today."""
    return _loaded(REAL, None)


@pytest.fixture
def newest(real: Dataset) -> date:
    """The newest day of the real data, with which pages open."""
    return real.opening_day


@pytest.fixture
def tracker_six(six: Dataset) -> Tracker:
    return tracker_of(six)


@pytest.fixture
def tracker(real: Dataset) -> Tracker:
    """The tracker of the real data."""
    return tracker_of(real)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the six-event dataset to edit."""
    return Path(shutil.copytree(SIX, tmp_path / "six"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Hold a text against `golden/NAME` beside the test; `--renew` writes it."""

    def hold(name: str, text: str) -> None:
        path = request.path.parent / "golden" / name
        # A version is a hash of the tables: as it stands it would renew the file with any of them.
        said = re.sub(r"\b\d{4}-\d{2}-\d{2}-[0-9a-f]{8}\b", "VERSION", text.rstrip("\n")) + "\n"
        if request.config.getoption("--renew"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(said, encoding="utf-8")
        held = path.read_text(encoding="utf-8") if path.exists() else ""
        if held != said:
            changed = "\n".join(unified_diff(held.split("\n"), said.split("\n"), lineterm=""))
            pytest.fail(f"{path} says otherwise (--renew writes it):\n{changed}", pytrace=False)

    return hold
