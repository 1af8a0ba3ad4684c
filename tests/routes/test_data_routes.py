"""Snapshots, series, tables, events, feeds over HTTP: the same as by hand, or a clear refusal."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as Xml

import feedparser
import pandas as pd
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.routing import Match
from starlette.testclient import TestClient

from stances import Dataset
from stances.answers import snapshot
from stances.answers.practice import PracticeCounts, practice_counts
from stances.answers.tracker import Tracker
from stances.dataset import store
from stances.dataset.codebook import NO_POSITION
from stances.dataset.descriptions import PACKAGE_FILE
from stances.dataset.files import DATA_VARIABLE
from stances.model import groups
from stances.routes import routes
from stances.routes.endpoints import ENDPOINTS
from tests.cases import GROUP, ONE, OTHER, scored_rows
from tests.folders import REAL, ROOT, Folder
from tests.routes.conftest import client_of

DAY = "2019-03-04"
ATOM = "{http://www.w3.org/2005/Atom}"
# Frozen: an address may be added, none may go.
ADDRESSES = {
    "/snapshots/{date}.metadata.json",
    "/tables/{table}.csv",
    "/tables/datapackage.json",
    "/tables/all.zip",
    "/events.json",
    "/feed.atom",
    "/feed/{actor}.atom",
    "/pictures/map.png",
    "/pictures/map.svg",
    *(
        f"{table}.{kind}"
        for table in (
            "/snapshots/{date}", "/series", "/series/groups", "/members", "/acts", "/happened",
            "/domains",
        )
        for kind in ("csv", "json", "xlsx", "parquet")
    ),
    "/pictures/trends.png",
    "/pictures/trends.svg",
    "/pictures/members.png",
    "/pictures/members.svg",
    "/pictures/deadlines.png",
    "/pictures/deadlines.svg",
    "/pictures/actors/{actor}.png",
    "/pictures/actors/{actor}.svg",
}  # fmt: skip
# Each takes as long as a page.
# Seconds.
_PATIENCE = 60
DRAWN = ("/pictures/", "/citations/")
OTHER_FORMATS = (".csv", ".xlsx", ".parquet")


def test_no_address_has_gone(client: TestClient) -> None:
    described = set(client.get("/openapi.json").json()["paths"])
    assert described >= ADDRESSES | {"/healthz", "/readyz", "/openapi.json", "/geometry/{file}"}
    assert {path for end in ENDPOINTS for path, *_ in end.examples} >= ADDRESSES


def test_the_shipped_nginx_keeps_the_answer_of_every_route() -> None:
    shipped = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    [place] = re.findall(r"location ~ (\S*snapshots/\S*) \{", shipped)
    paths = [path for end in ENDPOINTS for path, *_ in end.examples]
    assert [path for path in paths if not re.search(place, path)] == []


def test_a_snapshot_has_the_bytes_of_the_command_line(client: TestClient, real: Dataset) -> None:
    files = snapshot.snapshot_files(real, real.model, DAY)
    result = client.get(f"/snapshots/{DAY}.csv")
    assert result.content == files.csv
    assert result.headers["content-disposition"] == f'attachment; filename="{files.name}.csv"'
    assert client.get(f"/snapshots/{DAY}.metadata.json").content == files.metadata
    text = client.get(f"/snapshots/{DAY}.json").json()
    assert len(text["rows"]) == len(pd.read_csv(io.BytesIO(files.csv)))
    assert text["metadata"] == json.loads(files.metadata)


def test_acts_alone_are_the_command_lines_too(client: TestClient, real: Dataset) -> None:
    acts = real.model.on("acts")
    result = client.get(f"/snapshots/{DAY}.csv?basis=acts")
    assert result.content == snapshot.snapshot_files(real, acts, DAY).csv
    whole = client.get(f"/snapshots/{DAY}.csv?basis=all").content
    assert whole == client.get(f"/snapshots/{DAY}.csv").content != result.content
    series = client.get(f"/series.csv?basis=acts&from={DAY}&to=2019-06-30").content
    days = [day for day in real.months if DAY <= str(day) <= "2019-06-30"]
    assert series == b"".join(snapshot.series_csv([snapshot.series(real, acts, days)]))


@pytest.mark.parametrize("path", [f"/snapshots/{DAY}.json", "/series.json?from=2018-06-30"])
def test_what_is_missing_is_null_and_every_client_can_read_it(
    client: TestClient, path: str
) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    text = json.loads(client.get(path).text, parse_constant=refuse)
    rows = text["rows"]
    for row in rows:
        known = row["label"] != NO_POSITION
        assert (isinstance(row["stance"], float), row["stance"] is None) == (known, not known)
        assert (row["low"] is None) == (row["high"] is None) == (not known)


def test_the_links_of_the_page_of_events_narrow_the_events_too(
    client: TestClient, real: Dataset
) -> None:
    # As the page writes them: what is not set is there too, and empty.
    everything = "q=&who=&instruments=&confidence=&scores=-3..3&counted=all&sort=newest"
    assert client.get(f"/events.json?{everything}").json()["count"] == len(real.events)


def test_latest_is_the_day_to_which_the_data_reaches(client: TestClient, real: Dataset) -> None:
    rows = pd.read_csv(io.BytesIO(client.get("/snapshots/latest.csv").content))
    assert set(rows["as_of"]) == {str(real.opening_day)}


def test_a_snapshot_can_be_narrowed(client: TestClient, real: Dataset) -> None:
    belong = set(groups.members(real.memberships, GROUP, real.day(DAY)))
    inside, outside = min(belong), next(a for a in real.position_actors if a not in belong)
    address = f"/snapshots/{DAY}.csv?group={GROUP}"
    result = client.get(f"{address}&actor={inside},{outside}&domain=networks")
    rows = pd.read_csv(io.BytesIO(result.content))
    assert rows[["actor", "domain"]].to_numpy().tolist() == [[inside, "networks"]]
    members = pd.read_csv(io.BytesIO(client.get(address).content))
    assert set(members["actor"]) == belong


def test_a_snapshot_of_nobody_is_not_labelled_as_the_whole(client_six: TestClient) -> None:
    # Arcadia had left the Pact.
    day, narrowing = "2020-07-01", "actor=ARC&group=Pact&domain=roads"
    text = client_six.get(f"/snapshots/{day}.metadata.json?{narrowing}").json()
    assert text["narrowed_to"] == {"domain": "roads", "actors": []}
    result = client_six.get(f"/snapshots/{day}.csv?{narrowing}")
    assert result.text == f"{','.join(snapshot.SNAPSHOT_COLUMNS)}\n"
    name = f"acme-stances_{day}_roads_no-actors.csv"
    assert result.headers["content-disposition"] == f'attachment; filename="{name}"'
    nobody = client_six.get(f"/snapshots/{day}.json?{narrowing}").json()
    assert nobody == {"metadata": text, "rows": []}


@pytest.mark.parametrize(
    ("address", "again", "at_once"),
    [
        ("/snapshots/2020-07-01.csv", "actor=ARC&actor=BOR", "actor=ARC,BOR"),
        ("/series.json", "actor=ARC,BOR&actor=CAL", "actor=ARC,BOR,CAL"),
        ("/events.json", "actor=ARC&actor=BOR", "actor=ARC,BOR"),
        ("/events.json", "who=ARC&who=BOR", "actor=ARC,BOR"),
        ("/events.json", "instruments=order&instruments=plan", "instruments=order,plan"),
        ("/events.json", "confidence=sure&confidence=likely", "confidence=sure,likely"),
        ("/acts.json", "scope=streets&scope=lessons", "scope=streets,lessons"),
        ("/acts.csv", "aim=named&aim=size", "aim=named,size"),
    ],
)
def test_a_list_may_be_given_value_by_value(
    client_six: TestClient, address: str, again: str, at_once: str
) -> None:
    result, same = (client_six.get(f"{address}?{query}") for query in (again, at_once))
    assert (result.status_code, result.content) == (200, same.content)
    last_alone = client_six.get(f"{address}?{again.rpartition('&')[2]}")
    assert result.content != last_alone.content


@pytest.mark.parametrize(
    ("earlier", "name", "value"), [("who", "actor", "ARC"), ("as_of", "to", "2020-06-01")]
)
def test_a_parameter_is_taken_under_its_earlier_name_too(
    client_six: TestClient, earlier: str, name: str, value: str
) -> None:
    same = [client_six.get(f"/events.json?{each}={value}").content for each in (earlier, name)]
    assert same[0] == same[1] != client_six.get("/events.json").content
    both = client_six.get(f"/events.json?{earlier}={value}&{name}={value}")
    assert (both.status_code, both.json()["parameter"]) == (400, name)
    assert both.json()["detail"] == f"{earlier} and {name} are one parameter; allowed: {name} alone"
    described = client_six.get("/openapi.json").json()["paths"]["/events.json"]["parameters"]
    text = {each["name"]: each.get("deprecated", False) for each in described}
    assert (text[earlier], text[name]) == (True, False)


def test_one_thing_has_one_name_at_every_address(client_six: TestClient) -> None:
    paths = client_six.get("/openapi.json").json()["paths"].values()
    parameters = [each for path in paths for each in path["parameters"]]
    text: dict[str, set[str]] = {}
    for each in parameters:
        if each["in"] == "query" and not each.get("deprecated"):
            text.setdefault(each["description"].partition(",")[0], set()).add(each["name"])
    assert text["Codes of actors"] == {"actor"}
    assert {what: names for what, names in text.items() if len(names) > 1} == {}


def test_a_list_is_described_as_one(client: TestClient) -> None:
    text = {
        (parameter["name"], parameter["schema"].get("type"))
        for path in client.get("/openapi.json").json()["paths"].values()
        for parameter in path["parameters"]
        if parameter["in"] == "query"
    }
    lists = {
        "actor", "actors", "who", "instruments", "confidence", "scope", "aim", "applied", "kind",
    }  # fmt: skip
    assert {name for name, kind in text if kind == "array"} == lists
    assert not {name for name, kind in text if kind != "array"} & lists


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/series.csv", "series"),
        ("/series.csv?actor=ARC", "series_ARC"),
        ("/series.csv?actor=ARC,BOR&domain=roads&basis=acts", "series_ARC_BOR_roads_acts"),
        ("/series.csv?group=Pact", "series_pact"),
        ("/series/groups.csv?group=Pact&domain=overall", "series_groups_pact_overall"),
    ],
)
def test_the_file_of_a_series_is_named_by_what_narrows_it(
    client_six: TestClient, address: str, name: str
) -> None:
    named = client_six.get(address).headers["content-disposition"]
    assert named == f'attachment; filename="acme-stances_{name}.csv"'


def test_a_series_follows_membership(client_six: TestClient) -> None:
    address = "/series.csv?group=Pact&domain=overall&from=2020-05-01&to=2020-09-30&actor=ARC"
    rows = pd.read_csv(io.BytesIO(client_six.get(address).content))
    assert rows["date"].tolist() == ["2020-05-31", "2020-06-30"]
    same = client_six.get(address.replace(".csv", ".json")).json()["rows"]
    assert [row["stance"] for row in same] == rows["stance"].tolist()


def test_the_means_of_a_group_are_those_of_python(client_six: TestClient, six: Dataset) -> None:
    query = "group=Pact&domain=roads&to=2020-12-31"
    rows = client_six.get(f"/series/groups.json?{query}").json()["rows"]
    days = six.group("Pact", "roads").set_index("date")[:"2020-12-31"]
    assert [row["date"] for row in rows] == [f"{day:%Y-%m-%d}" for day in days.index]
    for name in ("mean", "median", "spread", "mean_plain"):
        expected = [None if value != value else value for value in days[name]]
        assert [row[name] for row in rows] == expected, name
    for name in ("members", "with_position", "restricting", "open"):
        assert [row[name] for row in rows] == days[name].tolist(), name
    tracker = Tracker(six)
    counted = PracticeCounts._fields
    for row in rows:
        result = practice_counts(tracker, date.fromisoformat(row["date"]), "roads", "Pact")
        assert tuple(row[name] for name in counted) == result, row["date"]
    assert {row["used"] for row in rows} == {0, 1}
    # Missing is no zero.
    assert {row["label"] for row in rows if row["mean"] is None} == {NO_POSITION}
    assert None in [row["mean"] for row in rows]


def test_the_means_of_all_groups_in_all_domains_on_a_basis(
    client_six: TestClient, six: Dataset
) -> None:
    whole, acts = (
        pd.read_csv(io.BytesIO(client_six.get(f"/series/groups.csv{query}").content))
        for query in ("", "?basis=acts")
    )
    assert set(whole["group"]) == set(groups.group_names(six.memberships))
    assert set(whole["domain"]) == {"overall", *six.codebook.domains}
    assert whole["date"].is_monotonic_increasing
    assert not whole["mean"].equals(acts["mean"])
    named = client_six.get("/series/groups.csv?basis=acts").headers["content-disposition"]
    assert named == 'attachment; filename="acme-stances_series_groups_acts.csv"'


@pytest.mark.parametrize("path", ["/series", "/series/groups"])
def test_the_name_of_a_series_has_its_days_where_they_are_not_all(
    client_six: TestClient, six: Dataset, path: str
) -> None:
    def named(query: str) -> str:
        return client_six.get(f"{path}.csv{query}").headers["content-disposition"]

    assert named(f"?from={six.codebook.first_date}") == named("")
    part = named("?from=2020-01-01&to=2020-12-31")
    assert part == named("").replace('.csv"', '_2020-01-01_2020-12-31.csv"')


def test_the_members_are_those_of_the_lead_where_nothing_is_asked(
    client: TestClient, real: Dataset
) -> None:
    text = client.get("/members.json").json()
    assert real.about.lead is not None
    lead = real.about.lead
    assert (text["group"], text["act_domain"]) == (lead.group, lead.domain)
    assert (text["as_of"], text["domain"]) == (str(real.opening_day), "overall")
    assert text["basis"] == "all"
    rows = list(csv.DictReader(io.StringIO(client.get("/members.csv").text)))
    assert [row["actor"] for row in rows] == [row["actor"] for row in text["rows"]]
    assert list(rows[0]) == list(text["columns"])
    assert text["totals"]["members"] == len(rows)


def test_the_members_of_a_day_in_a_domain_by_acts_alone(client_six: TestClient) -> None:
    query = "group=all&as_of=2020-08-19&domain=schools"
    whole = client_six.get(f"/members.json?{query}").json()
    acts = client_six.get(f"/members.json?{query}&basis=acts").json()
    [(one, other)] = [
        (row["stance_schools"], by_acts["stance_schools"])
        for row, by_acts in zip(whole["rows"], acts["rows"], strict=True)
        if row["actor"] == "BOR"
    ]
    # The permit is +1; with the doubt of the teachers it is 2.5 of 3.5.
    assert (one, other) == (pytest.approx(0.7143), 1.0)
    named = client_six.get(f"/members.csv?{query}&basis=acts").headers["content-disposition"]
    assert 'filename="acme-stances_2020-08-19_schools_acts_members-all.csv"' in named


def test_the_members_that_a_figure_counts_come_alone(client_six: TestClient) -> None:
    query = "group=all&as_of=2020-08-19&domain=roads"
    whole = client_six.get(f"/members.json?{query}").json()
    used = client_six.get(f"/members.json?{query}&practice=used").json()
    assert used["rows"] == [row for row in whole["rows"] if row["used"]]
    assert 0 < len(used["rows"]) < len(whole["rows"])
    assert used["totals"] == whole["totals"]
    answer = client_six.get(f"/members.csv?{query}&practice=used")
    assert [row["actor"] for row in csv.DictReader(io.StringIO(answer.text))] == [
        row["actor"] for row in used["rows"]
    ]
    assert "_members-all-used.csv" in answer.headers["content-disposition"]


def test_a_table_comes_as_it_lies_in_the_folder(client: TestClient) -> None:
    for name in ("events.csv", "sources.csv", "datapackage.json"):
        assert client.get(f"/tables/{name}").content == (REAL / name).read_bytes()
    archive = zipfile.ZipFile(io.BytesIO(client.get("/tables/all.zip").content))
    assert archive.read("events.csv") == (REAL / "events.csv").read_bytes()


def test_every_file_that_the_description_names_is_where_it_says(client: TestClient) -> None:
    address = "/tables/datapackage.json"
    archive = zipfile.ZipFile(io.BytesIO(client.get("/tables/all.zip").content))
    resources = client.get(address).json()["resources"]
    assert {"events.csv", "codebook.toml", "geometry/europe_50m.json"} <= {
        resource["path"] for resource in resources
    }
    for resource in resources:
        answer = client.get(urljoin(address, resource["path"]))
        assert answer.headers["access-control-allow-origin"] == "*"
        content = answer.content
        assert len(content) == resource["bytes"], resource["path"]
        assert content == archive.read(resource["path"])


def test_events_are_found_with_their_sources(client: TestClient, real: Dataset) -> None:
    result = client.get(f"/events.json?who={ONE}&counted=counted").json()
    own = scored_rows(real)["actor"] == ONE
    assert result["count"] == len(result["events"]) == own.sum() > 0
    assert all(event["actor"] == ONE and event["sources"] for event in result["events"])
    everything = client.get("/events.json").json()
    assert everything["count"] == len(real.events)


def test_sources_come_in_the_order_of_their_tiers(client: TestClient, real: Dataset) -> None:
    order = list(real.codebook.tiers)
    result = client.get("/events.json").json()["events"]
    for event in result:
        places = [order.index(source["tier"]) for source in event["sources"]]
        assert places == sorted(places), event["event_id"]
    assert any(len({source["tier"] for source in event["sources"]}) > 1 for event in result)


@pytest.mark.parametrize("address", ["/feed.atom", f"/feed/{ONE}.atom"])
def test_a_feed_reader_reads_the_feeds(client: TestClient, address: str) -> None:
    feed = feedparser.parse(client.get(address).content)
    assert not feed.bozo
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) > 0
    again = feedparser.parse(client.get(address).content)
    assert [entry.id for entry in again.entries] == [entry.id for entry in feed.entries]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    result = client.request(method, "/series.csv")
    assert (result.status_code, result.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    answers = client.get("/openapi.json").json()["paths"]["/series.csv"]["get"]["responses"]
    assert answers["405"]["content"].keys() == {result.headers["content-type"]}


@pytest.mark.parametrize(
    "path",
    [
        "/tables/..%2f..%2frequirements.txt", "/tables/%2e%2e/%2e%2e/requirements.txt",
        "/tables//etc/passwd", "/geometry/%00europe_50m.json", "/geometry/%c0%ae%c0%ae/events.csv",
        "/snapshots/..%252f..%252fx.csv",
    ],
)  # fmt: skip
def test_tricks_with_paths_find_nothing(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def _headers(client: TestClient, address: str) -> dict[str, str]:
    return dict(client.get(address).headers)


def test_data_can_be_cached_and_asked_for_by_any_page(client: TestClient) -> None:
    past, latest = (_headers(client, f"/snapshots/{day}.csv") for day in (DAY, "latest"))
    assert past["cache-control"] == "public, max-age=86400"
    assert latest["cache-control"] == "public, max-age=300"
    for headers in (past, latest):
        assert headers["access-control-allow-origin"] == "*"
        assert 'rel="describedby"' in headers["link"]
        assert 'rel="license"' in headers["link"]
        assert headers["last-modified"].endswith("GMT")
    assert "access-control-allow-origin" not in _headers(client, "/geometry/europe_50m.json")


@pytest.mark.parametrize(
    ("address", "described"),
    [
        (f"/snapshots/{DAY}.csv?actor={ONE}", f"/snapshots/{DAY}.metadata.json?actor={ONE}"),
        ("/tables/events.csv", "/tables/datapackage.json"),
        ("/tables/all.zip", "/tables/datapackage.json"),
        ("/tables/codebook.toml", "/tables/datapackage.json"),
    ],
)
def test_data_leads_to_its_licence_and_what_describes_it(
    client: TestClient, real: Dataset, address: str, described: str
) -> None:
    links = {relation: link["url"] for relation, link in client.get(address).links.items()}
    assert real.about.licence is not None
    assert links.pop("license") == real.about.licence.url
    assert urljoin(address, links["describedby"]) == described
    assert client.get(described).json()


SCHEMAS = "/openapi.json#/components/schemas/"


@pytest.mark.parametrize(
    ("address", "schema"),
    [
        ("/series.csv", "SeriesRow"),
        ("/series/groups.csv", "GroupMean"),
        ("/members.csv", "Member"),
        ("/acts.csv", "ActRow"),
        ("/events.csv", "EventRow"),
        ("/deadlines.csv", "DeadlineRow"),
        ("/happened.csv", "Deed"),
        ("/domains.csv", "DomainRow"),
    ],
)
def test_a_table_leads_to_what_describes_each_of_its_columns(
    client_six: TestClient, address: str, schema: str
) -> None:
    result = client_six.get(address)
    described = urljoin(address, result.links["describedby"]["url"])
    assert described == f"{SCHEMAS}{schema}"
    properties = client_six.get(described).json()["components"]["schemas"][schema]["properties"]
    [head, *_] = csv.reader(io.StringIO(result.text))
    assert head == [*properties]
    assert all(properties[name]["description"] for name in head)


@pytest.mark.parametrize(
    ("address", "schema"),
    [
        ("/events.json", "Events"),
        ("/releases.json", "Releases"),
        ("/series.json?from=2022-12-01", "Series"),
        ("/deadlines.json", "Deadlines"),
        ("/deadlines.ics", "DeadlineRow"),
        ("/feed.atom", "Event"),
        ("/feed/ARC.atom", "Event"),
        ("/changes.atom", "Change"),
        ("/levels/roads.json", "Levels"),
        ("/tables/geometry/europe_50m.json", "Outlines"),
        ("/openapi.json", "Description"),
    ],
)
def test_other_answers_lead_to_their_schema(
    client_six: TestClient, address: str, schema: str
) -> None:
    links = client_six.get(address).links
    assert urljoin(address, links["describedby"]["url"]) == f"{SCHEMAS}{schema}"
    schemas = client_six.get("/openapi.json").json()["components"]["schemas"]
    assert schemas[schema]["description"]


@pytest.mark.parametrize(
    ("address", "before"),
    [
        ("/events.json", "events"),
        ("/acts.json", "acts"),
        ("/deadlines.json", "deadlines"),
        ("/changes.json?since=2020-01-01", "changes"),
        ("/happened.json?from=2019-12-31&to=2020-12-31", "deeds"),
    ],
)
def test_rows_have_one_name_everywhere_and_the_one_of_before(
    client_six: TestClient, address: str, before: str
) -> None:
    text = client_six.get(address).json()
    assert len(text["rows"]) == text["count"] > 0
    assert text["rows"] == text[before]


def test_a_header_on_several_lines_is_one_list(client: TestClient) -> None:
    address = f"/snapshots/{DAY}.csv"
    tag = client.get(address).headers["etag"]
    for tags in ((tag, '"other"'), ('"other"', tag)):
        again = client.get(address, headers=[("if-none-match", each) for each in tags])
        assert again.status_code == 304
    codings = [("accept-encoding", coding) for coding in ("gzip", "br")]
    assert client.get(address, headers=codings).headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_what_is_known_is_not_sent_again(client: TestClient, encoding: str) -> None:
    headers = {"accept-encoding": encoding}
    first = client.get(f"/snapshots/{DAY}.csv", headers=headers)
    tag = first.headers["etag"]
    for known in (tag, f'W/{tag}, "other"', "*"):
        again = client.get(f"/snapshots/{DAY}.csv", headers={**headers, "if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    other = client.get(f"/snapshots/{DAY}.csv", headers={**headers, "if-none-match": '"other"'})
    assert other.status_code == 200


EARLIER, LATER = "Mon, 01 Jan 2024 00:00:00 GMT", "Mon, 01 Jan 2999 00:00:00 GMT"
TIMED = ("/snapshots/latest.csv", f"/series.json?actor={ONE}", "/tables/all.zip", "/feed.atom")


@pytest.mark.parametrize("address", TIMED)
def test_what_has_not_changed_since_is_not_sent_again(client: TestClient, address: str) -> None:
    first = client.get(address)
    text = first.headers["last-modified"]
    for since, status in ((text, 304), (LATER, 304), (EARLIER, 200), ("soon", 200), ("", 200)):
        again = client.get(address, headers={"if-modified-since": since})
        assert (again.status_code, not again.content) == (status, status == 304), since
    # Who names a tag is answered by it alone.
    tag = {"if-modified-since": LATER, "if-none-match": '"other"'}
    assert client.get(address, headers=tag).status_code == 200
    tag = {"if-modified-since": EARLIER, "if-none-match": first.headers["etag"]}
    assert client.get(address, headers=tag).status_code == 304


def test_a_time_that_cannot_be_is_as_if_none_was_told(client: TestClient) -> None:
    beyond = {"if-modified-since": "Mon, 01 Jan 2020 00:00:00 +99999999999999"}
    assert client.get(f"/snapshots/{DAY}.csv", headers=beyond).status_code == 200


def test_new_data_is_newer_than_what_was_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(tmp_path / "six")
    monkeypatch.setenv(DATA_VARIABLE, str(folder.path))
    with client_of(folder.path) as client:
        text = client.get("/events.json").headers["last-modified"]
        monkeypatch.setattr(store, "_RELOAD_SECONDS", 0.0)
        monkeypatch.setattr(store, "_PATIENCE_SECONDS", 60.0)
        monkeypatch.setattr(store, "datetime", _AnHourLater)
        folder.edit("events", 2, title="Another title")
        result = client.get("/events.json", headers={"if-modified-since": text})
    assert result.status_code == 200
    assert "Another title" in result.text


class _AnHourLater(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + timedelta(hours=1)


@pytest.mark.parametrize(
    "address", ["/feed.atom", "/deadlines.ics", "/changes.json?since=2019-01-01"]
)
def test_what_names_its_host_names_none_that_another_asked_for(
    client_six: TestClient, address: str
) -> None:
    first, again = (
        client_six.get(address, headers={"host": host}).content.replace(b"\r\n ", b"")
        for host in ("evil.example", "a")
    )
    assert b"http://a/" in again
    assert b"evil.example" not in again
    assert first.replace(b"evil.example", b"a") == again


@pytest.mark.parametrize("host", ["a b", "<x>", "a/b", "a@b", ""])
def test_what_is_no_host_is_not_named(client: TestClient, host: str) -> None:
    assert (
        b'<link rel="self" href="/feed.atom" />'
        in client.get("/feed.atom", headers={"host": host}).content
    )


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("gzip, deflate, br", True),
        ("GZIP;q=0.5", True),
        ("x-gzip", True),
        ("br ; q=1.0, gzip ; q=0.8, *;q=0.1", True),
        ("*", True),
        ("*;q=0.5", True),
        ("identity;q=0.5, *", True),
        ("gzip, *;q=0", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("br, gzip; q=0", False),
        ("*;q=0", False),
        ("identity, gzip;q=0.5", False),
        ("br", False),
        ("notgzip", False),
        ("gzip;q=much", False),
        ("gzip;q=nan", False),
        ("", False),
    ],
)
def test_only_who_takes_gzip_is_sent_it(client: TestClient, accepted: str, packed: bool) -> None:
    result = client.get("/tables/events.csv", headers={"accept-encoding": accepted})
    assert (result.headers.get("content-encoding") == "gzip") == packed
    assert result.content == (REAL / "events.csv").read_bytes()


@pytest.mark.parametrize(
    "address",
    [
        *TIMED, f"/snapshots/{DAY}.json", f"/snapshots/{DAY}.metadata.json", "/series.csv",
        "/tables/events.csv", "/tables/datapackage.json", "/events.json", f"/feed/{ONE}.atom",
        "/happened.json", "/happened.csv", "/acts.csv", "/acts.json",
        "/openapi.json", "/healthz", "/geometry/europe_50m.json", "/pictures/map.png",
        "/snapshots/banana.csv", "/feed/XYZ.atom",
    ],
)  # fmt: skip
def test_head_says_what_get_says(client: TestClient, address: str) -> None:
    got, head = client.get(address), client.head(address)
    assert head.content == b""
    assert head.status_code == got.status_code
    assert dict(head.headers) == dict(got.headers)


def test_the_feed_of_an_actor_is_described_as_of_one(client: TestClient, real: Dataset) -> None:
    described = client.get("/openapi.json").json()["paths"]["/feed/{actor}.atom"]
    [actor] = [each for each in described["parameters"] if each["in"] == "path"]
    assert (actor["in"], actor["description"]) == ("path", "Code of an actor")
    assert actor["schema"]["enum"] == list(real.actors["actor"])
    assert client.get(f"/feed/{ONE},{OTHER}.atom").status_code == 404


def test_a_file_that_is_not_there_has_no_address(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.path / "about.toml").unlink()
    (folder.path / PACKAGE_FILE).unlink(missing_ok=True)
    monkeypatch.setenv(DATA_VARIABLE, str(folder.path))
    with client_of(folder.path) as client:
        described = client.get("/openapi.json").json()["paths"]
        assert "/tables/codebook.toml" in described
        assert not described.keys() & {"/tables/about.toml", f"/tables/{PACKAGE_FILE}"}


def test_a_description_that_is_not_there_is_not_named(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.path / PACKAGE_FILE).unlink(missing_ok=True)
    monkeypatch.setenv(DATA_VARIABLE, str(folder.path))
    client = client_of(folder.path)
    refused = client.get(f"/tables/{PACKAGE_FILE}")
    assert refused.status_code == 404
    assert PACKAGE_FILE not in refused.json()["detail"].partition("there are: ")[2]
    for name in ("events.csv", "all.zip"):
        assert PACKAGE_FILE not in client.get(f"/tables/{name}").headers.get("link", "")


def _is_again(method: str, path: str) -> bool:
    """Other tests hold that HEAD answers what GET does, and that a table has the same rows in all
    formats; what may be asked of it is tried in the one that is described to the last cell.
    """
    return method == "head" or path.endswith(OTHER_FORMATS)


# What can be asked is tried at large where an answer is short, and on the real data in short.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("named", "many", "few", "again"), [("client_six", 50, 10, 2), ("client", 10, 2, 0)]
)
def test_every_route_keeps_to_its_description(
    request: pytest.FixtureRequest, named: str, many: int, few: int, again: int
) -> None:
    client: TestClient = request.getfixturevalue(named)
    schema = schemathesis.openapi.from_asgi("/openapi.json", client.app)
    driven, slow = set(), {each.path for each in ENDPOINTS if each.slow}
    for operation in schema.get_all_operations():
        described = operation.ok()  # type: ignore[union-attr]
        takes_long = described.path in slow or described.path.startswith(DRAWN)
        is_again = _is_again(described.method, described.path)
        examples = again if is_again else few if takes_long else many
        if not examples:
            continue

        @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=described.as_strategy())
        def drive(case: Any) -> None:
            # A schema cannot say that a day must lie in the period, so a refusal is no fault.
            # Nor is it about time: a busy machine may take longer than a client would wait.
            case.call_and_validate(excluded_checks=[positive_data_acceptance], timeout=_PATIENCE)

        drive()
        driven.add((described.method, described.path))
    # The small dataset has no such description.
    without = {"/tables/datapackage.json"} if named == "client_six" else set()
    wanted = {(method, path) for method in ("get", "head") for path in ADDRESSES - without}
    assert driven >= {each for each in wanted if again or not _is_again(*each)}


def test_a_base_path_has_the_same_routes(client: TestClient) -> None:
    under = client_of(REAL, "huawei")
    for path in ("geometry/europe_50m.json", f"snapshots/{DAY}.csv"):
        assert under.get(f"/huawei/{path}").content == client.get(f"/{path}").content
    for text in (under.get("/huawei/healthz").json(), client.get("/healthz").json()):
        assert text["status"] == "ok"


def test_pages_under_a_base_path_are_left_to_the_dashboard() -> None:
    for path in ("/huawei/", "/huawei/trends", "/huawei/_stcore/health"):
        request = {"type": "http", "method": "GET", "path": path}
        assert not [route for route in routes("huawei") if route.matches(request)[0] != Match.NONE]


def test_a_feed_names_the_address_it_was_asked_under(client: TestClient) -> None:
    under = client_of(REAL, "huawei")
    addresses = {
        "http://one.example/feed.atom": client,
        "https://one.example:8443/feed.atom?by=date": client,
        "http://[fd00::2]:80/feed.atom": client,
        f"http://two.example/huawei/feed/{ONE}.atom": under,
    }
    for address, asking in addresses.items():
        # By the header alone: the client of starlette 1.0 takes no address with colons for a host.
        parts = urlsplit(address)
        result = asking.get(parts._replace(netloc="host").geturl(), headers={"host": parts.netloc})
        feed = Xml.fromstring(result.content)
        [link] = [link for link in feed.iter(f"{ATOM}link") if link.get("rel") == "self"]
        assert link.get("href") == address


@pytest.mark.parametrize("base", ["", "huawei/"])
@pytest.mark.parametrize("name", ["feed.atom", f"feed/{ONE}.atom"])
def test_an_entry_leads_to_the_page_of_its_event(real: Dataset, base: str, name: str) -> None:
    address = f"http://one.example/{base}{name}"
    content = client_of(REAL, base).get(address).content
    feed = feedparser.parse(content, response_headers={"content-location": address})
    titles = real.events.set_index("event_id")["title"]
    sources = set(real.sources["url"])
    assert feed.entries
    for entry in feed.entries:
        page, _, event = entry.link.partition("?event=")
        assert page == f"http://one.example/{base}events"
        assert entry.title.endswith(titles[event])
        # Its sources stay beside it.
        assert {link.href for link in entry.links if link.rel == "related"} <= sources
