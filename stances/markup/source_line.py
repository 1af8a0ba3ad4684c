"""The line under a chart that tells where it is from, as markup."""

from __future__ import annotations

from stances import escapes
from stances.answers.citing import source_line
from stances.answers.tracker import Tracker


def source_html(tracker: Tracker) -> str:
    """Return the source line that stands under a chart and in its picture."""
    line = source_line(tracker.data, tracker.own_settings)
    return f'<p class="source"><span>{escapes.html(line)}</span></p>'
