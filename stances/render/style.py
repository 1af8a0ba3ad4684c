"""The styles of pages before any script, which come within them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from stances.figures.theme import BOTH

# On these pages colours are those of the reader's scheme, which only the browser knows.
MODE = BOTH.mode


@cache
def style_html(sheet: Path) -> str:
    """Return a style sheet as an element of a page, without the lines that are comments."""
    lines = sheet.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("/*"))
    return f"<style>{text}</style>"
