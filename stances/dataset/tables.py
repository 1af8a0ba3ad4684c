"""The tables of a data folder: read as text, checked, typed. Nothing is computed here.

`load` reports every fault of the folder at once and returns either a whole Dataset or none.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd

from stances.dataset import schema
from stances.dataset.about import ABOUT_FILE, About, read_about
from stances.dataset.codebook import CODEBOOK_FILE, Codebook, read_codebook
from stances.dataset.days import as_day, month_ends
from stances.dataset.faults import DataFaults, Fault, shown

DATA_VARIABLE = "STANCES_DATA"
# Files that go with the tables wherever they go, but decide no figure.
DOCUMENTS = (ABOUT_FILE, "datapackage.json", "FORMAT.md", "CHANGELOG.md", "LICENSE")
FILES = (*(f"{table}.csv" for table in schema.TABLE_NAMES), CODEBOOK_FILE, *DOCUMENTS)
# The outlines that the views of the map are drawn from.
OUTLINES = ("europe_50m.json", "world_110m.json")
DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "data"


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
    actors: pd.DataFrame
    memberships: pd.DataFrame
    codings: pd.DataFrame
    external_codings: pd.DataFrame

    @cached_property
    def recorded(self) -> date:
        """The day on which the newest row of the events entered or changed."""
        newest = self.events["recorded"].max()
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
        takes_one = self.actors["kind"].isin(schema.POSITION_KINDS)
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
        """Every source of every event, in the order in which the event names them: event_id and
        the columns of the sources, one row a pair.
        """
        pairs = self.events[["event_id", "source_ids"]].copy()
        pairs["source_id"] = pairs.pop("source_ids").str.split(schema.LIST_SEPARATOR)
        return pairs.explode("source_id").merge(self.sources, on="source_id", how="left")


@dataclass(frozen=True)
class _Texts:
    """A table as it was read: cells as text, and the line of each row in the file."""

    cells: pd.DataFrame
    lines: list[int]
    file: str

    def faults(self, rows: pd.Series, column: str, messages: pd.Series) -> Iterator[Fault]:
        """A fault for every row that is True in `rows`."""
        for row in rows.index[rows]:
            yield Fault(self.file, self.lines[row], column, messages[row])


def data_folder(folder: str | os.PathLike[str] | None = None) -> Path:
    """The folder asked for, else the one that STANCES_DATA names, else the one of the product."""
    if folder is not None:
        return Path(folder)
    return Path(os.environ.get(DATA_VARIABLE) or _default_folder())


def _default_folder() -> Path:
    here = Path.cwd()
    return DEFAULT_FOLDER.relative_to(here) if here in DEFAULT_FOLDER.parents else DEFAULT_FOLDER


def files_of(folder: Path) -> list[Path]:
    """Where the files of a dataset lie, whether or not each is there."""
    return [*(folder / file for file in FILES), *_outline_files(folder)]


def _outline_files(folder: Path) -> list[Path]:
    """Where the outlines of the map lie for a data folder: beside its tables if there are any, else
    those of the product. They are not mixed.
    """
    beside = folder / "geometry"
    place = beside if any(beside.glob("*.json")) else DEFAULT_FOLDER / "geometry"
    return sorted({*place.glob("*.json"), *(place / name for name in OUTLINES)})


def country_ids(outlines: bytes) -> frozenset[str]:
    """The ids of the countries that a TopoJSON file of outlines draws. Raises ValueError for what
    is no JSON, and LookupError for other JSON, or where a country has no id.
    """
    try:
        countries = json.loads(outlines)["objects"]["countries"]["geometries"]
        ids = [country["id"] for country in countries]
    except (LookupError, TypeError, RecursionError):
        ids = [None]
    if not all(isinstance(each, str) for each in ids):
        raise LookupError("is no TopoJSON whose object countries has an id for each of them")
    return frozenset(ids)


def load(folder: str | os.PathLike[str] | None = None, today: date | None = None) -> Dataset:
    """Read, check and type the tables of a data folder.

    `today`: the last day that an event may have and a stance is derived for; the real one if left
    out. Raises DataFaults with all faults of all files.
    """
    path = data_folder(folder)
    name, day = str(path), today or date.today()
    contents, faults = _contents(path, name)
    codebook = _codebook(path, name, day, faults)
    tables = schema.tables(codebook, day)
    texts = _texts(tables, contents, name, faults)
    faults += [f for t in texts for f in schema.cell_faults(tables[t], *_parts(texts[t]))]
    faults += _cross_faults(tables, texts)
    about = _about(path, name, codebook, texts, faults)
    documents = _documents(path, name, faults)
    outlines = _outlines(path, name, faults)
    if faults or about is None:
        raise DataFaults(faults)
    typed = {table: schema.typed(tables[table], texts[table].cells) for table in tables}
    files = contents | documents
    return Dataset(path, day, _hash(contents), files, outlines, codebook, about, **typed)


def _parts(texts: _Texts) -> tuple[pd.DataFrame, list[int], str]:
    return texts.cells, texts.lines, texts.file


def _codebook(path: Path, name: str, today: date, faults: list[Fault]) -> Codebook:
    """The codebook; without it no table can be checked, so its faults end the reading."""
    try:
        codebook = read_codebook(path, name)
    except DataFaults as found:
        raise DataFaults([*found.faults, *faults]) from None
    if not schema.EARLIEST_DATE <= codebook.first_date <= today:
        message = f"{codebook.first_date} is not from {schema.EARLIEST_DATE} to today, {today}"
        faults.append(Fault(f"{name}/{CODEBOOK_FILE}", 0, "first_date", message))
    return codebook


def _contents(path: Path, name: str) -> tuple[dict[str, bytes], list[Fault]]:
    """The bytes of the tables and the codebook, each file read once, and what cannot be read."""
    contents, faults = {}, []
    for file in [*(f"{table}.csv" for table in schema.TABLE_NAMES), CODEBOOK_FILE]:
        try:
            contents[file] = (path / file).read_bytes()
        except OSError as error:
            faults.append(_unread(f"{name}/{file}", error))
    return contents, faults


def _unread(file: str, error: OSError | ValueError) -> Fault:
    """Why a file could not be read, or is not the JSON in UTF-8 that it should be."""
    if isinstance(error, FileNotFoundError):
        message = "the file is missing"
    elif isinstance(error, OSError):
        message = f"cannot be read: {error.strerror}"
    elif isinstance(error, UnicodeDecodeError):
        message = "the file is not UTF-8"
    else:
        message = f"not valid JSON: {error}"
    return Fault(file, 0, "", message)


def _documents(path: Path, name: str, faults: list[Fault]) -> dict[str, bytes]:
    """What explains the tables, as far as it lies beside them: whole, and texts all of it."""
    found = {}
    for file in DOCUMENTS:
        try:
            found[file] = (path / file).read_bytes()
            text = found[file].decode()
            if file.endswith(".json"):
                json.loads(text)
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            faults.append(_unread(f"{name}/{file}", error))
    return found


def _outlines(path: Path, name: str, faults: list[Fault]) -> dict[str, bytes]:
    """The outlines of the map, each file whole."""
    found = {}
    for place in _outline_files(path):
        file = f"{name}/geometry/{place.name}" if path in place.parents else str(place)
        try:
            found[place.name] = place.read_bytes()
            country_ids(found[place.name])
        except (OSError, ValueError) as error:
            faults.append(_unread(file, error))
        except LookupError as error:
            faults.append(Fault(file, 0, "", str(error)))
    return found


def _hash(contents: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for file in sorted(contents):
        digest.update(f"{file}\0{len(contents[file])}\0".encode())
        digest.update(contents[file])
    return digest.hexdigest()


def _texts(
    tables: dict[str, schema.Table], contents: dict[str, bytes], name: str, faults: list[Fault]
) -> dict[str, _Texts]:
    """The tables that can be read at all; the faults of the others are added to `faults`."""
    texts = {}
    for table in tables.values():
        if table.file not in contents:
            continue
        try:
            texts[table.name] = _read(table, contents[table.file], f"{name}/{table.file}")
        except DataFaults as found:
            faults.extend(found.faults)
    return texts


def _read(table: schema.Table, content: bytes, file: str) -> _Texts:
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise DataFaults([Fault(file, 0, "", "the file is empty")])
    rows = _rows(_decoded(content, file), file)
    _, header = rows[0]
    if header != table.header:
        raise DataFaults([Fault(file, 1, "", _wrong_header(header, table.header))])
    width = len(header)
    uneven = [
        Fault(file, line, "", f"has {len(cells)} cells, the header has {width}")
        for line, cells in rows[1:]
        if len(cells) != width
    ]
    if uneven:
        raise DataFaults(uneven)
    cells = pd.DataFrame([cells for _, cells in rows[1:]], columns=header, dtype="str")
    return _Texts(cells, [line for line, _ in rows[1:]], file)


def _decoded(content: bytes, file: str) -> str:
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataFaults([Fault(file, line, "", "the file is not UTF-8")]) from None


def _rows(text: str, file: str) -> list[tuple[int, list[str]]]:
    """Every row with the line on which it starts (a cell may run over several lines)."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataFaults([Fault(file, line, "", f"cannot be read as CSV: {error}")]) from None
    return rows


def _wrong_header(found: list[str], expected: list[str]) -> str:
    missing = [column for column in expected if column not in found]
    unknown = [shown(column) for column in found if column not in expected]
    parts = [
        f"missing {', '.join(missing)}" if missing else "",
        f"unknown {', '.join(unknown)}" if unknown else "",
    ]
    wrong = "; ".join(part for part in parts if part) or "the columns are in another order"
    return f"wrong header: {wrong}; it must be {','.join(expected)}"


def _cross_faults(tables: dict[str, schema.Table], texts: dict[str, _Texts]) -> list[Fault]:
    """What is wrong between columns and between tables, as far as they can be read."""
    faults = [
        fault
        for name in texts
        for reference in tables[name].references
        if reference.table in texts
        for fault in _unresolved(texts[name], reference, texts[reference.table])
    ]
    if "events" in texts:
        faults += _event_faults(texts["events"])
    if "actors" in texts:
        faults += _shared_names(texts["actors"])
        faults += _no_position(texts["actors"])
    if "memberships" in texts:
        faults += _membership_faults(texts["memberships"])
    if "memberships" in texts and "actors" in texts:
        faults += _group_faults(texts["memberships"], texts["actors"])
    if "events" in texts and "actors" in texts:
        faults += _scored_company(texts["events"], texts["actors"])
    if "events" in texts and "sources" in texts:
        faults += _unused_sources(texts["events"], texts["sources"])
    return faults


def _unresolved(texts: _Texts, reference: schema.Reference, target: _Texts) -> Iterator[Fault]:
    known = set(target.cells[reference.target])
    for row, cell in texts.cells[reference.column].items():
        for part in str(cell).split(schema.LIST_SEPARATOR) if reference.many else [str(cell)]:
            if part.strip() and part not in known:
                message = f"{shown(part)} is not in {reference.table}.csv"
                yield Fault(texts.file, texts.lines[int(str(row))], reference.column, message)


def _event_faults(texts: _Texts) -> Iterator[Fault]:
    events = texts.cells
    ids = events["event_id"]
    patterns = [
        schema.event_id_pattern(actor, day)
        for actor, day in zip(events["actor"], events["date"], strict=True)
    ]
    odd = pd.Series(
        [not re.fullmatch(p, i) for p, i in zip(patterns, ids, strict=True)],
        index=events.index,
        dtype=bool,
    )
    expected = events["actor"] + "-" + events["date"].str.replace("-", "") + "-<slug>"
    yield from texts.faults(
        odd & (ids != ""), "event_id", ids.map(shown) + " must be " + expected.map(shown)
    )
    early = (events["end_date"] != "") & (events["end_date"] < events["date"])
    message = events["end_date"].map(shown) + " is before the date of the event"
    yield from texts.faults(early, "end_date", message)
    parts = events["source_ids"].str.split(schema.LIST_SEPARATOR)
    twice = parts.map(lambda ids: len(set(ids)) < len(ids)).astype(bool)
    yield from texts.faults(twice, "source_ids", "names a source twice: " + parts.str.join(";"))


def _shared_names(texts: _Texts) -> Iterator[Fault]:
    """Names of two actors: charts and tables tell them apart by these."""
    codes = texts.cells["actor"]
    for column in ("name", "short_name"):
        names = texts.cells[column]
        first = names.map(dict(zip(names[::-1], codes[::-1], strict=True)))
        # An empty name and a code that stands twice are faults of their own.
        shared = (first != codes) & (names.str.strip() != "")
        told = names.map(shown) + " is the name of " + first.map(shown) + " and of "
        yield from texts.faults(shared, column, told + codes.map(shown))


def _no_position(texts: _Texts) -> Iterator[Fault]:
    """That there is nobody to show a stance of; an unknown kind is a fault of its own."""
    kinds = set(texts.cells["kind"])
    if kinds <= set(schema.ACTOR_KINDS) and not kinds & set(schema.POSITION_KINDS):
        needed = ", ".join(schema.POSITION_KINDS)
        yield Fault(texts.file, 0, "kind", f"one actor at least must be of: {needed}")


def _membership_faults(texts: _Texts) -> Iterator[Fault]:
    members = texts.cells
    early = (members["left"] != "") & (members["left"] <= members["joined"])
    message = members["left"].map(shown) + " is not after the day of joining"
    yield from texts.faults(early, "left", message)


def _group_faults(memberships: _Texts, actors: _Texts) -> Iterator[Fault]:
    """Names that mean something else where an actor or a group can be chosen."""
    groups = memberships.cells["group"]
    coded = groups.isin(set(actors.cells["actor"])) & (groups != "")
    told = groups.map(shown) + " is the code of an actor; a group needs another name"
    yield from memberships.faults(coded, "group", told)
    told = groups.map(shown) + " stands for all actors; a group needs another name"
    yield from memberships.faults(groups == schema.ALL_ACTORS, "group", told)


def _scored_company(events: _Texts, actors: _Texts) -> Iterator[Fault]:
    takes_none = ~actors.cells["kind"].isin(schema.POSITION_KINDS)
    companies = set(actors.cells["actor"][takes_none])
    scored = events.cells["actor"].isin(companies) & (events.cells["score"] != "")
    message = "an event of " + events.cells["actor"] + ", which takes no position, has no score"
    yield from events.faults(scored, "score", message)


def _unused_sources(events: _Texts, sources: _Texts) -> Iterator[Fault]:
    used = set(events.cells["source_ids"].str.split(schema.LIST_SEPARATOR).explode())
    ids = sources.cells["source_id"]
    yield from sources.faults(~ids.isin(used), "source_id", ids.map(shown) + " backs no event")


def _about(
    path: Path, name: str, codebook: Codebook, texts: dict[str, _Texts], faults: list[Fault]
) -> About | None:
    """The hand-written part; what it features must be in the tables."""
    try:
        about = read_about(path, name, codebook)
    except DataFaults as found:
        faults.extend(found.faults)
        return None
    if "actors" in texts and "memberships" in texts:
        told = _not_featured(about, texts["actors"].cells, texts["memberships"].cells)
        faults += [Fault(f"{name}/{ABOUT_FILE}", 0, "dashboard.featured", line) for line in told]
    return about


def _not_featured(about: About, actors: pd.DataFrame, memberships: pd.DataFrame) -> Iterator[str]:
    """What is told of each code that has no card: a card shows a stance."""
    kinds, groups = dict(zip(actors["actor"], actors["kind"], strict=True)), {*memberships["group"]}
    for code in about.featured:
        if code in groups:
            continue
        if code not in kinds:
            yield f"{shown(code)} is not known"
        # An unknown kind is a fault of its own.
        elif kinds[code] in schema.ACTOR_KINDS and kinds[code] not in schema.POSITION_KINDS:
            allowed = ", ".join(schema.POSITION_KINDS)
            yield f"{shown(code)} takes no position; it must be a group or an actor of: {allowed}"
