"""The view that an address names, read once, and the addresses of its links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote

from stances import words
from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.codebook import OVERALL
from stances.dataset.faults import BadInput, inline
from stances.dataset.load import Dataset, Store, load
from stances.links.pages import FILES, PAGES, RECORDS, Page
from stances.links.parameters import PARAMETERS, meant

Query = Mapping[str, "str | Sequence[str]"]
Texts = dict[str, str]
_NOT_SHARED = ("embed", "theme", "live")


@dataclass(frozen=True, eq=False)
class View:
    """What an address shows. `page`: its path in `PAGES`; `values`: of every parameter, by name;
    `texts`: of those that the address names; `refused`: a line for each that could not be used;
    `site`: the whole address of the first page, empty where it is not known; `mode`: of the colours
    of charts, `light` or `dark`, empty: as the reader's system has it.
    """

    tracker: Tracker
    page: str
    values: Mapping[str, Any]
    refused: tuple[str, ...] = ()
    site: str = ""
    mode: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    _of_pages: dict[str, tuple[Texts, Texts]] = field(default_factory=dict, init=False)

    def __getitem__(self, name: str) -> Any:
        """Return the value of a parameter."""
        return self.values[name]

    @property
    def entry(self) -> Page:
        """The page's entry in the register."""
        return PAGES[self.page]

    @property
    def day(self) -> date:
        """The day that is shown."""
        day: date = self.values["as_of"]
        return day

    @property
    def domain(self) -> str:
        """The domain that is shown, or overall."""
        return self.values["domain"] or OVERALL

    @property
    def actor(self) -> str:
        """The first of the actors and groups that are shown; empty where none is."""
        return next(iter(self.values["actor"]), "")

    @property
    def is_newest(self) -> bool:
        """Whether the day is the newest, on which alone doubts are told."""
        return self.day >= self.tracker.data.opening_day

    @property
    def title(self) -> str:
        """The title of the window."""
        tracker, parts = self.tracker, [self.entry.title]
        if self.page == "actor":
            parts = [tracker.names.get(self.actor, self.actor)]
        elif self.page in RECORDS:
            name = RECORDS[self.page]
            return f"{self.entry.options(tracker, name)[self[name]]} – {tracker.about.title}"
        if self.page != "data":
            parts.append(words.day(self.values["to" if self.page == "changes" else "as_of"]))
        if self.values["domain"]:
            parts.append(tracker.codebook.domain_label(self.domain))
        return f"{', '.join(parts)} – {tracker.about.title}"

    def is_set(self, name: str) -> bool:
        """Say whether the address names a parameter."""
        return name in self.texts

    @cached_property
    def _root(self) -> str:
        return "../" if self.page in RECORDS else ""

    def _texts_on(self, page: str) -> tuple[Texts, Texts]:
        """Return what a link to a page takes along, and what it need not say; once a page.

        A field and a period are said wherever they were set.
        """
        if page not in self._of_pages:
            entry, said = PAGES[page], {"domain", "from", "to", *RECORDS.values()}
            usual = {}
            for name in entry.parameters:
                value = entry.default(self.tracker, name, self.values)
                if name not in said and value is not None:
                    usual[name] = PARAMETERS[name].write(value)
            along = {
                name: text
                for name, text in self.texts.items()
                if name in entry.parameters
                and name not in RECORDS.values()
                and (page == self.page or PARAMETERS[name].carried)
                and text != usual.get(name)
            }
            self._of_pages[page] = along, usual
        return self._of_pages[page]

    def link(self, page: str | None = None, /, anchor: str = "", **changes: Any) -> str:
        """Return the relative address of a page (None: this one) under the same settings, apart
        from `changes`: values by the names of parameters (`from_` for `from`), of which None takes
        one away. What is as without being named is left out.
        """
        to = self.page if page is None else page
        path = f"{to}/{self[RECORDS[to]]}" if to in RECORDS else to
        # A query alone would keep the name of this page.
        place = f"{self._root}{path}" or "./"
        return f"{place}{self._query(to, changes)}{f'#{anchor}' if anchor else ''}"

    def _query(self, page: str, changes: Mapping[str, Any]) -> str:
        texts, usual = self._texts_on(page)
        if changes:
            texts, names = dict(texts), PAGES[page].parameters
            for key, value in changes.items():
                name = key.rstrip("_")
                texts.pop(name, None)
                text = "" if value is None else PARAMETERS[name].write(value)
                if text and text != usual.get(name) and name in names:
                    texts[name] = text
            if page == self.page and "page" not in changes:
                texts.pop("page", None)  # of another selection
        return query_of(texts)

    def record_event(self, event_id: str) -> str:
        """Return the relative address of the record of an event."""
        return f"{self._root}e/{quote(event_id)}{self._query('e', {})}"

    def record_act(self, act_id: str) -> str:
        """Return the relative address of the record of a rule."""
        return f"{self._root}a/{quote(act_id)}{self._query('a', {})}"

    def file(self, name: str, ending: str, **changes: Any) -> str:
        """Return the relative address of a file of this view: a name in `FILES`, or one below
        `pictures/`, `levels/` or `tables/`. What the view shows is named, apart from `changes`.
        """
        folder = name.partition("/")[0]
        place = self.entry if folder == "pictures" else FILES.get(folder, Page(name, "", "", ()))
        values = {**self.values, **{key.rstrip("_"): value for key, value in changes.items()}}
        if values["domain"] not in place.options(self.tracker, "domain"):
            values["domain"] = None  # overall: all of them
        # A day of its own is in the path of a snapshot; a calendar goes on.
        is_undated = name == "snapshots" or ending == "ics"
        left = {"as_of"} if is_undated else {"embed", "live", "page", *RECORDS.values()}
        texts = {
            key: PARAMETERS[key].write(values[key])
            for key in place.parameters
            if key not in left
            and values[key] is not None
            and values[key] != place.default(self.tracker, key, values)
        }
        name = f"snapshots/{values['as_of']}" if name == "snapshots" else name
        return f"{self._root}{name}.{ending}{query_of(texts)}"

    def absolute(self, relative: str) -> str:
        """Return the whole address of a relative one of this view."""
        return f"{self.site}{relative.removeprefix('../').removeprefix('./')}"

    @property
    def canonical(self) -> str:
        """The one whole address of this view, however it was asked for."""
        changes: dict[str, Any] = {"page": self["page"], **dict.fromkeys(_NOT_SHARED)}
        return self.absolute(self.link(**changes))

    @property
    def shared(self) -> str:
        """The whole address to be kept: with its day, so that it shows the same later."""
        texts = {k: v for k, v in self._texts_on(self.page)[0].items() if k not in _NOT_SHARED}
        if "as_of" in self.entry.parameters and not {"from", "to"} <= texts.keys():
            texts["as_of"] = str(self.day)
        path = f"{self.page}/{self[RECORDS[self.page]]}" if self.page in RECORDS else self.page
        return f"{self.site}{path}{query_of(texts)}"


def query_of(texts: Mapping[str, str]) -> str:
    """Return parameters as the query of an address, with its question mark; empty for none."""
    query = "&".join(f"{name}={_quoted(text)}" for name, text in texts.items())
    return f"?{query}" if query else ""


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    return quote(text, safe=",:")


@lru_cache(maxsize=1)
def store() -> Store:
    """Return the store of the data folder, which pages and files share."""
    return Store()


def notice() -> str:
    """Return the line of every page while newer data is refused; empty: the newest is shown."""
    fault = store().fault.partition("\n")[0]
    return f"Newer data was refused, so this is the data before it: {fault}" if fault else ""


def read(data: Dataset, page: str, query: Query, site: str = "", told: str = "") -> View:
    """Return the view of a page that an address asks for. What cannot be used is as without it, and
    told in a line of `refused`, after the line `told`.
    """
    refused = [told] if told else []
    try:
        data = of_release(data, query)
    except BadInput as error:
        refused.append(str(error))
    view = take(data, PAGES[page], query, refused)
    return replace(view, site=site, mode=view["theme"] or "")


def of_release(data: Dataset, query: Query) -> Dataset:
    """Return the release that an address asks for, or the tables of today. Raises BadInput."""
    version = _texts(query, "release")
    return load(data.folder, data.today, version[0]) if version and not data.release else data


def take(data: Dataset, page: Page, query: Query, refused: list[str] | None = None) -> View:
    """Return the view that a query asks of a page or file.

    `refused`: gets a line for each parameter that could not be used, which then is as without it;
    None: BadInput is raised with its name, for a name that the page has not too.
    """
    tracker = tracker_of(data)
    if refused is None:
        _refuse_unknown(page, query)
    values = {name: parameter.default(tracker) for name, parameter in PARAMETERS.items()}
    texts: Texts = {}
    for name in page.parameters:
        values[name] = page.default(tracker, name, values)
        if name == "release":
            values[name] = data.release or None
            texts |= {name: data.release} if data.release else {}
        elif given := _texts(query, name):
            try:
                values[name] = _value(tracker, page, name, given, values)
            except BadInput as error:
                if refused is None:
                    raise BadInput(str(error), name) from None
                cut = f"; shown is {words.day(error.rest)}" if isinstance(error.rest, date) else ""
                refused.append(f"{name}: {error}{cut}")
                if not error.rest:
                    continue
                values[name] = error.rest
            texts[name] = OVERALL if name == "domain" and not values[name] else ""
            texts[name] = texts[name] or PARAMETERS[name].write(values[name])
    return View(
        tracker_of(data, values["basis"]), page.path, values, tuple(refused or ()), texts=texts
    )


def _value(
    tracker: Tracker, page: Page, name: str, given: list[str], values: Mapping[str, Any]
) -> Any:
    """Return the value of a parameter from its texts. Raises BadInput."""
    parameter, options = PARAMETERS[name], page.options(tracker, name)
    if parameter.kind != "several":
        if len(set(given)) > 1:
            raise BadInput(f"is given {len(given)} times; allowed: once")
        if name == "domain" and given[0] == OVERALL and page is PAGES.get(page.path):
            return OVERALL if OVERALL in options else None
        value = parameter.read(tracker, given[0], options)
        if name == "from" and value > (last := values["to"] or values["as_of"]):
            raise BadInput(f"{value} is after the last day, {last}")
        return value
    codes, wrong = [], ""
    for part in ",".join(given).split(","):
        try:
            codes += parameter.read(tracker, part, options)
        except BadInput as error:
            is_group = name == "actor" and part.replace("_", " ") in tracker.groups
            wrong = wrong or (f"{part} is a group: see Groups" if is_group else str(error))
    known = tuple(dict.fromkeys(codes))
    if name == "actor" and 0 < page.most < len(known):
        wrong = wrong or f"{len(known)} are too many; allowed: {page.most}"
        known = known[: page.most]
    if wrong:
        raise BadInput(wrong, rest=known)
    return known


def _texts(query: Query, name: str) -> list[str]:
    given = query.get(name, ())
    return [text for text in ([given] if isinstance(given, str) else given) if text.strip()]


def _refuse_unknown(page: Page, query: Query) -> None:
    for name in query:
        if name not in page.parameters:
            allowed, told = {name: name for name in page.parameters}, inline(name)
            text = f"is no parameter of this address; allowed: {', '.join(allowed) or 'none'}"
            raise BadInput(f"{text}{meant(name, allowed)}", told)
