"""The cards of the first page as markup: a stance, a line, and what binds and what was done."""

from datetime import date
from urllib.parse import quote

import numpy as np

from stances import escapes, words
from stances.answers.cards import Card, card_of, group_clauses
from stances.answers.standing import OLD_EVIDENCE
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.days import day_number
from stances.links.parameters import who_name
from stances.markup.chip import swatch
from stances.markup.links import counted_link, made_link, members_link, own_query, view_of
from stances.markup.offers import brief_link
from stances.model.lifetimes import Floats
from stances.model.stance import level_of

_SPARK_YEARS = 3
_WIDTH, _HEIGHT = 100, 30
# Beside and above a line, for the dot at its end.
_ASIDE, _ABOVE = 4, 5


def _series(tracker: Tracker, code: str, domain: str) -> Floats:
    """Return the month-end stances of an actor, or the means of a group."""
    if code in tracker.groups:
        return tracker.group_series(code, domain)["mean"].to_numpy()
    return tracker.actor_panel(code, domain)


def _recent(tracker: Tracker, series: Floats, day: date, now: float) -> tuple[Floats, Floats]:
    """Return the month ends of the last years before a day, and the day itself."""
    end = day_number(day)
    start = end - _SPARK_YEARS * 365
    months = tracker.month_days.astype(np.int64)
    chosen = (months >= start) & (months < end)
    return np.append(months[chosen], end).astype(float), np.append(series[chosen], now)


def card_html(tracker: Tracker, code: str, day: date, domain: str) -> str:
    """Return what stands on the card of a featured actor or group."""
    card = card_of(tracker, code, day, domain)
    days, line = _recent(tracker, _series(tracker, code, domain), day, card.stance)
    beside = ", ".join(filter(None, [card.beside, OLD_EVIDENCE if card.old else ""]))
    more = _more(tracker, code, card.stance, day, domain)
    color = swatch(float(level_of(card.stance)), card.old)
    return (
        f'<div class="card-stance">{color}<strong><bdi>{escapes.html(card.label)}</bdi></strong> '
        f"<span>{escapes.html(beside)}</span>"
        f"{_sparkline(tracker, days, line, _line_words(tracker, code, line))}</div>"
        f'<div class="card-note">{_binds(tracker, code, card, day, domain)}</div>'
        f'<div class="card-note">{escapes.html(card.last)}</div>'
        f'<div class="card-note">{escapes.html(card.year)}{more}</div>'
    )


def _binds(tracker: Tracker, code: str, card: Card, day: date, domain: str) -> str:
    """Return what binds; of a group each figure is a link to the members that it counts."""
    if code not in tracker.groups:
        return escapes.html(card.binds)
    label, clauses = group_clauses(tracker, code, day, domain)
    text = ", ".join(
        counted_link(tracker, code, day, domain, practice, clause) for clause, practice in clauses
    )
    return f"{escapes.html(label)}: {text}"


def _more(tracker: Tracker, code: str, stance: float, day: date, domain: str) -> str:
    """Return a link to the members of a group, or to how the label of an actor is made, and one to
    its brief, over the control that a card is.
    """
    of_group = code in tracker.groups
    query = view_of(tracker, day, OVERALL) | own_query(tracker)
    brief = brief_link(code, query, of_group, "Brief")
    if of_group:
        return f" {members_link(tracker, code, day, domain, 'Member by member')} {brief}"
    return f" {brief}" if np.isnan(stance) else f" {made_link(tracker, code, day, domain)} {brief}"


def _line_words(tracker: Tracker, code: str, line: Floats) -> str:
    """Return a line in words: whose it is, and where it begins and ends."""
    first, last = (words.label(tracker.codebook, float(end)) for end in (line[0], line[-1]))
    course = f"{first} at both ends" if first == last else f"from {first} to {last}"
    return f"{who_name(tracker, code)}, last {words.number(_SPARK_YEARS)} years: {course}"


def _sparkline(tracker: Tracker, days: Floats, line: Floats, spoken: str) -> str:
    """Return the line on the whole scale, so that cards compare; it breaks without a position."""
    scale = tracker.codebook.scale
    span = max(days[-1] - days[0], 1.0)
    x = np.round((days - days[0]) / span * (_WIDTH - 2 * _ASIDE) + _ASIDE, 1)
    fall = (scale.max - line) / (scale.max - scale.min)
    y = np.round(fall * (_HEIGHT - 2 * _ABOVE) + _ABOVE, 1)
    # Within a level run only its two ends are drawn.
    corners = np.append(True, y[1:] != y[:-1]) | np.append(y[:-1] != y[1:], True)
    path, pen_down = [], False
    for across, down in zip(x[corners], y[corners], strict=True):
        if not np.isnan(down):
            path.append(f"{'L' if pen_down else 'M'}{across:g} {down:g}")
        pen_down = not np.isnan(down)
    # A line of no length with a round end is a dot that stretching cannot distort.
    dot = "" if np.isnan(y[-1]) else f"M{x[-1]:g} {y[-1]:g}h0"
    # A mask, since no other drawing passes into the live view that has the ink of the page.
    thick = 'vector-effect="non-scaling-stroke"'
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'preserveAspectRatio="none" fill="none" stroke="#000">'
        f'<path d="M0 {_HEIGHT / 2:g}H{_WIDTH}" {thick} stroke-opacity=".12"/>'
        f'<path d="{"".join(path)}" {thick} stroke-width="1.5"/>'
        f'<path d="{dot}" {thick} stroke-width="6" stroke-linecap="round"/></svg>'
    )
    name = f'role="img" aria-label="{escapes.html(spoken)}"'
    mask = f"mask-image:url('data:image/svg+xml,{quote(drawing, safe=' =:/')}')"
    return f'<span class="course" {name} style="{mask}"></span>'
