"""The page of data and method: how large the dataset is, and the section of the address."""

from collections.abc import Callable

from stances.answers.coverage import data_headline
from stances.links.parameters import SECTIONS, section_of
from stances.links.view import View
from stances.pages.block import Blocks, HeadlineBlock, TextBlock, quote_link
from stances.pages.data import agreement, citing, codebook, coverage, downloads, sensitivity


def blocks(view: View) -> Blocks:
    """Yield the blocks of the page; in a frame what is covered."""
    if view.embedded:
        yield from coverage.blocks(view)
        return
    yield headline_of(view)
    section = section_of(view.values)
    yield TextBlock(f'{_tabs(view, section)}<h2 class="unread">{SECTIONS[section]}</h2>')
    yield from section_blocks(view, section)


def headline_of(view: View) -> HeadlineBlock:
    """Return how large the dataset is."""
    headline, *lines = data_headline(view.tracker.data)
    return HeadlineBlock(headline, tuple(lines), copied=quote_link(view))


def section_blocks(view: View, section: str) -> Blocks:
    """Yield the blocks of a section."""
    return _BLOCKS[section](view)


def _tabs(view: View, section: str) -> str:
    links = "".join(
        view.but(section=code).link("data", text, _HERE if code == section else "")
        for code, text in SECTIONS.items()
    )
    return f'<nav class="tabs" aria-label="Sections">{links}</nav>'


_HERE = ' aria-current="page"'
_BLOCKS: dict[str, Callable[[View], Blocks]] = {
    "downloads": downloads.blocks,
    "codebook": codebook.blocks,
    "sensitivity": sensitivity.blocks,
    "coverage": coverage.blocks,
    "agreement": agreement.blocks,
    "citing": citing.blocks,
}
