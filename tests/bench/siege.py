"""The findings of an adversary beside the figures of now. Run: python -m tests.bench.siege

Heavy answers, silent sockets, junk in the files, and many visitors: each by the module of its name
here, which can be run alone too. README.md of this folder says how each figure is taken.
"""

from __future__ import annotations

import stances
from tests.bench import heavy, load, looks, silent
from tests.bench.found import print_lines


def main() -> None:
    """Print a table for each."""
    truth = load.Truth(stances.load())
    print_lines("Heavy answers", heavy.lines(truth))
    print_lines("Silent sockets", silent.lines(truth))
    print_lines("Files", looks.lines())
    print_lines("Visitors", load.lines(truth))


if __name__ == "__main__":
    main()
