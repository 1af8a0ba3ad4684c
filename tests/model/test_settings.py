"""The stances under a reader's own settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pytest

import stances
from stances.answers.sensitivity import compare_settings, kendall_tau_b
from stances.dataset.codebook import NO_POSITION, OVERALL
from stances.dataset.faults import BadInput
from stances.model.lifetimes import Floats
from stances.model.settings import Settings, limits, model_under
from tests.folders import Folder
from tests.golden import Golden
from tests.oracle import Oracle, scored_events
from tests.tables import PUBLISHED, rows_of

DAY = date(2020, 8, 19)


# -- settings ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["six", "real"])
def test_the_published_settings_change_nothing(name: str, request: pytest.FixtureRequest) -> None:
    data: stances.Dataset = request.getfixturevalue(name)
    settings = Settings.from_codebook(data.codebook)
    assert settings.apply(data.codebook) == data.codebook
    assert settings.differences(data.codebook) == []
    assert Settings.from_choices(data.codebook) == settings


def test_settings_change_what_they_name_and_nothing_else(six: stances.Dataset) -> None:
    settings = Settings.from_choices(six.codebook, {"schools": 0}, 2.0, 0.5, 0.75, 2.5)
    codebook = settings.apply(six.codebook)
    assert {code: d.weight for code, d in codebook.domains.items()} == {"roads": 3, "schools": 0}
    assert codebook.model == replace(
        six.codebook.model,
        binding_weight=2.0,
        spent_half_life_days=150.0,
        minimum_evidence=0.75,
        full_evidence=2.5,
    )
    half_lives = {code: kind.half_life_days for code, kind in codebook.instruments.items()}
    assert half_lives == {"speech": 50, "plan": 100, "order": None, "permit": None, "repeal": None}
    assert codebook.scale == six.codebook.scale


def test_settings_say_what_differs(golden: Golden, six: stances.Dataset) -> None:
    every = Settings.from_choices(six.codebook, {"schools": 0, "roads": 3}, 2.0, 0.5, 0.75, 2)
    one = Settings.from_choices(six.codebook, {"roads": 1.5})
    golden({"every": every.differences(six.codebook), "one": one.differences(six.codebook)})


def test_settings_can_be_a_key(six: stances.Dataset) -> None:
    one, other = (Settings.from_choices(six.codebook, {"roads": 2}) for _ in range(2))
    assert {one: "same"}[other] == "same"


def test_settings_outside_the_limits_are_refused(golden: Golden, six: stances.Dataset) -> None:
    wrong: list[dict[str, Any]] = [
        {"domain_weights": {"rivers": 1}},
        {"domain_weights": {"roads": 10.5}},
        {"domain_weights": {"roads": -1}},
        {"domain_weights": {"roads": 0, "schools": 0}},
        {"binding_weight": 0},
        {"half_life_factor": 11},
        {"minimum_evidence": 0},
        {"minimum_evidence": np.nan},
        {"full_evidence": 0},
        {"binding_weight": np.inf},
    ]
    cases = {}
    for choices in wrong:
        with pytest.raises(BadInput) as refused:
            Settings.from_choices(six.codebook, **choices)
        cases[str(choices)] = str(refused.value)
        assert "\n" not in str(refused.value)
    golden(cases)


def test_settings_of_another_codebook_are_refused(
    six: stances.Dataset, real: stances.Dataset
) -> None:
    with pytest.raises(BadInput, match="domain roads is not one of"):
        Settings.from_codebook(six.codebook).apply(real.codebook)
    some = replace(Settings.from_codebook(six.codebook), domain_weights=(("roads", 1.0),))
    with pytest.raises(BadInput, match="every domain needs one weight: roads, schools"):
        some.apply(six.codebook)


def test_what_is_published_is_always_within_the_limits(folder: Folder) -> None:
    folder.replace("codebook.toml", "\nweight = 3.0", "\nweight = 30.0")
    folder.replace("codebook.toml", "minimum_evidence = 0.375", "minimum_evidence = 0.001")
    codebook = folder.load().codebook
    assert limits(codebook).domain_weight == (0.0, 30.0)
    assert limits(codebook).minimum_evidence == (0.001, 2.0)
    assert Settings.from_codebook(codebook).apply(codebook) == codebook


# -- stances under settings --------------------------------------------------------------------


def test_the_six_events_under_equal_weights(six: stances.Dataset) -> None:
    reader = model_under(six.model, Settings.from_choices(six.codebook, {"roads": 1}))
    result = compare_settings(six.model, reader, DAY)
    arc, bor, cal = rows_of(result.table)
    # Roads and schools together still make full breadth; roads alone are half of it.
    assert (arc.published, arc.stance, arc.move, arc.flips) == (-2.0, -1.0, 1.0, True)
    assert (bor.published, bor.stance) == pytest.approx((1.6786, 1.3571), abs=PUBLISHED)
    assert (bor.published_label, bor.label, bor.flips) == ("Promote", "Admit", True)
    assert (cal.published_label, cal.label, cal.flips) == (NO_POSITION, NO_POSITION, False)
    assert np.isnan(cal.move)
    assert (result.both, result.tau) == (2, 1.0)


def test_a_domain_of_weight_0_makes_no_overall_position(six: stances.Dataset) -> None:
    reader = model_under(six.model, Settings.from_choices(six.codebook, {"roads": 0}))
    arrays = reader.arrays([DAY])
    arc, bor = (reader.place(actor) for actor in ("ARC", "BOR"))
    # Arcadia has a position on the roads alone, Boria on both.
    assert np.isnan(arrays.stance[0, arc, 0])
    assert arrays.evidence[0, arc, 0] == arrays.certainty[0, arc, 0] == 0.0
    assert arrays.stance[0, arc, reader.column("roads")] == -2.0
    # Schools alone weigh 1, half of full breadth, which no setting changes.
    assert arrays.stance[0, bor, 0] == arrays.stance[0, bor, reader.column("schools")] / 2
    assert arrays.evidence[0, bor, 0] == arrays.evidence[0, bor, reader.column("schools")]
    assert reader.explain("ARC", OVERALL, DAY).empty
    assert len(reader.explain("ARC", "roads", DAY)) == 2
    assert set(reader.explain("BOR", OVERALL, DAY)["domain"]) == {"schools"}
    [flipped] = rows_of(compare_settings(six.model, reader, DAY).table.query("actor == 'ARC'"))
    assert (flipped.label, flipped.flips) == (NO_POSITION, True)
    assert np.isnan(flipped.move)


def test_every_position_is_certain_where_the_minimum_is_no_less_than_full_evidence(
    six: stances.Dataset,
) -> None:
    reader = model_under(six.model, Settings.from_choices(six.codebook, minimum_evidence=2.0))
    arrays = reader.arrays([DAY])
    assert set(arrays.certainty.ravel()) == {0.0, 1.0}
    assert ((arrays.certainty == 1) == ~np.isnan(arrays.stance)).all()


def test_more_evidence_asked_for_leaves_fewer_positions(six: stances.Dataset) -> None:
    reader = model_under(six.model, Settings.from_choices(six.codebook, minimum_evidence=2.0))
    roads = compare_settings(six.model, reader, DAY, "roads").table.set_index("actor")
    # The plan weighs 1.5 by then, the order and the speech 3.3.
    assert roads["stance"].isna().to_dict() == {"ARC": False, "BOR": True, "CAL": True}


@pytest.mark.parametrize(
    "choices",
    [
        {"domain_weights": {"networks": 0.0, "trade": 7.5}},
        {"binding_weight": 1.0, "half_life_factor": 0.5},
        {"half_life_factor": 3.0, "minimum_evidence": 1.5},
        {"full_evidence": 5.0},
    ],
)
def test_the_oracle_agrees_under_other_settings(
    real: stances.Dataset, choices: dict[str, Any]
) -> None:
    reader = model_under(real.model, Settings.from_choices(real.codebook, **choices))
    blind = reader.codebook.blind
    oracle = Oracle(reader.codebook, scored_events(real.events, real.codings, blind))
    day = date(2022, 3, 1)
    result = compare_settings(real.model, reader, day)
    for row in rows_of(result.table):
        stance = oracle.overall(row.actor, day).stance
        wanted = np.nan if stance is None else stance
        assert row.stance == pytest.approx(wanted, abs=PUBLISHED, nan_ok=True)
    for row in rows_of(reader.position(day)):
        expected = oracle.figures(row.actor, row.domain, day)
        band = [np.nan if end is None else end for end in (expected.low, expected.high)]
        assert [row.low, row.high] == pytest.approx(band, abs=PUBLISHED, nan_ok=True)
    for actor in reader.actors[::7]:
        parts = reader.explain(actor, OVERALL, day)["contribution"].sum()
        stance = reader.arrays([day]).stance[0, reader.place(actor), 0]
        assert parts == pytest.approx(0.0 if np.isnan(stance) else stance)
    assert result.both > 0
    assert -1 <= result.tau < 1
    assert result.table["flips"].any()


def test_the_published_figures_stay_as_they_are(real: stances.Dataset) -> None:
    before = real.position("2021-01-01")
    reader = model_under(real.model, Settings.from_choices(real.codebook, binding_weight=1.0))
    result = compare_settings(real.model, reader, date(2021, 1, 1))
    published = before.query("domain == 'overall'")
    np.testing.assert_array_equal(result.table["published"], published["stance"])
    np.testing.assert_array_equal(result.table["published_label"], published["label"])
    assert real.position("2021-01-01").equals(before)


# -- Kendall -----------------------------------------------------------------------------------


def slow_tau_b(one: Floats, other: Floats) -> float:
    """Pair by pair: same order, other order, tied in one, tied in the other."""
    same = against = tied_one = tied_other = 0
    for (a, b), (c, d) in combinations(zip(one, other, strict=True), 2):
        product = (a - c) * (b - d)
        same += product > 0
        against += product < 0
        tied_one += a == c and b != d
        tied_other += b == d and a != c
    text = (same + against + tied_one) * (same + against + tied_other)
    return (same - against) / text**0.5 if text else np.nan


@pytest.mark.parametrize(
    ("one", "other", "tau"),
    [
        ([1, 2, 3], [4, 5, 6], 1.0),
        ([1, 2, 3], [6, 5, 4], -1.0),
        ([1, 2, 2, 3], [1, 2, 3, 3], 4 / 5),
        ([1, 1, 1], [1, 2, 3], np.nan),
        ([1], [1], np.nan),
        ([], [], np.nan),
    ],
)
def test_tau_worked_out_on_paper(one: list[float], other: list[float], tau: float) -> None:
    assert kendall_tau_b(np.array(one, float), np.array(other, float)) == pytest.approx(
        tau, nan_ok=True
    )


def test_tau_agrees_with_counting_pairs() -> None:
    random = np.random.default_rng(3)
    for size in range(2, 30):
        one, other = random.integers(-3, 4, (2, size)).astype(float)
        expected = slow_tau_b(one, other)
        assert kendall_tau_b(one, other) == pytest.approx(expected, nan_ok=True)
