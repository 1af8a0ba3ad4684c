"""A chart of a page with its legend above it, below it the links to its picture, and its period."""

from dataclasses import replace

from stances import words
from stances.answers.gaps import Period
from stances.answers.history import no_period, period_up_to
from stances.links.view import View
from stances.markup.legend import keys_html
from stances.markup.notices import notice_html
from stances.pages.block import Blocks, ChartBlock, FilesBlock, TextBlock
from stances.pictures.address import links_html


def chart_blocks(view: View, block: ChartBlock, picture: str, has_table: bool = False) -> Blocks:
    """Yield a chart under its legend, and links to its `picture`, which a frame has not.
    `has_table`: whether one of the same stands below, which is told to those who cannot see it.
    """
    chart = block.chart
    if chart.legend:
        yield TextBlock(keys_html(chart.legend))
    if has_table:
        block = replace(block, chart=replace(chart, alt=words.alt_above_table(chart.alt)))
    yield block
    if not view.embedded:
        links = links_html(picture, view)
        yield FilesBlock(f"<p>{links}</p>")


def period_of(view: View) -> Period:
    """Return the period of a view: from its first day to its last, or all where that is none."""
    return period_up_to(view.tracker, view["from"], view.day)


def period_blocks(view: View) -> Blocks:
    """Yield a notice where the address names no period."""
    first, last, start = view["from"], view.day, period_of(view)[0]
    if start != first and last > start:
        yield TextBlock(notice_html(no_period(first, last)))
