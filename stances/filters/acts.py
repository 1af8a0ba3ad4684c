"""Filters of the page of acts: from the address, in words, and the acts that fit them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd

from stances import words
from stances.answers.acts import (
    ALL,
    ANY,
    POWER,
    STATUS_LABELS,
    STATUSES,
    ActCount,
    ActQuery,
    actors_of,
    acts_headline,
    acts_subtitle,
    find_acts,
    whose,
)
from stances.answers.events import nothing_text, quote_search
from stances.answers.introduction import known_later, known_until
from stances.answers.practice import FILTER_WORDS, practices, used_heading
from stances.answers.steps import DuePeriod, Step, steps_by_day, steps_of_acts
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OTHER_PART, OVERALL, Codebook
from stances.dataset.steps import leading_kind
from stances.filters import Filter, who_names
from stances.links import parameters
from stances.links.view import View
from stances.model.register import IN_FORCE

# The settings of the page that narrow what is found; the domain, which other pages share, does too.
FILTERS = ("q", "who", "status", "deadline", "scope", "aim", "applied")
_DAY = "as_of"
# What the headline tells of the filters, or the beginning of the line under it.
_ELSEWHERE = ("who", "status", "domain", "as_of")


@dataclass(frozen=True)
class ActMatches:
    """A search for acts on a day and its result: rows of `acts_on`, in their order. `others`: how
    many acts have another status and fit else, by its code; `group`: whose members alone are looked
    for; `period`: in which their deadlines end; `who`: the codes that are looked for, none: all;
    `akin`: where steps of the kind that leads are looked for, those of kinds akin to it, of acts
    that fit all else: about a part of the subject, by whose act and day.
    """

    query: ActQuery
    day: date
    rows: pd.DataFrame
    others: dict[str, int]
    filters: list[Filter]
    group: str
    period: DuePeriod
    who: tuple[str, ...]
    akin: list[Step]

    @property
    def deadline_kind(self) -> str:
        """The kind of deadlines that are looked for; empty: any, or none."""
        return "" if self.query.deadline in (ALL, ANY) else self.query.deadline


def act_matches(view: View) -> ActMatches:
    """Return what a view asks for."""
    tracker, day, who = view.tracker, view.day, view["who"]
    query = ActQuery(
        text=view["q"],
        actors=actors_of(tracker.data, day, who),
        domain=view.domain,
        scopes=view["scope"],
        aims=view["aim"],
        status=view["status"],
        deadline=view["deadline"],
        applied=view["applied"],
    )
    every = find_acts(tracker.data, day, replace(query, status=ALL), view["by"])
    counts = {code: int((every["status"] == status).sum()) for code, status in STATUSES.items()}
    others = {code: n for code, n in counts.items() if query.status not in (code, ALL)}
    rows = every if query.status == ALL else every[every["status"] == STATUSES[query.status]]
    group = who[0] if len(who) == 1 and who[0] in tracker.groups else ""
    filters = list(_filters(view, query))
    period = DuePeriod(view["due_from"], view["due_to"])
    akin = _akin_steps(tracker, query, day, period)
    return ActMatches(query, day, rows, others, filters, group, period, tuple(who), akin)


def _akin_steps(tracker: Tracker, query: ActQuery, day: date, period: DuePeriod) -> list[Step]:
    if query.deadline != leading_kind(tracker.codebook):
        return []
    rows = find_acts(tracker.data, day, replace(query, deadline=ANY))
    kinds = tuple(tracker.codebook.acts.akin)
    steps = steps_of_acts(tracker, day, rows["act_id"], kinds, period)
    return steps_by_day(step for step in steps if step.part != OTHER_PART)


def step_matches(tracker: Tracker, matches: ActMatches) -> list[Step]:
    """Return the steps of the acts found, of the kind and period looked for, in their order."""
    kinds = (matches.deadline_kind,) if matches.deadline_kind else ()
    return steps_of_acts(tracker, matches.day, matches.rows["act_id"], kinds, matches.period)


def steps_to_come(tracker: Tracker, matches: ActMatches) -> list[Step]:
    """Return steps of acts to come that fit all else, where only acts in force are wanted."""
    if STATUSES.get(matches.query.status) != IN_FORCE or not matches.others["not_yet"]:
        return []
    query = replace(matches.query, status="not_yet")
    rows = find_acts(tracker.data, matches.day, query)
    return step_matches(tracker, replace(matches, query=query, rows=rows))


def _filters(view: View, query: ActQuery) -> Iterator[Filter]:
    """Yield the filters that narrow what is found, the most particular first."""
    codebook = view.tracker.codebook
    text = act_filters(codebook, query)
    status = "" if query.status == ALL else f"status: {STATUS_LABELS[query.status]}"
    who = "" if query.actors is None else words.alternatives(who_names(view))
    field = codebook.domain_label(query.domain)
    wording: dict[str, tuple[str, dict[str, Any]]] = {
        "q": (text.get("q", ""), {"text": ""}),
        "who": (who, {"actors": None}),
        "scope": (text.get("scope", ""), {"scopes": ()}),
        "aim": (text.get("aim", ""), {"aims": ()}),
        "applied": (text.get("applied", ""), {"applied": ()}),
        "deadline": (text.get("deadline", ""), {"deadline": ALL}),
        "status": (status, {"status": ALL}),
        "domain": (f"the field {field}" if query.domain != OVERALL else "", {"domain": OVERALL}),
    }
    for name, (words_of_it, off) in wording.items():
        if words_of_it:
            yield Filter(name, words_of_it, off)
    if view.day != view.tracker.data.opening_day:
        yield Filter(_DAY, f"the day {words.day(view.day)}", {})


def act_filters(codebook: Codebook, query: ActQuery) -> dict[str, str]:
    """Return what narrows the acts beside whose they are, their status and domain, in words by the
    name of its setting; nothing of what is not set.
    """
    scopes = [codebook.acts.scope[code] for code in query.scopes]
    aims = [codebook.acts.aim[code] for code in query.aims]
    kinds = {ANY: "with a deadline", **codebook.acts.deadline_kind}
    due = kinds.get(query.deadline, "")
    text = {
        "q": f"the words {quote_search(query.text)}" if query.text else "",
        "scope": f"covering {words.alternatives(scopes)}" if scopes else "",
        "aim": f"aim: {words.alternatives(aims)}" if aims else "",
        "deadline": due if query.deadline == ANY or not due else f"deadline: {due}",
        "applied": _applied_words(codebook, query.applied),
    }
    return {name: wording for name, wording in text.items() if wording}


def _applied_words(codebook: Codebook, applied: Collection[str]) -> str:
    """Return what has become of the acts that are looked for; empty: anything."""
    codes = [code for code in applied if code != POWER]
    used = words.alternatives([words.within(FILTER_WORDS[code]) for code in codes])
    text = [f"{words.within(used_heading(codebook))}: {used}"] if codes else []
    power = [words.within(FILTER_WORDS[POWER])] if POWER in applied else []
    return words.alternatives([*text, *power])


def acts_words(
    tracker: Tracker, matches: ActMatches, named: Sequence[str], others: Mapping[str, int]
) -> str:
    """Say how many acts are found, and in doubt. `named`: `acts_headline`; `others`: `ActCount`."""
    size = len(matches.rows), matches.rows["actor"].nunique()
    doubt = int((matches.rows["doubt"] != "").sum()), known_later(tracker.data, matches.day)
    count = ActCount(*size, matches.group, others, *doubt)
    return acts_headline(tracker.codebook, tracker.data.about, matches.query, count, named)


def headline(view: View, matches: ActMatches) -> tuple[str, str]:
    """Return what is found, and what is shown of it."""
    tracker, actors = view.tracker, matches.rows["actor"].unique()
    named = [] if matches.group else who_names(view)
    if not (named or matches.group) and len(actors) == 1:
        named = [tracker.names[actors[0]]]
    line = acts_words(tracker, matches, named, matches.others)
    filters = [entry.wording for entry in matches.filters if entry.name not in _ELSEWHERE]
    subtitle = acts_subtitle(tracker.codebook, matches.query.domain, matches.day, filters)
    return known_until(tracker.data, matches.day, line), subtitle


def nothing_note(tracker: Tracker, matches: ActMatches) -> str:
    """Say why no act is found, and how many would be without each of the filters."""
    data, today = tracker.data, tracker.data.opening_day
    if not tracker.codebook.has_register:
        return "There is no register of rules to search."
    others = [
        (
            f"on {words.day(today)}" if entry.name == _DAY else f"without {entry.wording}",
            len(
                find_acts(
                    data,
                    today if entry.name == _DAY else matches.day,
                    replace(matches.query, **entry.off),
                )
            ),
        )
        for entry in matches.filters
    ]
    return nothing_text([entry.wording for entry in matches.filters], others, "rule")


def power_words(tracker: Tracker, matches: ActMatches) -> str:
    """Say what the acts found are counted as where powers alone are looked for, and how many of
    their actors have used another one: a group is counted by its members; empty elsewhere.
    """
    query, actors = matches.query, matches.rows["actor"].unique()
    if (
        tuple(query.applied) != (POWER,)
        or STATUSES.get(query.status) != IN_FORCE
        or not len(actors)
    ):
        return ""
    codebook, about = tracker.codebook, tracker.data.about
    level = words.label(codebook, codebook.scale.restricting)
    whom = (about.members if matches.group else about.actors) or "actors"
    text = (
        f"Rules are counted here, not {whom}: each at least as strict as {level} and not known to "
        f"have been used against {codebook.subject}, whether it gives a power or sets a duty."
    )
    by_actor = practices(tracker, matches.day, query.domain)
    used = sum(by_actor[actor].used for actor in actors if actor in by_actor)
    if not used or len(actors) == 1:
        return text
    where = "" if query.domain == OVERALL else f" {words.about_domain(codebook, query.domain)}"
    owners = whose(about, len(actors), matches.group)
    count = f"{words.number(used)} {words.have(used)}"
    return f"{text} Of the {owners}, {count} used another rule{where}."


def other_kinds(tracker: Tracker, matches: ActMatches) -> list[tuple[str, str]]:
    """Return the other kinds of deadlines that acts set which fit all else, where one is looked
    for: each as a code, with its label and how many acts of whom set it.
    """
    if not matches.deadline_kind:
        return []
    kinds = []
    for kind, label in tracker.codebook.acts.deadline_kind.items():
        rows = find_acts(tracker.data, matches.day, replace(matches.query, deadline=kind))
        if kind != matches.deadline_kind and len(rows):
            owners = whose(tracker.data.about, rows["actor"].nunique(), matches.group)
            kinds.append((kind, f"{label} ({words.plural(len(rows), 'rule')} of {owners})"))
    return kinds


def akin_words(tracker: Tracker, matches: ActMatches) -> str:
    """Say which steps of kinds akin to the one looked for are not shown, by when, and why who looks
    for these may look for those too; empty: there is none.
    """
    terms, text = tracker.codebook.acts, []
    for kind, why in terms.akin.items():
        of_kind = [step for step in matches.akin if step.kind == kind]
        if of_kind:
            where = words.quote(words.within(terms.deadline_kind[kind]))
            text += [f"Not shown here but under {where}: {_dates_words(tracker, of_kind)}. {why}"]
    return " ".join(text)


# Whose days are told one by one, where so many have some.
_MOST_DATED = 4


def _dates_words(tracker: Tracker, steps: Sequence[Step]) -> str:
    """Say whose steps some are, each with its day where few have one."""
    by_actor: dict[str, list[Step]] = {}
    for step in sorted(steps, key=lambda step: tracker.short_names[step.act.actor]):
        by_actor.setdefault(tracker.short_names[step.act.actor], []).append(step)
    if len(by_actor) > _MOST_DATED:
        return f"{words.plural(len(steps), 'date')} of {words.listing([*by_actor])}"
    return "; ".join(f"{who}, {_days_words(those)}" for who, those in by_actor.items())


def _days_words(steps: Sequence[Step]) -> str:
    """Return the days of steps, and behind those that share it what a reader must know of them."""
    alike = groupby(steps, key=lambda step: step.reserve_or_passed)
    days = (
        (reserve, [words.short_day(words.partial_date(step.deadline)) for step in group])
        for reserve, group in alike
    )
    return ", ".join(f"{words.listing(group)}{reserve}" for reserve, group in days)


def few_ended(tracker: Tracker, matches: ActMatches) -> list[tuple[str, str]]:
    """Return the acts beside those in force that have ended and fit all else, where they are few:
    each by its id, with whose it is, what it is called, and when it ended.
    """
    if not 0 < matches.others.get("ended", 0) <= _FEW_ENDED:
        return []
    query = replace(matches.query, status="ended")
    rows: Iterable[Any] = find_acts(tracker.data, matches.day, query).itertuples(index=False)
    return [
        (
            row.act_id,
            f"{tracker.short_names[row.actor]}: {row.name}, "
            f"{words.short_day(words.partial_date(row.ended))}",
        )
        for row in rows
    ]


# So many acts are named that are counted in the headline alone.
_FEW_ENDED = 3


# -- in the addresses of files --------------------------------------------------------------------

# What files call the settings of the page, and acts of which status set dates.
_IN_FILES = {"q": "q", "who": "actor", "scope": "scope", "aim": "aim", "applied": "applied"}
_WITH_STEPS = ("in_force", "not_yet")


def acts_file_texts(view: View) -> dict[str, str]:
    """Return the parameters of the file of the acts that a view finds."""
    settings = ("status", "deadline")
    status = {name: view[name] for name in settings if view[name] != ALL}
    return {"as_of": str(view.day), **_file_query(view), **status, **_release(view)}


def deadlines_file_texts(view: View, in_calendar: bool = False) -> dict[str, str]:
    """Return the parameters of the file of the deadlines that a view finds, or of the calendar of
    them: to subscribe to, so of no day, and with acts to come.
    """
    kind = {} if view["deadline"] in (ALL, ANY) else {"kind": view["deadline"]}
    ends = (("from", view["due_from"]), ("to", view["due_to"]))
    period = {name: str(day) for name, day in ends if day}
    narrowed = {**_file_query(view), **kind, **period, **_release(view)}
    if in_calendar:
        return narrowed
    status = {"status": view["status"]} if view["status"] in _WITH_STEPS else {}
    return {"as_of": str(view.day), **narrowed, **status}


def _file_query(view: View) -> dict[str, str]:
    domain = {} if view.domain == OVERALL else {"domain": view.domain}
    return {called: view.text(name) for name, called in _IN_FILES.items() if view[name]} | domain


def _release(view: View) -> dict[str, str]:
    return parameters.release_texts(view.tracker.data)
