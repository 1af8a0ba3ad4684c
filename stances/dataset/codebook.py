"""The codebook as data: scale, domains, instruments, constants of the model, labels.

Everything that the code knows of a subject it reads from `codebook.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

from stances.dataset.toml import Wrong, parse_toml, read_toml, setting, unknown

CODEBOOK_FILE = "codebook.toml"
# The version of the formula that the constants feed: part of the name of a dataset.
MODEL_VERSION = 3
OVERALL = "overall"
NO_POSITION = "No current position"
# The part of which a step is where nothing is said of it.
OTHER_PART = "other"
# The tables of codes in which no two may have one label.
_LABELLED = (
    "domains",
    "instruments",
    "kinds",
    "coders",
    "tiers",
    "bases",
    "acts.scope",
    "acts.aim",
    "acts.deadline_kind",
    "acts.ended_how",
    "acts.part",
)
# What weights and half-lives can be.
_SENSIBLE = (0.001, 1_000_000)


@dataclass(frozen=True)
class Scale:
    """A scale of whole points from `min` to `max` = -min, no wider than the palette of seven, with
    `labels` and `meaning` by point. From `restricting` down a label restricts the subject, from
    `open` up it is open to it.
    """

    min: int
    max: int = setting(within=(1, 3))
    restricting: int = setting(within=(-3, -1))
    open: int = setting(within=(1, 3))
    labels: Mapping[int, str] = setting(codes="whole")
    meaning: Mapping[int, str] = setting(codes="whole")

    @property
    def levels(self) -> range:
        """All points of the scale, lowest first."""
        return range(self.min, self.max + 1)

    def wrong(self) -> Wrong:
        """Yield each key that is wrong, and what is told of it behind the key: both are read as one
        sentence ("restricting: -2 and open 2 must be on the scale").
        """
        if self.min != -self.max:
            yield "min", f"{self.min} must be -{self.max}, as the scale runs from -n to n"
        # Both on the scale, and in this order.
        if not self.min <= self.restricting < self.open <= self.max:
            message = f"{self.restricting} and open {self.open} must be on the scale"
            yield "restricting", message

        texts = {"labels": self.labels, "meaning": self.meaning}
        for name, by_point in texts.items():
            # Points without a text, and texts without a point.
            unmatched = by_point.keys() ^ self.levels
            if unmatched:
                point = min(unmatched)
                yield f"{name}.{point}", "there must be one text for each point of the scale"
        yield from _repeated_labels("labels", self.labels)


@dataclass(frozen=True, kw_only=True)
class Domain:
    """A field that a position is about; `weight` > 0 is its part in the overall stance.
    `open_case`: what binds there is an open case (an arrest, a search), and no act in force.
    """

    code: str
    label: str
    weight: float = setting(within=_SENSIBLE)
    meaning: str
    open_case: bool = False


@dataclass(frozen=True)
class Instrument:
    """A form in which a position was taken. A binding one has no weight or half-life of its own.
    `easing`: an act of this kind that leaves the level as it was has eased something within it.
    """

    code: str
    label: str
    binding: bool
    weight: float | None = setting(default=None, within=_SENSIBLE)
    half_life_days: float | None = setting(default=None, within=_SENSIBLE)
    lapses_after_days: int | None = setting(default=None, within=(1, 1_000_000))
    easing: bool = False

    def wrong(self) -> Wrong:
        """Yield each key that does not go with `binding`, and why."""
        for name in ("weight", "half_life_days"):
            has_value = getattr(self, name) is not None
            if has_value and self.binding:
                yield name, "must not be there: binding ones do not fade"
            if not (has_value or self.binding):
                yield name, "must be there: only binding ones do not fade"
        for name in ("lapses_after_days", "easing"):
            if not self.binding and getattr(self, name):
                yield name, "must not be there: only a binding instrument has it"


@dataclass(frozen=True)
class ModelConstants:
    """Constants of the formula; weights in units of one fresh statement, half-lives in days.

    `full_evidence`: from here on a domain counts in full in the overall stance; `full_breadth`: the
    weight of domains from which on that counts in full, however little it rests on if 0;
    `tolerance`: by how many points the coding of an event may be off, by confidence.
    """

    binding_weight: float = setting(within=_SENSIBLE)
    spent_weight: float = setting(key="spent_act.weight", within=_SENSIBLE)
    spent_half_life_days: float = setting(key="spent_act.half_life_days", within=_SENSIBLE)
    minimum_evidence: float = setting(within=_SENSIBLE)
    full_evidence: float = setting(within=_SENSIBLE)
    tolerance: Mapping[str, float] = setting(within=(0, 10))
    full_breadth: float = setting(default=0.0, within=(0, 1_000_000))

    def wrong(self) -> Wrong:
        """Yield the upper bound of evidence if it is not above the lower one."""
        least = self.minimum_evidence
        full = self.full_evidence
        if full <= least:
            yield "full_evidence", f"{full:g} must be a number above {least:g}"


@dataclass(frozen=True)
class Kind:
    """A kind of actors. One that takes no position has no stance, and its events no score."""

    code: str
    label: str
    takes_position: bool


@dataclass(frozen=True)
class Border:
    """A ruling between `scores`, for who codes: all of them where it names none; of some `domains`
    alone where it names these.
    """

    scores: tuple[int, ...]
    text: str
    domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class RegisterTerms:
    """The words of the register, each code with its label: what an act covers (`scope`), how it
    meets the subject (`aim`), what falls due, how it ended, which `part` a step of it is about.
    """

    scope: Mapping[str, str]
    aim: Mapping[str, str]
    deadline_kind: Mapping[str, str]
    ended_how: Mapping[str, str]
    part: Mapping[str, str]

    @property
    def leading(self) -> str:
        """The kind of deadline that comes first, and that an act is told by."""
        return next(iter(self.deadline_kind))

    def wrong(self) -> Wrong:
        if OTHER_PART not in self.part:
            yield f"part.{OTHER_PART}", "is missing; steps are of it where they name no part"


@dataclass(frozen=True, kw_only=True)
class Codebook:
    """The codebook of one dataset, as read from its file.

    `blind`: the coders who saw no other score, so that the coding band rests on theirs. `coders`:
    what pages call them in folders from before `coders.csv`. `tiers`: the
    kinds of page that a source can be, the first shown first; `weak_tiers`: those of them that are
    no report of their own. `bases`: what lists of others rest on. `borders`: rulings on scores.
    """

    title: str
    subject: str
    first_date: date
    scale: Scale
    model: ModelConstants
    domains: Mapping[str, Domain]
    instruments: Mapping[str, Instrument]
    kinds: Mapping[str, Kind]
    tiers: Mapping[str, str]
    acts: RegisterTerms
    bases: Mapping[str, str]
    weak_tiers: tuple[str, ...] = ()
    blind: tuple[str, ...] = setting(key="blind.coders", default=())
    borders: tuple[Border, ...] = ()
    coders: Mapping[str, str] = field(default_factory=dict, metadata={"codes": "coder"})

    @property
    def position_kinds(self) -> tuple[str, ...]:
        """The kinds of actors that can take a position."""
        kinds = self.kinds.values()
        return tuple(kind.code for kind in kinds if kind.takes_position)

    @property
    def columns(self) -> list[str]:
        """List what a stance can be of: overall, then the domains."""
        return [OVERALL, *self.domains]

    def domain_label(self, code: str) -> str:
        """Return the label of a domain code, or of `overall`."""
        return "Overall" if code == OVERALL else self.domains[code].label

    def with_model(self, **constants: Any) -> Codebook:
        """Return this codebook with other constants of the model."""
        return replace(self, model=replace(self.model, **constants))

    def codes(self, place: str) -> dict[str, str]:
        """Return the codes of a table of the codebook with their labels, by its dotted name."""
        entries: dict[str, Any] = attrgetter(place)(self)
        labels = {}
        for code, entry in entries.items():
            # An entry has a label, is one, or is a tolerance: a number, and has none.
            label = getattr(entry, "label", entry)
            labels[code] = "" if isinstance(label, float) else label
        return labels

    def wrong(self) -> Wrong:
        """Yield each key that is wrong, and what is wrong with it, where tables must fit together;
        what is wrong within one, its own `wrong` says.
        """
        if OVERALL in self.domains:
            yield f"domains.{OVERALL}", "no domain may have this name"
        if not self.position_kinds:
            yield "kinds", "one kind at least must take a position"
        yield from unknown("weak_tiers", self.weak_tiers, self.tiers)
        for place in _LABELLED:
            yield from _repeated_labels(place, self.codes(place))
        yield from self._wrong_borders()

    def _wrong_borders(self) -> Wrong:
        """Yield the rulings that name a score or a domain that there is not."""
        levels = self.scale.levels
        for n, border in enumerate(self.borders, 1):
            place = f"borders[{n}]"
            for score in border.scores:
                if score not in levels:
                    yield f"{place}.scores", f"{score} is outside {levels[0]}..{levels[-1]}"
            yield from unknown(f"{place}.domains", border.domains, self.domains)


def read_codebook(content: bytes, file: str) -> Codebook:
    """Read a `codebook.toml`; `file` is how faults name it. Raises DataFaults."""
    path = Path(__file__).with_name("defaults.toml")
    defaults = parse_toml(path.read_bytes(), path.name)
    book = parse_toml(content, file)
    book.setdefault("bases", defaults["bases"])
    acts = book.get("acts")
    if isinstance(acts, dict):
        acts.setdefault("part", defaults["part"])
    return read_toml(Codebook, book, file)


def _repeated_labels(place: str, labels: Mapping[Any, str]) -> Wrong:
    """Yield each code whose label another has before it: who reads one must know the code.
    `labels`: by code; `place`: the dotted name of their table.
    """
    owners: dict[str, Any] = {}
    for code, label in labels.items():
        spelling = label.casefold()
        owner = owners.setdefault(spelling, code)
        if owner != code:
            yield f"{place}.{code}", f"{label} is the label of {owner} too"
