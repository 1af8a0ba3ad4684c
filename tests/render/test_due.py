"""The deadlines of acts before any script: those of the dashboard, and the days of their axis."""

from __future__ import annotations

import re
from datetime import date

import pytest

import stances
from stances.answers.steps import row_lines
from stances.finding.acts import found, steps_found
from stances.links.view import view_at
from stances.render.page import page_html
from stances.render.ticks import ticks_html
from tests.ui.pages import plain


@pytest.mark.parametrize(
    "query", [{}, {"embed": "true"}, {"who": "USA", "due_from": "2024", "due_to": "2029"}]
)
def test_each_deadline_has_a_line_in_the_order_of_the_chart(
    real: stances.Dataset, query: dict[str, str]
) -> None:
    view = view_at(real, "acts", query)
    due = steps_found(view.tracker, found(view.tracker, view.values))
    pattern = r'<li class="\w+( passed)?" style="--start:.*?"><p>(.*?)</p>'
    lines = re.findall(pattern, page_html(view))
    assert len(lines) == len(due) > 0
    for (passed, line), each in zip(lines, due, strict=True):
        assert bool(passed) == each.passed
        what = row_lines(view.tracker.codebook, each)
        for told in (view.tracker.short_names[each.act.actor], each.told, *what):
            assert told in plain(line)


@pytest.mark.parametrize("embed", ["true", "false"])
def test_in_a_frame_the_deadlines_stand_alone(real: stances.Dataset, embed: str) -> None:
    html = page_html(view_at(real, "acts", {"embed": embed}))
    assert ("The rules found" in html) == (embed == "false")
    assert 'class="due"' in html


def _named(first: date, last: date, wide: int) -> list[str]:
    """What an axis of a width names, as the style of the page has it."""
    ticks = re.findall(r"--from:(\d+)px;--to:(\d+)px\">(.*?)</i>", ticks_html((first, last)))
    return [label for least, most, label in ticks if int(least) <= wide < int(most)]


def test_a_wider_axis_names_more_days() -> None:
    period = date(2015, 1, 1), date(2026, 11, 26)
    assert _named(*period, 200) == ["2015", "2020", "2025"]
    assert _named(*period, 560) == ["2016", "2018", "2020", "2022", "2024", "2026"]


def test_a_short_period_has_months_and_the_longest_has_an_end() -> None:
    assert _named(date(2026, 1, 20), date(2026, 7, 20), 300)[0] == "Apr 2026"
    assert 0 < len(_named(date(2010, 1, 1), date.max, 400)) < 10
