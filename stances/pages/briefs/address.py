"""Where a brief lies, as a link."""

from __future__ import annotations

from urllib.parse import quote

from stances import escapes
from stances.links.register import ACTOR, PAGE_PARAMETERS
from stances.links.view import View, query_of
from stances.pages.briefs.request import BRIEF_PARAMETERS

_FOLDER = "briefs/"
# What the pages with a brief and the brief mean alike.
_SHOWS = [name for name in BRIEF_PARAMETERS if name in PAGE_PARAMETERS[ACTOR]]


def brief_html(view: View, code: str, of_group: bool = False) -> str:
    """Return a link to the brief of an actor or a group under the settings of a view, as markup."""
    texts = view.texts_on(ACTOR)
    query = query_of({name: texts[name] for name in _SHOWS if name in texts})
    address = f"{_FOLDER}{'groups/' if of_group else ''}{quote(code, safe='')}.pdf?{query}"
    link = f'<a href="{escapes.html(address)}" download>Brief (PDF)</a>'
    return f'<span class="picture">{link}</span>'
