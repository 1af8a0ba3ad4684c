"""The tables of a data folder: read as text, checked, typed. Nothing is computed here.

`load` reports every fault of the folder at once and returns either a whole Dataset or none.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from stances.dataset import schema
from stances.dataset.about import ABOUT_FILE, About, read_about
from stances.dataset.codebook import CODEBOOK_FILE, Codebook, read_codebook
from stances.dataset.days import as_day, month_ends
from stances.dataset.faults import DataFaults, Fault, quoted
from stances.dataset.files import (
    content_hash,
    data_folder,
    read_contents,
    read_documents,
    read_outlines,
)
from stances.dataset.reading import Texts, read_texts
from stances.dataset.rules import cross_faults


# Compared and hashed by identity: one dataset is loaded once and shared.
@dataclass(frozen=True, eq=False)
class Dataset:
    """The tables of one data folder, checked and typed (columns: `schema.tables`).

    `today` is the last day that has a stance; `content_hash` is the SHA-256 of the tables and the
    codebook; `files` has the files as they lay in the folder when they were checked, by name;
    `outlines` those that the map is drawn from.
    Shared between readers: never change a table in place.
    """

    folder: Path
    today: date
    content_hash: str
    files: Mapping[str, bytes]
    outlines: Mapping[str, bytes]
    codebook: Codebook
    about: About
    events: pd.DataFrame
    sources: pd.DataFrame
    acts: pd.DataFrame
    actors: pd.DataFrame
    memberships: pd.DataFrame
    codings: pd.DataFrame
    external_codings: pd.DataFrame

    @cached_property
    def recorded(self) -> date:
        """The day on which the newest row of the events and acts entered or changed."""
        newest = pd.concat([self.events["recorded"], self.acts["recorded"]]).max()
        return self.codebook.first_date if pd.isna(newest) else newest.date()

    @property
    def version(self) -> str:
        """The day of the newest row and the start of the content hash, for snapshots."""
        return f"{self.recorded}-{self.content_hash[:8]}"

    def day(self, value: date | str) -> date:
        """`value` as a day that has stances. Raises BadInput."""
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
        """The codes of the actors that are shown where none is chosen, by their place: the featured
        ones, then all that can take a position.
        """
        featured = [code for code in self.about.featured if code in self.position_actors]
        return list(dict.fromkeys([*featured, *self.position_actors]))

    @cached_property
    def event_sources(self) -> pd.DataFrame:
        """Every source of every event, in the order of the tiers of the codebook, and within a tier
        in that in which the event names them: event_id and the columns of the sources, one row a
        pair.
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


def load(
    folder: str | os.PathLike[str] | None = None,
    today: date | None = None,
    instead: Mapping[str, bytes] = MappingProxyType({}),
) -> Dataset:
    """Read, check and type the tables of a data folder.

    `today`: the last day that an event may have and a stance is derived for; the real one if left
    out. `instead`: files by name, taken in place of those that lie in the folder. Raises DataFaults
    with all faults of all files.
    """
    path = data_folder(folder)
    name, day = str(path), today or date.today()
    contents, faults = read_contents(path, name)
    contents |= {file: instead[file] for file in contents.keys() & instead.keys()}
    codebook = _codebook(path, name, day, faults)
    tables = schema.tables(codebook, day)
    texts = read_texts(tables, contents, name, faults)
    faults += [f for t in texts for f in schema.cell_faults(tables[t], *texts[t].parts)]
    faults += cross_faults(codebook, tables, texts)
    about = _about(path, name, codebook, texts, faults)
    documents = read_documents(path, name, faults)
    outlines = read_outlines(path, name, faults)
    if faults or about is None:
        raise DataFaults(faults)
    typed = {table: schema.typed(tables[table], texts[table].cells) for table in tables}
    files = contents | documents
    return Dataset(path, day, content_hash(contents), files, outlines, codebook, about, **typed)


def _codebook(path: Path, name: str, today: date, faults: list[Fault]) -> Codebook:
    """The codebook; without it no table can be checked, so its faults end the reading."""
    try:
        codebook = read_codebook(path, name)
    except DataFaults as found:
        raise DataFaults([*found.faults, *faults]) from None
    if not schema.EARLIEST_DATE <= codebook.first_date <= today:
        message = (
            f"{quoted(codebook.first_date)} is not from {schema.EARLIEST_DATE} to today, {today}"
        )
        faults.append(Fault(f"{name}/{CODEBOOK_FILE}", 0, "first_date", message))
    return codebook


def _about(
    path: Path, name: str, codebook: Codebook, texts: dict[str, Texts], faults: list[Fault]
) -> About | None:
    """The hand-written part; what it features and leads with must be in the tables."""
    try:
        about = read_about(path, name, codebook)
    except DataFaults as found:
        faults.extend(found.faults)
        return None
    if "actors" in texts and "memberships" in texts:
        memberships = texts["memberships"].cells
        told = _not_featured(about, codebook, texts["actors"].cells, memberships)
        faults += [Fault(f"{name}/{ABOUT_FILE}", 0, "dashboard.featured", line) for line in told]
        if about.lead and about.lead.group not in {*memberships["group"]}:
            line = f"{quoted(about.lead.group)} is not a group of memberships.csv"
            faults.append(Fault(f"{name}/{ABOUT_FILE}", 0, "dashboard.lead.group", line))
    return about


def _not_featured(
    about: About, codebook: Codebook, actors: pd.DataFrame, memberships: pd.DataFrame
) -> Iterator[str]:
    """What is told of each code that has no card: a card shows a stance."""
    kinds, groups = dict(zip(actors["actor"], actors["kind"], strict=True)), {*memberships["group"]}
    for code in about.featured:
        if code in groups:
            continue
        if code not in kinds:
            yield f"{quoted(code)} is not known"
        # An unknown kind is a fault of its own.
        elif kinds[code] in codebook.kinds and kinds[code] not in codebook.position_kinds:
            allowed = ", ".join(codebook.position_kinds)
            yield f"{quoted(code)} takes no position; it must be a group or an actor of: {allowed}"
