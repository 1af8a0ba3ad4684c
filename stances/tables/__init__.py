"""The columns of every table, each declared once: files and the tables of pages are views of them.

A heading may name the {subject}. Columns without a heading are in files alone.
Files have the columns in this order, and readers of files rely on it.
"""

from stances.tables.acts import ACTS, BINDS, DEADLINES
from stances.tables.agreement import AGREEMENT
from stances.tables.events import CHANGES, EVENTS, WHY
from stances.tables.members import MEMBERS
from stances.tables.snapshot import GROUPS, SERIES, SNAPSHOT

__all__ = [
    "ACTS",
    "AGREEMENT",
    "BINDS",
    "CHANGES",
    "DEADLINES",
    "EVENTS",
    "GROUPS",
    "MEMBERS",
    "SERIES",
    "SNAPSHOT",
    "WHY",
]
