"""Short addresses, and what is copied with its citation: the text that an address leads to."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from stances.answers.citing import act_quotation, event_quotation
from stances.answers.tracker import Tracker, tracker_under
from stances.links.register import PAGES, REGISTER
from stances.links.view import view_at
from stances.pages.quotation import opened_quotation, page_quotation
from stances.pages.register import BLOCKS
from stances.render.files import share_html
from stances.render.html import blocks_html
from stances.words import within
from tests.folders import SIX, up_to_today
from tests.golden import Golden
from tests.routes.conftest import client_of

EVENT, ACT, DAY = "ARC-20200101-roads-order", "BOR-school-permit", "2020-06-30"


def _today() -> Tracker:
    return tracker_under(up_to_today(SIX), None)


def test_what_is_copied(client_six: TestClient, golden: Golden) -> None:
    places = {
        "an event": f"/e/{EVENT}.txt",
        "an event that rests on little": "/e/BOR-20200601-ring-road-plan.txt",
        "an act": f"/a/{ACT}.txt?as_of={DAY}",
        "an actor": f"/citations/actor.txt?actor=ARC&as_of={DAY}",
        "members": f"/citations/members.txt?as_of={DAY}",
        "a page": f"/citations/events.txt?q=road&as_of={DAY}",
        "a picture": f"/pictures/map.txt?as_of={DAY}",
    }
    # Without the real day.
    golden(
        {
            name: re.sub(r"accessed \d+ \w+ \d+", "accessed", client_six.get(place).text.strip())
            for name, place in places.items()
        }
    )


def test_a_short_address_leads_to_what_it_is_of(client_six: TestClient) -> None:
    event = client_six.get(f"/e/{EVENT}?utm=1", follow_redirects=False)
    assert (event.status_code, event.headers["location"]) == (302, f"../events?event={EVENT}")
    act = client_six.get(f"/a/{ACT}?as_of={DAY}", follow_redirects=False)
    assert act.headers["location"] == f"../acts?act={ACT}&as_of={DAY}"
    # The day that is shown without is left out; of one that there is not the page tells.
    day = _today().data.opening_day
    plain = client_six.get(f"/a/{ACT}?as_of={day}", follow_redirects=False)
    assert plain.headers["location"] == f"../acts?act={ACT}"
    moon = client_six.get(f"/a/{ACT}?as_of=2020-02-31", follow_redirects=False)
    assert moon.headers["location"].endswith("&as_of=2020-02-31")
    refused = client_six.get(f"/a/{ACT}.txt?as_of=2020-02-31")
    assert (refused.status_code, refused.json()["parameter"]) == (400, "as_of")
    under = client_of(SIX, "base").get(f"/base/e/{EVENT}.txt").text.strip()
    assert under.endswith(f" http://testserver/base/e/{EVENT}")


@pytest.mark.parametrize("place", ["/e/{}", "/e/{}.txt", "/a/{}", "/a/{}.txt", "/e/a/{}"])
def test_an_unknown_id_is_named_in_one_line(client_six: TestClient, place: str) -> None:
    answer = client_six.get(place.format("<none>"))
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "<none>" in answer.json()["detail"]
    assert "is not the id of an" in answer.json()["detail"]


@pytest.mark.parametrize(("place", "noun"), [("e", "event"), ("a", "act")])
def test_a_browser_is_led_from_an_unknown_id_to_a_page_that_tells(
    client_six: TestClient, place: str, noun: str
) -> None:
    def ask(accept: str, ending: str = "") -> Response:
        headers = {"accept": accept}
        path = f"/{place}/ARC-2{ending}"
        return client_six.get(path, headers=headers, follow_redirects=False)

    for accept in ("text/html,*/*;q=0.8", "*/*", "text/html,*/*;q=0.8"):
        answer, led = ask(accept), "html" in accept
        assert answer.status_code == (302 if led else 404)
        assert answer.headers.get("location") == (f"../{noun}s?{noun}=ARC-2" if led else None)
        assert (answer.headers["vary"], answer.headers["cache-control"]) == ("Accept", "no-store")
    [line] = view_at(up_to_today(SIX), f"{noun}s", {noun: "ARC-2"}).refused
    detail = ask("*/*").json()["detail"]
    assert line == f"{noun} in the address: {detail}."


def test_in_place_of_an_id_that_was_cut_the_whole_one_is_offered(client_six: TestClient) -> None:
    detail = client_six.get(f"/e/{EVENT[:14]}").json()["detail"]
    assert detail.partition("near to it: ")[2].startswith(EVENT)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("query", [{}, {"event": EVENT}, {"act": ACT, "status": "all"}])
def test_what_a_page_offers_to_copy_is_what_the_answer_says(
    client_six: TestClient, page: str, query: dict[str, str]
) -> None:
    view = view_at(up_to_today(SIX), page, {"as_of": "2020-08-19", "actor": "ARC", **query})
    markup = blocks_html(BLOCKS[page](view))
    links = re.findall(r'<a class="copy(?: cite)?" href="([^"]*)" rel', markup)
    assert links
    for place in set(map(unescape, links)):
        text = client_six.get(f"/{place}").text
        name = urlsplit(place).path.rpartition("/")[2].removesuffix(".txt")
        own = {
            "e": lambda name=name: event_quotation(_today(), name),
            "a": lambda name=name: act_quotation(_today(), name, view.day),
        }.get(place.partition("/")[0])
        if own is not None:
            assert text.startswith(f"{own()} http://testserver/{place[0]}/{name}")
        if place.startswith(f"citations/{page}.txt"):
            # A row of a page may be of another domain than the page.
            rows = view_at(up_to_today(SIX), page, dict(parse_qsl(urlsplit(place).query)))
            assert text.startswith(f"{page_quotation(rows)} http://testserver/{page}?")
        assert f"dataset {view.published.data.version}" in text


@pytest.mark.parametrize("domain", ["", "roads", "schools"])
def test_with_an_actor_on_the_map_what_its_panel_says_is_cited(
    client_six: TestClient, domain: str
) -> None:
    chosen = {"as_of": DAY, "actor": "ARC", **({"domain": domain} if domain else {})}
    view = view_at(up_to_today(SIX), "", chosen, "http://testserver/")
    panel = blocks_html(BLOCKS[""](view)).partition('id="country"')[2]
    for markup in (panel, share_html(view)):
        place = re.findall(r'<a class="copy cite" href="([^"]*)" rel', markup)[0]
        assert client_six.get(f"/{unescape(place)}").text.strip() == opened_quotation(view)


def test_a_quotation_under_own_settings_says_so(client_six: TestClient) -> None:
    for page in ("actor", "members"):
        text = client_six.get(f"/citations/{page}.txt?settings=roads:1").text
        assert "not as published but with own settings" in text


def test_what_is_copied_of_a_page_is_described_by_what_the_page_is_about(
    client_six: TestClient,
) -> None:
    paths = client_six.get("/openapi.json").json()["paths"]
    for page, entry in REGISTER.items():
        for method in ("get", "head"):
            text = paths[f"/citations/{page or 'map'}.txt"][method]["description"]
            assert text == f"The page shows {within(entry.about)}"
