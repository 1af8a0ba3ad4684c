"""What a site has beside pages and data: health, robots, site map, scripts and fonts."""

import json
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as Xml

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from stances.dataset.faults import DataFaults, inline
from stances.dataset.load import Dataset
from stances.links import view
from stances.links.pages import MAIN
from stances.render import page
from stances.routes.pool import (
    JSON,
    MINUTES,
    NO_DATA,
    RETRY_WITHOUT_DATA,
    TEXT,
    XML,
    YEAR,
    Answer,
    Question,
    problem,
)
from stances.routes.resource import versions

_PACKAGE = Path(__file__).resolve().parents[1]
_SCRIPT = "text/javascript; charset=utf-8"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NOT_STORED = {"Cache-Control": "no-store"}
# Seconds.
_DAY = 86_400
# The media type of assets, and the seconds for which a browser may keep them. Scripts import each
# other by their plain names, so they are asked for anew after some minutes.
_ASSET_TYPES = {
    ".js": (_SCRIPT, MINUTES),
    ".css": ("text/css; charset=utf-8", MINUTES),
    ".woff2": ("font/woff2", YEAR),
}


@lru_cache(maxsize=1)
def assets() -> dict[str, Answer]:
    """Return the scripts, style sheets and fonts of pages, by name."""
    answers = {}
    for room in ("charts", "render", "ui"):
        for file in sorted((_PACKAGE / room).rglob("*.*")):
            if file.suffix in _ASSET_TYPES:
                media, max_age = _ASSET_TYPES[file.suffix]
                answers[file.name] = Answer(file.read_bytes(), media, max_age=max_age)
    return answers


async def asset(request: Request) -> Response:
    """`/assets/{name}`."""
    name = request.path_params["name"]
    if name not in assets():
        return problem(404, f"there is no asset {inline(name)}")
    return assets()[name].response(request)


async def embed_script(request: Request) -> Response:
    """`/embed.js`: what a page that frames views may run, so that frames are as high as these."""
    return _embed().response(request)


@lru_cache(maxsize=1)
def _embed() -> Answer:
    script = Path(__file__).with_name("embed.js")
    return Answer(script.read_bytes(), _SCRIPT, max_age=_DAY)


async def healthy(_: Request) -> Response:
    """`/healthz`: the process answers."""
    return Response('{"status": "ok"}', headers=_NOT_STORED, media_type=JSON)


async def ready(_: Request) -> Response:
    """`/readyz`: says that there is valid data, and which, once all pages were made; with a
    warning where newer files were refused.
    """
    try:
        data = await to_thread.run_sync(view.store().data)
    except DataFaults as faults:
        return problem(503, NO_DATA, retry=RETRY_WITHOUT_DATA, faults=faults.faults)
    await to_thread.run_sync(_warm, data)
    state = {"status": "ok", **versions(data), "events": len(data.events)}
    fault = view.store().fault
    if fault:
        state["warning"] = f"newer data was refused: {fault}"
    return Response(json.dumps(state), headers=_NOT_STORED, media_type=JSON)


@lru_cache(maxsize=1)
def _warm(data: Dataset) -> None:
    """Make each page once for each state of the data, so that its figures are there before the
    first reader asks.
    """
    for path in MAIN:
        page.html(view.read(data, path, {}))


def robots(_: Dataset, question: Question) -> Answer:
    """`/robots.txt`: what not to follow, and where all pages are listed."""
    lines = ["User-agent: *"]
    # With these an address shows a page once more: in a frame, as it was, with its controls.
    lines += [f"Disallow: /*{parameter}=" for parameter in ("embed", "release", "live")]
    lines.append(f"Sitemap: {question.site}sitemap.xml\n")
    return Answer("\n".join(lines).encode(), TEXT)


def sitemap(data: Dataset, question: Question) -> Answer:
    """`/sitemap.xml`: every page, and those of each group, actor and rule; `lastmod` is the day of
    the last change of the data.
    """
    first_page = view.read(data, "", {}, question.site)
    groups = first_page.tracker.groups
    actors = first_page.tracker.actors
    places = list(MAIN)
    places += [first_page.link("members", group=group) for group in groups]
    places += [first_page.link("actor", actor=actor) for actor in actors]
    places += [f"a/{act}" for act in data.acts["act_id"]]

    day = str(data.recorded)
    root = Xml.Element("urlset", xmlns=_SITEMAP)
    # The group that a page leads with has no query, so its address is there twice: a dict has each
    # once, in their order.
    for place in dict.fromkeys(places):
        entry = Xml.SubElement(root, "url")
        location = Xml.SubElement(entry, "loc")
        location.text = f"{question.site}{place}"
        changed = Xml.SubElement(entry, "lastmod")
        changed.text = day
    return Answer(Xml.tostring(root, encoding="utf-8", xml_declaration=True), XML)
