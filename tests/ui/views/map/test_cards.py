"""The cards of the first page, held against figures worked out here from the stance table."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote

import numpy as np
import pandas as pd
import pytest

import stances
from stances import words
from stances.answers.practice import practices
from stances.answers.standing import standings
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, OVERALL
from stances.dataset.days import last_day
from tests.cases import ONE
from tests.ui.pages import markup, open_page, plain

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
    result = markup(open_page("map", as_of=as_of, domain=domain))
    [row] = re.findall(r'<div class="cards">.*', result)
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


@CASES
def test_there_is_a_card_for_each_featured(real: stances.Dataset, as_of: str, domain: str) -> None:
    app = open_page("map", as_of=as_of, domain=domain)
    names = real.actors.set_index("actor")["name"]
    options = app.button_group(key="featured").options
    for code, name in zip(real.about.featured, options, strict=True):
        assert name.replace("\\", "") == names.get(code, real.about.members_of(code))


@CASES
def test_the_card_of_an_actor_has_its_figures(
    real: stances.Dataset, as_of: str, domain: str
) -> None:
    now = _stances(real, date.fromisoformat(as_of), domain)
    for code, card in zip(real.about.featured, _cards(as_of, domain), strict=True):
        if code not in now.index:
            continue
        row: Any = now.loc[code]
        text = _part(card, "stance")
        assert text.startswith(words.label(real.codebook, row["stance"]))
        assert (NO_POSITION in text) == (row["stance"] != row["stance"])
        rows = standings(Tracker(real), date.fromisoformat(as_of), domain)
        [standing] = [each for each in rows if each.actor == code]
        assert ("old evidence" in text) == standing.old


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
def test_the_first_note_of_an_actor_is_what_has_become_of_the_act_shown(
    real: stances.Dataset, as_of: str, domain: str
) -> None:
    day = date.fromisoformat(as_of)
    events, acts = real.events.set_index("event_id"), real.acts.set_index("act_id")
    for code, card in zip(real.about.featured, _cards(as_of, domain), strict=True):
        if code not in real.position_actors:
            continue
        act = _weightiest_act(real, code, day, domain)
        note = _notes(card)[0]
        if act is None:
            assert note == "No act in force is recorded"
            continue
        label = real.codebook.domain_label(act["domain"])
        known = acts["name"].get(act["act_id"], events.loc[act["act_event_id"], "title"])
        assert note.startswith(f"{label}: ")
        assert known in note
        since = acts["applied_since"].get(act["act_id"], "")
        limits = (
            int(events.loc[act["in_force_event_id"], "score"]) <= real.codebook.scale.restricting
        )
        case = real.codebook.domains[act["domain"]].open_case
        used = limits and not case and since != "" and since <= as_of[: len(since)]
        assert (", used since " in note or ", first used " in note) == used
        power = limits and not case and act["act_id"] in acts.index
        assert ("power not" in note) == (power and not used)
        doubt = acts["doubt"].get(act["act_id"], "")
        assert (", rule in doubt" in note) == (doubt != "")
        ahead = real.deadlines[real.deadlines["act_id"] == act["act_id"]]["deadline"]
        open_ = any(last_day(each) >= day for each in ahead)
        assert ("; next date " in note) == open_
        assert "passed since" not in note, "of a day past nothing is told by the real one"


@CASES
def test_the_others_tell_the_last_deed_and_those_of_twelve_months(
    real: stances.Dataset, as_of: str, domain: str
) -> None:
    day = date.fromisoformat(as_of)
    events = real.events[real.events["score"].notna() & (real.events["date"] <= as_of)]
    if domain != OVERALL:
        events = events[events["domain"] == domain]
    for code, card in zip(real.about.featured, _cards(as_of, domain), strict=True):
        _, last, year = _notes(card)
        group = code not in real.position_actors
        who = _members(real, code, day) if group else [code]
        own = events[events["actor"].isin(who)].sort_values(["date", "event_id"])
        firm = own[own["event_id"].isin(_firm(real))]
        sourced = "well sourced " if len(own) else ""
        none = f"No {sourced}decision or statement is recorded yet"
        title = none if firm.empty else firm["title"].iloc[-1]
        assert title in last
        before = pd.Timestamp(max(day - timedelta(days=365), real.codebook.first_date))
        done = own[own["date"] > before]
        where = "" if domain == OVERALL else " there"
        if group:
            acted = words.some(done["actor"].nunique(), start=True)
            did = "is known to have acted or spoken" if done.empty else "acted or spoke"
            text = f"{acted} of {words.number(len(who))} {did}{where} in the past year"
            assert year == f"{text}. Member by member Brief"
            assert f'href="members?group={code}&amp;as_of={day}' in card
        else:
            nothing = (
                "Nothing recorded in the past year.",
                "Past year: no decision or statement recorded",
            )
            assert year.startswith(nothing) == done.empty


def _firm(real: stances.Dataset) -> set[str]:
    """The events that may lead: acts, and words with a source that is no copy and no low
    confidence.
    """
    sources = real.event_sources
    strong = set(sources.loc[~sources["tier"].isin(real.codebook.weak_tiers), "event_id"])
    binding = [code for code, kind in real.codebook.instruments.items() if kind.binding]
    events = real.events
    sound = events["event_id"].isin(strong) & (events["confidence"] != "low")
    return set(events.loc[sound | events["instrument"].isin(binding), "event_id"])


def _notes(card: str) -> list[str]:
    return [plain(inner) for inner in re.findall(r'<div class="card-note">(.*?)</div>', card)]


@pytest.mark.usefixtures("six_shown")
def test_what_time_alone_did_is_not_told_of_an_actor() -> None:
    # Boria's words of 2020 have faded by half; nobody did anything after March 2021.
    card = dict(zip(("ARC", "Pact", "BOR"), _cards("2022-01-31", OVERALL), strict=True))["BOR"]
    ended = f"Past year: no decision or statement recorded; {words.ACT_ENDED}."
    assert _notes(card)[2].startswith(ended)
    assert "year" not in "".join(_notes(card)[:2])


def _mean(known: pd.DataFrame) -> float:
    """Of the members with a position, each by its certainty."""
    if known.empty:
        return np.nan
    return round(float(np.average(known["stance"], weights=known["certainty"])), 4)


@CASES
def test_the_card_of_a_group_has_the_mean_of_its_members(
    real: stances.Dataset, as_of: str, domain: str
) -> None:
    day = date.fromisoformat(as_of)
    for code, card in zip(real.about.featured, _cards(as_of, domain), strict=True):
        if code in real.position_actors:
            continue
        members = _members(real, code, day)
        known = _stances(real, day, domain).loc[members].dropna(subset="stance")
        text = _part(card, "stance")
        if known.empty:
            assert text == f"{NO_POSITION} of {len(members)} members"
        else:
            assert text == f"{words.label(real.codebook, _mean(known))} on average"


@CASES
def test_the_first_note_of_a_group_counts_law_and_practice_of_its_members(
    real: stances.Dataset, as_of: str, domain: str
) -> None:
    day, tracker = date.fromisoformat(as_of), Tracker(real)
    where = tracker.lead.domain if domain == OVERALL else domain
    for code, card in zip(real.about.featured, _cards(as_of, domain), strict=True):
        if code in real.position_actors:
            continue
        result = [practices(tracker, day, where)[member] for member in _members(real, code, day)]
        limiting, used = sum(each.limits for each in result), sum(each.used for each in result)
        label = real.codebook.domain_label(where)
        note = _notes(card)[0]
        assert note.startswith(f"{label}: {words.some(limiting)} of {len(result)} ")
        assert ("used" in note) == bool(used)
        assert (" by a rule at " in note) == any(each.excludes for each in result)


@pytest.mark.usefixtures("six_shown")
def test_the_day_of_leaving_is_no_day_of_membership(six: stances.Dataset) -> None:
    place = list(six.about.featured).index("Pact")
    for day, members in (("2020-06-30", 3), ("2020-07-01", 2)):
        assert _notes(_cards(day, OVERALL)[place])[2].endswith(
            f" of {words.number(members)} acted or spoke in the past year. Member by member Brief"
        )


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
        path = re.findall(r'<path d="([^"]*)"', unquote(card))[1]
        points = re.findall(r"([ML])([\d.]+) ([\d.]+)", path)
        starts = [now == now and before != before for before, now in _pairs(values)]
        assert sum(kind == "M" for kind, _, _ in points) == sum(starts)
        # A level run is drawn by its ends, and still passes through every month.
        x, y = (np.array([float(point[place]) for point in points]) for place in (1, 2))
        days = np.array([(at - months[0]).days for at in [*months, day]])
        across = np.round(days / days[-1] * 92 + 4, 1)
        for at, value in zip(across, values, strict=True):
            height = (scale.max - value) / (scale.max - scale.min) * 20 + 5
            assert value != value or np.interp(at, x, y) == pytest.approx(height, abs=0.06)
        assert value != value or x[-1] == 96


def _pairs(values: list[float]) -> list[tuple[float, float]]:
    return list(zip([np.nan, *values], values, strict=False))


def test_choosing_a_card_opens_its_panel_and_choosing_again_closes_it() -> None:
    app = open_page("map", as_of="2019-03-04")
    app.button_group(key="featured").set_value(ONE).run()
    assert app.query_params["actor"] == ONE
    assert app.selectbox(key="actor").value == ONE
    app.button_group(key="featured").set_value(None).run()
    assert "actor" not in app.query_params
