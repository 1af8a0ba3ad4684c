"""The surface of version 2: what may be added to, and from which nothing is renamed or removed."""

from __future__ import annotations

import stances
from stances import tables
from stances.__main__ import COMMANDS
from stances.charts.register import CHARTS
from stances.links.pages import PAGES
from stances.links.parameters import PARAMETERS
from stances.routes import routes

SNAPSHOT = (
    "as_of actor name kind domain stance low high label evidence in_force_event_id in_force_since "
    "last_event_id last_event_date events dataset_version schema_version certainty act_level "
    "act_event_id act_id"
)
FILES = {
    "snapshots": "csv xlsx parquet json", "series": "csv parquet json",
    "groups": "csv parquet json", "events": "csv xlsx parquet json",
    "acts": "csv xlsx parquet json", "deadlines": "csv xlsx parquet json",
    "members": "csv xlsx parquet json", "changes": "csv xlsx parquet json",
}  # fmt: skip
BESIDES = {
    "/snapshots/{date}.metadata.json", "/deadlines.ics", "/feed.atom", "/tables/{name}",
    "/pictures/{name}", "/levels/{domain}.json", "/releases.json", "/releases/{version}.zip",
    "/embed.js", "/openapi.json", "/healthz", "/readyz", "/robots.txt", "/sitemap.xml",
    "/assets/{name}",
}  # fmt: skip


def test_pages() -> None:
    titles = {path: page.title for path, page in PAGES.items()}
    assert titles == {
        "": "Map", "trends": "Trends", "members": "Groups", "actor": "Countries", "acts": "Rules",
        "changes": "Changes", "events": "Events", "data": "Data", "e": "Event", "a": "Rule",
    }  # fmt: skip


def test_addresses() -> None:
    files = {
        f"/{name}{'/{date}' if name == 'snapshots' else ''}.{ending}"
        for name, endings in FILES.items()
        for ending in endings.split()
    }
    there = {route.path for route in routes()}
    # What is answered with the right names where an address looks like a file and is none.
    refused = {path for path in there if path.startswith("/{name}")}
    refused |= {f"/{folder}/{{name}}" for folder in ("snapshots", "levels", "releases")}
    assert there - refused == files | BESIDES


def test_charts_have_pictures() -> None:
    named = "map trends years groups country deadlines changes events"
    assert set(CHARTS) == set(named.split())


def test_parameters() -> None:
    named = (
        "as_of domain actor group from to basis view q instrument level confidence counted status "
        "applied deadline scope aim event act page release embed theme live"
    )
    assert set(PARAMETERS) == set(named.split())


def test_commands() -> None:
    assert set(COMMANDS) == {"check", "add", "edit", "release", "snapshot", "serve"}


def test_python() -> None:
    methods = {name for name in vars(stances.Stances) if not name.startswith("_")}
    assert methods == {
        "acts", "changes", "deadlines", "explain", "group", "history", "members", "panel",
        "position", "snapshot",
    }  # fmt: skip
    named = {"BadInput", "DataFaults", "Picture", "Stances", "load", "plot_map", "plot_trend"}
    assert set(stances.__all__) == named


def test_columns_of_a_snapshot() -> None:
    assert [col.name for col in tables.SNAPSHOT] == SNAPSHOT.split()
