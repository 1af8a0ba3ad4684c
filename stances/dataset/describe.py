"""What follows from the declaration: `datapackage.json`, and the tables of columns in FORMAT.md."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from stances.dataset import schema
from stances.dataset.about import ABOUT_FILE
from stances.dataset.codebook import CODEBOOK_FILE, MODEL_VERSION
from stances.dataset.load import Dataset, header_of
from stances.dataset.schema import LIST_SEPARATOR, Column, Table
from stances.dataset.toml import FORMS

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {"day": "date", "whole": "integer", "number": "number", "truth": "boolean"}
_PARTIAL = r"[0-9]{4}(?:-[0-9]{2}){0,2}"
# Of a table in FORMAT.md: its heading with what stands below it, and its columns; a row of those.
_TABLE = re.compile(r"(^## (\w+)\.csv\n(?:[^|\n].*\n|\n)*)((?:\|.*\n)+)", re.MULTILINE)
_EXAMPLE = re.compile(r"^\| `(\w+)` \|.*\| `([^|]*)` \|$", re.MULTILINE)


def stem(data: Dataset) -> str:
    """Return what the names of all files handed out begin with: acme-stances."""
    subject = re.sub("[^a-z0-9]+", "-", data.codebook.subject.lower()).strip("-")
    return f"{subject}-stances" if subject else "stances"


def datapackage(data: Dataset) -> bytes:
    """Return the description of the folder by Data Package v2."""
    about = data.about
    licences = [
        {"name": of.name, "path": of.url, "title": of.title} for of in [about.licence] if of
    ]
    resources = [
        _resource(table.file, data.files[table.file])
        | {"type": "table", "description": table.about, "rows": len(getattr(data, table.name))}
        | {"schema": _schema(data, table)}
        for table in schema.tables(data.codebook).values()
        if table.file in data.files
    ]
    names = [name for name in (CODEBOOK_FILE, ABOUT_FILE) if name in data.files]
    resources += [_resource(name, data.files[name]) for name in names]
    outlines = data.outlines if (data.folder / "geometry").is_dir() else {}
    resources += [_resource(f"geometry/{name}", content) for name, content in outlines.items()]
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
        "licenses": licences,
        "resources": resources,
    }
    text = {key: value for key, value in described.items() if value}
    return (json.dumps(text, indent=2, ensure_ascii=False) + "\n").encode()


def _resource(path: str, content: bytes) -> dict[str, Any]:
    name, _, ending = path.rpartition(".")
    return {
        "name": re.sub("[^a-z0-9]+", "-", name.rpartition("/")[2].lower()),
        "path": path,
        "format": ending,
        "mediatype": "text/csv" if ending == "csv" else f"application/{ending}",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _schema(data: Dataset, table: Table) -> dict[str, Any]:
    """Return the columns that the file of a table has, its key, and what its cells refer to."""
    header = header_of(data.files[table.file])
    # A cell with several ids is no key that the standard can describe.
    links = [(c.name, *c.to.split(".")) for c in table.columns if c.to and c.kind != "list"]
    references = [
        {"fields": [name], "reference": {"resource": of, "fields": [target]}}
        for name, of, target in links
    ]
    return {
        "fields": [_field(column) for column in table.columns if column.name in header],
        "missingValues": [""],
        "primaryKey": table.key,
        **({"foreignKeys": references} if references else {}),
    }


def _field(column: Column) -> dict[str, Any]:
    pattern = _PARTIAL if column.kind == "partial" else ""
    pattern = FORMS[column.form].pattern if column.form else pattern
    if column.kind == "list":
        part = pattern or "|".join(column.codes) or f"[^{LIST_SEPARATOR}]+"
        pattern = f"(?:{part})(?:{LIST_SEPARATOR}(?:{part}))*"
    low, high = column.range or (None, None)
    limits = {
        "pattern": pattern,
        "enum": [*column.codes] if column.kind != "list" else None,
        "minimum": low,
        "maximum": high,
        "maxLength": column.most,
    }
    return {
        "name": column.name,
        "title": column.label,
        "type": _TYPES.get(column.kind, "string"),
        "description": column.about,
        **({"trueValues": ["yes"], "falseValues": ["no"]} if column.kind == "truth" else {}),
        "constraints": {"required": not column.optional, **{k: v for k, v in limits.items() if v}},
    }


def format_text(data: Dataset, text: str) -> str:
    """Return the text of FORMAT.md with the columns of each table below its heading. Examples are
    written there by hand, and stay.
    """
    tables = schema.tables(data.codebook)

    def renewed(match: re.Match[str]) -> str:
        if match[2] not in tables:
            return match[0]
        lines = _column_lines(tables[match[2]], dict(_EXAMPLE.findall(match[3])))
        return match[1] + "".join(f"{line}\n" for line in lines)

    return _TABLE.sub(renewed, text)


def _column_lines(table: Table, examples: dict[str, str]) -> Iterator[str]:
    yield "| column | type | required | meaning | allowed | example |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for column in table.columns:
        labelled = (f"`{code}` {label}".strip() for code, label in column.codes.items())
        allowed = "; ".join(labelled) if column.of else column.allowed
        shown = examples.get(column.name, "")
        needed = "no" if column.optional else "yes"
        cells = [f"`{column.name}`", column.kind, needed, column.about, allowed.replace("|", "/")]
        line = " | ".join([*cells, f"`{shown}`" if shown else ""])
        yield re.sub(r"\|  (?=\|)", "| ", f"| {line} |")
