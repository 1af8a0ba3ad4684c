"""Properties of the model that hold whatever the events are."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances.dataset.codebook import CODEBOOK_FILE, OVERALL, Codebook, read_codebook
from stances.model.changes import LASTING, changes
from stances.model.stance import Model, round_stance
from tests.conftest import REAL, SIX
from tests.oracle import PUBLISHED, Event, Oracle, assert_row, row_at, table_of

FIRST = date(2019, 1, 1)
Case = tuple[Codebook, list[Event], date]

ACTORS = ("AAA", "BBB")
CODEBOOKS = [read_codebook((path / CODEBOOK_FILE).read_bytes(), path.name) for path in (REAL, SIX)]

# Few days, so that events of one day, and acts that end or lapse on the day asked for, are common.
offsets = st.sampled_from([0, 1, 2, 99, 100, 365, 400, 401, 730, 1826, 1827, 2500])
codebooks = st.sampled_from(CODEBOOKS)


@st.composite
def events_of(draw: st.DrawFn, codebook: Codebook) -> list[Event]:
    events = []
    for number in range(draw(st.integers(0, 12))):
        day = FIRST + timedelta(days=draw(offsets))
        length = draw(st.one_of(st.none(), offsets))
        events.append(
            Event(
                # Ids in another order than the days, as actors and slugs make them.
                event_id=f"E-{draw(st.integers(0, 3))}-{number}",
                actor=draw(st.sampled_from(ACTORS)),
                date=day,
                domain=draw(st.sampled_from(list(codebook.domains)[:2])),
                instrument=draw(st.sampled_from(list(codebook.instruments))),
                score=draw(st.sampled_from(list(codebook.scale.levels))),
                confidence=draw(st.sampled_from(list(codebook.model.tolerance))),
                end_date=None if length is None else day + timedelta(days=length),
                blind=tuple(draw(st.lists(st.sampled_from(codebook.scale.levels), max_size=2))),
            )
        )
    return events


@st.composite
def cases(draw: st.DrawFn) -> Case:
    codebook = draw(codebooks)
    day = FIRST + timedelta(days=draw(offsets) + draw(st.integers(0, 2)))
    return codebook, draw(events_of(codebook)), day


def model_of(codebook: Codebook, events: list[Event]) -> Model:
    return Model(codebook, ACTORS, table_of(events))


@given(cases())
def test_the_oracle_agrees(case: Case) -> None:
    codebook, events, day = case
    oracle = Oracle(codebook, events)
    for row in model_of(codebook, events).position(day).itertuples(index=False):
        assert_row(row, oracle.figures(row.actor, row.domain, day))


@given(cases(), st.data())
def test_the_order_of_rows_does_not_matter(case: Case, data: st.DataObject) -> None:
    codebook, events, day = case
    shuffled = data.draw(st.permutations(events))
    one, other = (model_of(codebook, e).position(day) for e in (events, shuffled))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


@given(cases())
def test_an_event_after_the_day_changes_nothing(case: Case) -> None:
    codebook, events, day = case
    known = [event for event in events if event.date <= day]
    whole, cut = model_of(codebook, events), model_of(codebook, known)
    pd.testing.assert_frame_equal(whole.position(day), cut.position(day), check_exact=True)
    pd.testing.assert_frame_equal(whole.panel([day]), cut.panel([day]), check_exact=True)


@given(cases())
def test_contributions_add_up_to_the_stance_and_shares_to_one_or_overall_to_less(
    case: Case,
) -> None:
    codebook, events, day = case
    model = model_of(codebook, events)
    for row in model.position(day).itertuples(index=False):
        explained = model.explain(row.actor, row.domain, day)
        assert explained.empty == np.isnan(row.stance)
        if not explained.empty:
            shares = explained["share"].sum()
            if row.domain == OVERALL:
                assert 0 < shares <= 1 + 1e-12
            else:
                assert shares == pytest.approx(1)
            total = explained["contribution"].sum()
            assert round_stance(total) == pytest.approx(row.stance, abs=1.5e-4)
            weight = explained.loc[explained["domain"] == row.domain, "weight"].sum()
            assert row.domain == OVERALL or weight == pytest.approx(row.evidence)
            assert explained["share"].is_monotonic_decreasing


@given(cases())
def test_the_stance_stays_inside_the_scores_that_count(case: Case) -> None:
    codebook, events, day = case
    model = model_of(codebook, events)
    for row in model.position(day).dropna(subset=["stance"]).itertuples(index=False):
        counted = model.explain(row.actor, row.domain, day)["counted_score"]
        # Overall the part that is missing stands at 0.
        ends = [*counted, 0] if row.domain == OVERALL else [*counted]
        assert min(ends) <= row.stance <= max(ends)
        assert codebook.scale.min <= row.low <= row.stance <= row.high <= codebook.scale.max


@given(cases(), st.integers(0, 1))
def test_no_blind_coders_scores_leave_the_band(case: Case, coder: int) -> None:
    """Each event counts with what one blind coder gave it, as a word that confirms an act does with
    what that coder gave the act: the figure stays in the band.
    """
    codebook, events, day = case
    model = model_of(codebook, events)
    scores = {e.event_id: e.blind[coder] if coder < len(e.blind) else e.score for e in events}
    for row in model.position(day).dropna(subset=["stance"]).itertuples(index=False):
        explained = model.explain(row.actor, row.domain, day)
        acts = explained[explained["role"] == "act in force"].set_index("domain")["event_id"]
        counts_as = explained["event_id"].where(
            ~explained["confirms"], explained["domain"].map(acts)
        )
        stance = (explained["share"] * counts_as.map(scores)).sum()
        assert row.low - PUBLISHED <= stance <= row.high + PUBLISHED


@given(cases())
def test_an_overall_stance_is_as_broad_as_what_is_known(case: Case) -> None:
    """Full breadth leaves an overall stance as it is; short of it, it is nearer to 0."""
    codebook, events, day = case
    whole = model_of(codebook.with_model(full_breadth=0.0), events).position(day)
    drawn = model_of(codebook, events).position(day)
    overall = whole["domain"] == OVERALL
    figures = ["stance", "low", "high"]
    others = [name for name in whole if name not in {*figures, "level", "label"}]
    pd.testing.assert_frame_equal(drawn[~overall], whole[~overall])
    pd.testing.assert_frame_equal(drawn[others], whole[others])
    for was, row in zip(whole[overall].itertuples(), drawn[overall].itertuples(), strict=True):
        shares = model_of(codebook, events).explain(row.actor, OVERALL, day)["share"].sum()
        wanted = [getattr(was, name) * shares for name in figures]
        result = [getattr(row, name) for name in figures]
        assert result == pytest.approx(wanted, abs=2 * PUBLISHED, nan_ok=True)


@given(cases(), st.integers(0, 800) | offsets)
def test_what_was_done_and_what_time_did_add_up_to_the_move(case: Case, days: int) -> None:
    codebook, events, day = case
    model = model_of(codebook, events)
    for domain in (OVERALL, *list(codebook.domains)[:2]):
        rows = changes(model, day, day + timedelta(days=days), domain)
        rows = rows[rows["position"] == LASTING]
        np.testing.assert_allclose(rows["done"] + rows["time"], rows["now"] - rows["then"])


@given(cases(), st.data())
def test_a_later_binding_act_replaces_all_before_it(case: Case, data: st.DataObject) -> None:
    codebook, events, day = case
    binding = [i.code for i in codebook.instruments.values() if i.binding]
    levels = [level for level in codebook.scale.levels if level]
    act = Event(
        "F", "AAA", day, next(iter(codebook.domains)), data.draw(st.sampled_from(binding)),
        data.draw(st.sampled_from(levels)), next(iter(codebook.model.tolerance)),
    )  # fmt: skip
    before = [event for event in events if event.date < day]
    row = row_at(model_of(codebook, [*before, act]).position(day), act.actor, act.domain)
    assert (row.stance, row.latest_act_event_id) == (act.score, act.event_id)
    assert row.evidence == codebook.model.binding_weight


@given(cases(), st.sets(offsets, min_size=1))
def test_the_panel_is_position_by_position(case: Case, chosen: set[int]) -> None:
    codebook, events, _ = case
    model = model_of(codebook, events)
    days = [FIRST + timedelta(days=offset) for offset in sorted(chosen)]
    panel = model.panel(days)
    alone = pd.concat([model.panel([day]) for day in days], ignore_index=True)
    pd.testing.assert_frame_equal(panel, alone, check_exact=True)
    stances = np.concatenate([model.position(day)["stance"] for day in days])
    np.testing.assert_array_equal(round_stance(panel["stance"].to_numpy()), stances)
