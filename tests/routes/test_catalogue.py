"""The dashboard as search engines and catalogues of data read it."""

from __future__ import annotations

import json
import re
from html import unescape
from xml.etree import ElementTree as Xml

import pytest
from starlette.testclient import TestClient

import stances
from stances.dataset.files import DATA_VARIABLE
from stances.links.register import PAGES
from stances.routes.catalogue import dataset_entry, dataset_script
from tests.folders import SIX, Folder, up_to_today
from tests.routes.conftest import client_of

SITE = "https://stances.example.org"
SHELL = (
    '<html><head><title>Streamlit</title><link rel="service-desc" href="./_stcore/agent" /></head>'
    '<body><noscript></noscript><div id="root"></div></body></html>'
)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """The dashboard under a name of its own, and under a path."""
    monkeypatch.setenv(DATA_VARIABLE, str(SIX))
    monkeypatch.setenv("STANCES_SITE", SITE)
    return client_of(SIX, "own", SHELL)


def _canonical(page: str) -> str:
    [address] = re.findall(r'<link rel="canonical" href="(.*?)"', page)
    return unescape(address)


@pytest.mark.parametrize(
    ("address", "one"),
    [
        ("/own/", "/own/"),
        ("/own/?embed=true&theme=dark&live=0", "/own/"),
        ("/own/members?utm_source=x", "/own/members"),
        ("/own/actor?as_of=2020-06-30&actor=BOR&live=1", "/own/actor?as_of=2020-06-30&actor=BOR"),
    ],
)
def test_a_view_has_one_address(site: TestClient, address: str, one: str) -> None:
    assert _canonical(site.get(address).text) == f"{SITE}{one}"


def test_every_page_tells_catalogues_what_the_dataset_is(site: TestClient) -> None:
    six = up_to_today(SIX)
    for page in PAGES:
        text = site.get(f"/own/{page}").text
        [entry] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
        assert json.loads(entry) == dataset_entry(six, f"{SITE}/own/")
        assert re.findall(r'rel="service-desc"[^>]* href="(.*?)"', text) == ["openapi.json"]


def test_the_entry_names_files_that_are_there(site: TestClient, six: stances.Dataset) -> None:
    entry = dataset_entry(six, f"{SITE}/own/")
    assert (entry["version"], entry["license"]) == (six.version, six.about.licence.url)
    assert "Acme Company" not in entry["spatialCoverage"]
    assert len(entry["spatialCoverage"]) == len(six.position_actors)
    for each in entry["distribution"]:
        answer = site.get(each["contentUrl"].removeprefix(SITE))
        assert answer.status_code == 200, each
        assert answer.headers["content-type"].partition(";")[0] == each["encodingFormat"]


def test_no_text_closes_the_element(folder: Folder) -> None:
    folder.replace("about.toml", "Stances on Acme", "</script><script>alert(1)//")
    script = dataset_script(folder.load(), "")
    assert script.count("<") == 2
    assert "</script>" in json.loads(script.partition(">")[2].removesuffix("</script>"))["name"]


def test_the_pages_are_listed(site: TestClient, six: stances.Dataset) -> None:
    robots = site.get("/own/robots.txt").text.splitlines()
    assert robots[0] == "User-agent: *"
    assert robots[-1] == f"Sitemap: {SITE}/own/sitemap.xml"
    listed = Xml.fromstring(site.get("/own/sitemap.xml").content)
    addresses = [str(entry[0].text) for entry in listed]
    assert {f"{SITE}/own/{page}" for page in PAGES} < {*addresses}
    assert sum("/actor?actor=" in each for each in addresses) > len(six.actors)
    assert sum("/acts?act=" in each for each in addresses) == len(six.acts)
    one = {address: _canonical(site.get(address.removeprefix(SITE)).text) for address in addresses}
    assert {*one.values()} <= {*addresses}
    # The first actor is the one that the page shows by itself.
    assert len({*one.values()}) >= len(addresses) - 1
