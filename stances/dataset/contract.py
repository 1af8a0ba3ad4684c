"""FORMAT.md of a data folder: what holds of every folder, with the codes and rows of this one.

The text is by hand, and the same for every subject. Its tables of columns have those of the schema,
with their types; a cell on the codes of the codebook lists them, and an example is of a row of the
folder, as is the entry that it shows.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from stances.dataset.rows import rows_of
from stances.dataset.schema import LIST_SEPARATOR, Column, Table, tables
from stances.dataset.tables import Dataset

FORMAT_FILE = "FORMAT.md"
_SECTION = re.compile(r"## (?P<table>\w+)\.csv\n")
_ROW = re.compile(
    r"^\| `(?P<column>\w+)` \| [^|]+ \| [^|]+ \| (?P<meaning>[^|]+) \| "
    r"(?P<allowed>[^|]*)\| (?P<example>[^|]*)\|$",
    re.MULTILINE,
)
_ENTRY = re.compile(r"(?<=^```toml\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_CODEBOOK = "`codebook.toml`"
# What would end a cell of the table, or the code in it.
_MARKS = re.compile(r"[|`]")
# What an entry need not say: ids and the day are made, and the source stands below it.
_MADE = ("event_id", "source_ids", "recorded", "source_id")

Cells = Mapping[str, str]
Rows = Sequence[Cells]


def contract(data: Dataset, text: str) -> str:
    """Return the text of FORMAT.md as it must be for a folder; `text`: as it is, here or there."""
    known = tables(data.codebook, data.today)
    rows = {name: rows_of(table, data.files.get(table.file, b"")) for name, table in known.items()}
    whole = ""
    for part in re.split(r"^(?=## )", text, flags=re.MULTILINE):
        section = _SECTION.match(part)
        name = section["table"] if section else ""
        whole += _describe(known[name], rows[name], part) if name in known else part
    return _ENTRY.sub(lambda match: _entry(match[0], known, rows), whole)


def _describe(table: Table, rows: Rows, part: str) -> str:
    """Return the part on a table, with a line for each column of the schema and the codes of this
    folder. Its examples are those of a row, which stay where that is of this folder.
    """
    matches = {row["column"]: row for row in _ROW.finditer(part)}
    if not matches:
        return part
    cells: Cells = {name: row["example"].strip().strip("`") for name, row in matches.items()}
    key = table.header[0]
    if all(row[key] != cells.get(key) for row in rows):
        cells = max(rows, key=lambda row: sum(map(bool, row.values())), default={})

    def line(column: Column) -> str:
        row, example = matches.get(column.name), cells.get(column.name, "")
        meaning = row["meaning"] if row else column.description
        allowed = _valid_text(column, row["allowed"].strip()) if row else ""
        required = "no" if column.optional else "yes"
        ends = (allowed, f"`{example}`" if example and not _MARKS.search(example) else "")
        start = f"| `{column.name}` | {column.kind} | {required} | {meaning} | "
        return f"{start}{' '.join(f'{cell} |'.lstrip() for cell in ends)}"

    written = [*matches.values()]
    head, tail = part[: written[0].start()], part[written[-1].end() :]
    lines = "\n".join(map(line, table.columns))
    return f"{head}{lines}{tail}"


def _valid_text(column: Column, text: str) -> str:
    """Return what is said of the valid cells of a column, with the codes that the codebook has."""
    before, said, after = text.partition(_CODEBOOK)
    if not said:
        return text
    if column.low is not None:
        rest = after[after.find(";") :] if ";" in after else ""
        return f"{before}{_CODEBOOK}, {column.low:g} to {column.high:g}{rest}"
    codes = (_code(code, column.names.get(code, "")) for code in column.allowed)
    return f"{before}{_CODEBOOK}: {', '.join(codes)}" if column.allowed else text


def _code(code: str, label: str) -> str:
    return f"`{code}` ({_MARKS.sub('/', label)})" if label else f"`{code}`"


def _entry(text: str, known: Mapping[str, Table], rows: Mapping[str, Rows]) -> str:
    """Return the entry shown, if its actor is one of the folder; else the first coded event's."""
    codings = {row["event_id"]: row["coder"] for row in rows["codings"]}
    event = next((row for row in rows["events"] if row["event_id"] in codings), None)
    if event is None or any(f'actor = "{row["actor"]}"\n' in text for row in rows["actors"]):
        return text
    cited = event["source_ids"].split(LIST_SEPARATOR)[0]
    source = next(row for row in rows["sources"] if row["source_id"] == cited)
    lines = (
        *_values(known["events"], event),
        "",
        "[[sources]]",
        *_values(known["sources"], source),
        "",
        "[coding]",
        f"coder = {json.dumps(codings[event['event_id']], ensure_ascii=False)}",
    )
    return "".join(f"{line}\n" for line in lines)


def _values(table: Table, row: Cells) -> Iterator[str]:
    """Yield the filled cells of a row as lines of TOML."""
    bare = {"yes": "true", "no": "false"}
    for column in table.columns:
        cell = row[column.name]
        if not cell or column.name in _MADE:
            continue
        value = json.dumps(cell, ensure_ascii=False)
        if column.kind in ("day", "whole", "truth"):
            value = bare.get(cell, cell)
        yield f"{column.name} = {value}"
