"""Agreement of coders with one another, and of the dataset with lists that others published.

Nothing here changes a stance. Shares are of the cases that both sides scored; a case that one side
left without a score is counted apart, never as agreement or disagreement.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances import words
from stances.answers.events import coder_names
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.days import last_day
from stances.dataset.schema import FIRST, is_review
from stances.model.lifetimes import Floats
from stances.model.stance import Model, level_of

# What a row of `coder_agreement` is about.
BY_ALL, BY_DOMAIN, BY_FORCE = "all", "domain", "force"
WORDS, ACTS = "words", "acts"
# From so many points on, two scores are in conflict and are listed.
CONFLICT = 2
# The orders of events that coders scored far apart, of lists of others, and of readings far from
# ours, by their names in an address, with what controls call them.
FAR_APART, OLDEST, FARTHEST = "scores-apart", "lists-oldest", "readings-apart"
AGREEMENT_ORDERS = {
    FAR_APART: "The widest apart first",
    "scores-event": "By title",
    "scores-counted": "The lowest that counts now first",
    OLDEST: "The oldest first",
    "lists-newest": "The newest first",
    "lists-n": "Most events first",
    "lists-same": "Most of the same label first",
    "lists-within": "Most within one point first",
    "lists-less": "The most restrictive of ours first",
    "lists-left": "Most that cannot be compared first",
    FARTHEST: "The widest apart first",
    "readings-name": "By country or body",
    "readings-theirs": "The most restrictive on the list first",
    "readings-ours": "The most restrictive of ours first",
}

COMPARED, NO_POSITION_OF_OURS, UNSCORED = "compared", "no position of ours", "no score of theirs"


def ordinal_alpha(scores: Floats) -> float:
    """Krippendorff's alpha for ordinal scores; 1 is full agreement, 0 that of chance.

    `scores`: coders x cases, NaN where a coder gave none. Missing (NaN) where no case was scored
    twice, and where all scores are one and the same, which leaves nothing to agree about.
    """
    values, code = np.unique(scores[~np.isnan(scores)], return_inverse=True)
    counts = np.zeros((scores.shape[1], len(values)))
    np.add.at(counts, (np.nonzero(~np.isnan(scores))[1], code), 1)
    counts = counts[counts.sum(axis=1) > 1]
    if not len(counts):
        return np.nan
    per_case = counts / (counts.sum(axis=1, keepdims=True) - 1)
    observed = per_case.T @ counts - np.diag(per_case.sum(axis=0))
    totals = observed.sum(axis=0)
    expected = (np.outer(totals, totals) - np.diag(totals)) / (totals.sum() - 1)
    # The squared distance of each two values: how many scores lie between their middles.
    middle = np.cumsum(totals) - totals / 2
    distance = np.subtract.outer(middle, middle) ** 2
    by_chance = float((expected * distance).sum())
    return 1.0 - float((observed * distance).sum()) / by_chance if by_chance > 0 else np.nan


# -- coders ------------------------------------------------------------------------------------


def coder_pairs(codings: pd.DataFrame, codebook: Codebook) -> list[tuple[str, str]]:
    """Return the pairs of coders who coded the same events: the known coders in the order of the
    codebook, then the others by name, and the first coding, which was not blind, last.

    A review is a later correction, not a coding of its own, so it is in none of them.
    """
    every = codings.groupby("coder")["event_id"].agg(frozenset)
    coded = every[np.array([not is_review(str(coder)) for coder in every.index], bool)]
    known = [coder for coder in codebook.coders if coder in coded.index]
    order = list(dict.fromkeys([*known, *coded.index]))
    order.sort(key=lambda coder: coder == FIRST)
    return [(one, other) for one, other in combinations(order, 2) if coded[one] & coded[other]]


def coder_agreement(
    codings: pd.DataFrame, events: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Measure how far each pair of coders agrees: over all events, by domain, and by words and
    acts. No rows where no event was coded twice.

    Columns: one, other (coders), by (BY_ALL, BY_DOMAIN, BY_FORCE), of (OVERALL, a domain code,
    WORDS or ACTS), n (events that both scored), alpha, exact, within_one (shares of n),
    one_context (events that one of them scored and the other called context). Without a case the
    figures are missing.
    """
    rows = []
    for one, other in coder_pairs(codings, codebook):
        cases = _common_codings(codings, events, one, other)
        for by, of, chosen in _parts(cases, codebook):
            rows.append((one, other, by, of, *_figures(cases[chosen])))
    return pd.DataFrame(rows, columns=["one", "other", "by", "of", *_FIGURES])


def disagreements(codings: pd.DataFrame, events: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the events that two coders scored CONFLICT points apart or more, the widest apart
    first.

    Columns: one, other (coders), event_id, score_one, score_other, apart (points, above 0),
    why_one, why_other (the coders' reasons, often empty), score (the event's own, that counts now;
    missing where it became context).
    """
    pairs = coder_pairs(codings, codebook)
    tables = [
        _common_codings(codings, events, one, other).assign(one=one, other=other)
        # Without a pair nobody is compared with nobody, which has the same columns.
        for one, other in pairs or [("", "")]
    ]
    table = pd.concat(tables, ignore_index=True)
    table["apart"] = (table["score_one"] - table["score_other"]).abs()
    table = table[table["apart"] >= CONFLICT].sort_values(
        ["apart", "event_id"], ascending=[False, True], kind="stable", ignore_index=True
    )
    return table[
        ["one", "other", "event_id", "score_one", "score_other", "apart", "why_one", "why_other",
         "score"]
    ]  # fmt: skip


class Together(NamedTuple):
    """The agreement of all coders of a dataset together, as alpha, and that without the first
    coding; missing (NaN) where no event was scored twice.
    """

    alpha: float
    without_first: float


def together(codings: pd.DataFrame) -> Together:
    """Measure how far all coders agree who gave a score of their own, reviews left out."""
    scores = codings[np.array([not is_review(str(coder)) for coder in codings["coder"]], bool)]
    return Together(_alpha_of(scores), _alpha_of(scores[scores["coder"] != FIRST]))


def _alpha_of(codings: pd.DataFrame) -> float:
    coder, coders = pd.factorize(codings["coder"])
    event, events = pd.factorize(codings["event_id"])
    scores = np.full((len(coders), len(events)), np.nan)
    scores[coder, event] = codings["score"].to_numpy(np.float64, na_value=np.nan)
    return ordinal_alpha(scores)


def _common_codings(
    codings: pd.DataFrame, events: pd.DataFrame, one: str, other: str
) -> pd.DataFrame:
    """Return the events that both coded: event_id, score_one, why_one, score_other, why_other
    (scores are NaN for context), and domain, instrument and score of the event.
    """
    sides = [
        codings.loc[codings["coder"] == coder, ["event_id", "score", "why"]]
        .astype({"score": "Float64"})
        .astype({"score": np.float64})
        for coder in (one, other)
    ]
    both = sides[0].merge(sides[1], on="event_id", suffixes=("_one", "_other"))
    return both.merge(events[["event_id", "domain", "instrument", "score"]], on="event_id")


def _parts(cases: pd.DataFrame, codebook: Codebook) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    yield BY_ALL, OVERALL, np.ones(len(cases), bool)
    for domain in codebook.domains:
        yield BY_DOMAIN, domain, (cases["domain"] == domain).to_numpy(bool)
    binding = [code for code, instrument in codebook.instruments.items() if instrument.binding]
    acts = cases["instrument"].isin(binding).to_numpy(bool)
    yield BY_FORCE, WORDS, ~acts
    yield BY_FORCE, ACTS, acts


_FIGURES = ("n", "alpha", "exact", "within_one", "one_context")


def _figures(cases: pd.DataFrame) -> tuple[float, ...]:
    """Return the _FIGURES of some events that two coders coded."""
    scores = cases[["score_one", "score_other"]].to_numpy(np.float64).T
    known = ~np.isnan(scores)
    apart = np.abs(scores[0] - scores[1])[known.all(axis=0)]
    one_context = int((known[0] != known[1]).sum())
    return len(apart), ordinal_alpha(scores), _share(apart < 1), _share(apart <= 1), one_context


def _share(cases: NDArray[np.bool_]) -> float:
    return float(cases.mean()) if len(cases) else np.nan


# -- lists of others ---------------------------------------------------------------------------


def outside_readings(
    external: pd.DataFrame, model: Model, domain: str, today: date
) -> pd.DataFrame:
    """Return what the lists of others say of each actor beside what we say, one row a list and
    actor.

    Columns: list, source, url, actor, category (their word), as_of (as they date it), day, theirs
    (their word on the scale), ours (our level in `domain`, a whole point of the scale), difference
    (ours - theirs), basis, quality, apart, status.

    `domain`: which of our stances is compared, or `overall`. Lists are about one thing, so it
    should be the domain of that thing. `day`: a list of a month is held against the last day of
    the month, one of a year against 31 December, neither later than `today`. `apart`: it rests on
    something else than what the state decided, or is weak. Copies of a list count once for each
    actor: the first row that is not apart, or else the first. `status`: COMPARED; UNSCORED where
    their word has no place on the scale; NO_POSITION_OF_OURS where we have no such actor or it has
    no current position. Raises BadInput for an unknown domain.
    """
    table = external.assign(
        day=external["as_of"].map(lambda text: min(last_day(text), today)).astype("datetime64[s]"),
        apart=(external["basis"] != next(iter(model.codebook.bases))) | (external["quality"] != ""),
        theirs=external["score"].astype("Float64").to_numpy(np.float64, na_value=np.nan),
    )
    table = table.sort_values("apart", kind="stable").drop_duplicates(["list", "actor"])
    table = table.sort_index().reset_index(drop=True)
    table["ours"] = _levels(model, domain, table)
    table["difference"] = table["ours"] - table["theirs"]
    table["status"] = np.select(
        [table["theirs"].isna(), table["ours"].isna()], [UNSCORED, NO_POSITION_OF_OURS], COMPARED
    ).astype(object)
    return table[
        ["list", "source", "url", "actor", "category", "as_of", "day", "theirs", "ours",
         "difference", "basis", "quality", "apart", "status"]
    ]  # fmt: skip


def outside_agreement(readings: pd.DataFrame, by: str | None = "list") -> pd.DataFrame:
    """Measure how far we agree with each list, those that stand apart below the others.

    `readings`: of `outside_readings`. `by`: "list", "basis", or None for all of them in one row.
    Columns: that one, apart, first_day and last_day (of what is compared with), n (compared),
    exact, within_one (shares of n), mean_difference (ours - theirs, points of the scale),
    no_position (of ours) and unscored (by them), which are numbers. Figures of none are missing.
    """
    keys = ["apart"] if by is None else ["apart", by]
    rows = [
        dict(zip(keys, key, strict=True)) | _outside_figures(group)
        for key, group in readings.groupby(keys, sort=True)
    ]
    columns = [*reversed(keys), *_OUTSIDE_FIGURES]
    return pd.DataFrame(rows, columns=columns)


_OUTSIDE_FIGURES = (
    "first_day", "last_day", "n", "exact", "within_one", "mean_difference", "no_position",
    "unscored",
)  # fmt: skip


def _outside_figures(group: pd.DataFrame) -> dict[str, object]:
    difference = group["difference"].dropna().to_numpy(np.float64)
    figures = (
        group["day"].min(),
        group["day"].max(),
        len(difference),
        _share(difference == 0),
        _share(np.abs(difference) <= 1),
        float(difference.mean()) if len(difference) else np.nan,
        int((group["status"] == NO_POSITION_OF_OURS).sum()),
        int((group["status"] == UNSCORED).sum()),
    )
    return dict(zip(_OUTSIDE_FIGURES, figures, strict=True))


def conflicts(readings: pd.DataFrame) -> pd.DataFrame:
    """Return the readings CONFLICT points apart or more, those that do not stand apart first, the
    widest apart first among them (columns of `outside_readings`).
    """
    rows = readings[readings["difference"].abs() >= CONFLICT]
    size = -rows["difference"].abs()
    order = rows.assign(size=size).sort_values(["apart", "size", "actor", "list"]).index
    return readings.loc[order].reset_index(drop=True)


@dataclass(frozen=True)
class Ceiling:
    """The agreement of unrelated lists with one another: `pairs` of lists on one actor, at most
    `months` apart, and the shares of these that say the same (`exact`) and that are at most one
    point apart (`within_one`).
    """

    months: int
    pairs: int
    exact: float
    within_one: float


def ceiling(readings: pd.DataFrame, months: int = 12) -> Ceiling:
    """Measure how far lists of different names agree on the same actor, dated at most `months`
    apart: the best to expect of us. Only lists that do not stand apart, and scored readings.
    """
    scored = readings[~readings["apart"] & readings["theirs"].notna()].reset_index(drop=True)
    both = scored.reset_index().merge(scored.reset_index(), on="actor", suffixes=("", "_other"))
    both = both[both["index"] < both["index_other"]]
    earlier = both[["day", "day_other"]].min(axis=1)
    later = both[["day", "day_other"]].max(axis=1)
    both = both[later <= earlier + pd.DateOffset(months=months)]
    apart = (both["theirs"] - both["theirs_other"]).abs().to_numpy(np.float64)
    return Ceiling(months, len(apart), _share(apart < 1), _share(apart <= 1))


def _levels(model: Model, domain: str, readings: pd.DataFrame) -> Floats:
    """Our level of each reading's actor on its day; NaN for no such actor or no position."""
    days = sorted({day.date() for day in readings["day"]})
    levels = level_of(model.arrays(days).stance[:, :, model.column(domain)])
    place = pd.Index(model.actors).get_indexer(pd.Index(readings["actor"]))
    row = np.searchsorted(
        np.array(days, "datetime64[s]"), readings["day"].to_numpy("datetime64[s]")
    )
    return np.where(place >= 0, levels[row, place], np.nan)


# -- in words -----------------------------------------------------------------------------------


def alphas_line(pairs: Sequence[tuple[str, str, float]]) -> str:
    """Say how far each pair of coders agrees. `pairs`: one, other, alpha (missing: none)."""
    if not pairs:
        return "No event was coded twice, so nothing can be said of agreement between coders"
    text = [
        f"{coder_names(one, other)} {'none' if math.isnan(alpha) else f'{alpha:.2f}'}"
        for one, other, alpha in pairs
    ]
    return f"Agreement between coders, as alpha: {'; '.join(text)}"


_AGREED_ON = (
    "This is agreement on scores alone: of which events there are, their days and fields, one "
    "reading alone is recorded."
)


def together_line(together: Together) -> str:
    """Say how far all coders agree, also without the first, and on what; empty: coded once."""
    if math.isnan(together.alpha):
        return ""
    rest = together.without_first
    alone = "none" if math.isnan(rest) else f"{rest:.2f}"
    return (
        f"All coders together: {together.alpha:.2f}; without the first coding, made while the "
        f"event was researched: {alone}. {_AGREED_ON}"
    )


def one_context(count: int) -> str:
    """Say how many events only one of two coders scored."""
    return f"{words.plural(count, 'more event', start=True)}: context for one, scored by the other."


def no_conflict(one: str, other: str, points: int) -> str:
    """Return that two coders nowhere disagree much."""
    return f"{coder_names(one, other)} are nowhere {words.number(points)} points or more apart."


def outside_line(row: Any, lists: int) -> str:
    """Say how far we agree with lists of others. `row`: n, exact, within_one, mean_difference."""
    if not row.n:
        return "No reading of these lists can be compared"
    return (
        f"{words.share(row.exact)} of {words.plural(int(row.n), 'reading')} in "
        f"{words.plural(lists, 'list')} say the same as our label, {words.share(row.within_one)} "
        "at most one point off; on average ours is "
        f"{_nearer(row.mean_difference)}"
    )


def _nearer(difference: float) -> str:
    """Say in which direction we differ, and by how much. `difference`: ours - theirs."""
    size = words.figure(abs(difference), 2).lstrip("+")
    if not size.strip("0."):
        return "neither higher nor lower"
    return f"{size} points {'higher (more open)' if difference > 0 else 'lower (more restrictive)'}"


def ceiling_line(ceiling: Ceiling) -> str:
    """Say how far such lists agree with one another, and what follows for us."""
    pairs, months = ceiling.pairs, ceiling.months
    if not pairs:
        return (
            f"No two lists rate the same actor within {months} months, so how far such lists agree "
            "with one another cannot be told."
        )
    return (
        f"Such lists do not agree fully with one another either: of {words.plural(pairs, 'pair')} "
        f"of ratings of one actor by lists of different names, at most {months} months apart, "
        f"{words.share(ceiling.exact)} say the same and {words.share(ceiling.within_one)} are at "
        "most one point apart. Much more agreement than that can hardly be expected of any list, "
        "ours included."
    )
