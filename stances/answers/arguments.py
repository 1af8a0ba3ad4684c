"""The arguments of questions asked in Python: what is taken, and what a wrong one is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import wraps
from typing import ParamSpec, TypeVar

from stances.answers.files import one_of
from stances.dataset.faults import BadInput

Result = TypeVar("Result")
Given = ParamSpec("Given")


def known(
    what: str, value: str, allowed: Sequence[str], names: Mapping[str, str] | None = None
) -> str:
    """Return a value that is one of those allowed. Raises BadInput with these, and with the nearest
    of them by its code or its name. `names`: of codes, as readers know them.
    """
    try:
        one_of(what, value, allowed)
    except BadInput as refused:
        near = nearest(value, allowed, names or {})
        raise BadInput(f"{refused}; did you mean {near}?" if near else str(refused)) from None
    return value


def nearest(value: object, allowed: Sequence[str], names: Mapping[str, str]) -> str:
    """Return the allowed code that is spelled, or called, most like a value; empty: none is."""
    called = {names[code].casefold(): code for code in allowed if code in names}
    spelled = called | {code.casefold(): code for code in allowed}
    near = get_close_matches(str(value).casefold(), spelled, n=1)
    return spelled[near[0]] if near else ""


def listed(codes: str | Iterable[str]) -> list[str]:
    """Codes as a list without doubles; a text is one code, or several with commas between."""
    several = codes.split(",") if isinstance(codes, str) else codes
    return list(dict.fromkeys(code.strip() for code in several))


def earlier(
    **names: str,
) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """Let a function take arguments by the names that they had before too, each given with the one
    that it has now.
    """

    def decorate(function: Callable[Given, Result]) -> Callable[Given, Result]:
        @wraps(function)
        def taking(*of: Given.args, **more: Given.kwargs) -> Result:
            for before, now in names.items():
                if before in more:
                    if now in more:
                        raise TypeError(f"{before} is the earlier name of {now}: give one of them")
                    more[now] = more.pop(before)
            return function(*of, **more)

        return taking

    return decorate
