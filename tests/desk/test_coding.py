"""Code and Settle, as Streamlit runs them, on a folder of their own."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from stances.dataset.load import Dataset, Store, load
from stances.desk import coding, packets
from stances.links import view as links
from stances.links.view import View
from stances.ui import live

APP = Path(live.__file__).with_name("app.py")
ORDER = "ARC-20200101-roads-order"
WORRY = "ARC-20200410-minister-worried"

pytestmark = pytest.mark.usefixtures("registered")


class Desk:
    """A session at the desk of a folder."""

    def __init__(self, folder: Path, task: str) -> None:
        self.folder = folder
        self.app = AppTest.from_file(str(APP), default_timeout=60)
        self.app.query_params["do"] = task
        self.app.run()
        self.field("Your name").set_value("Ada").run()
        assert not self.app.exception

    def field(self, label: str) -> Any:
        return next(field for field in self.app.text_input if field.label.startswith(label))

    def save(self, score: str, why: str = "") -> None:
        self.field("Score").set_value(score)
        self.field("Reason").set_value(why)
        self.press.click().run()
        assert not self.app.exception

    @property
    def press(self) -> Any:
        return next((b for b in self.app.button if b.label == "Save and next"), None)

    @property
    def said(self) -> str:
        return " ".join(html.proto.body for html in self.app.get("html"))

    def rows(self, table: str, **cells: str) -> list[dict[str, str]]:
        with (self.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = [*csv.DictReader(file)]
        return [row for row in rows if cells.items() <= row.items()]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """A folder that the desk is at, whose events were looked at long enough when drawn."""
    store = Store(folder)
    monkeypatch.setattr(links, "store", lambda: store)
    # AppTest has no address but the first page's.
    page = SimpleNamespace(url_path="desk")
    monkeypatch.setattr(live.st, "navigation", lambda *_, **__: page)
    monkeypatch.setattr(live, "component", lambda *_: lambda key, data: None)
    monkeypatch.setattr(coding, "LEAST_SECONDS", 0)
    return folder


def view_of(data: Dataset) -> View:
    return links.read(data, "desk", {"do": ["code"]})


class _Parts(HTMLParser):
    """The words of a piece of markup, those of its attributes too, and its addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: set[str] = set()
        self.links: set[str] = set()
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.words.update(data.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "href":
                self.links.add(value or "")
            else:
                self.words.update((value or "").split())


@pytest.mark.parametrize("seen", ["all", "sources"])
def test_the_html_of_a_coder_holds_no_score_coder_or_level(real: Dataset, seen: str) -> None:
    view = view_of(real)
    book = real.codebook
    names = [*book.scale.labels.values(), *book.model.tolerance, "lv", "chip", "A", "B", "review"]
    for event_id in packets.packet(view.tracker, "front", 40, "1")["event_id"]:
        parts = _Parts(coding.case_html(view, event_id, seen))
        shown = packets.case(view.tracker, event_id, seen)
        sources = shown["sources"]
        # The event and its sources may have any words, and nothing leads to what shows a level.
        own = [*shown["facts"].values(), *sources["title"], *sources["publisher"]]
        own += [shown.get("title", ""), shown.get("summary", "")]
        assert not (parts.words - {*" ".join(own).split()}) & {*names}, event_id
        assert parts.links <= {*sources["url"], *sources["archived"]}, event_id


@pytest.mark.parametrize("seen", ["all", "sources"])
def test_nothing_that_a_coder_sees_hangs_on_how_an_event_was_coded(six: Dataset, seen: str) -> None:
    is_order = six.events["event_id"] == ORDER
    score = six.events["score"].mask(is_order, 2)
    confidence = six.events["confidence"].mask(is_order, "doubtful")
    landmark = six.events["landmark"] ^ is_order
    events = six.events.assign(score=score, confidence=confidence, landmark=landmark)
    other = view_of(replace(six, events=events, codings=six.codings.head(0)))
    view = view_of(six)
    assert coding.case_html(other, ORDER, seen) == coding.case_html(view, ORDER, seen)
    assert packets.rulings(other.tracker, ORDER) == packets.rulings(view.tracker, ORDER)


def test_a_person_codes_and_the_next_event_comes(here: Path) -> None:
    desk = Desk(here, "code")
    first, second = packets.packet(view_of(load(here)).tracker, "front", 2, "1")["event_id"]
    desk.save("−1", "words alone")
    [coded] = desk.rows("codings", coder="Ada")
    assert (coded["event_id"], coded["score"], coded["why"]) == (first, "-1", "words alone")
    assert coded["seen"] == "all" and coded["recorded"] and coded["codebook"]
    assert desk.rows("coders", coder="Ada") == [{"coder": "Ada", "kind": "human", "about": ""}]
    assert desk.field("Score").value == desk.field("Reason").value == ""
    # A person's score moves no figure.
    assert desk.rows("events", event_id=first)[0]["recorded"] < str(date.today())
    desk.save("none")
    assert [row["event_id"] for row in desk.rows("codings", coder="Ada", score="")] == [second]
    assert len(desk.rows("coders")) == 5


def test_the_sources_alone_are_noted_as_seen(here: Path) -> None:
    desk = Desk(here, "code")
    for _ in range(6):
        desk.save("0")
    seen = [row["seen"] for row in desk.rows("codings", coder="Ada")]
    assert sorted(seen) == ["all"] * 5 + ["sources"]
    assert "Nothing is left" in desk.said and not desk.press


def test_what_is_no_score_stays_and_nothing_is_written(here: Path) -> None:
    desk = Desk(here, "code")
    before = (here / "codings.csv").read_bytes()
    desk.save("7", "a long reason")
    assert "7 is no score: -2 to 2, or none" in desk.said
    assert desk.field("Reason").value == "a long reason"
    assert (here / "codings.csv").read_bytes() == before


def test_a_second_press_gives_no_score_to_what_was_not_seen(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(here, "code")
    desk.save("1")
    monkeypatch.setattr(coding, "LEAST_SECONDS", 60)
    desk.save("1")
    assert len(desk.rows("codings", coder="Ada")) == 1
    assert "only just come up" in desk.said


@pytest.mark.parametrize("name", ["B", "first", "review"])
def test_the_name_of_a_machine_codes_nothing(here: Path, name: str) -> None:
    desk = Desk(here, "code")
    desk.field("Your name").set_value(name).run()
    assert f"{name} is no person in the table of codings" in desk.said
    assert not desk.press


def test_a_third_settles_with_a_reason_and_sees_no_name(here: Path) -> None:
    desk = Desk(here, "settle")
    assert "words of a guest" in desk.said and "No reason given" in desk.said
    assert "Coder" not in desk.said
    desk.save("-1")
    assert "A reason is needed" in desk.said and not desk.rows("codings", coder="review Ada")
    # The score stays what it was: figures do not move.
    desk.save("-1", "he spoke for the ministry")
    [review] = desk.rows("codings", coder="review Ada")
    assert (review["event_id"], review["score"]) == (WORRY, "-1")
    # Another score is a correction, with its reason in the changelog.
    assert "an order on roads alone" in desk.said
    desk.save("-1", "roads alone are no ban")
    assert desk.rows("events", event_id=ORDER)[0]["score"] == "-1"
    assert len(desk.rows("codings", coder="review Ada")) == 2
    assert "roads alone are no ban" in (here / "CHANGELOG.md").read_text()
    assert "Nothing is left" in desk.said
