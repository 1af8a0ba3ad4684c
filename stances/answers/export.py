"""Write an answer to a file: a frame and its columns as CSV, JSON, workbook, Parquet or calendar.

All formats have the same cells: days in ISO form, dates known in part as text, four decimals for
numbers. What is missing is empty or null in each, never a zero or a word.
"""

import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from stances.model.stance import STANCE_DECIMALS
from stances.tables.col import Col

# What a column is in Parquet by its kind, and how a workbook shows it; a text has neither.
_ARROW = {
    "day": pa.date32(),
    "whole": pa.int64(),
    "number": pa.float64(),
    "truth": pa.bool_(),
}
_NUMBER_FORMATS = {"day": "yyyy-mm-dd", "whole": "0", "number": "0.0000"}
# What a spreadsheet takes for the start of a formula, also in full width.
_FORMULA = re.compile(r"^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]", re.MULTILINE)
_TEXTS = ("text", "partial")
# A text stays a text in a workbook.
_WORKBOOK_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

# What is told of the whole of a table: facts by their name.
About = Mapping[str, Any]
_NOTHING: About = {}


def typed(frame: pd.DataFrame, cols: Sequence[Col]) -> pd.DataFrame:
    """Return the columns of `cols`, each of its type: str, datetime64, Int64, float64 (rounded) or
    boolean, missing where the frame has nothing or an empty text. A column may be its index.
    """
    index = frame.index.name
    if index is not None and index not in frame:
        frame = frame.reset_index()

    cells = {}
    for col in cols:
        cells[col.name] = _cells(frame[col.name], col.kind).array
    return pd.DataFrame(cells)


def _cells(values: pd.Series, kind: str) -> pd.Series:
    """Return a column with the type of a kind; what is empty is missing."""
    if kind in _TEXTS:
        texts = values.astype("str")
        return texts.mask(texts == "")

    # Only among objects can there be an empty text, or None.
    if values.dtype.kind == "O":
        is_missing = values.isna() | (values == "")
        values = values.mask(is_missing, None)
    match kind:
        case "day":
            return pd.to_datetime(values).astype("datetime64[s]")
        case "number":
            numbers = values.astype("float64")
            # Adding zero takes the sign from a negative zero.
            return numbers.round(STANCE_DECIMALS) + 0.0
        case "whole":
            return values.astype("Int64")
    return values.astype("boolean")


def _harmless(table: pd.DataFrame, cols: Sequence[Col]) -> pd.DataFrame:
    """Put an apostrophe before each text of a table that a spreadsheet would run: in place, so that
    it must be a copy of one's own, as `typed` gives. Return the table.
    """
    for col in cols:
        if col.kind not in _TEXTS:
            continue
        texts = table[col.name]
        # All at once: hardly any column has one.
        if _FORMULA.search(texts.str.cat(sep="\n")):
            is_formula = texts.str.match(_FORMULA, na=False)
            table[col.name] = texts.mask(is_formula, "'" + texts)
    return table


def csv(frame: pd.DataFrame, cols: Sequence[Col], about: About = _NOTHING) -> bytes:
    """Return a table as CSV: UTF-8, LF, empty where a value is missing. `about` has no place in it:
    all of FORMATS take the same.
    """
    table = _harmless(typed(frame, cols), cols)
    for col in cols:
        if col.kind == "truth":
            # Truths cannot become texts, objects can; what is missing stays so.
            truths = table[col.name].astype(object)
            table[col.name] = truths.map({True: "yes", False: "no"})

    text: str = table.to_csv(
        index=False,
        lineterminator="\n",
        float_format=f"%.{STANCE_DECIMALS}f",
        date_format="%Y-%m-%d",
    )
    return text.encode()


def json_rows(frame: pd.DataFrame, cols: Sequence[Col]) -> list[dict[str, Any]]:
    """Return the rows for JSON: numbers and truths as such, days in ISO form, null: missing."""
    table = typed(frame, cols)
    for col in cols:
        if col.kind == "day":
            days = table[col.name]
            table[col.name] = days.dt.strftime("%Y-%m-%d")
    # JSON has null for None alone, and None stays None only among objects.
    cells = table.astype(object).where(table.notna(), None)
    rows: list[Any] = cells.to_dict("records")
    return rows


def json_file(frame: pd.DataFrame, cols: Sequence[Col], about: About = _NOTHING) -> bytes:
    """Return a table as JSON: what is told of the whole, then `count` and `rows`."""
    rows = json_rows(frame, cols)
    content = {**about, "count": len(rows), "rows": rows}
    text = json.dumps(
        content,
        ensure_ascii=False,
        allow_nan=False,
        default=str,
    )
    return text.encode()


def _facts(about: About) -> dict[str, str]:
    """Return what is told of the whole as texts."""
    return {name: str(value) for name, value in about.items()}


def xlsx(frame: pd.DataFrame, cols: Sequence[Col], about: About = _NOTHING) -> bytes:
    """Return a table as a workbook of three sheets: the rows, what the columns are, what is told of
    the whole.
    """
    table = _harmless(typed(frame, cols), cols)
    columns = [(col.name, col.about) for col in cols]
    facts = _facts(about).items()
    sheets = {
        "Rows": table,
        "Columns": pd.DataFrame(columns, columns=["column", "about"]),
        "About": pd.DataFrame(facts, columns=["what", "value"]),
    }

    buffer = io.BytesIO()
    with pd.ExcelWriter(
        buffer,
        engine="xlsxwriter",
        datetime_format="yyyy-mm-dd",
        engine_kwargs={"options": _WORKBOOK_OPTIONS},
    ) as writer:
        # A fixed day, so that the same table gives the same bytes.
        writer.book.set_properties({"created": datetime(2000, 1, 1)})
        for name, sheet in sheets.items():
            sheet.to_excel(
                writer,
                sheet_name=name,
                index=False,
                freeze_panes=(1, 1),
            )

        rows = writer.sheets["Rows"]
        # From the first row and column to the last of both.
        rows.autofilter(0, 0, len(table), len(cols) - 1)
        for place, col in enumerate(cols):
            # In letters. The first rows stand for all.
            cells = table[col.name].dropna().head(200)
            widths = [len(str(cell)) for cell in cells]
            # The arrow of its filter takes the room of three letters.
            heading = len(col.name) + 3
            width = max(8, heading, *widths)
            width = min(width, 48)
            number_format = _NUMBER_FORMATS.get(col.kind, "General")
            cell_format = writer.book.add_format({"num_format": number_format})
            rows.set_column(place, place, width=width, cell_format=cell_format)
        writer.sheets["Columns"].set_column(0, 1, 32)
        writer.sheets["About"].set_column(0, 1, 32)
    return buffer.getvalue()


def parquet(frame: pd.DataFrame, cols: Sequence[Col], about: About = _NOTHING) -> bytes:
    """Return a table as Parquet; descriptions of columns and whole stand in its metadata."""
    fields = []
    for col in cols:
        kind = _ARROW.get(col.kind, pa.string())
        field = pa.field(col.name, kind, metadata={"description": col.about})
        fields.append(field)
    schema = pa.schema(fields, _facts(about))
    rows = typed(frame, cols)
    table = pa.Table.from_pandas(rows, schema, preserve_index=False)

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    content: bytes = sink.getvalue().to_pybytes()
    return content


Writer = Callable[[pd.DataFrame, Sequence[Col], About], bytes]
# The media type of each ending, and what writes it.
FORMATS: dict[str, tuple[str, Writer]] = {
    "csv": ("text/csv; charset=utf-8", csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx),
    "parquet": ("application/vnd.apache.parquet", parquet),
    "json": ("application/json", json_file),
}
CALENDAR = "text/calendar; charset=utf-8"


def ics(
    entries: pd.DataFrame,
    title: str,
    site: str,
    stamp: date,
) -> bytes:
    """Return a calendar (RFC 5545) of whole days. `entries`: uid, end (the day, a date), summary,
    about and url, a row each; `site`: a host, which makes the uids unique; `stamp`: the day of the
    data.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//stances//EN",
        f"NAME:{_ics(title)}",
        f"X-WR-CALNAME:{_ics(title)}",
    ]
    rows: Iterable[Any] = entries.itertuples(index=False)
    for row in rows:
        day_after = row.end + timedelta(days=1)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_ics(row.uid)}@{_ics(site)}",
            f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{row.end:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day_after:%Y%m%d}",
            f"SUMMARY:{_ics(row.summary)}",
            f"DESCRIPTION:{_ics(row.about)}",
            f"URL:{row.url}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(map(_folded, lines))


def _ics(value: str) -> str:
    """Return a text as a calendar takes it, on one line, signs that mean something escaped."""
    # The backslash first, so that those put before the others stay single.
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return "\\n".join(value.splitlines())


def _folded(line: str) -> bytes:
    """Return a line of a calendar as RFC 5545 folds long ones: in pieces of at most 75 bytes, no
    letter cut in two.
    """
    pieces = [b""]
    for letter in line:
        octets = letter.encode()
        if len(pieces[-1]) + len(octets) > 75:
            # A later piece opens with a space.
            pieces.append(b" ")
        pieces[-1] += octets
    return b"\r\n".join(pieces) + b"\r\n"
