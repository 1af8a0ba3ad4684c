"""The policy level of an actor before any script, in a frame: the panels of the chart."""

from __future__ import annotations

import re

import pytest

import stances
from stances.answers.history import HISTORY, history_alt
from stances.answers.own_history import OwnHistory
from stances.charts.actor import history_of
from stances.figures.theme import BOTH
from stances.links.view import View, view_at
from stances.render.page import page_html
from tests.ui.pages import plain


def _framed(data: stances.Dataset, **query: str) -> tuple[View, OwnHistory, str]:
    view = view_at(data, "actor", {"embed": "true", **query})
    own = OwnHistory(view.tracker, view.actor, view.day, view.domain)
    return view, own, page_html(view)


@pytest.mark.parametrize("query", [{}, {"actor": "POL"}, {"actor": "POL", "domain": "networks"}])
def test_it_has_the_panels_and_the_marks_of_the_chart(
    real: stances.Dataset, query: dict[str, str]
) -> None:
    view, own, html = _framed(real, **query)
    codebook = view.tracker.codebook
    names = [codebook.domain_label(code) for code in own.scored_domains]
    chart = history_of(view.tracker, view.values, BOTH.mode)
    assert [name for name in re.findall(r"<text [^>]*>([^<]*)<", html) if name in names] == names
    drawn = sum(len(trace["x"]) for trace in chart.drawn["data"] if trace["mode"] == "markers")
    assert len(re.findall(r'<path [^>]*class="mark"', html)) == drawn > 0
    assert history_alt(codebook, own.name, own.ends()) in plain(html.replace("aria-label", ">"))


def test_it_stands_in_a_frame_alone_and_where_there_is_a_score(six: stances.Dataset) -> None:
    assert HISTORY in _framed(six, actor="BOR")[2]
    assert HISTORY not in page_html(view_at(six, "actor", {"actor": "BOR"}))
    assert HISTORY not in _framed(six, actor="BOR", as_of="2019-06-01")[2]
