"""The charts of the deadlines of acts: all of them, and those ahead as a calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from stances import escapes, words
from stances.answers.acts import since
from stances.answers.calendar import (
    calendar_alt,
    calendar_none,
    calendar_subtitle,
    calendar_title,
    due_calendar,
)
from stances.answers.steps import (
    SINCE,
    Step,
    deadlines_alt,
    deadlines_headline,
    deadlines_subtitle,
    kinds_of,
    reserved_words,
    row_lines,
    what_words,
)
from stances.answers.tracker import Tracker
from stances.charts.chart import Chart, Key, with_nearer_rows
from stances.dataset.codebook import Codebook
from stances.figures.calendar import deadline_calendar
from stances.figures.deadlines import deadline_bars, mark_of, stands_out
from stances.filters.acts import (
    ActMatches,
    act_matches,
    akin_words,
    headline,
    step_matches,
    steps_to_come,
)


def deadlines_chart(
    tracker: Tracker,
    matches: ActMatches,
    steps: Sequence[Step],
    mode: str,
    chosen: str | None = None,
    table: bool = False,
) -> Chart:
    """Return a row for each step of the acts found, the next first. `chosen`: the act to mark;
    `table`: one below it has all of them.
    """
    codebook = tracker.codebook
    kinds = list(codebook.acts.deadline_kind)
    return Chart(
        deadlines_headline(
            tracker, steps, matches.day, matches.group, steps_to_come(tracker, matches)
        ),
        deadlines_subtitle(steps, matches.day, matches.period),
        deadlines_alt(steps, tracker.names, codebook, matches.day, table=table),
        deadline_bars(_rows(tracker, steps), kinds, mode, matches.day, chosen),
        deadline_keys(tracker, steps),
    )


def calendar_chart(
    tracker: Tracker, matches: ActMatches, steps: Sequence[Step], mode: str, chosen: str | None
) -> Chart:
    """Return the steps ahead in the months of two years. `chosen`: the act to mark."""
    due = due_calendar(steps, matches.day)
    if not due.steps:
        return Chart(calendar_none(due, matches.day))
    title = calendar_title(tracker, due, matches.day, matches.group)
    rows = _rows(tracker, due.steps)
    rows["what"] = [reserved_words(tracker.codebook, step) for step in due.steps]
    rows["passed"] = [step.gone for step in due.steps]
    rows["text"] = [words.short_day(words.dated(step.deadline)) for step in due.steps]
    kinds, days = list(tracker.codebook.acts.deadline_kind), (matches.day, due.months)
    return Chart(
        title,
        calendar_subtitle(due),
        calendar_alt(tracker, title, due),
        deadline_calendar(rows, kinds, mode, days, chosen),
        _keys(tracker, due.steps, SINCE if any(rows["passed"]) else ""),
        within=lambda high: with_nearer_rows(
            deadline_calendar(rows, kinds, mode, days, chosen, whole=False), high
        ),
    )


def calendar_of(tracker: Tracker, view: Mapping[str, Any], mode: str) -> Chart:
    """Return the calendar of the acts that a view finds."""
    matches = act_matches(tracker, view)
    chart = calendar_chart(tracker, matches, step_matches(tracker, matches), mode, view["act"])
    # By itself it says what is looked for, as the page around it does.
    _, narrowed = headline(tracker, matches, view)
    text = filter(None, [narrowed, akin_words(tracker, matches), chart.subtitle])
    return replace(chart, subtitle=" ".join(text)) if chart.figure else chart


def deadline_keys(tracker: Tracker, steps: Sequence[Step]) -> tuple[Key, ...]:
    """Return what the marks mean, as far as they are drawn."""
    hollow = "passed, act still in force" if any(step.passed for step in steps) else ""
    return _keys(tracker, steps, hollow)


def _keys(tracker: Tracker, steps: Sequence[Step], hollow: str) -> tuple[Key, ...]:
    """Return what the marks mean, and what a hollow one does; empty: there is none."""
    codebook = tracker.codebook
    keys = kind_keys(codebook, kinds_of(codebook, steps), hollow)
    if any(step.first < step.end for step in steps):
        keys.append(Key("only month or year known", "mark span"))
    return tuple(keys)


def kind_keys(codebook: Codebook, drawn: Sequence[str], hollow: str) -> list[Key]:
    """Return what the marks of the kinds of deadlines that are drawn mean, and what a hollow one
    does; empty: there is none.
    """
    labels = codebook.acts.deadline_kind
    kinds = list(labels)
    marks = {kind: f"{mark_of(kinds, kind)}{' leads' * stands_out(kinds, kind)}" for kind in drawn}
    keys = [Key(labels[kind], f"mark {marks[kind]}") for kind in drawn]
    if hollow:
        shape = marks[drawn[0]] if len(drawn) == 1 else "square"
        keys.append(Key(hollow, f"mark {shape} hollow"))
    return keys


def _rows(tracker: Tracker, steps: Sequence[Step]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "act_id": [step.act.act_id for step in steps],
            "kind": [step.kind for step in steps],
            "who": [tracker.short_names[step.act.actor] for step in steps],
            "name": ["\n".join(row_lines(tracker.codebook, step)) for step in steps],
            "text": [f"{step.text}{step.reserve}" for step in steps],
            "start": [step.start for step in steps],
            "first": [step.first for step in steps],
            "end": [step.end for step in steps],
            "passed": [step.passed for step in steps],
            "hover": [_hover(tracker, step) for step in steps],
        }
    )


def _hover(tracker: Tracker, step: Step) -> str:
    """Short lines: whose act, what falls due by when, its kind, the act and from when it binds."""
    lines = [
        tracker.names[step.act.actor],
        what_words(tracker.codebook, step),
        f"{step.text}{step.reserve}{' (passed)' if step.passed else ''}",
        tracker.codebook.acts.deadline_kind[step.kind],
        step.act.name,
        f"Binds from {words.day(words.dated(since(step.act)))}",
    ]
    head, *rest = map(escapes.html, lines)
    return "<br>".join([f"<b>{head}</b>", *rest])
