"""An entry as a form for issues writes it: Markdown with a heading for each column, under it its
cell; or with the entry, or more of it, as TOML between fences.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from stances.dataset.faults import BadInput, inline

_HEADING = re.compile(r"^#{2,4} +(\S.*?) *$", re.MULTILINE)
_FENCED = re.compile(r"^```+ *(?:toml)? *\n(.*?)^```+ *$", re.MULTILINE | re.DOTALL)
_NO_ANSWER = "_No response_"
# Before the columns of the first source and of the coding; ids of sources are of the event.
_PARTS = {"source_": "sources", "coding_": "coding"}
_OF_EVENT = ("source_ids",)


def is_form(text: str) -> bool:
    """Say whether a text has a heading or a fence, as a form for issues writes them."""
    return bool(_HEADING.search(text) or _FENCED.search(text))


def form_document(text: str) -> dict[str, Any]:
    """Return the tables of values of a form, as a TOML file would have them. Raises BadInput, and
    ValueError for what between fences is no TOML.
    """
    document: dict[str, Any] = {}
    parts: dict[str, dict[str, Any]] = {"sources": {}, "coding": {}}
    more: list[Any] = []
    for heading, answer in _answers(text.replace("\r\n", "\n")):
        fences = _FENCED.findall(answer)
        for fenced in fences:
            inside = tomllib.loads(fenced)
            listed = inside.pop("sources", [])
            more += listed if isinstance(listed, list) else [listed]
            _put(document, inside)
        if not fences and heading and answer not in ("", _NO_ANSWER):
            part, column = _column_of(heading)
            _put(parts[part] if part else document, {column: " ".join(answer.split())})
    first = [parts["sources"]] if parts["sources"] else []
    if first or more:
        document["sources"] = [*first, *more]
    if parts["coding"]:
        _put(document, {"coding": parts["coding"]})
    return document


def _answers(text: str) -> Iterator[tuple[str, str]]:
    """Yield each heading with what stands under it; first what stands before all of them."""
    before, *pieces = _HEADING.split(text)
    yield "", before.strip()
    for heading, answer in zip(pieces[::2], pieces[1::2], strict=True):
        yield heading, answer.strip()


def _column_of(heading: str) -> tuple[str, str]:
    """Return the part of an entry that a heading is of, empty for the event, and the column."""
    column = "_".join(heading.casefold().split())
    for before, part in _PARTS.items():
        if column.startswith(before) and column not in _OF_EVENT:
            return part, column.removeprefix(before)
    return "", column


def _put(values: dict[str, Any], more: dict[str, Any]) -> None:
    """Add values; each is given once. Raises BadInput."""
    twice = [name for name in more if name in values]
    if twice:
        raise BadInput(f"{inline(twice[0])} is given twice")
    values |= more
