"""The reasons for the stance of an actor, in figures that add up as printed."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from stances import words
from stances.answers.acts import acts_on, is_general
from stances.answers.formula import NO_WEIGHT
from stances.answers.history import actor_line, policy_levels
from stances.answers.standing import act_binds, old_positions
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import NO_POSITION, OVERALL, Codebook
from stances.dataset.days import ONE_DAY
from stances.model.explain import ROLE_ACT
from stances.model.register import IN_FORCE
from stances.model.stance import ACTS
from stances.words import Dated


class Reason(NamedTuple):
    """An event that counts. `weight` (two decimals), `share` (percent, one decimal) and
    `contribution` (two decimals) are rounded so that they add up to what is printed of the whole.
    """

    event_id: str
    date: date
    instrument: str
    role: str
    score: float
    counted_score: float
    confirms: bool
    weight: float
    share: float
    contribution: float


class DomainPart(NamedTuple):
    """The part of a domain in the overall stance: its share (percent, one decimal) and what it
    contributes (two decimals), rounded so that they add up as printed. One without a position has
    a part too, by what is left of it.
    """

    share: float
    contribution: float


class StanceRow(SimpleNamespace):
    """A row of the stance table: the columns of Model.position, and those of the act shown."""

    @property
    def act_in_force(self) -> bool:
        """Say whether an act binds, as of `Standing`."""
        return act_binds(self)


def standing_of(tracker: Tracker, actor: str, day: date) -> dict[str, Any]:
    """Return the rows of an actor in the stance table by domain, `overall` first; each has the
    columns of Model.position, and those of the act shown, as attributes.
    """
    width = len(tracker.codebook.columns)
    first = tracker.model.place(actor) * width
    return {row.domain: row for row in _rows(tracker, day, slice(first, first + width))}


def standing_in(tracker: Tracker, domain: str, day: date) -> list[Any]:
    """Return the rows of all actors in the stance table of a domain, in the order of the model."""
    return _rows(tracker, day, slice(tracker.column(domain), None, len(tracker.codebook.columns)))


def _rows(tracker: Tracker, day: date, places: slice) -> list[Any]:
    columns = {
        **tracker.position_columns(day),
        **tracker.shown_acts(day),
        "old": old_positions(tracker, day),
    }
    rows = zip(*(values[places].tolist() for values in columns.values()), strict=True)
    return [StanceRow(**dict(zip(columns, row, strict=True))) for row in rows]


def reasons(tracker: Tracker, row: Any, day: date) -> list[Reason]:
    """Return the events that make a stance, a row of `standing_of`: the act in force, then the
    words, the heaviest first. Empty without a current position.
    """
    if np.isnan(row.stance):
        return []
    table = tracker.model_of(row.actor).explain(row.actor, row.domain, day)
    columns: dict[str, list[Any]] = {name: table[name].tolist() for name in Reason._fields}
    columns["date"] = [moment.date() for moment in columns["date"]]
    columns["weight"] = words.parts(columns["weight"], row.evidence, 2)
    columns["share"] = _percentages(table["share"])
    columns["contribution"] = words.parts(columns["contribution"], row.stance, 2)
    rows = [Reason(*row) for row in zip(*columns.values(), strict=True)]
    return sorted(rows, key=lambda reason: reason.role != ROLE_ACT)


def domain_parts(tracker: Tracker, actor: str, day: date, stance: float) -> dict[str, DomainPart]:
    """Return the domains' parts in the overall stance; those without weight have none."""
    events = tracker.model_of(actor).explain(actor, OVERALL, day)
    if events.empty:
        return {}
    sums = events[["share", "contribution"]].groupby(events["domain"].tolist()).sum()
    shares = _percentages(sums["share"])
    contributions = words.parts(sums["contribution"].tolist(), stance, 2)
    return dict(zip(sums.index.tolist(), map(DomainPart, shares, contributions), strict=True))


def _percentages(shares: pd.Series) -> list[float]:
    """Shares of a stance as percent to one decimal; as printed they add up, to 100 or less."""
    percent = shares * 100
    return words.parts(percent.tolist(), float(percent.sum()), 1)


def shares_together(parts: Mapping[str, DomainPart]) -> float:
    """Return what the shares of an overall stance come to, in percent as printed: under 100 where
    it is known in little, and the rest stands at 0.
    """
    return round(sum(part.share for part in parts.values()), 1)


def why_none(tracker: Tracker, actor: str, domain: str, day: date) -> str:
    """Say why an actor has no current position in a domain, or overall, on a day."""
    overall = domain == OVERALL
    if overall and any(
        row.stance == row.stance for row in standing_of(tracker, actor, day).values()
    ):
        return NO_WEIGHT
    if tracker.model.basis == ACTS:
        return none_by_acts(tracker.codebook, domain, day, in_register(tracker, actor, domain, day))
    events = tracker.model_of(actor).events
    events = events[events["domain"].isin(domains_of(tracker, domain))]
    known = events[events["date"] <= pd.Timestamp(day)]
    since = loss_day(tracker, actor, domain, day) if len(known) else None
    ended = _title_of_end(tracker, actor, domain, since)
    return no_position(
        tracker.codebook,
        day,
        len(known),
        (_first_date(tracker, events), _first_date(tracker, known[::-1])),
        since,
        ended,
        faded=not ended and since not in set(known["date"].dt.date),
        overall=overall,
    )


def _first_date(tracker: Tracker, events: pd.DataFrame) -> Dated | None:
    return tracker.dates[events["event_id"].iloc[0]] if len(events) else None


def loss_day(tracker: Tracker, actor: str, domain: str, day: date) -> date | None:
    """Return the first day of the time without a position in which a day lies; missing where there
    never was a position before. Raises IndexError where there is a position on the day.
    """
    line = actor_line(tracker, actor, domain)
    days = [*line["date"].dt.date]
    with_position = [d for d, s in zip(days, line["stance"], strict=True) if d <= day and s == s]
    start = with_position[-1] if with_position else tracker.codebook.first_date
    # Up to the next point of the line nothing comes in or ends: evidence only fades.
    end = min([d for d in days if d > start] + [day])
    return _first_without(tracker, actor, domain, start, end)


@memoize
def _first_without(
    tracker: Tracker, actor: str, domain: str, start: date, end: date
) -> date | None:
    """Return the first day without a position; missing where `start` has none already."""
    days = [start + k * ONE_DAY for k in range((end - start).days + 1)]
    arrays = tracker.model_of(actor).arrays(days)
    missing = np.isnan(arrays.stance[:, 0, tracker.column(domain)])
    return None if missing[0] else days[int(np.flatnonzero(missing)[0])]


def _title_of_end(tracker: Tracker, actor: str, domain: str, day: date | None) -> str:
    """Return the title of an act that ended or lapsed on a day; empty: none, or replaced."""
    if day is None:
        return ""
    acts = policy_levels(tracker, actor)
    ended = (acts["until"] == pd.Timestamp(day)) & (acts["score"] != 0)
    ended &= acts["key"].isin(domains_of(tracker, domain))
    ended &= ~acts["key"].isin(acts.loc[acts["date"] == pd.Timestamp(day), "key"])
    titles = [tracker.titles[event] for event in acts.loc[ended, "event_id"]]
    return titles[-1] if titles else ""


def domains_of(tracker: Tracker, domain: str) -> tuple[str, ...]:
    """Return the domains that a domain, or overall, is made of."""
    return tracker.model.domains if domain == OVERALL else (domain,)


def why_no_act(tracker: Tracker, actor: str, domain: str, day: date) -> str:
    """Say why no act of an actor is in force in a domain on a day, or none scored as one."""
    rules = _in_force(tracker, actor, domain, day)
    known = {"in_force": not rules.empty, "general": _are_general(tracker, rules)}
    acts = policy_levels(tracker, actor)
    acts = acts[(acts["key"] == domain) & (acts["date"] <= pd.Timestamp(day))]
    if acts.empty:
        return no_act(tracker.codebook, domain, "", None, left_nothing=False, **known)
    last: Any = acts.iloc[-1]
    spent = bool(last["score"] == 0)
    when = tracker.dates[last["event_id"]] if spent else last["until"]
    title = tracker.titles[last["event_id"]]
    return no_act(tracker.codebook, domain, title, when, left_nothing=spent, **known)


def in_register(tracker: Tracker, actor: str, domain: str, day: date) -> bool:
    """Say whether the register has an act of an actor in force in a domain, or in any."""
    return not _in_force(tracker, actor, domain, day).empty


def _in_force(tracker: Tracker, actor: str, domain: str, day: date) -> pd.DataFrame:
    acts = acts_on(tracker.data, day)
    applies = (acts["actor"] == actor) & acts["domain"].isin(domains_of(tracker, domain))
    return acts[applies & (acts["status"] == IN_FORCE)]


def _are_general(tracker: Tracker, rules: pd.DataFrame) -> bool:
    """Say whether there are rules, and none that names the subject or was used on it, as known."""
    texts = rules["name"] + " " + rules["obligation"]
    rows = zip(texts, rules["applied"], strict=True)
    return not rules.empty and all(is_general(tracker.codebook, *row) for row in rows)


# -- in words -----------------------------------------------------------------------------------

# Where so many percent of an overall stance are missing or more, it is said to rest on little.
_LITTLE = 25
_ALL = "100 %"
WHY = (
    "A position is the mean of the scores of what counts, by weight. In each field the newest law "
    "or decision counts in full while in force, and nothing before it counts; statements since "
    "count less as they age, and milder ones in its direction at its score. The shares of each "
    "table add up to its position."
)


def rests_on(codebook: Codebook, parts: Mapping[str, DomainPart], mine: Mapping[str, Any]) -> str:
    """Return how many domains an overall stance rests on, their names, and those whose evidence is
    old. `parts`, `mine` (see `standing_of`): by domain; empty: there is none.
    """
    # What counts for less than is printed is nothing to rest on.
    heavy = sorted((c for c in parts if parts[c].share), key=lambda code: -parts[code].share)
    if not heavy:
        return ""
    counted = shares_together(parts)
    if len(heavy) == 1 and counted < 100:
        return _rests_on_one(codebook, heavy[0], counted, old=mine[heavy[0]].old)
    count = words.plural(len(codebook.domains), "field")
    every = len(heavy) == len(codebook.domains)
    of_all = f"all {count}" if every else f"{words.number(len(heavy))} of {count}"
    text = f"The overall label rests on {of_all}: {_names_with_shares(codebook, parts, heavy)}."
    if counted < 100:
        text += f" {_missing_words(100 - counted)}"
    old = [f"on {_in_sentence(codebook, code)}" for code in heavy if mine[code].old]
    return f"{text} Evidence {words.listing(old)} is old." if old else text


def _names_with_shares(
    codebook: Codebook, parts: Mapping[str, DomainPart], heavy: Sequence[str]
) -> str:
    """Domains as a list in a sentence, each with its share, unless one has all."""
    shares = share_texts(parts)
    named = [(_in_sentence(codebook, code), shares[code]) for code in heavy]
    return words.listing([f"{name} ({share})" if share != _ALL else name for name, share in named])


def share_texts(parts: Mapping[str, DomainPart]) -> dict[str, str]:
    """Return the shares of domains in an overall stance in whole percent, by domain."""
    return dict(zip(parts, words.portions([part.share for part in parts.values()]), strict=True))


def _missing_words(missing: float) -> str:
    """Say that so many percent of an overall stance count as 0; of many: that it is little."""
    part = words.portion(missing)
    if missing < _LITTLE:
        return f"What is missing, {part}, is counted as 0."
    return f"Little else is known: what is missing, {part}, is counted as 0."


def _rests_on_one(codebook: Codebook, domain: str, counted: float, *, old: bool) -> str:
    """Return that an overall stance rests on one domain of little weight, and how far it counts."""
    part = "half" if counted == 50 else f"for {words.portion(counted)}"
    text = (
        f"The overall label rests on {_in_sentence(codebook, domain)} alone, which counts {part}."
    )
    return f"{text} The evidence is old." if old else text


def _in_sentence(codebook: Codebook, domain: str) -> str:
    """Return the label of a domain within a sentence."""
    return words.about_domain(codebook, domain).removeprefix("in ")


def what_is_left(share: str) -> str:
    """Return that a domain without a position still has a share in the overall stance."""
    return f"what is left counts {share}"


def scale_ends(codebook: Codebook) -> tuple[str, str]:
    """Return the ends of the scale in figure and word."""
    scale = codebook.scale
    low, high = (f"{words.figure(x, 0)} {scale.labels[x]}" for x in (scale.min, scale.max))
    return low, high


def actor_headline(
    codebook: Codebook,
    name: str,
    domain: str,
    stance: float,
    acts: Sequence[str],
    uncounted: Sequence[str] = (),
    *,
    spent: bool = False,
) -> str:
    """Say where an actor stands. `acts`: the domains (codes) in which an act in force is counted,
    of those that are shown; `uncounted`: those in which rules are in force, and none is counted;
    `spent`: see `has_spent_act`.
    """
    if math.isnan(stance):
        where = words.about_domain(codebook, domain)
        return f"{name}: no current position on {codebook.subject} {where}"
    if domain != OVERALL:
        where, act = words.about_domain(codebook, domain), words.holds(codebook, domain)
        binds = f"with an {act}" if acts else f"with no recorded {act}"
        if uncounted:
            binds = _without_level("", spent)
        return f"{name} {where}: {words.label(codebook, stance)}, {binds}"
    binds = _in_force_in(codebook, acts, uncounted, spent)
    return f"{name}: {words.label(codebook, stance)}, {binds}"


# Rules of the register that no level rests on.
SET_NO_LEVEL = "set no level"


def _without_level(where: str, spent: bool) -> str:
    """Say that rules in force set no level, and that the label comes from statements, unless an act
    that left nothing counts with these. `where`: of the rules, after a blank.
    """
    if spent:
        return f"with rules in force{where} that {SET_NO_LEVEL}"
    return f"from statements; its rules in force{where} {SET_NO_LEVEL}"


def uncounted_rules(stance: float, *, spent: bool = False) -> str:
    """Say where space is short that rules are in force, and none sets the level of an actor.
    `spent`: see `has_spent_act`.
    """
    text = f"Rules in force {SET_NO_LEVEL}"
    return text if math.isnan(stance) or spent else f"{text}; the label rests on statements"


def has_spent_act(tracker: Tracker, actor: str, domain: str, day: date) -> bool:
    """Say whether an act that leaves nothing in force, as a repeal, counts beside the statements of
    an actor on a day, in a domain or in any.
    """
    acts = policy_levels(tracker, actor)
    known = acts[
        acts["key"].isin(domains_of(tracker, domain)) & (acts["date"] <= pd.Timestamp(day))
    ]
    return bool((known.groupby("key")["score"].last() == 0).any())


def _in_force_in(
    codebook: Codebook, acts: Sequence[str], uncounted: Sequence[str], spent: bool
) -> str:
    """Say in how many fields acts are in force, if a case is open, how many rules do not count."""
    cases = [code for code in acts if codebook.domains[code].open_case]
    laws = len(acts) - len(cases)
    text = [f"an act in force in {_some_fields(codebook, laws)}"] if laws else []
    text += ["an open case"] if cases else []
    rest = len(uncounted)
    if rest and not text:
        return _without_level(f" in {_some_fields(codebook, rest)}", spent)
    if rest:
        text.append(f"rules that {SET_NO_LEVEL} in {words.number(rest)} more")
    return f"with {words.listing(text) or f'no recorded {words.ACT_IN_FORCE}'}"


def _some_fields(codebook: Codebook, count: int) -> str:
    every = len(codebook.domains)
    some = f"{words.number(count)} of {words.plural(every, 'field')}"
    return some if count < every else "every field"


def actor_subtitle(codebook: Codebook, domain: str, as_of: words.Day) -> str:
    """Return what is shown of an actor, and as of when."""
    where = words.about_domain(codebook, domain)
    return f"Position on {codebook.subject} {where}, {words.day(as_of)}."


def nothing_newer(
    last: words.Day | None, later: Sequence[words.Day], reach: str, as_of: date, where: str = ""
) -> str:
    """Since when nothing is known. `last`: the day of the last event up to the day, context too;
    `later`: the days of those after it, the first one first; `reach`: how far the data goes, in
    words; `as_of`: the day; `where`: the domain they are of, in words after a blank.
    """
    if last is None and not later:
        other = "field" if where else "country or body"
        return f"No event{where} is in the data; choose another {other}."
    after = (
        f"{words.plural(len(later), 'later event', start=True)} "
        f"{'is' if len(later) == 1 else 'are'}"
    )
    if last is None:
        first = f"{'' if len(later) == 1 else 'the first '}of {words.day(later[0])}"
        return f"No event{where} is known up to that day. {after} in the data, {first}."
    when = f"{words.day(last)}{words.unknown_day_note(last, as_of)}"
    if later:
        return f"The last event{where} known on that day is of {when}. {after} in the data."
    return f"Latest event{where}: {when}. {reach}."


def without_events(codebook: Codebook, domains: Sequence[str], as_of: words.Day) -> str:
    """Return the domains (codes) in which nothing was ever scored."""
    where = [_in_sentence(codebook, code) for code in domains]
    return f"No scored event up to {words.day(as_of)} in {words.alternatives(where)}."


def nothing_here(codebook: Codebook, domain: str, elsewhere: int) -> str:
    """Return that there is no event in a domain. `elsewhere`: how many there are in others."""
    text = f"No event {words.about_domain(codebook, domain)} is recorded up to this day"
    return f"{text}; choose Overall to see the {words.number(elsewhere)} in other fields."


def no_position(
    codebook: Codebook,
    as_of: words.Day,
    events: int,
    span: tuple[words.Day | None, words.Day | None],
    since: words.Day | None,
    ended: str,
    *,
    faded: bool,
    overall: bool,
) -> str:
    """Say why there is no current position.

    `events`: the number of scored events up to the day; `span`: the first scored event of all, and
    the last up to the day; `since`: the first day without a position, missing where there never was
    one; `ended`: the title of an act that ended on that day; `faded`: nothing else happened then;
    `overall`: in no domain, each of which has to be above the minimum by itself.
    """
    first, last = span
    if last is None:
        text = f"{NO_POSITION}: no scored event up to {words.day(as_of)}"
        return f"{text}; the first is of {words.day(first)}." if first else f"{text}."
    minimum = f"the minimum of {codebook.model.minimum_evidence:g}"
    # What a domain without weight has says nothing of the overall stance.
    all_weigh = all(domain.weight for domain in codebook.domains.values())
    field = "field" if all_weigh else "field that weighs anything"
    known = (
        f"{NO_POSITION}. The last of {words.plural(events, 'scored event')} was "
        f"{words.on_day(last)}"
    )
    if events == 1:
        known = f"{NO_POSITION}. The only scored event was {words.on_day(last)}"
    if since is None:
        anywhere = f" in any {field}" if overall else ""
        return f"{known}; what it leaves has never been above {minimum}{anywhere}."
    short = f"is above {minimum} in no {field}" if overall else f"is no more than {minimum}"
    if ended:
        act = f"{words.ACT_ENDED}, {words.quote(ended)}"
        return f"{known}. On {words.day(since)} {act}, and what is left {short}."
    if faded:
        return f"{known}; too old to count since {words.day(since)}."
    return f"{known}; since {words.day(since)} what counts {short}."


def none_by_acts(codebook: Codebook, domain: str, as_of: words.Day, in_force: bool) -> str:
    """Say why there is no position where words are left out. `in_force`: see `no_act`."""
    when = f"{' in any field' if domain == OVERALL else ''} {words.on_day(as_of)}"
    if in_force:
        return f"{NO_POSITION}: {_nothing_counted(codebook, domain)}{when}."
    return f"{NO_POSITION}: {words.none_holds(codebook, domain, when)}."


def no_act(
    codebook: Codebook,
    domain: str,
    title: str,
    when: words.Day | None,
    *,
    left_nothing: bool,
    in_force: bool = False,
    general: bool = False,
) -> str:
    """Say why no act is in force in a domain. `title`: of the last act, empty where there was none;
    `when`: its day where it left nothing in force, else the day on which it ended or lapsed;
    `in_force`: the register has one that is not scored as an act; `general`: none of these names
    the subject or is known to have been used against it.
    """
    if not title or when is None:
        return _rests_on_words(codebook, domain, in_force, general)
    none = _nothing_counted(codebook, domain) if in_force else words.none_holds(codebook, domain)
    none = words.sentence_start(none)
    if left_nothing:
        return f"{none}: {words.quote(title)} left none {words.on_day(when)}."
    return f"{none}: {words.quote(title)} ended or lapsed {words.on_day(when)}."


def _rests_on_words(codebook: Codebook, domain: str, in_force: bool, general: bool) -> str:
    """Return that a label rests on statements, and what of the rules there are. See `no_act`."""
    none = _nothing_counted(codebook, domain) if in_force else words.none_holds(codebook, domain)
    if general:
        none = f"no rule here names {codebook.subject} or is known to have been used against it"
    return f"{words.sentence_start(none)}; the label rests on statements."


def _nothing_counted(codebook: Codebook, domain: str) -> str:
    """Return that what binds in a domain, or overall, sets no level, within a sentence."""
    act = words.ACT_IN_FORCE if domain == OVERALL else words.holds(codebook, domain)
    return f"no {act} is counted"


def confirms_words(score: float, counted: float, act: str = words.ACT_IN_FORCE) -> str:
    """Say of a word that it counts with the score of the act in force (`act`: what it is)."""
    figures = f"{words.figure(score, 0)} as {words.figure(counted, 0)}"
    return f"in line with the {act}; counted with it ({figures})"


def earlier_events(count: int) -> str:
    """Say how many events of a domain count no more."""
    if not count:
        return ""
    verb, they_are, their = (
        ("counts", "it is", "its") if count == 1 else ("count", "they are", "their")
    )
    why = f"{they_are} too old, or a newer law or decision stands in {their} place"
    return f"{words.plural(count, 'earlier event', start=True)} no longer {verb}: {why}."


def more_events(count: int, sums: tuple[float, float, float]) -> str:
    """Return the events of an explanation that are folded away, with what they have of the weight
    and of the stance. `sums`: of their printed weights, shares and contributions.
    """
    weight, share_printed, part = sums
    return (
        f"{words.plural(count, 'more event', start=True)}: weight {weight:.2f}, "
        f"{words.percent(share_printed)} of it all, {words.figure(part, 2)} of the position"
    )


def lately_heading(count: int, months: int, day: words.Day, about: str = "") -> str:
    """Return the heading of what happened lately. `count`: of the scored events; `about`: their
    field, for the end of a sentence, empty: all.
    """
    events = " ".join(filter(None, (words.plural(count, "scored event", start=True), about)))
    return f"{events} in the {months} months to {words.day(day)}"


def lately_more(count: int) -> str:
    """Say how many events of that time are left out; empty where none is."""
    if count <= 0:
        return ""
    return f"{words.plural(count, 'earlier event', start=True)} of these months: see the page."


def timeline_subtitle(counts: tuple[int, int], domain: str, elsewhere: int) -> str:
    """Say how many events a timeline shows; `counts`: scored, context; `elsewhere`: others."""
    scored, context = counts
    text = words.plural(scored, "scored event", start=True)
    if context:
        text += f" and {words.plural(context, 'context event')}, not counted"
    if domain != OVERALL and elsewhere:
        text += f"; {words.number(elsewhere)} in other fields"
    return f"{text}."


def timeline_alt(codebook: Codebook, name: str, counts: Mapping[str, tuple[int, int]]) -> str:
    """Tell the timeline in words. `counts`: scored and context events by domain."""
    text = [
        f"{codebook.domain_label(domain)}: {scored} scored, {context} context (not counted)"
        for domain, (scored, context) in counts.items()
    ]
    what = f"Timeline of the events of {name} on {codebook.subject}"
    return f"{what}. {'; '.join(text)}. They stand in the table below."


def count_note(share_printed: float | None, scored: bool, sets_level: bool, is_shown: bool) -> str:
    """Say whether an event counts on the day. `share_printed`: its share of the stance of its
    domain, in percent; `sets_level`, `is_shown`: a later act only confirms the level that this one
    set, or is shown for.
    """
    if share_printed is not None:
        return f"{words.portion(share_printed)} of its field"
    if sets_level:
        return "Set the level that holds"
    if is_shown:
        return "Shown for the level that holds"
    return "No longer" if scored else "Context, never"


def counts_now(
    events: pd.DataFrame, counting: Mapping[str, Sequence[Reason]], mine: Mapping[str, Any]
) -> dict[str, str]:
    """Say of each event of an actor, by its id, whether it counts on the day. `counting`: see
    `reasons_by_domain`; `mine`: see `standing_of`.
    """
    share = {reason.event_id: reason.share for reasons in counting.values() for reason in reasons}
    setters = {row.in_force_event_id for row in mine.values()}
    acts = {row.act_event_id for row in mine.values()}
    scored = zip(events["event_id"], events["score"].notna(), strict=True)
    return {e: count_note(share.get(e), known, e in setters, e in acts) for e, known in scored}
