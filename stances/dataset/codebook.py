"""The codebook as data: scale, domains, instruments, constants of the model, labels.

Everything that the code knows of a subject it reads from `codebook.toml`; nothing is taken by
default, so a missing or an unknown key is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from stances.dataset.characters import one_form
from stances.dataset.faults import DataFaults, Fault, first_of, quote
from stances.dataset.first_schema import REGISTER, complete_book, is_first
from stances.dataset.names import CODER_NAME
from stances.dataset.toml import TomlReader, parse_toml

CODEBOOK_FILE = "codebook.toml"

OVERALL = "overall"
NO_POSITION = "No current position"
NOT_COVERED = "Not covered"

# The palette has seven classes, so a scale may not be wider.
WIDEST_SCALE = 3


# What a label is of: a code of a table, or a level of the scale.
Code = TypeVar("Code", str, int)


@dataclass(frozen=True)
class Scale:
    """A scale of whole points from `min` to `max` = -min; `labels`, no two alike, and `meaning` by
    point.

    From `restricting` (below 0) down a label restricts the subject, from `open` (above 0) up it is
    open to it.
    """

    min: int
    max: int
    restricting: int
    open: int
    labels: Mapping[int, str]
    meaning: Mapping[int, str]

    @property
    def levels(self) -> range:
        """All points of the scale, lowest first."""
        return range(self.min, self.max + 1)


@dataclass(frozen=True)
class Domain:
    """A field that a position is about; `weight` > 0 is its part in the overall stance.
    `open_case`: what binds there is an open case (an arrest, a search), and no act in force.
    """

    code: str
    label: str
    weight: float
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
    weight: float | None = None
    half_life_days: float | None = None
    lapses_after_days: int | None = None
    easing: bool = False


@dataclass(frozen=True)
class Formula:
    """A version of the formula that the constants feed, by its number, as the switches by which it
    is another than the rest. A constant that it does not know is not in the codebooks of its time.

    `fades`: a domain counts in the overall stance by its evidence, below the minimum too, and a
    position needs more than that; else in full while it has a position, for which the minimum is
    enough. `by_event`: the coding band ends at the scale event by event, and a word that counts
    with the score of an act has the ends of the act; else it is as wide to both sides of the
    stance.
    """

    number: int
    fades: bool = True
    by_event: bool = True


# Every version that a release was made with, so that each can be derived again. A new one is a line
# here, and a switch above.
FORMULAS = {
    formula.number: formula
    for formula in (Formula(1, fades=False, by_event=False), Formula(2, by_event=False), Formula(3))
}
# It goes into the metadata of every file and the version of a dataset, so that one name means one
# set of figures.
MODEL_VERSION = max(FORMULAS)


@dataclass(frozen=True)
class ModelConstants:
    """Constants of the formula; weights in units of one fresh statement, half-lives in days.

    `full_evidence`, above `minimum_evidence`: from here on a domain counts in full in the overall
    stance. `full_breadth`: the weight of domains from which on an overall stance counts in full; 0:
    however little it rests on. `tolerance`: by how many points the coding of an event may be off,
    by confidence.
    """

    binding_weight: float
    spent_weight: float
    spent_half_life_days: float
    minimum_evidence: float
    full_evidence: float
    full_breadth: float
    tolerance: Mapping[str, float]


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
    akin: Mapping[str, str]


# The part of which a step is where nothing is said of it.
OTHER_PART = "other"
# What a codebook has that names no parts, no kinds of deadlines akin to the first, and none of what
# lists of others rest on: the one of the first subject.
_FIRST_PARTS = {
    "core": "Core",
    "access": "Access",
    "management": "Management",
    "transport": "Transport",
    "all": "All of it",
    OTHER_PART: "Something else",
}
_FIRST_AKIN = {"lapse": "Where a permit or licence ends, what it let in may have to go too."}
_FIRST_BASES = {
    "state": "What the state decided",
    "operator": "Operators",
    "us-claim": "Claims of others",
    "expert": "Experts",
    "practice": "Practice",
    "forecast": "A forecast",
    "vendor-share": "Shares of vendors",
}
_NO_REGISTER = RegisterTerms({}, {}, {}, {}, _FIRST_PARTS, {})


@dataclass(frozen=True)
class Codebook:
    """The codebook of one dataset, as read from its file.

    `coders`: the known ones with what pages call them; any other name is a coder too; `blind`:
    those of them who saw no other score, so that the coding band rests on theirs. `tiers`: the
    kinds of page that a source can be, the first shown first; `weak_tiers`: those of them that are
    no report of their own, so that an event which rests on them alone is marked. `bases`: what
    lists of others rest on, first what the actors themselves decided; a list that rests on another
    stands apart. `formula`: by which version of the model figures are derived.
    """

    title: str
    subject: str
    first_date: date
    scale: Scale
    model: ModelConstants
    domains: Mapping[str, Domain]
    instruments: Mapping[str, Instrument]
    kinds: Mapping[str, Kind]
    coders: Mapping[str, str]
    tiers: Mapping[str, str]
    acts: RegisterTerms
    weak_tiers: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()
    bases: Mapping[str, str] = field(default_factory=lambda: _FIRST_BASES)
    formula: Formula = FORMULAS[MODEL_VERSION]

    @property
    def position_kinds(self) -> tuple[str, ...]:
        """The kinds of actors that can take a position."""
        return tuple(code for code, kind in self.kinds.items() if kind.takes_position)

    @property
    def columns(self) -> list[str]:
        """List what a stance can be of: overall, then the domains."""
        return [OVERALL, *self.domains]

    @property
    def has_register(self) -> bool:
        """Say whether there is a register of rules; the first schema had none, so that it names no
        rule does not say that there was none.
        """
        return self.acts != _NO_REGISTER

    def domain_label(self, code: str) -> str:
        """Return the label of a domain code, or of `overall`."""
        return "Overall" if code == OVERALL else self.domains[code].label

    def with_model(self, **constants: Any) -> Codebook:
        """Return this codebook with other constants of the model."""
        return replace(self, model=replace(self.model, **constants))


def read_codebook(content: bytes, file: str) -> Codebook:
    """Read a `codebook.toml`; `file` is how faults name it.

    Raises DataFaults with the faults of the file.
    """
    book = parse_toml(content, file)
    first = is_first(book)
    reader = TomlReader(complete_book(book) if first else book, "", file)
    tiers = reader.table("tiers").labels()
    coders = reader.table("coders").labels(CODER_NAME)
    codebook = Codebook(
        title=reader.text("title"),
        subject=reader.text("subject"),
        first_date=reader.day("first_date"),
        scale=_scale(reader.table("scale")),
        model=_constants(reader.table("model"), first),
        domains=_domains(reader.table("domains")),
        instruments=_instruments(reader.table("instruments")),
        kinds=_kinds(reader.table("kinds")),
        coders=coders,
        tiers=tiers,
        acts=_NO_REGISTER if first else _register_terms(reader.table(REGISTER)),
        weak_tiers=_weak_tiers(reader, tiers),
        blind=_blind(reader, coders),
        bases=reader.table("bases").labels() if reader.has("bases") else _FIRST_BASES,
        # The only one that can do without what the first schema has not.
        formula=FORMULAS[1 if first else MODEL_VERSION],
    )
    faults = first_of(reader.faults()) or first_of(_shared_labels(codebook, file))
    if faults:
        raise DataFaults(faults)
    return codebook


def _shared_labels(codebook: Codebook, file: str) -> Iterator[Fault]:
    """Labels that two codes of one table have: who reads one must know the code."""
    for key, labels in _labels_by_key(codebook).items():
        for code, like in _alike(labels):
            text = f"{quote(labels[code])} is the label of {like} too"
            yield Fault(file, 0, key.format(code), text)


def _alike(labels: Mapping[Code, str]) -> Iterator[tuple[Code, Code]]:
    """Each code whose label another has before it, and that other one."""
    first: dict[str, Code] = {}
    for code, label in labels.items():
        like = first.setdefault(one_form(label).casefold(), code)
        if like != code:
            yield code, like


def _labels_by_key(codebook: Codebook) -> dict[str, Mapping[str, str]]:
    """Return the labels of each table by their codes, under what the key of a code is."""
    terms = codebook.acts
    return {
        "domains.{}.label": {code: codebook.domain_label(code) for code in codebook.columns},
        "instruments.{}.label": {code: entry.label for code, entry in codebook.instruments.items()},
        "kinds.{}.label": {code: entry.label for code, entry in codebook.kinds.items()},
        "coders.{}": codebook.coders,
        "tiers.{}": codebook.tiers,
        "acts.scope.{}": terms.scope,
        "acts.aim.{}": terms.aim,
        "acts.deadline_kind.{}": terms.deadline_kind,
        "acts.ended_how.{}": terms.ended_how,
        "acts.part.{}": terms.part,
        "bases.{}": codebook.bases,
    }


def _scale(reader: TomlReader) -> Scale:
    levels = _levels(reader)
    sound = not reader.at_fault("min", "max")
    low, high = levels[0], levels[-1]
    return Scale(
        low,
        high,
        reader.whole("restricting", least=low, most=-1),
        reader.whole("open", least=1, most=high),
        _labels(reader.table("labels"), levels, sound),
        _by_level(reader.table("meaning"), levels, sound),
    )


def _levels(reader: TomlReader) -> range:
    """Return the points between the bounds; where these are at fault, all that there can be."""
    low, high = reader.whole("min"), reader.whole("max", least=1)
    if not reader.at_fault("min", "max") and (low != -high or high > WIDEST_SCALE):
        text = f"{quote(low)} to max {quote(high)}: the scale must run from -n to n"
        reader.fault("min", f"{text} with n from 1 to {WIDEST_SCALE}")
    if reader.at_fault("min", "max"):
        low, high = -WIDEST_SCALE, WIDEST_SCALE
    return range(low, high + 1)


def _by_level(reader: TomlReader, levels: range, sound: bool) -> dict[int, str]:
    """Return the text of each level; where the bounds are not sound, of each that is there."""
    return {level: reader.text(str(level)) for level in levels if sound or reader.has(str(level))}


def _labels(reader: TomlReader, levels: range, sound: bool) -> dict[int, str]:
    """Return the labels, no two of them alike: who reads one must know the level."""
    labels = _by_level(reader, levels, sound)
    for level, like in _alike(labels):
        if not reader.at_fault(str(like), str(level)):
            reader.fault(str(level), f"{quote(labels[level])} is the label of {like} already")
    return labels


def _constants(reader: TomlReader, first: bool) -> ModelConstants:
    """Return the constants; the first schema has no full evidence: a position was in full."""
    spent, tolerance = reader.table("spent_act"), reader.table("tolerance")
    minimum = reader.number("minimum_evidence", above=0)
    # Whatever the one should be, it is above 0, and so is the other.
    bound = 0 if reader.at_fault("minimum_evidence") else minimum
    return ModelConstants(
        binding_weight=reader.number("binding_weight", above=0),
        spent_weight=spent.number("weight", above=0),
        spent_half_life_days=spent.number("half_life_days", above=0),
        minimum_evidence=minimum,
        full_evidence=minimum if first else reader.number("full_evidence", above=bound),
        full_breadth=reader.number("full_breadth", least=0) if reader.has("full_breadth") else 0.0,
        tolerance={key: tolerance.number(key, least=0) for key in tolerance.codes()},
    )


def _domains(reader: TomlReader) -> dict[str, Domain]:
    codes = reader.codes()
    if OVERALL in codes:
        reader.fault(OVERALL, "no domain may have this name")
    return {code: _domain(code, reader.table(code)) for code in codes}


def _domain(code: str, reader: TomlReader) -> Domain:
    open_case = reader.truth("open_case") if reader.has("open_case") else False
    label, weight = reader.text("label"), reader.number("weight", above=0)
    return Domain(code, label, weight, reader.text("meaning"), open_case)


def _instruments(reader: TomlReader) -> dict[str, Instrument]:
    return {code: _instrument(code, reader.table(code)) for code in reader.codes()}


def _instrument(code: str, reader: TomlReader) -> Instrument:
    label, binding = reader.text("label"), reader.truth("binding")
    if reader.at_fault("binding"):
        reader.leave("weight", "half_life_days", "lapses_after_days", "easing")
        return Instrument(code, label, binding)
    if not binding:
        weight = reader.number("weight", above=0)
        return Instrument(code, label, False, weight, reader.number("half_life_days", above=0))
    lapses = reader.whole("lapses_after_days", least=1) if reader.has("lapses_after_days") else None
    easing = reader.truth("easing") if reader.has("easing") else False
    return Instrument(code, label, True, lapses_after_days=lapses, easing=easing)


def _kinds(reader: TomlReader) -> dict[str, Kind]:
    tables = {code: reader.table(code) for code in reader.codes()}
    kinds = {
        code: Kind(code, t.text("label"), t.truth("takes_position")) for code, t in tables.items()
    }
    unsure = any(table.at_fault("takes_position") for table in tables.values())
    if kinds and not (unsure or any(kind.takes_position for kind in kinds.values())):
        reader.fault(None, "one kind at least must take a position")
    return kinds


def _weak_tiers(reader: TomlReader, tiers: Mapping[str, str]) -> tuple[str, ...]:
    weak = reader.texts("weak_tiers") if reader.has("weak_tiers") else ()
    if tiers and (unknown := [tier for tier in weak if tier not in tiers]):
        text = f"{quote(', '.join(unknown))} is not one of: {', '.join(tiers)}"
        reader.fault("weak_tiers", text)
    return weak


def _blind(reader: TomlReader, coders: Mapping[str, str]) -> tuple[str, ...]:
    """Return the coders who saw no other score; without the table nobody is known to be one."""
    if not reader.has("blind"):
        return ()
    table = reader.table("blind")
    blind = table.texts("coders")
    if coders and (unknown := [coder for coder in blind if coder not in coders]):
        text = f"{quote(', '.join(unknown))} is not one of: {', '.join(coders)}"
        table.fault("coders", text)
    return blind


def _register_terms(reader: TomlReader) -> RegisterTerms:
    kinds = reader.table("deadline_kind").labels()
    return RegisterTerms(
        scope=reader.table("scope").labels(),
        aim=reader.table("aim").labels(),
        deadline_kind=kinds,
        ended_how=reader.table("ended_how").labels(),
        part=_parts(reader.table("part")) if reader.has("part") else _FIRST_PARTS,
        akin=_akin(reader, kinds),
    )


def _akin(reader: TomlReader, kinds: Mapping[str, str]) -> dict[str, str]:
    if not reader.has("akin"):
        return {kind: why for kind, why in _FIRST_AKIN.items() if kind in kinds}
    akin = reader.table("akin").labels()
    if kinds and (unknown := [kind for kind in akin if kind not in kinds]):
        text = f"{quote(', '.join(unknown))} is not one of: {', '.join(kinds)}"
        reader.fault("akin", text)
    return akin


def _parts(reader: TomlReader) -> dict[str, str]:
    parts = reader.labels()
    if parts and OTHER_PART not in parts:
        reader.fault(OTHER_PART, "is missing; a step is of it where nothing is said of its part")
    return parts
