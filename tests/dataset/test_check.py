"""Every fault of the tables is told, with file, line, column and what is allowed."""

from __future__ import annotations

import csv
import io
import random
from datetime import timedelta
from pathlib import Path

import pytest

from stances.dataset import schema
from stances.dataset.faults import DataFaults
from stances.dataset.load import Dataset, checked, load
from stances.dataset.rules import RULES
from tests.conftest import TODAY

TOMORROW, AFTER = (TODAY + timedelta(days=n) for n in (1, 2))
Rows = list[list[str]]


def rows_of(data: Dataset, table: str) -> Rows:
    return list(csv.reader(io.StringIO(data.files[f"{table}.csv"].decode(), newline="")))


def faults_of(data: Dataset, table: str, rows: Rows) -> list[str]:
    """What is told of the six-event dataset with other rows in a table."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    files = {**data.files, f"{table}.csv": text.getvalue().encode()}
    try:
        checked(Path("data"), files, data.today)
    except DataFaults as refused:
        return [str(fault) for fault in refused.faults]
    return []


def with_cell(data: Dataset, table: str, line: int, column: str, cell: str) -> list[str]:
    rows = rows_of(data, table)
    rows[line - 1][rows[0].index(column)] = cell
    return faults_of(data, table, rows)


@pytest.mark.parametrize(
    ("table", "line", "column", "cell", "message"),
    [
        # what schema.toml says of a cell
        ("events", 2, "date", "", "is empty"),
        ("events", 2, "speaker", " ", '" " has a character that cannot be seen'),
        ("events", 2, "date", "2020-02-30", "2020-02-30 is not a day such as 2019-03-04"),
        ("events", 2, "date", "1999-12-31", "1999-12-31 is before 2000-01-01"),
        ("events", 2, "date", str(TOMORROW), f"{TOMORROW} is after today, {TODAY}"),
        ("events", 2, "recorded", str(AFTER), f"{AFTER} is after tomorrow, {TOMORROW}"),
        ("events", 2, "score", "3", "3 is outside -2..2"),
        ("events", 2, "score", "1.0", "1.0 is not a whole number"),
        ("events", 2, "landmark", "true", "true is not yes or no"),
        ("events", 2, "title", "x" * 91, "longer than 90 characters: xx"),
        ("events", 2, "title", "a\tb", "has a character that cannot be seen"),
        ("events", 2, "domain", "road", "road is not one of: roads, schools; did you mean roads?"),
        ("events", 2, "source_ids", "a;a", "a;a is not texts with ; between them"),
        ("acts", 2, "scope", "streets;brigdes", "did you mean bridges?"),
        ("acts", 2, "in_force_from", "2020-13", "2020-13 is not a day, month or year"),
        ("acts", 2, "doubt", "x" * 141, "longer than 140 characters"),
        ("sources", 2, "url", "https://me@host/", "is not an http or https address without a user"),
        ("sources", 2, "publisher", "The  Paper", "is not words with single spaces between"),
        ("sources", 2, "publisher", "The\u200b Paper", "has a character that cannot be seen"),
        ("actors", 2, "lat", "91", "91 is outside -90..90"),
        ("actors", 2, "lon", "1e1", "1e1 is not a number"),
        ("actors", 2, "article", "a", "a is not one of: the"),
        ("memberships", 2, "group", "Pact, old", "is not Latin letters and digits"),
        ("profiles", 2, "text", "It stands at -1.", "is not a text without a score"),
        ("coders", 2, "kind", "humans", "humans is not one of: human, machine; did you mean hum"),
        ("codings", 2, "codebook", "XYZ", "is not eight digits or letters from a to f"),
        # what refers to another table
        ("events", 2, "actor", "ARK", "ARK is not in actors.csv; did you mean ARC?"),
        ("events", 2, "source_ids", "gone", "gone is not in sources.csv"),
        ("acts", 2, "ended_by", "ARC-20201027-order-repeal", "did you mean ARC-20201027-order"),
        ("codings", 2, "event_id", "ARC-1", "ARC-1 is not in events.csv"),
        # what must hold between columns
        ("events", 2, "event_id", "ARC-2020-roads", "must be ARC-<eight digits>-<slug>"),
        ("events", 2, "end_date", "2019-12-31", "2019-12-31 is before the date of the event"),
        ("acts", 2, "act_id", "BOR-roads-order", "BOR-roads-order must be ARC-<slug>"),
        ("acts", 2, "event_id", "BOR-20200201-school-permit", "an event of another, not of ARC"),
        ("acts", 2, "ended", "2019", "2019 is before 2020-01-01, when the act was adopted"),
        ("acts", 4, "in_force_from", "2020-12", "2020-12 is before 2021, when the act"),
        ("acts", 2, "ended_how", "", "stands without ended_how, which is empty"),
        ("acts", 2, "ended", "", "stands without ended, which is empty"),
        ("acts", 4, "deadline", "2023", "must be 2022 removal, as the step"),
        ("acts", 4, "deadline_kind", "lapse", "must be 2022 removal, as the step"),
        ("acts", 3, "applied_since", "2020", "it must be one of: yes, eased"),
        ("acts", 4, "applied_what", "x", "stands beside applied unknown"),
        ("deadlines", 3, "deadline", "2020", "2020 is before its act, CAL-bridge-rule"),
        ("actors", 3, "name", "Republic of Arcadia", "Arcadia is the name of another too"),
        ("profiles", 2, "as_of", "2022-12-01", "is after the day on which the row was recorded"),
        ("profiles", 2, "act_ids", "ARC-roads-order", "ARC-roads-order is of another, not of BOR"),
        ("memberships", 2, "left", "2010-01-01", "is not after the day of joining"),
        ("memberships", 2, "group", "BOR", "is the code of an actor"),
        ("memberships", 2, "group", "all", "or stands for all; a group needs another name"),
    ],
)  # fmt: skip
def test_a_fault_names_line_column_and_what_is_allowed(
    six: Dataset, table: str, line: int, column: str, cell: str, message: str
) -> None:
    told = with_cell(six, table, line, column, cell)
    assert any(f"data/{table}.csv:{line} " in text and message in text for text in told), told


def test_keys_are_unique(six: Dataset) -> None:
    rows = rows_of(six, "events")
    told = faults_of(six, "events", [*rows, rows[1]])
    assert told == ["data/events.csv:8 event_id: ARC-20200101-roads-order stands already in line 2"]


def test_memberships_do_not_overlap(six: Dataset) -> None:
    rows = rows_of(six, "memberships")
    told = faults_of(six, "memberships", [*rows, ["Pact", "BOR", "2021-01-01", ""]])
    assert told == [
        "data/memberships.csv:5 joined: 2021-01-01 lies within another membership of BOR in Pact"
    ]


def test_no_event_came_in_after_it_was_recorded(six: Dataset) -> None:
    header, *rows = rows_of(six, "events")
    dated = [[*row, "2022-03-15"] for row in rows]
    told = faults_of(six, "events", [[*header, "added"], *dated])
    # The row of line 4 was recorded on that day.
    assert [text.split()[0] for text in told] == [f"data/events.csv:{n}" for n in (2, 3, 5, 6, 7)]
    assert told[0].endswith("added: 2022-03-15 is after the day on which the row was recorded")


def test_a_source_that_backs_nothing_is_told(six: Dataset) -> None:
    rows = rows_of(six, "sources")
    extra = ["alone", "https://x.example", *rows[1][2:]]
    told = faults_of(six, "sources", [*rows, extra])
    assert told == ["data/sources.csv:6 source_id: alone backs no event and no act"]


def test_somebody_must_take_a_position(six: Dataset) -> None:
    rows = rows_of(six, "actors")
    only = [[*row[:3], "company", *row[4:]] for row in rows[1:]]
    told = faults_of(six, "actors", [rows[0], *only])
    assert any("takes no position, as all others; one actor must" in text for text in told)
    assert any("an event of ARC, which takes no position, has no score" in text for text in told)


def test_all_faults_come_at_once_in_order(folder: Path) -> None:
    for name, old, new in (
        ("events", "2020-01-01,day", "2020-01-32,days"),
        ("sources", "read", "red"),
        ("about", "featured", "feature"),
    ):
        file = folder / (f"{name}.csv" if name != "about" else "about.toml")
        file.write_text(file.read_text().replace(old, new, 1))
    with pytest.raises(DataFaults) as refused:
        load(folder, TODAY)
    files = [Path(fault.file).name for fault in refused.value.faults]
    assert files == sorted(files)
    assert {*files} == {"about.toml", "events.csv", "sources.csv"}
    assert sum(file == "events.csv" for file in files) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "data/actors.csv:1 wrong header: missing actor, name"),
        (b"actor,name\nARC,Arcadia\n", "data/actors.csv:1 wrong header: missing short_name, kind"),
        (b"actor;name;short_name\n", "data/actors.csv:1 wrong header: missing actor, name, "),
        (b"actor,n\xff\n", "data/actors.csv:1 the file is not UTF-8"),
        (b'actor,name,short_name,kind,region,lon,lat,article\n"A\n', "cannot be read as CSV"),
        (b"actor,name,short_name,kind,region,lon,lat,article\nARC,A\n",
         "data/actors.csv:2 has 2 cells, the header has 8"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_told(six: Dataset, content: bytes, message: str) -> None:
    with pytest.raises(DataFaults) as refused:
        checked(Path("data"), {**six.files, "actors.csv": content}, six.today)
    assert any(message in str(fault) for fault in refused.value.faults), refused.value


def test_a_file_of_junk_does_not_fill_the_screen(six: Dataset) -> None:
    rows = rows_of(six, "codings")
    told = faults_of(
        six, "codings", [rows[0], *(["x", f"c{n}", "9", "", "", "", "all"] for n in range(500))]
    )
    assert len(told) == 201 and told[0].startswith("data/codings.csv: has 1,000 faults")


@pytest.mark.parametrize("table", schema.TABLE_NAMES)
def test_readers_have_a_short_word_for_each_column_and_for_no_two_the_same(table: str) -> None:
    labels = [column.label for column in schema.tables()[table].columns]
    assert len({label.casefold() for label in labels}) == len(labels)
    assert all(0 < len(label) <= 24 and label[0].isupper() for label in labels)
    assert not {*labels} & {"Actor", "Domain", "Instrument", "Score", "Act"}


def test_rules_look_at_tables_and_columns_that_there_are() -> None:
    tables = schema.tables()
    for rule in RULES:
        assert rule.column in tables[rule.table].header
        assert {*rule.others} <= tables.keys()


JUNK = [
    "", " ", "x", "2019-02-30", "2019", "2030-01-01", "9", "-1", "1.5", "yes", "a  b", "a;a", ";",
    "ARC", "BOR", "ACME", "all", "Pact", "http://u@h/x", "a\u200bb", "a\tb", "x" * 400,
    "lapse", "eased", "=1+1", "-2 points", "review", "roads", "-200", "ARC-roads-order",
]  # fmt: skip


def is_wrong(table: schema.Table, column: schema.Column, cell: str, six: Dataset) -> bool:
    return bool(schema.cell_fault(column, cell, six.today))


@pytest.mark.parametrize("seed", range(40))
def test_random_edits_pass_or_are_named(six: Dataset, seed: int) -> None:
    """Up to three random cells: what is valid loads with the cells as they were given, and what is
    not is told of the table that was edited or of one that refers to it.
    """
    chance = random.Random(seed)
    tables = [table for table in schema.tables(six.codebook).values() if table.file in six.files]
    table = chance.choice(tables)
    rows = rows_of(six, table.name)
    edited: dict[tuple[int, int], str] = {}
    for _ in range(chance.randint(1, 3)):
        line, place = chance.randrange(1, len(rows)), chance.randrange(len(rows[0]))
        edited[line, place] = rows[line][place] = chance.choice(JUNK)
    told = faults_of(six, table.name, rows)
    for (line, place), cell in edited.items():
        column = table.columns[place]
        if is_wrong(table, column, cell, six):
            at = f"data/{table.name}.csv:{line + 1} {column.name}: "
            assert any(text.startswith(at) for text in told), (at, cell, told)
    files = (".csv:", "about.toml:", "codebook.toml: blind.coders:")
    assert all(any(file in text for file in files) for text in told)
