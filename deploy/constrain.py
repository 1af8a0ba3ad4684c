"""Write the exact versions of all that requirements.txt brings, as installed here and so as tested,
into the file of this Python, such as deploy/constraints-3.13.txt: servers get these.
"""

import re
import sys
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_HERE = Path(__file__).resolve().parent


def main() -> None:
    """Write the file."""
    text = (_HERE.parent / "requirements.txt").read_text(encoding="utf-8")
    waiting = [Requirement(line) for line in re.sub(r"(^|\s)#.*", "", text).splitlines() if line]
    versions: dict[str, str] = {}
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in versions and not wanted.extras:
            continue
        found = distribution(name)
        versions[name] = found.version
        needs = map(Requirement, found.requires or ())
        extras = [*wanted.extras, ""]
        waiting += [
            need
            for need in needs
            if not need.marker or any(need.marker.evaluate({"extra": extra}) for extra in extras)
        ]
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    head = f"# Exact versions for servers with Python {version}. Made by: make constraints\n"
    lines = "".join(f"{name}=={versions[name]}\n" for name in sorted(versions))
    (_HERE / f"constraints-{version}.txt").write_text(head + lines, encoding="utf-8")


if __name__ == "__main__":
    main()
