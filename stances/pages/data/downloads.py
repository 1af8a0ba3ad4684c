"""Downloads: the snapshot of the day, the series, and the tables of the dataset."""

from dataclasses import replace

from stances import escapes
from stances.answers.snapshot import SNAPSHOT_COLUMNS
from stances.links.parameters import release_texts
from stances.links.view import View, path_with
from stances.markup import downloads
from stances.markup.blocks import heading_html, paragraph_html
from stances.markup.offers import OPENS, offer
from stances.model.stance import ALL
from stances.pages.block import Blocks, FilesBlock, TableBlock, TextBlock, texts, within
from stances.tables.downloads import SNAPSHOT_TABLE, contents, contents_table
from stances.tables.table import place_of

_PUBLISHED = "The files here have the published figures, not those under your own settings."
_FILES, _DESCRIBED = "columns", "columns described"


def blocks(view: View) -> Blocks:
    """Yield the blocks of the section. Files under own settings the dashboard alone makes."""
    yield from within(_FILES, 1, _snapshot(view))
    head = texts((heading_html(downloads.TABLES), paragraph_html(downloads.TABLES_NOTE)))
    offers = "".join(_table(view, f"{name}.csv", label) for name, label in downloads.AS_CSV.items())
    offers += _table(view, "all.zip", downloads.EVERYTHING)
    yield from within(_FILES, 2, (*head, FilesBlock(offers, live="tables")))
    data, place = view.tracker.data, replace(place_of(view), origin="")
    columns = [*SNAPSHOT_COLUMNS.items()]
    yield TableBlock(SNAPSHOT_TABLE, columns, place, group=_DESCRIBED, column=1)
    yield TableBlock(contents_table(data), contents(data), place, group=_DESCRIBED, column=2)
    yield TextBlock(heading_html(downloads.BROWSE))
    yield TextBlock(text=(downloads.BROWSED,), css="", live="browse")


def _snapshot(view: View) -> Blocks:
    yield from texts((heading_html(downloads.SNAPSHOT), downloads.snapshot_text(view.day)))
    if view.tracker.own_settings:
        yield TextBlock(text=(_PUBLISHED,), css="", live="own-figures")
    as_csv = offer(_address(view, "csv"), f"{downloads.SNAPSHOT} as CSV", " primary")
    offers = f'<div class="offers">{as_csv}{_kinds(view)}</div>'
    metadata = offer(_address(view, "metadata.json"), downloads.METADATA)
    yield FilesBlock(f"{offers}{metadata}", live="snapshot")
    if narrower := downloads.all_domains(view.tracker, view.domain):
        yield TextBlock(text=(narrower,))
    yield from texts((heading_html(downloads.SERIES), downloads.series_html(view.tracker)))


def _kinds(view: View) -> str:
    """Return what opens the other formats; it needs no script."""
    kinds = {**downloads.TABLE_KINDS, "json": "JSON"}
    links = "".join(
        offer(_address(view, kind), f"{downloads.SNAPSHOT} as {kinds[kind]}") for kind in kinds
    )
    summary = f"<summary>{escapes.html(downloads.OTHER_FORMATS)}{OPENS}</summary>"
    return f"<details>{summary}<div>{links}</div></details>"


def _table(view: View, name: str, label: str) -> str:
    return offer(path_with(f"tables/{name}", release_texts(view.tracker.data)), label)


def _address(view: View, ending: str) -> str:
    basis = {} if view["basis"] == ALL else {"basis": view["basis"]}
    return path_with(f"snapshots/{view.day}.{ending}", basis | release_texts(view.tracker.data))
