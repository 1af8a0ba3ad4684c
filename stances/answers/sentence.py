"""The sentence that the program makes of where an actor stands: what its rule asks of whom, until
when and whether it has been used; without a rule, what the actor said last.

Only what bears on the label is told: acts that are scored, with the sign of the stance. Parts are
told whole or not at all, so that no clause loses what limits it.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import islice, takewhile
from typing import Any, NamedTuple

from stances import words
from stances.answers.actions import latest_actions, latest_word
from stances.answers.actor_history import ActorHistory, events_of
from stances.answers.acts import in_doubt_words, is_general
from stances.answers.binding import Binding, binding, source_of
from stances.answers.firm import unsure_words
from stances.answers.introduction import known_later
from stances.answers.mismatch import OVER, mismatch
from stances.answers.obligations import obligation_on
from stances.answers.practice import practice_code, practices
from stances.answers.reasons import domains_of, standing_of
from stances.answers.steps import SINCE, next_step, steps_of_act
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OTHER_PART, OVERALL
from stances.dataset.days import first_day, last_day, months_before
from stances.dataset.schema import APPLIED, EASED, NOT_APPLIED, UNKNOWN
from stances.dataset.tables import Dataset, once_of
from stances.model.register import IN_FORCE, NOT_YET
from stances.model.stance import level_of
from stances.words import Dated

MOST_LETTERS = 320
# After so long without anything new, what is known is said to be old.
_OLD_MONTHS = 24
# So many parts may stand in the second sentence.
_MOST_PARTS = 3
# The share of the words of a text that another may have before it only repeats it.
_NEARLY_ALL = 0.75
# So many of the latest actions are looked through for one that is well sourced.
_MOST_SCANNED = 40
_PRACTICE_ORDER = (APPLIED, EASED, UNKNOWN, NOT_APPLIED)
_PLAIN_WORD = re.compile(r"\b[a-z]+\b")
_FIRST_WORD = re.compile(r"[A-Z][a-z]*\b")
_NAME_WITHIN = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+\b")
# Months that are words too.
_MONTHS = frozenset({"march", "may"})
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Sentence(NamedTuple):
    """One or two sentences on an actor; the acts and events that they rest on, the most important
    first; the best source of the one that is told first (None: there is none), and the name of
    that act or event; whether the data has it as it stands; how far it is known (see
    `introduction.reach`).
    """

    text: str
    act_ids: tuple[str, ...]
    event_ids: tuple[str, ...]
    source: Any
    written: bool
    reach: str = ""
    backs: str = ""

    @property
    def headline(self) -> str:
        """The text behind how far it is known, where that is less far than its day."""
        return f"{words.sentence_start(self.reach)}: {self.text}" if self.reach else self.text


# A part of a sentence in the wordings that it may have, the fullest first.
Wordings = tuple[str, ...]


class _View(NamedTuple):
    """The subject of a sentence: an actor on a day in a domain (or OVERALL), and its stance."""

    tracker: Tracker
    actor: str
    day: date
    domain: str
    stance: float

    @property
    def who(self) -> str:
        """The actor as it begins a sentence."""
        return words.sentence_start(self.tracker.sentence_names[self.actor])

    @property
    def subject(self) -> str:
        return self.tracker.codebook.subject


def compose(tracker: Tracker, actor: str, day: date, domain: str = OVERALL) -> Sentence:
    """Return the program's sentence on an actor: of its rule, else of its last word."""
    row = standing_of(tracker, actor, day)[domain]
    view = _View(tracker, actor, day, domain, row.stance)
    act = min(_bearing(view), key=lambda line: _rank(view, line), default=None)
    return _of_words(view) if act is None or _is_bygone(view, act) else _of_act(view, act)


# -- of a rule ----------------------------------------------------------------------------------


def _bearing(view: _View) -> list[Binding]:
    """Return the acts in force that bear on the label, or else those to come that are shown: those
    with the sign of the stance and, where its label has none, those that restrict.
    """
    lines = binding(view.tracker, view.actor, view.day, view.domain)
    scored = [line for line in lines if _bears(view, line)]
    in_force = [line for line in scored if line.status == IN_FORCE]
    return in_force or [line for line in scored if line.status == NOT_YET and line.is_shown]


def _bears(view: _View, line: Binding) -> bool:
    if line.level * view.stance > 0:
        return True
    is_between = math.isnan(view.stance) or not level_of(view.stance)
    return is_between and _limits(view, line)


def _rank(view: _View, line: Binding) -> tuple[Any, ...]:
    """Rank the acts that a sentence may be of: a rule before a case; one that limits, and has been
    used, before the others; the strictest, one that is certain, of the weightiest domain, with a
    date ahead; of equals the first, on which later ones build.
    """
    domains = view.tracker.codebook.domains
    act = view.tracker.acts.get(line.act_id)
    state = practice_code(view.tracker, line.act_id, view.day)
    return (
        domains[line.domain].open_case,
        _is_superseded(view, line),
        not _limits(view, line),
        _PRACTICE_ORDER.index(state) if act is not None else len(_PRACTICE_ORDER),
        line.level,
        domains[line.domain].weight == min(domain.weight for domain in domains.values()),
        act is None or bool(act.doubt),
        -domains[line.domain].weight,
        not _has_part_ahead(view, line),
        line.since.day,
    )


def _has_part_ahead(view: _View, line: Binding) -> bool:
    """Say whether a date of an act is ahead that is for a known part, not for something beside."""
    steps = steps_of_act(view.tracker, line.act_id, view.day)
    return next_step([step for step in steps if step.part not in ("", OTHER_PART)]) is not None


def _is_bygone(view: _View, line: Binding) -> bool:
    """Say whether an act is no rule but one step in favour, and nothing was heard for long."""
    newest = _newest(view)
    return line.level > 0 and not line.act_id and newest is not None and _is_old(view, newest)


def _limits(view: _View, line: Binding) -> bool:
    return bool(line.level <= view.tracker.codebook.scale.restricting)


def _is_superseded(view: _View, line: Binding) -> bool:
    """Say whether a later act, such as a stay of a court, leaves nothing of one in force."""
    apart = mismatch(view.tracker, view.actor, line, view.day)
    return apart is not None and apart.kind == OVER


def _is_strictest(view: _View, line: Binding) -> bool:
    """Say whether an act is at the end of a scale that has more than one restriction, in force."""
    scale = view.tracker.codebook.scale
    if not line.level == scale.min < scale.restricting:
        return False
    return practices(view.tracker, view.day, line.domain)[view.actor].excludes


def _speaks_against(view: _View, line: Binding) -> bool:
    """Say whether what an act in favour asks was used against the subject, or it were not eased."""
    act = view.tracker.acts.get(line.act_id)
    return line.level > 0 and act is not None and bool(act.applied == EASED)


def _is_used(view: _View, line: Binding) -> bool:
    return practice_code(view.tracker, line.act_id, view.day) in (APPLIED, EASED)


def _of_act(view: _View, line: Binding) -> Sentence:
    if _speaks_against(view, line):
        # Its event alone says what is in favour.
        line = line._replace(act_id="", name=view.tracker.titles[line.event_id])
    row = view.tracker.acts.get(line.act_id)
    asks = obligation_on(row, view.day) if row is not None else ""
    body = asks or view.tracker.titles.get(line.event_id, line.name)
    begun = words.day(Dated(line.since.day, _no_finer(line.since)))
    if not asks:
        body = f"{body} ({'from ' if line.status == NOT_YET else ''}{begun})"
    elif begun in asks:
        body = lower_start(view.tracker.data, body)
    elif line.status == NOT_YET:
        body = f"from {begun}, {lower_start(view.tracker.data, body)}"
    else:
        body = f"since {begun}, {lower_start(view.tracker.data, body)}"
    latest = _latest_since(view, line)
    where = f" {words.about_domain(view.tracker.codebook, line.domain)}"
    # Only that it limits is true without saying where.
    is_limit = _limits(view, line) and _is_used(view, line) and not _is_strictest(view, line)
    places = (where, "") if is_limit else (where,)
    openings = [
        f"{_who_with_age(view, line)}{_verb(view, line, there)}: {body}" for there in places
    ]
    text = _fit(openings, _further(view, line, latest))
    # A rule may have bound before the event by which it is known.
    is_past = bool(line.event_id) and view.tracker.dates[line.event_id].day <= view.day
    events = [line.event_id] if is_past else []
    if latest and _is_in(_last_words(view, latest), text):
        events.append(latest.event_id)
    acts = (line.act_id,) if line.act_id else ()
    return Sentence(
        text, acts, tuple(events), source_of(view.tracker, line), False, backs=line.name
    )


def _no_finer(when: Dated) -> str:
    """Return the precision in which a day is told: a month says enough, a year stays one."""
    return "year" if when.precision == "year" else "month"


def _verb(view: _View, line: Binding, where: str) -> str:
    """Return what an actor does by an act, from its level and from whether it has been used.
    `where`: the domain in words after a blank, or empty where there is no room for it.
    """
    codebook, subject = view.tracker.codebook, f"{view.subject}{where}"
    if codebook.domains[line.domain].open_case:
        return f"has an open case that concerns {view.subject}"
    is_open = level_of(view.stance) >= codebook.scale.open
    if line.level > 0 and not is_open:
        return f"has taken a step in favour of {subject}"
    if line.level > 0:
        verb = "sides with" if line.level == codebook.scale.max else "is open to"
        return f"{verb} {subject}"
    if line.status == NOT_YET:
        return f"has adopted a rule{_about(view, line, where)}, not yet in force"
    if not line.act_id:
        return f"has taken a step against {subject}"
    if _is_superseded(view, line):
        return f"has a rule on {subject} that a later act leaves without effect"
    if _limits(view, line):
        return _practice_verb(view, line, where)
    return f"has a rule{_about(view, line, where)}, short of a limit"


def _about(view: _View, line: Binding, where: str) -> str:
    """Return what a rule is about, after a blank: the subject, if it names it or was used."""
    texts = f"{line.name} {line.obligation}"
    if is_general(view.tracker.codebook, texts, line.use.applied):
        return f"{where} that does not name {view.subject}"
    return f" on {view.subject}{where}"


def _practice_verb(view: _View, line: Binding, where: str) -> str:
    act, subject = view.tracker.acts[line.act_id], f"{view.subject}{where}"
    state = practice_code(view.tracker, line.act_id, view.day)
    if state == EASED:
        return f"has limited {subject} and eased that since"
    if state == APPLIED:
        # What of a domain is shut out by it is told by what it asks.
        is_strictest = _is_strictest(view, line) and not act.doubt
        return f"limits {subject}{' at the strictest level' if is_strictest else ''}"
    if act.applied == NOT_APPLIED:
        return f"can limit {subject} but had not done so when last reported"
    return f"can limit {subject} but is not known to have done so"


def _further(view: _View, line: Binding, latest: Any) -> list[Wordings]:
    """Return what else there is to say of an act, the most important first: doubt, practice, the
    next date, where else the actor limits the subject, and what it said since.
    """
    act = view.tracker.acts.get(line.act_id)
    parts: list[Wordings] = [
        _doubt(view, act),
        (_in_practice(view, act),),
        (_next_date(view, line, act),),
        (_elsewhere(view, line),),
        (_last_words(view, latest) if latest else "",),
    ]
    return [part for part in parts if any(part)]


def _in_practice(view: _View, act: Any) -> str:
    """Return what an act did; nothing where more came later: how much was done then is unknown."""
    later = not _is_newest(view) or known_later(view.tracker.data, view.day)
    if act is None or not act.applied_what or later:
        return ""
    if _repeats(act.applied_what, act.obligation):
        return ""
    return f"in practice: {act.applied_what}"


def _repeats(text: str, other: str) -> bool:
    """Say whether nearly all words of a text stand in another one."""
    terms, others = (set(re.findall(r"\w{4,}", phrase.lower())) for phrase in (text, other))
    return len(terms & others) >= _NEARLY_ALL * len(terms)


def _is_newest(view: _View) -> bool:
    """Say whether nothing of the actor came after the day."""
    events = events_of(view.tracker, view.actor)
    return events.empty or bool(events["date"].iloc[0].date() <= view.day)


def _doubt(view: _View, act: Any) -> Wordings:
    """Say why it is unsure how an act stands; of a day past, or for room, that it is."""
    if act is None or not act.doubt:
        return ()
    known = known_later(view.tracker.data, view.day)
    stands = f"stood on {known}" if known else "stands"
    short = f"how this rule {stands} is not certain"
    return (act.doubt, short) if _is_newest(view) and not known else (short,)


def untold_doubt(tracker: Tracker, sentence: Sentence, day: date) -> str:
    """Say which rules that a sentence rests on are in doubt, and why, if it does not itself."""
    known, text = known_later(tracker.data, day), doubtful_rules(tracker, sentence, day)
    return f"In doubt{f' on {known}' if known else ''}: {text}" if text else ""


def doubtful_rules(tracker: Tracker, sentence: Sentence, day: date) -> str:
    """Return the rules that `untold_doubt` names, each with the reason."""
    text = []
    for act in (tracker.acts[code] for code in sentence.act_ids):
        wordings = _doubt(_View(tracker, act.actor, day, act.domain, math.nan), act)
        if wordings and not any(_is_in(wording, sentence.text) for wording in wordings):
            why = f": {act.doubt.rstrip('.')}" if act.doubt in wordings else ""
            text.append(f"{act.name}{why}")
    return f"{'; '.join(text)}." if text else ""


def _next_date(view: _View, line: Binding, act: Any) -> str:
    """Return an act's next step, or that the last has passed; empty where it names that year."""
    steps = steps_of_act(view.tracker, line.act_id, view.day) if act is not None else []
    gone = [step for step in steps if step.passed and step.part != OTHER_PART]
    step = next_step(steps) or next(reversed(gone), None)
    if step is None or str(step.end.year) in _YEAR.findall(act.obligation):
        return ""
    brackets = "; ".join(filter(None, [step.what, SINCE if step.gone else ""]))
    what = f" ({brackets})" if brackets else ""
    if step.passed:
        return f"the last date, {step.text}{what}, has passed"
    return f"the next date is {step.text}{what}"


def _elsewhere(view: _View, line: Binding) -> str:
    """Say where else the actor limits the subject by rules that have been used and not eased since,
    and where all of these are in doubt.
    """
    codebook = view.tracker.codebook
    if view.domain != OVERALL or line.level > 0:
        return ""
    others, doubt = [], f" ({in_doubt_words(known_later(view.tracker.data, view.day))})"
    for code, domain in codebook.domains.items():
        practice = practices(view.tracker, view.day, code)[view.actor]
        if code != line.domain and not domain.open_case and practice.used and not practice.eased:
            where = words.about_domain(codebook, code)
            others.append(f"{where}{doubt if practice.doubted else ''}")
    return f"{view.subject} is limited {words.listing(others)} too" if others else ""


# -- of words -----------------------------------------------------------------------------------


def _of_words(view: _View) -> Sentence:
    actions = _actions(view)
    if not actions:
        return _of_none(view)
    last, *others = actions
    # Also where it went the other way: what is told of before must not leave out a turn.
    before = next(iter(others), None)
    first = f"{_heard(view, last)}: {last.title}"
    note = [(_since_then(view, last, event), event) for event in _newer(view, last)]
    note += [(_no_rule(view), None), *([(_before(view, last, before), before)] if before else [])]
    text = _fit([first], [(part,) for part, _ in note if part])
    events = [
        last.event_id,
        *(event.event_id for part, event in note if event and _is_in(part, text)),
    ]
    source = view.tracker.best_source(last.event_id)
    backs = view.tracker.titles[last.event_id]
    return Sentence(text, (), tuple(events), source, False, backs=backs)


def _of_none(view: _View) -> Sentence:
    """Say that no position is recorded, and what else is the newest of an actor, if anything."""
    about, called = f"{view.subject}{_where(view)}", view.tracker.sentence_names[view.actor]
    until = "so far" if _is_newest(view) else f"up to {words.day(view.day)}"
    newest = _newest(view)
    if newest is None:
        text = f"Nothing that {called} said or did on {about} is recorded {until}."
        return Sentence(text, (), (), None, False)
    latest = f"latest, {_month(view, newest)}: {newest.title}"
    text = f"No position of {called} on {about} is recorded {until}; {latest}."
    source = view.tracker.best_source(newest.event_id)
    return Sentence(text, (), (newest.event_id,), source, False, backs=newest.title)


def _where(view: _View) -> str:
    """Return the domain of a sentence in words after a blank; empty where it is of all."""
    if view.domain == OVERALL:
        return ""
    return f" {words.about_domain(view.tracker.codebook, view.domain)}"


def _actions(view: _View) -> list[Any]:
    """Return what the actor said and did, newest first: the well-sourced, where there are such."""
    actions = _every_action(view)
    firm = [action for action in actions if not unsure_words(view.tracker, action.event_id)]
    return firm or actions


def _every_action(view: _View) -> list[Any]:
    """Return what the actor said and did, newest first, single and weak reports too."""
    actions = latest_actions(view.tracker, view.day, view.domain, _MOST_SCANNED, [view.actor])
    return [action for action in actions if _is_over(view, action.event_id)] or actions


def _newer(view: _View, last: Any) -> list[Any]:
    """Return what came after the last clear word, if anything did: a weak report that counts for
    the label, else the newest event, which may count nowhere.
    """
    newest, action = _newest(view), _every_action(view)[0]
    if newest is None or newest.date <= last.date:
        return []
    return [newest if action.event_id == last.event_id else action]


def _is_over(view: _View, event: str) -> bool:
    """Say whether an event dated by a month or year alone lies before the day for certain."""
    return last_day(words.iso_day(view.tracker.dates[event])) <= view.day


def _heard(view: _View, last: Any) -> str:
    """Say when an actor was last heard, and that it is open to the subject, if its last word is."""
    codebook = view.tracker.codebook
    where = _where(view)
    when, old, newest = _month(view, last), _is_old(view, last), _newest(view)
    is_last = newest is None or newest.event_id == last.event_id
    noun = "step" if view.tracker.events[last.event_id].binding else "word"
    is_open = not math.isnan(view.stance) and level_of(view.stance) >= codebook.scale.open
    if is_open and last.score >= codebook.scale.open and not old:
        word = "last heard" if is_last else f"last clear {noun}"
        return f"{view.who} is open to {view.subject}{where}; {word} in {when}"
    if not is_last:
        called = view.tracker.sentence_names[view.actor]
        return f"The last clear {noun} of {called} on {view.subject}{where} dates from {when}"
    older = ", and nothing newer is recorded" if old and not _has_newer_rule(view, last) else ""
    return f"{view.who} was last heard on {view.subject}{where} in {when}{older}"


def _newest(view: _View) -> Any:
    """Return the newest event of an actor up to the day, context too; None: there is none."""
    events = ActorHistory(view.tracker, view.actor, view.day, view.domain).events
    every = events.itertuples(index=False)
    return next((row for row in every if _is_over(view, str(row.event_id))), None)


def _since_then(view: _View, last: Any, event: Any) -> str:
    """Say what came since the last clear word; of one month with it that is not told apart."""
    apart = _month(view, event) != _month(view, last) and _is_earlier(view, last, event)
    when = f"since then, {_month(view, event)}" if apart else _around(view, last, event)
    return f"{when}: {event.title}"


def _before(view: _View, last: Any, action: Any) -> str:
    """Say what came before the last clear word, also behind a clause on something else."""
    if not _is_earlier(view, action, last):
        return f"{_around(view, last, action)}: {action.title}"
    apart = _month(view, action) != _month(view, last)
    when = f"in {_month(view, action)}" if apart else "in the same month"
    return f"earlier, {when}: {action.title}"


def _is_earlier(view: _View, one: Any, other: Any) -> bool:
    """Say whether an event is earlier than another for certain, by what is known of their days."""
    return _last_day_of(view, one) < first_day(words.iso_day(view.tracker.dates[other.event_id]))


def _around(view: _View, last: Any, event: Any) -> str:
    """Say when an event was that is not known to be earlier or later than the last clear word."""
    when, then = (view.tracker.dates[each.event_id] for each in (event, last))
    if when == then and when.precision == "day":
        return "on the same day"
    if _month(view, event) == _month(view, last):
        return f"in the same {_no_finer(when)}"
    note = " (month not known)" if when.precision == "year" else ""
    return f"in {_month(view, event)}{note}"


def _no_rule(view: _View) -> str:
    """Return that no rule limits the subject, now or to come, in the domain of the sentence; of one
    of cases, that none is open; or that there is no register.
    """
    lines = binding(view.tracker, view.actor, view.day, view.domain)
    if any(
        _limits(view, line) or practice_code(view.tracker, line.act_id, view.day) == APPLIED
        for line in lines
    ):
        return ""
    codebook = view.tracker.codebook
    if view.domain != OVERALL and codebook.domains[view.domain].open_case:
        return "" if lines else words.none_holds(codebook, view.domain)
    if not codebook.has_register:
        return words.NO_REGISTER
    there = "" if view.domain == OVERALL else " there"
    return f"no rule that limits {view.subject}{there} is recorded"


# -- the parts ----------------------------------------------------------------------------------


def _month(view: _View, action: Any) -> str:
    when = view.tracker.dates[action.event_id]
    return words.day(Dated(when.day, _no_finer(when)))


def _is_old(view: _View, action: Any) -> bool:
    return _last_day_of(view, action) < months_before(view.day, _OLD_MONTHS)


def _last_day_of(view: _View, action: Any) -> date:
    return last_day(words.iso_day(view.tracker.dates[action.event_id]))


def _has_newer_rule(view: _View, action: Any) -> bool:
    """Say whether a rule of the actor in the domain, on all alike too, was adopted or began after
    an event.
    """
    acts = view.tracker.data.acts
    domains = domains_of(view.tracker, view.domain)
    of_actor = acts[(acts["actor"] == view.actor) & acts["domain"].isin(domains)]
    begun = (first_day(text) for text in [*of_actor["adopted"], *of_actor["in_force_from"]] if text)
    return any(_last_day_of(view, action) < day <= view.day for day in begun)


def _who_with_age(view: _View, line: Binding) -> str:
    """Return the actor, and when it was heard last where that is long ago, in a later month than
    this rule began, and no other rule of its own began since.
    """
    newest = _newest(view)
    if newest is None or not _is_old(view, newest) or _has_newer_rule(view, newest):
        return f"{view.who} "
    if f"{newest.date:%Y-%m}" <= f"{line.since.day:%Y-%m}":
        return f"{view.who} "
    return f"{view.who}, last heard on the matter in {_month(view, newest)}, "


def _latest_since(view: _View, line: Binding) -> Any:
    """Return what the actor said or did last since an act."""
    newest = next(iter(_actions(view)), None)
    if newest is None or newest.event_id == line.event_id or newest.date.date() <= line.since.day:
        return None
    return newest


def _last_words(view: _View, action: Any) -> str:
    """Return what the actor said or did last on firm ground, and that a weaker report is newer."""
    every = latest_actions(view.tracker, view.day, view.domain, _MOST_SCANNED, [view.actor])
    newer = takewhile(lambda event: event.event_id != action.event_id, every)
    weaker = any(unsure_words(view.tracker, event.event_id) for event in newer)
    return f"{latest_word(weaker)}, {_month(view, action)}: {action.title}"


def _fit(openings: Sequence[str], parts: Sequence[Wordings]) -> str:
    """Return a sentence and, as one more, the first parts that there is room for. Of the openings,
    the longest first, that which leaves room for the most important part.
    """
    made = [_with_parts(f"{opening.rstrip('.')}.", parts) for opening in openings]
    fitting = [variant for variant in made if len(variant.text) <= MOST_LETTERS]
    full = [variant for variant in fitting if not parts or variant.first == parts[0][0]]
    return (full or fitting or made)[0].text


class _Made(NamedTuple):
    """A text, and the first of the parts in it as it was told."""

    text: str
    first: str


def _with_parts(opening: str, parts: Sequence[Wordings]) -> _Made:
    taken: list[str] = []
    for part in parts:
        taken += _first_fit(opening, taken, part)
    return _Made(_whole(opening, taken) if taken else opening, taken[0] if taken else "")


def _first_fit(opening: str, taken: Sequence[str], part: Wordings) -> list[str]:
    """Return the first wording of a part with room beside what is taken, as a list; else none."""
    if len(taken) == _MOST_PARTS:
        return []
    fitting = (piece for piece in part if len(_whole(opening, [*taken, piece])) <= MOST_LETTERS)
    return list(islice(fitting, 1))


def _is_in(part: str, text: str) -> bool:
    """Say whether a part stands in a text, maybe at the beginning of a sentence."""
    return part.rstrip(".") in text or words.sentence_start(part.rstrip(".")) in text


def _whole(opening: str, taken: Sequence[str]) -> str:
    text = "; ".join(piece.rstrip(".") for piece in taken)
    return f"{opening} {words.sentence_start(text)}."


# What is no name, and no part of one that it stands before.
_NO_NAMES = frozenset(
    {"A", "An", "The", "No", "All", "Some", "Only", "From", "By", "In", "Draft"}
    | {words.number(count, start=True) for count in range(13)}
)


def lower_start(data: Dataset, text: str) -> str:
    """Return a text as it stands within a sentence: its first word small unless it is a name, or
    goes with one: a word that the data never write small, or that stands before a capital.
    """
    first = _FIRST_WORD.match(text)
    if first is None:
        return text
    follows = re.match(rf"(?:of (?!{data.codebook.subject}\b))?[A-Z]", text[first.end() :].lstrip())
    word, plain = first[0].lower(), _plain_words(data)
    is_plain = (word in plain or word.removesuffix("s") in plain) and not follows
    return words.within(text) if is_plain or first[0] in _NO_NAMES else text


@once_of
def _plain_words(data: Dataset) -> frozenset[str]:
    """Return the words that the texts of acts and events write small more often than not."""
    texts = [*data.acts["obligation"], *data.acts["applied_what"], *data.acts["doubt"]]
    texts += [*data.acts["note"], *data.events["title"], *data.events["summary"]]
    whole = " ".join([*texts, *data.events["note"]])
    small, names = Counter(_PLAIN_WORD.findall(whole)), Counter(_NAME_WITHIN.findall(whole))
    plain = (word for word, count in small.items() if count > names[word.capitalize()])
    return frozenset(plain) - _MONTHS
