"""What is wrong, in one line each: with the data, or with what somebody asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from typing import Any

# Of one file so many faults are told; a line shows so much of a cell, which can hold anything.
MOST_FAULTS, _INLINE = 200, 60


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with the data. `line` counts from 1 (0: the file as a whole); `column` is a
    column of a table or a key of a TOML file, empty where the row or file as a whole is at fault.
    """

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        what = f"{self.column}: {self.message}" if self.column else self.message
        return f"{self.file}:{self.line} {what}" if self.line else f"{self.file}: {what}"


class DataFaults(Exception):
    """The data cannot be used. `faults` are in order of file and line, at most 200 of a file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        told: list[Fault] = []
        for file, group in groupby(sorted(set(faults)), key=lambda fault: fault.file):
            found = list(group)
            if len(found) > MOST_FAULTS:
                told.append(Fault(file, 0, "", f"has {len(found):,} faults; {MOST_FAULTS} follow"))
            told += found[:MOST_FAULTS]
        self.faults = tuple(told)
        super().__init__("\n".join(map(str, told)))


class BadInput(ValueError):
    """An argument or parameter that cannot be used: one line that says what is allowed.
    `parameter`: its name, where it has one; `rest`: what of it can be used all the same.
    """

    def __init__(self, message: str, parameter: str = "", rest: Any = None) -> None:
        super().__init__(f"{parameter}: {message}" if parameter else message)
        self.parameter = parameter
        self.rest = rest


def near(text: str, allowed: Iterable[str]) -> str | None:
    """Return the one of the allowed names that is spelled most like a text; None: none is."""
    spelled, text = {name.casefold(): name for name in allowed}, text.casefold()
    names = list(spelled)
    # Among many, such as all sources, only those that begin alike are compared.
    if len(names) > MOST_FAULTS:
        names = [name for name in names if name[:2] == text[:2]]
    found = get_close_matches(text, names, n=1)
    return spelled[found[0]] if found else None


def did_you_mean(text: str, allowed: Iterable[str]) -> str:
    """Return the end of a line that refuses a name: the nearest allowed one, or nothing."""
    found = near(text, allowed)
    return f"; did you mean {found}?" if found else ""


def not_one_of(text: object, allowed: Sequence[str]) -> str:
    """Return the line that refuses a name: it, all that are allowed, and the nearest."""
    return f"{inline(text)} is not one of: {', '.join(allowed)}{did_you_mean(str(text), allowed)}"


def inline(value: object) -> str:
    """Return a value on one line, shortened, with control characters made visible."""
    text = str(value)[: _INLINE + 1]
    if not text.isprintable():
        text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    text = text if len(text) <= _INLINE else text[: _INLINE - 1] + "…"
    return text if text.strip() else f'"{text}"'
