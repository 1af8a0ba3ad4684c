"""The pages and files: what each is called, and which parameters its address has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pandas as pd

from stances.answers import stance
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.links import parameters
from stances.links.parameters import PARAMETERS, Labels

# The values of parameters by name, as far as they are read.
Values = Mapping[str, Any]
# The value of a parameter that an address does not name, from the values read before it.
Default = Callable[[Tracker, Values], Any]
Defaults = Mapping[str, Default]


@dataclass(frozen=True)
class Page:
    """A page or a file. `path`: of its address (of a file without ending), the key in `PAGES` or
    `FILES`; `title`: empty for files; `about`: what it has, in a line; `parameters`: of its
    address, in the order in which they are read; `controls`: those of the line above the headline;
    `defaults` and `labels`: where these are other than the parameter's own; `most_actors`: at once
    (0: any number).
    """

    path: str
    title: str
    about: str
    parameters: tuple[str, ...]
    controls: tuple[str, ...] = ()
    defaults: Defaults = field(default_factory=dict)
    labels: Mapping[str, Labels] = field(default_factory=dict)
    most_actors: int = 0

    def options(self, tracker: Tracker, name: str) -> Mapping[str, str]:
        """Return what can be chosen of a parameter on this page, label by code; empty: anything."""
        labels = self.labels.get(name, PARAMETERS[name].labels)
        return labels(tracker) if labels else {}

    def default(self, tracker: Tracker, name: str, values: Values) -> Any:
        """Return the value of a parameter that the address does not name."""
        if name in self.defaults:
            return self.defaults[name](tracker, values)
        return PARAMETERS[name].default(tracker)


MOST_LINES = 6


def _lines(tracker: Tracker, _: Values) -> tuple[str, ...]:
    """Return the codes of the actors and groups whose lines are drawn where none is chosen."""
    known = {*tracker.actors, *tracker.groups}
    featured = [code for code in tracker.about.featured if code in known]
    return tuple(featured[:MOST_LINES] or tracker.actors[:1])


def _field_of_lines(tracker: Tracker, values: Values) -> str:
    """Return the domain that leads; of two who are compared, the first in which both have a
    position, else overall.
    """
    codes = values["actor"]
    if len(codes) != 2:
        return tracker.lead.domain
    # After the one that leads, the heaviest first: what each counts in overall.
    domains = sorted(tracker.weights, key=tracker.weights.__getitem__, reverse=True)
    for domain in [tracker.lead.domain, *domains]:
        standings = [stance.standing(tracker, code, domain, values["as_of"]) for code in codes]
        if all(pd.notna(standing["level"]) for standing in standings):
            return domain
    return OVERALL


def _since(tracker: Tracker, values: Values) -> date:
    """Return the first day of charts over time: that of about.toml where it is a year before the
    day shown, else the first day of all.
    """
    since = tracker.about.since
    # A chart of less than a year would show next to nothing.
    if since and since <= values["as_of"] - timedelta(365):
        return since
    return tracker.codebook.first_date


def _year_before(tracker: Tracker, values: Values) -> date:
    """Return the day a year before the last of the period."""
    # `to` is None where a page without it links to one with a period.
    last = values["to"] or values["as_of"]
    day = pd.Timestamp(last) - pd.DateOffset(years=1)
    return max(day.date(), tracker.codebook.first_date)


# The pages of one row of a table, with the parameter that their path names: e/pol-2019-1.
RECORDS = {"e": "event", "a": "act"}
# Names of parameters with blanks between: those of every record, of every page, then the filters.
_OF_RECORDS = "release embed theme live"
_EVERYWHERE = f"basis {_OF_RECORDS}"
_RULES = "q domain actor group status applied deadline scope aim"
_EVENTS = "q domain actor group instrument level confidence counted added"
RULE_FILTERS = tuple(_RULES.split())
EVENT_FILTERS = tuple(_EVENTS.split())
# Defaults of pages and files that share them.
_LEADING: Defaults = {"domain": lambda tracker, _: tracker.lead.domain}
_GROUP: Defaults = {"group": lambda tracker, _: tracker.lead.group}
_TO: Defaults = {"to": lambda _, values: values["as_of"]}
_PERIOD: Defaults = {**_TO, "from": _year_before}
_MONTHS: Defaults = {**_TO, "from": lambda tracker, _: tracker.codebook.first_date}
_FIELDS = {"domain": parameters.fields}


def _page(
    path: str, title: str, about: str, parameters: str, controls: str = "", **more: Any
) -> Page:
    """Return a page. `parameters`, `controls`: names with blanks between, without those that every
    page or every record has.
    """
    everywhere = _OF_RECORDS if path in RECORDS else _EVERYWHERE
    names = f"{parameters} {everywhere}"
    return Page(path, title, about, tuple(names.split()), tuple(controls.split()), **more)


def _file(path: str, about: str, parameters: str, **more: Any) -> Page:
    """Return a file. `parameters`: names with blanks between."""
    return Page(path, "", about, tuple(parameters.split()), **more)


# "as_of" stands before "to", and "to" before "from": a default may rest on what stands before it.
_PAGES = (
    _page(
        path="",
        title="Map",
        about="Who stands where on a day",
        parameters="domain as_of view",
        controls="domain as_of",
        defaults=_LEADING,
    ),
    _page(
        path="trends",
        title="Trends",
        about="How positions moved over time",
        # The field rests on who is compared.
        parameters="as_of from actor domain",
        controls="domain as_of from actor",
        defaults={"from": _since, "actor": _lines, "domain": _field_of_lines},
        labels={"actor": parameters.positioned},
        most_actors=MOST_LINES,
    ),
    _page(
        path="members",
        title="Groups",
        about="What binds each member of a group, used or not, until when",
        parameters="group domain as_of",
        controls="group domain as_of",
        defaults={**_LEADING, **_GROUP},
    ),
    _page(
        path="actor",
        title="Countries",
        about="Where all stand in every field; of one what binds it, and why",
        parameters="actor as_of domain level",
        controls="actor as_of",
        labels={"actor": parameters.actors},
        most_actors=1,
    ),
    _page(
        path="acts",
        title="Rules",
        about="The rules in force, and what falls due",
        parameters=f"as_of {_RULES} page",
        controls="domain as_of",
        defaults={"status": lambda *_: "in force"},
        labels=_FIELDS,
    ),
    _page(
        path="changes",
        title="Changes",
        about="What was done between two days, with the level before and after",
        parameters="domain as_of to from group",
        controls="domain from to group",
        defaults={**_LEADING, **_PERIOD},
    ),
    _page(
        path="events",
        title="Events",
        about="Every event with its sources",
        parameters=f"as_of {_EVENTS} to from page",
        controls="q domain actor instrument from to",
        defaults=_TO,
        labels=_FIELDS,
    ),
    _page(
        path="data",
        title="Data",
        about="Files, method, releases and how to cite",
        parameters="as_of domain",
    ),
    _page(
        path="e",
        title="Event",
        about="An event with its sources",
        parameters="event domain",
    ),
    _page(
        path="a",
        title="Rule",
        about="A rule with its dates and sources",
        parameters="act domain",
    ),
)
PAGES = {page.path: page for page in _PAGES}
# Those that navigation names.
MAIN = [path for path in PAGES if path not in RECORDS]

_FILES = (
    _file(
        path="snapshots",
        about="The stance table of a day",
        parameters="as_of domain actor group basis release",
    ),
    _file(
        path="series",
        about="The stances of every month's end",
        parameters="domain actor group as_of to from basis release",
        defaults=_MONTHS,
    ),
    _file(
        path="groups",
        about="The means of groups at every month's end",
        parameters="domain group as_of to from basis release",
        defaults=_MONTHS,
    ),
    _file(
        path="events",
        about="Events with their sources, the newest first",
        parameters=f"{_EVENTS} as_of to from release",
        defaults=_TO,
        labels=_FIELDS,
    ),
    _file(
        path="acts",
        about="The register of rules on a day",
        parameters=f"as_of {_RULES} release",
        labels=_FIELDS,
    ),
    _file(
        path="deadlines",
        about="The dates of rules on a day, the next first",
        parameters=f"as_of {_RULES} release",
        labels=_FIELDS,
    ),
    _file(
        path="members",
        about="The members of a group on a day: what binds each, and where it stands",
        parameters="group domain as_of basis release",
        defaults=_GROUP,
    ),
    _file(
        path="changes",
        about="What was done between two days, with the level before and after",
        parameters="domain as_of to from group basis release",
        defaults=_PERIOD,
    ),
    _file(
        path="agreement",
        about="How far people and machines agree on scores, by field",
        parameters="release",
    ),
    _file(
        path="feed",
        about="The newest events, or corrections",
        parameters="actor group domain kind",
        labels=_FIELDS,
    ),
    _file(
        path="levels",
        about="The days on which levels change",
        parameters="basis release",
    ),
)
FILES = {file.path: file for file in _FILES}
