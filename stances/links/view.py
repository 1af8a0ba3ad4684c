"""The view that a link makes: what it shows, read once, and where its own links lead."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from stances import escapes
from stances.answers.tracker import Tracker, tracker_under
from stances.dataset.faults import of_parameter
from stances.dataset.tables import Dataset
from stances.figures.theme import BOTH, MODES
from stances.links import parameters
from stances.links.register import ACTOR, PAGE_PARAMETERS, earlier_names_in, in_names_of, view_title

_EMBED, _THEME = "embed", "theme"


def text_of(values: Iterable[str]) -> str:
    """Return what an address says under one name, however often: what takes a list is given all of
    it, and what takes one value refuses several.
    """
    return parameters.SEPARATOR.join(dict.fromkeys(values))


def query_of(texts: Mapping[str, str]) -> str:
    """Return parameters as the query of an address."""
    return urlencode(texts, safe=",:")


def path_with(path: str, texts: Mapping[str, str]) -> str:
    """Return a path with parameters, if there are any."""
    return f"{path}?{query_of(texts)}" if texts else path


def site_address(site: str, page: str, texts: Mapping[str, str]) -> str:
    """Return the whole address of a page; empty where that of the dashboard is not known."""
    if not site:
        return ""
    query = f"?{query_of(texts)}" if texts else ""
    return f"{site.rstrip('/')}/{page}{query}"


def frame_texts(theme: str) -> dict[str, str]:
    """Return the parameters of a view in a frame of another page, and a theme of MODES if named."""
    return {_EMBED: "true"} | ({_THEME: theme} if theme else {})


@dataclass(frozen=True)
class View:
    """A view of a page.

    `page`: by its place in the address; `published`: the tracker without a reader's own settings;
    `values`: of all parameters; `refused`: a line for each part of the address that could not be
    used; `embedded`: in a frame of another page; `site`: what lies before the places of pages, as
    readers know it, empty where that is not known; `theme`: of that frame, of MODES; empty: as the
    system of the reader has it; `mode`: of the colours of its charts, of MODES where one is sure.
    """

    page: str
    published: Tracker
    values: Mapping[str, Any]
    refused: tuple[str, ...] = ()
    embedded: bool = False
    site: str = ""
    theme: str = ""
    mode: str = BOTH.mode

    def __getitem__(self, name: str) -> Any:
        """Return the value of a parameter."""
        return self.values[name]

    def but(self, **values: Any) -> View:
        """Return the same view apart from some values."""
        return replace(self, values={**self.values, **values})

    @cached_property
    def shared(self) -> View:
        """The view without what suits its reader alone: live, or only to be read."""
        return self.but(live=None)

    @cached_property
    def tracker(self) -> Tracker:
        """The tracker under the settings, and on the basis, of the address."""
        return tracker_under(self.published.data, self.values["settings"], self.values["basis"])

    @property
    def is_own(self) -> bool:
        """Say whether it is under a reader's own settings or of a release: hardly shared."""
        return self.values["settings"] is not None or bool(self.published.data.release)

    @property
    def day(self) -> date:
        """The day that is shown."""
        day: date = self.values[parameters.DAY]
        return day

    @property
    def domain(self) -> str:
        """The domain that is shown, or overall."""
        return str(self.values["domain"])

    @property
    def actor(self) -> str:
        """The actor or group that a page of one shows."""
        return parameters.actor_of(self.published, self.values)

    @property
    def title(self) -> str:
        """The title of the window that shows it."""
        return view_title(self.published.data, self.page, self.actor, self.domain, self.day)

    def text(self, name: str) -> str:
        """Return the text of a setting as it is shown; empty where nothing is chosen."""
        value = self.values[name]
        if (self.page, name) == (ACTOR, "actor"):
            value = self.actor
        if name == "start" and self.values["then"] is not None:
            value = self.values["then"] + timedelta(days=1)
        return "" if value is None else parameters.PARAMETERS[name].write(value)

    @cached_property
    def _texts(self) -> dict[str, str]:
        return parameters.texts_of(self.published, self.page, self.values)

    @cached_property
    def _links(self) -> dict[str, dict[str, str]]:
        """The parameters of a link to each page."""
        return {
            page: parameters.link_to(self.published, page, self.values, self.page)
            for page in PAGE_PARAMETERS
        }

    @cached_property
    def texts_of_page(self) -> dict[str, str]:
        """The parameters of a link to this view."""
        return parameters.link_to(self.published, self.page, self.values, self.page)

    @property
    def cited_texts(self) -> dict[str, str]:
        """The parameters of the link to be cited: to this view in the release that its data is of,
        where figures stay as they are; to the view itself where its data is of none.
        """
        here = self.shared.texts_of_page
        return parameters.release_texts_of(self.published.data, here) or here

    def texts_on(self, page: str) -> dict[str, str]:
        """Return the parameters of a link to the same view on another page."""
        return self._links[page]

    @cached_property
    def key(self) -> Hashable:
        """Return what tells a view from others of the same data."""
        return self.page, tuple(self._texts.items()), self.refused, self.embedded, self.theme

    @property
    def of_frame(self) -> dict[str, str]:
        """The parameters by which an address says that it stands in such a frame; none: in none."""
        return frame_texts(self.theme) if self.embedded else {}

    def address(self, page: str, **more: str) -> str:
        """Return the address of a page: under the same settings, apart from `more`."""
        # The first page has no name, and a query alone would keep that of this one.
        return f"{page or './'}?{query_of(self._links[page] | more)}"

    def link(self, page: str, wording: str, attributes: str = "", **more: str) -> str:
        """Return a link to it, as markup."""
        address = escapes.html(self.address(page, **more))
        return f'<a href="{address}"{attributes}>{escapes.html(wording)}</a>'


def view_of(
    data: Dataset,
    page: str,
    texts: Mapping[str, str | None],
    names: Mapping[str, str] = MappingProxyType({}),
) -> View:
    """Return the view of a page that parameters ask for; None: one is not given. `names`: what
    those are called that were given under another name. Raises BadParameter.
    """
    published = tracker_under(data, None)
    values: dict[str, Any] = {}
    for name in parameters.PARAMETERS:
        parameter = parameters.parameter_on(page, name)
        text = texts.get(name) if name in PAGE_PARAMETERS[page] else None
        with of_parameter(names.get(name, name)):
            values[name] = (
                parameter.default(published) if text is None else parameter.read(published, text)
            )
    values |= parameters.settle_values(published, values)
    return View(page, published, values | parameters.of_release(published, values))


def view_at(data: Dataset, page: str, query: Mapping[str, str], site: str = "") -> View:
    """Return the view of a page that the query of an address asks for: of what cannot be used the
    default, or what can, and a line that says so. `site`: see `View`.
    """
    published = tracker_under(parameters.release_at(data, query), None)
    values, refused = settings_at(published, page, query, parameters.PARAMETERS)
    embedded, theme = query.get(_EMBED, "").lower() == "true", query.get(_THEME, "")
    scheme = theme if embedded and theme in MODES else ""
    return View(page, published, values, tuple(refused), embedded, site, scheme)


def settings_at(
    tracker: Tracker, page: str, query: Mapping[str, str], names: Iterable[str]
) -> tuple[dict[str, Any], list[str]]:
    """Return some settings' values, all of the page among them, and lines on the unusable."""
    values: dict[str, Any] = {}
    refused = []
    called, query = earlier_names_in(page, query), in_names_of(page, query)
    for name in names:
        if not parameters.is_chosen(name, query):
            values[name] = parameters.default_on(tracker, page, name)
            continue
        values[name], wrong = parameters.take_value(tracker, page, name, query[name])
        if wrong:
            refused.append(parameters.refusal(tracker, page, called.get(name, name), wrong, values))
    values |= parameters.settle_values(tracker, values)
    if both := parameters.both_releases(tracker, values):
        refused.append(f"release in the address: {both}")
    values |= parameters.of_release(tracker, values)
    if other := parameters.others_event(tracker, page, values):
        values["event"] = None
        refused.append(f"event in the address: {other}.")
    if other := parameters.others_order(tracker, page, values):
        values["sort"] = parameters.default_on(tracker, page, "sort")
        refused.append(f"sort in the address: {other}. The default is shown.")
    return values, refused
