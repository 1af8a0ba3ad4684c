"""The public face: what a notebook or a script asks of the package."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

import stances
from stances.answers.practice import outline_words
from stances.dataset.codebook import NO_POSITION, NOT_COVERED
from stances.dataset.schema import TABLE_NAMES
from stances.figures.map import VIEWS
from stances.figures.theme import OLD_LABEL, theme
from tests.folders import SIX, TODAY, Folder
from tests.golden import Golden

DAY = "2020-07-01"


@pytest.fixture(scope="module")
def data() -> stances.Stances:
    return stances.load(SIX, today=TODAY)


@pytest.fixture(scope="module")
def europe() -> stances.Stances:
    """The product's own data, of which the countries are on the map."""
    return stances.load()


def test_it_has_the_tables_by_name(data: stances.Stances) -> None:
    assert isinstance(data.dataset, stances.Dataset)
    more = {
        "events": ["binding", "first_recorded"],
        "actors": ["iso_alpha_2", "iso_numeric", "un_m49"],
    }
    for name in set(TABLE_NAMES) - {"acts", "deadlines"}:
        table, own = getattr(data, name), getattr(data.dataset, name)
        assert table[list(own)].equals(own)
        assert list(table)[len(own.columns) :] == more.get(name, [])
    assert (data.version, data.today) == (data.dataset.version, TODAY)


def test_its_repr_is_one_line(data: stances.Stances) -> None:
    assert repr(data) == (
        f"<Stances on Acme, version {data.version}: six events, newest 2020-10-27>"
    )


def test_events_say_whether_they_bind(data: stances.Stances) -> None:
    acts = set(data.model.acts("ARC", "roads")["event_id"])
    assert acts
    events = data.events[data.events["actor"] == "ARC"]
    assert set(events.loc[events["binding"], "event_id"]) == acts


def test_countries_have_the_codes_of_others(europe: stances.Stances) -> None:
    codes = europe.actors.set_index("actor")[["iso_alpha_2", "iso_numeric", "un_m49"]]
    assert codes.loc["POL"].tolist() == ["PL", "616", "616"]
    assert codes.loc["EU-COM"].tolist() == ["", "", ""]
    with_code = codes[codes["iso_alpha_2"] != ""]
    assert not with_code["iso_numeric"].duplicated().any()
    assert with_code["iso_numeric"].str.fullmatch("[0-9]{3}").all()


def test_a_history_tells_of_every_day_what_its_snapshot_does(data: stances.Stances) -> None:
    cells = [("ARC", "roads"), ("BOR", "schools"), ("BOR", "overall"), ("CAL", "roads")]
    spans = {cell: data.history(*cell) for cell in cells}
    for own in spans.values():
        assert own["until"].iloc[:-1].tolist() == own["date"].iloc[1:].tolist()
    begins = {day for own in spans.values() for day in own["date"]}
    assert pd.Timestamp("2020-01-01") in begins
    same = ["label", "act_event_id", "act_id"]
    for day in begins | {day - pd.Timedelta(days=1) for day in begins} | {pd.Timestamp(TODAY)}:
        rows = data.snapshot(day).set_index(["actor", "domain"])[same]
        for cell, own in spans.items():
            records = own.loc[own["date"] <= day, same].to_numpy().tolist()
            assert [[NO_POSITION, "", ""], *records][-1] == rows.loc[cell].tolist(), (cell, day)


def test_what_is_done_to_a_table_changes_no_figure(data: stances.Stances) -> None:
    mine = stances.load(SIX, today=TODAY)
    for own in (mine.events, mine.dataset.events, mine.model.events):
        own["score"] = 0
    # Below pandas, which copies what is written to, as a cell of the array itself.
    mine.events["score"].array[0] = 3
    mine.dataset.acts["deadline"] = ""
    for ask in (
        lambda one: one.events,
        lambda one: one.position(DAY),
        lambda one: one.panel(),
        lambda one: one.explain("ARC", "roads", DAY),
        lambda one: one.acts(DAY),
    ):
        assert ask(mine).equals(ask(data))


class Markup(HTMLParser):
    """The tags and the texts of a piece of HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_a_notebook_shows_title_version_counts_and_newest_event(data: stances.Stances) -> None:
    parser = Markup(data._repr_html_())
    assert parser.texts[:2] == [
        "Stances on Acme",
        f"Version {data.version}; 6 events scored, 2020-01-01 to 2020-10-27",
    ]
    assert (
        parser.texts[-1]
        == "Newest event: 27 October 2020, Republic of Arcadia: Arcadia repeals its order"
    )
    assert dict(zip(parser.texts[4:-1:2], parser.texts[5:-1:2], strict=True)) == {
        name: str(len(getattr(data.dataset, name))) for name in TABLE_NAMES
    }


def test_a_notebook_shows_texts_of_the_data_as_texts(folder: Folder) -> None:
    evil = "<img src=x onerror=alert(1)>"
    folder.replace("about.toml", 'title = "', f'title = "{evil}')
    [last] = [n for n, row in enumerate(folder.rows("events"), 1) if "repealed" in row["event_id"]]
    folder.edit("events", last, title=evil)
    shown = stances.load(folder.path, today=TODAY)._repr_html_()
    assert "img" not in Markup(shown).tags
    assert "".join(Markup(shown).texts).count(evil) == 2


def test_a_folder_without_events_is_shown_as_such(folder: Folder) -> None:
    for table in ("events", "sources", "acts", "deadlines", "profiles", "codings"):
        folder.keep(table, 1)
    empty = stances.load(folder.path, today=TODAY)
    assert repr(empty).endswith(": no events>")
    assert "no events" in empty._repr_html_()
    assert "Newest" not in empty._repr_html_()


def test_the_members_of_a_group_on_a_day(data: stances.Stances) -> None:
    result = data.members("Pact", "2020-06-30")
    assert result.to_dict("list") == {
        "actor": ["CAL", "BOR", "ARC"],
        "name": ["Caldon", "Kingdom of Boria", "Republic of Arcadia"],
        "joined": [pd.Timestamp(day) for day in ("2019-01-01", "2020-03-01", "2019-01-01")],
    }
    # The day of leaving is not one of them.
    assert data.members("Pact", date(2020, 7, 1))["actor"].tolist() == ["CAL", "BOR"]
    assert data.members("Pact").equals(data.members("Pact", TODAY))


def test_a_member_that_came_back_has_the_day_on_which_it_did(folder: Folder) -> None:
    folder.add("memberships", 2, joined="2021-01-01", left="")
    back = stances.load(folder.path, today=TODAY)
    joined = back.members("Pact", "2021-06-01").set_index("actor")["joined"]
    assert joined["ARC"] == pd.Timestamp("2021-01-01")
    before = back.members("Pact", "2020-06-01").set_index("actor")["joined"]
    assert before["ARC"] == pd.Timestamp("2019-01-01")


def test_what_the_stances_of_a_group_come_to(data: stances.Stances) -> None:
    months = data.group("Pact", "roads").set_index("date")
    june = months.loc["2020-06-30"]
    assert (june["members"], june["with_position"]) == (3, 2)
    assert (june["mean"], june["spread"]) == (0, 2)
    assert months.index[-1] == pd.Timestamp(TODAY)
    assert data.group("Pact").columns.tolist() == data.group("Pact", "roads").columns.tolist()


def test_the_register_on_a_day(data: stances.Stances) -> None:
    result = data.acts("2023-01-01").set_index("act_id")
    assert result["status"].to_dict() == {
        "ARC-roads-order": "ended",
        "BOR-school-permit": "in force",
        "CAL-bridge-rule": "in force",
    }
    # The bridges had to go by the end of 2022, the permit ran until March 2021.
    assert result["deadline_passed"].to_dict() == {
        "ARC-roads-order": False,
        "BOR-school-permit": True,
        "CAL-bridge-rule": True,
    }
    assert not data.acts("2022-12-31").set_index("act_id").loc["CAL-bridge-rule", "deadline_passed"]
    assert "BOR-school-permit" not in set(data.acts("2020-01-31")["act_id"])
    assert data.acts().equals(data.acts(TODAY))


def test_the_register_leaves_nothing_out_and_adds_two_columns(europe: stances.Stances) -> None:
    register, result = europe.dataset.acts, europe.acts()
    assert result["act_id"].tolist() == register["act_id"].tolist()
    assert result.columns.tolist() == [*register.columns, "status", "deadline_passed"]


def test_what_is_asked_twice_cannot_be_spoilt(data: stances.Stances) -> None:
    table = data.group("Pact")
    table["mean"] = 0.5
    assert not data.group("Pact").equals(table)


def test_one_code_is_a_list_of_one(data: stances.Stances) -> None:
    assert data.snapshot(DAY, actor="BOR").equals(data.snapshot(DAY, actor=["BOR"]))
    assert set(data.snapshot(DAY, actor="BOR")["actor"]) == {"BOR"}
    one, other = (stances.plot_trend(data, actors) for actors in ("BOR", ["BOR"]))
    assert one == other


def test_a_day_is_taken_in_every_form(data: stances.Stances) -> None:
    whole = data.position(DAY)
    moment = datetime(2020, 7, 1, 23, 59)
    for day in (date(2020, 7, 1), moment, pd.Timestamp(moment), np.datetime64(moment)):
        assert data.position(day).equals(whole)


def test_several_actors_are_a_list_or_have_commas_between(data: stances.Stances) -> None:
    both = ["BOR", "ARC"]
    assert data.snapshot(DAY, actor="BOR, ARC").equals(data.snapshot(DAY, actor=both))
    assert stances.plot_trend(data, "BOR,ARC") == stances.plot_trend(data, both)


def test_the_names_of_before_are_still_taken(data: stances.Stances) -> None:
    for before, now in (
        (data.snapshot(DAY, actors="BOR"), data.snapshot(DAY, actor="BOR")),
        (data.members("Pact", on=DAY), data.members("Pact", as_of=DAY)),
        (data.member_table("Pact", on=DAY), data.member_table("Pact", as_of=DAY)),
        (data.acts(on=DAY), data.acts(as_of=DAY)),
        (data.deadlines(on=DAY), data.deadlines(as_of=DAY)),
        (
            data.happened(since="2019-12-31", until=DAY, actors="ARC"),
            data.happened(from_="2019-12-31", to=DAY, actor="ARC"),
        ),
    ):
        assert not now.empty
        assert before.equals(now)
    drawn = stances.plot_trend(data, actors="ARC", start="2020-01-01", end=DAY)
    assert drawn == stances.plot_trend(data, "ARC", from_="2020-01-01", to=DAY)
    with pytest.raises(TypeError, match="on is the earlier name of as_of"):
        data.acts(on=DAY, as_of=DAY)


def test_a_last_day_in_the_past_changes_nothing_before_it(data: stances.Stances) -> None:
    past = stances.load(SIX, today="2020-07-01")
    assert past.today == date(2020, 7, 1)
    assert past.position(DAY).equals(data.position(DAY))
    assert past.panel()["date"].max() == pd.Timestamp(DAY)
    assert (past.version, len(past.events)) == (data.version, len(data.events))
    with pytest.raises(stances.BadInput):
        past.position("2020-07-02")


def test_it_can_be_pickled(data: stances.Stances) -> None:
    again = pickle.loads(pickle.dumps(data))
    assert again.position(DAY).equals(data.position(DAY))
    assert repr(again) == repr(data)


ASKED: dict[str, Callable[[stances.Stances], object]] = {
    "members of no group": lambda data: data.members("Packt"),
    "members of no day": lambda data: data.members("Pact", "2999-01-01"),
    "an actor as a group": lambda data: data.group("ARC"),
    "a group in no domain": lambda data: data.group("Pact", "sea"),
    "acts of no day": lambda data: data.acts("someday"),
    "an actor by name": lambda data: data.explain("boria"),
    "an actor with a slip": lambda data: data.snapshot(DAY, actor="ARC, BRO"),
    "a domain by name": lambda data: data.explain("BOR", "Road", DAY),
    "a day that is a number": lambda data: data.position(2019),  # type: ignore[arg-type]
    "a missing day": lambda data: data.position(pd.NaT),
    "data up to no day": lambda data: stances.load(data.dataset.folder, "yesterday"),
    "a snapshot of a number": lambda data: data.snapshot(DAY, actor=5),  # type: ignore[arg-type]
    "a snapshot of no actor": lambda data: data.snapshot(DAY, actor="XYZ"),
    "a map of no day": lambda data: stances.plot_map(data, "2018"),
    "a map of no domain": lambda data: stances.plot_map(data, DAY, "sea"),
    "a map of no view": lambda data: stances.plot_map(data, DAY, view="moon"),
    "a map of no mode": lambda data: stances.plot_map(data, DAY, mode="red"),
    "a trend of the company": lambda data: stances.plot_trend(data, "ACME"),
    "a trend of no domain": lambda data: stances.plot_trend(data, "ARC", "sea"),
    "a trend that ends too early": lambda data: stances.plot_trend(
        data, "ARC", from_=DAY, to="2020-01-01"
    ),
    "the table of no group": lambda data: data.member_table("Club"),
    "the table of no domain": lambda data: data.member_table("Pact", domain="x"),
    "deeds on no basis": lambda data: data.happened(basis="x"),
    "deeds of no group": lambda data: data.happened(group="x"),
    "deeds of no actor": lambda data: data.happened(actor="x"),
    "deeds that end too early": lambda data: data.happened("2020-02-01", "2020-01-01"),
}


def test_bad_input_is_told_in_one_line(data: stances.Stances, golden: Golden) -> None:
    cases = {}
    for case, ask in ASKED.items():
        with pytest.raises(stances.BadInput) as refused:
            ask(data)
        assert str(refused.value).isprintable()
        cases[case] = str(refused.value)
    golden(cases)


def texts_of(figure: go.Figure) -> str:
    """Return the text around a figure, without the tags of line breaks."""
    layout = figure.layout
    shown = [layout.title.text, layout.title.subtitle.text]
    return " ".join([*shown, *(note.text for note in layout.annotations)]).replace("<br>", " ")


@pytest.mark.parametrize("view", VIEWS)
def test_a_map_has_all_that_it_draws_inside(europe: stances.Stances, view: str) -> None:
    figure = stances.plot_map(europe, "2019-03-04", "networks", view, "dark")
    first, *_, countries, codes = figure.data
    # Plotly would fetch outlines of its own if the first trace named countries.
    assert first.locationmode is None
    drawn = {country["id"] for country in countries.geojson["features"]}
    assert countries.locationmode == "geojson-id"
    assert codes.mode == "text"
    assert set(countries.locations) == drawn
    labels = [
        *europe.codebook.scale.labels.values(),
        NO_POSITION,
        NOT_COVERED,
        OLD_LABEL,
        *outline_words(europe.codebook).values(),
    ]
    legend = [trace for trace in figure.data if trace.showlegend]
    assert [trace.name for trace in legend] == labels
    striped = next(trace for trace in legend if trace.name == OLD_LABEL)
    assert striped.marker.color == theme("dark").faded_color(europe.codebook.scale.restricting)
    assert "4 March 2019, in telecom networks: " in texts_of(figure)
    assert f"Source: {europe.about.title}, dataset {europe.version}" in texts_of(figure)


def test_a_trend_has_its_words_inside(data: stances.Stances) -> None:
    figure = stances.plot_trend(data, ["ARC", "Pact"], "roads", "2020-01-01", "2020-12-31")
    assert "1 January 2020 to 31 December 2020" in texts_of(figure)
    assert f"Source: Stances on Acme, dataset {data.version}" in texts_of(figure)
    # Nothing waits for the buttons that only a page of the dashboard presses.
    assert not figure.layout.updatemenus
    assert {trace.name for trace in figure.data} >= {"Republic of Arcadia", "Pact (mean)"}


def test_a_trend_of_none_chosen_is_that_of_the_first_page(data: stances.Stances) -> None:
    featured = data.about.featured
    assert stances.plot_trend(data) == stances.plot_trend(data, featured)


def test_texts_of_the_data_are_texts_in_a_figure(folder: Folder) -> None:
    folder.replace("about.toml", 'title = "', 'title = "<b>bold</b>')
    evil = stances.load(folder.path, today=TODAY)
    for figure in (stances.plot_map(evil, DAY), stances.plot_trend(evil, "ARC")):
        assert "Source: &lt;b&gt;bold&lt;/b&gt;" in texts_of(figure)


# -- the tables that other answers are -----------------------------------------------------------


def test_the_members_are_typed_and_what_is_missing_is_missing(data: stances.Stances) -> None:
    rows = data.member_table("all", "2020-08-19", "schools").set_index("actor")
    assert rows["stance_schools"].round(4)["BOR"] == 0.7143
    assert pd.isna(rows["stance_schools"]["CAL"])
    assert rows["label_schools"]["CAL"] == NO_POSITION
    acts = data.member_table("all", "2020-08-19", "schools", basis="acts").set_index("actor")
    assert acts["stance_schools"]["BOR"] == 1.0
    kinds = {name: str(kind) for name, kind in rows.dtypes.items()}
    assert [kinds[name] for name in ("as_of", "act_level", "deadline_passed", "act_name")] == [
        "datetime64[s]", "Int64", "boolean", "str",
    ]  # fmt: skip


def test_what_happened_is_told_event_by_event(data: stances.Stances) -> None:
    rows = data.happened("2019-12-31", "2020-12-31", "roads")
    assert rows["event_id"].tolist()[::3] == [
        "ARC-20201027-order-repealed", "ARC-20200101-roads-order",
    ]  # fmt: skip
    assert rows["stance_before"].isna().tolist() == [False, True, False, True]
    assert set(data.happened("2019-12-31", "2020-12-31", basis="acts")["kind"]) == {"act"}
    pact = data.happened("2019-12-31", "2020-12-31", group="Pact")
    assert 0 < len(pact) < len(data.happened("2019-12-31", "2020-12-31"))
    boria = data.happened("2019-12-31", "2020-12-31", actor="BOR")
    assert set(boria["actor"]) == {"BOR"}
    assert boria.equals(data.happened("2019-12-31", "2020-12-31", actor=["BOR", "BOR"]))
    assert data.happened(to="2020-12-31").equals(data.happened("2019-12-31", "2020-12-31"))
