"""Links to views of other pages."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from stances.text import escape


def event_link(event: str, words: str, title: str = "") -> str:
    """A link to an event on the page of events. `title`: what a pointer is told."""
    return page_link("events", {"event": event}, words, title)


def page_link(page: str, parameters: Mapping[str, str], words: str, title: str = "") -> str:
    """A link to a view of a page, as markup: relative, so that it holds under any base path, and
    opened apart, so that the reader keeps the place.
    """
    address = escape(f"{page}?{urlencode(parameters)}")
    told = f' title="{escape(title)}"' if title else ""
    return f'<a href="{address}" target="_blank" rel="noopener"{told}>{escape(words)}</a>'
