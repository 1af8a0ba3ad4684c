"""Figures before something was mended and now, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A figure: what it was `before` it was mended, in words; what it is `now`, and the `most`
    that it may be, both in `unit`.
    """

    what: str
    before: str
    now: float
    most: float
    unit: str = ""

    def __str__(self) -> str:
        """The line of a table, as `HEAD` names its columns."""
        now, most = (f"{value:.4g} {self.unit}".strip() for value in (self.now, self.most))
        holds = "yes" if self.now <= self.most else "NO"
        return f"{self.what:<62}{self.before:>22}{now:>14}{most:>14}   {holds}"


HEAD = f"{'what':<62}{'before':>22}{'now':>14}{'at most':>14}"


def print_lines(title: str, lines: Iterable[Line]) -> None:
    """Print a table, each line as soon as it is known."""
    print(f"\n{title}\n{HEAD}", flush=True)
    for line in lines:
        print(line, flush=True)
