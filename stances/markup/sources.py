"""The sources of an event as links."""

from datetime import date
from typing import Any

from stances import escapes
from stances.answers.events import tier_words
from stances.answers.tracker import Tracker
from stances.dataset.schema import COPY

_ARCHIVE = "https://web.archive.org/web"


def sources_html(tracker: Tracker, event_id: str) -> str:
    """Return the sources of an event as links, each with a link to an archived copy; one that is a
    copy of another's text says so.
    """
    day = tracker.dates[event_id].day
    return " · ".join(
        f"{link_html(source.url, source.publisher, source.title)} "
        f"({_copy_note(tracker, source)}{archive_html(source, day, 'archived')})"
        for source in tracker.sources.get(event_id, [])
    )


def _copy_note(tracker: Tracker, source: Any) -> str:
    text = tier_words(tracker.codebook, source.tier) if source.tier == COPY else ""
    return f"{escapes.html(text)}, " if text else ""


def archive_html(source: Any, event_date: date, wording: str) -> str:
    """Return a link to the archived copy that is nearest to the day of publication."""
    near = source.published.replace("-", "") or f"{event_date:%Y%m%d}"
    return link_html(f"{_ARCHIVE}/{near}/{source.url}", wording, f"Archived copy: {source.title}")


def link_html(address: str, wording: str, title: str) -> str:
    """Return a link that opens apart; only its words where the address is not one of the web."""
    # The tables are checked to hold http and https addresses only; a link must not rely on it.
    if not address.startswith(("http://", "https://")):
        return escapes.html(wording)
    # An address with the end of a script in it is dropped by what makes markup safe; no address
    # has these signs as they are (RFC 3986, 2).
    address = address.replace("<", "%3C").replace(">", "%3E")
    return (
        f'<a href="{escapes.html(address)}" target="_blank" rel="noopener noreferrer" '
        f'title="{escapes.html(title)}">{escapes.html(wording)}</a>'
    )
