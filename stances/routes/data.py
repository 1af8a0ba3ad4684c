"""The data of the product over HTTP: snapshots, series, tables, events. Read-only, no state."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

import pandas as pd
from starlette.requests import Request

from stances.answers import snapshot
from stances.answers.act_file import acts_table, with_deadlines
from stances.answers.acts import ALL, STATUSES, ActQuery, actors_of, find_acts
from stances.answers.domains import domains_json, typed_domains
from stances.answers.event_file import cells_beside, events_file
from stances.answers.events import EVENT_FILTERS, EventQuery, event_query
from stances.answers.files import everything
from stances.answers.group_file import groups_json, groups_table
from stances.answers.letter import whom_words
from stances.answers.member_file import members_json, typed_members
from stances.answers.members import member_table
from stances.answers.tracker import Tracker, tracker_under
from stances.answers.typed_table import versions
from stances.dataset.descriptions import file_stem, versioned_stem
from stances.dataset.faults import inline
from stances.dataset.files import PACKAGE_FILE
from stances.dataset.schema import LIST_SEPARATOR
from stances.dataset.tables import Dataset
from stances.links.parameters import SEPARATOR
from stances.links.register import OF_RELEASE
from stances.model import groups
from stances.routes.answers import CSV, DAY, JSON, MINUTES, TOML, ZIP, Answer, Problem
from stances.routes.body import pack
from stances.routes.files import TABLE_KINDS, ending_of, table_file
from stances.routes.query import LATEST, Query, day_in_path

# What the rows of every JSON stand under; some have them under an earlier name too.
ROWS = "rows"
NARROWING = ("actor", "group", "domain", "basis", *OF_RELEASE)
EVERYTHING = "all.zip"
# Of the files of a dataset, by their endings.
MEDIA = {".csv": CSV, ".toml": TOML}
# Where the description of all addresses has what each row is.
_SCHEMAS = "openapi.json#/components/schemas/"
# Events that are told at a time.
_PART = 200


def snapshot_answer(request: Request, tracker: Tracker) -> Answer:
    """`/snapshots/{date or latest}` as .csv, .xlsx, .parquet, .json or .metadata.json."""
    data = tracker.data
    name = request.path_params["name"]
    stem, _, ending = name.partition(".")
    if ending not in (*TABLE_KINDS, "json", "metadata.json"):
        endings = ", ".join(f".{kind}" for kind in [*TABLE_KINDS, "json"])
        allowed = f"{LATEST} or a day such as {data.today}, with {endings} or .metadata.json"
        raise Problem(
            HTTPStatus.NOT_FOUND, f"no snapshot {inline(name)}; there is {allowed}", "date"
        )
    day = day_in_path(data, stem)
    query = Query(request, data, NARROWING)
    domain, actors = _domain_and_actors(query, data, day)
    model = tracker.model.on(query.basis())
    query_text = f"?{request.url.query}" if request.url.query else ""
    links = licence_link(data) | {"describedby": f"{day}.metadata.json{query_text}"}
    age = MINUTES if stem == LATEST or day == data.today else DAY
    if ending in TABLE_KINDS:
        table = snapshot.snapshot_table(data, model, day, domain, actors)
        return table_file(request, table, age, links)
    files = snapshot.snapshot_files(data, model, day, domain, actors)
    if ending == "metadata.json":
        return Answer(pack(files.metadata), JSON, age, links=licence_link(data))
    rows = snapshot.snapshot(data, model, day, domain, actors)
    text = {"metadata": json.loads(files.metadata), "rows": snapshot.records(rows)}
    return Answer(pack(to_json(text)), JSON, age, links=links)


def _domain_and_actors(
    query: Query, data: Dataset, day: date
) -> tuple[str | None, list[str] | None]:
    """Return the domain and the actors asked for; actor and group together are those in both."""
    actors, group = query.actors(), query.group()
    if group is not None:
        members = groups.members(data.memberships, group, day)
        every = data.position_actors if actors is None else actors
        actors = [actor for actor in every if actor in members]
    return query.domain(), actors


def series_answer(request: Request, tracker: Tracker) -> Answer:
    """`/series` as .csv, .xlsx, .parquet or .json: month-end stances."""
    data = tracker.data
    query = Query(request, data, (*NARROWING, "from", "to"))
    first, last = period(query, data)
    days = [day for day in data.months if first <= day <= last]
    model = tracker.model.on(query.basis())
    parts = snapshot.series_in_parts(data, model, days, query.domain(), query.actors())
    group = query.group()
    rows = (members_only(part, data, group) for part in parts)
    links = table_links(request, data, "SeriesRow", "Series")
    if ending_of(request) in TABLE_KINDS:
        narrowed = {
            "from": str(first),
            "to": str(last),
            **query.texts("actor", "group", "domain", "basis"),
        }
        return table_file(
            request, snapshot.series_table(data, rows, narrowed, query.actors()), MINUTES, links
        )
    text = versions(data)
    content = json_in_parts(text, map(snapshot.records, rows))
    return Answer(pack(content), JSON, MINUTES, links=links)


GROUP_SERIES_PARAMETERS = ("group", "domain", "basis", "from", "to", *OF_RELEASE)


def groups_answer(request: Request, tracker: Tracker) -> Answer:
    """`/series/groups` as .csv, .xlsx, .parquet or .json: month-end means of groups."""
    data = tracker.data
    query = Query(request, data, GROUP_SERIES_PARAMETERS)
    group, domain = query.group(), query.domain()
    table = groups_table(
        tracker_under(data, None, query.basis()),
        [group] if group else tracker.groups,
        [domain] if domain else data.codebook.columns,
        period(query, data),
        {"group": group, "domain": domain},
    )
    links = table_links(request, data, "GroupMean", "GroupSeries", "../")
    if ending_of(request) in TABLE_KINDS:
        return table_file(request, table, MINUTES, links)
    return Answer(pack(to_json(groups_json(table))), JSON, MINUTES, links=links)


def period(
    query: Query, data: Dataset, begins: date | None = None, ends: date | None = None
) -> tuple[date, date]:
    """Return the days of `from` and `to`, by default the first (`begins`) and last (`ends`)."""
    first = query.day("from", begins or data.codebook.first_date)
    last, until = query.day("to", ends or data.today), query.request_name("to")
    if last < first:
        detail = f"{until}: {last} is before from, {first}; allowed is the same day or a later one"
        raise Problem(HTTPStatus.BAD_REQUEST, detail, until)
    return first, last


def members_only(rows: pd.DataFrame, data: Dataset, group: str | None) -> pd.DataFrame:
    """Return the rows of those who belonged to the group on the day of the row."""
    if group is None:
        return rows
    number, days = pd.factorize(rows["date"])
    actors = [*map(str, data.actors["actor"])]
    place = pd.Index(actors).get_indexer(pd.Index(rows["actor"]))
    of_group = groups.membership_mask(
        data.memberships, group, actors, [pd.Timestamp(day).date() for day in days]
    )
    return rows[of_group[number, place]]


def table_answer(request: Request, tracker: Tracker) -> Answer:
    """`/tables/{name}`: a table as it lies in the folder, its description, or all in one zip."""
    data = tracker.data
    Query(request, data, OF_RELEASE)
    name = request.path_params["name"]
    offered = sorted(file for file in data.files if file.endswith(tuple(MEDIA)))
    links = licence_link(data)
    if PACKAGE_FILE in data.files:
        offered.append(PACKAGE_FILE)
        links |= {"describedby": PACKAGE_FILE}
    if name == EVERYTHING:
        saved = f"{versioned_stem(data)}.zip"
        return Answer(pack(everything(data)), ZIP, MINUTES, saved, links)
    if name not in offered:
        allowed = ", ".join([*offered, EVERYTHING])
        raise Problem(
            HTTPStatus.NOT_FOUND, f"no table {inline(name)}; there are: {allowed}", "table"
        )
    if name == PACKAGE_FILE:
        return Answer(pack(data.files[name]), JSON, MINUTES, links=licence_link(data))
    media = MEDIA[name[name.rindex(".") :]]
    return Answer(pack(data.files[name]), media, MINUTES, f"{file_stem(data)}_{name}", links)


MEMBER_PARAMETERS = ("as_of", "group", "domain", "basis", "practice", *OF_RELEASE)


def members_answer(request: Request, tracker: Tracker) -> Answer:
    """`/members` as .csv, .xlsx, .parquet or .json: the members of a group on a day."""
    data = tracker.data
    query = Query(request, data, MEMBER_PARAMETERS)
    on_basis, practice = tracker_under(data, None, query.basis()), query.value("practice")
    table = member_table(on_basis, *map(query.value, ("group", "as_of", "domain")))
    links = table_links(request, data, "Member", "Members")
    if ending_of(request) in TABLE_KINDS:
        return table_file(request, typed_members(on_basis, table, practice), MINUTES, links)
    content = to_json(members_json(on_basis, table, practice))
    return Answer(pack(content), JSON, MINUTES, links=links)


DOMAIN_PARAMETERS = ("as_of", "group", "basis", *OF_RELEASE)


def domains_answer(request: Request, tracker: Tracker) -> Answer:
    """Answer `/domains` as .csv, .xlsx, .parquet or .json: the positions of a group by domain."""
    data = tracker.data
    query = Query(request, data, DOMAIN_PARAMETERS)
    group, day = query.value("group"), query.value("as_of")
    on_basis = tracker_under(data, None, query.basis())
    links = table_links(request, data, "DomainRow", "Domains")
    if ending_of(request) in TABLE_KINDS:
        return table_file(request, typed_domains(on_basis, group, day), MINUTES, links)
    content = to_json(domains_json(on_basis, group, day))
    return Answer(pack(content), JSON, MINUTES, links=links)


EVENT_PARAMETERS = (
    "from", "to", "actor", "domain", "q", *EVENT_FILTERS, "sort", "recorded_since", *OF_RELEASE,
)  # fmt: skip
# As the links of the page of events name them, and only they did before.
EVENT_EARLIER = {"as_of": "to", "who": "actor"}


def events_answer(request: Request, tracker: Tracker) -> Answer:
    """`/events` as .csv, .xlsx, .parquet or .json: with sources, narrowed as on the page."""
    data = tracker.data
    query = Query(request, data, EVENT_PARAMETERS, EVENT_EARLIER)
    places = tracker.find(_event_query(query, data), query.value("sort", page="events"))
    links = table_links(request, data, "EventRow", "Events")
    if ending_of(request) in TABLE_KINDS:
        texts = query.texts(*(name for name in EVENT_PARAMETERS if name not in OF_RELEASE))
        ids = tracker.event_columns["event_id"][places].tolist()
        return table_file(request, events_file(tracker, ids, texts), MINUTES, links)
    rows = data.events.iloc[places]
    text = {**versions(data), "count": len(rows)}
    parts = (rows[at : at + _PART] for at in range(0, len(rows), _PART))
    events = ([_event(tracker, row) for row in part.to_dict("records")] for part in parts)
    content = json_in_parts(text, events, "events")
    return Answer(pack(content), JSON, MINUTES, links=links)


def _event_query(query: Query, data: Dataset) -> EventQuery:
    _, last = period(query, data)
    return event_query(
        data,
        # Without a first day, events before the first that has stances are found too.
        (query.read("from", data.day), last),
        {name: query.value(name) for name in ("q", "domain", *EVENT_FILTERS)},
        several_or_groups(query, data),
        recorded=query.read("recorded_since", data.day),
    )


def several_or_groups(query: Query, data: Dataset) -> Sequence[str]:
    """Return codes of actors, and groups for their members, under `actor`; empty: all."""
    known = [*data.actors["actor"], *groups.group_names(data.memberships)]
    return query.several("actor", known, HTTPStatus.NOT_FOUND) or ()


def _event(tracker: Tracker, row: dict[Any, Any]) -> dict[str, Any]:
    event_id = row["event_id"]
    return _with_sources(tracker, row, tracker.sources[event_id]) | cells_beside(tracker, event_id)


def _with_sources(tracker: Tracker, row: dict[Any, Any], backing: list[Any]) -> dict[str, Any]:
    """Return an event or an act for JSON: ISO days, null where missing, sources in full."""
    text = {str(name): _plain(value) for name, value in row.items()}
    text["source_ids"] = row["source_ids"].split(LIST_SEPARATOR)
    columns = list(map(str, tracker.data.sources))
    sources = [{name: getattr(source, name) or None for name in columns} for source in backing]
    return text | {"sources": sources}


# What says which day and which data a table is of, and narrows nothing.
OF_ALL = ("as_of", *OF_RELEASE)
ACT_PARAMETERS = (
    "as_of", "actor", "group", "domain", "scope", "aim", "status", "deadline", "q", "applied",
    *OF_RELEASE,
)  # fmt: skip
# As the links of the page of acts name it.
ACT_EARLIER = {"who": "actor"}


def acts_answer(request: Request, tracker: Tracker) -> Answer:
    """`/acts` as .csv, .xlsx, .parquet or .json: the register on a day, narrowed like the page."""
    data = tracker.data
    query = Query(request, data, ACT_PARAMETERS, ACT_EARLIER)
    day = query.value("as_of")
    wanted = _act_query(query, data, day)
    rows = find_acts(data, day, wanted)
    links = table_links(request, data, "ActRow", "Acts")
    if ending_of(request) in TABLE_KINDS:
        texts = query.texts(*(name for name in ACT_PARAMETERS if name not in OF_ALL))
        return table_file(
            request, acts_table(tracker, rows, day, texts, wanted.deadline), MINUTES, links
        )
    rows = with_deadlines(tracker, rows, day, wanted.deadline)
    records = [_act(tracker, row) for row in rows.to_dict("records")]
    text = {
        **versions(data),
        "as_of": str(day),
        "count": len(records),
        ROWS: records,
        "acts": records,
    }
    return Answer(pack(to_json(text)), JSON, MINUTES, links=links)


def actors_of_query(query: Query, data: Dataset, day: date) -> list[str] | None:
    """Return the actors under both `actor` and `group` on a day, groups as members; None: all."""
    actors, group = actors_of(data, day, several_or_groups(query, data)), query.group()
    if group is None:
        return actors
    members = actors_of(data, day, [group]) or []
    return members if actors is None else [actor for actor in actors if actor in members]


def narrowed_words(tracker: Tracker, texts: Mapping[str, str]) -> list[str]:
    """Say what a feed or a calendar was asked for, for its title."""
    named: list[str] = []
    for name, text in texts.items():
        codes = [code for code in text.split(SEPARATOR) if code]
        if name in ("actor", "group"):
            codes = whom_words(tracker, codes)
        elif name == "domain":
            codes = [tracker.codebook.domain_label(text)]
        named += codes
    return named


def _act_query(query: Query, data: Dataset, day: date) -> ActQuery:
    return ActQuery(
        text=query.value("q"),
        actors=actors_of_query(query, data, day),
        domain=query.value("domain"),
        scopes=query.value("scope"),
        aims=query.value("aim"),
        status=query.value("status") if query.has("status") else ALL,
        deadline=query.value("deadline"),
        applied=query.value("applied"),
    )


def _act(tracker: Tracker, row: dict[Any, Any]) -> dict[str, Any]:
    """Return an act for JSON: what it covers as a list, the status as addresses name it."""
    codes = {status: code for code, status in STATUSES.items()}
    listed = {"scope": row["scope"].split(LIST_SEPARATOR), "status": codes[row["status"]]}
    return _with_sources(tracker, row, tracker.act_sources[row["act_id"]]) | listed


def _plain(value: Any) -> Any:
    if isinstance(value, str | bool):
        return value or None if isinstance(value, str) else value
    if pd.isna(value):
        return None
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else int(value)


def licence_link(data: Dataset) -> dict[str, str]:
    """Return the licence of the data, for the links of an answer."""
    licence = data.about.licence
    return {"license": licence.url} if licence else {}


def data_links(data: Dataset, schema: str, top: str = "") -> dict[str, str]:
    """Return the licence, and what describes the columns of an answer, for its links. `schema`: of
    its rows, in the description of all addresses; `top`: the way to the addresses at the top.
    """
    return licence_link(data) | {"describedby": f"{top}{_SCHEMAS}{schema}"}


def table_links(
    request: Request, data: Dataset, row: str, answer: str, top: str = ""
) -> dict[str, str]:
    """Return the links of an answer that is a table in each kind of file, or JSON. `row`, `answer`:
    the schemas of a row of it, and of the JSON.
    """
    return data_links(data, row if ending_of(request) in TABLE_KINDS else answer, top)


def to_json(value: Any) -> bytes:
    """Return a value as JSON for scripts: no spaces, and no figure that JSON does not know."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def json_in_parts(
    text: Mapping[str, Any], parts: Iterable[Sequence[Any]], *earlier: str
) -> Iterator[bytes]:
    """Yield an object as JSON in pieces: `text`, then the rows, again under each earlier name."""
    yield to_json(text)[:-1]
    pieces = (to_json(part)[1:-1] for part in parts if len(part))
    rows: Iterable[bytes] = [*pieces] if earlier else pieces
    for key in (ROWS, *earlier):
        yield b',"' + key.encode() + b'":['
        before = b""
        for piece in rows:
            yield before + piece
            before = b","
        yield b"]"
    yield b"}"
