"""The parameters of addresses, each declared once: it means the same on every page and file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from stances.answers import acts
from stances.answers.events import KINDS
from stances.answers.tracker import Tracker
from stances.dataset import releases
from stances.dataset.faults import BadInput, inline, near

Labels = Callable[[Tracker], Mapping[str, str]]

ALL = "all"
BASES = {ALL: "Acts and statements", "acts": "Acts only"}
VIEWS, THEMES = {"europe": "Europe", "world": "World"}, {"light": "Light", "dark": "Dark"}
STATUSES = {"in force": "In force", "not yet": "Not yet in force", "ended": "Ended", ALL: "All"}
APPLIED = {"yes": "Used", "eased": "Eased", "no": "Not used", "unknown": "Use not known"}
_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_MOST_LETTERS, _MOST_NAMED = 200, 30
# The part of a long table that stands for the whole of it, `all` in an address.
ALL_ROWS = 9999
# What a text of each kind looks like, as a pattern of OpenAPI.
FORMS = {
    "day": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "level": r"^-?[0-9](\.\.-?[0-9])?$",
    "whole": "^([1-9][0-9]{0,3}|all)$",
}


@dataclass(frozen=True)
class Parameter:
    """A parameter of an address.

    `kind` says what its value is and which control it has: a `day` (date), `one` of its labels
    (text, None: not set), `several` (a tuple of them), a `text`, a `level` (the lowest and the
    highest score, None: any), a `whole` number from 1, a `truth`. `label`: of its control; `none`:
    what that says while nothing is chosen; `carried`: whether links to other pages take it along.
    """

    name: str
    kind: str
    about: str
    label: str = ""
    none: str = ""
    labels: Labels | None = None
    carried: bool = False
    usual: Any = None

    def default(self, tracker: Tracker) -> Any:
        """Return the value where an address does not name it and its page has none of its own."""
        return self.usual(tracker) if callable(self.usual) else self.usual

    def read(self, tracker: Tracker, text: str, labels: Mapping[str, str] | None = None) -> Any:
        """Return the value of a text. Raises BadInput with what is allowed.

        `labels`: what can be chosen where it is asked, in place of the parameter's own.
        """
        if labels is None:
            labels = self.labels(tracker) if self.labels else {}
        match self.kind:
            case "day":
                return self._day(tracker, _iso(text))
            case "one":
                return _known(text, labels)
            case "several":
                return tuple(dict.fromkeys(_known(part, labels) for part in text.split(",")))
            case "level":
                return _level(tracker, text)
            case "whole" if re.fullmatch(FORMS["whole"], text):
                return ALL_ROWS if text == ALL else int(text)
            case "whole":
                raise BadInput(f"{inline(text)} is not a whole number from 1 to {ALL_ROWS}, or all")
            case "truth" if text in _TRUTH:
                return _TRUTH[text]
            case "truth":
                raise BadInput(f"{inline(text)} is not one of: true, false")
        if len(text) > _MOST_LETTERS or not text.isprintable():
            raise BadInput(f"has more than {_MOST_LETTERS} letters, or more than one line")
        return text.strip()

    def _day(self, tracker: Tracker, text: str) -> date:
        try:
            return tracker.data.day(text)
        except BadInput as refused:
            # A period that ends too late is cut; one that begins too late is none.
            rest = None if self.name == "from" else refused.rest
            raise BadInput(str(refused), rest=rest) from None

    def write(self, value: Any) -> str:
        """Return the text of a value, as an address has it."""
        if self.kind in ("one", "several"):
            parts = (value,) if isinstance(value, str) else value
            return ",".join(part.replace(" ", "_") for part in parts)
        if self.kind == "level":
            low, high = value
            return str(low) if low == high else f"{low}..{high}"
        if self.kind == "whole":
            return ALL if value == ALL_ROWS else str(value)
        return str(value).lower() if isinstance(value, bool) else str(value)


def _known(text: str, labels: Mapping[str, str]) -> str:
    """Return a code, also where signs stand in for others, as in an address. Raises BadInput."""
    for code in (text, re.sub(" $", "+", text), text.replace("_", " "), text.strip()):
        if code in labels:
            return code
    raise BadInput(f"{inline(text)} is not one of: {_listed(labels)}{meant(text, labels)}")


def _listed(codes: Mapping[str, str]) -> str:
    """Return what is allowed, of very many the first few."""
    shown = list(codes)[: _MOST_NAMED if len(codes) <= _MOST_NAMED else 6]
    first = ", ".join(code.replace(" ", "_") for code in shown)
    return first if len(codes) <= _MOST_NAMED else f"{first} and {len(codes) - 6} more"


def meant(text: str, labels: Mapping[str, str]) -> str:
    """Return the question whether the code was meant that is spelled or called most like a text."""
    called = {word.casefold(): code for code, name in labels.items() for word in (name, code)}
    found = near(text.strip().casefold(), list(called))
    return f"; did you mean {called[found]}?" if found else ""


def _iso(text: str) -> str:
    """Return a day as a field of a page shows it, 2 Jul 2026, in ISO form; all else as it is."""
    try:
        return str(datetime.strptime(text.strip(), "%d %b %Y").date())
    except ValueError:
        return text


def _level(tracker: Tracker, text: str) -> tuple[int, int]:
    scale = tracker.codebook.scale
    match = re.fullmatch(r"(-?[0-9])(?:\.\.(-?[0-9]))?", text)
    low, high = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if not scale.min <= low <= high <= scale.max:
        allowed = f"a score from {scale.min} to {scale.max}, or a range such as {scale.min}..-1"
        raise BadInput(f"{inline(text)} is not {allowed}")
    return low, high


# -- what can be chosen ------------------------------------------------------------------------


def fields(tracker: Tracker) -> dict[str, str]:
    """Return the labels of the domains, by code."""
    return {code: domain.label for code, domain in tracker.codebook.domains.items()}


def _columns(tracker: Tracker) -> dict[str, str]:
    """Return the labels of all that a stance is of: overall, then the domains."""
    return {code: tracker.codebook.domain_label(code) for code in tracker.codebook.columns}


def _groups(tracker: Tracker) -> dict[str, str]:
    """Return all, the groups, and those that have bodies with these, by code."""
    codes = [ALL, *tracker.groups, *(f"{group}+" for group in tracker.bodies)]
    return {code: tracker.group_title(code, tracker.data.opening_day) for code in codes}


def _who(tracker: Tracker) -> dict[str, str]:
    """Return all actors by name, then the groups, also with their bodies, by code."""
    groups = {code: tracker.members_called(code) for code in _groups(tracker) if code != ALL}
    return _by_name(tracker, tracker.data.actors["actor"]) | groups


def positioned(tracker: Tracker) -> dict[str, str]:
    """Return the groups, then the actors that can have a position by name, by code."""
    return {group: group for group in tracker.groups} | actors(tracker)


def actors(tracker: Tracker) -> dict[str, str]:
    """Return the actors that can have a position by name, by code."""
    return _by_name(tracker, tracker.actors)


def _by_name(tracker: Tracker, codes: Any) -> dict[str, str]:
    return {c: tracker.names[c] for c in sorted(codes, key=lambda code: tracker.names[code])}


def _fixed(labels: Mapping[str, str]) -> Labels:
    return lambda _: labels


def _instruments(tracker: Tracker) -> dict[str, str]:
    return KINDS | tracker.codebook.codes("instruments")


def _confidences(tracker: Tracker) -> dict[str, str]:
    return {code: code.capitalize() for code in tracker.codebook.model.tolerance}


def _releases(tracker: Tracker) -> dict[str, str]:
    there = releases.published(tracker.data.folder)
    there = there[there["model_version"] != ""]
    return dict(zip(there["version"], there["date"].astype(str), strict=True))


def _events(tracker: Tracker) -> dict[str, str]:
    return dict(zip(tracker.events.index, tracker.events["title"], strict=True))


def _acts(tracker: Tracker) -> dict[str, str]:
    names = acts.register(tracker, tracker.data.opening_day)["name"]
    return dict(zip(names.index, names, strict=True))


def _register(name: str) -> Labels:
    return lambda tracker: getattr(tracker.codebook.acts, name)


def _one(name: str, about: str, label: str, labels: Labels, **more: Any) -> Parameter:
    return Parameter(name, "one", about, label, labels=labels, **more)


def _several(name: str, about: str, label: str, none: str, labels: Labels) -> Parameter:
    return Parameter(name, "several", about, label, none, labels, usual=())


_ALL = (
    Parameter("as_of", "day", "The day", "Day", usual=lambda t: t.data.opening_day, carried=True),
    _one("domain", "A field, or overall", "Field", _columns, none="All fields", carried=True),
    _several(
        "actor", "Codes of actors; groups, in tables for members", "Country", "All countries", _who
    ),
    _one("group", "A group, one with its bodies (EU+), or all", "Group", _groups, usual=ALL),
    Parameter("from", "day", "The first day of the period", "From"),
    Parameter("to", "day", "The last day of the period; without it as_of", "To"),
    _one("basis", "What stances rest on", "Rests on", _fixed(BASES), usual=ALL, carried=True),
    _one("view", "The part of the world on the map", "Map", _fixed(VIEWS), usual="europe"),
    Parameter("q", "text", "Words that must all occur", "Search", "Search", usual=""),
    _several("instrument", "Kinds of events", "Kind", "All kinds", _instruments),
    Parameter("level", "level", "A score, or a range such as -3..-1", "Level", "All levels"),
    _several("confidence", "How sure the coding is", "Confidence", "Any", _confidences),
    Parameter("counted", "truth", "Scored events alone; false: context alone", "Scored", "All"),
    _one("status", "The status of rules on the day", "Status", _fixed(STATUSES), usual=ALL),
    _several("applied", "Whether rules were used", "Used", "Used or not", _fixed(APPLIED)),
    _one("deadline", "Rules with a deadline of a kind", "Deadline", _register("deadline_kind")),
    _several("scope", "What rules cover", "Covers", "Anything", _register("scope")),
    _several("aim", "How rules meet the subject", "Aim", "Any aim", _register("aim")),
    _one("event", "An event, by its id", "Event", _events),
    _one("act", "A rule, by its id", "Rule", _acts),
    Parameter("page", "whole", "Which part of a long table", usual=1),
    _one("release", "The release of all figures", "Release", _releases, none="Today", carried=True),
    Parameter("embed", "truth", "Whether it stands in a frame of another page", usual=False),
    _one("theme", "The colours of a frame or picture", "Colours", _fixed(THEMES)),
    Parameter("live", "truth", "Whether the page becomes live by itself", carried=True),
)
PARAMETERS: dict[str, Parameter] = {parameter.name: parameter for parameter in _ALL}
