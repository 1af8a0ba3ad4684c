"""What can be watched of a view: addresses that are there, and tell of what it shows."""

from __future__ import annotations

import shlex
from datetime import date

import pytest
from starlette.testclient import TestClient

import stances
from stances.__main__ import NOTHING_NEW, OK, main
from stances.answers.tracker import Tracker
from stances.links.view import view_at
from stances.links.watch import Watch, watch_of, watched, watched_words
from tests.folders import SIX
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
    return watched(view.published, page, view.values)


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
    watch: Watch = watch_of(_query(six, page, address), SITE, DAY)
    [*_, script] = shlex.split(watch.script)
    for each in (watch.feed, watch.whole, watch.calendar, script):
        assert client_six.get(each).status_code == 200, each
    _, _, _, *command = shlex.split(watch.mail)
    assert main([*command, "--data", str(SIX)]) in (OK, NOTHING_NEW)
    capsys.readouterr()


def test_the_first_feed_leaves_corrections_out(tracker_six: Tracker) -> None:
    watch = watch_of({"domain": "roads"}, SITE, DAY)
    assert f"{watch.whole}&kind=" in watch.feed
    assert "correction" not in watch.feed
    assert watched_words(tracker_six, {"domain": "roads"}).endswith(", in roads.")
    assert watched_words(tracker_six, {"group": "Pact"}).startswith("Pact members: new events")
