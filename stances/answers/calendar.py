"""The deadlines ahead in the months of two years, those of each actor together."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from stances import words
from stances.answers.acts import whose
from stances.answers.introduction import known_until
from stances.answers.steps import (
    NAMED,
    Step,
    doubted_steps_words,
    gone_words,
    kinds_words,
    what_words,
)
from stances.answers.tracker import Tracker
from stances.dataset.days import ONE_DAY

MONTHS = 24


class DueCalendar(NamedTuple):
    """The steps ahead whose last day lies in two years of months, each actor's together, whose is
    the next one first.

    `months`: the first day of each month and of that after the last; `later`: how many fall due
    after these; `passed`: how many have passed.
    """

    steps: tuple[Step, ...]
    months: tuple[date, ...]
    later: int
    passed: int

    @property
    def last(self) -> date:
        """The last day of the two years."""
        return self.months[-1] - ONE_DAY


def due_calendar(steps: Sequence[Step], day: date) -> DueCalendar:
    """Return the calendar from the month of a day on. `steps`: the next first, as `in_order`."""
    months = tuple(_month_after(day, number) for number in range(MONTHS + 1))
    ahead = [step for step in steps if not step.passed]
    near = [step for step in ahead if step.end < months[-1]]
    places = {actor: n for n, actor in enumerate(dict.fromkeys(s.act.actor for s in near))}
    near.sort(key=lambda step: places[step.act.actor])
    return DueCalendar(tuple(near), months, len(ahead) - len(near), len(steps) - len(ahead))


def _month_after(day: date, number: int) -> date:
    years, month = divmod(day.month - 1 + number, 12)
    return date(day.year + years, month + 1, 1)


# -- in words -----------------------------------------------------------------------------------


def calendar_title(tracker: Tracker, due: DueCalendar, day: date, group: str = "") -> str:
    """Say how many deadlines the two years have, whose they are, how many of acts in doubt, and how
    many have passed since, as far as known. `group`: whose members alone are looked for.
    """
    count, actors = len(due.steps), list({step.act.actor for step in due.steps})
    owners = whose(tracker.data.about, len(actors), group)
    owners = tracker.sentence_names[actors[0]] if len(actors) == 1 else owners
    verb = "falls" if count == 1 else "fall"
    state = " under rules in force" if all(step.binds for step in due.steps) else ""
    deadlines = words.plural(count, "deadline", start=True)
    kinds = kinds_words(tracker.codebook, due.steps)
    reserve = f"{kinds}{doubted_steps_words(due.steps)}"
    state += f"{reserve}," if reserve else ""
    text = f"{deadlines} set by {owners}{state} {verb} due"
    # In the first month the days before are over.
    text = f"{text} between {words.day(day)} and {words.day(due.last)}"
    gone = gone_words(tracker.data, due.steps, day)
    text = "; ".join(filter(None, [text, gone]))
    return known_until(tracker.data, day, text)


def calendar_none(due: DueCalendar, day: date) -> str:
    """Return that no deadline is known in the months from a day on."""
    return f"No deadline is known from {words.day(day)} to {words.day(due.last)}"


def calendar_subtitle(due: DueCalendar) -> str:
    """Say which month has most, if one has, how many fall due later, how many have passed."""
    counts = Counter(step.end.replace(day=1) for step in due.steps)
    most = max(counts.values())
    fullest = [month for month, count in counts.items() if count == most]
    text = []
    if most > 1 and len(fullest) == 1:
        month = words.day(words.Dated(fullest[0], "month"))
        text.append(f"The fullest month is {month}, with {words.number(most)}.")
    if due.later:
        verb = "comes" if due.later == 1 else "come"
        text.append(f"{words.number(due.later, start=True)} more {verb} later.")
    if due.passed:
        count = f"{words.number(due.passed, start=True)} {words.have(due.passed)} passed"
        text.append(f"{count} and {'is' if due.passed == 1 else 'are'} not shown.")
    text.append(f"A mark stands on the last day on which a duty can be met. {NAMED}")
    return " ".join(text)


def calendar_alt(tracker: Tracker, title: str, due: DueCalendar) -> str:
    """Return the calendar for those who cannot see it: all of its deadlines, actor by actor."""
    text = [
        f"{tracker.names[step.act.actor]}, {step.text}{step.reserve}: "
        f"{what_words(tracker.codebook, step)}"
        for step in due.steps
    ]
    return f"{title}. By whose rule it is: {'; '.join(text)}."
