"""Briefs by address: PDF, kept, described and refused like all answers."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("pypdf", reason="needs tests/requirements.txt")

from starlette.testclient import TestClient

from stances.links.register import OF_RELEASE
from stances.pages.briefs.request import BRIEF_PARAMETERS
from stances.routes.briefs import brief_answer
from stances.routes.endpoints import ENDPOINTS
from tests.pages.briefs.read import links, page_count

ADDRESSES = {"/briefs/ARC.pdf": 1, "/briefs/groups/Pact.pdf": 3, "/briefs/groups/all.pdf": 3}
EVERY = pytest.mark.parametrize(("address", "count"), ADDRESSES.items(), ids=ADDRESSES)


@EVERY
def test_a_brief_is_a_pdf_and_kept_with_a_tag(
    client_six: TestClient, address: str, count: int
) -> None:
    result = client_six.get(address)
    assert (result.status_code, result.headers["content-type"]) == (200, "application/pdf")
    assert page_count(result.content) == count
    known = client_six.get(address, headers={"If-None-Match": result.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")


def test_it_takes_its_parameters_and_names_the_address_asked_for(client_six: TestClient) -> None:
    query = {
        "as_of": "2020-07-01", "since": "2020-01-01", "from": "BOR", "settings": "roads:1",
        "basis": "acts",
    }  # fmt: skip
    assert {*query, *OF_RELEASE} == set(BRIEF_PARAMETERS)
    for site in ("http://one.example", "https://two.example"):
        result = client_six.get(f"{site}/briefs/ARC.pdf", params=query)
        assert result.status_code == 200
        assert any(
            link.startswith(f"{site}/actor?as_of=2020-07-01") for link in links(result.content)
        )


def test_every_brief_is_made_in_its_turn_and_described(client_six: TestClient) -> None:
    of_briefs = [end for end in ENDPOINTS if end.handler is brief_answer]
    assert all(end.heavy for end in of_briefs)
    paths: dict[str, Any] = client_six.get("/openapi.json").json()["paths"]
    for path in ("/briefs/{actor}.pdf", "/briefs/groups/{group}.pdf"):
        text = {each["name"]: each for each in paths[path]["parameters"]}
        assert [name for name in text if text[name]["in"] == "query"] == list(BRIEF_PARAMETERS)
        assert text["from"]["schema"]["enum"] == ["ARC", "BOR", "CAL"]
        assert "application/pdf" in paths[path]["get"]["responses"]["200"]["content"]
