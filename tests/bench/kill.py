"""Kill `python -m stances snapshot` at random moments: no file is ever there in part.

    python -m tests.bench.kill [ROUNDS] [SEED]

Each round starts the command over a folder with an older snapshot and kills it (SIGKILL): every
other round at any moment of a run, the rest within milliseconds of the first file that it writes.
A file under its final name must then be the older or the newer one, every byte of it. Exit status
1 if one is not, or if no round was killed in the middle of its files.
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

from tests.browser.app import ROOT

DAY = "2019-03-04"
_OLDER = b"an older snapshot\n" * 1000
_ASIDE = ", one half-written aside"
# About what it takes to write, flush and rename both files.
_WRITING_SECONDS = 0.02

Process = subprocess.Popen[bytes]
Moment = Callable[[Process], None]


def command(out: Path) -> list[str]:
    """The command line that writes a snapshot."""
    return [sys.executable, "-m", "stances", "snapshot", "--as-of", DAY, "--out", str(out)]


def whole_files(folder: Path) -> tuple[dict[str, bytes], float]:
    """What an undisturbed run writes, by name, and the seconds that it takes."""
    start = time.perf_counter()
    subprocess.run(command(folder), cwd=ROOT, check=True, capture_output=True)
    seconds = time.perf_counter() - start
    return {path.name: path.read_bytes() for path in folder.iterdir()}, seconds


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


def partial_files(folder: Path, whole: dict[str, bytes]) -> list[str]:
    """The files under a final name that are neither the older nor the newer one as a whole."""
    return [
        path.name
        for path in folder.iterdir()
        # Written aside: what a kill leaves behind, hidden and never taken for a snapshot.
        if not path.name.startswith(".") and path.read_bytes() not in (_OLDER, whole.get(path.name))
    ]


def one_round(folder: Path, whole: dict[str, bytes], moment: Moment) -> str:
    """A round in words: killed or ended, and what it left."""
    for name in whole:
        (folder / name).write_bytes(_OLDER)
    killed = killed_run(folder, moment)
    newer = sum((folder / name).read_bytes() == content for name, content in whole.items())
    aside = _count(folder) > len(whole)
    return (
        f"{'killed' if killed else 'ended'}, {newer} of {len(whole)} files new"
        f"{_ASIDE if aside else ''}"
    )


def rounds(count: int, seed: int, scratch: Path) -> tuple[Counter[str], list[str]]:
    """How the rounds ended, and the partial files of all."""
    dice = random.Random(seed)
    (scratch / "whole").mkdir()
    whole, seconds = whole_files(scratch / "whole")
    ended: Counter[str] = Counter()
    partial: list[str] = []
    for number in range(count):
        folder = scratch / str(number)
        folder.mkdir()

        def at_a_write(process: Process, folder: Path = folder) -> None:
            first_write(folder, process)
            time.sleep(dice.uniform(0, _WRITING_SECONDS))

        def at_any_time(process: Process) -> None:  # noqa: ARG001 - as all moments
            time.sleep(dice.uniform(0, 1.1 * seconds))

        ended[one_round(folder, whole, at_any_time if number % 2 else at_a_write)] += 1
        partial += partial_files(folder, whole)
    return ended, partial


def main() -> int:
    """Run the rounds, tell how they ended, and return the exit status."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as scratch:
        ended, partial = rounds(count, seed, Path(scratch))
    for how, number in ended.most_common():
        print(f"{number:4} {how}")
    print(f"{count} rounds, partial files under a final name: {len(partial)} {partial[:5]}")
    return 1 if partial or not any(_ASIDE in how for how in ended) else 0


if __name__ == "__main__":
    sys.exit(main())
