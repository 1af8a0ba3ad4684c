"""The cost of a brief when it is made, and its size. Run: python -m tests.bench.briefs

Of every actor and every group of the real data. README.md of this folder says how each figure is
taken.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import stances
from stances.answers.tracker import tracker_under
from stances.dataset.schema import ALL_ACTORS
from stances.dataset.tables import Dataset
from stances.pages.briefs.request import brief_request
from stances.render.brief import brief_pdf
from tests.bench.pictures import days

MOST_MS = 400
SITE = "https://stances.example.org"


class Made(NamedTuple):
    """Milliseconds and bytes of a brief of a code."""

    code: str
    ms: float
    size: int


def make(data: Dataset, code: str, given: Mapping[str, str]) -> Made:
    """Make a brief."""
    start = time.perf_counter()
    content = brief_pdf(brief_request(data, code, given, SITE))
    return Made(code, 1000 * (time.perf_counter() - start), len(content))


def row(name: str, found: Sequence[Made]) -> str:
    """A line of the table."""
    times, slowest = [each.ms for each in found], max(found, key=lambda each: each.ms)
    sizes = [each.size / 1000 for each in found]
    kept = "yes" if slowest.ms <= MOST_MS else "NO"
    return (
        f"{name:<24}{len(found):>6}{statistics.median(times):>8.0f} ms{slowest.ms:>8.0f} ms"
        f"  {slowest.code:<12}{max(sizes):>6.0f} kB   {kept}"
    )


def main() -> None:
    """Print a line for each kind of brief: of today, and each of a day of its own."""
    data = stances.load().dataset
    actors, groups = data.position_actors, [*tracker_under(data, None).groups, ALL_ACTORS]
    on, reader = days(data), {"from": data.first_actors[0]}
    make(data, actors[0], {})  # what a server has read long before it is asked
    print(f"{'brief':<24}{'made':>6}{'median':>11}{'longest':>11}  {'of':<12}{'size':>9}"
          f"   at most {MOST_MS} ms")  # fmt: skip
    for name, codes in (("actor", actors), ("group", groups)):
        print(row(f"{name}, today", [make(data, code, {}) for code in codes]), flush=True)
        own = [make(data, code, {"as_of": str(next(on))}) for code in codes]
        print(row(f"{name}, a new day each", own), flush=True)
        others = [code for code in codes if code != reader["from"]]
        read = [make(data, code, {"as_of": str(next(on)), **reader}) for code in others]
        print(row(f"{name}, for a reader", read), flush=True)


if __name__ == "__main__":
    main()
