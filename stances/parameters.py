"""The settings that a link carries: how each is read and written, and which page shows it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from stances import words
from stances.answers import acts
from stances.answers.events import scores_in, sought, words_in
from stances.answers.members import orders
from stances.answers.tracker import Tracker
from stances.answers.views import ACTOR
from stances.dataset import schema
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.faults import BadInput, shown
from stances.dataset.tables import Dataset
from stances.figures.map import VIEWS
from stances.model.settings import Settings
from stances.model.stance import ACTS, ALL

LAYOUTS = {"lines": "One chart", "small": "Small multiples"}
COMPARISONS = {"dates": "What happened", "actors": "Two actors", "distances": "Distances"}
COUNTED = {"all": "All events", "counted": "Counted", "context": "Context"}
SORTS = {"newest": "Newest first", "oldest": "Oldest first", "score": "By score"}
DEEDS = {"all": "Acts and statements", "acts": "Acts only"}
LEDGER_ORDERS = {"newest": "Newest first", "effect": "By effect"}
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
STATUSES = {"in_force": "In force", "not_yet": "Not yet", "ended": "Ended", acts.ALL: "All"}
ACT_ORDERS = {"name": "By name", "date": "Newest first", "deadline": "Latest deadline first"}
# What stances rest on. Events and data are the same on either basis, and acts are acts.
RESTS_ON = {ALL: "All", ACTS: "Acts only"}
OF_STANCES = frozenset({"", "trends", "members", ACTOR, "compare"})
# The date that all pages share.
DAY = "as_of"
# Stands for every actor with a position, beside the groups.
ALL_ACTORS = schema.ALL_ACTORS
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
# How many codes a line about a bad one names before it refers to the table of all.
_LISTED = 8


class PartlyBad(BadInput):
    """A list of which not all can be used. `rest`: what can be."""

    def __init__(self, told: str, rest: list[str]) -> None:
        super().__init__(told)
        self.rest = rest


@dataclass(frozen=True)
class Parameter:
    """A setting: how its text in the address is read and written, and what it is without one.

    `read` raises BadInput with what is allowed; PartlyBad where some of it can be used.
    """

    read: Callable[[Tracker, str], Any]
    default: Callable[[Tracker], Any]
    write: Callable[[Any], str] = str


def _read_day(tracker: Tracker, text: str) -> date:
    return tracker.data.day(text)


def _one_of(allowed: Callable[[Tracker], list[str]]) -> Callable[[Tracker, str], str]:
    def read(tracker: Tracker, text: str) -> str:
        codes = allowed(tracker)
        if text not in codes:
            raise BadInput(f"{shown(text)} is not one of: {_some(codes)}")
        return text

    return read


def _some(codes: list[str]) -> str:
    if len(codes) <= _LISTED:
        return ", ".join(codes)
    return f"{', '.join(codes[:_LISTED])} and {len(codes) - _LISTED} more; see the tables"


def _read_switch(_: Tracker, text: str) -> bool:
    if text not in ("0", "1"):
        raise BadInput(f"{shown(text)} is not one of: 0, 1")
    return text == "1"


def subjects(tracker: Tracker) -> list[str]:
    """All that a stance can be shown of: actors, then groups."""
    return [*tracker.model.actors, *tracker.groups]


def _all_subjects(tracker: Tracker) -> list[str]:
    """Those, and the actors that take no position but have events."""
    return [*tracker.data.actors["actor"], *tracker.groups]


def _groups(tracker: Tracker) -> list[str]:
    return [*tracker.groups, ALL_ACTORS]


def _member_orders(tracker: Tracker) -> list[str]:
    return list(orders(tracker.codebook))


def _instruments(tracker: Tracker) -> list[str]:
    return list(tracker.codebook.instruments)


def _confidences(tracker: Tracker) -> list[str]:
    return list(tracker.codebook.model.tolerance)


def _all_scores(tracker: Tracker) -> tuple[int, int]:
    return tracker.codebook.scale.min, tracker.codebook.scale.max


def _featured(tracker: Tracker) -> list[str]:
    return list(tracker.data.about.featured)


def _first_lines(tracker: Tracker) -> list[str]:
    """The featured ones, as many as a trend chart can show."""
    return _featured(tracker)[:MOST_LINES]


def _actors(tracker: Tracker) -> list[str]:
    return list(tracker.model.actors)


def _first_actor(place: int) -> Callable[[Tracker], str]:
    """The actor that is shown at a place where none is chosen; the last where there are fewer."""

    def default(tracker: Tracker) -> str:
        actors = tracker.data.first_actors
        return actors[min(place, len(actors) - 1)]

    return default


def _list_of(
    allowed: Callable[[Tracker], list[str]], most: float = math.inf
) -> Callable[[Tracker, str], list[str]]:
    def read_list(tracker: Tracker, text: str) -> list[str]:
        codes = allowed(tracker)
        parts = list(dict.fromkeys(part for part in text.split(SEPARATOR) if part))
        chosen = [part for part in parts if part in codes]
        bad = [part for part in parts if part not in codes]
        if len(chosen) > most:
            raise BadInput(f"{len(chosen)} are too many, at most {most} can be shown")
        if bad:
            told = f"{shown(', '.join(bad))} {'is' if len(bad) == 1 else 'are'} not one of"
            line = f"{told}: {_some(codes)}"
            raise PartlyBad(line, chosen) if chosen else BadInput(line)
        return chosen

    return read_list


def _read_words(_: Tracker, text: str) -> str:
    return words_in(text)


def _read_scores(tracker: Tracker, text: str) -> tuple[int, int]:
    return scores_in(tracker.codebook, text)


def _write_scores(scores: tuple[int, int]) -> str:
    return f"{scores[0]}..{scores[1]}"


def _read_event(tracker: Tracker, text: str) -> str:
    if text not in tracker.titles:
        raise BadInput(f"{shown(text)} is not the id of an event; they stand in events.csv")
    return text


def _read_act(tracker: Tracker, text: str) -> str:
    if text not in tracker.acts:
        raise BadInput(f"{shown(text)} is not the id of an act; they stand in acts.csv")
    return text


def deadline_kinds(tracker: Tracker) -> dict[str, str]:
    """What can be asked of the deadline of an act, by its code."""
    kinds = tracker.codebook.acts.deadline_kind
    return {acts.ALL: "With or without", acts.ANY: "With a deadline", **kinds}


def act_query(data: Dataset, view: Mapping[str, Any]) -> acts.ActQuery:
    """What the page of acts looks for under its settings."""
    return acts.ActQuery(
        text=view["q"],
        actors=acts.actors_of(data, view["as_of"], view["who"]),
        domain=view["domain"],
        scopes=view["scope"],
        aims=view["aim"],
        status=view["status"],
        deadline=view["deadline"],
    )


def act_filters(codebook: Codebook, query: acts.ActQuery) -> dict[str, str]:
    """What narrows the acts beside whose they are, their status and domain, in words by the name of
    its setting; nothing of what is not set.
    """
    scopes = [codebook.acts.scope[code] for code in query.scopes]
    aims = [codebook.acts.aim[code] for code in query.aims]
    kinds = {acts.ANY: "with a deadline", **codebook.acts.deadline_kind}
    due = kinds.get(query.deadline, "")
    told = {
        "q": f"the words {sought(query.text)}" if query.text else "",
        "scope": f"covering {words.alternatives(scopes)}" if scopes else "",
        "aim": f"aim: {words.alternatives(aims)}" if aims else "",
        "deadline": due if query.deadline == acts.ANY or not due else f"deadline: {due}",
    }
    return {name: wording for name, wording in told.items() if wording}


def group_of(tracker: Tracker, who: Sequence[str]) -> str:
    """The group whose members alone are looked for; empty: it is not one alone."""
    return who[0] if len(who) == 1 and who[0] in tracker.groups else ""


def _scopes(tracker: Tracker) -> list[str]:
    return list(tracker.codebook.acts.scope)


def _aims(tracker: Tracker) -> list[str]:
    return list(tracker.codebook.acts.aim)


def _read_settings(tracker: Tracker, text: str) -> Settings | None:
    """A reader's settings: `name:number` pairs; names are domains and those of `_CONSTANTS`."""
    codebook = tracker.data.codebook
    given: dict[str, float] = {}
    for part in text.split(SEPARATOR):
        name, _, number = part.partition(":")
        if name not in {*codebook.domains, *_CONSTANTS}:
            names = ", ".join([*codebook.domains, *_CONSTANTS])
            raise BadInput(f"{shown(name)} is not one of: {names}")
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", number):
            raise BadInput(f"{name}: {shown(number)} is not a number such as 2.5")
        given[name] = float(number)
    weights = {name: value for name, value in given.items() if name in codebook.domains}
    constants = {_CONSTANTS[name]: given[name] for name in _CONSTANTS if name in given}
    settings = Settings.chosen(codebook, weights, **constants)
    return settings if settings.changed(codebook) else None


def _write_settings(settings: Settings) -> str:
    pairs = [
        *settings.domain_weights,
        *((name, getattr(settings, field)) for name, field in _CONSTANTS.items()),
    ]
    return SEPARATOR.join(f"{name}:{value:g}" for name, value in pairs)


# Frozen: links that people keep must go on to work, so names are only ever added.
PARAMETERS: dict[str, Parameter] = {
    "as_of": Parameter(_read_day, lambda tracker: tracker.data.today),
    "domain": Parameter(_one_of(lambda tracker: tracker.codebook.columns), lambda _: OVERALL),
    "view": Parameter(_one_of(lambda _: list(VIEWS)), lambda _: next(iter(VIEWS))),
    "actor": Parameter(_one_of(subjects), lambda _: None),
    "actors": Parameter(_list_of(subjects, MOST_LINES), _first_lines, SEPARATOR.join),
    "from": Parameter(_read_day, lambda tracker: tracker.codebook.first_date),
    "play": Parameter(_read_switch, lambda _: False, lambda on: "1" if on else "0"),
    "layout": Parameter(_one_of(lambda _: list(LAYOUTS)), lambda _: "lines"),
    "compare": Parameter(_one_of(lambda _: list(COMPARISONS)), lambda _: "dates"),
    "then": Parameter(_read_day, lambda _: None),
    "first": Parameter(_one_of(_actors), _first_actor(0)),
    "second": Parameter(_one_of(_actors), _first_actor(1)),
    "group": Parameter(_one_of(_groups), lambda tracker: tracker.lead.group),
    "q": Parameter(_read_words, lambda _: ""),
    "who": Parameter(_list_of(_all_subjects), lambda _: [], SEPARATOR.join),
    "instruments": Parameter(_list_of(_instruments), lambda _: [], SEPARATOR.join),
    "scores": Parameter(_read_scores, _all_scores, _write_scores),
    "confidence": Parameter(_list_of(_confidences), lambda _: [], SEPARATOR.join),
    "counted": Parameter(_one_of(lambda _: list(COUNTED)), lambda _: "all"),
    "sort": Parameter(_one_of(lambda _: list(SORTS)), lambda _: "newest"),
    "beside": Parameter(_one_of(lambda _: list(BESIDE)), lambda _: "latest"),
    "event": Parameter(_read_event, lambda _: None),
    "example": Parameter(_read_event, lambda _: None),
    "settings": Parameter(_read_settings, lambda _: None, _write_settings),
    "basis": Parameter(_one_of(lambda _: list(RESTS_ON)), lambda _: ALL),
    "section": Parameter(_one_of(lambda _: list(SECTIONS)), lambda _: None),
    "measure": Parameter(_one_of(lambda _: list(MEASURES)), lambda _: "events"),
    "act": Parameter(_read_act, lambda _: None),
    "scope": Parameter(_list_of(_scopes), lambda _: [], SEPARATOR.join),
    "aim": Parameter(_list_of(_aims), lambda _: [], SEPARATOR.join),
    "status": Parameter(_one_of(lambda _: list(STATUSES)), lambda _: "in_force"),
    "deadline": Parameter(
        _one_of(lambda tracker: list(deadline_kinds(tracker))), lambda _: acts.ALL
    ),
    "by": Parameter(_one_of(lambda _: list(ACT_ORDERS)), lambda _: acts.ORDERS[0]),
    "order": Parameter(_one_of(_member_orders), lambda tracker: _member_orders(tracker)[0]),
    # Whose deeds are told: everybody's unless a group is chosen, so it is not `group`.
    "among": Parameter(_one_of(_groups), lambda _: ALL_ACTORS),
    "only": Parameter(_one_of(lambda _: list(DEEDS)), lambda _: "all"),
    "ledger": Parameter(_one_of(lambda _: list(LEDGER_ORDERS)), lambda _: "newest"),
}

# The settings that each page shows, and so has in its links. A reader's own settings of the model,
# and what the stances rest on, go along to every page.
PAGE_PARAMETERS = {
    "": ("as_of", "domain", "view", "actor", "beside", "play", "settings", "basis"),
    "trends": ("as_of", "domain", "actors", "from", "layout", "event", "settings", "basis"),
    "members": ("as_of", "domain", "group", "order", "settings", "basis"),
    "actor": ("as_of", "domain", "actor", "event", "settings", "basis"),
    "acts": (
        "as_of", "domain", "q", "who", "status", "deadline", "scope", "aim", "by", "act",
        "settings", "basis",
    ),
    "compare": (
        "as_of", "domain", "compare", "then", "first", "second", "group", "from", "settings",
        "basis", "actor", "among", "only", "ledger",
    ),
    "events": (
        "as_of", "domain", "q", "who", "instruments", "scores", "confidence", "counted", "from",
        "sort", "event", "settings", "basis",
    ),
    "data": ("as_of", "domain", "section", "measure", "example", "settings", "basis"),
}  # fmt: skip


# -- as pages take them from their address -----------------------------------------------------


def taken(tracker: Tracker, name: str, text: str) -> tuple[Any, str]:
    """The value that a page takes from a text: of a list what can be used of it, else the default
    where nothing can; and what is wrong with the text, in a line, empty where nothing is.
    """
    parameter = PARAMETERS[name]
    without = parameter.default(tracker)
    try:
        return parameter.read(tracker, text), ""
    except PartlyBad as error:
        return error.rest, f"{error}. The rest is shown."
    except BadInput as error:
        # Without a day of its own a comparison shows the year before.
        instead = without is not None or name == "then"
        return without, f"{error}. The default is shown." if instead else f"{error}."


def refusal(tracker: Tracker, page: str, name: str, wrong: str, values: Mapping[Any, Any]) -> str:
    """A line on a setting of the address that could not be used. `wrong`: see `taken`; `values`: of
    the settings up to this one.
    """
    line = f"{name} in the address: {wrong}"
    if (page, name) != (ACTOR, "actor"):
        return line
    return f"{line} {tracker.names[actor_shown(tracker, values)]} is shown."


def others_event(tracker: Tracker, page: str, event: str | None, shown_actor: str) -> str | None:
    """What is wrong with the open event on the page of one actor, where it is another one's."""
    if page != ACTOR or event is None:
        return None
    columns = tracker.event_columns
    owner = columns["actor"][columns["event_id"] == event][0]
    if owner == shown_actor:
        return None
    own = f"allowed are the events of {tracker.names[shown_actor]}"
    allowed = "a group has none of its own" if shown_actor in tracker.groups else own
    return f"{event} is of {tracker.names[owner]}; {allowed}"


def actor_shown(tracker: Tracker, values: Mapping[Any, Any]) -> str:
    """The actor or group that a page of one shows: the chosen one, else the first of all."""
    chosen: str = values["actor"] or PARAMETERS["first"].default(tracker)
    return chosen


def section_shown(values: Mapping[Any, Any]) -> str:
    """The section that the page of data shows: the chosen one, else that which a link is about that
    names none.
    """
    chosen: str | None = values["section"]
    if chosen is not None:
        return chosen
    if values["example"] is not None:
        return "codebook"
    return "sensitivity" if values["settings"] is not None else "downloads"


def day_before(tracker: Tracker, values: Mapping[str, Any]) -> date:
    """The day that the shared date is compared with: the chosen one, else a year before it."""
    chosen: date | None = values["then"]
    return chosen or tracker.year_before(values[DAY])


def texts_of(tracker: Tracker, values: Mapping[str, Any]) -> dict[str, str]:
    """The text of each setting that is not as it is without a link, and of the date, whose default
    moves on.
    """
    return {
        name: PARAMETERS[name].write(value)
        for name, value in values.items()
        if value is not None and (name == DAY or value != PARAMETERS[name].default(tracker))
    }


def link_to(
    tracker: Tracker, page: str, texts: Mapping[str, str], values: Mapping[str, Any]
) -> dict[str, str]:
    """The parameters of a link to a page, of `texts_of` these values. To the page of an actor no
    event of another one goes along: it cannot be opened there.
    """
    found = {name: texts[name] for name in PAGE_PARAMETERS[page] if name in texts}
    event = values["event"] if "event" in found else None
    if others_event(tracker, page, event, actor_shown(tracker, values)):
        del found["event"]
    return found
