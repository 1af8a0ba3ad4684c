"""The words that a link preview reads, and the scripts of the page: both come with it."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
import streamlit as st
from starlette.testclient import TestClient

import stances
from stances.dataset.files import DATA_VARIABLE
from stances.links.register import PAGES, REGISTER
from stances.routes.answers import YEAR
from stances.words import day as in_words
from tests.depth import each
from tests.folders import REAL, SIX, Folder
from tests.golden import Golden
from tests.routes.conftest import client_of
from tests.ui.pages import headline, open_page

PAGE = "<html><head><title>Streamlit</title></head><body></body></html>"


def _client(monkeypatch: pytest.MonkeyPatch, folder: Path = REAL, base: str = "") -> TestClient:
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    return client_of(folder, base, PAGE)


def _title(page: str) -> str:
    [title] = re.findall(r"<title>(.*?)</title>", page)
    assert f'property="og:title" content="{title}"' in page
    return unescape(title)


def _picture(page: str) -> str:
    [address] = re.findall(r'property="og:image" content="(.*?)"', page)
    return unescape(address)


# A page that is added is held by what is said of every one; these are read as they are.
VIEWS = [
    *((page, "") for page in (
        "", "trends", "members", "actor", "acts", "compare", "domains", "events", "data",
    )),
    ("", "&domain=roads"), ("actor", "&actor=BOR"), ("compare", "&domain=schools"),
]  # fmt: skip


def test_a_preview_names_the_view(golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    client, titles = _client(monkeypatch, SIX), {}
    for place, query in VIEWS:
        address = f"/{place}?as_of=2019-03-04{query}"
        titles[address] = _title(client.get(address).text)
    golden(titles)


@pytest.mark.parametrize("path", PAGES)
def test_a_preview_says_what_the_page_finds(
    path: str, six: stances.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _client(monkeypatch, SIX).get(f"/{path}?as_of=2020-06-30").text
    assert _title(page).endswith(six.about.title)
    about = f"{REGISTER[path].about} {six.about.description}"
    assert f'name="description" content="{about}"' in unescape(page)
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
        [result] = re.findall(rf'property="og:{name}" content="(.*?)"', head)
        assert unescape(result).startswith(text)
        assert "<" not in result


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
        "", "?as_of=tomorrow", "?as_of=2019-13-99&domain=moon", "?domain=%3Cscript%3E",
        "?actor=%22", "?actor=ACME",
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", ["", "actor", "elsewhere"])
def test_what_cannot_be_used_has_no_part_in_a_preview(
    page: str, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = _client(monkeypatch, SIX).get(f"/{page}{query}")
    # As the page does, which shows the first actor where none is chosen.
    shown, domain = ("Arcadia", "Overall") if page == "actor" else ("Map", "Roads")
    assert _title(result.text).startswith(f"{shown}, {in_words(date.today())}, {domain} ")
    assert "moon" not in result.text


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
    monkeypatch.setattr(
        st, "set_page_config", lambda **settings: text.append(settings["page_title"])
    )
    client = _client(monkeypatch, SIX)
    open_page(page or "map", **query)
    result = client.get(f"/{page}?{urlencode(query)}")
    assert _title(result.text) == text[-1]


# Pages with a picture of their own, and of most of those without the picture that says most.
PICTURES = [
    "?view=world&actor=ARC&play=1", "trends?actors=ARC,BOR&layout=small",
    "members?group=all&order=act", "actor?actor=BOR&domain=roads", "actor", "actor?actor=Pact",
    "acts?who=ARC&q=road&by=date", "compare?basis=acts",
    "compare?compare=actors&first=BOR&second=ARC", "events?who=BOR", "events?who=ACME",
    "events?q=road", "data?settings=roads:1", "data?section=sensitivity",
]  # fmt: skip


def test_the_picture_of_a_preview_is_that_of_the_view(
    golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, cases = _client(monkeypatch, SIX), {}
    for view in PICTURES:
        day = f"{'&' if '?' in view else '?'}as_of=2020-04-10"
        cases[view] = _picture(client.get(f"/{view}{day}").text)
    golden(cases)
    # Without a day it is that of today.
    today = f"map.png?as_of={date.today()}"
    under = _client(monkeypatch, SIX, "/tracker")
    for asking, base, page, name in (
        (client, "", "", today), (client, "", "no/such", today),
        (under, "/tracker", "trends", f"trends.png?as_of={date.today()}&height=630"),
    ):  # fmt: skip
        address = _picture(asking.get(f"{base}/{page}").text)
        assert address == f"http://testserver{base}/pictures/{name}"
        answer = asking.get(address)
        assert answer.headers["content-type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")


@each("view", PICTURES, usual=4)
def test_the_picture_of_a_preview_is_there(view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = _client(monkeypatch, SIX)
    answer = client.get(_picture(client.get(f"/{view}").text))
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


def test_what_cannot_be_used_has_no_part_in_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    client = _client(monkeypatch, SIX)
    query = "as_of=2020-04-10&actors=ARC,MOON&domain=moon&from=tomorrow&x=%22%3E%3Cscript%3E"
    address = _picture(client.get(f"/trends?{query}").text)
    picture = "trends.png?as_of=2020-04-10&actors=ARC&height=630"
    assert address == f"http://testserver/pictures/{picture}"
    assert client.get(address).status_code == 200


def test_a_preview_behind_a_proxy_has_its_scheme_and_host(monkeypatch: pytest.MonkeyPatch) -> None:
    client = _client(monkeypatch)
    client.base_url = "https://stances.example"
    address = _picture(client.get("/?as_of=2019-03-04").text)
    assert address == "https://stances.example/pictures/map.png?as_of=2019-03-04"


def test_a_feed_reader_finds_the_feed_of_what_a_page_shows(monkeypatch: pytest.MonkeyPatch) -> None:
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
