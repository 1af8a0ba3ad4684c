"""Sentences made from figures: headline, cards, hover labels, alt texts.

Every text that a page shows of a figure is made here, so that words and numbers cannot disagree.
Functions named `*_html` return markup in which every text from the data is escaped.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from stances.codebook import NO_POSITION, NOT_COVERED, OVERALL, Codebook
from stances.groups import OPEN_LEVEL, RESTRICTING_LEVEL, GroupFigures
from stances.model import level_of

MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

Day = date | datetime  # a pandas Timestamp is a datetime


def figure(value: float, decimals: int = 1) -> str:
    """A stance as it is printed: sign, decimals, a true minus; a zero has no sign."""
    if math.isnan(value):
        return DASH
    text = f"{abs(value):.{decimals}f}"
    if not text.strip("0."):
        return text
    return f"{'+' if value > 0 else MINUS}{text}"


def band(low: float, high: float) -> str:
    """The coding band, from its lower to its higher end."""
    return f"{figure(low, 2)} to {figure(high, 2)}"


def day(value: Day) -> str:
    """A day in words: 4 March 2019."""
    return f"{value.day} {value:%B %Y}"


def short_day(value: Day) -> str:
    """A day where space is short: 4 Mar 2019."""
    return f"{value.day} {value:%b %Y}"


def number(count: int, start: bool = False) -> str:
    """A count in words up to ten, in figures above; with a capital where it starts a sentence."""
    word = _WORDS[count] if count < len(_WORDS) else f"{count:,}"
    return word.capitalize() if start else word


def plural(count: int, noun: str, start: bool = False) -> str:
    """A count with its noun: one event, 12 events."""
    return f"{number(count, start)} {noun}{'' if count == 1 else 's'}"


def listed(items: Sequence[str]) -> str:
    """Items as a list in a sentence: a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def labelled(codebook: Codebook, value: float) -> str:
    """A stance as label and figure, two decimals, or that there is none."""
    if math.isnan(value):
        return NO_POSITION
    return f"{codebook.scale.labels[int(level_of(value))]} {figure(value, 2)}"


def about_domain(codebook: Codebook, domain: str) -> str:
    """What the figures of a page are about, for the end of a sentence."""
    if domain == OVERALL:
        return "over all domains"
    label = codebook.domain_label(domain)
    return f"in {label[0].lower()}{label[1:]}"


def _words_of_levels(codebook: Codebook, levels: Iterable[int]) -> str:
    return " or ".join(codebook.scale.labels[level] for level in levels)


def restricting_words(codebook: Codebook) -> str:
    """The labels of the levels that count as restricting, the mildest first."""
    levels = [level for level in codebook.scale.levels if level <= RESTRICTING_LEVEL]
    return _words_of_levels(codebook, reversed(levels))


def open_words(codebook: Codebook) -> str:
    """The labels of the levels that count as open, the mildest first."""
    return _words_of_levels(codebook, [x for x in codebook.scale.levels if x >= OPEN_LEVEL])


def _known(levels: Sequence[float]) -> list[float]:
    return [level for level in levels if not math.isnan(level)]


def headline(codebook: Codebook, levels: Sequence[float], domain: str, as_of: Day) -> str:
    """What the map finds, in one or two sentences.

    `levels`: the level of every actor, NaN without a current position.
    """
    level = _known(levels)
    if not level:
        return (
            f"No actor has a current position on {codebook.subject} "
            f"{about_domain(codebook, domain)} on {day(as_of)}."
        )
    against = sum(x <= RESTRICTING_LEVEL for x in level)
    towards = sum(x >= OPEN_LEVEL for x in level)
    verb = "restricts" if against == 1 else "restrict"
    are = "is" if towards == 1 else "are"
    return (
        f"{number(against, start=True)} of {plural(len(level), 'actor')} with a position {verb} "
        f"{codebook.subject}, {number(towards)} {are} open to it"
    )


def subtitle(codebook: Codebook, levels: Sequence[float], domain: str, as_of: Day) -> str:
    """What the map shows and as of when."""
    without = len(levels) - len(_known(levels))
    return (
        f"Stance on {codebook.subject} {about_domain(codebook, domain)}, {day(as_of)}. "
        f"Restricting: labelled {restricting_words(codebook)}; open: labelled "
        f"{open_words(codebook)}. {number(without, start=True)} of the "
        f"{len(levels)} actors {'has' if without == 1 else 'have'} no current position."
    )


def change(codebook: Codebook, now: float, before: float) -> str:
    """The change of a stance over 12 months, or why none can be told."""
    if math.isnan(now) and math.isnan(before):
        return "No position now or a year ago"
    if math.isnan(before):
        return "No position a year ago"
    if math.isnan(now):
        return f"A year ago {labelled(codebook, before)}"
    moved = figure(now - before, 2)
    return "No change in 12 months" if moved.startswith("0") else f"{moved} in 12 months"


def group_line(figures: GroupFigures) -> str:
    """How many members of a group restrict, of how many, and how far apart they are."""
    if not figures.with_position:
        return f"None of {figures.members} members has a position"
    return (
        f"{figures.restricting} of {figures.with_position} restrict; "
        f"spread {figure(figures.spread, 2).lstrip('+')}; "
        f"{figures.with_position} of {figures.members} members have a position"
    )


def act_line(title: str, since: Day) -> str:
    """An act in force and since when."""
    return f"In force since {short_day(since)}: {title}"


def escape(value: object) -> str:
    """A text from the data, harmless in markup, in plotly labels and in Markdown's HTML."""
    return html.escape(str(value), quote=True).replace("$", "&#36;").replace("\\", "&#92;")


def hover_html(codebook: Codebook, row: Any) -> str:
    """The hover label of an actor: name, label, figure with band, act in force, last event.

    `row`: name, covered, stance, low, high, in_force_title, in_force_since, last_event_date.
    """
    lines = [f"<b>{escape(row.name)}</b>"]
    if not row.covered:
        return "<br>".join([*lines, NOT_COVERED])
    lines.append(_stance_html(codebook, row))
    if row.in_force_title:
        lines.append(f"In force since {short_day(row.in_force_since)}:")
        lines.append(escape(row.in_force_title))
    if row.last_event_date:
        lines.append(f"Last event {short_day(row.last_event_date)}")
    return "<br>".join(lines)


def _stance_html(codebook: Codebook, row: Any) -> str:
    if math.isnan(row.stance):
        return NO_POSITION
    return f"{labelled(codebook, row.stance)} ({band(row.low, row.high)})"


def event_hover_html(codebook: Codebook, row: Any) -> str:
    """The hover label of an event: title, date, what it was, score.

    `row`: title, date, instrument, domain, score (missing: context).
    """
    kind = codebook.instruments[row.instrument].label
    score = "no score" if row.score != row.score else f"score {figure(float(row.score), 0)}"
    what = f"{kind}, {codebook.domain_label(row.domain)}"
    return f"<b>{escape(row.title)}</b><br>{day(row.date)}<br>{escape(what)}, {score}"


def map_alt(codebook: Codebook, levels: Sequence[float], domain: str, as_of: Day) -> str:
    """The map for those who cannot see it: how many actors stand where."""
    counts = [
        f"{codebook.scale.labels[level]} {sum(x == level for x in levels)}"
        for level in codebook.scale.levels
    ]
    without = len(levels) - len(_known(levels))
    return (
        f"Map of stances on {codebook.subject} {about_domain(codebook, domain)} on {day(as_of)}. "
        f"Number of actors: {', '.join(counts)}, {NO_POSITION.lower()} {without}."
    )


def timelapse_alt(codebook: Codebook, domain: str, first: Day, last: Day) -> str:
    """The time-lapse for those who cannot see it."""
    return (
        f"Map of stances on {codebook.subject} {about_domain(codebook, domain)} month by month, "
        f"from {first:%B %Y} to {last:%B %Y}. The same figures stand in the table below."
    )


def trend_headline(
    codebook: Codebook, moves: Sequence[tuple[str, float, float]], first: Day, last: Day
) -> str:
    """Which of the lines moved most between the first and the last day shown.

    `moves`: name, first and last stance of each line, NaN without a current position.
    """
    if not moves:
        return "Choose an actor or a group to see its line"
    told = [(name, then, now) for name, then, now in moves if not math.isnan(now - then)]
    if not told:
        named = listed([name for name, _, _ in moves])
        return f"{named}: none has a position at both ends of the period"
    name, then, now = max(told, key=lambda move: abs(move[2] - move[1]))
    return (
        f"{name} moved most from {day(first)} to {day(last)}: {labelled(codebook, then)} "
        f"to {labelled(codebook, now)}"
    )


def trend_subtitle(codebook: Codebook, domain: str, first: Day, last: Day) -> str:
    """What the trend chart shows."""
    return (
        f"Stance on {codebook.subject} {about_domain(codebook, domain)}, {day(first)} to "
        f"{day(last)}. Around a line: how far uncertain coding could move it; around the mean of "
        "a group: one standard deviation of its members. A gap: no current position."
    )


def trend_alt(codebook: Codebook, domain: str, ends: Sequence[tuple[str, float]]) -> str:
    """The trend chart for those who cannot see it: where each line ends.

    `ends`: name and last figure of each line, missing where it has no current position.
    """
    lines = [f"{name} {figure(value, 2) if value == value else 'none'}" for name, value in ends]
    what = f"Stances on {codebook.subject} {about_domain(codebook, domain)} over time."
    return f"{what} At the end: {'; '.join(lines)}." if lines else f"{what} No actor is chosen."


def share(value: float) -> str:
    """A share in whole percent."""
    return f"{round(100 * value)} %"
