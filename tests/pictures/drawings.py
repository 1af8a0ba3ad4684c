"""The content of a picture of a test: its texts, and the shapes of its actors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as Xml

from stances import Dataset
from stances.links.view import view_of
from stances.pictures.canvas import WIDTH
from stances.pictures.every import PICTURES
from stances.pictures.letters import PLAIN, width
from stances.pictures.request import PictureRequest, Size
from tests.folders import TODAY, Folder, load

SVG = "{http://www.w3.org/2000/svg}"
SITE = "https://stances.example.org"
# Countries that the outlines have, in the place of the invented ones.
AT_HOME = {"ARC": "POL", "BOR": "FRA", "CAL": "DEU"}
# Where they lie: longitude and latitude.
PLACES = (("19.1", "52.1"), ("2.5", "46.6"), ("10.4", "51.1"))


def at_home(folder: Folder) -> Dataset:
    """The six-event dataset, with its events in countries that the map draws."""
    for path in (*folder.path.glob("*.csv"), folder.path / "about.toml"):
        _rename(path)
    for line, (lon, lat) in enumerate(PLACES, start=2):
        folder.edit("actors", line, lon=lon, lat=lat)
    return load(folder.path, today=TODAY)


def _rename(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in AT_HOME.items():
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8", newline="")


def svg_of(
    data: Dataset, name: str, mode: str = "light", high: int | None = None, **query: str
) -> Xml.Element:
    """The picture of a view, read again from its bytes; `high`: as asked for in px."""
    picture = PICTURES[name]
    view = view_of(data, picture.page, query)
    if picture.of_actor and view["actor"] is None:
        view = view.but(actor=data.first_actors[0])
    request = PictureRequest(replace(view, mode=mode), SITE, Size(high=high).sheet)
    return Xml.fromstring(picture.draw(request).svg())


def texts(svg: Xml.Element) -> list[str]:
    """All that is written in it, in the order of its lines."""
    return [str(element.text) for element in svg.iter(f"{SVG}text")]


def shapes(svg: Xml.Element) -> dict[str, set[str]]:
    """The fills of the shapes of each actor."""
    result: dict[str, set[str]] = {}
    for element in svg.iter():
        if "data-actor" in element.attrib:
            result.setdefault(element.attrib["data-actor"], set()).add(element.attrib["fill"])
    return result


class Place(NamedTuple):
    """Where a group stands on its sheet, and how much larger it is than what is in it."""

    x: float = 0
    y: float = 0
    scale: float = 1

    def of(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the group stands."""
        return self.x + self.scale * x, self.y + self.scale * y

    def within(self, transform: str) -> Place:
        """The place of a group in it."""
        result = re.match(r"translate\((\S+) (\S+)\) scale\((\S+)\)", transform)
        if not result:
            return self
        x, y, scale = map(float, result.groups())
        return Place(*self.of(x, y), self.scale * scale)


TOP = Place()


class Written:
    """A text with the room that it takes, in px."""

    def __init__(self, element: Xml.Element, place: Place) -> None:
        get: Any = element.attrib.get
        self.text = str(element.text)
        size, weight = float(get("font-size")), int(get("font-weight", PLAIN))
        wide = width(self.text, size, weight)
        x = float(get("x")) - {"end": wide, "middle": wide / 2}.get(get("text-anchor"), 0.0)
        y = float(get("y"))
        self.left, self.top = place.of(x, y - 0.72 * size)
        self.right, self.bottom = place.of(x + wide, y + 0.2 * size)

    def meets(self, other: Written) -> bool:
        """Whether both take the same room."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 1 and down > 1


def texts_in(svg: Xml.Element, place: Place = TOP) -> list[Written]:
    """The texts with their room."""
    if svg.tag == f"{SVG}text":
        return [Written(svg, place)]
    inside = place.within(svg.attrib.get("transform", ""))
    return [each for part in svg for each in texts_in(part, inside)]


def outside(svg: Xml.Element) -> list[str]:
    """The texts that are cut by the edge of the sheet."""
    high = float(svg.attrib["viewBox"].split()[-1])
    return [
        each.text
        for each in texts_in(svg)
        if each.left < 0 or each.right > WIDTH or each.top < 0 or each.bottom > high
    ]


def collisions(svg: Xml.Element) -> Iterator[tuple[str, str]]:
    """Pairs of texts that lie on one another."""
    every = texts_in(svg)
    for place, one in enumerate(every):
        yield from ((one.text, other.text) for other in every[:place] if one.meets(other))
