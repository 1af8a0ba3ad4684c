"""Things to take along: the link with every parameter, the frame, the citation, the source."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import stances
from stances import words
from stances.answers.citing import Citation, source_line
from stances.answers.framing import FRAME_VARIABLE
from stances.answers.tracker import Tracker
from stances.dataset.tables import Dataset
from stances.figures.theme import DARK
from stances.links.parameters import PARAMETERS
from stances.links.register import PAGE_PARAMETERS, frame_height, page_titles
from stances.links.view import view_at
from stances.pages.block import Blocks, ChartBlock, TableBlock
from stances.pages.briefs.request import brief_html
from stances.pages.register import BLOCKS
from stances.pictures.address import links_html
from stances.ui.parts.share import embed_code
from tests.ui.pages import address, has_rows, headline, markup, open_page, plain

pytestmark = pytest.mark.usefixtures("six_shown")

EVERY = sorted(PAGE_PARAMETERS)
EVERY_PAGE = pytest.mark.parametrize("page", EVERY, ids=lambda page: page or "map")
CONTROLS = (
    "selectbox", "date_input", "slider", "multiselect", "button", "button_group", "text_input",
    "toggle", "popover", "page_link", "tabs",
)  # fmt: skip


def _open_share(page: str, **query: str) -> AppTest:
    """A page with the control open."""
    app = open_page(page or "map", **query)
    app.session_state["share"] = True
    app.run()
    assert not app.exception
    return app


def _parts(app: AppTest) -> tuple[str, str, str]:
    """Link, markup of the frame and citation."""
    cited, link, frame, _ = [code.value for code in app.code][-4:]
    return link, frame, cited


def _framed_query(app: AppTest) -> dict[str, str]:
    """The parameters of the link in the markup of the frame, but that it is one."""
    query = _query(ElementTree.fromstring(_parts(app)[1]).attrib["src"])
    assert (query.pop("embed"), query.pop("theme")) == ("true", "light")
    return query


def _query(link: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(link).query, keep_blank_values=True))


@pytest.fixture
def framed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is asked for with `embed=true`."""
    monkeypatch.setattr(ContextProxy, "is_embedded", True)


# -- the control ---------------------------------------------------------------------------------


@EVERY_PAGE
def test_what_is_shared_is_sent_only_while_the_control_is_open(page: str) -> None:
    app = open_page(page or "map", as_of="2019-03-04")
    before = [code.value for code in app.code]
    app.session_state["share"] = True
    app.run()
    assert len(app.code) == len(before) + 4
    assert 'href="./data?section=citing"' in markup(app)
    app.session_state["share"] = False
    app.run()
    assert [code.value for code in app.code] == before


@EVERY_PAGE
def test_the_link_leaves_out_what_is_the_default(page: str) -> None:
    # The page of data has a section in its address from the start.
    assert set(_query(_parts(_open_share(page))[0])) - {"section"} == {"as_of"}


def test_the_link_leaves_it_to_others_how_it_is_drawn() -> None:
    cited, link, *_ = [code.value for code in _open_share("trends", live="1").code]
    assert "live" not in _query(link)
    assert "live" not in cited


@EVERY_PAGE
def test_the_frame_has_every_parameter_that_is_set(page: str, tracker_six: Tracker) -> None:
    app = _open_share(page)
    query = _framed_query(app)
    unset = {name for name in PAGE_PARAMETERS[page] if app.session_state[name] is None}
    unset -= {"then"}  # the year before the date, which would move with it
    assert set(query) == set(PAGE_PARAMETERS[page]) - unset
    assert all(PARAMETERS[name].default(tracker_six) is None for name in unset)


@EVERY_PAGE
def test_the_link_gives_the_same_view(page: str) -> None:
    settings = {
        "as_of": "2020-07-04",
        "domain": "roads",
        "actors": "ARC,BOR",
        "from_": "2019-05-05",
    }
    known = {n: v for n, v in settings.items() if n.rstrip("_") in PAGE_PARAMETERS[page]}
    app = _open_share(page, **known)
    query = _query(_parts(app)[0])
    again = open_page(page or "map", **{_name(name): value for name, value in query.items()})
    for name in PAGE_PARAMETERS[page]:
        assert again.session_state[name] == app.session_state[name], name
    assert address(again) == query
    assert headline(again) == headline(app)


def test_a_default_that_moves_on_does_not_move_the_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    query = _framed_query(_open_share("trends"))
    moved = replace(PARAMETERS["actors"], default=lambda _: ["BOR"])
    monkeypatch.setitem(PARAMETERS, "actors", moved)
    assert open_page("trends").session_state["actors"] == ["BOR"]
    app = open_page("trends", **{_name(name): value for name, value in query.items()})
    assert ",".join(app.session_state["actors"]) == query["actors"] != "BOR"


def test_the_link_has_own_settings_and_the_open_event() -> None:
    event = "BOR-20200511-teachers-doubt"
    app = _open_share("events", event=event, settings="roads:1,act:4")
    query = _query(_parts(app)[0])
    assert query["event"] == event
    assert query["settings"].startswith("roads:1,")


@pytest.mark.parametrize(
    ("page", "opens", "folder"),
    [
        ("events", {"event": "BOR-20200511-teachers-doubt"}, "e/"),
        ("trends", {"event": "BOR-20200511-teachers-doubt"}, "e/"),
        ("acts", {"act": "BOR-school-permit"}, "a/"),
    ],
)
def test_what_is_open_is_cited(page: str, opens: dict[str, str], folder: str) -> None:
    _, _, cited = _parts(_open_share(page, **opens))
    assert "(Source: " in cited
    assert cited.endswith(f"{folder}{next(iter(opens.values()))}")


def test_the_frame_has_the_link_and_the_title() -> None:
    link, frame, _ = _parts(_open_share("trends", as_of="2019-03-04"))
    element = ElementTree.fromstring(frame)
    query = _query(element.attrib["src"])
    assert (query.pop("embed"), query.pop("theme")) == ("true", "light")
    assert query.items() >= _query(link).items()
    assert element.attrib["title"].startswith("Trends, 4 March 2019, Overall")


def test_the_frame_takes_the_theme_that_is_chosen() -> None:
    app = _open_share("trends")
    app.session_state["frame_theme"] = "dark"
    app.run()
    assert _query(ElementTree.fromstring(_parts(app)[1]).attrib["src"])["theme"] == "dark"


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"page": "compare", "compare": "actors", "first": "ARC", "second": "BOR"},
        {"page": "compare", "compare": "distances"},
        *({"page": page} for page in EVERY if page),
    ],
    ids=lambda query: "-".join(query.values()) or "map",
)
def test_the_frame_is_as_high_as_the_charts_that_stand_in_it(
    query: dict[str, str], six: stances.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = query.get("page", "")
    settings = {**query, "as_of": "2020-07-04"}
    settings.pop("page", None)
    frame = ElementTree.fromstring(_parts(_open_share(page, **settings))[1])
    monkeypatch.setattr(ContextProxy, "is_embedded", True)
    # The map is as high in any data.
    drawn = open_page(page, **settings).get("plotly_chart") if page else []
    charts = sum(json.loads(chart.proto.spec)["layout"]["height"] for chart in drawn)
    assert bool(charts) is bool(_charts_in_frame(six, page, settings))
    assert int(frame.attrib["height"]) == frame_height(page, 640, charts)


def _charts_in_frame(data: stances.Dataset, page: str, query: dict[str, str]) -> int:
    """Return the number of charts that the blocks of a page have in a frame."""
    return sum(isinstance(block, ChartBlock) for block in _blocks_in_frame(data, page, query))


def _blocks_in_frame(data: stances.Dataset, page: str, query: dict[str, str]) -> Blocks:
    return BLOCKS[page](view_at(data, page, {**query, "embed": "true"}))


def test_a_title_cannot_leave_its_attribute() -> None:
    frame = embed_code('/?q="><b>', 'A "title" <script>', "", 640)
    element = ElementTree.fromstring(frame)
    assert element.attrib["title"] == 'A "title" <script>'
    assert element.attrib["src"] == '/?q="><b>'
    assert len(element) == 0


def test_the_citation_of_own_settings_names_them() -> None:
    _, _, cited = _parts(_open_share("", as_of="2019-03-04", settings="half_life:2"))
    assert "not as published but with own settings (half-lives are 2 times" in cited


def test_the_citation_is_that_of_the_day_with_the_day_of_access(six: stances.Dataset) -> None:
    link, _, cited = _parts(_open_share("", as_of="2019-03-04"))
    assert cited == f"{Citation(six, date(2019, 3, 4), date.today()).line} {link}"
    assert f"Accessed {date.today()}" in cited
    assert (
        ", rules and deadlines on 2019-03-04. "
        in _parts(_open_share("acts", as_of="2019-03-04"))[2]
    )


@pytest.mark.parametrize(
    ("ancestors", "text"), [("", False), ("'none'", True), ("'self' https://example.org", False)]
)
def test_who_may_not_embed_is_told(
    ancestors: str, text: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FRAME_VARIABLE, ancestors)
    assert ("operator can allow more" in markup(_open_share(""))) is text


# -- in a frame ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("framed")
@EVERY_PAGE
def test_a_frame_has_the_chart_and_no_control(page: str, six: stances.Dataset) -> None:
    app = open_page(page or "map", as_of="2020-07-04")
    assert {name: len(app.get(name)) for name in CONTROLS} == dict.fromkeys(CONTROLS, 0)
    assert not app.dataframe
    # The map, which no block is, is drawn there too.
    blocks = [*_blocks_in_frame(six, page, {"as_of": "2020-07-04"})]
    charts = sum(isinstance(block, ChartBlock) for block in blocks)
    assert len(app.get("plotly_chart")) == (charts if page else 1) <= 1
    # A page has its rows there where these are all that it shows.
    tables = [block.table.kind for block in blocks if isinstance(block, TableBlock)]
    rows = "figures rows" in tables
    assert has_rows(app) is rows
    assert not (charts and rows)
    assert ('<table class="members">' in markup(app)) is (page == "members")
    # A link to another view of the page would bring its controls into the frame.
    assert "data-here" not in markup(app)


@pytest.mark.usefixtures("framed")
@EVERY_PAGE
def test_a_frame_has_its_source_and_the_way_to_the_whole_view(
    page: str, six: stances.Dataset
) -> None:
    app = open_page(page or "map", as_of="2020-07-04")
    result = markup(app)
    line = source_line(six)
    assert result.count(f"<span>{line}</span>") == 1
    href = unescape(result.split('<a href="')[-1].split('"')[0])
    assert _query(href)["as_of"] == "2020-07-04"
    assert "embed" not in _query(href)


@pytest.mark.usefixtures("framed")
def test_a_frame_of_own_settings_says_so() -> None:
    app = open_page("map", settings="roads:1")
    assert "not as published but with own settings" in plain(markup(app))


@pytest.mark.usefixtures("framed")
def test_a_frame_tells_what_it_could_not_use() -> None:
    assert "domain in the address" in plain(markup(open_page("map", domain="moon")))


@pytest.mark.usefixtures("framed")
def test_an_actor_without_events_has_a_frame() -> None:
    app = open_page("actor", actor="CAL")
    assert not app.get("plotly_chart")
    assert headline(app)


# -- the source line of the whole page -----------------------------------------------------------


@EVERY_PAGE
def test_every_page_has_one_source_line(page: str) -> None:
    assert markup(open_page(page or "map")).count('<p class="source">') == 1


@EVERY_PAGE
def test_the_window_is_named_after_the_view(
    page: str, six: stances.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    text: list[str] = []
    monkeypatch.setattr(st, "set_page_config", lambda **query: text.append(query["page_title"]))
    open_page(page or "map", as_of="2019-03-04", domain="roads", actor="BOR")
    shown = "Boria" if page == "actor" else page_titles(six)[page]
    assert text[-1] == f"{shown}, 4 March 2019, Roads {words.DASH} {six.about.title}"


def _name(parameter: str) -> str:
    """The name of a parameter as a keyword."""
    return f"{parameter}_" if parameter == "from" else parameter


# -- the control by which a page is taken along as a brief -----------------------------------------


def test_a_name_of_a_group_is_no_address(six: Dataset) -> None:
    view = view_at(six, "members", {"as_of": "2020-07-01"})
    link = brief_html(view, 'Five Eyes/"', of_group=True)
    assert 'href="briefs/groups/Five%20Eyes%2F%22.pdf?as_of=2020-07-01"' in link


# -- the control by which a chart is taken along as a picture --------------------------------------


def test_a_picture_is_as_dark_as_the_page(six: Dataset) -> None:
    view = view_at(six, "", {})
    assert "theme=dark" in links_html("map", replace(view, mode=DARK.mode))
    assert "theme" not in links_html("map", view)
