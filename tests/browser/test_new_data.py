"""A running server while its files change: valid data is taken up, invalid replaces nothing."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.app import Server
from tests.browser.controls import choose, notices
from tests.browser.view import open_view, settle
from tests.folders import Folder

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Servers of its own whose files change under them.
pytestmark = pytest.mark.slow

VIEW = "?as_of=2020-04-10&domain=roads&actor=ARC"
TITLE, NEW_TITLE = "Arcadia bars Acme from its roads", "Arcadia shuts its roads to Acme"
_PATIENCE_SECONDS = 60.0

Launch = Callable[..., Server]
Health = tuple[int, dict[str, Any]]


def _answer(server: Server, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(server.url + path) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def _health(server: Server) -> Health:
    status, text = _answer(server, "healthz")
    return status, json.loads(text)


def _await_health(server: Server, result: Callable[[dict[str, Any]], bool]) -> Health:
    """The first answer that is as it should be; the server looks at its files once a second."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        status, text = _health(server)
        if result(text):
            return status, text
        time.sleep(0.1)
    raise AssertionError(f"still {text} after {_PATIENCE_SECONDS:.0f} s")


def _rerun(page: Page) -> None:
    """Do as any visitor does now and then: another domain, and back."""
    for label in ("Schools", "Roads"):
        choose(page, "domain", label)


def _spoil(folder: Folder) -> None:
    folder.edit("events", 2, score="5")
    folder.edit("events", 3, confidence="hardly")


def _cut(folder: Folder) -> None:
    events = folder.path / "events.csv"
    content = events.read_bytes()
    events.write_bytes(content[: len(content) // 2])


def test_valid_data_is_taken_up_without_a_restart(
    page: Page, launch: Launch, folder: Folder
) -> None:
    server = launch(data=folder.path)
    _, before = _health(server)
    open_view(page, server, VIEW)
    expect(page.locator(".st-key-panel")).to_contain_text(TITLE)
    folder.edit("events", 2, title=NEW_TITLE)
    status, after = _await_health(
        server, lambda text: text["dataset_version"] != before["dataset_version"]
    )
    assert (status, after["status"], after["events"]) == (200, "ok", before["events"])
    assert "warning" not in after
    assert NEW_TITLE in _answer(server, "events.json")[1]
    _rerun(page)
    page.locator(".st-key-panel", has_text=NEW_TITLE).wait_for()
    assert TITLE not in page.locator(".st-key-panel").inner_text()
    assert notices(page) == []


def test_invalid_data_replaces_nothing_and_is_told_to_everyone(
    page: Page, launch: Launch, folder: Folder
) -> None:
    server = launch(data=folder.path)
    _assert_refused(page, server, folder, _spoil, "events.csv:2 score: 5 is outside -2..2")
    _assert_refused(page, server, folder, _cut, "events.csv:")


def _assert_refused(
    page: Page, server: Server, folder: Folder, break_it: Callable[[Folder], None], text: str
) -> None:
    """Refuse data that is broken so, and tell of it until it is mended."""
    _, before = _health(server)
    rows = _answer(server, "snapshots/2020-07-01.csv")
    whole = (folder.path / "events.csv").read_bytes()
    open_view(page, server, VIEW)
    break_it(folder)
    status, health = _await_health(server, lambda answer: "warning" in answer)
    assert (status, health["status"]) == (200, "ok")
    assert health["dataset_version"] == before["dataset_version"]
    assert text in health["warning"]
    assert _answer(server, "snapshots/2020-07-01.csv") == rows
    _rerun(page)
    banner = page.locator(".notice")
    banner.wait_for()
    assert banner.inner_text().startswith("Newer data was refused; the last valid data is shown.")
    assert text in banner.inner_text()
    assert TITLE in page.locator(".st-key-panel").inner_text()
    # Who comes now is told as well, on any page, and nobody where the files lie.
    open_view(page, server, "events", has_map=False)
    assert text in banner.inner_text()
    assert str(folder.path) not in page.content() + health["warning"]
    faults = folder.faults()
    assert len(faults) >= 1
    assert [fault for fault in faults if fault not in server.text()] == []
    (folder.path / "events.csv").write_bytes(whole)
    _, mended = _await_health(server, lambda answer: "warning" not in answer)
    assert mended | {"taken": {}} == before | {"taken": {}}
    page.reload()
    settle(page)
    assert notices(page) == []


def test_data_that_breaks_before_the_first_visitor_replaces_nothing(
    launch: Launch, folder: Folder
) -> None:
    server = launch(data=folder.path)
    _spoil(folder)
    status, health = _await_health(server, lambda text: "warning" in text or "reason" in text)
    assert (status, health["status"]) == (200, "ok")


def test_a_start_on_invalid_data_shows_the_faults_until_they_are_mended(
    page: Page, launch: Launch, folder: Folder
) -> None:
    whole = (folder.path / "events.csv").read_bytes()
    _spoil(folder)
    server = launch(data=folder.path)
    status, health = _health(server)
    assert status == 503
    assert health["status"] == "no valid data"
    assert health["reason"].startswith("events.csv:2 score: 5 is outside -2..2")
    status, problem = _answer(server, "snapshots/latest.csv")
    assert status == 503
    assert "events.csv:2 score" in problem
    page.goto(server.url)
    settle(page)
    assert "The data cannot be used: two faults." in " ".join(notices(page))
    text = page.get_by_test_id("stCode").inner_text()
    assert [fault for fault in folder.faults() if fault not in text] == []
    assert str(folder.path) not in page.content() + problem + str(health)
    (folder.path / "events.csv").write_bytes(whole)
    status, health = _await_health(server, lambda answer: answer["status"] == "ok")
    assert (status, health["events"]) == (200, len(folder.rows("events")) - 1)
    open_view(page, server, VIEW)
    assert TITLE in page.locator(".st-key-panel").inner_text()
