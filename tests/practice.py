"""Law and practice row by row, from what binds each actor: slow, and plain to read."""

from __future__ import annotations

from datetime import date

from stances.answers.acts import is_of_cases
from stances.answers.binding import Binding, bindings
from stances.answers.mismatch import OVER, mismatch
from stances.answers.practice import NO_RULES, Practice, practice_code
from stances.answers.reasons import standing_of
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.model.register import IN_FORCE


def practices_by_row(tracker: Tracker, day: date, domain: str) -> dict[str, Practice]:
    """The practice of every actor in a domain on a day, or in any domain that has rules."""
    domains = tracker.codebook.domains
    codes = [code for code in domains if not domains[code].open_case]
    result = [bindings(tracker, day, x) for x in (codes if domain == OVERALL else [domain])]
    every = {
        actor: [
            line
            for lines in result
            for line in lines.get(actor, [])
            if not _is_over(tracker, day, actor, line)
        ]
        for actor in tracker.model.actors
    }
    return {
        actor: _practice(tracker, day, actor, [x for x in lines if limits(tracker, x)], lines)
        if not is_of_cases(tracker.codebook, domain)
        else _case([x for x in lines if limits(tracker, x)])
        for actor, lines in every.items()
    }


def _case(lines: list[Binding]) -> Practice:
    """Open cases, which are no rules: neither used, nor at a level of rules, nor single."""
    doubted = bool(lines) and all(line.doubt for line in lines)
    return NO_RULES._replace(limits=bool(lines), doubted=doubted, case=bool(lines))


def _is_rule(tracker: Tracker, line: Binding) -> bool:
    """Whether the register has it, be it as a rule that has ended."""
    named = set(tracker.data.acts["event_id"])
    return bool(line.act_id or line.event_id in named or not tracker.codebook.has_register)


def _is_over(tracker: Tracker, day: date, actor: str, line: Binding) -> bool:
    """Whether nothing is left of a rule in force, since a court has stayed it, say."""
    apart = mismatch(tracker, actor, line, day)
    return apart is not None and apart.kind == OVER


def limits(tracker: Tracker, line: Binding) -> bool:
    """Whether what binds can limit the subject: a rule by its level, a case if not in favour."""
    case, scale = is_of_cases(tracker.codebook, line.domain), tracker.codebook.scale
    return line.status == IN_FORCE and line.level <= (-1 if case else scale.restricting)


def _practice(
    tracker: Tracker, day: date, actor: str, lines: list[Binding], every: list[Binding]
) -> Practice:
    # What has no line in the register is used where a milder rule of its domain has been that has.
    alone = {line.domain for line in lines if not line.act_id}
    milder = [
        line
        for line in every
        if line.domain in alone
        and line.status == IN_FORCE
        and line.level < 0
        and not limits(tracker, line)
    ]
    states = [practice_code(tracker, line.act_id, day) for line in (*lines, *milder)]
    used = [state for state in states if state in ("yes", "eased")]
    strictest = tracker.codebook.scale.min
    standing = standing_of(tracker, actor, day)
    return Practice(
        limits=bool(lines),
        used=bool(used),
        eased=set(used) == {"eased"},
        excludes=any(
            line.level == standing[line.domain].act_level == strictest
            for line in lines
            if _is_rule(tracker, line)
        ),
        doubted=bool(lines) and all(line.doubt for line in lines),
        single=bool(lines) and not used and not any(_is_rule(tracker, line) for line in lines),
    )
