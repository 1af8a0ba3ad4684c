"""Requests that no address can answer, refused in one line that says what is allowed."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from stances.routes.endpoints import ENDPOINTS
from tests.golden import Golden

ADDRESSES = [
    "/openapi.json?x=1", "/members.csv?x=1", "/acts.csv?x=1",
    "/tables/events.csv?x=1", "/snapshots/banana.csv", "/snapshots/2050-01-01.csv",
    "/snapshots/2020-07-01.xml", "/snapshots/2020-07-01.csv?actor=XYZ",
    "/snapshots/2020-07-01.csv?domain=x", "/snapshots/2020-07-01.csv?group=x",
    "/snapshots/2020-07-01.csv?colour=red", "/snapshots/2020-07-01.csv?domain=",
    "/snapshots/2020-07-01.csv?actor=,", "/snapshots/2020-07-01.csv?group=Pact,Pact",
    "/snapshots/2020-07-01.csv?domain=roads&domain=schools",
    "/snapshots/2020-07-01.csv?group=Pact&group=Pact", "/series.csv?from=2020-01-01&to=2019-01-01",
    "/series.csv?from=2019-01-01&from=2020-01-01", "/series.csv?basis=words", "/series.json?from=x",
    "/tables/secret.csv", "/geometry/moon.json", "/event.csv",
    "/events.json?from=2020-01-01&as_of=2019-01-01", "/events.json?scores=9..1",
    "/events.json?who=ZZZ", "/events.json?actor=ZZZ", "/acts.json?actor=ZZZ",
    "/events.json?recorded_since=soon", "/events.json?q=arrest&q=ban",
    "/citations/events.txt?sort=stance", "/citations/map.txt?sort=newest",
    "/events.json?sort=newest&sort=oldest", "/members.csv?group=XYZ",
    "/members.json?as_of=2050-01-01", "/members.json?actor=XYZ", "/feed/XYZ.atom",
    "/feed.atom?by=week", "/feed.atom?from=2020-01-01&to=2019-01-01", "/feed/ARC.atom?group=Pact",
    "/changes.json?since=soon", "/changes.json?since=2050-01-01", "/changes.json?kind=drift",
    "/changes.json?actor=ZZZ", "/changes.json?group=x", "/changes.json?domain=x",
    "/changes.json?to=2020-01-01", "/letter.txt?until=soon", "/letter.html?group=x",
    "/happened.json?from=2020-01-01&to=2019-01-01", "/happened.csv?only=words",
    "/happened.csv?order=oldest", "/happened.json?group=x", "/acts.json?status=maybe",
    "/acts.json?status=ended&status=in_force", "/acts.json?deadline=soon", "/acts.json?scope=moon",
    "/acts.json?aim=named,moon", "/acts.json?applied=maybe", "/acts.json?group=EU",
    "/acts.json?as_of=2050-01-01", "/acts.json?q=%0a", "/acts.json?whose=ARC",
    "/acts.json?who=ARC&actor=ARC", "/deadlines.json?kind=soon", "/deadlines.json?applied=maybe",
    "/deadlines.json?from=2026-13", "/deadlines.json?to=soon", "/deadlines.json?from=2022&to=2021",
    "/deadlines.json?status=ended", "/deadlines.json?state=all", "/deadlines.json?actor=ZZZ",
    "/levels/seas.json", "/levels/roads.csv", "/levels/roads.json?basis=x",
    "/levels/roads.json?as_of=2020-01-01", "/briefs/ARC.pdf?as_of=tomorrow",
    "/briefs/ARC.pdf?as_of=2020-04-10&since=2020-04-11", "/briefs/ARC.pdf?from=ARC",
    "/briefs/ARC.pdf?from=MOON", "/briefs/ARC.pdf?settings=roads:x", "/briefs/ARC.pdf?basis=moon",
    "/briefs/ARC.pdf?domain=roads", "/briefs/MOON.pdf", "/briefs/ACME.pdf", "/briefs/Pact.pdf",
    "/briefs/groups/MOON.pdf", "/briefs/ARC.html", "/briefs/", "/pictures/map.png?width=599",
    "/pictures/map.png?width=2401", "/pictures/map.png?width=wide",
    "/pictures/map.png?width=%D9%A1%D9%A2%D9%A0%D9%A0", "/pictures/map.png?height=599",
    "/pictures/map.png?width=800&height=1601", "/pictures/map.png?height=4:3",
    "/pictures/map.png?theme=blue", "/pictures/map.png?as_of=tomorrow",
    "/pictures/map.png?domain=moon", "/pictures/map.png?settings=roads:x",
    "/pictures/map.png?color=red", "/pictures/map.png?as_of=2020-04-10&as_of=2020-04-11",
    "/releases.json?new=x", "/releases/diff.json?old=x", "/releases/diff.json?actor=ZZZ",
    "/releases/diff.json?as_of=soon", "/releases/first.zip", "/releases/first/events.csv",
    "/series.csv?release=first", "/pictures/map.svg?known=2020-01-01", "/acts.csv?known=soon",
    "/briefs/ARC.pdf?release=first&known=2020-01-01", "/feed.atom?release=first",
    "/pictures/map.gif", "/pictures/actors/MOON.png", "/pictures/actors/ACME.png",
    "/pictures/actors/ARC.gif", "/pictures/moon.png", "/pictures/",
]  # fmt: skip
LONG = {
    "a long search": f"/events.json?q={'x' * 201}",
    "a long address": f"/snapshots/2020-07-01.csv?actor={'A' * 5000}",
}
# What one form of these refuses the other does in the same words.
ALIKE = {
    "/acts.json": "/acts.csv",
    "/changes.json": "/changes.atom",
    "/deadlines.json": "/deadlines.ics",
    "/letter.html": "/letter.txt",
}
# The last day that is allowed is the real today.
_TODAY = re.compile(r"(to|day such as) \d{4}-\d{2}-\d{2}(?:, such as \S+$)?")


def test_each_refusal_says_what_is_allowed(client_six: TestClient, golden: Golden) -> None:
    cases = {}
    for case, address in (dict(zip(ADDRESSES, ADDRESSES, strict=True)) | LONG).items():
        refused = client_six.get(address)
        problem = refused.json()
        assert problem["status"] == refused.status_code
        assert refused.headers["content-type"] == "application/problem+json", address
        if refused.status_code == 400:
            assert refused.headers["access-control-allow-origin"] == "*", address
        assert problem["detail"].isprintable(), address
        path, _, query = address.partition("?")
        if path in ALIKE:
            assert client_six.get(f"{ALIKE[path]}?{query}").json() == problem
        text = _TODAY.sub(r"\1 TODAY", problem["detail"])
        cases[case] = f"{refused.status_code} {problem.get('parameter') or 'address'}: {text}"
    golden(cases)


def test_what_events_refuse_names_all_that_they_take(client_six: TestClient) -> None:
    """Hold it by their endpoint: a filter that comes is one of them."""
    [endpoint] = [endpoint for endpoint in ENDPOINTS if endpoint.path == "/events.json"]
    refused = client_six.get("/events.json?x=1").json()
    named = ", ".join(endpoint.parameters)
    assert refused["detail"] == f"x is no parameter of this address; allowed: {named}"
    assert (refused["status"], refused["parameter"]) == (400, "x")
