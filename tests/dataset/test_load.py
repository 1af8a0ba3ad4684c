"""A folder is read whole or not at all, and read again when one of its files changes."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from stances.dataset.faults import BadInput, DataFaults
from stances.dataset.files import MOST_BYTES
from stances.dataset.load import OUTLINES, Dataset, Store, load
from stances.dataset.releases import dataset_hash
from stances.dataset.write import Change
from tests.conftest import SIX, TODAY

# As a codebook has them beside which there is no coders.csv yet.
CODERS = """[coders]
first = "The first reading"
A = "Coder A, alone"
B = "Coder B, alone"
review = "Second thoughts"
"""


def test_the_version_is_the_newest_day_and_the_hash_that_releases_are_named_by(
    six: Dataset,
) -> None:
    """These digits were given by version 1 to the same bytes: releases keep their names."""
    codebook, _, _ = six.files["codebook.toml"].partition(b"\n[[borders]]")
    codebook = codebook.replace(b"[blind]", f"{CODERS}\n[blind]".encode())
    codings = re.sub(rb",(seen|all)$", b"", six.files["codings.csv"], flags=re.MULTILINE)
    files = {**six.files, "codebook.toml": codebook, "codings.csv": codings}
    del files["coders.csv"]
    assert dataset_hash(files)[:8] == "2feca8d0"
    assert six.version == f"2022-03-15-{six.content_hash[:8]}"
    assert six.content_hash == dataset_hash(six.files)
    assert six.content_hash != dataset_hash({**six.files, "about.toml": b""})
    assert six.content_hash == dataset_hash({**six.files, "CHANGELOG.md": b""})


def test_columns_have_their_types(six: Dataset) -> None:
    events = six.events.set_index("event_id")
    assert events["date"].dtype == "datetime64[s]"
    assert str(events["score"].dtype) == "Int64"
    assert events["landmark"].dtype == bool
    assert six.actors["lon"].dtype == "float64"
    assert events["end_date"].isna().all()
    assert six.acts.set_index("act_id").loc["CAL-bridge-rule", "deadline"] == "2022"


def test_missing_cells_are_empty_texts_and_no_words(folder: Path) -> None:
    file = folder / "events.csv"
    file.write_text(file.read_text().replace("A minister", "NA"))
    assert not load(folder, TODAY).events["note"].isna().any()


def test_days_and_actors(six: Dataset) -> None:
    assert six.position_actors == ["ARC", "BOR", "CAL"]
    assert six.months[0] == date(2019, 1, 31) and six.months[-1] == six.today
    assert six.opening_day == TODAY
    assert six.day("2020-02-29") == date(2020, 2, 29)
    with pytest.raises(
        BadInput, match="as_of: 2019-02-30 is not a day; allowed is a day from 2019"
    ):
        six.day("2019-02-30", "as_of")
    with pytest.raises(BadInput, match="after the end of the data"):
        six.day(TODAY + timedelta(days=1))
    with pytest.raises(BadInput, match="before the beginning of the data"):
        six.day("2018-12-31")


def test_no_day_after_the_end_of_the_data_has_a_stance(six: Dataset) -> None:
    covered = replace(six, about=replace(six.about, covered_to=date(2022, 6, 15)))
    assert covered.months[-1] == covered.opening_day == date(2022, 6, 15)
    with pytest.raises(BadInput, match="after the end of the data") as refused:
        covered.day("2022-06-16")
    assert refused.value.usable == date(2022, 6, 15)


def test_sources_come_by_tier_then_as_they_are_named(six: Dataset) -> None:
    for table, pairs in ((six.events, six.event_sources), (six.acts, six.act_sources)):
        named = table["source_ids"].str.split(";").explode()
        assert sorted(named) == sorted(pairs["source_id"])
        key = str(pairs.columns[0])
        tiers = pd.Series({tier: n for n, tier in enumerate(six.codebook.tiers)})
        for _, rows in pairs.groupby(key):
            assert rows["tier"].map(tiers).is_monotonic_increasing


def test_tables_that_came_later_need_not_be_there(folder: Path) -> None:
    for name in ("profiles", "deadlines", "coders"):
        (folder / f"{name}.csv").unlink()
    data = load(folder, TODAY)
    assert data.coders.empty and not data.coder_kinds
    assert data.profiles.empty and data.deadlines.empty
    assert data.profiles["recorded"].dtype == "datetime64[s]"


@pytest.mark.parametrize(("there", "version"), [(4, "1.2"), (5, "1.3"), (6, "1.3")])
def test_columns_that_came_later_have_their_default(folder: Path, there: int, version: str) -> None:
    file = folder / "codings.csv"
    (folder / "coders.csv").unlink()
    rows = [line.split(",")[:there] for line in file.read_text().splitlines()]
    file.write_text("\n".join(",".join(row) for row in rows) + "\n")
    data = load(folder, TODAY)
    assert data.schema_version == version
    assert data.codings["recorded"].isna().all() or there > 4
    assert (data.codings["codebook"] == "").all() or there > 5
    assert (data.codings["seen"] == "all").all()


def test_the_schema_has_the_version_of_its_newest_table(folder: Path) -> None:
    assert load(folder, TODAY).schema_version == "1.5"


def test_who_reviews_is_who_bears_the_name(folder: Path) -> None:
    file = folder / "codings.csv"
    review = "BOR-20200601-ring-road-plan,review B,1,,,,all\n"
    file.write_text(file.read_text() + review)
    kinds = load(folder, TODAY).coder_kinds
    assert (kinds["A"], kinds["review"], kinds["review B"]) == ("human", "human", "machine")


def test_blind_coders_are_coders(folder: Path) -> None:
    book = folder / "codebook.toml"
    book.write_text(book.read_text().replace('coders = ["A", "B"]', 'coders = ["A", "C"]'))
    with pytest.raises(DataFaults) as refused:
        load(folder, TODAY)
    assert f"{book}: blind.coders: C is not one of: A, B, first, review" in str(refused.value)


def test_each_of_these_has_its_own_default(folder: Path) -> None:
    file = folder / "acts.csv"
    acts = pd.read_csv(file, dtype=str, keep_default_na=False)
    last = ["applied", "applied_what", "applied_since", "doubt"]
    assert list(acts.columns[-4:]) == last
    acts.drop(columns=last).to_csv(file, index=False)
    data = load(folder, TODAY)
    assert (data.acts["applied"] == "unknown").all() and (data.acts["doubt"] == "").all()
    assert data.acts["has_force"].all() and (data.deadlines["basis"] == "law").all()


def test_a_folder_without_outlines_of_its_own_takes_those_of_the_product(folder: Path) -> None:
    assert list(load(folder, TODAY).outlines) == list(OUTLINES)
    home = folder / "geometry"
    home.mkdir()
    # What has no known name is not read, whatever it is called.
    (home / os.fsdecode(b"\xff.json")).write_bytes(b"")
    assert load(folder, TODAY).outlines
    (home / OUTLINES[0]).write_text('{"objects": {}}')
    with pytest.raises(DataFaults) as refused:
        load(folder, TODAY)
    assert [str(fault) for fault in refused.value.faults] == [
        f"{home / OUTLINES[0]}: is no TopoJSON with an object countries",
        f"{home / OUTLINES[1]}: No such file or directory",
    ]


def _nested(path: Path) -> None:
    path.write_text("[" * 200_000 + "]" * 200_000)


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)


@pytest.mark.parametrize(
    ("name", "write", "message"),
    [
        ("CHANGELOG.md", os.mkfifo, "is no plain file"),
        ("LICENSE", Path.mkdir, "is no plain file"),
        ("events.csv", _huge, "has more than the 100,000,000 bytes that are read"),
        ("datapackage.json", _nested, "is no JSON"),
        ("CHANGELOG.md", lambda path: path.write_bytes(b"\xff"), "is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_and_the_data_stays(
    store: Store, name: str, write: Callable[[Path], object], message: str
) -> None:
    good = store.data()
    file = store.folder / name
    file.unlink(missing_ok=True)
    write(file)
    with pytest.raises(DataFaults) as refused:
        load(store.folder, TODAY)
    assert str(refused.value) == f"{file}: {message}"
    assert store.data() is good


def test_stances_data_names_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCES_DATA", str(SIX))
    assert load(today=TODAY).folder == SIX


def _touch(path: Path, seconds: int) -> None:
    later = path.stat().st_mtime + seconds
    os.utime(path, (later, later))


@pytest.fixture
def store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr("stances.dataset.load._RELOAD_SECONDS", -1)
    return Store(folder)


def test_a_store_reads_again_when_a_file_changes(store: Store) -> None:
    first = store.data()
    assert store.data() is first
    file = store.folder / "about.toml"
    file.write_text(file.read_text().replace("Stances on Acme", "Acme, watched"))
    _touch(file, 5)
    assert store.data().about.title == "Acme, watched" and not store.fault


def test_a_store_keeps_the_last_good_data_and_says_why(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    first, file = store.data(), store.folder / "events.csv"
    good = file.read_text()
    file.write_text(good.replace(",order,", ",orders,"))
    assert store.data() is first
    assert "orders is not one of" in store.fault and "did you mean order?" in caplog.text
    told = len(caplog.records)
    store.data()
    assert len(caplog.records) == told
    file.write_text(good)
    _touch(file, 5)
    assert store.data() is not first and store.fault == ""


def test_a_store_takes_what_was_judged_and_written(store: Store) -> None:
    first = store.data()
    change = Change(first, "It was read again")
    change.edit("ARC-roads-order", {"name": "Road order"})
    after = change.judged()
    store.take(after)
    assert store.data() is first, "nothing lies there yet"
    change.write()
    store.take(after)
    assert store.data() is after and not store.fault
    (store.folder / "about.toml").unlink()
    assert store.data() is not after


def test_whoever_comes_while_the_files_are_read_waits_for_them(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stances.dataset.load._RELOAD_SECONDS", 60)
    with ThreadPoolExecutor(4) as readers:
        told = [*readers.map(lambda _: store.data(), range(8))]
    assert all(data is told[0] for data in told)


def test_a_store_without_good_data_says_so_until_there_is_some(store: Store) -> None:
    (store.folder / "codebook.toml").rename(store.folder / "aside")
    for _ in range(2):
        with pytest.raises(DataFaults, match=r"codebook.toml: the file is missing"):
            store.data()
    shutil.move(store.folder / "aside", store.folder / "codebook.toml")
    assert store.data().version
