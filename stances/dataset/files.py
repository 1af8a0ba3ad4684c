"""The files of a data folder: their names, and where it lies."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from stances.dataset import schema
from stances.dataset.about import ABOUT_FILE
from stances.dataset.codebook import CODEBOOK_FILE

DATA_VARIABLE = "STANCES_DATA"


# Without these there is no dataset; those that came later a folder need not have.
LATER = tuple(f"{table}.csv" for table in schema.LATER_TABLES)
TABLES = tuple(f"{table}.csv" for table in schema.TABLE_NAMES if table not in schema.LATER_TABLES)
NEEDED = (*TABLES, CODEBOOK_FILE)


# Files that go with the tables wherever they go, but decide no figure.
PACKAGE_FILE = "datapackage.json"
DOCUMENTS = (ABOUT_FILE, PACKAGE_FILE, "FORMAT.md", "CHANGELOG.md", "LICENSE")


# The files that a dataset is told apart by: its figures, and what is said of them.
VERSIONED = (*NEEDED, *LATER, ABOUT_FILE)


# The outlines that the views of the map are drawn from.
OUTLINES = ("europe_50m.json", "world_110m.json")


_PACKAGE = Path(__file__).resolve().parents[1]
# An installed package carries its tables inside; in a checkout they lie beside the code.
_CARRIED = _PACKAGE / "_data"
DEFAULT_FOLDER = _CARRIED if _CARRIED.is_dir() else _PACKAGE.parent / "data"


def data_folder(folder: str | os.PathLike[str] | None = None) -> Path:
    """Return the folder asked for, else that of STANCES_DATA, else the one of the product."""
    if folder is not None:
        return Path(folder)
    return Path(os.environ.get(DATA_VARIABLE) or _default_folder())


def _default_folder() -> Path:
    here = Path.cwd()
    return DEFAULT_FOLDER.relative_to(here) if here in DEFAULT_FOLDER.parents else DEFAULT_FOLDER


def dataset_hash(files: Mapping[str, bytes], model: int) -> str:
    """Return the SHA-256 of what a dataset is told apart by: those of its files that are VERSIONED,
    and the version of the model, without which they give no figures.
    """
    return content_hash({**_versioned_files(files), "MODEL_VERSION": str(model).encode()})


def earlier_hashes(files: Mapping[str, bytes]) -> tuple[str, str]:
    """Return the hashes by which a dataset was told apart before: without the version of the model,
    and before that without `about.toml` too.
    """
    versioned = _versioned_files(files)
    tables = {file: content for file, content in versioned.items() if file != ABOUT_FILE}
    return content_hash(versioned), content_hash(tables)


def _versioned_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {file: files[file] for file in VERSIONED if file in files}


def codebook_hash(files: Mapping[str, bytes]) -> str:
    """Return the start of the SHA-256 of the codebook, by which a coding names it."""
    return hashlib.sha256(files[CODEBOOK_FILE]).hexdigest()[:8]


def content_hash(contents: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of files by name: of their names, lengths and bytes."""
    digest = hashlib.sha256()
    for file in sorted(contents):
        digest.update(f"{file}\0{len(contents[file])}\0".encode())
        digest.update(contents[file])
    return digest.hexdigest()
