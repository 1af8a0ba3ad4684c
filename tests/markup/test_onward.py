"""The ways on from the first page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import stances
from stances.answers.tracker import Tracker
from stances.links.view import view_at
from stances.markup.onward import onward_html
from stances.model.settings import Settings
from stances.render.page import page_html
from tests.ui.pages import links_of

DAY = date(2020, 6, 30)
SHOWN = {"as_of": "2020-06-30", "domain": "roads"}


def test_they_lead_to_the_day_and_the_domain_looked_at(tracker_six: Tracker) -> None:
    assert links_of(onward_html(tracker_six, DAY, "roads")) == [
        ("./acts", SHOWN | {"who": "Pact"}),
        ("./acts", SHOWN | {"who": "Pact", "deadline": "removal"}),
        ("./members", SHOWN | {"group": "Pact"}),
        ("./compare", SHOWN | {"then": str(tracker_six.year_before(DAY))}),
        ("./compare", SHOWN | {"compare": "actors"}),
        ("snapshots/2020-06-30.csv", {"domain": "roads"}),
    ]


def test_they_keep_the_readers_own_settings_and_offer_no_published_file(
    six: stances.Dataset,
) -> None:
    own = replace(Settings.from_codebook(six.codebook), binding_weight=8.0)
    links = links_of(onward_html(Tracker(six, own, "acts"), DAY, "overall"))
    pages = ["./acts", "./acts", "./members", "./compare", "./compare"]
    assert [page for page, _ in links] == pages
    for _, query in links:
        assert "act:8" in query["settings"]
        assert query["basis"] == "acts"
        assert "domain" not in query


def test_the_page_before_any_script_has_them(six: stances.Dataset) -> None:
    assert onward_html(Tracker(six), DAY, "roads") in page_html(view_at(six, "", SHOWN))
