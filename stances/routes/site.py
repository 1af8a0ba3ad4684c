"""What a site has beside pages and data: health, robots, site map, scripts and fonts."""

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as Xml

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from stances.answers.tracker import tracker_of
from stances.dataset.faults import DataFaults, inline
from stances.dataset.load import Dataset
from stances.links import view
from stances.links.pages import MAIN
from stances.routes.answers import JSON, TEXT, XML, YEAR, Answer, Asked, problem
from stances.routes.resource import versions

_PACKAGE = Path(__file__).resolve().parents[1]
# Streamlit, which need not be run for it, has the fonts.
_STREAMLIT = find_spec("streamlit")
_SCRIPT = "text/javascript; charset=utf-8"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_TYPES = {".js": _SCRIPT, ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}
_FONTS = {
    "source-sans.woff2": "SourceSansVF-Upright",
    "source-serif.woff2": "SourceSerifVariable-Roman",
}


@lru_cache(maxsize=1)
def assets() -> dict[str, Answer]:
    """Return the scripts, style sheets and fonts of pages, by name."""
    rooms = ("render", "charts", "ui")
    files = [file for room in rooms for file in sorted((_PACKAGE / room).rglob("*.*s"))]
    found = {file.name: file for file in files if file.suffix in _TYPES}
    for folder in (_STREAMLIT and _STREAMLIT.submodule_search_locations) or ():
        for name, stem in _FONTS.items():
            found[name] = next(Path(folder).glob(f"static/static/media/{stem}.*.woff2"))
    return {
        name: Answer(file.read_bytes(), _TYPES[file.suffix], seconds=YEAR)
        for name, file in found.items()
    }


def asset_address(name: str) -> str:
    """Return the address of an asset from the first page: its content is in it, so that it may be
    kept for a year.
    """
    return f"assets/{name}?{assets()[name].tag[:8]}"


async def asset(request: Request) -> Response:
    """`/assets/{name}`."""
    name, known = request.path_params["name"], assets()
    if name not in known:
        return problem(404, f"there is no asset {inline(name)}")
    answer = known[name]
    if request.url.query != answer.tag[:8]:
        answer = Answer(answer.content, answer.media)
    return answer.response(request)


async def embed_script(request: Request) -> Response:
    """`/embed.js`: what a page that frames views may run, so that frames are as high as these."""
    return _embed().response(request)


@lru_cache(maxsize=1)
def _embed() -> Answer:
    return Answer(Path(__file__).with_name("embed.js").read_bytes(), _SCRIPT, seconds=86_400)


async def healthy(_: Request) -> Response:
    """`/healthz`: the process answers."""
    return Response('{"status": "ok"}', headers={"Cache-Control": "no-store"}, media_type=JSON)


async def ready(_: Request) -> Response:
    """`/readyz`: there is valid data, and which; with a warning where newer files were refused."""
    try:
        data = await to_thread.run_sync(view.store().data)
    except DataFaults as faults:
        return problem(503, f"there is no valid data: {faults.faults[0]}", retry=60)
    told = {"status": "ok", **versions(data), "events": len(data.events)}
    told |= (
        {"warning": f"newer data was refused: {view.store().fault}"} if view.store().fault else {}
    )
    return Response(json.dumps(told), headers={"Cache-Control": "no-store"}, media_type=JSON)


def robots(_: Dataset, asked: Asked) -> Answer:
    """`/robots.txt`: what not to follow, and where all pages are listed."""
    left = "".join(f"Disallow: /*{name}=\n" for name in ("embed", "release", "live"))
    return Answer(f"User-agent: *\n{left}Sitemap: {asked.site}sitemap.xml\n".encode(), TEXT)


def sitemap(data: Dataset, asked: Asked) -> Answer:
    """`/sitemap.xml`: every page, and those of each actor, group and rule."""
    tracker = tracker_of(data)
    subjects = (*tracker.groups, *tracker.actors)
    places = [
        *MAIN,
        *(f"actor{view.query_of({'actor': code.replace(' ', '_')})}" for code in subjects),
        *(f"a/{act}" for act in data.acts["act_id"]),
    ]
    root = Xml.Element("urlset", xmlns=_SITEMAP)
    for place in places:
        entry = Xml.SubElement(root, "url")
        Xml.SubElement(entry, "loc").text = f"{asked.site}{place}"
        Xml.SubElement(entry, "lastmod").text = str(data.recorded)
    return Answer(Xml.tostring(root, encoding="utf-8", xml_declaration=True), XML)
