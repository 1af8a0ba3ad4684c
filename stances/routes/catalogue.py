"""Answers for search engines and catalogues of data: the dataset in the words of schema.org, every
page that there is, and what not to follow.
"""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as Xml

from starlette.requests import Request

from stances.answers.tracker import Tracker
from stances.dataset.files import PACKAGE_FILE
from stances.dataset.tables import Dataset
from stances.dataset.writing import TABLE_ENDING
from stances.links.register import ACTOR, PAGES
from stances.links.view import site_address
from stances.routes.answers import CSV, JSON, MINUTES, TEXT, XML, ZIP, Answer
from stances.routes.body import pack
from stances.routes.data import EVERYTHING
from stances.routes.hosts import request_site
from stances.seams.runs import OWN_FOLDER

ROBOTS, SITEMAP = "robots.txt", "sitemap.xml"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# What is asked for once is an own view of a reader, and no page to be found.
_NOT_FOLLOWED = (f"/{OWN_FOLDER}", "/*settings=", "/*embed=", "/*release=", "/*known=")


def dataset_script(data: Dataset, site: str) -> str:
    """Return a page's element that tells catalogues of the dataset. `site`: ends in a slash."""
    # A text that closes the element would let what follows it run.
    text = json.dumps(dataset_entry(data, site), ensure_ascii=False).replace("<", r"\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def dataset_entry(data: Dataset, site: str) -> dict[str, Any]:
    """Return the dataset as schema.org/Dataset describes one, without what is not known."""
    about, licence = data.about, data.about.licence
    # A company, which takes no position, is no place.
    places = data.actors[data.actors["actor"].isin(data.position_actors)]
    entry = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": site,
        "url": site,
        "name": about.title,
        "description": about.description,
        "version": data.version,
        "dateModified": str(data.recorded),
        "keywords": [*about.keywords],
        "creator": [{"@type": "Organization", "name": name} for name in about.authors],
        "license": licence.url if licence else "",
        "isAccessibleForFree": True,
        "temporalCoverage": f"{data.events['date'].min():%Y-%m-%d}/{data.opening_day}",
        "spatialCoverage": [*map(str, places["name"])],
        "distribution": [*_downloads(data, site)],
    }
    return {name: value for name, value in entry.items() if value not in ("", [])}


def _downloads(data: Dataset, site: str) -> Iterator[dict[str, str]]:
    """Yield the files of the dataset: all in one, each table, the stances of the newest day."""
    tables = sorted(name for name in data.files if name.endswith(TABLE_ENDING))
    described = [PACKAGE_FILE] if PACKAGE_FILE in data.files else []
    for place, form in (
        (f"tables/{EVERYTHING}", ZIP),
        *((f"tables/{name}", CSV) for name in tables),
        *((f"tables/{name}", JSON) for name in described),
        ("snapshots/latest.csv", CSV),
        ("series.csv", CSV),
    ):
        yield {
            "@type": "DataDownload",
            "name": place.rpartition("/")[2],
            "contentUrl": f"{site}{place}",
            "encodingFormat": form.partition(";")[0],
        }


def robots_answer(request: Request, tracker: Tracker) -> Answer:  # noqa: ARG001 - as all routes
    """`/robots.txt`: what not to follow, and where all pages are listed."""
    refused = [f"Disallow: {path}" for path in _NOT_FOLLOWED]
    lines = ["User-agent: *", *refused, f"Sitemap: {request_site(request, ROBOTS)}/{SITEMAP}", ""]
    return Answer(pack("\n".join(lines).encode()), TEXT, MINUTES)


def sitemap_answer(request: Request, tracker: Tracker) -> Answer:
    """`/sitemap.xml`: every page, and that of each actor, group and act (sitemaps.org)."""
    site, changed = f"{request_site(request, SITEMAP)}/", str(tracker.data.recorded)
    listed = Xml.Element("urlset", xmlns=_NAMESPACE)
    for address in _addresses(tracker, site):
        entry = Xml.SubElement(listed, "url")
        Xml.SubElement(entry, "loc").text = address
        Xml.SubElement(entry, "lastmod").text = changed
    content = Xml.tostring(listed, encoding="utf-8", xml_declaration=True)
    return Answer(pack(content), XML, MINUTES)


def _addresses(tracker: Tracker, site: str) -> Iterator[str]:
    for page in PAGES:
        yield f"{site}{page}"
    for code in (*tracker.groups, *map(str, tracker.data.actors["actor"])):
        yield site_address(site, ACTOR, {"actor": code})
    for act in tracker.acts:
        yield site_address(site, "acts", {"act": act})
