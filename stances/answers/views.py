"""The names of the pages, and of the windows that show them."""

from __future__ import annotations

from stances import words
from stances.dataset.codebook import Codebook
from stances.dataset.tables import Dataset

ACTOR, DATA = "actor", "data"
# The pages by their place in the address, as their links and windows name them.
PAGES = {
    "": "Map",
    "trends": "Trends",
    "members": "Groups",
    ACTOR: "Countries",
    "acts": "Rules",
    "compare": "What changed",
    "domains": "Fields",
    "events": "Events",
    DATA: "Data",
}


def page_titles(data: Dataset) -> dict[str, str]:
    """What the navigation calls each page, by its place in the address; that of the members names
    the group that leads.
    """
    lead = data.about.lead
    return PAGES | ({"members": f"{lead.group} and groups"} if lead else {})


def window_title(codebook: Codebook, shown: str, domain: str, as_of: words.Day, site: str) -> str:
    """The title of a window: what is shown there (a page or an actor), and of which site it is."""
    return f"{shown}, {words.day(as_of)}, {codebook.domain_label(domain)} {words.DASH} {site}"


def view_title(data: Dataset, page: str, actor: str, domain: str, as_of: words.Day) -> str:
    """The title of the window of a page; that of an actor or a group names it, if there is one."""
    shown = page_titles(data)[page]
    if page == ACTOR:
        names = dict(zip(data.actors["actor"], data.actors["short_name"], strict=True))
        # A group has no row there, and is its own name.
        shown = names.get(actor, actor) or shown
    return window_title(data.codebook, shown, domain, as_of, data.about.title)
