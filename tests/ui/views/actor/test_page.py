"""The page of an actor: its figures add up on the page, odd states say why, links hold."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import stances
from stances import words
from tests.cases import by_events, newest_first
from tests.golden import Golden
from tests.tables import row_at
from tests.ui import pages

MINUS = "\N{MINUS SIGN}"
ORDER = "ARC-20200101-roads-order"

on_six = pytest.mark.usefixtures("six_shown")


def sections(app: AppTest) -> dict[str, str]:
    """The explanation of each domain, by the label of the domain."""
    result = [each for each in pages.pieces(app) if each.startswith('<section class="why">')]
    return {
        pages.plain(re.findall(r"<h3.*?</h3>", each)[0]).partition(":")[0]: each for each in result
    }


def column(html: str, label: str) -> list[str]:
    """The cells of a column of an explanation, from the top down; the sum is the last one."""
    return [pages.plain(each) for each in re.findall(rf'data-label="{label}">(.*?)</td>', html)]


def number(cell: str) -> float:
    return float(cell.replace(MINUS, "-").removesuffix(" %"))


def test_without_an_address_the_first_featured_actor_is_shown(shown: stances.Dataset) -> None:
    app = pages.open_page("actor")
    groups = set(shown.memberships["group"])
    featured = [code for code in shown.about.featured if code not in groups]
    code = featured[0] if featured else shown.position_actors[0]
    name = shown.actors.set_index("actor").loc[code, "name"]
    assert pages.subtitle(app).startswith(f"{name}: ")
    assert app.selectbox(key="actor_choice").value == code
    assert words.day(shown.opening_day) in pages.subtitle(app)
    assert pages.notices(app) == []


@on_six
@pytest.mark.parametrize(("actor", "tables"), [("ARC", 1), ("BOR", 2)])
def test_shares_and_parts_of_the_six_events_add_up(actor: str, tables: int) -> None:
    assert _assert_parts_add_up(pages.open_page("actor", actor=actor, as_of="2020-08-19")) == tables


def _assert_parts_add_up(app: AppTest) -> int:
    """The number of the tables that explain a stance; each adds up as it is printed."""
    tables = [html for html in sections(app).values() if "<table" in html]
    for html in tables:
        *shares, whole = column(html, "In percent")
        assert whole == "100.0 %"
        assert round(sum(map(number, shares)), 6) == 100
        *parts, stance = column(html, "Of the position")
        assert round(sum(map(number, parts)), 6) == number(stance)
        assert pages.plain(re.findall(r"<h3.*?</h3>", html)[0]).endswith(stance)
        *weights, evidence = column(html, "Weight")
        assert round(sum(map(number, weights)), 6) == number(evidence)
    return len(tables)


# -- odd states ----------------------------------------------------------------------------------


def test_a_group_offers_its_members(shown: stances.Dataset) -> None:
    groups = list(dict.fromkeys(shown.memberships["group"]))
    app = pages.open_page("actor", actor=groups[0], as_of="2020-06-30")
    assert "none as a group" in pages.headline(app)
    assert app.selectbox(key="actor_choice").value == app.session_state["actor"]
    members = app.button_group(key="actor_member")
    assert members.options
    app.selectbox(key="actor_choice").set_value(shown.position_actors[0]).run()
    assert not app.exception
    assert "no events of its own" not in pages.headline(app)


def test_the_members_of_a_group_stand_in_order_with_their_stances(shown: stances.Dataset) -> None:
    day, domain = date(2020, 6, 30), next(iter(shown.codebook.domains))
    [group, *_] = [code for code in shown.about.featured if code not in set(shown.actors["actor"])]
    groups = pages.open_page("actor", actor=group, as_of=str(day), domain=domain).button_group
    [members] = [each for each in groups if each.key == "actor_member"]
    stances_of = shown.snapshot(day, domain).set_index("name")["stance"]
    text = [str(option).replace("\\", "").rpartition(" ") for option in members.options]
    order = [float(stances_of[name]) for name, *_ in text]
    assert [shown for *_, shown in text] == [words.figure(stance, 2) for stance in order]
    known = [stance for stance in order if stance == stance]
    assert known
    assert order[: len(known)] == sorted(known)


@on_six
def test_a_day_before_the_first_event_leads_to_it() -> None:
    app = pages.open_page("actor", actor="ARC", as_of="2019-06-01")
    assert "the first is of 1 January 2020" in pages.subtitle(app)
    [button] = [each for each in app.button if each.label == "Go to 1 January 2020"]
    button.click().run()
    assert not app.exception
    assert "Block" in pages.subtitle(app)
    assert app.date_input(key="as_of").value == date(2020, 1, 1)


# -- history and timeline ------------------------------------------------------------------------


def test_history_timeline_and_tables_agree(shown: stances.Dataset) -> None:
    actor = shown.events.loc[shown.events["score"].notna(), "actor"].iloc[0]
    day = date(2022, 6, 1)
    app = pages.open_page("actor", actor=str(actor), as_of=str(day))
    events = shown.events[shown.events["actor"] == actor]
    events = events[events["date"] <= pd.Timestamp(day)]
    drawn = pages.figure_of(app, "actor-timeline")["data"]
    marked = [event for trace in drawn for event in trace["customdata"]]
    assert sorted(marked) == sorted(events["event_id"])
    listed = pages.table_of(app, "Counts now")
    assert listed["Title"].tolist() == (
        events.sort_values(["date", "event_id"], ascending=[False, True])["title"].tolist()
    )
    acts = sum(
        (shown.model.acts(actor, domain)["date"] <= pd.Timestamp(day)).sum()
        for domain in shown.codebook.domains
    )
    if acts:
        assert len(pages.table_of(app, "Act")) == acts


def test_the_stance_after_an_event_is_that_of_its_day(real: stances.Dataset) -> None:
    actor = by_events(real)[0]
    events = newest_first(real.events[real.events["actor"] == actor])
    stances_then = [
        row_at(real.position(day.date()), actor, domain).stance
        for day, domain in zip(events["date"], events["domain"], strict=True)
    ]
    listed = pages.whole_table("actor", "Counts now", actor=actor)
    assert listed["Position after"].tolist() == [words.figure(stance, 2) for stance in stances_then]


@on_six
def test_an_event_of_another_actor_is_not_opened_and_a_line_says_so(golden: Golden) -> None:
    app, group = (pages.open_page("actor", actor=code, event=ORDER) for code in ("BOR", "Pact"))
    assert "<article" not in pages.markup(app)
    golden({"of another": pages.notices(app), "of a group": pages.notices(group)})


@on_six
def test_links_of_ours_bring_no_event_of_another_actor() -> None:
    app = pages.open_page("actor", actor="BOR")
    app.query_params.clear()
    app.query_params["event"] = ORDER
    app.switch_page("views/events/events.py").run()
    links = pages.page_links(app)
    assert "actor=BOR" in links["Countries"]
    assert "event=" not in links["Countries"]
    assert f"event={ORDER}" in links["Trends"]
    its_own = links["The position on that day"]
    assert "actor=ARC" in its_own
    assert f"event={ORDER}" in its_own


@on_six
def test_another_actor_closes_the_event_that_was_open() -> None:
    app = pages.open_page("actor", actor="ARC", event=ORDER)
    assert pages.notices(app) == []
    app.selectbox(key="actor_choice").set_value("BOR").run()
    assert pages.notices(app) == []
    assert "event" not in pages.address(app)


# -- the way here --------------------------------------------------------------------------------


# The panel of the map on which the first page opens has a sentence on all fields, and so leads to
# the record in all.
@on_six
@pytest.mark.parametrize(("shown", "leads"), [("roads", {}), ("schools", {"domain": "schools"})])
def test_the_panel_of_the_map_leads_here(shown: str, leads: dict[str, str]) -> None:
    app = pages.open_page("map", actor="BOR", as_of="2019-03-04", domain=shown)
    [link] = [each for each in app.get("page_link") if each.proto.label == "Full record"]
    assert link.proto.page == "actor"
    query = dict(part.split("=") for part in link.proto.query_string.split("&"))
    assert query == {"actor": "BOR", "as_of": "2019-03-04"} | leads


# -- groups ---------------------------------------------------------------------------------------


@on_six
def test_a_group_that_is_chosen_opens_its_members() -> None:
    app = pages.open_page("actor", actor="ARC", as_of="2020-06-30")
    app.selectbox(key="actor_choice").set_value("Pact").run()
    assert not app.exception
    assert pages.headline(app) == pages.headline(
        pages.open_page("members", group="Pact", as_of="2020-06-30")
    )
    assert app.session_state["actor"] == "ARC"
