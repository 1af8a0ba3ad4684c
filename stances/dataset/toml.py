"""TOML files read into dataclasses, by their annotations: each wrong key or value is one fault.

A field is read from the key of its name, or from `key(at="table.key")`; one without a default must
be there. A dataclass may have `wrong()`, which yields a key and what is wrong with its value.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, field, fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from stances.dataset.faults import DataFaults, Fault, did_you_mean, inline

CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
CODE_WORDS = "lower-case letters, digits and single hyphens"
# Larger weights and times make no sense.
_LARGEST = 1_000_000
_EXPECTED = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    date: "a day such as 2010-01-01",
    tuple: "a list",
    Mapping: "a table",
}
_NOTHING: Mapping[str, Any] = {}
Made = TypeVar("Made")


def key(
    at: str = "",
    default: Any = MISSING,
    needed: bool = False,
    above: float | None = None,
    least: float | None = None,
    most: float = _LARGEST,
    codes: re.Pattern[str] = CODE,
) -> Any:
    """Return a field read from the key `at`: bounds of its numbers, the form of its own `codes`;
    `needed`: it must be there although it has a default.
    """
    limits: dict[str, Any] = {
        "at": at,
        "needed": needed,
        "above": above,
        "least": least,
        "most": most,
    }
    limits["codes"] = codes
    if isinstance(default, Mapping):
        return field(default_factory=lambda: default, metadata=limits)
    return field(default=default, metadata=limits)


def parse(content: bytes, file: str) -> dict[str, Any]:
    """Return what a TOML file says; faults call it `file`. Raises DataFaults with one line."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise DataFaults([Fault(file, 0, "", "the file is not UTF-8")]) from None
    except (ValueError, RecursionError) as error:
        raise DataFaults([Fault(file, 0, "", f"not valid TOML: {error}")]) from None


def read(kind: type[Made], content: bytes, file: str) -> Made:
    """Return a TOML file as a dataclass. Raises DataFaults with every fault of it."""
    reader = _Reader(file)
    made: Made | None = reader.table(kind, parse(content, file), "")
    if made is None or reader.faults:
        raise DataFaults(reader.faults)
    return made


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def fault(self, at: str, message: str) -> None:
        self.faults.append(Fault(self.file, 0, at, message))

    def table(self, kind: Any, table: Mapping[str, Any], at: str, code: str = "") -> Any:
        """Return a table as a dataclass; None where something in it is wrong."""
        before, hints, values = len(self.faults), get_type_hints(kind), {}
        own = [one for one in fields(kind) if one.name != "code"]
        keys = {one.name: one.metadata.get("at") or one.name for one in own}
        left = dict(_flat(table, keys.values()))
        for one in own:
            name = keys[one.name]
            if name in left:
                place = f"{at}{name}"
                values[one.name] = self.value(hints[one.name], left.pop(name), place, one.metadata)
            elif one.metadata.get("needed") or (
                one.default is MISSING and one.default_factory is MISSING
            ):
                expected = _EXPECTED.get(_bare(hints[one.name]), "a table")
                self.fault(f"{at}{name}", f"is missing; it must be {expected}")
        for name in left:
            self.fault(f"{at}{name}", f"is not a known key{did_you_mean(name, keys.values())}")
        if len(self.faults) > before:
            return None
        if len(keys) < len(fields(kind)):
            values["code"] = code
        made = kind(**values)
        for name, message in made.wrong() if hasattr(made, "wrong") else ():
            self.fault(f"{at}{name}", message)
        return made

    def value(self, hint: Any, value: Any, at: str, limits: Mapping[str, Any]) -> Any:
        kind = _bare(hint)
        if is_dataclass(kind):
            if isinstance(value, dict):
                return self.table(kind, value, f"{at}.", at.rpartition(".")[2])
            return self.fault(at, f'"{inline(value)}" must be a table')
        allowed: Any = {float: (int, float), Mapping: dict, tuple: list}.get(kind, kind)
        # To Python true is the number 1, and a time of day a day.
        if not isinstance(value, allowed) or (type(value) is bool and kind is not bool):
            return self.fault(at, f'"{_said(value)}" must be {_EXPECTED[kind]}')
        if kind is date and type(value) is not date:
            return self.fault(at, f'"{value}" must be a day without a time')
        if kind is Mapping:
            return self.codes(get_args(hint), value, at, limits)
        if kind is tuple:
            inner = get_args(hint)[0]
            return tuple(
                self.value(inner, part, f"{at}[{place}]", _NOTHING)
                for place, part in enumerate(value, 1)
            )
        if fault := _text_fault(value) if kind is str else _number_fault(value, limits):
            self.fault(at, fault)
        return float(value) if kind is float else value

    def codes(self, of: Any, table: dict[str, Any], at: str, limits: Mapping[str, Any]) -> Any:
        """Return a table whose keys are codes, or whole numbers, in its order."""
        if not table:
            self.fault(at, "must name at least one")
        form = re.compile("-?[0-9]+") if of[0] is int else limits.get("codes", CODE)
        found = {}
        for code, value in table.items():
            if form.fullmatch(code):
                found[of[0](code)] = self.value(of[1], value, f"{at}.{code}", limits)
            else:
                words = "a whole number" if of[0] is int else f"of {CODE_WORDS}"
                self.fault(f"{at}.{inline(code)}", f"the name must be {words}")
        return found


def _flat(table: Mapping[str, Any], keys: Iterable[str]) -> Iterable[tuple[str, Any]]:
    """Yield the keys of a table; of an inner one that fields read from, those of it."""
    outer = {name.partition(".")[0] for name in keys if "." in name}
    for name, value in table.items():
        if name in outer and isinstance(value, dict):
            yield from ((f"{name}.{inner}", one) for inner, one in value.items())
        else:
            yield name, value


def _bare(hint: Any) -> Any:
    """Return a type without None and without what is inside."""
    if isinstance(hint, UnionType):
        hint = next(one for one in get_args(hint) if one is not type(None))
    return get_origin(hint) or hint


def _said(value: object) -> str:
    return inline(str(value).lower() if isinstance(value, bool) else value)


def _text_fault(text: str) -> str:
    if not text.strip():
        return f'"{text}" is empty'
    return "" if text.isprintable() else f"{inline(text)} has a character that cannot be seen"


def _number_fault(value: Any, limits: Mapping[str, Any]) -> str:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not limits:
        return ""
    above, least, most = limits["above"], limits["least"], limits["most"]
    low = (above is not None and value <= above) or (least is not None and value < least)
    if not low and value <= most and abs(value) <= _LARGEST:
        return ""
    bound = f"above {above:g}, " if above is not None else ""
    bound += f"at least {least:g}, " if least is not None else ""
    return f'"{inline(value)}" must be {bound}at most {most:,}'
