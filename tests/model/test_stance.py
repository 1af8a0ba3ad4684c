"""The model: the worked examples, and the six-event dataset, cell by cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from stances.answers.tracker import tracker_of
from stances.dataset.codebook import NO_POSITION, OVERALL, Codebook
from stances.dataset.faults import BadInput
from stances.dataset.load import Dataset
from stances.model.groups import group_figures
from stances.model.stance import Model, labels_of, level_of, round_stance
from tests.conftest import SIX
from tests.oracle import PUBLISHED, Event, paper_tables, row_at, table_of


def model_of(codebook: Codebook, *events: Event) -> Model:
    actors = sorted({event.actor for event in events}) or ["POL"]
    return Model(codebook, actors, table_of(events))


def event(day: str, instrument: str, score: int, confidence: str = "high", **more: str) -> Event:
    domain, end = more.get("domain", "networks"), more.get("end_date")
    return Event(
        event_id=f"POL-{day.replace('-', '')}-{more.get('slug', instrument)}",
        actor="POL",
        date=date.fromisoformat(day),
        domain=domain,
        instrument=instrument,
        score=score,
        confidence=confidence,
        end_date=date.fromisoformat(end) if end else None,
    )


def row_of(model: Model, day: str, domain: str = "networks") -> Any:
    return row_at(model.position(date.fromisoformat(day)), "POL", domain)


# -- the worked examples of the model -----------------------------------------------------------


def test_example_1_an_act_alone_sets_the_stance(real: Dataset) -> None:
    act = event("2019-01-08", "prosecution", -2, domain="justice")
    row = row_of(model_of(real.codebook, act), "2019-03-04", "justice")
    assert (row.stance, row.evidence, row.low, row.high) == (-2.0, 4.0, -2.0, -2.0)
    assert (row.label, row.in_force_event_id) == ("Restrict", act.event_id)


def test_example_2_a_word_fades_by_its_half_life(real: Dataset) -> None:
    row = row_of(model_of(real.codebook, event("2019-01-15", "bill", -1, "low")), "2019-03-04")
    assert (row.stance, row.low, row.high) == (-1.0, -2.0, 0.0)
    assert row.evidence == pytest.approx(1.91089, abs=5e-6)
    assert row.in_force_event_id == ""


@pytest.mark.parametrize(
    ("day", "stance", "half_width"), [("2021-07-14", -2.2, 0.1), ("2022-07-14", -2.5556, 0.0556)]
)
def test_example_3_a_word_against_the_act_dilutes_it(
    real: Dataset, day: str, stance: float, half_width: float
) -> None:
    act, word = event("2020-07-14", "decision", -3), event("2021-07-14", "statement", 1, "medium")
    row = row_of(model_of(real.codebook, act, word), day)
    assert row.stance == pytest.approx(stance, abs=PUBLISHED)
    assert row.high - row.stance == pytest.approx(half_width, abs=2 * PUBLISHED)
    assert row.label == ("Exclude" if day.startswith("2022") else "Restrict")


@pytest.mark.parametrize("day", ["2021-07-14", "2022-07-14"])
def test_example_4_a_milder_word_confirms_the_act(real: Dataset, day: str) -> None:
    act, word = event("2020-07-14", "decision", -3), event("2021-07-14", "statement", -1, "medium")
    model = model_of(real.codebook, act, word)
    assert row_of(model, day).stance == -3.0
    row = model.explain("POL", "networks", date.fromisoformat(day)).set_index("event_id")
    assert row.loc[word.event_id, ["score", "counted_score", "confirms"]].tolist() == [-1, -3, True]


def test_example_5_a_spent_act_fades_below_the_minimum(real: Dataset) -> None:
    charged = event("2018-12-01", "prosecution", -2, domain="justice")
    dropped = event("2021-09-24", "relief", 0, domain="justice")
    model = model_of(real.codebook, charged, dropped)
    fresh = row_of(model, "2021-09-24", "justice")
    assert (fresh.stance, fresh.evidence, fresh.in_force_event_id) == (0.0, 2.0, "")
    old = row_of(model, "2027-09-24", "justice")
    assert np.isnan(old.stance)
    assert old.label == NO_POSITION
    assert old.evidence == pytest.approx(0.24976, abs=5e-6)


def test_example_6_an_agreement_lapses(real: Dataset) -> None:
    model = model_of(real.codebook, event("2015-01-01", "agreement", 2))
    assert row_of(model, "2019-12-31").stance == 2.0
    assert row_of(model, "2020-01-01").label == NO_POSITION


DIPLOMACY = event("2024-01-01", "statement", 2, domain="diplomacy")


@pytest.mark.parametrize(
    ("day", "evidence", "certainty", "overall"),
    [("2025-01-01", 0.49905, 0.33207, -1.55631), ("2026-01-01", 0.24953, 0.0, -1.76513)],
)
def test_example_7_a_domain_fades_out_of_the_overall_stance(
    real: Dataset, day: str, evidence: float, certainty: float, overall: float
) -> None:
    model = model_of(real.codebook, event("2024-01-01", "decision", -2), DIPLOMACY)
    row, whole = row_of(model, day, "diplomacy"), row_of(model, day, OVERALL)
    assert (row.evidence, row.certainty) == pytest.approx((evidence, certainty), abs=5e-6)
    assert np.isnan(row.stance) == (certainty == 0)
    [exact] = model.arrays([date.fromisoformat(day)]).stance[:, 0, 0]
    assert exact == pytest.approx(overall, abs=5e-6)
    assert (whole.certainty, whole.evidence) == pytest.approx((1.0, 4 + evidence), abs=5e-6)
    parts = model.explain("POL", OVERALL, date.fromisoformat(day)).set_index("domain")
    assert parts["contribution"].sum() == pytest.approx(exact)
    assert parts.loc["diplomacy", "share"] == pytest.approx(evidence / (4 + evidence), abs=5e-6)


def test_example_8_a_lone_statement_is_drawn_to_0_and_weighs_by_its_certainty_in_a_group(
    real: Dataset,
) -> None:
    firm = replace(event("2024-01-01", "decision", -2), actor="USA")
    model = model_of(real.codebook, DIPLOMACY, firm)
    days = [date(2025, 1, 1), date(2026, 1, 1)]
    arrays = model.arrays(days)
    assert arrays.stance[0, 0, model.column("diplomacy")] == 2.0
    assert arrays.stance[0, :, 0].tolist() == [1.0, -2.0]
    assert arrays.certainty[0, :, 0] == pytest.approx([0.33207, 1.0], abs=5e-6)
    explained = model.explain("POL", OVERALL, days[0])
    assert explained["share"].tolist() == pytest.approx([0.5])
    assert explained["contribution"].tolist() == pytest.approx([1.0])
    figures = group_figures(arrays, 0, np.ones((2, 2), bool), real.codebook.scale)
    both, one = figures.itertuples(index=False)
    assert both.mean == pytest.approx(-1.25213, abs=PUBLISHED)
    assert both.mean_plain == both.median == -0.5
    assert (both.members, both.with_position) == (2, 2)
    assert both.spread == pytest.approx(
        ((0.74787**2 + 0.33207 * 2.25213**2) / 1.33207) ** 0.5, abs=2 * PUBLISHED
    )
    assert (one.with_position, one.mean, one.mean_plain, one.spread) == (1, -2.0, -2.0, 0.0)


@pytest.mark.parametrize(
    ("act", "figures"),
    [
        (None, (-1.0, -1.5, 0.0)),
        (replace(event("2024-01-01", "decision", -2), blind=(-2, -3)), (-2.0, -3.0, -2.0)),
    ],
    ids=["alone", "confirming"],
)
def test_example_9_the_band_holds_what_blind_coders_gave(
    real: Dataset, act: Event | None, figures: tuple[float, float, float]
) -> None:
    word = replace(event("2025-01-01", "statement", -1, "medium"), blind=(-1, 0))
    model = model_of(real.codebook, *([act] if act else []), word)
    row = row_of(model, "2025-01-01")
    assert (row.stance, row.low, row.high) == figures


def test_only_blind_coders_widen_the_band(six: Dataset) -> None:
    def band(codebook: Codebook = six.codebook, **score: float) -> tuple[float, float]:
        codings = six.codings.copy()
        for coder, given in score.items():
            permit = codings["event_id"] == "BOR-20200201-school-permit"
            codings.loc[permit & (codings["coder"] == coder), "score"] = given
        sure = six.events.assign(confidence="sure")
        data = replace(six, events=sure, codings=codings, codebook=codebook)
        row = row_at(tracker_of(data).position(date(2020, 2, 1)), "BOR", "schools")
        return row.low, row.high

    # Whoever coded first gave 2; the blind, and the final score, 1.
    assert band() == (1.0, 1.0)
    assert band(B=0) == (0.0, 1.0)
    assert band(replace(six.codebook, blind=("A",)), B=0) == (1.0, 1.0)


def test_a_position_needs_more_than_the_minimum(real: Dataset) -> None:
    # Two half-lives of a lone statement leave the minimum itself.
    model = model_of(real.codebook, event("2020-01-01", "statement", 1))
    assert row_of(model, "2021-12-30").stance == 1.0
    row = row_of(model, "2021-12-31")
    assert (row.evidence, row.label, row.certainty) == (0.25, NO_POSITION, 0.0)


# -- the act in force ---------------------------------------------------------------------------


def test_a_limit_does_not_lapse_by_itself(real: Dataset) -> None:
    model = model_of(real.codebook, event("2011-01-01", "agreement", -2))
    assert row_of(model, "2026-01-01").stance == -2.0


def test_an_end_date_stands_in_place_of_the_lapse(real: Dataset) -> None:
    model = model_of(real.codebook, event("2011-01-01", "agreement", 2, end_date="2021-01-01"))
    assert row_of(model, "2020-12-31").stance == 2.0
    assert row_of(model, "2021-01-01").label == NO_POSITION


def test_an_act_that_ended_does_not_bring_back_the_one_before(real: Dataset) -> None:
    acts = [
        event("2018-01-01", "law", -3),
        event("2019-01-01", "decision", -2, end_date="2020-01-01"),
    ]
    assert row_of(model_of(real.codebook, *acts), "2020-01-01").label == NO_POSITION


def test_words_count_as_they_are_scored_once_the_act_has_ended(real: Dataset) -> None:
    acts = [
        event("2019-01-01", "decision", -3, end_date="2019-06-01"),
        event("2019-05-01", "statement", -1),
    ]
    model = model_of(real.codebook, *acts)
    assert row_of(model, "2019-05-31").stance == -3.0
    assert row_of(model, "2019-06-01").stance == -1.0


def test_a_word_of_the_day_of_the_act_counts_whatever_its_id(real: Dataset) -> None:
    act = event("2019-01-01", "decision", -2, slug="m")
    for slug in ("a", "z"):
        model = model_of(real.codebook, act, event("2019-01-01", "statement", 1, slug=slug))
        assert row_of(model, "2019-01-01").stance == pytest.approx(-7 / 5)


def test_of_two_acts_of_a_day_the_later_id_is_in_force(real: Dataset) -> None:
    acts = [event("2019-01-01", "law", 1, slug="b"), event("2019-01-01", "law", -3, slug="a")]
    row = row_of(model_of(real.codebook, *acts), "2019-01-01")
    assert (row.stance, row.in_force_event_id) == (1.0, acts[0].event_id)


def test_the_act_shown_is_the_first_of_the_unbroken_run(real: Dataset) -> None:
    first, waiver = event("2018-08-13", "law", -2), event("2020-06-01", "relief", -2)
    row = row_of(model_of(real.codebook, first, waiver), "2021-01-01")
    assert (row.in_force_event_id, row.latest_act_event_id) == (first.event_id, waiver.event_id)
    assert row.in_force_since == pd.Timestamp(first.date)


@pytest.mark.parametrize(
    "between",
    [
        event("2019-01-01", "law", -1),
        event("2019-01-01", "relief", 0),
        event("2018-01-01", "decision", -2, end_date="2020-01-01", slug="z"),
    ],
    ids=["another score", "nothing in force", "it ended"],
)
def test_what_breaks_a_run(real: Dataset, between: Event) -> None:
    acts = [event("2018-01-01", "law", -2), between, event("2020-01-01", "law", -2, slug="again")]
    row = row_of(model_of(real.codebook, *acts), "2021-01-01")
    assert row.in_force_event_id == acts[2].event_id


def test_the_history_of_the_policy_level(real: Dataset) -> None:
    acts = [
        event("2011-01-01", "agreement", 2),
        event("2018-01-01", "law", -2),
        event("2019-01-01", "law", -3, end_date="2020-01-01"),
        event("2022-01-01", "law", -1),
    ]
    table = model_of(real.codebook, *acts, event("2018-02-01", "bill", -3)).acts("POL", "networks")
    assert table["event_id"].tolist() == [act.event_id for act in acts]
    until = [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in table["until"]]
    assert until == ["2016-01-01", "2019-01-01", "2020-01-01", None]


# -- acts alone ---------------------------------------------------------------------------------


def test_on_acts_alone_the_level_in_force_is_the_stance(real: Dataset) -> None:
    model = model_of(
        real.codebook,
        event("2020-07-14", "decision", -3, "medium"),
        event("2021-07-14", "statement", 1),
        event("2021-01-01", "agreement", 2, domain="trade"),
        event("2021-01-01", "bill", 3, domain="diplomacy"),
        event("2021-01-01", "relief", 0, domain="justice"),
    ).on("acts")
    row = row_of(model, "2021-08-01")
    assert (row.stance, row.low, row.high, row.certainty) == (-3.0, -3.0, -2.5, 1.0)
    for domain in ("diplomacy", "justice", "procurement"):
        assert row_of(model, "2021-08-01", domain).label == NO_POSITION
    # Networks weigh 4, trade 2; the others have no act in force and no part.
    assert row_of(model, "2021-08-01", OVERALL).stance == pytest.approx(
        (-12 + 4) / 6, abs=PUBLISHED
    )
    explained = model.explain("POL", OVERALL, date(2021, 8, 1))
    assert explained["share"].tolist() == pytest.approx([2 / 3, 1 / 3])
    assert set(explained["role"]) == {"act in force"}
    assert model.on("all").on("acts").on("all").thresholds == model.on("all").thresholds
    with pytest.raises(BadInput, match="laws"):
        model.on("laws")


# -- labels and figures -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stance", "label"),
    [
        (-3.0, "Exclude"), (-2.5001, "Exclude"), (-2.5, "Restrict"), (-1.5001, "Restrict"),
        (-1.5, "Caution"), (-0.5001, "Caution"), (-0.50004999, "Neutral"), (-0.5, "Neutral"),
        (-0.0, "Neutral"), (0.0, "Neutral"), (0.5, "Neutral"), (0.50004999, "Neutral"),
        (0.5001, "Open"), (1.5, "Open"), (1.5001, "Cooperate"), (2.5, "Cooperate"),
        (2.5001, "Champion"), (3.0, "Champion"), (np.nan, NO_POSITION),
        (0.1 + 0.2 + 0.2, "Neutral"), (-0.5 - 1e-13, "Neutral"), (2.5 + 1e-13, "Cooperate"),
    ],
)  # fmt: skip
def test_labels_follow_the_rounded_stance(real: Dataset, stance: float, label: str) -> None:
    assert labels_of(real.codebook, np.array([stance])) == [label]


def test_no_figure_has_a_negative_zero(real: Dataset) -> None:
    for small in (-0.0, -1e-12, -0.00004999):
        assert not np.signbit(round_stance(np.array([small])))[0]
        assert not np.signbit(level_of(np.array([small])))[0]
    words = [event("2019-01-01", "statement", s, slug=n) for s, n in ((1, "a"), (-1, "b"))]
    row = row_of(model_of(real.codebook, *words, event("2019-01-01", "review", 0)), "2019-02-01")
    assert not np.signbit([row.stance, row.low, row.high, row.level]).any()


# -- the six-event dataset ----------------------------------------------------------------------

FIGURES = next(t for t in paper_tables(SIX / "README.md") if "stance" in t[0])


@pytest.mark.parametrize("paper", FIGURES, ids=lambda r: f"{r['as_of']}-{r['actor']}-{r['domain']}")
def test_the_figures_worked_out_on_paper(six: Dataset, paper: dict[str, str]) -> None:
    position = tracker_of(six).position(date.fromisoformat(paper["as_of"]))
    row = row_at(position, paper["actor"], paper["domain"])
    for figure in ("stance", "low", "high", "evidence", "certainty"):
        value = getattr(row, figure)
        assert ("" if np.isnan(value) else f"{value:.4f}") == paper[figure], figure
    for text in ("label", "in_force_event_id", "last_event_id", "events"):
        assert str(getattr(row, text)) == paper[text], text


def test_the_company_and_events_without_a_score_have_no_part(six: Dataset) -> None:
    more = six.events.iloc[[0, 0]].assign(
        event_id=["ACME-20200301-we-build", "ARC-20200301-town-bans"],
        actor=["ACME", "ARC"],
        date=pd.Timestamp("2020-03-01"),
        score=pd.NA,
    )
    data, day = replace(six, events=pd.concat([six.events, more])), date(2021, 1, 1)
    before = tracker_of(six).model.position(day)
    pd.testing.assert_frame_equal(tracker_of(data).model.position(day), before)
    assert "ACME" not in set(before["actor"])


def test_no_event_at_all_is_no_position_for_all(six: Dataset) -> None:
    tables = ("events", "acts", "deadlines", "profiles", "codings")
    tracker = tracker_of(replace(six, **{name: getattr(six, name).iloc[:0] for name in tables}))
    position = tracker.position(date(2021, 1, 1))
    assert set(position["label"]) == {NO_POSITION}
    assert len(position) == 3 * 3
    assert not position[["limits", "used"]].any(axis=None)
    assert np.isnan(tracker.model.arrays(tracker.data.months).stance).all()
    assert tracker.model.explain("ARC", OVERALL, date(2021, 1, 1)).empty


def test_columns_keep_their_types_where_there_is_nothing_yet(six: Dataset) -> None:
    tracker = tracker_of(six)
    before, after = (tracker.position(date(year, 6, 30)) for year in (2019, 2020))
    pd.testing.assert_series_equal(before.dtypes, after.dtypes)
    explained = [tracker.model.explain(a, "roads", date(2020, 6, 30)) for a in ("CAL", "ARC")]
    assert explained[0].dtypes.equals(explained[1].dtypes)


def test_own_settings_are_constants_of_the_codebook(six: Dataset) -> None:
    lighter = replace(six, codebook=six.codebook.with_model(binding_weight=1.0))
    row = row_at(tracker_of(lighter).position(date(2020, 5, 11)), "BOR", "schools")
    assert (row.stance, row.evidence) == (0.0, 2.0)


@pytest.mark.parametrize(("actor", "domain"), [("XYZ", "roads"), ("ACME", "roads"), ("ARC", "sea")])
def test_an_unknown_actor_or_domain_is_refused(six: Dataset, actor: str, domain: str) -> None:
    with pytest.raises(BadInput, match=domain if actor == "ARC" else actor):
        tracker_of(six).model.explain(actor, domain, date(2020, 6, 30))
