"""The levels of every day over HTTP."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("httpx2", reason="needs tests/requirements.txt")

import stances
from stances.answers.levels import level_changes
from stances.model.stance import BASES
from tests.folders import REAL, SIX

if TYPE_CHECKING:
    from starlette.testclient import TestClient

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
    found = {
        query: client_six.get(f"/levels/overall.json?{query}").json()
        for query in ("", "basis=acts", "settings=roads:0")
    }
    assert [text["basis"] for text in found.values()] == ["all", "acts", "all"]
    assert len({str(text["actors"]) for text in found.values()}) == 3


@pytest.mark.slow
@pytest.mark.parametrize("basis", BASES)
def test_they_are_small(client: TestClient, basis: str) -> None:
    for domain in stances.load(REAL).codebook.columns:
        content = client.get(f"/levels/{domain}.json?basis={basis}").content
        assert len(gzip.compress(content)) <= MOST_BYTES
