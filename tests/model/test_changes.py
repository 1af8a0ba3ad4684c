"""The changes between two days, and the distances of actors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise, permutations

import numpy as np
import pandas as pd
import pytest

import stances
from stances.dataset.codebook import OVERALL
from stances.dataset.faults import BadInput
from stances.model import changes
from stances.model.changes import (
    CAME_IN,
    CAUSES,
    CONFIRMS,
    DILUTED,
    DONE,
    FADED,
    FADED_AWAY,
    FREED,
    GAINED,
    GREW,
    LASTING,
    LOST,
    NEVER_HAD,
    OWN_SCORE,
    SUPERSEDED,
    TIME,
)
from stances.model.distance import (
    FEWEST_PAIRS,
    days_around_widest,
    distances,
    gaps,
    leaf_order,
    nearest,
    side_by_side,
)
from stances.model.lifetimes import ENDED, REPLACED
from stances.model.stance import Model, StanceArrays
from tests.model.test_stance import event, model_of

EXACT = 1e-9


def parts_of(model: Model, then: str, now: str, domain: str = OVERALL) -> dict[str, float]:
    """The parts by slug and cause of a model of one actor, held against the move."""
    result = changes.changes(model, date.fromisoformat(then), date.fromisoformat(now), domain)
    hold_the_sums(result)
    slug = result.causes["event_id"].str.split("-", n=2).str[2]
    return dict(zip(slug + " " + result.causes["cause"], result.causes["part"], strict=True))


def hold_the_sums(result: changes.Changes) -> None:
    """The parts add up to the moves, those of what was done to `done`, the others to `time`."""
    moves = result.moves.set_index("actor")
    moves = moves[moves["position"] == LASTING]
    for column, causes in (("move", CAUSES), ("done", DONE), ("time", TIME)):
        parts = result.causes[result.causes["cause"].isin(list(causes))]
        sums = parts.groupby("actor")["part"].sum().reindex(moves.index).fillna(0.0)
        assert (sums - moves[column]).abs().max() < EXACT if len(moves) else True, column


# -- the parts of a move -----------------------------------------------------------------------


def test_a_word_that_came_in_and_the_dilution_of_the_act(real: stances.Dataset) -> None:
    # -3 then, (4 x -3 + 1) / 5 = -2.2 now; the middle of the move is -2.6.
    model = model_of(
        real.codebook, event("2020-07-14", "decision", -3), event("2021-07-14", "statement", 1)
    )
    parts = parts_of(model, "2021-07-13", "2021-07-14")
    assert parts == pytest.approx(
        {f"statement {CAME_IN}": 0.2 * 3.6, f"decision {DILUTED}": -0.2 * -0.4}
    )


def test_a_word_that_says_what_the_stance_says_has_no_part(real: stances.Dataset) -> None:
    model = model_of(
        real.codebook, event("2020-07-14", "decision", -3), event("2021-07-14", "statement", -3)
    )
    assert parts_of(model, "2021-07-13", "2021-07-14") == {f"statement {CAME_IN}": 0.0}


def test_a_milder_word_comes_in_as_confirmation(real: stances.Dataset) -> None:
    model = model_of(
        real.codebook,
        event("2020-07-14", "decision", -3),
        event("2020-07-15", "statement", 1),
        event("2021-07-14", "statement", -1, slug="worry"),
    )
    parts = parts_of(model, "2021-07-13", "2021-07-14")
    assert parts[f"worry {CONFIRMS}"] < 0
    assert parts[f"statement {DILUTED}"] < 0


def test_fading_is_not_called_dilution(real: stances.Dataset) -> None:
    # Worked example 3: -2.2, a year later -2.5556.
    model = model_of(
        real.codebook, event("2020-07-14", "decision", -3), event("2021-07-14", "statement", 1)
    )
    parts = parts_of(model, "2021-07-14", "2022-07-14")
    middle = (-2.2 - 23 / 9) / 2
    assert parts == pytest.approx(
        {
            f"statement {FADED}": (1 / 9 - 0.2) * (1 - middle),
            f"decision {GREW}": (8 / 9 - 0.8) * (-3 - middle),
        }
    )


def test_what_time_alone_would_not_have_moved_was_done(real: stances.Dataset) -> None:
    # A lone word fades and stays all there is; what came in took 0.8 of its share.
    model = model_of(
        real.codebook, event("2021-01-01", "statement", -1), event("2022-01-01", "bill", 2)
    )
    parts = parts_of(model, "2021-01-01", "2022-01-01")
    # The stance goes from -1 to (0.5 x -1 + 2 x 2) / 2.5 = 1.4; the middle is 0.2.
    assert parts == pytest.approx(
        {f"bill {CAME_IN}": 0.8 * 1.8, f"statement {DILUTED}": -0.8 * -1.2}
    )


def test_a_word_that_faded_before_it_was_set_aside_is_told_as_both(real: stances.Dataset) -> None:
    model = model_of(
        real.codebook,
        event("2020-01-01", "decision", -3),
        event("2020-01-01", "statement", 1),
        event("2020-12-31", "law", -2),
    )
    result = changes.changes(model, date(2020, 1, 1), date(2020, 12, 31), "networks")
    [move] = result.moves.itertuples()
    # -2.2 then; a year halves the word: (-12 + 0.5) / 4.5; the law leaves -2 alone.
    assert (move.then, move.time, move.done) == pytest.approx(
        (-2.2, -2.55556 + 2.2, 0.55556), abs=1e-5
    )
    parts = parts_of(model, "2020-01-01", "2020-12-31", "networks")
    assert set(parts) == {
        f"law {REPLACED}", f"law {GREW}", f"statement {FADED}", f"statement {SUPERSEDED}",
    }  # fmt: skip


def test_an_act_that_replaces_has_the_whole_step(real: stances.Dataset) -> None:
    model = model_of(
        real.codebook, event("2019-01-01", "law", -1), event("2020-01-01", "decision", -3)
    )
    assert parts_of(model, "2019-12-31", "2020-01-01") == {f"decision {REPLACED}": -2.0}


def test_an_act_that_only_renews_another_moves_nothing(real: stances.Dataset) -> None:
    model = model_of(
        real.codebook,
        event("2019-01-01", "law", -3),
        event("2019-06-01", "statement", 1),
        event("2020-01-01", "decision", -3),
    )
    parts = parts_of(model, "2019-12-31", "2020-01-01")
    # One day made the word a little lighter before it was set aside.
    assert set(parts) == {
        f"statement {SUPERSEDED}", f"decision {FREED}", f"statement {FADED}", f"decision {GREW}",
    }  # fmt: skip
    assert parts[f"decision {FREED}"] < parts[f"decision {GREW}"] < 0


def test_an_act_that_leaves_nothing_replaces_too(real: stances.Dataset) -> None:
    model = model_of(
        real.codebook, event("2019-01-01", "law", -3), event("2020-01-01", "relief", 0)
    )
    assert parts_of(model, "2019-12-31", "2020-01-02") == {f"relief {REPLACED}": 3.0}


def test_an_act_that_ends_leaves_and_its_words_count_as_they_were_said(
    real: stances.Dataset,
) -> None:
    model = model_of(
        real.codebook,
        event("2020-01-01", "decision", -3, end_date="2020-03-01"),
        event("2020-02-01", "bill", -1),
    )
    parts = parts_of(model, "2020-02-29", "2020-03-01")
    assert {key.split(" ", 1)[1] for key in parts} >= {ENDED, OWN_SCORE}
    assert parts[f"bill {OWN_SCORE}"] > 0


def test_an_act_replaced_by_one_that_ended_is_told_by_itself(real: stances.Dataset) -> None:
    model = model_of(
        real.codebook,
        event("2020-01-01", "law", -3, end_date="2020-02-10"),
        event("2020-02-01", "decision", -1, end_date="2020-03-01"),
        event("2020-02-15", "bill", 2),
    )
    parts = parts_of(model, "2020-01-31", "2020-03-02")
    assert set(parts) == {f"law {REPLACED}", f"bill {CAME_IN}"}


def test_an_act_that_ended_before_another_came_is_not_told_as_replaced(
    real: stances.Dataset,
) -> None:
    model = model_of(
        real.codebook,
        event("2020-01-01", "law", 2, end_date="2020-03-01"),
        event("2021-01-01", "decision", -2),
    )
    parts = parts_of(model, "2020-02-01", "2021-02-01")
    assert parts == {f"law {ENDED}": -2.0, f"decision {CAME_IN}": -2.0}


@pytest.mark.parametrize(
    ("end", "came", "cause"),
    [
        ("2020-03-01", "2021-01-01", CAME_IN),
        ("2020-03-01", "2020-03-02", CAME_IN),
        # On the day on which the one ended the other was there.
        ("2020-03-01", "2020-03-01", REPLACED),
        ("", "2021-01-01", REPLACED),
    ],
)
def test_an_act_took_the_place_of_the_last_but_one_where_no_day_was_without_one(
    real: stances.Dataset, end: str, came: str, cause: str
) -> None:
    model = model_of(
        real.codebook,
        event("2019-01-01", "law", -1),
        event("2020-01-01", "ruling", 2, end_date=end),
        event(came, "decision", -2),
    )
    parts = parts_of(model, "2019-06-01", "2021-02-01")
    law = {f"law {REPLACED}"} if cause == CAME_IN else set()
    assert set(parts) == {f"decision {cause}", *law}


def test_an_act_after_one_that_left_nothing_in_force_replaced_only_that(
    real: stances.Dataset,
) -> None:
    model = model_of(
        real.codebook,
        event("2019-01-01", "law", -1),
        event("2020-01-01", "ruling", 0),
        event("2022-01-01", "decision", -2),
    )
    parts = parts_of(model, "2019-06-01", "2022-02-01")
    assert set(parts) == {f"law {REPLACED}", f"decision {CAME_IN}"}
    assert set(parts_of(model, "2020-02-01", "2022-02-01")) == {f"decision {REPLACED}"}
    assert set(parts_of(model, "2019-06-01", "2020-02-01")) == {f"ruling {REPLACED}"}


def test_a_domain_below_the_minimum_goes_on_to_fade_out(real: stances.Dataset) -> None:
    model = model_of(
        real.codebook,
        event("2020-01-01", "decision", -3),
        event("2020-01-01", "statement", 1, domain="trade"),
        event("2022-06-01", "statement", 2, domain="trade", slug="again"),
    )
    gone = parts_of(model, "2021-12-30", "2022-05-31")
    assert gone.keys() == {f"statement {FADED}", f"decision {GREW}"}
    # Its last day with a position and the first one without differ by a day of fading.
    over = changes.changes(model, date(2021, 12, 30), date(2021, 12, 31)).moves
    assert over["done"].item() == pytest.approx(0, abs=EXACT)
    assert abs(over["time"].item()) < 0.001
    back = parts_of(model, "2022-05-31", "2022-06-01")
    assert {f"again {CAME_IN}", f"decision {DILUTED}"} <= back.keys()


def test_the_six_events(six: stances.Dataset) -> None:
    result = changes.changes(six.model, date(2020, 7, 19), date(2020, 10, 27), "roads")
    moves = result.moves.set_index("actor")
    text = dict(moves.loc["ARC"])
    assert (text.pop("position"), text.pop("time")) == (LASTING, pytest.approx(0, abs=EXACT))
    assert text == {"then": -2.0, "now": 0.0, "move": 2.0, "done": pytest.approx(2.0)}
    parts = result.causes[result.causes["actor"] == "ARC"]
    # Of 3 and 0.5 time alone leaves 3 and 0.25; order and speech say -2, the middle of the move is
    # -1, so what the one lost by fading the other gained.
    of = parts.groupby("cause")["part"].sum()
    assert of.to_dict() == pytest.approx(
        {
            REPLACED: 1 + 3 / 3.25,
            SUPERSEDED: 0.25 / 3.25,
            FADED: 0.5 / 3.5 - 0.25 / 3.25,
            GREW: 3 / 3.5 - 3 / 3.25,
        }
    )


@pytest.mark.parametrize(
    ("then", "now", "position", "causes"),
    [
        ("2019-12-31", "2020-01-01", GAINED, [("roads-order", CAME_IN)]),
        ("2022-06-18", "2022-06-19", FADED_AWAY, [("order-repealed", FADED)]),
        (
            "2020-04-10",
            "2022-06-19",
            LOST,
            [("roads-order", REPLACED), ("minister-worried", SUPERSEDED)],
        ),
        ("2019-06-01", "2019-12-31", NEVER_HAD, []),
    ],
)
def test_a_position_gained_or_lost_has_its_cause_and_no_figure(
    six: stances.Dataset, then: str, now: str, position: str, causes: list[tuple[str, str]]
) -> None:
    result = changes.changes(six.model, date.fromisoformat(then), date.fromisoformat(now))
    row = result.moves.set_index("actor").loc["ARC"]
    assert row["position"] == position
    assert np.isnan([row["move"], row["done"], row["time"]]).all()
    text = result.causes[result.causes["actor"] == "ARC"]
    slugs = text["event_id"].str.split("-", n=2).str[2]
    assert list(zip(slugs, text["cause"], strict=True)) == causes
    assert text["part"].isna().all()


def test_an_act_that_lapses_loses_the_position_and_a_word_that_faded_does_not(
    six: stances.Dataset,
) -> None:
    result = changes.changes(six.model, date(2021, 3, 6), date(2021, 3, 7), "schools")
    assert result.moves.set_index("actor").loc["BOR", "position"] == LOST
    [cause] = result.causes.itertuples()
    assert (cause.event_id, cause.cause) == ("BOR-20200201-school-permit", ENDED)


DATES = ["2012-01-01", "2019-01-31", "2020-01-29", "2020-07-14", "2023-06-15", "2026-01-01"]


@pytest.mark.parametrize("domain", [OVERALL, "networks"])
@pytest.mark.parametrize(("then", "now"), [*pairwise(DATES), (DATES[0], DATES[-1])])
def test_the_parts_add_up_on_the_real_data(
    real: stances.Dataset, then: str, now: str, domain: str
) -> None:
    result = changes.changes(real.model, date.fromisoformat(then), date.fromisoformat(now), domain)
    hold_the_sums(result)
    moves = result.moves.set_index("actor")
    assert (moves["position"] == LASTING).any()
    # Who gained or lost a position is told by what.
    changed = moves.index[moves["position"].isin([GAINED, LOST, FADED_AWAY])]
    assert set(changed) <= set(result.causes["actor"])
    assert not set(result.causes["actor"]) & set(moves.index[moves["position"] == NEVER_HAD])
    assert set(result.causes["cause"]) <= set(CAUSES)
    assert not result.causes.duplicated(["event_id", "cause"]).any()
    published = real.position(now).query("domain == @domain").set_index("actor")["stance"]
    assert (moves["now"] - published).abs().max() < 1e-4


def test_the_same_day_twice_has_no_move(real: stances.Dataset) -> None:
    result = changes.changes(real.model, date(2021, 1, 1), date(2021, 1, 1))
    assert result.causes.empty
    assert result.moves["move"].dropna().eq(0).all()


def test_days_in_the_wrong_order_are_refused(six: stances.Dataset) -> None:
    with pytest.raises(BadInput, match="2020-01-01 is before 2020-01-02"):
        changes.changes(six.model, date(2020, 1, 2), date(2020, 1, 1))
    with pytest.raises(BadInput, match="domain rivers is not one of: overall, roads, schools"):
        changes.changes(six.model, date(2020, 1, 1), date(2020, 1, 2), "rivers")


# -- two actors --------------------------------------------------------------------------------


def test_two_actors_stand_side_by_side(six: stances.Dataset) -> None:
    table = side_by_side(six.model, date(2020, 8, 19), "ARC", "BOR").set_index("domain")
    assert dict(table.loc["roads"]) == {"first": -2.0, "second": 2.0, "gap": -4.0}
    assert table["second"].round(4).to_dict() == {"overall": 1.6786, "roads": 2, "schools": 0.7143}
    assert table["gap"].isna().to_dict() == {"overall": False, "roads": False, "schools": True}


def test_the_day_of_the_widest_gap_is_looked_for_beside_the_widest_known(
    six: stances.Dataset,
) -> None:
    days = [six.codebook.first_date + timedelta(days=n) for n in range(1000)]
    table = gaps(six.model, six.model.arrays(days), "BOR", "ARC")
    assert table["gap"].notna().sum() == (table["first"].notna() & table["second"].notna()).sum()
    months = table[table["date"].isin(pd.DatetimeIndex(six.months))]
    near = days_around_widest(months)
    assert not set(near) & set(months["date"].dt.date)
    widest = table["date"][table["gap"].abs().round(9).idxmax()].date()
    assert widest in {*near, *months["date"].dt.date}
    assert len(near) < len(days) / 4
    assert days_around_widest(months.assign(gap=np.nan)) == []
    assert days_around_widest(months.iloc[:1]) == []


def test_an_unknown_actor_is_refused(six: stances.Dataset) -> None:
    for first, second in permutations(("ARC", "XXX")):
        with pytest.raises(BadInput, match="actor XXX takes no position"):
            side_by_side(six.model, date(2020, 8, 19), first, second)


# -- many actors -------------------------------------------------------------------------------

WINDOW = date(2019, 7, 1), date(2022, 6, 30)
WINDOW_ENDS = pd.Timestamp(WINDOW[0]), pd.Timestamp(WINDOW[1])


@pytest.fixture
def months(real: stances.Dataset) -> StanceArrays:
    return _months(real)


@cache
def _months(data: stances.Dataset) -> StanceArrays:
    return data.model.arrays(data.months)


def test_distances_are_means_over_common_months_and_domains(
    real: stances.Dataset, months: StanceArrays
) -> None:
    actors = ["POL", "USA", "GBR", "EU-COM", "UZB"]
    result = distances(real.model, months, actors, *WINDOW)
    panel = real.panel()
    inside = panel["date"].between(*WINDOW_ENDS) & panel["date"].dt.is_month_end
    rows = panel[inside & (panel["domain"] != OVERALL) & panel["stance"].notna()]
    weights = {code: domain.weight for code, domain in real.codebook.domains.items()}
    for i, one in enumerate(result.actors):
        for j, other in enumerate(result.actors):
            pair = rows[rows["actor"] == one].merge(
                rows[rows["actor"] == other], on=["date", "domain"]
            )
            assert result.pairs[i, j] == len(pair)
            assert set(np.array(real.model.domains)[result.domains[i, j]]) == set(pair["domain"])
            weight = pair[["certainty_x", "certainty_y"]].min(axis=1)
            weight *= pair["domain"].astype(object).map(weights)
            apart = (pair["stance_x"] - pair["stance_y"]).abs()
            expected = np.nan
            if len(pair) >= FEWEST_PAIRS:
                expected = float((weight * apart).sum() / weight.sum())
            assert result.distance[i, j] == pytest.approx(expected, nan_ok=True)


def test_a_distance_weighs_domains_and_the_smaller_certainty(real: stances.Dataset) -> None:
    events = [
        event("2020-01-01", "decision", -2),
        replace(event("2020-01-01", "decision", 1), actor="USA", event_id="USA-1"),
        event("2020-01-01", "statement", 2, domain="diplomacy"),
        replace(
            event("2020-01-01", "decision", 2, domain="diplomacy"), actor="USA", event_id="USA-2"
        ),
    ]
    model = model_of(real.codebook, *events)
    days = [date(2020, month, 1) - timedelta(days=1) for month in range(2, 8)]
    result = distances(model, model.arrays(days), ["POL", "USA"], days[0], days[-1])
    # Networks 3 points apart, weight 4; diplomacy 0 apart, weight 1 times Poland's certainty.
    certainty = sum((0.5 ** ((day - date(2020, 1, 1)).days / 365) - 0.25) / 0.75 for day in days)
    assert result.distance[0, 1] == pytest.approx(3 * 4 * 6 / (4 * 6 + certainty))


def test_few_common_months_are_left_blank(six: stances.Dataset) -> None:
    arrays = six.model.arrays(six.months)
    # On the roads both have a position from June 2020 on: five month ends, then six.
    for end, text in ((date(2020, 10, 31), False), (date(2020, 11, 30), True)):
        result = distances(six.model, arrays, ["BOR", "ARC", "CAL"], date(2020, 6, 1), end)
        one, other = result.actors.index("ARC"), result.actors.index("BOR")
        assert np.isnan(result.distance[one, other]) != text
        assert result.pairs[one, result.actors.index("CAL")] == 0


def test_today_counts_only_where_it_ends_a_month(
    real: stances.Dataset, months: StanceArrays
) -> None:
    days = [date(2020, 1, 31), date(2020, 2, 28)]
    arrays = real.model.arrays(days)
    result = distances(real.model, arrays, ["POL", "USA"], *days)
    first = distances(real.model, months, ["POL", "USA"], days[0], days[0])
    assert (result.pairs == first.pairs).all()


def test_no_actor_has_no_distances(real: stances.Dataset, months: StanceArrays) -> None:
    result = distances(real.model, months, [], *WINDOW)
    assert (result.actors, result.distance.shape) == ((), (0, 0))


def test_the_order_keeps_every_actor_and_does_not_depend_on_theirs(
    real: stances.Dataset, months: StanceArrays
) -> None:
    actors = list(real.model.actors)
    result = distances(real.model, months, actors, *WINDOW)
    again = distances(real.model, months, actors[::-1], *WINDOW)
    assert sorted(result.actors) == sorted(actors)
    assert result.actors == again.actors
    beside = np.diagonal(result.distance, 1)
    assert np.nanmean(beside) < np.nanmean(result.distance[np.triu_indices(len(actors), 1)])


def test_near_ones_stand_together() -> None:
    points = np.array([0.0, 10.0, 1.0, 11.0, 0.4, 5.0])
    distance = np.abs(points[:, None] - points)
    order = leaf_order(distance)
    assert list(points[order]) in (sorted(points), sorted(points, reverse=True))


def test_those_that_nobody_can_be_told_from_stand_alone() -> None:
    distance = np.full((4, 4), np.nan)
    distance[0, 3] = distance[3, 0] = 1.0
    order = leaf_order(distance)
    assert sorted(order) == [0, 1, 2, 3]
    assert abs(order.index(0) - order.index(3)) == 1


def test_the_nearest_now_and_a_year_before(real: stances.Dataset, months: StanceArrays) -> None:
    day = date(2022, 6, 30)
    table = nearest(real.model, months, "POL", real.model.actors, day)
    columns = ["distance", "pairs", "domains", "enough"]
    assert list(table) == ["actor", *columns, *(f"{name}_before" for name in columns)]
    assert "POL" not in set(table["actor"])
    assert table["enough"].is_monotonic_decreasing
    for _, part in table.groupby("enough"):
        assert part["distance"].dropna().is_monotonic_increasing
    assert table["distance"].isna().sum() > 0
    # Only those rank that share half of the weight of Poland's domains.
    weights = {code: domain.weight for code, domain in real.codebook.domains.items()}
    inside = [day for day in real.months if date(2021, 7, 1) <= day <= date(2022, 6, 30)]
    own = real.model.arrays(inside).stance[:, real.model.place("POL"), 1:]
    whole = sum(
        w for w, has in zip(weights.values(), ~np.isnan(own).all(axis=0), strict=True) if has
    )
    shared = table["domains"].map(lambda codes: sum(weights[code] for code in codes))
    assert (table["enough"] == ((shared >= whole / 2) & table["distance"].notna())).all()
    assert 0 < table["enough"].sum() < len(table)
    for name, start, end in (
        ("", date(2021, 7, 1), day),
        ("_before", date(2020, 7, 1), date(2021, 6, 30)),
    ):
        result = distances(real.model, months, ["POL", "USA"], start, end)
        row = table.set_index("actor").loc["USA"]
        assert row[f"distance{name}"] == pytest.approx(result.distance[0, 1])
        assert row[f"pairs{name}"] == result.pairs[0, 1]


def test_a_window_the_wrong_way_round_is_refused(
    real: stances.Dataset, months: StanceArrays
) -> None:
    with pytest.raises(BadInput, match="2019-07-01 is before 2022-06-30"):
        distances(real.model, months, ["POL"], *WINDOW[::-1])
