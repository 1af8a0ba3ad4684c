"""Addresses to watch a view by: they are there, and tell of what it shows."""

from __future__ import annotations

import shlex
from datetime import date

import pytest
from starlette.testclient import TestClient

import stances
from stances.__main__ import NOTHING_NEW, OK, main
from stances.answers.tracker import Tracker
from stances.links.view import view_at
from stances.links.watch import (
    commands,
    news_query,
    subscriptions,
    watch_choices,
    watch_query,
    whom_labels,
)
from tests.folders import SIX, Folder
from tests.routes.conftest import client_six  # noqa: F401 - a fixture

SITE, DAY = "http://testserver/", date(2020, 6, 8)
SHOWN = {
    # The map opens on the field that leads.
    ("", ""): {"domain": "roads"},
    ("", "domain=overall"): {},
    ("", "domain=roads&actor=BOR"): {"actor": "BOR", "domain": "roads"},
    ("actor", "actor=Pact"): {"group": "Pact"},
    ("actor", ""): {"actor": "ARC"},
    ("trends", "actors=ARC,Pact"): {"actor": "ARC,Pact"},
    ("members", "group=Pact&domain=roads"): {"group": "Pact", "domain": "roads"},
    ("members", "group=all"): {},
    ("domains", "group=Pact"): {"group": "Pact"},
    ("acts", "who=CAL,ACME"): {"actor": "CAL,ACME"},
    ("events", "who=Pact&domain=schools"): {"group": "Pact", "domain": "schools"},
    ("compare", "among=BOR"): {"actor": "BOR"},
    ("compare", "compare=actors&first=ARC&second=BOR"): {"actor": "ARC,BOR"},
    ("compare", "compare=distances&group=Pact"): {"group": "Pact"},
    ("data", "domain=roads"): {},
}


def _query(data: stances.Dataset, page: str, address: str) -> dict[str, str]:
    view = view_at(data, page, dict(pair.split("=") for pair in address.split("&") if pair))
    return watch_query(view.published, page, view.values)


@pytest.mark.parametrize(("page", "address"), SHOWN)
def test_what_a_page_shows_is_watched(six: stances.Dataset, page: str, address: str) -> None:
    assert _query(six, page, address) == SHOWN[page, address]


@pytest.mark.parametrize(("page", "address"), SHOWN)
def test_every_way_that_is_named_is_one(
    six: stances.Dataset,
    client_six: TestClient,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    page: str,
    address: str,
) -> None:
    query = _query(six, page, address)
    script, mail = map(shlex.split, commands(query, SITE, DAY).values())
    for each in (*(link.address for link in subscriptions(query, SITE)), script[-1]):
        assert client_six.get(each).status_code == 200, each
    _, _, _, *command = mail
    assert main([*command, "--data", str(SIX)]) in (OK, NOTHING_NEW)
    capsys.readouterr()


def test_the_first_feed_leaves_corrections_out(tracker_six: Tracker) -> None:
    feed, whole, _ = subscriptions({"domain": "roads"}, SITE)
    assert feed.address.startswith(f"{whole.address}&kind=")
    assert "correction" not in feed.address
    shown = ("Pact members, in schools", "Pact members, in all fields", "Pact members, in roads")
    for domain, choices in (("schools", shown[:2]), ("roads", shown[1:])):
        result = watch_choices(tracker_six, {"group": "Pact", "domain": domain})
        # The map opens on roads, so that nobody need have chosen them.
        assert tuple(result) == choices


def test_the_bodies_of_a_group_are_told_of_with_its_members(folder: Folder) -> None:
    folder.add("actors", 2, actor="UN-SC", name="Council", short_name="Council")
    folder.add("memberships", 3, group="UN")
    tracker = Tracker(folder.load())
    every, both, members = watch_choices(tracker, {"group": "UN", "domain": "roads"}).items()
    assert both == ("UN members and UN bodies, in roads", {"actor": "UN,UN-SC", "domain": "roads"})
    assert every[1] == {"actor": "UN,UN-SC"}
    assert members == ("UN members, in roads", {"group": "UN", "domain": "roads"})
    labels = whom_labels(tracker)
    assert [labels[codes] for codes in ("UN,UN-SC", "UN")] == [
        "UN: 1 with bodies",
        "UN: members alone",
    ]
    assert news_query(tracker, ["UN"], "roads") == members[1]
