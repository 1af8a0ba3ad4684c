"""The parameters of addresses, each declared once: it means the same on every page and file."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from stances.answers import acts, news
from stances.answers.events import KINDS
from stances.answers.tracker import Tracker
from stances.dataset import releases
from stances.dataset.days import AnyDay, as_day, first_day, is_partial, last_day, written_partial
from stances.dataset.faults import BadInput, in_address, inline, known_code

# What can be chosen of a parameter: what each is called, by code.
Labels = Callable[[Tracker], Mapping[str, str]]

ALL = "all"
BASES = {ALL: "Acts and statements", "acts": "Acts only"}
VIEWS = {"europe": "Europe", "world": "World"}
THEMES = {"light": "Light", "dark": "Dark"}
STATUSES = {"in force": "In force", "not yet": "Not yet in force", "ended": "Ended", ALL: "All"}
APPLIED = {"yes": "Used", "eased": "Eased", "no": "Not used", "unknown": "Use not known"}
_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_MOST_LETTERS = 200
# The value of `page`, the part of a long table, where all of it is asked for: `all` in an address.
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
    what that says while nothing is chosen; `labels`: what can be chosen (None: the kind alone
    says); `carried`: whether links to other pages take it along; `last`: the last day that it can
    be; `usual`: its default, or what makes that of a tracker.
    """

    name: str
    kind: str
    about: str
    label: str = ""
    none: str = ""
    labels: Labels | None = None
    carried: bool = False
    usual: Any = None
    last: Callable[[Tracker], date] = attrgetter("data.opening_day")

    def default(self, tracker: Tracker) -> Any:
        """Return the value where an address does not name it and its page has none of its own."""
        return self.usual(tracker) if callable(self.usual) else self.usual

    def read(
        self,
        tracker: Tracker,
        text: str,
        labels: Mapping[str, str] | None = None,
        most_codes: int = 0,
    ) -> Any:
        """Return the value of a text. Raises BadInput with what is allowed; its `usable`: what of
        the text can be used all the same.

        `labels`: what can be chosen where it is asked, in place of the parameter's own;
        `most_codes`: at once (0: any number).
        """
        if labels is None:
            labels = self.labels(tracker) if self.labels else {}
        match self.kind:
            case "day":
                return self._day(tracker, text)
            case "one":
                return known_code(text, labels, tracker.other_names)
            case "several":
                return self._codes(tracker, text, labels, most_codes)
            case "level":
                return _level(tracker, text)
            case "whole":
                return _whole(text)
            case "truth":
                if text not in _TRUTH:
                    raise BadInput(f"{inline(text)} is not one of: true, false")
                return _TRUTH[text]
            case _:
                return _line(text)

    def _day(self, tracker: Tracker, text: str) -> date:
        """Return the day of a text. Of a month or year it is the first, the last where a period
        ends, as far as there is data.
        """
        written = written_partial(text)
        last = self.last(tracker)
        day: AnyDay = written
        if is_partial(written):
            day = first_day(written)
            # One that begins after the data is not cut but refused below, as any later day.
            if self.name == "to" and day <= last:
                day = min(last_day(written), last)
        return as_day(day, tracker.codebook.first_date, last)

    def _codes(
        self, tracker: Tracker, text: str, labels: Mapping[str, str], most_codes: int
    ) -> tuple[str, ...]:
        """Return the codes of a text such as `POL,USA`, each once. Raises BadInput with the first
        fault; its `usable`: the codes that are known, no more than `most_codes`.
        """
        codes = []
        faults = []
        for part in text.split(","):
            try:
                code = known_code(part, labels, tracker.other_names)
            except BadInput as fault:
                # The code of a name, POL of Poland; None where it is nobody's.
                code = fault.usable
                # A page of single actors has no groups to choose from. `_`: see `in_address`.
                is_group = self.name == "actor" and part.replace("_", " ") in tracker.groups
                faults.append(BadInput(f"{part} is a group: see Groups") if is_group else fault)
            if code and code not in codes:
                codes.append(code)

        if 0 < most_codes < len(codes):
            faults.append(BadInput(f"{len(codes)} are too many; allowed: {most_codes}"))
            codes = codes[:most_codes]
        if faults:
            # What may have been meant: what is known, and the nearest to the first that is not.
            nearest = (*codes, faults[0].nearest) if faults[0].nearest else None
            raise BadInput(str(faults[0]), usable=tuple(codes), nearest=nearest)
        return tuple(codes)

    def write(self, value: Any) -> str:
        """Return the text of a value, as an address has it. A single code stands also for a tuple
        of it, where several may be chosen.
        """
        match self.kind:
            case "one" | "several":
                codes = value if isinstance(value, str) else ",".join(value)
                return in_address(codes)
            case "level":
                low, high = value
                return str(low) if low == high else f"{low}..{high}"
            case "whole":
                return ALL if value == ALL_ROWS else str(value)
            case "truth":
                return str(value).lower()
        return str(value)


def _level(tracker: Tracker, text: str) -> tuple[int, int]:
    """Return the lowest and the highest score of a text: -2, or -3..-1. Raises BadInput."""
    lowest = tracker.codebook.scale.min
    highest = tracker.codebook.scale.max
    if re.fullmatch(FORMS["level"], text):
        first, _, last = text.partition("..")
        low = int(first)
        high = int(last) if last else low
        if lowest <= low <= high <= highest:
            return low, high

    allowed = f"a score from {lowest} to {highest}, or a range such as {lowest}..-1"
    raise BadInput(f"{inline(text)} is not {allowed}")


def _whole(text: str) -> int:
    """Return the whole number of a text, ALL_ROWS of `all`. Raises BadInput."""
    if not re.fullmatch(FORMS["whole"], text):
        allowed = f"a whole number from 1 to {ALL_ROWS}, or all"
        raise BadInput(f"{inline(text)} is not {allowed}")
    return ALL_ROWS if text == ALL else int(text)


def _line(text: str) -> str:
    """Return words to look for, without blanks around them. Raises BadInput."""
    if len(text) > _MOST_LETTERS or not text.isprintable():
        raise BadInput(f"has more than {_MOST_LETTERS} letters, or more than one line")
    return text.strip()


# -- what can be chosen ------------------------------------------------------------------------


def fields(tracker: Tracker) -> dict[str, str]:
    """Return the labels of the domains, by code."""
    return {code: domain.label for code, domain in tracker.codebook.domains.items()}


def _columns(tracker: Tracker) -> dict[str, str]:
    """Return the labels of all that a stance is of: overall, then the domains."""
    return {code: tracker.codebook.domain_label(code) for code in tracker.codebook.columns}


def _groups(tracker: Tracker) -> dict[str, str]:
    """Return all, the groups, and those that have bodies with these, by code."""
    with_bodies = [f"{group}+" for group in tracker.bodies]
    codes = [ALL, *tracker.groups, *with_bodies]
    return {code: tracker.group_title(code, tracker.data.opening_day) for code in codes}


def _who(tracker: Tracker) -> dict[str, str]:
    """Return all actors by name, then the groups, also with their bodies, by code."""
    labels = _by_name(tracker, tracker.data.actors["actor"])
    for group in _groups(tracker):
        if group != ALL:
            labels[group] = tracker.members_called(group)
    return labels


def positioned(tracker: Tracker) -> dict[str, str]:
    """Return the groups, then the actors that can have a position by name, by code."""
    groups = {group: group for group in tracker.groups}
    return groups | actors(tracker)


def actors(tracker: Tracker) -> dict[str, str]:
    """Return the actors that can have a position by name, by code."""
    return _by_name(tracker, tracker.actors)


def _by_name(tracker: Tracker, codes: Iterable[str]) -> dict[str, str]:
    """Return the names of actors by code, in the order of the names."""
    names = tracker.names
    return {code: names[code] for code in sorted(codes, key=names.__getitem__)}


def _fixed(labels: Mapping[str, str]) -> Labels:
    """Return what gives the same labels for every tracker."""
    return lambda _: labels


def _instruments(tracker: Tracker) -> dict[str, str]:
    """Return the labels of binding and not binding, then of the instruments, by code."""
    return KINDS | tracker.codebook.codes("instruments")


def _confidences(tracker: Tracker) -> dict[str, str]:
    """Return how sure a coding can be, by code: the model has a tolerance for each."""
    return {code: code.capitalize() for code in tracker.codebook.model.tolerance}


def _releases(tracker: Tracker) -> Any:
    """Return the days of the releases that can be opened, by version."""
    published = releases.published(tracker.data.folder).set_index("version")
    # It is empty for those of another model.
    return published.loc[published["model_version"] != "", "date"].astype(str).to_dict()


def _events(tracker: Tracker) -> dict[str, str]:
    """Return the titles of all events, by id."""
    titles = tracker.events["title"]
    # Of a thousand texts `to_dict` takes three times as long.
    return dict(zip(titles.index, titles, strict=True))


def _acts(tracker: Tracker) -> dict[str, str]:
    """Return the names of all rules, by id."""
    names = acts.adopted(tracker, tracker.data.opening_day)["name"]
    return dict(zip(names.index, names, strict=True))


_DECLARED = (
    Parameter(
        name="as_of",
        kind="day",
        about="The day",
        label="Day",
        carried=True,
        usual=attrgetter("data.opening_day"),
    ),
    Parameter(
        name="domain",
        kind="one",
        about="A field, or overall",
        label="Field",
        none="All fields",
        labels=_columns,
        carried=True,
    ),
    Parameter(
        name="actor",
        kind="several",
        about="Codes of actors; groups, in tables for members",
        label="Country",
        none="All countries",
        labels=_who,
        usual=(),
    ),
    Parameter(
        name="group",
        kind="one",
        about="A group, one with its bodies (EU+), or all",
        label="Group",
        labels=_groups,
        usual=ALL,
    ),
    Parameter(name="from", kind="day", about="The first day of the period", label="From"),
    Parameter(
        name="to",
        kind="day",
        about="The last day of the period; without it as_of",
        label="To",
    ),
    Parameter(
        name="basis",
        kind="one",
        about="What stances rest on",
        label="Rests on",
        labels=_fixed(BASES),
        carried=True,
        usual=ALL,
    ),
    Parameter(
        name="view",
        kind="one",
        about="The part of the world on the map",
        label="Map",
        labels=_fixed(VIEWS),
        usual="europe",
    ),
    Parameter(
        name="q",
        kind="text",
        about="Words that must all occur",
        label="Search",
        none="Search",
        usual="",
    ),
    Parameter(
        name="instrument",
        kind="several",
        about="Kinds of events",
        label="Kind",
        none="All kinds",
        labels=_instruments,
        usual=(),
    ),
    Parameter(
        name="level",
        kind="level",
        about="A score, or a range such as -3..-1",
        label="Level",
        none="All levels",
    ),
    Parameter(
        name="confidence",
        kind="several",
        about="How sure the coding is",
        label="Confidence",
        none="Any",
        labels=_confidences,
        usual=(),
    ),
    Parameter(
        name="counted",
        kind="truth",
        about="Scored events alone; false: context alone",
        label="Scored",
        none="All",
    ),
    Parameter(
        name="added",
        kind="day",
        about="Events that first came in on the day or later",
        label="Added since",
        # Rows come in after the day up to which sources were looked through.
        last=attrgetter("data.today"),
    ),
    Parameter(
        name="kind",
        kind="one",
        about="What a feed brings: news, or corrections and what came in late",
        label="Kind",
        labels=_fixed(news.KINDS),
        usual="news",
    ),
    Parameter(
        name="status",
        kind="one",
        about="The status of rules on the day",
        label="Status",
        labels=_fixed(STATUSES),
        usual=ALL,
    ),
    Parameter(
        name="applied",
        kind="several",
        about="Whether rules were used",
        label="Used",
        none="Used or not",
        labels=_fixed(APPLIED),
        usual=(),
    ),
    Parameter(
        name="deadline",
        kind="one",
        about="Rules with a deadline of a kind",
        label="Deadline",
        labels=attrgetter("codebook.acts.deadline_kind"),
    ),
    Parameter(
        name="scope",
        kind="several",
        about="What rules cover",
        label="Covers",
        none="Anything",
        labels=attrgetter("codebook.acts.scope"),
        usual=(),
    ),
    Parameter(
        name="aim",
        kind="several",
        about="How rules meet the subject",
        label="Aim",
        none="Any aim",
        labels=attrgetter("codebook.acts.aim"),
        usual=(),
    ),
    Parameter(name="event", kind="one", about="An event, by its id", label="Event", labels=_events),
    Parameter(name="act", kind="one", about="A rule, by its id", label="Rule", labels=_acts),
    Parameter(name="page", kind="whole", about="Which part of a long table", usual=1),
    Parameter(
        name="release",
        kind="one",
        about="The release of all figures",
        label="Release",
        none="Today",
        labels=_releases,
        carried=True,
    ),
    Parameter(
        name="embed",
        kind="truth",
        about="Whether it stands in a frame of another page",
        usual=False,
    ),
    Parameter(
        name="theme",
        kind="one",
        about="The colours of a frame or picture",
        label="Colours",
        labels=_fixed(THEMES),
    ),
    Parameter(
        name="live",
        kind="truth",
        about="Whether the page becomes live by itself",
        carried=True,
    ),
)
PARAMETERS = {parameter.name: parameter for parameter in _DECLARED}
