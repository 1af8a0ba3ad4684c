"""The deadlines of acts, and what the marks of each mean, as markup."""

from collections.abc import Iterator, Sequence

from stances import escapes, words
from stances.answers.citing import quotation
from stances.answers.steps import (
    Step,
    deadlines_headline,
    deadlines_subtitle,
    is_past,
    kind_words,
    kinds_of,
)
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.filters.acts import (
    ActMatches,
    akin_words,
    deadlines_file_texts,
    steps_to_come,
)
from stances.links.parameters import SEPARATOR
from stances.links.view import View, path_with
from stances.markup.downloads import TABLE_KINDS

_ROWS = "These deadlines, a row each (CSV)"
_CALENDAR = "Calendar (ICS), with rules to come"


def due_headline(tracker: Tracker, matches: ActMatches, steps: Sequence[Step]) -> tuple[str, str]:
    """Return what the deadlines of the acts found come to, and what of them is shown."""
    unlisted = steps_to_come(tracker, matches)
    line = deadlines_headline(tracker, steps, matches.day, matches.group, unlisted)
    return line, deadlines_subtitle(steps, matches.day, matches.period)


def copy_of_due(tracker: Tracker, matches: ActMatches, steps: Sequence[Step]) -> str:
    """Return the sentence with its day and its citation, to be taken along."""
    sentence, _ = due_headline(tracker, matches, steps)
    # Away from the page nobody sees which acts are meant.
    narrowed = matches.query.is_narrowed or matches.query.domain != OVERALL or any(matches.period)
    # The sentence has the day where it tells what of it has passed since.
    ahead = any(not step.passed for step in steps)
    has_day = ahead and is_past(tracker.data, matches.day)
    opening = [] if has_day else [f"as of {words.day(matches.day)}"]
    opening += ["of what fits the filters"] if narrowed else []
    text = ": ".join(filter(None, [words.sentence_start(", ".join(opening)), sentence]))
    note = akin_words(tracker, matches)
    return quotation(tracker, " ".join(filter(None, [f"{text}.", note])), None)


def due_files_html(view: View, matches: ActMatches) -> str:
    """Links to the same steps as a table, a row each, to one with those of akin kinds where there
    are some, and to a calendar to subscribe to.
    """
    table = deadlines_file_texts(view)
    calendar = path_with("deadlines.ics", deadlines_file_texts(view, in_calendar=True))
    files = [
        (path_with("deadlines.csv", table), _ROWS),
        (path_with("deadlines.xlsx", table), TABLE_KINDS["xlsx"]),
        *_with_akin(view.tracker, matches, table),
        (calendar, _CALENDAR),
    ]
    links = (f'<a href="{escapes.html(address)}">{wording}</a>' for address, wording in files)
    return f'<span class="picture">{", ".join(links)}</span>'


def _with_akin(
    tracker: Tracker, matches: ActMatches, table: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the address of the table with the steps of akin kinds, and what it is called."""
    if kinds := kinds_of(tracker.codebook, matches.akin):
        labels = [words.quote(kind_words(tracker.codebook, kind)) for kind in kinds]
        both = table | {"kind": SEPARATOR.join([matches.deadline_kind, *kinds])}
        yield path_with("deadlines.csv", both), f"with {words.listing(labels)} too (CSV)"
