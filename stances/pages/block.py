"""What a page is made of: a headline, controls, and blocks of data for templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# An address, or the value of a parameter, and its words.
Link = tuple[str, str]


@dataclass(frozen=True)
class Control:
    """A choice above the headline.

    `kind`: "select", "day", "search", "links" (options side by side, the chosen one marked),
    "buttons" (each takes itself away), "menu" (of addresses) or "link" (a press goes elsewhere).
    """

    kind: str
    name: str
    label: str
    value: str = ""
    options: Sequence[Link] = ()
    default: str = ""


class Block:
    """A piece of a page: `kind` names its template, `data` fills it, by name.

    `column`: "" the whole width, "wide" and "narrow" two thirds and one, "left" and "right" halves.
    `follows`: it changes with the day that the map shows. `live`: what the live view draws itself.
    """

    def __init__(
        self,
        kind: str,
        id: str,
        column: str = "",
        *,
        follows: bool = False,
        live: str = "",
        **data: Any,
    ) -> None:
        self.kind = kind
        self.id = id
        self.column = column
        self.follows = follows
        self.live = live
        self.data = data


@dataclass(frozen=True)
class Page:
    """A page as data. `picture` and `file`: what Share offers, as (its words, its name); `scope`:
    what Follow follows, and `only` the parameters that say it where the view's do not; `paper`:
    what a printed sheet says of itself; `crumbs`: above a record.
    """

    headline: str
    blocks: Sequence[Block]
    controls: Sequence[Control] = ()
    picture: tuple[str, str] | None = None
    file: tuple[str, str] | None = None
    scope: str = ""
    only: Mapping[str, Any] = field(default_factory=dict)
    paper: str = ""
    crumbs: Sequence[Link] = ()
