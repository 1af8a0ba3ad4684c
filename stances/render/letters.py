"""Letters that no typeface of the machine has: a sign stands for them, and a note says so."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from stances.pages.briefs.parts import note
from stances.pictures.letters import is_known

_SIGN = "[\N{HORIZONTAL ELLIPSIS}]"
_TOLD = (
    f"{_SIGN} stands for letters that no typeface at hand has; the dashboard shows them, and a "
    "brief made on a machine with such a typeface."
)


def replaced(brief: Mapping[str, Any], letters: Collection[str]) -> dict[str, Any]:
    """Return a brief with a sign for each run of some letters and others of their scripts,
    explained in the last of its notes: what has room then may show more of them.
    """
    if not letters:
        return dict(brief)
    scripts = set(map(_script, letters))
    every = set(json.dumps(brief, ensure_ascii=False))
    foreign = {each for each in every if not is_known(each) and _script(each) in scripts}
    one = f"[{''.join(map(re.escape, sorted(foreign | set(letters))))}]"
    found: dict[str, Any] = _in_all(brief, re.compile(rf"{one}+(?:\s+{one}+)*"))
    found["pages"][-1]["parts"][-1]["notes"].append(note("Letters", _TOLD))
    return found


def _script(letter: str) -> str:
    """Return what the name of a letter begins with: its script, as far as it has one."""
    return unicodedata.name(letter, letter).partition(" ")[0]


def _in_all(value: Any, runs: re.Pattern[str]) -> Any:
    """Return a value as JSON has it with every text of it in letters that the sheet has."""
    if isinstance(value, str):
        return runs.sub(_SIGN, value)
    if isinstance(value, Mapping):
        return {name: _in_all(each, runs) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_in_all(each, runs) for each in value]
    return value
