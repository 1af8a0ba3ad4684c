"""Pictures by address: PNG and SVG of a view, kept, described and refused like all answers."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as Xml

import pytest
from PIL import Image
from starlette.testclient import TestClient

from stances.dataset.files import DATA_VARIABLE
from stances.links.register import PAGE_PARAMETERS
from stances.links.site import SITE_VARIABLE
from stances.pictures.every import PICTURES, path_of
from stances.routes.endpoints import ENDPOINTS
from stances.routes.pictures import picture_answer
from tests.folders import HOSTILE
from tests.pictures.drawings import SVG, texts
from tests.routes.conftest import client_of

ADDRESSES = {name: f"/pictures/{path_of(name, 'ARC')}" for name in PICTURES}
EVERY = pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)


@EVERY
def test_a_png_has_the_size_asked_for(client_six: TestClient, address: str) -> None:
    [name] = [name for name, own in ADDRESSES.items() if own == address]
    sizes = {
        "height=630": (1200, 630),
        "width=600&theme=dark&height=300": (600, 300),
        "width=1920&height=16:9": (1920, 1080),
        **({} if PICTURES[name].as_needed else {"": (1200, 630), "width=600": (600, 315)}),
    }
    for query, size in sizes.items():
        result = client_six.get(f"{address}.png?{query}")
        assert (result.status_code, result.headers["content-type"]) == (200, "image/png")
        assert Image.open(io.BytesIO(result.content)).size == size


@EVERY
def test_an_svg_names_the_view_under_the_address_it_was_asked_for(
    client_six: TestClient, address: str
) -> None:
    for site in ("http://one.example", "https://two.example"):
        result = client_six.get(f"{site}{address}.svg?as_of=2020-04-10")
        assert result.headers["content-type"] == "image/svg+xml"
        [named] = [text for text in texts(Xml.fromstring(result.content)) if "as_of=" in text]
        assert named.startswith(f"{site}/")


def test_an_svg_names_the_view_under_the_site_that_its_operator_names(
    client_six: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SITE_VARIABLE, "https://stances.example.org")
    result = client_six.get("http://10.0.0.7/pictures/map.svg?as_of=2020-04-10")
    [named] = [text for text in texts(Xml.fromstring(result.content)) if "as_of=" in text]
    assert named.startswith("https://stances.example.org/?")


@EVERY
def test_it_is_kept_with_a_tag(client_six: TestClient, address: str) -> None:
    first = client_six.get(f"{address}.png")
    known = client_six.get(f"{address}.png", headers={"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")


@EVERY
def test_it_takes_what_links_to_its_page_hold(client_six: TestClient, address: str) -> None:
    whole = {
        "as_of": "2020-04-10", "domain": "roads", "basis": "acts", "settings": "roads:1",
        "view": "world", "from": "2020-02-01", "actor": "ARC", "actors": "ARC,BOR", "play": "1",
        "group": "Pact", "order": "act", "beside": "classes", "layout": "small",
        "event": "ARC-20200101-roads-order", "q": "road", "who": "Pact", "status": "all",
        "deadline": "any", "by": "date",
    }  # fmt: skip
    [name] = [name for name, own in ADDRESSES.items() if own == address]
    taken = PICTURES[name].parameters
    query = {name: text for name, text in whole.items() if name in taken}
    assert client_six.get(f"{address}.svg", params=query).status_code == 200


def test_every_picture_is_made_in_its_turn_and_described(client_six: TestClient) -> None:
    of_pictures = [end for end in ENDPOINTS if end.handler is picture_answer]
    assert all(end.heavy for end in of_pictures)
    paths: dict[str, Any] = client_six.get("/openapi.json").json()["paths"]
    for name, picture in PICTURES.items():
        assert set(picture.shows) <= set(PAGE_PARAMETERS[picture.page])
        for form in ("png", "svg"):
            text = paths[f"/pictures/{path_of(name, '{actor}')}.{form}"]
            names = [each["name"] for each in text["parameters"] if each["in"] == "query"]
            earlier = [each["name"] for each in text["parameters"] if each.get("deprecated")]
            assert set(names) == {
                *picture.parameters,
                *picture.earlier.values(),
                "width",
                "theme",
                "height",
            }
            assert (len(names), earlier) == (len(set(names)), list(picture.earlier))


@pytest.mark.parametrize(
    ("address", "earlier", "value"),
    [("trends", "actors", "BOR,ARC"), ("deadlines", "who", "Pact"), ("deadlines", "who", "CAL")],
)
def test_whose_view_it_is_has_one_name(
    client_six: TestClient, address: str, earlier: str, value: str
) -> None:
    path = f"/pictures/{address}.svg?as_of=2022-07-01"
    result = [client_six.get(f"{path}&{name}={value}") for name in ("actor", earlier)]
    assert result[0].status_code == 200
    assert result[0].content == result[1].content != client_six.get(path).content
    both = client_six.get(f"{path}&actor={value}&{earlier}={value}")
    assert (both.status_code, both.json()["parameter"]) == (400, "actor")


@EVERY
def test_hostile_data_is_drawn_and_nothing_of_it_is_read(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(HOSTILE))
    with client_of(HOSTILE) as client:
        svg = Xml.fromstring(client.get(f"{address}.svg?as_of=2020-07-01").content)
        assert client.get(f"{address}.png?as_of=2020-07-01").status_code == 200
    names = {element.tag.removeprefix(SVG) for element in svg.iter()}
    assert not names & {"script", "image", "foreignObject", "style", "a", "use", "b"}
    assert not [name for each in svg.iter() for name in each.attrib if name.startswith("on")]


def test_the_address_under_a_picture_opens_the_part_of_its_page(client_six: TestClient) -> None:
    for name in ("pair", "gap", "domains", "distances"):
        quoted = client_six.get(f"/pictures/{name}.txt").text
        parameters = parse_qs(urlsplit(quoted.split()[-1]).query)
        assert parameters["compare"] == [PICTURES[name].part], name
