"""Every picture: which view of which page it shows, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stances.answers.views import ACTOR
from stances.parameters import PAGE_PARAMETERS
from stances.pictures.actor import draw_actor
from stances.pictures.asked import AskedPicture
from stances.pictures.canvas import Canvas
from stances.pictures.deadlines import draw_deadlines
from stances.pictures.map import draw_map
from stances.pictures.members import draw_members
from stances.pictures.png import png
from stances.pictures.trends import draw_trends

PNG, SVG = "png", "svg"
FORMATS = (PNG, SVG)


@dataclass(frozen=True)
class Picture:
    """`page`: whose view it is; `told`: what it shows; `shows`: the parameters of the page that
    change it; `of_actor`: there is one of each actor, whose code stands in its path.
    """

    page: str
    told: str
    draw: Callable[[AskedPicture], Canvas]
    shows: tuple[str, ...]
    of_actor: bool = False

    @property
    def parameters(self) -> tuple[str, ...]:
        """All that its address takes, as links to its page do."""
        names = PAGE_PARAMETERS[self.page]
        return tuple(name for name in names if name != ACTOR) if self.of_actor else names

    @property
    def earlier(self) -> dict[str, str]:
        """Those of them that the page calls by a name of its own, each with the one that every
        address and command has for it.
        """
        return {name: ACTOR for name in _OF_PAGES if name in self.parameters}

    @property
    def options(self) -> tuple[str, ...]:
        """What a command takes, under either name."""
        return tuple(dict.fromkeys((*self.shows, *self.earlier.values())))


# Whose lines or acts a page shows, in its links.
_OF_PAGES = ("actors", "who")
_SHARED = ("as_of", "domain", "settings", "basis")

# By their names, which addresses have: pictures are only ever added.
PICTURES = {
    "map": Picture("", "The map of a day", draw_map, (*_SHARED, "view", "actor")),
    "trends": Picture(
        "trends", "Stances over time", draw_trends, (*_SHARED, "actors", "from", "layout")
    ),
    "members": Picture(
        "members", "What binds the members of a group", draw_members, (*_SHARED, "group", "order")
    ),
    "deadlines": Picture(
        "acts",
        "The deadlines of acts",
        draw_deadlines,
        (*_SHARED, "q", "who", "status", "deadline", "scope", "aim"),
    ),
    ACTOR: Picture(
        ACTOR, "Where an actor stands, and what binds it", draw_actor, _SHARED, of_actor=True
    ),
}


def path_of(name: str, actor: str) -> str:
    """Where a picture lies in the folder of all, without its format."""
    return f"actors/{actor}" if PICTURES[name].of_actor else name


def drawn(picture: Picture, asked: AskedPicture, wide: int, form: str) -> bytes:
    """The bytes of a picture so many px wide, in one of FORMATS."""
    svg = picture.draw(asked).svg(wide)
    return png(svg, wide) if form == PNG else svg
