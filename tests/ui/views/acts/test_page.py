"""The page of acts as it is sent: what it finds, what falls due, one act in full, odd states."""

from __future__ import annotations

import re

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
from tests.ui import pages

ORDER, PERMIT, RULE = "ARC-roads-order", "BOR-school-permit", "CAL-bridge-rule"
LATE = "2023-01-31"


def due(app: AppTest) -> pd.DataFrame:
    """The table of the deadlines."""
    return pages.table_of(app, "What falls due")


def names(app: AppTest) -> list[str]:
    """The acts of the table; none where there is no table."""
    return list(pages.register(app)["Name"]) if pages.has_rows(app) else []


def article(app: AppTest) -> str:
    """The text of the act that is open; empty where none is."""
    return pages.plain(" ".join(re.findall(r"<article.*?</article>", pages.markup(app))))


def finding(app: AppTest) -> str:
    """Return the sum of the deadlines, below those of two years; empty where there are none."""
    [*_, last] = ["", *re.findall(r'<h2 class="finding">(.*?)</h2>', pages.markup(app))]
    return pages.plain(last)


# -- what is found -------------------------------------------------------------------------------


def test_without_an_address_the_acts_in_force_are_there(shown: stances.Dataset) -> None:
    app = pages.open_page("acts")
    rows = find_acts(shown, shown.opening_day, ActQuery(status="in_force"))
    assert names(app) == list(rows["name"])[:100]
    assert "in force" in pages.headline(app)
    doubted = sum(rows["doubt"] != "")
    assert (f", {words.number(doubted)} of them in doubt" in pages.headline(app)) == (doubted > 0)
    every = find_acts(shown, shown.opening_day, ActQuery())["status"].value_counts()
    for code, word in (("ended", " ended"), ("not yet", " not yet in force")):
        assert (word in pages.headline(app)) == bool(every.get(code))
    assert article(app) == ""
    assert pages.notices(app) == []


def test_one_link_shows_what_is_in_force_in_the_members_of_a_group(real: stances.Dataset) -> None:
    app = pages.open_page("acts", who=GROUP)
    members = actors_of(real, real.opening_day, [GROUP])
    rows = find_acts(real, real.opening_day, ActQuery(status="in_force", actors=members))
    assert set(rows["actor"]) <= set(members or [])
    assert names(app) == list(rows["name"])[:100]
    who = whose(real.about, rows["actor"].nunique(), GROUP)
    assert f"{who} are in force" in pages.headline(app)
    assert GROUP in finding(app)


@pytest.mark.usefixtures("six_shown")
def test_controls_write_the_address_and_narrow() -> None:
    app = pages.open_page("acts", as_of=LATE)
    app.button_group(key="status").set_value("all").run()
    assert len(pages.register(app)) == 3
    app.selectbox(key="deadline").set_value("removal").run()
    app.multiselect(key="scope").set_value(["bridges"]).run()
    assert pages.address(app) == {
        "as_of": LATE, "status": "all", "deadline": "removal", "scope": "bridges",
    }  # fmt: skip
    assert names(app) == ["Bridge rule"]
    app.button(key="acts-clear").click().run()
    assert pages.address(app) == {"as_of": LATE}
    assert len(pages.register(app)) == 2


def test_every_order_is_offered_and_sorts(real: stances.Dataset) -> None:
    for order in ORDERS:
        app = pages.open_page("acts", by=order, status="all")
        rows = find_acts(real, real.opening_day, ActQuery(), order)
        assert names(app) == list(rows["name"])[:100]
        listed = rows_text(slice(0, 100), len(rows), ORDERED[order], "rule")
        assert listed in pages.markup(app)
    assert set(STATUS_LABELS) == {"in_force", "not_yet", "ended", "all"}


# -- nothing found -------------------------------------------------------------------------------


@pytest.mark.usefixtures("six_shown")
def test_one_button_clears_all_filters() -> None:
    app = pages.open_page("acts", as_of="2020-03-01", q="bridges", who="ARC", aim="size")
    assert not pages.has_rows(app)
    assert not app.get("plotly_chart")
    app.button(key="acts-clear-all").click().run()
    assert len(pages.register(app)) == 2
    assert set(pages.address(app)) == {"as_of"}


# -- what falls due ------------------------------------------------------------------------------


@pytest.mark.usefixtures("six_shown")
def test_the_deadlines_are_drawn() -> None:
    app = pages.open_page("acts", as_of="2022-06-30")
    bars, spans, marks = pages.figure_of(app, "deadlines")["data"]
    assert bars["customdata"] == marks["customdata"] == [RULE, RULE, RULE, PERMIT]
    assert marks["x"] == ["2022-12-31", "2023-06-30", "2021-09-30", "2021-03-07"]
    assert spans["base"] == ["2022-01-01", "2021-09-01"]
    assert not pages.open_page("acts", as_of="2020-01-15").get("plotly_chart")


def test_the_table_of_the_deadlines_has_the_rows_of_the_chart(
    real: stances.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = pages.open_page("acts", status="all")
    acts = real.acts.set_index("act_id")["name"]
    drawn = pages.figure_of(app, "deadlines")["data"][-1]["customdata"]
    assert due(app)["Rule"].tolist() == [acts[act_id] for act_id in drawn]
    monkeypatch.setattr(ContextProxy, "is_embedded", True)
    embedded = pages.open_page("acts", status="all")
    assert not pages.has_rows(embedded)
    assert "table" not in pages.alt_of(embedded, "deadlines")


# -- one act -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("six_shown")
def test_an_act_that_is_open_closes() -> None:
    app = pages.open_page("acts", as_of=LATE, act=ORDER)
    # What is open tells the rest.
    assert "Aim" not in pages.register(app)
    app.button(key="act-close").click().run()
    assert pages.address(app) == {"as_of": LATE}
    assert article(app) == ""
    assert "Aim" in pages.register(app)


@pytest.mark.slow
def test_every_act_of_the_register_can_be_opened(tracker: Tracker, real: stances.Dataset) -> None:
    for act in real.acts["act_id"]:
        row = act_on(real, real.today, act)
        text = pages.plain(act_html(tracker, row, real.today))
        for cell in (
            row.name,
            row.obligation,
            row.used,
            row.penalty,
            row.note,
            row.legal_reference,
        ):
            assert cell in text, act
