"""How figures are cited, and the line that tells where a chart is from."""

from __future__ import annotations

from collections.abc import Sequence

from stances import words


def source_line(site: str, version: str, licence: str, own_settings: Sequence[str]) -> str:
    """Where a chart is from, and under which licence (may be empty) it may be used.

    `own_settings`: how the settings differ from the published ones, in words.
    """
    parts = [site, f"dataset {version}", *([f"licence {licence}"] if licence else [])]
    if own_settings:
        parts.append(f"not as published but with own settings ({words.listed(own_settings)})")
    return f"Source: {', '.join(parts)}."
