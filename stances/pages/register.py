"""The pages by their place in the address, each with what makes its blocks."""

from __future__ import annotations

from collections.abc import Callable

from stances.links.view import View
from stances.pages import actor, acts, domains, events, members, trends
from stances.pages import map as first
from stances.pages.block import Blocks
from stances.pages.compare import compare
from stances.pages.data import data

BLOCKS: dict[str, Callable[[View, str], Blocks]] = {
    "": first.blocks,
    "actor": actor.blocks,
    "acts": acts.blocks,
    "compare": compare.blocks,
    "data": data.blocks,
    "domains": domains.blocks,
    "events": events.blocks,
    "members": members.blocks,
    "trends": trends.blocks,
}
