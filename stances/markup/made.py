"""The label of an actor as a link to how it is made."""

from __future__ import annotations

from datetime import date

from stances.answers.standing import Standing
from stances.answers.tracker import Tracker
from stances.markup.chip import stance_chip
from stances.markup.links import made_link


def made_chip(tracker: Tracker, row: Standing, day: date, domain: str, mode: str) -> str:
    """Return where an actor stands in a domain; a label leads to how it is made."""
    chip = stance_chip(row, mode)
    known = row.stance == row.stance
    return made_link(tracker, row.actor, day, domain, chip) if known else chip
