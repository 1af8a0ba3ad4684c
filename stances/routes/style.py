"""The look of the pages and their scripts: two files, sent once, not with every step."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from stances.routes.answers import DAY, YEAR, Answer
from stances.routes.body import packed
from stances.seams.hatching import hatch_patterns, hatch_rules

STYLE_PATH, SCRIPT_PATH, EMBED_PATH = "style.css", "page.js", "embed.js"
_SCRIPT = "text/javascript; charset=utf-8"
_PACKAGE = Path(__file__).parent.parent


@lru_cache(maxsize=1)
def style() -> Answer:
    """All style sheets in one. It is asked for by its hash, so it may be kept for long."""
    content = "\n".join([*_texts("css"), hatch_rules()]).encode()
    return Answer(packed(content), "text/css; charset=utf-8", YEAR, open_to_all=False)


@lru_cache(maxsize=1)
def script() -> Answer:
    """All scripts in one; where one of them fails, the others run."""
    parts = [f"try {{\n{text}}} catch (fault) {{ console.error(fault); }}" for text in _texts("js")]
    content = "\n".join(parts).encode()
    return Answer(packed(content), _SCRIPT, YEAR, open_to_all=False)


@lru_cache(maxsize=1)
def embed_script() -> Answer:
    """Return what a page that frames views may run, so that their frames follow their heights."""
    return Answer(packed(Path(__file__).with_name(EMBED_PATH).read_bytes()), _SCRIPT, DAY)


def _texts(kind: str) -> list[str]:
    """Return the files of a kind: first those that lean on Streamlit and plotly, then the pages'
    own.
    """
    files = [
        path for floor in ("seams", "ui") for path in sorted((_PACKAGE / floor).rglob(f"*.{kind}"))
    ]
    return [path.read_text(encoding="utf-8") for path in files]


def sheet() -> str:
    """Return what asks for the style."""
    return f'<link rel="stylesheet" href="./{STYLE_PATH}?{style().body.digest[:12]}" />'


def end_of_body() -> str:
    """Return what asks for the style after all of Streamlit's own, so that it wins."""
    return f"{hatch_patterns()}{sheet()}"


def scripts() -> str:
    """Return what asks for the scripts."""
    return f'<script defer src="./{SCRIPT_PATH}?{script().body.digest[:12]}"></script>'


@lru_cache(maxsize=1)
def starter() -> str:
    """Return the scripts of a page before it is live, as they stand in it: by which it becomes so,
    and what copies. Without comments.
    """
    files = (_PACKAGE / "render" / name for name in ("live.js", "copy.js"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return "\n".join(line for line in lines if not line.lstrip().startswith("//"))
