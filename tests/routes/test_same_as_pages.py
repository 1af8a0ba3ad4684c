"""What the routes tell of a view is what its page shows."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from stances import words
from tests.ui.pages import headline, opened


@pytest.mark.parametrize(
    "query",
    [
        {"who": "EU"},
        {"who": "EU", "from": "2021-02-01"},
        {"who": "EU", "as_of": "2013-06-30"},
        {"who": "EU,GBR", "from": "2021-02-01", "counted": "context"},
        {"who": "USA", "from": "2021-02-01", "domain": "networks", "counted": "counted"},
    ],
)
def test_as_many_events_as_on_the_page(client: TestClient, query: dict[str, str]) -> None:
    app = opened("events", **{"from_" if name == "from" else name: query[name] for name in query})
    found = client.get(f"/events.json?{urlencode(query)}").json()["count"]
    assert found > 0
    assert words.plural(found, "event") in headline(app).lower()
