"""What a picture is asked to show: the settings of a page, as its links have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from stances.answers.citing import source_line
from stances.answers.tracker import Tracker, tracker_under
from stances.dataset.faults import BadInput, shown
from stances.dataset.tables import Dataset
from stances.figures.theme import MODES, Theme, theme
from stances.parameters import PAGE_PARAMETERS, PARAMETERS, taken, texts_of
from stances.pictures.canvas import WIDTH, Canvas
from stances.pictures.frame import Box, PictureCaption, framed

LEAST_WIDTH, MOST_WIDTH = 600, 2400
_DAY = "as_of"


@dataclass(frozen=True)
class AskedPicture:
    """A view of a page to be drawn. `view`: the value of each parameter of the page by its name;
    `address`: where the view can be seen, empty where that is not known.
    """

    tracker: Tracker
    look: Theme
    view: Mapping[str, Any]
    address: str = ""

    @property
    def day(self) -> date:
        """The day that is shown."""
        day: date = self.view[_DAY]
        return day

    @property
    def domain(self) -> str:
        """The domain that is shown, or overall."""
        return str(self.view["domain"])

    def sheet(self, title: str, *subtitle: str) -> tuple[Canvas, Box]:
        """A sheet with the texts of the view around what is to be drawn."""
        data = self.tracker.data
        licence = data.about.licence.name if data.about.licence else ""
        told = " ".join((*subtitle, *self.tracker.basis_note))
        source = source_line(data.about.title, data.version, licence, self.tracker.own_settings)
        return framed(PictureCaption(title, told, source, self.address), self.look)


def value_of(tracker: Tracker, name: str, text: str | None) -> Any:
    """What the text of a parameter stands for; without one (None) the default. Raises BadInput."""
    parameter = PARAMETERS[name]
    return parameter.default(tracker) if text is None else parameter.read(tracker, text)


def values_of(data: Dataset, page: str, given: Mapping[str, str]) -> dict[str, Any]:
    """The values of all parameters of a page. Raises BadInput with the name of a bad one."""
    tracker = tracker_under(data, None)
    return {name: _named(tracker, name, given.get(name)) for name in PAGE_PARAMETERS[page]}


def _named(tracker: Tracker, name: str, text: str | None) -> Any:
    try:
        return value_of(tracker, name, text)
    except BadInput as error:
        raise BadInput(f"{name}: {error}") from None


def usable(data: Dataset, page: str, given: Mapping[str, str]) -> dict[str, Any]:
    """The same as pages take an address: of what cannot be used the default, or what can."""
    tracker = tracker_under(data, None)
    return {name: _usable(tracker, name, given.get(name)) for name in PAGE_PARAMETERS[page]}


def _usable(tracker: Tracker, name: str, text: str | None) -> Any:
    return value_of(tracker, name, None) if text is None else taken(tracker, name, text)[0]


def query_of(written: Mapping[str, str]) -> str:
    """Parameters as the query of an address."""
    return urlencode(written, safe=",:")


def asked(
    data: Dataset, page: str, values: Mapping[str, Any], mode: str, site: str = ""
) -> AskedPicture:
    """A view to be drawn. `site`: the address of the dashboard, empty where it is not known."""
    tracker = tracker_under(data, values["settings"], values["basis"])
    told = query_of(texts_of(tracker_under(data, None), values)) if site else ""
    address = f"{site.rstrip('/')}/{page}?{told}" if site else ""
    return AskedPicture(tracker, theme(mode), values, address)


def read_width(text: str) -> int:
    """The width of a picture in px. Raises BadInput."""
    wide = int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else 0
    if not LEAST_WIDTH <= wide <= MOST_WIDTH:
        allowed = f"a whole number from {LEAST_WIDTH} to {MOST_WIDTH}"
        raise BadInput(f"{shown(text)} is not {allowed}; without it it is {WIDTH}")
    return wide


def read_mode(text: str) -> str:
    """The theme of a picture. Raises BadInput."""
    if text not in MODES:
        raise BadInput(f"{shown(text)} is not one of: {', '.join(MODES)}")
    return text
