"""The page of comparisons: two dates, two actors, or the distances within a group."""

from collections.abc import Callable

from stances.links.view import View
from stances.pages.block import Blocks
from stances.pages.compare import actors, dates, distances

_KINDS: dict[str, Callable[[View], Blocks]] = {
    "dates": dates.blocks,
    "actors": actors.blocks,
    "distances": distances.blocks,
}


def blocks(view: View) -> Blocks:
    """Yield the blocks of the page."""
    return _KINDS[view["compare"]](view)
