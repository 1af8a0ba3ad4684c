"""The pages by their place in the address, each with what makes its blocks."""

from __future__ import annotations

from collections.abc import Callable

from stances.links.view import View
from stances.pages import domains, members
from stances.pages.block import Blocks

BLOCKS: dict[str, Callable[[View, str], Blocks]] = {
    "members": members.blocks,
    "domains": domains.blocks,
}
