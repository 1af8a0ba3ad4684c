"""The cards of the first page, held against figures worked out here from the stance table."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

import stances
from stances import words
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, OVERALL
from tests.cases import ONE
from tests.ui.pages import markup, opened, plain

CASES = pytest.mark.parametrize(
    ("as_of", "domain"),
    [
        ("2010-03-31", OVERALL),
        ("2012-06-30", "networks"),
        ("2019-03-04", "networks"),
        ("2020-01-31", OVERALL),
        ("2020-02-01", OVERALL),
        ("2024-03-04", "trade"),
    ],
)


def _cards(as_of: str, domain: str) -> list[str]:
    """The markup of every card, in order."""
    found = markup(opened("map", as_of=as_of, domain=domain))
    [row] = re.findall(r'<div class="cards">.*', found)
    return [f'<div class="card">{part}' for part in row.split('<div class="card">')[1:]]


def _part(card: str, name: str) -> str:
    [inner] = re.findall(rf'<div class="card-{name}">(.*?)</div>', card)
    return plain(inner)


def _stances(real: stances.Dataset, day: date, domain: str) -> pd.DataFrame:
    rows = real.position(day)
    return rows[rows["domain"] == domain].set_index("actor")


def _members(real: stances.Dataset, group: str, day: date) -> list[str]:
    rows = real.memberships[real.memberships["group"] == group]
    on = pd.Timestamp(day)
    return rows.loc[(rows["joined"] <= on) & ~(rows["left"] <= on), "actor"].tolist()


def _year_before(real: stances.Dataset, day: date) -> date:
    return max(day - timedelta(days=365), real.codebook.first_date)


def _change(now: float, before: float) -> str | None:
    """What a card says of 12 months, where both ends are known: the difference as printed."""
    if np.isnan(now) or np.isnan(before):
        return None
    moved = words.figure(words.printed_move(before, now), 2)
    return "No change in 12 months" if moved == "0.00" else f"{moved} in 12 months"


@CASES
def test_there_is_a_card_for_each_featured(real: stances.Dataset, as_of: str, domain: str) -> None:
    app = opened("map", as_of=as_of, domain=domain)
    names = real.actors.set_index("actor")["name"]
    options = app.button_group(key="featured").options
    for code, name in zip(real.about.featured, options, strict=True):
        assert name.replace("\\", "") == names.get(code, f"{code} member states")


@CASES
def test_the_card_of_an_actor_has_its_figures(
    real: stances.Dataset, as_of: str, domain: str
) -> None:
    day = date.fromisoformat(as_of)
    now = _stances(real, day, domain)
    before = _stances(real, _year_before(real, day), domain)["stance"]
    for code, card in zip(real.about.featured, _cards(as_of, domain), strict=True):
        if code not in now.index:
            continue
        row: Any = now.loc[code]
        told = _part(card, "stance")
        assert told.startswith(words.labelled(real.codebook, row["stance"]))
        known = row["stance"] == row["stance"]
        assert (NO_POSITION in told) != known
        assert (words.band(row["low"], row["high"]) in told) == known
        change = _change(row["stance"], before[code])
        assert change is None or _part(card, "change") == change
        assert (_part(card, "change").startswith(("No position", "A year ago"))) == (change is None)


def _weightiest_act(real: stances.Dataset, code: str, day: date, domain: str) -> Any:
    """The act in force that stands for an actor: in the weightiest domain that has one."""
    rows = real.position(day).assign(**Tracker(real).shown_acts(day))
    rows = rows[(rows["actor"] == code) & (rows["act_event_id"] != "")]
    if domain != OVERALL:
        rows = rows[rows["domain"] == domain]
    if rows.empty:
        return None
    weights = rows["domain"].map({d.code: d.weight for d in real.codebook.domains.values()})
    heaviest = rows[weights == weights.max()]
    return heaviest.sort_values("in_force_since", ascending=False, kind="stable").iloc[0]


@CASES
def test_the_note_of_an_actor_is_its_level_and_the_act_shown(
    real: stances.Dataset, as_of: str, domain: str
) -> None:
    day = date.fromisoformat(as_of)
    events = real.events.set_index("event_id")
    for code, card in zip(real.about.featured, _cards(as_of, domain), strict=True):
        if code not in real.position_actors:
            continue
        act = _weightiest_act(real, code, day, domain)
        note = _part(card, "note")
        if act is None:
            assert note == "No act in force"
            continue
        first = events.loc[act["in_force_event_id"]]
        since = words.short_day(words.Dated(first["date"], first["date_precision"]))
        label = real.codebook.domain_label(act["domain"])
        level = real.codebook.scale.labels[int(first["score"])]
        title = events.loc[act["act_event_id"], "title"]
        assert note == f"{label}: {level} since {since}: {title}"


def _mean_and_spread(known: pd.DataFrame) -> tuple[float, float]:
    """Of the members with a position, each by its certainty."""
    if known.empty:
        return np.nan, np.nan
    weights = known["certainty"]
    mean = np.average(known["stance"], weights=weights)
    square = np.average((known["stance"] - mean) ** 2, weights=weights)
    return round(float(mean), 4), float(square**0.5)


@CASES
def test_the_card_of_a_group_has_the_mean_of_its_members(
    real: stances.Dataset, as_of: str, domain: str
) -> None:
    day = date.fromisoformat(as_of)
    before = _year_before(real, day)
    for code, card in zip(real.about.featured, _cards(as_of, domain), strict=True):
        if code in real.position_actors:
            continue
        members = _members(real, code, day)
        values = _stances(real, day, domain).loc[members]
        known = values.dropna(subset="stance")
        told = _part(card, "stance")
        assert told.endswith(f"mean of {len(known)} of {len(members)}")
        if known.empty:
            assert told.startswith(NO_POSITION)
            assert _part(card, "note") == f"None of {len(members)} members has a position"
            continue
        mean, spread = _mean_and_spread(known)
        assert told.startswith(words.labelled(real.codebook, mean))
        restricting = (values["level"] <= -2).sum()
        note = _part(card, "note")
        verb = "restricts" if restricting == 1 else "restrict"
        assert note.startswith(f"{restricting} of {len(known)} {verb}; ")
        assert float(note.split("spread ")[1].split(";")[0]) == pytest.approx(spread, abs=0.006)
        then = _stances(real, before, domain).loc[_members(real, code, before)]
        change = _change(mean, _mean_and_spread(then.dropna(subset="stance"))[0])
        assert change is None or _part(card, "change") == change


@pytest.mark.usefixtures("six_shown")
def test_the_day_of_leaving_is_no_day_of_membership(six: stances.Dataset) -> None:
    place = list(six.about.featured).index("Pact")
    for day, members in (("2020-06-30", 3), ("2020-07-01", 2)):
        assert _part(_cards(day, OVERALL)[place], "stance").endswith(f" of {members}")


@CASES
def test_a_sparkline_ends_on_the_figure_and_breaks_where_there_is_none(
    real: stances.Dataset, as_of: str, domain: str
) -> None:
    day = date.fromisoformat(as_of)
    scale = real.codebook.scale
    panel = real.panel()
    months = [m for m in real.months if day - timedelta(days=3 * 365) <= m < day]
    for code, card in zip(real.about.featured, _cards(as_of, domain), strict=True):
        if code not in real.position_actors:
            continue
        line = panel[(panel["actor"] == code) & (panel["domain"] == domain)].set_index("date")
        values = [*line.loc[pd.to_datetime(months), "stance"]]
        values.append(_stances(real, day, domain).loc[code, "stance"])
        path = re.findall(r'<path d="([^"]*)"', card)[1]
        points = re.findall(r"([ML])([\d.]+) ([\d.]+)", path)
        starts = [now == now and before != before for before, now in _pairs(values)]
        assert sum(kind == "M" for kind, _, _ in points) == sum(starts)
        # A level run is drawn by its ends, and still passes through every month.
        x, y = (np.array([float(point[place]) for point in points]) for place in (1, 2))
        days = np.array([(at - months[0]).days for at in [*months, day]])
        across = np.round(days / days[-1] * 194 + 3, 1)
        for at, value in zip(across, values, strict=True):
            height = (scale.max - value) / (scale.max - scale.min) * 24 + 3
            assert value != value or np.interp(at, x, y) == pytest.approx(height, abs=0.06)
        assert value != value or x[-1] == 197


def _pairs(values: list[float]) -> list[tuple[float, float]]:
    return list(zip([np.nan, *values], values, strict=False))


def test_choosing_a_card_opens_its_panel_and_choosing_again_closes_it() -> None:
    app = opened("map", as_of="2019-03-04")
    app.button_group(key="featured").set_value(ONE).run()
    assert app.query_params["actor"] == ONE
    assert app.selectbox(key="actor").value == ONE
    app.button_group(key="featured").set_value(None).run()
    assert "actor" not in app.query_params
