"""How far people and machines agree on scores. Nothing here changes a stance."""

from __future__ import annotations

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
# What a coder had before it, beside the codebook: the whole event, or its sources alone.
_SEEN = {"all": "", "sources": "sources alone"}


@cached
def codings(tracker: Tracker) -> pd.DataFrame:
    """Return all codings with the `domain` of their event, the `kind` of their coder (human,
    machine or unknown), and in which `role` that was: first coding, review, blind (who saw no other
    score), or empty.
    """
    rows = tracker.data.codings
    kinds = tracker.data.coder_kinds

    def role(coder: str) -> str:
        if coder == "first":
            return "first coding"
        if coder.startswith("review"):
            return "review"
        return "blind" if coder in tracker.codebook.blind else ""

    coded = rows.assign(
        domain=rows["event_id"].map(tracker.events["domain"]),
        kind=[kinds.get(coder, "unknown") for coder in rows["coder"]],
        role=list(map(role, rows["coder"])),
    )
    # Of no coding at all they would be no texts.
    return coded.astype({"kind": "str", "role": "str"})


def independent(tracker: Tracker) -> pd.DataFrame:
    """Return the codings by those who saw no other score: the blind ones, and people."""
    rows = codings(tracker)
    # A person who reviews has the score of others before it.
    is_persons_own = (rows["kind"] == "human") & (rows["role"] == "")
    return rows[is_persons_own | (rows["role"] == "blind")]


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

            difference = cases["score_first"] - cases["score_second"]
            distance = difference.abs()
            share = cases["share"]
            rows.append(
                {
                    "kinds": kinds,
                    "domain": code,
                    "n": cases["event_id"].nunique(),
                    "exact": np.average(distance < 1, weights=share),
                    "within_one": np.average(distance <= 1, weights=share),
                    "alpha": alpha(cases["score_first"], cases["score_second"], cases["weight"]),
                    "mean_difference": np.average(difference, weights=share),
                }
            )
    return pd.DataFrame(rows, columns=[col.name for col in AGREEMENT])


def _pairs(codings: pd.DataFrame) -> pd.DataFrame:
    """Return each two scores of an event, a person's first, else by the names of the coders:
    event_id, domain, kinds ("human-machine"), `score_first`, `score_second`; `share`: of the pairs
    of the event and kinds, all of which add up to 1; `weight`: so that those add up to half the
    number of codings they are made of.
    """
    scored = codings[codings["score"].notna()]
    scored = scored.astype({"score": "float64"})
    # "human" sorts before "machine".
    scored["rank"] = scored["kind"] + " " + scored["coder"]
    # How many of its kind scored the event.
    by_kind = scored.groupby(["event_id", "kind"])
    scored["count"] = by_kind["coder"].transform("size")

    pairs = scored.merge(scored, on=["event_id", "domain"], suffixes=("_first", "_second"))
    kind_first = pairs["kind_first"]
    kind_second = pairs["kind_second"]
    pairs["kinds"] = kind_first + "-" + kind_second
    # Of two of one kind the codings are counted once, of two kinds those of both.
    is_mixed = kind_first != kind_second
    pairs["codings"] = pairs["count_first"] + pairs["count_second"] * is_mixed
    # Each pair came both ways round, and each coding with itself.
    pairs = pairs[pairs["rank_first"] < pairs["rank_second"]]

    by_kinds = pairs.groupby(["event_id", "kinds"])
    pair_count = by_kinds["kinds"].transform("size")
    return pairs.assign(
        share=1 / pair_count,
        weight=pairs["codings"] / pair_count / 2,
    )


def alpha(first: pd.Series, second: pd.Series, weight: pd.Series) -> float:
    """Return Krippendorff's alpha for ordinal scores, from pairs of scores of one case each; NaN
    where all are one and the same.

    `weight`: of each pair. Of a case that m coders scored it is 1 / (m - 1).
    """
    # K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), parts C and D. `values`:
    # the scores that there are, ascending; `places`: of each score among them.
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
    row: Any
    for row in overall.itertuples():
        pair = _PAIRS.get(row.kinds, _OTHER_PAIR)
        # The first clause has the verb for all.
        verb = "" if clauses else " gave the same score"
        events = f"{row.exact:.0%} of {row.n:,} events"
        clause = f"{pair}{verb} to {events}"
        clauses.append(clause)

    has_people = overall["kinds"].isin(_PAIRS).any()
    reserve = tracker.about.reserve
    if clauses and reserve and not has_people:
        clauses.append(reserve)
    return words.capital("; ".join(clauses))


@cached
def coded_by(tracker: Tracker) -> dict[str, int]:
    """Return how many events have a coding by each kind of coder: human, machine, unknown, as far
    as there is one.
    """
    rows = codings(tracker)
    counts = rows.groupby("kind")["event_id"].nunique()
    return dict(counts)


@cached
def scored_by(tracker: Tracker) -> str:
    """Say by whom events were scored: as the data does, until people have coded some, too. Empty
    where it says nothing.
    """
    coded = coded_by(tracker)
    scored = tracker.about.scored
    # Both kinds have coded, or the data's own words hold.
    if not scored or not _KINDS.keys() <= coded.keys():
        return scored
    total = len(tracker.events)
    count = f"{coded['human']:,} of {total:,} events"
    return f"Scored by machines, {count} by people too"


def of_event(tracker: Tracker, event_id: str) -> pd.DataFrame:
    """Return the codings of an event: `by`, what pages call the coder, without a name ("Machine,
    blind"), score (missing: not scored) and why.
    """
    rows = codings(tracker)
    rows = rows[rows["event_id"] == event_id]
    by = []
    row: Any
    for row in rows.itertuples():
        parts = [
            _KINDS.get(row.kind, "Coder"),
            row.role,
            _SEEN[row.seen],
        ]
        name = ", ".join(filter(None, parts))
        by.append(name)
    rows = rows.assign(by=by)
    return rows[["by", "score", "why"]]
