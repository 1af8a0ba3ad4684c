"""What a look at a folder of junk costs against one at good data. Run: python -m tests.bench.junk

Each look is a process of its own. README.md of this folder says how each figure is taken.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from statistics import median

from stances.dataset.faults import DataFaults
from stances.dataset.tables import load
from tests.bench.found import Line, print_lines
from tests.folders import REAL

LOOKS = 3
_MEGABYTES = 5
_SEED = 20_190_304

Junk = Callable[[Path, random.Random], None]


def _of_lines(line: Callable[[random.Random], str]) -> Junk:
    """Junk of many lines under the header of the events."""

    def fill(folder: Path, draw: random.Random) -> None:
        file = folder / "events.csv"
        header = file.read_text(encoding="utf-8").partition("\n")[0]
        size, lines = 0, [header]
        while size < _MEGABYTES * 1_000_000:
            lines.append(line(draw))
            size += len(lines[-1]) + 1
        file.write_text("\n".join(lines), encoding="utf-8")

    return fill


def _cells(folder: Path, draw: random.Random) -> None:
    """Rows of the right width in which every cell is wrong."""
    width = (folder / "events.csv").read_text(encoding="utf-8").partition("\n")[0].count(",") + 1
    _of_lines(lambda draw: ",".join(f"?{draw.randrange(1000)}" for _ in range(width)))(folder, draw)


JUNK: dict[str, Junk] = {
    "short lines": _of_lines(lambda draw: f"junk {draw.randrange(10**6)}"),
    "empty lines": _of_lines(lambda _: ""),
    "wrong cells": _cells,
}


def _look(folder: Path) -> tuple[float, float]:
    """Seconds and MB (beyond what the process had before) of a look, the median of some."""
    figures = [_once(folder) for _ in range(LOOKS)]
    seconds, held = zip(*figures, strict=True)
    return median(seconds), median(held)


def _once(folder: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "tests.bench.junk", str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(told[0]), float(told[1])


def lines() -> Iterator[Line]:
    """The figures of each kind of junk."""
    with tempfile.TemporaryDirectory() as scratch:
        good = Path(scratch) / "good"
        shutil.copytree(REAL, good, ignore=shutil.ignore_patterns("releases"))
        seconds, held = _look(good)
        for name, fill in JUNK.items():
            folder = Path(scratch) / name
            shutil.copytree(good, folder)
            fill(folder, random.Random(_SEED))
            slow, large = _look(folder)
            what = f"{_MEGABYTES} MB of {name}"
            yield Line(f"{what}: time, of a good look", "98 s", slow / seconds, 3, "times")
            yield Line(f"{what}: memory, of a good look", "1.7 GB", large / held, 3, "times")


def _measure(folder: Path) -> None:
    """Print the seconds and the MB of one look."""
    before, start = _peak_mb(), time.perf_counter()
    with suppress(DataFaults):
        load(folder)
    print(time.perf_counter() - start, _peak_mb() - before)


def _peak_mb() -> float:
    # Not by `resource`: that figure of a new process begins with the one that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024 / 1e6


if __name__ == "__main__":
    if sys.argv[1:]:
        _measure(Path(sys.argv[1]))
    else:
        print_lines("Files", lines())
