"""The parameters of addresses, each declared once: it means the same on every page and file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from stances.answers.tracker import Tracker
from stances.dataset import releases
from stances.dataset.faults import BadInput, near

Labels = Callable[[Tracker], Mapping[str, str]]

ALL, BASES, VIEWS = "all", {"all": "Acts and statements", "acts": "Acts only"}, ("europe", "world")
STATUSES = {"in force": "In force", "not yet": "Not yet", "ended": "Ended", ALL: "All"}
APPLIED = {"yes": "Used", "eased": "Eased", "no": "Not used", "unknown": "Not known"}
_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_MOST_LETTERS, _MOST_NAMED = 200, 30
# What a text of each kind looks like, as a pattern of OpenAPI.
FORMS = {
    "day": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "level": r"^-?[0-9](\.\.-?[0-9])?$",
    "whole": "^[1-9][0-9]{0,3}$",
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
                return tracker.data.day(text)
            case "one":
                return _known(text, labels)
            case "several":
                return tuple(dict.fromkeys(_known(part, labels) for part in text.split(",")))
            case "level":
                return _level(tracker, text)
            case "whole" if re.fullmatch(FORMS["whole"], text):
                return int(text)
            case "whole":
                raise BadInput(f"{shown(text)} is not a whole number from 1 to 9999")
            case "truth" if text in _TRUTH:
                return _TRUTH[text]
            case "truth":
                raise BadInput(f"{shown(text)} is not one of: true, false")
        if len(text) > _MOST_LETTERS or not text.isprintable():
            raise BadInput(f"has more than {_MOST_LETTERS} letters, or more than one line")
        return text.strip()

    def write(self, value: Any) -> str:
        """Return the text of a value, as an address has it."""
        if self.kind == "several":
            return ",".join(part.replace(" ", "_") for part in value)
        if self.kind == "one":
            return str(value).replace(" ", "_")
        if self.kind == "level":
            low, high = value
            return str(low) if low == high else f"{low}..{high}"
        return str(value).lower() if isinstance(value, bool) else str(value)


def shown(text: object) -> str:
    """Return what was given as a refusal shows it: on one line, and short."""
    line = "".join(c if c.isprintable() else "?" for c in str(text))
    return f'"{line if len(line) <= 60 else f"{line[:59]}…"}"'


def _known(text: str, labels: Mapping[str, str]) -> str:
    """Return a code, also where low lines stand for its blanks. Raises BadInput."""
    for code in (text, text.replace("_", " "), text.strip()):
        if code in labels:
            return code
    # "EU+" typed by hand: a plus sign is a blank in an address.
    if text.endswith(" ") and f"{text.strip()}+" in labels:
        return f"{text.strip()}+"
    raise BadInput(f"{shown(text)} is not one of: {listed(labels)}{meant(text, labels)}")


def listed(codes: Mapping[str, str]) -> str:
    """Return what is allowed, of very many the first few."""
    first = ", ".join(list(codes)[: _MOST_NAMED if len(codes) <= _MOST_NAMED else 6])
    return first if len(codes) <= _MOST_NAMED else f"{first} and {len(codes) - 6} more"


def meant(text: str, labels: Mapping[str, str]) -> str:
    """Return the question whether the code was meant that is spelled or called most like a text."""
    called = {name.casefold(): code for code, name in labels.items()}
    called |= {code.casefold(): code for code in labels}
    found = near(text.strip().casefold(), list(called))
    return f"; did you mean {called[found]}?" if found else ""


def _level(tracker: Tracker, text: str) -> tuple[int, int]:
    scale = tracker.codebook.scale
    match = re.fullmatch(r"(-?[0-9])(?:\.\.(-?[0-9]))?", text)
    low, high = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if not scale.min <= low <= high <= scale.max:
        allowed = f"a score from {scale.min} to {scale.max}, or a range such as {scale.min}..-1"
        raise BadInput(f"{shown(text)} is not {allowed}")
    return low, high


# -- what can be chosen ------------------------------------------------------------------------


def fields(tracker: Tracker) -> dict[str, str]:
    """Return the labels of the domains, by code."""
    return {code: domain.label for code, domain in tracker.codebook.domains.items()}


def columns(tracker: Tracker) -> dict[str, str]:
    """Return the labels of all that a stance is of: overall, then the domains."""
    return {code: tracker.codebook.domain_label(code) for code in tracker.codebook.columns}


def groups(tracker: Tracker) -> dict[str, str]:
    """Return the groups, the leading one with its bodies too, and all, by code."""
    day, lead = tracker.data.opening_day, tracker.lead.group
    titles = {group: tracker.group_title(group, day) for group in tracker.groups}
    with_bodies = {f"{lead}+": f"{lead} and its bodies"} if lead in titles else {}
    return {ALL: f"All {len(tracker.actors)}", **titles, **with_bodies}


def who(tracker: Tracker) -> dict[str, str]:
    """Return all actors by name, then the groups, by code."""
    return _by_name(tracker, tracker.data.actors["actor"]) | {g: g for g in tracker.groups}


def positioned(tracker: Tracker) -> dict[str, str]:
    """Return the groups, then the actors that can have a position by name, by code."""
    return {group: group for group in tracker.groups} | _by_name(tracker, tracker.actors)


def _by_name(tracker: Tracker, codes: Any) -> dict[str, str]:
    return {c: tracker.names[c] for c in sorted(codes, key=lambda code: tracker.names[code])}


def _fixed(labels: Mapping[str, str]) -> Labels:
    return lambda _: labels


def _instruments(tracker: Tracker) -> dict[str, str]:
    return {code: kind.label for code, kind in tracker.codebook.instruments.items()}


def _confidences(tracker: Tracker) -> dict[str, str]:
    return {code: code.capitalize() for code in tracker.codebook.model.tolerance}


def _releases(tracker: Tracker) -> dict[str, str]:
    listed = releases.listed(tracker.data.folder)
    return dict(zip(listed["version"], listed["date"].astype(str), strict=True))


def _opening_day(tracker: Tracker) -> date:
    return tracker.data.opening_day


# -- the parameters ----------------------------------------------------------------------------

PARAMETERS: dict[str, Parameter] = {
    p.name: p
    for p in (
        Parameter("as_of", "day", "The day", "Day", usual=_opening_day, carried=True),
        Parameter(
            "domain",
            "one",
            "A field, or overall",
            "Field",
            "All fields",
            labels=columns,
            carried=True,
        ),
        Parameter(
            "actor",
            "several",
            "Codes of actors; groups, which on tables stand for their members",
            "Country or group",
            "All governments",
            labels=who,
            usual=(),
        ),
        Parameter(
            "group",
            "one",
            "A group, a group with its bodies (such as EU+), or all",
            "Group",
            labels=groups,
            usual=ALL,
        ),
        Parameter("from", "day", "The first day of the period", "From"),
        Parameter("to", "day", "The last day of the period; without it as_of", "To"),
        Parameter(
            "basis",
            "one",
            "What stances rest on: all, or acts alone",
            "Rests on",
            labels=_fixed(BASES),
            usual=ALL,
            carried=True,
        ),
        Parameter(
            "view",
            "one",
            "The part of the world that the map shows",
            "Map",
            labels=_fixed({code: code.capitalize() for code in VIEWS}),
            usual=VIEWS[0],
        ),
        Parameter("q", "text", "Words that must all occur", "Search", "Search", usual=""),
        Parameter(
            "instrument",
            "several",
            "Kinds of events, as the codebook has them",
            "Kind",
            "All kinds",
            labels=_instruments,
            usual=(),
        ),
        Parameter("level", "level", "A score, or a range such as -3..-1", "Level", "All levels"),
        Parameter(
            "confidence",
            "several",
            "How sure the coding of an event is",
            "Confidence",
            "Any confidence",
            labels=_confidences,
            usual=(),
        ),
        Parameter("counted", "truth", "Scored events alone; false: context alone", "Scored"),
        Parameter(
            "status",
            "one",
            "The status of rules on the day",
            "Status",
            labels=_fixed(STATUSES),
            usual=ALL,
        ),
        Parameter(
            "applied",
            "several",
            "Whether rules have been used on the subject by the day",
            "Used",
            "Used or not",
            labels=_fixed(APPLIED),
            usual=(),
        ),
        Parameter(
            "deadline",
            "one",
            "Rules with such a deadline",
            "Deadline",
            "Any deadline or none",
            labels=lambda tracker: tracker.codebook.acts.deadline_kind,
        ),
        Parameter(
            "scope",
            "several",
            "What rules cover",
            "Covers",
            "Covers anything",
            labels=lambda tracker: tracker.codebook.acts.scope,
            usual=(),
        ),
        Parameter(
            "aim",
            "several",
            "How rules meet the subject",
            "Aim",
            "Any aim",
            labels=lambda tracker: tracker.codebook.acts.aim,
            usual=(),
        ),
        Parameter(
            "event",
            "one",
            "An event, by its id",
            labels=lambda tracker: tracker.events["title"].to_dict(),
        ),
        Parameter(
            "act",
            "one",
            "A rule, by its id",
            labels=lambda tracker: tracker.data.acts.set_index("act_id")["title"].to_dict(),
        ),
        Parameter("page", "whole", "Which part of a long table", usual=1),
        Parameter(
            "release",
            "one",
            "The release that all figures are of; without it the tables of today",
            labels=_releases,
            carried=True,
        ),
        Parameter("embed", "truth", "Whether it stands in a frame of another page", usual=False),
        Parameter(
            "theme",
            "one",
            "The colours of a frame or picture",
            labels=_fixed({"light": "Light", "dark": "Dark"}),
        ),
        Parameter("live", "truth", "Whether the page becomes live by itself", carried=True),
    )
}
