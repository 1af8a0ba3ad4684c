"""Processor time of a page for a day that nobody has looked at, without Streamlit around it."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

from tests.bench.running import table

DAYS = 60
# What differs from the page that opens, by page.
PAGES = {
    "": "as_of",
    "trends": "as_of",
    "members": "as_of",
    "actor": "as_of",
    "changes": "to",
    "acts": "as_of",
    "events": "to",
    "data": "as_of",
}
_SCRIPT = """
import sys, time
from stances.dataset.load import load
from stances.links import view
from stances.pages.registry import page_of
from stances.render import page
data = load()
path, name, *days = sys.argv[1:]
def draw(day):
    seen = view.read(data, path, {name: day}, "https://stances.example/")
    page.pieces(page_of(seen), seen)
draw(""), draw("2015-05-05"), draw("2018-05-05")
for day in days:
    start = time.process_time()
    draw(day)
    print(time.process_time() - start)
"""


def _milliseconds(folder: Path, page: str, parameter: str) -> float:
    draw = random.Random(page)
    days = [f"{draw.randrange(2012, 2026)}-{draw.randrange(1, 13):02}-15" for _ in range(2 * DAYS)]
    days = list(dict.fromkeys(days))[:DAYS]
    command = [sys.executable, "-c", _SCRIPT, page, parameter, *days]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return 1000 * median(map(float, run.stdout.split()))


def lines(folders: Mapping[str, Path]) -> Iterator[str]:
    """Yield the table: a column for each checkout by its name."""
    rows = {}
    for page, parameter in PAGES.items():
        figures = [_milliseconds(folder, page, parameter) for folder in folders.values()]
        rows[f"a step of {page or 'map'}, ms"] = figures
    yield from table(folders, rows)
