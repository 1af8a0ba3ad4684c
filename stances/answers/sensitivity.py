"""What other settings of the model would change."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from stances import words
from stances.dataset.codebook import Codebook


def sensitivity_headline(flips: int, both: int, moved: int) -> str:
    """What other settings change. `flips`: labels that differ; `both`: actors with a position under
    both; `moved`: of these, with another figure.
    """
    if not flips and not moved:
        return "Nothing moves under your settings"
    labels = f"{words.plural(flips, 'label', start=True)} change{'s' if flips == 1 else ''}"
    figures = (
        f"{words.number(moved)} of {words.plural(both, 'figure')} move{'s' if moved == 1 else ''}"
    )
    return f"{labels if flips else 'No label changes'}; {figures if moved else 'no figure moves'}"


TAU = "Kendall's tau compares two orders of the actors: 1 is the same order, 0 no relation."


def sensitivity_subtitle(codebook: Codebook, domain: str, as_of: words.Day, tau: float) -> str:
    """What is compared, and how alike the two orders of the actors are."""
    order = "There is no order to compare"
    if not math.isnan(tau):
        order = f"Kendall's tau {tau:.2f} (1: the same order of the actors, 0: no relation)"
    return (
        f"Stance on {codebook.subject} {words.about_domain(codebook, domain)}, {words.day(as_of)}: "
        f"published, and under your settings. {order}."
    )


def sensitivity_alt(codebook: Codebook, rows: Sequence[Any]) -> str:
    """The moves for those who cannot see them. `rows`: name, published, stance, the largest move
    first.
    """
    moves = [
        f"{row.name} from {words.labelled(codebook, row.published)} to "
        f"{words.labelled(codebook, row.stance)}"
        for row in rows[: words.TOLD]
    ]
    rest = f"; and {words.number(len(rows) - words.TOLD)} more" if len(rows) > words.TOLD else ""
    return (
        f"From the published stance to that under your settings: {'; '.join(moves)}{rest}. "
        "The same figures stand in the table below."
    )
