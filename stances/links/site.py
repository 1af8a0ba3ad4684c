"""The address under which readers come to a dashboard that is served to others."""

from __future__ import annotations

import os
import re

from stances.dataset.faults import inline

SITE_VARIABLE = "STANCES_SITE"
# What a host may be called: a name, or an address of IPv6 in brackets.
HOST_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]")
_SITE = re.compile(rf"https?://(?:{HOST_NAME.pattern})(?::[0-9]{{1,5}})?")


def named_site() -> str:
    """Return the scheme and host under which readers come: STANCES_SITE; empty: as they ask.

    For the start: raises SystemExit with one line for what is none.
    """
    site = os.environ.get(SITE_VARIABLE, "").strip().rstrip("/").lower()
    if site and not _SITE.fullmatch(site):
        raise SystemExit(
            f"{SITE_VARIABLE}: {inline(site)} is no scheme and host, such as "
            "https://stances.example.org"
        )
    return site
