"""The ledger of two days: acts and statements that count, by whom, and what each changed."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from stances import words
from stances.answers.citing import quotation
from stances.answers.directions import DIRECTION, courses
from stances.answers.events import fold
from stances.answers.files import figures_name
from stances.answers.rows import known_figure
from stances.answers.tracker import Tracker, memoize
from stances.answers.typed_table import TypedTable, about, descriptions, from_records
from stances.dataset.codebook import NO_POSITION, OVERALL, Codebook
from stances.dataset.days import ONE_DAY, day_number
from stances.dataset.descriptions import file_stem
from stances.dataset.names import slug
from stances.dataset.schema import Column, optional
from stances.model.directions import NEW
from stances.model.lifetimes import Floats, Ints
from stances.model.stance import ACTS, ALL, round_stance
from stances.words import Dated

# Which actions are told, and in which order, by their names in an address, with what controls call
# them.
BOTH, NEWEST = "all", "newest"
ONLY = {BOTH: "Acts and statements", "acts": "Acts only"}
BY_NAME = "name"
ORDERS = {NEWEST: "Newest first", "effect": "By effect", BY_NAME: "By country or body"}


@dataclass(frozen=True)
class Span:
    """The days and the `domain` that are asked about: after the day `then`, up to the day `now`.

    `group`: only what its members did while they belonged to it; empty: everybody. `actors`: only
    what these did; empty: everybody. `only`: of ONLY.
    """

    then: date
    now: date
    domain: str = OVERALL
    group: str = ""
    only: str = BOTH
    actors: tuple[str, ...] = ()

    @property
    def first(self) -> date:
        """The first day of which actions are told."""
        return self.then + ONE_DAY

    @property
    def is_empty(self) -> bool:
        """Say whether no day lies between the two."""
        return self.first > self.now


@dataclass(frozen=True)
class Action:
    """An act or a statement and what it changed. `before`, `after`: the stance of its actor in its
    domain on the day before and on its day, to four decimals (NaN: no position); `beside`: how many
    others of the same actor and domain are of that day and so share the change. `score`: where it
    stands or what it says; `direction`: its own way from `level_before`.
    """

    event_id: str
    actor: str
    when: Dated
    domain: str
    instrument: str
    binds: bool
    title: str
    sentence: str
    before: float
    after: float
    beside: int
    score: float = math.nan
    direction: str = ""
    level_before: float = math.nan

    @property
    def effect(self) -> float:
        """The move between the two figures as they are printed; NaN where one is missing."""
        return words.printed_move(self.before, self.after)


@memoize
def ledger(tracker: Tracker, span: Span, order: str = NEWEST) -> tuple[Action, ...]:
    """Return the acts and statements that count, the newest first, or by what they changed: the
    largest move, then positions gained or lost, then what changed nothing; or by name, of each the
    newest first. Where stances rest on acts alone, words are left out.
    """
    acts_only = ACTS in (span.only, tracker.model.basis)
    actions = [
        action
        for year in range(span.then.year, span.now.year + 1)
        for action in _actions_of(tracker, year)
        if span.then < action.when.day <= span.now
        and span.domain in (OVERALL, action.domain)
        and (not span.actors or action.actor in span.actors)
        and (action.binds or not acts_only)
    ]
    actions = _of_members(tracker, span.group, actions) if span.group else actions
    actions.sort(key=lambda action: action.when.day, reverse=True)
    if order == BY_NAME:
        actions.sort(key=lambda action: fold(tracker.names[action.actor]))
    return tuple(by_effect(actions) if order == "effect" else actions)


def by_effect(actions: Sequence[Action]) -> list[Action]:
    """Actions by what they changed, the largest move first; equals stay in their order."""
    return sorted(actions, key=_by_effect)


def _of_members(tracker: Tracker, group: str, actions: Sequence[Action]) -> list[Action]:
    """Return the actions of those who belonged to a group on the day of the action."""
    days = {action.when.day for action in actions}
    members = {day: set(tracker.members(group, day)) for day in days}
    return [action for action in actions if action.actor in members[action.when.day]]


def _by_effect(action: Action) -> tuple[int, float]:
    if math.isnan(action.before) != math.isnan(action.after):
        return 1, 0.0
    return (2, 0.0) if math.isnan(action.effect) or not action.effect else (0, -abs(action.effect))


@memoize
def _actions_of(tracker: Tracker, year: int) -> tuple[Action, ...]:
    """All acts and statements of a year that count, oldest first, those of a day by their ids."""
    known = tracker.model.lifetimes.count_up_to
    begins = (day_number(date(begin, 1, 1)) for begin in (year, year + 1))
    rows = np.arange(*(known(day - 1) for day in begins))
    moves = zip(rows.tolist(), *_stances_around(tracker, rows).tolist(), strict=True)
    return tuple(_action(tracker, row, *stances) for row, *stances in moves)


def _stances_around(tracker: Tracker, rows: Ints) -> Floats:
    """Return the stances before and on the day of events, of their actors and domains: 2 x rows."""
    model, domains = tracker.model, len(tracker.model.domains)
    cell, day = (values[rows] for values in (model.lifetimes.cell, model.lifetimes.dates))
    around = np.array([day.astype("datetime64[D]") - np.timedelta64(1, "D"), day], "datetime64[D]")
    days = np.unique(around)
    stance = model.arrays(days.tolist()).stance
    places = np.searchsorted(days, around)
    return np.array(round_stance(stance[places, cell // domains, 1 + cell % domains]))


def _action(tracker: Tracker, row: int, before: float, after: float) -> Action:
    """Return the action of a row of the model's events."""
    lifetimes = tracker.model.lifetimes
    event_id = str(lifetimes.ids[row])
    event, course = tracker.events[event_id], courses(tracker)[event_id]
    return Action(
        event_id=event_id,
        actor=event.actor,
        when=tracker.dates[event_id],
        domain=event.domain,
        instrument=event.instrument,
        binds=bool(lifetimes.binding[row]),
        title=event.title,
        sentence=event_sentence(tracker, event_id),
        before=before,
        after=after,
        beside=int(_on_one_day(tracker)[row]) - 1,
        score=float(lifetimes.score[row]),
        direction=course.direction,
        level_before=course.before,
    )


@memoize
def _on_one_day(tracker: Tracker) -> Ints:
    """Count, for each event, those of its actor, domain and day that stances rest on."""
    lifetimes = tracker.model.lifetimes
    pairs = np.stack([lifetimes.cell, lifetimes.day])
    _, place = np.unique(pairs, axis=1, return_inverse=True)
    rests = lifetimes.binding | (tracker.model.basis != ACTS)
    return np.bincount(place.ravel(), rests)[place.ravel()].astype(np.int64)


# -- in words -----------------------------------------------------------------------------------


def event_sentence(tracker: Tracker, event_id: str) -> str:
    """Return what was done, see `sentence`."""
    event = tracker.events[event_id]
    names = tracker.names[event.actor], tracker.short_names[event.actor]
    called, when = tracker.sentence_names[event.actor], tracker.dates[event_id]
    return sentence(names, when, event.title, event.speaker, called)


def sentence(
    names: tuple[str, str], when: Dated, title: str, speaker: str, called: str = ""
) -> str:
    """Return what was done, in one sentence made from the row of an event. `names`: of its actor,
    in full and short; `called`: how a sentence names it, where that is not in full. Whom the title
    names is not named again.

    On 10 April 2020, Arcadia: Minister is worried by Acme (Minister of Roads).
    """
    on = words.on_day(when)
    who = "" if _says(title, names) else f", {called or names[0]}"
    text = f"{on[0].upper()}{on[1:]}{who}: {bare(title)}"
    if speaker and speaker not in title and speaker not in names:
        # Brackets within brackets are square.
        text += f" ({speaker.translate(_SQUARE)})"
    return text if text.endswith(_ENDS) else f"{text}."


def bare(title: str) -> str:
    """Return a title as it stands within a sentence, without a full stop."""
    return title.rstrip(".") or title


_SQUARE = str.maketrans("()", "[]")
_ENDS = ("?", "!", "?\N{RIGHT DOUBLE QUOTATION MARK}")


def _says(title: str, names: tuple[str, str]) -> bool:
    """Say whether a title begins with who acted: the full name, or a short one not within it."""
    name, short = names
    aliases = [name] if short in name else [name, short]
    return any(re.match(rf"{re.escape(alias)}(?![\w-])", title) for alias in aliases)


def effect_words(codebook: Codebook, action: Action, *, figures: bool = True) -> str:
    """Return what an action changed: Roads: from Limit -1.00 to Block -2.00, or by the labels
    alone. Where that is nothing, that it is as before.
    """
    with_others = ""
    if action.beside:
        others = "another" if action.beside == 1 else f"{words.number(action.beside)} others"
        with_others = f", with {others} of that day"
    change = _change if figures else _change_of_labels
    return f"{codebook.domain_label(action.domain)}: {change(codebook, action)}{with_others}"


def _change_of_labels(codebook: Codebook, action: Action) -> str:
    """Return what an action changed by the labels alone."""
    ends = [words.label(codebook, end) for end in (action.before, action.after)]
    ends = [end if end != NO_POSITION else "no position" for end in ends]
    if ends[0] != ends[1]:
        return f"from {ends[0]} to {ends[1]}"
    return f"{ends[0]}, {'now binding' if action.direction == NEW else 'as before'}"


def _change(codebook: Codebook, action: Action) -> str:
    before, after = (words.with_label(codebook, end) for end in (action.before, action.after))
    labels = [words.label(codebook, end) for end in (action.before, action.after)]
    if NO_POSITION in labels:
        ends = [end if end != NO_POSITION else "no position" for end in (before, after)]
        return "no position, as before" if ends[0] == ends[1] else f"from {ends[0]} to {ends[1]}"
    if labels[0] != labels[1]:
        return f"from {before} to {after}"
    if not action.effect:
        return f"{labels[0]}, {'now binding' if action.direction == NEW else 'as before'}"
    return f"{labels[0]}, from {words.figure(action.before, 2)} to {words.figure(action.after, 2)}"


def kind_words(codebook: Codebook, action: Action) -> str:
    """Say whether a row is an act or a statement, and of which instrument."""
    instrument = codebook.instruments[action.instrument].label
    kind = "Act" if action.binds else "Statement"
    return kind if instrument == kind else f"{kind} ({words.within(instrument)})"


def counts_text(actions: Sequence[Action], acts_only: bool = False) -> str:
    """Count acts and statements: one act and 12 statements. `acts_only`: no statements."""
    acts = sum(action.binds for action in actions)
    text = [(acts, "act"), (len(actions) - acts, "statement")]
    counts = [words.plural(count, noun) for count, noun in text if count]
    return words.listing(counts) or f"no recorded act{'' if acts_only else ' or statement'}"


def ledger_finding(actions: Sequence[Action], only: str = BOTH, basis: str = ALL) -> str:
    """Say what the ledger holds, or what to choose. `only`: of ONLY; `basis`: of stances."""
    if actions:
        text = counts_text(actions)
        return f"{text[0].upper()}{text[1:]}"
    if basis == ACTS:
        return "No act of these days is recorded: count words too, or choose an earlier day"
    if only == ACTS:
        return "No act of these days is recorded: show statements too, or choose an earlier day"
    return "No act or statement of these days is recorded: choose an earlier day under From"


def ledger_subtitle(count: int, total: int) -> str:
    """Say how many rows are shown, and what is told with each."""
    rows = f"The first {count} of {total:,}" if count < total else f"All {total:,}"
    if total == 1:
        rows = "All there is"
    return f"{rows}. With each: where its actor stood in that field, the day before and on the day."


def quote_action(tracker: Tracker, action: Action) -> str:
    """Return the sentence of an action with its best source and the citation of the dataset."""
    return quotation(tracker, action.sentence, tracker.best_source(action.event_id))


# -- files --------------------------------------------------------------------------------------

# Frozen: columns are only ever added, at the end.
COLUMNS = (
    Column("event_id", "text", "The act or statement: its id in events.csv"),
    Column("date", "day", "Its day"),
    Column("date_precision", "text", "How exact the day is"),
    Column("actor", "text", "Who acted: a code of actors.csv"),
    Column("name", "text", "Name of the actor"),
    Column("domain", "text", "What it is about: a domain of the codebook"),
    Column("instrument", "text", "How it was taken: an instrument of the codebook"),
    Column("kind", "text", "act or statement"),
    Column("title", "text", "What happened, in a line"),
    Column("sentence", "text", "The same with the day and who acted, to be quoted"),
    optional(
        "stance_before",
        "number",
        "Stance of the actor in the domain on the day before; empty: no current position",
    ),
    Column("label_before", "text", f"That stance in a word of the scale, or {NO_POSITION}"),
    optional(
        "stance_after",
        "number",
        "Stance of the actor in the domain on the day; empty: no current position",
    ),
    Column("label_after", "text", f"That stance in a word of the scale, or {NO_POSITION}"),
    Column("shared_with", "whole", "Number of others of that day that share the change"),
    optional("source_url", "text", "Address of the best source; empty: none"),
    optional("source_publisher", "text", "Who published it"),
    optional("source_tier", "text", "What kind of page it is"),
    Column("dataset_version", "text", "Version of the dataset"),
    DIRECTION,
)
LEDGER_COLUMNS = tuple(descriptions(COLUMNS))


def records(tracker: Tracker, actions: Sequence[Action]) -> list[dict[str, Any]]:
    """Return the actions as rows of LEDGER_COLUMNS; what is missing is None."""
    return [_record(tracker, action) for action in actions]


def _record(tracker: Tracker, action: Action) -> dict[str, Any]:
    best = tracker.best_source(action.event_id)
    origin = [best.url, best.publisher, best.tier] if best else [None] * 3
    ends = [
        value
        for end in (action.before, action.after)
        for value in (known_figure(end), words.label(tracker.codebook, end))
    ]
    values = [
        action.event_id, str(action.when.day), action.when.precision, action.actor,
        tracker.names[action.actor], action.domain, action.instrument,
        "act" if action.binds else "statement", action.title, action.sentence, *ends, action.beside,
        *origin, tracker.data.version, action.direction,
    ]  # fmt: skip
    return dict(zip(LEDGER_COLUMNS, values, strict=True))


def ledger_table(tracker: Tracker, actions: Sequence[Action], span: Span) -> TypedTable:
    """Return the actions of a span with their columns."""
    query = {
        "from": str(span.then),
        "to": str(span.now),
        "group": span.group,
        "domain": span.domain,
        "only": span.only,
        "actor": ",".join(span.actors),
        "basis": tracker.model.basis,
    }
    title = f"what happened after {span.then}, up to {span.now}"
    return TypedTable(
        title="Happened",
        name=ledger_name(tracker, span),
        columns=COLUMNS,
        parts=from_records(COLUMNS, records(tracker, actions)),
        about=about(tracker.data, title, span.now, query, tracker.own_settings),
    )


def ledger_name(tracker: Tracker, span: Span) -> str:
    """Return the name of that file without its ending: what narrows it, what figures rest on."""
    narrowed = [slug(span.group), _actors_in_name(span.actors)]
    narrowed += ["" if span.domain == OVERALL else span.domain]
    narrowed += [] if span.only == BOTH else [f"only-{span.only}"]
    parts = [file_stem(tracker.data), "happened", str(span.then), str(span.now)]
    named = [*parts, *filter(None, narrowed)]
    return figures_name(named, bool(tracker.own_settings), tracker.model.basis)


# A name of a file has room for so many actors.
_MOST_NAMED = 5


def _actors_in_name(actors: Sequence[str]) -> str:
    if len(actors) > _MOST_NAMED:
        return f"{len(actors)}-actors"
    return "-".join(map(slug, actors))
