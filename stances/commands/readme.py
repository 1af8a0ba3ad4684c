"""The parts of a README that follow from the data, between markers.

`<!-- derived: counts -->` ... `<!-- end -->` holds what `_blocks` makes under that name. In
`<!-- derived: examples -->` Python and console examples stay as they are written, and show what
they give.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from stances.answers.citing import citation
from stances.commands.examples import Examples
from stances.dataset.counts import dating_lines, table_of_files
from stances.dataset.faults import BadInput, shown
from stances.dataset.tables import Dataset

_README = "README.md"
_BLOCK = re.compile(
    r"^(<!-- derived: (?P<name>.*?) -->\n)(?P<body>.*?)^(<!-- end -->)$", re.MULTILINE | re.DOTALL
)


def readme_files(data: Dataset) -> dict[Path, bytes]:
    """The README in the data folder and the one beside it, as they must be; one without markers is
    no concern of a release. Raises BadInput for a marker that is not known.
    """
    beside, here = data.folder.resolve().parent / _README, Path.cwd()
    named = beside.relative_to(here) if beside.is_relative_to(here) else beside
    found = {}
    for path in (data.folder / _README, named):
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if _BLOCK.search(text):
            found[path] = _filled(text, str(path), data).encode()
    return found


def _filled(text: str, name: str, data: Dataset) -> str:
    blocks = _blocks(data)

    def block(found: re.Match[str]) -> str:
        make = blocks.get(found["name"])
        if make is None:
            allowed = ", ".join(blocks)
            raise BadInput(f"{name}: {shown(found['name'])} is not derived; there are: {allowed}")
        return f"{found[1]}{make(found['body'])}{found[4]}"

    return _BLOCK.sub(block, text)


def _blocks(data: Dataset) -> dict[str, Callable[[str], str]]:
    """What makes each block, from what it said before."""
    return {
        "tables": lambda _: _lines("", *table_of_files(data), ""),
        "dating": lambda _: _lines(*dating_lines(data)),
        "citation": lambda _: _lines("", f"> {citation(data, data.recorded)}", ""),
        "examples": Examples(data).shown,
    }


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)
