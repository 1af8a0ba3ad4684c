"""The query of a request: every parameter that a route takes, and nothing else."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar

from starlette.requests import Request

from stances.answers.tracker import tracker_under
from stances.dataset.faults import BadParameter, inline, of_parameter
from stances.dataset.releases import release_for
from stances.dataset.tables import Dataset
from stances.links.parameters import (
    PARAMETERS,
    parameter_on,
    read_one,
    read_several,
    some,
)
from stances.links.register import KNOWN, OF_RELEASE, PAGE_PARAMETERS, RELEASE, earlier_names
from stances.links.view import View, text_of, view_of
from stances.model.groups import group_names
from stances.routes.answers import Problem

LATEST = "latest"
# The parameters that take several values: separated by commas, the parameter given again, or both.
LISTS = {
    "actor", "kind", *(name for name, setting in PARAMETERS.items() if setting.kind == "several"),
}  # fmt: skip

Value = TypeVar("Value")


class Query:
    """The parameters of a request. Each method raises Problem with what is allowed.

    `earlier`: the names that some had before, each with the one of today, under which it is read.
    """

    def __init__(
        self,
        request: Request,
        data: Dataset,
        allowed: Sequence[str],
        earlier: Mapping[str, str] | None = None,
    ) -> None:
        self._data = data
        self._texts: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for called in request.query_params:
            name = (earlier or {}).get(called, called)
            if name not in allowed:
                names = ", ".join(allowed) or "none"
                detail = f"{inline(called)} is no parameter of this address; allowed: {names}"
                raise Problem(HTTPStatus.BAD_REQUEST, detail, called)
            if name in self._names:
                detail = (
                    f"{self._names[name]} and {called} are one parameter; allowed: {name} alone"
                )
                raise Problem(HTTPStatus.BAD_REQUEST, detail, name)
            self._texts[name] = _whole(called, request.query_params.getlist(called), name in LISTS)
            self._names[name] = called

    def texts(self, *names: str) -> dict[str, str]:
        """Return the texts of some parameters, of those that are given, as they are."""
        return {name: self._texts[name] for name in names if self._texts.get(name)}

    def request_name(self, name: str) -> str:
        """Return the name that a request has for a parameter, its earlier one or that of today."""
        return self._names.get(name, name)

    def value(self, name: str, of: str = "", page: str | None = None) -> Any:
        """Return what a setting of links comes to, read as they are, on a page if one is named;
        what it is without a link where it is not given. `of`: its name there, where it has another.
        """
        parameter, tracker = parameter_on(page, of or name), tracker_under(self._data, None)
        if name not in self._texts:
            return parameter.default(tracker)
        return self._read(name, partial(parameter.read, tracker))

    def actors(self) -> list[str] | None:
        """Return the codes under `actor`, somebody's; None: all."""
        actors = self.several("actor", self._data.position_actors, HTTPStatus.NOT_FOUND)
        if actors is None and "actor" in self._texts:
            allowed = some(self._data.position_actors)
            detail = f"{self.request_name('actor')} is empty; allowed: {allowed}"
            raise Problem(HTTPStatus.BAD_REQUEST, detail, self.request_name("actor"))
        return actors

    def group(self) -> str | None:
        """Return the name of a group; None: no narrowing."""
        return self.one("group", group_names(self._data.memberships))

    def domain(self) -> str | None:
        """Return a domain or overall; None: all."""
        return self.value("domain") if self.has("domain") else None

    def basis(self) -> str:
        """Return what the stances rest on."""
        basis: str = self.value("basis")
        return basis

    def has(self, name: str) -> bool:
        """Say whether a parameter is given."""
        return name in self._texts

    def text(self, name: str) -> str | None:
        """Return the text of a parameter; None: it is not given."""
        return self._texts.get(name)

    def day(self, name: str, default: date) -> date:
        """Return a day that has stances."""
        return self._read(name, self._data.day) or default

    def one(self, name: str, allowed: Collection[str]) -> str | None:
        """Return the value of a parameter that is one of some words."""
        return self._read(name, partial(read_one, allowed, names=self._names_of_codes()))

    def several(
        self, name: str, allowed: Collection[str], unknown: HTTPStatus = HTTPStatus.BAD_REQUEST
    ) -> list[str] | None:
        """Return some of some words, for a parameter of `LISTS`; None: not given, or none named."""
        reader = partial(read_several, allowed, names=self._names_of_codes())
        return self._read(name, reader, unknown) or None

    def _names_of_codes(self) -> dict[str, str]:
        """Return the name of every actor by its code, for who names one in place of its code."""
        return tracker_under(self._data, None).short_names

    def read(self, name: str, reader: Callable[[str], Value]) -> Value | None:
        """Return what `reader` makes of the text; it raises BadInput."""
        return self._read(name, reader)

    def _read(
        self, name: str, reader: Callable[[str], Value], status: HTTPStatus = HTTPStatus.BAD_REQUEST
    ) -> Value | None:
        if name not in self._texts:
            return None
        try:
            with of_parameter(self.request_name(name)):
                return reader(self._texts[name])
        except BadParameter as error:
            raise Problem(status, str(error), error.name) from None


def _whole(name: str, values: Sequence[str], several: bool) -> str:
    """Return the text of a parameter, however often it is given: many clients send a list so, and
    what stands before the last value must not go unheard.
    """
    if len(values) > 1 and not several:
        detail = f"{name} is given {len(values)} times; allowed: once"
        raise Problem(HTTPStatus.BAD_REQUEST, detail, name)
    return text_of(values)


def day_in_path(data: Dataset, text: str) -> date:
    """Return the day in a path, `latest`: to which the data reaches. Raises BadParameter."""
    if text == LATEST:
        return data.opening_day
    with of_parameter("date"):
        return data.day(text)


def page_parameters(page: str) -> tuple[str, ...]:
    """Return what an address of a view of a page takes, under the names of today."""
    earlier = earlier_names(page)
    return tuple(earlier.get(name, name) for name in PAGE_PARAMETERS[page])


def view_of_query(
    query: Query, data: Dataset, page: str, names: Iterable[str], earlier: Mapping[str, str]
) -> View:
    """Return the view of a page that a query asks for. `names`: those of its settings that are
    taken; `earlier`: what some of them are called today. Raises BadParameter.
    """
    today = {name: earlier.get(name, name) for name in names}
    texts = {name: query.text(called) for name, called in today.items()}
    return view_of(data, page, texts, {name: query.request_name(of) for name, of in today.items()})


def asks_for_release(request: Request) -> bool:
    """Say whether an address names a release, whichever there are."""
    return any(name in request.query_params for name in OF_RELEASE)


def release_of_query(request: Request, data: Dataset) -> Dataset:
    """Return the release of an address, the dataset where there is none. Raises BadParameter."""
    version, known = map(request.query_params.get, OF_RELEASE)
    with of_parameter(KNOWN if version is None else RELEASE):
        return release_for(data, version, known)
