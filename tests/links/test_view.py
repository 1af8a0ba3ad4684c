"""The view that an address names, and the addresses of its links."""

from __future__ import annotations

from datetime import date
from time import process_time
from urllib.parse import parse_qs, urlsplit

import pytest

from stances.answers.tracker import Tracker
from stances.dataset.faults import BadInput
from stances.dataset.load import Dataset
from stances.links.pages import FILES, MAIN, PAGES, RECORDS
from stances.links.parameters import ALL_ROWS
from stances.links.view import View, read, take

SITE = "https://stances.example/acme/"


def query_of(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def lines(view: View) -> list[str]:
    return [refusal.line for refusal in view.refused]


def at(data: Dataset, page: str = "", /, **query: str) -> View:
    return read(data, page, {name.rstrip("_"): text for name, text in query.items()}, SITE)


def test_an_empty_address_shows_what_leads(six: Dataset) -> None:
    view = at(six)
    assert (view.day, view.domain, view["domain"]) == (six.opening_day, "roads", "roads")
    assert view.refused == ()
    assert view.link() == "./"
    assert view.canonical == SITE


@pytest.mark.parametrize("page", ["acts", "events", "data"])
def test_without_a_field_tables_are_of_all(six: Dataset, page: str) -> None:
    assert at(six, page)["domain"] is None
    assert at(six, page).domain == "overall"


def test_the_field_goes_along_where_it_was_chosen_and_only_there(six: Dataset) -> None:
    assert at(six).link("acts") == "acts"
    chosen = at(six, domain="roads")
    assert chosen.link("acts") == "acts?domain=roads"
    assert chosen.link() == "./?domain=roads"
    assert at(six, domain="schools").link("trends") == "trends?domain=schools"


def test_overall_chosen_on_the_map_comes_back_from_a_page_of_all_fields(six: Dataset) -> None:
    view = at(six, "acts", domain="overall")
    assert view["domain"] is None
    assert view.refused == ()
    assert view.link("") == "./?domain=overall"


def test_the_day_goes_along_and_filters_stay(six: Dataset) -> None:
    view = at(six, "acts", as_of="2020-06-01", q="toll", actor="ARC", page_="2", basis="acts")
    assert query_of(view.link("events")) == {"as_of": ["2020-06-01"], "basis": ["acts"]}
    assert query_of(view.link())["q"] == ["toll"]
    assert query_of(view.link())["page"] == ["2"]
    # Another selection begins at its first part.
    assert "page" not in query_of(view.link(status="all"))
    assert query_of(view.link(page=3))["page"] == ["3"]
    assert query_of(view.link(page=ALL_ROWS))["page"] == ["all"]
    assert view.link("", as_of=None, basis=None) == "./"


def test_only_what_is_not_usual_is_written(six: Dataset) -> None:
    view = at(six, "acts", status="in_force", as_of=str(six.opening_day), view="europe")
    assert view.link() == "acts"
    assert view.link(status="all") == "acts?status=all"
    assert at(six, "acts", status="all").link(status="in force") == "acts"
    assert at(six, "members", group="Pact").link() == "members"
    assert at(six, "changes", group="Pact").link() == "changes?group=Pact"
    # What a page does not take is left out.
    assert view.link("", q="toll") == "./"


def test_what_the_address_names_is_set(six: Dataset) -> None:
    view = at(six, "events", q="toll", actor="")
    assert view.is_set("q")
    assert not view.is_set("actor")
    assert view["actor"] == ()


def test_names_that_are_not_ours_are_left_alone_on_pages(six: Dataset) -> None:
    assert at(six, "", utm_source="letter").refused == ()


def test_what_cannot_be_used_is_as_without_it_and_told_in_a_line(six: Dataset) -> None:
    view = at(six, "trends", domain="raods", as_of="2020-13-01", actor="ARC,XXX,BOR", from_="soon")
    assert view.domain == "overall"  # in no field both have a position
    assert view.day == six.opening_day
    assert view["actor"] == ("ARC", "BOR")
    told = [line.partition(":")[0] for line in lines(view)]
    assert told == ["Day", "From", "Country", "Field"]
    assert view.refused[3].nearest == "roads" and "domain=roads" in view.refused[3].link
    assert all("\n" not in line for line in lines(view))
    assert view.link() == "trends?actor=ARC,BOR"


def test_a_value_given_twice_is_refused_and_a_list_is_joined(six: Dataset) -> None:
    view = read(six, "trends", {"actor": ["ARC", "BOR"], "domain": ["roads", "schools"]})
    assert view["actor"] == ("ARC", "BOR")
    assert lines(view) == ["Field: is given 2 times; allowed: once"]


def test_a_page_of_one_takes_one_and_a_chart_six(six: Dataset, real: Dataset) -> None:
    assert at(six, "actor", actor="BOR,ARC").actor == "BOR"
    many = read(real, "trends", {"actor": "USA,GBR,DEU,FRA,POL,CAN,SWE"})
    assert len(many["actor"]) == 6
    assert lines(many) == ["Country: 7 are too many; allowed: 6"]
    wrong = read(real, "trends", {"actor": "XXX,USA,GBR,DEU,FRA,POL,CAN,SWE"})
    assert len(wrong["actor"]) == 6
    assert "XXX" in lines(wrong)[0]
    # A company has no position, and a group a page of its own.
    assert at(six, "actor", actor="ACME").refused
    group = at(six, "actor", actor="Pact")
    assert group.actor == ""
    assert lines(group) == ["Country: Pact is a group: see Groups"]
    assert "Pact" not in PAGES["actor"].options(group.tracker, "actor")
    assert read(real, "actor", {"actor": "Five_Eyes"}).refused
    assert not at(six, "events", actor="ACME").refused


def test_a_period_ends_with_the_day_and_begins_a_year_before(six: Dataset) -> None:
    view = at(six, "changes", as_of="2021-02-28")
    assert (view["from"], view["to"]) == (date(2020, 2, 28), date(2021, 2, 28))
    view = at(six, "changes", to="2020-02-29")
    assert (view["from"], view["to"]) == (date(2019, 2, 28), date(2020, 2, 29))
    wrong = at(six, "changes", from_="2021-01-01", to="2020-06-01")
    assert wrong["from"] == date(2019, 6, 1)
    assert lines(wrong) == ["From: 2021-01-01 is after the last day, 2020-06-01"]
    assert at(six, "events", as_of="2020-06-01")["to"] == date(2020, 6, 1)


@pytest.mark.parametrize(
    ("day", "start"),
    [("2015-07-01", 2010), ("2018-01-01", 2010), ("2018-12-31", 2010), ("2019-01-01", 2018)],
)
def test_charts_begin_a_year_or_more_before_the_day(real: Dataset, day: str, start: int) -> None:
    assert at(real, "trends", as_of=day)["from"] == date(start, 1, 1)


def test_links_of_a_record_lead_out_of_its_folder(six: Dataset) -> None:
    event = "ARC-20200101-roads-order"
    view = at(six, "e", event=event, as_of="2020-06-01")
    assert view.link() == f"../e/{event}"
    assert view.link("") == "../"
    assert view.link("trends", actor="ARC") == "../trends?actor=ARC"
    assert view.record_act("ARC-order") == "../a/ARC-order"
    assert view.canonical == f"{SITE}e/{event}"
    assert view.file("pictures/map", "png") == "../pictures/map.png"
    assert view.title.startswith("Arcadia orders") or six.events.iloc[0]["title"] in view.title
    assert at(six).record_event(event) == f"e/{event}"


def test_a_file_is_of_what_the_view_shows(six: Dataset) -> None:
    view = at(six, as_of="2020-06-01", theme="dark", live="1")
    assert view.file("snapshots", "csv") == "snapshots/2020-06-01.csv?domain=roads"
    assert view.file("pictures/map", "png") == "pictures/map.png?as_of=2020-06-01&theme=dark"
    assert view.file("levels/roads", "json") == "levels/roads.json"
    assert view.file("feed", "atom", group="Pact") == "feed.atom?group=Pact&domain=roads"
    assert view.file("tables/events", "csv") == "tables/events.csv"
    rules = at(six, "acts", as_of="2020-06-01")
    assert query_of(rules.file("acts", "json")) == {
        "as_of": ["2020-06-01"],
        "status": ["in_force"],
    }
    assert "as_of" not in query_of(rules.file("deadlines", "ics"))
    assert at(six, domain="overall").file("feed", "atom") == "feed.atom"


def test_an_address_to_keep_has_its_day_and_nothing_of_the_reader(six: Dataset) -> None:
    view = at(six, "trends", embed="true", theme="dark", live="1", actor="ARC")
    assert view.shared == f"{SITE}trends?actor=ARC&as_of={six.opening_day}"
    assert view.canonical == f"{SITE}trends?actor=ARC"
    assert view.mode == "dark"


def test_a_file_takes_its_own_parameters_alone(six: Dataset) -> None:
    with pytest.raises(BadInput) as refused:
        take(six, FILES["members"], {"grup": "Pact"})
    assert refused.value.parameter == "grup"
    assert str(refused.value).endswith("did you mean group?")
    with pytest.raises(BadInput) as refused:
        take(six, FILES["events"], {"domain": "overall"})
    assert refused.value.parameter == "domain"


def test_a_view_of_a_release_links_to_it(real: Dataset) -> None:
    from stances.links.parameters import PARAMETERS

    version = next(iter(PAGES[""].options(read(real, "", {}).tracker, "release")))
    view = read(real, "", {"release": version})
    assert view.tracker.data.release == view["release"] == version
    assert view.link("acts") == f"acts?release={version}"
    unknown = read(real, "", {"release": "2020-01-01-00000000"})
    assert unknown.tracker.data is real
    assert "2020-01-01-00000000" in lines(unknown)[0]
    assert PARAMETERS["release"].carried


def test_every_link_reads_back_as_what_it_says(tracker: Tracker, real: Dataset) -> None:
    view = read(real, "", {"as_of": "2022-05-01", "domain": "trade", "basis": "acts"})
    for page in MAIN:
        link = view.link(page, group="Five Eyes", actor=("POL", "DEU"), q='5g "core", x&y')
        back = read(real, page, query_of(link))
        assert not [line for line in lines(back) if "too many" not in line], page
        for name in ("as_of", "domain", "basis"):
            assert back[name] == view[name], (page, name)
        if "q" in PAGES[page].parameters:
            assert back["q"] == '5g "core", x&y'


def test_a_page_writes_a_thousand_links_in_no_time(real: Dataset) -> None:
    view = read(real, "events", {"as_of": "2022-05-01", "domain": "trade"})
    begun = process_time()
    for _ in range(1000):
        view.link("actor", actor="POL")
        view.record_event("POL-20200101-x")
    assert process_time() - begun < 0.2


def test_every_page_has_a_title_and_says_what_it_is_about(six: Dataset) -> None:
    for page in MAIN:
        assert PAGES[page].about
        assert at(six, page).title.endswith(six.about.title)
    for page in ("Changes", "Events"):
        title = at(six, page.lower(), to="2020-06-01").title
        assert title.startswith(f"{page}, 1 Jun 2020")
    assert set(RECORDS) == set(PAGES) - set(MAIN)
