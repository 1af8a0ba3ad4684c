"""HTTP routes beside the pages: the same answers as files. All of them only read."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stances.routes import description, feeds, files, site, tables
from stances.routes.answers import Endpoint, Handler, Maker, problem
from stances.routes.headers import middleware
from stances.routes.resource import no_such
from stances.routes.tables import RESOURCES

# Of those that Streamlit has none of.
_ENDINGS = ("csv", "xlsx", "parquet", "ics", "atom", "zip")

__all__ = ["middleware", "routes"]


def routes(base_path: str = "") -> list[Route]:
    """Return all routes; under `base_path` too, which the server does not put before them."""
    maker = Maker()
    handlers: dict[str, Handler] = {
        "/snapshots/{date}.metadata.json": tables.metadata,
        **{path: r.handler(ending) for r in RESOURCES for ending, path in r.paths.items()},
        "/deadlines.ics": feeds.calendar,
        "/feed.atom": feeds.feed,
        "/tables/{name}": files.table,
        "/releases.json": files.listed,
        "/releases/{version}.zip": files.release,
        "/pictures/{name}": files.picture,
        "/levels/{domain}.json": files.levels,
        "/openapi.json": partial(description.description, RESOURCES),
        "/robots.txt": site.robots,
        "/sitemap.xml": site.sitemap,
    }
    endpoints: dict[str, Endpoint] = {
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
