"""What follows from the tables and their declaration for other programs and readers:
`datapackage.json`, the tables of columns in `FORMAT.md`, the counts in a README.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from stances.dataset import schema
from stances.dataset.about import ABOUT_FILE
from stances.dataset.codebook import CODEBOOK_FILE, MODEL_VERSION
from stances.dataset.load import Dataset
from stances.dataset.forms import FORMS
from stances.dataset.schema import LIST_SEPARATOR, Column, Table

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {"day": "date", "whole": "integer", "number": "number", "truth": "boolean"}
_PARTIAL = r"[0-9]{4}(?:-[0-9]{2}){0,2}"
_ROW = re.compile(r"^\| `(?P<name>\w+)` \|.*\| (?P<example>[^|]*)\|$", re.MULTILINE)
_TABLE = re.compile(
    r"^## (?P<name>\w+)\.csv\n(?:[^|\n].*\n|\n)*(?P<rows>(?:\|.*\n)+)", re.MULTILINE
)
_MARKED = re.compile(
    r"(?<=^<!-- derived: )(tables|dating)( -->\n).*?(?=^<!-- end -->$)", re.M | re.S
)


def stem(data: Dataset) -> str:
    """Return what the names of all files handed out begin with: huawei-stances."""
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
        "licenses": [{"name": licence.name, "path": licence.url, "title": licence.title}]
        if licence
        else [],
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
    keys = [
        {
            "fields": [column.name],
            "reference": {"resource": target[0], "fields": [target[2]]},
        }
        for column in table.columns
        # A cell with several ids is no key that the standard can describe.
        if column.kind != "list" and (target := column.to.partition("."))[0]
    ]
    text = {
        "fields": [_field(column) for column in table.columns if column.name in header],
        "missingValues": [""],
        "primaryKey": table.key,
        "foreignKeys": keys,
    }
    return {key: value for key, value in text.items() if value}


def _field(column: Column) -> dict[str, Any]:
    part = FORMS[column.form].pattern if column.form else ""
    limits: dict[str, Any] = {"required": not column.optional}
    if column.kind == "list":
        part = part or "|".join(column.codes) or f"[^{LIST_SEPARATOR}]+"
        limits["pattern"] = f"(?:{part})(?:{LIST_SEPARATOR}(?:{part}))*"
    elif column.kind == "partial":
        limits["pattern"] = _PARTIAL
    elif part:
        limits["pattern"] = part
    if column.codes and column.kind != "list":
        limits["enum"] = [*column.codes]
    if column.range:
        limits |= {"minimum": column.range[0], "maximum": column.range[1]}
    if column.most:
        limits["maxLength"] = column.most
    values = {"trueValues": ["yes"], "falseValues": ["no"]} if column.kind == "truth" else {}
    return {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "description": column.about,
        **values,
        "constraints": limits,
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
    frame = getattr(data, table.name)
    key = table.header[0]
    if examples.get(key) not in set(frame[key].astype(str)):
        filled = frame.astype(str).ne("").sum(axis=1)
        row = frame.loc[filled.idxmax()] if len(frame) else {}
        examples = {name: "" if row is None else _cell(row.get(name, "")) for name in table.header}
    yield "| column | type | required | meaning | allowed | example |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for column in table.columns:
        needed = "no" if column.optional else "yes"
        allowed = column.allowed
        if column.of:
            labelled = [f"`{code}` {label}".strip() for code, label in column.codes.items()]
            allowed = "; ".join(_safe(text) for text in labelled)
        example = examples.get(column.name, "")
        cells = [f"`{column.name}`", column.kind, needed, column.about, allowed]
        cells.append(f"`{example}`" if example and not re.search("[|`]", example) else "")
        yield f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |")


def _cell(value: Any) -> str:
    text = str(value)
    if text in ("True", "False"):
        return "yes" if text == "True" else "no"
    return "" if text in ("NaT", "<NA>", "nan") else text.removesuffix(" 00:00:00")


def _safe(text: str) -> str:
    """Return a text without what would end a cell of the table."""
    return text.replace("|", "/")


def readme_text(data: Dataset, text: str) -> str:
    """Return a README with what stands between `<!-- derived: NAME -->` and `<!-- end -->` as it
    must be, of the names tables and dating.
    """
    blocks: dict[str, Callable[[], str]] = {
        "tables": lambda: "\n" + "".join(f"{line}\n" for line in _table_lines(data)) + "\n",
        "dating": lambda: _dating(data),
    }
    return _MARKED.sub(lambda match: f"{match[1]}{match[2]}{blocks[match[1]]()}", text)


def _table_lines(data: Dataset) -> Iterator[str]:
    yield "| file | rows | what |"
    yield "| --- | ---: | --- |"
    for name, table in schema.tables().items():
        yield f"| `{table.file}` | {len(getattr(data, name)):,} | {table.about} |"


def _dating(data: Dataset) -> str:
    exact = data.events["date_precision"].value_counts()
    month, year = (int(exact.get(precision, 0)) for precision in ("month", "year"))
    return (
        f"- Events dated to the month only: {month:,}; to the year only: {year:,}. They stand on\n"
        f"  the first day of it.\n- Languages of the sources: {data.sources['language'].nunique()}.\n"
    )


def count_lines(data: Dataset) -> Iterator[str]:
    """Yield what a dataset holds, one line a table, then the version."""
    for name in schema.TABLE_NAMES:
        yield f"{name:17} {len(getattr(data, name)):6,} rows"
    scored, dates = int(data.events["score"].notna().sum()), data.events["date"]
    if not dates.empty:
        yield f"{scored:,} events scored, {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}"
    yield f"{data.folder}: valid, version {data.version}, model {MODEL_VERSION}"
