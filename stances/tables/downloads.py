"""The tables of what can be downloaded: the columns of a snapshot, and the files of the dataset."""

from operator import attrgetter, itemgetter

from stances import escapes
from stances.dataset.schema import TABLE_NAMES, Table, tables
from stances.dataset.tables import Dataset
from stances.markup.downloads import download_link
from stances.tables.table import RowsTable, TableColumn

# Of the columns of a snapshot. Rows: each name with its meaning.
SNAPSHOT_TABLE = RowsTable(
    caption="Columns of a snapshot",
    columns=(
        TableColumn("Column", itemgetter(0), html=lambda row: _code(row[0])),
        TableColumn("Meaning", itemgetter(1)),
    ),
    kind="figures",
)


def contents_table(data: Dataset) -> RowsTable:
    """Return the tables of the dataset, each a link to its file; its name alone where a release has
    it not yet. Rows: of `contents`.
    """

    def file(table: Table) -> str:
        label = _code(table.file)
        return (
            download_link(data, f"tables/{table.file}", label)
            if table.file in data.files
            else label
        )

    def count(table: Table) -> str:
        return f"{len(getattr(data, table.name)):,}"

    return RowsTable(
        caption="Tables of the dataset",
        columns=(
            TableColumn("File", attrgetter("file"), html=file),
            TableColumn("Rows", count, "whole"),
            TableColumn("What", attrgetter("description")),
        ),
        kind="figures",
    )


def contents(data: Dataset) -> list[Table]:
    """Return the tables of the dataset in their order."""
    described = tables(data.codebook, data.today)
    return [described[name] for name in TABLE_NAMES]


def _code(text: str) -> str:
    return f"<code>{escapes.html(text)}</code>"
