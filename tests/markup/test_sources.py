"""The sources of an event as links."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from stances import escapes
from stances.answers.tracker import Tracker
from stances.markup.links import event_link
from stances.markup.sources import archive_html, link_html, sources_html


def test_every_source_has_its_link_and_its_copy(tracker: Tracker) -> None:
    events = tracker.data.events.set_index("event_id")
    several = events[events["source_ids"].str.contains(";")].iloc[:20]
    sources = tracker.data.sources.set_index("source_id")
    tiers = list(tracker.codebook.tiers)
    for event_id, row in several.iterrows():
        links = re.findall(r'href="([^"]*)"', sources_html(tracker, str(event_id)))
        named = sorted(
            row["source_ids"].split(";"), key=lambda name: tiers.index(sources["tier"][name])
        )
        own = [escapes.html(sources["url"][name]) for name in named]
        assert links[::2] == own
        for copy, address in zip(links[1::2], own, strict=True):
            assert copy.startswith("https://web.archive.org/web/")
            assert copy.endswith(f"/{address}")


@pytest.mark.parametrize(
    ("published", "near"), [("2020-12-03", "20201203"), ("2020-12", "202012"), ("", "20190304")]
)
def test_the_copy_is_the_one_nearest_to_publication(published: str, near: str) -> None:
    source = SimpleNamespace(url="http://a.example/x?y=1&z=2", published=published, title="T")
    link = archive_html(source, pd.Timestamp("2019-03-04"), "archived")
    assert f'href="https://web.archive.org/web/{near}/http://a.example/x?y=1&amp;z=2"' in link


def test_a_link_opens_apart_and_tells_nobody() -> None:
    link = link_html("https://a.example/", "A", "B")
    assert 'rel="noopener noreferrer"' in link
    assert 'target="_blank"' in link


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//a.example", "ftp://a.example", ""]
)
def test_what_is_no_address_of_the_web_is_no_link(address: str) -> None:
    assert link_html(address, "A & B", "T") == "A &amp; B"


def test_a_link_cannot_break_out_of_its_markup() -> None:
    link = link_html('https://a.example/"onclick="x', "<b>", '"><script>')
    assert link.count("<") == 2
    assert link.count('"') == 8


# -- links to views of other pages -----------------------------------------------------------------


def test_a_link_to_an_event_is_relative_and_escaped() -> None:
    assert event_link(None, 'A"&b', "<t>") == (
        '<a href="events?event=A%22%26b" target="_blank" rel="noopener">&lt;t&gt;</a>'
    )
