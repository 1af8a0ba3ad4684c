"""A brief from what is asked to its bytes."""

from __future__ import annotations

from stances.pages.briefs.actor import actor_pages
from stances.pages.briefs.group import MAP, group_map, group_pages
from stances.pages.briefs.request import BriefRequest, title_of
from stances.render.typeset import pdf


def written(asked: BriefRequest) -> bytes:
    """Return the brief as PDF: one page of an actor, two of a group."""
    data = asked.tracker.data
    pages = group_pages(asked) if asked.of_group else actor_pages(asked)
    brief = {
        "title": title_of(asked),
        "author": list(data.about.authors),
        "description": data.about.description,
        "date": [data.recorded.year, data.recorded.month, data.recorded.day],
        "pages": pages,
    }
    return pdf(brief, {MAP: group_map(asked)} if asked.of_group else {})
