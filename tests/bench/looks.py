"""The cost of a look at junk beside one at good files. Run: python -m tests.bench.looks

Each folder is the real data with one file of 5 MB, read in a process of its own, so that the peak
of its memory is its own. Aim: no kind of junk takes more than three times the time and memory of
the good files; one that is wrong only as a whole, so that all of it must be read, of good files as
long.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from stances import DataFaults
from stances.dataset.tables import load
from tests.bench.found import Line
from tests.folders import REAL, ROOT

SIZE = 5_000_000
MOST = 3.0
GOOD = "good files"
LONG, AS_LONG = "good memberships, 5 MB", ("memberships that overlap",)


def fill(line: str) -> str:
    """A line again and again; each `{}` in it is another number."""
    return "".join(line.replace("{}", str(number)) for number in range(SIZE // len(line)))


def goods() -> Iterator[tuple[str, str, str]]:
    """Yield the cases of good files: the name, the file, and what comes at its end."""
    yield GOOD, "events.csv", ""
    yield LONG, "memberships.csv", fill("G{},POL,2010-01-01,\n")


def junk() -> Iterator[tuple[str, str, str]]:
    """Yield the cases of junk, by kind: the name, the file, and what comes at its end."""
    event = "{}" + "," * 15 + "\n"
    # A row of the table itself, but for its key.
    source = (REAL / "sources.csv").read_text(encoding="utf-8").splitlines()[1].split(",", 1)[1]
    yield "lines of one cell", "events.csv", fill("junk {}\n")
    yield "rows without text", "events.csv", fill("," * 15 + "\n")
    yield "rows of an id alone", "events.csv", fill(event)
    yield "one row again and again", "events.csv", fill("x," * 15 + "x\n")
    yield "one line of commas", "events.csv", "," * SIZE
    yield "codings of no event", "codings.csv", fill("nobody-{},A,1,\n")
    days = map(date.fromordinal, range(1, SIZE // 20))
    overlapping = "".join(f"G,POL,{day},\n" for day in days)
    yield "memberships that overlap", "memberships.csv", overlapping
    yield "one membership again", "memberships.csv", fill("G,POL,2010-01-01,\n")
    yield "sources of nothing", "sources.csv", fill(f"x-{{}},{source}\n")
    yield "keys in the codebook", "codebook.toml", fill("k{} = 1\n")
    yield "one key of many parts", "about.toml", "a." * 50_000 + "a = 1\n"
    yield "nested description", "datapackage.json", "[" * SIZE
    yield "long description", "datapackage.json", "[" + "{}," * (SIZE // 3) + "{}]"


def cost(folder: Path) -> tuple[float, float, int]:
    """Seconds of the processor and megabytes that a look at a folder takes, and the faults told."""
    text = subprocess.run(
        [sys.executable, "-m", "tests.bench.looks", "--look", str(folder)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    seconds, megabytes, faults = json.loads(text.stdout)
    return seconds, megabytes, faults


def look(folder: Path) -> None:
    """Look at a folder here, and print what `cost` returns."""
    before, begun, faults = peak(), time.process_time(), 0
    try:
        load(folder)
    except DataFaults as found:
        faults = len(found.faults)
    print(json.dumps((time.process_time() - begun, peak() - before, faults)))


def peak() -> float:
    """The most memory that this process has held, in MB; what started it does not count."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    [held] = re.findall(r"VmHWM:\s+(\d+) kB", status)
    return int(held) / 1024


class Cost(NamedTuple):
    """The cost of a look at a kind of junk, and how many times that of the good files."""

    name: str
    seconds: float
    megabytes: float
    faults: int
    in_time: float
    in_memory: float


def costs() -> Iterator[Cost]:
    """Yield the cost of each kind, good files first."""
    with tempfile.TemporaryDirectory() as place:
        whole = Path(place) / "good"
        shutil.copytree(REAL, whole, ignore=shutil.ignore_patterns("releases"))
        good = {name: cost_with(whole, file, more) for name, file, more in goods()}
        for name, found in good.items():
            yield Cost(name, *found, 1.0, 1.0)
        for name, file, more in junk():
            found, beside = cost_with(whole, file, more), good[LONG if name in AS_LONG else GOOD]
            yield Cost(name, *found, found[0] / beside[0], found[1] / beside[1])


def compare() -> None:
    """Print what each kind costs."""
    for each in costs():
        held = "" if max(each.in_time, each.in_memory) <= MOST else "  more than it may"
        print(
            f"{each.name:28} {each.seconds:6.2f} s {each.megabytes:6.0f} MB"
            f"  {each.in_time:4.1f} and {each.in_memory:4.1f} times, {each.faults:,} faults{held}",
            flush=True,
        )


def lines() -> Iterator[Line]:
    """The dearest kinds of junk, in time and in memory."""
    found = [*costs()]
    slow = max(found, key=lambda each: each.in_time)
    large = max(found, key=lambda each: each.in_memory)
    yield Line(f"time of a good look: {slow.name}", "98 s", slow.in_time, MOST, "times")
    yield Line(f"memory of a good look: {large.name}", "1.7 GB", large.in_memory, MOST, "times")


def cost_with(whole: Path, file: str, more: str) -> tuple[float, float, int]:
    """Return the cost of a look at a copy of a folder in which a file has more at its end."""
    folder = whole.with_name("copy")
    shutil.copytree(whole, folder)
    with (folder / file).open("a", encoding="utf-8") as end:
        end.write(more)
    found = cost(folder)
    shutil.rmtree(folder)
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--look", metavar="FOLDER", type=Path, help="look at one folder alone")
    given = parser.parse_args()
    if given.look:
        look(given.look)
    else:
        compare()
