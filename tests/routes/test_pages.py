"""Pages as they are sent: with what they say before any script, kept by view, in a bounded room."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urljoin, urlsplit

import pytest
from starlette.testclient import TestClient

from stances.answers.tracker import tracker_under
from stances.dataset.files import DATA_VARIABLE
from stances.dataset.store import Store
from stances.figures.map import VIEWS
from stances.links.parameters import SECTIONS
from stances.links.register import DATA, PAGES, REGISTER
from stances.routes import pages as pages_module
from stances.routes.pages import Pages, get_ready, open_soon, page_request_of
from stances.routes.style import starter
from stances.words import within
from tests.depth import each
from tests.folders import SIX, TODAY
from tests.render.test_page import links
from tests.routes.conftest import client_of

SHELL = '<html><head><title>S</title></head><body><div id="root"></div></body></html>'
WORDS = 'id="words"'


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """The pages of the six events, and all routes."""
    monkeypatch.setenv(DATA_VARIABLE, str(SIX))
    return client_of(SIX, shell=SHELL)


def test_what_sections_say_of_all_days_is_made_before_anybody_asks() -> None:
    store = Store(SIX)
    get_ready(store)
    tracker = tracker_under(store.data(), None)
    made = tracker._remembered.cache_info().misses
    request = page_request_of(
        store.state(), "", DATA, {"section": "agreement", "as_of": "2022-03-04"}
    )
    assert "Krippendorff" in pages_module._words(request)
    assert tracker._remembered.cache_info().misses == made


def test_a_parameter_that_is_given_twice_goes_not_unheard(client: TestClient) -> None:
    both = client.get("/trends?actors=ARC&actors=BOR").text
    assert both == client.get("/trends?actors=ARC,BOR").text
    assert (
        "actor in the address: ARC,BOR is not one of: "
        in client.get("/actor?actor=ARC&actor=BOR").text
    )


def test_who_opens_it_waits_for_the_first_page_alone() -> None:
    store = Store(SIX)
    timer = open_soon(store)
    try:
        remembered = tracker_under(store.data(), None)._remembered
        made = remembered.cache_info().misses
        assert WORDS in pages_module._words(page_request_of(store.state(), "", "", {}))
        assert remembered.cache_info().misses == made
        assert timer.is_alive()
    finally:
        timer.cancel()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_its_words_before_what_its_scripts_draw(page: str, client: TestClient) -> None:
    sent = client.get(f"/{page}?as_of=2020-04-10")
    assert sent.text.index(WORDS) < sent.text.index('<div id="root">')
    assert sent.headers["content-encoding"] == "gzip"
    plain = client.get(f"/{page}?as_of=2020-04-10", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == sent.text
    assert int(plain.headers["content-length"]) == len(plain.content)


def test_the_outlines_of_its_map_are_asked_for_with_the_code_that_draws_it(
    client: TestClient,
) -> None:
    preload = re.compile(r'<link rel="preload" [^>]*(\./geometry/.*?)"')
    for view in VIEWS:
        (path,) = preload.findall(client.get(f"/?view={view}").text)
        assert client.get(path.removeprefix(".")).status_code == 200
    assert not any(preload.search(client.get(f"/{page}").text) for page in PAGES if page)


def test_where_there_is_no_page_the_others_are_named_and_nothing_becomes_live(
    client: TestClient,
) -> None:
    result = client.get("/elsewhere")
    assert result.status_code == 404
    assert "There is no page at this address" in result.text
    assert starter() not in result.text
    for page in PAGES:
        link = f'href="{page or "./"}?'
        assert result.text.count(link) == 2
        assert within(REGISTER[page].about) in result.text


# The links of the pages before, most of which the others have too.
_LEADING: set[str] = set()


@each(
    "address",
    [*PAGES, *(f"data?section={code}" for code in SECTIONS if code != "downloads")],
    usual=3,
)
def test_every_link_leads_somewhere(address: str, client: TestClient) -> None:
    here = f"/{address}{'&' if '?' in address else '?'}as_of=2020-04-10&domain=roads"
    sent = client.get(here).text
    addresses = {urljoin(here, link) for link in links(sent) if not urlsplit(link).scheme}
    assert addresses
    for link in addresses - _LEADING:
        assert client.get(link).status_code == 200, link
    _LEADING.update(addresses)


def _store() -> Store:
    store = Store(SIX, lambda: TODAY)
    store.state()
    return store


def _ask(pages: Pages, store: Store, **query: str) -> pages_module.Page:
    request = page_request_of(store.state(), "https://example.org/", "", query)
    return asyncio.run(pages.page(SHELL.encode(), request))


def test_a_view_is_made_once_whatever_else_its_address_says() -> None:
    store, pages = _store(), Pages("'self'")
    made = _ask(pages, store, as_of="2020-04-10")
    assert _ask(pages, store, as_of="2020-04-10", utm="x", domain="roads") is made
    assert _ask(pages, store, as_of="2020-04-11") is not made
    assert _ask(pages, store, as_of="2020-04-10", embed="true") is not made


def test_what_is_kept_is_bounded_by_bytes() -> None:
    store = _store()
    size = len(_ask(Pages("'self'"), store).body.content)
    pages = Pages("'self'", most_bytes=int(2.5 * size))
    first = _ask(pages, store, as_of="2020-04-10")
    second = _ask(pages, store, as_of="2020-04-11")
    assert _ask(pages, store, as_of="2020-04-10") is first
    _ask(pages, store, as_of="2020-04-12")
    assert _ask(pages, store, as_of="2020-04-10") is first
    assert _ask(pages, store, as_of="2020-04-11") is not second


def test_a_fault_in_the_words_leaves_the_page_as_it_is(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(pages_module, "page_html", fails)
    page = _ask(Pages("'self'"), _store())
    text = b"".join(page.body.pieces(zipped=False)).decode()
    assert '<div id="root">' in text
    assert WORDS not in text
    assert re.search(r"ZeroDivisionError", caplog.text)
