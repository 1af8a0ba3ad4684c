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

    `kind`: "select", "day", "search", "links" (options side by side, the chosen one marked;
    without a `name` they are addresses), "buttons" (each takes itself away), "menu" (of addresses)
    or "link" (a press goes elsewhere).
    `name`: of the parameter that it sets; `label`: what it is called; `value`: the text that is
    chosen (of a link its address); `options`: texts with their words; `default`: of a select the
    text, of a day the words, that the address need not have; `word`: what stands before it.
    """

    kind: str
    name: str
    label: str
    value: str = ""
    options: Sequence[Link] = ()
    default: str = ""
    word: str = ""


class Block:
    """A piece of a page: `kind` names its template, `id` its place on the page (that of its kind,
    where the page has one).

    `column`: "" the whole width, "wide" and "narrow" two thirds and one, "left" and "right" halves.
    `follows`: it depends on the day that the map's slider is at, so that the live view draws it
    anew when that moves. `live`: what the live view draws itself in its place: "map", "trends", ""
    nothing.

    `data` fills the template, by name. What several templates take: `title`; `small` beside it;
    `more`, a link behind it, to `href`; `first`: its heading is the first of its column; `frame`:
    the rows; `shape`: CSS classes; `empty`: what is said without rows or drawing. Of events: `who`:
    each with its actor; `aside`: "level" or "badge" (what an act did) at the end of its line;
    `sourced`: with its source; `most`: so many, the others behind a press. Of tables: `cols`: their
    columns; `once`: the column whose value is not written again in the row below; `dash`: a missing
    level is a dash; `alone`: the table is one actor's, so that rules are bold, with what they ask;
    `sorts`: headings sort it; `links`: to its other parts; `clear`: the address without filters. Of
    dates: `own`: they are the record's, which they need not name. Of forms: `action`: where they
    are sent; `hidden`: what they take along. Of charts: `boxed`; `captions`: what, who, and whether
    it is weak.
    """

    def __init__(
        self,
        kind: str,
        id: str = "",
        column: str = "",
        *,
        follows: bool = False,
        live: str = "",
        **data: Any,
    ) -> None:
        self.kind = kind
        self.id = id if id else kind
        self.column = column
        self.follows = follows
        self.live = live
        self.data = data


@dataclass(frozen=True)
class Page:
    """A page as data.

    `picture` and `file`: what Share offers, as (its words, its name). `scope`: whose news the feed
    and the calendar under Follow have, in words: "EU 27, telecom networks"; `feed_filter`: the
    parameters of both that differ from the view's, so that they have just that. `printed_title`:
    what a printed sheet and a citation say that the page is of: the scope and the days. `crumbs`:
    links above a record to where it belongs. `is_shared`: whether Share and Follow are offered.
    """

    headline: str
    blocks: Sequence[Block]
    controls: Sequence[Control] = ()
    picture: tuple[str, str] | None = None
    file: tuple[str, str] | None = None
    scope: str = ""
    feed_filter: Mapping[str, Any] = field(default_factory=dict)
    printed_title: str = ""
    crumbs: Sequence[Link] = ()
    is_shared: bool = True
