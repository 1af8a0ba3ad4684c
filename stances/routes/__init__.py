"""HTTP routes: the pages, and the same answers as files. All of them only read."""

from functools import partial

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stances.routes import description, feeds, files, headers, pages, site, tables
from stances.routes.pool import Endpoint, Handler, Maker, problem
from stances.routes.resource import no_such
from stances.routes.tables import RESOURCES

# Of those that Streamlit has none of.
_ENDINGS = ("csv", "xlsx", "parquet", "ics", "atom", "zip")


def middleware(base_path: str = "") -> list[Middleware]:
    """Return what stands around pages and files, the outermost first."""
    return [*headers.guards(), Middleware(pages.Lost, base_path=base_path)]


def routes(base_path: str = "", documents: pages.Documents | None = None) -> list[Route]:
    """Return all routes; under `base_path` too, which the server does not put before them.
    `documents`: what answers with the pages; None: there are none.
    """
    maker = Maker()
    handlers: dict[str, Handler] = {
        "/snapshots/{date}.metadata.json": tables.metadata,
        **{path: r.handler(ending) for r in RESOURCES for ending, path in r.paths.items()},
        "/deadlines.ics": feeds.calendar,
        "/feed.atom": feeds.feed,
        "/tables/{name}": files.table_file,
        "/releases.json": files.all_releases,
        "/releases/{version}.zip": files.release,
        "/pictures/{name}": files.chart_picture,
        "/levels/{domain}.json": files.levels,
        "/openapi.json": partial(description.description, RESOURCES),
        "/robots.txt": site.robots,
        "/sitemap.xml": site.sitemap,
    }
    endpoints: dict[str, Endpoint] = {
        **(pages.endpoints(maker, documents, base_path) if documents else {}),
        "/healthz": site.healthy,
        "/readyz": site.ready,
        "/assets/{name}": site.asset,
        "/embed.js": site.embed_script,
        **{path: maker.serve(handler, base_path) for path, handler in handlers.items()},
        # Else the server takes these for pages, and a script saves one as data.
        **{f"/{{name}}.{ending}": _no_file for ending in _ENDINGS},
        "/snapshots/{name}": _no_file,
        "/levels/{name}": _no_file,
        "/releases/{name}": _no_file,
    }
    base = base_path.strip("/")
    prefixes = ["", f"/{base}"] if base else [""]
    return [Route(before + path, to) for before in prefixes for path, to in endpoints.items()]


async def _no_file(request: Request) -> Response:
    """Return the answer at an address that looks like a file and is none."""
    name = request.url.path.rpartition("/")[2]
    known = [path.strip("/") for r in RESOURCES for path in r.paths.values() if "{" not in path]
    text = no_such("file", name, [*known, "deadlines.ics", "feed.atom", "openapi.json"])
    return problem(404, f"{text}; openapi.json lists all")
