"""The page of events as blocks: the list, and the event that is open."""

from __future__ import annotations

import re
from html import unescape

import pytest

import stances
from stances import words
from stances.pages.block import TableBlock
from stances.render.html import block_html, blocks_html
from tests.folders import Folder
from tests.pages.test_register import blocks_of
from tests.ui.pages import plain

PERMIT = "BOR-20200201-school-permit"


def test_an_event_that_is_open_leads_to_where_its_actor_stood(six: stances.Dataset) -> None:
    [opened] = [block for block in blocks_of(six, "events", event=PERMIT) if block.live == "event"]
    html = block_html(opened)
    assert "actor?as_of=2020-02-01&amp;actor=BOR&amp;domain=schools&amp;" in html
    assert opened.column == 2


def test_a_frame_has_the_table_alone(six: stances.Dataset) -> None:
    framed = blocks_of(six, "events", event=PERMIT, embed="true")
    assert len([block for block in framed if isinstance(block, TableBlock)]) == 1
    assert not [block for block in framed if block.live]


def test_what_else_is_found_in_other_fields_is_a_link_away(six: stances.Dataset) -> None:
    html = blocks_html(blocks_of(six, "events", q="king", domain="schools"))
    assert "in other fields" not in html
    html = blocks_html(blocks_of(six, "events", q="acme", domain="schools"))
    [(link, text)] = re.findall(r'<p class="small"><a href="(.*?)".*?>(.*?)</a>', html)
    found = [
        each.rows for each in blocks_of(six, "events", q="acme") if isinstance(each, TableBlock)
    ]
    here = [each for each in found[0] if each.domain == "schools"]
    assert text == f"{words.number(len(found[0]) - len(here), start=True)} more in other fields"
    assert {"q=acme", "domain=overall"} <= set(re.split(r"[?&]", unescape(link)))
    assert "in other fields" not in blocks_html(blocks_of(six, "events", q="acme"))
    page = blocks_html(blocks_of(six, "events", q="worried", domain="schools"))
    [(link, text)] = re.findall(r'<p class="nothing"><a href="(.*?)".*?>(.*?)</a>', page)
    assert "domain=overall" in link
    assert text.endswith(" in other fields")
    assert " more " not in text


def test_where_an_actor_has_none_what_others_have_with_its_name_is_offered(
    folder: Folder,
) -> None:
    def nothing(text: str) -> list[tuple[str, str]]:
        html = blocks_html(blocks_of(folder.load(), "events", q=text, who="CAL"))
        return re.findall(r'<p class="nothing"><a href="(.*?)".*?>(.*?)</a>', html)

    assert nothing("king") == []
    folder.edit("events", 5, title="Boria's king doubts Acme's lessons in Caldon")
    [(link, text)] = nothing("king")
    assert unescape(text) == "One event matches “king Caldon”, of others too"
    assert "q=king+Caldon" in link
    assert "who=" not in link


def test_sources_of_a_publisher_are_told_apart_from_texts_that_name_it(folder: Folder) -> None:
    whole = plain(blocks_html(blocks_of(folder.load(), "events", q="Daily", as_of="2020-12-31")))
    assert " of them " not in whole
    folder.edit("events", 5, title="Boria's king doubts Acme's daily lessons")
    html = plain(blocks_html(blocks_of(folder.load(), "events", q="Daily", as_of="2020-12-31")))
    assert "Two of them have a source of “daily”." in html


@pytest.mark.parametrize(
    "asked",
    [{"q": "boria, arcadia"}, {"q": "Bória and Acme", "who": "ARC,Pact"}, {"who": "ARC,BOR"}],
)
def test_two_that_are_named_or_chosen_lead_to_what_made_them_part(
    six: stances.Dataset, asked: dict[str, str]
) -> None:
    html = blocks_html(blocks_of(six, "events", **asked))
    assert re.search(r'first=\w+&amp;second=\w+".*>What made .* part</a>', html)
    assert re.search(r'/trends\?[^"]*actors=\w+,\w+".*>[^<]* over time</a>', html)
    assert "second=" not in blocks_html(blocks_of(six, "events", q="arcadia acme", who="ARC"))


def test_where_nothing_is_found_it_says_why_in_place_of_a_table(six: stances.Dataset) -> None:
    blocks = blocks_of(six, "events", q="nothing has these words")
    assert "No event fits" in plain(blocks_html(blocks))
    assert not [block for block in blocks if isinstance(block, TableBlock)]
