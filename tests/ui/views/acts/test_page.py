"""The page of acts as it is sent: what it finds, what falls due, one act in full, odd states."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import stances
from stances import words
from stances.answers.acts import (
    ORDERED,
    ORDERS,
    STATUS_LABELS,
    ActQuery,
    act_on,
    actors_of,
    find_acts,
    whose,
)
from stances.answers.events import rows_text
from stances.answers.tracker import Tracker
from stances.markup.act import act_html
from tests.cases import GROUP
from tests.folders import Folder
from tests.golden import Golden
from tests.ui.pages import (
    address,
    alt_of,
    figure_of,
    has_rows,
    headline,
    lines,
    markup,
    notices,
    open_page,
    plain,
    quotes,
    register,
    subtitle_markup,
    table_of,
)

ORDER, PERMIT, RULE = "ARC-roads-order", "BOR-school-permit", "CAL-bridge-rule"
LATE = "2023-01-31"


def due(app: AppTest) -> pd.DataFrame:
    """The table of the deadlines."""
    return table_of(app, "What falls due")


def names(app: AppTest) -> list[str]:
    """The acts of the table; none where there is no table."""
    return list(register(app)["Name"]) if has_rows(app) else []


def article(app: AppTest) -> str:
    """The text of the act that is open; empty where none is."""
    return plain(" ".join(re.findall(r"<article.*?</article>", markup(app))))


def facts(app: AppTest) -> dict[str, str]:
    """Return the facts of the act that is open, by their names."""
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", markup(app))
    return {plain(name): plain(value.replace("<br>", "; ")) for name, value in pairs}


def article_lines(app: AppTest) -> list[str]:
    """The act that is open, a line for each of its facts and paragraphs."""
    return lines(" ".join(re.findall(r"<article.*?</article>", markup(app))))


def finding(app: AppTest) -> str:
    """Return the sum of the deadlines, below those of two years; empty where there are none."""
    [*_, last] = ["", *re.findall(r'<h2 class="finding">(.*?)</h2>', markup(app))]
    return plain(last)


_STATUS = r'</h1>(?:<div class="found">)?<p class="subtitle">(.*?)</p>|<p class="nothing">(.*?)</p>'


def status(app: AppTest) -> str:
    """The line under the headline, or why nothing was found."""
    return plain(" ".join(map("".join, re.findall(_STATUS, markup(app)))))


# -- what is found -------------------------------------------------------------------------------


def test_without_an_address_the_acts_in_force_are_there(shown: stances.Dataset) -> None:
    app = open_page("acts")
    rows = find_acts(shown, shown.opening_day, ActQuery(status="in_force"))
    assert names(app) == list(rows["name"])[:100]
    assert "in force" in headline(app)
    doubted = sum(rows["doubt"] != "")
    assert (f", {words.number(doubted)} of them in doubt" in headline(app)) == (doubted > 0)
    every = find_acts(shown, shown.opening_day, ActQuery())["status"].value_counts()
    for code, word in (("ended", " ended"), ("not yet", " not yet in force")):
        assert (word in headline(app)) == bool(every.get(code))
    assert article(app) == ""
    assert notices(app) == []


def test_one_link_shows_what_is_in_force_in_the_members_of_a_group(real: stances.Dataset) -> None:
    app = open_page("acts", who=GROUP)
    members = actors_of(real, real.opening_day, [GROUP])
    rows = find_acts(real, real.opening_day, ActQuery(status="in_force", actors=members))
    assert set(rows["actor"]) <= set(members or [])
    assert names(app) == list(rows["name"])[:100]
    who = whose(real.about, rows["actor"].nunique(), GROUP)
    assert f"{who} are in force" in headline(app)
    assert GROUP in finding(app)


@pytest.mark.usefixtures("six_shown")
def test_controls_write_the_address_and_narrow() -> None:
    app = open_page("acts", as_of=LATE)
    app.button_group(key="status").set_value("all").run()
    assert len(register(app)) == 3
    app.selectbox(key="deadline").set_value("removal").run()
    app.multiselect(key="scope").set_value(["bridges"]).run()
    assert address(app) == {
        "as_of": LATE, "status": "all", "deadline": "removal", "scope": "bridges",
    }  # fmt: skip
    assert names(app) == ["Bridge rule"]
    app.button(key="acts-clear").click().run()
    assert address(app) == {"as_of": LATE}
    assert len(register(app)) == 2


def test_every_order_is_offered_and_sorts(real: stances.Dataset) -> None:
    for order in ORDERS:
        app = open_page("acts", by=order, status="all")
        rows = find_acts(real, real.opening_day, ActQuery(), order)
        assert names(app) == list(rows["name"])[:100]
        listed = rows_text(slice(0, 100), len(rows), ORDERED[order], "rule")
        assert listed in markup(app)
    assert set(STATUS_LABELS) == {"in_force", "not_yet", "ended", "all"}


@pytest.mark.usefixtures("six_shown")
def test_the_table_tells_dates_as_far_as_they_are_known_and_words_for_codes(
    golden: Golden,
) -> None:
    app = open_page("acts", as_of=LATE, status="all")
    rows = register(app).fillna("").to_dict("records")
    cases = {
        row.pop("Name"): [f"{column}: {cell}" for column, cell in row.items() if cell]
        for row in rows
    }
    golden(cases)
    assert 'href="https://gazette.example/2020/1#order"' in markup(app)


# -- nothing found -------------------------------------------------------------------------------


@pytest.mark.usefixtures("six_shown")
def test_nothing_found_says_why_and_one_button_clears_all_filters(golden: Golden) -> None:
    app = open_page("acts", as_of="2020-03-01", q="bridges", who="ARC", aim="size")
    assert not has_rows(app)
    assert not app.get("plotly_chart")
    by_two = open_page("acts", as_of=LATE, who="BOR", deadline="removal")
    before = open_page("acts", as_of="2019-12-31", status="all")
    cases = {
        "by many filters": (headline(app), status(app)),
        "by two, each of which helps": status(by_two),
        "before all": status(before),
    }
    golden(cases)
    app.button(key="acts-clear-all").click().run()
    assert len(register(app)) == 2
    assert set(address(app)) == {"as_of"}


def test_a_register_without_acts_says_so(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.keep("acts", 1)
    folder.keep("deadlines", 1)
    folder.keep("profiles", 1)
    folder.remove("sources", 5)
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    assert "The dataset has no rules." in status(open_page("acts", status="all"))


# -- what falls due ------------------------------------------------------------------------------


@pytest.mark.usefixtures("six_shown")
def test_the_deadlines_are_told_and_drawn(golden: Golden) -> None:
    app = open_page("acts", as_of="2022-06-30")
    bars, spans, marks = figure_of(app, "deadlines")["data"]
    assert bars["customdata"] == marks["customdata"] == [RULE, RULE, RULE, PERMIT]
    assert marks["x"] == ["2022-12-31", "2023-06-30", "2021-09-30", "2021-03-07"]
    assert spans["base"] == ["2022-01-01", "2021-09-01"]
    assert "What stands must go" in markup(app)
    assert "passed, act still in force" in markup(app)
    narrowed = open_page("acts", as_of=LATE, domain="roads")
    rows = due(app).fillna("").to_dict("split")["data"]
    cases = {
        "above them": finding(app),
        "for who cannot see": alt_of(app, "deadlines"),
        "the table": [" | ".join(row) for row in rows],
        # Of a part of the acts no more is said than of these.
        "above those of a domain": finding(narrowed),
    }
    golden(cases)
    assert "What stands must go" in markup(narrowed)


@pytest.mark.usefixtures("six_shown")
def test_deadlines_are_narrowed_to_a_period_and_a_kind() -> None:
    app = open_page("acts", as_of="2022-06-30", due_from="2022-12", due_to="2022")
    assert due(app)["Deadline"].tolist() == ["2022"]
    assert "Only deadlines from 1 December 2022 to 31 December 2022." in markup(app)
    app = open_page("acts", as_of="2022-06-30", deadline="lapse")
    assert due(app)["Deadline"].tolist() == ["30 Jun 2023", "7 Mar 2021 (rule in doubt)"]
    assert names(app) == ["School permit", "Bridge rule"]


def test_the_table_of_the_deadlines_has_the_rows_of_the_chart(
    real: stances.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("acts", status="all")
    acts = real.acts.set_index("act_id")["name"]
    drawn = figure_of(app, "deadlines")["data"][-1]["customdata"]
    assert due(app)["Rule"].tolist() == [acts[act_id] for act_id in drawn]
    monkeypatch.setattr(ContextProxy, "is_embedded", True)
    embedded = open_page("acts", status="all")
    assert not has_rows(embedded)
    assert "table" not in alt_of(embedded, "deadlines")


@pytest.mark.usefixtures("six_shown")
def test_without_a_deadline_there_is_no_chart() -> None:
    app = open_page("acts", as_of="2020-01-15")
    assert names(app) == ["Roads order"]
    assert finding(app) == ""
    assert not app.get("plotly_chart")


# -- one act -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("six_shown")
def test_an_act_opens_by_its_link_with_all_that_is_known(golden: Golden) -> None:
    app = open_page("acts", as_of=LATE, status="all", act=ORDER)
    copied = open_page("acts", as_of="2022-06-30", act=RULE)
    [due] = map(unescape, re.findall(r'data-copy="([^"]+)"', markup(copied)))
    act = next(text for text in quotes(markup(copied)) if f"/a/{RULE}" in text)
    cases = {
        "an act that has ended": article_lines(app),
        # What was done after the day is told as later.
        "before it was used": article_lines(open_page("acts", as_of="2020-01-31", act=ORDER)),
        "an act in doubt": article_lines(open_page("acts", as_of=LATE, act=PERMIT)),
        # Up to the real day.
        "what falls due, to copy": due.partition(", accessed ")[0],
        "an act to copy": act.partition(", accessed ")[0],
    }
    golden(cases)
    assert 'href="https://gazette.example/2020/1#order"' in markup(app)
    assert "events?event=ARC-20200101-roads-order" in markup(app)


@pytest.mark.usefixtures("six_shown")
def test_the_sources_of_an_act_come_in_the_order_of_their_tiers() -> None:
    app = open_page("acts", as_of=LATE, act=RULE)
    text = article(app)
    assert "Two sources" in text
    assert text.index("Arcadian Daily · newspaper") < text.index("copy of another text")


def test_what_was_before_and_after_an_act_are_links_on_the_same_day(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = dict.fromkeys(("event_id", "ended", "ended_how", "ended_by"), "")
    cells = {"act_id": "ARC-next", "name": "Softer order", "adopted": "2020-10-27"}
    folder.add("acts", 2, **{**blank, **cells, "in_force_from": ""})
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    app = open_page("acts", as_of=LATE, act=ORDER)
    assert facts(app)["Followed by"] == "No road may be built by Acme (Softer order)"
    assert f"acts?as_of={LATE}&amp;act=ARC-next" in markup(app)
    assert facts(open_page("acts", as_of=LATE, act="ARC-next"))["Took the place of"] == (
        "No road may be built by Acme (Roads order)"
    )
    narrowed = markup(open_page("acts", as_of=LATE, domain="roads", basis="acts", act=ORDER))
    assert f"acts?as_of={LATE}&amp;domain=roads&amp;basis=acts&amp;act=ARC-next" in narrowed


def test_what_came_after_the_day_is_told_as_later(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = dict.fromkeys(("event_id", "ended", "ended_how", "ended_by"), "")
    cells = {"act_id": "ARC-next", "name": "Softer order", "adopted": "2020-10-27"}
    folder.add("acts", 2, **{**blank, **cells, "in_force_from": ""})
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    order = facts(open_page("acts", as_of="2020-10-26", act=ORDER))
    assert order["Ended later"].startswith("27 October 2020: repealed by ")
    assert order["Followed later by"] == "No road may be built by Acme (Softer order)"
    following = facts(open_page("acts", as_of="2020-10-26", act="ARC-next"))
    assert following["Later took the place of"] == "No road may be built by Acme (Roads order)"
    assert not {"Ended", "Followed by", "Took the place of"} & {*order, *following}
    on_its_day = facts(open_page("acts", as_of="2020-10-27", act=ORDER))
    assert on_its_day["Followed by"] == "No road may be built by Acme (Softer order)"
    assert "Ended" in on_its_day
    assert not {"Ended later", "Followed later by"} & {*on_its_day}


@pytest.mark.usefixtures("six_shown")
def test_an_act_that_the_filters_leave_out_says_so_and_closes() -> None:
    app = open_page("acts", as_of=LATE, act=ORDER)
    assert "Not among the rules found." in markup(app)
    assert "Ended on 27 October 2020" in article(app)
    # What is open tells the rest.
    assert "Aim" not in register(app)
    app.button(key="act-close").click().run()
    assert address(app) == {"as_of": LATE}
    assert article(app) == ""
    assert "Aim" in register(app)
    before = open_page("acts", as_of="2019-06-30", act=ORDER)
    assert "Not yet adopted on 30 June 2019." in article(before)


@pytest.mark.slow
def test_every_act_of_the_register_can_be_opened(tracker: Tracker, real: stances.Dataset) -> None:
    for act in real.acts["act_id"]:
        row = act_on(real, real.today, act)
        text = plain(act_html(tracker, row, real.today))
        for cell in (
            row.name,
            row.obligation,
            row.used,
            row.penalty,
            row.note,
            row.legal_reference,
        ):
            assert cell in text, act


@pytest.mark.usefixtures("six_shown")
def test_the_headline_of_an_actor_names_it(golden: Golden) -> None:
    app = open_page("acts", as_of=LATE, who="BOR,ARC")
    golden({"two": (headline(app), plain(subtitle_markup(app)))})
