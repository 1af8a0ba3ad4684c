"""A worked example: an event followed through the formula, in words."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from stances import words
from stances.dataset.codebook import Codebook
from stances.model.stance import level_of


def formula_steps(codebook: Codebook) -> list[tuple[str, str]]:
    """Say how a stance is made with the figures of the codebook: heading and text of each step."""
    return [
        ("The score", _score_step(codebook)),
        ("The act in force", _act_step(codebook)),
        (
            "The words since",
            "Whatever else the actor said or did there on or after the day of its latest act "
            "counts too; all of it where there never was an act. Its weight halves with every "
            f"half-life: weight on the day = weight {words.TIMES} 0.5^(days since / half-life).",
        ),
        (
            "Confirmation",
            "A word in the direction of the act in force, but milder, counts with the score of "
            "the act: mild words after a strict act do not soften it. Words of 0, of the other "
            "direction or further out count as they are scored.",
        ),
        ("The stance", _stance_step(codebook)),
        ("The coding band", _band_step(codebook)),
        ("Overall", _overall_step(codebook)),
        ("The label", _label_step(codebook)),
    ]


def _score_step(codebook: Codebook) -> str:
    blind = (
        " Beside the first coding, made while the event was researched, stand those of coders who "
        "saw no other score."
        if codebook.blind
        else ""
    )
    return (
        "Each event is scored as a whole point of the scale, or is context and has no score. One "
        "coding counts as it is; of three the middle one counts or, where one gives no score, that "
        "of the two left which is nearer to the first; where two give none, it is context."
        f"{blind} A review, made later and with its reason, decides instead of them; of several "
        "the newest does."
    )


def _act_step(codebook: Codebook) -> str:
    model = codebook.model
    lapses = [
        f"it lapses ({i.label} above 0: {i.lapses_after_days:,} days after it)"
        for i in codebook.instruments.values()
        if i.lapses_after_days
    ]
    until = ["another binding act takes its place", "its end date is reached", *lapses]
    return (
        "Of the binding acts of an actor in a domain the latest counts. It weighs "
        f"{model.binding_weight:g} and does not fade, until {words.alternatives(until)}; earlier "
        "acts do not come back then. A binding act of score 0 leaves nothing in force: it counts "
        f"like a word, with a weight of {model.spent_weight:g} and a half-life of "
        f"{model.spent_half_life_days:,g} days."
    )


def _stance_step(codebook: Codebook) -> str:
    least = codebook.model.minimum_evidence
    lone = [
        f"; a lone {i.label.lower()} makes none from "
        f"{math.ceil(i.half_life_days * math.log2(i.weight / least) - 1e-6):,} days on"
        for i in codebook.instruments.values()
        if i.weight and i.half_life_days and i.weight > least
    ]
    return (
        f"The weighted mean of the scores: the sum of weight {words.TIMES} score, divided by the "
        "sum of the weights. The sum of the weights is the evidence. Unless it is above "
        f"{least:g} there is no current position, and nothing is put in its place"
        f"{''.join(lone[:1])}. Certainty says how much more there is: it falls from 1, at an "
        f"evidence of {codebook.model.full_evidence:g} or more, to 0, where the position ends."
    )


def _overall_step(codebook: Codebook) -> str:
    full, breadth = codebook.model.full_evidence, codebook.model.full_breadth
    weights = ", ".join(f"{d.label} {d.weight:g}" for d in codebook.domains.values())
    drawn = (
        f" Domains that together weigh less than {breadth:g} are little to go by: what is missing, "
        "times the presence of the best known, counts as 0 and draws the stance there."
    )
    return (
        "The weighted mean of the stances of all domains in which anything counts, as long as the "
        "actor has a current position in one of them. A domain weighs its own weight "
        f"({weights}) times its presence: evidence / {full:g}, at most 1. So a domain fades out of "
        "the overall stance and never drops out of it in a day."
        f"{drawn if breadth else ''}"
    )


def _band_step(codebook: Codebook) -> str:
    points = [f"{name} {off:g}" for name, off in codebook.model.tolerance.items()]
    blind = ""
    if codebook.blind:
        blind = (
            ", or to the lowest or highest that a coder gave who saw no other score, if that is "
            "further out"
        )
    return (
        "How low and how high the stance would be if every coding were off in one direction. Each "
        "score goes down, and up, by as many points as its confidence allows "
        f"({', '.join(points)}){blind}, and never off the scale; the band is the weighted mean of "
        "the lows and that of the highs. A word that counts with the score of an act goes as far "
        "as the act. It is no sampling error."
    )


def _label_step(codebook: Codebook) -> str:
    scale = codebook.scale
    tie = scale.max - 0.5
    return (
        "The nearest point of the scale. Half-way between two it is the one nearer to 0: "
        f"{words.figure(tie, 1)} is {scale.labels[int(level_of(tie))]}, {words.figure(-tie, 1)} is "
        f"{scale.labels[int(level_of(-tie))]}."
    )


def weight_line(codebook: Codebook, instrument: str, score: float, days: int, weight: float) -> str:
    """Say how the weight of an event that counts comes about, `days` after it."""
    kind, model = codebook.instruments[instrument], codebook.model
    if kind.binding and score:
        fixed = f"in force it weighs {model.binding_weight:g}, whatever its age"
        return f"{kind.label} is binding: {fixed}."
    fresh, half = kind.weight, kind.half_life_days
    if kind.binding:
        fresh, half = model.spent_weight, model.spent_half_life_days
    how = f"{kind.label} is binding, but of score 0: it" if kind.binding else f"{kind.label}: it"
    return (
        f"{how} weighs {fresh:g} on its day and half of that every {half:,g} days. "
        f"{words.plural(days, 'day', start=True)} {words.have(days)} passed: "
        f"{fresh:g} {words.TIMES} 0.5^({days:,} / {half:,g}) = {weight:.4f}."
    )


def score_line(score: float, counted: float, act: str = words.ACT_IN_FORCE) -> str:
    """Say with what score an event counts. `act`: the act in force, `words.holds`."""
    if score == counted:
        return f"It counts as it is scored, {words.figure(score, 0)}."
    return (
        f"It is scored {words.figure(score, 0)}. It has the direction of the {act}, but is "
        f"milder, so it confirms that and counts with its score, {words.figure(counted, 0)}."
    )


def share_line(name: str, domain: str, count: int, weights: float, part: float) -> str:
    """Return the share of an event in a stance. `domain`: in words; `count`: of events that count
    there, with `weights` together; `part`: the share.
    """
    if count == 1:
        return (
            f"It is the only event of {name} that counts {domain}, so its share is "
            f"{words.share(part)}."
        )
    return (
        f"{words.sentence_start(name)} has {words.plural(count, 'event')} that count {domain}. "
        f"Their weights add up to {weights:.4f}, so the share of this one is "
        f"{words.percent(100 * part)}."
    )


def mean_line(codebook: Codebook, total: float, evidence: float, stance: float) -> str:
    """Return a stance as the division that gives it: sum of weight x score by sum of weights."""
    return (
        f"Sum of weight {words.TIMES} score, divided by the sum of the weights: "
        f"{words.figure(total, 4)} / {evidence:.4f}, both rounded here, gives "
        f"{words.figure(stance, 4)}, so {words.with_label(codebook, stance)}."
    )


# Sums in another order differ by less.
_SAME = 1e-9
# Where a reader's settings leave no weight to the domains that have a position.
NO_WEIGHT = "No domain with a current position weighs anything: no overall position."


class WeighedDomain(NamedTuple):
    """A domain in an overall stance: its code, evidence and stance, also under the minimum."""

    code: str
    evidence: float
    stance: float


def overall_line(codebook: Codebook, domains: Sequence[WeighedDomain], overall: float) -> str:
    """Return the overall stance as the division that gives it. `domains`: all that have a part in
    it; NaN for `overall` where those with a position weigh nothing, by a reader's settings.
    """
    if math.isnan(overall):
        return NO_WEIGHT
    labels = [codebook.domains[domain.code].label for domain in domains]
    weights = [_weight_text(codebook, domain) for domain in domains]
    terms = [
        f"{weight} {words.TIMES} {words.figure(domain.stance, 4)}"
        for weight, domain in zip(weights, domains, strict=True)
    ]
    model = codebook.model
    presence = {domain.code: min(1.0, domain.evidence / model.full_evidence) for domain in domains}
    total = sum(codebook.domains[code].weight * part for code, part in presence.items())
    broad, drawn = model.full_breadth * max(presence.values()), ""
    if broad > total + _SAME:
        drawn = (
            f", and divided by {model.full_breadth:g} times the presence of the best known, which "
            "is more than they weigh"
        )
    return (
        f"Overall, with the weights of {words.listing(labels)}, each times its presence where that "
        f"is under 1{drawn}: ({' + '.join(terms)}) / {round(max(total, broad), 4):g} = "
        f"{words.figure(overall, 4)}, so {words.with_label(codebook, overall)}."
    )


def _weight_text(codebook: Codebook, domain: WeighedDomain) -> str:
    weight, presence = (
        codebook.domains[domain.code].weight,
        domain.evidence / codebook.model.full_evidence,
    )
    return f"{weight:g}" if presence >= 1 else f"{weight:g} {words.TIMES} {presence:.4f}"


def too_late(event_day: words.Day, as_of: words.Day) -> str:
    """Say why an event does not count yet."""
    return (
        f"This event is of {words.day(event_day)}, after the chosen date, {words.day(as_of)}. It "
        "counts for nothing yet: choose a later date above."
    )


def too_little(evidence: float, least: float) -> str:
    """Say why what counts makes no position."""
    return (
        f"All that counts in this domain weighs {evidence:.4f} together, no more than the minimum "
        f"of {least:g}: there is no current position to share in."
    )


UNSCORED = "This event is context. It has no score, so it counts for nothing."


def superseded_line(binding: bool, title: str, since: words.Day) -> str:
    """Say by which act an event was set aside. `binding`: the event was an act too."""
    why = "a later act took its place" if binding else "only words since the latest act count"
    return f"This event counts no more: {why}. The latest act is of {words.day(since)}: {title}."


def carried_on_line(title: str, since: words.Day) -> str:
    """Say why an act that set the level in force has no weight of its own any more."""
    return (
        "This act set the level that holds. A later act of the same score carries it on and has "
        f"the weight: {title}, {words.day(since)}."
    )


def level_line(since: words.Day, title: str, day: words.Day) -> str:
    """Say why an act that is shown for the level in force has no weight of its own any more."""
    return (
        f"This act is shown for the level that has held since {words.day(since)}. A later "
        f"act of the same score carries it on and has the weight: {title}, {words.day(day)}."
    )


def ended_line(until: words.Day) -> str:
    """Say why an act counts no more: when it ended or lapsed."""
    return (
        f"This act counts no more: it ended or lapsed on {words.day(until)}, and left nothing that "
        "holds."
    )
