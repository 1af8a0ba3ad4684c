"""The files of a data folder: where they lie, read whole, each once."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from stances.dataset import schema
from stances.dataset.about import ABOUT_FILE
from stances.dataset.codebook import CODEBOOK_FILE
from stances.dataset.faults import Fault

DATA_VARIABLE = "STANCES_DATA"


# Files that go with the tables wherever they go, but decide no figure.
DOCUMENTS = (ABOUT_FILE, "datapackage.json", "FORMAT.md", "CHANGELOG.md", "LICENSE")


FILES = (*(f"{table}.csv" for table in schema.TABLE_NAMES), CODEBOOK_FILE, *DOCUMENTS)


# The outlines that the views of the map are drawn from.
OUTLINES = ("europe_50m.json", "world_110m.json")


_PACKAGE = Path(__file__).resolve().parents[1]
# An installed package carries its tables inside; in a checkout they lie beside the code.
_CARRIED = _PACKAGE / "_data"
DEFAULT_FOLDER = _CARRIED if _CARRIED.is_dir() else _PACKAGE.parent / "data"


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


def read_contents(path: Path, name: str) -> tuple[dict[str, bytes], list[Fault]]:
    """The bytes of the tables and the codebook, each file read once, and what cannot be read."""
    contents, faults = {}, []
    for file in [*(f"{table}.csv" for table in schema.TABLE_NAMES), CODEBOOK_FILE]:
        try:
            contents[file] = (path / file).read_bytes()
        except OSError as error:
            faults.append(unread(f"{name}/{file}", error))
    return contents, faults


def unread(file: str, error: OSError | ValueError) -> Fault:
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


def read_documents(path: Path, name: str, faults: list[Fault]) -> dict[str, bytes]:
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
            faults.append(unread(f"{name}/{file}", error))
    return found


def read_outlines(path: Path, name: str, faults: list[Fault]) -> dict[str, bytes]:
    """The outlines of the map, each file whole."""
    found = {}
    for place in _outline_files(path):
        file = f"{name}/geometry/{place.name}" if path in place.parents else str(place)
        try:
            found[place.name] = place.read_bytes()
            country_ids(found[place.name])
        except (OSError, ValueError) as error:
            faults.append(unread(file, error))
        except LookupError as error:
            faults.append(Fault(file, 0, "", str(error)))
    return found


def content_hash(contents: dict[str, bytes]) -> str:
    """The SHA-256 of files by name: of their names, lengths and bytes."""
    digest = hashlib.sha256()
    for file in sorted(contents):
        digest.update(f"{file}\0{len(contents[file])}\0".encode())
        digest.update(contents[file])
    return digest.hexdigest()
