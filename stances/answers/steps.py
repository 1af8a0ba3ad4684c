"""The dated steps that acts set: what falls due when, the next first.

An act may set several dates, each for a part of its own (`deadlines.csv`). A date known in part is
drawn as its span, falls due with its last day, and has passed on the day after.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from textwrap import wrap
from typing import Any, NamedTuple

from stances import words
from stances.answers.acts import (
    StepRow,
    acts_on,
    doubt_words,
    in_doubt_words,
    next_first,
    since,
    standing_words,
    status_words,
    step_rows,
    whose,
)
from stances.answers.events import fold
from stances.answers.introduction import known_later, known_until
from stances.answers.obligations import title_on
from stances.answers.rows import group_rows, named_rows
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.days import first_day, last_day
from stances.dataset.tables import Dataset
from stances.model.register import ENDED, IN_FORCE

# What the notes of `deadlines.csv` say of a date that no source names, and how that is told.
_BY_US = "counted by us"
_COUNTED = (_BY_US, "taken to run from")
# Of a deadline that was ahead on the day looked at, and is not by the real one.
SINCE = "passed since"


# The orders of deadlines by their names in an address, with what controls call them.
NEXT = "next"
ORDERS = {
    NEXT: "Next first",
    "actor": "By country or body",
    "kind": "By kind",
    "rule": "By rule",
    "since": "Newest rule first",
}


@dataclass(frozen=True)
class Step:
    """A dated step of an act that binds or will. `act`: its row, as in `acts_on`; `deadline`: a
    day, month or year; `kind`: a code of the register; `part`: of the codebook, empty where none is
    named; `what`: what falls due, maybe empty; `start`: the day from which on the act binds;
    `first`, `end`: the first and the last day of what is known of the deadline; `passed`: the last
    day is over; `gone`: it was ahead then and is over by the real day, as in `steps_gone_by`;
    `known`: the day as of which a doubt about the act is known (`known_later`).
    """

    act: Any
    deadline: str
    kind: str
    part: str
    what: str
    note: str
    start: date
    first: date
    end: date
    passed: bool
    gone: bool
    known: str

    @property
    def text(self) -> str:
        """The deadline in words, no more exactly than it is known."""
        return words.day(words.partial_date(self.deadline))

    @property
    def short_text(self) -> str:
        """The deadline in short words, no more exactly than it is known."""
        return words.short_day(words.partial_date(self.deadline))

    @property
    def reckoning(self) -> str:
        """Say in brackets that no source names the day, that it has passed since; or empty."""
        return in_brackets(self._count_note, self._since)

    @property
    def reserve(self) -> str:
        """Return `reckoning` with whether the act is in doubt, where that does not stand beside."""
        return in_brackets(self._count_note, self._since, self._doubt_note)

    @property
    def standing_reserve(self) -> str:
        """Return what of `reserve` no calendar shows by itself, which is not that it has passed."""
        return _comma_list(self._count_note, self._doubt_note)

    @property
    def reserve_or_passed(self) -> str:
        """Return `reserve` with whether it had passed on the day looked at."""
        passed = "passed" if self.passed else ""
        return in_brackets(self._count_note, passed, self._since, self._doubt_note)

    @property
    def _count_note(self) -> str:
        return counted_words(self.note)

    @property
    def _since(self) -> str:
        return SINCE if self.gone else ""

    @property
    def _doubt_note(self) -> str:
        return f"rule {in_doubt_words(self.known)}" if self.act.doubt else ""

    @property
    def binds(self) -> bool:
        """Say whether the act is in force: a step of one that is yet to come is not yet a duty."""
        return bool(self.act.status == IN_FORCE)


def _comma_list(*texts: str) -> str:
    return ", ".join(filter(None, texts))


def counted_words(note: str) -> str:
    """Return that no source names the day of a step, as its note says; else empty."""
    return _BY_US if any(text in note.casefold() for text in _COUNTED) else ""


def in_brackets(*texts: str) -> str:
    """Return what is not empty of some texts in brackets behind a word; of nothing nothing."""
    return f" ({_comma_list(*texts)})" if any(texts) else ""


class DuePeriod(NamedTuple):
    """The days between which deadlines end; None: without an end on that side."""

    first: date | None = None
    last: date | None = None

    def has(self, day: date) -> bool:
        """Say whether a day lies in the period."""
        return (self.first or date.min) <= day <= (self.last or date.max)


EVER = DuePeriod()


def no_days_between(period: DuePeriod) -> str:
    """Say that a period ends before it begins and has no deadline; empty where it does not."""
    if period.first is None or period.last is None or period.first <= period.last:
        return ""
    return (
        f"Deadlines from {words.day(period.first)} is after deadlines to "
        f"{words.day(period.last)}: none lies between."
    )


@memoize
def acts_of_day(tracker: Tracker, day: date) -> list[Any]:
    """Return the rows of `acts_on` a day, once for all answers: shared, so never to be changed."""
    return named_rows(acts_on(tracker.data, day))


@memoize
def steps(tracker: Tracker, day: date) -> tuple[Step, ...]:
    """Return the steps of all acts that are in force on a day or will be, the next first: those
    ahead by their last day, then those that have passed, the newest first.
    """
    data, rows = tracker.data, step_rows(tracker.data)
    acts = [act for act in acts_of_day(tracker, day) if act.status != ENDED]
    every = [step for act in acts for step in _steps_of(data, act, rows.get(act.act_id, ()), day)]
    return tuple(in_order(every))


def _steps_of(data: Dataset, act: Any, rows: Sequence[StepRow], day: date) -> Iterator[Step]:
    start, known = first_day(since(act)), known_later(data, day)
    for row in rows:
        first, end = first_day(row.deadline), last_day(row.deadline)
        gone = is_past(data, day) and day <= end < data.today
        yield Step(act, *row, start, first, end, end < day, gone, known)


def in_order(steps: Sequence[Step]) -> list[Step]:
    """Order steps: the next first, then what has passed, newest first; by actor and name."""
    return sorted(steps, key=_place)


def _place(step: Step) -> tuple[bool, int, str, str]:
    return *next_first(step.end, step.passed), step.act.actor, step.act.name


def in_order_of(tracker: Tracker, steps: Sequence[Step], order: str) -> list[Step]:
    """Return steps, which come in their order, in one of ORDERS."""
    kinds = tracker.codebook.acts.deadline_kind
    keys: dict[str, Callable[[Step], Any]] = {
        "actor": lambda step: fold(tracker.short_names[step.act.actor]),
        "kind": lambda step: fold(kinds[step.kind]),
        "rule": lambda step: fold(step.act.name),
        "since": lambda step: -step.start.toordinal(),
    }
    return sorted(steps, key=keys[order]) if order in keys else list(steps)


def steps_of_act(tracker: Tracker, act_id: str, day: date) -> list[Step]:
    """Return an act's steps by their days, passed ones too; none: it is over or not adopted."""
    return steps_by_day(step for step in steps(tracker, day) if step.act.act_id == act_id)


def steps_of_ended(tracker: Tracker, act: Any, day: date) -> list[Step]:
    """Return the steps by day of an act (a row of `acts_on`) that has ended; else none."""
    rows = step_rows(tracker.data).get(act.act_id, ()) if act.status == ENDED else ()
    return steps_by_day(_steps_of(tracker.data, act, rows, day))


def steps_by_day(steps: Iterable[Step]) -> list[Step]:
    """Put steps in the order of their days, those that have passed too."""
    return sorted(steps, key=lambda step: (step.end, step.first))


def steps_of(
    tracker: Tracker,
    day: date,
    actors: Collection[str] | None = None,
    domain: str = OVERALL,
    kinds: Collection[str] = (),
    period: DuePeriod = EVER,
) -> list[Step]:
    """Return the steps of the acts of some actors (None: of all) in a domain, of some kinds (none:
    of all), whose last day lies in a period, in their order.
    """
    return [
        step
        for step in steps(tracker, day)
        if (actors is None or step.act.actor in actors)
        and domain in (OVERALL, step.act.domain)
        and (not kinds or step.kind in kinds)
        and period.has(step.end)
    ]


def steps_of_acts(
    tracker: Tracker,
    day: date,
    acts: Collection[str],
    kinds: Collection[str] = (),
    period: DuePeriod = EVER,
) -> list[Step]:
    """Return the steps of some acts by their ids, narrowed as in `steps_of`, in their order."""
    those = set(acts)
    return [
        step
        for step in steps_of(tracker, day, kinds=kinds, period=period)
        if step.act.act_id in those
    ]


def next_step(steps: Sequence[Step]) -> Step | None:
    """Return the next of some steps that is still to come, of an act in force; None: none is."""
    return min((s for s in steps if s.binds and not s.passed), key=lambda s: s.end, default=None)


def leading_step(steps: Sequence[Step]) -> Step | None:
    """Return the step that stands for several: the next, else the last that passed; None: none."""
    return next(iter(in_order(steps)), None)


def coming_step(steps: Sequence[Step]) -> Step | None:
    """Return the step that comes next of some: one that has not passed by the real day either, of
    an act in force, before others; without one ahead the last that has passed; None: there is none.
    """
    return next_step([s for s in steps if not s.gone]) or next_step(steps) or leading_step(steps)


class StepCounts(NamedTuple):
    """Counts of steps: ahead under acts in force, under acts to come, and passed."""

    in_force: int
    to_come: int
    passed: int


def step_counts(steps: Sequence[Step]) -> StepCounts:
    """Count steps by whether they are ahead, and whether their acts are in force."""
    binds = [step.binds for step in steps if not step.passed]
    return StepCounts(sum(binds), len(binds) - sum(binds), len(steps) - len(binds))


# -- in words -----------------------------------------------------------------------------------

_MORE = " \N{HORIZONTAL ELLIPSIS}"
_ALL_OF = {1: "", 2: "both "}
_ALL_OF_THEM = {1: "", 2: "both of them "}
# So many characters of what falls due have room in a line of a chart, in so many lines.
_LINE, _LINES = 60, 2


def what_words(codebook: Codebook, step: Step) -> str:
    """Return what falls due at a step; where nothing is said, what kind of step it is."""
    return step.what or codebook.acts.deadline_kind[step.kind]


def reserved_words(codebook: Codebook, step: Step) -> str:
    """Say what falls due at a step, behind its deadline's reserve, so that no cut takes that."""
    return f"{step.reserve} {what_words(codebook, step)}".strip()


def row_texts(codebook: Codebook, step: Step, who: str) -> tuple[str, list[str]]:
    """Return by when something falls due, and what does in lines, where space is short; a reserve
    that has no room behind its day and `who`, whose act it is, stands before what falls due.
    """
    when = f"{step.text}{step.reserve}"
    has_space = len(f"{who}  {when}") <= _LINE
    if has_space:
        return when, wrap(what_words(codebook, step), _LINE, max_lines=_LINES, placeholder=_MORE)
    what = reserved_words(codebook, step)
    return step.text, wrap(what, _LINE, max_lines=_LINES + 1, placeholder=_MORE)


def dates_text(codebook: Codebook, steps: Iterable[Step]) -> str:
    """Return all of some steps within a cell of a file: 2026-12-31: core; 2029-12-31 (passed): all
    else. A date no more exactly than it is known.
    """
    return "; ".join(
        f"{step.deadline}{_past_words(step)}: {what_words(codebook, step)}" for step in steps
    )


def kind_words(codebook: Codebook, kind: str) -> str:
    """Return a kind of step within a sentence; empty where the codebook has no register."""
    return words.within(codebook.acts.deadline_kind.get(kind, ""))


def step_words(codebook: Codebook, step: Step) -> str:
    """Tell a step of an act among the others: by when, of which kind, what falls due or did."""
    what = f": {step.what}" if step.what else ""
    past = f" ({SINCE})" if step.gone else _past_words(step)
    return f"{step.text}{past}. {codebook.acts.deadline_kind[step.kind]}{what}"


def _past_words(step: Step) -> str:
    """Say that a step has passed, or was not reached before its act ended; empty: it is ahead."""
    if step.act.status == ENDED and step.end > last_day(step.act.ended):
        return " (not reached: the rule had ended)"
    return " (passed)" if step.passed or step.act.status == ENDED else ""


def due_text(codebook: Codebook, steps: Sequence[Step]) -> str:
    """Return the steps ahead, the next first, or the last passed, where space is short: 31 Dec
    2026: existing equipment out; then 31 Dec 2029; empty: there is none. `steps`: in their order.
    """
    day, reckoning, what = due_parts(codebook, steps)
    return f"{day}{reckoning}: {what}" if day else ""


def due_parts(codebook: Codebook, steps: Sequence[Step]) -> tuple[str, str, str]:
    """Return the parts of `due_text`: the day of its first step, whose reckoning that is, in
    brackets, and what falls due, with the steps after it.
    """
    ahead = [step for step in steps if not step.passed] or steps[:1]
    if not ahead:
        return "", "", ""
    first = ahead[0]
    what = f"{kind_words(codebook, first.kind)}{' (passed)' if first.passed else ''}"
    for before, step in pairwise(ahead):
        kind = f": {kind_words(codebook, step.kind)}" if step.kind != before.kind else ""
        what += f"; then {_due(step)}{kind}"
    return first.short_text, first.reckoning, what


def act_sentence(tracker: Tracker, row: Any, day: date, *, dated: bool = True) -> str:
    """Return an act to be quoted: whose it is, where it stands on a day, its next step, what it
    asks. `dated`: with that day, which is named beside news.
    """
    standing = words.within(standing_words(tracker.codebook, row, day))
    steps = steps_of_act(tracker, row.act_id, day)
    step, coming = leading_step(steps), coming_step(steps)
    due = f" {act_due(tracker.codebook, step)}" if step else ""
    if step and coming and step.gone and not coming.gone:
        due += f" After that: {what_words(tracker.codebook, coming)}, {coming.text}"
        due += f"{coming.reckoning}."
    whose = words.sentence_start(tracker.sentence_names[row.actor])
    opening = f"{whose}, {words.quote(row.name)}"
    opening = f"{opening}, {words.day(day)}" if dated else opening
    asks = title_on(row, day)
    text = f"{opening}: {standing}{due} {asks}."
    return " ".join(filter(None, [text, doubt_words(row.doubt, known_later(tracker.data, day))]))


def act_due(codebook: Codebook, step: Step) -> str:
    """Return the step that an act is told with, as a sentence."""
    opening = "Last deadline, passed" if step.passed else "Next deadline"
    return f"{opening}: {what_words(codebook, step)}, {step.text}{step.reckoning}."


def deadlines_headline(
    tracker: Tracker,
    steps: Sequence[Step],
    day: date,
    group: str = "",
    unlisted: Sequence[Step] = (),
) -> str:
    """Say how many steps are ahead of acts in force, of which kind they are, how many of acts in
    doubt and to come, how many have passed since, and which is next; where none is ahead, which
    passed last; all as far as known. `group`: whose members alone are looked for; `unlisted`: those
    of acts to come that fit and are not shown.
    """
    ahead = [step for step in steps if not step.passed]
    gone = steps_gone_by(steps)
    if not ahead:
        beside = _unlisted_words(unlisted, "")
        none = f"No deadline ahead is known{f' {_IN_FORCE}{beside}' if beside else ''}"
        text = f"{none}{_last_words(tracker, steps)}"
    else:
        when = f" on {words.day(day)}" if is_past(tracker.data, day) else ""
        count = f"{_ahead_words(tracker, ahead, group, when)}{_unlisted_words(unlisted, ' more')}"
        left = [step for step in ahead if step not in gone]
        next_one = _next_words(tracker, left, " after that" if gone else "") if left else ""
        sooner = _sooner_words(tracker, left, [step for step in unlisted if not step.passed])
        since = gone_words(tracker.data, ahead, day)
        text = "; ".join(filter(None, [count, since, next_one, sooner]))
    return known_until(tracker.data, day, text)


def _ahead_words(tracker: Tracker, ahead: Sequence[Step], group: str, when: str) -> str:
    """Say whose steps are ahead under rules in force, how many of these are in doubt, and how many
    more are under rules to come; where none is of a rule in force, those alone. `when`: the day on
    which they are, where it is told.
    """
    counted = [step for step in ahead if step.binds] or ahead
    actors = list(dict.fromkeys(step.act.actor for step in counted))
    about, alone = tracker.data.about, len(actors) == 1
    owners = tracker.sentence_names[actors[0]] if alone else whose(about, len(actors), group)
    one = len(counted) == 1
    are = ("was" if when else "is") if one else ("were" if when else "are")
    count = (
        f"{words.plural(len(counted), 'deadline', start=True)} set by {owners} {are} ahead{when}"
    )
    kinds = f"{kinds_words(tracker.codebook, counted)}{doubted_steps_words(counted)}"
    more = len(ahead) - len(counted)
    also = f", {words.number(more)} more {_to_come(more)}" if more else ""
    state = _IN_FORCE if counted[0].binds else _to_come(len(counted))
    return f"{count} {state}{kinds}{also}"


_IN_FORCE = "under rules in force"


def _to_come(count: int) -> str:
    return "under a rule to come" if count == 1 else "under rules to come"


def _unlisted_words(unlisted: Sequence[Step], more: str) -> str:
    """Count in brackets the steps of acts to come not shown. `more`: says so after others."""
    count = step_counts(unlisted).to_come
    return f" ({words.number(count)}{more} {_to_come(count)}, not listed here)" if count else ""


def counts_words(data: Dataset, steps: Sequence[Step], day: date) -> str:
    """Say how many steps there are on a day, by what they are counted as, where they stand in a
    file, and how many of those ahead have passed since.
    """
    counts, ahead = step_counts(steps), [step for step in steps if not step.passed]
    since = gone_words(data, ahead, day) if ahead else ""
    when = f" on {words.day(day)}" if since else ""
    text = [
        f"{words.plural(counts.in_force, 'date', start=True)} ahead{when} {_IN_FORCE}",
        f"{words.number(counts.to_come)} more {_to_come(counts.to_come)}" if counts.to_come else "",
        f"{words.number(counts.passed)} passed" if counts.passed else "",
    ]
    return f"{'; '.join(filter(None, [', '.join(filter(None, text)), since]))}."


def kinds_words(codebook: Codebook, ahead: Sequence[Step]) -> str:
    """Say of which kind all of some steps are; empty where they are of several."""
    kind, *others = kinds_of(codebook, ahead)
    if others:
        return ""
    return f", {_ALL_OF.get(len(ahead), 'all ')}for {words.quote(kind_words(codebook, kind))}"


def doubted_steps_words(steps: Sequence[Step]) -> str:
    """Say how many of some steps are of acts in doubt, for the end of a clause; empty: none is."""
    doubted = [step for step in steps if step.act.doubt]
    if not doubted:
        return ""
    rules = "a rule" if len({step.act.act_id for step in doubted}) == 1 else "rules"
    under = f"under {rules} {in_doubt_words(doubted[0].known)}"
    if len(doubted) < len(steps):
        return f", {words.number(len(doubted))} of them {under}"
    return f", {_ALL_OF_THEM.get(len(steps), 'all of them ')}{under}"


def due_of(tracker: Tracker, row: Any, day: date, kind: str = "") -> str:
    """Return the deadline of an act in a table, no more exactly than it is known: the next, else
    the last that passed; of one that has ended the one that it had; empty: it sets none. `kind`:
    of deadlines that are looked for; then each of that kind.
    """
    dated = steps_of_act(tracker, row.act_id, day)
    if kind and (of_kind := [step for step in dated if step.kind == kind]):
        return ", ".join(f"{_due(step)}{' (passed)' * step.passed}" for step in of_kind)
    if step := leading_step(dated):
        return _due(step)
    return words.short_day(words.partial_date(row.deadline)) if row.deadline else ""


def _due(step: Step) -> str:
    return f"{step.short_text}{step.reckoning}"


def state_of(tracker: Tracker, row: Any, day: date) -> str:
    """Return the status of an act in a table, and whether all its deadlines have passed."""
    step = leading_step(steps_of_act(tracker, row.act_id, day))
    passed = row.status == IN_FORCE and bool(step and step.passed)
    return status_words(row.status, passed, row.doubt)


def kinds_of(codebook: Codebook, steps: Sequence[Step]) -> list[str]:
    """Return the kinds of some steps in the order of the codebook."""
    kinds = {step.kind for step in steps}
    return [kind for kind in codebook.acts.deadline_kind if kind in kinds]


def _last_words(tracker: Tracker, steps: Sequence[Step]) -> str:
    last = leading_step(steps)
    if last is None:
        return ""
    what = _what_of(tracker, [last])
    rule = f"by a rule of {_whose(tracker, [last])}"
    return f"; the last to pass, {rule}: {what}, {last.text}{last.reserve}"


def _next_words(tracker: Tracker, ahead: Sequence[Step], after: str) -> str:
    """Say which step is next, or which are that end on one day. `after`: a day told before."""
    binding = [step for step in ahead if step.binds]
    state = f"next{after}" if binding else f"first{after}, of an act not yet in force,"
    soonest = min(step.end for step in binding or ahead)
    those = [step for step in binding or ahead if step.end == soonest]
    finest, alike = max(those, key=lambda s: len(s.deadline)), len({s.reserve for s in those}) == 1
    reckoning = finest.reckoning if all(step.reckoning for step in those) else ""
    day = f"{finest.text}{finest.reserve if alike else reckoning}"
    if len({step.act.actor for step in ahead}) == 1:
        return f"the {state.rstrip(',')}: {_what_of(tracker, those)}, {day}"
    if len(those) == 1:
        rule = f"by a rule of {_whose(tracker, those)}"
        return f"the {state.rstrip(',')}, {rule}: {_what_of(tracker, those)}, {day}"
    by_actor = group_rows(those, lambda step: str(step.act.actor))
    few = len(by_actor) <= _MOST_OWNERS and not after
    owners = [
        f"{_whose(tracker, due)} ({_what_of(tracker, due)})" if few else _whose(tracker, due)
        for due in by_actor.values()
    ]
    return f"the {state.rstrip(',')}, {day}, by rules of {words.together(owners)}"


def _sooner_words(tracker: Tracker, left: Sequence[Step], unlisted: Sequence[Step]) -> str:
    """Say which step of an act to come ends before the next of those in force; empty where none
    does. `unlisted`: as of `deadlines_headline`.
    """
    next_end = min((step.end for step in left if step.binds), default=date.min)
    every = (step for step in (*left, *unlisted) if not step.binds and not step.gone)
    sooner = [step for step in every if step.end < next_end]
    if not sooner:
        return ""
    first = min(sooner, key=lambda step: step.end)
    rule = f"under a rule of {_whose(tracker, [first])} to come"
    day = f"{first.text}{first.reserve}"
    return f"before it, {rule}: {_what_of(tracker, [first])}, {day}"


# A headline has room for what falls due by the rules of so many on one day.
_MOST_OWNERS = 2


def _whose(tracker: Tracker, steps: Sequence[Step]) -> str:
    return tracker.sentence_names[steps[0].act.actor]


def _what_of(tracker: Tracker, steps: Sequence[Step]) -> str:
    return "; ".join(dict.fromkeys(what_words(tracker.codebook, step) for step in steps))


def deadlines_subtitle(steps: Sequence[Step], day: date, period: DuePeriod = EVER) -> str:
    """Return what the chart shows, and how many of its steps have passed."""
    gone = sum(step.passed for step in steps)
    passed = f"{gone:,} of {len(steps):,} {words.have(gone)} passed" if gone else "none has passed"
    bars = f"Bars run from entry into force to the deadline; on {words.day(day)}, {passed}."
    only = period_words(period)
    return " ".join(filter(None, (bars, f"Only deadlines {only}." if only else "", NAMED)))


# Of what stands beside a deadline: an act of the EU binds its members, or firms.
NAMED = "Each name says whose rule it is, not who has to act."


def steps_gone_by(steps: Iterable[Step]) -> list[Step]:
    """Return the steps ahead on a day that have passed by today, where the day is the last that the
    sources were looked through to: a reader takes it for today.
    """
    return [step for step in steps if step.gone]


def is_past(data: Dataset, day: date) -> bool:
    """Say whether a day is the last that the sources were looked through to, before today."""
    return day == data.opening_day < data.today


def gone_words(data: Dataset, ahead: Sequence[Step], day: date) -> str:
    """Say how many of the steps `ahead` on a day have passed since; empty where not told."""
    if not is_past(data, day):
        return ""
    gone = steps_gone_by(ahead)
    if not gone:
        none = "it has not" if len(ahead) == 1 else "none of these has"
        return f"{none} passed since, by {words.day(data.today)}"
    every = "it" if len(ahead) == 1 else "both" if len(ahead) == 2 else "all"
    count = every if len(gone) == len(ahead) else words.number(len(gone))
    return f"{count} {words.have(len(gone))} passed since, by {words.day(data.today)}"


def period_words(period: DuePeriod) -> str:
    """Return a period in words; empty: it has no end."""
    ends = (("from", period.first), ("to", period.last))
    return " ".join(f"{word} {words.day(day)}" for word, day in ends if day)


def deadlines_alt(
    steps: Sequence[Step], names: Mapping[str, str], codebook: Codebook, day: date, table: bool
) -> str:
    """Tell the chart's first rows, as sorted. `table`: one below it has all of them."""
    text = [
        f"{names[step.act.actor]}: {what_words(codebook, step)}, {step.text}{step.reserve}"
        f"{' (passed)' if step.passed else ''}"
        for step in steps[: words.MOST_LISTED]
    ]
    more = len(steps) - len(text)
    rest = f"; and {words.number(more)} more" if more else ""
    twin = " All stand in the table below, each with its act." if table else ""
    count = words.plural(len(steps), "deadline", start=True)
    each = "each with a bar" if len(steps) > 1 else "with a bar"
    return (
        f"{count}, {each} from the entry into force of its act, the next first and what "
        f"has passed last, with a line at {words.day(day)}: {'; '.join(text)}{rest}.{twin}"
    )
