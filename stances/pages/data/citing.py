"""Citations of the figures of a day, the licences and the changelog."""

from collections.abc import Iterator

from stances import escapes, words
from stances.answers.citing import Citation
from stances.dataset.days import day_at_start
from stances.links.parameters import release_texts_of
from stances.links.view import View, site_address
from stances.markup import changelog
from stances.markup.links import page_link
from stances.markup.offers import button_space
from stances.pages.block import Blocks, FilesBlock, TextBlock, texts, within
from stances.pages.data import releases

_BESIDE = "columns"


def blocks(view: View) -> Blocks:
    """Yield the blocks of the section."""
    yield from within(_BESIDE, 1, _citations(view))
    yield from within(_BESIDE, 2, texts(changelog.release_parts(view.tracker.data)))
    yield from within(_BESIDE, 2, texts(changelog.licence_parts(view.tracker.data)))
    yield from releases.blocks(view)
    yield from texts(changelog.changelog_parts(view.tracker.data))


def _citations(view: View) -> Blocks:
    """Yield how to cite the data as shown, in words and in each format."""
    yield TextBlock(heading=changelog.HOW_TO_CITE, kind="part")
    if view.tracker.own_settings:
        yield TextBlock(text=(changelog.CITED_AS_SHOWN,), css="")
    yield TextBlock(_code(citation_of(view).line), live="cited")
    yield from texts(_pinned_link(view))
    for citation in citation_of(view).formats:
        yield TextBlock(text=(citation.label,), css="part")
        code, take = f"cited-{citation.ending}", f"cite-{citation.ending}"
        yield TextBlock(_code(citation.text), live=code)
        yield FilesBlock(button_space(citation.button_text), live=take)


def citation_of(view: View) -> Citation:
    """Return the citation of the figures of the day."""
    data = view.tracker.data
    address = site_address(view.site, view.page, view.cited_texts)
    return Citation(data, view.day, data.today, view.tracker.own_settings, address=address)


def _pinned_link(view: View) -> Iterator[str]:
    """Yield the link under which these figures stay as they are, where they are of a release."""
    data = view.tracker.data
    if pinned := release_texts_of(data, view.shared.texts_of_page):
        day = words.day(day_at_start(data.version))
        link = page_link(None, "./data", pinned, f"The figures as known on {day}")
        yield f"<p>{link}, whatever comes later.</p>"


def _code(content: str) -> str:
    return f"<pre>{escapes.html(content)}</pre>"
