"""What a page finds and shows, as markup."""

from __future__ import annotations

from datetime import date

from stances import escapes
from stances.answers.tracker import Tracker
from stances.finding.map import lead_on


def headline_html(found: str, *shown: str, sentence: bool = False) -> str:
    """What a page finds, and in lines under it what it shows, as markup. `sentence`: it is one or
    two whole sentences, which are set smaller.
    """
    lines = "".join(f'<p class="subtitle">{escapes.html(line)}</p>' for line in shown)
    kind = ' data-sentence="1"' if sentence else ""
    return f'<h1 class="headline"{kind}>{escapes.html(found)}</h1>{lines}'


def found_html(found: str, counted: str, *further: str) -> str:
    """What a page of a list finds, how much of it is shown, which is said aloud where it changes,
    and further lines.
    """
    lines = "".join(f'<p class="subtitle">{escapes.html(line)}</p>' for line in further)
    said = f'<p class="subtitle" role="status">{escapes.html(counted)}</p>'
    return f"{headline_html(found)}{said}{lines}"


def lead_html(tracker: Tracker, day: date, domain: str, view: str) -> str:
    """What a view of the map finds."""
    return headline_html(*lead_on(tracker, day, domain, view), *tracker.basis_note)
