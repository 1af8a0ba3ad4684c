"""What the deadlines of acts come to, and what the marks of each mean, as markup."""

from __future__ import annotations

from collections.abc import Sequence

from stances import words
from stances.answers.acts import Deadline, deadlines_headline, deadlines_subtitle
from stances.answers.citing import quotation
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.finding.acts import Found


def due_found(tracker: Tracker, seen: Found, told: Sequence[Deadline]) -> tuple[str, str]:
    """What the deadlines of the acts found come to, and what of them is shown."""
    among = seen.query.narrowed or seen.query.domain != OVERALL
    line = deadlines_headline(tracker.codebook, told, tracker.names, seen.group, among)
    return line, deadlines_subtitle(told, seen.day)


def due_copied(tracker: Tracker, seen: Found, told: Sequence[Deadline]) -> str:
    """The sentence with its day and its citation, to be taken along."""
    sentence, _ = due_found(tracker, seen, told)
    # Away from the page nobody sees which acts "these" are.
    alone = sentence.replace("Of these,", "of the acts that fit the filters,", 1)
    return quotation(tracker, f"As of {words.day(seen.day)}: {alone}.", None)


def due_legend_html(told: Sequence[Deadline]) -> str:
    """What the marks mean, as far as they are drawn."""
    marks = {"diamond": "deadline ahead", "diamond hollow": "deadline passed, act still in force"}
    shown = [
        f'<span><span class="mark {mark}"></span>{wording}</span>'
        for mark, wording in marks.items()
        if any(each.passed == ("hollow" in mark) for each in told)
    ]
    return f'<div class="legend">{"".join(shown)}</div>'
