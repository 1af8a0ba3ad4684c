"""A picture of a view: its look, its size, and where the view can be seen."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from stances.answers.citing import source_line
from stances.answers.tracker import Tracker
from stances.dataset.faults import BadInput, inline
from stances.figures.theme import MODES, Theme, theme
from stances.links.view import View, site_address
from stances.pictures.canvas import HEIGHT, WIDTH, Canvas
from stances.pictures.frame import Box, PictureCaption, around, framed_canvas

LEAST_WIDTH, MOST_WIDTH = 600, 2400
# What a height is called that makes a picture as slides are.
SLIDES = "16:9"


@dataclass(frozen=True)
class PictureRequest:
    """A view to be drawn, in its mode. `site`: the address of the dashboard, empty where it is not
    known; `high`: of the sheet, None where the picture has its own height.
    """

    view: View
    site: str = ""
    high: float | None = None

    @property
    def palette(self) -> Theme:
        """The colours in which it is drawn."""
        return theme(self.view.mode)

    @property
    def tracker(self) -> Tracker:
        """The tracker that the view is of."""
        return self.view.tracker

    @property
    def day(self) -> date:
        """The day that is shown."""
        return self.view.day

    @property
    def domain(self) -> str:
        """The domain that is shown, or overall."""
        return self.view.domain

    @property
    def address(self) -> str:
        """Return the address at which the view can be seen; empty where that is not known."""
        return site_address(self.site, self.view.page, self.view.texts_of_page)

    def sheet(self, title: str, *subtitle: str, high: float = HEIGHT) -> tuple[Canvas, Box]:
        """Return a sheet with the view's texts around what is drawn; `high` by default."""
        return framed_canvas(self._caption(title, subtitle), self.palette, self.high or high)

    def around(self, title: str, *subtitle: str) -> float:
        """Return how high the texts around the drawing are."""
        return around(self._caption(title, subtitle), self.palette)

    def _caption(self, title: str, subtitle: Iterable[str]) -> PictureCaption:
        text = " ".join(filter(None, (*subtitle, *self.tracker.basis_note)))
        source = source_line(self.tracker.data, self.tracker.own_settings)
        return PictureCaption(title, text, source, self.address)


class Size(NamedTuple):
    """The size that a picture is asked for in, in px; `high`: None where it has its own height."""

    wide: int = WIDTH
    high: int | None = None

    @property
    def sheet(self) -> float | None:
        """Return how high the sheet is, in its own px."""
        return None if self.high is None else WIDTH * self.high / self.wide


def read_width(text: str) -> int:
    """Return the width of a picture in px. Raises BadInput."""
    wide = int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else 0
    if not LEAST_WIDTH <= wide <= MOST_WIDTH:
        allowed = f"a whole number from {LEAST_WIDTH} to {MOST_WIDTH}"
        raise BadInput(f"{inline(text)} is not {allowed}; without it it is {WIDTH}")
    return wide


def read_height(text: str, wide: int) -> int:
    """Return the height (px) at a width: as given, or of a slide. Raises BadInput."""
    if text == SLIDES:
        return round(wide * 9 / 16)
    least, most = math.ceil(wide / 2), 2 * wide
    high = int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else 0
    if not least <= high <= most:
        allowed = f"a whole number from {least} to {most} (at a width of {wide}), or {SLIDES}"
        raise BadInput(f"{inline(text)} is not {allowed}")
    return high


def read_mode(text: str) -> str:
    """Return the theme of a picture. Raises BadInput."""
    if text not in MODES:
        raise BadInput(f"{inline(text)} is not one of: {', '.join(MODES)}")
    return text
