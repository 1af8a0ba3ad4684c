"""One act: in full, what it asks of whom, from when until when, and what it rests on; and the lines
on it wherever one is listed, its name, its use and what is in doubt.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from stances import escapes, words
from stances.answers.acts import (
    Use,
    around_act,
    covers,
    doubt_words,
    since,
    standing_words,
    use_of,
)
from stances.answers.introduction import known_later, practice_note
from stances.answers.mismatch import act_mismatch, mismatch_sentence
from stances.answers.obligations import title_on
from stances.answers.practice import use_words, used_heading, used_sentence
from stances.answers.steps import (
    Step,
    act_due,
    leading_step,
    step_words,
    steps_of_act,
    steps_of_ended,
)
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.days import first_day
from stances.markup.blocks import copy_link
from stances.markup.event import source_list
from stances.markup.links import act_place, event_link, page_link, view_of
from stances.markup.sources import link_html
from stances.model.register import ENDED

_COPY = "Cite: this rule"


def act_html(tracker: Tracker, row: Any, day: date, domain: str = OVERALL) -> str:
    """Return the whole act on a day, escaped. `domain`: of the page, for links to others."""
    steps = steps_of_act(tracker, row.act_id, day)
    standing = escapes.html(_standing(tracker, row, day, steps))
    title = title_on(row, day)
    doubt = escapes.html(doubt_words(row.doubt, known_later(tracker.data, day)))
    doubt = f'<p class="note">{doubt}</p>' if doubt else ""
    known = escapes.html(practice_note(tracker.data, day))
    known = f'<p class="small">{known}</p>' if known else ""
    note = f'<p class="note"><b>Note.</b> {escapes.html(row.note)}</p>' if row.note else ""
    listed = steps or steps_of_ended(tracker, row, day)
    facts = _facts(tracker, row, day, view_of(tracker, day, domain), listed)
    text = "".join(
        f"<dt>{escapes.html(name)}</dt><dd>{value}</dd>" for name, value in facts.items() if value
    )
    backing = tracker.act_sources[row.act_id]
    copied = copy_link(act_place(tracker, row.act_id, day, ".txt"), spoken=_COPY)
    return (
        f'<article class="event"><h2 class="actor">{escapes.html(title)}</h2>'
        f"<p>{escapes.html(row.name)} {copied}</p>"
        f"<p><b>{standing}</b></p>{doubt}{note}{known}"
        f'<dl class="facts">{text}</dl>'
        f"{source_list(tracker, backing, first_day(since(row)))}</article>"
    )


def _standing(tracker: Tracker, row: Any, day: date, steps: Sequence[Step]) -> str:
    """Say where an act stands, and its next step."""
    standing, due = standing_words(tracker.codebook, row, day), leading_step(steps)
    return f"{standing} {act_due(tracker.codebook, due)}" if due else standing


def _facts(
    tracker: Tracker, row: Any, day: date, view: Mapping[str, str], steps: Sequence[Step]
) -> dict[str, str]:
    """Return what is known of an act as markup, by name; what came after the day is told so."""
    terms, ended = tracker.codebook.acts, "Ended" if row.status == ENDED else "Ended later"
    plain = {
        words.WHO: tracker.names[row.actor],
        **_practice(tracker, row),
        "Level": _apart(tracker, row, day),
        words.FIELD: tracker.codebook.domain_label(row.domain),
        "Covers": covers(tracker.codebook, row),
        "Aim": terms.aim[row.aim],
        "Adopted": _date(row.adopted),
        "Binds from": _date(since(row)),
    }
    after = {
        "Penalty": row.penalty,
        "Confidence": row.confidence.capitalize(),
        "Entered": words.day(row.recorded),
        "Act": row.act_id,
    }
    return {
        **{name: escapes.html(value) for name, value in plain.items()},
        "Deadline" if len(steps) == 1 else "Deadlines": _steps(tracker, steps),
        ended: _end_html(tracker, row),
        "Law": link_html(row.legal_url, row.legal_reference or row.legal_url, row.legal_url),
        **_around(tracker, row, day, view),
        "Event": _event(tracker, row.event_id),
        **{name: escapes.html(value) for name, value in after.items()},
    }


def _apart(tracker: Tracker, row: Any, day: date) -> str:
    """Say why the act has no level in the model; empty where it has one."""
    apart = act_mismatch(tracker, row.actor, row.act_id, day)
    return mismatch_sentence(tracker.codebook, apart) if apart else ""


def _practice(tracker: Tracker, row: Any) -> dict[str, str]:
    """Return what has become of an act by the day and, told as later, after it."""
    by_day, ever = use_of(row), use_of(tracker.acts[row.act_id])
    later = ever != by_day
    return {
        used_heading(tracker.codebook): used_sentence(by_day),
        "Used later": used_sentence(ever) if later else "",
        "In practice, later" if later else "In practice": row.used,
    }


def _steps(tracker: Tracker, steps: Sequence[Step]) -> str:
    """Every step of an act by its day, with what is uncertain of it."""
    lines = [(step_words(tracker.codebook, step), step.note) for step in steps]
    return "<br>".join(
        f"{escapes.html(text)}{f' <i>{escapes.html(note)}</i>' if note else ''}"
        for text, note in lines
    )


def _date(partial: str) -> str:
    return words.day(words.partial_date(partial)) if partial else ""


def _end_html(tracker: Tracker, row: Any) -> str:
    """Say when and how an act ended, with the event that ended it."""
    if not row.ended:
        return ""
    text = f"{_date(row.ended)}: {tracker.codebook.acts.ended_how[row.ended_how].lower()}"
    by = f" by {_event(tracker, row.ended_by)}" if row.ended_by else ""
    return f"{escapes.html(text)}{by}"


def _event(tracker: Tracker, event_id: str) -> str:
    return event_link(tracker, event_id, tracker.titles[event_id]) if event_id else ""


def _around(tracker: Tracker, row: Any, day: date, view: Mapping[str, str]) -> dict[str, str]:
    """Return the acts before and after an act as links, apart from those that came later."""
    so_far, ever = (around_act(tracker.data, row.act_id, until) for until in (day, None))
    text = {
        "Took the place of": so_far.before,
        "Later took the place of": [act for act in ever.before if act not in so_far.before],
        "Followed by": so_far.after,
        "Followed later by": [act for act in ever.after if act not in so_far.after],
    }
    return {name: _acts(tracker, act_ids, day, view) for name, act_ids in text.items()}


def _acts(tracker: Tracker, act_ids: Sequence[str], day: date, view: Mapping[str, str]) -> str:
    """Other acts as links to the same view, each by what it does on the day before what it is
    called, if that is not the same.
    """
    links = []
    for act in (tracker.acts[act_id] for act_id in act_ids):
        title = title_on(act, day)
        name = "" if title == act.name else f" ({escapes.html(act.name)})"
        links.append(page_link(tracker, "acts", {**view, "act": act.act_id}, title) + name)
    return "<br>".join(links)


def legal_html(name: str) -> str:
    """Return what an act is called, as a line under what it does; nothing where it has no name."""
    return f'<div class="small legal">{escapes.html(name)}</div>' if name else ""


def use_html(use: Use, known: str = "") -> str:
    """Say whether an act has been used and since when, and under it what was done. `known`: the day
    by which it was, where that is later than the one shown (`known_later`).
    """
    return f"{escapes.html(use_words(use))}{practice_html(use, known)}"


def practice_html(use: Use, known: str = "") -> str:
    """Say what was done under an act, in a line; empty: not known. `known`: see `use_html`."""
    text = escapes.html(f"By {known}: {use.what}" if known else use.what)
    return f'<div class="small">{text}</div>' if use.what else ""


def doubt_html(doubt: str, known: str = "") -> str:
    """Say why the status of an act is not certain, as a line under it; nothing where it is."""
    text = escapes.html(doubt_words(doubt, known))
    return f'<div class="small doubt">{text}</div>' if doubt else ""
