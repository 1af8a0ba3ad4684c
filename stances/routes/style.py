"""The look of the pages, and what completes their pictures: sent once, not with every step."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from stances.figures.theme import hatch_patterns, hatch_rules
from stances.routes.answers import YEAR, Answer

STYLE_PATH, PICTURE_PATH = "style.css", "picture.js"
_UI = Path(__file__).parent.parent / "ui"
_SHEETS = sorted(_UI.rglob("*.css"))


@lru_cache(maxsize=1)
def style() -> Answer:
    """All style sheets in one. It is asked for by its hash, so it may be kept for long."""
    parts = [*(sheet.read_text(encoding="utf-8") for sheet in _SHEETS), hatch_rules()]
    content = "\n".join(parts).encode()
    return Answer(content, "text/css; charset=utf-8", YEAR, open_to_all=False)


@lru_cache(maxsize=1)
def picture_script() -> Answer:
    """What puts title, date, legend and source into the pictures that charts are saved as."""
    content = (_UI / "assets" / PICTURE_PATH).read_bytes()
    return Answer(content, "text/javascript; charset=utf-8", YEAR, open_to_all=False)


def end_of_body() -> str:
    """What asks for both: the style after all of Streamlit's own, so that it wins."""
    sheet = f"./{STYLE_PATH}?{style().digest[:12]}"
    script = f"./{PICTURE_PATH}?{picture_script().digest[:12]}"
    return (
        f'{hatch_patterns()}<link rel="stylesheet" href="{sheet}" />'
        f'<script defer src="{script}"></script>'
    )
