"""The parts of a README that follow from the data, between markers.

`<!-- derived: counts -->` ... `<!-- end -->` holds what `_blocks` makes under that name. In
`<!-- derived: examples -->` Python and console examples stay as they are written, and show what
they give.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from stances.answers.citing import Citation, citation_file
from stances.commands.examples import Examples
from stances.dataset.counts import dating_lines, table_of_files
from stances.dataset.faults import BadInput, inline
from stances.dataset.tables import Dataset

_README, _CITATION = "README.md", "CITATION.cff"
# Whose the README is that lies beside several folders: the others are of another subject.
_OWN = "data"
_END = "<!-- end -->"
_MARK = re.compile(r"^<!-- (?:derived: (?P<name>.*)|end) -->$", re.MULTILINE)
_BLOCK = re.compile(
    r"^(<!-- derived: (?P<name>.*?) -->\n)(?P<body>.*?)^(<!-- end -->)$", re.MULTILINE | re.DOTALL
)


def readme_files(data: Dataset) -> dict[Path, bytes]:
    """Return the README in the data folder and the one beside it, as they must be, and the citation
    beside that; a README without markers, or a citation that nobody began, is no concern of a
    release, and what lies beside a folder called data is of that one alone. Raises BadInput for a
    marker that is not known, and for one that is missing where others are there: what it marked
    would go stale.
    """
    beside, here = data.folder.resolve().parent / _README, Path.cwd()
    named = beside.relative_to(here) if beside.is_relative_to(here) else beside
    is_own = data.folder.resolve().name == _OWN or not (beside.parent / _OWN).is_dir()
    files = {}
    for path in (data.folder / _README, *([named] if is_own else [])):
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if _MARK.search(text):
            files[path] = _whole(text, str(path), data).encode()
    cited = named.with_name(_CITATION)
    return files | ({cited: citation_file(data)} if is_own and cited.exists() else {})


def _whole(text: str, name: str, data: Dataset) -> str:
    """Return the text as it must be; marks without their other half are judged first."""
    halves, missing = list(_halves(text)), _missing(text, data)
    filled = "" if halves else _fill(text, name, data)
    if halves or missing:
        raise BadInput(f"{name}: {'; '.join([*halves, *missing])}")
    return filled


def _halves(text: str) -> Iterator[str]:
    """Yield the marks that have no other half, each by its line."""
    marks = [*_MARK.finditer(text)]
    for before, mark, after in zip([None, *marks], marks, [*marks[1:], None], strict=False):
        where = f"{mark[0]} in line {text.count(chr(10), 0, mark.start()) + 1}"
        if mark[0] != _END and (after is None or after[0] != _END):
            yield f"{where} has no {_END} after it"
        if mark[0] == _END and (before is None or before[0] == _END):
            yield f"{where} has no mark before it"


def _missing(text: str, data: Dataset) -> list[str]:
    """Return what is derived and not marked, where other things are: it would go stale unseen."""
    there = {mark["name"] for mark in _MARK.finditer(text)}
    return [
        f"<!-- derived: {block} --> is missing" for block in _blocks(data) if block not in there
    ]


def _fill(text: str, name: str, data: Dataset) -> str:
    blocks = _blocks(data)

    def block(match: re.Match[str]) -> str:
        make = blocks.get(match["name"])
        if make is None:
            allowed = ", ".join(blocks)
            raise BadInput(f"{name}: {inline(match['name'])} is not derived; there are: {allowed}")
        return f"{match[1]}{make(match['body'])}{match[4]}"

    return _BLOCK.sub(block, text)


def _blocks(data: Dataset) -> dict[str, Callable[[str], str]]:
    """Return what makes each block, from what it said before."""
    return {
        "tables": lambda _: _lines("", *table_of_files(data), ""),
        "dating": lambda _: _lines(*dating_lines(data)),
        "citation": lambda _: _lines("", f"> {Citation(data, data.recorded).line}", ""),
        "examples": Examples(data).renew,
    }


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)
