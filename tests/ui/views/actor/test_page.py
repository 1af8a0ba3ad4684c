"""The page of an actor: its figures add up on the page, odd states say why, links hold."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qsl

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import stances
from stances import words
from stances.answers.profile import author_note, profile
from stances.answers.reasons import earlier_events, more_events
from stances.answers.tracker import published_tracker
from stances.dataset.codebook import NO_POSITION
from tests.cases import ONE, by_events, newest_first
from tests.folders import Folder
from tests.golden import Golden
from tests.tables import row_at
from tests.ui.pages import (
    address,
    alt_of,
    figure_of,
    headline,
    lines,
    markup,
    notices,
    open_page,
    page_links,
    pieces,
    plain,
    quotes,
    subtitle,
    table_of,
    whole_table,
)

MINUS = "\N{MINUS SIGN}"
ORDER = "ARC-20200101-roads-order"

on_six = pytest.mark.usefixtures("six_shown")


def sections(app: AppTest) -> dict[str, str]:
    """The explanation of each domain, by the label of the domain."""
    found = [each for each in pieces(app) if each.startswith('<section class="why">')]
    return {plain(re.findall(r"<h3.*?</h3>", each)[0]).partition(":")[0]: each for each in found}


def column(html: str, label: str) -> list[str]:
    """The cells of a column of an explanation, from the top down; the sum is the last one."""
    return [plain(each) for each in re.findall(rf'data-label="{label}">(.*?)</td>', html)]


def number(cell: str) -> float:
    return float(cell.replace(MINUS, "-").removesuffix(" %"))


def test_without_an_address_the_first_featured_actor_is_shown(shown: stances.Dataset) -> None:
    app = open_page("actor")
    groups = set(shown.memberships["group"])
    featured = [code for code in shown.about.featured if code not in groups]
    code = featured[0] if featured else shown.position_actors[0]
    name = shown.actors.set_index("actor").loc[code, "name"]
    assert subtitle(app).startswith(f"{name}: ")
    assert app.selectbox(key="actor_choice").value == code
    assert words.day(shown.opening_day) in subtitle(app)
    assert notices(app) == []


@on_six
@pytest.mark.parametrize(("actor", "tables"), [("ARC", 1), ("BOR", 2)])
def test_shares_and_parts_of_the_six_events_add_up(actor: str, tables: int) -> None:
    assert _assert_parts_add_up(open_page("actor", actor=actor, as_of="2020-08-19")) == tables


def _assert_parts_add_up(app: AppTest) -> int:
    """The number of the tables that explain a stance; each adds up as it is printed."""
    tables = [html for html in sections(app).values() if "<table" in html]
    for html in tables:
        *shares, whole = column(html, "In percent")
        assert whole == "100.0 %"
        assert round(sum(map(number, shares)), 6) == 100
        *parts, stance = column(html, "Of the position")
        assert round(sum(map(number, parts)), 6) == number(stance)
        assert plain(re.findall(r"<h3.*?</h3>", html)[0]).endswith(stance)
        *weights, evidence = column(html, "Weight")
        assert round(sum(map(number, weights)), 6) == number(evidence)
    return len(tables)


@pytest.fixture
def renewed(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of seven events: Arcadia renews its order, after its minister has spoken."""
    title = "Arcadia renews its order"
    folder.add("events", 2, event_id="ARC-20200501-renewed", date="2020-05-01", title=title)
    monkeypatch.setenv("STANCES_DATA", str(folder.path))


@pytest.mark.usefixtures("renewed")
def test_the_act_shown_stands_before_the_latest() -> None:
    html = sections(open_page("actor", actor="ARC", as_of="2020-07-19"))["Roads"]
    # The first order stands in the register, the renewal does not.
    first = html.index("Arcadia bars Acme from its roads")
    assert "Block since 1 Jan 2020" in html[:first]
    assert html.index("Latest act, leaves the level as it was") > first
    assert html.index("Arcadia renews its order") > first
    assert html.count('rel="noopener noreferrer"') >= 4
    # Each wears what it leaves or says, and which way it went.
    assert "bars Acme from its roadsstands at Block new" in plain(html)
    assert "renews its orderstands at Block as before" in plain(html)


@pytest.mark.usefixtures("renewed")
def test_the_newest_act_of_the_register_is_shown_since_the_first_of_its_level(
    folder: Folder,
) -> None:
    folder.add("acts", 2, act_id="ARC-renewal", event_id="ARC-20200501-renewed")
    html = sections(open_page("actor", actor="ARC", as_of="2020-07-19"))["Roads"]
    assert html.index("Block since 1 Jan 2020") < html.index("Arcadia renews its order")
    assert "Latest act" not in html
    assert "Arcadia bars Acme" not in html


@pytest.mark.usefixtures("renewed")
def test_the_act_that_set_the_level_is_not_told_to_count_no_more() -> None:
    [html] = sections(open_page("actor", actor="ARC", domain="roads", as_of="2020-07-19")).values()
    # The minister's speech does, as the order was renewed after it.
    assert earlier_events(1) in plain(html)


def test_an_act_that_is_to_come_is_nowhere_in_force(
    folder: Folder, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.edit("acts", 2, in_force_from="2020-08-01")
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    app = open_page("actor", actor="ARC", domain="roads", as_of="2020-07-19")
    [html] = sections(app).values()
    assert "Block since" not in plain(markup(app))
    golden({"below the headline": subtitle(app), "why": lines(html)})


def test_headline_list_and_explanation_agree_on_what_is_in_force(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The register has what Boria planned, which the model takes for words.
    folder.add(
        "acts", 2, act_id="BOR-ring-road", actor="BOR", event_id="BOR-20200601-ring-road-plan",
        ended="", ended_how="", ended_by="",
    )  # fmt: skip
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    app = open_page("actor", actor="BOR", domain="roads", as_of="2020-08-19")
    assert ", from statements; its rules in force set no level. " in subtitle(app)
    assert "In force since 1 Jan 2020" in binds(app)
    assert "No act in force is counted" in sections(app)["Roads"]
    assert "No act is in force" not in markup(app)


@on_six
def test_a_word_that_confirms_says_so(golden: Golden) -> None:
    golden({"why": lines(sections(open_page("actor", actor="ARC", as_of="2020-07-19"))["Roads"])})


def test_many_events_are_folded_away_but_there(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in range(12):
        day = date(2020, 4, 11) + timedelta(days=place)
        folder.add("events", 3, event_id=f"ARC-{day:%Y%m%d}-worried", date=str(day))
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    app = open_page("actor", actor="ARC", domain="roads", as_of="2020-07-19")
    [html] = sections(app).values()
    folded = re.findall(r"<details>(.*?)</details>", html)
    assert len(folded) == 1
    [said] = re.findall(r"<summary>(.*?)</summary>", folded[0])
    weights, shares, parts = (
        [number(cell) for cell in column(folded[0], label)]
        for label in ("Weight", "In percent", "Of the position")
    )
    assert said == more_events(len(parts), (sum(weights), sum(shares), sum(parts)))
    listed = [number(cell) for cell in column(html.replace(folded[0], ""), "Of the position")]
    *heaviest, together = listed
    assert round(sum(heaviest) + sum(parts), 6) == together


def test_a_date_of_which_the_day_is_not_known_is_told_without_it(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.edit("events", 2, date_precision="year")
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    app = open_page("actor", actor="ARC", as_of="2020-07-19")
    html = "".join(sections(app).values())
    assert "Block since 2020 ·" in html
    acts = table_of(app, "Level")
    assert acts["From"].tolist() == ["2020"]


def test_a_level_from_before_its_rule_was_in_force_says_when_that_was(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.edit("acts", 2, in_force_from="2020-03")
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    acts = table_of(open_page("actor", actor="ARC", as_of="2020-07-19"), "Level")
    assert acts["From"].tolist() == ["1 Jan 2020\nadopted, in force from Mar 2020"]


# -- what binds, and what goes on paper -----------------------------------------------------------


def binds(app: AppTest) -> str:
    """Return what the sentence rests on and what binds, as markup."""
    [found] = [each for each in pieces(app) if 'class="binds paper"' in each]
    return str(found)


@on_six
def test_the_page_opens_with_the_sentence_and_what_binds(golden: Golden) -> None:
    app = open_page("actor", actor="BOR", as_of="2020-08-19")
    html, tracker = binds(app), published_tracker()
    said = profile(tracker, "BOR", date(2020, 8, 19))
    assert headline(app) == said.text
    assert plain(html).startswith(f"{author_note(tracker, said)}. Strongest source for ")
    assert 'href="events?event=BOR-20200201-school-permit&amp;as_of=2020-08-19"' in html
    assert 'href="acts?act=BOR-school-permit&amp;as_of=2020-08-19"' in html
    [copied] = quotes(html)[:1]
    nothing = binds(open_page("actor", actor="CAL", as_of="2020-12-31"))
    to_come = binds(open_page("actor", actor="CAL", as_of="2021-01-01"))
    cases = {
        "an act": lines(html),
        # Up to the real day.
        "to copy": copied.partition(", accessed ")[0],
        "nothing": lines(nothing),
        "to come": lines(to_come),
    }
    golden(cases)


@on_six
def test_the_link_to_an_act_keeps_the_view() -> None:
    view = {"as_of": "2020-08-19", "domain": "schools", "basis": "acts"}
    html = binds(open_page("actor", actor="BOR", settings="roads:1", **view))
    # From the sentence, and from the table.
    addresses = re.findall(r'href="acts\?(.*?)"', html)
    assert len(addresses) == 2
    for found in addresses:
        query = dict(parse_qsl(unescape(found)))
        assert query.pop("settings").startswith("roads:1,")
        assert query == {"act": "BOR-school-permit", **view}


def test_many_acts_are_folded_away_but_there(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in range(8):
        folder.add("acts", 2, act_id=f"ARC-order-{place}", event_id="")
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    html = binds(open_page("actor", actor="ARC", as_of="2020-07-19"))
    [folded] = re.findall(r"<details>(.*?)</details>", html)
    assert "<summary>Three more that bind or will</summary>" in folded
    assert html.count('data-label="Rule"') == 9
    assert folded.count('data-label="Rule"') == 3


@on_six
def test_it_says_on_how_many_domains_the_stance_rests() -> None:
    app = open_page("actor", actor="BOR", as_of="2021-03-07")
    assert (
        "The overall label rests on all two fields: roads (95 %) and schools (5 %).</p>"
    ) in markup(app)


@on_six
def test_titles_of_what_counts_are_links() -> None:
    html = sections(open_page("actor", actor="ARC", as_of="2020-07-19"))["Roads"]
    assert f'<a href="events?event={ORDER}"' in html


@on_six
def test_paper_has_what_happened_and_the_sources_by_number(golden: Golden) -> None:
    app = open_page("actor", actor="BOR", as_of="2020-08-19")
    [paper] = [each for each in pieces(app) if 'class="paper paper-only"' in each]
    *text, citation, view = lines(paper)
    golden({"on paper": text})
    # Up to the real day.
    assert "Accessed" in citation
    assert "actor=BOR" in view


@pytest.mark.usefixtures("renewed")
def test_an_arrest_is_an_open_case_on_the_whole_page(folder: Folder) -> None:
    folder.replace("codebook.toml", "[domains.schools]", "open_case = true\n[domains.schools]")
    app = open_page("actor", actor="ARC", domain="roads", as_of="2020-07-19")
    shown = plain(markup(app)).lower()
    assert "with an open case. " in subtitle(app)
    assert "open case · block since 1 jan 2020" in shown
    assert "act in force" not in shown


# -- odd states ----------------------------------------------------------------------------------


def test_a_group_offers_its_members(shown: stances.Dataset) -> None:
    groups = list(dict.fromkeys(shown.memberships["group"]))
    app = open_page("actor", actor=groups[0], as_of="2020-06-30")
    assert "has no events of its own" in headline(app)
    assert app.selectbox(key="actor_choice").value == app.session_state["actor"]
    members = app.button_group(key="actor_member")
    assert members.options
    app.selectbox(key="actor_choice").set_value(shown.position_actors[0]).run()
    assert not app.exception
    assert "no events of its own" not in headline(app)


def test_the_members_of_a_group_stand_in_order_with_their_stances(
    shown: stances.Dataset,
) -> None:
    day, domain = date(2020, 6, 30), next(iter(shown.codebook.domains))
    [group, *_] = [code for code in shown.about.featured if code not in set(shown.actors["actor"])]
    groups = open_page("actor", actor=group, as_of=str(day), domain=domain).button_group
    [members] = [each for each in groups if each.key == "actor_member"]
    stances_of = shown.snapshot(day, domain).set_index("name")["stance"]
    text = [str(option).replace("\\", "").rpartition(" ") for option in members.options]
    order = [float(stances_of[name]) for name, *_ in text]
    assert [shown for *_, shown in text] == [words.figure(stance, 2) for stance in order]
    known = [stance for stance in order if stance == stance]
    assert known
    assert order[: len(known)] == sorted(known)


@on_six
def test_an_actor_without_events_says_so() -> None:
    app = open_page("actor", actor="CAL")
    assert headline(app) == "Nothing that Caldon said or did on Acme is recorded so far."
    assert "Caldon: no current position on Acme in all fields. " in subtitle(app)
    assert "No event is in the data; choose another country or body." in subtitle(app)
    assert not app.get("plotly_chart")


@on_six
def test_a_day_before_the_first_event_leads_to_it() -> None:
    app = open_page("actor", actor="ARC", as_of="2019-06-01")
    assert "the first is of 1 January 2020" in subtitle(app)
    [button] = [each for each in app.button if each.label == "Go to 1 January 2020"]
    button.click().run()
    assert not app.exception
    assert "Block" in subtitle(app)
    assert app.date_input(key="as_of").value == date(2020, 1, 1)


@on_six
def test_a_faded_actor_says_since_when() -> None:
    app = open_page("actor", actor="BOR", as_of="2022-12-31")
    assert "too old to count since 28 September 2021" in subtitle(app)
    assert "ended or lapsed" in sections(app)["Schools"]
    [table] = [each for each in pieces(app) if "standing" in each]
    assert plain(table).count(NO_POSITION) == 3


def test_context_alone_has_a_timeline_and_no_explanation(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.add("events", 3, event_id="CAL-20200410-visit", actor="CAL", score="")
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    app = open_page("actor", actor="CAL", as_of="2020-06-30")
    assert sections(app) == {}
    assert alt_of(app, "actor-timeline").count("0 scored") == 1
    events = table_of(app, "Counts now")
    assert set(events["Counts now"]) == {"Context, never"}


# -- history and timeline ------------------------------------------------------------------------


def test_history_timeline_and_tables_agree(shown: stances.Dataset) -> None:
    actor = shown.events.loc[shown.events["score"].notna(), "actor"].iloc[0]
    day = date(2022, 6, 1)
    app = open_page("actor", actor=str(actor), as_of=str(day))
    events = shown.events[shown.events["actor"] == actor]
    events = events[events["date"] <= pd.Timestamp(day)]
    drawn = figure_of(app, "actor-timeline")["data"]
    marked = [event for trace in drawn for event in trace["customdata"]]
    assert sorted(marked) == sorted(events["event_id"])
    listed = table_of(app, "Counts now")
    assert listed["Title"].tolist() == (
        events.sort_values(["date", "event_id"], ascending=[False, True])["title"].tolist()
    )
    acts = sum(
        (shown.model.acts(actor, domain)["date"] <= pd.Timestamp(day)).sum()
        for domain in shown.codebook.domains
    )
    if acts:
        assert len(table_of(app, "Act")) == acts


def test_the_stance_after_an_event_is_that_of_its_day(real: stances.Dataset) -> None:
    actor = by_events(real)[0]
    events = newest_first(real.events[real.events["actor"] == actor])
    stances_then = [
        row_at(real.position(day.date()), actor, domain).stance
        for day, domain in zip(events["date"], events["domain"], strict=True)
    ]
    listed = whole_table("actor", "Counts now", actor=actor)
    assert listed["Position after"].tolist() == [words.figure(stance, 2) for stance in stances_then]


def test_the_stance_after_an_event_is_told_for_context_too(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.add("events", 3, event_id="ARC-20200501-visit", date="2020-05-01", score="")
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    listed = table_of(open_page("actor", actor="ARC", as_of="2020-12-01"), "Counts now")
    assert listed["Counts now"].tolist()[1] == "Context, never"
    assert listed["Position after"].tolist() == ["0.00", *[f"{MINUS}2.00"] * 3]


def test_events_of_one_day_come_in_order_of_their_ids(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for slug in ("m-second", "a-first", "z-third"):
        folder.add("events", 3, event_id=f"ARC-20200410-{slug}", title=slug)
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    listed = table_of(open_page("actor", actor="ARC", as_of="2020-04-10"), "Counts now")
    assert listed["Title"].tolist() == [
        "a-first", "m-second", "Arcadia's minister is worried by Acme", "z-third",
        "Arcadia bars Acme from its roads",
    ]  # fmt: skip


@on_six
def test_an_event_of_another_actor_is_not_opened_and_a_line_says_so(golden: Golden) -> None:
    app, group = (open_page("actor", actor=code, event=ORDER) for code in ("BOR", "Pact"))
    assert "<article" not in markup(app)
    golden({"of another": notices(app), "of a group": notices(group)})


@on_six
def test_links_of_ours_bring_no_event_of_another_actor() -> None:
    app = open_page("actor", actor="BOR")
    app.query_params.clear()
    app.query_params["event"] = ORDER
    app.switch_page("views/events/events.py").run()
    links = page_links(app)
    assert "actor=BOR" in links["Countries"]
    assert "event=" not in links["Countries"]
    assert f"event={ORDER}" in links["Trends"]
    its_own = links["The position on that day"]
    assert "actor=ARC" in its_own
    assert f"event={ORDER}" in its_own


@on_six
def test_another_actor_closes_the_event_that_was_open() -> None:
    app = open_page("actor", actor="ARC", event=ORDER)
    assert notices(app) == []
    app.selectbox(key="actor_choice").set_value("BOR").run()
    assert notices(app) == []
    assert "event" not in address(app)


# -- the way here --------------------------------------------------------------------------------


@on_six
def test_own_settings_move_the_figures_and_not_the_sums() -> None:
    published = open_page("actor", actor="BOR", as_of="2020-08-19")
    own = open_page("actor", actor="BOR", as_of="2020-08-19", settings="roads:1,schools:3")
    assert "Boria: Promote" in subtitle(published)
    assert "Boria: Admit" in subtitle(own)
    [table] = [each for each in pieces(own) if "standing" in each]
    assert "100 %" in plain(table)
    for html in sections(own).values():
        if "<table" in html:
            *parts, stance = column(html, "Of the position")
            assert round(sum(map(number, parts)), 6) == number(stance)


# The panel of the map on which the first page opens has a sentence on all fields, and so leads to
# the record in all.
@on_six
@pytest.mark.parametrize(("shown", "leads"), [("roads", {}), ("schools", {"domain": "schools"})])
def test_the_panel_of_the_map_leads_here(shown: str, leads: dict[str, str]) -> None:
    app = open_page("map", actor="BOR", as_of="2019-03-04", domain=shown)
    [link] = [each for each in app.get("page_link") if each.proto.label == "Full record"]
    assert link.proto.page == "actor"
    query = dict(part.split("=") for part in link.proto.query_string.split("&"))
    assert query == {"actor": "BOR", "as_of": "2019-03-04"} | leads


def test_the_last_event_told_is_of_the_domain_shown(real: stances.Dataset) -> None:
    # Not of the newest event of all, so that another domain has newer ones.
    own = real.events[real.events["actor"] == ONE].sort_values(["date", "event_id"])
    domain = str(own.groupby("domain")["date"].max().idxmin())
    last = own[own["domain"] == domain].iloc[-1]
    app = open_page("actor", actor=ONE, domain=domain, as_of=str(real.today))
    text = words.day(words.Dated(last["date"].date(), last["date_precision"]))
    about = words.about_domain(real.codebook, domain)
    assert f"Latest event {about}: {text}." in markup(app)


# -- groups ---------------------------------------------------------------------------------------


@on_six
def test_a_group_that_is_chosen_opens_its_members() -> None:
    app = open_page("actor", actor="ARC", as_of="2020-06-30")
    app.selectbox(key="actor_choice").set_value("Pact").run()
    assert not app.exception
    assert headline(app) == headline(open_page("members", group="Pact", as_of="2020-06-30"))
    assert app.session_state["actor"] == "ARC"
