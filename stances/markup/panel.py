"""The panel beside the map as markup: why an actor stands where it does, who belongs to a group, or
who stands where.
"""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from stances import escapes, words
from stances.answers.actions import latest_actions
from stances.answers.acts import status_words
from stances.answers.profile import profile
from stances.answers.reasons import confirms_words, standing_of, why_none
from stances.answers.standing import by_stance, figures_of, group_line, level_since, standings
from stances.answers.steps import act_due, coming_step, steps_of
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, OVERALL
from stances.links.view import View, path_with
from stances.markup.binds import backing_html
from stances.markup.blocks import QUOTES_FOLDER, copy_link
from stances.markup.chip import event_chip, swatch
from stances.markup.links import event_link, made_link, own_query, page_link, view_of
from stances.markup.sources import sources_html
from stances.model.explain import ROLE_ACT
from stances.model.stance import level_of

# Actions that stand beside the map while no actor is chosen.
_LATEST = 7
# Events that an explanation lists before it tells how many more there are.
_MOST_LISTED = 12


def chosen_html(view: View) -> str:
    """Return the actor of a view, down to its sources, or its group with its members."""
    tracker, chosen = view.tracker, view["actor"]
    if chosen in tracker.groups:
        return _group(view, chosen)
    return _actor(tracker, chosen, view.day, view.domain)


def unchosen_html(view: View) -> str:
    """Return what happened last, or who stands where."""
    if view["beside"] == "latest":
        return view.tracker.remember(latest_html, view.day, view.domain)
    return _distribution(view)


def _short_day(tracker: Tracker, event: str) -> str:
    return words.short_day(tracker.dates[event])


def _distribution(view: View) -> str:
    """List who stands where: the actors of each class, from the top of the scale down."""
    rows, codebook = standings(view.tracker, view.day, view.domain), view.tracker.codebook
    parts = []
    for level in reversed(codebook.scale.levels):
        names = sorted(escapes.html(row.short_name) for row in rows if row.level == level)
        label = codebook.scale.labels[level]
        parts.append(_class_html(swatch(level), label, len(names), ", ".join(names)))
    without = sum(np.isnan(row.level) for row in rows)
    text = "at the end of the table below" if without else ""
    parts.append(_class_html(swatch(np.nan), NO_POSITION, without, text))
    # A box that scrolls must be one that the keyboard reaches.
    return (
        '<div role="region" aria-label="Governments and bodies by class" tabindex="0">'
        f'<dl class="distribution">{"".join(parts)}</dl></div>'
    )


def _class_html(color: str, label: str, count: int, who: str) -> str:
    return f"<dt>{color}{escapes.html(label)} <b>{count}</b></dt><dd>{who or words.DASH}</dd>"


def _group(view: View, group: str) -> str:
    tracker, belongs = view.tracker, set(view.tracker.members(group, view.day))
    # Missing sorts last, behind every figure.
    rows = standings(tracker, view.day, view.domain)
    members = by_stance(row for row in rows if row.actor in belongs)
    figures = figures_of(tracker.codebook, members)
    lines = "".join(
        f"<tr><td>{swatch(row.level)}{escapes.html(row.name)}</td>"
        f"<td>{escapes.html(words.label(tracker.codebook, row.stance))}</td></tr>"
        for row in members
    )
    line = escapes.html(group_line(tracker.codebook, figures))
    mean = escapes.html(words.with_label(tracker.codebook, figures.mean))
    return (
        f'<div class="reasons"><p>{swatch(float(level_of(figures.mean)))}<b>{mean}</b>, '
        f"mean of the members. {line}.</p><table>{lines}</table></div>"
    )


def domain_beside(tracker: Tracker, domain: str) -> str:
    """Return the domain of the sentence on an actor beside a map: where the map is of the one that
    it opens on, the sentence is on the whole of the actor.
    """
    return OVERALL if domain == tracker.lead.domain else domain


def _actor(tracker: Tracker, actor: str, day: date, domain: str) -> str:
    mine = standing_of(tracker, actor, day)
    about = domain_beside(tracker, domain)
    sentence = profile(tracker, actor, day, about)
    lead = f'<p class="sentence">{escapes.html(sentence.headline)}</p>'
    query = {"actor": actor, **view_of(tracker, day, about), **own_query(tracker)}
    address = path_with(f"{QUOTES_FOLDER}actor.txt", query)
    copied = copy_link(address, spoken="Cite: this sentence")
    parts = [lead, _due_html(tracker, actor, day, about)]
    parts.append(f"<p>{backing_html(tracker, sentence, day, domain)} {copied}</p>")
    parts.append(_summary(tracker, mine, day, domain))
    explained = tracker.model.explain(actor, domain, day)
    if explained.empty:
        parts.append(f"<p>{escapes.html(why_none(tracker, actor, domain, day))}</p>")
    else:
        asks = made_link(tracker, actor, day, domain)
        parts.append(f"<p>{asks} {_reading(explained, domain)}</p>")
        listed = explained.head(_MOST_LISTED).itertuples(index=False)
        parts += [_reason(tracker, row, mine[str(row.domain)], day) for row in listed]
    if len(explained) > _MOST_LISTED:
        rest = explained["share"][_MOST_LISTED:].sum()
        parts.append(
            f"<p>{words.plural(len(explained) - _MOST_LISTED, 'more event', start=True)} with "
            f"{words.portion(100 * rest)} of the weight.</p>"
        )
    return f'<div class="reasons">{"".join(parts)}</div>'


def _due_html(tracker: Tracker, actor: str, day: date, domain: str) -> str:
    """Return an actor's next date, with its rule and how that stands; or that none is known."""
    if not tracker.codebook.has_register:
        return ""
    step = coming_step(steps_of(tracker, day, {actor}, domain))
    if step is None:
        return "<p>No deadline ahead is known.</p>"
    act, due = step.act, escapes.html(act_due(tracker.codebook, step))
    view = view_of(tracker, day, domain)
    rule = page_link(tracker, "acts", {"act": act.act_id, **view}, act.name)
    state = words.within(status_words(act.status, doubt=act.doubt))
    return f"<p>{due} {rule} ({escapes.html(state)})</p>"


def _summary(tracker: Tracker, mine: dict[str, Any], day: date, domain: str) -> str:
    """All domains in a small table, the one that is shown in bold."""
    lines = []
    for code, row in mine.items():
        name = escapes.html(tracker.codebook.domain_label(code))
        stance = escapes.html(words.with_label(tracker.codebook, row.stance))
        span = ""
        if not np.isnan(row.stance):
            span = escapes.html(words.band(row.low, row.high))
            stance = made_link(tracker, row.actor, day, code, stance)
        attribute = ' class="shown"' if code == domain else ""
        lines.append(
            f"<tr{attribute}><td>{name}</td><td>{swatch(row.level)}{stance}</td>"
            f"<td>{span}</td></tr>"
        )
    return f"<table>{''.join(lines)}</table>"


def _reading(explained: pd.DataFrame, domain: str) -> str:
    what = "The overall position" if domain == OVERALL else "This position"
    return (
        f"{what} is the weighted mean of {words.plural(len(explained), 'event')}. "
        "Each with its share of the weight and its score:"
    )


def _reason(tracker: Tracker, row: Any, standing: Any, day: date) -> str:
    """Return an event that counts; for the act in force the one that is shown. `standing`: of its
    domain, a row of `standing_of`.
    """
    counted = words.figure(row.counted_score, 0)
    holds = words.holds(tracker.codebook, row.domain)
    confirms = f" ({confirms_words(row.score, row.counted_score, holds)})" if row.confirms else ""
    in_force = row.role == ROLE_ACT
    event = standing.act_event_id if in_force else row.event_id
    kind = tracker.codebook.instruments[tracker.events[event].instrument].label
    if in_force:
        since = tracker.dates[standing.in_force_event_id]
        level = level_since(tracker.codebook, standing.act_level, since)
        of_event = (
            "" if event == standing.in_force_event_id else f" of {_short_day(tracker, event)}"
        )
        when = f"{kind}{of_event} · {level}"
    else:
        unknown = words.unknown_day_note(tracker.dates[event], day)
        when = f"{kind} · {_short_day(tracker, event)}{unknown}"
    return (
        f'<div class="reason"><div><b>{words.portion(100 * row.share)}</b> · '
        f"score {counted}{confirms} · {escapes.html(when)} · "
        f"{escapes.html(tracker.codebook.domain_label(row.domain))}</div>"
        f"<div>{event_link(tracker, event, tracker.titles[event])}</div>"
        f'<div class="small">{event_chip(tracker, event)}</div>'
        f'<div class="sources">{sources_html(tracker, event)}</div></div>'
    )


def latest_html(tracker: Tracker, day: date, domain: str) -> str:
    """Return the last acts and statements: day, actor, and where it stands or what it says."""
    actions = latest_actions(tracker, day, domain, _LATEST, firm=True)
    if not actions:
        return f'<p class="small">Nothing is recorded up to {words.day(day)}.</p>'
    items = "".join(_item(tracker, action, day) for action in actions)
    return f'<ul class="latest">{items}</ul>'


def _item(tracker: Tracker, action: Any, day: date) -> str:
    chip = event_chip(tracker, action.event_id)
    where = escapes.html(tracker.codebook.domain_label(action.domain))
    actor = escapes.html(tracker.short_names[action.actor])
    when = tracker.dates[action.event_id]
    return (
        f"<li><div>{words.short_day(when)}{words.unknown_day_note(when, day)} · "
        f"<b>{actor}</b> · {where}</div><div>{chip}</div>"
        f"{event_link(tracker, action.event_id, action.title)}</li>"
    )
