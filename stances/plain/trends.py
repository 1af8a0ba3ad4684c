"""The Trends page: what is found, the lines, and where each ends."""

from __future__ import annotations

from stances import escapes, words
from stances.answers.history import (
    first_lines,
    line_ends,
    no_period,
    trend_found,
    trend_subtitle,
)
from stances.markup.headline import headline_html
from stances.markup.links import members_link
from stances.markup.notices import notice_html
from stances.markup.swatch import swatch
from stances.markup.table import table_html
from stances.model.stance import level_of
from stances.pictures.lines import Lines, lines_drawn
from stances.pictures.trends import trends_alone
from stances.plain.room import room
from stances.plain.view import MODE, View

# How wide the chart is on the page in a window of 1280 px, and on a telephone of 390.
_WIDE, _NARROW = 1120, 358


def trends_html(view: View) -> str:
    """The whole page."""
    tracker, drawn = view.tracker, lines_drawn(view.asked)
    ends = line_ends(drawn.series, drawn.names)
    found = trend_found(tracker, drawn.names, ends, view.domain, drawn.period)
    shown = trend_subtitle(tracker.codebook, view.domain, *drawn.period)
    lead = headline_html(found, shown, *tracker.basis_note)
    chart = trends_alone(view.asked, drawn, _WIDE, _NARROW)
    figures = f'<div class="trend" tabindex="0">{chart}</div>{_ends(view, ends)}'
    if view.embedded:
        return f"{_wrong(view, drawn)}{lead}{figures}"
    more = f"{_left_out(view)}{figures}{_groups(view)}{_landmarks(view, drawn)}"
    return f"{_wrong(view, drawn)}{room(168, 356)}{lead}{more}"


def _wrong(view: View, drawn: Lines) -> str:
    first, last = view.values["from"], view.day
    if drawn.period[0] == first or last <= drawn.period[0]:
        return ""
    return notice_html(no_period(first, last, drawn.period[0]))


def _left_out(view: View) -> str:
    """That more are featured than the chart that nobody has chosen lines for can show."""
    shown, featured = view.values["actors"], view.tracker.data.about.featured
    if shown != list(featured[: len(shown)]) or len(shown) >= len(featured):
        return ""
    return f'<p class="small">{escapes.html(first_lines(len(shown), len(featured)))}</p>'


def _ends(view: View, ends: list[tuple[str, float]]) -> str:
    """Where each line ends, for whom the chart is too small, or is none."""
    rows = [
        (
            escapes.html(name),
            swatch(float(level_of(stance)), MODE)
            + escapes.html(words.labelled(view.tracker.codebook, stance)),
        )
        for name, stance in ends
    ]
    return table_html(f"Stances on {words.day(view.day)}", ("Line", "Stance"), rows) if rows else ""


def _groups(view: View) -> str:
    """From the groups among the lines to their members."""
    links = [
        members_link(view.tracker, code, view.day, view.domain, code)
        for code in view.values["actors"]
        if code in view.tracker.groups
    ]
    return f'<p class="small">Member by member: {", ".join(links)}</p>' if links else ""


def _landmarks(view: View, drawn: Lines) -> str:
    marks = drawn.landmarks
    if marks.empty or view.values["layout"] == "small":
        return ""
    tracker = view.tracker
    items = "".join(
        f"<li>{words.short_day(tracker.dated[event])}: {escapes.html(tracker.titles[event])}</li>"
        for event in marks["event_id"]
    )
    return f'<h2 class="finding">Landmarks</h2><ol class="landmarks">{items}</ol>'
