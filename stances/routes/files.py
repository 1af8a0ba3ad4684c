"""One table in every kind of file: the answer to an address by its ending."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus

from starlette.requests import Request

from stances.answers.parquet import parquet
from stances.answers.typed_table import TypedTable, csv_parts
from stances.answers.workbook import workbook
from stances.dataset.faults import BadInput
from stances.routes.answers import CSV, PARQUET, XLSX, Answer, Problem
from stances.routes.body import pack

_Writer = Callable[[TypedTable], bytes | Iterable[bytes]]
_KINDS: dict[str, tuple[str, _Writer]] = {
    "csv": (CSV, csv_parts),
    "xlsx": (XLSX, workbook),
    "parquet": (PARQUET, parquet),
}
# The media type of each kind of file that a table comes as, by its ending.
TABLE_KINDS = {ending: media for ending, (media, _) in _KINDS.items()}


def ending_of(request: Request) -> str:
    """Return the ending of the address, without its point."""
    return request.url.path.rpartition(".")[2]


def table_file(
    request: Request, table: TypedTable, max_age: int, links: Mapping[str, str]
) -> Answer:
    """Return a table as a file of the kind in the address. Raises Problem where it has no room."""
    ending = ending_of(request)
    media, write = _KINDS[ending]
    query = f"?{request.url.query}" if request.url.query else ""
    text = replace(table, about={**table.about, "address": f"{request.url.path}{query}"})
    try:
        body = pack(write(text))
    except BadInput as error:
        raise Problem(HTTPStatus.BAD_REQUEST, str(error)) from None
    return Answer(body, media, max_age, f"{table.name}.{ending}", links)
