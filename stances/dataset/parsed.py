"""JSON from a file that anyone may have written: read strictly, as browsers do."""

from __future__ import annotations

import json
from typing import Any, NoReturn


def parse_json(content: bytes) -> Any:
    """Return what a JSON file in UTF-8 says. Raises ValueError for all that is none: for NaN and
    Infinity, which Python would take and no browser does, and for what is nested too deeply.
    """
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
