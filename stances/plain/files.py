"""The files that go with a view, by their addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from stances import escapes
from stances.dataset.codebook import OVERALL
from stances.model.stance import ALL
from stances.parameters import actor_shown
from stances.pictures.every import FORMATS, PICTURES, path_of
from stances.plain.view import View


class File(NamedTuple):
    """`told`: what is in it; `forms`: the address of each form, relative to the page."""

    told: str
    forms: Mapping[str, str]


def files_html(view: View, body: str) -> str:
    """All of them, as a list of links; without those that the body of the page has."""
    found = files_of(view)
    if view.page == "data":  # no other page has any
        found = filter(None, (_not_in(body, each) for each in found))
    items = "".join(f"<li>{file_html(each)}</li>" for each in found)
    return f'<h2 class="finding">Files</h2><ul class="files">{items}</ul>'


def _not_in(body: str, file: File) -> File | None:
    forms = {
        form: address
        for form, address in file.forms.items()
        if f'href="{escapes.html(address)}"' not in body
    }
    return file._replace(forms=forms) if forms else None


def file_html(file: File) -> str:
    """What a file has, and a link to each of its forms."""
    links = ", ".join(
        f'<a href="{escapes.html(address)}">{form}</a>' for form, address in file.forms.items()
    )
    return f"{escapes.html(file.told)}: {links}"


def files_of(view: View) -> Iterator[File]:
    """The files of the day, domain and basis that are shown, then those of the whole dataset."""
    day, values = str(view.day), view.values
    domain = {} if view.domain == OVERALL else {"domain": view.domain}
    basis = {} if values["basis"] == ALL else {"basis": values["basis"]}
    group = {"group": values["group"]}
    since = {"from": str(view.tracker.year_before(view.day)), "to": day}
    yield from _pictures(view)
    yield _file("Stances on this day", f"snapshots/{day}", domain | basis)
    yield _file("Stances at the end of each month", "series", domain | basis)
    yield _file("Acts on this day", "acts", {"as_of": day} | domain)
    yield _file("Members on this day", "members", {"as_of": day} | group | domain | basis)
    yield _file("What happened in the year before", "happened", since | domain | basis)
    yield File("Events with their sources", {"JSON": _address("events.json", domain)})
    yield File("Tables", {"events": "tables/events.csv", "sources": "tables/sources.csv"})
    yield File("Everything", {"ZIP": "tables/all.zip"})
    yield File("Newest events", {"Atom": _address("feed.atom", domain)})
    yield File("Description of all addresses", {"OpenAPI": "openapi.json"})


def _pictures(view: View) -> Iterator[File]:
    """The pictures of the page; of an actor, where it can have one."""
    shown, told = actor_shown(view.published, view.values), view.texts_of_page
    of_one = shown in view.tracker.model.actors
    for name, picture in PICTURES.items():
        if picture.page == view.page and (of_one or not picture.of_actor):
            place = f"pictures/{path_of(name, shown)}"
            query = {key: told[key] for key in picture.shows if key in told}
            yield File(picture.told, {f.upper(): _address(f"{place}.{f}", query) for f in FORMATS})


def _file(told: str, name: str, query: Mapping[str, str]) -> File:
    forms = {form: _address(f"{name}.{form.lower()}", query) for form in ("CSV", "JSON")}
    return File(told, forms)


def _address(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query, safe=',:')}" if query else path
