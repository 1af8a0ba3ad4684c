"""Addresses that the operator of a server names: where readers come, and where they report."""

import os
import re

from stances.dataset.faults import inline
from stances.dataset.names import CONTACT, is_contact
from stances.dataset.tables import Dataset

SITE_VARIABLE = "STANCES_SITE"
CONTACT_VARIABLE = "STANCES_CONTACT"
# What a host may be called: a name, or an address of IPv6 in brackets.
HOST_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]")
_SITE = re.compile(rf"https?://(?:{HOST_NAME.pattern})(?::[0-9]{{1,5}})?")
# Where it lies below a host, too; its letters may be large.
_DASHBOARD = re.compile(rf"{_SITE.pattern}(?:/[^\s?#]*)?", re.IGNORECASE)


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


def is_dashboard(address: str) -> bool:
    """Say whether an address can be that of a dashboard, before which its pages are written."""
    return _DASHBOARD.fullmatch(address) is not None


def named_contact() -> str:
    """Return where errors are reported: STANCES_CONTACT, the address of a form or a mail; empty:
    as the dataset says.

    For the start: raises SystemExit with one line for what is none.
    """
    contact = os.environ.get(CONTACT_VARIABLE, "").strip()
    if contact and not is_contact(contact):
        raise SystemExit(f"{CONTACT_VARIABLE}: {inline(contact)} must be {CONTACT.text}")
    return contact


def contact_of(data: Dataset) -> str:
    """Return where errors are reported, and the operator is asked; empty: nobody is named."""
    return named_contact() or data.about.contact
