"""The sections of the page of data before any script: as the dashboard has them, with links."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

import pytest

import stances
from stances.dataset.files import DATA_VARIABLE
from stances.links.parameters import SECTIONS
from stances.pages.data.sensitivity import WHAT_IF
from tests.depth import each
from tests.folders import SIX, up_to_today
from tests.render.test_page import DAY, links, markup_of
from tests.ui.pages import markup, open_page, plain

EXAMPLE = "ARC-20200101-roads-order"


def _element_texts(html: str, element: str) -> list[str]:
    """The texts of all elements of a name, without what no reader sees."""
    result = re.findall(rf"<{element}(?: [^>]*)?>(.*?)</{element}>", html, re.DOTALL)
    return list(map(plain, result))


def _tabs(html: str) -> str:
    [tabs] = re.findall(r'<nav class="tabs".*?</nav>', html)
    return str(tabs)


def _section(html: str) -> str:
    """Return the words of a section, without the source line and the files."""
    return re.sub(r".*?<h2 class=.unread|<p class=.source.*", "", html, flags=re.DOTALL)


@each("settings", [{}, {"settings": "act:8"}])
@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_says_what_the_dashboard_says(
    section: str, settings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(SIX))
    query = {"as_of": DAY, "domain": "roads", "section": section} | settings
    there = markup(open_page("data", **query))
    here = _section(markup_of(up_to_today(SIX), "data", **query))
    for element in ("h2", "h3", "h4", "td", "li"):
        missing = Counter(_element_texts(there, element)) - Counter(_element_texts(here, element))
        assert not missing, element
    captions = Counter(_element_texts(there, "caption"))
    assert not captions - Counter(_element_texts(here, "caption"))


def test_the_first_of_a_section_is_as_the_link_is_about(six: stances.Dataset) -> None:
    for query, section in (
        ({}, "downloads"),
        ({"example": EXAMPLE}, "codebook"),
        ({"settings": "act:8"}, "sensitivity"),
        ({"settings": "act:8", "section": "citing"}, "citing"),
    ):
        [here] = re.findall(
            r'section=(\w+)[^"]*" aria-current', _tabs(markup_of(six, "data", **query))
        )
        assert here == section


@pytest.mark.parametrize("domain", ["overall", "roads"])
def test_no_file_is_offered_twice(six: stances.Dataset, domain: str) -> None:
    html = markup_of(six, "data", as_of=DAY, domain=domain)
    # What every page has at its head is taken along, and no file of this one.
    body, _, foot = html.partition("<main>")[2].partition("<footer>")
    files = [link for link in links(body) if urlsplit(link).path.count(".")]
    assert f"snapshots/{DAY}.csv" in files
    assert "tables/all.zip" in files
    assert not set(files) & set(links(foot))


def test_settings_that_are_often_asked_for_are_links(six: stances.Dataset) -> None:
    html = markup_of(six, "data", section="sensitivity")
    assert WHAT_IF in plain(html)
    [presets] = re.findall(r'<div class="presets">(.*?)</div>', html)
    for link in links(presets):
        chosen = dict(parse_qsl(urlsplit(link).query))
        changed = markup_of(six, "data", **chosen)
        assert "Your own settings, not the published figures" in changed


@pytest.mark.parametrize(("domain", "field"), [("overall", "all fields"), ("roads", "roads")])
def test_a_row_under_own_settings_is_cited_with_its_field(
    six: stances.Dataset, domain: str, field: str
) -> None:
    html = markup_of(six, "data", settings="act:8", section="sensitivity", domain=domain)
    assert re.search(rf'data-origin="[^"]* in {field}, published and under your settings', html)


def test_the_counts_of_a_measure_stand_in_their_years(six: stances.Dataset) -> None:
    for measure in ("events", "sources"):
        html = markup_of(six, "data", section="coverage", measure=measure, as_of="2021-01-01")
        # The years over them have four digits.
        cells = re.findall(r"<text[^>]*>(\d{1,3})</text>", html)
        assert sum(map(int, cells)) > 0
        if measure == "events":
            assert sum(map(int, cells)) == len(six.events)
