"""Kill `python -m stances snapshot` at random moments: both of its files are there, or neither.

    python -m tests.bench.kill [ROUNDS] [SEED]

Each round starts the command over a folder with an older snapshot, or over an empty one, and kills
it (SIGKILL): every other round at any moment of a run, the rest within milliseconds of the first
file that it writes. What is found is counted at once, and again after a run for another day: whole
files, and both of one run. Prints found (by a file each, as it was before) beside reached. Exit
status 1 if a file is there in part, a table beside metadata of another run, or, after the next run,
anything but one whole snapshot or none; or if no round was killed in the middle of its files.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.browser.app import ROOT

DAY, NEXT_DAY = "2019-03-04", "2019-03-05"
_OLDER = b"an older snapshot\n" * 1000
_ASIDE = " in the middle of its files"
# What was found where each file was renamed by itself.
_MEASURES = (
    ("files in part", "0 of 60", "partial"),
    ("one file alone", "20 of 60", "alone"),
    ("a table beside metadata of another", "-", "mixed"),
    ("any of it left by the next run", "-", "unmended"),
)
# About what it takes to write, flush and rename both files.
_WRITING_SECONDS = 0.02

Process = subprocess.Popen[bytes]
Moment = Callable[[Process], None]
Files = dict[str, bytes]


class Round(NamedTuple):
    """How a round ended, and what of it is not as it should be."""

    how: str
    partial: bool
    alone: bool
    mixed: bool
    unmended: bool


def command(out: Path, day: str = DAY) -> list[str]:
    """The command line that writes a snapshot."""
    return [sys.executable, "-m", "stances", "snapshot", "--as-of", day, "--out", str(out)]


def listed(folder: Path) -> Files:
    """The files of a folder by name, as one sees them who lists it."""
    return {path.name: path.read_bytes() for path in folder.glob("[!.]*")}


def whole_files(folder: Path) -> tuple[Files, float]:
    """What an undisturbed run writes, by name, and the seconds that it takes."""
    start = time.perf_counter()
    subprocess.run(command(folder), cwd=ROOT, check=True, capture_output=True)
    seconds = time.perf_counter() - start
    return listed(folder), seconds


def killed_run(folder: Path, moment: Moment) -> bool:
    """Run the command and kill it once `moment` has returned; whether it was still running."""
    process = subprocess.Popen(command(folder), cwd=ROOT, stdout=subprocess.DEVNULL)
    moment(process)
    process.kill()
    return process.wait() == -signal.SIGKILL


def _count(folder: Path) -> int:
    return sum(1 for _ in folder.iterdir())


def first_write(folder: Path, process: Process) -> None:
    """Return as soon as the folder has one file more, or the process has ended."""
    before = _count(folder)
    while _count(folder) == before and process.poll() is None:
        pass


def one_round(folder: Path, whole: Files, older: bool, moment: Moment) -> Round:
    """Start from an older snapshot or from nothing, kill, look, run for another day, look again."""
    before = dict.fromkeys(whole, _OLDER) if older else {}
    for name, content in before.items():
        (folder / name).write_bytes(content)
    killed = killed_run(folder, moment)
    found, aside = listed(folder), any(folder.glob(".*"))
    subprocess.run(command(folder, NEXT_DAY), cwd=ROOT, check=True, capture_output=True)
    ended = {name: content for name, content in listed(folder).items() if name in whole}
    both = found in (before, whole)
    return Round(
        f"{'killed' if killed else 'ended'}{_ASIDE if aside else ''}",
        partial=not all(content in (_OLDER, whole[name]) for name, content in found.items()),
        alone=not both and len(found) == 1,
        mixed=not both and len(found) > 1,
        unmended=ended not in (before, whole) or any(folder.glob(".*")),
    )


def rounds(count: int, seed: int, scratch: Path) -> list[Round]:
    """How the rounds ended."""
    dice = random.Random(seed)
    (scratch / "whole").mkdir()
    whole, seconds = whole_files(scratch / "whole")

    def at_a_write(folder: Path) -> Moment:
        def moment(process: Process) -> None:
            first_write(folder, process)
            time.sleep(dice.uniform(0, _WRITING_SECONDS))

        return moment

    def at_any_time(_: Process) -> None:
        time.sleep(dice.uniform(0, 1.1 * seconds))

    done = []
    for number in range(count):
        folder = scratch / str(number)
        folder.mkdir()
        moment = at_any_time if number % 2 else at_a_write(folder)
        done.append(one_round(folder, whole, number % 4 < 2, moment))
    return done


def main() -> int:
    """Run the rounds, tell how they ended, and return the exit status."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as scratch:
        done = rounds(count, seed, Path(scratch))
    for how, number in Counter(each.how for each in done).most_common():
        print(f"{number:4} {how}")
    print(f"{'':38}{'found':>10}{'reached':>10}")
    for text, found, name in _MEASURES:
        reached = sum(getattr(each, name) for each in done)
        print(f"{text:38}{found:>10}{f'{reached} of {count}':>10}")
    # That one is there alone lasts for one call of the system, and the next run ends it.
    bad = any(each.partial or each.mixed or each.unmended for each in done)
    return 1 if bad or not any(_ASIDE in each.how for each in done) else 0


if __name__ == "__main__":
    sys.exit(main())
