"""The words that a link preview reads, and the scripts of the page: both come with it."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest

pytest.importorskip("httpx2", reason="needs tests/requirements.txt")

import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

import stances
from stances.dataset.files import DATA_VARIABLE
from stances.dataset.store import store_of
from stances.links.register import PAGES, REGISTER
from stances.routes import routes
from stances.routes.answers import YEAR
from stances.routes.headers import PageHeaders
from stances.words import day as in_words
from tests.depth import each
from tests.folders import REAL, SIX, Folder
from tests.ui.pages import headline, open_page

PAGE = "<html><head><title>Streamlit</title></head><body></body></html>"


async def _page(request: Request) -> HTMLResponse:  # noqa: ARG001 - as all routes
    return HTMLResponse(PAGE)


def _client(monkeypatch: pytest.MonkeyPatch, folder: Path = REAL, base: str = "") -> TestClient:
    """All routes, and a page of Streamlit's at every other address."""
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    headers = Middleware(PageHeaders, store=store_of(folder), ancestors="'self'", base_path=base)
    served = [*routes(base), Route("/{path:path}", _page)]
    return TestClient(Starlette(routes=served, middleware=[headers]))


def _title(page: str) -> str:
    [title] = re.findall(r"<title>(.*?)</title>", page)
    assert f'property="og:title" content="{title}"' in page
    return unescape(title)


def _picture(page: str) -> str:
    [address] = re.findall(r'property="og:image" content="(.*?)"', page)
    return unescape(address)


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("/?as_of=2019-03-04&domain=roads", "Map, 4 March 2019, Roads"),
        ("/trends?as_of=2019-03-04", "Trends, 4 March 2019, Overall"),
        ("/actor?as_of=2019-03-04&actor=BOR", "Boria, 4 March 2019, Overall"),
        ("/acts?as_of=2019-03-04", "Rules, 4 March 2019, Overall"),
        ("/compare?as_of=2019-03-04&domain=schools", "What changed, 4 March 2019, Schools"),
        ("/events?as_of=2019-03-04", "Events, 4 March 2019, Overall"),
        ("/data?as_of=2019-03-04", "Data, 4 March 2019, Overall"),
    ],
)
def test_a_preview_names_the_view(
    address: str, begins: str, six: stances.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _client(monkeypatch, SIX).get(address).text
    assert _title(page) == f"{begins} \N{EN DASH} {six.about.title}"
    place = address[1:].partition("?")[0]
    about = f"{REGISTER[place].about} {six.about.description}"
    assert f'name="description" content="{about}"' in unescape(page)


@pytest.mark.parametrize("path", PAGES)
def test_a_preview_says_what_the_page_finds(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = _client(monkeypatch, SIX).get(f"/{path}?as_of=2020-06-30").text
    [text] = re.findall(r'<meta property="og:description" content="(.*?)"', page)
    assert unescape(text) == headline(open_page(path or "map", as_of="2020-06-30"))


@pytest.mark.parametrize(
    ("address", "title", "begins"),
    [
        ("events?event=ARC-20200101-roads-order", "Arcadia <bars> Acme", "The ministry <orders>"),
        ("acts?act=BOR-school-permit", "Acme <may> teach", "Kingdom of Boria, "),
    ],
)
def test_what_is_open_has_a_preview_of_its_own(
    address: str, title: str, begins: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.edit("events", 2, title="Arcadia <bars> Acme", summary='The ministry <orders> "it".')
    folder.edit("acts", 3, obligation="Acme <may> teach")
    page = _client(monkeypatch, folder.path).get(f"/{address}").text
    head = page.partition("</head>")[0]
    for name, text in {"title": title, "description": begins}.items():
        [found] = re.findall(rf'property="og:{name}" content="(.*?)"', head)
        assert unescape(found).startswith(text)
        assert "<" not in found


def test_where_nothing_is_found_a_preview_says_what_the_dataset_is(
    six: stances.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _client(monkeypatch, SIX).get("/elsewhere").text
    for text in re.findall(r'description" content="(.*?)"', page):
        assert unescape(text) == six.about.description
    assert page.count('description" content="') == 2


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?as_of=tomorrow",
        "?as_of=2019-13-99&domain=moon",
        "?domain=%3Cscript%3E",
        "?actor=%22",
        "?actor=ACME",
    ],
)
@pytest.mark.parametrize("page", ["", "actor", "elsewhere"])
def test_what_cannot_be_used_has_no_part_in_a_preview(
    page: str, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _client(monkeypatch, SIX).get(f"/{page}{query}")
    # As the page does, which shows the first actor where none is chosen.
    shown, domain = ("Arcadia", "Overall") if page == "actor" else ("Map", "Roads")
    assert _title(found.text).startswith(f"{shown}, {in_words(date.today())}, {domain} ")
    assert "moon" not in found.text


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("actor", {"actor": "ACME"}),
        ("actor", {"actor": "Pact", "as_of": "2019-03-04"}),
        ("actor", {}),
        ("actor", {"actor": "BOR", "as_of": "2019-03-04", "domain": "roads"}),
        ("actor", {"actor": "bor", "as_of": "tomorrow", "domain": "moon"}),
        ("", {"actor": "BOR", "domain": "schools"}),
    ],
)
def test_a_preview_has_the_title_that_the_page_gives_itself(
    page: str, query: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text: list[str] = []
    monkeypatch.setattr(st, "set_page_config", lambda **given: text.append(given["page_title"]))
    client = _client(monkeypatch, SIX)
    open_page(page or "map", **query)
    found = client.get(f"/{page}?{urlencode(query)}")
    assert _title(found.text) == text[-1]


# Pages with a picture of their own, and the picture that says most of those without.
PICTURES = {
    "/trends": "trends.png?as_of={day}&height=630",
    "/": "map.png?as_of={day}",
    "/?as_of=2020-04-10&view=world&actor=ARC&play=1": (
        "map.png?as_of=2020-04-10&view=world&actor=ARC"
    ),
    "/trends?as_of=2020-04-10&actors=ARC,BOR&layout=small": (
        "trends.png?as_of=2020-04-10&actors=ARC,BOR&layout=small&height=630"
    ),
    "/members?as_of=2020-04-10&group=all&order=act": (
        "members.png?as_of=2020-04-10&group=all&order=act"
    ),
    "/actor?as_of=2020-04-10&actor=BOR&domain=roads": (
        "actors/BOR.png?as_of=2020-04-10&domain=roads"
    ),
    "/actor?as_of=2020-04-10": "actors/ARC.png?as_of=2020-04-10",
    "/actor?as_of=2020-04-10&actor=Pact": "members.png?as_of=2020-04-10&group=Pact",
    "/acts?as_of=2020-04-10&who=ARC&q=road&by=date": (
        "deadlines.png?as_of=2020-04-10&q=road&who=ARC"
    ),
    "/compare?as_of=2020-04-10&basis=acts": "moves.png?as_of=2020-04-10&basis=acts&height=630",
    "/compare?as_of=2020-04-10&compare=actors&first=BOR&second=ARC": (
        "pair.png?as_of=2020-04-10&first=BOR&second=ARC&height=630"
    ),
    "/events?as_of=2020-04-10&who=BOR": "actors/BOR.png?as_of=2020-04-10",
    "/events?as_of=2020-04-10&who=ACME": "map.png?as_of=2020-04-10&domain=overall",
    "/events?as_of=2020-04-10&q=road": "map.png?as_of=2020-04-10&domain=overall",
    "/data?as_of=2020-04-10&settings=roads:1": (
        "sensitivity.png?as_of=2020-04-10&settings={settings}&height=630"
    ),
    "/data?as_of=2020-04-10&section=sensitivity": "map.png?as_of=2020-04-10&domain=overall",
    "/no/such": "map.png?as_of={day}",
}


@each(
    ("base", "address"),
    [("/tracker", "/trends"), *(("", address) for address in PICTURES)],
    usual=5,
)
def test_the_picture_of_a_preview_is_that_of_the_view(
    base: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = _client(monkeypatch, SIX, base)
    found = _picture(client.get(f"{base}{address}").text)
    settings = "roads:1,schools:1,act:3,half_life:1,evidence:0.375,full:1.5"
    expected = PICTURES[address].format(day=date.today(), settings=settings)
    assert sorted(found.split("&")) == sorted(
        f"http://testserver{base}/pictures/{expected}".split("&")
    )
    answer = client.get(found)
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


def test_what_cannot_be_used_has_no_part_in_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    client = _client(monkeypatch, SIX)
    query = "as_of=2020-04-10&actors=ARC,MOON&domain=moon&from=tomorrow&x=%22%3E%3Cscript%3E"
    address = _picture(client.get(f"/trends?{query}").text)
    picture = "trends.png?as_of=2020-04-10&actors=ARC&height=630"
    assert address == f"http://testserver/pictures/{picture}"
    assert client.get(address).status_code == 200


def test_a_preview_behind_a_proxy_has_its_scheme_and_host(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = _client(monkeypatch)
    client.base_url = "https://stances.example"
    address = _picture(client.get("/?as_of=2019-03-04").text)
    assert address == "https://stances.example/pictures/map.png?as_of=2019-03-04"


def test_a_feed_reader_finds_the_feed_of_what_a_page_shows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = _client(monkeypatch, SIX)
    page = client.get("/actor?actor=BOR&domain=schools").text
    [address] = re.findall(
        r'<link rel="alternate" type="application/atom\+xml".*?href="(.*?)"', page
    )
    place, _, query = unescape(address).partition("?")
    assert place == "http://testserver/changes.atom"
    # Without corrections, as Watch offers it first.
    told = {"kind": "level,event,act,practice,due,passed"}
    assert dict(parse_qsl(query)) == {"actor": "BOR", "domain": "schools", **told}
    assert client.get(unescape(address)).headers["content-type"].startswith("application/atom+xml")


def test_other_data_has_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    data = stances.load(SIX)
    page = _client(monkeypatch, SIX).get("/?domain=roads").text
    assert data.codebook.domain_label("roads") in _title(page)
    assert _title(page).endswith(data.about.title)


@pytest.mark.parametrize("base", ["", "/tracker"])
def test_the_scripts_come_with_the_page(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = _client(monkeypatch, base=base)
    page = client.get(f"{base}/")
    [source] = re.findall(r'<script defer src="\./(page\.js\?\w+)">', page.text)
    script = client.get(f"{base}/{source}")
    assert script.headers["content-type"].startswith("text/javascript")
    assert f"max-age={YEAR}" in script.headers["cache-control"]
    # From its own address and not inline, so the policy needs no exception for it.
    assert "script-src 'self'" in page.headers["content-security-policy"]
