"""Whether today's code gives the figures of a release: its monthly series, by a digest."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256

from stances import words
from stances.answers import export, snapshot
from stances.answers.tracker import Tracker, cached
from stances.dataset.days import month_ends
from stances.dataset.releases import IDENTITY_FILE
from stances.tables import SERIES

# Columns may be added to a series; a digest is of these for ever.
_FIGURES = ("date", "actor", "domain", "stance", "low", "high", "label", "evidence")
# What an archive of a release notes of itself: the last day of its series, and the digest of each
# domain's.
LAST_DAY = "series_to"
DIGESTS = "series_sha256"


def digests(tracker: Tracker, last_day: date) -> dict[str, str]:
    """Return the SHA-256 of the stances at month ends up to a day, and on it, by domain."""
    days = month_ends(tracker.codebook.first_date, last_day)
    columns = [col for col in SERIES if col.name in _FIGURES]
    series = snapshot.series(tracker, days)
    content = {}
    for domain, rows in series.groupby("domain"):
        csv = export.csv(rows, columns)
        content[str(domain)] = sha256(csv).hexdigest()
    return content


@cached
def difference(tracker: Tracker) -> str:
    """Say in one line in which fields the figures of a release are not those that it was published
    with; empty: they are, or nothing was noted of them.
    """
    data = tracker.data
    # Tables as they lie are of no release. With other settings a release gives other figures by
    # intent, and has another version.
    if data.version != data.release:
        return ""
    identity = json.loads(data.files.get(IDENTITY_FILE, b"{}"))
    noted = identity.get(DIGESTS)
    if not noted:
        return ""

    last_day = date.fromisoformat(identity[LAST_DAY])
    computed = digests(tracker, last_day)
    fields = []
    for domain, digest in noted.items():
        if computed.get(domain) != digest:
            fields.append(tracker.codebook.domain_label(domain))
    if not fields:
        return ""
    names = words.joined(fields)
    return f"Figures of {data.release} differ from those that it was published with: {names}"
