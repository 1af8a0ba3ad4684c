"""One position as the sum that it is: what counts, how much of all, and what each adds to it.

In one field its events count; over all fields the position of each. Figures add up as printed.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from stances import words
from stances.answers.acts import since
from stances.answers.binding import Binding, binding, coming, since_words, state_text
from stances.answers.reasons import (
    DomainPart,
    Reason,
    domain_parts,
    reasons,
    shares_together,
    standing_of,
    what_is_left,
)
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, OVERALL, Codebook
from stances.model.explain import ROLE_ACT, ROLE_SPENT, Counting
from stances.model.stance import ACTS

# An example has so many events: enough to be a sum, and few enough to be seen at a glance.
FEWEST, MOST = 2, 6


class Summand(NamedTuple):
    """A part of a position. `code`: of the event or the field, empty for what is missing; `level`:
    at which it counts, in words `label` (NaN: none, in a field without a position); `how`, `what`:
    how it counts and its title; `share`: percent of all; `part`: what it adds.
    """

    code: str
    level: float
    label: str
    how: str
    what: str
    share: float
    part: float


class PositionSum(NamedTuple):
    """A position with all that makes it: the act first, then the heaviest."""

    actor: str
    domain: str
    summands: tuple[Summand, ...]
    stance: float
    low: float
    high: float


def sum_up(tracker: Tracker, actor: str, domain: str, day: date) -> PositionSum | None:
    """Return what makes an actor's position in a domain, or overall, on a day; None: none."""
    mine = standing_of(tracker, actor, day)
    row = mine[domain]
    if math.isnan(row.stance):
        return None
    if domain == OVERALL:
        parts = _of_fields(tracker.codebook, mine, domain_parts(tracker, actor, day, row.stance))
    else:
        counting = reasons(tracker, row, day)
        yet = coming(binding(tracker, actor, day, domain))
        parts = [_of_event(tracker, reason, row, yet) for reason in counting]
    return PositionSum(actor, domain, tuple(parts), row.stance, row.low, row.high)


def _of_event(tracker: Tracker, reason: Reason, row: Any, yet: Binding | None) -> Summand:
    level = reason.counted_score
    event, how = reason.event_id, _how(tracker, reason, row.domain, yet)
    if reason.role == ROLE_ACT:
        # The one that is shown, where a later one only carries its level on.
        event, how = row.act_event_id, _in_force(tracker, row, yet)
    label = tracker.codebook.scale.labels[int(level)]
    title = tracker.titles[event]
    return Summand(event, level, label, how, title, reason.share, reason.contribution)


def _in_force(tracker: Tracker, row: Any, yet: Binding | None) -> str:
    """Return what sort of act sets the level, and since when."""
    kind = _kind(tracker, row.act_event_id)
    if yet:
        return f"{kind}, {words.within(since_words(tracker.codebook, yet))}"
    act, level = tracker.acts.get(row.act_id), tracker.dates[row.in_force_event_id]
    begun = words.partial_date(since(act)) if act else tracker.dates[row.act_event_id]
    state = words.within(state_text(tracker.codebook, row.domain))
    text = f"{kind}, {state} since {words.short_day(begun)}"
    return text if begun == level else f"{text}; at this level since {words.short_day(level)}"


def _how(tracker: Tracker, reason: Reason, domain: str, yet: Binding | None) -> str:
    """Say what sort of statement it is, of which day, and if it counts otherwise than it says."""
    when = words.short_day(tracker.dates[reason.event_id])
    text = f"{_kind(tracker, reason.event_id)}, {when}"
    if reason.role == ROLE_SPENT:
        return f"{text}: left nothing in force"
    if not reason.confirms:
        return text
    said = tracker.codebook.scale.labels[int(reason.score)]
    act = "act that is to come" if yet else words.holds(tracker.codebook, domain)
    return f"{text}: said {said}, counted with the {act}"


def _kind(tracker: Tracker, event: str) -> str:
    return tracker.codebook.instruments[tracker.events[event].instrument].label


def _of_fields(
    codebook: Codebook, mine: Mapping[str, Any], parts: Mapping[str, DomainPart]
) -> list[Summand]:
    """Return the parts of the fields, the heaviest first, and in the end what is missing."""
    heavy = sorted((code for code in parts if parts[code].share), key=lambda c: -parts[c].share)
    missing = round(100 - shares_together(parts), 1)
    # In whole percent as they are printed beside each other.
    shares = words.portions([*(parts[code].share for code in heavy), max(missing, 0.0)])
    whole = [
        _of_field(codebook, mine[code], parts[code], share)
        for code, share in zip(heavy, shares, strict=False)
    ]
    if missing > 0:
        label = codebook.scale.labels[0]
        whole.append(Summand("", 0.0, label, "counted so", "What is not known", missing, 0.0))
    return whole


def _of_field(codebook: Codebook, row: Any, part: DomainPart, share: str) -> Summand:
    known = not math.isnan(row.stance)
    label = codebook.scale.labels[int(row.level)] if known else NO_POSITION
    how = "" if known else what_is_left(share)
    title = codebook.domain_label(row.domain)
    return Summand(row.domain, row.level, label, how, title, part.share, part.contribution)


def summed_example(tracker: Tracker, day: date) -> PositionSum | None:
    """Return the position of a day in one domain that shows most of the formula: of those of a few
    events, one with an act in force, and then the one in which what counts differs most. None:
    where no position is of a few events.
    """
    model, lifetimes = tracker.model, tracker.model.lifetimes
    counting = model.counting(day)
    cell = lifetimes.cell[counting.row]
    examples: list[tuple[bool, float, int]] = []
    for number in np.unique(cell).tolist():
        of_cell = counting.only(cell == number)
        enough = bool(model.thresholds.has_position(np.array(of_cell.weight.sum())))
        if enough and FEWEST <= len(of_cell.row) <= MOST:
            # Of two alike the first in the order of the model.
            examples.append((bool(lifetimes.holds[of_cell.row].any()), _differ(of_cell), -number))
    if not examples:
        return None
    actor, domain = divmod(-max(examples)[2], len(model.domains))
    return sum_up(tracker, model.actors[actor], model.domains[domain], day)


def _differ(counting: Counting) -> float:
    """Return how far what counts differs: the variance of its scores by weight."""
    mean = np.average(counting.counted, weights=counting.weight)
    return round(float(np.average((counting.counted - mean) ** 2, weights=counting.weight)), 9)


# -- in words -----------------------------------------------------------------------------------

HOW_MADE = "How is this made?"


def sum_title(tracker: Tracker, whole: PositionSum) -> str:
    """Return whose label it is that is taken apart, and which."""
    label, name = words.label(tracker.codebook, whole.stance), tracker.sentence_names[whole.actor]
    where = words.about_domain(tracker.codebook, whole.domain)
    return f"How the label of {name} {where} is made: {label}"


def sum_heading(tracker: Tracker, whole: PositionSum) -> str:
    """Return the same where it is plain whose label it is."""
    label = words.label(tracker.codebook, whole.stance)
    return f"How this label is made: {label} {words.about_domain(tracker.codebook, whole.domain)}"


def sum_words(tracker: Tracker, whole: PositionSum) -> str:
    """Say of what a position is the average, in parts of a hundred that add up."""
    if whole.domain == OVERALL:
        named = [_field_words(tracker.codebook, summand) for summand in whole.summands]
        shares = words.portions([summand.share for summand in whole.summands])
    else:
        together = _by_label(whole.summands)
        named, shares = list(together), words.portions(list(together.values()))
    average = words.with_label(tracker.codebook, whole.stance)
    if len(named) == 1:
        return f"All that counts is {named[0]}, and so is the average: {average}."
    first, *more = zip(named, shares, strict=True)
    text = [f"{first[0]} has {first[1]}", *(f"{name} {share}" for name, share in more)]
    return f"Of all that counts {words.listing(text)}; the average is {average}."


def _field_words(codebook: Codebook, part: Summand) -> str:
    if not part.code:
        return "what is not known"
    label = words.within(part.label) if math.isnan(part.level) else part.label
    return f"{words.within(codebook.domain_label(part.code))} ({label})"


def _by_label(summands: Sequence[Summand]) -> dict[str, float]:
    """Return the share of each label, the largest first."""
    shares: dict[str, float] = {}
    for part in summands:
        shares[part.label] = shares.get(part.label, 0.0) + part.share
    return dict(sorted(shares.items(), key=lambda item: -item[1]))


def sum_subtitle(tracker: Tracker, whole: PositionSum, day: words.Day) -> str:
    """Return how the chart is read."""
    if whole.domain == OVERALL:
        what = "Each field is as wide as it counts: by its weight, and less where little is known"
    elif tracker.model.basis == ACTS:
        what = "Laws and decisions alone count here, the newest in full while in force"
    else:
        what = (
            "Each act or statement is as wide as it counts: the newest law or decision in full "
            "while in force, statements since less as they age"
        )
    return (
        f"On {words.day(day)}. {what}. The label is the average. At the right what each adds to "
        "it, rounded so that the column adds up."
    )


def sum_alt(tracker: Tracker, whole: PositionSum, day: words.Day) -> str:
    """Return the chart for those who cannot see it: each part, and what they come to."""
    shares = words.portions([part.share for part in whole.summands])
    parts = [
        f"{part.what}: {words.within_line(tracker.codebook, part.level)}, "
        f"{share}, adds {words.figure(part.part, 2)}"
        for part, share in list(zip(whole.summands, shares, strict=True))[: words.MOST_LISTED]
    ]
    if (more := len(whole.summands) - len(parts)) > 0:
        parts.append(f"and {words.number(more)} more")
    average = words.with_label(tracker.codebook, whole.stance)
    return f"{sum_title(tracker, whole)}, {words.day(day)}. {'; '.join(parts)}. Together {average}."


def margin_words(whole: PositionSum) -> str:
    """Return the margin of doubt beside the average; empty: it has none in print."""
    ends = words.band(whole.low, whole.high)
    return f"margin of doubt {ends}" if ends else ""


def rest_words(count: int) -> str:
    """Return the name of the smallest parts taken together."""
    return words.plural(count, "smaller part", start=True)
