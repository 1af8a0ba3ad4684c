"""The levels of every day over HTTP, and the table of a map."""

from __future__ import annotations

import gzip
import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest

import stances
from stances.answers.levels import level_changes
from stances.links.view import view_at
from stances.model.stance import BASES
from stances.pages.register import BLOCKS
from stances.render.html import blocks_html
from tests.folders import REAL, SIX

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from stances.dataset.tables import Dataset

MOST_BYTES = 12_000


def test_a_change_has_its_day_level_fading_and_act(client_six: TestClient) -> None:
    text = client_six.get("/levels/roads.json").json()
    assert text["columns"] == ["date", "level", "fading", "act_in_force", "outline"]
    changes = level_changes(stances.load(SIX).tracker, "roads")["ARC"]
    assert text["actors"]["ARC"] == [
        [str(change.day), change.level, change.old, change.act_in_force, change.outline]
        for change in changes
    ]


def test_they_come_on_the_basis_and_under_the_settings_asked_for(client_six: TestClient) -> None:
    result = {
        query: client_six.get(f"/levels/overall.json?{query}").json()
        for query in ("", "basis=acts", "settings=roads:0")
    }
    assert [text["basis"] for text in result.values()] == ["all", "acts", "all"]
    assert len({str(text["actors"]) for text in result.values()}) == 3


@pytest.mark.slow
@pytest.mark.parametrize("basis", BASES)
def test_they_are_small(client: TestClient, basis: str) -> None:
    for domain in stances.load(REAL).codebook.columns:
        content = client.get(f"/levels/{domain}.json?basis={basis}").content
        assert len(gzip.compress(content)) <= MOST_BYTES


@pytest.mark.parametrize("query", ["", "&domain=roads", "&actor=ARC&sort=name"])
def test_the_table_of_a_map_is_the_one_of_its_page(
    client_six: TestClient, six: Dataset, query: str
) -> None:
    query = f"as_of=2020-06-30{query}"
    table = client_six.get(f"/positions.html?{query}").text
    view = view_at(six, "", dict(parse_qsl(query)))
    page = blocks_html(BLOCKS[""](view))
    assert page.endswith(f'<div class="below"><div>{table}</div></div>')
    place = re.search('data-table="(.*?)"', table)
    assert place
    # Under its own address it is the same.
    assert client_six.get(f"/{unescape(place[1])}").text == table
