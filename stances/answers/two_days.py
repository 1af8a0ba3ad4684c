"""The map before and after: who stood where on two days, what was done between them, and which
first days are offered.
"""

import math
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from stances import words
from stances.answers.happened import (
    Move,
    directions_text,
    moves_among,
    net_moves,
    stays_by_actions,
)
from stances.answers.history import all_landmarks, landmark_name
from stances.answers.introduction import known_until
from stances.answers.ledger import Span, counts_text, ledger
from stances.answers.stance_map import WHOLE, MapPart, map_levels, whose_text
from stances.answers.standing import low_labels
from stances.answers.tracker import Tracker
from stances.answers.years import first_year
from stances.dataset.codebook import OVERALL
from stances.dataset.days import ONE_DAY
from stances.model.stance import ACTS

# So many landmarks are named between two days, and so many of those who went to another level.
_NAMED, _CHANGED = 1, 3


class FirstDay(NamedTuple):
    """A day that is offered as the first of two, and what is said of it. `domain`: in which it is
    worth a look; of a landmark the `after`, its own day, and the `actor`; None: any will do.
    """

    day: date
    text: str
    domain: str
    after: date | None = None
    actor: str | None = None


def span_of_maps(then: date, now: date, domain: str, part: MapPart = WHOLE) -> Span:
    """Return the days between two maps, and of whom these are."""
    return Span(then, now, domain, actors=tuple(sorted(part.actors)))


def two_days_lead(tracker: Tracker, span: Span, part: MapPart = WHOLE) -> tuple[str, str]:
    """Say who of those seen went to another level by what was done, where they are few, else how
    many stood at one that restricts on either day; and under it the other of both, what was done
    between the two days, and which way that went.
    """
    counts, changed = _counts_text(tracker, span, part), _label_changes(tracker, span)
    where = words.about_domain(tracker.codebook, span.domain)
    if 0 < len(changed) <= _CHANGED:
        days = f"between {words.day(span.then)} and {words.day(span.now)}"
        text, beside = f"{_went(tracker, changed)} {where} {days}.", counts
    else:
        text, beside = counts, _changed_text(tracker, [move for move in changed if move.is_known])
    subtitle = " ".join(filter(None, (beside, between_text(tracker, span))))
    return known_until(tracker.data, span.now, text), subtitle


def _counts_text(tracker: Tracker, span: Span, part: MapPart) -> str:
    """Say how many of those seen stood at a level that restricts on either day."""
    days = span.then, span.now
    levels = [map_levels(tracker, day, span.domain, part) for day in days]
    known = sum(
        not (math.isnan(then) and math.isnan(now)) for then, now in zip(*levels, strict=True)
    )
    where = words.about_domain(tracker.codebook, span.domain)
    then, now = map(words.on_day, days)
    if not known:
        return f"Nobody has a position {where} {then} or {now}."
    scale = tracker.codebook.scale
    counts = [sum(level <= scale.restricting for level in side) for side in levels]
    return (
        f"{words.some(counts[0], start=True)} of {whose_text(tracker, part, known)} with a "
        f"position on either day stood at {low_labels(tracker.codebook)} {where} {then}, "
        f"{words.some(counts[1])} {now}."
    )


def _label_changes(tracker: Tracker, span: Span) -> list[Move]:
    """Return the moves of those whom actions brought to another level, the largest first; those who
    gained or lost a position last. One who without age had stayed at its level did not move there.
    """
    return [
        move
        for move in moves_among(tracker, span)
        if move.has_happened
        and words.label(tracker.codebook, move.then) != words.label(tracker.codebook, move.now)
        and not (move.now - move.then) * move.done < 0
        and not (move.is_known and move.time and stays_by_actions(tracker.codebook, move))
    ]


def _level_changes_text(tracker: Tracker, moves: Sequence[Move], verb: str = "") -> str:
    """Say who went from which level to which: A went from Open to Caution and B from ... to ...; of
    one that did nothing of its own, that an act ended.
    """
    text = [
        f"{tracker.sentence_names[move.actor]}{'' if number else verb} from "
        f"{words.within_line(tracker.codebook, move.then)} to "
        f"{words.within_line(tracker.codebook, move.now)}"
        f"{f' ({words.ACT_ENDED})' if move.by_end else ''}"
        for number, move in enumerate(moves)
    ]
    return words.listing(text)


def _went(tracker: Tracker, moves: Sequence[Move]) -> str:
    return words.sentence_start(_level_changes_text(tracker, moves, " went"))


def _changed_text(tracker: Tracker, moves: Sequence[Move]) -> str:
    """Say how many with a position on both days went to another level, and who went furthest; who
    it was, where they are few; empty: nobody did. `moves`: the largest first.
    """
    if len(moves) <= _CHANGED:
        return f"{_went(tracker, moves)}." if moves else ""
    furthest = [move for move in moves if abs(move.done) == abs(moves[0].done)]
    most = (
        f", the furthest: {_level_changes_text(tracker, furthest)}"
        if len(furthest) <= _CHANGED
        else ""
    )
    count = words.number(len(moves), start=True)
    return f"{count} with a position on both days went to another level{most}."


def between_text(tracker: Tracker, span: Span) -> str:
    """Say what lies between two days: acts, statements, who went which way, landmarks."""
    actions = ledger(tracker, span)
    counts = counts_text(actions, acts_only=tracker.model.basis == ACTS)
    directions = directions_text(net_moves(tracker, actions))
    text = f"Between the two days: {'; '.join(filter(None, (counts, directions)))}."
    return " ".join(filter(None, (text, _landmarks_between(tracker, span))))


def _landmarks_between(tracker: Tracker, span: Span) -> str:
    """Name the first landmark between two days and count the others; empty where there is none."""
    between = [
        _landmark_text(tracker, row, span.domain)
        for row in all_landmarks(tracker)
        if span.then < row.date.date() <= span.now and span.domain in (OVERALL, row.domain)
    ]
    if not between:
        return ""
    more = len(between) - _NAMED
    named = [*between[:_NAMED], f"{words.number(more)} more"] if more > 0 else between
    text = f"{'Key event' if len(between) == 1 else 'Key events'}: {'; '.join(named)}"
    return f"{text.removesuffix('.')}."


def not_before(then: date, now: date) -> str:
    """Return that there is no second map, as its day is not before the one shown."""
    return f"{words.day(then)} is not before {words.day(now)}, the day shown: there is one map."


def year_ends(tracker: Tracker, until: date, domain: str) -> list[FirstDay]:
    """Return the ends of the years before a day, by their years."""
    years = range(first_year(tracker) - 1, until.year)
    ends = [FirstDay(date(year, 12, 31), str(year), domain) for year in years]
    return [end for end in ends if tracker.codebook.first_date <= end.day < until]


def landmark_days(tracker: Tracker, until: date, domain: str) -> list[FirstDay]:
    """Return the day before each landmark of the data up to a day, the oldest first. `domain`: that
    of the maps; one of another domain is worth a look in its own. What others do on later days may
    hide what the landmark did, so the second map is that of its own day.
    """
    return [
        FirstDay(
            row.date.date() - ONE_DAY,
            _landmark_text(tracker, row, domain),
            domain if domain == OVERALL else row.domain,
            row.date.date(),
            row.actor,
        )
        for row in all_landmarks(tracker)
        if tracker.codebook.first_date < row.date.date() <= until
    ]


def _landmark_text(tracker: Tracker, row: Any, domain: str) -> str:
    """Say when a landmark was, whose it is, and what; and its field where that is another one."""
    field = words.within(tracker.codebook.domain_label(row.domain))
    other = f" ({field})" if domain not in (OVERALL, row.domain) else ""
    return f"{words.short_day(tracker.dates[row.event_id])}, {landmark_name(tracker, row)}{other}"


def field_of_day(tracker: Tracker, day: date, domain: str) -> str:
    """Return the domain of a day's landmarks: the one shown where it is that of all or of one of
    them, or there is none.
    """
    fields = [row.domain for row in all_landmarks(tracker) if row.date.date() == day]
    return domain if domain in (OVERALL, *fields) or not fields else str(fields[0])
