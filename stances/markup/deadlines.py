"""The deadlines of acts, and what the marks of each mean, as markup."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from stances import escapes, words
from stances.answers.acts import ALL, ANY
from stances.answers.citing import quotation
from stances.answers.steps import Step, deadlines_headline, deadlines_subtitle
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.filters.acts import ActMatches, steps_to_come
from stances.links.parameters import release_texts

_CALENDAR = "Calendar (ICS), with rules to come"
# Acts of these statuses set dates; one that has ended sets none.
_WITH_STEPS = ("in_force", "not_yet")


def due_headline(tracker: Tracker, matches: ActMatches, steps: Sequence[Step]) -> tuple[str, str]:
    """Return what the deadlines of the acts found come to, and what of them is shown."""
    unlisted = steps_to_come(tracker, matches)
    line = deadlines_headline(tracker, steps, matches.day, matches.group, unlisted)
    return line, deadlines_subtitle(tracker.data, steps, matches.day, matches.period)


def due_copied(tracker: Tracker, matches: ActMatches, steps: Sequence[Step]) -> str:
    """Return the sentence with its day and its citation, to be taken along."""
    sentence, _ = due_headline(tracker, matches, steps)
    # Away from the page nobody sees which acts are meant.
    narrowed = matches.query.narrowed or matches.query.domain != OVERALL or any(matches.period)
    among = ", of what fits the filters" if narrowed else ""
    return quotation(tracker, f"As of {words.day(matches.day)}{among}: {sentence}.", None)


def due_files_html(tracker: Tracker, matches: ActMatches) -> str:
    """Links to the same steps as a calendar to subscribe to, and as a table."""
    who = ",".join(matches.who)
    kind = () if matches.query.deadline in (ALL, ANY) else (("kind", matches.query.deadline),)
    domain = () if matches.query.domain == OVERALL else (("domain", matches.query.domain),)
    applied = (("applied", ",".join(matches.query.applied)),) if matches.query.applied else ()
    ends = (("from", matches.period.first), ("to", matches.period.last))
    period = ((name, str(day)) for name, day in ends if day)
    narrowed = [*((("actor", who),) if who else ()), *domain, *kind, *applied, *period]
    status = (("status", matches.query.status),) if matches.query.status in _WITH_STEPS else ()
    release = release_texts(tracker.data).items()
    query = urlencode([("as_of", str(matches.day)), *narrowed, *status, *release], safe=",")
    whole = urlencode([*narrowed, *release], safe=",")
    calendar = f"deadlines.ics{f'?{whole}' if whole else ''}"
    return (
        f'<span class="picture"><a href="{escapes.html(calendar)}">{_CALENDAR}</a>, '
        f'<a href="{escapes.html(f"deadlines.csv?{query}")}">CSV</a></span>'
    )
