"""Downloads: the snapshot of the day, the series, and the tables of the dataset."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from stances import escapes
from stances.links.view import View
from stances.markup.blocks import heading_html, paragraph_html
from stances.markup.downloads import (
    AS_CSV,
    EVERYTHING,
    METADATA,
    OTHER_FORMATS,
    SERIES,
    SNAPSHOT,
    TABLE_KINDS,
    TABLES,
    TABLES_TOLD,
    all_domains,
    columns_html,
    contents_html,
    series_html,
    snapshot_told,
)
from stances.model.stance import ALL
from stances.render.data.columns import OPENS, columns, offer

_PUBLISHED = "The files here have the published figures, not those under your own settings."


def downloads_html(view: View) -> str:
    """The whole section."""
    return columns(_snapshot(view), _tables()) + columns(
        [columns_html()], [contents_html(view.tracker.data)]
    )


def _snapshot(view: View) -> Iterator[str]:
    yield heading_html(SNAPSHOT)
    yield snapshot_told(view.day)
    if view.tracker.own_settings:
        yield paragraph_html(_PUBLISHED)
    as_csv = offer(_address(view, "csv"), f"{SNAPSHOT} as CSV", " primary")
    yield f'<div class="offers">{as_csv}{_kinds(view)}</div>'
    yield offer(_address(view, "metadata.json"), METADATA)
    narrower = all_domains(view.tracker, view.domain)
    if narrower:
        yield paragraph_html(narrower, "small")
    yield heading_html(SERIES)
    yield series_html(view.tracker)


def _kinds(view: View) -> str:
    """What opens the other formats; it needs no script."""
    kinds = {**TABLE_KINDS, "json": "JSON"}
    links = "".join(offer(_address(view, kind), f"{SNAPSHOT} as {kinds[kind]}") for kind in kinds)
    summary = f"<summary>{escapes.html(OTHER_FORMATS)}{OPENS}</summary>"
    return f"<details>{summary}<div>{links}</div></details>"


def _address(view: View, ending: str) -> str:
    basis = view.values["basis"]
    query = "" if basis == ALL else f"?{urlencode({'basis': basis})}"
    return f"snapshots/{view.day}.{ending}{query}"


def _tables() -> Iterator[str]:
    yield heading_html(TABLES)
    yield paragraph_html(TABLES_TOLD)
    for name, label in AS_CSV.items():
        yield offer(f"tables/{name}.csv", label)
    yield offer("tables/all.zip", EVERYTHING)
