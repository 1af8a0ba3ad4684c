"""Links to views of other pages, which show them under the same settings of the reader's own."""

from collections.abc import Mapping
from datetime import date

from stances import escapes
from stances.answers.introduction import introduction
from stances.answers.position_sum import HOW_MADE
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.links.parameters import DAY, PARAMETERS, release_texts
from stances.links.register import ACTOR
from stances.links.view import path_with, query_of
from stances.markup.blocks import ACTS_FOLDER, EVENTS_FOLDER
from stances.model.stance import ALL

# The id of the part of the page of an actor that shows how its label is made.
MADE = "made"


def event_place(tracker: Tracker, event: str, ending: str = "") -> str:
    """Return the short address of an event, from the top of the dashboard on; with an ending that
    of what is copied of it.
    """
    return path_with(f"{EVENTS_FOLDER}{event}{ending}", release_texts(tracker.data))


def act_place(tracker: Tracker, act: str, day: date | None = None, ending: str = "") -> str:
    """Return an act's short address, as an event's; on the opening day unless one is named."""
    of_day = {} if day in (None, tracker.data.opening_day) else {DAY: str(day)}
    return path_with(f"{ACTS_FOLDER}{act}{ending}", of_day | release_texts(tracker.data))


def event_link(tracker: Tracker, event: str, words: str, title: str = "") -> str:
    """Return a link to an event on the page of events. `title`: what a pointer is told."""
    return page_link(tracker, "events", {"event": event}, words, title)


def members_link(tracker: Tracker, group: str, day: date, domain: str, words: str) -> str:
    """Return a link to the members of a group as they stand on a day."""
    view = {"group": group, **view_of(tracker, day, domain)}
    return link_here(tracker, "members", view, words)


def counted_link(
    tracker: Tracker, group: str, day: date, domain: str, practice: str, words: str
) -> str:
    """Return a link to the members of a group that a figure counts; the words alone where it counts
    none of `members.PRACTICES`.
    """
    if not practice:
        return escapes.html(words)
    view = {"group": group, "practice": practice, **view_of(tracker, day, domain)}
    return link_here(tracker, "members", view, words)


def view_of(tracker: Tracker, day: date, domain: str) -> dict[str, str]:
    """Return the parameters under which a page shows the same day and domain on the same basis."""
    basis = {} if tracker.model.basis == ALL else {"basis": tracker.model.basis}
    about = {} if domain == OVERALL else {"domain": domain}
    return {"as_of": str(day), **about, **basis}


def page_link(
    tracker: Tracker | None,
    page: str,
    parameters: Mapping[str, str],
    words: str,
    title: str = "",
) -> str:
    """Return a link to a view of a page, as markup: relative, so that it holds under any base path,
    and opened apart, so that the reader keeps the place. Apart is a session of its own, so a
    reader's own settings and the release must stand in the address; None: they stand in the
    parameters, if at all.
    """
    address, text = _address(tracker, page, parameters), _text(title)
    return f'<a href="{address}" target="_blank" rel="noopener"{text}>{escapes.html(words)}</a>'


def made_link(
    tracker: Tracker, actor: str, day: date, domain: str, label: str = "", here: bool = False
) -> str:
    """Return a link to how the label of an actor is made. `label`: its markup, which becomes the
    link and asks a pointer; empty: the question itself is it; `here`: the link stands on the page
    that it leads to.
    """
    view = {"actor": actor, **view_of(tracker, day, domain)}
    address = f"{_address(tracker, ACTOR, view)}#{MADE}"
    opens = 'data-here="1"' if here else 'target="_blank" rel="noopener"'
    asks = f' class="made" title="{HOW_MADE}"' if label else ""
    return f'<a href="{address}" {opens}{asks}>{label or HOW_MADE}</a>'


def link_here(
    tracker: Tracker,
    page: str,
    parameters: Mapping[str, str],
    words: str,
    title: str = "",
) -> str:
    """Return a link to a view of a page that `seams/follow.js` shows in place of this one."""
    address, text = _address(tracker, page, parameters), _text(title)
    return f'<a href="{address}" data-here="1"{text}>{escapes.html(words)}</a>'


def page_here(
    page: str,
    parameters: Mapping[str, str],
    words: str,
    is_shown: bool = False,
    part: str = "",
    title: str = "",
    spoken: str = "",
) -> str:
    """Return a link to a page in place of this one, whose parameters hold the reader's own
    settings. `is_shown`: it is the page that the link stands on; `part`: the id of what it leads to
    there; `title`: what a pointer is told; `spoken`: its name for those who hear it, where that is
    not its words.
    """
    address = path_with(f"./{page}", parameters)
    address = escapes.html(f"{address}#{part}" if part else address)
    now = ' aria-current="page"' if is_shown else ""
    name = f' aria-label="{escapes.html(spoken)}"' if spoken else ""
    return f'<a href="{address}" data-here="1"{now}{name}{_text(title)}>{escapes.html(words)}</a>'


def _address(tracker: Tracker | None, page: str, parameters: Mapping[str, str]) -> str:
    settings = own_query(tracker) if tracker else {}
    return escapes.html(f"{page}?{query_of({**parameters, **settings})}")


def own_query(tracker: Tracker) -> dict[str, str]:
    """Return the parameters of a reader's own settings, and of the release that is shown; nothing
    for the published settings and the data of today.
    """
    settings = tracker.settings
    parameters = {} if settings is None else {"settings": PARAMETERS["settings"].write(settings)}
    return parameters | release_texts(tracker.data)


def _text(title: str) -> str:
    return f' title="{escapes.html(title)}"' if title else ""


def introduction_html(tracker: Tracker) -> str:
    """Return the line above every page, each clause of which leads to where more is said."""
    links = (
        link_here(tracker, "data", {"section": clause.section}, clause.words)
        for clause in introduction(tracker.data)
    )
    return f'<p class="introduction">{" · ".join(links)}</p>'
