"""The page of comparisons as it is sent: parts that add up, pairs, distances, odd states."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from html import unescape
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import stances
from stances import words
from stances.answers.gaps import gaps_in
from stances.answers.happened import (
    Move,
    binding_events,
    directions_text,
    happened_subtitle,
    largest_moves,
    move_of,
    moves_among,
    net_moves,
    no_move,
    what_happened,
)
from stances.answers.happened import moves as moves_of
from stances.answers.history import all_landmarks, no_period
from stances.answers.ledger import Span, ledger
from stances.answers.neighbours import distances, group_of
from stances.answers.pair import levels_of, only_actor, pair_headline
from stances.answers.rows import named_rows
from stances.answers.tracker import Tracker
from stances.charts.distances import pairs_of
from stances.dataset.codebook import OVERALL
from stances.links.parameters import ALL_ACTORS, among_labels
from stances.markup.ledger import further_html
from stances.model import changes
from stances.model.changes import FADED, FADED_AWAY, LASTING, LOST
from stances.model.distance import nearest, side_by_side
from stances.pages.compare.dates import MORE, ROWS
from stances.tables.compare import pairs_table
from stances.tables.table import Place
from stances.ui.views.compare import dates
from tests.cases import FEATURED, SIX_LEAD, by_events
from tests.folders import REAL, Folder
from tests.ui import pages

KINDS = ["dates", "actors", "distances"]
DAYS = [date(2012, 1, 1), date(2019, 1, 31), date(2020, 7, 14), date(2023, 6, 15), date(2026, 1, 1)]
HUNDREDTH = 0.005


@pytest.fixture
def real_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCES_DATA", str(REAL))


def number(shown_text: str) -> float:
    """A figure as it is printed."""
    return float(shown_text.replace("\N{MINUS SIGN}", "-"))


# -- two dates ---------------------------------------------------------------------------------


@pytest.mark.parametrize("domain", [OVERALL, "networks", "diplomacy"])
@pytest.mark.parametrize("now", DAYS)
def test_the_parts_add_up_to_the_move_as_they_are_printed(
    tracker: Tracker, now: date, domain: str
) -> None:
    for then in DAYS[: DAYS.index(now)]:
        moves = moves_of(tracker, then, now, domain)
        for move in (move for move in moves if move.is_known):
            total = sum(part.part for part in move.parts)
            assert round(total, 2) == move.size, move
            printed = words.two_decimals(move.then) + move.size
            assert round(printed, 2) == words.two_decimals(move.now)
            assert round(sum(part for _, part in move.by_cause()), 2) == move.size
            assert round(move.done + move.time, 2) == move.size
            for sums, kind in ((move.done, changes.DONE), (move.time, changes.TIME)):
                assert round(sum(part for _, part in move.by_cause(tuple(kind))), 2) == sums


def test_each_part_is_near_to_what_it_is(tracker: Tracker) -> None:
    then, now = DAYS[1], DAYS[3]
    causes = changes.changes(tracker.model, then, now).causes
    exact = causes.set_index(["event_id", "cause"])["part"]
    for move in (move for move in moves_of(tracker, then, now, OVERALL) if move.is_known):
        for part in move.parts:
            off = abs(part.part - exact[(part.event_id, part.cause)])
            # The largest part of what was done and of what time did takes what the rounding of the
            # two ends, and of the two sums, leaves.
            assert off < 0.03
        assert sum(abs(p.part - exact[(p.event_id, p.cause)]) >= 0.01 for p in move.parts) <= 2


@pytest.mark.parametrize(("then", "now"), [(0.375, 0.125), (0.125, 0.375)])
def test_where_both_ends_are_ties_the_largest_part_takes_what_rounding_leaves(
    then: float, now: float
) -> None:
    # 0.375 is printed 0.38 and 0.125 is printed 0.12: 0.26 between them, where 0.25 is the truth.
    exact = [(now - then) * 1.2, (then - now) * 0.2, 0.0]
    causes = [
        SimpleNamespace(event_id=f"E-{place}", domain="roads", cause="faded", part=part)
        for place, part in enumerate(exact)
    ]
    move = move_of(Move("A", "Aland", then, now, LASTING), causes)
    assert abs(move.size) == 0.26
    assert round(sum(part.part for part in move.parts), 2) == move.size
    assert move.parts[2].part == 0


def test_what_was_done_most_comes_first_and_those_without_a_move_last(tracker: Tracker) -> None:
    moves = moves_of(tracker, DAYS[1], DAYS[3], OVERALL)
    assert sorted(move.actor for move in moves) == sorted(tracker.model.actors)
    done = [abs(move.done) for move in moves if move.is_known and move.done]
    assert done == sorted(done, reverse=True)
    assert done == [abs(move.done) for move in moves[: len(done)]]
    happened = [move.has_happened for move in moves]
    assert happened == sorted(happened, reverse=True)
    assert len(done) < sum(happened) < len(moves)


def test_presets_come_from_the_data(tracker: Tracker, tracker_six: Tracker) -> None:
    day = date(2021, 5, 17)
    offered = dates.presets(tracker, day, OVERALL)
    last = {"Last 30 days": 30, "Last 90 days": 90, "Last 12 months": 365}
    for name, count in last.items():
        assert offered.pop(name) == (day - timedelta(days=count), day, OVERALL)
    assert len(offered) == len(tracker.data.about.comparisons)
    for each, (name, (then, now, field)) in zip(
        tracker.data.about.comparisons, offered.items(), strict=True
    ):
        assert each.label in name
        assert f"{each.days} days" in name
        assert then == each.date - timedelta(days=1)
        assert now == min(each.date + timedelta(days=each.days), tracker.data.today)
        assert field == OVERALL
    first = tracker_six.codebook.first_date
    alone = (first, first, "roads")
    assert list(dates.presets(tracker_six, first, "roads").values()) == [alone] * len(last)


def test_a_preset_that_is_yet_to_come_is_not_offered(folder: Folder) -> None:
    about = folder.path / "about.toml"
    day = '[[dashboard.comparisons]]\nlabel = "Soon"\ndate = 2023-02-01\ndays = 3\n'
    about.write_text(about.read_text(encoding="utf-8") + day, encoding="utf-8")
    assert "Soon" not in "".join(dates.presets(Tracker(folder.load()), date(2023, 1, 31), "roads"))


def test_a_preset_of_the_data_has_the_field_of_its_landmark_and_says_so(folder: Folder) -> None:
    tracker = Tracker(folder.load())
    [landmark] = all_landmarks(tracker)
    day = landmark.date.date()
    about = folder.path / "about.toml"
    own = f'[[dashboard.comparisons]]\nlabel = "Order"\ndate = {day}\ndays = 3\n'
    about.write_text(about.read_text(encoding="utf-8") + own, encoding="utf-8")
    tracker = Tracker(folder.load())
    for shown, about_it in (("schools", ", in roads"), ("roads", ""), (OVERALL, "")):
        name, (*_, field) = list(dates.presets(tracker, day, shown).items())[-1]
        assert name.endswith(f"3 days after{about_it})")
        assert field == (OVERALL if shown == OVERALL else landmark.domain)


@pytest.mark.usefixtures("real_shown")
def test_a_preset_sets_both_days(tracker: Tracker) -> None:
    app = pages.open_page("compare")
    offered = dates.presets(tracker, tracker.data.today, OVERALL)
    name = list(offered)[-1]
    app.pills(key="_preset").select(name).run()
    assert not app.exception
    then, now, _ = offered[name]
    assert (app.session_state["then"], app.session_state["as_of"]) == (then, now)
    assert words.day(then + timedelta(days=1)) in pages.subtitle(app)
    assert words.day(now) in pages.subtitle(app)


def test_two_dates_agree_in_chart_table_and_words(shown: stances.Dataset) -> None:
    span = Span(date(2020, 7, 10), date(2020, 11, 1))
    app = pages.open_page("compare", then=str(span.then), as_of=str(span.now))
    tracker = Tracker(shown)
    moves = moves_among(tracker, span)
    moved = [move for move in moves if move.has_happened]
    assert moved
    assert pages.headline(app) == what_happened(tracker, span).headline
    assert pages.subtitle(app) == happened_subtitle(tracker, span)
    assert further_html(tracker, what_happened(tracker, span)) in pages.markup(app)
    drawn = pages.figure_of(app, "dumbbell")["data"]
    assert drawn[1]["customdata"] == [move.actor for move in moved]
    table = pages.table_of(app, "What was done")
    assert table[words.WHO].tolist() == [move.name for move in moves]
    for column in ("By acts and statements", "By ageing"):
        known = [not math.isnan(each) for each in pages.numbers(table[column])]
        assert known == [move.is_known for move in moves]
    largest = {action.actor: action.title for action in reversed(ledger(tracker, span, "effect"))}
    titles = table["What was done"].tolist()
    assert titles == [largest.get(move.actor, words.DASH) for move in moves]
    assert moved[0].name in pages.alt_of(app, "dumbbell")


def rows_of_ledger(app: AppTest) -> list[str]:
    """The sentences of the ledger as they are shown."""
    lists = [m for m in pages.pieces(app) if 'class="ledger"' in m]
    return [pages.plain(row) for part in lists for row in re.findall(r"<li><div>(.*?)</div>", part)]


@pytest.mark.parametrize("order", ["newest", "effect"])
@pytest.mark.parametrize("only", ["all", "acts"])
def test_the_ledger_shows_the_first_deeds_and_more_on_demand(
    shown: stances.Dataset, order: str, only: str
) -> None:
    span = Span(date(2019, 12, 31), date(2020, 12, 31), only=only)
    result = [action.sentence for action in ledger(Tracker(shown), span, order)]
    app = pages.open_page(
        "compare", then=str(span.then), as_of=str(span.now), ledger=order, only=only
    )
    assert rows_of_ledger(app) == result[:ROWS]
    count = ROWS
    while count < len(result):
        app.button(key="actions-more").click().run()
        count = min(count + MORE, len(result))
        assert rows_of_ledger(app) == result[:count]
    assert not [button for button in app.button if button.key == "actions-more"]


@pytest.mark.usefixtures("real_shown")
def test_more_rows_are_shown_until_something_else_is_asked(tracker: Tracker) -> None:
    app = pages.open_page("compare", then="2019-12-31", as_of="2020-12-31")
    app.button(key="actions-more").click().run()
    assert len(rows_of_ledger(app)) == ROWS + MORE
    app.segmented_control(key="only").select("acts").run()
    assert pages.address(app)["only"] == "acts"
    span = Span(date(2019, 12, 31), date(2020, 12, 31), only="acts")
    acts = [action.sentence for action in ledger(tracker, span)]
    assert rows_of_ledger(app) == acts[:ROWS]
    app.segmented_control(key="ledger").select("effect").run()
    assert pages.address(app)["ledger"] == "effect"
    by_effect = [action.sentence for action in ledger(tracker, span, "effect")]
    assert rows_of_ledger(app) == by_effect[:ROWS]


@pytest.mark.usefixtures("real_shown")
@pytest.mark.parametrize("domain", [OVERALL, "networks"])
def test_a_group_narrows_all_of_it(tracker: Tracker, domain: str) -> None:
    group = tracker.groups[0]
    span = Span(date(2019, 7, 1), date(2020, 7, 1), domain, group)
    app = pages.open_page(
        "compare", then="2019-07-01", as_of="2020-07-01", among=group, domain=domain
    )
    moves, done = moves_among(tracker, span), ledger(tracker, span)
    assert len(moves) < len(tracker.model.actors)
    assert pages.headline(app) == what_happened(tracker, span).headline
    assert rows_of_ledger(app) == [action.sentence for action in done[:ROWS]]
    names = {move.name for move in moves}
    assert set(pages.table_of(app, "What was done")[words.WHO]) == names
    drawn = pages.figure_of(app, "dumbbell")["data"][1]["customdata"]
    assert {tracker.names[actor] for actor in drawn} <= names
    assert set(app.selectbox(key="_mover").options) == names


@pytest.mark.usefixtures("real_shown")
def test_it_opens_on_the_actor_that_did_most_and_then_on_the_chosen_one(tracker: Tracker) -> None:
    days = {"then": "2019-07-01", "as_of": "2020-07-01"}
    moves = moves_among(tracker, Span(date(2019, 7, 1), date(2020, 7, 1)))
    app, most = pages.open_page("compare", **days), largest_moves(moves, binding_events(tracker))[0]
    assert app.selectbox(key="_mover").value == most.actor
    other = moves[5].actor
    app.selectbox(key="_mover").set_value(other).run()
    assert pages.address(app)["actor"] == other
    # Links of before named the first of two actors; a group has no move of its own.
    assert pages.open_page("compare", first=other, **days).selectbox(key="_mover").value == other
    grouped = pages.open_page("compare", actor=tracker.groups[0], **days)
    assert grouped.selectbox(key="_mover").value == most.actor


def test_the_part_that_is_printed_largest_comes_first() -> None:
    causes = [
        SimpleNamespace(event_id=e, domain="d", cause=FADED, part=p)
        for e, p in (("exactly-largest", -0.0068), ("other", -0.0061), ("rest", 0.0041))
    ]
    move = move_of(Move("A", "Aland", -1.0040, -1.0128, LASTING), causes)
    sizes = [abs(part.part) for part in move.parts]
    assert sizes == sorted(sizes, reverse=True)
    assert round(sum(part.part for part in move.parts), 2) == move.size == -0.01


@pytest.mark.usefixtures("real_shown")
def test_the_shown_causes_add_up_on_screen(tracker: Tracker) -> None:
    for move in moves_of(tracker, DAYS[1], DAYS[2], OVERALL)[:3]:
        app = pages.open_page("compare", then=str(DAYS[1]), as_of=str(DAYS[2]), first=move.actor)
        [panel] = [m for m in pages.pieces(app) if 'class="reasons"' in m]
        lines = re.findall(r"<tr( class=\"shown\")?><td>[^<]*</td><td>([^<]*)</td></tr>", panel)
        sums = [number(figure) for _, figure in lines]
        of_both = [number(figure) for shown_line, figure in lines if shown_line]
        parts = re.findall(r'<div class="reason"><div><b>([^<]*)</b>', panel)
        assert of_both == [move.done, move.time]
        assert round(sum(of_both), 2) == round(sum(sums) - sum(of_both), 2) == move.size
        assert round(sum(map(number, parts)), 2) == move.size
        assert panel.count('rel="noopener') >= len(parts)
        assert f"events?event={move.parts[0].event_id}" in panel


@pytest.mark.usefixtures("real_shown")
def test_a_position_gained_or_lost_stands_in_chart_table_and_headline(tracker: Tracker) -> None:
    then, now = date(2019, 1, 31), date(2026, 1, 1)
    moves = moves_of(tracker, then, now, OVERALL)
    came = [move for move in moves if math.isnan(move.then) and not math.isnan(move.now)]
    lost = [move for move in moves if move.position == LOST]
    faded = [move for move in moves if move.position == FADED_AWAY]
    assert came
    assert lost
    assert faded
    app = pages.open_page("compare", then=str(then), as_of=str(now), first=came[0].actor)
    drawn = pages.figure_of(app, "dumbbell")["data"][1]["customdata"]
    assert {move.actor for move in (*came, *lost)} <= set(drawn)
    # Time alone took it.
    assert not {move.actor for move in faded} & set(drawn)
    [folded] = re.findall(
        r"<details><summary>Effect of ageing alone.*?</details>", pages.markup(app)
    )
    assert all(f"{move.name}: " in pages.plain(folded) for move in faded)
    result = net_moves(tracker, ledger(tracker, Span(then, now)))
    assert directions_text(result) in pages.plain(pages.markup(app))
    table = pages.table_of(app, "How it counted").set_index(words.WHO)["How it counted"]
    for move in came:
        assert move.parts
        assert table[move.name].startswith("Gained a position: ")
    wording = pages.plain(pages.markup(app))
    assert no_move(tracker.codebook, came[0], (then, now)) in wording
    assert tracker.titles[came[0].parts[0].event_id] in wording


# -- two actors --------------------------------------------------------------------------------


def test_two_actors_agree_in_chart_table_and_words(shown: stances.Dataset) -> None:
    one, other = by_events(shown)[:2]
    day = date(2020, 8, 19)
    app = pages.open_page("compare", compare="actors", first=one, second=other, as_of=str(day))
    tracker = Tracker(shown)
    period = shown.codebook.first_date, day
    table, widest = gaps_in(tracker, (one, other), OVERALL, period)
    names = tracker.sentence_names[one], tracker.sentence_names[other]
    end = table.iloc[-1]
    levels = levels_of(shown.codebook, end["first"], end["second"])
    assert pages.headline(app) == pair_headline(names, float(end["gap"]), widest, day, levels)
    assert widest is not None
    assert pages.figure_of(app, "trend-gap")["data"][2]["x"] == [str(widest[0])]
    domains = pages.table_of(app, words.FIELD)
    assert len(domains) == 1 + len(shown.codebook.domains)
    expected = side_by_side(shown.model, day, one, other)
    # Each gap is that between the two figures beside it, of two places.
    figures_shown = domains.drop(columns=words.FIELD).apply(pages.numbers)
    apart = figures_shown.iloc[:, 0] - figures_shown.iloc[:, 1]
    assert np.allclose(figures_shown["Gap"], apart, rtol=0, atol=1e-9, equal_nan=True)
    assert np.allclose(figures_shown["Gap"], expected["gap"], rtol=0, atol=0.01, equal_nan=True)
    months = pages.whole_table(
        "compare", "Date", compare="actors", first=one, second=other, as_of=str(day)
    )
    assert pd.to_datetime(months["Date"], format="%d %b %Y").is_monotonic_decreasing
    assert words.short_day(widest[0]) in set(months["Date"])
    [last] = pages.numbers(months["Gap"].head(1))
    assert last == pytest.approx(table["gap"].iloc[-1], abs=1e-9, nan_ok=True)
    assert [
        trace["name"] for trace in pages.figure_of(app, "trend-pair")["data"] if trace.get("name")
    ]


def test_the_gap_is_that_between_the_figures_as_printed(tracker: Tracker) -> None:
    period, rounded_apart = (tracker.codebook.first_date, tracker.data.today), 0
    for pair in combinations(FEATURED, 2):
        table = gaps_in(tracker, pair, OVERALL, period)[0].dropna()
        printed = table[["first", "second"]].map(words.two_decimals)
        assert np.allclose(table["gap"], printed["first"] - printed["second"], rtol=0, atol=1e-9)
        exact = (table["first"] - table["second"]).round(2)
        rounded_apart += int((~np.isclose(table["gap"], exact, rtol=0, atol=1e-9)).sum())
    assert rounded_apart


@pytest.mark.parametrize("places", [(0, 1), (1, 3), (2, 5), (4, 7)])
def test_two_are_furthest_apart_on_the_first_of_all_days_that_are_so(
    tracker: Tracker, places: tuple[int, int]
) -> None:
    one, other = (by_events(tracker.data)[place] for place in places)
    pair = one, other
    first, last = date(2018, 1, 1), tracker.data.today
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    model = tracker.model_of(*pair)
    stance = model.arrays(days).stance
    a_side, b_side = (stance[:, model.place(actor), 0] for actor in pair)
    sizes = [
        (abs(round(words.two_decimals(a) - words.two_decimals(b), 2)), round(abs(a - b), 9))
        for a, b in zip(a_side.tolist(), b_side.tolist(), strict=True)
        if not math.isnan(a + b)
    ]
    known = [day for day, a, b in zip(days, a_side, b_side, strict=True) if not np.isnan(a + b)]
    table, result = gaps_in(tracker, pair, OVERALL, (first, last))
    assert result is not None
    assert (result[0], abs(result[1])) == (known[sizes.index(max(sizes))], max(sizes)[0])
    assert table["gap"].abs().max() == abs(result[1])
    assert result[0] in set(table["date"].dt.date)


def test_the_gap_is_that_of_the_lines(tracker: Tracker) -> None:
    one, other, *_ = by_events(tracker.data)
    pair, day = (one, other), date(2021, 5, 17)
    table, _ = gaps_in(tracker, pair, OVERALL, (date(2018, 1, 1), day))
    assert table["date"].iloc[-1] == pd.Timestamp(day)
    assert table["date"].is_monotonic_increasing
    assert table["date"].iloc[0] >= pd.Timestamp(2018, 1, 1)
    for actor, column in zip(pair, ("first", "second"), strict=True):
        stances_then = tracker.data.position(day).query("domain == 'overall'")
        own = stances_then.set_index("actor").loc[actor, "stance"]
        assert table[column].iloc[-1] == pytest.approx(own, abs=1e-4, nan_ok=True)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("featured", ["", '"ARC"'])
def test_an_actor_that_is_alone_is_compared_with_none(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, kind: str, featured: str
) -> None:
    for table in ("events", "sources", "acts", "deadlines", "profiles", "codings", "memberships"):
        folder.keep(table, 1)
    folder.keep("actors", 2)
    folder.replace("about.toml", '"ARC", "Pact", "BOR"', featured)
    folder.replace("about.toml", SIX_LEAD, "")
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    app = pages.open_page("compare", compare=kind)
    text = [only_actor("Republic of Arcadia")]
    assert pages.notices(app) == (text if kind == "actors" else [])


# -- distances ---------------------------------------------------------------------------------


def test_distances_agree_in_chart_table_and_words(shown: stances.Dataset) -> None:
    tracker, day = Tracker(shown), date(2021, 3, 31)
    app = pages.open_page("compare", compare="distances", group=ALL_ACTORS, as_of=str(day))
    members = group_of(tracker, ALL_ACTORS, day)
    result = distances(tracker, members, (shown.codebook.first_date, day))
    count = len(result.actors)
    pairs = count * (count - 1) // 2
    [button] = [each for each in app.get("download_button") if each.key == "distances-csv"]
    assert button.proto.label == f"{words.plural(pairs, 'row', start=True)} as CSV"
    shown_first = pages.numbers(pages.table_of(app, "And")["Distance"])
    assert shown_first == sorted(shown_first)
    [column] = [
        each
        for each in pairs_table(tracker, result, Place("compare", {})).columns
        if each.name == "Distance"
    ]
    text = [column.text(row) for row in named_rows(pairs_of(result))]
    cells = np.array(pages.figure_of(app, "matrix")["data"][0]["z"], float).reshape(count, count)
    apart = ~np.eye(count, dtype=bool)
    assert (np.isnan(cells) == np.isnan(result.distance))[apart].all()
    assert np.nanmax(np.abs(cells - result.distance)[apart]) <= HUNDREDTH + 1e-9
    assert "blank: too little in common" in pages.subtitle(app)
    assert text.count("") == np.isnan(result.distance[apart]).sum() / 2


def test_a_group_has_its_members_of_the_day(tracker_six: Tracker) -> None:
    day = date(2020, 7, 1)
    assert group_of(tracker_six, "Pact", day) == ("BOR", "CAL")
    assert group_of(tracker_six, ALL_ACTORS, day) == ("ARC", "BOR")


@pytest.mark.usefixtures("real_shown")
def test_the_nearest_is_named_now_and_a_year_before(tracker: Tracker) -> None:
    day = date(2024, 6, 30)
    for group in tracker.groups[:3]:
        members = group_of(tracker, group, day)
        for actor in (members[0], by_events(tracker.data)[0]):
            app = pages.open_page(
                "compare", compare="distances", group=group, first=actor, as_of=str(day)
            )
            expected = nearest(tracker.model, tracker.panel, actor, members, day)
            table = pages.table_of(app, "A year before")
            ranked = expected[expected["enough"]]
            assert table[words.WHO].tolist() == [tracker.names[code] for code in ranked["actor"]]
            assert all(tracker.names[code] in pages.headline(app) for code in ranked["actor"][:1])
            shared = [not math.isnan(each) for each in pages.numbers(table["A year before"])]
            assert shared == ranked["enough_before"].tolist()
            apart = [tracker.names[code] for code in expected["actor"][~expected["enough"]]]
            text = re.findall(r"<li>([^<:]*): ", pages.markup(app))
            assert list(map(unescape, text)) == sorted(apart)
            assert "Fields in common" in table
            assert group in pages.subtitle(app)


def test_who_can_be_compared_with_nobody_is_left_out(tracker: Tracker) -> None:
    period = tracker.codebook.first_date, date(2012, 6, 30)
    result = distances(tracker, tracker.model.actors, period)
    apart = np.where(np.eye(len(result.actors), dtype=bool), np.nan, result.distance)
    assert not np.isnan(apart).all(axis=1).any()


def test_who_has_no_position_is_left_out(tracker_six: Tracker) -> None:
    period = tracker_six.codebook.first_date, date(2021, 3, 31)
    result = distances(tracker_six, tracker_six.model.actors, period)
    assert result.actors == ("ARC", "BOR")


# -- odd states --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_domain_draws_on_the_first_days_too(kind: str, shown: stances.Dataset) -> None:
    first = shown.codebook.first_date
    for domain in (OVERALL, *shown.codebook.domains):
        for as_of in (first, first + timedelta(days=1)):
            app = pages.open_page(
                "compare", compare=kind, as_of=str(as_of), domain=domain, then=str(first)
            )
            assert pages.headline(app)


@pytest.mark.usefixtures("real_shown")
def test_a_date_is_compared_with_the_year_before_it_until_a_day_is_chosen() -> None:
    app = pages.open_page("compare", as_of="2019-03-04")
    assert (pages.notices(app), app.date_input(key="_first").value) == ([], date(2018, 3, 5))
    app.date_input(key="as_of").set_value(date(2017, 9, 4)).run()
    assert (pages.notices(app), app.date_input(key="_first").value) == ([], date(2016, 9, 5))
    assert "then" not in pages.address(app)
    app.date_input(key="_first").set_value(date(2016, 1, 1)).run()
    app.date_input(key="as_of").set_value(date(2018, 9, 4)).run()
    assert pages.address(app)["then"] == "2015-12-31"
    assert "1 January 2016" in pages.subtitle(app)


@pytest.mark.usefixtures("six_shown")
def test_the_first_day_is_told_of_however_it_is_asked_for(tracker_six: Tracker) -> None:
    text = [d.sentence for d in ledger(tracker_six, Span(date(2020, 5, 10), date(2020, 6, 1)))]
    assert len(text) == 2
    requests: list[dict[str, str]] = [{"start": "2020-05-11"}, {"then": "2020-05-10"}]
    # What a form asks for comes before what a link had.
    for query in (*requests, {"start": "2020-05-11", "then": "2020-01-01"}):
        app = pages.open_page("compare", as_of="2020-06-01", **query)
        assert rows_of_ledger(app) == text
        assert app.date_input(key="_first").value == date(2020, 5, 11)
    app.date_input(key="_first").set_value(date(2020, 5, 12)).run()
    assert rows_of_ledger(app) == text[:1]
    assert (pages.address(app)["then"], "start" in pages.address(app)) == ("2020-05-11", False)


@pytest.mark.usefixtures("six_shown")
def test_one_country_is_told_of_alone(tracker_six: Tracker) -> None:
    app = pages.open_page("compare", then="2019-12-31", as_of="2020-12-31")
    assert list(app.selectbox(key="among").options) == list(among_labels(tracker_six).values())
    app.selectbox(key="among").set_value("BOR").run()
    assert pages.address(app)["among"] == "BOR"
    span = Span(date(2019, 12, 31), date(2020, 12, 31), actors=("BOR",))
    assert pages.headline(app) == what_happened(tracker_six, span).headline
    assert rows_of_ledger(app) == [action.sentence for action in ledger(tracker_six, span)]
    assert pages.table_of(app, "What was done")[words.WHO].tolist() == ["Kingdom of Boria"]
    # Nobody else can be opened.
    assert not [each for each in app.selectbox if each.key == "_mover"]


@pytest.mark.usefixtures("real_shown")
def test_a_date_chosen_on_another_page_is_compared_with_the_year_before_it(
    tracker: Tracker,
) -> None:
    app = pages.open_page("map")
    app.date_input(key="as_of").set_value(date(2019, 3, 4)).run()
    links = pages.page_links(app)
    # The map opens on the domain that leads, and links carry what is seen.
    assert links["What changed"] == f"as_of=2019-03-04&domain={tracker.lead.domain}"


@pytest.mark.usefixtures("real_shown")
@pytest.mark.parametrize("kind", ["actors", "distances"])
def test_a_period_without_days_is_the_year_before_and_says_so(kind: str) -> None:
    from_, last = date(2022, 1, 1), date(2021, 1, 1)
    app = pages.open_page("compare", compare=kind, from_=str(from_), as_of=str(last))
    assert pages.notices(app) == [no_period(from_, last)]
