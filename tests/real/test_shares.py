"""The explanation of every position adds up as it is printed, for every actor."""

from __future__ import annotations

import re
from datetime import date

import stances
from stances.links.view import view_at
from stances.pages.actor import blocks
from stances.render.html import blocks_html
from stances.words import MINUS
from tests.folders import REAL
from tests.ui.pages import plain

DAY = date(2022, 6, 30)


def _column(section: str, label: str) -> list[float]:
    """The figures of a column as they are printed, the folded ones too."""
    cells = re.findall(rf'data-label="{label}">(.*?)</td>', section)
    return [float(re.sub(r"[^\d.+-]", "", plain(cell).replace(MINUS, "-"))) for cell in cells]


def test_shares_and_parts_add_up_as_printed() -> None:
    data = stances.load(REAL)
    known = data.position(DAY).query("domain != 'overall' and stance.notna()")
    for actor, own in known.groupby("actor"):
        page = view_at(data.dataset, "actor", {"actor": str(actor), "as_of": str(DAY)})
        _, *sections = blocks_html(blocks(page, "light")).split('<section class="why">')
        tables = [section.partition("</section>")[0] for section in sections]
        explained = [table for table in tables if "<table" in table]
        assert len(explained) >= len(own), actor
        for section in explained:
            *shares, whole = _column(section, "In percent")
            assert whole == 100, actor
            assert round(sum(shares), 6) == 100, actor
            *parts, stance = _column(section, "Of the position")
            assert round(sum(parts), 6) == stance, actor
            heading = re.search(r"<h3[^>]*>(.*?)</h3>", section)
            assert heading
            assert plain(heading[1]).endswith(f"{abs(stance):.2f}"), actor
            assert len(shares) == len(parts) > 0, actor
