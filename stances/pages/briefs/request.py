"""A brief as it is asked for: of whom, as of when, since when, and for whom; and its link."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from stances import words
from stances.answers.tracker import Tracker
from stances.dataset.faults import BadInput, BadParameter, inline, of_parameter
from stances.dataset.schema import ALL_ACTORS
from stances.dataset.tables import Dataset
from stances.links.register import ACTOR, OF_RELEASE, PAGE_PARAMETERS
from stances.links.view import View, site_address, view_of
from stances.markup.offers import brief_link
from stances.tables.table import Place

DAY, SINCE, READER = "as_of", "since", "from"
# What a brief takes, by the names that addresses and options have.
BRIEF_PARAMETERS = (DAY, SINCE, READER, "settings", "basis", *OF_RELEASE)


@dataclass(frozen=True)
class BriefRequest:
    """A brief to be written. `view`: of the day; `code`: an actor, a group or ALL_ACTORS; `since`:
    actions after that day stand in it; `reader`: whom it is for, empty for anybody; `site`: the
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
        """The day that it is of."""
        return self.view.day

    @property
    def of_group(self) -> bool:
        """Say whether the brief is of a group, or of all."""
        return self.code not in self.tracker.model.actors

    @property
    def of_all(self) -> bool:
        """Say whether the brief is of all actors."""
        return self.code == ALL_ACTORS

    @property
    def name(self) -> str:
        """The name of whom the brief is of."""
        if self.of_group:
            return "All countries and bodies" if self.of_all else self.code
        return self.tracker.names[self.code]

    @property
    def text(self) -> str:
        """The name of whom the brief is of, within a sentence."""
        if self.of_all:
            return "all countries and bodies"
        return self.code if self.of_group else self.tracker.sentence_names[self.code]

    @property
    def title(self) -> str:
        """The title of the brief."""
        reader = f" for {self.tracker.sentence_names[self.reader]}" if self.reader else ""
        return f"{self.name}: brief{reader}, {words.day(self.day)}"

    @property
    def place(self) -> Place:
        """The page that shows the same."""
        if self.of_group:
            return self.place_on("members", group=self.code)
        return self.place_on(ACTOR, actor=self.code)

    def place_on(self, page: str, **more: str) -> Place:
        """Return a page that shows the same day, `more` being its other parameters."""
        return Place(page, self.view.texts_on(page) | more)

    def address(self, place: Place) -> str:
        """Return the address of a place; empty where that of the dashboard is not known."""
        return site_address(self.site, place.page, place.query)


def brief_request(
    data: Dataset, code: str, texts: Mapping[str, str], site: str = ""
) -> BriefRequest:
    """Return a brief by the texts of BRIEF_PARAMETERS. Raises BadInput with the bad one's name."""
    shared = (name for name in BRIEF_PARAMETERS if name not in (SINCE, READER))
    view = view_of(data, ACTOR, {name: texts.get(name) for name in shared})
    before = view.tracker.year_before(view.day)
    since = _since(data, view.day, texts[SINCE]) if SINCE in texts else before
    reader = _reader(data, code, texts[READER]) if READER in texts else ""
    return BriefRequest(view, code, since, reader, site)


def _since(data: Dataset, day: date, text: str) -> date:
    """Return the day after which actions stand in a brief. Raises BadInput."""
    with of_parameter(SINCE):
        since = data.day(text)
        if since > day:
            raise BadInput(f"{since} is after {day}, the day of the brief; choose an earlier")
    return since


def _reader(data: Dataset, code: str, text: str) -> str:
    """Return whom a brief is for. Raises BadInput."""
    others = [actor for actor in data.position_actors if actor != code]
    if text == code:
        raise BadParameter(READER, f"the brief is of {inline(text)} itself; choose another actor")
    if text not in others:
        raise BadParameter(READER, f"{inline(text)} is not one of: {', '.join(others)}")
    return text


def brief_html(view: View, code: str, of_group: bool = False) -> str:
    """Return a link to the brief of an actor or a group under the settings of a view, as markup."""
    texts = view.texts_on(ACTOR)
    # What the pages with a brief and the brief mean alike.
    shared = [name for name in BRIEF_PARAMETERS if name in PAGE_PARAMETERS[ACTOR]]
    query = {name: texts[name] for name in shared if name in texts}
    return f'<span class="picture">{brief_link(code, query, of_group)}</span>'
