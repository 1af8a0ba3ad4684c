"""How to cite the figures of a day, the licences and the changelog."""

from __future__ import annotations

from collections.abc import Iterator

from stances import escapes
from stances.answers.citing import citation, citation_formats
from stances.links.view import View
from stances.markup.blocks import heading_html, paragraph_html
from stances.markup.changelog import CITED_AS_SHOWN, HOW_TO_CITE, changelog_parts, licence_parts
from stances.render.data.columns import columns, room_of


def citing_html(view: View) -> str:
    """The whole section."""
    data = view.tracker.data
    return columns((*_citations(view), *licence_parts(data)), changelog_parts(data))


def _citations(view: View) -> Iterator[str]:
    data, own = view.tracker.data, view.tracker.own_settings
    asked = data, view.day, data.today, own
    yield heading_html(HOW_TO_CITE)
    if own:
        yield paragraph_html(CITED_AS_SHOWN)
    yield _code(citation(*asked))
    for each in citation_formats(*asked):
        yield paragraph_html(each.label, "part")
        yield _code(each.shown)
        yield room_of(each.offered)


def _code(content: str) -> str:
    return f"<pre>{escapes.html(content)}</pre>"
