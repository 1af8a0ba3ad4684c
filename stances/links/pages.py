"""The pages and files: what each is called, and which parameters its address has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stances.answers.tracker import Tracker
from stances.links import parameters
from stances.links.parameters import ALL, PARAMETERS, Labels

# The value of a parameter that an address does not name, from the values read before it.
Default = Callable[[Tracker, Mapping[str, Any]], Any]


@dataclass(frozen=True)
class Page:
    """A page or a file. `parameters`: of its address, in order; `controls`: those of the line above
    the headline; `filters`: those beside its table; `defaults` and `labels`: where these are other
    than the parameter's own; `most`: actors at once (0: any number).
    """

    path: str
    title: str
    parameters: tuple[str, ...]
    controls: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    about: str = ""
    defaults: Mapping[str, Default] = field(default_factory=dict)
    labels: Mapping[str, Labels] = field(default_factory=dict)
    most: int = 0

    def options(self, tracker: Tracker, name: str) -> Mapping[str, str]:
        """Return what can be chosen of a parameter here, label by code; empty: anything."""
        labels = self.labels.get(name) or PARAMETERS[name].labels
        return labels(tracker) if labels else {}

    def default(self, tracker: Tracker, name: str, values: Mapping[str, Any]) -> Any:
        """Return the value of a parameter that the address does not name."""
        if name in self.defaults:
            return self.defaults[name](tracker, values)
        return PARAMETERS[name].default(tracker)


def _lead_domain(tracker: Tracker, _: Mapping[str, Any]) -> str:
    return tracker.lead.domain


def _lead_group(tracker: Tracker, _: Mapping[str, Any]) -> str:
    return tracker.lead.group


def _lines(tracker: Tracker, _: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the actors and groups of the front page."""
    known = {*tracker.actors, *tracker.groups}
    chosen = tuple(code for code in tracker.about.featured if code in known)
    return chosen[:MOST_LINES] or tuple(tracker.actors[:1])


def _one_actor(tracker: Tracker, values: Mapping[str, Any]) -> tuple[str, ...]:
    actors = [code for code in _lines(tracker, values) if code in set(tracker.actors)]
    return tuple(actors[:1] or tracker.actors[:1])


def _since(tracker: Tracker, _: Mapping[str, Any]) -> date:
    """Return the first day of charts over time: of the latest period of about.toml with one."""
    starts = [period.start for period in tracker.about.periods]
    return max([tracker.codebook.first_date, *starts])


def _as_of(_: Tracker, values: Mapping[str, Any]) -> Any:
    return values["as_of"]


def _year_before(tracker: Tracker, values: Mapping[str, Any]) -> date:
    """Return the day a year before the last of the period."""
    last: date = values["to"] or values["as_of"]
    day = min(last.day, 28) if last.month == 2 else last.day
    return max(date(last.year - 1, last.month, day), tracker.codebook.first_date)


MOST_LINES = 6
RECORDS = {"e": "event", "a": "act"}
_EVERYWHERE = ("basis", "release", "embed", "theme", "live")
_RULES = ("q", "domain", "actor", "group", "status", "applied", "deadline", "scope", "aim")
_FOUND = ("q", "domain", "actor", "group", "instrument", "level", "confidence", "counted")
_LEADING: dict[str, Default] = {"domain": _lead_domain}
_PERIOD: dict[str, Default] = {"to": _as_of, "from": _year_before}
_FIELDS: dict[str, Labels] = {"domain": parameters.fields}
_POSITIONED: dict[str, Labels] = {"actor": parameters.positioned}

PAGES: dict[str, Page] = {
    page.path: page
    for page in (
        Page(
            "",
            "Map",
            ("domain", "as_of", "view", *_EVERYWHERE),
            ("domain", "as_of"),
            about="Who stands where on a day",
            defaults=_LEADING,
        ),
        Page(
            "trends",
            "Trends",
            ("domain", "as_of", "from", "actor", *_EVERYWHERE),
            ("domain", "as_of", "from", "actor"),
            about="How governments moved over time",
            defaults={**_LEADING, "from": _since, "actor": _lines},
            labels=_POSITIONED,
            most=MOST_LINES,
        ),
        Page(
            "members",
            "Groups",
            ("group", "domain", "as_of", *_EVERYWHERE),
            ("group", "domain", "as_of"),
            about="What binds each member of a group, used or not, until when",
            defaults={**_LEADING, "group": _lead_group},
        ),
        Page(
            "actor",
            "Countries",
            ("actor", "as_of", "domain", *_EVERYWHERE),
            ("actor", "as_of"),
            about="Where one country or body stands, what binds it, and why",
            defaults={"actor": _one_actor},
            labels=_POSITIONED,
            most=1,
        ),
        Page(
            "acts",
            "Rules",
            ("as_of", *_RULES, "page", *_EVERYWHERE),
            ("domain", "as_of"),
            ("q", "actor", "status", "applied"),
            about="The register of rules, and what falls due",
            defaults={"status": lambda *_: "in force"},
            labels=_FIELDS,
        ),
        Page(
            "changes",
            "Changes",
            ("domain", "as_of", "to", "from", "group", *_EVERYWHERE),
            ("domain", "from", "to", "group"),
            about="What was done between two days, with the level before and after",
            defaults={**_LEADING, **_PERIOD},
        ),
        Page(
            "events",
            "Events",
            ("as_of", *_FOUND, "to", "from", "page", *_EVERYWHERE),
            ("q", "domain", "actor", "instrument", "from", "to"),
            about="Every event with its sources, to search",
            defaults={"to": _as_of},
            labels=_FIELDS,
        ),
        Page("data", "Data", ("as_of", "domain", *_EVERYWHERE), about="Files, method, releases"),
        Page("e", "Event", ("event", "as_of", "domain", *_EVERYWHERE)),
        Page("a", "Rule", ("act", "as_of", "domain", *_EVERYWHERE)),
    )
}
# Those that navigation names.
MAIN = tuple(path for path in PAGES if path not in RECORDS)

_OF = ("basis", "release")
_SINCE: dict[str, Default] = {"from": lambda tracker, _: tracker.codebook.first_date, "to": _as_of}
FILES: dict[str, Page] = {
    file.path: file
    for file in (
        Page(
            "snapshots",
            "Levels",
            ("as_of", "domain", "actor", "group", *_OF),
            about="The stance table of a day",
        ),
        Page(
            "series",
            "Series",
            ("domain", "actor", "group", "as_of", "to", "from", *_OF),
            about="The stances of every month's end",
            defaults=_SINCE,
        ),
        Page(
            "groups",
            "Groups",
            ("domain", "group", "as_of", "to", "from", *_OF),
            about="The means of groups at every month's end",
            defaults=_SINCE,
        ),
        Page(
            "events",
            "Events",
            (*_FOUND, "as_of", "to", "from", "release"),
            about="Events with their sources, the newest first",
            defaults={"to": _as_of},
            labels=_FIELDS,
        ),
        Page(
            "acts",
            "Rules",
            ("as_of", *_RULES, "release"),
            about="The register of rules on a day",
            labels=_FIELDS,
        ),
        Page(
            "deadlines",
            "Deadlines",
            ("as_of", *_RULES, "release"),
            about="The dates of rules on a day, the next first",
            labels=_FIELDS,
        ),
        Page(
            "members",
            "Groups",
            ("group", "domain", "as_of", *_OF),
            about="The members of a group on a day: what binds each, and where it stands",
            defaults={"group": _lead_group},
        ),
        Page(
            "changes",
            "Changes",
            ("domain", "as_of", "to", "from", "group", *_OF),
            about="What was done between two days, with the level before and after",
            defaults=_PERIOD,
        ),
        Page(
            "feed",
            "New events",
            ("actor", "group", "domain"),
            about="The newest events",
            labels=_FIELDS,
        ),
        Page("levels", "Levels", _OF, about="The days on which an actor's level changes"),
    )
}
__all__ = ["ALL", "FILES", "MAIN", "PAGES", "RECORDS", "Page"]
