"""The surface of version 2: what may be added to, and from which nothing is renamed or removed."""

from __future__ import annotations

import inspect
import re

import pytest

import stances
from stances import tables
from stances.__main__ import BAD_USAGE, COMMANDS, INVALID_DATA, OK, main
from stances.answers.events import KINDS
from stances.links import pages
from stances.links.parameters import APPLIED, BASES, PARAMETERS, STATUSES, THEMES, VIEWS
from stances.pages.registry import CHARTS
from stances.routes import routes
from tests.conftest import ROOT, SIX, TODAY

SNAPSHOT = (
    "as_of actor name kind domain stance low high label evidence in_force_event_id in_force_since "
    "last_event_id last_event_date events dataset_version schema_version certainty act_level "
    "act_event_id act_id looked_to"
)
FILES = {
    "snapshots": "csv xlsx parquet json", "series": "csv parquet json",
    "groups": "csv parquet json", "events": "csv xlsx parquet json",
    "acts": "csv xlsx parquet json", "deadlines": "csv xlsx parquet json",
    "members": "csv xlsx parquet json", "changes": "csv xlsx parquet json",
    "agreement": "csv xlsx parquet json",
}  # fmt: skip
BESIDES = {
    "/snapshots/{date}.metadata.json", "/deadlines.ics", "/feed.atom", "/tables/{name}",
    "/pictures/{name}", "/levels/{domain}.json", "/releases.json", "/releases/{version}.zip",
    "/embed.js", "/openapi.json", "/healthz", "/readyz", "/robots.txt", "/sitemap.xml",
    "/assets/{name}",
}  # fmt: skip


def test_pages() -> None:
    titles = {path: page.title for path, page in pages.PAGES.items()}
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
        "as_of domain actor group from to basis view q instrument level confidence counted added "
        "kind status applied deadline scope aim event act page release embed theme live"
    )
    assert set(PARAMETERS) == set(named.split())
    assert pages.FILES["feed"].parameters == ("actor", "group", "domain", "kind")
    values = [*BASES, *VIEWS, *STATUSES, *APPLIED, *THEMES, *KINDS]
    assert values == [
        "all", "acts", "europe", "world", "in force", "not yet", "ended", "all", "yes", "eased",
        "no", "unknown", "light", "dark", "acts", "other events",
    ]  # fmt: skip


OPTIONS = {
    "check": "", "add": "--coder --dry-run", "edit": "--why --coder --dry-run",
    "cite": "--dry-run", "code": "--score --coder --why --seen --dry-run",
    "links": "--share --write", "release": "--check", "serve": "--host --port",
    "desk": "--alike --candidates --most --port",
    "snapshot": "--as-of --out --format --domain --actor --basis --release",
}  # fmt: skip


def test_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert COMMANDS.keys() == OPTIONS.keys()
    for command, options in OPTIONS.items():
        with pytest.raises(SystemExit):
            main([command, "--help"])
        there = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
        assert there == {"--help", "--data", *options.split()}, command
    assert (OK, INVALID_DATA, BAD_USAGE) == (0, 1, 2)


@pytest.mark.parametrize(
    ("of", "names"),
    [
        (
            stances.Stances,
            "acts(as_of) changes(from_, to, domain, group) deadlines(as_of) "
            "explain(actor, domain, as_of) group(name, domain, basis) "
            "history(actor, domain, basis) members(group, as_of, domain) panel(basis) "
            "position(as_of, basis) snapshot(as_of, domain, actor, basis)",
        ),
        (stances.Picture, "_repr_svg_() figure(mode) png(mode) svg(mode)"),
        (
            stances,
            "load(folder, today, release, settings) plot_map(data, as_of, domain, where) "
            "plot_trend(data, actor, domain, from_, as_of)",
        ),
    ],
)
def test_python(of: object, names: str) -> None:
    shown = stances.__all__ if of is stances else vars(of)
    functions = {name: getattr(of, name) for name in shown if inspect.isfunction(getattr(of, name))}
    said = [
        f"{name}({', '.join(p for p in inspect.signature(function).parameters if p != 'self')})"
        for name, function in sorted(functions.items())
        if not name.startswith("_") or name == "_repr_svg_"
    ]
    assert " ".join(said) == names


def test_tables_and_version() -> None:
    named = {"BadInput", "DataFaults", "Picture", "Stances", "load", "plot_map", "plot_trend"}
    assert set(stances.__all__) == named
    data = stances.load(SIX, today=TODAY)
    tables_of = "events sources actors profiles memberships codings coders external_codings"
    assert all(len(getattr(data, name)) for name in tables_of.split())
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert newest and newest[1] == stances.__version__


def test_columns_of_a_snapshot() -> None:
    assert [col.name for col in tables.SNAPSHOT] == SNAPSHOT.split()
