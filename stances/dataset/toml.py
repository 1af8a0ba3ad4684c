"""TOML files read into dataclasses, by their annotations: what is wrong is one line with its place.

A field is read from the key of its name, or from `setting("table.key")`; one without a default must
be there. A dataclass may have `wrong()`, which yields a key and what is wrong with its value.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, field, fields, is_dataclass
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from stances.dataset.faults import DataFaults, Fault, did_you_mean, inline

# What a value of a type may be in the file, and that in words. True is no number, a time no day.
_KINDS: dict[Any, tuple[tuple[type, ...], str]] = {
    str: ((str,), "a text"), bool: ((bool,), "true or false"), int: ((int,), "a whole number"),
    float: ((int, float), "a number"), date: ((date,), "a day such as 2010-01-01"),
    tuple: ((list,), "a list"), Mapping: ((dict,), "a table"),
}  # fmt: skip
Made = TypeVar("Made")
# What a `wrong()` yields: a key and what is wrong with its value.
Wrong = Iterator[tuple[str, str]]


class Form(NamedTuple):
    """A form of texts, as `forms.toml` declares it: the pattern of a whole one, and it in words."""

    pattern: str
    words: str

    def fits(self, text: str) -> bool:
        """Say whether the whole of a text has this form."""
        return re.fullmatch(self.pattern, text) is not None


_FORMS = tomllib.loads(Path(__file__).with_name("forms.toml").read_text(encoding="utf-8"))
FORMS = {name: Form(**of) for name, of in _FORMS.items()}


class _WrongKey(Exception):
    """The place of a key and what is wrong with it, as `args`."""


def setting(at: str = "", default: Any = MISSING, **limits: Any) -> Any:
    """Return a field read from the key `at`. Limits: `within` which its numbers must be, the form
    of its texts (`form`) and of its own codes (`codes`).
    """
    return field(default=default, metadata={"at": at, **limits})


def parse_toml(content: bytes, file: str) -> dict[str, Any]:
    """Return what a TOML file says; faults call it `file`. Raises DataFaults with one line."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DataFaults([Fault(file, 0, "", f"not valid TOML: {error}")]) from None


def read_toml(kind: type[Made], text: Mapping[str, Any], file: str) -> Made:
    """Return what a TOML file says as a dataclass. Raises DataFaults with its first fault."""
    try:
        made: Made = _table(kind, text, "")
    except _WrongKey as wrong:
        raise DataFaults([Fault(file, 0, *wrong.args)]) from None
    return made


def _table(kind: Any, table: Mapping[str, Any], at: str, code: str = "") -> Any:
    own = {one.metadata.get("at") or one.name: one for one in fields(kind)}
    values = {"code": code} if own.pop("code", None) else {}
    given, hints = dict[str, Any](), get_type_hints(kind)
    outer = {name.partition(".")[0] for name in own if "." in name}
    for name, value in table.items():
        is_outer = name in outer and isinstance(value, dict)
        given |= {f"{name}.{key}": one for key, one in value.items()} if is_outer else {name: value}
    for name in given:
        if name not in own:
            raise _WrongKey(f"{at}{name}", f"is not a known key{did_you_mean(name, own)}")
    for name, one in own.items():
        hint = hints[one.name]
        if name in given:
            values[one.name] = _value(hint, given[name], f"{at}{name}", one.metadata)
        elif one.default is one.default_factory is MISSING:
            words = _KINDS.get(_bare(hint), _KINDS[Mapping])[1]
            raise _WrongKey(f"{at}{name}", f"is missing; it must be {words}")
    made = kind(**values)
    for name, message in made.wrong() if hasattr(made, "wrong") else ():
        raise _WrongKey(f"{at}{name}", message)
    return made


def _value(hint: Any, value: Any, at: str, limits: Mapping[str, Any]) -> Any:
    kind = _bare(hint)
    types, words = _KINDS.get(kind, _KINDS[Mapping])
    fits = type(value) in types
    if fits and is_dataclass(kind):
        return _table(kind, value, f"{at}.", at.rpartition(".")[2])
    if fits and kind is Mapping:
        return _by_code(hint, value, at, limits)
    if fits and kind is tuple:
        parts, inner = enumerate(value, 1), get_args(hint)[0]
        return tuple(_value(inner, part, f"{at}[{n}]", limits) for n, part in parts)
    if fits and kind is str:
        form = FORMS[limits.get("form", "line")]
        fits, words = value.isprintable() and form.fits(value), form.words
    elif fits and "within" in limits:
        low, high = limits["within"]
        fits, words = low <= value <= high, f"from {low:,} to {high:,}"
    if not fits:
        raise _WrongKey(at, f"{inline(value)} must be {words}")
    return float(value) if kind is float else value


def _by_code(hint: Any, table: Mapping[str, Any], at: str, limits: Mapping[str, Any]) -> Any:
    """Return a table whose keys are codes, or whole numbers, in its order."""
    of, inner = get_args(hint)
    form = FORMS[limits.get("codes", "code")]
    if not table:
        raise _WrongKey(at, "must name at least one")
    if wrong := [code for code in table if not form.fits(code)]:
        raise _WrongKey(f"{at}.{inline(wrong[0])}", f"the name must be {form.words}")
    return {of(code): _value(inner, one, f"{at}.{code}", limits) for code, one in table.items()}


def _bare(hint: Any) -> Any:
    """Return a type without None and without what is inside."""
    hint = get_args(hint)[0] if isinstance(hint, UnionType) else hint
    return get_origin(hint) or hint
