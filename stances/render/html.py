"""Blocks as HTML: for the page before scripts, for frames, and for the dashboard."""

from collections.abc import Iterable
from itertools import groupby

from stances import escapes
from stances.markup.blocks import paragraph_html
from stances.pages.block import WIDTHS, Block, ChartBlock, HeadlineBlock, TableBlock, TextBlock
from stances.render.chart import chart_html
from stances.render.table import table_html

# A headline of more letters is set smaller on a telephone, where it would fill half of the screen.
_LONG = 150


def blocks_html(blocks: Iterable[Block]) -> str:
    """Return blocks below one another, those of columns beside each other."""
    return "".join(
        _columns_html(group, list(inside)) if group else "".join(map(_block_html, inside))
        for group, inside in groupby(blocks, key=lambda block: block.group)
    )


def _block_html(block: Block) -> str:
    """Return a block in its place."""
    if not block.folded:
        return block_html(block)
    summary = f"<summary>{escapes.html(block.folded)}</summary>"
    part = block.place.part if isinstance(block, TableBlock) else ""
    name, is_open = f' id="{part}"' if part else "", " open" if block.unfolds else ""
    return f'<details class="folded"{name}{is_open}>{summary}{block_html(block)}</details>'


def block_html(block: Block) -> str:
    """Return a block by itself."""
    if isinstance(block, HeadlineBlock):
        return _headline_html(block)
    if isinstance(block, ChartBlock):
        return chart_html(block.chart, block.kind, block.live or "lines")
    if isinstance(block, TableBlock):
        return table_html(block)
    return _text_html(block) if isinstance(block, TextBlock) else block.html


def _text_html(block: TextBlock) -> str:
    """Return a text that is its own markup, or a heading over paragraphs."""
    tag = "h3" if block.kind == "part" else "h2"
    text = f'<{tag} class="{block.kind}">{escapes.html(block.heading)}</{tag}>'
    text = text if block.heading else block.html
    text += "".join(paragraph_html(sentence, block.css) for sentence in block.text)
    return text + "".join(
        paragraph_html(f"{label}: {note}") for label, note, _ in block.notes if note
    )


def _headline_html(block: HeadlineBlock) -> str:
    """Return what a page finds, and the lines under it."""
    kind = ' data-sentence="1"' if block.sentence else ""
    kind = kind or ' data-long="1"' * (len(block.text) > _LONG)
    lines = "".join(f'<p class="subtitle">{escapes.html(line)}</p>' for line in block.lines)
    if block.copied:
        lines = f'<div class="subtitles">{lines} <p class="quoted">{block.copied}</p></div>'
    return f'<h1 class="headline"{kind}>{escapes.html(block.text)}</h1>{lines}'


def _columns_html(group: str, blocks: list[Block]) -> str:
    inner = "".join(
        f"<div>{''.join(map(_block_html, inside))}</div>"
        for _, inside in groupby(blocks, key=lambda block: block.column)
    )
    return f'<div class="{group}"{_first_width(group, blocks[0].column)}>{inner}</div>'


def _first_width(group: str, column: int) -> str:
    """Return the width that a column of a group has, which comes first there, as an attribute."""
    if group not in WIDTHS:
        return ""
    return f' style="--first: {100 * WIDTHS[group][column - 1] / sum(WIDTHS[group]):.5g}%"'
