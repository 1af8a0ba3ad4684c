"""The size of a dataset, in figures and in lines."""

from collections.abc import Iterator

from stances.dataset.schema import TABLE_NAMES, tables
from stances.dataset.tables import Dataset

NO_EVENTS = "no events"


def table_counts(data: Dataset) -> dict[str, int]:
    """Return the number of rows of every table by its name."""
    return {name: len(getattr(data, name)) for name in TABLE_NAMES}


def checked_lines(data: Dataset) -> Iterator[str]:
    """Yield what `check` says of a valid folder: rows, period, version."""
    for table, rows in table_counts(data).items():
        yield f"{table:17} {rows:6,} rows"
    yield period_line(data)
    yield f"{data.folder}: valid, version {data.version}, model {data.codebook.formula.number}"


def period_line(data: Dataset) -> str:
    """Say how many events are scored, and from when to when they are."""
    scored, dates = int(data.events["score"].notna().sum()), data.events["date"]
    if dates.empty:
        return NO_EVENTS
    return f"{scored:,} events scored, {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}"


def counted_lines(data: Dataset) -> Iterator[str]:
    """Yield what a release holds, one line a table, for the changelog."""
    counts, events = table_counts(data), data.events
    scored, landmarks = int(events["score"].notna().sum()), int(events["landmark"].sum())
    dates = events["date"]
    period = "" if dates.empty else f", from {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}"
    yield (
        f"Events: {counts['events']:,}{period}; scored {scored:,}, context "
        f"{counts['events'] - scored:,}, landmarks {landmarks:,}."
    )
    read = int((data.sources["checked"] == "read").sum())
    yield f"Sources: {counts['sources']:,}; read {read:,}."
    yield f"Acts: {counts['acts']:,}; actors that have one {data.acts['actor'].nunique():,}."
    dated = data.deadlines["act_id"].nunique()
    yield f"Deadlines: {counts['deadlines']:,}; acts that set one {dated:,}."
    text = data.profiles["actor"].nunique()
    yield f"Profiles: {counts['profiles']:,}; actors that have one {text:,}."
    groups = data.memberships["group"].nunique()
    yield f"Actors: {counts['actors']:,}; memberships {counts['memberships']:,}, groups {groups:,}."
    coded, coders = (data.codings[column].nunique() for column in ("event_id", "coder"))
    yield f"Codings: {counts['codings']:,}; events coded {coded:,}, coders {coders:,}."
    lists = data.external_codings["list"].nunique()
    yield f"Codings from outside: {counts['external_codings']:,}; lists {lists:,}."
    model = data.codebook.formula.number
    yield f"Schema version {data.schema_version} (`FORMAT.md`), model version {model}."


def table_of_files(data: Dataset) -> Iterator[str]:
    """Yield the files of the tables with their rows and what they hold, as lines of Markdown."""
    yield "| file | rows | what |"
    yield "| --- | ---: | --- |"
    for name, table in tables(data.codebook, data.today).items():
        yield f"| `{table.file}` | {len(getattr(data, name)):,} | {table.description} |"


def dating_lines(data: Dataset) -> Iterator[str]:
    """Say, for a list of limits, how exactly events are dated, and the languages of sources."""
    exact = data.events["date_precision"].value_counts()
    month, year = (int(exact.get(precision, 0)) for precision in ("month", "year"))
    yield f"- Events dated to the month only: {month:,}; to the year only: {year:,}. They stand on"
    yield "  the first day of it."
    yield f"- Languages of the sources: {data.sources['language'].nunique():,}."
