"""The findings of an adversary and the figures of now, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A figure: what was `found` before it was mended, in words; what is `reached`, and the `most`
    that it may be, both in `unit`.
    """

    what: str
    found: str
    reached: float
    most: float
    unit: str = ""

    def __str__(self) -> str:
        """The line of a table, as `HEAD` names its columns."""
        reached, most = (f"{value:.4g} {self.unit}".strip() for value in (self.reached, self.most))
        kept = "yes" if self.reached <= self.most else "NO"
        return f"{self.what:<62}{self.found:>22}{reached:>14}{most:>14}   {kept}"


HEAD = f"{'what':<62}{'found':>22}{'reached':>14}{'at most':>14}"


def print_lines(title: str, lines: Iterable[Line]) -> None:
    """Print a table, each line as soon as it is known."""
    print(f"\n{title}\n{HEAD}", flush=True)
    for line in lines:
        print(line, flush=True)
