"""The codebook as data: scale, domains, instruments, constants of the model, labels.

Everything that the code knows of a subject it reads from `codebook.toml`; nothing is taken by
default, so a missing or an unknown key is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from stances.dataset.faults import DataFaults
from stances.dataset.toml import TomlReader, read_toml

CODEBOOK_FILE = "codebook.toml"
OVERALL = "overall"
NO_POSITION = "No current position"
NOT_COVERED = "Not covered"

# The palette has seven classes, so a scale may not be wider.
WIDEST_SCALE = 3


@dataclass(frozen=True)
class Scale:
    """Whole points from `min` to `max` = -min; `labels` and `meaning` by point."""

    min: int
    max: int
    labels: Mapping[int, str]
    meaning: Mapping[int, str]

    @property
    def levels(self) -> range:
        """All points of the scale, lowest first."""
        return range(self.min, self.max + 1)


@dataclass(frozen=True)
class Domain:
    """What a position is about; `weight` > 0 is its part in the overall stance."""

    code: str
    label: str
    weight: float
    meaning: str


@dataclass(frozen=True)
class Instrument:
    """How a position was taken. A binding one has no weight or half-life of its own."""

    code: str
    label: str
    binding: bool
    weight: float | None = None
    half_life_days: float | None = None
    lapses_after_days: int | None = None


@dataclass(frozen=True)
class ModelConstants:
    """Constants of the formula; weights in units of one fresh statement, half-lives in days.

    `tolerance`: by how many points the coding of an event may be off, by confidence.
    """

    binding_weight: float
    spent_weight: float
    spent_half_life_days: float
    minimum_evidence: float
    tolerance: Mapping[str, float]


@dataclass(frozen=True)
class Codebook:
    """The codebook of one dataset, as read from its file."""

    title: str
    subject: str
    first_date: date
    scale: Scale
    model: ModelConstants
    domains: Mapping[str, Domain]
    instruments: Mapping[str, Instrument]

    @property
    def columns(self) -> list[str]:
        """What a stance can be of: overall, then the domains."""
        return [OVERALL, *self.domains]

    def domain_label(self, code: str) -> str:
        """The label of a domain code, or of `overall`."""
        return "Overall" if code == OVERALL else self.domains[code].label

    def with_model(self, **constants: Any) -> Codebook:
        """This codebook with other constants of the model."""
        return replace(self, model=replace(self.model, **constants))


def slug(text: str) -> str:
    """`text` as lower-case letters, digits and single hyphens, for names of files."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def read_codebook(folder: Path, shown_as: str) -> Codebook:
    """Read `codebook.toml` of a data folder; `shown_as` is how faults name the folder.

    Raises DataFaults with every fault of the file.
    """
    file = f"{shown_as}/{CODEBOOK_FILE}"
    reader = TomlReader(read_toml(folder / CODEBOOK_FILE, file), "", file)
    codebook = Codebook(
        title=reader.text("title"),
        subject=reader.text("subject"),
        first_date=reader.day("first_date"),
        scale=_scale(reader.table("scale")),
        model=_constants(reader.table("model")),
        domains=_domains(reader.table("domains")),
        instruments=_instruments(reader.table("instruments")),
    )
    faults = list(reader.faults())
    if faults:
        raise DataFaults(faults)
    return codebook


def _scale(reader: TomlReader) -> Scale:
    low, high = reader.whole("min"), reader.whole("max", least=1)
    if low != -high or high > WIDEST_SCALE:
        reader.fault("min", f"the scale must run from -n to n with n from 1 to {WIDEST_SCALE}")
        low, high = -1, 1
    levels = range(low, high + 1)
    labels, meaning = reader.table("labels"), reader.table("meaning")
    return Scale(
        low,
        high,
        {level: labels.text(str(level)) for level in levels},
        {level: meaning.text(str(level)) for level in levels},
    )


def _constants(reader: TomlReader) -> ModelConstants:
    spent, tolerance = reader.table("spent_act"), reader.table("tolerance")
    return ModelConstants(
        binding_weight=reader.number("binding_weight", above=0),
        spent_weight=spent.number("weight", above=0),
        spent_half_life_days=spent.number("half_life_days", above=0),
        minimum_evidence=reader.number("minimum_evidence", above=0),
        tolerance={key: tolerance.number(key, least=0) for key in tolerance.codes()},
    )


def _domains(reader: TomlReader) -> dict[str, Domain]:
    codes = reader.codes()
    if OVERALL in codes:
        reader.fault(OVERALL, "no domain may have this name")
    tables = {code: reader.table(code) for code in codes}
    return {
        code: Domain(code, t.text("label"), t.number("weight", above=0), t.text("meaning"))
        for code, t in tables.items()
    }


def _instruments(reader: TomlReader) -> dict[str, Instrument]:
    return {code: _instrument(code, reader.table(code)) for code in reader.codes()}


def _instrument(code: str, reader: TomlReader) -> Instrument:
    label, binding = reader.text("label"), reader.truth("binding")
    if not binding:
        weight = reader.number("weight", above=0)
        return Instrument(code, label, False, weight, reader.number("half_life_days", above=0))
    lapses = reader.whole("lapses_after_days", least=1) if reader.has("lapses_after_days") else None
    return Instrument(code, label, True, lapses_after_days=lapses)
