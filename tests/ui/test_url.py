"""Session and address together: what is read, what is written, what is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.files import DATA_VARIABLE
from stances.dataset.tables import Dataset
from stances.links.parameters import PARAMETERS
from stances.links.view import view_at
from tests.dataset.test_releases import keep_release
from tests.folders import Folder
from tests.ui.pages import address, markup, notices, open_page, page_links

DAY = "2026-01-01"

pytestmark = pytest.mark.usefixtures("six_shown")


def test_an_address_alone_is_left_as_it_is() -> None:
    app = open_page("map", as_of="2019-03-04", domain="roads")
    assert address(app) == {"as_of": "2019-03-04", "domain": "roads"}


def test_a_control_writes_the_date_and_what_differs() -> None:
    app = open_page("map")
    assert address(app) == {}
    app.selectbox(key="domain").set_value("schools").run()
    assert address(app) == {"as_of": str(date.today()), "domain": "schools"}
    app.selectbox(key="actor").set_value("BOR").run()
    assert address(app) == {"as_of": str(date.today()), "domain": "schools", "actor": "BOR"}
    app.selectbox(key="domain").set_value(OVERALL).run()
    assert address(app)["domain"] == OVERALL
    app.selectbox(key="domain").set_value("roads").run()
    assert "domain" not in address(app)


def test_the_map_opens_on_the_domain_that_leads_and_other_pages_on_all() -> None:
    opens = {page: open_page(page).selectbox(key="domain").value for page in ("map", "members")}
    assert opens == {"map": "roads", "members": OVERALL}


@pytest.mark.parametrize(
    ("page", "name"), [("events", "who"), ("acts", "who"), ("trends", "actors")]
)
def test_actor_names_whom_a_page_shows_as_in_every_other_address(
    six: Dataset, page: str, name: str
) -> None:
    app = open_page(page, actor="BOR,Pact")
    assert app.multiselect(key=name).value == ["BOR", "Pact"]
    assert notices(app) == []
    assert view_at(six, page, {"actor": "BOR,Pact"})[name] == ["BOR", "Pact"]
    # What links write stays.
    app.multiselect(key=name).set_value(["BOR"]).run()
    assert (address(app)[name], "actor" in address(app)) == ("BOR", False)


def test_what_is_not_ours_stays_in_the_address() -> None:
    app = open_page("map", as_of="2019-03-04", utm_source="mail")
    app.selectbox(key="domain").set_value("schools").run()
    assert address(app) == {"as_of": "2019-03-04", "domain": "schools", "utm_source": "mail"}


def test_the_session_wins_right_after_a_change_and_the_address_wins_later() -> None:
    app = open_page("map", as_of="2019-03-04")
    app.selectbox(key="domain").set_value("schools").run()
    assert app.selectbox(key="domain").value == "schools"
    app.run()
    assert app.selectbox(key="domain").value == "schools"
    # Back: the browser brings an older address.
    app.query_params.clear()
    app.query_params["as_of"] = "2020-07-14"
    app.run()
    assert app.selectbox(key="domain").value == "roads"
    assert str(app.date_input(key="as_of").value) == "2020-07-14"
    assert address(app) == {"as_of": "2020-07-14"}


def test_bad_parameters_give_a_line_each_until_the_next_change() -> None:
    app = open_page("map", as_of="banana", domain="x", actor="BOR")
    lines = notices(app)
    assert [line.partition(" in the address: ")[0] for line in lines] == ["as_of", "domain"]
    assert all(line.endswith("The default is shown.") for line in lines)
    assert app.date_input(key="as_of").value == date.today()
    assert app.selectbox(key="domain").value == "roads"
    assert app.selectbox(key="actor").value == "BOR"
    app.run()
    assert len(notices(app)) == 2
    app.selectbox(key="actor").set_value("ARC").run()
    assert notices(app) == []
    assert address(app) == {"as_of": str(date.today()), "actor": "ARC"}


def test_a_list_keeps_what_is_right_of_it(tracker_six: Tracker) -> None:
    app = open_page("trends", actors="XXX,BOR")
    [line] = notices(app)
    assert line.startswith("actors in the address: XXX is not one of: ")
    assert line.endswith("The rest is shown.")
    assert app.multiselect(key="actors").value == ["BOR"]
    app = open_page("trends", actors="XXX,YYY")
    [line] = notices(app)
    assert line.endswith("The default is shown.")
    assert app.multiselect(key="actors").value == PARAMETERS["actors"].default(tracker_six)


def test_a_parameter_that_is_given_twice_goes_not_unheard() -> None:
    app = open_page("trends", actors=["ARC", "BOR", "ARC"])
    assert (app.multiselect(key="actors").value, notices(app)) == (["ARC", "BOR"], [])
    [line] = notices(open_page("map", actor=["ARC", "BOR"]))
    assert line.startswith("actor in the address: ARC,BOR is not one of: ")


def test_where_nothing_stands_in_for_a_bad_parameter_none_is_told_of() -> None:
    [line] = notices(open_page("events", event="XYZ-1"))
    assert line.startswith("event in the address: XYZ-1 is not the id of an event, such as ")
    assert line.endswith("; all stand in events.csv.")


def test_a_bad_parameter_of_another_page_is_named_too() -> None:
    assert len(notices(open_page("data", view="moon"))) == 1


def test_words_of_the_address_are_no_markup() -> None:
    app = open_page("map", as_of="<b>x</b> [x](https://evil.example)")
    assert "<b>x</b>" not in markup(app)
    [line] = notices(app)
    assert line.startswith("as_of in the address: <b>x</b> [x](https://evil.example) ")


def test_a_release_stays_chosen_until_its_reader_goes_back_to_today(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = keep_release(folder)
    folder.edit("events", 2, title="Another title")
    monkeypatch.setenv(DATA_VARIABLE, str(folder.path))
    app = open_page("events", release=name)
    sentence = f"As published in release {name} on "
    assert sentence in markup(app)
    assert "Another title" not in markup(app)
    app.selectbox(key="domain").set_value("roads").run()
    assert address(app)["release"] == name
    assert sentence in markup(app)
    assert all(f"release={name}" in query for query in page_links(app).values())
    app.query_params.clear()
    app.run()
    assert sentence not in markup(app)
    assert "Another title" in markup(app)


def test_a_release_that_there_is_not_gives_a_line_and_the_data_of_today(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = keep_release(folder)
    monkeypatch.setenv(DATA_VARIABLE, str(folder.path))
    for query in ({"release": "first"}, {"known": "2011-01-01"}, {"release": name, "known": DAY}):
        app = open_page("trends", **query)
        [line] = notices(app)
        assert line.endswith(f"there are: {name}. The data of today is shown.")
        assert "As published in" not in markup(app)


@pytest.mark.parametrize(("page", "name"), [("Trends", "as_of"), ("Data", "domain")])
def test_links_to_pages_carry_the_view(page: str, name: str) -> None:
    app = open_page("map", as_of="2019-03-04", domain="roads", actor="BOR", view="world")
    links = page_links(app)
    assert len(links) >= 3
    value = {"as_of": "2019-03-04", "domain": "roads"}[name]
    assert f"{name}={value}" in links[page]
    assert "view=" not in links[page]
    assert "view=world" in links["Map"]
