"""The settings that a link carries: how each is read and written, and what it says on a route."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from stances import words
from stances.answers import acts, binding, coverage, ledger, steps
from stances.answers.agreement import AGREEMENT_ORDERS
from stances.answers.domains import DOMAIN_ORDERS
from stances.answers.events import COUNTED, SORTS, scores_in, words_in
from stances.answers.happened import MOVE_ORDERS
from stances.answers.members import PRACTICES, orders
from stances.answers.nearest import DISTANCE_ORDERS
from stances.answers.news import NEWS_KINDS
from stances.answers.pair import PAIR_ORDERS
from stances.answers.practice import FILTER_WORDS
from stances.answers.release_words import RELEASE_ORDERS
from stances.answers.sensitivity import SENSITIVITY_ORDERS
from stances.answers.tracker import Tracker
from stances.answers.years import first_year
from stances.dataset import schema
from stances.dataset.codebook import OVERALL
from stances.dataset.days import ONE_DAY, as_day, read_first_day, read_last_day
from stances.dataset.faults import BadInput, inline
from stances.dataset.ids import no_id
from stances.dataset.names import did_you_mean
from stances.dataset.releases import release_for, release_name
from stances.dataset.tables import Dataset
from stances.figures.map import VIEWS
from stances.links.register import ACTOR, DATA, KNOWN, OF_RELEASE, PAGE_PARAMETERS, RELEASE
from stances.model.settings import Settings
from stances.model.stance import ACTS, ALL

LAYOUTS = {"lines": "One chart", "small": "Small multiples"}
COMPARISONS = {"dates": "What happened", "actors": "Two side by side", "distances": "Distances"}
# Of the map as a table.
STANCE_SORTS = {
    "stance": "By stance",
    "name": "By name",
    "since": "Newest level first",
    "last": "Newest event first",
    "label": "By label",
    "low": "By the low end of the margin",
    "high": "By the high end of the margin",
}
SECTIONS = {
    "downloads": "Downloads",
    "codebook": "Codebook and formula",
    "sensitivity": "Sensitivity",
    "coverage": "Coverage",
    "agreement": "Agreement",
    "citing": "Changelog and citing",
}
BESIDE = {"latest": "Latest", "classes": "By class"}
MEASURES = {"events": "Events", "sources": "Sources"}
# Whether a page becomes live by itself, or by a touch alone.
LIVE = {"0": "By a touch", "1": "At once"}
# What stances rest on. Events and data are the same on either basis, and acts are acts.
RESTS_ON = {ALL: "All", ACTS: "Acts only"}
_COMPARE = "compare"
# The date that all pages share.
DAY = "as_of"
# The place of a part of a table of many rows has so many figures.
_PAGE = re.compile(r"[1-9][0-9]{0,3}")
# Stands for every actor with a position, beside the groups.
ALL_ACTORS = schema.ALL_ACTORS
_EVERYBODY = "All countries and bodies"
SEPARATOR = ","
# The constants of the model that a reader may change, as the link names them.
_CONSTANTS = {
    "act": "binding_weight",
    "half_life": "half_life_factor",
    "evidence": "minimum_evidence",
    "full": "full_evidence",
}
# As many lines as a trend chart has colours for.
MOST_LINES = 8
# So many codes are named at most where they are said to be allowed; of more the first few are.
MOST_NAMED, _FIRST_NAMED = 60, 8


class PartlyBad(BadInput):
    """A list of which not all can be used. `rest`: what can be."""

    def __init__(self, text: str, rest: list[str]) -> None:
        super().__init__(text)
        self.rest = rest


Labels = Callable[[Tracker], Mapping[str, str]]


class Sense(NamedTuple):
    """A parameter as addresses of data have it that begin with a path: what it says there, and the
    `kind`, as of a Parameter, `one` of codes of their own or a `part`, a day, month or year; empty:
    what is allowed is as in links.
    """

    about: str
    kind: str = ""


Senses = Mapping[str, Sense]


@dataclass(frozen=True)
class Parameter:
    """A setting: how its text in the address is read and written, and what it is without one.

    `about`: what it says, for who writes an address; `read` raises BadInput with what is allowed,
    PartlyBad where some of it can be used; `label`: of its control; `labels`: what can be chosen,
    by its code (None: anything that can be read); `kind`: `one` of its labels, `several` of them, a
    `day`, a `whole` number or a `text`; `senses`: where it says something else, by the beginning of
    addresses of data.
    """

    about: str
    read: Callable[[Tracker, str], Any]
    default: Callable[[Tracker], Any]
    write: Callable[[Any], str] = str
    label: str = ""
    labels: Labels | None = None
    kind: str = "text"
    senses: Senses = field(default_factory=dict)

    def codes(self, tracker: Tracker) -> list[str]:
        """Return what can be chosen; none where anything that can be read is taken."""
        return list(self.labels(tracker)) if self.labels else []


def _one(
    about: str, label: str, labels: Labels, default: Callable[[Tracker], Any] | None = None
) -> Parameter:
    """Make a parameter of one of some codes; without a default the first of them."""

    def first(tracker: Tracker) -> str:
        return next(iter(labels(tracker)))

    return Parameter(about, _one_of(labels), default or first, str, label, labels, "one")


def _several(
    about: str,
    label: str,
    labels: Labels,
    default: Callable[[Tracker], list[str]] | None = None,
    most: float = math.inf,
) -> Parameter:
    """Make a parameter of several of some codes; without a default none, which narrows nothing."""
    read = _list_of(labels, most)
    chosen = default or (lambda _: [])
    return Parameter(about, read, chosen, SEPARATOR.join, label, labels, "several")


def _day(about: str, label: str, default: Callable[[Tracker], date | None]) -> Parameter:
    return Parameter(
        about, lambda tracker, text: tracker.data.day(text), default, str, label, kind="day"
    )


def _fixed_labels(labels: Mapping[str, str]) -> Labels:
    """Labels that are the same whatever the data is."""
    return lambda _: labels


# The orders of the tables of each page that shares the parameter, the first one without a link.
_ORDERS_ON: dict[str, dict[str, Labels]] = {
    "sort": {
        **dict.fromkeys(("events", "trends", "actor"), _fixed_labels(SORTS)),
        "": _fixed_labels(STANCE_SORTS),
        "compare": _fixed_labels({**MOVE_ORDERS, **PAIR_ORDERS, **DISTANCE_ORDERS}),
        "data": lambda tracker: coverage.orders(
            tracker.data, {**RELEASE_ORDERS, **SENSITIVITY_ORDERS, **AGREEMENT_ORDERS}
        ),
        "acts": _fixed_labels(steps.ORDERS),
        "domains": _fixed_labels(DOMAIN_ORDERS),
    },
    "by": {"acts": _fixed_labels(acts.ORDERS), ACTOR: _fixed_labels(binding.ORDERS)},
}
# Of tables that stand behind a press. Who orders them, even as they come, sees them at once: so
# without a link they are in no order that has a name.
_FOLDED = {("acts", "sort"), (ACTOR, "by")}
# What they order, where it is another table than the one that the page is about.
_ABOUT_ON = {("acts", "sort"): "The order of the deadlines as a table"}


def _orders_of(name: str) -> Labels:
    """Return the orders that a parameter has on any page."""
    return lambda tracker: {
        code: text for of in _ORDERS_ON[name].values() for code, text in of(tracker).items()
    }


def _one_of(allowed: Labels) -> Callable[[Tracker, str], str]:
    return lambda tracker, text: read_one(list(allowed(tracker)), text, allowed(tracker))


def read_one(
    codes: Collection[str], text: str, names: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Return a text that is one of some codes. Raises BadInput, with the one that may be meant.
    `names`: of codes, as readers know them.
    """
    if text not in codes:
        near = did_you_mean(text, list(codes), names)
        raise BadInput(f"{inline(text)} is not one of: {some(list(codes))}{near}")
    return text


def some(codes: Sequence[str]) -> str:
    """Return codes that are allowed, of many the first few."""
    if len(codes) <= MOST_NAMED:
        return ", ".join(codes)
    first = ", ".join(codes[:_FIRST_NAMED])
    return f"{first} and {len(codes) - _FIRST_NAMED} more; see the tables"


def _read_switch(_: Tracker, text: str) -> bool:
    if text not in ("0", "1"):
        raise BadInput(f"{inline(text)} is not one of: 0, 1")
    return text == "1"


def _read_page(_: Tracker, text: str) -> int:
    if not _PAGE.fullmatch(text):
        raise BadInput(f"{inline(text)} is not a whole number from 1 to 9999")
    return int(text)


def subjects(tracker: Tracker) -> list[str]:
    """List all that a stance can be shown of: actors, then groups."""
    return [*tracker.model.actors, *tracker.groups]


def subject_labels(tracker: Tracker) -> dict[str, str]:
    """Return the names of all that a stance can be shown of, in the order of these."""
    return _actor_labels(tracker, subjects(tracker))


def actor_labels(tracker: Tracker) -> dict[str, str]:
    """Return the names of those that take positions, in their order."""
    return _actor_labels(tracker, tracker.model.actors)


def who_labels(tracker: Tracker) -> dict[str, str]:
    """Return the names of all whose events or acts can be looked for; groups as members."""
    codes = [*tracker.by_name(tracker.data.actors["actor"]), *tracker.groups]
    return {code: who_name(tracker, code) for code in codes}


def who_name(tracker: Tracker, code: str) -> str:
    """Return the name of an actor, or of a group as those who belong to it."""
    is_group = code in tracker.groups
    return tracker.data.about.members_of(code) if is_group else tracker.names[code]


def _actor_labels(tracker: Tracker, codes: Iterable[str]) -> dict[str, str]:
    return {code: tracker.names[code] for code in tracker.by_name(codes)}


def _groups(tracker: Tracker) -> dict[str, str]:
    return {**{name: name for name in tracker.groups}, ALL_ACTORS: _EVERYBODY}


def among_labels(tracker: Tracker) -> dict[str, str]:
    """Name those whose actions can be asked for: everybody, the members of a group, an actor."""
    codes = [*tracker.groups, *tracker.by_name(tracker.model.actors)]
    return {ALL_ACTORS: _EVERYBODY, **{code: who_name(tracker, code) for code in codes}}


def years(tracker: Tracker) -> range:
    """Return the years that have stances."""
    return range(tracker.codebook.first_date.year, tracker.data.today.year + 1)


def _domains(tracker: Tracker) -> dict[str, str]:
    codebook = tracker.codebook
    return {code: codebook.domain_label(code) for code in codebook.columns}


def _instruments(tracker: Tracker) -> dict[str, str]:
    return {code: kind.label for code, kind in tracker.codebook.instruments.items()}


def _confidences(tracker: Tracker) -> dict[str, str]:
    return {code: code.capitalize() for code in tracker.codebook.model.tolerance}


def _first_actor(place: int) -> Callable[[Tracker], str]:
    """Return the actor at a place where none is chosen; the last where there are fewer."""

    def default(tracker: Tracker) -> str:
        actors = tracker.data.first_actors
        return actors[min(place, len(actors) - 1)]

    return default


def _list_of(allowed: Labels, most: float = math.inf) -> Callable[[Tracker, str], list[str]]:
    return lambda tracker, text: read_several(list(allowed(tracker)), text, most, allowed(tracker))


def read_several(
    codes: Collection[str],
    text: str,
    most: float = math.inf,
    names: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:
    """Return the codes in a text, each once. Raises BadInput, with what may be meant by the first
    that is none; PartlyBad where some are known. `names`: of codes, as readers know them.
    """
    parts = list(dict.fromkeys(part for part in text.split(SEPARATOR) if part))
    chosen = [part for part in parts if part in codes]
    bad = [part for part in parts if part not in codes]
    if len(chosen) > most:
        raise BadInput(f"{len(chosen)} are too many, at most {most} can be shown")
    if bad:
        note = f"{inline(', '.join(bad))} {'is' if len(bad) == 1 else 'are'} not one of"
        line = f"{note}: {some(list(codes))}{did_you_mean(bad[0], list(codes), names)}"
        raise PartlyBad(line, chosen) if chosen else BadInput(line)
    return chosen


def _read_event(tracker: Tracker, text: str) -> str:
    if text not in tracker.titles:
        raise BadInput(f"{no_id('event', text, tracker.titles)}; all stand in events.csv")
    return text


def _read_act(tracker: Tracker, text: str) -> str:
    if text not in tracker.acts:
        raise BadInput(f"{no_id('act', text, tracker.acts)}; all stand in acts.csv")
    return text


def deadline_kinds(tracker: Tracker) -> dict[str, str]:
    """Return what can be asked of the deadline of an act, by its code."""
    kinds = tracker.codebook.acts.deadline_kind
    return {acts.ALL: "Any", acts.ANY: "With a deadline", **kinds}


def _read_release(tracker: Tracker, text: str) -> str:
    return release_for(tracker.data, text, None).release


def _read_known(tracker: Tracker, text: str) -> date:
    data = tracker.data
    day = as_day(text, schema.EARLIEST_DATE, data.today)
    release_for(data, None, day)
    return day


def _read_settings(tracker: Tracker, text: str) -> Settings | None:
    """Return a reader's settings: `name:number` pairs; names: domains, and of `_CONSTANTS`."""
    codebook = tracker.data.codebook
    numbers: dict[str, float] = {}
    for part in text.split(SEPARATOR):
        name, _, number = part.partition(":")
        if name not in {*codebook.domains, *_CONSTANTS}:
            names = ", ".join([*codebook.domains, *_CONSTANTS])
            raise BadInput(f"{inline(name)} is not one of: {names}")
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", number):
            raise BadInput(f"{name}: {inline(number)} is not a number such as 2.5")
        numbers[name] = float(number)
    weights = {name: value for name, value in numbers.items() if name in codebook.domains}
    constants = {_CONSTANTS[name]: numbers[name] for name in _CONSTANTS if name in numbers}
    settings = Settings.from_choices(codebook, weights, **constants)
    return settings if settings.differences(codebook) else None


def _write_settings(settings: Settings) -> str:
    pairs = [
        *settings.domain_weights,
        *((name, getattr(settings, field)) for name, field in _CONSTANTS.items()),
    ]
    return SEPARATOR.join(f"{name}:{value:g}" for name, value in pairs)


# Begins every address of data.
_ANY = "/"
_NEWS = ("/changes", "/letter")


def _codes_and_groups(when: str) -> str:
    return f"Codes of actors, or groups for their members {when}"


def _members_alone(when: str) -> Sense:
    return Sense(f"Only members of this group {when}", "one")


# Frozen: links that people keep must go on to work, so names are only ever added.
PARAMETERS: dict[str, Parameter] = {
    "as_of": _day("The day", "As of", lambda tracker: tracker.data.opening_day),
    "domain": replace(
        _one("A domain, or overall", words.FIELD, _domains, lambda _: OVERALL),
        senses=dict.fromkeys(
            ("/snapshots", "/series"), Sense("A domain, or overall; without it all of them")
        ),
    ),
    "view": _one(
        "The part of the world",
        "Map",
        _fixed_labels({code: view.label for code, view in VIEWS.items()}),
    ),
    "actor": replace(
        _one(
            "The actor or group that is drawn out, or whose page it is",
            words.WHO,
            subject_labels,
            lambda _: None,
        ),
        senses={
            _ANY: Sense("Codes of actors", "several"),
            "/events": Sense(_codes_and_groups("in the period"), "several"),
            **dict.fromkeys(
                ("/acts", "/deadlines"), Sense(_codes_and_groups("on the day"), "several")
            ),
            **dict.fromkeys(_NEWS, Sense(_codes_and_groups("of today"), "several")),
        },
    ),
    "actors": _several(
        "The lines: codes of actors, names of groups",
        "Lines",
        subject_labels,
        lambda tracker: list(tracker.data.about.featured)[:MOST_LINES],
        MOST_LINES,
    ),
    "from": replace(
        _day("The first day", "From", lambda tracker: tracker.codebook.first_date),
        senses={
            "/deadlines": Sense("Deadlines that end on this day or later", "part"),
            "/happened": Sense("The day after which deeds are told: its own are not among them"),
            "/briefs": Sense(
                "The actor whom the brief is for, whose own positions and acts stand beside", "one"
            ),
        },
    ),
    "play": Parameter(
        "Whether the dates play", _read_switch, lambda _: False, lambda on: "1" if on else "0"
    ),
    "layout": _one(
        "All lines in one chart, or each in one of its own", "Layout", _fixed_labels(LAYOUTS)
    ),
    "compare": _one("What is compared", "Compare", _fixed_labels(COMPARISONS)),
    "then": _day("The first of two days, the other being as_of", "From", lambda _: None),
    "first": _one(
        "The first of two actors", f"First {words.within(words.WHO)}", actor_labels, _first_actor(0)
    ),
    "second": _one(
        "The second of two actors",
        f"Second {words.within(words.WHO)}",
        actor_labels,
        _first_actor(1),
    ),
    "group": replace(
        _one("A group, or all", "Group", _groups, lambda tracker: tracker.lead.group),
        senses={
            **dict.fromkeys(("/snapshots", "/acts", "/deadlines"), _members_alone("on the day")),
            "/series": _members_alone("on the day of each row"),
            "/series/groups": Sense("Only this group; without it all of them", "one"),
            "/happened": _members_alone("on the day of the act or statement"),
            "/feed": _members_alone("on the day of the event"),
            **dict.fromkeys(_NEWS, _members_alone("on the day that is told of")),
        },
    ),
    "q": Parameter(
        "Words that must all occur", lambda _, text: words_in(text), lambda _: "", label="Search"
    ),
    "who": _several(
        "Whose: actors, or groups for their members", "Countries and groups", who_labels
    ),
    "instruments": _several("Instruments", "Kind", _instruments),
    "scores": Parameter(
        "The lowest and the highest score, such as -3..-1",
        lambda tracker, text: scores_in(tracker.codebook, text),
        lambda tracker: (tracker.codebook.scale.min, tracker.codebook.scale.max),
        lambda scores: "..".join(map(str, scores)),
        "Level or position",
    ),
    "confidence": _several("Confidences", "Confidence", _confidences),
    "counted": _one("Scored events, context, or all", "Counted or context", _fixed_labels(COUNTED)),
    "sort": _one("The order of the table", "Order", _orders_of("sort")),
    "beside": _one("What stands beside the map", "Beside the map", _fixed_labels(BESIDE)),
    "event": Parameter("The open event", _read_event, lambda _: None),
    "example": Parameter("The event of the example", _read_event, lambda _: None),
    "settings": Parameter(
        "A reader's own settings of the model, name:number pairs",
        _read_settings,
        lambda _: None,
        _write_settings,
    ),
    "basis": _one(
        "What the stances rest on: all that counts, or acts alone",
        "Labels rest on",
        _fixed_labels(RESTS_ON),
    ),
    "section": _one("The part of the page", "Section", _fixed_labels(SECTIONS), lambda _: None),
    "measure": _one("What is counted", "What is counted", _fixed_labels(MEASURES)),
    "act": Parameter("The open act", _read_act, lambda _: None),
    "scope": _several("What the acts cover", "Covers", lambda tracker: tracker.codebook.acts.scope),
    "aim": _several(
        "How the acts meet the subject", "Aim", lambda tracker: tracker.codebook.acts.aim
    ),
    "applied": _several(
        "Whether the acts have been applied to the subject by the day; power: those that limit "
        "it by their level and are not known to have been used",
        "Used",
        _fixed_labels(FILTER_WORDS),
    ),
    "status": replace(
        _one(
            "The status of the acts on the day, or all", "Status", _fixed_labels(acts.STATUS_LABELS)
        ),
        senses={
            "/acts": Sense("The status of the acts on the day; without it all"),
            "/deadlines": Sense("The status of the acts on the day; without it either", "one"),
        },
    ),
    "deadline": _one("A kind of deadline, any, or all acts", "Deadline", deadline_kinds),
    # Not `from`, which is when the period of other pages begins, and goes along from page to page.
    "due_from": Parameter(
        "Deadlines that end on this day or later: a day, month or year",
        lambda _, text: read_first_day(text),
        lambda _: None,
        label="Deadlines from",
    ),
    "due_to": Parameter(
        "Deadlines that end on this day or before: a day, month or year",
        lambda _, text: read_last_day(text),
        lambda _: None,
        label="Deadlines to",
    ),
    "by": replace(
        _one("The order of the acts", "Order", _orders_of("by")),
        senses={
            "/feed": Sense(
                "By which day events are the newest, and in the period: that of their entry, or "
                "their own",
                "one",
            )
        },
    ),
    "order": replace(
        _one("The order of the members", "Sort by", lambda tracker: orders(tracker.codebook)),
        senses={
            "/happened": Sense(
                "The order of the acts and statements: the newest first, by what each has changed, "
                "or by actor",
                "one",
            )
        },
    ),
    # Whose actions are told: all unless a group or an actor is chosen, so it is not `group`,
    # nor `actor`, which is open beside those of all.
    "among": _one(
        "Whose acts and statements: an actor, members of a group, or all",
        "Countries and groups",
        among_labels,
    ),
    "only": _one("Acts and statements, or acts alone", "Show", _fixed_labels(ledger.ONLY)),
    "ledger": _one("The order of the acts and statements", "Order", _fixed_labels(ledger.ORDERS)),
    "page": Parameter(
        "Which hundred rows of a table are shown", _read_page, lambda _: 1, kind="whole"
    ),
    # Without it the browser decides, by the width of its window and its line.
    "live": _one(
        "Whether the page becomes live by itself", "Live", _fixed_labels(LIVE), lambda _: None
    ),
    # Kept as `then`, the day before it.
    "start": _day(
        "The first day of what is told, itself told of: the day after then, in its place",
        "From",
        lambda _: None,
    ),
    "practice": _one(
        "The members alone that headlines count so: by what their rules come to",
        "Members",
        _fixed_labels(PRACTICES),
    ),
    "years_from": _one(
        "The first year that is shown of a group through the years",
        "Years from",
        lambda tracker: {str(year): str(year) for year in years(tracker)},
        lambda tracker: str(first_year(tracker)),
    ),
    "before": _day(
        "A day before the one that is shown, whose map stands beside it", "Before", lambda _: None
    ),
    "release": Parameter(
        "The release whose tables and model all rests on, by its name or the hash in it; without "
        "it the data of today",
        _read_release,
        lambda _: None,
    ),
    "known": Parameter(
        "A day: the newest release of it or before, in place of release",
        _read_known,
        lambda _: None,
        kind="day",
    ),
}

# What addresses of data alone have, and no link to a page, by how these begin.
OF_ROUTES: dict[str, Senses] = {
    "to": {
        _ANY: Sense("The last day", "day"),
        "/deadlines": Sense("Deadlines that end on this day or before", "part"),
        "/happened": Sense("The last day of which deeds are told: its own are among them", "day"),
    },
    "kind": {
        "/deadlines": Sense("Kinds of deadlines", "several"),
        "/changes": Sense("; ".join(f"{k}: {text}" for k, text in NEWS_KINDS.items()), "several"),
    },
    "recorded_since": {
        "/events": Sense("Events whose rows have come in or changed since this day", "day")
    },
    "since": {
        "/briefs": Sense("What was done after this day; without it a year before the day", "day"),
        "/changes": Sense("The first day of what was told; without it a year before today", "day"),
        "/letter": Sense(
            "The first day of what was told; without it a week before the last", "day"
        ),
    },
    "until": {"/letter": Sense("The last day of what was told; without it today", "day")},
    "old": {
        "/releases": Sense(
            "A release, by its name or the hash in it; without it the one before the other", "text"
        )
    },
    "new": {"/releases": Sense("Another; without it the tables as they lie", "text")},
}


def sense_on(name: str, path: str) -> Sense | None:
    """Return a parameter as an address of data has it; None: as links do."""
    senses = OF_ROUTES[name] if name in OF_ROUTES else PARAMETERS[name].senses
    begins = [beginning for beginning in senses if path.startswith(beginning)]
    return senses[max(begins, key=len)] if begins else None


# Those that every page has, and what the heads of a table say, and the links below it.
_SHARED = (DAY, "domain", "settings", "basis", "sort", "page", "live", *OF_RELEASE)


def choices_of(page: str) -> list[str]:
    """Return the settings of a page alone that are chosen from what the data has."""
    return [
        name for name in PAGE_PARAMETERS[page] if name not in _SHARED and PARAMETERS[name].labels
    ]


# What `first` is where it is compared with all of a group.
NEAREST_TO = "Nearest to"


def groups_or_all(tracker: Tracker) -> dict[str, str]:
    """Return the groups of which distances are shown, and all actors, by code."""
    return {**{name: name for name in tracker.groups}, ALL_ACTORS: "All with a position"}


# -- as pages take them from their address -----------------------------------------------------


# What is another on a page than elsewhere.
_ON_PAGE: dict[tuple[str | None, str], Parameter] = {
    # The map opens on the domain that leads: its title is of what it shows.
    ("", "domain"): replace(
        PARAMETERS["domain"],
        default=lambda tracker: tracker.lead.domain if tracker.data.about.lead else OVERALL,
    ),
    **{
        (page, name): _one(
            _ABOUT_ON.get((page, name), PARAMETERS[name].about),
            PARAMETERS[name].label,
            labels,
            (lambda _: "") if (page, name) in _FOLDED else None,
        )
        for name, orders_on in _ORDERS_ON.items()
        for page, labels in orders_on.items()
    },
}


def parameter_on(page: str | None, name: str) -> Parameter:
    """Return a setting as a page has it; None: as any other has."""
    return _ON_PAGE.get((page, name), PARAMETERS[name])


def default_on(tracker: Tracker, page: str, name: str) -> Any:
    """Return what a setting is on a page whose link names none."""
    return parameter_on(page, name).default(tracker)


def is_chosen(name: str, query: Mapping[str, str]) -> bool:
    """Say whether an address says what a setting is: an empty list does, other empty texts not."""
    is_list = PARAMETERS[name].kind == "several"
    return name in query and (is_list or bool(query[name]))


def take_value(tracker: Tracker, page: str, name: str, text: str) -> tuple[Any, str]:
    """Return the value that a page takes from a text: of a list what can be used of it, else the
    default where nothing can; and what is wrong with the text, in a line, empty where nothing is.
    """
    parameter = parameter_on(page, name)
    without = parameter.default(tracker)
    try:
        return parameter.read(tracker, text), ""
    except PartlyBad as error:
        return error.rest, f"{_sentence(error)} The rest is shown."
    except BadInput as error:
        if name in OF_RELEASE:
            return None, f"{_sentence(error)} {_TODAYS}"
        # Without a day of its own a comparison shows the year before.
        instead = without is not None or name in ("then", "start")
        line = _sentence(error)
        return without, f"{line} The default is shown." if instead else line


def _sentence(error: BadInput) -> str:
    """Return what is wrong as a sentence, which may end in a question."""
    return f"{error}" if f"{error}".endswith("?") else f"{error}."


_TODAYS = "The data of today is shown."


def release_at(data: Dataset, query: Mapping[str, str]) -> Dataset:
    """Return the release that an address asks for; the dataset itself where it asks for none, or
    for one that there is not, of which `take_value` tells.
    """
    version, known = (query[name] if is_chosen(name, query) else None for name in OF_RELEASE)
    try:
        return release_for(data, version, known)
    except BadInput:
        return data


def both_releases(tracker: Tracker, values: Mapping[Any, Any]) -> str:
    """Say what is wrong where a release is named in two ways; empty: nothing."""
    version, known = (values[name] for name in OF_RELEASE)
    try:
        if version is not None and known is not None:
            release_for(tracker.data, version, known)
    except BadInput as error:
        return f"{error}. {_TODAYS}"
    return ""


def of_release(tracker: Tracker, values: Mapping[Any, Any]) -> dict[str, Any]:
    """Return what settings say of the release that a tracker is of, so that its links name it."""
    version = tracker.data.release or None
    known = values[KNOWN] if version else None
    return {RELEASE: None if known else version, KNOWN: known}


def release_texts_of(data: Dataset, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of a view with the release that its figures are of, so that they stay
    as they are whatever comes later; nothing: they are of none.
    """
    name = release_name(data)
    parameters = {key: text for key, text in texts.items() if key not in OF_RELEASE}
    return parameters | {RELEASE: name} if name else {}


def release_texts(data: Dataset) -> dict[str, str]:
    """Return the parameter by which an address is one of a release; none for the data of today."""
    return {RELEASE: data.release} if data.release else {}


def refusal(tracker: Tracker, page: str, name: str, wrong: str, values: Mapping[Any, Any]) -> str:
    """Say which setting could not be used. `wrong`: see `take_value`; `values`: up to this one."""
    line = f"{name} in the address: {wrong}"
    if (page, name) != (ACTOR, "actor"):
        return line
    return f"{line} {tracker.names[actor_of(tracker, values)]} is shown."


def others_event(tracker: Tracker, page: str, values: Mapping[str, Any]) -> str:
    """Say what is wrong with the open event on an actor's page, if another's; else empty."""
    if page != ACTOR or values["event"] is None:
        return ""
    event, shown_actor = values["event"], actor_of(tracker, values)
    columns = tracker.event_columns
    owner = columns["actor"][columns["event_id"] == event][0]
    if owner == shown_actor:
        return ""
    allowed = f"allowed are the events of {tracker.names[shown_actor]}"
    if shown_actor in tracker.groups:
        allowed = "a group has none of its own"
    return f"{event} is of {tracker.names[owner]}; {allowed}"


# The orders of a section of the page of data, or of what is compared, beside that without a link.
_ORDERS_OF: dict[str, Mapping[str, str]] = {
    "citing": RELEASE_ORDERS,
    "sensitivity": SENSITIVITY_ORDERS,
    "agreement": AGREEMENT_ORDERS,
    "dates": MOVE_ORDERS,
    "actors": PAIR_ORDERS,
    "distances": DISTANCE_ORDERS,
}


def others_order(tracker: Tracker, page: str, values: Mapping[str, Any]) -> str:
    """Say what is wrong with the order on a page of several parts, where no table of the one that
    is shown has it on the day; empty: nothing.
    """
    part = section_of(values) if page == DATA else values["compare"] if page == _COMPARE else ""
    if part == "coverage":
        allowed = coverage.orders_on(tracker.data, values[DAY])
    elif part in _ORDERS_OF:
        allowed = list(dict.fromkeys([default_on(tracker, page, "sort"), *_ORDERS_OF[part]]))
    elif page == DATA:
        allowed = [default_on(tracker, page, "sort")]
    else:
        return ""
    sort = values["sort"]
    return "" if sort in allowed else f"{inline(sort)} is not one of: {some(allowed)}"


def actor_of(tracker: Tracker, values: Mapping[Any, Any]) -> str:
    """Return the actor or group that a page of one shows: the chosen one, else the first of all."""
    chosen: str = values["actor"] or PARAMETERS["first"].default(tracker)
    return chosen


def section_of(values: Mapping[Any, Any]) -> str:
    """Return the section that the page of data shows: the chosen, else what a link is about."""
    chosen: str | None = values["section"]
    if chosen is not None:
        return chosen
    if values["example"] is not None:
        return "codebook"
    return "sensitivity" if values["settings"] is not None else "downloads"


def day_before(tracker: Tracker, values: Mapping[str, Any]) -> date:
    """Return the day that the shared one is compared with: the chosen, else a year before it."""
    chosen: date | None = values["then"]
    return chosen or tracker.year_before(values[DAY])


def settle_values(tracker: Tracker, values: Mapping[Any, Any]) -> dict[str, Any]:
    """Return settings where one says what another has: a first day told is the one after `then`."""
    start: date | None = values.get("start")
    if start is None:
        return {}
    return {"then": max(start - ONE_DAY, tracker.codebook.first_date), "start": None}


def texts_of(tracker: Tracker, page: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the text of each setting not as without a link, and of the date, which moves on."""
    return {
        name: PARAMETERS[name].write(value)
        for name, value in values.items()
        if value is not None and (name == DAY or value != default_on(tracker, page, name))
    }


def link_to(tracker: Tracker, page: str, values: Mapping[str, Any], here: str) -> dict[str, str]:
    """Return the parameters of a link to a page that shows the same, from the page `here`. To the
    page of an actor no event of another one goes along: it cannot be opened there; and to a table
    no order of another one, and no place among its rows.
    """
    texts = texts_of(tracker, page, {name: values[name] for name in PAGE_PARAMETERS[page]})
    if page != here:
        texts.pop("page", None)
    # `since` is of stances on the map, of deadlines on Rules.
    sorts = _ORDERS_ON["sort"]
    for name in _ORDERS_ON.keys() & texts.keys():
        is_alike = name == "by" or sorts.get(page) is sorts.get(here)
        if not is_alike or texts[name] not in parameter_on(page, name).codes(tracker):
            del texts[name]
    if "sort" in texts and others_order(tracker, page, values):
        del texts["sort"]
    if "event" in texts and others_event(tracker, page, values):
        del texts["event"]
    return texts
