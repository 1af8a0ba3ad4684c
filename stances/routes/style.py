"""The look of the pages: sent once, and not along with every step."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from stances.figures.theme import hatch_patterns, hatch_rules
from stances.routes.answers import YEAR, Answer

STYLE_PATH = "style.css"
_SHEETS = sorted((Path(__file__).parent.parent / "ui").glob("*.css"))


@lru_cache(maxsize=1)
def style() -> Answer:
    """All style sheets in one. It is asked for by its hash, so it may be kept for long."""
    parts = [*(sheet.read_text(encoding="utf-8") for sheet in _SHEETS), hatch_rules()]
    content = "\n".join(parts).encode()
    return Answer(content, "text/css; charset=utf-8", YEAR, open_to_all=False)


def end_of_body() -> str:
    """What asks for the style: after all that Streamlit puts into the head, so that it wins."""
    version = hashlib.sha256(style().content).hexdigest()[:12]
    return f'{hatch_patterns()}<link rel="stylesheet" href="./{STYLE_PATH}?{version}" />'
