"""What is wrong, in one line each: with the data, or with what somebody asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import groupby
from operator import attrgetter
from typing import Any

# Of one file so many faults are told.
MOST_FAULTS = 200
# A refusal lists all codes, of more than so many the first few.
_MOST_LISTED = 30
_FEW = 6
# Of more names those alone are compared with a wrong one that begin alike: each takes its time.
_MOST_COMPARED = 200
# A line shows so much of a cell, which can hold anything.
_INLINE = 60
# What the end of a line begins with that names the nearest.
MEANT = "; did you mean "


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with the data. `line` counts from 1 (0: the file as a whole); `column` is a
    column of a table or a key of a TOML file, empty where the row or file as a whole is at fault.
    """

    # In this order they are sorted.
    file: str
    line: int = field(default=0, kw_only=True)
    column: str = field(default="", kw_only=True)
    message: str

    def __str__(self) -> str:
        text = self.message
        if self.column:
            text = f"{self.column}: {text}"
        if self.line:
            return f"{self.file}:{self.line} {text}"
        return f"{self.file}: {text}"


class DataFaults(Exception):
    """The data cannot be used. `faults` are in order of file and line, at most 200 of a file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        reported = []
        # A fault may be found twice.
        for file, group in groupby(sorted(set(faults)), attrgetter("file")):
            in_file = list(group)
            if len(in_file) > MOST_FAULTS:
                message = f"has {len(in_file):,} faults; {MOST_FAULTS} follow"
                reported.append(Fault(file, message))
            reported += in_file[:MOST_FAULTS]

        self.faults = tuple(reported)
        super().__init__("\n".join(map(str, reported)))


def unusable(file: str, message: str, line: int = 0) -> DataFaults:
    """Return the refusal of a file for one fault of it as a whole, found in a line."""
    return DataFaults([Fault(file, message, line=line)])


class BadInput(ValueError):
    """An argument or parameter that cannot be used: one line that says what is allowed.
    `parameter`: its name, where it has one; `usable`: what of it can be used all the same;
    `nearest`: what may have been meant.
    """

    def __init__(
        self, message: str, parameter: str = "", usable: Any = None, nearest: Any = None
    ) -> None:
        if parameter:
            message = f"{parameter}: {message}"
        super().__init__(message)
        self.parameter = parameter
        self.usable = usable
        self.nearest = nearest


def near(text: str, allowed: Iterable[str]) -> str | None:
    """Return the one of the allowed names that is spelled most like a text; None: none is."""
    folded = text.casefold()
    names = {name.casefold(): name for name in allowed}

    candidates = list(names)
    # As among all sources.
    if len(candidates) > _MOST_COMPARED:
        start = folded[:2]
        candidates = [name for name in candidates if name.startswith(start)]

    matches = get_close_matches(folded, candidates, n=1)
    if not matches:
        return None
    return names[matches[0]]


def did_you_mean(text: str, allowed: Iterable[str]) -> str:
    """Return the end of a line that refuses a name: the nearest allowed one, or nothing."""
    name = near(text, allowed)
    return f"{MEANT}{name}?" if name else ""


def not_one_of(text: object, allowed: Collection[str]) -> str:
    """Return the line that refuses a name: it, all that are allowed, and the nearest."""
    nearest = did_you_mean(str(text), allowed)
    names = ", ".join(allowed)
    return f"{inline(text)} is not one of: {names}{nearest}"


def known_code(text: str, labels: Mapping[str, str], other_names: Mapping[str, str]) -> str:
    """Return a code, also where signs stand in for others, as in an address. Raises BadInput: with
    the code that is called so as `usable`, else with the nearest. `labels`: what each is called;
    `other_names`: codes by what else they are called.
    """
    spellings = (
        text,
        # `EU+` comes as `EU` and a blank, for which a plus sign stands in a query.
        re.sub(" $", "+", text),
        # `in force` comes as `in_force`: see `in_address`.
        text.replace("_", " "),
        text.strip(),
    )
    for code in spellings:
        if code in labels:
            return code

    # Who writes Germany in place of DEU is shown the code.
    codes_by_name = {}
    for name, code in other_names.items():
        if code in labels:
            codes_by_name[name.casefold()] = code
    for code, name in labels.items():
        codes_by_name[name.casefold()] = code
        codes_by_name[code.casefold()] = code
    sought = text.strip().casefold()
    if sought in codes_by_name:
        code = codes_by_name[sought]
        raise BadInput(f"{inline(text)} has the code {in_address(code)}", usable=code)

    nearest = codes_by_name.get(near(sought, codes_by_name) or "")
    hint = f"{MEANT}{_called(nearest, labels)}?" if nearest else ""
    refusal = "is not known"
    if len(labels) <= _MOST_LISTED:
        refusal = f"is not one of: {', '.join(map(in_address, labels))}"
    elif not nearest:
        first = [_called(code, labels) for code in list(labels)[:_FEW]]
        refusal = f"is not one of: {', '.join(first)} and {len(labels) - _FEW} more"
    raise BadInput(f"{inline(text)} {refusal}{hint}", nearest=nearest)


def _called(code: str, labels: Mapping[str, str]) -> str:
    """Return what a code is called, with the code behind it; a code that is in its name, alone."""
    name = labels[code]
    words = name.casefold()
    written = in_address(code)
    return written if code.casefold() in (words, *words.split()) else f"{name} ({written})"


def in_address(code: str) -> str:
    """Return a code as addresses have it, `in_force` for `in force`: a blank in a query would be
    `%20`. `known_code` reads both.
    """
    return code.replace(" ", "_")


def inline(value: object) -> str:
    """Return a value on one line, shortened, with control characters made visible."""
    # Cut first: a cell may be as long as its file.
    text = str(value)[: _INLINE + 1]
    if not text.isprintable():
        text = "".join(map(_visible, text))

    if len(text) > _INLINE:
        text = text[: _INLINE - 1] + "…"
    if not text.strip():
        return f'"{text}"'
    return text


def _visible(character: str) -> str:
    """Return a character that can be printed, else its escape: \\t, \\u200b."""
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode()
