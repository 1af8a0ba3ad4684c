"""The pages as they are sent: on both datasets, on odd days, at odd addresses, and without data."""

from __future__ import annotations

import math
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import stances
from stances import words
from stances.answers.stance_map import map_levels
from stances.answers.standing import map_alt
from stances.answers.tracker import Tracker
from stances.dataset import descriptions
from stances.dataset.codebook import OVERALL
from stances.dataset.files import DATA_VARIABLE
from stances.filters.map import lead_on, part_of
from stances.links import parameters
from stances.links.view import view_at
from stances.pages.block import ChartBlock
from stances.pages.register import BLOCKS
from stances.render.html import block_html
from tests.folders import SIX, Folder, every_call_looks
from tests.ui.pages import (
    APP,
    address,
    alt_of,
    figure_of,
    headline,
    lines,
    links_here,
    map_table_html,
    markup,
    notices,
    numbers,
    open_page,
    page_links,
    pieces,
    plain,
    subtitle,
    subtitle_markup,
    table_in,
    whole_table,
)

PAGES = ["map", "trends"]


def _levels(data: stances.Dataset, day: date, domain: str) -> list[float]:
    rows = data.position(day)
    levels: list[float] = rows.loc[rows["domain"] == domain, "level"].tolist()
    return levels


# What is drawn by plotly in the dashboard, and its tabs.
DRAWN = ('<div class="map"', '<nav class="tabs"')


@pytest.mark.parametrize("page", BLOCKS)
def test_the_dashboard_shows_the_blocks_of_a_page(page: str, shown: stances.Dataset) -> None:
    app = open_page(page or "map")
    html = pieces(app)
    sent = _letters(" ".join(map(plain, html)))
    blocks = BLOCKS[page](view_at(shown, page, address(app)))
    texts = [
        line
        for block in blocks
        # The table of the map comes by an address of its own.
        if not block.live and block.group != "below" and not isinstance(block, ChartBlock)
        if not (text := block_html(block)).startswith(DRAWN)
        for line in lines(text)
    ]
    assert len(texts) > 3
    assert [line for line in texts if _letters(line) not in sent] == []


def _letters(text: str) -> str:
    """The letters of a text: blanks and signs stand between elements in one of two ways."""
    return re.sub(r"\W+", "", text)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_an_address_shows_the_day_that_opens(
    page: str, shown: stances.Dataset
) -> None:
    app = open_page(page)
    assert words.day(shown.opening_day) in subtitle(app)
    assert notices(app) == []
    assert app.date_input(key="as_of").value == shown.opening_day


@pytest.mark.parametrize("page", PAGES)
def test_every_domain_draws_on_the_first_day_too(page: str, shown: stances.Dataset) -> None:
    first = shown.codebook.first_date
    app = open_page(page, as_of=str(first))
    for domain in (OVERALL, *shown.codebook.domains):
        app.selectbox(key="domain").set_value(domain).run()
        assert not app.exception
        assert words.about_domain(shown.codebook, domain) in subtitle(app)
        assert words.day(first) in subtitle(app)


@pytest.mark.parametrize("view", ["europe", "world"])
def test_map_headline_alt_and_table_agree(view: str, shown: stances.Dataset) -> None:
    day, domain = date(2020, 7, 1), next(iter(shown.codebook.domains))
    app = open_page("map", as_of=str(day), domain=domain, view=view)
    tracker, levels = Tracker(shown), _levels(shown, day, domain)
    assert (headline(app), subtitle(app)) == lead_on(tracker, day, domain, view)
    map_classes = map_levels(tracker, day, domain, part_of(tracker, view))
    assert alt_of(app, "map") == map_alt(shown.codebook, map_classes, domain, day)
    assert figure_of(app, "map")["layout"]["geo"]["scope"] == view
    table = table_in(map_table_html(app, shown), "Position")
    assert len(table) == len(levels)
    known = [value for value in numbers(table["Position"]) if not math.isnan(value)]
    assert known == sorted(known)
    assert set(table["Position"][len(known) :]) <= {words.DASH}
    assert set(table["Low"][len(known) :]) <= {words.DASH}
    assert len(known) == sum(level == level for level in levels)


@pytest.mark.usefixtures("six_shown")
def test_the_map_as_a_table_sorts_by_its_heads_and_opens_its_actors(six: stances.Dataset) -> None:
    app = open_page("map", as_of="2020-07-04", sort="name")
    table = map_table_html(app, six)
    names = list(table_in(table, "Position")["Country or body"])
    assert names == sorted(names)
    by_stance = map_table_html(open_page("map", as_of="2020-07-04"), six)
    assert names != list(table_in(by_stance, "Position")["Country or body"])
    links = links_here(table)
    assert {"sort=since", "sort=last", "sort=stance"} <= {
        part for link in links.values() for part in link.partition("#")[0].split("&")
    }
    assert "actor=BOR" in next(link for name, link in links.items() if "Boria" in name)
    # The orders of one table are none of another.
    [line] = notices(open_page("map", sort="newest"))
    allowed = (
        "sort in the address: newest is not one of: stance, name, since, last, label, low, high."
    )
    assert line.startswith(allowed)
    assert "sort=" not in page_links(app)["Events"]


@pytest.mark.usefixtures("shown")
def test_the_same_view_is_the_same_map() -> None:
    one, other = (open_page("map", as_of="2020-07-01") for _ in range(2))
    assert figure_of(one, "map") == figure_of(other, "map")


# -- trends --------------------------------------------------------------------------------------


def test_trends_open_with_the_featured_and_tell_where_lines_end(shown: stances.Dataset) -> None:
    day = date(2020, 7, 1)
    app = open_page("trends", as_of=str(day))
    assert app.multiselect(key="actors").value == list(shown.about.featured)
    alt = alt_of(app, "trend")
    rows = shown.position(day)
    overall = rows[rows["domain"] == OVERALL].set_index("actor")["stance"]
    names = shown.actors.set_index("actor")["name"]
    for code in shown.about.featured:
        if code in overall.index:
            value = overall[code]
            end = words.label(shown.codebook, value) if value == value else "no position"
            assert f"{names[code]}: {end}" in alt


def test_trends_open_with_as_many_of_the_featured_as_a_chart_can_show(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [f"DA{letter}" for letter in "ABCDEFG"]
    for code in codes:
        folder.add("actors", 4, actor=code, name=f"Land of {code}", short_name=code)
    folder.replace("about.toml", '"ARC", "Pact"', ", ".join(f'"{c}"' for c in ["ARC", *codes]))
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    text = "The first eight of the nine featured are shown"
    app = open_page("trends")
    assert text in markup(app)
    assert app.multiselect(key="actors").value == ["ARC", *codes]
    assert text not in markup(open_page("trends", actors="ARC,BOR"))


@pytest.mark.usefixtures("six_shown")
def test_trends_lead_with_where_lines_end() -> None:
    # On neither day is there a month's end or an event.
    app = open_page("trends", actors="ARC", from_="2020-10-20", as_of="2020-11-03")
    assert headline(app) == "Republic of Arcadia on 3 November 2020: Even"


def test_trends_list_the_events_of_the_chosen(shown: stances.Dataset) -> None:
    chosen = [code for code in shown.about.featured if code in shown.position_actors]
    app = open_page("trends", actors=",".join(chosen))
    events = shown.events[shown.events["actor"].isin(chosen) & shown.events["score"].notna()]
    table = whole_table("trends", "Title", actors=",".join(chosen))
    assert len(table) == len(events)
    assert sorted(table["Title"]) == sorted(events["title"])
    days = pd.to_datetime(table["Date"], format="mixed")
    assert days.is_monotonic_decreasing
    assert sorted(days) == sorted(events["date"])
    assert words.plural(len(events), "scored event", start=True) in markup(app)


@pytest.mark.parametrize("layout", ["lines", "small"])
def test_trends_of_a_single_event_have_a_marker_on_a_line(
    layout: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.add("events", 2, event_id="CAL-20200101-order", actor="CAL")
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    app = open_page("trends", actors="CAL", layout=layout)
    traces = figure_of(app, "trend")["data"]
    [marks] = [trace for trace in traces if trace.get("customdata") and trace["mode"] == "markers"]
    assert len(marks["customdata"]) == 1
    [line] = [trace for trace in traces if trace["mode"].startswith("lines") and "name" in trace]
    assert marks["y"][0] in [value for value in line["y"] if value is not None]


@pytest.mark.usefixtures("shown")
def test_a_start_after_the_end_is_told_and_gives_the_year_before() -> None:
    app = open_page("trends", as_of="2020-03-01", from_="2020-06-01")
    [line] = notices(app)
    assert line.startswith("From 1 June 2020 is not before the as-of date, 1 March 2020")
    assert figure_of(app, "trend")["layout"]["xaxis"]["range"] == ["2019-03-01", "2020-03-01"]


# -- every page at odd addresses -----------------------------------------------------------------

VIEWS = [
    ("map", {}),
    ("trends", {}),
    ("members", {}),
    ("actor", {}),
    ("acts", {}),
    *(("compare", {"compare": code}) for code in parameters.COMPARISONS),
    ("events", {}),
    *(("data", {"section": code}) for code in parameters.SECTIONS),
]
EVERY_VIEW = pytest.mark.parametrize(
    ("page", "view"), VIEWS, ids=["-".join([page, *view.values()]) for page, view in VIEWS]
)
UNKNOWN = {
    "actor": "XYZ",
    "actors": "QQQ,XYZ",
    "first": "XYZ",
    "second": "EU",
    "group": "XYZ",
    "order": "XYZ",
    "who": "XYZ",
    "domain": "moon",
    "event": "POL-20190108-nothing",
    "example": "POL-20190108-nothing",
    "settings": "moon:2",
    "act": "POL-nothing",
    "scope": "moon",
    "status": "maybe",
}


def _says_something(app: AppTest) -> bool:
    """Whether a page has its two lines: what is found, and what is shown."""
    return bool(headline(app).strip()) and bool(plain(subtitle_markup(app)).strip())


@EVERY_VIEW
def test_every_page_has_its_content_today_and_on_the_first_day(
    page: str, view: dict[str, str], shown: stances.Dataset
) -> None:
    for day in (shown.today, shown.codebook.first_date):
        app = open_page(page, as_of=str(day), **view)
        assert _says_something(app)
        assert app.date_input(key="as_of").value == day
        assert not app.error


@EVERY_VIEW
def test_every_page_names_what_it_does_not_know_and_shows_its_default(
    page: str, view: dict[str, str], shown: stances.Dataset
) -> None:
    app = open_page(page, **{**UNKNOWN, **view})
    lines = notices(app)
    for name, line in zip(sorted(UNKNOWN), sorted(lines), strict=True):
        assert line.startswith(f"{name} in the address: ")
        without = parameters.PARAMETERS[name].default(Tracker(shown))
        has_default = without is not None or name == "then"
        assert line.endswith("The default is shown.") is has_default
    assert _says_something(app)
    default = open_page(page, as_of=str(shown.opening_day), **view)
    assert headline(app) == headline(default)


# -- without usable data -------------------------------------------------------------------------


def test_faults_of_the_data_are_listed_and_nothing_else(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.edit("events", 2, score="5")
    folder.edit("events", 3, domain="moon")
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    [line] = [error.value for error in app.error]
    assert "two faults" in line
    [listed] = [code.value for code in app.code]
    assert len(listed.splitlines()) == 2
    assert "events.csv:2 score" in listed
    assert not app.get("plotly_chart")


def test_a_missing_folder_is_one_clear_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANCES_DATA", str(tmp_path / "none"))
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    assert len(app.error) == 1
    assert app.code[0].value.endswith("none: the folder is missing")


def test_a_page_of_very_many_faults_is_bounded(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for table in ("codings", "sources"):
        with (folder.path / f"{table}.csv").open("ab") as file:
            file.write(b"junk\n" * 10_000)
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    [line] = [error.value for error in app.error]
    assert "402 faults or more" in line
    first, *others, last = app.code[0].value.splitlines()
    assert first.startswith("codings.csv: has more than 200 faults")
    assert (len(others), last) == (199, "and 202 more")


def test_files_that_are_not_as_described_are_told_beside_what_was_refused(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    every_call_looks(monkeypatch)
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    descriptions.write(folder.load())
    assert notices(open_page("map")) == []
    about = folder.path / "about.toml"
    about.write_bytes(about.read_bytes() + b"\n")
    differs = (
        "The data is not what its description says. about.toml: is not the file that "
        "datapackage.json describes: it has another hash."
    )
    assert notices(open_page("map")) == [differs]
    folder.edit("events", 2, score="5")
    refused, again = notices(open_page("map"))
    assert refused.startswith("Newer data was refused; the last valid data is shown. events.csv:2")
    assert again == differs


VIEWS = (
    ("map", {"actor": "ARC"}),
    ("map", {"actor": "Pact"}),
    ("trends", {}),
    ("members", {"group": "Pact"}),
    ("actor", {"actor": "ARC"}),
    ("compare", {}),
    ("compare", {"compare": "actors"}),
    ("compare", {"compare": "distances"}),
    ("acts", {"act": "BOR-school-permit"}),
    ("events", {"event": "ARC-20201027-order-repealed"}),
    *(("data", {"section": section}) for section in parameters.SECTIONS),
)


@pytest.mark.parametrize(("page", "query"), VIEWS)
def test_no_markup_is_sent_as_markdown(
    page: str, query: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(SIX))
    app = open_page(page, **query)
    assert pieces(app)
    assert [each.value for each in app.markdown if each.allow_html] == []


@pytest.mark.parametrize(
    ("page", "query", "tables"),
    [
        ("compare", {"compare": "distances", "first": "ARC"}, {"nearest", "distances"}),
        ("compare", {"compare": "actors"}, {"gap", "domains"}),
        ("compare", {"then": "2020-01-01"}, {"moves"}),
        ("acts", {}, {"deadlines"}),
        ("data", {"section": "coverage"}, {"coverage"}),
        ("data", {"section": "sensitivity", "settings": "half_life:2"}, {"sensitivity"}),
    ],
)
def test_a_table_that_is_in_no_other_file_can_be_taken_along(
    page: str, query: dict[str, str], tables: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(SIX))
    app = open_page(page, as_of="2020-07-01", **query)
    assert {f"{name}-csv" for name in tables} <= {each.key for each in app.get("download_button")}
