"""Deadlines in the months of two years."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.figures.acceptance import deadline_calendar
from tests.figures.tables import assert_plotly_accepts

MONTHS = [date(2026 + (6 + n) // 12, (6 + n) % 12 + 1, 1) for n in range(25)]
DAYS = date(2026, 7, 2), MONTHS
KINDS = ("removal", "stop")
TABLE = pd.DataFrame(
    {
        "act_id": ["A-one", "A-two", "B-one"],
        "kind": ["removal", "stop", "removal"],
        "who": ["Aland", "Aland", "<B>land"],
        "text": ["31 Dec 2026", "2027", "Jan 2028"],
        "what": ["Out of the core", "Nothing new", "Out"],
        "reserve": ["(counted by us)", "", ""],
        "first": [date(2026, 12, 31), date(2027, 1, 1), date(2028, 1, 1)],
        "end": [date(2026, 12, 31), date(2027, 12, 31), date(2028, 1, 31)],
        "passed": False,
        "hover": ["1", "2", "3"],
    }
)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("rows", [3, 1])
def test_plotly_accepts_every_part(mode: str, rows: int) -> None:
    assert_plotly_accepts(deadline_calendar(TABLE[:rows], KINDS, mode, DAYS, "A-two"))


def test_marks_stand_on_the_last_days_and_spans_where_less_is_known() -> None:
    spans, marks = deadline_calendar(TABLE, KINDS, "light", DAYS).data
    assert list(marks.x) == ["2026-12-31", "2027-12-31", "2028-01-31"]
    assert list(marks.customdata) == ["A-one", "A-two", "B-one"]
    assert list(spans.base) == ["2027-01-01", "2028-01-01"]


def test_quarters_are_named_and_years_over_their_first_months() -> None:
    layout = deadline_calendar(TABLE, KINDS, "light", DAYS).layout
    assert layout.xaxis.ticktext == ("Jul", "Oct", "Jan", "Apr") * 2
    assert layout.xaxis.tickvals[:2] == ("2026-07-15", "2026-10-15")
    years = [note.text for note in layout.annotations if note.yref == "paper"]
    assert years == ["<b>2026</b>", "<b>2027</b>", "<b>2028</b>"]


@pytest.mark.parametrize(
    ("whole", "heads"),
    [
        (True, ["<b>Aland</b><br>31 Dec 2026", "2027", "<b>&lt;B&gt;land</b><br>Jan 2028"]),
        (False, ["<b>Aland</b>", "31 Dec 2026", "2027", "<b>&lt;B&gt;land</b>", "Jan 2028"]),
    ],
)
def test_the_day_stands_below_whose_it_is_where_a_line_has_the_height(
    whole: bool, heads: list[str]
) -> None:
    notes = deadline_calendar(TABLE, KINDS, "light", DAYS, whole=whole).layout.annotations
    duties = (*TABLE["what"], "(counted by us) Out of the core")
    lines = [note.text for note in notes if note.yref != "paper" and note.text not in duties]
    assert lines == heads


def test_texts_leave_a_tablet_room_for_the_months() -> None:
    """Six hundred px are less than a page has beside its edges in a window of 641."""
    layout = deadline_calendar(TABLE, KINDS, "light", DAYS).layout
    assert layout.meta["narrowPx"] == 600
    assert layout.margin.l < 450


def test_whose_it_is_stands_once_beside_the_months_and_on_each_line_over_them() -> None:
    wide, narrow = (
        [note["text"] for note in button.args[0]["annotations"]]
        for button in deadline_calendar(TABLE, KINDS, "light", DAYS).layout.updatemenus[0].buttons
    )
    assert sum("Aland" in text for text in wide) == 1
    assert sum("Aland" in text for text in narrow) == 2
    assert any("&lt;B&gt;land" in text for text in wide)


def test_what_falls_due_stands_before_its_reserve_where_space_is_short() -> None:
    reserve = "(counted by us, passed since, rule in doubt)"
    table = TABLE.assign(reserve=[reserve, reserve, ""], what=["Out of the core", "N" * 60, "Out"])
    wide, narrow = (
        [note["text"] for note in button.args[0]["annotations"]]
        for button in deadline_calendar(table, KINDS, "light", DAYS).layout.updatemenus[0].buttons
    )
    assert f"{reserve} Out of the core" in wide
    assert any("Dec 2026: Out of the core (counted by us, passed" in text for text in narrow)
    assert any("2027: NNNN" in text for text in narrow)
    assert any(text.endswith("Jan 2028: Out") for text in narrow)


def test_a_long_duty_has_a_second_line_where_it_has_room_and_is_cut_where_it_has_none() -> None:
    long = TABLE.assign(
        reserve="", what="Notify the regulator of every core of the network & each of its makers"
    )
    whole, cut = (
        [note.text for note in figure.layout.annotations if "Notify" in note.text]
        for figure in (
            deadline_calendar(long, KINDS, "light", DAYS, whole=keeps) for keeps in (True, False)
        )
    )
    words = "Notify the regulator of every core of the network &amp; each of"
    assert whole == [f"{words}<br>its makers"] * 3
    assert cut == [f"{words}\N{HORIZONTAL ELLIPSIS}"] * 3
