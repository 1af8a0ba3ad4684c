"""The tables over HTTP: the same rows in every format, narrowed by the parameters of each."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from stances.answers.export import FORMATS
from stances.dataset.load import Dataset
from stances.links.pages import FILES
from stances.routes.tables import RESOURCES

VERSIONS = {"dataset_version", "model_version", "covered_to"}


def path(name: str, ending: str) -> str:
    return f"/{'snapshots/latest' if name == 'snapshots' else name}.{ending}"


def frame(client: TestClient, name: str, ending: str, query: str = "") -> pd.DataFrame:
    answer = client.get(path(name, ending) + query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == FORMATS[ending][0]
    match ending:
        case "csv":
            return pd.read_csv(io.BytesIO(answer.content), keep_default_na=False)
        case "json":
            return pd.DataFrame(answer.json()["rows"])
        case "parquet":
            return pq.read_table(io.BytesIO(answer.content)).to_pandas()
    return pd.read_excel(io.BytesIO(answer.content), sheet_name="Rows")


@pytest.mark.parametrize("name", [resource.name for resource in RESOURCES])
def test_a_table_has_the_same_rows_and_columns_in_every_format(
    client: TestClient, name: str
) -> None:
    resource = next(r for r in RESOURCES if r.name == name)
    query = "?from=2020-01-01" if name == "changes" else ""
    frames = {ending: frame(client, name, ending, query) for ending in resource.formats}
    rows = {ending: len(of) for ending, of in frames.items()}
    assert len(set(rows.values())) == 1, rows
    assert rows["csv"] > 0
    columns = [list(of) for of in frames.values()]
    assert all(of == columns[0] for of in columns)
    assert "actor" in columns[0] or name in ("groups", "agreement")


def test_all_but_two_come_as_workbooks_too() -> None:
    without = {r.name for r in RESOURCES if "xlsx" not in r.formats}
    assert without == {"series", "groups"}
    assert all(set(r.formats) >= {"csv", "json", "parquet"} for r in RESOURCES)
    assert {r.name for r in RESOURCES} == set(FILES) - {"feed", "levels"}


def test_json_says_of_which_figures_it_is(client: TestClient, six: Dataset) -> None:
    told = client.get("/acts.json?as_of=2020-06-01").json()
    assert set(told) == {*VERSIONS, "as_of", "count", "rows"}
    assert told["dataset_version"] == six.version
    assert told["as_of"] == "2020-06-01"
    assert told["count"] == len(told["rows"])


def test_the_latest_snapshot_is_of_the_day_that_pages_open_with(
    client_of: Callable[..., TestClient], six: Dataset, real: Dataset
) -> None:
    assert real.opening_day < real.today
    assert set(frame(client_of(real), "snapshots", "csv")["as_of"]) == {str(real.opening_day)}
    client = client_of(six)
    assert len(frame(client, "snapshots", "csv")) == 3 * 3  # actors x (overall and two fields)
    day = client.get("/snapshots/2020-04-10.csv").text
    assert "2020-04-10,ARC,Republic of Arcadia,state,roads" in day
    told = client.get("/snapshots/2020-04-10.metadata.json").json()
    assert told["dataset_version"] == six.version


def test_parameters_narrow_a_table(client: TestClient) -> None:
    def actors(name: str, query: str) -> set[str]:
        return set(frame(client, name, "csv", query)["actor"])

    assert actors("snapshots", "?actor=ARC") == {"ARC"}
    # Arcadia left the Pact in July 2020.
    assert actors("snapshots", "?group=Pact") == {"BOR", "CAL"}
    assert actors("events", "?actor=BOR") == {"BOR"}
    assert actors("series", "?domain=roads&from=2021-01-01") == {"ARC", "BOR", "CAL"}
    assert actors("changes", "?from=2020-01-01&to=2020-12-31&group=Pact") == {"BOR"}
    assert len(frame(client, "events", "csv", "?level=-2..-1")) == 3
    assert len(frame(client, "events", "csv", "?instrument=speech&domain=roads")) == 1
    assert len(frame(client, "events", "csv", "?from=2020-05-01&to=2020-10-27")) == 3
    assert len(frame(client, "events", "csv", "?q=nothing+of+the+kind")) == 0
    months = frame(client, "series", "csv", "?from=2020-01-31&to=2020-03-31")["date"]
    assert sorted(set(months)) == ["2020-01-31", "2020-02-29", "2020-03-31"]


def test_nothing_later_stands_in_a_table_of_a_day(real_client: TestClient) -> None:
    day = "?as_of=2020-06-30"
    assert frame(real_client, "acts", "csv", day)["adopted"].max() <= "2020-06-30"
    assert frame(real_client, "events", "csv", day)["date"].max() <= "2020-06-30"
    members = frame(real_client, "members", "csv", f"{day}&group=EU")
    assert len(members) == 27
    changes = frame(real_client, "changes", "csv", day)
    assert changes["date"].between("2019-06-30", "2020-06-30").all()


def test_files_without_a_field_are_of_all(real_client: TestClient) -> None:
    assert len(set(frame(real_client, "acts", "csv")["domain"])) > 3
    assert set(frame(real_client, "acts", "csv", "?domain=networks")["domain"]) == {"networks"}
    assert len(set(frame(real_client, "snapshots", "csv")["domain"])) == 6


def test_a_release_can_be_asked_for(
    client_of: Callable[..., TestClient], real_client: TestClient, real: Dataset
) -> None:
    rows = real_client.get("/releases.json").json()["rows"]
    version = [row["version"] for row in rows if row["model_version"]][-1]
    assert version != real.version
    told = real_client.get(f"/members.json?release={version}").json()
    assert told["dataset_version"] == version
    # Of the release it is the latest, whatever day the tables of today open with.
    earlier = replace(real.about, covered_to=date(2026, 1, 1))
    latest = f"/snapshots/latest.metadata.json?release={version}"
    told = client_of(replace(real, about=earlier)).get(latest).json()
    assert told["as_of"] > "2026-01-01"
    assert version in real_client.get(f"/pictures/map.svg?release={version}").text
    refused = real_client.get("/members.json?release=2020-01-01-00000000")
    assert refused.status_code == 400
    assert refused.json()["parameter"] == "release"


def test_a_file_is_saved_under_a_name_of_its_own(client: TestClient) -> None:
    said = client.get("/acts.csv?as_of=2020-06-01").headers["content-disposition"]
    assert said == 'attachment; filename="acme_acts_2020-06-01.csv"'
    assert "content-disposition" not in client.get("/acts.json").headers


def test_under_a_base_path_all_is_there_too(
    client_of: Callable[..., TestClient], six: Dataset
) -> None:
    client = client_of(six, "/acme/")
    assert client.get("/acme/acts.csv").text == client.get("/acts.csv").text
    assert "/acme/sitemap.xml" in client.get("/acme/robots.txt").text
