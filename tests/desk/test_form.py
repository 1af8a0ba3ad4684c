"""The forms of the desk, as Streamlit runs them, on a folder of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from stances.dataset.load import Store, load
from stances.dataset.write import Change
from stances.desk import candidates
from stances.links import view as links
from stances.ui import live

APP = Path(live.__file__).with_name("app.py")
EVENT = "ARC-20200410-minister-worried"
ORDER = "ARC-20200101-roads-order"
ACT = "BOR-school-permit"
TITLE = "Arcadia's minister is troubled by Acme"
NEW = {
    "Country": "ARC",
    "Date": "4 May 2020",
    "Date exact to": "day",
    "Field": "roads",
    "Kind": "speech",
    "Level": "-1",
    "Confidence": "likely",
    "Title": "Arcadia's mayor doubts Acme",
    "Summary": "The mayor doubts that Acme builds well.",
    "Speaker": "Mayor",
}
SOURCE = {
    "Address": "https://daily.example/mayor",
    "Publisher": "Arcadian Daily",
    "Published (optional)": "2020-05-05",
    "Language (two letters)": "en",
    "Read or cited": "read",
    "Kind of page": "paper",
    "Headline": "Mayor doubts Acme",
}


class Desk:
    """A session at the desk of a folder: its fields, its presses, and what it says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app = AppTest.from_file(str(APP), default_timeout=60)

    def open(self, **query: str) -> Desk:
        self.app.query_params.clear()
        for name, text in query.items():
            self.app.query_params[name] = text
        return self.run()

    def run(self) -> Desk:
        self.app.run()
        assert not self.app.exception, self.app.exception
        return self

    def field(self, label: str, place: int = 0) -> Any:
        app = self.app
        kinds = (app.text_input, app.text_area, app.selectbox, app.multiselect)
        every = [field for fields in (*kinds, app.checkbox, app.toggle) for field in fields]
        named = [field for field in every if field.label == label]
        assert named, f"no field {label}"
        return named[place]

    def fill(self, cells: dict[str, Any]) -> Desk:
        for label, cell in cells.items():
            self.field(label).set_value(cell)
        return self.run()

    def press(self, label: str) -> Desk:
        next(button for button in self.app.button if button.label == label).click()
        return self.run()

    @property
    def text(self) -> str:
        return "\n".join(
            html.proto.body for html in self.app.get("html") if ".st-" not in html.proto.body
        )

    def row(self, table: str, row_id: str) -> dict[str, str]:
        return Change(load(self.folder)).find(row_id)[1]

    def files(self) -> dict[str, bytes]:
        return {
            path.name: path.read_bytes() for path in self.folder.glob("[!.]*") if path.is_file()
        }


@pytest.fixture
def open_desk(monkeypatch: pytest.MonkeyPatch, registered: None) -> Callable[[Path], Desk]:
    def opened(folder: Path) -> Desk:
        store = Store(folder)
        monkeypatch.setattr(links, "store", lambda: store)
        # AppTest has no address but the first page's.
        here = SimpleNamespace(url_path="desk")
        monkeypatch.setattr(live.st, "navigation", lambda *_, **__: here)
        monkeypatch.setattr(live, "component", lambda *_: lambda key, data: None)
        return Desk(folder)

    return opened


@pytest.fixture
def desk(open_desk: Callable[[Path], Desk], folder: Path) -> Desk:
    return open_desk(folder)


def written_by_command(
    folder: Path, tmp_path: Path, make: Callable[[Change], object], *who: str
) -> dict[str, bytes]:
    """The files of a folder after a change without the desk."""
    change = Change(load(folder), *who)
    make(change)
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()
    } | change.after()


# -- a correction ---------------------------------------------------------------------------------


def test_a_correction_is_shown_and_then_written_as_the_command_writes_it(
    desk: Desk, tmp_path: Path
) -> None:
    expected = written_by_command(
        desk.folder, tmp_path, lambda change: change.edit(EVENT, {"title": TITLE}), "A slip"
    )
    desk.open(row=EVENT).fill({"Title": TITLE})
    assert "<del>Arcadia&#39;s minister is worried by Acme</del>" in desk.text
    desk.press("Save")
    assert "Reason is empty" in desk.text
    desk.fill({"Reason": "A slip"}).press("Save")
    assert "Saved" in desk.text
    assert desk.files() == expected
    # The form begins anew, with what was written, and pages show it.
    assert desk.field("Title").value == TITLE and desk.field("Reason").value == ""
    assert links.store().data().events["title"].eq(TITLE).any()


def test_a_corrected_level_is_a_review_of_who_is_named(desk: Desk) -> None:
    desk.open(row=ORDER).fill({"Level": "-1"})
    assert "Arcadia, roads" in desk.text and "<del>−2.00</del>" in desk.text
    desk.fill({"Reason": "A part alone"}).press("Save")
    assert "Your name is empty" in desk.text
    desk.fill({"Your name": "Anna"}).press("Save")
    codings = load(desk.folder).codings
    review = codings[codings["coder"] == "review Anna"].iloc[0]
    assert (review["event_id"], review["score"], review["why"]) == (ORDER, -1, "A part alone")


@pytest.mark.parametrize(
    ("label", "cell", "fault"),
    [
        ("Title", "", "is empty"),
        ("Title", "x" * 91, "longer than 90 characters"),
        ("Date", "1 January 2100", "is after today"),
        ("Date", "31/02/2020", "31/02/2020 is not a day"),
        ("End date (optional)", "2020-01-01", "is before the Date of the event"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    desk: Desk, label: str, cell: Any, fault: str
) -> None:
    before = desk.files()
    desk.open(row=EVENT).fill({label: cell, "Reason": "A slip"})
    beside = [line for line in desk.text.splitlines() if 'class="bad"' in line]
    assert any(fault in line for line in beside), desk.text
    assert "end_date" not in desk.text
    desk.press("Save")
    assert desk.files() == before and "Saved" not in desk.text


def test_a_row_of_every_table_has_its_form(desk: Desk) -> None:
    for row, label, cell in (
        ("arc-daily", "Headline", "Acme would be a worry"),
        (ACT, "Rule", "Permit of schools"),
        ("BOR", "Region", "South"),
        ("BOR@2021-04-01", "Text", "Boria let Acme teach in its schools until March 2021."),
    ):
        desk.open(row=row).fill({label: cell, "Reason": "A slip"}).press("Save")
        assert "Saved" in desk.text, desk.text
        assert cell in desk.row("", row).values()
    assert not desk.open(row="BOR-nowhere").app.button


def test_an_act_is_corrected_with_its_steps(desk: Desk) -> None:
    desk.open(row=ACT)
    desk.field("Date").set_value("2021-03-08")
    desk.run().fill({"Reason": "The gazette says so"}).press("Save")
    assert desk.row("acts", ACT)["deadline"] == "2021-03-08"
    desk.open(row=ACT).press("Add a date")
    desk.field("Date", 1).set_value("2022-01")
    desk.field("Kind", 1).set_value("removal")
    desk.field("Part", 1).set_value("core")
    desk.field("What falls due", 1).set_value("The books are given back")
    desk.run().press("Save")
    assert "Saved" in desk.text, desk.text
    assert desk.row("acts", ACT)["deadline_what"] == "The books are given back"


def test_a_sentence_that_holds_no_more_gets_another(desk: Desk) -> None:
    desk.open(row="BOR@2021-04-01").press("Add a sentence")
    desk.field("True on").set_value("1 Mar 2022")
    desk.field("Text", 1).set_value("Boria has let Acme plan a ring road since June 2020.")
    desk.field("Events (optional)", 1).set_value(["BOR-20200601-ring-road-plan"])
    desk.run().press("Save")
    assert "Saved" in desk.text, desk.text
    assert desk.row("profiles", "BOR@2022-03-01")["recorded"] == str(date.today())


def test_a_source_is_added_and_taken_away(desk: Desk, tmp_path: Path) -> None:
    desk.open(row=EVENT).press("Add a source").fill(SOURCE).press("Save")
    event = desk.row("events", EVENT)
    assert len(event["source_ids"].split(";")) == 2 and event["recorded"] == "2022-01-31"
    [box] = [box for box in desk.app.checkbox if "Mayor doubts" in box.label]
    box.uncheck()
    desk.run().fill({"Reason": "It is about another"}).press("Save")
    # No row may be left behind that nothing cites: the folder says what is wrong, in one line.
    assert desk.row("events", EVENT)["source_ids"].count(";") <= 1


def test_what_another_saved_is_not_put_back(desk: Desk) -> None:
    desk.open(row=EVENT).fill({"Speaker": "Minister of Bridges"})
    meanwhile = Change(load(desk.folder), "A slip")
    meanwhile.edit(EVENT, {"title": TITLE})
    meanwhile.write()
    links.store()._looked = 0
    desk.fill({"Reason": "So it is called"}).press("Save")
    event = desk.row("events", EVENT)
    assert (event["title"], event["speaker"]) == (TITLE, "Minister of Bridges")


def test_a_cell_that_two_changed_is_nobodys(desk: Desk) -> None:
    desk.open(row=EVENT).fill({"Title": "Minister is at ease", "Reason": "A slip"})
    meanwhile = Change(load(desk.folder), "A slip")
    meanwhile.edit(EVENT, {"title": TITLE})
    meanwhile.write()
    links.store()._looked = 0
    desk.run().press("Save")
    assert f"Somebody saved “{TITLE}” meanwhile".replace("'", "&#39;") in desk.text
    assert desk.row("events", EVENT)["title"] == TITLE


def test_of_two_desks_that_save_at_once_the_second_is_told(desk: Desk) -> None:
    desk.open(row=EVENT).fill({"Speaker": "Minister of Bridges", "Reason": "So it is called"})
    meanwhile = Change(load(desk.folder), "A slip")
    meanwhile.edit(EVENT, {"title": TITLE})
    meanwhile.write()
    # The other was quicker than the store looks again.
    links.store()._looked = float("inf")
    before = desk.files()
    desk.press("Save")
    assert "events.csv has changed meanwhile; nothing was written" in desk.text
    assert desk.files() == before and desk.field("Speaker").value == "Minister of Bridges"
    links.store()._looked = 0
    desk.press("Save")
    event = desk.row("events", EVENT)
    assert (event["title"], event["speaker"]) == (TITLE, "Minister of Bridges")


def test_a_full_disk_writes_nothing_and_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.files()
    desk.open(row=EVENT).fill({"Title": TITLE, "Reason": "A slip"})

    def full(path: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    desk.press("Save")
    assert "Nothing was saved. No space left on device" in desk.text
    assert desk.files() == before and desk.field("Title").value == TITLE


# -- a new event ----------------------------------------------------------------------------------


def test_a_new_event_is_written_with_its_sources_its_act_and_its_steps(
    desk: Desk, tmp_path: Path
) -> None:
    desk.open(do="new").fill({**NEW, **SOURCE, "Your name": "Anna"})
    desk.press("Add a source")
    desk.field("Address", 1).set_value("http://daily.example/acme?page=2")
    desk.run()
    assert "Known: Acme &quot;would be a worry&quot;" in desk.text
    desk.fill({"It brings a rule": True})
    desk.press("Add a date").press("Add a date")
    # Of an act, the first field of the name is the event's.
    desk.fill({"Rule": "Order of May", "What it asks": "Acme builds no bridge"})
    desk.fill(
        {
            "Adopted (optional)": "2020-05-04",
            "Covers": ["bridges"],
            "Aim": "named",
            "Kind of page": "paper",
        }
    )
    for n, day in enumerate(("2021-01", "Jan 2022")):
        # The first is the event's.
        desk.field("Date", n + 1).set_value(day)
        desk.field("Part", n).set_value("core")
        desk.field("What falls due", n).set_value("Bridges")
        desk.field("Kind", n + 1).set_value("removal")
    desk.run().press("Save")
    assert "Saved" in desk.text, desk.text
    event_id = "ARC-20200504-arcadia-s-mayor-doubts-acme"
    assert desk.app.query_params["row"] == event_id
    # The ways to what was saved.
    assert f'href="e/{event_id}"' in desk.text
    assert 'href="desk?row=ARC-order-of-may">Rule: Order of May' in desk.text
    event = desk.row("events", event_id)
    assert event["source_ids"].endswith("arc-daily") and event["score"] == "-1"
    act = desk.row("acts", "ARC-order-of-may")
    assert (act["event_id"], act["deadline"]) == (event_id, "2022-01")
    assert "Acme builds no bridge" in desk.open(row="ARC-order-of-may").field("What it asks").value


def test_no_level_is_filled_in_and_none_is_not_context(desk: Desk) -> None:
    cells = {**NEW, **SOURCE, "Your name": "Anna"}
    del cells["Level"]
    assert desk.open(do="new").field("Level").value is None
    desk.fill(cells).press("Save")
    assert "Level is not chosen" in desk.text
    desk.fill({"Level": ""}).press("Save")
    assert "Saved" in desk.text


def test_a_form_that_was_left_is_there_again_and_a_reload_knows_the_name(
    desk: Desk, open_desk: Callable[[Path], Desk]
) -> None:
    desk.open(do="new").fill({**NEW, "Your name": "Anna"})
    desk.open(do="attach").open(do="new")
    assert {label: desk.field(label).value for label in NEW} == NEW
    assert open_desk(desk.folder).open(do="new").field("Your name").value == "Anna"


def test_nothing_is_told_as_missing_before_somebody_saves(desk: Desk) -> None:
    assert 'class="bad"' not in desk.open(do="new").text
    assert desk.fill({"Title": "A title"}).text.count('class="bad"') == 0
    assert "Summary is empty" in desk.press("Save").text


def test_a_source_goes_to_the_event_that_it_doubles(desk: Desk) -> None:
    cells = {**NEW, "Title": "Arcadia's minister is worried by Acme", **SOURCE}
    cells["Date"] = "2020-04-11"
    desk.open(do="new").fill(cells)
    assert "May be known already" in desk.text
    desk.press("Attach")
    assert desk.app.query_params["row"] == EVENT
    assert desk.row("events", EVENT)["source_ids"].count(";") == 1


# -- a text, a candidate --------------------------------------------------------------------------


TEXT = """Published: 2020-04-11
Publisher: Arcadian Times
Language: en
Minister worried by Acme
In a speech the minister of roads said that Acme, left alone, would be a worry."""


def test_a_text_is_attached_by_one_press(desk: Desk, tmp_path: Path) -> None:
    desk.open(do="attach").fill({"Address or text": TEXT}).press("Read")
    assert desk.field("Headline").value == "Minister worried by Acme"
    first = desk.text[desk.text.index("Most alike") :]
    assert EVENT in first.split("</a>")[0]
    desk.fill({"Kind of page": "paper"}).press("Attach")
    assert "Nothing was saved. Address is empty" in desk.text
    desk.fill({"Address": "https://times.example/worried"}).press("Attach")
    assert "Saved" in desk.text and desk.app.query_params["row"] == EVENT
    event = desk.row("events", EVENT)
    assert event["source_ids"].startswith("arc-daily;") and event["recorded"] == "2022-01-31"


def test_a_known_page_is_not_asked_for_again_and_given_to_no_event_twice(desk: Desk) -> None:
    known = desk.row("sources", "arc-daily")
    desk.open(do="attach").fill({"Address or text": f"{known['url']}#top"}).press("Read")
    assert "Known: Acme &quot;would be a worry&quot;" in desk.text
    presses = [button for button in desk.app.button if button.key.startswith("attach-")]
    cited = {button.key.removeprefix("attach-"): button.disabled for button in presses}
    assert cited[EVENT] and not cited["BOR-20200201-school-permit"]


def test_a_text_about_nothing_known_begins_an_event(desk: Desk) -> None:
    text = f"url: https://times.example/new\n{TEXT}"
    desk.open(do="attach").fill({"Address or text": text}).press("Read").press("New event")
    assert desk.field("Address").value == "https://times.example/new"
    assert desk.field("Publisher").value == "Arcadian Times"


def test_what_cannot_be_read_is_said_in_one_line(desk: Desk) -> None:
    desk.open(do="attach").fill({"Address or text": "http://127.0.0.1/x"}).press("Read")
    assert "cannot be read" in desk.text and "Most alike" not in desk.text


@pytest.fixture
def waiting(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "candidates"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    line = {
        "actor": "ARC", "date": "2020-05-04", "date_precision": "day", "domain": "roads",
        "instrument": "speech", "title": "Mayor doubts", "summary": "He doubts.", "score": -2,
        "speaker": "Mayor", "sources": [{"url": "https://daily.example/m", "publisher": "Daily"}],
        "text": "a.txt", "quote": "would be a worry",
    }  # fmt: skip
    lines = [line, line | {"title": "Another"}, line | {"quote": "was never said"}]
    text = "\n".join(map(json.dumps, lines))
    (folder / "one.jsonl").write_text(text, encoding="utf-8")
    monkeypatch.setattr(candidates, "chosen_folder", folder)
    return folder


def test_a_candidate_is_taken_or_dropped_and_waits_no_more(desk: Desk, waiting: Path) -> None:
    (first, second), _ = candidates.read_candidates()
    desk.open(do="new", row=first)
    assert "“would be a worry”" in desk.text
    assert desk.field("Title").value == "Mayor doubts" and desk.field("Level").value is None
    more = {
        label: SOURCE[label]
        for label in ("Language (two letters)", "Read or cited", "Headline", "Kind of page")
    }
    desk.fill({**more, "Level": "-1", "Confidence": "likely", "Your name": "Anna"}).press("Save")
    assert "Saved" in desk.text, desk.text
    assert [*candidates.read_candidates()[0]] == [second]
    desk.open(do="new", row=second).press("Drop candidate")
    assert candidates.read_candidates()[0] == {}
    assert "waits no more" in desk.open(do="new", row=second).text


# -- what needs a person -----------------------------------------------------------------------


def test_the_rows_of_a_list_lead_to_their_forms_beside_the_count_of_all_lists(desk: Desk) -> None:
    desk.open(list="single")
    assert f'href="desk?row={ORDER}"' in desk.text
    assert "Date passed, nothing since" in desk.text and '<td class="num">3</td>' in desk.text
    assert f'href="desk?row={ORDER}&amp;do=settle"' in desk.open(list="scores").text


def test_looked_and_nothing_new_is_one_press(desk: Desk) -> None:
    desk.open(list="coverage").press("Looked, nothing new")
    assert "Your name is empty" in desk.text
    desk.fill({"Your name": "Anna"}).press("Looked, nothing new")
    [row] = load(desk.folder).coverage.to_dict("records")
    assert (row["actor"], row["by"], row["looked_to"].date()) == ("ARC", "Anna", date.today())
