"""The view that an address names, read once, and the addresses of its links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

from stances import words
from stances.answers import proof
from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.codebook import OVERALL
from stances.dataset.faults import MEANT, BadInput, did_you_mean, inline
from stances.dataset.load import Dataset, Store, load
from stances.links.pages import FILES, PAGES, RECORDS, Page
from stances.links.parameters import PARAMETERS

Query = Mapping[str, "str | Sequence[str]"]
Texts = dict[str, str]
# Settings of the reader, which an address to be kept leaves out.
_NOT_SHARED = ("embed", "theme", "live")
# The parameter that says which part of a long table is shown; the `page` of a View is a path.
_PART = "page"


class Refusal(NamedTuple):
    """A line on what could not be used; the address of what may have been meant, and its name."""

    line: str
    link: str = ""
    nearest: str = ""


@dataclass(frozen=True, eq=False)
class View:
    """What an address shows. `page`: its path in `PAGES`, or in `FILES` (`take`); `values`: of
    every parameter, by name; `texts`: of those that the address names, as links write them;
    `refused`: a line for each that could not be used, and on what else is not as asked;
    `site`: the whole address of the first page, empty where it is not known; `mode`: of the colours
    of charts, `light` or `dark`, empty: as the reader's system has it.
    """

    tracker: Tracker
    page: str
    values: Mapping[str, Any]
    refused: tuple[Refusal, ...] = ()
    site: str = ""
    mode: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """Return the value of a parameter: that of the address, else the default, which may be
        None; `domain` and `actor` say what is shown then.
        """
        return self.values[name]

    @property
    def entry(self) -> Page:
        """The page's entry in the register."""
        return PAGES[self.page]

    @property
    def day(self) -> date:
        """The day that is shown."""
        day: date = self["as_of"]
        return day

    @property
    def last_day(self) -> date:
        """The last day of the period that is shown; of a page without one the day."""
        day: date = self["to"] if "to" in self.entry.controls else self.day
        return day

    @property
    def domain(self) -> str:
        """The domain that is shown, or overall."""
        return self["domain"] or OVERALL

    @property
    def day_in_words(self) -> str:
        """The day that is shown: 4 Mar 2019."""
        return words.day(self.day)

    @property
    def field(self) -> str:
        """The domain that is shown, for the middle of a sentence: telecom networks, all fields."""
        if self.domain == OVERALL:
            return "all fields"
        label = self.tracker.codebook.domain_label(self.domain)
        return words.within(label)

    @property
    def labels(self) -> Mapping[int, str]:
        """The names of the levels."""
        return self.tracker.codebook.scale.labels

    @property
    def actor(self) -> str:
        """The first of the actors and groups that are shown; empty where none is."""
        return next(iter(self["actor"]), "")

    @property
    def is_newest(self) -> bool:
        """Whether the day is the newest, on which alone doubts are told."""
        return self.day >= self.tracker.data.opening_day

    @property
    def title(self) -> str:
        """The title of the window."""
        tracker = self.tracker
        site_title = tracker.about.title
        if self.page in RECORDS:
            name = RECORDS[self.page]
            record_id = self[name]
            titles = self.entry.options(tracker, name)
            return f"{titles[record_id]} – {site_title}"

        # The page of all countries is of no actor.
        parts = [self.entry.title]
        if self.page == "actor":
            parts = [tracker.names.get(self.actor, self.entry.title)]
        if self.page != "data":
            parts.append(words.day(self.last_day))
        # Where no domain is set, which shows overall, the title says nothing of it.
        if self["domain"]:
            parts.append(tracker.codebook.domain_label(self.domain))
        return f"{', '.join(parts)} – {site_title}"

    def is_set(self, name: str) -> bool:
        """Say whether the address names a parameter."""
        return name in self.texts

    # -- addresses ---------------------------------------------------------------------------------

    def link(self, path: str | None = None, /, anchor: str = "", **changes: Any) -> str:
        """Return the relative address of the page of a path (None: this one) with the same settings
        but for `changes`: values by the names of parameters (`from_` for `from`), of which None
        takes one away. A value that the page has anyway is not written, nor one of a parameter that
        it has not.
        """
        if path is None:
            path = self.page
        place = f"{self._root}{self._full_path(path)}"
        if not place:
            # A query alone would keep the name of this page.
            place = "./"

        fragment = f"#{anchor}" if anchor else ""
        return f"{place}{self._query(path, changes)}{fragment}"

    def record_event(self, event_id: str) -> str:
        """Return the relative address of the record of an event."""
        return f"{self._root}e/{quote(event_id)}{self._query('e', {})}"

    def record_act(self, act_id: str) -> str:
        """Return the relative address of the record of a rule."""
        return f"{self._root}a/{quote(act_id)}{self._query('a', {})}"

    def file(self, name: str, ending: str, **changes: Any) -> str:
        """Return the relative address of a file of this view: a name in `FILES`, one below
        `pictures/` or `levels/`, or a file that is the same for all views (`tables/`, `releases/`).
        The address names all that the view shows, so that the file has the same; `changes` are
        other values, as in `link`.
        """
        place = f"{self._root}{name}"
        folder, _, _ = name.partition("/")
        page = self.entry if folder == "pictures" else FILES.get(folder)
        if page is None:
            return f"{place}.{ending}"

        values = dict(self.values)
        for key, value in changes.items():
            values[_parameter_name(key)] = value
        # A page has `overall` among its domains; a file that has not has all of them in its place.
        if values["domain"] not in page.options(self.tracker, "domain"):
            values["domain"] = None

        # What concerns a page alone: how it is shown, the part of a table, and the record.
        unnamed = {"embed", "live", _PART, *RECORDS.values()}
        # The day of a snapshot is in its path; a calendar that is subscribed to must not be tied to
        # a day.
        if name == "snapshots":
            place = f"{place}/{values['as_of']}"
            unnamed.add("as_of")
        if ending == "ics":
            unnamed.add("as_of")

        # A default is not named; some rest on other values, so they are those of the file.
        texts = {}
        for parameter in page.parameters:
            value = values[parameter]
            default = page.default(self.tracker, parameter, values)
            if parameter not in unnamed and value not in (None, default):
                texts[parameter] = PARAMETERS[parameter].write(value)
        return f"{place}.{ending}{query_of(texts)}"

    def absolute(self, relative: str) -> str:
        """Return the whole address of a relative one of this view, which may begin with `../` (on a
        record) or `./` (a query alone).
        """
        return f"{self.site}{relative.removeprefix('../').removeprefix('./')}"

    @property
    def canonical(self) -> str:
        """The one whole address of this view, however it was asked for."""
        # None takes away.
        changes: dict[str, Any] = dict.fromkeys(_NOT_SHARED)
        # Else the changes would begin at the first part.
        changes[_PART] = self[_PART]
        return self.absolute(self.link(**changes))

    @property
    def shared(self) -> str:
        """The whole address to be kept: with its day, so that it shows the same later."""
        carried_texts, _ = _texts_on(self, self.page)
        texts = {name: text for name, text in carried_texts.items() if name not in _NOT_SHARED}

        # A period of two days is dated already.
        has_period = "from" in texts and "to" in texts
        if "as_of" in self.entry.parameters and not has_period:
            texts["as_of"] = str(self.day)

        path = self._full_path(self.page)
        return f"{self.site}{path}{query_of(texts)}"

    @cached_property
    def _root(self) -> str:
        """The way from this page to the first: records are in a folder."""
        return "../" if self.page in RECORDS else ""

    def _full_path(self, path: str) -> str:
        """Return the path of a page, with the id of the record where it has one: e/pol-2019-1."""
        return f"{path}/{self[RECORDS[path]]}" if path in RECORDS else path

    def _query(self, path: str, changes: Mapping[str, Any]) -> str:
        """Return the query of a link to the page of a path, with its question mark; `changes`: see
        `link`.
        """
        carried_texts, default_texts = _texts_on(self, path)
        if not changes:
            return query_of(carried_texts)

        texts = dict(carried_texts)
        # Another selection begins at its first part, unless `changes` names one.
        texts.pop(_PART, None)
        for key, value in changes.items():
            name = _parameter_name(key)
            texts.pop(name, None)
            if value is None or name not in PAGES[path].parameters:
                continue
            text = PARAMETERS[name].write(value)
            if text and text != default_texts.get(name):
                texts[name] = text
        return query_of(texts)


def _parameter_name(key: str) -> str:
    """Return the parameter that a keyword of Python stands for: `from_` for `from`."""
    return key.rstrip("_")


# A page may have a thousand links, to a few pages.
@lru_cache(maxsize=32)
def _texts_on(view: View, path: str) -> tuple[Texts, Texts]:
    """Return what a link of a view to the page of a path takes along, and the defaults there, which
    it need not name: two dicts, text by parameter. Both are remembered: copy them to change them.
    """
    entry = PAGES[path]
    default_texts = {}
    for name in entry.parameters:
        value = entry.default(view.tracker, name, view.values)
        # A field and a period stay where they were set, be they the default: that they were set is
        # seen on the page, and the default moves with the day.
        if value is not None and name not in ("domain", "from", "to"):
            default_texts[name] = PARAMETERS[name].write(value)

    carried_texts = {}
    for name, text in view.texts.items():
        if name not in entry.parameters:
            continue
        # A record is named in the path.
        if name in RECORDS.values():
            continue
        is_carried = path == view.page or PARAMETERS[name].carried
        if is_carried and text != default_texts.get(name):
            carried_texts[name] = text
    return carried_texts, default_texts


def query_of(texts: Mapping[str, str]) -> str:
    """Return parameters as the query of an address, with its question mark; empty for none."""
    query = "&".join(f"{name}={_quoted(text)}" for name, text in texts.items())
    return f"?{query}" if query else ""


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    return quote(text, safe=",:")


# -- what an address asks for --------------------------------------------------------------------


@lru_cache(maxsize=1)
def store() -> Store:
    """Return the store of the data folder, which pages and files share."""
    return Store()


def notice() -> str:
    """Return the line of every page while newer data is refused; empty: the newest is shown."""
    fault, _, _ = store().fault.partition("\n")
    return f"Newer data was refused, so this is the data before it: {fault}" if fault else ""


def read(data: Dataset, path: str, query: Query, site: str = "", warning: str = "") -> View:
    """Return the view that an address asks for, of the page of a path. What cannot be used is as
    without it, and told in a line of `refused`, after the line `warning` (empty: none), which is
    `notice`.
    """
    lines = [warning] if warning else []
    # A release is refused here alone: `_parsed` passes it over.
    try:
        data = of_release(data, query)
    except BadInput as error:
        lines.append(str(error))
    # Of a release that tells other figures today; empty: none does.
    lines.append(proof.difference(tracker_of(data)))

    refused = [Refusal(line) for line in lines if line]
    view, refusals = _parsed(data, PAGES[path], query)
    for name, refusal in refusals:
        label = PARAMETERS[name].label
        line, _, nearest = f"{label if label else name}: {refusal}".partition(MEANT)
        # Of a day after the end of the data the last day is used: say so.
        if isinstance(refusal.usable, date):
            line += f"; shown is {words.day(refusal.usable)}"
        link = view.link(**{name: refusal.nearest}) if refusal.nearest else ""
        refused.append(Refusal(line, link, nearest.rstrip("?")))
    return replace(view, refused=tuple(refused), site=site, mode=view["theme"] or "")


def of_release(data: Dataset, query: Query) -> Dataset:
    """Return the release that an address asks for, else the data as given. Raises BadInput."""
    versions = _texts(query, "release")
    # What is a release already is the one that was asked for.
    if data.release or not versions:
        return data
    return load(data.folder, data.today, versions[0])


def take(data: Dataset, page: Page, query: Query) -> View:
    """Return the view that a query asks of a page or file. Raises BadInput with the name of the
    first parameter that the page has not or that cannot be used.
    """
    for name in query:
        if name not in page.parameters:
            allowed = f"allowed: {', '.join(page.parameters)}"
            nearest = did_you_mean(name.strip(), page.parameters)
            raise BadInput(f"is no parameter of this address; {allowed}{nearest}", inline(name))

    view, refusals = _parsed(data, page, query)
    if refusals:
        name, refusal = refusals[0]
        raise BadInput(str(refusal), name)
    return view


def _parsed(data: Dataset, page: Page, query: Query) -> tuple[View, list[tuple[str, BadInput]]]:
    """Return the view that a query asks of a page or file, and of each parameter that could not be
    used its name and why: it is as without it, or what could be used of it.
    """
    tracker = tracker_of(data)
    values = {name: parameter.default(tracker) for name, parameter in PARAMETERS.items()}
    texts: Texts = {}
    refusals = []
    # In the order of the page: a default may rest on the values before it.
    for name in page.parameters:
        values[name] = page.default(tracker, name, values)
        if name == "release":
            # What the query asks was opened before, or refused.
            if data.release:
                values[name] = data.release
                texts[name] = data.release
            continue

        query_texts = _texts(query, name)
        if not query_texts:
            continue
        try:
            value = _value(tracker, page, name, query_texts, values)
        except BadInput as error:
            refusals.append((name, error))
            # None, or of several codes none.
            if not error.usable:
                continue
            value = error.usable
        values[name] = value
        # On a page without the choice `overall` that text is read as None; it stays as it is.
        texts[name] = OVERALL if value is None else PARAMETERS[name].write(value)

    view = View(tracker_of(data, values["basis"]), page.path, values, texts=texts)
    return view, refusals


def _value(
    tracker: Tracker, page: Page, name: str, texts: list[str], values: Mapping[str, Any]
) -> Any:
    """Return the value of a parameter from its texts; None: all domains. Raises BadInput; its
    `usable`: what can be used of them. `values`: of all parameters; those that the page has before
    it are read, others are as they usually are.
    """
    parameter = PARAMETERS[name]
    distinct = list(dict.fromkeys(texts))
    if len(distinct) > 1 and parameter.kind != "several":
        raise BadInput(f"is given {len(texts)} times; allowed: once")

    text = ",".join(distinct)
    options = page.options(tracker, name)
    # Overall means all domains to a page that has no such choice, as links bring it there from
    # others; a file refuses it.
    is_page = page is PAGES.get(page.path)
    if name == "domain" and text == OVERALL and OVERALL not in options and is_page:
        return None

    if name != "from":
        return parameter.read(tracker, text, options, page.most_actors)
    # A period that ends too late is cut; one that begins too late is none, so nothing is usable,
    # not even the last day, as of other days.
    try:
        first = parameter.read(tracker, text, options)
    except BadInput as error:
        raise BadInput(str(error)) from None
    # "to" was read before "from" where the page has it, else it is None.
    last = values["to"] or values["as_of"]
    if first > last:
        raise BadInput(f"{first} is after the last day, {last}")
    return first


def _texts(query: Query, name: str) -> list[str]:
    """Return the texts that a query has of a parameter, without empty ones."""
    texts = query.get(name, ())
    if isinstance(texts, str):
        texts = [texts]
    return [text for text in texts if text.strip()]
