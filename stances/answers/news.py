"""The news: what readers are told, each once, on a day that stays the same.

What a release brought is told on its day. Of the first release that has a table nobody knows when
each row came, so these rows are told on days of their own: an event on its day, an act on that of
its adoption, the use of an act on the first day of it. A step of an act is told ahead of its last
day, and when that has passed. What time alone does to a stance is never told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from stances import words
from stances.answers.acts import StepRow, step_rows
from stances.answers.directions import courses
from stances.answers.tracker import Tracker, memoize
from stances.dataset.comparison import Cells, Key
from stances.dataset.days import ONE_DAY, first_day, last_day
from stances.dataset.recordings import Recording, recordings
from stances.dataset.schema import APPLIED
from stances.model.register import IN_FORCE, NOT_YET, PRACTICE_COLUMNS, Register

LEVEL, EVENT, ACT, PRACTICE = "level", "event", "act", "practice"
DUE, PASSED, CORRECTION = "due", "passed", "correction"
# Frozen: feeds and scripts name them.
NEWS_KINDS = {
    LEVEL: "a new act that leaves another level in its domain than there was",
    EVENT: "any other new event",
    ACT: "a new act that no event brought which is told with it",
    PRACTICE: "what has become of an act in practice",
    DUE: "a step that falls due in 90, 30 or 7 days",
    PASSED: "a step whose last day has passed",
    CORRECTION: "a row that was corrected or withdrawn",
}
UNCORRECTED = tuple(kind for kind in NEWS_KINDS if kind != CORRECTION)
# Of what is told on a day what was done comes first, by its own day; these come after it.
_LATER = {DUE: 1, PASSED: 1, CORRECTION: 2}
# A step is told so many days before its last one.
_AHEAD = (90, 30, 7)

# The columns whose corrections are told: those that say what was done and when, and the wording.
_FACTS = {
    "events": ("actor", "date", "date_precision", "end_date", "domain", "instrument", "score"),
    "acts": ("actor", "domain", "scope", "aim", "adopted", "in_force_from", "ended", "ended_how"),
}
_WORDING = {
    "events": ("confidence", "title", "summary", "speaker"),
    "acts": ("name", "obligation", "legal_reference", "penalty", "used", "confidence", "doubt"),
}
_OF_FACTS = frozenset(name for names in _FACTS.values() for name in names)
_APPLIED = PRACTICE_COLUMNS[0]

# Columns by name, each with its text before and after.
Changed = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class NewsNote:
    """Something that is told. `id`: the same for ever; `kind`: of NEWS_KINDS; `news_day`: the day
    on which it is; `day`: its own, maybe years before; `event_id`, `act_id`: what it is of, maybe
    empty; `changed`: of a correction or of practice; `came`, `went`: the steps of a corrected act
    that are new and that are no more; `gone`: a row that was withdrawn; `step`: what falls due.
    """

    id: str
    kind: str
    news_day: date
    day: date
    actor: str
    domain: str
    event_id: str = ""
    act_id: str = ""
    changed: Changed = field(default_factory=dict)
    came: Sequence[StepRow] = ()
    went: Sequence[StepRow] = ()
    gone: Cells = field(default_factory=dict)
    step: StepRow | None = None

    @property
    def of_event(self) -> bool:
        """Say whether it is told of an event, maybe with the act that this brought."""
        return bool(self.event_id) and (self.kind in (LEVEL, EVENT) or not self.act_id)

    @property
    def factual(self) -> bool:
        """Say whether a correction is of more than wording."""
        return bool(self.came or self.went or self.gone or _OF_FACTS.intersection(self.changed))


@memoize
def notes(tracker: Tracker) -> tuple[NewsNote, ...]:
    """Return all that was told up to today, the newest first; of a day first what was done, then
    steps, then corrections, of each the newest of their own days first.
    """
    every: dict[str, NewsNote] = {}
    for note in (*_of_releases(tracker), *_of_steps(tracker)):
        # What went and came again is told once.
        every.setdefault(note.id, note)
    items = sorted(
        (n for n in every.values() if n.news_day <= tracker.data.today), key=lambda n: n.id
    )
    return tuple(
        sorted(items, key=lambda n: (n.news_day, -_LATER.get(n.kind, 0), n.day), reverse=True)
    )


# -- what releases brought ----------------------------------------------------------------------


@memoize
def _by_day(tracker: Tracker) -> dict[date, dict[str, Recording]]:
    """Return what releases brought, by their days and by table."""
    days: dict[date, dict[str, Recording]] = defaultdict(dict)
    for recording in recordings(tracker.data):
        days[recording.day][recording.table] = recording
    return dict(days)


def _of_releases(tracker: Tracker) -> Iterator[NewsNote]:
    uses_known = False
    for parts in _by_day(tracker).values():
        events, acts = parts.get("events"), parts.get("acts")
        if events:
            yield from _new_events(tracker, events)
            yield from _corrected_events(tracker, events)
            yield from _withdrawals(events)
        if acts:
            yield from _new_acts(tracker, acts, events)
            yield from _corrected_acts(tracker, acts, parts.get("deadlines"))
            yield from _withdrawals(acts)
            if not uses_known and any(_APPLIED in row for row in acts.rows.values()):
                uses_known = True
                yield from _first_uses(tracker, acts)


def _day_of(recording: Recording, own_day: date) -> date:
    """Return the day on which a row is told that came with a release."""
    return min(own_day, recording.day) if recording.first else recording.day


def _own_day(partial: str, otherwise: date) -> date:
    """Return the first day of a date, which in an archive may be anything."""
    try:
        return first_day(partial)
    except ValueError:
        return otherwise


def _new_events(tracker: Tracker, events: Recording) -> Iterator[NewsNote]:
    brought = {str(act.event_id): str(act.act_id) for act in tracker.data.acts[::-1].itertuples()}
    for key in events.added:
        event_id = key[0]
        if event_id in tracker.titles:
            row = tracker.events[event_id]
            day = _day_of(events, _own_day(events.rows[key]["date"], events.day))
            kind = LEVEL if levels_of(tracker, event_id) else EVENT
            yield NewsNote(
                f"event/{event_id}", kind, day, row.date.date(), row.actor, row.domain, event_id,
                brought.get(event_id, ""),
            )  # fmt: skip


def levels_of(tracker: Tracker, event_id: str) -> tuple[str, str] | None:
    """Return the levels in the domain of an act before and after it, where it changed them; None:
    it did not, or is no act. Words that turn a mean over the border of a class, maybe against what
    they say, change no level.
    """
    course = courses(tracker).get(event_id)
    if course is None or not tracker.events[event_id].binding:
        return None
    before, after = (words.label(tracker.codebook, end) for end in (course.before, course.after))
    return None if before == after else (before, after)


def _corrected_events(tracker: Tracker, events: Recording) -> Iterator[NewsNote]:
    for key, changed in events.corrected.items():
        columns = _wording_columns("events", changed)
        if columns and key[0] in tracker.titles:
            row = tracker.events[key[0]]
            yield NewsNote(
                f"correction/{key[0]}/{events.day}", CORRECTION, events.day, row.date.date(),
                row.actor, row.domain, key[0], changed=columns,
            )  # fmt: skip


def _wording_columns(table: str, changed: Changed) -> Changed:
    return {name: changed[name] for name in (*_FACTS[table], *_WORDING[table]) if name in changed}


def _withdrawals(recording: Recording) -> Iterator[NewsNote]:
    for key, gone in recording.withdrawn.items():
        day = _own_day(gone.get("date") or gone.get("adopted", ""), recording.day)
        yield NewsNote(
            f"withdrawn/{key[0]}", CORRECTION, recording.day, day, gone["actor"], gone["domain"],
            gone=gone,
        )  # fmt: skip


def _new_acts(tracker: Tracker, acts: Recording, events: Recording | None) -> Iterator[NewsNote]:
    """Yield acts not told with their event: it came in another release, or none is recorded."""
    for key in acts.added:
        act = tracker.acts.get(key[0])
        event_id = acts.rows[key]["event_id"]
        with_event = acts.first or (events is not None and (event_id,) in events.added)
        if act is None or (with_event and event_id in tracker.titles):
            continue
        day = _act_day(act, acts.day)
        yield NewsNote(
            f"act/{act.act_id}", ACT, _day_of(acts, day), day, act.actor, act.domain, act.event_id,
            act.act_id,
        )  # fmt: skip


def _act_day(act: object, otherwise: date) -> date:
    adopted, in_force = getattr(act, "adopted", ""), getattr(act, "in_force_from", "")
    return _own_day(adopted or in_force, otherwise)


def _corrected_acts(
    tracker: Tracker, acts: Recording, deadlines: Recording | None
) -> Iterator[NewsNote]:
    came, went = _moved_steps(deadlines)
    added = {key[0] for key in acts.added}
    moved = {act_id for act_id in (*came, *went) if (act_id,) in acts.rows}
    for act_id in sorted({key[0] for key in acts.corrected} | moved):
        act, changed = tracker.acts.get(act_id), acts.corrected.get((act_id,), {})
        if act is None or act_id in added:
            continue
        about = (acts.day, _act_day(act, acts.day), act.actor, act.domain, act.event_id, act_id)
        columns = _wording_columns("acts", changed)
        steps = came.get(act_id, ()), went.get(act_id, ())
        if columns or any(steps):
            name = f"correction/{act_id}/{acts.day}"
            yield NewsNote(name, CORRECTION, *about, columns, *steps)
        if changed.keys() & set(PRACTICE_COLUMNS):
            row = acts.rows[(act_id,)]
            practice = {name: changed.get(name, (row[name],) * 2) for name in PRACTICE_COLUMNS}
            yield NewsNote(f"practice/{act_id}/{acts.day}", PRACTICE, *about, practice)


_Steps = Mapping[str, Sequence[StepRow]]


def _moved_steps(deadlines: Recording | None) -> tuple[_Steps, _Steps]:
    """Return the steps that came and those that went with a release, by their acts."""
    if deadlines is None or deadlines.first:
        return {}, {}
    return (
        _by_act(deadlines.rows[key] for key in deadlines.added),
        _by_act(deadlines.withdrawn.values()),
    )


def _by_act(rows: Iterable[Cells]) -> _Steps:
    steps: dict[str, list[StepRow]] = defaultdict(list)
    for row in rows:
        steps[row["act_id"]].append(StepRow(*(row[name] for name in StepRow._fields)))
    return steps


def _first_uses(tracker: Tracker, acts: Recording) -> Iterator[NewsNote]:
    """Yield what had been done by acts when that was first recorded, each on its first day, where
    that is known: who told it later told nothing new. Not of acts that came with it.
    """
    for key, row in acts.rows.items():
        act, since = tracker.acts.get(key[0]), row.get("applied_since", "")
        known = acts.first or key not in acts.added
        if act is None or not known or row[_APPLIED] != APPLIED or not since:
            continue
        day = _own_day(since, acts.day)
        yield NewsNote(
            f"practice/{act.act_id}", PRACTICE, min(day, acts.day), day, act.actor, act.domain,
            act.event_id, act.act_id, {name: ("", row[name]) for name in PRACTICE_COLUMNS},
        )  # fmt: skip


# -- what falls due -----------------------------------------------------------------------------


def _of_steps(tracker: Tracker) -> Iterator[NewsNote]:
    """Yield the steps that fall due, and those that have passed, of acts that stand on the day."""
    came = _came(tracker)
    register, status = Register(tracker.data.acts), {}
    place = {act_id: row for row, act_id in enumerate(tracker.acts)}
    for act_id, rows in step_rows(tracker.data).items():
        act = tracker.acts[act_id]
        for row in rows:
            key = (act_id, row.deadline, row.kind, row.part)
            for kind, ahead, day in _days_of(last_day(row.deadline), came.get(key)):
                if day > tracker.data.today:
                    continue
                # What ends an act by its own date has passed with it.
                stood = min(day, last_day(row.deadline) - ONE_DAY)
                if stood not in status:
                    status[stood] = register.status(stood)
                if status[stood][place[act_id]] in (IN_FORCE, NOT_YET):
                    name = "/".join(filter(None, (kind, *key, ahead)))
                    last = last_day(row.deadline)
                    yield NewsNote(
                        name, kind, day, last, act.actor, act.domain, act.event_id, act_id, step=row
                    )


def _came(tracker: Tracker) -> dict[Key, date]:
    """Return the day on which each step came that was not in the first table of them."""
    came: dict[Key, date] = {}
    for day, parts in _by_day(tracker).items():
        deadlines = parts.get("deadlines")
        if deadlines and not deadlines.first:
            came.update(dict.fromkeys(deadlines.added, day))
    return came


def _days_of(end: date, came: date | None) -> Iterator[tuple[str, str, date]]:
    """Yield when a step is told that ends on a day: the kind, how many days ahead, and the day.
    `came`: when it was recorded, where that is known; what should have been told before is told
    then, once, if it is ahead still.
    """
    ahead = [(DUE, str(days), end - timedelta(days=days)) for days in _AHEAD]
    if came:
        late = [item for item in ahead if item[2] < came]
        ahead = [item for item in ahead if item[2] >= came]
        if late and came <= end:
            yield *late[-1][:2], came
    yield from ahead
    if came is None or came <= end:
        yield PASSED, "", end + ONE_DAY
