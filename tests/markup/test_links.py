"""Links to views of other pages."""

from __future__ import annotations

from datetime import date

from stances.answers.tracker import Tracker
from stances.markup.links import event_link, members_link
from tests.ui.pages import links_of

DAY = "2020-06-30"


def test_a_link_to_an_event_is_relative_and_escaped() -> None:
    assert event_link(None, 'A"&b', "<t>") == (
        '<a href="events?event=A%22%26b" target="_blank" rel="noopener">&lt;t&gt;</a>'
    )


def test_the_link_to_a_group_keeps_day_domain_and_basis(tracker_six: Tracker) -> None:
    acts = Tracker(tracker_six.data, basis="acts")
    link = members_link(acts, "Pact", date.fromisoformat(DAY), "roads", "The Pact")
    query = {"group": "Pact", "as_of": DAY, "domain": "roads", "basis": "acts"}
    assert links_of(link) == [("members", query)]
    assert 'data-here="1"' in link
    assert "target" not in link
    plain_link = members_link(tracker_six, "Pact", date.fromisoformat(DAY), "overall", "The Pact")
    assert links_of(plain_link) == [("members", {"group": "Pact", "as_of": DAY})]
