"""The control by which a chart is taken along as a picture."""

from __future__ import annotations

import re

import pytest
from streamlit.runtime.context import ContextProxy

from stances.pictures.every import PICTURES
from stances.ui.parts.picture import picture_links
from tests.ui.pages import markup, opened, texts

pytestmark = pytest.mark.usefixtures("six_shown")
VIEW = {"as_of": "2020-07-01", "actor": "BOR"}
LINK = re.compile(r'<a href="(.*?)" data-view="(.*?)">(.*?)</a>')


def _links(name: str) -> list[tuple[str, str, str]]:
    page = PICTURES[name].page or "map"
    app = opened(page, **VIEW)
    found = LINK.findall(f"{markup(app)}\n{texts(app)}")
    return [link for link in found if "pictures/" in link[0]]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("map", "map"),
        ("trends", "trends"),
        ("members", "members"),
        ("deadlines", "deadlines"),
        ("actor", "actors/BOR"),
    ],
)
def test_each_chart_with_a_picture_has_it_in_both_formats(name: str, place: str) -> None:
    shows = " ".join(PICTURES[name].shows)
    assert _links(name) == [
        (f"pictures/{place}.png", shows, "PNG"),
        (f"pictures/{place}.svg", shows, "SVG"),
    ]


@pytest.mark.parametrize("name", PICTURES)
def test_in_a_frame_there_is_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ContextProxy, "is_embedded", True)
    assert _links(name) == []


def test_a_picture_is_as_dark_as_the_page() -> None:
    assert 'href="pictures/map.svg?theme=dark"' in picture_links("map", "dark")
