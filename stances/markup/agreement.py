"""Agreement of coders with one another, and of the dataset with lists of others, as markup."""

from collections.abc import Iterator
from typing import Any

from stances import escapes, words
from stances.answers import agreement
from stances.answers.agreement import (
    alphas_line,
    ceiling_line,
    outside_line,
    together_line,
)
from stances.answers.introduction import codings_text
from stances.answers.rows import named_rows
from stances.answers.tracker import Tracker
from stances.markup.blocks import finding_html, paragraph_html

# So many pairs of coders stand beside each other.
ABREAST = 3

# -- coders --------------------------------------------------------------------------------------


def coded_parts(tracker: Tracker) -> Iterator[str]:
    """Yield how far coders agree, and how they coded."""
    whole = _whole(tracker)
    yield finding_html(
        alphas_line([(row.one, row.other, row.alpha) for row in whole]),
        "Krippendorff's alpha for ordinal scores: 1 is full agreement, 0 that of chance. n: events "
        "that both scored; then the shares with the same score, and at most one point apart."
        if whole
        else "One coding is enough to score an event.",
    )
    if line := together_line(tracker.coders_together):
        yield paragraph_html(line, "small")
    if text := codings_text(tracker.data):
        yield f'<p class="remark">{escapes.html(text)}</p>'


def _whole(tracker: Tracker) -> list[Any]:
    """Return the figures of each pair of coders over all events."""
    agreed = tracker.coder_agreement
    return named_rows(agreed[agreed["by"] == agreement.BY_ALL])


def coder_pairs(tracker: Tracker) -> list[tuple[str, str]]:
    """Return the coders that are compared, two by two."""
    return [(row.one, row.other) for row in _whole(tracker)]


# -- lists of others -----------------------------------------------------------------------------


def outside_parts(tracker: Tracker) -> Iterator[str]:
    """Yield how far outside lists agree with the dataset, and with one another."""
    readings, domain = tracker.outside_readings, tracker.main_domain
    whole = agreement.outside_agreement(readings, None)
    main, apart = whole[~whole["apart"]], whole[whole["apart"]]
    text = "No outside list is in the dataset, so nothing can be compared"
    if len(main):
        row = named_rows(main)[0]
        text = outside_line(row, readings.loc[~readings["apart"], "list"].nunique())
    elif len(apart):
        text = "Every outside list stands apart, so there is no figure over all of them"
    yield finding_html(
        f"With outside lists: {text}",
        f"Lists that others published, their words mapped to the scale by one machine reading, "
        f"beside our label {words.about_domain(tracker.codebook, domain)} on the day of each list.",
    )
    if not readings.empty:
        yield paragraph_html(ceiling_line(agreement.ceiling(readings)))
