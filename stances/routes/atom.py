"""Feeds in Atom (RFC 4287): the same head and the same entries, whatever they tell."""

import uuid
from collections.abc import Iterable
from datetime import date
from xml.etree import ElementTree as Xml

from starlette.requests import Request

from stances.answers.introduction import data_to
from stances.dataset.tables import Dataset
from stances.routes.hosts import request_origin

_NAMESPACE = "http://www.w3.org/2005/Atom"


def atom_feed(request: Request, data: Dataset, title: str, name: str, updated: date) -> Xml.Element:
    """Return a feed without entries, at the address that is asked for. `name`: its identity."""
    address = f"{request_origin(request.scope)}{request.url.path}"
    feed = Xml.Element("feed", xmlns=_NAMESPACE)
    _add(feed, "id", name)
    _add(feed, "title", title)
    _add(feed, "subtitle", data_to(data))
    _add(feed, "updated", _moment(updated))
    Xml.SubElement(
        feed, "link", rel="self", href="?".join(filter(None, [address, request.url.query]))
    )
    author = Xml.SubElement(feed, "author")
    _add(author, "name", ", ".join(data.about.authors) or data.about.title)
    if data.about.licence:
        Xml.SubElement(feed, "link", rel="license", href=data.about.licence.url)
        _add(feed, "rights", data.about.licence.title)
    return feed


def atom_entry(
    name: str,
    title: str,
    *,
    updated: date,
    published: date,
    summary: str,
    page: str,
    sources: Iterable[str],
) -> Xml.Element:
    """Return an entry. `name`: its identity; `page`: what readers open, as an entry without content
    must have one; `sources`: addresses of what it rests on.
    """
    entry = Xml.Element("entry")
    _add(entry, "id", name)
    _add(entry, "title", title)
    _add(entry, "updated", _moment(updated))
    _add(entry, "published", _moment(published))
    _add(entry, "summary", summary)
    Xml.SubElement(entry, "link", rel="alternate", href=page)
    for address in sources:
        Xml.SubElement(entry, "link", rel="related", href=address)
    return entry


def add_category(entry: Xml.Element, term: str, scheme: str = "", label: str = "") -> None:
    """File an entry under a term, of a scheme where it has one."""
    more = {"scheme": scheme, "label": label}
    named = {name: text for name, text in {"term": term, **more}.items() if text}
    Xml.SubElement(entry, "category", named)


def atom_bytes(feed: Xml.Element) -> bytes:
    """Return a feed as it is sent."""
    content: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def identity(data: Dataset, kind: str, name: str) -> str:
    """Return the same for the same thing, wherever the product is hosted."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{data.codebook.subject}/{kind}/{name}").urn


def _moment(day: date) -> str:
    return f"{day:%Y-%m-%d}T00:00:00Z"


def _add(parent: Xml.Element, tag: str, wording: str) -> None:
    Xml.SubElement(parent, tag).text = wording
