"""The pages by their place in the address, each with what makes its blocks."""

from collections.abc import Callable
from importlib import import_module

from stances.links.register import REGISTER
from stances.links.view import View
from stances.pages.block import Blocks

BlocksOf = Callable[[View], Blocks]


def _blocks_of(page: str) -> BlocksOf:
    """Return the function `blocks` of the module that has the name of a page."""
    blocks: BlocksOf = import_module(f"{__package__}.{page or 'map'}").blocks
    return blocks


BLOCKS = {page: _blocks_of(page) for page in REGISTER}
