"""The page of comparisons as blocks: each kind whole, in a frame its charts alone."""

from __future__ import annotations

import re

import pytest

import stances
from stances.answers.pair import same_actors
from stances.pages.block import ChartBlock, HeadlineBlock
from stances.render.html import blocks_html
from tests.golden import Golden
from tests.pages.test_register import blocks_of, files_of
from tests.ui.pages import plain

SPAN = {"then": "2020-05-01", "as_of": "2020-11-01"}
# What is live of each kind, in the order of the page.
LIVE = {
    "dates": ["controls", "deeds-head", "deeds-more", "dumbbell", "causes"],
    "actors": ["controls", "trend-pair", "trend-gap", "domains"],
    "distances": ["controls", "matrix"],
}
# And which tables can be taken along.
FILES = {
    "dates": ["moves"],
    "actors": ["parting", "domains", "gap"],
    "distances": ["nearest", "distances"],
}
CHARTS = {"dates": ["dumbbell"], "actors": ["trend-pair", "trend-gap"], "distances": ["matrix"]}


@pytest.mark.parametrize("kind", LIVE)
def test_each_kind_has_its_parts_in_their_order(six: stances.Dataset, kind: str) -> None:
    blocks = blocks_of(six, "compare", compare=kind, **SPAN)
    assert [block.live for block in blocks if block.live] == LIVE[kind]
    assert files_of(blocks) == FILES[kind]


@pytest.mark.parametrize("kind", CHARTS)
def test_a_frame_has_what_is_found_and_its_charts(six: stances.Dataset, kind: str) -> None:
    blocks = blocks_of(six, "compare", compare=kind, embed="true", **SPAN)
    charts = [block for block in blocks if isinstance(block, ChartBlock)]
    assert [block.live for block in charts] == CHARTS[kind]
    # The others of the whole page are not seen in one.
    whole = blocks_of(six, "compare", compare=kind, **SPAN)
    framed = [block.live for block in whole if isinstance(block, ChartBlock) and block.framed]
    assert framed == CHARTS[kind]
    assert "<table class=" not in blocks_html(blocks)


def test_the_charts_of_a_page_share_no_name(six: stances.Dataset) -> None:
    html = blocks_html(blocks_of(six, "compare", compare="actors", **SPAN))
    ids = [part.partition('"')[0] for part in html.split(' id="')[1:]]
    assert ids
    assert len(ids) == len(set(ids))


def test_who_moved_can_be_opened_by_its_row(six: stances.Dataset) -> None:
    html = blocks_html(blocks_of(six, "compare", actor="BOR", **SPAN))
    [_, causes] = html.split('<div class="reasons">')
    assert plain(causes).startswith("Kingdom of Boria")
    [opened] = [row for row in html.split("<tr") if row.startswith(' class="shown"><td class="tit')]
    assert "Kingdom of Boria" in opened


def test_one_actor_twice_is_a_notice_alone(six: stances.Dataset) -> None:
    blocks = blocks_of(six, "compare", compare="actors", first="ARC", second="ARC")
    assert not [block for block in blocks if isinstance(block, HeadlineBlock | ChartBlock)]
    assert same_actors("Republic of Arcadia") in plain(blocks_html(blocks))


def test_two_that_cannot_be_compared_are_told_why_and_where_they_can(
    golden: Golden, six: stances.Dataset
) -> None:
    # Boria alone has a position on schools then, both have one on roads.
    pair = {"compare": "actors", "first": "ARC", "second": "BOR", "as_of": "2020-11-01"}
    blocks = blocks_of(six, "compare", domain="schools", **pair)
    [head] = [block for block in blocks if isinstance(block, HeadlineBlock)]
    html = blocks_html(blocks)
    [why, where] = re.findall(
        r"<p[^>]*>([^<]* has no current position.*?)</p>.*?<p[^>]*>(Where .*?)</p>", html, re.DOTALL
    )[0]
    assert "domain=roads" in where
    golden({"headline": head.text, "why": plain(why), "where": plain(where)})
    assert "Where both have a position" not in blocks_html(blocks_of(six, "compare", **pair))
