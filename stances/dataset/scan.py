"""A look at a data folder: every file read once, and why others could not be read.

Whatever lies there, a look ends and raises nothing: what is no plain file, is too long or cannot be
opened is a fault of its own.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

from stances.dataset.about import ABOUT_FILE
from stances.dataset.codebook import CODEBOOK_FILE
from stances.dataset.faults import MISSING, Fault, inline, visible
from stances.dataset.files import (
    DEFAULT_FOLDER,
    DOCUMENTS,
    LATER,
    NEEDED,
    OUTLINES,
    PACKAGE_FILE,
    content_hash,
)
from stances.dataset.outlines import NotDrawn, refuse_undrawn
from stances.dataset.plain import most_bytes, parse_json, read_plain
from stances.dataset.writing import place_of

# What is read as a whole takes many times its length in memory, or in time, and is short.
_MOST_JSON, _MOST_TOML = 4_000_000, 250_000
_MOST_OUTLINES, _MOST_LISTED = 20, 1_000


@dataclass(frozen=True)
class Scan:
    """The content of a data folder, by name: `files`, and the `outlines` of the map, from the
    folder that faults call `geometry`; `faults`: why others could not be read.
    """

    folder: Path
    files: Mapping[str, bytes]
    outlines: Mapping[str, bytes]
    geometry: str
    faults: tuple[Fault, ...]

    @property
    def name(self) -> str:
        """The folder as faults name it."""
        return visible(str(self.folder))

    @cached_property
    def signature(self) -> str:
        """A hash over all that was found: two looks that found the same have the same."""
        parts = [content_hash(self.files), content_hash(self.outlines)]
        text = "\n".join([*parts, *map(str, sorted(self.faults))])
        return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()

    def with_files(self, instead: Mapping[str, bytes]) -> Scan:
        """Return the scan of a folder had other files lain in place of those that were found under
        their names, and tables that it need not have beside them.
        """
        known = {*self.files, *LATER} & instead.keys()
        return replace(self, files={**self.files, **{file: instead[file] for file in known}})


def scan_folder(folder: Path) -> Scan:
    """Read a folder's files, each once. Raises BadInput for a bad STANCES_MAX_FILE alone."""
    name, faults = visible(str(folder)), list[Fault]()
    if text := _no_folder(folder):
        return Scan(folder, {}, {}, name, (Fault(name, 0, "", text),))
    files = dict(_files(folder, name, faults))
    geometry = _geometry(folder, name, faults)
    outlines = dict(geometry.read(faults))
    return Scan(folder, files, outlines, geometry.called, tuple(faults))


def _no_folder(folder: Path) -> str:
    """Say why a folder cannot be looked into, in place of the same for each of its files; nothing
    where it can.
    """
    try:
        is_folder = stat.S_ISDIR(folder.stat().st_mode)
    except FileNotFoundError:
        return "the folder is missing"
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"
    return "" if is_folder else f"cannot be read: {os.strerror(errno.ENOTDIR)}"


def unusable(scan: Scan) -> Iterator[Fault]:
    """Yield faults of what is no table: documents that are no text, outlines that draw no map."""
    for file in DOCUMENTS:
        if file in scan.files and (text := _not_text(file, scan.files[file])):
            yield Fault(f"{scan.name}/{file}", 0, "", text)
    for file, content in scan.outlines.items():
        if text := _not_drawn(content):
            yield Fault(f"{scan.geometry}/{inline(file)}", 0, "", text)


def products_outlines(scan: Scan) -> Mapping[str, bytes]:
    """Return the outlines of the product, by name, where the scan has others in their place; what
    a map cannot be drawn from is no measure of them.
    """
    place = DEFAULT_FOLDER / "geometry"
    product = _Geometry(place, visible(str(place)), OUTLINES)
    if scan.geometry == product.called:
        return {}
    return {file: content for file, content in product.read([]) if not _not_drawn(content)}


def _not_text(file: str, content: bytes) -> str:
    """Say why a document cannot be handed out as what it is; nothing where it can."""
    try:
        if file.endswith(".json"):
            parse_json(content)
        else:
            content.decode()
    except ValueError as error:
        return _message(error)
    return ""


# Tables change more often than outlines, which take as long.
@lru_cache(maxsize=4)
def _not_drawn(content: bytes) -> str:
    """Say why no map can be drawn from outlines; nothing where it can."""
    try:
        refuse_undrawn(content)
    except NotDrawn as error:
        return str(error)
    except ValueError as error:
        return _message(error)
    return ""


def _message(error: ValueError) -> str:
    not_utf8 = isinstance(error, UnicodeDecodeError)
    return "the file is not UTF-8" if not_utf8 else f"not valid JSON: {error}"


def _files(folder: Path, name: str, faults: list[Fault]) -> Iterator[tuple[str, bytes]]:
    for file in (*NEEDED, *LATER, *DOCUMENTS):
        try:
            yield file, read_plain(place_of(folder, file), _most(file))
        except OSError as error:
            if file in NEEDED or not isinstance(error, FileNotFoundError):
                faults.append(read_fault(f"{name}/{file}", error))


def _most(file: str) -> int:
    """Return how long a file may be, in bytes."""
    most = {ABOUT_FILE: _MOST_TOML, CODEBOOK_FILE: _MOST_TOML, PACKAGE_FILE: _MOST_JSON}
    return min(most_bytes(), most.get(file, most_bytes()))


def read_fault(file: str, error: OSError) -> Fault:
    """Return the fault that says why a file could not be read."""
    missing = isinstance(error, FileNotFoundError)
    text = MISSING if missing else f"cannot be read: {error.strerror or error}"
    return Fault(file, 0, "", text)


def _geometry(folder: Path, name: str, faults: list[Fault]) -> _Geometry:
    """Return the outlines beside the tables, else those of the product: never a mixture."""
    try:
        beside = _outline_names(folder / "geometry")
    except OSError as error:
        faults.append(read_fault(f"{name}/geometry", error))
        return _Geometry(folder, name, ())
    place, called = (folder, name) if beside else (DEFAULT_FOLDER, visible(str(DEFAULT_FOLDER)))
    names = tuple(sorted({*beside, *OUTLINES}))
    return _Geometry(place / "geometry", f"{called}/geometry", names)


@dataclass(frozen=True)
class _Geometry:
    """The folder of the outlines, as faults name it too, and the names of their files."""

    place: Path
    called: str
    names: tuple[str, ...]

    def read(self, faults: list[Fault]) -> Iterator[tuple[str, bytes]]:
        for file in self.names:
            called = f"{self.called}/{inline(file)}"
            if not file.isprintable():
                text = "the name of the file is not UTF-8, or has a character that cannot be shown"
                faults.append(Fault(called, 0, "", text))
                continue
            try:
                yield file, read_plain(self.place / file, min(most_bytes(), _MOST_JSON))
            except OSError as error:
                faults.append(read_fault(called, error))


def _outline_names(place: Path) -> list[str]:
    """Return the names of the JSON files of a folder; none: it is not there. Raises OSError."""
    try:
        with os.scandir(place) as entries:
            names = [entry.name for entry in islice(entries, _MOST_LISTED)]
    except FileNotFoundError:
        # A link that leads nowhere is there.
        if place.is_symlink():
            raise
        return []
    outlines = [name for name in names if name.endswith(".json")]
    if len(names) == _MOST_LISTED or len(outlines) > _MOST_OUTLINES:
        text = f"it has more than {_MOST_OUTLINES} files of outlines, or {_MOST_LISTED:,} in all"
        raise OSError(errno.E2BIG, text)
    return outlines
