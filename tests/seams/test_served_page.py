"""The served page, and probes of what it leans on in the Streamlit that is installed."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from stances.dataset.faults import DataFaults, Fault
from stances.dataset.load import Dataset
from stances.links import view
from stances.links.pages import MAIN
from stances.routes import middleware, routes
from stances.seams import served_page

UI = Path(served_page.__file__).parents[1] / "ui"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, six: Dataset) -> SimpleNamespace:
    """A store of one dataset, as `Store` is one of a folder."""
    held = SimpleNamespace(data=lambda: six, fault="")
    monkeypatch.setattr(view, "store", lambda: held)
    return held


def client_of(base_path: str = "") -> TestClient:
    """The pages before an app that answers JSON at /file.json, and all else with Streamlit's."""
    streamlit = [
        Route("/file.json", lambda _: JSONResponse({"is": "a file"})),
        Route("/{rest:path}", lambda _: HTMLResponse(served_page.SHELL), methods=["GET", "POST"]),
    ]
    ours = routes(base_path, served_page.document)
    return TestClient(Starlette(routes=ours + streamlit, middleware=middleware(base_path)))


@pytest.fixture
def client(store: SimpleNamespace) -> TestClient:
    return client_of()


# -- what it leans on -----------------------------------------------------------------------------


def test_streamlit_loads_files_alone_and_draws_into_root() -> None:
    shell = served_page.SHELL
    assert '<div id="root"></div>' in shell
    tags = re.findall(served_page.LOADING_TAG, shell)
    scripts = [tag for tag in tags if tag.startswith("<script")]
    assert len(scripts) == len(re.findall(r"<script[^>]*\ssrc=", shell)) >= 1
    assert any('rel="stylesheet"' in tag for tag in tags)
    inline = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", shell, re.DOTALL)
    assert [text.split() for text in inline] == [["window.prerenderReady", "=", "false"]]


def test_streamlit_takes_the_folder_of_its_pages_from_the_window() -> None:
    static = served_page.Path(served_page.st.__file__).parent / "static"
    name = re.search(r'src="\./(static/js/index\.[\w-]+\.js)"', served_page.SHELL)[1]  # type: ignore[index]
    code = (static / name).read_text(encoding="utf-8")
    for leant_on in ("__streamlit", "BACKEND_BASE_URL", "popstate"):
        assert leant_on in code, leant_on


def test_streamlit_has_the_classes_that_are_named() -> None:
    files = [served_page.Path(served_page.__file__).with_name("live.css"), *UI.glob("*.js")]
    named = {name for file in files for name in re.findall(r"\bst[A-Z]\w+", file.read_text())}
    assert {"stSelectbox", "stSkeleton", "stMainBlockContainer"} <= named
    static = served_page.Path(served_page.st.__file__).parent / "static" / "static" / "js"
    code = "".join(file.read_text(encoding="utf-8") for file in static.glob("*.js"))
    assert {name for name in named if name not in code} == set()
    # A container with a key has a class of that name.
    assert "st-key-" in code


# -- what it answers ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MAIN)
def test_a_page_says_all_before_any_script(client: TestClient, path: str) -> None:
    answer = client.get(f"/{path}")
    assert answer.status_code == 200
    text = answer.text
    assert text.index("<h1") < text.index('<div id="root">')
    assert text.index("<title>") < text.index("</head>") < text.index('<div id="words">')
    framework = re.search(r'<template id="framework">(.*?)</template>', text, re.DOTALL)
    assert framework and "static/js/index." in framework[1]
    assert "static/js" not in text.replace(framework[1], ""), "nothing of Streamlit loads by itself"


def test_the_policy_allows_the_one_inline_script_and_no_other(client: TestClient) -> None:
    answer = client.get("/")
    policy = answer.headers["content-security-policy"]
    inline = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert len(inline) == 1
    digest = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
    scripts = re.search(r"script-src ([^;]*)", policy)[1]  # type: ignore[index]
    assert scripts.split() == ["'self'", f"'sha256-{digest}'", "'wasm-unsafe-eval'"]
    assert "default-src 'none'" in policy and "frame-ancestors 'self'" in policy
    assert not re.search(r"\son\w+=", re.sub(r"<script.*?</script>", "", answer.text, flags=re.S))


def test_only_a_view_for_frames_may_be_framed(client: TestClient) -> None:
    framed = client.get("/?embed=true")
    assert framed.headers["content-security-policy"].endswith("frame-ancestors *")
    assert 'aria-label="Pages"' not in framed.text


def test_who_saves_data_is_told_to_the_starter(client: TestClient) -> None:
    assert "data-saves" in client.get("/", headers={"Save-Data": "on"}).text[:100]
    answer = client.get("/")
    assert "data-saves" not in answer.text[:100] and "Save-Data" in answer.headers["vary"]


def test_a_record_stands_without_streamlit(client: TestClient, six: Dataset) -> None:
    event = six.events["event_id"].iloc[0]
    answer = client.get(f"/e/{event}")
    assert answer.status_code == 200 and "<h1" in answer.text
    assert "framework" not in answer.text and "static/js" not in answer.text
    assert '"../assets/page.js"' in answer.text and "url(../assets/" in answer.text
    assert '"./assets' not in answer.text


@pytest.mark.parametrize("path", ["/nothing", "/e/EVT-none", "/e", "/trends/more", "/a/b/c"])
def test_what_is_no_page_is_not_found(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert 'id="root"' not in answer.text and 'href="/"' in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("e/ARC-20200101-roads-ordr", "No event ARC-20200101-roads-ordr; there is: "),
        (
            "e/ARC-20200101-roads-ordr",
            '<a href="e/ARC-20200101-roads-order">ARC-20200101-roads-order</a>',
        ),
        ("a/cal-bridge-rules", '<a href="a/CAL-bridge-rule">CAL-bridge-rule</a>'),
        ("a/%3Cb%3E%26", "No rule &lt;b&gt;&amp;; there is: "),
        ("a/" + "x" * 3000, f"No rule {'x' * 59}…; there is: "),
    ],
)
def test_a_record_that_is_not_there_is_named_with_the_nearest(
    client: TestClient, path: str, line: str
) -> None:
    answer = client.get(f"/{path}")
    assert answer.status_code == 404 and line in answer.text


def test_of_many_records_the_file_that_lists_them_is_named(
    store: SimpleNamespace, real: Dataset
) -> None:
    store.data = lambda: real
    known = real.events["event_id"].iloc[0]
    said = client_of().get(f"/e/{known}x").text
    assert f"No event {known}x; events.csv lists all<" in said
    assert f'<a href="e/{known}">{known}</a>' in said


def test_what_is_no_page_of_streamlit_passes(client: TestClient) -> None:
    assert client.get("/file.json").json() == {"is": "a file"}
    assert client.head("/").status_code == 200
    assert client.post("/").status_code != 200, "only reading is answered"


@pytest.mark.usefixtures("store")
def test_a_base_path_is_before_all() -> None:
    client = client_of("some/base")
    assert "<h1" in client.get("/some/base/trends").text
    assert "some/base" in client.get("/some/base/").text, "the canonical address"
    assert 'href="/some/base/"' in client.get("/some/base/none").text


def test_bad_values_change_nothing_but_a_line(client: TestClient) -> None:
    answer = client.get("/?as_of=2099-99-99&domain=<script>alert(1)</script>")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text and "as_of" in answer.text


def test_a_page_that_is_known_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/trends").headers["etag"]
    again = client.get("/trends", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert "frame-ancestors 'self'" in again.headers["content-security-policy"]


def test_without_valid_data_a_page_lists_the_faults(store: SimpleNamespace) -> None:
    def data() -> Dataset:
        faults = [Fault("data/acts.csv", "<b> is not one of: ARC", line=3, column="actor")]
        raise DataFaults(
            [*faults, Fault("data/events.csv", "9 is off the scale", line=7, column="score")]
        )

    store.data = data
    answer = client_of().get("/trends")
    assert answer.status_code == 503 and answer.headers["retry-after"] == "60"
    assert answer.headers["content-type"].startswith("text/html")
    assert "data/events.csv:7 score: 9 is off the scale" in answer.text
    assert "data/acts.csv:3 actor: &lt;b&gt; is not" in answer.text


@pytest.mark.parametrize("path", ["", "actor", "e/ARC-20200101-roads-order"])
def test_every_page_says_that_newer_data_was_refused(store: SimpleNamespace, path: str) -> None:
    client, line = client_of(), "data/events.csv:7 score: 9 is off the scale"
    assert "refused" not in client.get(f"/{path}").text
    store.fault = f"{line}\ndata/events.csv:9 and another"
    text = client.get(f"/{path}").text
    assert text.count(f"Newer data was refused, so this is the data before it: {line}<") == 1
    store.fault = ""
    assert "refused" not in client.get(f"/{path}").text
