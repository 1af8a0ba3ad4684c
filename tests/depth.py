"""The depth of the usual run of the tests: of what holds for many alike it takes the first few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

Ids = Iterable[Any] | Callable[[Any], str | None]


def each(
    names: str | Sequence[str], values: Iterable[Any], *, usual: int = 1, ids: Ids | None = None
) -> pytest.MarkDecorator:
    """`pytest.mark.parametrize`, of which the usual run takes the first few values; the others are
    marked `slow`, and run with what takes long.
    """
    several = not isinstance(names, str) or "," in names
    params = [
        value if number < usual else _slow(value, several) for number, value in enumerate(values)
    ]
    return pytest.mark.parametrize(names, params, ids=ids)


def _slow(value: Any, several: bool) -> Any:
    if hasattr(value, "marks"):
        return pytest.param(*value.values, marks=[*value.marks, pytest.mark.slow], id=value.id)
    parts = tuple(value) if several else (value,)
    return pytest.param(*parts, marks=pytest.mark.slow)
