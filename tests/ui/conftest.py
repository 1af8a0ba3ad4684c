"""What the tests of the pages share: the trackers of both datasets."""

from __future__ import annotations

import pytest

import stances
from stances.ui.shared import Tracker


@pytest.fixture(scope="session")
def tracker(real: stances.Dataset) -> Tracker:
    """The tracker of the real data."""
    return Tracker(real)


@pytest.fixture(scope="session")
def tracker_six(six: stances.Dataset) -> Tracker:
    """The tracker of the six-event dataset."""
    return Tracker(six)
