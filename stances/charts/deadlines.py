"""The charts of the deadlines of acts: all of them, and those ahead as a calendar."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from stances import words
from stances.answers import calendar
from stances.answers.acts import BY_NAME, since
from stances.answers.steps import (
    SINCE,
    Step,
    deadlines_alt,
    deadlines_headline,
    deadlines_subtitle,
    kinds_of,
    reserved_words,
    row_texts,
    step_counts,
    what_words,
)
from stances.answers.tracker import Tracker
from stances.charts.chart import Chart, Key, hover_label, with_nearer_rows
from stances.dataset.codebook import Codebook
from stances.figures.calendar import deadline_calendar
from stances.figures.deadlines import (
    Space,
    deadline_bars,
    deadline_lines,
    mark_of,
    rows_within,
    stands_out,
)
from stances.figures.map import Json
from stances.filters.acts import (
    ActMatches,
    act_filters,
    act_matches,
    acts_words,
    akin_words,
    headline,
    step_matches,
    steps_to_come,
)
from stances.links.view import View


def deadlines_chart(
    tracker: Tracker,
    matches: ActMatches,
    steps: Sequence[Step],
    mode: str,
    chosen: str | None = None,
    table: bool = False,
) -> Chart:
    """Return a row for each step of the acts. `chosen`: act to mark; `table`: one is below."""
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
        sheet=partial(_on_sheet, tracker, steps, mode, matches.day),
    )


def _on_sheet(
    tracker: Tracker, steps: Sequence[Step], mode: str, day: date, high: float
) -> tuple[Json, tuple[Key, ...]]:
    """Return as many steps as have room in so many px, with what their marks mean."""
    count = rows_within([step.passed for step in steps], high)
    drawn, rest = steps[:count], steps[count:]
    rows, kinds = _short_rows(tracker, drawn), list(tracker.codebook.acts.deadline_kind)
    figure = deadline_lines(rows, kinds, mode, day, Space(high, _omission_note(rest)))
    return figure, deadline_keys(tracker, drawn)


def _omission_note(steps: Sequence[Step]) -> str:
    """Say how many steps are left out, of those ahead and of those passed; empty: none is."""
    passed = step_counts(steps).passed
    counts = [(len(steps) - passed, "ahead"), (passed, "passed")]
    more = ", ".join(f"{words.number(n)} more {what}" for n, what in counts if n)
    return f"and {more}" if more else ""


def deadlines_of(view: View) -> Chart:
    """Return the deadlines of the acts that a view finds; the acts where none sets any."""
    tracker, matches = view.tracker, act_matches(view.but(by=BY_NAME))
    named = [] if matches.group else [tracker.names[code] for code in view["who"]]
    acts, note = acts_words(tracker, matches, named, {}), akin_words(tracker, matches)
    filters = act_filters(tracker.codebook, matches.query).values()
    steps = step_matches(tracker, matches)
    if not steps:
        subtitle = "; ".join([f"On {words.day(matches.day)}", *filters])
        instead = _none_due(matches), *_in_short(tracker, matches.rows)
        return Chart(acts, f"{subtitle}.", instead=instead, note=note)
    chart = deadlines_chart(tracker, matches, steps, view.mode)
    narrowed = "; ".join([acts, *filters])
    return replace(chart, subtitle=f"{narrowed}. {chart.subtitle}", note=note)


_NO_ACT = "No act, so no date falls due"


def _none_due(matches: ActMatches) -> str:
    """Return that none of the acts sets a date; what has ended sets none any more."""
    acts = len(matches.rows)
    if not acts and matches.query.is_narrowed:
        return "No act fits the filters, so no such date falls due"
    count = words.plural(acts, "act", start=True)
    return f"{count}, and no date that falls due is known" if acts else _NO_ACT


def _in_short(tracker: Tracker, rows: pd.DataFrame) -> list[str]:
    """Say whose act each is, what it is called, and from when on it binds."""
    acts: Iterable[Any] = rows.itertuples(index=False)
    return [
        f"{tracker.short_names[act.actor]}: {act.name}, "
        f"{words.short_day(words.partial_date(since(act)))}"
        for act in acts
    ]


def calendar_chart(
    tracker: Tracker, matches: ActMatches, steps: Sequence[Step], mode: str, chosen: str | None
) -> Chart:
    """Return the steps ahead in the months of two years. `chosen`: the act to mark."""
    due = calendar.due_calendar(steps, matches.day)
    if not due.steps:
        return Chart(calendar.calendar_none(due, matches.day))
    title = calendar.calendar_title(tracker, due, matches.day, matches.group)
    rows = _short_rows(tracker, due.steps).assign(
        what=[what_words(tracker.codebook, step) for step in due.steps],
        reserve=[step.reserve.strip() for step in due.steps],
        passed=[step.gone for step in due.steps],
    )
    kinds, days = list(tracker.codebook.acts.deadline_kind), (matches.day, due.months)
    return Chart(
        title,
        calendar.calendar_subtitle(due),
        calendar.calendar_alt(tracker, title, due),
        deadline_calendar(rows, kinds, mode, days, chosen),
        _keys(tracker, due.steps, SINCE if any(rows["passed"]) else ""),
        within=lambda high: with_nearer_rows(
            deadline_calendar(rows, kinds, mode, days, chosen, whole=False), high
        ),
    )


def calendar_of(view: View) -> Chart:
    """Return the calendar of the acts that a view finds."""
    tracker, matches = view.tracker, act_matches(view)
    steps = step_matches(tracker, matches)
    chart = calendar_chart(tracker, matches, steps, view.mode, view["act"])
    # By itself it says what is looked for, as the page around it does.
    _, narrowed = headline(view, matches)
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
    """Say what the marks of the kinds drawn mean, and a hollow one; empty: none is drawn."""
    labels = codebook.acts.deadline_kind
    kinds = list(labels)
    marks = {kind: f"{mark_of(kinds, kind)}{' leads' * stands_out(kinds, kind)}" for kind in drawn}
    keys = [Key(labels[kind], f"mark {marks[kind]}") for kind in drawn]
    if hollow:
        shape = marks[drawn[0]] if len(drawn) == 1 else "square"
        keys.append(Key(hollow, f"mark {shape} hollow"))
    return keys


def _rows(tracker: Tracker, steps: Sequence[Step]) -> pd.DataFrame:
    who = [tracker.short_names[step.act.actor] for step in steps]
    texts = [row_texts(tracker.codebook, *each) for each in zip(steps, who, strict=True)]
    return pd.DataFrame(
        {
            "act_id": [step.act.act_id for step in steps],
            "kind": [step.kind for step in steps],
            "who": who,
            "name": ["\n".join(lines) for _, lines in texts],
            "text": [text for text, _ in texts],
            "start": [step.start for step in steps],
            "first": [step.first for step in steps],
            "end": [step.end for step in steps],
            "passed": [step.passed for step in steps],
            "hover": [_hover(tracker, step) for step in steps],
        }
    )


def _short_rows(tracker: Tracker, steps: Sequence[Step]) -> pd.DataFrame:
    """Return the rows where each has a line: the deadline in short, and all else in what is due."""
    return _rows(tracker, steps).assign(
        what=[reserved_words(tracker.codebook, step) for step in steps],
        text=[words.short_day(words.partial_date(step.deadline)) for step in steps],
    )


def _hover(tracker: Tracker, step: Step) -> str:
    """Short lines: whose act, what falls due by when, its kind, the act and from when it binds."""
    return hover_label(
        tracker.names[step.act.actor],
        what_words(tracker.codebook, step),
        f"{step.text}{step.reserve}{' (passed)' if step.passed else ''}",
        tracker.codebook.acts.deadline_kind[step.kind],
        step.act.name,
        f"Binds from {words.day(words.partial_date(since(step.act)))}",
    )
