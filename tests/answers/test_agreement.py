"""How far people and machines agree with one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances.answers import agreement
from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.load import Dataset, load
from tests.conftest import SIX, TODAY

Scores = Sequence[float | None]


def coded(data: Dataset, table: Mapping[str, Scores], human: Sequence[str] = ()) -> Tracker:
    """The tracker of codings of made-up events, coder by coder; all but the human are machines."""
    codings = pd.DataFrame(
        [
            {"event_id": f"event {n}", "coder": coder, "score": score, "why": "", "seen": "all"}
            for coder, scores in table.items()
            for n, score in enumerate(scores)
        ]
    ).astype({"score": "Int64"})
    kinds = ["human" if coder in human else "machine" for coder in table]
    coders = pd.DataFrame({"coder": list(table), "kind": kinds})
    codebook = replace(data.codebook, blind=tuple(set(table) - {*human, "first", "review"}))
    return tracker_of(replace(data, codings=codings, coders=coders, codebook=codebook))


def overall(tracker: Tracker) -> pd.DataFrame:
    rows = agreement.agreement(tracker)
    return rows[rows["domain"] == "overall"].set_index("kinds")


def alpha(data: Dataset, table: Mapping[str, Scores]) -> float:
    found: float = overall(coded(data, table))["alpha"].item()
    return found


def library_alpha(table: Mapping[str, Scores]) -> float:
    """The alpha of the package `krippendorff`, which refuses scores that are one and the same."""
    scores = np.array(list(table.values()), float)
    scores = scores[:, (~np.isnan(scores)).sum(axis=0) > 1]
    if len(np.unique(scores[~np.isnan(scores)])) < 2:
        return np.nan
    return float(krippendorff.alpha(scores, level_of_measurement="ordinal"))


def test_the_agreement_of_six_events_on_paper(tracker_six: Tracker) -> None:
    rows = agreement.agreement(tracker_six).set_index("domain")
    # A is a person and B a machine. Both scored five events; they differ on the order alone, to
    # which the person gave -2 and the machine -1.
    assert set(rows["kinds"]) == {"human-machine"}
    assert rows.loc["overall", ["n", "exact", "within_one"]].tolist() == [5, 0.8, 1.0]
    assert rows.loc["overall", "mean_difference"] == pytest.approx(-0.2)
    assert rows.loc["schools", ["n", "exact"]].tolist() == [2, 1.0]


def test_alpha_is_that_of_published_examples(six: Dataset) -> None:
    """K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011)."""
    # Part A: two observers, ten units; of two values the ordinal alpha is the nominal.
    two = {"x": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "y": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]}
    assert alpha(six, two) == pytest.approx(0.095, abs=5e-4)
    # Parts C and D: four observers, twelve units, some of which some did not judge.
    four: dict[str, Scores] = {
        "a": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        "b": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        "c": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        "d": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    }
    assert alpha(six, four) == pytest.approx(0.815, abs=5e-4)
    assert alpha(six, {"x": [1, 2, 3], "y": [1, 2, 3]}) == 1.0
    assert np.isnan(alpha(six, {"x": [1, 1], "y": [1, 1]}))


_SCORES = st.none() | st.integers(-3, 3)


@given(st.lists(st.lists(_SCORES, min_size=3, max_size=3), min_size=2, max_size=30))
def test_alpha_is_that_of_the_package(units: list[list[int | None]]) -> None:
    table = dict(zip("xyz", zip(*units, strict=True), strict=True))
    found = overall(coded(load(SIX, TODAY), table))["alpha"]
    if any(sum(score is not None for score in unit) > 1 for unit in units):
        assert found.item() == pytest.approx(library_alpha(table), nan_ok=True)
    else:
        assert found.empty


def test_kinds_are_told_apart(six: Dataset) -> None:
    """Two people, of whom one coded half, and two machines: each event counts once."""
    table: dict[str, Scores] = {
        "Ada": [-2, -1, 0, 1],
        "Bea": [-2, 1, None, None],
        "x": [-2, -1, 0, 2],
        "y": [-2, -1, 1, 2],
    }
    rows = overall(coded(six, table, human=("Ada", "Bea")))
    assert list(rows.index) == ["human-human", "human-machine", "machine-machine"]
    assert rows["n"].tolist() == [2, 4, 4]
    assert rows["exact"].tolist() == [0.5, (1 + 0.5 + 0.5 + 0) / 4, 0.75]
    assert rows["within_one"].tolist() == [0.5, (1 + 0.5 + 1 + 1) / 4, 1.0]
    # Ada less Bea; a person less a machine; x less y.
    assert rows["mean_difference"].tolist() == [-1.0, (0 + 1 - 0.5 - 1) / 4, -0.25]


def test_of_a_person_and_a_machine_alpha_is_that_of_two_coders(six: Dataset) -> None:
    table: dict[str, Scores] = {"Ada": [-2, -1, 0, 1, 2], "x": [-2, 0, 0, 2, 1]}
    rows = overall(coded(six, table, human=("Ada",)))
    assert rows["alpha"].item() == pytest.approx(library_alpha(table))


def test_who_saw_more_than_the_event_is_not_compared(six: Dataset) -> None:
    table: dict[str, Scores] = {"first": [1, 1], "review": [1, 2], "Ada": [0, 0]}
    rows = agreement.agreement(coded(six, table, human=("first", "review", "Ada")))
    assert rows.empty


def test_the_line(tracker: Tracker, six: Dataset, tracker_six: Tracker) -> None:
    row = overall(tracker).loc["machine-machine"]
    assert agreement.agreement_line(tracker) == (
        f"Two blind runs of coding gave the same score to {row['exact']:.0%} of "
        f"{row['n']:,} events; people would probably agree less"
    )
    assert agreement.agreement_line(tracker_six) == (
        "A person and a machine gave the same score to 80% of 5 events"
    )
    table: dict[str, Scores] = {"Ada": [0, 1], "Bea": [0, 0], "x": [0, 1], "y": [0, 1]}
    assert agreement.agreement_line(coded(six, table, human=("Ada", "Bea"))) == (
        "Two people gave the same score to 50% of 2 events; a person and a machine to 75% of 2 "
        "events; two blind runs of coding to 100% of 2 events"
    )
    assert agreement.agreement_line(coded(six, {"x": [0, 1]})) == ""


def test_where_people_have_coded_the_data_does_not_say_that_none_has(six: Dataset) -> None:
    about = replace(six.about, scored="By machines, by no person yet")
    codings = six.codings
    machines = replace(six, about=about, codings=codings[codings["coder"] == "B"])
    assert agreement.scored_by(tracker_of(machines)) == "By machines, by no person yet"
    both = replace(six, about=about)
    said = agreement.scored_by(tracker_of(both))
    assert said == "Scored by machines, 6 of 6 events by people too"


def test_coders_are_called_by_kind(six: Dataset) -> None:
    table: dict[str, Scores] = {"Ada": [0], "first": [0], "review Ada": [1], "x": [0], "z": [1]}
    tracker = coded(six, table, human=("Ada", "review Ada"))
    codings = tracker.data.codings
    codings.loc[codings["coder"] == "Ada", "seen"] = "sources"
    assert agreement.of_event(tracker, "event 0")["by"].tolist() == [
        "Person, sources alone",
        "Machine, first coding",
        "Person, review",
        "Machine, blind",
        "Machine, blind",
    ]
