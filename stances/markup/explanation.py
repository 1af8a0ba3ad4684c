"""The explanation of an actor's stance as markup: its domains, and the events that make each.

Everything from the data is escaped.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from stances import escapes, words
from stances.answers.binding import Binding, since_words
from stances.answers.reasons import (
    DomainPart,
    Reason,
    confirms_words,
    earlier_events,
    more_events,
    scale_ends,
    share_texts,
    shares_together,
    what_is_left,
    why_no_act,
    why_none,
)
from stances.answers.standing import level_since
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL, Codebook
from stances.figures.theme import BOTH
from stances.links.register import ACTOR
from stances.links.view import path_with
from stances.markup.blocks import QUOTES_FOLDER, row_cite
from stances.markup.chip import event_chip, swatch
from stances.markup.links import event_link, event_place, made_link, own_query, view_of
from stances.markup.sources import sources_html
from stances.model.explain import ROLE_ACT, ROLE_SPENT

# Events that an explanation lists before it folds the rest away, where there are a few more.
_LISTED, _FEW = 8, 2
_SPENT = "leaves nothing that holds and counts as words"
_YET = "act that is to come"
# The heads of its figures.
_FIGURES = ("Weight of what counts", "Share of the overall label", "Adds to the overall position")
# What a domain that has no part in the overall stance shows of it.
_NO_PART = words.DASH, words.DASH


def domains_html(
    tracker: Tracker,
    mine: Mapping[str, Any],
    parts: Mapping[str, DomainPart],
    view: tuple[date, str],
) -> str:
    """Return the stance in every domain and how they make the overall one.

    `mine`: the rows of the actor in the stance table by domain; `parts`: of the overall stance, by
    domain; `view`: the day and the domain that the page shows.
    """
    ends = scale_ends(tracker.codebook)
    cells = dict.fromkeys(tracker.codebook.columns, _NO_PART) | _part_cells(parts, mine[OVERALL])
    lines = [
        _domain_line(tracker, mine[code], cells[code], view)
        for code in (*tracker.model.domains, OVERALL)
    ]
    heads = "".join(f'<th scope="col" class="number">{name}</th>' for name in _FIGURES)
    return (
        '<table class="figures standing"><thead><tr><th scope="col">Field</th>'
        f'<th scope="col" class="strip-head"><span>{escapes.html(ends[0])}</span>'
        f"<span>{escapes.html(ends[1])}</span></th>"
        '<th scope="col">Position and margin of doubt</th>'
        f"{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    )


def _part_cells(parts: Mapping[str, DomainPart], overall: Any) -> dict[str, tuple[str, str]]:
    """Return the share of each domain in the overall stance and what it adds to it, and of all."""
    if not parts:
        return {}
    text = share_texts(parts)
    cells = {code: (text[code], words.figure(parts[code].contribution, 2)) for code in parts}
    whole = words.portion(shares_together(parts)), words.figure(overall.stance, 2)
    return {**cells, OVERALL: whole}


def _domain_line(tracker: Tracker, row: Any, part: tuple[str, str], view: tuple[date, str]) -> str:
    code, (day, domain) = row.domain, view
    stance = escapes.html(words.with_label(tracker.codebook, row.stance))
    known = not np.isnan(row.stance)
    if known:
        stance = made_link(tracker, row.actor, day, code, stance, here=True)
    left = "" if part == _NO_PART else what_is_left(part[0])
    beside = words.band(row.low, row.high) if known else left
    band = f' <span class="band">{beside}</span>' if beside else ""
    marked = ' class="shown"' if code == domain else ""
    width = "stance" if known else "stance unknown"
    query = {"actor": row.actor, **view_of(tracker, day, code), **own_query(tracker)}
    cite = row_cite(path_with(f"{QUOTES_FOLDER}{ACTOR}.txt", query))
    figures = (
        f'<td class="number" data-label="{name}">{text}</td>'
        for name, text in zip(_FIGURES, (_evidence(row), *part), strict=True)
    )
    return (
        f"<tr{marked}><td>{escapes.html(tracker.codebook.domain_label(code))}{cite}</td>"
        f"<td>{_strip(tracker.codebook, row)}</td>"
        f'<td><span class="{width}">{swatch(row.level)}{stance}</span>{band}</td>'
        f"{''.join(figures)}</tr>"
    )


def _evidence(row: Any) -> str:
    """Write evidence, in brackets where it is too little for a position."""
    text = f"{row.evidence:.2f}"
    return f"({text})" if np.isnan(row.stance) and row.evidence else text


def _strip(codebook: Codebook, row: Any) -> str:
    """Return the stance as a dot, its band as a bar, on the whole scale, figures beside."""
    scale = codebook.scale
    if np.isnan(row.stance):
        return '<div class="strip" aria-hidden="true"><i class="zero"></i></div>'
    left, dot, right = (
        round(100 * (getattr(row, name) - scale.min) / (scale.max - scale.min), 1)
        for name in ("low", "stance", "high")
    )
    return (
        '<div class="strip" aria-hidden="true"><i class="zero"></i>'
        f'<i class="reach" style="left:{left}%;width:{round(right - left, 1)}%"></i>'
        f'<i class="at" style="left:{dot}%;background:{BOTH.level_color(row.level)}"></i></div>'
    )


class FieldStance(NamedTuple):
    """The stance of an actor in a domain on a day. `row`: of the stance table; `yet`: the act that
    sets its level where that is not yet in force.
    """

    tracker: Tracker
    row: Any
    yet: Binding | None
    day: date


def explanation_html(stance: FieldStance, counting: Sequence[Reason], made: str = "") -> str:
    """Return what makes a stance, or why there is none. `counting`: its reasons; `made`: a link
    under the heading.
    """
    tracker, row, _, day = stance
    head = _heading(tracker.codebook, row)
    if np.isnan(row.stance):
        why = escapes.html(why_none(tracker, row.actor, row.domain, day))
        return f'<section class="why">{head}<p>{why}</p></section>'
    no_act = why_no_act(tracker, row.actor, row.domain, day) if not row.in_force_event_id else ""
    # The acts that set the level and that is shown count through a later one of the same level.
    of_level = {row.in_force_event_id, row.act_event_id}
    at_work = {*of_level, *(reason.event_id for reason in counting)} - {""}
    earlier = earlier_events(int(row.events) - len(at_work))
    lines = [_line(stance, reason) for reason in counting]
    asks = f'<p class="small">{made}</p>' if made else ""
    return (
        f'<section class="why">{head}{asks}{_paragraph(no_act)}'
        f"{_tables(lines, counting, row)}{_paragraph(earlier)}</section>"
    )


def _paragraph(wording: str) -> str:
    return f'<p class="small">{escapes.html(wording)}</p>' if wording else ""


def _heading(codebook: Codebook, row: Any) -> str:
    label = escapes.html(codebook.domain_label(row.domain))
    if np.isnan(row.stance):
        return f'<h3 class="part">{label}</h3>'
    stance = escapes.html(words.with_label(codebook, row.stance))
    return f'<h3 class="part">{label}: {swatch(row.level)}{stance}</h3>'


def _tables(lines: Sequence[str], counting: Sequence[Reason], row: Any) -> str:
    """Return the heaviest events, the rest folded away, and what all of them make together."""
    head = (
        '<thead><tr><th scope="col">What counts</th><th scope="col" class="number">Score</th>'
        '<th scope="col" class="number">Weight now</th>'
        '<th scope="col" class="number">In percent</th>'
        '<th scope="col" class="number">Share of the position</th></tr></thead>'
    )
    percent = round(sum(reason.share for reason in counting), 1)
    together = (
        '<tr class="shown"><td class="what">Together</td><td class="number"></td>'
        f"{_cells(row.evidence, percent, row.stance)}</tr>"
    )
    if len(lines) <= _LISTED + _FEW:
        return _table(head, [*lines, together])
    columns = ((reason.weight, reason.share, reason.contribution) for reason in counting[_LISTED:])
    weight, share, part = map(sum, zip(*columns, strict=True))
    rest = more_events(len(lines) - _LISTED, (weight, share, part))
    return (
        f"{_table(head, lines[:_LISTED])}<details><summary>{escapes.html(rest)}</summary>"
        f"{_table('', lines[_LISTED:])}</details>{_table('', [together])}"
    )


def _table(head: str, lines: Sequence[str]) -> str:
    return f'<table class="figures reasons-table">{head}<tbody>{"".join(lines)}</tbody></table>'


def _line(stance: FieldStance, reason: Reason) -> str:
    tracker, row, yet, day = stance
    if reason.role == ROLE_ACT:
        what = _act(stance, reason)
    else:
        act = _YET if yet else words.holds(tracker.codebook, row.domain)
        what = _text(tracker, _kind(tracker, reason, act, day), reason.event_id)
    score = f"{swatch(reason.counted_score)}{words.figure(reason.counted_score, 0)}"
    return (
        f'<tr><td class="what">{what}</td><td class="number" data-label="Score">{score}</td>'
        f"{_cells(reason.weight, reason.share, reason.contribution)}</tr>"
    )


def _cells(weight: float, share: float, contribution: float) -> str:
    return (
        f'<td class="number" data-label="Weight">{weight:.2f}</td>'
        f'<td class="number share" data-label="In percent">{words.percent(share)}'
        f'<i class="part-bar" style="width:{share:.1f}%"></i></td>'
        f'<td class="number" data-label="Of the position">{words.figure(contribution, 2)}</td>'
    )


def _act(stance: FieldStance, reason: Reason) -> str:
    """Return the act shown; beside it the latest one, if it left the level as it was."""
    tracker, row, yet, day = stance
    kind = _instrument(tracker, tracker.events[row.act_event_id].instrument)
    level = words.holds(tracker.codebook, row.domain).capitalize()
    since = level_since(tracker.codebook, row.act_level, tracker.dates[row.in_force_event_id])
    if yet:
        level, since = (
            since_words(tracker.codebook, yet),
            words.label(tracker.codebook, row.act_level),
        )
    first = _text(tracker, f"{level} · {since} · {kind}", row.act_event_id)
    if row.act_event_id == reason.event_id:
        return first
    kind = _instrument(tracker, reason.instrument)
    wording = f"Latest act, leaves the level as it was · {kind} · {_when(tracker, reason, day)}"
    return first + _text(tracker, wording, reason.event_id)


def _kind(tracker: Tracker, reason: Reason, act: str, day: date) -> str:
    """Return what sort of event it is, when it was, and how it counts where that is not plain.
    `act`: what a word that counts with the score of an act confirms.
    """
    text = [_instrument(tracker, reason.instrument), _when(tracker, reason, day)]
    if reason.role == ROLE_SPENT:
        text.append(_SPENT)
    if reason.confirms:
        text.append(confirms_words(reason.score, reason.counted_score, act))
    return " · ".join(text)


def _when(tracker: Tracker, reason: Reason, day: date) -> str:
    when = tracker.dates[reason.event_id]
    return f"{words.short_day(when)}{words.unknown_day_note(when, day)}"


def _instrument(tracker: Tracker, code: str) -> str:
    return tracker.codebook.instruments[code].label


def _text(tracker: Tracker, wording: str, event_id: str) -> str:
    title = event_link(tracker, event_id, tracker.titles[event_id])
    cite = row_cite(event_place(tracker, event_id, ".txt"))
    return (
        f'<div class="meta">{escapes.html(wording)}</div><div>{title}</div>'
        f'<div class="small">{event_chip(tracker, event_id)}{cite}</div>'
        f'<div class="sources">{sources_html(tracker, event_id)}</div>'
    )
