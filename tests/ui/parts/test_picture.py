"""The control by which a chart is taken along as a picture."""

from __future__ import annotations

import re
from html import unescape

import pytest
from streamlit.runtime.context import ContextProxy

from stances.pictures.address import links_html
from stances.pictures.every import PICTURES
from tests.ui.pages import markup, open_page

pytestmark = pytest.mark.usefixtures("six_shown")
VIEW = {"as_of": "2020-07-01", "actor": "BOR"}
LINK = re.compile(r'<a href="([^"]*)" download="[^"]*"[^>]*>(.*?)</a>')


def _links(name: str) -> list[tuple[str, str]]:
    page = PICTURES[name].page or "map"
    app = open_page(page, **VIEW)
    found = LINK.findall(markup(app))
    return [link for link in found if "pictures/" in link[0]]


@pytest.mark.parametrize(
    ("name", "place", "query"),
    [
        ("map", "map", "as_of=2020-07-01&actor=BOR"),
        ("trends", "trends", "as_of=2020-07-01&actors=BOR"),
        ("members", "members", "as_of=2020-07-01"),
        ("deadlines", "deadlines", "as_of=2020-07-01&who=BOR"),
        ("actor", "actors/BOR", "as_of=2020-07-01"),
        ("history", "history", "as_of=2020-07-01&actor=BOR"),
        ("timeline", "timeline", "as_of=2020-07-01&actor=BOR"),
        ("moves", "moves", "as_of=2020-07-01"),
    ],
)
def test_each_chart_has_its_picture_of_the_view(name: str, place: str, query: str) -> None:
    found = [(unescape(link), form) for link, form in _links(name)]
    for form in ("png", "svg"):
        assert (f"pictures/{place}.{form}?{query}", form.upper()) in found
    assert (f"pictures/{place}.png?{query}&width=1920&height=16:9", PICTURES[name].slide) in found


@pytest.mark.parametrize("name", PICTURES)
def test_in_a_frame_there_is_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ContextProxy, "is_embedded", True)
    assert _links(name) == []


def test_a_picture_is_as_dark_as_the_page() -> None:
    assert 'href="pictures/map.svg?theme=dark"' in links_html("map", {}, "dark")
    assert "theme" not in links_html("map", {}, "both")
