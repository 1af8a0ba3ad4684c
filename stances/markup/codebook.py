"""The formula in words, and an event worked out, as markup."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pandas as pd

from stances import escapes, words
from stances.answers.agreement import together_line
from stances.answers.example import counting_with, steps, why_not
from stances.answers.formula import UNSCORED, formula_steps, too_late
from stances.answers.introduction import codings_text
from stances.answers.tracker import Tracker
from stances.markup.blocks import heading_html, paragraph_html
from stances.markup.sources import sources_html

EXAMPLE = "A worked example"
NO_EVENTS = "The dataset has no events yet, so there is nothing to work out."


def method_parts(tracker: Tracker) -> Iterator[str]:
    """Yield how a stance is made and by whom events were scored, and the codebook's heading."""
    codebook = tracker.codebook
    yield heading_html("How a stance is computed")
    yield _steps(
        f"<b>{escapes.html(name)}.</b> {escapes.html(text)}"
        for name, text in formula_steps(codebook)
    )
    agreement = together_line(tracker.coders_together)
    agreed = f"Agreement of coders, as alpha. {agreement}" if agreement else ""
    for text in filter(None, (codings_text(tracker.data), agreed)):
        yield paragraph_html(text, "small")
    yield heading_html("The codebook")


def _steps(items: Iterable[str]) -> str:
    return f'<ol class="steps">{"".join(f"<li>{item}</li>" for item in items)}</ol>'


# -- the example ---------------------------------------------------------------------------------


def example_parts(tracker: Tracker, row: Any, day: date) -> Iterator[str]:
    """Yield an event, and what it counts for on a day."""
    yield _event(tracker, row)
    if pd.Timestamp(day) < row.date:
        yield paragraph_html(too_late(tracker.dates[row.event_id], day))
    elif pd.isna(row.score):
        yield paragraph_html(UNSCORED)
    elif (explained := counting_with(tracker, row, day)) is None:
        yield paragraph_html(why_not(tracker, row, day))
    else:
        yield _steps(map(escapes.html, steps(tracker, row, explained, day)))


def _event(tracker: Tracker, row: Any) -> str:
    kind = tracker.codebook.instruments[row.instrument]
    score = float("nan") if pd.isna(row.score) else float(row.score)
    text = " · ".join(
        (
            words.day(tracker.dates[row.event_id]),
            tracker.names[row.actor],
            tracker.codebook.domain_label(row.domain),
            kind.label,
            f"score {words.score_label(tracker.codebook, score)}"
            if score == score
            else words.score_label(tracker.codebook, score),
            f"confidence {row.confidence}",
        )
    )
    return (
        f'<div class="reason"><div>{escapes.html(text)}</div>'
        f"<div><b>{escapes.html(row.title)}</b></div>"
        f'<div class="sources">{sources_html(tracker, row.event_id)}</div></div>'
    )
