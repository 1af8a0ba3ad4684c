"""The description of a data folder for other programs: Data Package v2, made from the schema.

The hand-written part is `about.toml`; everything else follows from the tables. A test fails when
the file in the folder is not what this makes.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from stances.dataset import schema
from stances.dataset.about import ABOUT_FILE, About
from stances.dataset.codebook import CODEBOOK_FILE
from stances.dataset.faults import Fault, first_of, inline
from stances.dataset.files import LATER, NEEDED, PACKAGE_FILE
from stances.dataset.names import slug
from stances.dataset.plain import parse_json
from stances.dataset.rows import header_of
from stances.dataset.tables import Dataset

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_GEOMETRY, _HASHED = "geometry/", "sha256:"
_TYPES = {
    "text": "string",
    "list": "string",
    "day": "date",
    "partial": "string",
    "whole": "integer",
    "number": "number",
    "truth": "boolean",
}


def file_stem(data: Dataset) -> str:
    """Return what the names of all files handed out begin with, of a release with its version."""
    return versioned_stem(data) if data.release else _stem(data)


def versioned_stem(data: Dataset) -> str:
    """Return the same with the version of the dataset, whichever it is."""
    return f"{_stem(data)}_{data.version}"


def _stem(data: Dataset) -> str:
    return "-".join(filter(None, [slug(data.codebook.subject), "stances"]))


def write(data: Dataset) -> Path:
    """Write `datapackage.json` into the folder of the data; return its path."""
    path = data.folder / PACKAGE_FILE
    path.write_bytes(content(data))
    return path


def content(data: Dataset) -> bytes:
    """Return the bytes that `datapackage.json` must have for the data as it lies in its folder."""
    return (json.dumps(describe(data), indent=2, ensure_ascii=False) + "\n").encode()


def describe(data: Dataset) -> dict[str, Any]:
    """Return the descriptor: title, licence, and each file with its schema, size and hash."""
    about = data.about
    tables = schema.tables(data.codebook, data.today).values()
    described: dict[str, Any] = {
        "$schema": _PROFILE,
        "name": _stem(data),
        "title": about.title,
        "description": about.description,
        "version": data.version,
        "model_version": str(data.codebook.formula.number),
        "created": f"{data.recorded}T00:00:00Z",
        "keywords": list(about.keywords),
        "contributors": [{"title": author, "roles": ["creator"]} for author in about.authors],
        "licenses": _licences(about),
        "resources": [
            *(_table(data, table) for table in tables if table.file in data.files),
            *(_file(data.folder, path) for path in _other_files(data.folder)),
        ],
    }
    return {key: value for key, value in described.items() if value}


def _matches(content: bytes, text: Mapping[str, Any]) -> bool:
    """Say whether a file has the hash told of it or, where that is not of our kind, the length."""
    hashed = str(text.get("hash"))
    if hashed.startswith(_HASHED):
        return hashed == _hash(content)
    return bool(text.get("bytes", len(content)) == len(content))


def _licences(about: About) -> list[dict[str, str]]:
    licence = about.licence
    if licence is None:
        return []
    return [{"name": licence.name, "path": licence.url, "title": licence.title}]


def _table(data: Dataset, table: schema.Table) -> dict[str, Any]:
    return {
        "name": slug(table.name),
        "path": table.file,
        "type": "table",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_bytes(data.folder / table.file),
        "rows": len(getattr(data, table.name)),
        "schema": _schema(_as_written(data, table)),
    }


def _as_written(data: Dataset, table: schema.Table) -> schema.Table:
    """Return a table with the columns that its file has."""
    missing = table.missing_cells(header_of(data.files[table.file]))
    return replace(table, columns=table.columns[: len(table.columns) - len(missing)])


def _schema(table: schema.Table) -> dict[str, Any]:
    described: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": table.key,
        "foreignKeys": [
            {
                "fields": [reference.column],
                "reference": {"resource": slug(reference.table), "fields": [reference.target]},
            }
            for reference in table.references
            # A cell with several ids is no key that the standard can describe.
            if not reference.many
        ],
    }
    return {key: value for key, value in described.items() if value}


def _field(column: schema.Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "description": column.description,
    }
    if column.kind == "truth":
        field |= {"trueValues": ["yes"], "falseValues": ["no"]}
    return field | {"constraints": _constraints(column)}


def _constraints(column: schema.Column) -> dict[str, Any]:
    limits: dict[str, Any] = {
        "required": not column.optional,
        "enum": [] if column.kind == "list" else list(column.allowed),
        "pattern": column.form,
    }
    whole = column.kind == "whole"
    if column.low is not None and column.high is not None:
        limits["minimum"] = int(column.low) if whole else column.low
        limits["maximum"] = int(column.high) if whole else column.high
        return {key: value for key, value in limits.items() if value != "" and value != []}
    return {key: value for key, value in limits.items() if value or key == "required"}


def _other_files(folder: Path) -> list[Path]:
    geometry = sorted((folder / "geometry").glob("*.json"))
    return [folder / name for name in (CODEBOOK_FILE, ABOUT_FILE) if (folder / name).exists()] + (
        geometry
    )


def _file(folder: Path, path: Path) -> dict[str, Any]:
    return {
        "name": slug(path.stem),
        "path": path.relative_to(folder).as_posix(),
        "format": path.suffix.removeprefix("."),
        "mediatype": {".toml": "application/toml", ".json": "application/json"}[path.suffix],
        "encoding": "utf-8",
        **_bytes(path),
    }


def _bytes(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    return {"bytes": len(content), "hash": _hash(content)}


def _hash(content: bytes) -> str:
    return f"{_HASHED}{hashlib.sha256(content).hexdigest()}"


def differing(data: Dataset) -> list[Fault]:
    """Return the files that are not what `datapackage.json` says of them, each with what it is;
    none where there is no such file. The dataset is valid all the same: either the description is
    stale, or a file was changed, or cut off where it makes sense still.
    """
    if PACKAGE_FILE not in data.files:
        return []
    described = list(_described_files(parse_json(data.files[PACKAGE_FILE])))
    if not described:
        return [Fault(PACKAGE_FILE, 0, "", "describes none of the files")]
    lie = {
        **data.files,
        **{f"{_GEOMETRY}{name}": outline for name, outline in data.outlines.items()},
    }
    texts = ((path, _difference(data, lie.get(path), text)) for path, text in described)
    return first_of(Fault(inline(path), 0, "", text) for path, text in texts if text)


def _described_files(package: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the path of each file of a dataset that a description names, and what it says of it."""
    resources = package.get("resources") if isinstance(package, dict) else None
    for text in resources if isinstance(resources, list) else []:
        path = text.get("path") if isinstance(text, dict) else None
        known = (*NEEDED, *LATER, ABOUT_FILE)
        if isinstance(path, str) and (path in known or path.startswith(_GEOMETRY)):
            yield path, text


def _difference(data: Dataset, content: bytes | None, text: Mapping[str, Any]) -> str:
    """Return what a file is other than it is told to be; nothing where it is the same."""
    if content is None:
        return f"is missing, but {PACKAGE_FILE} describes it"
    if _matches(content, text):
        return ""
    table = str(text.get("path")).removesuffix(".csv")
    rows, known = text.get("rows"), table in schema.TABLE_NAMES
    if known and type(rows) is int and rows != len(getattr(data, table)):
        return f"has {len(getattr(data, table)):,} rows; {PACKAGE_FILE} says {rows:,}"
    return f"is not the file that {PACKAGE_FILE} describes: it has another hash"
