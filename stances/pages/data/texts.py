"""Pieces of markup as blocks, each by itself."""

from __future__ import annotations

from collections.abc import Iterable

from stances.pages.block import Blocks, TextBlock


def texts(parts: Iterable[str], group: str = "", column: int = 0) -> Blocks:
    """Yield markup, each piece below the one before it."""
    for part in parts:
        yield TextBlock(part, group=group, column=column)
