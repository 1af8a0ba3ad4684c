"""The effect of other settings of the model on stances."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from stances import words
from stances.answers.tracker import Tracker, tracker_under
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.faults import BadInput
from stances.model.lifetimes import Floats
from stances.model.settings import Range, Settings, limits
from stances.model.stance import Model, labels_of, round_stance

# The orders of what other settings change, and of what a reader's own do, by their names in an
# address, with what controls call them.
SENSITIVITY_ORDERS = {
    "settings-name": "By settings",
    "settings-labels": "Most labels changed first",
    "settings-figures": "Most figures moved first",
    "settings-tau": "Least alike orders first",
    "sensitivity-changes": "Changed labels first, then the largest moves",
    "sensitivity-name": "By name",
    "sensitivity-published": "The most restrictive as published first",
    "sensitivity-yours": "The most restrictive under your settings first",
    "sensitivity-move": "The largest moves first",
}


class SettingsEffect(NamedTuple):
    """The effect of settings that are often asked for, as they are called: the numbers of labels
    and of figures that are others, of so many with a position under both, and the rank correlation
    of the two orders.
    """

    label: str
    labels: int
    figures: int
    both: int
    tau: float


def sensitivity_headline(flips: int, both: int, moved: int) -> str:
    """Return what other settings change. `flips`: labels that differ; `both`: actors with a
    position under both; `moved`: of these, with another figure.
    """
    if not flips and not moved:
        return "Nothing moves under your settings"
    labels = f"{words.plural(flips, 'label', start=True)} change{'s' if flips == 1 else ''}"
    figures = (
        f"{words.number(moved)} of {words.plural(both, 'figure')} move{'s' if moved == 1 else ''}"
    )
    return f"{labels if flips else 'No label changes'}; {figures if moved else 'no figure moves'}"


NO_SETTINGS = "These are the published settings: nothing to compare them with"
TAU = "Kendall's tau compares two orders of the actors: 1 is the same order, 0 no relation."


def sensitivity_subtitle(codebook: Codebook, domain: str, as_of: words.Day, tau: float) -> str:
    """Return what is compared, and how alike the two orders of the actors are."""
    order = "There is no order to compare"
    if not math.isnan(tau):
        order = f"Kendall's tau {tau:.2f} (1: the same order of the actors, 0: no relation)"
    return (
        f"Stance on {codebook.subject} {words.about_domain(codebook, domain)}, {words.day(as_of)}: "
        f"published, and under your settings. {order}."
    )


def sensitivity_alt(codebook: Codebook, rows: Sequence[Any]) -> str:
    """Tell the moves in words. `rows`: name, published, stance, the largest move first."""
    moves = [
        f"{row.name} from {words.with_label(codebook, row.published)} to "
        f"{words.with_label(codebook, row.stance)}"
        for row in rows[: words.MOST_LISTED]
    ]
    rest = (
        f"; and {words.number(len(rows) - words.MOST_LISTED)} more"
        if len(rows) > words.MOST_LISTED
        else ""
    )
    return (
        f"From the published stance to that under your settings: {'; '.join(moves)}{rest}. "
        "The same figures stand in the table below."
    )


@dataclass(frozen=True)
class Sensitivity:
    """The stances of a day under two settings.

    `table`: actor, published, published_label, stance, label (under the reader's settings), move
    (stance - published; missing where either has no position), flips (whether the label differs,
    no position included). One row an actor, in the order of the model. `both`: the number of actors
    with a position under both; `tau`: Kendall's tau-b of their two orders, missing where there is
    no order.
    """

    table: pd.DataFrame
    both: int
    tau: float


def compare_settings(
    published: Model, reader: Model, day: date, domain: str = OVERALL
) -> Sensitivity:
    """Return the stances of a day under the reader's settings beside the published ones.

    `reader`: of `model_under`. Raises BadInput for an unknown domain.
    """
    column = published.column(domain)
    old, new = (round_stance(m.arrays([day]).stance[0, :, column]) for m in (published, reader))
    labels = [labels_of(published.codebook, stance) for stance in (old, new)]
    table = pd.DataFrame(
        {
            "actor": np.array(published.actors, object),
            "published": old,
            "published_label": labels[0],
            "stance": new,
            "label": labels[1],
            "move": round_stance(new - old),
            "flips": labels[0] != labels[1],
        }
    )
    both = ~np.isnan(old) & ~np.isnan(new)
    return Sensitivity(table, int(both.sum()), kendall_tau_b(old[both], new[both]))


def kendall_tau_b(one: Floats, other: Floats) -> float:
    """Return the rank correlation of two series of one length, -1 to 1, ties allowed.

    Pairs in the same order less pairs in the other, over the geometric mean of the numbers of pairs
    that each series tells apart; missing (NaN) where one tells none apart.
    """
    pairs = np.triu_indices(len(one), 1)
    order, other_order = (np.sign(values[:, np.newaxis] - values)[pairs] for values in (one, other))
    text = np.count_nonzero(order) * np.count_nonzero(other_order)
    return float(order @ other_order) / float(np.sqrt(text)) if text else np.nan


# -- settings to choose --------------------------------------------------------------------------


@dataclass(frozen=True)
class Control:
    """A number that the reader may change. `label` is a plain text; `step`: of the arrows."""

    key: str
    label: str
    published: float
    value: float
    allowed: Range
    step: float


def controls(codebook: Codebook, settings: Settings) -> list[Control]:
    """Return what a reader may change, with its published and its present value."""
    published, allowed = Settings.from_codebook(codebook), limits(codebook)
    weights = [
        Control(
            f"weight-{code}",
            f"{codebook.domain_label(code)}, weight",
            old,
            now,
            allowed.domain_weight,
            0.5,
        )
        for (code, old), (_, now) in zip(
            published.domain_weights, settings.domain_weights, strict=True
        )
    ]
    numbers = (
        ("binding_weight", "Act in force, weight", allowed.binding_weight, 0.5),
        ("half_life_factor", "Half-lives, multiplied by", allowed.half_life_factor, 0.25),
        ("minimum_evidence", "Minimum evidence", allowed.minimum_evidence, 0.05),
        ("full_evidence", "Full evidence", allowed.full_evidence, 0.25),
    )
    constants = [
        Control(name, label, getattr(published, name), getattr(settings, name), within, step)
        for name, label, within, step in numbers
    ]
    return [*weights, *constants]


def presets(codebook: Codebook) -> dict[str, dict[str, Any]]:
    """Return settings that are often asked for, by what they are called; all of them allowed."""
    published = Settings.from_codebook(codebook)
    offered: dict[str, dict[str, Any]] = {
        "All domains weigh the same": {"domain_weights": dict.fromkeys(codebook.domains, 1.0)},
        "Half-lives halved": {"half_life_factor": 0.5},
        "Half-lives doubled": {"half_life_factor": 2.0},
        "Acts weigh half": {"binding_weight": published.binding_weight / 2},
        "Acts weigh double": {"binding_weight": published.binding_weight * 2},
    }
    return {label: changes for label, changes in offered.items() if _is_allowed(codebook, changes)}


def settings_effects(tracker: Tracker, day: date, domain: str) -> list[SettingsEffect]:
    """Return what each of the presets would change."""
    data, effects = tracker.data, []
    for label, changes in presets(data.codebook).items():
        model = tracker_under(data, Settings.from_choices(data.codebook, **changes)).model
        result = compare_settings(tracker.published_model, model, day, domain)
        figures = int((moves(result.table).abs() > 0).sum())
        labels = int(result.table["flips"].sum())
        effects.append(SettingsEffect(label, labels, figures, result.both, result.tau))
    return effects


def result_texts(
    tracker: Tracker, result: Sensitivity, actors: pd.DataFrame, day: date, domain: str
) -> tuple[str, str]:
    """Say what a reader's settings change, and of what that is. `actors`: of `named_moves`."""
    moved = int((actors["size"] > 0).sum())
    return (
        sensitivity_headline(int(actors["flips"].sum()), result.both, moved),
        sensitivity_subtitle(tracker.codebook, domain, day, result.tau),
    )


def _is_allowed(codebook: Codebook, changes: Mapping[str, Any]) -> bool:
    # Half or double of what a codebook publishes may be beyond what a reader may choose.
    try:
        Settings.from_choices(codebook, **changes)
    except BadInput:
        return False
    return True


def moves(actors: pd.DataFrame) -> pd.Series:
    """Return the moves as a reader works them out from the figures beside them."""
    figures = zip(actors["published"].tolist(), actors["stance"].tolist(), strict=True)
    return pd.Series([words.printed_move(then, now) for then, now in figures], actors.index, float)


def named_moves(tracker: Tracker, actors: pd.DataFrame) -> pd.DataFrame:
    """Return the moves with names, the changed labels first, then the largest."""
    move = moves(actors)
    actors = actors.assign(name=actors["actor"].map(tracker.names), move=move, size=move.abs())
    return actors.sort_values(
        ["flips", "size", "name"], ascending=[False, False, True], ignore_index=True
    )
