"""The order of a run: the page is sent before what surrounds it, whatever its place.

Leans on: Streamlit sending elements in the order in which they are drawn, into places kept before
  too; a run that a newer change breaks off ending by what is no `Exception`.
Fails: the page comes whole, in the order of its places, or a change waits for an older run to end.
Then: look at `streamlit.runtime.scriptrunner_utils.exceptions` for what breaks a run off.
"""

from collections.abc import Callable
from contextvars import ContextVar

# Of the run.
_last: ContextVar[list[Callable[[], None]]] = ContextVar("last")


def page_first(body: Callable[[], None], surround: Callable[[], None]) -> None:
    """Draw the page, then what surrounds it: who has been here sees the links and controls already,
    and who comes reads them before any script. Then what the page has put `at_last`. Where the page
    fails, the rest still comes; not so where a newer change has broken the run off.
    """
    _last.set([])
    try:
        body()
    except Exception:
        surround()
        raise
    surround()
    for draw in _last.get():
        draw()


def at_last(draw: Callable[[], None]) -> None:
    """Have something of the page drawn after all else, below it."""
    _last.get().append(draw)
