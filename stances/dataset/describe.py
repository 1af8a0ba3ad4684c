"""What follows from the tables and their declaration for other programs and readers:
`datapackage.json`, and the tables of columns in `FORMAT.md`.
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stances.dataset import schema
from stances.dataset.about import ABOUT_FILE
from stances.dataset.codebook import CODEBOOK_FILE, MODEL_VERSION
from stances.dataset.forms import FORMS
from stances.dataset.load import Dataset
from stances.dataset.schema import LIST_SEPARATOR, Column, Table

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {"day": "date", "whole": "integer", "number": "number", "truth": "boolean"}
_PARTIAL = r"[0-9]{4}(?:-[0-9]{2}){0,2}"
_ROW = re.compile(r"^\| `(?P<name>\w+)` \|.*\| (?P<example>[^|]*)\|$", re.MULTILINE)
_TABLE = re.compile(
    r"^## (?P<name>\w+)\.csv\n(?:[^|\n].*\n|\n)*(?P<rows>(?:\|.*\n)+)", re.MULTILINE
)


def stem(data: Dataset) -> str:
    """Return what the names of all files handed out begin with: acme-stances."""
    subject = re.sub("[^a-z0-9]+", "-", data.codebook.subject.lower()).strip("-")
    return f"{subject}-stances" if subject else "stances"


def datapackage(data: Dataset) -> bytes:
    """Return the description of the folder by Data Package v2: title, licence, and each file with
    its columns, size and hash.
    """
    about, licence = data.about, data.about.licence
    resources = [
        _resource(table.file, data.files[table.file])
        | {"type": "table", "description": table.about, "rows": len(getattr(data, table.name))}
        | {"schema": _schema(data, table)}
        for table in schema.tables(data.codebook).values()
        if table.file in data.files
    ]
    names = [name for name in (CODEBOOK_FILE, ABOUT_FILE) if name in data.files]
    resources += [_resource(name, data.files[name]) for name in names]
    if (data.folder / "geometry").is_dir():
        outlines = data.outlines.items()
        resources += [_resource(f"geometry/{name}", content) for name, content in outlines]
    described = {
        "$schema": _PROFILE,
        "name": stem(data),
        "title": about.title,
        "description": about.description,
        "version": data.version,
        "model_version": str(MODEL_VERSION),
        "created": f"{data.recorded}T00:00:00Z",
        "keywords": [*about.keywords],
        "contributors": [{"title": author, "roles": ["creator"]} for author in about.authors],
        "licenses": licence
        and [{"name": licence.name, "path": licence.url, "title": licence.title}],
        "resources": resources,
    }
    text = {key: value for key, value in described.items() if value}
    return (json.dumps(text, indent=2, ensure_ascii=False) + "\n").encode()


def _resource(path: str, content: bytes) -> dict[str, Any]:
    suffix = Path(path).suffix
    media = {".csv": "text/csv", ".toml": "application/toml", ".json": "application/json"}
    return {
        "name": re.sub("[^a-z0-9]+", "-", Path(path).stem.lower()),
        "path": path,
        "format": suffix[1:],
        "mediatype": media[suffix],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _schema(data: Dataset, table: Table) -> dict[str, Any]:
    """Return the columns that the file of a table has, its key, and what its cells refer to."""
    header = data.files[table.file].decode("utf-8-sig").splitlines()[0].replace('"', "").split(",")
    # A cell with several ids is no key that the standard can describe.
    links = {c.name: c.to.split(".") for c in table.columns if c.to and c.kind != "list"}
    text = {
        "fields": [_field(column) for column in table.columns if column.name in header],
        "missingValues": [""],
        "primaryKey": table.key,
        "foreignKeys": [
            {"fields": [name], "reference": {"resource": of, "fields": [target]}}
            for name, (of, target) in links.items()
        ],
    }
    return {key: value for key, value in text.items() if value}


def _field(column: Column) -> dict[str, Any]:
    pattern = _PARTIAL if column.kind == "partial" else ""
    pattern = FORMS[column.form].pattern if column.form else pattern
    if column.kind == "list":
        part = pattern or "|".join(column.codes) or f"[^{LIST_SEPARATOR}]+"
        pattern = f"(?:{part})(?:{LIST_SEPARATOR}(?:{part}))*"
    low, high = column.range or (None, None)
    limits = {
        "pattern": pattern or None,
        "enum": [*column.codes] if column.kind != "list" else None,
        "minimum": low,
        "maximum": high,
        "maxLength": column.most,
    }
    values = {"trueValues": ["yes"], "falseValues": ["no"]} if column.kind == "truth" else {}
    return {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "description": column.about,
        **values,
        "constraints": {
            "required": not column.optional,
            **{name: limit for name, limit in limits.items() if limit},
        },
    }


def format_text(data: Dataset, text: str) -> str:
    """Return the text of FORMAT.md as it must be: below each heading of a table its columns, with
    the codes of this folder, and examples of one of its rows, which stay where they are of it.
    """
    tables = schema.tables(data.codebook)

    def renewed(match: re.Match[str]) -> str:
        table = tables.get(match["name"])
        if table is None:
            return match[0]
        examples = {row["name"]: row["example"].strip(" `") for row in _ROW.finditer(match[0])}
        rows = "".join(f"{line}\n" for line in _column_lines(data, table, examples))
        return match[0][: -len(match["rows"])] + rows

    return _TABLE.sub(renewed, text)


def _column_lines(data: Dataset, table: Table, examples: dict[str, str]) -> Iterator[str]:
    rows = (
        csv.DictReader(data.files[table.file].decode("utf-8-sig").splitlines())
        if len(getattr(data, table.name))
        else ()
    )
    key = table.header[0]
    filled = sorted(rows, key=lambda row: -sum(map(bool, row.values())))
    if filled and all(row[key] != examples.get(key) for row in filled):
        examples = filled[0]
    yield "| column | type | required | meaning | allowed | example |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for column in table.columns:
        labelled = (f"`{code}` {label}".strip() for code, label in column.codes.items())
        allowed = "; ".join(labelled) if column.of else column.allowed
        example, needed = examples.get(column.name), "no" if column.optional else "yes"
        shown = f"`{example}`" if example and not re.search("[|`]", example) else ""
        cells = [f"`{column.name}`", column.kind, needed, column.about, allowed.replace("|", "/")]
        yield re.sub(r"\|  (?=\|)", "| ", f"| {' | '.join([*cells, shown])} |")
