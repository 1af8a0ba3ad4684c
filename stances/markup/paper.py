"""The parts that the page of an actor has on paper alone: what happened lately, and the sources by
number.

`@media print` in `style.css` leaves on one sheet what has the class `paper`; what has the class
`paper-only` stands there alone.
"""

from collections.abc import Iterator
from datetime import date
from textwrap import shorten
from typing import Any

import pandas as pd

from stances import escapes, words
from stances.answers.citing import Citation
from stances.answers.directions import course_words
from stances.answers.history import chosen_events
from stances.answers.reasons import lately_heading, lately_more
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.days import months_before

# What happened so long before the date stands on paper. A sheet has room for so many acts and
# events together, each with a source of one or two lines, but at least for so few events.
_MONTHS, _SPACE, _FEWEST = 24, 7, 2
# Of a headline so much that its source is a line or two.
_TITLE = 80


class Cited:
    """The sources that a sheet names, numbered as they come."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._sources: list[Any] = []

    def mark(self, source: Any) -> str:
        """Return the number of a source, as markup that stands on paper alone; empty for None."""
        if source is None:
            return ""
        if source.url not in self._numbers:
            self._sources.append(source)
            self._numbers[source.url] = len(self._sources)
        return f'<sup class="paper-only">[{self._numbers[source.url]}]</sup>'

    def __len__(self) -> int:
        return len(self._sources)

    def html(self) -> str:
        """Return the list of them."""
        items = "".join(f"<li>{_source(source)}</li>" for source in self._sources)
        return f'<h2 class="finding">Sources</h2><ol class="cited">{items}</ol>' if items else ""


def _source(source: Any) -> str:
    title = shorten(source.title.strip("[]"), _TITLE, placeholder=" \N{HORIZONTAL ELLIPSIS}")
    published = words.short_day(words.partial_date(source.published)) if source.published else ""
    text = [source.publisher, title, published, source.url]
    return escapes.html(", ".join(filter(None, text)))


def paper_html(tracker: Tracker, actor: str, day: date, domain: str, cited: Cited) -> str:
    """Return what happened in the months before, the sources, and where the sheet is from. `cited`:
    those of the acts above.
    """
    space = max(_SPACE - len(cited), _FEWEST)
    start = months_before(day, _MONTHS)
    events = chosen_events(tracker, [actor], domain, (start, day))
    items = "".join(_event_items(tracker, events.head(space), cited))
    about = "" if domain == OVERALL else words.about_domain(tracker.codebook, domain)
    heading = escapes.html(lately_heading(len(events), _MONTHS, day, about))
    more = escapes.html(lately_more(len(events) - space))
    text = Citation(tracker.data, day, tracker.data.today, tracker.own_settings).line
    return (
        f'<div class="paper paper-only"><h2 class="finding">{heading}</h2>'
        f'<ul class="lately">{items}</ul><p class="small">{more}</p>{cited.html()}'
        f'<p class="small">{escapes.html(text)}</p></div>'
    )


def _event_items(tracker: Tracker, events: pd.DataFrame, cited: Cited) -> Iterator[str]:
    row: Any
    for row in events.itertuples(index=False):
        event = row.event_id
        when = words.short_day(tracker.dates[event])
        course = course_words(tracker, event, row.instrument, float(row.score))
        kind = tracker.codebook.instruments[row.instrument].label
        text = escapes.html(f"{when}: {row.title} ({kind}; {course})")
        yield f"<li>{text}{cited.mark(tracker.best_source(event))}</li>"
