"""Which sites may frame the dashboard: the operator's choice, for the server and the pages."""

from __future__ import annotations

import os
import re

from stances.dataset.faults import shown

FRAME_VARIABLE = "STANCES_FRAME_ANCESTORS"
_LABELS = r"[a-z0-9-]+(\.[a-z0-9-]+)*"
_HOST, _PORT = rf"(\*|(\*\.)?{_LABELS})", r"(:([0-9]{1,5}|\*))?"
_ANCESTOR = re.compile(rf"'self'|'none'|https?://{_HOST}{_PORT}", re.IGNORECASE)


def frame_ancestors() -> str:
    """Who may frame the dashboard: STANCES_FRAME_ANCESTORS, else only itself.

    For the start: raises SystemExit with one line for a value that is no list of origins.
    """
    given = _given()
    if "'none'" in " ".join(given).lower() and len(given) > 1:
        raise SystemExit(f"{FRAME_VARIABLE}: 'none' stands alone, not with {len(given) - 1} more")
    for part in given:
        if not _ANCESTOR.fullmatch(part):
            raise SystemExit(
                f"{FRAME_VARIABLE}: {shown(part)} is not 'self' or 'none', quotes included, or an "
                "origin such as https://example.org"
            )
    return " ".join(given)


def others_may_frame() -> bool:
    """Whether any other site may; never raises, for the start has read the value already."""
    return any("://" in part for part in _given())


def _given() -> list[str]:
    return os.environ.get(FRAME_VARIABLE, "").split() or ["'self'"]
