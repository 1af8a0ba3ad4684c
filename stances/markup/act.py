"""One act in full: what it asks of whom, from when until when, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from stances import escapes, words
from stances.answers.acts import (
    act_sentence,
    around_act,
    covers,
    deadline_words,
    since,
    standing_words,
)
from stances.answers.citing import quotation
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.days import first_day
from stances.markup.event import source_list
from stances.markup.links import event_link, page_link, view_of
from stances.markup.quote import copy_button
from stances.markup.sources import link_html
from stances.model.register import ENDED


def act_html(tracker: Tracker, row: Any, day: date, domain: str = OVERALL) -> str:
    """The whole act on a day; everything from the data is escaped. `domain`: of the page, for links
    to others.
    """
    standing = escapes.html(standing_words(tracker.codebook, row, day))
    note = f'<p class="note"><b>Note.</b> {escapes.html(row.note)}</p>' if row.note else ""
    facts = _facts(tracker, row, day, view_of(tracker, day, domain))
    told = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items() if value)
    backing = tracker.act_sources[row.act_id]
    sentence = act_sentence(tracker.codebook, row, tracker.names[row.actor], day)
    quoted = quotation(tracker, sentence, backing[0])
    return (
        f'<article class="event"><h2 class="actor">{escapes.html(row.name)}</h2>'
        f"<p><b>{standing}</b></p><p>{escapes.html(row.obligation)}. "
        f"{copy_button(quoted, told='Copy this act with its citation')}</p>{note}"
        f'<dl class="facts">{told}</dl>'
        f"{source_list(tracker, backing, first_day(since(row)))}</article>"
    )


def _facts(tracker: Tracker, row: Any, day: date, view: Mapping[str, str]) -> dict[str, str]:
    """What is known of an act, as markup, by what it is called; what came after the day is told as
    later.
    """
    terms, ended = tracker.codebook.acts, "Ended" if row.status == ENDED else "Ended later"
    plain = {
        "Actor": tracker.names[row.actor],
        "Domain": tracker.codebook.domain_label(row.domain),
        "Covers": covers(tracker.codebook, row),
        "Aim": terms.aim[row.aim],
        "Adopted": _date(row.adopted),
        "Binds from": _date(since(row)),
        "Deadline": deadline_words(tracker.codebook, row),
    }
    after = {
        "Penalty": row.penalty,
        "Applied": row.used,
        "Confidence": row.confidence.capitalize(),
        "Entered": words.day(row.recorded),
        "Act": row.act_id,
    }
    return {
        **{name: escapes.html(value) for name, value in plain.items()},
        ended: _ended(tracker, row),
        "Law": link_html(row.legal_url, row.legal_reference or row.legal_url, row.legal_url),
        **_around(tracker, row, day, view),
        "Event": _event(tracker, row.event_id),
        **{name: escapes.html(value) for name, value in after.items()},
    }


def _date(partial: str) -> str:
    return words.day(words.dated(partial)) if partial else ""


def _ended(tracker: Tracker, row: Any) -> str:
    """When and how an act ended, with the event that ended it."""
    if not row.ended:
        return ""
    told = f"{_date(row.ended)}: {tracker.codebook.acts.ended_how[row.ended_how].lower()}"
    by = f" by {_event(tracker, row.ended_by)}" if row.ended_by else ""
    return f"{escapes.html(told)}{by}"


def _event(tracker: Tracker, event_id: str) -> str:
    return event_link(tracker.settings, event_id, tracker.titles[event_id]) if event_id else ""


def _around(tracker: Tracker, row: Any, day: date, view: Mapping[str, str]) -> dict[str, str]:
    """The acts before and after an act as links, apart from those that came there only later."""
    so_far, ever = (around_act(tracker.data, row.act_id, until) for until in (day, None))
    told = {
        "Took the place of": so_far.before,
        "Later took the place of": [act for act in ever.before if act not in so_far.before],
        "Followed by": so_far.after,
        "Followed later by": [act for act in ever.after if act not in so_far.after],
    }
    return {name: _acts(tracker, act_ids, view) for name, act_ids in told.items()}


def _acts(tracker: Tracker, act_ids: Sequence[str], view: Mapping[str, str]) -> str:
    """Other acts as links to the same view."""
    return "<br>".join(
        page_link(tracker.settings, "acts", {**view, "act": act_id}, tracker.acts[act_id].name)
        for act_id in act_ids
    )
