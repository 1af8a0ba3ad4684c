"""The cost of a picture when it is made, and its size. Run: python -m tests.bench.pictures

Each is of a day that nobody has asked for before, so what is derived for the day is in its time.
README.md of this folder says how each figure is taken.
"""

from __future__ import annotations

import gzip
import statistics
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

import stances
from stances.dataset.tables import Dataset
from stances.figures.theme import theme
from stances.links.register import ACTOR
from stances.links.view import view_of
from stances.pictures.every import PICTURES, PNG, SVG, picture_bytes
from stances.pictures.request import PictureRequest

RUNS = 15
MOST_MS = 150
WIDTHS = (600, 1200, 2400)
SITE = "https://stances.example.org"
# The views of which a link is most often sent, by their pictures.
VIEWS: Mapping[str, Mapping[str, str]] = {
    "map, Europe": {"picture": "map"},
    "map, world": {"picture": "map", "view": "world"},
    "trends": {"picture": "trends"},
    "members": {"picture": "members"},
    "deadlines": {"picture": "deadlines"},
    "actor": {"picture": ACTOR},
}


class Made(NamedTuple):
    """Milliseconds of each run, and bytes of the last, plain and compressed."""

    times: list[float]
    size: int
    zipped: int


def days(data: Dataset) -> Iterator[date]:
    """Days without end, none twice, over the last years."""
    last = data.today
    for number in range(1, 3_000):
        yield last - timedelta(days=number)


def make(data: Dataset, view: Mapping[str, str], wide: int, form: str, on: Iterator[date]) -> Made:
    """Make a picture of so many new days, after one that nobody counts."""
    picture = PICTURES[view["picture"]]
    given = {name: text for name, text in view.items() if name != "picture"}
    times, content = [], b""
    for _ in range(RUNS + 1):
        view = view_of(data, picture.page, {**given, "as_of": str(next(on))})
        if picture.of_actor:
            view = view.but(actor=data.first_actors[0])
        start = time.perf_counter()
        content = picture_bytes(picture, PictureRequest(view, theme("light"), SITE), wide, form)
        times.append(1000 * (time.perf_counter() - start))
    return Made(times[1:], len(content), len(gzip.compress(content, 6)))


def main() -> None:
    """Print a line for each view, format and width."""
    data = stances.load().dataset
    on = days(data)
    columns = ("format", 8), ("px", 6), ("median", 10), ("longest", 10), ("size", 10), ("gzip", 10)
    head = f"{'picture':<14}{''.join(f'{name:>{wide}}' for name, wide in columns)}"
    print(f"{head}   at most {MOST_MS} ms at 1200 px")
    for name, view in VIEWS.items():
        for form, wide in [(SVG, 1200), *((PNG, each) for each in WIDTHS)]:
            found = make(data, view, wide, form, on)
            median = statistics.median(found.times)
            kept = "" if wide != 1200 else "yes" if median <= MOST_MS else "NO"
            print(
                f"{name:<14}{form:>8}{wide:>6}{median:>7.0f} ms{max(found.times):>7.0f} ms"
                f"{found.size / 1000:>7.0f} kB{found.zipped / 1000:>7.0f} kB   {kept}",
                flush=True,
            )


if __name__ == "__main__":
    main()
