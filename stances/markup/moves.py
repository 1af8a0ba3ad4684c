"""The moves between two days, as markup: what made each, and whom nothing moved."""

from datetime import date

from stances import escapes, words
from stances.answers.happened import (
    Move,
    Part,
    ageing_texts,
    cause_words,
    drift,
    more_parts,
    move_line,
    no_move,
    zero_parts,
)
from stances.answers.ledger import Action
from stances.answers.tracker import Tracker
from stances.dataset.codebook import Codebook
from stances.markup.chip import swatch
from stances.markup.ledger import steps_html
from stances.markup.links import event_link
from stances.markup.sources import sources_html
from stances.model.changes import DONE, NEVER_HAD, TIME
from stances.model.stance import level_of

# Changes that are listed before the smaller ones are folded away.
_MOST_LISTED = 4


def apart_html(codebook: Codebook, moves: list[Move]) -> str:
    """List those that time alone moved, folded away, and the others not in the chart."""
    faded = [move for move in moves if move.has_faded]
    still = [move for move in moves if move.is_known and not move.done and not move.time]
    never = [move for move in moves if move.position == NEVER_HAD]
    kinds = {
        "Unchanged": still,
        "No position on either day": never,
    }
    parts = "".join(
        f"<dt>{kind} <b>{len(those)}</b></dt>"
        f"<dd>{', '.join(sorted(escapes.html(move.name) for move in those))}</dd>"
        for kind, those in kinds.items()
        if those
    )
    text = f'{_time_alone(codebook, faded)}<dl class="distribution">{parts}</dl>'
    return f'<div class="apart">{text}</div>'


def _time_alone(codebook: Codebook, faded: list[Move]) -> str:
    if not faded:
        return ""
    text, meant = map(escapes.html, ageing_texts(faded))
    names = "".join(
        f"<li>{escapes.html(f'{move.name}: {drift(codebook, move)}')}</li>" for move in faded
    )
    return (
        f'<details><summary>{text}</summary><p>{meant}</p><ul class="silent">{names}</ul></details>'
    )


def causes_html(
    tracker: Tracker, move: Move, actions: list[Action], days: tuple[date, date]
) -> str:
    """Return the move of one actor, opened into every step and what made it, down to the sources.
    `actions`: what it did, the newest first.
    """
    name = f'<h2 class="actor">{escapes.html(move.name)}</h2>'
    color = swatch(float(level_of(move.now)))
    # Of a position gained or lost every event is told; of a move those that can be printed.
    parts = [part for part in move.parts if part.part]
    rows = f"{steps_html(tracker, actions)}{_reasons(tracker, parts, days)}"
    if not move.is_known:
        line = escapes.html(no_move(tracker.codebook, move, days))
        return f'<div class="reasons">{name}<p>{line}</p>{rows}</div>'
    line = escapes.html(move_line(tracker.codebook, move))
    zeros = len(move.parts) - len(parts)
    more = f'<p class="small">{zero_parts(zeros)}</p>' if zeros else ""
    return f'<div class="reasons">{name}<p>{color}<b>{line}</b></p>{_sums(move)}{rows}{more}</div>'


def _reasons(tracker: Tracker, parts: list[Part], days: tuple[date, date]) -> str:
    """Return the parts one by one, the smaller ones folded away."""
    rows = [
        _reason(tracker, part, since=tracker.dates[part.event_id].day > days[0]) for part in parts
    ]
    if len(rows) <= _MOST_LISTED:
        return "".join(rows)
    rest = parts[_MOST_LISTED:]
    text = more_parts(len(rest), round(sum(part.part for part in rest), 2) + 0.0)
    folded = f"<details><summary>{text}</summary>{''.join(rows[_MOST_LISTED:])}</details>"
    return "".join(rows[:_MOST_LISTED]) + folded


def _sums(move: Move) -> str:
    """Return the parts by cause: what was done and what time did, each with its sum."""
    if not move.parts:
        return "<p>Nothing that counts has changed between the two days.</p>"
    kinds = (("What was done", DONE, move.done), ("Effect of ageing", TIME, move.time))
    lines = [
        line
        for label, causes, total in kinds
        for line in (
            *(_sum(label, part) for label, part in move.by_label(causes)),
            _sum(label, total, ' class="shown"'),
        )
    ]
    return f"<table>{''.join(lines)}</table>"


def _sum(label: str, part: float, attribute: str = "") -> str:
    return f"<tr{attribute}><td>{label}</td><td>{words.figure(part, 2)}</td></tr>"


def _reason(tracker: Tracker, part: Part, since: bool) -> str:
    """One part of a move, with its event and the sources of that."""
    when = words.short_day(tracker.dates[part.event_id])
    where = tracker.codebook.domain_label(part.domain)
    wording = cause_words(part.cause, since)
    return (
        f'<div class="reason"><div><b>{words.figure(part.part, 2)}</b> · {when} · '
        f"{escapes.html(where)}: {escapes.html(wording)}</div>"
        f"<div>{event_link(tracker, part.event_id, tracker.titles[part.event_id])}</div>"
        f'<div class="sources">{sources_html(tracker, part.event_id)}</div></div>'
    )
