"""The explanation of every position adds up as it is printed, for every actor."""

from __future__ import annotations

import re
from datetime import date

from stances.answers.reasons import reasons_by_domain, standing_of
from stances.answers.tracker import Tracker
from stances.markup.explanation import explanation_html
from stances.words import MINUS
from tests.ui.pages import plain

DAY = date(2022, 6, 30)


def _column(section: str, label: str) -> list[float]:
    """The figures of a column as they are printed, the folded ones too."""
    cells = re.findall(rf'data-label="{label}">(.*?)</td>', section)
    return [float(re.sub(r"[^\d.+-]", "", plain(cell).replace(MINUS, "-"))) for cell in cells]


def test_shares_and_parts_add_up_as_printed(tracker: Tracker) -> None:
    position = tracker.model.position(DAY)
    known = position.query("domain != 'overall' and stance.notna()")
    for actor, own in known.groupby("actor"):
        mine = standing_of(tracker, str(actor), DAY)
        counting = reasons_by_domain(tracker, str(actor), mine, DAY)
        for domain in own["domain"]:
            row, why = mine[domain], counting[domain]
            section = explanation_html(tracker, str(actor), domain, row, why, None, DAY, "light")
            *shares, whole = _column(section, "In percent")
            assert whole == 100, actor
            assert round(sum(shares), 6) == 100, actor
            *parts, stance = _column(section, "Of the position")
            assert round(sum(parts), 6) == stance, actor
            heading = re.search(r"<h3[^>]*>(.*?)</h3>", section)
            assert heading
            assert plain(heading[1]).endswith(f"{abs(stance):.2f}"), actor
            assert len(shares) == len(parts) > 0, actor
