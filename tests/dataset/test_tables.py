"""Reading a folder: rules between tables, files that cannot be read, all faults at once."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import stances
from stances import DataFaults
from stances.dataset import files, scan, schema, tables
from stances.dataset.codebook import FORMULAS
from stances.dataset.files import DATA_VARIABLE, OUTLINES, data_folder
from stances.dataset.reading import read_texts
from tests.cases import SIX_LEAD
from tests.depth import each
from tests.folders import REAL, SIX, TODAY, Folder
from tests.golden import Golden, Said

Edit = Callable[[bytes], bytes]
Change = Callable[[Folder], object]


def rewrite(folder: Folder, file: str, edit: Edit) -> None:
    path = folder.path / file
    path.write_bytes(edit(path.read_bytes()))


# -- rules between columns and tables -----------------------------------------------------------


def test_the_real_data_is_valid_and_whole(real: stances.Dataset) -> None:
    for table in schema.TABLE_NAMES:
        lines = (REAL / f"{table}.csv").read_text(encoding="utf-8").splitlines()
        assert len(getattr(real, table)) == len(lines) - 1 > 0, table


Rows = dict[str, tuple[int, dict[str, str]]]


def messages(folder: Folder, table: str, rows: Rows) -> dict[str, Said]:
    """Return the faults of copies of lines of a table with other cells; none is told of others."""
    lines = {case: folder.add(table, line, **cells) for case, (line, cells) in rows.items()}
    faults = [fault.split(" ", 1) for fault in folder.faults()]
    assert {place for place, _ in faults} <= {f"{table}.csv:{line}" for line in lines.values()}
    return {
        case: [text for place, text in faults if place == f"{table}.csv:{line}"]
        for case, line in lines.items()
    }


def test_a_repeated_id_is_told_with_the_line_of_the_first(folder: Folder, golden: Golden) -> None:
    lines = {table: folder.add(table, 2) for table in schema.TABLE_NAMES}
    faults = [fault.split(" ", 1) for fault in folder.faults()]
    cases = {}
    for table, line in lines.items():
        cases[table] = [text for place, text in faults if place == f"{table}.csv:{line}"]
    golden(cases)


def test_ids_are_made_of_the_actor(folder: Folder, golden: Golden) -> None:
    events = [
        "BOR-20200101-roads-order", "ARC-20200101-", "ARC-20200101", "ARC-2020010-roads",
        "ARC-20200101-Roads", "ARC-20200101-a--b", "ARC-2020-01-01-roads", "ARC-20200101-a b",
    ]  # fmt: skip
    acts = ["BOR-roads-order", "ARC", "ARC-", "ARC-Roads", "ARC-a--b", "ARC-a b", "arc-roads"]
    cases = messages(folder, "events", {each: (2, {"event_id": each}) for each in events})
    folder.keep("events", 7)
    golden(cases | messages(folder, "acts", {each: (2, {"act_id": each}) for each in acts}))


def test_an_event_keeps_its_name_when_its_date_is_corrected(folder: Folder) -> None:
    folder.edit("events", 2, date="2020-01-03")
    assert folder.faults() == []
    assert folder.load().events["event_id"][0] == "ARC-20200101-roads-order"


UNKNOWN = {
    "events": [
        {"actor": "XYZ"}, {"actor": "ARC;BOR"}, {"source_ids": "no-such"},
        {"source_ids": "arc-daily;no-such"}, {"source_ids": "arc-daily;arc-daily"},
        {"source_ids": "arc-daily;"}, {"source_ids": "arc-daily; arc-gazette"}, {"source_ids": ""},
    ],
    "acts": [
        {"actor": "XYZ"}, {"event_id": "ARC-20200101-no"}, {"ended_by": "ARC-20200101-no"},
        {"source_ids": "arc-daily;no-such"}, {"source_ids": "arc-daily;arc-daily"},
        {"source_ids": ""}, {"scope": "streets;streets"},
    ],
    "memberships": [{"actor": "XYZ"}, {"actor": "ARC;BOR"}],
    "codings": [
        {"event_id": "ARC-20200101-no"},
        {"event_id": "ARC-20200101-roads-order;ARC-20200410-minister-worried"},
    ],
    "actors": [{"actor": "arc"}],
    "sources": [{"source_id": "Arc Gazette"}],
}  # fmt: skip


def test_an_id_that_resolves_to_nothing_is_told(folder: Folder, golden: Golden) -> None:
    cases: dict[str, Said] = {}
    for table, wrong in UNKNOWN.items():
        rows: Rows = {}
        for number, cells in enumerate(wrong):
            own = {
                "events": {"event_id": f"ARC-20200101-{number}"},
                "acts": {"act_id": f"ARC-{number}"},
            }
            rows[f"{table}: {cells}"] = (2, own.get(table, {}) | cells)
        cases |= messages(folder, table, rows)
        folder.keep(table, len(folder.rows(table)) - len(wrong))
    golden(cases)


def test_a_source_may_back_an_act_alone(folder: Folder) -> None:
    folder.add("sources", 2, source_id="spare")
    folder.edit("acts", 4, source_ids="spare;cal-notes")
    assert folder.faults() == []


def test_the_life_of_an_act_must_hang_together(folder: Folder, golden: Golden) -> None:
    lives: list[tuple[int, dict[str, str]]] = [
        (2, {"event_id": "BOR-20200201-school-permit"}),
        (2, {"in_force_from": "2019-12-31"}),
        (2, {"in_force_from": "2019"}),
        (3, {"in_force_from": "2020-01"}),
        (2, {"ended": "2019-12"}),
        (2, {"ended_how": ""}),
        (3, {"ended_how": "repealed"}),
        (3, {"ended_by": "ARC-20201027-order-repealed"}),
        (3, {"deadline_kind": ""}),
        (2, {"deadline_kind": "lapse"}),
        (2, {"deadline_what": "All"}),
        (4, {"adopted": "", "in_force_from": ""}),
    ]
    folder.keep("deadlines", 1)
    actors = {2: "ARC", 3: "BOR", 4: "CAL"}
    rows = {
        f"{actors[line]}: {cells}": (line, {"act_id": f"{actors[line]}-{number}"} | cells)
        for number, (line, cells) in enumerate(lives)
    }
    golden(messages(folder, "acts", rows))


@each(
    ("line", "cells"),
    [
        (3, {"in_force_from": "2020"}),
        (3, {"in_force_from": "2020-02-01", "ended": "2020-02", "ended_how": "forgotten"}),
        (3, {"adopted": "2020", "in_force_from": "2020-01-01"}),
        (3, {"adopted": "", "in_force_from": "2019"}),
        (4, {"in_force_from": "", "deadline": "2021"}),
        (2, {"event_id": "", "ended_by": "BOR-20200511-teachers-doubt"}),
    ],
    usual=2,
)
def test_dates_known_in_part_need_only_overlap(
    folder: Folder, line: int, cells: dict[str, str]
) -> None:
    folder.keep("deadlines", 1)
    folder.edit("acts", line, **cells)
    assert folder.faults() == []


def test_practice_and_profiles_must_fit_their_acts(folder: Folder, golden: Golden) -> None:
    practice: list[tuple[int, dict[str, str]]] = [
        (4, {"applied_since": "2021"}),
        (3, {"applied_since": "2021"}),
        (4, {"applied_what": "All"}),
    ]
    profiles: list[dict[str, str]] = [
        {"act_ids": ""},
        {"act_ids": "BOR-school-permit"},
        {"event_ids": "BOR-20200511-teachers-doubt"},
        {"event_ids": "CAL-1"},
        {"act_ids": "CAL-bridge-rule;CAL-bridge-rule"},
        {"actor": "XYZ", "act_ids": "", "event_ids": "CAL-1"},
        {"as_of": "2022-02-01"},
    ]
    folder.keep("deadlines", 1)
    actors = {3: "BOR", 4: "CAL"}
    acts = {
        f"{actors[line]}: {cells}": (line, {"act_id": f"{actors[line]}-{number}"} | cells)
        for number, (line, cells) in enumerate(practice)
    }
    cases = messages(folder, "acts", acts)
    folder.keep("acts", 4)
    days = (f"2021-08-{number:02}" for number in range(2, 10))
    rows = {str(cells): (3, {"as_of": next(days)} | cells) for cells in profiles}
    golden(cases | messages(folder, "profiles", rows))


def test_deadlines_without_any_step_are_taken_as_they_stand(folder: Folder) -> None:
    folder.keep("deadlines", 1)
    assert folder.faults() == []


def test_the_newest_row_may_be_an_act(folder: Folder) -> None:
    folder.edit("acts", 2, recorded="2022-06-30")
    assert folder.load().recorded == date(2022, 6, 30)


def test_somebody_must_be_able_to_take_a_position(folder: Folder) -> None:
    for table in ("events", "sources", "acts", "codings", "memberships", *schema.LATER_TABLES):
        folder.keep(table, 1)
    folder.keep("actors", 2)
    folder.replace("about.toml", '"ARC", "Pact", "BOR"', "")
    folder.replace("about.toml", SIX_LEAD, "")
    text = "actors.csv: kind: one actor at least must be of: state, league"
    folder.edit("actors", 2, kind="company")
    assert folder.faults() == [text]
    folder.keep("actors", 1)
    assert folder.faults() == [text]


def _company(folder: Folder) -> None:
    folder.edit("actors", 3, kind="company")
    folder.replace("about.toml", ', "BOR"', "")


def _shared_names(folder: Folder) -> None:
    folder.edit("actors", 3, name="Caldon", short_name="Arcadia")
    folder.add("actors", 4, actor="DOR", short_name="Doria")


def _named(one: str, other: str) -> Change:
    def change(folder: Folder) -> None:
        folder.edit("actors", 3, name=one)
        folder.edit("actors", 4, name=other)

    return change


def _joined(joined: str, left: str) -> Change:
    def change(folder: Folder) -> None:
        folder.add("memberships", 2, joined=joined, left=left)
        folder.add("memberships", 2, group="Other", joined="2019-06-01")

    return change


def _many_faults(folder: Folder) -> None:
    folder.edit("events", 7, score="x", landmark="maybe")
    folder.edit("events", 3, confidence="none", source_ids="arc-gazette;nowhere")
    folder.edit("actors", 2, lat="100")
    folder.edit("codings", 5, coder="A;B")
    rewrite(folder, "memberships.csv", lambda _: b"")


def _codebook_and_a_missing_file(folder: Folder) -> None:
    folder.replace("codebook.toml", "max = 2", 'max = "two"')
    (folder.path / "events.csv").unlink()


def _line_breaks_in_a_cell(folder: Folder) -> None:
    rewrite(folder, "actors.csv", lambda content: content.replace(
        b"Arcadia,st", b'"Arc\n\nadia",st').replace(b"Caldon,state", b"Caldon,town"))  # fmt: skip


def _folder_for_a_file(folder: Folder) -> None:
    (folder.path / "codings.csv").unlink()
    (folder.path / "codings.csv").mkdir()


def _cell(table: str, line: int, **cells: str) -> Change:
    return lambda folder: folder.edit(table, line, **cells)


def _missing(table: str) -> Change:
    return lambda folder: (folder.path / f"{table}.csv").unlink()


NO_DEADLINE = {"deadline": "", "deadline_kind": "", "deadline_what": ""}
CHANGES: dict[str, Change] = {
    "a source that backs nothing": lambda folder: folder.add("sources", 2, source_id="spare"),
    "another deadline than its step": _cell("acts", 4, deadline="2023"),
    "another kind than its step": _cell("acts", 4, deadline_kind="lapse"),
    "no deadline beside a step": _cell("acts", 4, **NO_DEADLINE),
    "a deadline without a step": _cell("acts", 2, deadline="2021", deadline_kind="lapse"),
    "a step on another day": _cell("deadlines", 2, deadline="2021-03-08"),
    "a step before its act": _cell("deadlines", 3, deadline="2020"),
    "a step of no act": _cell("deadlines", 5, act_id="CAL-rule"),
    "events of the company with a score": _company,
    "names that are shared": _shared_names,
    "names of other characters": _named("Bor\u00e9", "Bore\u0301"),
    "names with a ligature": _named("Fife", "\ufb01fe".title()),
    "names with a wide letter": _named("Bor", "\uff22or"),
    **{
        f"a name with other blanks, {other!r}": _named("Bor ia", other)
        for other in ("Bor ia ", " Bor ia", "Bor  ia", "Bor\u00a0ia", "Bor ia\u3000")
    },
    "names that are empty": _named("", ""),
    **{
        f"a group of the name {name}": _cell("memberships", 2, group=name)
        for name in ("CAL", "ACME", "all")
    },
    "a membership within another": _joined("2020-06-30", ""),
    "a membership into another": _joined("2018-01-01", "2019-01-02"),
    "a membership over another": _joined("2018-01-01", ""),
    "a membership after another": _joined("2020-07-01", ""),
    "a membership before another": _joined("2018-01-01", "2019-01-01"),
    "many in many tables": _many_faults,
    "a codebook, and a file that is missing": _codebook_and_a_missing_file,
    "lines past a cell with line breaks": _line_breaks_in_a_cell,
    "a folder in place of a file": _folder_for_a_file,
    **{
        f"a table that is missing, {table}": _missing(table)
        for table in schema.TABLE_NAMES
        if table not in schema.LATER_TABLES
    },
}


def test_what_does_not_fit_is_told_all_at_once_and_in_order(golden: Golden, tmp_path: Path) -> None:
    cases = {}
    for number, (case, change) in enumerate(CHANGES.items()):
        folder = Folder(tmp_path / str(number))
        change(folder)
        cases[case] = folder.faults()
    golden(cases)


def test_an_outside_list_may_name_states_that_are_not_covered(six: stances.Dataset) -> None:
    assert "DUR" in set(six.external_codings["actor"])
    assert "DUR" not in set(six.actors["actor"])


def test_today_is_the_last_day_an_event_may_have(folder: Folder) -> None:
    for line in range(2, 8):
        folder.edit("events", line, recorded="2020-10-26")
    for line in range(2, 5):
        folder.edit("acts", line, adopted="2020-01", recorded="2020-10-26")
    folder.edit("codings", 20, recorded="2020-10-26")
    folder.keep("profiles", 1)
    last = tables.load(folder.path, today=date(2020, 10, 27))
    assert last.today == date(2020, 10, 27) == last.events["date"].max().date()
    with pytest.raises(stances.DataFaults, match="2020-10-27 is after today, 2020-10-26"):
        tables.load(folder.path, today=date(2020, 10, 26))


# -- files as they come -------------------------------------------------------------------------


@each(
    "edit",
    [
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: content.rstrip(b"\n"),
        lambda content: b"\n".join(
            b",".join(b'"' + cell + b'"' for cell in line.split(b","))
            for line in content.splitlines()
        ),
    ],
    ids=["byte order mark", "CRLF", "no last line end", "every cell quoted"],
)
def test_what_spreadsheets_write_is_accepted(folder: Folder, edit: Edit) -> None:
    before = folder.load()
    for table in ("actors", "memberships"):
        rewrite(folder, f"{table}.csv", edit)
    after = folder.load()
    assert after.actors.equals(before.actors)
    assert after.memberships.equals(before.memberships)


@pytest.fixture
def _usual_limit_of_csv() -> Iterator[None]:
    """The longest cell, as a process has it from the start: other libraries raise it."""
    raised = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(raised)


BROKEN: dict[str, Edit] = {
    "nothing": lambda _: b"",
    "blanks": lambda _: b"\xef\xbb\xbf\r\n \n",
    "UTF-16": lambda c: c.decode().encode("utf-16"),
    "Latin-1": lambda c: c.replace(b"Boria", b"Bor\xeda"),
    "half a letter": lambda c: c.replace(b"Boria", b"Bor\xed\xa0\x80a"),
    "a mark, and no UTF-8": lambda c: b"\xef\xbb\xbf" + c.replace(b"\nBOR", b"\n\xffBOR"),
    "no header": lambda c: c[c.index(b"\n") + 1 :],
    "another order": lambda c: c.replace(b"lon,lat", b"lat,lon", 1),
    "a column too few": lambda c: c.replace(b",lat", b"", 1),
    "a column too many": lambda c: c.replace(b"article\n", b"article,height\n", 1),
    "another column": lambda c: c.replace(b"region", b"Region", 1),
    "semicolons": lambda c: c.replace(b",", b";"),
    "semicolons and quotes": lambda c: (
        b'"' + c.replace(b",", b'";"').replace(b"\n", b'"\r\n"').removesuffix(b'"')
    ),
    "tabs": lambda c: c.replace(b",", b"\t"),
    "a blank line first": lambda c: b"\n" + c,
    "a cell too many": lambda c: c.replace(b"CAL,Caldon", b"CAL,Cal,don"),
    "cells too few": lambda c: c.replace(b",20,-30.125", b""),
    "a blank line": lambda c: c.replace(b"\nCAL", b"\n\nCAL"),
    "a blank line last": lambda c: c + b"\n",
    "an open quote": lambda c: c.replace(b"Caldon", b'"Caldon', 1),
    "an open quote last": lambda c: c + b'"',
    "a long cell": lambda c: c.replace(b"Caldon", b"x" * 200_000, 1),
    "a zero": lambda c: c.replace(b"Caldon", b"Cal\x00don", 1),
    "a line break": lambda c: c.replace(b"Caldon", b'"Cal\ndon"', 1),
    "a line break of Windows": lambda c: c.replace(b"Caldon", b'"Cal\r\ndon"', 1),
}


@pytest.mark.usefixtures("_usual_limit_of_csv")
def test_a_file_that_cannot_be_read_is_told_in_one_line(
    golden: Golden, six: stances.Dataset
) -> None:
    content = (SIX / "actors.csv").read_bytes()
    actors = {"actors": schema.tables(six.codebook, TODAY)["actors"]}
    cases = {}
    for case, edit in BROKEN.items():
        faults: list[stances.Fault] = []
        read_texts(actors, {"actors.csv": edit(content)}, "six", faults)
        [line] = map(str, faults)
        assert line.isprintable()
        # How it is no CSV each Python says in words of its own.
        cases[case] = re.sub("(?<=as CSV): .*", "", line)
    golden(cases)


@pytest.mark.parametrize("table", schema.LATER_TABLES)
def test_a_table_that_came_later_is_empty_where_it_is_missing(folder: Folder, table: str) -> None:
    whole = getattr(folder.load(), table)
    (folder.path / f"{table}.csv").unlink()
    result = getattr(folder.load(), table)
    assert len(whole) > 0 == len(result)
    pd.testing.assert_series_equal(result.dtypes, whole.dtypes)


@pytest.mark.parametrize("table", ["acts", "actors"])
def test_columns_that_came_later_are_filled_where_all_are_missing(
    folder: Folder, table: str
) -> None:
    whole = folder.load()
    later = [each for each in schema.tables(whole.codebook, TODAY)[table].columns if each.later]
    folder.cut(table, len(later))
    result = getattr(folder.load(), table)
    assert list(result.columns) == list(getattr(whole, table).columns)
    for column in later:
        assert set(result[column.name]) == {column.default}
    folder.cut(table, 1)
    assert folder.faults()[0].startswith(f"{table}.csv:1 wrong header: missing ")


# -- which folder, which version ----------------------------------------------------------------


def test_the_folder_asked_for_comes_before_that_of_the_environment(
    folder: Folder, six: stances.Dataset, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(folder.path))
    assert stances.load().codebook.subject == six.codebook.subject
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "nowhere"))
    assert stances.load(folder.path).codebook.subject == six.codebook.subject
    monkeypatch.setenv(DATA_VARIABLE, "")
    assert data_folder().resolve() == REAL


def test_faults_name_the_folder_as_the_user_did(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.edit("events", 2, score="5")
    monkeypatch.chdir(folder.path.parent)
    with pytest.raises(stances.DataFaults) as result:
        stances.load("six/", today=TODAY)
    assert str(result.value) == "six/events.csv:2 score: 5 is outside -2..2"
    assert result.value.faults == (
        stances.Fault("six/events.csv", 2, "score", "5 is outside -2..2"),
    )


def test_the_version_follows_the_bytes_of_tables_codebook_and_title(folder: Folder) -> None:
    before = folder.load()
    assert before.version == f"2022-03-15-{before.content_hash[:8]}"
    shutil.copytree(folder.path, folder.path.parent / "copy")
    assert stances.load(folder.path.parent / "copy").dataset.content_hash == before.content_hash
    seen = {before.content_hash}
    for path in sorted(folder.path.iterdir()):
        if path.suffix == ".csv" or path.name in ("codebook.toml", "about.toml"):
            rewrite(folder, path.name, lambda content: content.replace(b"\n", b"\r\n"))
            seen.add(folder.load().content_hash)
    assert len(seen) == 1 + len(schema.TABLE_NAMES) + 2


def test_another_version_of_the_model_is_another_version_of_the_dataset(folder: Folder) -> None:
    data = folder.load()
    hashes = [files.dataset_hash(data.files, model) for model in FORMULAS]
    assert hashes[-1] == data.content_hash
    assert len({*hashes}) == len(FORMULAS)


def test_every_event_finds_its_sources_in_the_order_of_their_tiers(folder: Folder) -> None:
    order = "ARC-20200101-roads-order"
    folder.edit("events", 2, source_ids="cal-notes;bor-herald;arc-daily;arc-gazette")
    data = folder.load()
    pairs = data.event_sources
    assert pairs["event_id"].drop_duplicates().tolist() == data.events["event_id"].tolist()
    result = pairs.loc[pairs["event_id"] == order, "source_id"].tolist()
    assert result == ["arc-gazette", "bor-herald", "arc-daily", "cal-notes"]
    assert len(pairs) == 10
    assert pairs["url"].notna().all()


def test_every_act_finds_its_sources_in_the_order_of_their_tiers(folder: Folder) -> None:
    folder.edit("acts", 4, source_ids="cal-notes;arc-daily")
    pairs = folder.load().act_sources
    assert list(zip(pairs["act_id"], pairs["source_id"], strict=True)) == [
        ("ARC-roads-order", "arc-gazette"),
        ("BOR-school-permit", "bor-herald"),
        ("CAL-bridge-rule", "arc-daily"),
        ("CAL-bridge-rule", "cal-notes"),
    ]


def test_those_who_can_take_a_position_are_sorted(six: stances.Dataset) -> None:
    assert six.position_actors == ["ARC", "BOR", "CAL"]


@each(
    ("content", "text"),
    [
        (b"{", "not valid JSON"),
        (b"\xff", "not UTF-8"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"objects": {"countries": {"geometries": null}}}', "has an id for each"),
        (b'{"objects": {"countries": {"geometries": [{"id": "A"}, {}]}}}', "has an id for each"),
        (b'{"objects": {"countries": {"geometries": [{"id": 4}]}}}', "has an id for each"),
        (b'{"not": "a map"}', "has an id for each"),
    ],
    usual=2,
)
def test_outlines_that_no_map_can_be_drawn_from_are_refused(
    folder: Folder, content: bytes, text: str
) -> None:
    own = folder.path / "geometry"
    own.mkdir()
    for name in OUTLINES:
        (own / name).write_bytes((REAL / "geometry" / name).read_bytes())
    (own / OUTLINES[0]).write_bytes(content)
    with pytest.raises(DataFaults) as refused:
        folder.load()
    [fault] = refused.value.faults
    assert fault.file == f"{folder.path}/geometry/{OUTLINES[0]}"
    assert text in fault.message


def test_outlines_that_are_not_there_are_named(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = folder.path / "geometry"
    own.mkdir()
    (own / OUTLINES[0]).write_bytes((REAL / "geometry" / OUTLINES[0]).read_bytes())
    (own / "old.json").symlink_to(tmp_path / "nowhere")
    with pytest.raises(DataFaults) as refused:
        folder.load()
    missing = sorted([f"{own}/old.json", f"{own}/{OUTLINES[1]}"])
    assert [str(fault) for fault in refused.value.faults] == [
        f"{file}: the file is missing" for file in missing
    ]
    shutil.rmtree(own)
    product = tmp_path / "product"
    monkeypatch.setattr(scan, "DEFAULT_FOLDER", product)
    with pytest.raises(DataFaults) as refused:
        folder.load()
    assert {fault.file for fault in refused.value.faults} == {
        str(product / "geometry" / name) for name in OUTLINES
    }
