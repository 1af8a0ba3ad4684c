"""The date by slider and typed: the date is the truth, the slider follows it."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime

import pytest

import stances
from stances.dataset.codebook import OVERALL
from tests.ui.pages import open_page, subtitle

SLIDER = "as_of_slider"


def _stops() -> list[date]:
    """All stops of the slider, from what the page sends."""
    proto = open_page("data").slider(key=SLIDER).proto
    steps = round((proto.max - proto.min) / proto.step)
    micros = [proto.min + number * proto.step for number in range(steps + 1)]
    return [datetime.fromtimestamp(stop / 1e6, UTC).date() for stop in micros]


def test_every_month_has_one_stop_well_inside_it(real: stances.Dataset) -> None:
    first, today = real.codebook.first_date, real.today
    stops = _stops()
    months = [(stop.year, stop.month) for stop in stops]
    count = (today.year - first.year) * 12 + today.month - first.month + 1
    assert months[0] == (first.year, first.month)
    assert months[-1] == (today.year, today.month)
    assert len(months) == len(set(months)) == count
    assert all(5 <= stop.day <= 26 for stop in stops)


def test_a_stop_is_the_end_of_its_month_and_the_last_one_today(real: stances.Dataset) -> None:
    app = open_page("data")
    for stop in [*_stops()[:3], *_stops()[108:112], _stops()[-2]]:
        app.slider(key=SLIDER).set_value(stop).run()
        last = stop.replace(day=monthrange(stop.year, stop.month)[1])
        assert app.date_input(key="as_of").value == last
        assert app.query_params["as_of"] == str(last)
    app.slider(key=SLIDER).set_value(_stops()[-1]).run()
    assert app.date_input(key="as_of").value == real.today


@pytest.mark.parametrize(
    "day", ["2010-01-01", "2010-01-31", "2016-02-29", "2019-03-04", "2020-12-31", "2021-01-01"]
)
def test_the_slider_stands_on_the_month_of_the_date(day: str) -> None:
    app = open_page("data", as_of=day)
    assert app.date_input(key="as_of").value == date.fromisoformat(day)
    stop = app.slider(key=SLIDER).value
    assert f"{stop:%Y-%m}" == day[:7]
    # It moves nothing by itself: the typed date stays to the day.
    app.run()
    assert app.date_input(key="as_of").value == date.fromisoformat(day)


def test_a_typed_date_moves_the_slider_and_the_address() -> None:
    app = open_page("data", as_of="2019-03-04")
    app.date_input(key="as_of").set_value(date(2020, 7, 14)).run()
    assert f"{app.slider(key=SLIDER).value:%Y-%m}" == "2020-07"
    assert app.query_params["as_of"] == "2020-07-14"


def test_only_days_that_have_stances_can_be_typed(real: stances.Dataset) -> None:
    typed = open_page("data").date_input(key="as_of")
    assert (typed.min, typed.max) == (real.codebook.first_date, real.today)


def test_the_domains_are_those_of_the_codebook(real: stances.Dataset) -> None:
    app = open_page("trends")
    codes = (OVERALL, *real.codebook.domains)
    labels = [real.codebook.domain_label(code) for code in codes]
    assert app.selectbox(key="domain").options == labels
    app.selectbox(key="domain").set_value(codes[-1]).run()
    assert labels[-1].lower() in subtitle(app).lower()
