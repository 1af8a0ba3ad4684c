"""HTTP routes: the pages, and the same answers as files. All of them only read."""

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stances.routes import description, feeds, files, headers, pages, site, tables
from stances.routes.pool import Endpoint, Handler, Maker, problem
from stances.routes.resource import no_such
from stances.routes.tables import RESOURCES

# An address with one of these endings, or under one of these folders, asks for a file of ours;
# Streamlit has no such files.
_ENDINGS = ("csv", "xlsx", "parquet", "ics", "atom", "zip")
_FOLDERS = ("snapshots", "levels", "releases")


def middleware(base_path: str = "") -> list[Middleware]:
    """Return what stands around pages and files, the outermost first. `base_path`: as in `routes`;
    links on the page of an address without a page begin with it.
    """
    return [*headers.guards(), Middleware(pages.Lost, base_path=base_path)]


def routes(base_path: str = "", documents: pages.Documents | None = None) -> list[Route]:
    """Return all routes; under `base_path` ("" for none) too, which the server does not put before
    them. `documents`: what answers with the pages; None: there are none.
    """
    # The first route that fits an address answers, so metadata stand before snapshots in JSON.
    handlers: dict[str, Handler] = {
        "/snapshots/{date}.metadata.json": tables.metadata,
        "/deadlines.ics": feeds.calendar,
        "/releases.json": files.all_releases,
        "/releases/{version}.zip": files.release,
        "/pictures/{name}": files.chart_picture,
        "/levels/{domain}.json": files.levels,
        "/openapi.json": description.description,
        "/robots.txt": site.robots,
        "/sitemap.xml": site.sitemap,
    }
    for resource in RESOURCES:
        for ending, path in resource.paths.items():
            handlers[path] = resource.handler(ending)

    maker = Maker()
    endpoints: dict[str, Endpoint] = {
        "/healthz": site.healthy,
        "/readyz": site.ready,
        "/assets/{name}": site.asset,
        "/embed.js": site.embed_script,
        "/tables/{name}": feeds.by_accept(
            maker.serve(files.table_file, base_path),
            maker.serve(files.table_page, base_path),
        ),
        "/feed.atom": feeds.by_accept(
            maker.serve(feeds.feed, base_path),
            maker.serve(feeds.feed_page, base_path),
        ),
    }
    if documents:
        endpoints |= pages.endpoints(maker, documents, base_path)
    for path, handler in handlers.items():
        endpoints[path] = maker.serve(handler, base_path)

    # Last, for what none of those above fits: else the server takes these for pages, and a script
    # saves one as data.
    for ending in _ENDINGS:
        endpoints[f"/{{name}}.{ending}"] = _no_file
    for folder in _FOLDERS:
        endpoints[f"/{folder}/{{name}}"] = _no_file

    prefix_of_base = headers.home_of(base_path).rstrip("/")
    all_routes = []
    # Without a base both are the same.
    for prefix in dict.fromkeys(("", prefix_of_base)):
        all_routes += [Route(prefix + path, endpoint) for path, endpoint in endpoints.items()]
    return all_routes


async def _no_file(request: Request) -> Response:
    """Return the answer at an address that looks like a file and is none."""
    known = []
    for resource in RESOURCES:
        # A snapshot has a day in its path, of which there are too many to name.
        if resource.name != "snapshots":
            known += [path.strip("/") for path in resource.paths.values()]
    known += ["deadlines.ics", "feed.atom", "openapi.json"]

    _, _, name = request.url.path.rpartition("/")
    refusal = no_such("file", name, known)
    return problem(404, f"{refusal}; openapi.json lists all")
