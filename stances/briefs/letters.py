"""Letters that no typeface of the machine has: a sign stands for them, and a note says so."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from stances.briefs.parts import note

_SIGN = "[\N{HORIZONTAL ELLIPSIS}]"
_TOLD = (
    f"{_SIGN} stands for letters that no typeface at hand has; the dashboard shows them, and a "
    "brief made on a machine with such a typeface."
)


def replaced(brief: Mapping[str, Any], letters: Collection[str]) -> dict[str, Any]:
    """A brief with a sign for each run of some letters, explained in the last of its notes."""
    if not letters:
        return dict(brief)
    one = f"[{''.join(map(re.escape, sorted(letters)))}]"
    found: dict[str, Any] = _in_all(brief, re.compile(rf"{one}+(?:\s+{one}+)*"))
    found["pages"][-1]["parts"][-1]["notes"].append(note("Letters", _TOLD))
    return found


def _in_all(value: Any, runs: re.Pattern[str]) -> Any:
    """The same in every text of a value as JSON has it."""
    if isinstance(value, str):
        return runs.sub(_SIGN, value)
    if isinstance(value, Mapping):
        return {name: _in_all(each, runs) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_in_all(each, runs) for each in value]
    return value
