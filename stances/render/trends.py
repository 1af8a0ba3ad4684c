"""The Trends page: what is found, the lines, and where each ends."""

from __future__ import annotations

import math

from stances import escapes, words
from stances.answers.history import (
    ends_on,
    first_lines,
    landmarks,
    no_period,
    period_up_to,
)
from stances.charts.trends import trends_of_view
from stances.dataset.codebook import Codebook
from stances.links.view import View
from stances.markup.headline import headline_html
from stances.markup.links import members_link
from stances.markup.notices import notice_html
from stances.markup.swatch import swatch
from stances.markup.table import table_html
from stances.model.stance import level_of
from stances.pictures.address import links_html
from stances.render.chart import chart_html
from stances.render.controls import lines_html
from stances.render.room import room
from stances.render.style import MODE


def trends_html(view: View) -> str:
    """The whole page."""
    chart = trends_of_view(view.tracker, view.values, MODE)
    lead = headline_html(chart.title, chart.subtitle, *view.tracker.basis_note)
    kind = "panels" if view.values["layout"] == "small" and view.values["actors"] else ""
    drawn = f'<div class="trend" tabindex="0">{chart_html(chart, kind)}</div>'
    if view.embedded:
        return f"{_wrong(view)}{lead}{drawn}{_ends(view)}"
    taken = f"<p>{links_html('trends', view.texts_of_page, MODE)}</p>"
    figures = f"{drawn}{taken}{_ends(view)}"
    above = f"{lines_html(view)}{_left_out(view)}"
    more = f"{above}{figures}{_groups(view)}{_landmarks(view)}"
    return f"{_wrong(view)}{room(168, 356)}{lead}{more}"


def _wrong(view: View) -> str:
    first, last = view.values["from"], view.day
    start, _ = period_up_to(view.tracker, first, last)
    return "" if start == first or last <= start else notice_html(no_period(first, last, start))


def _left_out(view: View) -> str:
    """That more are featured than the chart that nobody has chosen lines for can show."""
    shown, featured = view.values["actors"], view.tracker.data.about.featured
    if shown != list(featured[: len(shown)]) or len(shown) >= len(featured):
        return ""
    return f'<p class="small">{escapes.html(first_lines(len(shown), len(featured)))}</p>'


def _ends(view: View) -> str:
    """Where each line ends, and how far its shading reaches there, for whom the chart is too small,
    or is none.
    """
    tracker = view.tracker
    _, last = period_up_to(tracker, view.values["from"], view.day)
    ends = ends_on(tracker, view.values["actors"], view.domain, last)
    rows = [
        (escapes.html(tracker.names[code]), *_end(tracker.codebook, *end))
        for code, end in ends.items()
    ]
    caption, head = f"Positions on {words.day(view.day)}", ("Line", words.POSITION, "Shading")
    return table_html(caption, head, rows) if rows else ""


def _end(codebook: Codebook, stance: float, low: float, high: float) -> tuple[str, str]:
    """A position with its mark, and its shading: a margin of doubt, or a spread."""
    told = escapes.html(words.labelled(codebook, stance))
    shading = "" if math.isnan(stance) else words.band(low, high)
    return f"{swatch(float(level_of(stance)), MODE)}{told}", shading or words.DASH


def _groups(view: View) -> str:
    """From the groups among the lines to their members."""
    links = [
        members_link(view.tracker, code, view.day, view.domain, code)
        for code in view.values["actors"]
        if code in view.tracker.groups
    ]
    return f'<p class="small">Member by member: {", ".join(links)}</p>' if links else ""


def _landmarks(view: View) -> str:
    period = period_up_to(view.tracker, view.values["from"], view.day)
    marks = landmarks(view.tracker, view.values["actors"], view.domain, period)
    if marks.empty or view.values["layout"] == "small":
        return ""
    tracker = view.tracker
    items = "".join(
        f"<li>{words.short_day(tracker.dated[event])}: {escapes.html(tracker.titles[event])}</li>"
        for event in marks["event_id"]
    )
    return f'<h2 class="finding">Marked events</h2><ol class="landmarks">{items}</ol>'
