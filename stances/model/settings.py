"""A reader's own weights, and the stances under them; the published ones stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from stances.dataset.codebook import Codebook, Instrument
from stances.dataset.faults import BadInput, inline
from stances.model.stance import Model

Range = tuple[float, float]

# What a reader may choose from, both ends included; wider where the codebook itself is outside.
_DOMAIN_WEIGHT: Range = (0.0, 10.0)
_BINDING_WEIGHT: Range = (0.5, 20.0)
_HALF_LIFE_FACTOR: Range = (0.1, 10.0)
_MINIMUM_EVIDENCE: Range = (0.01, 2.0)
_FULL_EVIDENCE: Range = (0.1, 10.0)


@dataclass(frozen=True)
class Limits:
    """The least and the greatest value of each setting, both allowed."""

    domain_weight: Range
    binding_weight: Range
    half_life_factor: Range
    minimum_evidence: Range
    full_evidence: Range


@dataclass(frozen=True)
class Settings:
    """The constants of the model that a reader may change.

    `domain_weights`: code and weight of every domain, in codebook order (pairs, so that settings
    can be a key); `half_life_factor` stretches all half-lives alike, 1 is as published; the others
    are in units of one fresh statement.
    """

    domain_weights: tuple[tuple[str, float], ...]
    binding_weight: float
    half_life_factor: float
    minimum_evidence: float
    full_evidence: float

    @classmethod
    def from_codebook(cls, codebook: Codebook) -> Settings:
        """Return the settings of the codebook itself."""
        weights = tuple((code, domain.weight) for code, domain in codebook.domains.items())
        model = codebook.model
        return cls(weights, model.binding_weight, 1.0, model.minimum_evidence, model.full_evidence)

    @classmethod
    def from_choices(
        cls,
        codebook: Codebook,
        domain_weights: Mapping[str, float] | None = None,
        binding_weight: float | None = None,
        half_life_factor: float | None = None,
        minimum_evidence: float | None = None,
        full_evidence: float | None = None,
    ) -> Settings:
        """Return the published settings with those given in their place. Raises BadInput."""
        published, changes = cls.from_codebook(codebook), dict(domain_weights or {})
        numbers = {
            "binding_weight": binding_weight,
            "half_life_factor": half_life_factor,
            "minimum_evidence": minimum_evidence,
            "full_evidence": full_evidence,
        }
        for code in changes:
            _check_domain(codebook, code)
        weights = tuple((code, changes.get(code, old)) for code, old in published.domain_weights)
        changed = {name: value for name, value in numbers.items() if value is not None}
        settings = replace(published, domain_weights=weights, **changed)
        settings.check(codebook)
        return settings

    def check(self, codebook: Codebook) -> None:
        """Raise BadInput with what is allowed for the first setting that is not."""
        for code, _ in self.domain_weights:
            _check_domain(codebook, code)
        if [code for code, _ in self.domain_weights] != list(codebook.domains):
            raise BadInput(f"every domain needs one weight: {', '.join(codebook.domains)}")
        allowed = limits(codebook)
        for code, weight in self.domain_weights:
            name = f"the weight of {codebook.domain_label(code)}"
            _check_number(name, weight, allowed.domain_weight)
        if not any(weight for _, weight in self.domain_weights):
            raise BadInput("all domains weigh 0; at least one must weigh more")
        _check_number("the weight of an act in force", self.binding_weight, allowed.binding_weight)
        _check_number("the half-life factor", self.half_life_factor, allowed.half_life_factor)
        _check_number("the minimum evidence", self.minimum_evidence, allowed.minimum_evidence)
        _check_number("the full evidence", self.full_evidence, allowed.full_evidence)

    def apply(self, codebook: Codebook) -> Codebook:
        """Return the codebook with these settings; a domain may then weigh 0. Raises BadInput."""
        self.check(codebook)
        weights = dict(self.domain_weights)
        domains = {code: replace(d, weight=weights[code]) for code, d in codebook.domains.items()}
        instruments = {code: self._stretch(kind) for code, kind in codebook.instruments.items()}
        changed = replace(codebook, domains=domains, instruments=instruments)
        return changed.with_model(
            binding_weight=self.binding_weight,
            spent_half_life_days=codebook.model.spent_half_life_days * self.half_life_factor,
            minimum_evidence=self.minimum_evidence,
            full_evidence=self.full_evidence,
        )

    def differences(self, codebook: Codebook) -> list[str]:
        """Say what differs from the published settings, one text a setting; none: nothing."""
        old, new = Settings.from_codebook(codebook), self
        words = [
            f"{codebook.domain_label(code)} weighs {now:g} (published: {was:g})"
            for (code, now), (_, was) in zip(new.domain_weights, old.domain_weights, strict=True)
            if now != was
        ]
        if new.binding_weight != old.binding_weight:
            words.append(
                f"an act in force weighs {new.binding_weight:g} (published: {old.binding_weight:g})"
            )
        if new.half_life_factor != old.half_life_factor:
            words.append(f"half-lives are {new.half_life_factor:g} times the published ones")
        for name in ("minimum_evidence", "full_evidence"):
            now, was = getattr(new, name), getattr(old, name)
            if now != was:
                words.append(f"the {name.replace('_', ' ')} is {now:g} (published: {was:g})")
        return words

    def _stretch(self, instrument: Instrument) -> Instrument:
        days = instrument.half_life_days
        if days is None:
            return instrument
        return replace(instrument, half_life_days=days * self.half_life_factor)


def limits(codebook: Codebook) -> Limits:
    """Return the least and the greatest value of each setting, published ones always within."""
    model = codebook.model
    return Limits(
        _wide_enough(_DOMAIN_WEIGHT, *(domain.weight for domain in codebook.domains.values())),
        _wide_enough(_BINDING_WEIGHT, model.binding_weight),
        _HALF_LIFE_FACTOR,
        _wide_enough(_MINIMUM_EVIDENCE, model.minimum_evidence),
        _wide_enough(_FULL_EVIDENCE, model.full_evidence),
    )


def _wide_enough(allowed: Range, *published: float) -> Range:
    return min(allowed[0], *published), max(allowed[1], *published)


def _check_domain(codebook: Codebook, code: str) -> None:
    if code not in codebook.domains:
        raise BadInput(f"domain {inline(code)} is not one of: {', '.join(codebook.domains)}")


def _check_number(name: str, value: float, allowed: Range) -> None:
    low, high = allowed
    # Not a number is in no range.
    if not low <= value <= high:
        raise BadInput(f"{name} cannot be {value:g}; allowed is {low:g} to {high:g}")


def model_under(model: Model, settings: Settings) -> Model:
    """Return the model of the same events under other settings. Raises BadInput."""
    return Model(settings.apply(model.codebook), model.actors, model.events).on(model.basis)
