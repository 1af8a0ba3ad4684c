"""The charts of two actors: their lines, the gap between them, and their domains side by side."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from stances import escapes, words
from stances.answers.gaps import Names, Period, as_printed, gaps_in, pair_texts, widest_words
from stances.answers.history import known_period, line_ends, period_up_to, trend_alt
from stances.answers.pair import domains_alt, gap_alt, gap_subtitle, only_actor, same_actors
from stances.answers.parting import (
    BEGAN,
    OPENED,
    Parting,
    largest,
    marks_words,
    numbered_event,
    parting_day,
    parting_line,
    partings,
    whose_words,
)
from stances.answers.tracker import Tracker
from stances.charts.chart import Chart, Key, hover_label
from stances.charts.trends import trend_lines
from stances.figures.dumbbell import dumbbell
from stances.figures.gap import gap_chart
from stances.figures.theme import theme
from stances.figures.trend import line_colors, trend_chart
from stances.links.view import View
from stances.model.distance import side_by_side

_LINES_HEIGHT = 400


def lines_chart(tracker: Tracker, pair: Names, domain: str, period: Period, mode: str) -> Chart:
    """Return the lines of two actors."""
    texts = pair_texts(tracker, pair, domain, period)
    period = known_period(tracker, pair, domain, period)
    lines = trend_lines(tracker, pair, domain, period)
    figure, ends = trend_chart(lines, mode, height=_LINES_HEIGHT), line_ends(*lines[:2])
    alt = trend_alt(tracker.codebook, domain, ends)
    return Chart(*texts, alt, figure)


def gap_over_time(tracker: Tracker, pair: Names, domain: str, period: Period, mode: str) -> Chart:
    """Chart how far the first of two actors stands above the second."""
    names = tracker.names[pair[0]], tracker.names[pair[1]]
    table, top = gaps_in(tracker, pair, domain, period)
    headline, _ = pair_texts(tracker, pair, domain, period)
    called = tracker.sentence_names[pair[0]], tracker.sentence_names[pair[1]]
    then = widest_words(tracker, pair, domain, top)
    alt = gap_alt(called, float(table["gap"].iloc[-1]), top, then)
    marked = largest(partings(tracker, pair, domain, period))
    events = pd.DataFrame(
        {
            "event_id": [event.event_id for event in marked],
            "date": np.array([event.date for event in marked], "datetime64[s]"),
            "gap": [event.after for event in marked],
            "number": [str(event.rank) for event in marked],
            "opened": [event.effect in (BEGAN, OPENED) for event in marked],
            "hover": [_hover(tracker, row) for row in marked],
        }
    )
    period = known_period(tracker, pair, domain, period)
    table = table[table["date"] >= pd.Timestamp(period[0])]
    figure = gap_chart(table, dict(zip(pair, names, strict=True)), top, mode, period, events)
    return Chart(headline, f"{gap_subtitle(called)}{marks_words(len(marked))}", alt, figure)


def _hover(tracker: Tracker, row: Parting) -> str:
    """Return the hover label of an event: what happened, when, and what that did to the gap."""
    when = words.day(parting_day(tracker, row))
    return hover_label(whose_words(tracker, row), when, parting_line(row))


def domains_chart(tracker: Tracker, pair: Names, day: date, mode: str) -> Chart:
    """Each domain as a row, with the stances of the two."""
    names = tracker.names[pair[0]], tracker.names[pair[1]]
    called = tracker.sentence_names[pair[0]], tracker.sentence_names[pair[1]]
    table, labels = domains_of(tracker, pair, day)
    colors = tuple(line_colors(pair, theme(mode), tracker.line_order).values())
    rows = table.assign(key=table["domain"], name=labels, level=np.nan)
    rows["note"] = [words.figure(gap, 2) for gap in table["gap"]]
    rows["hover"] = _hovers(labels, names, table)
    triples = list(zip(labels, table["first"], table["second"], strict=True))
    dots = (Key(name, "dot", color) for name, color in zip(names, colors, strict=True))
    return Chart(
        words.sentence_start(f"{called[0]} and {called[1]} by field"),
        f"On {words.day(day)}.",
        domains_alt(tracker.codebook, called, day, triples),
        dumbbell(rows, tracker.codebook, mode, colors=(colors[0], colors[1])),
        (*dots, Key("At the right: the gap")),
    )


def domains_of(tracker: Tracker, pair: Names, day: date) -> tuple[pd.DataFrame, list[str]]:
    """Return the stances of two actors by domain, the gap as printed, and the domains' names."""
    table = as_printed(side_by_side(tracker.model, day, *pair))
    return table, [tracker.codebook.domain_label(code) for code in table["domain"]]


def _hovers(labels: list[str], names: Names, table: pd.DataFrame) -> list[str]:
    """Return the hover label of each domain: the stance of either."""
    one, other = map(escapes.isolate, names)
    rows = zip(labels, table["first"], table["second"], strict=True)
    return [
        hover_label(
            label,
            f"{one}: {words.figure(first, 2)}",
            f"{other}: {words.figure(second, 2)}",
        )
        for label, first, second in rows
    ]


def no_pair(tracker: Tracker, pair: Names) -> str:
    """Return that two actors are one, and what can be done; empty where they are two."""
    if pair[0] != pair[1]:
        return ""
    name, alone = tracker.sentence_names[pair[0]], len(tracker.model.actors) == 1
    return only_actor(words.sentence_start(name)) if alone else same_actors(name)


def lines_of(view: View) -> Chart:
    """Return the lines of the two actors of a view."""
    pair, wrong = _pair(view)
    if wrong:
        return Chart(wrong)
    return lines_chart(view.tracker, pair, view.domain, _period(view), view.mode)


def gap_of(view: View) -> Chart:
    """Return the gap between the two actors of a view."""
    pair, wrong = _pair(view)
    if wrong:
        return Chart(wrong)
    tracker, domain, period = view.tracker, view.domain, _period(view)
    chart = gap_over_time(tracker, pair, domain, period, view.mode)
    # A picture has no list below it.
    marked = largest(partings(tracker, pair, domain, period))
    return replace(chart, legend=tuple(Key(numbered_event(tracker, event)) for event in marked))


def domains_of_view(view: View) -> Chart:
    """Return the domains of the two actors of a view."""
    pair, wrong = _pair(view)
    return Chart(wrong) if wrong else domains_chart(view.tracker, pair, view.day, view.mode)


def _pair(view: View) -> tuple[Names, str]:
    pair = view["first"], view["second"]
    return pair, no_pair(view.tracker, pair)


def _period(view: View) -> Period:
    return period_up_to(view.tracker, view["from"], view.day)
