"""Snapshots: the frozen table, its bytes, its metadata, and how both are written."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import stances
from stances.answers import snapshot, typed_table
from stances.answers.citing import Citation
from stances.answers.files import Files, snapshot_name, to_csv, write
from stances.dataset.codebook import NO_POSITION, OVERALL
from stances.model.settings import Settings, model_under
from tests.folders import Folder
from tests.golden import Golden

DAYS = ("2010-01-01", "2019-03-04", "2020-07-14")


def files_of(data: stances.Dataset, day: str, **narrowed: Any) -> Files:
    return snapshot.snapshot_files(data, data.model, day, **narrowed)


def rows_of(files: Files) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files.csv.decode(), newline="")))


# -- the table ----------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
def test_one_row_per_actor_and_domain_overall_first(real: stances.Dataset, day: str) -> None:
    rows = rows_of(files_of(real, day))
    actors = sorted(real.actors.loc[real.actors["kind"] != "company", "actor"])
    wanted = list(itertools.product(actors, [OVERALL, *real.codebook.domains]))
    assert [(row["actor"], row["domain"]) for row in rows] == wanted
    assert {row["as_of"] for row in rows} == {day}


def test_rows_on_paper(golden: Golden, six: stances.Dataset) -> None:
    days = {"2020-07-01": {}, "2021-03-06": {"actors": ["BOR"]}}
    cases = {}
    for day, narrowed in days.items():
        for row in rows_of(files_of(six, day, **narrowed)):
            assert row["dataset_version"] == six.version
            cells = [f"{name} {text}" for name, text in row.items() if text]
            cases[f"{row['actor']}, {row['domain']} on {day}"] = "; ".join(cells)
    assert list(row)[-4:] == ["certainty", "act_level", "act_event_id", "act_id"]
    golden(cases)


@pytest.mark.parametrize("day", DAYS)
def test_figures_have_four_decimals_and_are_empty_without_a_position(
    real: stances.Dataset, day: str
) -> None:
    rows = rows_of(files_of(real, day))
    without = [row for row in rows if row["label"] == NO_POSITION]
    assert {row[c] for row in without for c in ("stance", "low", "high")} == {""}
    texts = [row[c] for row in rows for c in ("stance", "low", "high") if row not in without]
    texts += [row["evidence"] for row in rows]
    assert all(len(text.partition(".")[2]) == 4 for text in texts)
    assert "-0.0000" not in texts


def test_the_act_shown_is_the_one_that_set_the_level_and_none_on_overall(
    real: stances.Dataset,
) -> None:
    rows = rows_of(files_of(real, "2021-01-01"))
    acts = real.events.set_index("event_id")
    shown = [row for row in rows if row["in_force_event_id"]]
    assert shown
    for row in shown:
        act = acts.loc[row["in_force_event_id"]]
        assert (act["actor"], act["domain"]) == (row["actor"], row["domain"])
        assert f"{act['date']:%Y-%m-%d}" == row["in_force_since"] <= row["as_of"]
        assert real.codebook.instruments[str(act["instrument"])].binding
    assert all(bool(r["in_force_event_id"]) == bool(r["in_force_since"]) for r in rows)
    assert not any(row["in_force_event_id"] for row in rows if row["domain"] == OVERALL)


def test_the_last_event_and_the_number_count_scored_events_up_to_the_day(
    real: stances.Dataset,
) -> None:
    day = pd.Timestamp("2019-03-04")
    known = real.events[real.events["score"].notna() & (real.events["date"] <= day)]
    known = known.sort_values(["date", "event_id"])
    for row in rows_of(files_of(real, "2019-03-04")):
        mine = known[known["actor"] == row["actor"]]
        if row["domain"] != OVERALL:
            mine = mine[mine["domain"] == row["domain"]]
        assert row["events"] == str(len(mine))
        assert row["last_event_id"] == (mine["event_id"].iloc[-1] if len(mine) else "")
        assert row["last_event_date"] == (f"{mine['date'].iloc[-1]:%Y-%m-%d}" if len(mine) else "")


def test_it_can_be_narrowed(six: stances.Dataset) -> None:
    one = six.snapshot("2020-07-01", domain="roads", actors=["CAL", "ARC", "CAL"])
    assert list(zip(one["actor"], one["domain"], strict=True)) == [
        ("ARC", "roads"), ("CAL", "roads"),
    ]  # fmt: skip
    whole = six.snapshot("2020-07-01")
    same = whole[whole["actor"].isin(["ARC", "CAL"]) & (whole["domain"] == "roads")]
    pd.testing.assert_frame_equal(one, same.reset_index(drop=True))
    assert six.snapshot("2020-07-01", actors=[]).empty


@pytest.mark.parametrize(
    ("narrowed", "text"),
    [
        ({"domain": "sea"}, "domain sea is not one of: overall, roads, schools"),
        ({"domain": ""}, 'domain "" is not one of: overall, roads, schools'),
        ({"actors": ["ARC", "XYZ"]}, "actor XYZ is not one of: ARC, BOR, CAL"),
        ({"actors": ["ACME"]}, "actor ACME is not one of: ARC, BOR, CAL"),
        ({"actors": ["arc"]}, "actor arc is not one of: ARC, BOR, CAL; did you mean ARC?"),
    ],
)
def test_what_is_unknown_is_refused_with_what_is_known(
    six: stances.Dataset, narrowed: dict[str, Any], text: str
) -> None:
    with pytest.raises(stances.BadInput) as refused:
        six.snapshot("2020-07-01", **narrowed)
    assert str(refused.value) == text


def test_on_acts_alone_words_are_left_out(six: stances.Dataset) -> None:
    table = six.snapshot("2020-08-19", basis="acts").set_index(["actor", "domain"])
    arc, bor = table.loc["ARC"], table.loc["BOR"]
    assert arc["stance"].to_dict()["roads"] == -2.0
    assert bor.loc["schools", ["stance", "low", "high"]].tolist() == [1.0, 0.0, 2.0]
    assert np.isnan(bor.loc["roads", "stance"])
    # The one domain with an act is all there is, and half of full breadth.
    assert bor.loc[OVERALL, "stance"] == 0.5
    assert bor["certainty"].to_dict() == {OVERALL: 1.0, "roads": 0.0, "schools": 1.0}
    everything = six.snapshot("2020-08-19").set_index(["actor", "domain"])
    same = ["act_level", "act_event_id", "act_id", "last_event_id", "events"]
    pd.testing.assert_frame_equal(table[same], everything[same])
    files = snapshot.snapshot_files(six, six.model.on("acts"), "2020-08-19")
    assert files.name == "acme-stances_2020-08-19_acts"
    assert json.loads(files.metadata)["basis"] == "acts"
    with pytest.raises(stances.BadInput, match=r"^basis words is not one of: all, acts$"):
        six.position("2020-08-19", basis="words")


# -- the bytes ----------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes(folder: Folder) -> None:
    one, other = files_of(folder.load(), "2020-07-01"), files_of(folder.load(), "2020-07-01")
    assert one == other
    narrowed = [files_of(folder.load(), "2020-07-01", actors=a) for a in (["BOR", "ARC"],) * 2]
    reordered = files_of(folder.load(), "2020-07-01", actors=iter(["ARC", "BOR", "ARC"]))
    assert narrowed == [reordered] * 2


def test_the_order_of_the_rows_of_the_tables_does_not_show(folder: Folder) -> None:
    before = rows_of(files_of(folder.load(), "2020-07-01"))
    for table in ("events", "actors", "sources"):
        head, *rest = (folder.path / f"{table}.csv").read_bytes().splitlines(keepends=True)
        (folder.path / f"{table}.csv").write_bytes(b"".join([head, *reversed(rest)]))
    after = rows_of(files_of(folder.load(), "2020-07-01"))
    for row in (*before, *after):
        del row["dataset_version"]
    assert after == before


def test_lines_end_in_lf_and_the_last_one_too(real: stances.Dataset) -> None:
    content = files_of(real, "2019-03-04").csv
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.decode().splitlines()[0] == ",".join(snapshot.SNAPSHOT_COLUMNS)


def test_pandas_reads_it_back(real: stances.Dataset) -> None:
    read = pd.read_csv(io.BytesIO(files_of(real, "2019-03-04").csv))
    table = real.snapshot("2019-03-04")
    assert list(read.columns) == list(table.columns)
    np.testing.assert_array_equal(read["stance"], table["stance"])
    np.testing.assert_array_equal(read["events"], table["events"])


@pytest.mark.parametrize("narrowed", [{}, {"actors": ["BOR"], "domain": "overall"}])
def test_a_series_in_parts_is_the_whole_one(six: stances.Dataset, narrowed: dict[str, Any]) -> None:
    model, days = six.model, six.dataset.months
    assert len(days) > 12, "it is one part"
    whole = snapshot.series(six, model, days, **narrowed)
    parts = [*snapshot.series_in_parts(six, model, days, **narrowed)]
    assert len(parts) > 1
    assert b"".join(snapshot.series_csv(parts)) == b"".join(snapshot.series_csv([whole]))
    assert [row for part in parts for row in snapshot.records(part)] == snapshot.records(whole)


def test_the_mean_of_a_group_follows_from_the_series(six: stances.Dataset) -> None:
    whole = snapshot.series(six, six.model, six.dataset.months, "roads", ["ARC", "BOR", "CAL"])
    rows = typed_table.frame(snapshot.series_table(six, [whole], {}))
    june = rows[(rows["date"] == "2020-06-30") & rows["stance"].notna()]
    assert len(june) > 1
    group = six.group("Pact", "roads").set_index("date").loc["2020-06-30"]
    mean = np.average(june["stance"], weights=june["certainty"])
    assert mean == pytest.approx(group["mean"], abs=2e-4)
    assert june["stance"].mean() == pytest.approx(group["mean_plain"], abs=2e-4)


def test_a_series_of_no_days_has_its_columns(six: stances.Dataset) -> None:
    parts = snapshot.series_in_parts(six, six.model, [])
    header = ",".join(snapshot.SERIES_COLUMNS)
    assert b"".join(snapshot.series_csv(parts)).decode() == f"{header}\n"


def test_a_text_that_a_spreadsheet_would_run_is_written_harmless() -> None:
    table = pd.DataFrame({"=name": ["=1", "=", "", "a=b"], "stance": ["-1.0000", "", "0", "1"]})
    content = to_csv(table, ["stance"]).decode()
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert rows == [
        ["'=name", "stance"], ["'=1", "-1.0000"], ["'=", ""], ["", "0"], ["a=b", "1"],
    ]  # fmt: skip


def test_names_and_labels_of_the_data_are_written_harmless(folder: Folder) -> None:
    folder.edit("actors", 2, name="=cmd|' /C calc'!A0")
    folder.replace("codebook.toml", '"Block"', '"@Block"')
    rows = rows_of(files_of(folder.load(), "2020-01-01"))
    assert rows[0]["name"] == "'=cmd|' /C calc'!A0"
    assert rows[0]["label"] == "'@Block"
    assert rows[0]["stance"] == "-2.0000"


# -- name and metadata --------------------------------------------------------------------------


def test_the_name_tells_subject_day_and_what_it_is_narrowed_to(six: stances.Dataset) -> None:
    assert files_of(six, "2020-07-01").name == "acme-stances_2020-07-01"
    narrowed = files_of(six, "2020-07-01", domain="roads", actors=["CAL", "ARC"])
    assert narrowed.name == "acme-stances_2020-07-01_roads_ARC_CAL"
    nobody = files_of(six, "2020-07-01", actors=[])
    assert nobody.name == "acme-stances_2020-07-01_no-actors"
    assert json.loads(nobody.metadata)["narrowed_to"] == {"actors": []}


def test_a_file_name_is_never_longer_than_a_disk_takes(real: stances.Dataset) -> None:
    files = files_of(real, "2019-03-04", domain=OVERALL, actors=real.position_actors)
    # The name that is written aside first has a dot before and a random part after.
    assert len(files.name.encode()) < 255 - len(".metadata.json") - 12


def test_the_metadata_says_what_the_table_is(golden: Golden, six: stances.Dataset) -> None:
    files = files_of(six, "2020-07-01", actors=["ARC"])
    text = json.loads(files.metadata)
    assert text.pop("csv_sha256") == hashlib.sha256(files.csv).hexdigest()
    assert text.pop("dataset_content_sha256").startswith(six.version.rpartition("-")[2])
    assert text.pop("columns") == snapshot.SNAPSHOT_COLUMNS
    assert text["citation"].isprintable()
    model = text.pop("model")
    golden({name: str(value) for name, value in (text | model).items()})


def test_without_the_hand_written_part_no_licence_is_claimed(folder: Folder) -> None:
    (folder.path / "about.toml").unlink()
    text = json.loads(files_of(folder.load(), "2020-07-01").metadata)
    assert text["licence"] is None
    assert text["citation"].startswith("Positions on Acme")


ACCESSED, DAY = date(2023, 1, 31), date(2020, 7, 1)


def test_what_is_not_published_is_cited_as_such(six: stances.Dataset) -> None:
    own = ["roads weigh 3 (published: 2)", "half-lives are 2 times the published ones"]
    note = f", not as published but with own settings ({own[0]}; {own[1]})"
    metadata = json.loads(snapshot.snapshot_files(six, six.model, DAY, own_settings=own).metadata)
    entry, record = (each.content for each in Citation(six, DAY, ACCESSED, own).formats)
    for text in (metadata["title"], metadata["citation"], entry, record):
        assert note in text
    assert entry.startswith(f"@misc{{acme-stances_{DAY}_own-settings,")
    published = json.loads(snapshot.snapshot_files(six, six.model, DAY).metadata)
    assert "own settings" not in published["title"] + published["citation"]


def test_citations(folder: Folder, golden: Golden, six: stances.Dataset) -> None:
    def citations(data: stances.Dataset) -> dict[str, str]:
        cited = Citation(data, DAY, ACCESSED)
        made = {"line": cited.line} | {each.label: each.content for each in cited.formats}
        assert all(data.version in text for text in made.values())
        return made

    record = Citation(six, DAY, ACCESSED).ris
    assert record.endswith("\r\n")
    assert record.count("\n") == record.count("\r\n")
    cases = citations(six)
    (folder.path / "about.toml").unlink()
    cases |= {
        f"{name}, without a hand-written part": t for name, t in citations(folder.load()).items()
    }
    golden({case: text.splitlines() for case, text in cases.items()})


def test_what_has_a_meaning_to_bibtex_is_written_as_text(folder: Folder) -> None:
    folder.replace("about.toml", "Stances on Acme", r"50 % of {A} & B_1 #2 $3 ~x^y \\input")
    entry = Citation(folder.load(), DAY, ACCESSED).bibtex
    assert (
        r"title = {{50 \% of \{A\} \& B\_1 \#2 \$3 \textasciitilde x\textasciicircum y "
        r"\textbackslash input, stance table"
    ) in entry
    assert entry.count("@misc") == 1


def test_a_citation_for_programs_has_the_address_of_the_figures(six: stances.Dataset) -> None:
    address = "https://stances.example.org/data?as_of=2020-07-01&q=50%_{x}"
    cited = Citation(six, DAY, ACCESSED, address=address)
    assert "  url = {https://stances.example.org/data?as_of=2020-07-01&q=50%_x}," in cited.bibtex
    assert f"UR  - {address}\r\n" in cited.ris


def test_a_snapshot_under_own_settings_names_them(six: stances.Dataset) -> None:
    settings = Settings.from_choices(six.codebook, binding_weight=6.0)
    own = settings.differences(six.codebook)
    model = model_under(six.model, settings)
    files = snapshot.snapshot_files(six, model, DAY, own_settings=own)
    text = json.loads(files.metadata)
    assert text["own_settings"] == ["an act in force weighs 6 (published: 3)"]
    assert text["model"]["binding_weight"] == 6
    assert files.name == snapshot_name(six, DAY, own_settings=True)
    assert files.name == "acme-stances_2020-07-01_own-settings"
    published = files_of(six, str(DAY))
    assert published.name == snapshot_name(six, DAY) == "acme-stances_2020-07-01"
    assert "own_settings" not in json.loads(published.metadata)
    assert files.csv != published.csv


# -- the disk -----------------------------------------------------------------------------------


def test_both_files_are_written_and_nothing_else(six: stances.Dataset, tmp_path: Path) -> None:
    files = files_of(six, "2020-07-01")
    out = tmp_path / "made" / "if need be"
    for _ in range(2):
        table, metadata = write(files, out)
        assert (table.read_bytes(), metadata.read_bytes()) == (files.csv, files.metadata)
    assert names_in(out) == [
        "acme-stances_2020-07-01.csv", "acme-stances_2020-07-01.metadata.json",
    ]  # fmt: skip


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _disk_error(*_: object) -> None:
    raise OSError(5, "Input/output error")


@pytest.mark.parametrize("name", ["replace", "fsync"])
def test_what_fails_leaves_no_partial_file_and_the_old_one_as_it_was(
    six: stances.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    old = files_of(six, "2020-07-01")
    write(old, tmp_path)
    monkeypatch.setattr(os, name, _disk_error)
    new = Files(old.name, b"new", b"new")
    with pytest.raises(OSError, match="Input/output error"):
        write(new, tmp_path)
    with pytest.raises(OSError, match="Input/output error"):
        write(Files("other", b"new", b"new"), tmp_path)
    assert names_in(tmp_path) == [f"{old.name}.csv", f"{old.name}.metadata.json"]
    assert (tmp_path / f"{old.name}.csv").read_bytes() == old.csv


def test_the_table_is_renamed_last_so_that_it_never_lacks_its_metadata(
    six: stances.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed: list[str] = []
    rename: Callable[..., None] = os.replace

    def noting(source: str, target: Path) -> None:
        if target.suffix in wanted:
            renamed.append(target.suffix)
            assert (Path(source).read_bytes(), target.exists()) == (wanted[target.suffix], False)
        rename(source, target)

    files = files_of(six, "2020-07-01")
    wanted = {".csv": files.csv, ".json": files.metadata}
    monkeypatch.setattr(os, "replace", noting)
    write(files, tmp_path)
    assert renamed == [".json", ".csv"]
