"""The latest actions as markup, each with its day, its actor and where it stands or its words."""

from datetime import date
from typing import Any

from stances import escapes, words
from stances.answers.actions import latest_actions
from stances.answers.tracker import Tracker
from stances.markup.chip import event_chip
from stances.markup.links import event_link

# Deeds that stand beside the map while no actor is chosen.
_LATEST = 7


def latest_html(tracker: Tracker, day: date, domain: str, mode: str) -> str:
    """Return the last acts and statements: day, actor, and where it stands or what it says."""
    actions = latest_actions(tracker, day, domain, _LATEST, firm=True)
    if not actions:
        return f'<p class="small">Nothing is recorded up to {words.day(day)}.</p>'
    items = "".join(_item(tracker, action, day, mode) for action in actions)
    return f'<ul class="latest">{items}</ul>'


def _item(tracker: Tracker, action: Any, day: date, mode: str) -> str:
    chip = event_chip(tracker, action.event_id, mode)
    where = escapes.html(tracker.codebook.domain_label(action.domain))
    when = tracker.dates[action.event_id]
    return (
        f"<li><div>{words.short_day(when)}{words.unknown_day_note(when, day)} · "
        f"<b>{_short(tracker, action.actor)}</b> · {where}</div><div>{chip}</div>"
        f"{event_link(tracker, action.event_id, action.title)}</li>"
    )


def _short(tracker: Tracker, actor: str) -> str:
    return escapes.html(tracker.short_names[actor])
