"""Links to views of other pages, which show them under the same settings of the reader's own."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from stances.model.settings import Settings
from stances.ui.parameters import PARAMETERS
from stances.words import escape


def event_link(settings: Settings | None, event: str, words: str, title: str = "") -> str:
    """A link to an event on the page of events. `title`: what a pointer is told."""
    return page_link(settings, "events", {"event": event}, words, title)


def page_link(
    settings: Settings | None,
    page: str,
    parameters: Mapping[str, str],
    words: str,
    title: str = "",
) -> str:
    """A link to a view of a page, as markup: relative, so that it holds under any base path, and
    opened apart, so that the reader keeps the place. Apart is a session of its own, so a reader's
    own `settings` must stand in the address; None: the published ones, which need no telling.
    """
    own = {} if settings is None else {"settings": PARAMETERS["settings"].write(settings)}
    address = escape(f"{page}?{urlencode({**parameters, **own}, safe=',:')}")
    told = f' title="{escape(title)}"' if title else ""
    return f'<a href="{address}" target="_blank" rel="noopener"{told}>{escape(words)}</a>'
