"""The styles of blocks, which pages and the live view share, and of pages before any script, which
come within them: a reader waits for nothing but the page.
"""

import re
from functools import cache
from pathlib import Path

from stances.figures.theme import DARK, LIGHT

_BLOCKS = Path(__file__).with_name("style.css")
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)


@cache
def style_html(*sheets: Path) -> str:
    """Return the style of blocks and further sheets as an element of a page, without comments."""
    texts = (_COMMENT.sub("", sheet.read_text(encoding="utf-8")) for sheet in sheets)
    return f"<style>{blocks_style()}{''.join(texts)}</style>"


@cache
def blocks_style() -> str:
    """Return the style that blocks have everywhere, without comments. Swatches of the classes
    `no-position` and `fading` are hatched over their flat colours.
    """
    line = f"light-dark({LIGHT.no_position},{DARK.no_position})"
    ground = f"light-dark({LIGHT.not_covered},{DARK.not_covered})"
    sea = f"light-dark({LIGHT.sea},{DARK.sea})"
    return (
        f"{_COMMENT.sub('', _BLOCKS.read_text(encoding='utf-8'))}"
        f".no-position{{background:repeating-linear-gradient(-45deg,"
        f"{line} 0 2px,{ground} 2px 4px) {line}}}\n"
        f".swatch.fading{{background-image:repeating-linear-gradient(-45deg,"
        f"{sea} 0 1px,transparent 1px 4px)!important}}\n"
    )
