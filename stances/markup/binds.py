"""What binds an actor, as markup: the acts with their dates, and the sentence to quote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from stances import escapes, words
from stances.answers.binding import (
    Binding,
    Quote,
    binds_heading,
    binds_nothing,
    deadline_words,
    more_acts,
    since_words,
    source_of,
)
from stances.answers.citing import quotation
from stances.answers.tracker import Tracker
from stances.markup.links import event_link, page_link, view_of
from stances.markup.paper import Cited
from stances.markup.quote import copy_button
from stances.markup.swatch import swatch

# Acts that are listed before the rest is folded away, where there are a few more.
LISTED, _FEW = 6, 2
_COLUMNS = ("Domain", "Act", "Level", "Status", "Deadline")


def quote_html(tracker: Tracker, quote: Quote, cited: Cited) -> str:
    """The sentence to quote, with the button that copies it with its source."""
    text = quotation(tracker, quote.sentence, quote.source)
    button = copy_button(text, told="Copy this sentence with its citation")
    said = f"{escapes.html(quote.sentence)}{cited.mark(quote.source)}"
    return f'<p class="quote paper">{said} {button}</p>'


def binds_html(
    tracker: Tracker,
    actor: str,
    lines: Sequence[Binding],
    day: date,
    domain: str,
    mode: str,
    cited: Cited,
) -> str:
    """What binds on a day, the first of it open to the eye. `lines`: see `binding`."""
    head = f'<h2 class="finding">{escapes.html(binds_heading(day, tracker.data.today))}</h2>'
    if lines:
        body = _tables(tracker, lines, view_of(tracker, day, domain), mode, cited)
    else:
        told = binds_nothing(tracker.codebook, tracker.names[actor], domain, day)
        body = f'<p class="small">{escapes.html(told)}</p>'
    return f'<section class="binds paper">{head}{body}</section>'


def _tables(
    tracker: Tracker, lines: Sequence[Binding], view: Mapping[str, str], mode: str, cited: Cited
) -> str:
    """The first acts as a table, and the others folded away where they are more than a few."""
    first = len(lines) if len(lines) <= LISTED + _FEW else LISTED
    listed = "".join(
        _row(tracker, line, view, mode, cited.mark(source_of(tracker, line)))
        for line in lines[:first]
    )
    whole = _table(listed)
    if first == len(lines):
        return whole
    more = escapes.html(more_acts(len(lines) - first))
    folded = "".join(_row(tracker, line, view, mode) for line in lines[first:])
    return (
        f"{whole}<details><summary>{more}</summary>{_table(folded)}</details>"
        f'<p class="small paper-only">{more}</p>'
    )


def _table(rows: str) -> str:
    heads = "".join(f"<th>{name}</th>" for name in _COLUMNS)
    return (
        f'<table class="figures binds-table"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(
    tracker: Tracker, line: Binding, view: Mapping[str, str], mode: str, source: str = ""
) -> str:
    codebook = tracker.codebook
    level = words.DASH
    if line.level == line.level:
        level = f"{swatch(line.level, mode)}{escapes.html(codebook.scale.labels[int(line.level)])}"
    cells = (
        escapes.html(codebook.domain_label(line.domain)),
        f"{_link(tracker, line, view)}{source}",
        level,
        escapes.html(since_words(codebook, line)),
        escapes.html(deadline_words(codebook, line)),
    )
    return "<tr>{}</tr>".format(
        "".join(
            f'<td data-label="{name}">{cell}</td>'
            for name, cell in zip(_COLUMNS, cells, strict=True)
        )
    )


def _link(tracker: Tracker, line: Binding, view: Mapping[str, str]) -> str:
    """The name of an act as a link to its line in the register, in the same `view`, else to its
    event.
    """
    if not line.act_id:
        return event_link(tracker.settings, line.event_id, line.name)
    return page_link(tracker.settings, "acts", {"act": line.act_id, **view}, line.name)
