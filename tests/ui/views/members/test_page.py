"""The page of members as it is sent: rows, chips, links, orders, and odd states."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

import stances
from stances.answers.members import member_table, members_headline, orders, totals_listed_texts
from stances.answers.tracker import Tracker
from tests.ui import pages

on_six = pytest.mark.usefixtures("six_shown")
MIDSUMMER = "2020-06-30"


def rows_of(app: AppTest) -> dict[str, str]:
    """The markup of each row by the name that it opens with, in their order."""
    _, _, table = pages.markup(app).partition('<table class="members"')
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', table)
    return {pages.plain(name): f"{name}{cells}" for name, cells in rows}


def cells(row: str) -> list[str]:
    """Return the words of a row, by the kind of each cell that says something."""
    result = re.findall(r'<td class="(\w+)[\w ]*".*?>(.*?)</td>', row)
    return [f"{kind}: {'; '.join(pages.lines(html))}" for kind, html in result if pages.lines(html)]


def test_without_an_address_it_is_the_group_that_leads_today(shown: stances.Dataset) -> None:
    app = pages.open_page("members")
    assert pages.notices(app) == []
    lead = shown.about.lead
    assert lead is not None
    assert app.selectbox(key="group").value == lead.group
    tracker = Tracker(shown)
    table = member_table(tracker, lead.group, shown.opening_day, "overall")
    assert pages.headline(app) == members_headline(Tracker(shown), table)
    assert list(rows_of(app)) == [row.short_name for row in table.rows]
    totals = re.findall(r"<li><b>(\d+)</b> (.*?)</li>", pages.markup(app))
    assert [(int(count), pages.plain(text)) for count, text in totals] == totals_listed_texts(
        shown.codebook, table
    )


@on_six
def test_rows_are_sorted_by_the_control_and_by_the_headings(tracker_six: Tracker) -> None:
    app = pages.open_page("members", as_of="2021-07-01", group="all")
    assert list(rows_of(app)) == ["Arcadia", "Boria", "Caldon"]
    assert (
        pages.plain(re.findall(r'aria-sort="ascending">(.*?)</th>', pages.markup(app))[0])
        == "Member"
    )
    app.selectbox(key="order").set_value("deadline").run()
    assert list(rows_of(app)) == ["Caldon", "Arcadia", "Boria"]
    assert pages.address(app)["order"] == "deadline"
    [(by, label)] = re.findall(r'aria-sort="(\w+)">(.*?)</th>', pages.markup(app))
    assert (by, pages.plain(label)) == ("ascending", "Deadline")
    head = pages.markup(app).partition('<table class="members"')[2].partition("<tbody>")[0]
    offered = [query["order"] for _, query in pages.links_of(head)]
    assert offered == list(orders(tracker_six.codebook))
    assert {"roads", "schools", "events"} < set(offered)
    for page, query in pages.links_of(head):
        assert (page, query["group"], query["as_of"]) == ("./members", "all", "2021-07-01")
        sorted_by = pages.open_page("members", **query)
        assert pages.notices(sorted_by) == []
        [label] = re.findall(r'aria-sort="\w+">(.*?)</th>', pages.markup(sorted_by))
        assert f"order={query['order']}" in label


@on_six
def test_every_actor_can_be_shown() -> None:
    app = pages.open_page("members", as_of="2020-08-19")
    assert list(rows_of(app)) == ["Boria", "Caldon"]
    app.selectbox(key="group").set_value("all").run()
    assert list(rows_of(app)) == ["Arcadia", "Boria", "Caldon"]
    assert pages.headline(app).startswith("One of three actors has used a rule")
    assert "Countries and bodies on 19 August 2020" in pages.subtitle(app)


@on_six
def test_there_is_a_file_of_the_table() -> None:
    app = pages.open_page("members", as_of=MIDSUMMER)
    labels = [each.proto.label for each in app.get("download_button")]
    assert labels == ["The years of three members as CSV", "The table as CSV"]


# -- ways here -----------------------------------------------------------------------------------


@on_six
def test_the_full_record_of_a_group_leads_here() -> None:
    app = pages.open_page("map", actor="Pact", as_of=MIDSUMMER, domain="roads")
    [link] = [each for each in app.get("page_link") if each.proto.label == "Full record"]
    assert link.proto.page == "members"
    query = dict(parse_qsl(link.proto.query_string))
    assert query == {"group": "Pact", "as_of": MIDSUMMER, "domain": "roads"}


@on_six
def test_a_group_on_the_page_of_an_actor_and_a_line_of_a_trend_lead_here() -> None:
    actor = pages.open_page("actor", actor="Pact", as_of=MIDSUMMER)
    [link] = [each for each in actor.get("page_link") if "one table" in each.proto.label]
    assert dict(parse_qsl(link.proto.query_string))["group"] == "Pact"
    trend = pages.open_page("trends", actors="ARC,Pact", as_of=MIDSUMMER)
    [(page, query)] = pages.links_of(
        next(line for line in pages.markup(trend).splitlines() if "Member by member" in line)
    )
    assert (page, query) == ("members", {"group": "Pact", "as_of": MIDSUMMER})
    assert "Member by member" not in pages.markup(pages.open_page("trends", actors="ARC"))
