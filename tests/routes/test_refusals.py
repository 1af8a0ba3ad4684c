"""What files refuse, in one list: status, the parameter at fault, and the line."""

from __future__ import annotations

from collections.abc import Callable

from starlette.testclient import TestClient

REFUSED = """
/acts.csv?as_of=2020-02-30
/acts.csv?as_of=1999-01-01
/acts.csv?domain=raods
/acts.csv?domain=overall
/acts.csv?status=forced
/acts.csv?applied=maybe
/acts.csv?deadline=soon
/acts.csv?scope=everything
/acts.csv?aim=high
/acts.csv?actor=Boria
/acts.csv?actor=ARC,XYZ
/acts.csv?group=Pakt
/acts.csv?group=Pact%2B
/acts.csv?sort=date
/acts.csv?domian=roads
/acts.csv?domain=roads&domain=schools
/acts.csv?release=2020-01-01-00000000
/events.csv?level=-3
/events.csv?level=2..1
/events.csv?instrument=letter
/events.csv?confidence=certain
/events.csv?counted=perhaps
/events.csv?from=2021-01-01&to=2020-01-01
/events.csv?from=yesterday
/members.csv?basis=words
/members.csv?q=road
/snapshots/latest.csv?as_of=2020-01-01
/snapshots/yesterday.csv
/snapshots/2035-01-01.json
/snapshots/latest.pdf
/series.xlsx
/act.csv
/letter.zip
/tables/event.csv
/tables/codebook.tml
/levels/raods.json
/levels/roads.json?as_of=2020-01-01
/feed.atom?q=road
/deadlines.ics?domain=raods
/releases/2020-01-01-00000000.zip
/pictures/mop.svg
/pictures/map.pdf
/pictures/map.svg?actor=ARC
/pictures/trends.png?actor=ACME
/assets/page.mjs
"""


def test_all_refusals(client: TestClient, golden: Callable[[str, str], None]) -> None:
    lines = []
    for address in REFUSED.split():
        answer = client.get(address)
        assert answer.headers["content-type"] == "application/problem+json", address
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["access-control-allow-origin"] == "*"
        told = answer.json()
        assert told["status"] == answer.status_code
        lines += [
            address,
            f"  {told['status']} {told.get('parameter', '-')}",
            f"  {told['detail']}",
        ]
    golden("refusals.txt", "\n".join([*lines, ""]))


def test_a_refusal_is_one_short_line_whatever_was_asked(client: TestClient) -> None:
    for text in ("%00", "%0a" * 40 + "x", "<script>", "x" * 3000, "%F0%9F%98%80", "%ff"):
        for address in (f"/acts.csv?actor={text}", f"/acts.csv?{text}=1", f"/tables/{text}.csv"):
            answer = client.get(address)
            assert answer.status_code in (400, 404), address
            detail = answer.json()["detail"]
            assert len(detail) < 900
            assert detail.isprintable()
