"""A table as Apache Parquet, for pandas, R, DuckDB and the like: typed, and described in itself."""

import json

import pyarrow as pa
import pyarrow.parquet as pq

from stances.answers.typed_table import TypedTable, descriptions, values
from stances.dataset.schema import Column

_TYPES = {"day": pa.date32(), "whole": pa.int64(), "number": pa.float64(), "truth": pa.bool_()}


def parquet(table: TypedTable) -> bytes:
    """Return the file of a table; the same table gives the same bytes. What is told of the whole
    and of the columns (as JSON under `columns`) stands in the metadata, that of a column with it.
    """
    schema = pa.schema(
        [_field(column) for column in table.columns],
        {**table.about, "columns": json.dumps(descriptions(table.columns), ensure_ascii=False)},
    )
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(sink, schema) as writer:
        for part in table.parts:
            cells = zip(schema, values(table.columns, part), strict=True)
            arrays = [pa.array(column, field.type) for field, column in cells]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _field(column: Column) -> pa.Field:
    kind = _TYPES.get(column.kind, pa.string())
    return pa.field(column.name, kind, metadata={"description": column.description})
