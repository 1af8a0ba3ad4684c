"""The look of the live view and its scripts: two files, sent once, not with every step."""

from functools import lru_cache
from pathlib import Path

from stances.render.style import blocks_style
from stances.routes.answers import DAY, YEAR, Answer
from stances.routes.body import pack
from stances.seams.hatching import hatch_rules

STYLE_PATH, SCRIPT_PATH, EMBED_PATH = "style.css", "page.js", "embed.js"
_SCRIPT = "text/javascript; charset=utf-8"
_PACKAGE = Path(__file__).parent.parent


@lru_cache(maxsize=1)
def style() -> Answer:
    """All style sheets of the live view in one, asked for by its hash, so kept for long."""
    texts = [*_texts("css", "seams"), blocks_style(), *_texts("css", "ui"), hatch_rules()]
    content = "\n".join(texts).encode()
    return Answer(pack(content), "text/css; charset=utf-8", YEAR, open_to_all=False)


@lru_cache(maxsize=1)
def script() -> Answer:
    """All scripts in one; where one of them fails, the others run."""
    texts = [*_texts("js", "seams"), *_texts("js", "ui")]
    parts = [f"try {{\n{text}}} catch (fault) {{ console.error(fault); }}" for text in texts]
    content = "\n".join(parts).encode()
    return Answer(pack(content), _SCRIPT, YEAR, open_to_all=False)


@lru_cache(maxsize=1)
def embed_script() -> Answer:
    """Return what a page that frames views may run, so that their frames follow their heights."""
    return Answer(pack(Path(__file__).with_name(EMBED_PATH).read_bytes()), _SCRIPT, DAY)


def _texts(kind: str, floor: str) -> list[str]:
    """Return the files of a kind."""
    files = sorted((_PACKAGE / floor).rglob(f"*.{kind}"))
    return [path.read_text(encoding="utf-8") for path in files]


def live_parts() -> str:
    """Return what asks for style and scripts of the live view, after Streamlit's own to win."""
    styled = f"./{STYLE_PATH}?{style().body.digest[:12]}"
    run = f"./{SCRIPT_PATH}?{script().body.digest[:12]}"
    return f'<link rel="stylesheet" href="{styled}" /><script defer src="{run}"></script>'


@lru_cache(maxsize=1)
def starter() -> str:
    """Return the scripts by which a page becomes live, and copies before that; no comments."""
    files = (_PACKAGE / "render" / name for name in ("live.js", "copy.js"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return "\n".join(line for line in lines if not line.lstrip().startswith("//"))
