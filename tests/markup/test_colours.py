"""Classes in their colours: chips, swatches, and the images of a table."""

from __future__ import annotations

from datetime import date

from stances.answers.members import member_table
from stances.answers.tracker import Tracker
from stances.figures.theme import CLASS_COLORS
from stances.markup.chip import stance_chip, swatch


def test_a_chip_has_the_colour_of_its_class(tracker_six: Tracker) -> None:
    row = member_table(tracker_six, "Pact", date(2020, 6, 30), "overall").rows[0]
    assert f"--class:{CLASS_COLORS[-2]}" in stance_chip(row.standings[0])


def test_a_swatch_has_the_colour_of_its_class() -> None:
    for level, color in CLASS_COLORS.items():
        assert color in swatch(float(level))
    assert "no-position" in swatch(float("nan"))
