"""What follows from the declaration: `datapackage.json`, and the tables of columns in FORMAT.md."""

import hashlib
import json
import re
from collections.abc import Collection, Iterator
from pathlib import PurePath
from typing import Any

from stances.dataset import schema
from stances.dataset.about import ABOUT_FILE
from stances.dataset.codebook import CODEBOOK_FILE, MODEL_VERSION
from stances.dataset.days import PARTIAL
from stances.dataset.load import Dataset
from stances.dataset.schema import LIST_SEPARATOR, Column, Table, header_of
from stances.dataset.toml import FORMS
from stances.dataset.write import slug

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
# The kinds of columns that the standard does not call string.
_TYPES = {
    "day": "date",
    "whole": "integer",
    "number": "number",
    "truth": "boolean",
}
# Of a table in FORMAT.md: its heading with what stands below it, and its columns; a row of those.
_TABLE = re.compile(r"(^## (\w+)\.csv\n(?:[^|\n].*\n|\n)*)((?:\|.*\n)+)", re.MULTILINE)
_EXAMPLE = re.compile(r"^\| `(\w+)` \|.*\| (`[^|]*`) \|$", re.MULTILINE)


def stem(data: Dataset) -> str:
    """Return what the names of all files handed out begin with: acme-stances."""
    subject = re.sub("[^a-z0-9]+", "-", data.codebook.subject.lower()).strip("-")
    return f"{subject}-stances" if subject else "stances"


def datapackage(data: Dataset) -> bytes:
    """Return the description of the folder by Data Package v2."""
    resources = []
    for table in schema.tables(data.codebook).values():
        if table.file in data.files:
            content = data.files[table.file]
            of_table = {
                "type": "table",
                "description": table.about,
                "rows": len(getattr(data, table.name)),
                "schema": _schema(table, header_of(content)),
            }
            resources.append(_resource(table.file, content) | of_table)
    for name in (CODEBOOK_FILE, ABOUT_FILE):
        if name in data.files:
            resources.append(_resource(name, data.files[name]))
    # Without outlines of its own a folder has those of the product, which are not described.
    if (data.folder / "geometry").is_dir():
        for name, content in data.outlines.items():
            resources.append(_resource(f"geometry/{name}", content))

    about = data.about
    contributors = [{"title": author, "roles": ["creator"]} for author in about.authors]
    licences = []
    licence = about.licence
    if licence:
        licences.append({"name": licence.name, "path": licence.url, "title": licence.title})

    package = {
        "$schema": _PROFILE,
        "name": stem(data),
        "title": about.title,
        "description": about.description,
        "version": data.version,
        "model_version": str(MODEL_VERSION),
        "created": f"{data.recorded}T00:00:00Z",
        "keywords": about.keywords,
        "contributors": contributors,
        "licenses": licences,
        "resources": resources,
    }
    # What a folder does not say is left out: the standard has no empty values.
    filled = {key: value for key, value in package.items() if value}
    text = json.dumps(filled, indent=2, ensure_ascii=False)
    return f"{text}\n".encode()


def _resource(file: str, content: bytes) -> dict[str, Any]:
    """Return the description of a file by what can be seen of it: name, format, size, hash."""
    path = PurePath(file)
    ending = path.suffix[1:]
    return {
        "name": slug(path.stem),
        "path": file,
        "format": ending,
        "mediatype": "text/csv" if ending == "csv" else f"application/{ending}",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _schema(table: Table, header: Collection[str]) -> dict[str, Any]:
    """Return the columns that the file of a table has, its key, and what its cells refer to."""
    # Files of an older version have no later columns.
    columns = [column for column in table.columns if column.name in header]
    described: dict[str, Any] = {
        "fields": [_field(column) for column in columns],
        "missingValues": [""],
        "primaryKey": table.key,
    }
    references = []
    for column in columns:
        # A cell with several ids is no key that the standard can describe.
        if column.to and column.kind != "list":
            resource, target = column.to.split(".")
            reference = {"resource": resource, "fields": [target]}
            references.append({"fields": [column.name], "reference": reference})
    if references:
        described["foreignKeys"] = references
    return described


def _field(column: Column) -> dict[str, Any]:
    """Return a column as a field of the standard, with what its cells may be."""
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.label,
        "type": _TYPES.get(column.kind, "string"),
        "description": column.about,
    }
    if column.kind == "truth":
        field["trueValues"] = ["yes"]
        field["falseValues"] = ["no"]

    pattern = ""
    codes = list(column.codes)
    if column.form:
        pattern = FORMS[column.form].pattern
    elif column.kind == "partial":
        pattern = PARTIAL.pattern
    elif column.kind == "list":
        pattern = "|".join(codes)
    if column.kind == "list":
        if not pattern:
            pattern = f"[^{LIST_SEPARATOR}]+"
        pattern = f"(?:{pattern})(?:{LIST_SEPARATOR}(?:{pattern}))*"
        # A list of codes is not one of the codes: the pattern has them.
        codes = []

    constraints: dict[str, Any] = {"required": not column.optional}
    if pattern:
        constraints["pattern"] = pattern
    if codes:
        constraints["enum"] = codes
    if column.range:
        constraints["minimum"], constraints["maximum"] = column.range
    if column.most:
        constraints["maxLength"] = column.most
    field["constraints"] = constraints
    return field


def format_text(data: Dataset, text: str) -> str:
    """Return the text of FORMAT.md with the columns of each table below its heading. Examples are
    written there by hand, and stay.
    """
    tables = schema.tables(data.codebook)

    def renewed(match: re.Match[str]) -> str:
        heading, name, rows = match.groups()
        if name not in tables:
            return match[0]
        examples = dict(_EXAMPLE.findall(rows))
        lines = _column_lines(tables[name], examples)
        return heading + "".join(lines)

    return _TABLE.sub(renewed, text)


def _column_lines(table: Table, examples: dict[str, str]) -> Iterator[str]:
    """Yield the lines of the Markdown table of the columns; `examples`: by name of
    column, in back quotes.
    """
    yield "| column | type | required | meaning | allowed | example |\n"
    yield "| --- | --- | --- | --- | --- | --- |\n"
    for column in table.columns:
        allowed = column.allowed
        if column.codebook:
            codes = [f"`{code}` {label}".strip() for code, label in column.codes.items()]
            allowed = "; ".join(codes)
        cells = [
            f"`{column.name}`",
            column.kind,
            "no" if column.optional else "yes",
            column.about,
            allowed.replace("|", "/"),
            examples.get(column.name, ""),
        ]
        # An empty cell is one space.
        padded = [f"{cell} |".lstrip() for cell in cells]
        yield f"| {' '.join(padded)}\n"
