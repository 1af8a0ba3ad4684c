"""An event in full as markup."""

from __future__ import annotations

import pytest

from stances import escapes
from stances.answers.tracker import Tracker
from stances.markup.event import event_html, event_row
from stances.markup.sources import sources_html
from tests.folders import Folder
from tests.ui.pages import plain


@pytest.mark.slow
def test_every_event_of_the_data_can_be_told(tracker: Tracker) -> None:
    codings = tracker.data.codings.groupby("event_id").size()
    for event_id, sources in tracker.sources.items():
        html = event_html(tracker, event_row(tracker, event_id))
        assert html.count("<li>") == len(sources)
        rows = html.count("<tr>") - 1
        assert max(rows, 0) == codings.get(event_id, 0), event_id
        assert "nan" not in plain(html).lower().split()


def test_sources_stand_in_the_order_of_their_tiers_and_a_copy_says_so(folder: Folder) -> None:
    folder.edit("events", 2, source_ids="cal-notes;arc-daily;arc-gazette")
    tracker = Tracker(folder.load())
    text = plain(event_html(tracker, event_row(tracker, "ARC-20200101-roads-order")))
    places = [text.index(name) for name in ("Arcadian Gazette", "Arcadian Daily", "Notes of")]
    assert places == sorted(places)
    for tier in ("gazette", "newspaper", "copy of another text"):
        assert f"· {tier} ·" in text
    inline = plain(sources_html(tracker, "ARC-20200101-roads-order"))
    assert "Notes of Caldon (copy of another text, archived)" in inline
    assert "Arcadian Daily (archived)" in inline


def test_texts_from_the_data_are_escaped(folder: Folder) -> None:
    evil = "<script>alert(1)</script>$x$[a](javascript:b)"
    folder.edit("events", 2, title=evil, summary=evil, speaker=evil, note=evil)
    folder.edit("sources", 2, title=evil, publisher=evil)
    folder.edit("codings", 4, why=evil)
    tracker = Tracker(folder.load())
    html = event_html(tracker, event_row(tracker, "ARC-20200101-roads-order"))
    assert html.count(escapes.html(evil)) >= 7
    assert "<script" not in html
