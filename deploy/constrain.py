"""Print the exact versions of all that requirements.txt brings along, as installed here, and so as
tested: for servers (deploy/install). `make constraints` writes them into the file of its Python,
such as deploy/constraints-3.13.txt.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_TOP = Path(__file__).resolve().parent.parent
_HEAD = (
    f"# Exact versions for servers with Python {sys.version_info.major}.{sys.version_info.minor},"
    " those that the tests ran on. Made by: make constraints"
)
_COMMENT = re.compile(r"(^|\s)#.*")


def named(path: Path) -> Iterator[Requirement]:
    """Return the requirements of a file, one a line."""
    for line in path.read_text(encoding="utf-8").splitlines():
        text = _COMMENT.sub("", line).strip()
        if text:
            yield Requirement(text)


def brought(wanted: Iterator[Requirement]) -> dict[str, str]:
    """Name and version of each package that is wanted, and of what these need in their turn."""
    versions: dict[str, str] = {}
    waiting = [(each.name, extra) for each in wanted for extra in ("", *each.extras)]
    known = set(waiting)
    while waiting:
        name, extra = waiting.pop()
        installed = distribution(name)
        versions[canonicalize_name(name)] = installed.version
        needs = map(Requirement, installed.requires or ())
        more = {
            (need.name, part)
            for need in needs
            if need.marker is None or need.marker.evaluate({"extra": extra})
            for part in ("", *need.extras)
        }
        waiting += more - known
        known |= more
    return versions


def main() -> None:
    """Print the file."""
    try:
        versions = brought(named(_TOP / "requirements.txt"))
    except PackageNotFoundError as missing:
        sys.exit(
            f"deploy/constrain.py: {missing.name} is not installed here; run make dashboard first"
        )
    lines = [_HEAD, *(f"{name}=={versions[name]}" for name in sorted(versions))]
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    main()
