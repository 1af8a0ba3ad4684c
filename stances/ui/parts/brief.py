"""A brief to be printed, by its address, so that taking it runs no page."""

from __future__ import annotations

from urllib.parse import quote

from stances import escapes
from stances.answers.views import ACTOR
from stances.briefs.asked import BRIEF_PARAMETERS
from stances.links.parameters import PAGE_PARAMETERS
from stances.links.view import query_of
from stances.ui import url
from stances.ui.session import current

_FOLDER = "briefs/"
# What the pages with a brief and the brief mean alike.
_SHOWS = [name for name in BRIEF_PARAMETERS if name in PAGE_PARAMETERS[ACTOR]]


def brief_link(code: str, of_group: bool = False) -> str:
    """A link to the brief of an actor or a group under the settings that are shown, as markup."""
    told = url.link(current(), ACTOR)
    query = query_of({name: told[name] for name in _SHOWS if name in told})
    address = f"{_FOLDER}{'groups/' if of_group else ''}{quote(code, safe='')}.pdf?{query}"
    link = f'<a href="{escapes.html(address)}" download>Brief (PDF)</a>'
    return f'<span class="picture">{link}</span>'
