"""The public face: what a notebook or a script asks of the package."""

from __future__ import annotations

import pandas as pd
import pytest

import stances
from tests.conftest import SIX, TODAY

DAY = "2020-07-01"


@pytest.fixture(scope="module")
def data() -> stances.Stances:
    return stances.load(SIX, today=TODAY)


def test_it_has_the_tables_as_ones_own(data: stances.Stances) -> None:
    before = data.position(DAY)
    mine = data.events
    mine["score"] = 0
    assert len(data.events) == 6
    assert (data.events["score"] != 0).any()
    assert data.position(DAY).equals(before)
    with pytest.raises(AttributeError, match="has no 'event'"):
        _ = data.event


def test_a_register_lies_as_it_is_and_stands_on_a_day(data: stances.Stances) -> None:
    assert len(data.acts()) == 3
    assert set(data.acts("2020-03-01")["act_id"]) == {"ARC-roads-order", "BOR-school-permit"}
    assert "passed" not in data.deadlines()
    assert data.deadlines("2021-03-08").set_index("act_id")["passed"]["BOR-school-permit"]


def test_reasons_add_up_to_the_stance(data: stances.Stances) -> None:
    why = data.explain("BOR", "schools", "2020-08-19")
    stance = data.snapshot("2020-08-19", "schools", "BOR")["stance"].iloc[0]
    assert why["contribution"].sum() == pytest.approx(stance, abs=1e-4)
    assert why["share"].sum() == pytest.approx(1)


def test_months_groups_members_changes_and_history(data: stances.Stances) -> None:
    months = data.group("Pact", "roads").set_index("date")
    assert months.loc["2020-06-30", "mean"] == 0
    assert list(data.members("Pact", "2020-06-30").index) == ["ARC", "BOR", "CAL"]
    done = data.changes("2020-01-31", "2020-05-31")
    assert set(done["event_id"]) >= {"BOR-20200201-school-permit", "ARC-20200410-minister-worried"}
    runs = data.history("ARC", "roads")
    assert runs.set_index("since")["level"][pd.Timestamp("2020-01-01")] == -2
    assert data.history("BOR", "roads")["level"].notna().any()
    assert data.history("BOR", "roads", basis="acts")["level"].isna().all()
    panel = data.panel()
    assert panel["date"].max() == pd.Timestamp(TODAY)


def test_settings_are_others_for_this_reading_alone(data: stances.Stances) -> None:
    lighter = stances.load(SIX, today=TODAY, settings={"binding_weight": 1.0})
    one, other = (each.explain("BOR", "schools", "2020-05-11") for each in (data, lighter))
    assert (one["weight"].max(), other["weight"].max()) == (3.0, 1.0)
    assert lighter.version != data.version
    with pytest.raises(stances.BadInput, match="binding_weight"):
        stances.load(SIX, settings={"binding_wait": 1.0})


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda one: one.position("2019-13-01"), "2019-13-01"),
        (lambda one: one.position("2030-01-01"), "2030-01-01"),
        (lambda one: one.explain("ARK", "roads"), r"did you mean Republic of Arcadia \(ARC\)"),
        (lambda one: one.history("Kingdom of Boria"), "Kingdom of Boria has the code BOR"),
        (lambda one: one.snapshot(actor="Caldon,ARC"), "Caldon has the code CAL"),
        (lambda one: one.snapshot(domain="road"), "road"),
        (lambda one: one.members("Pakt"), "Pakt"),
        (lambda one: one.position(basis="words"), "words"),
        (lambda one: one.changes("2020-02-01", "2020-01-01"), "2020-01-01"),
        (lambda one: stances.plot_trend(one, "ARK"), "ARK"),
        (lambda one: stances.plot_map(one, where="asia"), "asia"),
    ],
)
def test_bad_input_gets_one_line_that_names_it(data: stances.Stances, ask, said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(stances.BadInput, match=said) as refused:
        ask(data)
    assert "\n" not in str(refused.value)


def test_charts_are_pictures_and_lines_go_to_plotly() -> None:
    data = stances.load()
    trend = stances.plot_trend(data, ["POL", "USA"], "networks", from_="2018-01-01")
    assert trend.svg().startswith("<svg")
    assert trend.png().startswith(b"\x89PNG")
    assert len(trend.figure().data) > 2
    drawn = stances.plot_map(data, "2019-03-04")
    assert "Poland" in drawn._repr_svg_()
