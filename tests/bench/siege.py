"""What an adversary found, and what is reached now, side by side. Run: python -m tests.bench.siege

Heavy answers, silent sockets, junk in the files, and many visitors: each by the module of its name
here, which can be run alone too. README.md of this folder says how each figure is taken.
"""

from __future__ import annotations

import stances
from tests.bench import heavy, load, looks, silent
from tests.bench.found import print_lines
from tests.browser.hosting.nginx import why_no_nginx


def main() -> None:
    """Print a table for each."""
    truth = load.Truth(stances.load())
    no_nginx = why_no_nginx()
    print_lines("Heavy answers", heavy.direct(truth))
    print_lines("Silent sockets", silent.direct(truth))
    if no_nginx:
        print(f"not measured behind nginx: {no_nginx}")
    else:
        print_lines("Heavy answers behind nginx", heavy.behind_nginx(truth))
        print_lines("Silent sockets behind nginx", silent.behind_nginx(truth))
    print_lines("Bad messages", silent.bad(truth))
    print_lines("Files", looks.lines())
    print_lines("Visitors", load.lines(truth))


if __name__ == "__main__":
    main()
