"""Law and practice: who can limit the subject, who has done so, and who is at the strictest level.

A power is not yet a measure. An act that restricts by its level *can* limit the subject; it
*limits* it once it has been applied. One function counts both, for every headline, card, file and
picture.
"""

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances import words
from stances.answers.acts import POWER, Use, act_levels, is_of_cases, least_level, limiting_lines
from stances.answers.standing import low_labels
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.days import first_day
from stances.dataset.schema import ALL_ACTORS, APPLIED, EASED, NOT_APPLIED, UNKNOWN
from stances.model.acts_shown import Columns
from stances.model.groups import membership_mask
from stances.model.lifetimes import Bools, Ints
from stances.model.register import IN_FORCE, Register, practice_by

# How the practice of an act is told, and the words of a filter for it.
PRACTICE_WORDS = {APPLIED: "Yes", EASED: "Eased since", NOT_APPLIED: "No", UNKNOWN: "Not known"}
# The same with what else a filter offers.
FILTER_WORDS = {**PRACTICE_WORDS, POWER: "Power not known to have been used"}

# How a country is outlined: by nothing, by a power that is not known to have been used, or by a
# rule that has been used or a pending case.
PLAIN, UNUSED, USED = 0, 1, 2
Outlines = NDArray[np.int8]


class Practice(NamedTuple):
    """The practice of an actor in a domain on a day, as its rules make it. `limits`: it has a rule
    in force by which it can limit the subject or does; `used`: one of these has been used; `eased`:
    those that were used have since been softened in practice; `excludes`: one of them is at the
    strictest level of the scale, and that is the level in force; `doubted`: whether all of these
    rules hold is in doubt; `single`: it limits by a decision on a single case, which is no rule of
    the register, and nothing is known of the use of a rule; `case`: what limits is an open case.
    """

    limits: bool
    used: bool
    eased: bool
    excludes: bool
    doubted: bool
    single: bool = False
    case: bool = False


# Of an actor without a rule that limits.
NO_RULES = Practice(limits=False, used=False, eased=False, excludes=False, doubted=False)


class PracticeCounts(NamedTuple):
    """Counts of actors by their practice: how many there are (`members`); how many of them can or
    do limit the subject (`limiting`), have used a rule (`used`), hold one that is not known to have
    been used (`unused`; the two add up to `limiting`), have a rule at the strictest level
    (`excluding`), rest on rules in doubt alone (`doubted`), and, of the `unused`, limit the subject
    by a decision on a single case (`single`).
    """

    members: int
    limiting: int
    used: int
    unused: int
    excluding: int
    doubted: int
    single: int = 0

    @property
    def powers(self) -> int:
        """Return the number of those who hold a power that is not known to have been used."""
        return self.unused - self.single


# What the rules of an actor in a domain come to, one bit each: whether one of them limits, has been
# used, has been used and not eased since, is at the strictest level, is not in doubt, is a rule of
# the register.
_LIMITS, _USES, _FIRM, _EXCLUDES, _SURE, _RULE, _CASE = 1, 2, 4, 8, 16, 32, 64
Flags = NDArray[np.uint8]


class _Rules(NamedTuple):
    """Lines of the register that are against the subject: when each is in force, its cell among
    actors x (overall, then the domains), what it comes to before it is used and from then on, from
    when on it had been used, and from when on the act that brought it counts (missing: never).
    """

    register: Register
    cell: Ints
    unused: Flags
    used: Flags
    used_from: NDArray[np.datetime64]
    counts_from: NDArray[np.datetime64]


def _flags(tracker: Tracker, day: date, acts: Columns) -> Flags:
    """Return what the rules of each actor come to on a day: actors x (overall, then the domains).
    `acts`: the acts shown on the day, as `Tracker.shown_acts` has them.

    Overall it is what they come to in any of the domains that have rules, not cases. All at once,
    since a map that plays asks for hundreds of days.
    """
    rules, codebook = _limiting_rules(tracker), tracker.codebook
    flags = _without_line(tracker, day, acts)
    holds = (rules.register.status(day) == IN_FORCE) & ~_is_over(rules, day, acts)
    text = np.where(_has_been_used(rules, day), rules.used, rules.unused)
    np.bitwise_or.at(flags, rules.cell[holds], text[holds])
    # Of a rule with a hole in it, as a waiver leaves it, the level in force is milder than its own.
    flags[acts["act_level"].astype(float) != codebook.scale.min] &= ~np.uint8(_EXCLUDES)
    table = flags.reshape(-1, len(codebook.columns))
    with_rules, cases = (_places(codebook, of_cases=is_case) for is_case in (False, True))
    # An open case is neither a rule at a level nor a decision on a single case.
    table[:, cases] = table[:, cases] & ~np.uint8(_EXCLUDES) | np.uint8(_CASE)
    table[:, 0] = np.bitwise_or.reduce(table[:, with_rules], axis=1)
    return table


def _places(codebook: Codebook, *, of_cases: bool) -> list[int]:
    """Return the columns of the domains of cases, or of those of rules."""
    return [
        place
        for place, code in enumerate(codebook.columns)
        if code != OVERALL and is_of_cases(codebook, code) == of_cases
    ]


@memoize
def _flags_of_day(tracker: Tracker, day: date) -> Flags:
    return _flags(tracker, day, tracker.shown_acts(day))


def _is_over(rules: _Rules, day: date, acts: Columns) -> Bools:
    """Say of each rule whether what it left is over though the register has no end of it: the act
    that brought it counted, and none does any more, as while a court has stayed it.
    """
    none_left = acts["act_event_id"][rules.cell] == ""
    return np.asarray(none_left & (rules.counts_from <= np.datetime64(day, "D")), bool)


def _has_been_used(rules: _Rules, day: date) -> Bools:
    return np.asarray(rules.used_from <= np.datetime64(day, "D"), bool)


def _without_line(tracker: Tracker, day: date, acts: Columns) -> Flags:
    """Return what an act comes to that has no line in force in the register, by cell: nobody doubts
    it, and it has been used where a milder rule in force has that stands there, as a law by which
    it was decided. Where there is a register, one without any line there decided a single case.
    """
    codebook = tracker.codebook
    lines = set(tracker.data.acts["event_id"])
    # Of texts numpy asks each of each.
    rules = np.array([event in lines for event in acts["act_event_id"]], bool)
    least = np.array([least_level(codebook, code) for code in codebook.columns])
    limits = acts["act_level"].astype(float) <= np.tile(least, len(tracker.model.actors))
    alone = (acts["act_event_id"] != "") & (acts["act_id"] == "")
    is_rule = rules if codebook.has_register else np.ones_like(rules)
    # Whether the level in force is the strictest is looked at where all have come together.
    flags = _LIMITS | _SURE | np.where(is_rule, _RULE | _EXCLUDES, 0)
    counted = limits & alone & ~acts["pending"].astype(bool)
    flags = np.where(counted, flags | _milder_use(tracker, day), 0)
    return flags.astype(np.uint8)


def _milder_use(tracker: Tracker, day: date) -> Flags:
    """Return by cell how the rules in force too mild to limit by their level have been used."""
    rules = _milder_rules(tracker)
    use = np.zeros(len(tracker.model.actors) * len(tracker.codebook.columns), np.uint8)
    holds = (rules.register.status(day) == IN_FORCE) & _has_been_used(rules, day)
    np.bitwise_or.at(use, rules.cell[holds], rules.used[holds] & (_USES | _FIRM))
    return use


@memoize
def _limiting_rules(tracker: Tracker) -> _Rules:
    """Return the rules that limit by their level."""
    return _rules(tracker, limiting_lines(tracker.data))


@memoize
def _milder_rules(tracker: Tracker) -> _Rules:
    """Return the rules against the subject too mild to limit."""
    against = np.asarray(act_levels(tracker.data) < 0, bool)
    return _rules(tracker, against & ~limiting_lines(tracker.data))


def _rules(tracker: Tracker, chosen: Bools) -> _Rules:
    acts, levels = tracker.data.acts, act_levels(tracker.data)
    rows = {actor: row for row, actor in enumerate(tracker.model.actors)}
    limits = chosen & acts["actor"].isin(rows).to_numpy()
    lines, width = acts[limits], len(tracker.codebook.columns)
    cells = [
        rows[actor] * width + tracker.column(domain)
        for actor, domain in zip(lines["actor"], lines["domain"], strict=True)
    ]
    excludes = np.where(levels[limits] == tracker.codebook.scale.min, _EXCLUDES, 0)
    kinds = _LIMITS | _RULE | excludes | np.where(lines["doubt"] == "", _SURE, 0)
    firm = np.where(lines["applied"] == EASED, 0, _FIRM)
    states = zip(lines["applied"], lines["applied_since"], strict=True)
    return _Rules(
        Register(lines),
        np.array(cells, np.int64),
        kinds.astype(np.uint8),
        (kinds | _USES | firm).astype(np.uint8),
        np.array([_use_start(*state) for state in states], "datetime64[D]"),
        _counts_from(tracker, lines),
    )


def _counts_from(tracker: Tracker, lines: pd.DataFrame) -> NDArray[np.datetime64]:
    """Return the days from which on the acts that brought lines of the register count in the
    domains of these; missing: it counts as words, or in another domain, or not at all.
    """
    events = tracker.data.events[tracker.event_binds].set_index("event_id")
    brought = lines["event_id"].map(events["date"])
    there = lines["event_id"].map(events["domain"]) == lines["domain"]
    days: NDArray[np.datetime64] = brought.where(there).to_numpy("datetime64[D]")
    return days


def _use_start(applied: str, since: str) -> date | None:
    """Return the day from which on an act had been used; None: it is not known to have been."""
    if applied not in (APPLIED, EASED):
        return None
    return first_day(since) if since else date.min


def practices(tracker: Tracker, day: date, domain: str) -> dict[str, Practice]:
    """Return every actor's practice in a domain on a day; overall, in any that has rules."""
    text = _meaning(_flags_of_day(tracker, day)[:, tracker.column(domain)])
    rows = zip(*(column.tolist() for column in text), strict=True)
    return dict(zip(tracker.model.actors, map(Practice._make, rows), strict=True))


def _meaning(flags: Flags) -> tuple[Bools, Bools, Bools, Bools, Bools, Bools, Bools]:
    """Return what flags say, as arrays of their shape in the order of Practice."""
    limits, used = (flags & _LIMITS) > 0, (flags & _USES) > 0
    eased, doubted = used & ((flags & _FIRM) == 0), limits & ((flags & _SURE) == 0)
    case = limits & ((flags & _CASE) > 0)
    single = limits & ~used & ((flags & (_RULE | _CASE)) == 0)
    return limits, used, eased, (flags & _EXCLUDES) > 0, doubted, single, case


def practice_code(tracker: Tracker, act_id: str, day: date) -> str:
    """Return whether an act has been applied to the subject by a day, a code of PRACTICE; UNKNOWN
    for one without a line in the register, and before the first use of it that is known.
    """
    act = tracker.acts.get(act_id)
    if act is None:
        return UNKNOWN
    return practice_by(day, act.applied, act.applied_what, act.applied_since)[0]


def practice_counts(
    tracker: Tracker, day: date, domain: str, group: str = ALL_ACTORS
) -> PracticeCounts:
    """Count the members of a group, or all actors, by what their rules come to in a domain."""
    everyone = group == ALL_ACTORS
    places = slice(None) if everyone else tracker.member_places(group, day)
    flags = _flags_of_day(tracker, day)[places, tracker.column(domain)]
    counts = _count(flags[np.newaxis], np.ones((1, len(flags)), bool))
    return PracticeCounts(*(int(count[0]) for count in counts))


@memoize
def practice_series(tracker: Tracker, group: str, domain: str) -> dict[str, Ints]:
    """Return how many members are in each count of PracticeCounts at each of the panel's days."""
    days, actors = tracker.data.months, tracker.model.actors
    belongs = membership_mask(tracker.data.memberships, group, actors, days)
    counts = _count(_panel(tracker)[:, :, tracker.column(domain)], belongs)
    return dict(zip(PracticeCounts._fields, counts, strict=True))


@memoize
def _panel(tracker: Tracker) -> Flags:
    """Return the flags at the panel's days: days x actors x (overall, then the domains)."""
    days = zip(tracker.data.months, tracker.panel.act, strict=True)
    return np.array(
        [_flags(tracker, day, tracker.acts_shown.by_latest(acts, day)) for day, acts in days]
    )


def _count(flags: Flags, belongs: Bools) -> tuple[Ints, ...]:
    """Count on some days as PracticeCounts. `flags`, `belongs` (who counts): days x actors."""
    sums = ((belongs & flag).sum(axis=1) for flag in _meaning(flags))
    limiting, used, _, excluding, doubted, single, _ = sums
    return belongs.sum(axis=1), limiting, used, limiting - used, excluding, doubted, single


# -- on a map -----------------------------------------------------------------------------------


def outlines(tracker: Tracker, day: date) -> Outlines:
    """Return each actor's outline on a day, overall and by domain: `practices` of all cells."""
    return _outline_kinds(tracker, _flags_of_day(tracker, day))


def outlines_by(tracker: Tracker, day: date, acts: Columns) -> Outlines:
    """Return each actor's outline, overall and by domain, by a day's `Tracker.shown_acts`."""
    return _outline_kinds(tracker, _flags(tracker, day, acts))


def _outline_kinds(tracker: Tracker, flags: Flags) -> Outlines:
    limits, used, *_ = _meaning(flags)
    table = np.where(used, USED, np.where(limits, UNUSED, PLAIN)).astype(np.int8)
    cases = _places(tracker.codebook, of_cases=True)
    # An open case is at work: it is no power that waits.
    table[:, cases] = np.where(table[:, cases], USED, PLAIN)
    table[:, 0] = table[:, 1:].max(axis=1)
    return table


def outline_days(tracker: Tracker) -> NDArray[np.datetime64]:
    """Return the days on which the register changes an outline."""
    both = _limiting_rules(tracker), _milder_rules(tracker)
    used = [rules.used_from[~np.isnat(rules.used_from)] for rules in both]
    return np.unique(np.concatenate([*used, *(rules.register.days for rules in both)]))


# -- in words -----------------------------------------------------------------------------------


def used_heading(codebook: Codebook) -> str:
    """Return the heading over PRACTICE_WORDS. What relieves is applied too, against nobody."""
    return f"Applied to {codebook.subject}"


def use_words(use: Use) -> str:
    """Say whether an act has been used and since when, where space is short."""
    return ", ".join(filter(None, use_parts(use)))


def use_parts(use: Use) -> tuple[str, str]:
    """Say in two parts whether an act has been used, and since when."""
    first = "first used" if use.applied == EASED else "since"
    when = f"{first} {words.short_day(use.since)}" if use.since else ""
    return PRACTICE_WORDS[use.applied], when


def used_since(use: Use) -> str:
    """Say of a rule that has been used since when, or when it first was and that it was eased."""
    first = words.short_day(use.since) if use.since else ""
    if use.applied == EASED:
        return f"first used {first}" if first else "used, eased since"
    return f"used since {first}" if first else "used"


def used_sentence(use: Use) -> str:
    """Say whether an act has been used, since when, and what was done."""
    return ": ".join(filter(None, [use_words(use), use.what]))


def practice_sentence(
    codebook: Codebook,
    domain: str,
    who: str,
    totals: PracticeCounts,
    start: bool = True,
    known: str = "",
) -> str:
    """Say how many of `who` (27 EU countries) can or do limit the subject, how many have used
    such a rule, and how many are at the strictest level. Of a domain of cases: how many have one.
    With a full stop; `start`: as the beginning of a sentence; `known`: the day as of which doubts
    are told, where that is a later one.
    """
    where = words.about_domain(codebook, domain)
    if not totals.members:
        return f"{words.sentence_start(who) if start else who} on this day."
    count = _count_words(totals, who, start)
    is_case = is_of_cases(codebook, domain)
    if is_case:
        text = [f"{_case_words(count, totals)} {where}"]
    else:
        led = _limiting_words(codebook, f"{codebook.subject} {where}", count, totals)
        text = [led, _excluding_words(codebook, totals)]
    return " ".join(
        f"{sentence}." for sentence in (*text, _doubt_words(totals, is_case, known)) if sentence
    )


def _count_words(totals: PracticeCounts, who: str, start: bool = False) -> str:
    """Say how many of `who` can or do limit the subject; several of whom all do are told so."""
    if totals.limiting == totals.members > 1:
        return f"{'All' if start else 'all'} {who}"
    return f"{words.some(totals.limiting, start=start)} of {who}"


def _limiting_words(codebook: Codebook, about: str, count: str, totals: PracticeCounts) -> str:
    """Say who can limit what it is `about`, who is known to have done so, and who is not. `count`:
    of whom so many can or do. Of nobody it is said by the level: a milder rule may have been used.
    """
    if not totals.limiting:
        level = words.label(codebook, codebook.scale.restricting)
        return f"{count} is known to have a rule in force on {about} as strict as {level}"
    if totals.powers == totals.limiting:
        nobody = "it is not" if totals.limiting == 1 else "none is"
        return f"{count} can limit {about}; {nobody} known to have done so"
    if not totals.unused:
        return f"{count} {words.have(totals.limiting)} used a rule to limit {about}"
    if totals.single == totals.limiting:
        return f"{count} {_single_verb(totals)} against {about}"
    return f"{count} can or do limit {about}: {', '.join(_by_practice(totals))}"


def _by_practice(totals: PracticeCounts) -> list[str]:
    """Say how many of those who can limit the subject have used a rule, have decided a single case,
    or hold a power; those who are nobody are left out.
    """
    hold = "holds" if totals.powers == 1 else "hold"
    text = {
        _used_words(totals): totals.used,
        single_words(totals): totals.single,
        f"{words.number(totals.powers)} {hold} a power not known to have been used": (
            totals.powers
        ),
    }
    return [clause for clause, count in text.items() if count]


def single_words(totals: PracticeCounts) -> str:
    """Say how many limit the subject by a decision that is no rule."""
    return f"{words.number(totals.single)} {_single_verb(totals)}"


def _single_verb(totals: PracticeCounts) -> str:
    cases = "a single case" if totals.single == 1 else "single cases"
    return f"{words.have(totals.single)} decided {cases}"


def _case_words(count: str, totals: PracticeCounts) -> str:
    """Say who has an open case; that none is recorded does not say that there is none."""
    have = words.of_them_have(totals.limiting) if totals.limiting else "is known to have"
    return f"{count} {have} an open case"


def _used_words(totals: PracticeCounts) -> str:
    return f"{words.number(totals.used)} {words.have(totals.used)} used such a rule"


def strictest_words(codebook: Codebook, count: int) -> str:
    """Say of `count` actors that they have a rule at the strictest level of the scale. What of a
    domain is shut out by it, that does not say: it may be two bands or one operator.
    """
    return f"{words.have(count)} {_strictest_rule(codebook)}, the strictest level"


def _strictest_rule(codebook: Codebook) -> str:
    return f"a rule at {words.label(codebook, codebook.scale.min)}"


def _excluding_words(codebook: Codebook, totals: PracticeCounts) -> str:
    """Say how many are at the strictest level; empty: nobody, or it says no more than before."""
    count = exclusion_count(codebook, totals)
    if not count:
        return ""
    some = words.sentence_start(_some(count, totals))
    return f"{some} {words.have(count)} {_strictest_rule(codebook)}"


def some_of(count: int, limiting: int) -> str:
    """Return how many of those who can limit the subject: four of the 21, both, it."""
    if limiting == 1:
        return "it"
    if count < limiting:
        return f"{words.number(count)} of the {words.number(limiting)}"
    return "both" if limiting == 2 else f"all {words.number(limiting)}"


def _some(count: int, totals: PracticeCounts) -> str:
    """Return how many of those that a sentence has just counted: four, both, it."""
    return words.number(count) if count < totals.limiting else some_of(count, totals.limiting)


def exclusion_count(codebook: Codebook, totals: PracticeCounts) -> int:
    """Return how many are at the strictest level, where that says more than that they can limit the
    subject: none on a scale that has no level below the one from which labels restrict.
    """
    return totals.excluding if codebook.scale.min < codebook.scale.restricting else 0


def _doubt_words(totals: PracticeCounts, is_case: bool, known: str) -> str:
    """Say for how many it is in doubt whether what they can limit by holds."""
    if not totals.doubted:
        return ""
    on = f", as known on {known}," if known else ""
    if totals.limiting == 1:
        return f"It is in doubt{on} whether the {'case is open' if is_case else 'rule is in force'}"
    holds = "the case is open" if is_case else "any rule is in force"
    return f"For {_some(totals.doubted, totals)} it is in doubt{on} whether {holds}"


def practice_short(codebook: Codebook, domain: str, totals: PracticeCounts) -> str:
    """Say after a colon, where space is short, without a full stop: 21 of 27 can or do limit it,
    eleven have used such a rule, four by a rule at Exclude.
    """
    return ", ".join(clause for clause, _ in practice_clauses(codebook, domain, totals))


def practice_clauses(
    codebook: Codebook, domain: str, totals: PracticeCounts
) -> list[tuple[str, str]]:
    """Return the clauses of `practice_short`, each with what it counts, as `members.PRACTICES`
    names it; empty: it counts several kinds, or nobody.
    """
    count = _count_words(totals, words.number(totals.members))
    strict = exclusion_count(codebook, totals)
    excluding = f"{words.number(strict)} by {_strictest_rule(codebook)}" if strict else ""
    if is_of_cases(codebook, domain):
        text = [(_case_words(count, totals), "limits" if totals.limiting else "")]
    elif totals.used and totals.unused:
        both = f"{count} can or do limit {codebook.subject}"
        single = single_words(totals) if totals.single else ""
        text = [(both, "limits"), (_used_words(totals), "used"), (single, "")]
        text.append((excluding, "excludes"))
    else:
        limiting = _limiting_words(codebook, codebook.subject, count, totals)
        text = [(limiting, "limits" if totals.limiting else ""), (excluding, "excludes")]
    doubt = f"{words.number(totals.doubted)} in doubt" if totals.doubted else ""
    return [clause for clause in (*text, (doubt, "doubted")) if clause[0]]


def outline_words(codebook: Codebook) -> dict[int, str]:
    """Return what outlines of a map mean, by kind, the strongest first; milder rules have none."""
    cases = any(domain.open_case for domain in codebook.domains.values())
    used = f"rule in force at {low_labels(codebook)}, used against {codebook.subject}"
    return {
        USED: f"Outlined: {used}{', or open case' if cases else ''}",
        UNUSED: "Pale outline: such a rule with no known use, or a decision on one case",
    }
