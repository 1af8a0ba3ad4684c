"""The pages and files: what each is called, and which parameters its address has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from stances.answers.tracker import Tracker
from stances.links import parameters
from stances.links.parameters import PARAMETERS, Labels

# The value of a parameter that an address does not name, from the values read before it.
Default = Callable[[Tracker, Mapping[str, Any]], Any]


@dataclass(frozen=True)
class Page:
    """A page or a file. `parameters`: of its address, in order; `controls`: those of the line above
    the headline; `defaults` and `labels`: where these are other than the parameter's own; `most`:
    actors at once (0: any number).
    """

    path: str
    title: str
    about: str
    parameters: tuple[str, ...]
    controls: tuple[str, ...] = ()
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


def _lines(tracker: Tracker, _: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the actors and groups of the front page."""
    known = {*tracker.actors, *tracker.groups}
    chosen = tuple(code for code in tracker.about.featured if code in known)
    return chosen[:MOST_LINES] or tuple(tracker.actors[:1])


def _one_actor(tracker: Tracker, values: Mapping[str, Any]) -> tuple[str, ...]:
    actors = [code for code in _lines(tracker, values) if code in set(tracker.actors)]
    return tuple(actors[:1] or tracker.actors[:1])


def _since(tracker: Tracker, values: Mapping[str, Any]) -> date:
    """Return the first day of charts over time: that of about.toml where it is a year before the
    day shown, else the first day of all.
    """
    first, since = tracker.codebook.first_date, tracker.about.since
    return since if since and since <= values["as_of"] - timedelta(365) else first


def _year_before(tracker: Tracker, values: Mapping[str, Any]) -> date:
    """Return the day a year before the last of the period."""
    last: date = values["to"] or values["as_of"]
    day = min(last.day, 28) if last.month == 2 else last.day
    return max(date(last.year - 1, last.month, day), tracker.codebook.first_date)


MOST_LINES = 6
# The pages of one row of a table, with the parameter that their path names.
RECORDS = {"e": "event", "a": "act"}
_OF_RECORDS = "release embed theme live"
_EVERYWHERE = f"basis {_OF_RECORDS}"
_RULES = "q domain actor group status applied deadline scope aim"
_FOUND = "q domain actor group instrument level confidence counted"
RULE_FILTERS, EVENT_FILTERS = tuple(_RULES.split()), tuple(_FOUND.split())
_LEADING: dict[str, Default] = {"domain": lambda tracker, _: tracker.lead.domain}
_GROUP: dict[str, Default] = {"group": lambda tracker, _: tracker.lead.group}
_TO: dict[str, Default] = {"to": lambda _, values: values["as_of"]}
_PERIOD: dict[str, Default] = {**_TO, "from": _year_before}
_MONTHS: dict[str, Default] = {**_TO, "from": lambda tracker, _: tracker.codebook.first_date}
_FIELDS: dict[str, Labels] = {"domain": parameters.fields}


def _page(path: str, title: str, about: str, names: str, controls: str = "", **of: Any) -> Page:
    everywhere = _OF_RECORDS if path in RECORDS else _EVERYWHERE
    listed = tuple(f"{names} {everywhere}".split())
    return Page(path, title, about, listed, tuple(controls.split()), **of)


def _file(path: str, about: str, names: str, **of: Any) -> Page:
    return Page(path, path.capitalize(), about, tuple(names.split()), **of)


# "as_of" stands before "to", and "to" before "from": a default may rest on what stands before it.
_PAGES = (
    _page("", "Map", "Who stands where on a day", "domain as_of view", "domain as_of",
          defaults=_LEADING),
    _page("trends", "Trends", "How positions moved over time", "domain as_of from actor",
          "domain as_of from actor", defaults={**_LEADING, "from": _since, "actor": _lines},
          labels={"actor": parameters.positioned}, most=MOST_LINES),
    _page("members", "Groups", "What binds each member of a group, used or not, until when",
          "group domain as_of", "group domain as_of",
          defaults={**_LEADING, **_GROUP}),
    _page("actor", "Countries", "Where one country or body stands, what binds it, and why",
          "actor as_of domain", "actor as_of", defaults={"actor": _one_actor},
          labels={"actor": parameters.actors}, most=1),
    _page("acts", "Rules", "The rules in force, and what falls due", f"as_of {_RULES} page",
          "domain as_of", defaults={"status": lambda *_: "in force"}, labels=_FIELDS),
    _page("changes", "Changes", "What was done between two days, with the level before and after",
          "domain as_of to from group", "domain from to group",
          defaults={**_LEADING, **_PERIOD}),
    _page("events", "Events", "Every event with its sources", f"as_of {_FOUND} to from page",
          "q domain actor instrument from to", defaults=_TO, labels=_FIELDS),
    _page("data", "Data", "Files, method, releases and how to cite", "as_of domain"),
    _page("e", "Event", "An event with its sources", "event domain"),
    _page("a", "Rule", "A rule with its dates and sources", "act domain"),
)  # fmt: skip
PAGES: dict[str, Page] = {page.path: page for page in _PAGES}
# Those that navigation names.
MAIN = tuple(path for path in PAGES if path not in RECORDS)

_FILES = (
    _file("snapshots", "The stance table of a day", "as_of domain actor group basis release"),
    _file("series", "The stances of every month's end",
          "domain actor group as_of to from basis release", defaults=_MONTHS),
    _file("groups", "The means of groups at every month's end",
          "domain group as_of to from basis release", defaults=_MONTHS),
    _file("events", "Events with their sources, the newest first",
          f"{_FOUND} as_of to from release", defaults=_TO, labels=_FIELDS),
    _file("acts", "The register of rules on a day", f"as_of {_RULES} release", labels=_FIELDS),
    _file("deadlines", "The dates of rules on a day, the next first", f"as_of {_RULES} release",
          labels=_FIELDS),
    _file("members", "The members of a group on a day: what binds each, and where it stands",
          "group domain as_of basis release", defaults=_GROUP),
    _file("changes", "What was done between two days, with the level before and after",
          "domain as_of to from group basis release", defaults=_PERIOD),
    _file("feed", "The newest events", "actor group domain", labels=_FIELDS),
    _file("levels", "The days on which levels change", "basis release"),
)  # fmt: skip
FILES: dict[str, Page] = {file.path: file for file in _FILES}
