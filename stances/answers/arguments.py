"""The arguments of questions asked in Python: what is taken, and what a wrong one is told."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import ParamSpec, TypeVar

from stances.answers.files import one_of
from stances.dataset.faults import BadInput
from stances.dataset.names import did_you_mean

Result = TypeVar("Result")
Parameters = ParamSpec("Parameters")


def valid_value(
    what: str, value: str, allowed: Sequence[str], names: Mapping[str, str] | None = None
) -> str:
    """Return a value that is one of those allowed. Raises BadInput with these, and with the nearest
    of them by its code or its name. `names`: of codes, as readers know them.
    """
    try:
        one_of(what, value, allowed)
    except BadInput as refused:
        raise BadInput(f"{refused}{did_you_mean(value, allowed, names or {})}") from None
    return value


def code_list(codes: object) -> list[str]:
    """Codes as a list without doubles; a text is one code, or several with commas between. What is
    neither text nor list stands as a code, which nothing has.
    """
    several = codes if isinstance(codes, Iterable) and not isinstance(codes, str) else [codes]
    return list(dict.fromkeys(code.strip() for item in several for code in str(item).split(",")))


def earlier(**names: str) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """Let a function take arguments by their earlier names too, each given with that of today."""

    def decorate(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        @wraps(function)
        def taking(*of: Parameters.args, **more: Parameters.kwargs) -> Result:
            for before, now in names.items():
                if before in more:
                    if now in more:
                        raise TypeError(f"{before} is the earlier name of {now}: give one of them")
                    more[now] = more.pop(before)
            return function(*of, **more)

        return taking

    return decorate
