"""The tables of a data folder: read as text, checked, typed. Nothing is computed here.

`load` reports every fault of the folder at once and returns either a whole Dataset or none.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from stances.dataset import schema
from stances.dataset.about import ABOUT_FILE, About, read_about
from stances.dataset.codebook import CODEBOOK_FILE, Codebook, read_codebook
from stances.dataset.days import AnyDay, as_day, month_ends
from stances.dataset.faults import (
    MISSING,
    DataFaults,
    Fault,
    errors_as_faults,
    first_of,
    inline,
    quote,
    visible,
)
from stances.dataset.files import data_folder, dataset_hash
from stances.dataset.outlines import country_ids, misplaced_countries
from stances.dataset.reading import Texts, read_texts
from stances.dataset.rows import header_of
from stances.dataset.rules import cross_faults
from stances.dataset.scan import Scan, products_outlines, scan_folder, unusable

# Of countries that outlines lack, so many are named.
_MOST_NAMED = 5

Made = TypeVar("Made")


# Compared and hashed by identity: one dataset is loaded once and shared.
@dataclass(frozen=True, eq=False)
class Dataset:
    """The tables of one data folder, checked and typed (columns: `schema.tables`).

    `today` is the last day that has a stance; `content_hash` is the SHA-256 of the tables, the
    codebook, `about.toml` and the version of the model; `files` has the files as they lay in the
    folder when they were checked, by name; `outlines` those that the map is drawn from; `release`
    the name of the release that it is, empty for the tables as they lie in the folder.
    Shared between readers: never change a table in place.
    """

    folder: Path
    today: date
    content_hash: str
    files: Mapping[str, bytes]
    outlines: Mapping[str, bytes]
    codebook: Codebook
    about: About
    release: str
    events: pd.DataFrame
    sources: pd.DataFrame
    acts: pd.DataFrame
    deadlines: pd.DataFrame
    actors: pd.DataFrame
    profiles: pd.DataFrame
    memberships: pd.DataFrame
    codings: pd.DataFrame
    external_codings: pd.DataFrame

    @cached_property
    def recorded(self) -> date:
        """The day on which the newest row of the events, acts and profiles entered or changed."""
        dated = (self.events, self.acts, self.profiles)
        newest = pd.concat([table["recorded"] for table in dated]).max()
        return self.codebook.first_date if pd.isna(newest) else newest.date()

    @property
    def version(self) -> str:
        """The day of the newest row and the start of the content hash, for snapshots."""
        return f"{self.recorded}-{self.content_hash[:8]}"

    @cached_property
    def schema_version(self) -> str:
        """The version of the schema in which the tables are written."""
        codings = schema.tables(self.codebook, self.today)["codings"]
        undated = codings.missing_cells(header_of(self.files[codings.file]))
        return schema.UNDATED_VERSION if undated else schema.SCHEMA_VERSION

    @property
    def opening_day(self) -> date:
        """The day that is shown where none is chosen: the last one up to which the sources were
        looked through, or today where that is earlier or nothing is said of it; of a release that
        says nothing of it its own day.
        """
        covered = self.about.covered_to or (self.recorded if self.release else None)
        return min(covered, self.today) if covered else self.today

    def day(self, value: AnyDay) -> date:
        """Return `value` as a day that has stances. Raises BadInput."""
        return as_day(value, self.codebook.first_date, self.today)

    @cached_property
    def months(self) -> list[date]:
        """The days of the monthly panel: month ends, and today."""
        return month_ends(self.codebook.first_date, self.today)

    @cached_property
    def position_actors(self) -> list[str]:
        """The codes of the actors that can take a position, sorted."""
        takes_one = self.actors["kind"].isin(self.codebook.position_kinds)
        return sorted(self.actors.loc[takes_one, "actor"])

    @cached_property
    def first_actors(self) -> list[str]:
        """The actors shown where none is chosen, by place: featured ones, then the rest."""
        featured = [code for code in self.about.featured if code in self.position_actors]
        return list(dict.fromkeys([*featured, *self.position_actors]))

    @cached_property
    def event_sources(self) -> pd.DataFrame:
        """Every source of every event, by the codebook's tiers, within a tier in that in which the
        event names them: event_id and the columns of the sources, one row a pair.
        """
        return self._sources_of(self.events, "event_id")

    @cached_property
    def act_sources(self) -> pd.DataFrame:
        """Every source of every act, as `event_sources`, with act_id."""
        return self._sources_of(self.acts, "act_id")

    def _sources_of(self, table: pd.DataFrame, key: str) -> pd.DataFrame:
        pairs = table[[key, "source_ids"]].copy()
        pairs["source_id"] = pairs.pop("source_ids").str.split(schema.LIST_SEPARATOR)
        pairs = pairs.explode("source_id", ignore_index=True)
        pairs = pairs.merge(self.sources, on="source_id", how="left")
        row, tier = pd.factorize(pairs[key])[0], pd.Index(self.codebook.tiers)
        order = np.lexsort((tier.get_indexer(pd.Index(pairs["tier"])), row))
        return pairs.iloc[order].reset_index(drop=True)


def once_of(make: Callable[[Dataset], Made]) -> Callable[[Dataset], Made]:
    """Call a function of a dataset once for each: the result goes with it, and must not hold it."""
    results: WeakKeyDictionary[Dataset, Made] = WeakKeyDictionary()

    @wraps(make)
    def once(data: Dataset) -> Made:
        if data not in results:
            results[data] = make(data)
        return results[data]

    return once


def hold_texts() -> None:
    """Have pandas hold texts as Python's own, in a process of the product: of tables of some
    thousand rows single cells are read, which takes a tenth of a page's time in Arrow's memory, and
    a quarter of the tests'.
    """
    pd.set_option("mode.string_storage", "python")


def load(
    folder: str | os.PathLike[str] | None = None,
    today: date | None = None,
    instead: Mapping[str, bytes] = MappingProxyType({}),
) -> Dataset:
    """Read, check and type the tables of a data folder.

    `today`: the last day that an event may have and a stance is derived for; the real one if left
    out. `instead`: files by name, taken in place of those that lie in the folder. Raises DataFaults
    with the faults of all files, whatever is wrong with them.
    """
    path = data_folder(folder)
    with errors_as_faults(visible(str(path))):
        return check_scan(scan_folder(path).with_files(instead), today or date.today())


def check_scan(scan: Scan, today: date) -> Dataset:
    """Return the dataset of files that were read already. Raises DataFaults with all faults."""
    faults = list(scan.faults)
    codebook = _codebook(scan, today, faults)
    tables = schema.tables(codebook, today)
    faults = [fault for fault in faults if fault not in _absent(scan, tables)]
    texts = read_texts(tables, scan.files, scan.name, faults)
    faults += cross_faults(codebook, texts)
    about = _about(scan, codebook, texts, faults)
    faults += unusable(scan)
    if not faults:
        actors = texts["actors"].cells
        faults += [*_lacking(scan, actors), *_outlines_elsewhere(scan, actors)]
    if faults or about is None:
        raise DataFaults(faults)
    typed = {table: schema.typed_table(tables[table], texts[table].cells) for table in tables}
    return Dataset(
        scan.folder,
        today,
        dataset_hash(scan.files, codebook.formula.number),
        scan.files,
        scan.outlines,
        codebook,
        about,
        "",
        **typed,
    )


def _absent(scan: Scan, tables: Mapping[str, schema.Table]) -> set[Fault]:
    """Return what would be told of missing tables that are not needed: they have no row."""
    unneeded = (table.file for table in tables.values() if not table.needed)
    return {Fault(f"{scan.name}/{file}", 0, "", MISSING) for file in unneeded}


def _lacking(scan: Scan, actors: pd.DataFrame) -> Iterator[Fault]:
    """Yield the outlines beside the tables that lack actors which those of the product draw under
    the same name: these would be markers, or missing from the map. Whom those lack is one anyhow.
    """
    known = frozenset(actors["actor"])
    for file, content in products_outlines(scan).items():
        lacking = sorted(known & country_ids(content) - country_ids(scan.outlines[file]))
        if lacking:
            more = f" and {len(lacking) - _MOST_NAMED} more" if len(lacking) > _MOST_NAMED else ""
            text = f"lacks countries of actors.csv: {', '.join(lacking[:_MOST_NAMED])}{more}"
            yield Fault(f"{scan.geometry}/{file}", 0, "", text)


def _outlines_elsewhere(scan: Scan, actors: pd.DataFrame) -> list[Fault]:
    """Return the outlines that show most countries where the table does not place them; one alone
    may have its marker where its reader wants it.
    """
    known = actors[(actors["lon"] != "") & (actors["lat"] != "")]
    lon, lat = (known[name].astype(float) for name in ("lon", "lat"))
    places = dict(zip(known["actor"], zip(lon, lat, strict=True), strict=True))
    text = "most countries are drawn elsewhere than where actors.csv places them, such as"
    by_file = {
        file: misplaced_countries(content, places) for file, content in scan.outlines.items()
    }
    return [
        Fault(f"{scan.geometry}/{inline(file)}", 0, "", f"{text} {quote(elsewhere[0])}")
        for file, (elsewhere, drawn) in by_file.items()
        if 2 * len(elsewhere) > drawn
    ]


def _codebook(scan: Scan, today: date, faults: list[Fault]) -> Codebook:
    """Return the codebook, without which and before whose first day nothing can be checked."""
    file = f"{scan.name}/{CODEBOOK_FILE}"
    if CODEBOOK_FILE not in scan.files:
        raise DataFaults(faults)
    try:
        codebook = read_codebook(scan.files[CODEBOOK_FILE], file)
    except DataFaults as refused:
        raise DataFaults([*refused.faults, *faults]) from None
    first = codebook.first_date
    if first > today:
        text = f"{quote(first)} is after today, {today} by the clock: one of the two is wrong"
        raise DataFaults([Fault(file, 0, "first_date", text), *faults])
    if first < schema.EARLIEST_DATE:
        text = f"{quote(first)} is not from {schema.EARLIEST_DATE} to today, {today}"
        faults.append(Fault(file, 0, "first_date", text))
    return codebook


def _about(
    scan: Scan, codebook: Codebook, texts: dict[str, Texts], faults: list[Fault]
) -> About | None:
    """Return the hand-written part; what it features and leads with must be in the tables."""
    file = f"{scan.name}/{ABOUT_FILE}"
    try:
        about = read_about(scan.files.get(ABOUT_FILE), file, codebook)
    except DataFaults as refused:
        faults.extend(refused.faults)
        return None
    if "actors" in texts and "memberships" in texts:
        memberships = texts["memberships"].cells
        text = _not_featured(about, codebook, texts["actors"].cells, memberships)
        faults += first_of(Fault(file, 0, "dashboard.featured", line) for line in text)
        if about.lead and about.lead.group not in {*memberships["group"]}:
            line = f"{quote(about.lead.group)} is not a group of memberships.csv"
            faults.append(Fault(file, 0, "dashboard.lead.group", line))
    return about


def _not_featured(
    about: About, codebook: Codebook, actors: pd.DataFrame, memberships: pd.DataFrame
) -> Iterator[str]:
    """Yield what is told of each code that has no card: a card shows a stance."""
    kinds, groups = dict(zip(actors["actor"], actors["kind"], strict=True)), {*memberships["group"]}
    for code in about.featured:
        if code in groups:
            continue
        if code not in kinds:
            yield f"{quote(code)} is not known"
        # An unknown kind is a fault of its own.
        elif kinds[code] in codebook.kinds and kinds[code] not in codebook.position_kinds:
            allowed = ", ".join(codebook.position_kinds)
            yield f"{quote(code)} takes no position; it must be a group or an actor of: {allowed}"
