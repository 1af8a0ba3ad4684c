"""The ledger of two days over HTTP: the same as on the page, and as in the file."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from urllib.parse import urlencode

import feedparser
import pytest
from starlette.testclient import TestClient

from stances import Dataset, words
from stances.answers.ledger import LEDGER_COLUMNS, Span, ledger
from stances.answers.tracker import Tracker
from tests.cases import GROUP, ONE
from tests.golden import Golden
from tests.ui.pages import headline, markup, numbers, open_page, plain, table_of

QUERIES = [
    {},
    {"to": "2020-07-01"},
    {"from": "2019-07-01", "to": "2020-07-01", "domain": "networks"},
    {"from": "2019-07-01", "to": "2020-07-01", "group": GROUP},
    {"from": "2019-07-01", "to": "2020-07-01", "group": GROUP, "only": "acts", "order": "effect"},
    {"from": "2019-07-01", "to": "2020-07-01", "basis": "acts"},
    {"from": "2019-07-01", "to": "2020-07-01", "actor": ONE},
]
# The names that these have on the page.
ON_PAGE = {"from": "then", "to": "as_of", "group": "among", "actor": "among", "order": "ledger"}


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_page_route_and_file_agree(client: TestClient, query: dict[str, str]) -> None:
    filters = f"?{urlencode(query)}" if query else ""
    text = client.get(f"/happened.json{filters}").json()
    content = client.get(f"/happened.csv{filters}").content.decode()
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert [row["event_id"] for row in rows] == [row["event_id"] for row in text["deeds"]]
    assert [row["sentence"] for row in rows] == [row["sentence"] for row in text["deeds"]]
    assert text["count"] == len(rows)
    app = open_page("compare", **{ON_PAGE.get(name, name): query[name] for name in query})
    assert text["headline"] == headline(app)
    below = re.findall(r'<p class="further">(.*?)</p>', markup(app))
    assert text["summary"] == " ".join(map(plain, below))
    table = table_of(app, "What was done")
    assert table[words.WHO].tolist() == [move["name"] for move in text["moves"]]
    for column, name in (
        ("Then", "then"),
        ("By acts and statements", "done"),
        ("By ageing", "time"),
    ):
        for shown, move in zip(numbers(table[column]), text["moves"], strict=True):
            assert (shown != shown) == (move[name] is None)
            assert move[name] is None or shown == pytest.approx(move[name], abs=0.00501)


def test_the_six_events_are_told_as_on_paper(client_six: TestClient, tracker_six: Tracker) -> None:
    text = client_six.get("/happened.json?from=2019-12-31&to=2020-12-31&domain=roads").json()
    actions = ledger(tracker_six, Span(date(2019, 12, 31), date(2020, 12, 31), "roads"))
    assert [row["event_id"] for row in text["deeds"]] == [action.event_id for action in actions]
    assert tuple(text["deeds"][0]) == LEDGER_COLUMNS
    ends = [(row["stance_before"], row["stance_after"]) for row in text["deeds"]]
    assert ends == [(-2.0, 0.0), (None, 2.0), (-2.0, -2.0), (None, -2.0)]
    assert [row["kind"] for row in text["deeds"]] == ["act", "statement", "statement", "act"]
    assert {move["actor"]: move["position"] for move in text["moves"]} == {
        "ARC": "gained",
        "BOR": "gained",
        "CAL": "none",
    }


def test_actors_can_be_chosen(client_six: TestClient) -> None:
    query = "from=2019-12-31&to=2020-12-31"
    text = client_six.get(f"/happened.json?{query}&actor=BOR").json()
    assert ({row["actor"] for row in text["deeds"]}, text["count"]) == ({"BOR"}, 3)
    assert [move["actor"] for move in text["moves"]] == text["actors"] == ["BOR"]
    assert text["headline"].startswith("Kingdom of Boria took one binding step in the year")
    both = client_six.get(f"/happened.json?{query}&actor=BOR,ARC&actor=BOR").json()
    assert (both["actors"], both["count"]) == (["BOR", "ARC"], 6)
    assert client_six.get(f"/happened.json?{query}").json()["actors"] == []
    refused = client_six.get(f"/happened.csv?{query}&actor=Pact")
    assert (refused.status_code, "actor: Pact is not one of" in refused.text) == (404, True)


@pytest.mark.parametrize(("first", "count"), [("2020-05-10", 1), ("2020-05-11", 0)])
def test_the_day_from_which_is_asked_is_before_all_that_is_told(
    client_six: TestClient, first: str, count: int
) -> None:
    text = client_six.get(f"/happened.json?from={first}&to=2020-05-11").json()
    assert text["count"] == count
    described = client_six.get("/openapi.json").json()["paths"]["/happened.json"]["parameters"]
    [own] = [each for each in described if each["name"] == "from"]
    assert own["description"].startswith("The day after which deeds are told")


def test_words_can_be_left_out(client_six: TestClient) -> None:
    query = "from=2019-12-31&to=2020-12-31&basis=acts"
    text = client_six.get(f"/happened.json?{query}").json()
    assert (text["basis"], {row["kind"] for row in text["deeds"]}) == ("acts", {"act"})
    # Nothing is left in force, and words are no position then.
    assert text["deeds"][0]["label_after"] == "No current position"
    name = client_six.get(f"/happened.csv?{query}").headers["content-disposition"]
    assert name.endswith('_2019-12-31_2020-12-31_acts.csv"')
    assert client_six.get("/happened.json?from=2019-12-31").json()["basis"] == "all"


def test_without_days_it_is_the_last_year(
    client: TestClient, real: Dataset, tracker: Tracker
) -> None:
    text = client.get("/happened.json").json()
    assert text["to"] == str(real.opening_day)
    assert text["from"] == str(tracker.year_before(real.opening_day))
    past = client.get("/happened.json?to=2020-07-01").json()
    assert (past["from"], past["group"], past["domain"]) == ("2019-07-01", None, "overall")


def test_the_file_says_what_is_in_it(client_six: TestClient) -> None:
    result = client_six.get("/happened.csv?from=2019-12-31&to=2020-12-31&only=acts")
    name = "acme-stances_happened_2019-12-31_2020-12-31_only-acts.csv"
    assert result.headers["content-disposition"] == f'attachment; filename="{name}"'


# -- by day of entry ---------------------------------------------------------------------------


def events_of(client: TestClient, address: str) -> list[str]:
    """The ids of the events of a feed, in its order."""
    feed = feedparser.parse(client.get(address).content)
    return [entry.link.partition("?event=")[2] for entry in feed.entries]


REPEAL = "ARC-20201027-order-repealed"


# The repeal came in last, on 15 March 2022; all others on 31 January.
FEEDS = [
    "", "?by=recorded", "?by=date", "?from=2022-02-01", "?by=date&from=2020-05-11&to=2020-06-01",
    "?by=date&to=2020-06-01&domain=schools",
    # Boria came on 1 March 2020 and Arcadia left on 1 July, whenever that was entered.
    "?group=Pact&from=2022-01-01&domain=schools", "?group=Pact&from=2022-02-01",
]  # fmt: skip


def test_a_feed_can_be_narrowed(client_six: TestClient, golden: Golden) -> None:
    addresses = [f"/feed.atom{query}" for query in FEEDS]
    addresses += [f"/feed/{actor}.atom?from=2022-02-01" for actor in ("ARC", "BOR")]
    golden({address: ", ".join(events_of(client_six, address)) for address in addresses})


def test_a_feed_that_is_narrowed_is_another_one(client: TestClient) -> None:
    whole, narrowed = (
        feedparser.parse(client.get(f"/feed/{ONE}.atom{query}").content).feed
        for query in ("", "?domain=networks&by=date")
    )
    assert whole.id != narrowed.id
    assert [link.href for link in narrowed.links if link.rel == "self"] == [
        f"http://testserver/feed/{ONE}.atom?domain=networks&by=date"
    ]


def test_what_came_in_since_a_day_is_found(client_six: TestClient) -> None:
    result = client_six.get("/events.json?recorded_since=2022-03-15").json()["events"]
    assert [event["event_id"] for event in result] == [REPEAL]
    assert client_six.get("/events.json?recorded_since=2022-01-31").json()["count"] == 6
    assert client_six.get("/events.json?recorded_since=2022-03-16").json()["count"] == 0
