from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from stances import Dataset
from stances.figures.theme import CLASS_COLORS
from tests.figures.acceptance import policy_history
from tests.figures.tables import assert_plotly_accepts

PERIOD = (date(2018, 1, 1), date(2020, 12, 31))
NAMES = {"a": "Alpha", "b": "Beta <b>"}


def _series() -> pd.DataFrame:
    """Alpha repeats itself, jumps, and has a gap; Beta fades."""
    rows = [
        ("a", "2018-01-31", -1.0),
        ("a", "2018-02-28", -1.0),
        ("a", "2018-03-31", -1.0),
        ("a", "2018-04-30", -2.0),
        ("a", "2018-05-31", None),
        ("a", "2018-06-30", None),
        ("a", "2018-07-31", None),
        ("a", "2018-08-31", 1.0),
        ("b", "2018-01-31", 0.9),
        ("b", "2018-12-31", 0.4),
    ]
    table = pd.DataFrame(rows, columns=["key", "date", "stance"])
    table["stance"] = table["stance"].astype(float)
    return table.assign(
        date=pd.to_datetime(table["date"]), low=table["stance"] - 0.5, high=table["stance"] + 0.5
    )


def _acts() -> pd.DataFrame:
    rows = [
        ("a", "ban", "2018-04-30", "2019-05-01", -2),
        ("a", "repeal", "2019-05-01", None, 0),
        ("a", "same-day", "2019-05-01", "2019-05-01", 1),
        ("a", "permit", "2020-01-01", None, 2),
    ]
    table = pd.DataFrame(rows, columns=["key", "event_id", "date", "until", "score"])
    days = {name: pd.to_datetime(table[name]) for name in ("date", "until")}
    return table.assign(**days, hover=[f"<b>{event}</b>" for event in table["event_id"]])


def _chart(data: Dataset, names: dict[str, str] = NAMES, mode: str = "light") -> go.Figure:
    return policy_history(_series(), _acts(), names, data.codebook, mode, PERIOD)


def _bars(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in figure.data if (trace.line.width or 0) > 5]


def _lines(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.connectgaps is False]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("names", [NAMES, {"a": "Alpha"}])
def test_plotly_accepts_every_part(six: Dataset, names: dict[str, str], mode: str) -> None:
    assert_plotly_accepts(_chart(six, names, mode))


def test_a_bar_reaches_from_its_act_to_its_end(six: Dataset) -> None:
    ban, permit = _bars(_chart(six))
    assert list(ban.x) == ["2018-04-30", "2019-05-01", None]
    assert list(ban.y) == [-2, -2, None]
    assert ban.line.color == CLASS_COLORS[-2]
    # In force at the end, so up to the last day.
    assert list(permit.x) == ["2020-01-01", "2020-12-31", None]


def test_every_act_has_a_mark_and_one_that_leaves_nothing_no_bar(six: Dataset) -> None:
    figure = _chart(six)
    [marks] = [trace for trace in figure.data if trace.customdata]
    assert list(marks.customdata) == ["ban", "repeal", "same-day", "permit"]
    assert list(marks.y) == [-2, 0, 1, 2]
    assert not any(0 in bar.y for bar in _bars(figure))
    assert marks.text[0] == "<b>ban</b>"


def test_a_line_keeps_its_bends_and_gaps_only(six: Dataset) -> None:
    alpha, beta = _lines(_chart(six))
    assert list(alpha.x) == [
        "2018-01-31", "2018-03-31", "2018-04-30", "2018-05-31", "2018-07-31", "2018-08-31",
    ]  # fmt: skip
    assert list(alpha.y) == [-1.0, -1.0, -2.0, None, None, 1.0]
    assert list(beta.y) == [0.9, 0.4]


def test_a_line_that_goes_on_where_another_ended_keeps_its_first_point(six: Dataset) -> None:
    days = pd.to_datetime(["2018-01-31", "2018-02-28", "2018-03-31"])
    flat = pd.DataFrame({"date": days, "stance": 1.0, "low": 0.5, "high": 1.5})
    series = pd.concat([flat.assign(key=key) for key in NAMES], ignore_index=True)
    figure = policy_history(series, _acts(), NAMES, six.codebook, "light", PERIOD)
    assert [list(line.x) for line in _lines(figure)] == [["2018-01-31", "2018-03-31"]] * 2


def test_panels_stand_below_one_another_over_one_time(six: Dataset) -> None:
    figure = _chart(six)
    upper, lower = figure.layout.yaxis.domain, figure.layout.yaxis2.domain
    assert upper[0] > lower[1]
    assert lower[0] == 0
    assert figure.layout.xaxis.anchor == "y2"
    assert [pd.Timestamp(day).date() for day in figure.layout.xaxis.range] == list(PERIOD)
    titles = [note.text for note in figure.layout.annotations]
    assert titles == ["<b>Alpha</b>", "<b>Beta &lt;b&gt;</b>"]


def test_a_panel_alone_has_all_words_of_the_scale(six: Dataset) -> None:
    alone = _chart(six, {"a": "Alpha"})
    assert len(alone.layout.yaxis.ticktext) == len(six.codebook.scale.levels)
    assert len(_chart(six).layout.yaxis.ticktext) == 3
    assert alone.layout.xaxis.anchor == "y"
