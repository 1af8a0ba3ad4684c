"""The moves between two days: who moved by what was done, what time did, and why."""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from stances import words
from stances.answers.acts import whose
from stances.answers.directions import (
    LESS_OPEN,
    MORE_OPEN,
    NetMove,
    courses,
    net_move_of,
    net_move_words,
)
from stances.answers.introduction import known_until
from stances.answers.ledger import BOTH, Action, Span, bare, counts_text, ledger
from stances.answers.rows import column_rows, group_rows, known_figure
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import NO_POSITION, OVERALL, Codebook
from stances.dataset.schema import Column, optional
from stances.model import changes
from stances.model.changes import (
    CAME_IN,
    CAUSES,
    CONFIRMS,
    DILUTED,
    DONE,
    FADED,
    FADED_AWAY,
    FREED,
    GAINED,
    GREW,
    LASTING,
    LOST,
    NEVER_HAD,
    OWN_SCORE,
    SUPERSEDED,
    TIME,
)
from stances.model.directions import SOFTER, STRICTER
from stances.model.lifetimes import ENDED, REPLACED
from stances.model.stance import ACTS, round_stance


class CauseWords(NamedTuple):
    """The wording of a cause: its name in sums of a move's parts, and what it says of an event."""

    label: str
    text: str


# They fit an act in force and an open case alike.
CAUSE_WORDS = {
    CAME_IN: CauseWords("New", "came in between the two days"),
    CONFIRMS: CauseWords(
        "New, in line with what binds",
        "came in and is in line with what binds, so it is counted with it",
    ),
    REPLACED: CauseWords("Replaced", "took the place of an earlier act"),
    SUPERSEDED: CauseWords("Superseded", "was said before a later act, which supersedes it"),
    ENDED: CauseWords("Ended", "was an act that ended or lapsed"),
    OWN_SCORE: CauseWords(
        "No longer in line with what bound",
        "counts by itself again, as what it was in line with has ended",
    ),
    DILUTED: CauseWords("Reweighted", "weighs less beside what is new"),
    FREED: CauseWords("Reweighted", "weighs more since others ended or were superseded"),
    FADED: CauseWords("Aged", "counts less as it ages"),
    GREW: CauseWords("Reweighted by ageing", "weighs more since others aged"),
}
# The orders of moves by their names in an address, with what controls call them.
MOST_MOVED = "moved"
MOVE_ORDERS = {
    MOST_MOVED: "Most changed by acts and statements first",
    "name": "By name",
    "then": "The most restrictive then first",
    "now": "The most restrictive now first",
    "ageing": "Most changed by ageing first",
}
# What became of a position, where there is no figure for it.
POSITION_LABELS = {
    GAINED: "gained a position",
    LOST: "lost its position",
    FADED_AWAY: "position too old to count",
}


# The causes that are the end of an act by itself, and those that are actions of the actor.
_ENDS = frozenset((ENDED, OWN_SCORE))
_OWN = frozenset((CAME_IN, CONFIRMS, REPLACED, SUPERSEDED))


class Part(NamedTuple):
    """The part of one event in a move, for one cause of `changes.CAUSES`; `part` as it is printed,
    NaN where a position was gained or lost by it.
    """

    event_id: str
    domain: str
    cause: str
    part: float


@dataclass(frozen=True)
class Move:
    """The stances of an actor on two days (NaN: no position), to four decimals, and what became of
    its position (`changes.LASTING` and the others). `done` and `time`: what actions and time made
    of the move, as they are printed; they add up to `size`, and the parts of each add up to it.
    """

    actor: str
    name: str
    then: float
    now: float
    position: str
    done: float = math.nan
    time: float = math.nan
    parts: tuple[Part, ...] = ()

    @property
    def is_known(self) -> bool:
        """Say whether the actor has a position on both days."""
        return self.position == LASTING

    @property
    def size(self) -> float:
        """The move between the two figures as they are printed; NaN where there is none."""
        return words.printed_move(self.then, self.now)

    @property
    def start_of_actions(self) -> float:
        """Return the stance that actions moved: as time alone would leave it, else the earlier."""
        if not self.is_known:
            return self.then
        return round(words.two_decimals(self.now) - self.done, 2) + 0.0

    @property
    def has_happened(self) -> bool:
        """Say whether actions, not time, moved the actor, or gained or lost it its position."""
        return self.position in (GAINED, LOST) or (self.is_known and self.done != 0)

    @property
    def has_end(self) -> bool:
        """Say whether an act that bound the actor ended or lapsed by itself, moved it or not."""
        return not _ENDS.isdisjoint(part.cause for part in self.parts)

    @property
    def by_end(self) -> bool:
        """Say whether that alone moved the actor, which did nothing of its own."""
        return (
            self.has_happened
            and self.has_end
            and _OWN.isdisjoint(part.cause for part in self.parts)
        )

    @property
    def has_faded(self) -> bool:
        """Say whether time alone changed the figure of the actor, or took its position."""
        return self.position == FADED_AWAY or (self.is_known and not self.done and self.time != 0)

    def by_cause(self, causes: Sequence[str] = CAUSES) -> list[tuple[str, float]]:
        """Return the parts added up by cause, in the order in which causes are told."""
        sums = {
            cause: [part.part for part in self.parts if part.cause == cause] for cause in causes
        }
        return [(cause, round(sum(parts), 2) + 0.0) for cause, parts in sums.items() if parts]

    def by_label(self, causes: Sequence[str] = CAUSES) -> list[tuple[str, float]]:
        """Return the parts of moves added up by what their causes are called: some share a name."""
        sums: dict[str, float] = {}
        for cause, part in self.by_cause(causes):
            label = CAUSE_WORDS[cause].label
            sums[label] = round(sums.get(label, 0.0) + part, 2) + 0.0
        return list(sums.items())


@memoize
def moves(tracker: Tracker, then: date, now: date, domain: str) -> tuple[Move, ...]:
    """Return what became of all actors between two days: those moved by actions, the largest first;
    those whose position was gained or lost; those that only time moved; those without any position.
    """
    return tuple(sorted(_moves(tracker, then, now, domain, tracker.model.actors), key=_rank))


@memoize
def moves_of(
    tracker: Tracker, actors: tuple[str, ...], then: date, now: date, domain: str
) -> tuple[Move, ...]:
    """Return what became of a few actors alone between two days, which costs less; no groups."""
    return tuple(sorted(_moves(tracker, then, now, domain, actors), key=_rank))


def featured_moves(tracker: Tracker, then: date, now: date, domain: str) -> dict[str, Move]:
    """Return the moves of the featured actors, which every date of the first page asks for."""
    every = moves_of(tracker, tracker.data.about.featured, then, now, domain)
    return {move.actor: move for move in every}


def _moves(
    tracker: Tracker, then: date, now: date, domain: str, actors: Sequence[str]
) -> list[Move]:
    result = changes.changes(tracker.model, then, now, domain)
    causes: dict[str, list[Part]] = {actor: [] for actor in actors}
    for actor, *text in column_rows(result.causes, "actor", *Part._fields):
        if actor in causes:
            causes[actor].append(Part(*text))
    return [
        move_of(
            Move(
                actor,
                tracker.names[actor],
                float(round_stance(then)),
                float(round_stance(now)),
                position,
            ),
            causes[actor],
        )
        for actor, then, now, position in column_rows(
            result.moves, "actor", "then", "now", "position"
        )
        if actor in causes
    ]


def _rank(move: Move) -> tuple[int, float, str]:
    """Return a rank: first what was done, the largest part first, then what time did."""
    order = (GAINED, LOST, FADED_AWAY, LASTING, NEVER_HAD)
    if move.is_known and move.done:
        return 0, -abs(move.done), move.name
    return 1 + order.index(move.position), -abs(move.time) if move.is_known else 0.0, move.name


def moves_among(tracker: Tracker, span: Span) -> list[Move]:
    """Return the moves of those who are asked about, in the same order: see `actors_about`."""
    every, actors = moves(tracker, span.then, span.now, span.domain), actors_about(tracker, span)
    return [move for move in every if move.actor in actors]


def actors_about(tracker: Tracker, span: Span) -> set[str]:
    """Return the actors asked about: members of a group on the day `now`, some actors, or all."""
    actors = set(tracker.members(span.group, span.now) if span.group else tracker.model.actors)
    return actors.intersection(span.actors) if span.actors else actors


def actions_among(tracker: Tracker, span: Span) -> list[Action]:
    """Return what those who are asked about did, the newest first, whichever part is listed."""
    actions, actors = ledger(tracker, replace(span, only=BOTH)), actors_about(tracker, span)
    return [action for action in actions if action.actor in actors]


@memoize
def binding_events(tracker: Tracker) -> frozenset[str]:
    """Return the ids of the events that bind."""
    lifetimes = tracker.model.lifetimes
    return frozenset(map(str, lifetimes.ids[lifetimes.binding]))


def move_of(bare: Move, causes: Sequence[Part]) -> Move:
    """Return a move with parts and sums. `causes`: exact, the largest first; they add up."""
    if not bare.is_known:
        parts = tuple(Part(cause.event_id, cause.domain, cause.cause, math.nan) for cause in causes)
        return replace(bare, parts=parts)
    groups = [[cause for cause in causes if cause.cause in kind] for kind in (DONE, TIME)]
    exact = [math.fsum(cause.part for cause in group) for group in groups]
    sums = _printed_parts(exact, bare.size)
    printed = [
        Part(cause.event_id, cause.domain, cause.cause, part)
        for group, total in zip(groups, sums, strict=True)
        for cause, part in zip(group, _printed_parts([e.part for e in group], total), strict=True)
    ]
    # What made the largest part by a hair may be printed as nothing then.
    largest = tuple(sorted(printed, key=lambda part: -abs(part.part)))
    return replace(bare, done=sums[0], time=sums[1], parts=largest)


def _printed_parts(exact: Sequence[float], whole: float) -> list[float]:
    """Parts as they are printed, so that they add up to the whole as that is printed. What the
    rounding of the whole leaves is the largest part's.
    """
    if not exact:
        return []
    first = max(range(len(exact)), key=lambda place: abs(exact[place]))
    mended = [*exact]
    mended[first] += whole - math.fsum(exact)
    return words.parts(mended, whole, 2)


# Frozen: columns are only ever added, at the end.
COLUMNS = (
    Column("actor", "text", "Code of the actor"),
    Column("name", "text", "Name of the actor"),
    optional("then", "number", "Stance on the first day; empty: no position"),
    Column("label_then", "text", f"That stance in a word of the scale, or {NO_POSITION}"),
    optional("now", "number", "Stance on the last day; empty: no position"),
    Column("label_now", "text", f"That stance in a word of the scale, or {NO_POSITION}"),
    optional("done", "number", "What deeds moved; empty: no position on both days"),
    optional("time", "number", "What time moved; empty: no position on both days"),
    Column(
        "position",
        "text",
        "What became of the position",
        allowed=(LASTING, GAINED, LOST, FADED_AWAY, NEVER_HAD),
    ),
)
MOVES_COLUMNS = tuple(column.name for column in COLUMNS)


def move_records(codebook: Codebook, moves: Sequence[Move]) -> list[dict[str, Any]]:
    """Return moves as rows of MOVES_COLUMNS, in their order; what is missing is None."""
    return [_move_record(codebook, move) for move in moves]


def _move_record(codebook: Codebook, move: Move) -> dict[str, Any]:
    then, now, done, time = map(known_figure, (move.then, move.now, move.done, move.time))
    labels = [words.label(codebook, end) for end in (move.then, move.now)]
    values = [
        move.actor, move.name, then, labels[0], now, labels[1], done, time, move.position,
    ]  # fmt: skip
    return dict(zip(MOVES_COLUMNS, values, strict=True))


# -- in words -----------------------------------------------------------------------------------


class Detour(NamedTuple):
    """A level that a domain of an actor had on the way between two days, beyond both ends: the
    `action` that brought it, and by how much it lies beyond.
    """

    action: Action
    size: float


class Happened(NamedTuple):
    """The texts on what happened between two days: the `headline`; `further`: sentences below it;
    `detours`: what was undone on the way, the furthest first.
    """

    headline: str
    further: tuple[str, ...] = ()
    detours: tuple[Detour, ...] = ()


def what_happened(tracker: Tracker, span: Span) -> Happened:
    """Return what happened, of all that was done, whichever part of it is listed: how many took
    binding steps; then who they are, and how many went which way, each in its own fields.
    Nothing is read off overall figures.
    """
    actors = actors_about(tracker, span)
    if not actors:
        nobody = "None of those asked about is a member of"
        text = f"{nobody} {span.group}" if span.actors else f"{span.group} has no members"
        return Happened(f"{text} on {words.day(span.now)}")
    if span.is_empty:
        return Happened(f"No day lies after {words.day(span.then)} and up to it")
    actions = actions_among(tracker, span)
    acts = [action for action in actions if action.binds]
    further = (_adopters_text(tracker, acts), _directions_of_all(tracker, actions))
    text = known_until(tracker.data, span.now, _binding_steps(tracker, span, acts, sorted(actors)))
    return Happened(text, tuple(filter(None, further)), tuple(detours(actions)))


def summary_text(tracker: Tracker, texts: Happened) -> str:
    """Return what stands below the headline, in one text; empty where nothing does."""
    text = [*texts.further, *detour_texts(tracker, texts.detours)]
    return " ".join(f"{words.sentence_start(sentence)}." for sentence in text)


def happened_text(tracker: Tracker, span: Span) -> str:
    """Return the headline and what stands below it as one text, without its full stop."""
    texts = what_happened(tracker, span)
    summary = summary_text(tracker, texts).removesuffix(".")
    return ". ".join(filter(None, [texts.headline, summary]))


# Those who took such a step are named in the headline up to so many, and below it up to more.
_IN_HEADLINE, _NAMED = 2, 12


def _binding_steps(
    tracker: Tracker, span: Span, acts: Sequence[Action], whom: Sequence[str]
) -> str:
    """Say how many took binding steps, and who, if they are few; of one actor, how many it did."""
    period = _period(span)
    if len(span.actors) == 1 and whom == [*span.actors]:
        name = tracker.sentence_names[whom[0]]
        if not acts:
            return f"No binding step of {name} is recorded {period}"
        steps = words.plural(len(acts), "binding step")
        return f"{words.sentence_start(name)} took {steps} {period}"
    actors = tracker.by_name({action.actor for action in acts})
    verb = "took a binding step" if len(actors) == 1 else "took binding steps"
    if not actors:
        verb = "is known to have taken a binding step"
    those = _those(tracker, span, len(whom))
    text = f"{words.some(len(actors), start=True)} of {those} {verb} {period}"
    few = 0 < len(actors) <= min(_IN_HEADLINE, len(whom) - 1)
    return f"{text}: {_name_list(tracker, actors)}" if few else text


def _those(tracker: Tracker, span: Span, count: int) -> str:
    """Return those asked about, so many, as they stand behind "of"."""
    if span.actors:
        return f"the {words.number(count)} chosen"
    return whose(tracker.data.about, count, span.group)


def _name_list(tracker: Tracker, actors: Sequence[str]) -> str:
    return words.listing([tracker.sentence_names[code] for code in actors])


def _adopters_text(tracker: Tracker, acts: Sequence[Action]) -> str:
    """Say who took binding steps, where the headline does not name them and they are not too many;
    and whose steps changed most; empty: neither is to be told.
    """
    actors = tracker.by_name({action.actor for action in acts})
    most = _largest_change(tracker, acts) if len(actors) > 1 else ""
    if _IN_HEADLINE < len(actors) <= _NAMED:
        named = f"binding steps came from {_name_list(tracker, actors)}"
        return f"{named}; {most} level changed most" if most else named
    return f"{most} level changed most" if most else ""


def _directions_of_all(tracker: Tracker, actions: Sequence[Action]) -> str:
    """Say which way those who did something went: of all of them, by what they did and said."""
    net = net_moves(tracker, actions)
    if not net:
        return ""
    if len(net) == 1:
        return direction_text(tracker, *next(iter(net.items())))
    did = "acted" if all(action.binds for action in actions) else "acted or spoke"
    return f"of the {words.number(len(net))} that {did}, {directions_text(net)}"


def direction_text(tracker: Tracker, actor: str, move: NetMove) -> str:
    """Say which way one actor went by what it did and said."""
    name, codebook = tracker.sentence_names[actor], tracker.codebook
    text = [f"became {net_move_words(codebook, move)}"] if move.directions else []
    said = [code for code in move.new if code not in move.bound]
    for codes, what in ((said, ("position", "stood")), (move.bound, ("binding step", "held"))):
        if codes:
            fields = words.listing([words.about_domain(codebook, code) for code in codes])
            text.append(f"took a {what[0]} {fields}, where none {what[1]}")
    return f"{name} {', and '.join(text) or 'stayed as it was'}"


def _largest_change(tracker: Tracker, acts: Sequence[Action]) -> str:
    """Say whose level an act of its own changed most, each in its domain; empty where that is no
    one alone. What had no level before has none that changed.
    """
    sizes: dict[str, float] = {}
    for action in acts:
        course = courses(tracker)[action.event_id]
        if not math.isnan(course.before):
            size = abs(course.after - course.before)
            sizes[action.actor] = max(sizes.get(action.actor, 0.0), size)
    largest = max(sizes.values(), default=0.0)
    those = [actor for actor, size in sizes.items() if size == largest]
    if len(those) != 1 or not largest:
        return ""
    return words.possessive(tracker.sentence_names[those[0]])


def net_moves(tracker: Tracker, actions: Sequence[Action]) -> dict[str, NetMove]:
    """Return the way that each actor went by what it did, in its own domains."""
    return {
        actor: net_move_of(tracker, ((action.event_id, action.domain) for action in of_actor))
        for actor, of_actor in group_rows(actions, lambda action: action.actor).items()
    }


def directions_text(net: Mapping[str, NetMove], whom: str = "") -> str:
    """Say how many went which way, each counted once: six became stricter, two less open, five
    softer, one stayed as it was; empty where nobody did a thing. `whom`: see `_count_words`.
    """
    counts = Counter(map(_direction_of, net.values()))
    stayed = "stayed as it was" if counts[""] == 1 else "stayed as they were"
    return _count_words(counts, {**_direction_labels(counts), _NEW: _NEW, "": stayed}, whom)


def _count_words(counts: Mapping[str, int], names: Mapping[str, str], whom: str = "") -> str:
    """Say how many went each of some ways, of those that anybody went, by their `names`. `whom`: of
    whom they are so many, told with the first; empty: that is told elsewhere.
    """
    went = [(words.number(counts[code]), name) for code, name in names.items() if counts[code]]
    of = f" of {whom}" if whom else ""
    text = [f"{count}{'' if place else of} {name}" for place, (count, name) in enumerate(went)]
    return ", ".join(text)


def _direction_labels(counts: Mapping[str, int]) -> dict[str, str]:
    """Return what is told of those who moved to either side; the first has the verb."""
    names = {direction: direction for direction in (STRICTER, LESS_OPEN, SOFTER, MORE_OPEN)}
    first = next((direction for direction in names if counts[direction]), "")
    if not first:
        sides = f"{STRICTER} or {LESS_OPEN} in one field", f"{SOFTER} or {MORE_OPEN} in another"
        return {_BOTH: f"became {', '.join(sides)}"}
    return names | {first: f"became {first}", _BOTH: _BOTH}


_BOTH = "went both ways in different fields"
# An earlier one may have ended or grown too old there, so it need not be the first.
_NEW = "took a position or binding step in a field that had none"


def _direction_of(move: NetMove) -> str:
    """Return which of the counted ways an actor went; empty: none."""
    if len(move.directions) > 1:
        return _BOTH
    if move.directions:
        return move.directions[0].word
    return _NEW if move.new else ""


def detours(actions: Sequence[Action]) -> list[Detour]:
    """Return the strictest or softest points on the way, where acts went there and back: one for
    each actor and domain, the furthest first. `actions`: the newest first.
    """
    acts = (action for action in reversed(actions) if action.binds)
    every = map(_detour, group_rows(acts, lambda act: (act.actor, act.domain)).values())
    return sorted(filter(None, every), key=lambda detour: -detour.size)


def _detour(acts: Sequence[Action]) -> Detour | None:
    """Return that of the acts of one actor in one domain, the oldest first."""
    ends = [end for end in (acts[0].level_before, acts[-1].score) if not math.isnan(end)]
    beyond = [Detour(act, max(min(ends) - act.score, act.score - max(ends))) for act in acts[:-1]]
    furthest = max(beyond, key=lambda detour: detour.size, default=None)
    return furthest if furthest and furthest.size > 0 else None


# So many detours are told one by one.
MOST_DETOURS = 3


def detour_texts(tracker: Tracker, detours: Sequence[Detour]) -> list[str]:
    """Tell what was undone on the way: the furthest points one by one, then the others."""
    text = [detour_words(tracker, detour) for detour in detours[:MOST_DETOURS]]
    others = others_back(tracker, detours)
    return [*text, others] if others else text


def others_back(tracker: Tracker, detours: Sequence[Detour]) -> str:
    """Say who went there and back besides those whose furthest point is told; empty: nobody."""
    text = {detour.action.actor for detour in detours[:MOST_DETOURS]}
    others = {detour.action.actor for detour in detours[MOST_DETOURS:]} - text
    if not others:
        return ""
    named = words.together([tracker.sentence_names[code] for code in tracker.by_name(others)])
    return f"{named} went further on the way and came back too"


def detour_words(tracker: Tracker, detour: Detour) -> str:
    """Return the furthest point on the way, and what brought it."""
    action, codebook = detour.action, tracker.codebook
    where = words.about_domain(codebook, action.domain)
    level = codebook.scale.labels[int(action.score)]
    return (
        f"on the way {tracker.sentence_names[action.actor]} stood at {level} {where}: "
        f"{bare(action.title)}, {words.day(action.when)}"
    )


def _period(span: Span) -> str:
    """Return the days of a span, for the end of a sentence."""
    days = (span.now - span.then).days
    if days in _YEAR:
        return f"in the year to {words.day(span.now)}"
    if days in _ROUND:
        return f"in the {days} days to {words.day(span.now)}"
    return days_text(span)


def days_text(span: Span) -> str:
    """Return the first and the last day of a span, both of which are in it; or its only one."""
    if span.first == span.now:
        return words.on_day(span.now)
    return f"from {words.day(span.first)} to {words.day(span.now)}"


_YEAR, _ROUND = (365, 366), (30, 90)


def largest_moves(moves: Sequence[Move], acts: Collection[str]) -> list[Move]:
    """Return the moves of those whom actions moved most, all that share that place. One whose act
    only ended did nothing of its own, and is named where nobody else moved. `acts`: the binding
    ones, by their events.
    """
    moved = [move for move in moves if move.is_known and move.done]
    moved = [move for move in moved if _cause_of(move, acts) != _ACT_ENDED] or moved
    most = max((abs(move.done) for move in moved), default=0.0)
    return [move for move in moved if abs(move.done) == most]


def _cause_of(move: Move, acts: Collection[str]) -> str:
    """Say by what of what was done an actor moved the way it did, as far as that is one thing. What
    was done may have parts of either sign, so those of one kind are added up first.
    """
    towards: dict[str, float] = {}
    for part in move.parts:
        if kind := _kind_of(part, acts):
            far = part.part if move.done > 0 else -part.part
            towards[kind] = towards.get(kind, 0.0) + far
    kind = max(towards, key=towards.__getitem__, default="")
    return kind if round(towards.get(kind, 0.0), 2) > 0 else "by what was done"


def _kind_of(part: Part, acts: Collection[str]) -> str:
    """Say what made a part of a move; empty for the weight that it leaves to the rest."""
    if part.cause in (CAME_IN, CONFIRMS):
        return _OWN_ACT if part.event_id in acts else _WORDS
    return _MADE_BY.get(part.cause, "")


_OWN_ACT, _WORDS, _ACT_ENDED = "by its own act", "by what it said", "as its act ended"
_MADE_BY = {
    **dict.fromkeys((REPLACED, SUPERSEDED), _OWN_ACT),
    **dict.fromkeys(_ENDS, _ACT_ENDED),
}


def happened_subtitle(tracker: Tracker, span: Span) -> str:
    """Return what is told: of which days and field, and how many acts and statements of whom."""
    codebook = tracker.codebook
    if span.is_empty:
        return "Choose an earlier day under From."
    about = "in all fields"
    if span.domain != OVERALL:
        about = words.about_domain(codebook, span.domain)
    actions = ledger(tracker, replace(span, only=BOTH))
    counts = counts_text(actions, acts_only=tracker.model.basis == ACTS)
    return (
        f"{words.sentence_start(days_text(span))}, {about}: {counts} on {codebook.subject}"
        f"{_by_whom(tracker, span, actions)}."
    )


def _by_whom(tracker: Tracker, span: Span, actions: Sequence[Action]) -> str:
    """Say how many of those asked about did it, and how many who were members only then."""
    if not actions or len(span.actors) == 1:
        return ""
    actors = {action.actor for action in actions}
    included = actors & actors_about(tracker, span)
    those = whose(tracker.data.about, len(included), span.group)
    if span.actors:
        those = f"{words.number(len(included))} of those chosen"
    text = [those] if included else []
    if former := len(actors - included):
        text.append(words.plural(former, "former member"))
    return f" by {words.listing(text)}"


def moves_finding(
    tracker: Tracker, net: Mapping[str, NetMove], moves: Sequence[Move], domain: str
) -> tuple[str, str]:
    """Say how many went which way by what they did, and what the chart of moves shows, in one
    domain or overall. `net`: see `net_moves`.
    """
    text = words.sentence_start(_finding(tracker, net, moves))
    chart = _shown_text(tracker.codebook, net, len(moves), domain)
    if len(moves) == 1:
        return text, chart if net or moves[0].has_happened else ""
    count = sum(move.is_known for move in moves)
    both = (
        f"{words.some(count, start=True)} of {words.number(len(moves))} "
        f"{words.of_them_have(count)} a position on both days."
    )
    return text, f"{both} {chart}"


def moves_title(
    tracker: Tracker, span: Span, net: Mapping[str, NetMove], moves: Sequence[Move]
) -> str:
    """Return the finding of the chart of moves as it stands alone: of whom, and of which days."""
    period, those = words.sentence_start(_period(span)), _those(tracker, span, len(moves))
    counts_many = len(moves) > 1 and net
    return f"{period}{',' if counts_many else ':'} {_finding(tracker, net, moves, those)}"


def _finding(
    tracker: Tracker, net: Mapping[str, NetMove], moves: Sequence[Move], whom: str = ""
) -> str:
    """Say how many went which way, within a sentence, and for how many only an act ended; of one
    alone which way it went. `whom`: see `_count_words`.
    """
    alone = moves[0].actor if len(moves) == 1 else ""
    moved = {actor: move for actor, move in net.items() if _direction_of(move)}
    if not net:
        who = tracker.sentence_names[alone] if alone else "anybody"
        text = f"nothing that {who} did or said is recorded"
    elif alone:
        text = direction_text(tracker, alone, net[alone])
    else:
        text = directions_text(moved or net, whom)
    ended = sum(move.by_end for move in moves)
    more = f"for {words.number(ended)}{' more' if net else ''} " if not alone else ""
    return f"{text}; {more}{words.ACT_ENDED}" if ended else text


def _shown_text(codebook: Codebook, net: Mapping[str, NetMove], count: int, domain: str) -> str:
    """Say what the dots and the figures of the chart of moves are; overall also why an actor may
    have gone one way by its fields, as above the chart, and the other by its dots.
    """
    figures = "right: what was done, without ageing"
    order = f"Sorted by change ({figures})" if count > 1 else f"At the {figures}"
    where = "in all fields" if domain == OVERALL else words.about_domain(codebook, domain)
    text = f"{order}. Dots: the position {where}."
    if domain != OVERALL or not net:
        return text
    heading = "counts each" if count > 1 else "goes"
    return (
        f"{text} The heading {heading} by the fields it acted or spoke in; the average of all can "
        "go the other way."
    )


def ageing_texts(moves: Sequence[Move]) -> tuple[str, str]:
    """Say how many only ageing moved, and what that means."""
    count = sum(move.has_faded for move in moves)
    return (
        f"Effect of ageing alone: {words.number(count)}",
        "Statements count less as they age, so a figure drifts towards what still holds though "
        "nothing was done: that is no move.",
    )


def moves_alt(
    codebook: Codebook, domain: str, days: tuple[words.Day, words.Day], moves: Sequence[Move]
) -> str:
    """Tell the chart of moves in words: the ten largest, as they are sorted."""
    text = [
        f"{move.name} {words.figure_or_none(move.then)} to {words.figure_or_none(move.now)} "
        f"({POSITION_LABELS.get(move.position) or words.figure(move.done, 2)})"
        for move in moves[:10]
    ]
    more = f", and {words.number(len(moves) - 10)} more" if len(moves) > 10 else ""
    what = (
        f"Positions on {codebook.subject} {words.about_domain(codebook, domain)} on "
        f"{words.day(days[0])} and on {words.day(days[1])}, the largest change first"
    )
    if not moves:
        return f"{what}: nobody moved."
    return f"{what}: {'; '.join(text)}{more}."


def move_note(move: Move) -> str:
    """Return what happened, in a word: what was done, or what became of the position."""
    notes = {GAINED: "gained", LOST: "lost", FADED_AWAY: "too old"}
    return notes.get(move.position) or words.figure(move.done, 2)


def cause_words(cause: str, since: bool) -> str:
    """Say what a cause is to its event. `since`: the event is later than the first of two days."""
    if cause == REPLACED and not since:
        return "was replaced by a later act, which counts no more"
    return CAUSE_WORDS[cause].text


def causes_in_short(move: Move) -> str:
    """Return what was done, by cause, as far as it is not 0: New +1.20; Replaced -0.31. Of a
    position gained or lost, that and by which causes.
    """
    if move.is_known:
        text = [f"{label} {words.figure(part, 2)}" for label, part in move.by_label(DONE) if part]
        return "; ".join(text)
    if move.position == NEVER_HAD:
        return "No position then and now"
    label = POSITION_LABELS[move.position]
    causes = [label.lower() for label, _ in move.by_label()]
    return f"{label[0].upper()}{label[1:]}: {words.listing(causes)}"


def no_move(codebook: Codebook, move: Move, days: tuple[words.Day, words.Day]) -> str:
    """Say why no move can be told of an actor, and what can be."""
    then, now = words.day(days[0]), words.day(days[1])
    ends = words.label(codebook, move.then), words.label(codebook, move.now)
    text = {
        GAINED: f"No position on {then}; {ends[1]} on {now}, by what came in between.",
        LOST: f"{ends[0]} on {then}; no position on {now}, since what it rested on has ended or "
        "was superseded.",
        FADED_AWAY: f"{ends[0]} on {then}; no position on {now}, since all of it is too old.",
        NEVER_HAD: f"No position on {then} and none on {now}, so there is no move.",
    }
    return text[move.position]


def label_line(codebook: Codebook, move: Move) -> str:
    """Say where an actor stood and stands, in labels alone, and whether ageing made that differ."""
    then, now = words.label(codebook, move.then), words.label(codebook, move.now)
    if then == now:
        return f"{now}, as before"
    aged = "by ageing alone" if move.has_faded else "in part by ageing"
    by_time = bool(move.time) and stays_by_actions(codebook, move)
    return f"from {then} to {now}{f', {aged}' if by_time else ''}"


def stays_by_actions(codebook: Codebook, move: Move) -> bool:
    """Say whether an actor is still at its level by actions alone, maybe beyond the scale."""
    levels = codebook.scale.levels
    alone = min(max(move.then + move.done, min(levels)), max(levels))
    return words.label(codebook, move.then) == words.label(codebook, alone)


def move_line(codebook: Codebook, move: Move) -> str:
    """Say where an actor stood and stands, and what actions and time made of the way between."""
    ends = f"{words.with_label(codebook, move.then)} to {words.with_label(codebook, move.now)}"
    if not move.time:
        return f"{ends}: a move of {words.figure(move.done, 2)}"
    time = f"{words.figure(move.time, 2)} by ageing"
    if not move.done:
        return f"{ends}: no move, {time}"
    return f"{ends}: a move of {words.figure(move.done, 2)}, and {time}"


def drift(codebook: Codebook, move: Move) -> str:
    """Return the positions from which and to which time alone has taken an actor."""
    then, now = words.with_label(codebook, move.then), words.with_label(codebook, move.now)
    return f"{then} to {now if move.is_known else 'no position'}"


def more_parts(count: int, total: float) -> str:
    """Name the smaller parts of a move, folded away; NaN where there is no figure for it."""
    if math.isnan(total):
        return words.plural(count, "more event", start=True)
    return f"{words.plural(count, 'smaller change', start=True)}, {words.figure(total, 2)} together"


def zero_parts(count: int) -> str:
    """Return the parts of a move that are too small to be printed."""
    return f"{words.plural(count, 'more change', start=True)} of 0.00 when rounded."
