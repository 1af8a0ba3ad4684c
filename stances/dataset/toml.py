"""TOML files read into dataclasses, by their annotations: each wrong key or value is one fault.

A field is read from the key of its name, or from `setting("table.key")`; one without a default must
be there. A dataclass may have `wrong()`, which yields a key and what is wrong with its value.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, field, fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from stances.dataset.faults import DataFaults, Fault, did_you_mean, inline
from stances.dataset.forms import FORMS

# Larger weights and times make no sense.
_LARGEST = 1_000_000
_EXPECTED = {
    str: "a text", bool: "true or false", int: "a whole number", float: "a number",
    date: "a day such as 2010-01-01", tuple: "a list", Mapping: "a table",
}  # fmt: skip
Made = TypeVar("Made")
# What a `wrong()` yields: a key and what is wrong with its value.
Wrong = Iterator[tuple[str, str]]


def setting(at: str = "", default: Any = MISSING, **limits: Any) -> Any:
    """Return a field read from the key `at`. Limits: `above`, `least` and `most` of its numbers,
    the form of its text (`form`) or of its own codes (`codes`); `needed`: it must be there although
    it has a default.
    """
    return field(default=default, metadata={"at": at, **limits})


def parse_toml(content: bytes, file: str) -> dict[str, Any]:
    """Return what a TOML file says; faults call it `file`. Raises DataFaults with one line."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise DataFaults([Fault(file, 0, "", "the file is not UTF-8")]) from None
    except (ValueError, RecursionError) as error:
        raise DataFaults([Fault(file, 0, "", f"not valid TOML: {error}")]) from None


def read_toml(kind: type[Made], text: Mapping[str, Any], file: str) -> Made:
    """Return what a TOML file says as a dataclass. Raises DataFaults with every fault of it."""
    reader = _Reader(file)
    made: Made | None = reader.table(kind, text, "")
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
        before, hints = len(self.faults), get_type_hints(kind)
        own = {one.metadata.get("at") or one.name: one for one in fields(kind)}
        values = {"code": code} if own.pop("code", None) else {}
        left = dict(_flat(table, own))
        for name, one in own.items():
            if name in left:
                value, hint = left.pop(name), hints[one.name]
                values[one.name] = self.value(hint, value, f"{at}{name}", one.metadata)
            elif one.metadata.get("needed") or one.default is one.default_factory is MISSING:
                expected = _EXPECTED.get(_bare(hints[one.name]), "a table")
                self.fault(f"{at}{name}", f"is missing; it must be {expected}")
        for name in left:
            self.fault(f"{at}{name}", f"is not a known key{did_you_mean(name, own)}")
        if len(self.faults) > before:
            return None
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
        alike = type(value) is bool is not kind or (kind is date and type(value) is not date)
        if alike or not isinstance(value, allowed):
            said = str(value).lower() if type(value) is bool else value
            return self.fault(at, f'"{inline(said)}" must be {_EXPECTED[kind]}')
        if kind is Mapping:
            return self.codes(get_args(hint), value, at, limits)
        if kind is tuple:
            inner, parts = get_args(hint)[0], enumerate(value, 1)
            return tuple(self.value(inner, part, f"{at}[{n}]", {}) for n, part in parts)
        wrong = _text_fault if kind is str else _number_fault if kind in (int, float) else None
        if wrong and (fault := wrong(value, limits)):
            self.fault(at, fault)
        return float(value) if kind is float else value

    def codes(self, hints: Any, table: Any, at: str, limits: Mapping[str, Any]) -> Any:
        """Return a table whose keys are codes, or whole numbers, in its order."""
        of, inner = hints
        if not table:
            self.fault(at, "must name at least one")
        form, found = FORMS[limits.get("codes", "code")], {}
        for code, value in table.items():
            if code.lstrip("-").isdecimal() if of is int else form.fits(code):
                found[of(code)] = self.value(inner, value, f"{at}.{code}", limits)
            else:
                words = "a whole number" if of is int else f"of {form.words}"
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


def _text_fault(text: str, limits: Mapping[str, Any]) -> str:
    if not text.strip():
        return f'"{text}" is empty'
    if not text.isprintable():
        return f"{inline(text)} has a character that cannot be seen"
    form = FORMS[limits["form"]] if "form" in limits else None
    return f'"{inline(text)}" must be {form.words}' if form and not form.fits(text) else ""


def _number_fault(value: float, limits: Mapping[str, Any]) -> str:
    above, least, most = limits.get("above"), limits.get("least"), limits.get("most", _LARGEST)
    low = (above is not None and value <= above) or (least is not None and value < least)
    if not low and value <= most and abs(value) <= _LARGEST:
        return ""
    bound = f"above {above:g}, " if above is not None else ""
    bound += f"at least {least:g}, " if least is not None else ""
    return f'"{inline(value)}" must be {bound}at most {most:,}'
