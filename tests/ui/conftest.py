"""What the tests of the pages share: the trackers of both datasets."""

from __future__ import annotations

import pytest

import stances
from stances.ui.shared import Tracker
from tests.folders import REAL, SIX


@pytest.fixture(scope="session")
def tracker(real: stances.Dataset) -> Tracker:
    """The tracker of the real data."""
    return Tracker(real)


@pytest.fixture(scope="session")
def tracker_six(six: stances.Dataset) -> Tracker:
    """The tracker of the six-event dataset."""
    return Tracker(six)


@pytest.fixture(params=[REAL, SIX], ids=["real", "six"])
def shown(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> stances.Dataset:
    """The dataset that the pages show: the real one, then the six-event one."""
    monkeypatch.setenv("STANCES_DATA", str(request.param))
    return stances.load(request.param)


@pytest.fixture
def six_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages show the six-event dataset."""
    monkeypatch.setenv("STANCES_DATA", str(SIX))
