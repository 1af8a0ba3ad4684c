"""What a brief is asked to tell: of whom, as of when, of which time, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from stances import words
from stances.answers.tracker import Tracker
from stances.dataset.faults import BadInput, BadParameter, inline, of_parameter
from stances.dataset.schema import ALL_ACTORS
from stances.dataset.tables import Dataset
from stances.links.register import ACTOR
from stances.links.view import View, view_of

DAY, SINCE, READER = "as_of", "since", "from"
# What a brief takes, by the names that addresses and options have.
BRIEF_PARAMETERS = (DAY, SINCE, READER, "settings", "basis")


@dataclass(frozen=True)
class BriefRequest:
    """A brief to be written. `view`: of the day; `code`: an actor, a group or ALL_ACTORS; `since`:
    deeds after that day are told; `reader`: whom it is for, empty for anybody; `site`: the
    address of the dashboard, empty where it is not known.
    """

    view: View
    code: str
    since: date
    reader: str = ""
    site: str = ""

    @property
    def tracker(self) -> Tracker:
        """The tracker that the view is of."""
        return self.view.tracker

    @property
    def day(self) -> date:
        """The day of which it tells."""
        return self.view.day

    @property
    def of_group(self) -> bool:
        """Whether it tells of a group, or of all."""
        return self.code not in self.tracker.model.actors

    @property
    def name(self) -> str:
        """Of whom it tells."""
        if self.of_group:
            return "All countries and bodies" if self.code == ALL_ACTORS else self.code
        return self.tracker.names[self.code]

    @property
    def text(self) -> str:
        """Of whom it tells, within a sentence."""
        return "all countries and bodies" if self.code == ALL_ACTORS else self.name

    def link(self, page: str, **more: str) -> str:
        """Return the address of a page that shows the same day, `more` being its other parameters;
        empty where that of the dashboard is not known.
        """
        if not self.site:
            return ""
        return f"{self.site.rstrip('/')}/{self.view.address(page, **more)}"


def brief_request(
    data: Dataset, code: str, given: Mapping[str, str], site: str = ""
) -> BriefRequest:
    """Return a brief of an actor or a group as the texts of BRIEF_PARAMETERS have it. Raises
    BadInput with the name of a bad one.
    """
    view = view_of(data, ACTOR, {name: given.get(name) for name in (DAY, "settings", "basis")})
    since = _since(data, view.day, given[SINCE]) if SINCE in given else _year_before(view)
    reader = _reader(data, code, given[READER]) if READER in given else ""
    return BriefRequest(view, code, since, reader, site)


def _year_before(view: View) -> date:
    return view.tracker.year_before(view.day)


def _since(data: Dataset, day: date, text: str) -> date:
    """Return the day after which deeds are told. Raises BadInput."""
    with of_parameter(SINCE):
        since = data.day(text)
        if since > day:
            raise BadInput(f"{since} is after {day}, the day of the brief; choose an earlier")
    return since


def _reader(data: Dataset, code: str, text: str) -> str:
    """Whom a brief is for. Raises BadInput."""
    others = [actor for actor in data.position_actors if actor != code]
    if text == code:
        raise BadParameter(READER, f"the brief is of {inline(text)} itself; choose another actor")
    if text not in others:
        raise BadParameter(READER, f"{inline(text)} is not one of: {', '.join(others)}")
    return text


def title_of(found: BriefRequest) -> str:
    """Return what a brief is called."""
    reader = f" for {found.tracker.names[found.reader]}" if found.reader else ""
    return f"{found.name}: brief{reader}, {words.day(found.day)}"
