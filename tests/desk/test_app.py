"""The desk as a server: who is answered, what is refused, and what readers have nothing of."""

from __future__ import annotations

import asyncio
import http.client
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import websockets

from stances import routes
from stances.seams import served_page
from tests.conftest import ROOT, SIX
from tests.desk.conftest import served


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a desk on the six events."""
    yield from served(SIX, tmp_path_factory.mktemp("desk"))


def status(port: int, method: str, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    response.read()
    return response.status, response.getheader("Content-Security-Policy") or ""


def refusal(port: int, origin: str | None, **headers: str) -> str:
    """What a socket is refused with; empty: it opens."""

    async def opened() -> None:
        address = f"ws://127.0.0.1:{port}/_stcore/stream"
        more = {"additional_headers": headers, "subprotocols": ["streamlit"]}
        async with websockets.connect(address, origin=origin, **more):  # type: ignore[arg-type]
            pass

    try:
        asyncio.run(opened())
    except websockets.InvalidStatus as refused:
        return str(refused.response.status_code)
    return ""


def test_readers_have_neither_the_desk_nor_what_writes() -> None:
    code = """
import sys, dashboard, stances.ui.live
from stances.links.pages import PAGES
print([name for name in sys.modules if name.startswith(("stances.desk", "stances.dataset.write"))])
print("desk" in PAGES)
"""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-2:] == ["[]", "False"]


def test_a_form_outlives_the_sleep_of_a_laptop() -> None:
    code = """
import streamlit as st
import stances.desk.app as desk
print(desk.app._create_runtime()._session_mgr._session_storage._cache.ttl)
"""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout.splitlines()[-1]) >= 4 * 3600


@pytest.mark.usefixtures("registered")
def test_no_route_takes_anything_but_questions() -> None:
    ours = routes.routes("", served_page.document)
    assert "/desk" in {route.path for route in ours}
    assert all((route.methods or set()) <= {"GET", "HEAD"} for route in ours)


def test_the_desk_answers_questions_to_its_own_names_and_in_no_frame(port: int) -> None:
    answer, policy = status(port, "GET", "/desk")
    assert answer == 200 and policy.endswith("frame-ancestors 'none'")
    assert status(port, "GET", "/desk", Host="stances.example")[0] == 400
    # As behind a proxy, which is on this machine too.
    assert status(port, "GET", "/desk", **{"X-Forwarded-For": "203.0.113.9"})[0] == 403
    # Streamlit has some that take files, and two by which a program drives a page.
    for path in ("/desk", "/_stcore/upload_file/a/b", "/_stcore/agent/interact"):
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            assert status(port, method, path)[0] == 405


def test_only_its_own_page_opens_the_socket_that_writes(port: int) -> None:
    own = f"http://127.0.0.1:{port}"
    assert refusal(port, own) == ""
    foreign = [
        "https://stances.example",
        f"http://127.0.0.1:{port + 1}",
        "http://127.0.0.1",
        "null",
    ]
    assert [refusal(port, origin) for origin in [*foreign, None]] == ["403"] * 5
    assert refusal(port, "http://stances.example", Host="stances.example") == "400"
    assert refusal(port, own, **{"X-Forwarded-For": "203.0.113.9"}) == "403"


def test_it_listens_nowhere_but_here(port: int) -> None:
    tables = [Path(f"/proc/net/{name}") for name in ("tcp", "tcp6")]
    if not tables[0].exists():
        pytest.skip("no list of sockets")
    listening = [
        line.split()[1]
        for table in tables
        for line in table.read_text().splitlines()[1:]
        if line.split()[3] == "0A"
    ]
    places = {place.split(":")[0] for place in listening if int(place.split(":")[1], 16) == port}
    assert places == {"0100007F"}
