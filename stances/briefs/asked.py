"""What a brief is asked to tell: of whom, as of when, of which time, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from stances import words
from stances.answers.tracker import Tracker, tracker_under
from stances.dataset.faults import BadInput, shown
from stances.dataset.schema import ALL_ACTORS
from stances.dataset.tables import Dataset
from stances.parameters import PARAMETERS, texts_of
from stances.pictures.asked import query_of

DAY, SINCE, READER = "as_of", "since", "from"
# What a brief takes, by the names that addresses and options have.
BRIEF_PARAMETERS = (DAY, SINCE, READER, "settings", "basis")


@dataclass(frozen=True)
class AskedBrief:
    """A brief to be written. `code`: an actor, a group, or ALL_ACTORS; `since`: deeds after that
    day are told; `reader`: the actor whom it is for, empty for anybody; `site`: the address of the
    dashboard, empty where it is not known.
    """

    tracker: Tracker
    code: str
    day: date
    since: date
    reader: str = ""
    site: str = ""

    @property
    def of_group(self) -> bool:
        """Whether it tells of a group, or of all."""
        return self.code not in self.tracker.model.actors

    @property
    def name(self) -> str:
        """Of whom it tells."""
        if self.of_group:
            return "All actors" if self.code == ALL_ACTORS else self.code
        return self.tracker.names[self.code]

    @property
    def told(self) -> str:
        """The same within a sentence."""
        return "all actors" if self.code == ALL_ACTORS else self.name

    def link(self, page: str, **more: str) -> str:
        """The address of a page that shows the same day, `more` being its other parameters; empty
        where that of the dashboard is not known.
        """
        if not self.site:
            return ""
        data, basis = self.tracker.data, self.tracker.model.basis
        shared = {DAY: self.day, "settings": self.tracker.settings, "basis": basis}
        query = query_of({**texts_of(tracker_under(data, None), shared), **more})
        return f"{self.site.rstrip('/')}/{page}?{query}"


def asked(data: Dataset, code: str, given: Mapping[str, str], site: str = "") -> AskedBrief:
    """A brief of an actor or a group as the texts of BRIEF_PARAMETERS have it. Raises BadInput with
    the name of a bad one.
    """
    published = tracker_under(data, None)
    read = {name: _read(published, name, given.get(name)) for name in (DAY, "settings", "basis")}
    tracker = tracker_under(data, read["settings"], read["basis"])
    day = read[DAY]
    since = _since(data, day, given[SINCE]) if SINCE in given else tracker.year_before(day)
    reader = _reader(data, code, given[READER]) if READER in given else ""
    return AskedBrief(tracker, code, day, since, reader, site)


def _read(tracker: Tracker, name: str, text: str | None) -> Any:
    parameter = PARAMETERS[name]
    if text is None:
        return parameter.default(tracker)
    try:
        return parameter.read(tracker, text)
    except BadInput as error:
        raise BadInput(f"{name}: {error}") from None


def _since(data: Dataset, day: date, text: str) -> date:
    """The day after which deeds are told. Raises BadInput."""
    try:
        since = data.day(text)
    except BadInput as error:
        raise BadInput(f"{SINCE}: {error}") from None
    if since > day:
        raise BadInput(f"{SINCE}: {since} is after {day}, the day of the brief; choose an earlier")
    return since


def _reader(data: Dataset, code: str, text: str) -> str:
    """Whom a brief is for. Raises BadInput."""
    others = [actor for actor in data.position_actors if actor != code]
    if text == code:
        raise BadInput(f"{READER}: the brief is of {shown(text)} itself; choose another actor")
    if text not in others:
        raise BadInput(f"{READER}: {shown(text)} is not one of: {', '.join(others)}")
    return text


def title_of(found: AskedBrief) -> str:
    """What a brief is called."""
    reader = f" for {found.tracker.names[found.reader]}" if found.reader else ""
    return f"{found.name}: brief{reader}, {words.day(found.day)}"
