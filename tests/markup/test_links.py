"""Links to views of other pages."""

from __future__ import annotations

from stances.markup.links import event_link


def test_a_link_to_an_event_is_relative_and_escaped() -> None:
    assert event_link(None, 'A"&b', "<t>") == (
        '<a href="events?event=A%22%26b" target="_blank" rel="noopener">&lt;t&gt;</a>'
    )
