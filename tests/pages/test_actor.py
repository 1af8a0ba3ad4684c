"""The page of an actor as blocks: what it says wherever it is shown, and of whom there is less."""

from __future__ import annotations

import re

import numpy as np
import pytest

import stances
from stances.answers import binding
from stances.answers.actor_history import ActorHistory
from stances.answers.history import HISTORY, history_alt
from stances.answers.tracker import Tracker
from stances.charts.actor import EVENTS, history_of
from stances.links.view import View, view_at
from stances.markup import binds
from stances.pages import actor as actor_page
from stances.pages.block import ChartBlock, TableBlock
from stances.render.html import blocks_html
from stances.render.page import page_html
from stances.render.table import table_html
from tests.pages.test_register import blocks_of
from tests.ui.pages import plain


def _page(data: stances.Dataset, **query: str) -> str:
    return blocks_html(blocks_of(data, "actor", **query))


def _frame(data: stances.Dataset, **query: str) -> tuple[View, ActorHistory, str]:
    view = view_at(data, "actor", {"embed": "true", **query})
    own = ActorHistory(view.tracker, view.actor, view.day, view.domain)
    return view, own, page_html(view)


def _binds(data: stances.Dataset, **query: str) -> str:
    """Return the acts that bind, as a table."""
    [html] = re.findall(
        r'<section class="binds paper" id="binds">.*?</section>', _page(data, **query)
    )
    return html


def test_what_binds_sorts_by_its_heads_where_it_is_much(
    six: stances.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads = r'<th scope="col"([^>]*)><a href="([^"]*)"'
    assert not re.findall(heads, _binds(six, actor="ARC"))
    monkeypatch.setattr(binds, "LISTED", 0)
    [*result] = re.findall(heads, _binds(six, actor="ARC"))
    assert [(attributes, re.findall(r"by=(\w+)", link)) for attributes, link in result] == [
        ("", [order]) for order in binding.ORDERS
    ]
    assert all(link.endswith("#binds") for _, link in result)
    for order in binding.ORDERS:
        of_order = [attributes for attributes, _ in re.findall(heads, _binds(six, by=order))]
        sorted_by = dict(zip(binding.ORDERS, of_order, strict=True))
        assert {code for code, attributes in sorted_by.items() if attributes} == {order} - {"field"}


def _levels(data: stances.Dataset, **query: str) -> TableBlock:
    """The binding acts of an actor, as a table."""
    blocks = blocks_of(data, "actor", as_of="2020-11-01", **query)
    [block] = [
        block for block in blocks if isinstance(block, TableBlock) and block.table.part == "levels"
    ]
    return block


@pytest.mark.parametrize("actor", ["ARC", "BOR"])
def test_binding_acts_stand_in_the_order_of_the_events_below(
    six: stances.Dataset, actor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = table_html(_levels(six, actor=actor))
    assert 'aria-sort="descending"' in few
    assert not re.findall(r"<th [^>]*><a", few)
    monkeypatch.setattr(actor_page, "LISTED", 0)
    heads = re.findall(r'<th [^>]*><a href="([^"]*)"', table_html(_levels(six, actor=actor)))
    assert [re.findall(r"sort=(\w+)", link) for link in heads] == [
        ["oldest"], ["title"], ["score"], ["domain"],
    ]  # fmt: skip
    assert all(link.endswith("#levels") for link in heads)
    tracker, every = Tracker(six), _levels(six, actor=actor).rows
    for order in ("newest", "oldest", "score", "title", "domain"):
        block = _levels(six, actor=actor, sort=order)
        assert block.order == ("sort", order)
        ids = [act.event_id for act in block.rows]
        assert sorted(ids) == sorted(act.event_id for act in every)
        events = tracker.event_columns["event_id"][np.argsort(tracker.event_ranks[order])].tolist()
        assert ids == [event for event in events if event in ids]


@pytest.mark.parametrize("order", ["rule", "level", "field", ""])
def test_what_is_folded_away_is_seen_where_a_reader_orders_it(
    six: stances.Dataset, order: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(binds, "LISTED", 0)
        patch.setattr(binds, "_FEW", 0)
        html = _binds(six, actor="ARC", by=order)
    assert ("<details open>" in html) == bool(order)
    # The heads stay links there.
    assert f"by={order or 'field'}" in html


def test_an_order_of_rules_goes_along_where_the_page_has_it(six: stances.Dataset) -> None:
    view = view_at(six, "actor", {"actor": "ARC", "by": "date"})
    assert view.texts_on("acts")["by"] == "date"
    assert "by" not in view_at(six, "actor", {"by": "level"}).texts_on("acts")
    assert "by" not in view_at(six, "acts", {}).texts_on("actor")
    [line] = view_at(six, "actor", {"by": "name"}).refused
    assert line.startswith("by in the address: name is not one of: field, rule, used, level")


def test_it_says_why_how_that_came_about_and_what_happened(six: stances.Dataset) -> None:
    html = _page(six, actor="BOR", as_of="2020-08-19")
    headings = re.findall(r'<h2 class="finding">(.*?)</h2>', html)
    # What happened lately, and the sources, are for paper.
    assert [heading for heading in headings if heading in ("Why", HISTORY, EVENTS)] == [
        "Why",
        HISTORY,
        EVENTS,
    ]
    assert html.count('<section class="why">') == 2
    charts = [each for each in blocks_of(six, "actor") if isinstance(each, ChartBlock)]
    assert [chart.live for chart in charts] == ["actor-made", "actor-history", "actor-timeline"]


def test_the_label_that_is_shown_is_taken_apart(six: stances.Dataset) -> None:
    html = _page(six, actor="BOR", domain="schools", as_of="2020-08-19")
    assert html.count('id="made"><h2 class="finding">How this label is made: Admit in') == 1
    # From the label of every field, and of all together.
    made = re.findall(r'href="(actor\?actor=BOR&amp;[^"]*)#made"[^>]*class="made"', html)
    assert made == [
        "actor?actor=BOR&amp;as_of=2020-08-19&amp;domain=roads",
        "actor?actor=BOR&amp;as_of=2020-08-19&amp;domain=schools",
        "actor?actor=BOR&amp;as_of=2020-08-19",
    ]
    assert ">How is this made?<" not in html
    whole = _page(six, actor="BOR", as_of="2020-08-19")
    assert whole.count(">How is this made?<") == 2
    [chart] = [
        block
        for block in blocks_of(six, "actor", actor="BOR", as_of="2020-08-19")
        if isinstance(block, ChartBlock) and block.live == "actor-made"
    ]
    assert (chart.opens, chart.framed) == ("domain", False)


@pytest.mark.parametrize("query", [{}, {"actor": "POL"}, {"actor": "POL", "domain": "networks"}])
def test_in_a_frame_it_has_the_panels_and_the_marks_of_the_chart(
    real: stances.Dataset, query: dict[str, str]
) -> None:
    view, own, html = _frame(real, **query)
    codebook = view.tracker.codebook
    names = [codebook.domain_label(code) for code in own.scored_domains]
    chart = history_of(view)
    assert [name for name in re.findall(r"<text [^>]*>([^<]*)<", html) if name in names] == names
    drawn = sum(len(trace["x"]) for trace in chart.own_figure["data"] if trace["mode"] == "markers")
    assert len(re.findall(r'<path [^>]*class="mark"', html)) == drawn > 0
    assert history_alt(codebook, own.name_within, own.ends()) in plain(
        html.replace("aria-label", ">")
    )
