"""What an address asks a page to say, and where the links of that page lead."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from stances import escapes
from stances.answers.tracker import Tracker, tracker_under
from stances.dataset.tables import Dataset
from stances.figures.theme import BOTH
from stances.parameters import (
    DAY,
    PARAMETERS,
    actor_shown,
    link_to,
    others_event,
    refusal,
    taken,
    texts_of,
)
from stances.pictures.asked import AskedPicture

# In it colours are those of the reader's scheme, which only the browser knows.
MODE = BOTH.mode
_EMBED = "embed"


@dataclass(frozen=True)
class View:
    """`page`: by its place in the address; `values`: of all settings; `refused`: a line for each
    part of the address that could not be used; `embedded`: in a frame of another page.
    """

    page: str
    published: Tracker
    values: Mapping[str, Any]
    refused: tuple[str, ...]
    embedded: bool

    @cached_property
    def tracker(self) -> Tracker:
        """The tracker under the settings, and on the basis, of the address."""
        return tracker_under(self.published.data, self.values["settings"], self.values["basis"])

    @property
    def day(self) -> date:
        """The day that is shown."""
        day: date = self.values[DAY]
        return day

    @property
    def domain(self) -> str:
        """The domain that is shown, or overall."""
        return str(self.values["domain"])

    @property
    def actor(self) -> str:
        """The actor or group that a page of one shows."""
        return actor_shown(self.published, self.values)

    @cached_property
    def asked(self) -> AskedPicture:
        """The same as a picture is asked for."""
        return AskedPicture(self.tracker, BOTH, self.values)

    @cached_property
    def _texts(self) -> dict[str, str]:
        return texts_of(self.published, self.values)

    @property
    def texts_of_page(self) -> dict[str, str]:
        """The parameters of a link to this view."""
        return link_to(self.published, self.page, self._texts, self.values)

    @cached_property
    def key(self) -> Hashable:
        """What tells it from other views of the same data."""
        return self.page, tuple(self._texts.items()), self.refused, self.embedded

    def link(self, page: str, wording: str, attributes: str = "", **more: str) -> str:
        """A link to a page, as markup: under the same settings, apart from `more`."""
        query = link_to(self.published, page, self._texts, self.values) | more
        # The first page has no name, and a query alone would keep that of this one.
        address = f"{page or './'}?{urlencode(query, safe=',:')}"
        return f'<a href="{escapes.html(address)}"{attributes}>{escapes.html(wording)}</a>'


def view_at(data: Dataset, page: str, given: Mapping[str, str]) -> View:
    """The view of a page that the query of an address asks for: of what cannot be used the default,
    or what can, and a line that says so, as the dashboard does.
    """
    published = tracker_under(data, None)
    values: dict[str, Any] = {}
    refused = []
    for name, parameter in PARAMETERS.items():
        if name not in given:
            values[name] = parameter.default(published)
            continue
        values[name], wrong = taken(published, name, given[name])
        if wrong:
            refused.append(refusal(published, page, name, wrong, values))
    other = others_event(published, page, values["event"], actor_shown(published, values))
    if other is not None:
        values["event"] = None
        refused.append(f"event in the address: {other}.")
    embedded = given.get(_EMBED, "").lower() == "true"
    return View(page, published, values, tuple(refused), embedded)
