"""Files to take as buttons, and the room of what the dashboard alone has, as markup."""

from collections.abc import Mapping
from urllib.parse import quote

from stances import escapes
from stances.links.view import path_with

# The icon that the dashboard has on what can be taken.
_TAKE = (
    '<svg viewBox="0 -960 960 960" aria-hidden="true"><path d="M480-320 280-520l56-58 104 104v-326'
    "h80v326l104-104 56 58-200 200ZM240-160q-33 0-56.5-23.5T160-240v-120h80v120h480v-120h80v120"
    'q0 33-23.5 56.5T720-160H240Z"/></svg>'
)


# The icon of what opens.
OPENS = (
    '<svg viewBox="0 -960 960 960" aria-hidden="true"><path d="M480-344 240-584l56-56 184 184 184'
    '-184 56 56-240 240Z"/></svg>'
)


def offer(address: str, wording: str, css: str = "") -> str:
    """Return a file to take, as a button."""
    return (
        f'<a class="button{css}" href="{escapes.html(address)}" download>'
        f"{_TAKE}{escapes.html(wording)}</a>"
    )


# Where briefs lie, and those of groups in it.
_BRIEFS, _OF_GROUPS = "briefs/", "groups/"


def brief_link(
    code: str, query: Mapping[str, str], of_group: bool = False, wording: str = "Brief (PDF)"
) -> str:
    """Return a link to the brief of an actor or a group, as markup. `query`: what it takes."""
    place = f"{_BRIEFS}{_OF_GROUPS if of_group else ''}{quote(code, safe='')}.pdf"
    address = escapes.html(path_with(place, query))
    return f'<a href="{address}" download>{wording}</a>'


def button_space(wording: str) -> str:
    """Return the room of a button that only the dashboard has."""
    return (
        f'<div class="ahead unseen" aria-hidden="true"><span class="button">{wording}</span></div>'
    )


def field(label: str, value: str) -> str:
    """Return the room of a control, with its name and its value. Both: markup."""
    return f'<div class="field"><span>{label}</span> <i>{value}</i></div>'
