"""The members of a group on a day: what binds in one domain, where each stands, what it did."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from stances import words
from stances.answers.actions import Latest, count_actions, latest_of_each, net_move_between
from stances.answers.acts import (
    IN_DOUBT,
    NO_USE_KNOWN,
    Use,
    in_doubt_words,
    is_of_cases,
    next_first,
    whose,
)
from stances.answers.binding import SETS_NO_LEVEL, Binding, bindings, state_text
from stances.answers.directions import UNMOVED, NetMove, net_move_words
from stances.answers.events import fold
from stances.answers.happened import Move, moves_of
from stances.answers.introduction import known_later, known_until, reach
from stances.answers.practice import (
    NO_RULES,
    Practice,
    PracticeCounts,
    exclusion_count,
    practice_counts,
    practice_sentence,
    practice_short,
    practices,
    some_of,
    strictest_words,
    used_heading,
    used_since,
)
from stances.answers.standing import Standing, standings
from stances.answers.steps import Step, kind_words, leading_step, steps_by_day
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.days import last_day
from stances.dataset.schema import ALL_ACTORS, APPLIED, EASED, PRACTICE
from stances.dataset.steps import leading_kind
from stances.dataset.tables import Dataset
from stances.model import groups
from stances.model.changes import LOST
from stances.model.register import IN_FORCE
from stances.model.stance import ACTS
from stances.words import Dated

_TWO_YEARS = timedelta(days=730)


def members_on(data: Dataset, group: str, day: date) -> pd.DataFrame:
    """Return the members of a group on a day, in order of their names: actor, name and joined, the
    first day of the membership. Raises BadInput for a group that is not in the table.
    """
    belong = groups.members(data.memberships, group, day)
    terms = data.memberships[data.memberships["group"] == group]
    begun = terms[terms["actor"].isin(belong) & (terms["joined"] <= pd.Timestamp(day))]
    # Who left and came back has the day on which this membership began.
    joined = begun.groupby("actor", as_index=False)["joined"].max()
    table: pd.DataFrame = joined.merge(data.actors[["actor", "name"]], on="actor")
    return table.reindex(columns=["actor", "name", "joined"]).sort_values("name", ignore_index=True)


class ActShown(NamedTuple):
    """The act that binds a member in a domain: the one shown, else the first of those in force.
    `act_id`: its line in the register, empty where it has none; `event_id`: the event that brought
    it, empty where none is recorded. `level`: the score in force, NaN where the act is not scored
    as one; `since`: from when on that level holds unbroken, else from when on the act does;
    `adopted`: the day of the act itself, None where it is the same or the act has no level;
    `begun`: from when on the act itself binds, None where that is the same day.
    `title`, `legal_name`, `use`, `doubt`: as of a Binding.
    """

    act_id: str
    event_id: str
    name: str
    level: float
    since: Dated | None
    adopted: Dated | None = None
    title: str = ""
    legal_name: str = ""
    use: Use = NO_USE_KNOWN
    doubt: str = ""
    begun: Dated | None = None

    @property
    def came_later(self) -> bool:
        """Say whether the level held before there was this act."""
        return bool(self.since and self.adopted and self.since.day < self.adopted.day)


class Member(NamedTuple):
    """A row. `deadline`: the next of the acts in force, else the last that passed; `leading`: the
    same of those of the kind that leads; `standings`: overall, then by domain; `acts` and
    `statements`: of the last twelve months, the latter None where words are left out; `move`: what
    they made of the stance; `last`: where it stands in the domain of the table, with its last
    event; `events`: acts and statements of the last two years; `latest`: its last, with a newer one
    that cannot lead; `net`: which way its domains went by what it did in twelve months; `use`: what
    has become of its rules in practice, `used_by`: the rule that was used, where that is another
    one than `binding`, `earlier_use`: since when the first of its rules in force that were has
    been, where that was before; `milder_use`: that of a rule too mild to limit, where no other is
    known to have been used; `used_doubt`: why it is not certain that the rule of `used_by` or
    `milder_use` holds; `practice`: what its rules come to, as headlines count it; `leading_steps`:
    all deadlines of the kind that leads, by their days.
    """

    actor: str
    name: str
    short_name: str
    binding: ActShown | None
    deadline: Step | None
    standings: tuple[Standing, ...]
    last: Standing
    acts: int
    statements: int | None
    move: Move
    events: int
    latest: Latest = Latest()
    leading: Step | None = None
    net: NetMove = UNMOVED
    use: Use = NO_USE_KNOWN
    used_by: str = ""
    earlier_use: Dated | None = None
    milder_use: Use = NO_USE_KNOWN
    used_doubt: str = ""
    practice: Practice = NO_RULES
    leading_steps: tuple[Step, ...] = ()

    @property
    def tells_use(self) -> bool:
        """Say whether there is use to tell; not of a single case, with no line in the register."""
        act = self.binding
        return act is not None and (bool(act.act_id) or self.use != NO_USE_KNOWN)

    @property
    def doubts_all(self) -> bool:
        """Say whether the doubt about the act shown is about all that stands before it: all rules
        that limit the subject, or the act alone where no level rests on it.
        """
        act = self.binding
        if act is None or not act.doubt:
            return False
        return self.practice.doubted or math.isnan(act.level)

    @property
    def doubts_one(self) -> bool:
        """Say whether the act shown is in doubt, and not the level, which holds without it too."""
        return self.binding is not None and bool(self.binding.doubt) and not self.doubts_all


class Totals(NamedTuple):
    """Counts of members: how many there are; how many can or do limit the subject by a rule in
    force (`restricting`), are at the strictest level (`excluding`), or have milder rules alone;
    have a position and no act in force (`words_alone`); have neither a rule nor a position in the
    domain. `unscored`: have rules in force that are not scored as acts; `pending`: have an act that
    is not yet in force. Those add up to `members`, `excluding` apart. `removing`: have an act that
    sets a date of the kind that leads, `passed`: and the last of these has passed. `used`: have
    used a rule that limits, `unused`: are not known to have, which add up to `restricting`;
    `doubted`: rest on rules in doubt; `single`: of the `unused`, by a decision on a single case.
    All that limits is as `practice_counts` has it.
    """

    members: int
    restricting: int
    excluding: int
    milder: int
    words_alone: int
    without: int
    removing: int
    passed: int
    unscored: int
    pending: int
    used: int
    unused: int
    doubted: int
    single: int = 0


@dataclass(frozen=True)
class MemberTable:
    """The members of a group (ALL_ACTORS: every actor) on a day, in order of the names shown.
    `domain`: what actions and last events are about, maybe overall; `bound_in`: in what acts bind.
    """

    group: str
    day: date
    domain: str
    bound_in: str
    rows: tuple[Member, ...]
    totals: Totals
    counts: PracticeCounts


@memoize
def member_table(tracker: Tracker, group: str, day: date, domain: str) -> MemberTable:
    """Return the table of a group. Over all domains, what binds is that of the lead domain."""
    bound_in = tracker.lead.domain if domain == OVERALL else domain
    rows = _rows(tracker, tuple(tracker.belonging(group, day)), day, domain, bound_in)
    counts = practice_counts(tracker, day, bound_in, group)
    limits = practices(tracker, day, bound_in)
    others = [row for row in rows if not limits[row.actor].limits]
    totals = _totals(tracker.column(bound_in), rows, others, counts)
    return MemberTable(group, day, domain, bound_in, rows, totals, counts)


def _rows(
    tracker: Tracker, actors: tuple[str, ...], day: date, domain: str, bound_in: str
) -> tuple[Member, ...]:
    """Return the rows of actors, in order of the names shown."""
    columns = [standings(tracker, day, code) for code in tracker.codebook.columns]
    bound = bindings(tracker, day, bound_in)
    then = tracker.year_before(day)
    moved = {move.actor: move for move in moves_of(tracker, actors, then, day, domain)}
    year = count_actions(tracker, then, day, domain)
    two_years = count_actions(tracker, day - _TWO_YEARS, day, domain)
    latest = latest_of_each(tracker, day, domain)
    limits = practices(tracker, day, bound_in)
    acts_only, rows = tracker.model.basis == ACTS, []
    leading = leading_kind(tracker.codebook)
    for standing in zip(*columns, strict=True):
        first = standing[0]
        if first.actor not in moved:
            continue
        lines = [line for line in bound[first.actor] if line.status == IN_FORCE]
        binding = _binding(tracker, standing[tracker.column(bound_in)], lines)
        rows.append(
            Member(
                actor=first.actor,
                name=first.name,
                short_name=first.short_name,
                binding=binding,
                deadline=leading_step(_steps(lines)),
                leading=leading_step(_steps(lines, leading)),
                standings=standing,
                last=standing[tracker.column(domain)],
                acts=year[first.actor, True],
                statements=None if acts_only else year[first.actor, False],
                move=moved[first.actor],
                events=two_years[first.actor, True] + two_years[first.actor, False],
                latest=latest.get(first.actor, Latest()),
                net=net_move_between(tracker, then, day, domain, first.actor),
                practice=limits[first.actor],
                leading_steps=tuple(steps_by_day(_steps(lines, leading))),
                **_use(lines, binding, limits[first.actor], tracker.codebook.scale.restricting),
            )
        )
    return tuple(sorted(rows, key=lambda row: fold(row.short_name)))


def _binding(tracker: Tracker, row: Standing, lines: Sequence[Binding]) -> ActShown | None:
    """Return the first of what is in force. `row`: where its actor stands in the domain of it."""
    if not lines:
        return None
    act = lines[0]
    scored = act.event_id and tracker.events[act.event_id].binding
    level = act.level if scored else math.nan
    since = row.level_since if act.is_shown else act.since
    adopted = _adoption(tracker, act) if scored else None
    own_day = adopted if adopted != since else None
    text = act.title, act.legal_name, act.use, act.doubt
    begun = act.since if act.since != since else None
    return ActShown(act.act_id, act.event_id, act.name, level, since, own_day, *text, begun)


def _use(
    lines: Sequence[Binding], act: ActShown | None, practice: Practice, restricting: int
) -> dict[str, Any]:
    """Return what has become of a member's rules, as `practices` counts it: of the act shown, or of
    another in force that restricts, where that one alone has been used; where the act shown has no
    line in the register, of any in force against the subject. And of another that was used before,
    or of a milder one where none of these was.
    """
    if act is None:
        return {}
    least = restricting if act.act_id else -1
    used = [
        line
        for line in lines
        if line.use.applied in (APPLIED, EASED) and line.level <= least and practice.used
    ]
    if act.use.applied in (APPLIED, EASED):
        return {"use": act.use, "earlier_use": _earlier_use(used, act.use)}
    if not used:
        return {"use": act.use, **_milder_use(lines, restricting, practice)}
    other = used[0]
    more = {"used_by": other.name, "used_doubt": other.doubt}
    return {"use": other.use, "earlier_use": _earlier_use(used, other.use), **more}


def _milder_use(lines: Sequence[Binding], restricting: int, practice: Practice) -> dict[str, Any]:
    """Return the first use of the rules too mild to limit, and its doubt; a case is none."""
    used = [
        line
        for line in lines
        if line.use.applied in (APPLIED, EASED) and restricting < line.level < 0
    ]
    if practice.case or not used:
        return {}
    # A day that is not known comes last.
    first = min(used, key=lambda line: words.iso_day(line.use.since) if line.use.since else "9999")
    return {"milder_use": first.use, "used_doubt": first.doubt}


def _earlier_use(used: Sequence[Binding], leading: Use) -> Dated | None:
    """Return the day of the first use of rules, if before the leading one; None: not known."""
    if leading.since is None:
        return None
    every = [line.use.since for line in used if line.use.since]
    # Of a year alone it is not known whether it was before a day in it.
    before = [since for since in every if last_day(words.iso_day(since)) < leading.since.day]
    return min(before, default=None)


def _adoption(tracker: Tracker, act: Binding) -> Dated | None:
    """Return the day of an act by the register; None: not known, or the act has no line there."""
    line = tracker.acts.get(act.act_id)
    return words.partial_date(line.adopted) if line and line.adopted else None


def _steps(lines: Sequence[Binding], kind: str = "") -> list[Step]:
    """Return the steps of all acts, of a kind; empty: of any."""
    return [step for line in lines for step in line.steps if kind in ("", step.kind)]


def _totals(
    column: int, rows: Sequence[Member], others: Sequence[Member], counts: PracticeCounts
) -> Totals:
    """Count for the figures on top. `column`: where acts bind; `others`: who cannot limit."""
    unscored = sum(math.isnan(row.binding.level) for row in others if row.binding)
    unbound = [row.standings[column] for row in others if not row.binding]
    pending = sum(row.pending for row in unbound)
    without = sum(math.isnan(row.stance) and not row.pending for row in unbound)
    leading = [row.leading for row in rows if row.leading]
    return Totals(
        members=counts.members,
        restricting=counts.limiting,
        excluding=counts.excluding,
        milder=len(others) - len(unbound) - unscored,
        words_alone=len(unbound) - pending - without,
        without=without,
        removing=len(leading),
        passed=sum(row.passed for row in leading),
        unscored=unscored,
        pending=pending,
        used=counts.used,
        unused=counts.unused,
        doubted=counts.doubted,
        single=counts.single,
    )


# -- those who are counted -----------------------------------------------------------------------

EVERY_MEMBER, _DATED = "all", "dated"
# Which members a view of the table shows, by the names in its address, with what controls call
# them.
PRACTICES = {
    EVERY_MEMBER: "All",
    "limits": "Can or do limit",
    "used": "Have used a rule",
    "power": "Hold a power not known to have been used",
    "excludes": "Have a rule at the strictest level",
    "doubted": "Rest on rules in doubt alone",
    _DATED: "Set a date of the leading kind",
}
_COUNTED: dict[str, Callable[[Member], bool]] = {
    EVERY_MEMBER: lambda _: True,
    "limits": lambda row: row.practice.limits,
    "used": lambda row: row.practice.used and not row.practice.case,
    "power": lambda row: (
        row.practice.limits and not (row.practice.used or row.practice.single or row.practice.case)
    ),
    "excludes": lambda row: row.practice.excludes,
    "doubted": lambda row: row.practice.doubted,
    _DATED: lambda row: row.leading is not None,
}


def counted_rows(rows: Iterable[Member], practice: str) -> list[Member]:
    """Return exactly the members that a figure above the table counts, one of PRACTICES."""
    return [row for row in rows if _COUNTED[practice](row)]


def member_rows(rows: Iterable[Member], practice: str) -> list[Member]:
    """Return the members of `counted_rows` as a view shows them: those that are counted by their
    date of the kind that leads have it as their deadline, and in its place the next of any kind.
    """
    counted = counted_rows(rows, practice)
    if practice != _DATED:
        return counted
    return [row._replace(deadline=row.leading, leading=row.deadline) for row in counted]


# -- in an order --------------------------------------------------------------------------------


def orders(codebook: Codebook) -> dict[str, str]:
    """Return the orders of the table by their names in addresses, as offered; one a domain."""
    of_domains = {
        code: f"{domain.label}, most restrictive first" for code, domain in codebook.domains.items()
    }
    return {
        "name": "Name",
        "act": "What binds, strictest first",
        "used": f"{used_heading(codebook)}, first those who did",
        "deadline": "Deadline, next first",
        "stance": "Overall, most restrictive first",
        **of_domains,
        "last": "Last act or statement, newest first",
        "done": "Twelve months, most done first",
        "events": "Two years, most events first",
    }


def in_order(codebook: Codebook, rows: Iterable[Member], order: str) -> list[Member]:
    """Rows in one of the orders; equals stay in order of their names."""
    if order in codebook.domains:
        place = codebook.columns.index(order)
        return sorted(rows, key=lambda row: _low_first(row.standings[place].stance))
    keys: dict[str, Callable[[Member], Any]] = {
        "act": _by_level,
        "used": lambda row: (row.binding is None, PRACTICE.index(row.use.applied), _by_level(row)),
        "deadline": _by_deadline,
        "stance": lambda row: _low_first(row.standings[0].stance),
        "last": lambda row: -row.latest.action.date.toordinal() if row.latest.action else 0,
        "done": lambda row: (-row.acts - (row.statements or 0), -_size(row.move.done)),
        "events": lambda row: -row.events,
    }
    return sorted(rows, key=keys[order]) if order in keys else list(rows)


def _by_level(row: Member) -> tuple[bool, float]:
    """Return what binds without a level comes after what has one, and before nothing."""
    return row.binding is None, _low_first(row.binding.level if row.binding else math.nan)


def _low_first(value: float) -> float:
    return math.inf if math.isnan(value) else value


def _size(value: float) -> float:
    return 0.0 if math.isnan(value) else abs(value)


def _by_deadline(row: Member) -> tuple[int, int]:
    """Return what is still to come before what has passed, and both before no deadline."""
    due = row.deadline
    return next_first(due.end, due.passed) if due else (2, 0)


# -- in words -----------------------------------------------------------------------------------


OLD_NOTE = "Pale labels rest on old evidence. Figures are in the CSV."


def members_headline(tracker: Tracker, table: MemberTable, practice: str = EVERY_MEMBER) -> str:
    """Say how many can or do limit the subject, have used that, and are at the strictest level;
    where those alone are shown whom a figure counts, how many these are. All as known.
    """
    return known_until(tracker.data, table.day, _headline(tracker, table, practice))


def _headline(tracker: Tracker, table: MemberTable, practice: str, start: bool = True) -> str:
    """Say what the table finds. `start`: as the beginning of a sentence."""
    counts, group = table.counts, table.group
    if not counts.members:
        return f"{group} has no members on {words.day(table.day)}."
    who = whose(tracker.data.about, counts.members, group)
    if said := _practice_count(tracker.codebook, table, practice):
        count, sentence = said
        return f"{words.some(count, start=start)} of {who} {sentence}"
    known = known_later(tracker.data, table.day)
    return practice_sentence(tracker.codebook, table.bound_in, who, counts, start, known)


def _practice_count(
    codebook: Codebook, table: MemberTable, practice: str
) -> tuple[int, str] | None:
    """Return how many are counted so, and what is said of them; None: nothing is said of them."""
    total = next((t for t in listed_totals(codebook, table) if t.practice == practice), None)
    if total is None:
        return None
    count, where = total.number, words.about_domain(codebook, table.bound_in)
    one, limit = count == 1, f"limit {codebook.subject} {where}"
    text = {
        "used": f"{words.have(count)} used a rule to {limit}.",
        "power": f"{'holds' if one else 'hold'} a power to {limit} that is not known to have been "
        "used.",
        "limits": f"{words.have(count)} an open case {where}.",
        "excludes": f"{strictest_words(codebook, count)}, {where}.",
        "doubted": f"can or {'does' if one else 'do'} {limit} by rules in doubt alone.",
        _DATED: f"{'sets' if one else 'set'} a date for {_leading_words(codebook)} {where}."
        f"{_passed_words(table.totals)}",
    }
    return count, text[practice]


def _passed_words(totals: Totals) -> str:
    """Say for how many of those who set dates of the kind that leads all of these have passed."""
    if not totals.passed:
        return ""
    every = "every such date has passed."
    if totals.removing == 1:
        return f" {words.sentence_start(every)}"
    return f" For {some_of(totals.passed, totals.removing)} {every}"


def _leading_words(codebook: Codebook) -> str:
    return words.quote(kind_words(codebook, leading_kind(codebook)))


def whole_count(tracker: Tracker, table: MemberTable, practice: str) -> str:
    """Say what all members come to, beside a headline of some; empty: the headline is of all."""
    if _practice_count(tracker.codebook, table, practice) is None:
        return ""
    return f"Of all: {practice_short(tracker.codebook, table.bound_in, table.counts)}."


def members_sentence(tracker: Tracker, table: MemberTable, practice: str = EVERY_MEMBER) -> str:
    """Return the finding with its day, to be quoted. `practice`: as of `members_headline`."""
    if not table.counts.members:
        return members_headline(tracker, table)
    until = reach(tracker.data, table.day)
    headline = _headline(tracker, table, practice, start=False)
    return ", ".join(filter(None, [f"On {words.day(table.day)}", until, headline]))


def members_subtitle(tracker: Tracker, table: MemberTable) -> str:
    """Return what the table shows, and as of when."""
    bound = words.about_domain(tracker.codebook, table.bound_in).removeprefix("in ")
    who = member_noun(tracker, table.group)
    text = f"{who} on {words.day(table.day)}. Rules and deadlines are for {bound}"
    if table.domain == OVERALL:
        return f"{text}; the other columns cover everything."
    return f"{text}, as are acts, statements and events."


def binding_subtitle(tracker: Tracker, table: MemberTable) -> str:
    """Return what a table of members shows of what binds alone."""
    where = words.about_domain(tracker.codebook, table.bound_in)
    who = member_noun(tracker, table.group)
    return f"{who} on {words.day(table.day)}: what binds each {where}, and since when."


def member_noun(tracker: Tracker, group: str) -> str:
    """Return what the rows of a table of a group are, at the beginning of a sentence."""
    everybody = "Countries and bodies"
    return everybody if group == ALL_ACTORS else tracker.data.about.members_of(group)


def level_words(codebook: Codebook, table: MemberTable, act: ActShown, level: str = "") -> str:
    """Say since when what binds, maybe one rule after the other, is at its level, which need not be
    that of the position then. `level`: empty where it stands before.
    """
    what = "cases" if is_of_cases(codebook, table.bound_in) else "rules"
    at = f" at {level}" if level else ""
    return f"{what}{at}{f' since {words.short_day(act.since)}' if act.since else ''}"


def binds_line(codebook: Codebook, table: MemberTable, row: Member) -> str:
    """Return what binds a member, and since when: Rules at Restrict since 22 Jun 2023, by the name
    of the act, or now by it where the level is older. A doubt is told of the rules where it is of
    all of them, else of the act. Of one whom nothing binds where it stands.
    """
    act, standing = row.binding, row.standings[codebook.columns.index(table.bound_in)]
    if act is None:
        none = words.none_holds(codebook, table.bound_in)
        state = "An act is not yet in force" if standing.pending else f"{none[0].upper()}{none[1:]}"
        known = not math.isnan(standing.stance)
        return f"{state}; {words.label(codebook, standing.stance) if known else 'no position'}"
    doubt = f", {IN_DOUBT}" if row.doubts_all else ""
    if math.isnan(act.level):
        since = f" since {words.short_day(act.since)}" if act.since else ""
        state = f"{state_text(codebook, table.bound_in)}{since}{doubt}"
        return f"{state}, {SETS_NO_LEVEL}: {act.title}"
    # The level of a rule counts from its adoption.
    now = "now" if act.came_later else begun_words(codebook, table, act)
    level = level_words(codebook, table, act, codebook.scale.labels[int(act.level)])
    if row.doubts_one:
        # Before the title, which is cut where it has no room.
        beside = f"; {f'{now}, {IN_DOUBT}' if now else one_in_doubt(codebook, table)}"
    else:
        beside = f"{doubt}, {now}" if now else doubt
    return f"{words.sentence_start(level)}{beside}: {act.title}"


def one_in_doubt(codebook: Codebook, table: MemberTable) -> str:
    """Return that the act shown is in doubt, beside a level that does not rest on it alone."""
    return f"a {'case' if is_of_cases(codebook, table.bound_in) else 'rule'} {IN_DOUBT}"


def milder_use_words(codebook: Codebook, row: Member, known: str) -> str:
    """Say that a rule too mild to limit has been used, and since when; empty: none is known to have
    been, or one is told that limits. `known`: as of `used_doubt_words`.
    """
    if row.milder_use == NO_USE_KNOWN:
        return ""
    act = row.binding
    limits = act is not None and act.level <= codebook.scale.restricting
    doubt = used_doubt_words(row, known)
    return f"{'a milder' if limits else 'another'} rule {used_since(row.milder_use)}{doubt}"


def used_doubt_words(row: Member, known: str) -> str:
    """Return that the rule whose use is told beside the act shown is in doubt, for the end of what
    is told of it. `known`: the day as of which that is known, where it is later than the one shown.
    """
    return f", rule {in_doubt_words(known)}" if row.used_doubt else ""


def begun_words(codebook: Codebook, table: MemberTable, act: ActShown) -> str:
    """Say since when an act itself binds, where its level holds since another day; else empty."""
    if act.begun is None:
        return ""
    state = words.within(state_text(codebook, table.bound_in))
    return f"{state} since {words.short_day(act.begun)}"


class Total(NamedTuple):
    """A small figure above the table, what it counts, and in which of PRACTICES it is shown."""

    number: int
    text: str
    practice: str = ""


def totals_listed_texts(codebook: Codebook, table: MemberTable) -> list[tuple[int, str]]:
    """Return the small figures above the table, each with what it counts."""
    return [(total.number, total.text) for total in listed_totals(codebook, table)]


def listed_totals(codebook: Codebook, table: MemberTable) -> list[Total]:
    """Return the figures above the table, no zeros; but for limits and dates they add up to all."""
    totals = table.totals
    of_cases = is_of_cases(codebook, table.bound_in)
    passed = f" ({totals.passed} passed)" if totals.passed else ""
    among, strict = _among(totals.restricting), exclusion_count(codebook, table.counts)
    holds = words.holds(codebook, table.bound_in)
    limiting = (
        [(totals.restricting, "{have} an open case", "limits")]
        if of_cases
        else [
            (totals.used, f"{{have}} used a rule to limit {codebook.subject}", "used"),
            (totals.single, f"{{decided}} against {codebook.subject}", ""),
            (table.counts.powers, "{hold} a power not known to have been used", "power"),
            (strict, f"{among}{strictest_words(codebook, strict)}", "excludes"),
        ]
    )
    text = [
        *limiting,
        (totals.doubted, f"{among}{{rest}} on rules in doubt alone", "doubted"),
        (totals.removing, f"{{set}} a date for {_leading_words(codebook)}{passed}", "dated"),
        (totals.milder, "{have} only rules that do not limit it", ""),
        (totals.unscored, "{have} rules that are not scored", ""),
        (totals.pending, "{have} a rule that is not yet in force", ""),
        (totals.words_alone, f"{{have}} a position but no recorded {holds}", ""),
        (totals.without, "nothing recent", ""),
    ]
    return [
        Total(count, what.format(**_VERBS[count == 1]), practice)
        for count, what, practice in text
        if count
    ]


def counted_text(codebook: Codebook, table: MemberTable, practice: str) -> str:
    """Say which members alone are shown; empty: all are."""
    if practice == EVERY_MEMBER:
        return ""
    limiting = table.totals.restricting
    do = "does" if limiting == 1 else "do"
    both = Total(limiting, f"can or {do} limit {codebook.subject}", "limits")
    listed = [*listed_totals(codebook, table), both]
    clause = next((total for total in listed if total.practice == practice), None)
    if clause is None or not clause.number:
        return "Shown: none, since none is counted so on this day."
    what = clause.text.removeprefix(_among(limiting))
    return f"Shown: the {words.number(clause.number)} that {what}."


def _among(limiting: int) -> str:
    """Return of whom a figure counts some: of those who can or do limit the subject."""
    return f"of the {limiting} " if limiting > 1 else "of these "


# By whether one alone does it.
_VERBS = (
    {
        "have": "have",
        "hold": "hold",
        "rest": "rest",
        "set": "set",
        "decided": "have decided single cases",
    },
    {
        "have": "has",
        "hold": "holds",
        "rest": "rests",
        "set": "sets",
        "decided": "has decided a single case",
    },
)


def deadline_note(codebook: Codebook, row: Member) -> str:
    """Say what falls due at the deadline of a row, and whose it is, if not of the act shown."""
    if row.deadline is None:
        return ""
    kind, what = kind_words(codebook, row.deadline.kind), row.deadline.what
    state = f"{row.deadline.reckoning}{' (passed)' if row.deadline.passed else ''}"
    text = f"{kind}{state}{f': {what}' if what else ''}"
    return f"{text}; by: {row.deadline.act.name}" if due_elsewhere(row) else text


def leading_note(codebook: Codebook, row: Member) -> str:
    """Say by when something of the kind that leads falls due in a row, or did, where the deadline
    of the row is of another kind (of `member_rows` maybe the other way round); empty: it is of that
    kind, or there is none.
    """
    leading = row.leading
    if leading is None or (row.deadline and row.deadline.kind == leading.kind):
        return ""
    passed = " (passed)" if leading.passed else ""
    kind = words.sentence_start(kind_words(codebook, leading.kind))
    return f"{kind}: {leading.short_text}{leading.reckoning}{passed}"


def due_elsewhere(row: Member) -> bool:
    """Say whether the deadline of a row is of another act than the one shown."""
    if row.deadline is None:
        return False
    return not row.binding or row.binding.act_id != row.deadline.act.act_id


def done_line(codebook: Codebook, row: Member) -> str:
    """Say what was done in twelve months, and which way it went: 2 acts, 1 statement; stricter."""
    counts = [(row.acts, "act"), (row.statements, "statement")]
    done = ", ".join(
        f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count
    )
    nothing = "No act recorded" if row.statements is None else "No act or statement recorded"
    lost, ended = row.move.position == LOST, words.ACT_ENDED if row.move.has_end else ""
    effect = "" if lost else net_move_words(codebook, row.net)
    end = ": ".join(filter(None, [ended, "position lost" if lost else ""]))
    return "; ".join(filter(None, [done or nothing, effect, end]))
