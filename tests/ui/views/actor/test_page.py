"""The page of an actor: its figures add up on the page, odd states say why, links hold."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import stances
from stances import words
from stances.answers.reasons import earlier_events, more_events, standing_of
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, OVERALL
from tests.folders import REAL, Folder
from tests.tables import row_at
from tests.ui.pages import (
    address,
    alt_of,
    figure_of,
    headline,
    markup,
    notices,
    opened,
    plain,
    subtitle,
)

MINUS = "\N{MINUS SIGN}"
NDAA = "USA-20180813-ndaa-2019-s889"


on_six = pytest.mark.usefixtures("six_shown")


def sections(app: AppTest) -> dict[str, str]:
    """The explanation of each domain, by the label of the domain."""
    found = [each.value for each in app.markdown if each.value.startswith('<section class="why">')]
    return {plain(re.findall(r"<h3.*?</h3>", each)[0]).partition(":")[0]: each for each in found}


def column(html: str, label: str) -> list[str]:
    """The cells of a column of an explanation, from the top down; the sum is the last one."""
    return [plain(each) for each in re.findall(rf'data-label="{label}">(.*?)</td>', html)]


def number(cell: str) -> float:
    return float(cell.replace(MINUS, "-").removesuffix(" %"))


def table_with(app: AppTest, column: str) -> pd.DataFrame:
    (found,) = (table.value for table in app.dataframe if column in table.value)
    return found


def test_without_an_address_the_first_featured_actor_is_shown(shown: stances.Dataset) -> None:
    app = opened("actor")
    groups = set(shown.memberships["group"])
    featured = [code for code in shown.about.featured if code not in groups]
    code = featured[0] if featured else shown.position_actors[0]
    name = shown.actors.set_index("actor").loc[code, "name"]
    assert headline(app).startswith(str(name))
    assert app.selectbox(key="actor_choice").value == code
    assert words.day(shown.today) in subtitle(app)
    assert notices(app) == []


@pytest.mark.parametrize("domain", [OVERALL, "networks"])
@pytest.mark.parametrize("actor", ["EU-COM", "GBR", "POL"])
def test_shares_and_parts_add_up_as_printed(actor: str, domain: str) -> None:
    app = opened("actor", actor=actor, domain=domain, as_of="2022-06-30")
    tables = [html for html in sections(app).values() if "<table" in html]
    assert tables
    for html in tables:
        *shares, whole = column(html, "Share")
        assert whole == "100.0 %"
        assert round(sum(map(number, shares)), 6) == 100
        *parts, stance = column(html, "Part")
        assert round(sum(map(number, parts)), 6) == number(stance)
        assert plain(re.findall(r"<h3.*?</h3>", html)[0]).endswith(stance)
        *weights, evidence = column(html, "Weight")
        assert round(sum(map(number, weights)), 6) == number(evidence)


def test_domains_add_up_to_the_headline() -> None:
    app = opened("actor", actor="EU-COM", as_of="2024-06-30")
    [table] = [each.value for each in app.markdown if "standing" in each.value]
    rows = [re.findall(r"<td.*?>(.*?)</td>", row) for row in re.findall(r"<tr.*?</tr>", table)]
    *domains, overall = [[plain(cell) for cell in row] for row in rows if row]
    parts = [number(row[5]) for row in domains if row[5] != words.DASH]
    assert round(sum(parts), 6) == number(overall[5])
    assert sum(number(row[4]) for row in domains if row[4] != words.DASH) == pytest.approx(100)
    assert overall[5] in headline(app)


@pytest.mark.parametrize("actor", ["USA", "DEU", "TWN"])
def test_the_act_shown_stands_before_the_latest(tracker: Tracker, actor: str) -> None:
    day, checked = date(2024, 8, 1), 0
    found = sections(opened("actor", actor=actor, as_of=str(day)))
    for code, row in standing_of(tracker, actor, day).items():
        if not row.act_event_id:
            continue
        html = found[tracker.codebook.domain_label(code)]
        since = words.short_day(tracker.dated[row.in_force_event_id])
        head = f"{tracker.codebook.scale.labels[int(row.act_level)]} since {since} · "
        title = words.escape(tracker.titles[row.act_event_id])
        assert html.index(head) < html.index(title)
        later = row.latest_act_event_id != row.act_event_id
        assert ("Latest act, leaves the level as it was" in html) == later
        assert not later or html.index(title) < html.index("Latest act, leaves")
        checked += 1
    assert checked


@on_six
def test_a_word_that_confirms_says_so() -> None:
    html = sections(opened("actor", actor="ARC", as_of="2020-07-19"))["Roads"]
    assert f"scored {MINUS}1, confirms the act in force and counts as {MINUS}2" in html
    assert column(html, "Score") == [f"{MINUS}2", f"{MINUS}2"]
    assert column(html, "Share") == ["85.7 %", "14.3 %", "100.0 %"]


def test_many_events_are_folded_away_but_there() -> None:
    app = opened("actor", actor="EU-COM", domain="networks")
    [html] = sections(app).values()
    folded = re.findall(r"<details>(.*?)</details>", html)
    assert len(folded) == 1
    [said] = re.findall(r"<summary>(.*?)</summary>", folded[0])
    weights, shares, parts = (
        [number(cell) for cell in column(folded[0], label)] for label in ("Weight", "Share", "Part")
    )
    assert said == more_events(len(parts), (sum(weights), sum(shares), sum(parts)))
    listed = [number(cell) for cell in column(html.replace(folded[0], ""), "Part")]
    *heaviest, together = listed
    assert round(sum(heaviest) + sum(parts), 6) == together


def test_the_act_that_set_the_level_is_not_told_to_count_no_more() -> None:
    data = stances.load(REAL)
    app = opened("actor", actor="DEU", domain="networks", as_of="2024-08-01")
    [html] = sections(app).values()
    [row] = data.snapshot("2024-08-01", "networks", ["DEU"]).itertuples()
    counting = set(data.explain("DEU", "networks", "2024-08-01")["event_id"])
    at_work = counting | {row.in_force_event_id, row.act_event_id}
    assert len(at_work) > len(counting)
    assert earlier_events(row.events - len(at_work)) in plain(html)


def test_a_date_of_which_the_day_is_not_known_is_told_without_it() -> None:
    app = opened("actor", actor="TWN", as_of="2013-06-01")
    html = "".join(sections(app).values())
    assert " since 2013 ·" in html
    acts = table_with(app, "Level")
    assert "2013" in acts["From"].tolist()


# -- odd states ----------------------------------------------------------------------------------


def test_a_group_offers_its_members(shown: stances.Dataset) -> None:
    groups = list(dict.fromkeys(shown.memberships["group"]))
    app = opened("actor", actor=groups[0], as_of="2020-06-30")
    assert "has no events of its own" in headline(app)
    assert app.selectbox(key="actor_choice").value is None
    [members] = app.button_group
    assert members.options
    app.selectbox(key="actor_choice").set_value(shown.position_actors[0]).run()
    assert not app.exception
    assert "no events of its own" not in headline(app)


def test_the_members_of_a_group_stand_in_order_with_their_stances() -> None:
    data = stances.load(REAL)
    day = date(2024, 3, 4)
    [members] = opened("actor", actor="EU", as_of=str(day), domain="networks").button_group
    stances_of = data.snapshot(day, "networks").set_index("name")["stance"]
    told = [str(option).replace("\\", "").rpartition(" ") for option in members.options]
    order = [float(stances_of[name]) for name, *_ in told]
    assert [shown for *_, shown in told] == [words.figure(stance, 2) for stance in order]
    known = [stance for stance in order if stance == stance]
    assert 0 < len(known) < len(order)
    assert order[: len(known)] == sorted(known)


@on_six
def test_an_actor_without_events_says_so() -> None:
    app = opened("actor", actor="CAL")
    assert headline(app) == "Caldon: no current position on Acme over all domains"
    assert "No event is in the data; choose another actor." in subtitle(app)
    assert not app.get("plotly_chart")


@on_six
def test_a_day_before_the_first_event_leads_to_it() -> None:
    app = opened("actor", actor="ARC", as_of="2019-06-01")
    assert "the first is of 1 January 2020" in subtitle(app)
    [button] = [each for each in app.button if each.label == "Go to 1 January 2020"]
    button.click().run()
    assert not app.exception
    assert "Block" in headline(app)
    assert app.date_input(key="as_of").value == date(2020, 1, 1)


@on_six
def test_a_faded_actor_says_since_when() -> None:
    app = opened("actor", actor="BOR", as_of="2022-12-31")
    assert "since 28 September 2021 what counts reaches the minimum of" in subtitle(app)
    assert "ended or lapsed" in sections(app)["Schools"]
    [table] = [each.value for each in app.markdown if "standing" in each.value]
    assert plain(table).count(NO_POSITION) == 3


@on_six
def test_a_domain_without_events_points_to_the_others() -> None:
    app = opened("actor", actor="ARC", domain="schools", as_of="2020-07-01")
    assert "choose Overall to see the 2 in other domains" in markup(app)
    assert not sections(app)


def test_context_alone_has_a_timeline_and_no_explanation() -> None:
    app = opened("actor", actor="VNM", as_of="2025-06-30")
    assert sections(app) == {}
    assert alt_of(app, "actor-timeline").count("0 scored") == 1
    events = table_with(app, "Counts now")
    assert set(events["Counts now"]) == {"Context, never"}


def test_an_unknown_actor_is_named_and_the_default_shown() -> None:
    app = opened("actor", actor="XYZ")
    [line] = notices(app)
    assert "XYZ" in line
    assert sections(app)


# -- history and timeline ------------------------------------------------------------------------


def test_history_timeline_and_tables_agree(shown: stances.Dataset) -> None:
    actor = shown.events.loc[shown.events["score"].notna(), "actor"].iloc[0]
    day = date(2022, 6, 1)
    app = opened("actor", actor=str(actor), as_of=str(day))
    events = shown.events[shown.events["actor"] == actor]
    events = events[events["date"] <= pd.Timestamp(day)]
    drawn = figure_of(app, "actor-timeline")["data"]
    marked = [event for trace in drawn for event in trace["customdata"]]
    assert sorted(marked) == sorted(events["event_id"])
    listed = table_with(app, "Counts now")
    assert listed["Title"].tolist() == (
        events.sort_values(["date", "event_id"], ascending=[False, True])["title"].tolist()
    )
    acts = sum(
        (shown.model.acts(actor, domain)["date"] <= pd.Timestamp(day)).sum()
        for domain in shown.codebook.domains
    )
    if acts:
        assert len(table_with(app, "Act")) == acts


def test_the_stance_after_an_event_is_told_for_context_too(real: stances.Dataset) -> None:
    events = real.events[(real.events["actor"] == "AUS")].sort_values(
        ["date", "event_id"], ascending=[False, True]
    )
    stances_then = [
        row_at(real.position(day.date()), "AUS", domain).stance
        for day, domain in zip(events["date"], events["domain"], strict=True)
    ]
    context = events["score"].isna().to_numpy()
    assert any(
        stance == stance
        for stance, is_context in zip(stances_then, context, strict=True)
        if is_context
    )
    listed = table_with(opened("actor", actor="AUS"), "Counts now")
    assert listed["Stance after"].tolist() == [words.figure(stance, 2) for stance in stances_then]


@on_six
def test_acts_are_squares_and_words_discs_on_the_timeline() -> None:
    app = opened("actor", actor="ARC", as_of="2020-12-01")
    marks = {
        event: trace["marker"]["symbol"]
        for trace in figure_of(app, "actor-timeline")["data"]
        for event in trace["customdata"]
    }
    assert marks == {
        "ARC-20200101-roads-order": "square",
        "ARC-20200410-minister-worried": "circle",
        "ARC-20201027-order-repealed": "square",
    }


def test_events_of_one_day_come_in_order_of_their_ids(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for slug in ("m-second", "a-first", "z-third"):
        folder.add("events", 3, event_id=f"ARC-20200410-{slug}", title=slug)
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    listed = table_with(opened("actor", actor="ARC", as_of="2020-04-10"), "Counts now")
    assert listed["Title"].tolist() == [
        "a-first", "m-second", "Arcadia's minister is worried by Acme", "z-third",
        "Arcadia bars Acme from its roads",
    ]  # fmt: skip


def test_an_event_is_opened_with_every_source() -> None:
    event = "POL-20190108-arrest-weijing-w"
    app = opened("actor", actor="POL", event=event)
    [article] = [each.value for each in app.markdown if "<article" in each.value]
    data = stances.load(REAL)
    own = data.event_sources[data.event_sources["event_id"] == event]
    assert len(own) > 1
    for url in own["url"]:
        assert words.escape(url) in article


def test_an_event_of_another_actor_is_not_opened_and_a_line_says_so() -> None:
    app = opened("actor", actor="POL", event=NDAA)
    [article] = [each.value for each in app.markdown if "<article" in each.value]
    assert "POL-" in article
    assert "USA-" not in article
    assert notices(app) == [
        f"event in the address: {NDAA} is of United States; allowed are the events of Poland."
    ]


def test_an_event_of_a_member_is_none_of_its_group() -> None:
    [line] = notices(opened("actor", actor="EU", event="POL-20190108-arrest-weijing-w"))
    assert line.endswith("is of Poland; a group has none of its own.")


def test_links_of_ours_bring_no_event_of_another_actor() -> None:
    app = opened("events", actor="POL", event=NDAA)
    links = {link.proto.label: link.proto.query_string for link in app.get("page_link")}
    assert "actor=POL" in links["Actor"]
    assert "event=" not in links["Actor"]
    assert f"event={NDAA}" in links["Trends"]
    its_own = links["The actor's stance on that day"]
    assert "actor=USA" in its_own
    assert f"event={NDAA}" in its_own


def test_another_actor_closes_the_event_that_was_open() -> None:
    app = opened("actor", actor="USA", event=NDAA)
    assert notices(app) == []
    app.selectbox(key="actor_choice").set_value("POL").run()
    assert notices(app) == []
    assert "event" not in address(app)


def test_names_of_the_data_cannot_become_markup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(tmp_path / "six")
    bad = "<script>alert(1)</script> [x](http://x) $a$"
    folder.edit("events", 2, title=bad)
    folder.edit("sources", 2, publisher=bad, title=bad)
    folder.replace("codebook.toml", 'label = "Roads"', f'label = "{bad}"')
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    app = opened("actor", actor="ARC", as_of="2020-02-01")
    assert "<script>alert" not in markup(app)
    assert "&lt;script&gt;alert" in markup(app)
    assert "<script" not in str(figure_of(app, "actor-history"))


# -- the way here --------------------------------------------------------------------------------


def test_own_settings_move_the_figures_and_not_the_sums() -> None:
    published = opened("actor", actor="EU-COM", as_of="2022-06-30")
    own = opened("actor", actor="EU-COM", as_of="2022-06-30", settings="networks:0,trade:3")
    assert headline(published) != headline(own)
    [table] = [each.value for each in own.markdown if "standing" in each.value]
    assert "100.0 %" in plain(table)
    for html in sections(own).values():
        if "<table" in html:
            *parts, stance = column(html, "Part")
            assert round(sum(map(number, parts)), 6) == number(stance)


def test_the_panel_of_the_map_leads_here() -> None:
    app = opened("map", actor="POL", as_of="2019-03-04", domain="networks")
    [link] = [each for each in app.get("page_link") if each.proto.label == "Full record"]
    assert link.proto.page == "actor"
    assert dict(part.split("=") for part in link.proto.query_string.split("&")) == {
        "actor": "POL",
        "as_of": "2019-03-04",
        "domain": "networks",
    }


def test_the_last_event_told_is_of_the_domain_shown(real: stances.Dataset) -> None:
    events = real.events[(real.events["actor"] == "POL") & (real.events["domain"] == "procurement")]
    last = events.sort_values(["date", "event_id"]).iloc[-1]
    app = opened("actor", actor="POL", domain="procurement", as_of=str(real.today))
    told = words.day(words.Dated(last["date"].date(), last["date_precision"]))
    assert f"Nothing newer known in public procurement since {told};" in markup(app)
