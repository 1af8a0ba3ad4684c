"""Every picture: which view of which page it shows, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stances.parameters import PAGE_PARAMETERS
from stances.pictures.asked import Asked
from stances.pictures.canvas import Canvas
from stances.pictures.map import draw_map
from stances.pictures.members import draw_members
from stances.pictures.png import png
from stances.pictures.trends import draw_trends

PNG, SVG = "png", "svg"
FORMATS = (PNG, SVG)


@dataclass(frozen=True)
class Picture:
    """`page`: whose view it is; `told`: what it shows; `shows`: the parameters of the page that
    change it.
    """

    page: str
    told: str
    draw: Callable[[Asked], Canvas]
    shows: tuple[str, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """All that its address takes, as links to its page do."""
        return PAGE_PARAMETERS[self.page]


_SHARED = ("as_of", "domain", "settings", "basis")

# By their names in an address. Frozen, as addresses are: pictures are only added.
PICTURES = {
    "map": Picture("", "The map of a day", draw_map, (*_SHARED, "view", "actor")),
    "trends": Picture(
        "trends", "Stances over time", draw_trends, (*_SHARED, "actors", "from", "layout")
    ),
    "members": Picture(
        "members", "What binds the members of a group", draw_members, (*_SHARED, "group", "order")
    ),
}


def drawn(picture: Picture, asked: Asked, wide: int, form: str) -> bytes:
    """The bytes of a picture so many px wide, in one of FORMATS."""
    svg = picture.draw(asked).svg(wide)
    return png(svg, wide) if form == PNG else svg
