"""What a page finds and shows, as markup."""

from __future__ import annotations

from datetime import date

from stances import escapes
from stances.answers.lead import map_lead
from stances.answers.tracker import Tracker


def headline_html(found: str, *shown: str) -> str:
    """What a page finds, and in lines under it what it shows, as markup."""
    lines = "".join(f'<p class="subtitle">{escapes.html(line)}</p>' for line in shown)
    return f'<h1 class="headline">{escapes.html(found)}</h1>{lines}'


def found_html(found: str, counted: str, *further: str) -> str:
    """What a page of a list finds, how much of it is shown, which is said aloud where it changes,
    and further lines.
    """
    lines = "".join(f'<p class="subtitle">{escapes.html(line)}</p>' for line in further)
    said = f'<p class="subtitle" role="status">{escapes.html(counted)}</p>'
    return f"{headline_html(found)}{said}{lines}"


def lead_html(tracker: Tracker, day: date, domain: str) -> str:
    """What acts bind, and who stands where."""
    return headline_html(*map_lead(tracker, day, domain), *tracker.basis_note)
