"""The cards of the first page, one a featured actor or group: what binds it, and what it did."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from stances import words
from stances.answers import actions
from stances.answers.acts import in_doubt_words, since, use_of
from stances.answers.binding import binding, coming, since_words, state_text
from stances.answers.directions import net_move_words
from stances.answers.happened import featured_moves
from stances.answers.introduction import known_later
from stances.answers.practice import (
    practice_clauses,
    practice_code,
    practice_counts,
    practices,
    used_since,
)
from stances.answers.reasons import has_spent_act, uncounted_rules
from stances.answers.standing import Standing, figures_of, standings
from stances.answers.steps import Step, next_step, steps_of_act
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import APPLIED, EASED, NOT_APPLIED
from stances.model.register import IN_FORCE


class Card(NamedTuple):
    """A card in words: the label of a stance (NaN: no position) and what stands `beside` it,
    whether it rests on `old` evidence, what binds, the last action, and those of twelve months.
    """

    stance: float
    label: str
    beside: str
    old: bool
    binds: str
    last: str
    year: str


def card_of(tracker: Tracker, code: str, day: date, domain: str) -> Card:
    """Return the card of a featured actor or group."""
    of = _group_card if code in tracker.groups else _actor_card
    return of(tracker, code, day, domain)


def _actor_card(tracker: Tracker, actor: str, day: date, domain: str) -> Card:
    row = standings(tracker, day, domain)[tracker.model.actors.index(actor)]
    latest = actions.latest_firm(tracker, day, domain, [actor])
    return Card(
        row.stance,
        words.label(tracker.codebook, row.stance),
        "",
        row.old,
        binds(tracker, row, day, domain),
        actions.latest_words(latest.action, day, latest.weaker is not None),
        _year_of(tracker, actor, day, domain),
    )


def _year_of(tracker: Tracker, actor: str, day: date, domain: str) -> str:
    before = tracker.year_before(day)
    count = actions.actions_between(tracker, before, day, domain, [actor])
    move = actions.net_move_between(tracker, before, day, domain, actor)
    ended = featured_moves(tracker, before, day, domain)[actor].has_end
    return actions.past_year(count, net_move_words(tracker.codebook, move, domain), ended)


def _group_card(tracker: Tracker, group: str, day: date, domain: str) -> Card:
    codes = tracker.members(group, day)
    members = [row for row in standings(tracker, day, domain) if row.actor in set(codes)]
    figures = figures_of(tracker.codebook, members)
    latest = actions.latest_firm(tracker, day, domain, codes)
    before = tracker.year_before(day)
    acted = actions.acting(tracker, before, day, domain, codes)
    # In the field that is named above; the brief beside it counts all.
    where = "" if domain == OVERALL else " there"
    return Card(
        figures.mean,
        words.label(tracker.codebook, figures.mean),
        "on average" if figures.with_position else f"of {words.plural(figures.members, 'member')}",
        False,
        _group_binds(tracker, group, day, domain),
        actions.latest_words(
            latest.action, day, latest.weaker is not None, _names(tracker, latest)
        ),
        f"{words.some(acted, start=True)} of {words.number(len(codes))} "
        f"{'acted or spoke' if acted else 'is known to have acted or spoken'}"
        f"{where} in the past year.",
    )


def _names(tracker: Tracker, latest: actions.Latest) -> Sequence[str]:
    """Return what the actor of a last action is called."""
    if latest.action is None:
        return ()
    return tracker.names[latest.action.actor], tracker.short_names[latest.action.actor]


def _group_binds(tracker: Tracker, group: str, day: date, domain: str) -> str:
    """Say how many members can or do limit the subject, in the domain shown or the leading one."""
    label, clauses = group_clauses(tracker, group, day, domain)
    return f"{label}: {', '.join(clause for clause, _ in clauses)}"


def group_clauses(
    tracker: Tracker, group: str, day: date, domain: str
) -> tuple[str, list[tuple[str, str]]]:
    """Return the label of the domain shown or leading, and its clauses, with what each counts."""
    codebook, where = tracker.codebook, tracker.lead.domain if domain == OVERALL else domain
    counts = practice_counts(tracker, day, where, group)
    return codebook.domain_label(where), practice_clauses(codebook, where, counts)


def binds(tracker: Tracker, row: Standing, day: date, domain: str) -> str:
    """Say what the act shown is called, whether it has been used and since when, and which of its
    dates is next. The name leads, though another rule has been used.
    """
    codebook = tracker.codebook
    if row.level_since is None:
        lines = binding(tracker, row.actor, day, domain)
        if any(line.status == IN_FORCE for line in lines):
            spent = has_spent_act(tracker, row.actor, domain, day)
            rules = uncounted_rules(row.stance, spent=spent)
            # Over all fields a rule elsewhere may set one.
            if domain == OVERALL:
                return rules
            return f"{codebook.domain_label(domain)}: {words.within(rules)}"
        return words.none_holds(codebook, domain).capitalize()
    where, act = codebook.domain_label(row.act_domain), tracker.acts.get(row.act_id)
    state = _state(tracker, row, day)
    if act is None:
        return f"{where}: {row.act_title}, {state}"
    ahead = next_step(steps_of_act(tracker, act.act_id, day))
    return f"{where}: {act.name}, {state}{_doubt(tracker, act.doubt, day)}{_due(ahead)}"


def _doubt(tracker: Tracker, doubt: str, day: date) -> str:
    """Return that an act is in doubt, within a line; as known later on a day past."""
    return f", rule {in_doubt_words(known_later(tracker.data, day))}" if doubt else ""


def _due(ahead: Step | None) -> str:
    """Return the next date of an act as the end of a line, or that it has passed since."""
    if ahead is None:
        return ""
    day = ahead.short_text
    return f"; due {day} (passed)" if ahead.gone else f"; next date {day}"


def _state(tracker: Tracker, row: Standing, day: date) -> str:
    """Return what has become of the act shown: used since when, or not known to be; of one that is
    still to come, from when on it binds. A case is open, and what admits the subject is in force:
    neither is a power. Nor is it known to be one without a line in the register, as an order that
    was given by name.
    """
    codebook, act = tracker.codebook, tracker.acts.get(row.act_id)
    if row.pending:
        yet = coming(binding(tracker, row.actor, day, row.act_domain))
        return words.within(since_words(codebook, yet)) if yet else "not yet in force"
    is_case = codebook.domains[row.act_domain].open_case
    if row.act_level > codebook.scale.restricting or is_case or act is None:
        # The act that is named may be newer than its level.
        begun = words.partial_date(since(act)) if act else tracker.dates[row.act_event_id]
        return f"{state_text(codebook, row.act_domain).lower()} since {words.short_day(begun)}"
    applied = practice_code(tracker, row.act_id, day)
    if applied in (APPLIED, EASED):
        return used_since(use_of(act)._replace(applied=applied))
    when = " when last reported" if applied == NOT_APPLIED else ""
    others = practices(tracker, day, row.act_domain)[row.actor].used
    beside = " (another rule there has been)" if others else ""
    return f"a power not {'used' if when else 'known to have been used'}{when}{beside}"
