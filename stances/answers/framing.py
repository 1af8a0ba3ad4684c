"""The sites that may frame the dashboard.

A view that is asked for with `embed=true` has no control, holds no login and changes nothing: any
site may frame it, unless the operator names some. All else is for whom the operator names alone.
"""

import os
import re

from stances.dataset.faults import inline

FRAME_VARIABLE = "STANCES_FRAME_ANCESTORS"
_ANY = "*"
_LABELS = r"[a-z0-9-]+(\.[a-z0-9-]+)*"
_HOST, _PORT = rf"(\*|(\*\.)?{_LABELS})", r"(:([0-9]{1,5}|\*))?"
_ANCESTOR = re.compile(rf"'self'|'none'|https?://{_HOST}{_PORT}", re.IGNORECASE)


def frame_ancestors() -> str:
    """Return who may frame the dashboard: STANCES_FRAME_ANCESTORS, else only itself.

    For the start: raises SystemExit with one line for a value that is no list of origins.
    """
    origins = _origins()
    if "'none'" in " ".join(origins).lower() and len(origins) > 1:
        raise SystemExit(f"{FRAME_VARIABLE}: 'none' stands alone, not with {len(origins) - 1} more")
    for part in origins:
        if not _ANCESTOR.fullmatch(part):
            raise SystemExit(
                f"{FRAME_VARIABLE}: {inline(part)} is not 'self' or 'none', quotes included, or an "
                "origin such as https://example.org"
            )
    return " ".join(origins)


def embed_ancestors() -> str:
    """Return who may frame `embed=true`: STANCES_FRAME_ANCESTORS, else any. Raises SystemExit."""
    named = frame_ancestors()
    return named if _is_set() else _ANY


def others_may_frame() -> bool:
    """Say whether another site may frame `embed=true`; never raises: it was read before."""
    return not _is_set() or any("://" in part for part in _origins())


def _is_set() -> bool:
    return bool(os.environ.get(FRAME_VARIABLE, "").split())


def _origins() -> list[str]:
    return os.environ.get(FRAME_VARIABLE, "").split() or ["'self'"]
