"""How far people and machines agree on scores. Nothing here changes a stance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from stances import words
from stances.answers.tracker import Tracker, cached
from stances.dataset.codebook import OVERALL
from stances.tables import AGREEMENT

# What a pair of kinds is called in a sentence; two machines, or coders of whom nothing is said.
_PAIRS = {"human-human": "two people", "human-machine": "a person and a machine"}
_OTHER_PAIR = "two blind runs of coding"
_KINDS = {"human": "Person", "machine": "Machine"}


def independent(tracker: Tracker) -> pd.DataFrame:
    """Return the codings by those who saw no other score: the blind ones of the codebook, and
    people. The columns of `codings.csv`, `kind` of the coder, `domain` of the event.
    """
    codings = tracker.data.codings
    kinds = tracker.data.coder_kinds
    # Of no coder at all the column would be none of texts.
    kind = codings["coder"].map(lambda coder: kinds.get(coder, "unknown")).astype("str")
    # Who codes while an event is researched, or reviews its score, sees more than the event.
    is_first = codings["coder"] == "first"
    is_review = codings["coder"].str.match(r"review\b")
    is_apart = (kind == "human") & ~is_first & ~is_review
    is_apart |= codings["coder"].isin(tracker.codebook.blind)

    domain = codings["event_id"].map(tracker.events["domain"])
    return codings.assign(kind=kind, domain=domain)[is_apart]


@cached
def agreement(tracker: Tracker) -> pd.DataFrame:
    """Return how far independent coders agree, with AGREEMENT: by the kinds of both, people first,
    in all and by domain, where an event was scored by two. Each event counts once, however many
    scored it; alpha is NaN where all scores are one and the same.
    """
    pairs = _pairs(independent(tracker))
    rows = []
    for kinds, of_kinds in pairs.groupby("kinds"):
        for code in tracker.codebook.columns:
            cases = of_kinds
            if code != OVERALL:
                cases = of_kinds[of_kinds["domain"] == code]
            if cases.empty:
                continue

            difference = cases["first"] - cases["second"]
            distance = difference.abs()
            share = cases["share"]
            rows.append(
                {
                    "kinds": kinds,
                    "domain": code,
                    "n": cases["event_id"].nunique(),
                    "exact": np.average(distance < 1, weights=share),
                    "within_one": np.average(distance <= 1, weights=share),
                    "alpha": alpha(cases["first"], cases["second"], cases["weight"]),
                    "mean_difference": np.average(difference, weights=share),
                }
            )
    return pd.DataFrame(rows, columns=[col.name for col in AGREEMENT])


def _pairs(codings: pd.DataFrame) -> pd.DataFrame:
    """Return each two scores of an event, a person's first, else by the names of the coders:
    event_id, domain, kinds, `first`, `second`; `share`: of those of the event and kinds, all of
    which add up to 1; `weight`: so that they add up to half the number of codings they are made of.
    """
    scored = codings[codings["score"].notna()]
    scored = scored.astype({"score": "float64"})
    scored["rank"] = scored["kind"] + " " + scored["coder"]
    # How many of its kind scored the event.
    scored["count"] = scored.groupby(["event_id", "kind"])["coder"].transform("size")

    pairs = scored.merge(scored, on=["event_id", "domain"])
    pairs = pairs[pairs["rank_x"] < pairs["rank_y"]]
    pairs = pairs.rename(columns={"score_x": "first", "score_y": "second"})
    pairs["kinds"] = pairs["kind_x"] + "-" + pairs["kind_y"]
    pair_count = pairs.groupby(["event_id", "kinds"])["first"].transform("size")
    is_mixed = pairs["kind_x"] != pairs["kind_y"]
    coding_count = pairs["count_x"] + pairs["count_y"] * is_mixed
    return pairs.assign(share=1 / pair_count, weight=coding_count / pair_count / 2)


def alpha(first: pd.Series, second: pd.Series, weight: pd.Series) -> float:
    """Return Krippendorff's alpha for ordinal scores, from pairs of scores of one case each; NaN
    where all are one and the same.

    `weight`: of each pair. Of a case that m coders scored it is 1 / (m - 1).
    """
    # K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), parts C and D.
    scores = np.concatenate([first, second])
    values, places = np.unique(scores, return_inverse=True)
    places_of_first, places_of_second = np.split(places, 2)
    # Values x values: how often they meet in a case, each pair read both ways.
    observed = np.zeros((len(values), len(values)))
    np.add.at(observed, (places_of_first, places_of_second), weight)
    observed += observed.T
    totals = observed.sum(axis=0)
    # How often they would by chance. On the diagonal nothing differs, so it need not be right.
    expected = np.outer(totals, totals) / (totals.sum() - 1)

    # The squared distance of each two values: how many scores lie between their middles.
    middle = np.cumsum(totals) - totals / 2
    distance = np.subtract.outer(middle, middle) ** 2
    by_chance = (expected * distance).sum()
    if by_chance == 0:
        return np.nan
    return float(1 - (observed * distance).sum() / by_chance)


def agreement_line(tracker: Tracker) -> str:
    """Say in one line how far coders agree: two people, a person and a machine, two machines. While
    no person has coded, with what the data says of that. Empty where no event was scored by two.
    """
    rows = agreement(tracker)
    overall = rows[rows["domain"] == OVERALL]
    clauses: list[str] = []
    pairs: Iterable[Any] = overall.itertuples()
    for row in pairs:
        pair = _PAIRS.get(row.kinds, _OTHER_PAIR)
        verb = "" if clauses else " gave the same score"
        events = f"{row.exact:.0%} of {row.n:,} events"
        clauses.append(f"{pair}{verb} to {events}")

    has_people = overall["kinds"].isin(_PAIRS).any()
    reserve = tracker.about.reserve
    if clauses and reserve and not has_people:
        clauses.append(reserve)
    return words.capital("; ".join(clauses))


def coded_by(tracker: Tracker) -> dict[str, int]:
    """Return how many events who has coded at all: machine, human."""
    codings = tracker.data.codings
    kind = codings["coder"].map(tracker.data.coder_kinds)
    return dict(codings.groupby(kind)["event_id"].nunique())


def scored_by(tracker: Tracker) -> str:
    """Say by whom events were scored: as the data does, until people have coded some, too."""
    coded = coded_by(tracker)
    scored = tracker.about.scored
    if not scored or len(coded) < len(_KINDS):
        return scored
    count = f"{coded['human']:,} of {len(tracker.events):,} events"
    return f"Scored by machines, {count} by people too"


def called_by_kind(tracker: Tracker, codings: pd.DataFrame) -> pd.Series:
    """Return what the coder of each coding is called on pages, without names: Machine, blind."""
    kinds = tracker.data.coder_kinds
    names = []
    rows: Iterable[Any] = codings.itertuples()
    for row in rows:
        coder: str = row.coder
        parts = [_KINDS.get(kinds.get(coder, ""), "Coder")]
        if coder == "first":
            parts.append("first coding")
        elif coder.startswith("review"):
            parts.append("review")
        elif coder in tracker.codebook.blind:
            parts.append("blind")
        if row.seen == "sources":
            parts.append("sources alone")
        names.append(", ".join(parts))
    return pd.Series(names, codings.index, dtype="str")
