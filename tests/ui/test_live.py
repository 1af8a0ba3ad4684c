"""The live view, as Streamlit runs it: controls follow the address, and write it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from stances.dataset.load import Dataset
from stances.links import view as links
from stances.render import page
from stances.ui import live

APP = Path(live.__file__).with_name("app.py")


class _Shown:
    """A session: what it draws, and the pieces that it sends."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pieces: dict[str, dict[str, Any]] = {}
        shown = lambda *_: lambda key, data: self.pieces.update({key: data})  # noqa: E731
        monkeypatch.setattr(live, "component", shown)
        self.app = AppTest.from_file(str(APP), default_timeout=30)

    def run(self, **query: str) -> _Shown:
        for name, text in query.items():
            self.app.query_params[name] = text
        self.pieces.clear()
        self.app.run()
        assert not self.app.exception
        return self

    @property
    def text(self) -> str:
        return "".join(html or "" for of in self.pieces.values() for *_, html in of["pieces"])

    @property
    def address(self) -> dict[str, Any]:
        return {name: self.app.query_params[name] for name in self.app.query_params}


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, six: Dataset) -> SimpleNamespace:
    held = SimpleNamespace(data=lambda: six, fault="")
    monkeypatch.setattr(links, "store", lambda: held)
    return held


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, store: SimpleNamespace) -> _Shown:
    return _Shown(monkeypatch)


def test_a_page_is_its_masthead_its_controls_and_its_pieces(shown: _Shown) -> None:
    shown.run()
    assert list(shown.pieces) == ["part-0", "part-1"]
    ids = [name for of in shown.pieces.values() for name, *_ in of["pieces"]]
    assert ids[0] == "s-top" and ids[-1] == "s-foot" and len(ids) == len(set(ids))
    assert {of["of"] for of in shown.pieces.values()} == {2}
    assert [box.label for box in shown.app.selectbox] == ["Field"]
    assert [box.label for box in shown.app.text_input] == ["Day"]


def test_a_page_in_a_frame_has_no_controls(shown: _Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    framed = SimpleNamespace(is_embedded=True, url="", theme=SimpleNamespace(type="light"))
    monkeypatch.setattr(live.st, "context", framed)
    shown.run()
    assert list(shown.pieces) == ["part-0"]
    assert not shown.app.selectbox


def test_the_drawing_of_the_map_is_not_sent(shown: _Shown) -> None:
    shown.run()
    assert 'class="stage"' in shown.text and 'class="map' not in shown.text
    [stage] = [html for name, _, html in shown.pieces["part-1"]["pieces"] if name == "s-map"]
    assert "<path" not in stage.split('class="scrub"')[0]


def test_what_did_not_change_is_not_sent_again(shown: _Shown) -> None:
    first = shown.run().pieces["part-1"]["pieces"]
    second = shown.run(as_of="2021-06-30").pieces["part-1"]["pieces"]
    for (name, digest_before, _), (_, digest, html) in zip(first, second, strict=True):
        assert (html is None) == (digest == digest_before), name
    assert {name for name, _, html in second if html is None} == {"s-key", "s-foot"}


def test_what_is_chosen_stands_in_the_address_and_what_is_usual_does_not(shown: _Shown) -> None:
    shown.run()
    usual = shown.app.selectbox[0].value
    shown.app.selectbox[0].set_value("overall").run()
    assert shown.address == {"domain": "overall"}
    shown.app.selectbox[0].set_value(usual).run()
    assert shown.address == {}


def test_a_day_is_written_as_iso_and_taken_away_when_it_is_the_newest(shown: _Shown) -> None:
    shown.run()
    newest = shown.app.text_input[0].value
    for typed in ("30 Jun 2021", "2021-06-30"):
        shown.app.text_input[0].set_value(typed).run()
        assert shown.address == {"as_of": "2021-06-30"}
        assert shown.app.text_input[0].value == "30 Jun 2021"
    for usual in (newest, ""):
        shown.run(as_of="2021-06-30")
        shown.app.text_input[0].set_value(usual).run()
        assert shown.address == {}
        assert shown.app.text_input[0].value == newest


def test_controls_are_set_by_an_address_that_they_did_not_write(shown: _Shown) -> None:
    shown.run(as_of="2021-06-30")
    assert shown.app.text_input[0].value == "30 Jun 2021"
    shown.run(as_of="2022-03-31")  # a link, back, forward
    assert shown.app.text_input[0].value == "31 Mar 2022"


def test_who_scored_is_said_as_the_page_says_it(shown: _Shown, store: SimpleNamespace) -> None:
    for scored in ("", "By two readers."):
        about = replace(store.data().about, scored=scored)
        held = replace(store.data(), about=about)
        store.data = lambda held=held: held
        shown.run()
        said = [element.proto.body for element in shown.app.get("html")]
        assert said == [f'<div class="page">{page.provenance_html(links.read(held, "", {}))}</div>']
        assert ("Machine-scored" in said[0]) == bool(scored)


def test_that_newer_data_was_refused_is_told(shown: _Shown, store: SimpleNamespace) -> None:
    assert "refused" not in shown.run().text
    store.fault = "data/events.csv:7 score: 9 is off the scale"
    assert (
        f"Newer data was refused, so this is the data before it: {store.fault}<" in shown.run().text
    )


def test_a_bad_value_is_told_and_changes_nothing_else(shown: _Shown) -> None:
    usual = shown.run().app.text_input[0].value
    shown.run(as_of="yesterday")
    assert shown.app.text_input[0].value == usual and "Day: yesterday" in shown.text
    shown.app.text_input[0].set_value("tomorrow").run()
    assert shown.address == {"as_of": "tomorrow"} and "tomorrow" in shown.text
    assert shown.app.text_input[0].value == usual


def test_a_press_on_a_dot_is_told_once(shown: _Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    pressed = {"selection": {"points": [{"customdata": ["e/EVT-1"]}]}}
    monkeypatch.setattr(live.st, "session_state", {"trends": pressed})
    live._pressed()
    assert live.st.session_state[live._GO] == "e/EVT-1"
    live.st.session_state["trends"] = {"selection": {"points": []}}
    live._pressed()
    assert live.st.session_state[live._GO] is None
