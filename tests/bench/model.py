"""The cost of the monthly panel, by the number of events. Run: python -m tests.bench.model

Each size is derived in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

import stances
from stances.dataset.codebook import Codebook
from stances.dataset.days import month_ends
from stances.model.band import with_blind_codings
from stances.model.stance import Model
from tests.browser.app import ROOT

SIZES = (1_000, 10_000, 100_000, 1_000_000)
ACTORS = 80
MONTHS = 200
REAL_RUNS = 9
REAL = "real"

# One seed, so that two runs derive the same events.
_SEED = 20_190_304


def synthetic_events(codebook: Codebook, actors: list[str], size: int) -> pd.DataFrame:
    """`size` scored events, spread evenly over actors, domains, instruments and months."""
    random = np.random.default_rng(_SEED)
    first = pd.Timestamp(codebook.first_date)
    days = random.integers(0, MONTHS * 30, size)
    return pd.DataFrame(
        {
            "event_id": [f"event-{number:07d}" for number in range(size)],
            "actor": random.choice(actors, size),
            "date": first + pd.to_timedelta(days, unit="D"),
            "end_date": pd.Series(pd.NaT, index=range(size), dtype="datetime64[s]"),
            "domain": random.choice(list(codebook.domains), size),
            "instrument": random.choice(list(codebook.instruments), size),
            "score": random.integers(codebook.scale.min, codebook.scale.max + 1, size),
            "confidence": random.choice(list(codebook.model.tolerance), size),
        }
    )


def measure_synthetic(size: int) -> dict[str, float]:
    """Seconds to prepare the events and derive the panel, and peak memory in MB."""
    codebook = stances.load().codebook
    actors = [f"actor-{number:02d}" for number in range(ACTORS)]
    events = synthetic_events(codebook, actors, size)
    first = pd.Timestamp(codebook.first_date)
    days = month_ends(first.date(), (first + pd.DateOffset(months=MONTHS, days=-1)).date())
    assert len(days) == MONTHS
    return _figures(_seconds(lambda: Model(codebook, actors, events).panel(days)))


def measure_real() -> dict[str, float]:
    """Return the cost of the real data; the median of several runs."""
    data = stances.load().dataset

    def derive() -> pd.DataFrame:
        events = with_blind_codings(data.codebook, data.events, data.codings)
        return Model(data.codebook, data.position_actors, events).panel(data.months)

    return _figures(statistics.median(_seconds(derive) for _ in range(REAL_RUNS)))


def _seconds(derive: Callable[[], Any]) -> float:
    start = time.perf_counter()
    derive()
    return time.perf_counter() - start


def _figures(seconds: float) -> dict[str, float]:
    peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "peak_mb": peak_kib * 1024 / 1e6}


def _in_own_process(size: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.model", "--size", size]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main() -> None:
    """Print one line for the real data and one for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", help=f"one size only, as JSON: a number, or {REAL}")
    size = parser.parse_args().size
    if size:
        figures = measure_real() if size == REAL else measure_synthetic(int(size))
        print(json.dumps(figures))
        return
    print(f"{'events':>10}  {'seconds':>8}  {'peak MB':>8}")
    for each in (REAL, *map(str, SIZES)):
        figures = _in_own_process(each)
        print(f"{each:>10}  {figures['seconds']:8.3f}  {figures['peak_mb']:8.0f}")


if __name__ == "__main__":
    main()
