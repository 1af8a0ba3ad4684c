"""The direction of an event in its own domain, and where it stands or what it says, in words.

The score of an act is a level, not a verdict on the day: an act *stands at* it, whether it sets,
keeps or eases something within it; one of score 0 leaves nothing in force. Words *say* theirs.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from stances import words
from stances.answers.firm import unsure_words
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.schema import optional
from stances.model.directions import AS_BEFORE, DIRECTIONS, NEW, SOFTER, STRICTER
from stances.model.stance import level_of


class Course(NamedTuple):
    """The course of an event: `direction`, of DIRECTIONS; the level (an act) or the stance (words)
    of its domain `before` it (NaN: none) and `after` it.
    """

    direction: str
    before: float
    after: float


@memoize
def courses(tracker: Tracker) -> Mapping[str, Course]:
    """Return the course of every event that counts, by its id; context has none."""
    ids = map(str, tracker.model.lifetimes.ids)
    rows = zip(*(values.tolist() for values in tracker.directions), strict=True)
    return dict(zip(ids, (Course(*row) for row in rows), strict=True))


def direction_of(tracker: Tracker, event_id: str) -> str:
    """Return the direction of an event, of DIRECTIONS; empty for context."""
    course = courses(tracker).get(event_id)
    return course.direction if course else ""


# Domains that moved by less in a time moved slightly; by no more than the least, not at all.
_SLIGHTLY, _LEAST = 0.5, 0.05


# What readers are told of a move that lies on the open side of the scale.
LESS_OPEN, MORE_OPEN = "less open", "more open"


def direction_word(direction: str, after: float) -> str:
    """Name a direction as readers are told it. What still stands at 0 or above, as it is printed,
    is less open and not stricter; what stands above 0 is more open and not softer.
    """
    stands = words.two_decimals(after)
    if direction == STRICTER and stands >= 0:
        return LESS_OPEN
    return MORE_OPEN if direction == SOFTER and stands > 0 else direction


class Direction(NamedTuple):
    """The direction of a domain: `by` how much it moved, and where it stands `after` that."""

    domain: str
    by: float
    after: float

    @property
    def word(self) -> str:
        """Return what the domain became, in a word."""
        return direction_word(STRICTER if self.by < 0 else SOFTER, self.after)


class NetMove(NamedTuple):
    """The outcome of events, each in its own domain: those that moved towards the strict side
    (`stricter`) or the open one (`softer`), the furthest first, those with something `new`, and of
    these those in which it is an act (`bound`).
    """

    stricter: tuple[Direction, ...]
    softer: tuple[Direction, ...]
    new: tuple[str, ...]
    bound: tuple[str, ...] = ()

    @property
    def directions(self) -> list[Direction]:
        """Return the direction of each of the two sides, if any went there: that of the furthest of
        those on the strict side of the scale, else the furthest.
        """
        sides = filter(None, (self.stricter, self.softer))
        return [
            min(side, key=lambda direction: direction.word in (LESS_OPEN, MORE_OPEN))
            for side in sides
        ]


UNMOVED = NetMove((), (), ())


def net_move_of(tracker: Tracker, events: Iterable[tuple[str, str]]) -> NetMove:
    """Return what some events of an actor, each with its domain, made of the domains together. An
    act sets aside the words before it, and so what they moved; what is newest is new first.
    """
    acts: dict[str, float] = {}
    said: dict[str, float] = {}
    after: dict[str, float] = {}
    new: dict[str, bool] = {}

    def order(event: tuple[str, str]) -> tuple[date, bool, str]:
        # Words of the day of an act count beside it.
        return tracker.dates[event[0]].day, not tracker.events[event[0]].binding, event[0]

    for event_id, domain in sorted(events, key=order):
        course, binds = courses(tracker)[event_id], tracker.events[event_id].binding
        if binds:
            said[domain] = 0.0
        after[domain] = course.after
        if course.direction == NEW:
            new.pop(domain, None)
            new[domain] = binds
        else:
            by = acts if binds else said
            by[domain] = by.get(domain, 0.0) + course.after - course.before
    moved = {domain: acts.get(domain, 0.0) + said.get(domain, 0.0) for domain in {**acts, **said}}
    # Where a position is new there is nothing that it moved from.
    directions = [
        Direction(domain, by, after[domain]) for domain, by in moved.items() if domain not in new
    ]
    furthest = sorted(directions, key=lambda direction: -abs(direction.by))
    return NetMove(
        tuple(direction for direction in furthest if direction.by <= -_LEAST),
        tuple(direction for direction in furthest if direction.by >= _LEAST),
        tuple(reversed(new)),
        tuple(domain for domain in reversed(new) if new[domain]),
    )


# -- in words -----------------------------------------------------------------------------------


def chip_words(codebook: Codebook, instrument: str, score: float) -> str:
    """Return where an act stands or what words say: stands at Restrict, says Caution."""
    binding = codebook.instruments[instrument].binding
    if binding and not score:
        return "leaves nothing in force"
    return f"{'stands at' if binding else 'says'} {codebook.scale.labels[int(score)]}"


def course_words(tracker: Tracker, event_id: str, instrument: str, score: float) -> str:
    """Return where an act that counts stands or what words say, and which way it went: stands at
    Exclude, stricter; and that it is told on weak ground, where it is.
    """
    chip = chip_words(tracker.codebook, instrument, score)
    direction = direction_words(tracker, event_id, instrument)
    return "; ".join(filter(None, [f"{chip}, {direction}", unsure_words(tracker, event_id)]))


def direction_words(tracker: Tracker, event_id: str, instrument: str) -> str:
    """Return which way an event went beside what it says: of words that it is the position of
    their actor which did, not what was said before; of a position that they moved, and left at its
    label, that the label did not.
    """
    course = courses(tracker).get(event_id)
    direction = direction_word(course.direction, course.after) if course else ""
    if course is None or not direction or tracker.codebook.instruments[instrument].binding:
        return direction
    if direction == NEW:
        return f"{NEW} position"
    is_within = direction == AS_BEFORE and _moves_within_label(course)
    return f"{'label' if is_within else 'position'} {direction}"


def _moves_within_label(course: Course) -> bool:
    """Say whether a position moved, and stayed at the label that it had."""
    moved = abs(course.after - course.before) >= _LEAST
    return moved and bool(level_of(course.before) == level_of(course.after))


# So many domains are named where all are new.
_MOST_NAMED = 2


def net_move_words(codebook: Codebook, move: NetMove, domain: str = OVERALL) -> str:
    """Say which way an actor went, by its domains: slightly stricter in roads; stricter in roads,
    softer in schools; empty where no domain moved and none is new. `domain`: what is asked about,
    whose name stands before; overall each way has its own, since it need not be that of the mean.
    """
    if len(move.directions) > 1:
        return ", ".join(
            _where(codebook, direction.word, [direction.domain]) for direction in move.directions
        )
    for direction in move.directions:
        word = f"slightly {direction.word}" if abs(direction.by) < _SLIGHTLY else direction.word
        return _where(codebook, word, [direction.domain]) if domain == OVERALL else word
    if len(move.new) > _MOST_NAMED:
        return f"{NEW} in {words.number(len(move.new))} fields"
    return _where(codebook, NEW, move.new) if move.new else ""


def _where(codebook: Codebook, direction: str, domains: Sequence[str]) -> str:
    # Names of fields may have an "and" of their own.
    return f"{direction} {words.listing([words.about_domain(codebook, code) for code in domains])}"


# -- files --------------------------------------------------------------------------------------

# Frozen: it stands at the end of the columns of events in files.
DIRECTION = optional(
    "direction",
    "text",
    "Which way it went in its own domain: an act by the level before and after it, words by the "
    "stance; eased: an act that leaves the level and eases something within it; empty: context",
    allowed=DIRECTIONS,
)
