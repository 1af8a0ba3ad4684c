"""The codebook as data: scale, domains, instruments, constants of the model, labels.

Everything that the code knows of a subject it reads from `codebook.toml`.
"""

# ruff: noqa: RUF009
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from stances.dataset.faults import not_one_of, one_form
from stances.dataset.toml import Wrong, parse_toml, read_toml, setting

CODEBOOK_FILE = "codebook.toml"
# The version of the formula that the constants feed: part of the name of a dataset.
MODEL_VERSION = 3
OVERALL = "overall"
NO_POSITION = "No current position"
# The part of which a step is where nothing is said of it.
OTHER_PART = "other"
# The palette has seven classes, so a scale may not be wider.
_WIDEST = 3

Code = TypeVar("Code", str, int)


@dataclass(frozen=True)
class Scale:
    """A scale of whole points from `min` to `max` = -min; `labels`, no two alike, and `meaning` by
    point.

    From `restricting` (below 0) down a label restricts the subject, from `open` (above 0) up it is
    open to it.
    """

    min: int
    max: int = setting(least=1)
    restricting: int = setting(most=-1)
    open: int = setting(least=1)
    labels: Mapping[int, str] = setting()
    meaning: Mapping[int, str] = setting()

    @property
    def levels(self) -> range:
        """All points of the scale, lowest first."""
        return range(self.min, self.max + 1)

    def wrong(self) -> Wrong:
        if self.min != -self.max or self.max > _WIDEST:
            text = f'"{self.min}" to max "{self.max}": the scale must run from -n to n'
            yield "min", f"{text} with n from 1 to {_WIDEST}"
            return
        for name, point in (("restricting", self.restricting), ("open", self.open)):
            if point not in self.levels:
                yield name, f'"{point}" must be at least {self.min}, at most {self.max}'
        for name, texts in (("labels", self.labels), ("meaning", self.meaning)):
            for level in texts.keys() ^ {*self.levels}:
                text = "is not a known key" if level in texts else "is missing; it must be a text"
                yield f"{name}.{level}", text
        yield from _alike("labels.{}", self.labels)


@dataclass(frozen=True)
class Domain:
    """A field that a position is about; `weight` > 0 is its part in the overall stance.
    `open_case`: what binds there is an open case (an arrest, a search), and no act in force.
    """

    code: str
    label: str
    weight: float = setting(above=0)
    meaning: str = setting()
    open_case: bool = False


@dataclass(frozen=True)
class Instrument:
    """A form in which a position was taken. A binding one has no weight or half-life of its own.
    `easing`: an act of this kind that leaves the level as it was has eased something within it.
    """

    code: str
    label: str
    binding: bool
    weight: float | None = setting(default=None, above=0)
    half_life_days: float | None = setting(default=None, above=0)
    lapses_after_days: int | None = setting(default=None, least=1)
    easing: bool = False

    def wrong(self) -> Wrong:
        for name in ("weight", "half_life_days"):
            if self.binding is (getattr(self, name) is not None):
                yield (
                    name,
                    f"must {'not ' if self.binding else ''}be there: binding ones do not fade",
                )
        for name in ("lapses_after_days", "easing"):
            if not self.binding and getattr(self, name):
                yield name, "must not be there: only a binding instrument has it"


@dataclass(frozen=True)
class ModelConstants:
    """Constants of the formula; weights in units of one fresh statement, half-lives in days.

    `full_evidence`, above `minimum_evidence`: from here on a domain counts in full in the overall
    stance. `full_breadth`: the weight of domains from which on an overall stance counts in full; 0:
    however little it rests on. `tolerance`: by how many points the coding of an event may be off,
    by confidence.
    """

    binding_weight: float = setting(above=0)
    spent_weight: float = setting("spent_act.weight", above=0)
    spent_half_life_days: float = setting("spent_act.half_life_days", above=0)
    minimum_evidence: float = setting(above=0)
    full_evidence: float = setting()
    tolerance: Mapping[str, float] = setting(least=0)
    full_breadth: float = setting(default=0.0, least=0)

    def wrong(self) -> Wrong:
        if self.full_evidence <= (least := self.minimum_evidence):
            yield "full_evidence", f'"{self.full_evidence:g}" must be a number above {least:g}'


@dataclass(frozen=True)
class Kind:
    """A kind of actors. One that takes no position has no stance, and its events no score."""

    code: str
    label: str
    takes_position: bool


@dataclass(frozen=True)
class RegisterTerms:
    """The words of the register of acts, each code with its label: what an act covers (`scope`),
    how it meets the subject (`aim`), what falls due, how it ended, and which `part` of the subject
    a step of it is about. `akin`: the kinds of deadlines by which the same may come to be due as by
    the kind that leads, each with why, as a sentence.
    """

    scope: Mapping[str, str]
    aim: Mapping[str, str]
    deadline_kind: Mapping[str, str]
    ended_how: Mapping[str, str]
    part: Mapping[str, str]
    akin: Mapping[str, str] = field(default_factory=dict)

    @property
    def leading(self) -> str:
        """The kind of deadline that comes first, and that an act is told by."""
        return next(iter(self.deadline_kind))

    def wrong(self) -> Wrong:
        yield from _unknown("akin", self.akin, self.deadline_kind)
        if OTHER_PART not in self.part:
            yield f"part.{OTHER_PART}", "is missing; steps are of it where they name no part"


@dataclass(frozen=True)
class Codebook:
    """The codebook of one dataset, as read from its file.

    `coders`: the known ones with what pages call them; any other name is a coder too; `blind`:
    those of them who saw no other score, so that the coding band rests on theirs. `tiers`: the
    kinds of page that a source can be, the first shown first; `weak_tiers`: those of them that are
    no report of their own, so that an event which rests on them alone is marked. `bases`: what
    lists of others rest on, first what the actors themselves decided.
    """

    title: str
    subject: str
    first_date: date
    scale: Scale
    model: ModelConstants
    domains: Mapping[str, Domain]
    instruments: Mapping[str, Instrument]
    kinds: Mapping[str, Kind]
    coders: Mapping[str, str] = setting(codes="coder")
    tiers: Mapping[str, str] = setting()
    acts: RegisterTerms = setting()
    bases: Mapping[str, str] = setting()
    weak_tiers: tuple[str, ...] = ()
    blind: tuple[str, ...] = setting("blind.coders", default=())

    @property
    def position_kinds(self) -> tuple[str, ...]:
        """The kinds of actors that can take a position."""
        return tuple(code for code, kind in self.kinds.items() if kind.takes_position)

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
        """Return the codes of a table of the codebook with their labels, by its dotted name: those
        that a column of `schema.toml` takes.
        """
        found: Any = self
        for part in place.split("."):
            found = getattr(found, part)
        labels = {code: getattr(of, "label", of) for code, of in found.items()}
        return {code: label if isinstance(label, str) else "" for code, label in labels.items()}

    def wrong(self) -> Wrong:
        if OVERALL in self.domains:
            yield f"domains.{OVERALL}", "no domain may have this name"
        if not self.position_kinds:
            yield "kinds", "one kind at least must take a position"
        yield from _unknown("weak_tiers", self.weak_tiers, self.tiers)
        yield from _unknown("blind.coders", self.blind, self.coders)
        yield from _alike("domains.{}.label", {c: self.domain_label(c) for c in self.columns})
        for place in ("instruments", "kinds", "coders", "tiers", "bases"):
            yield from _alike(f"{place}.{{}}", self.codes(place))
        for name in ("scope", "aim", "deadline_kind", "ended_how", "part"):
            yield from _alike(f"acts.{name}.{{}}", getattr(self.acts, name))


def read_codebook(content: bytes, file: str) -> Codebook:
    """Read a `codebook.toml`; `file` is how faults name it. Raises DataFaults."""
    book, own = parse_toml(content, file), Path(__file__).with_name("defaults.toml")
    default = parse_toml(own.read_bytes(), own.name)
    if isinstance(acts := book.get("acts"), dict):
        kinds, more = acts.get("deadline_kind", {}), default["acts"]
        more["akin"] = {kind: why for kind, why in more["akin"].items() if kind in kinds}
        book["acts"] = {name: of for name, of in {**more, **acts}.items() if of}
    return read_toml(Codebook, {"bases": default["bases"], **book}, file)


def _unknown(at: str, names: Iterable[str], known: Mapping[str, str]) -> Wrong:
    yield from ((at, not_one_of(name, list(known))) for name in names if name not in known)


def _alike(at: str, labels: Mapping[Code, str]) -> Wrong:
    """Yield each code whose label another has before it: who reads one must know the code."""
    first: dict[str, Code] = {}
    for code, label in labels.items():
        like = first.setdefault(one_form(label).casefold(), code)
        if like != code:
            yield at.format(code), f'"{label}" is the label of {like} too'
