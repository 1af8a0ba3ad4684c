"""A brief to be printed, by its address, so that taking it runs no page."""

from __future__ import annotations

from urllib.parse import quote

from stances import escapes
from stances.answers.views import ACTOR
from stances.briefs.asked import BRIEF_PARAMETERS
from stances.parameters import PAGE_PARAMETERS

_FOLDER = "briefs/"
# What the pages with a brief and the brief mean alike.
_SHOWS = " ".join(name for name in BRIEF_PARAMETERS if name in PAGE_PARAMETERS[ACTOR])


def brief_link(code: str, of_group: bool = False) -> str:
    """A link to the brief of an actor or a group, as markup. It says nothing of the view that is
    shown, which `seams/drawn.js` adds.
    """
    address = f"{_FOLDER}{'groups/' if of_group else ''}{quote(code, safe='')}.pdf"
    link = f'<a href="{escapes.html(address)}" data-view="{_SHOWS}">Brief (PDF)</a>'
    return f'<span class="picture">{link}</span>'
