"""What a picture of a test says: its texts, and the shapes of its actors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

from stances import Dataset
from stances.pictures.asked import asked, values_of
from stances.pictures.canvas import HEIGHT, WIDTH
from stances.pictures.every import PICTURES
from stances.pictures.letters import PLAIN, width
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


def svg_of(data: Dataset, name: str, mode: str = "light", **given: str) -> Xml.Element:
    """The picture of a view, read again from its bytes."""
    picture = PICTURES[name]
    values = values_of(data, picture.page, given)
    if picture.of_actor and values["actor"] is None:
        values["actor"] = data.first_actors[0]
    view = asked(data, picture.page, values, mode, SITE)
    return Xml.fromstring(picture.draw(view).svg())


def texts(svg: Xml.Element) -> list[str]:
    """All that is written in it, in the order of its lines."""
    return [str(element.text) for element in svg.iter(f"{SVG}text")]


def shapes(svg: Xml.Element) -> dict[str, set[str]]:
    """The fills of the shapes of each actor."""
    found: dict[str, set[str]] = {}
    for element in svg.iter():
        if "data-actor" in element.attrib:
            found.setdefault(element.attrib["data-actor"], set()).add(element.attrib["fill"])
    return found


class Written:
    """A text with the room that it takes, in px."""

    def __init__(self, element: Xml.Element) -> None:
        get: Any = element.attrib.get
        self.text = str(element.text)
        size, weight = float(get("font-size")), int(get("font-weight", PLAIN))
        wide = width(self.text, size, weight)
        x = float(get("x"))
        start = {"end": wide, "middle": wide / 2}.get(get("text-anchor"), 0.0)
        self.left, self.right = x - start, x - start + wide
        self.top, self.bottom = float(get("y")) - 0.72 * size, float(get("y")) + 0.2 * size

    def meets(self, other: Written) -> bool:
        """Whether both take the same room."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 1 and down > 1


def written(svg: Xml.Element) -> list[Written]:
    """The texts with their room."""
    return [Written(element) for element in svg.iter(f"{SVG}text")]


def outside(svg: Xml.Element) -> list[str]:
    """The texts that are cut by the edge of the sheet."""
    return [
        each.text
        for each in written(svg)
        if each.left < 0 or each.right > WIDTH or each.top < 0 or each.bottom > HEIGHT
    ]


def run_into_another(svg: Xml.Element) -> Iterator[tuple[str, str]]:
    """Pairs of texts that lie on one another."""
    every = written(svg)
    for place, one in enumerate(every):
        yield from ((one.text, other.text) for other in every[:place] if one.meets(other))
