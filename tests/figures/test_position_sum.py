"""A position as a sum: bars as wide as they count, one after the other, and their average."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from stances.figures.position_sum import Average
from stances.figures.theme import LIGHT
from tests.figures.acceptance import summed_bars
from tests.figures.tables import assert_plotly_accepts

LEVELS = range(-3, 4)
ROWS = pd.DataFrame(
    {
        "label": ["Restrict", "Two smaller parts"],
        "how": ["Law, in force", ""],
        "what": ["<b>Title</b>", "Each in the colour of its label"],
        "share": ["80 %", "20 %"],
        "part": ["-1.60", "+0.10"],
    }
)
SEGMENTS = pd.DataFrame(
    {
        "row": [0, 1, 1],
        "code": ["one", "two", "three"],
        "level": [-2.0, 1.0, math.nan],
        "share": [80.0, 12.5, 7.5],
        "hover": ["1", "2", "3"],
    }
)
AVERAGE = Average("Restrict", "-1.50", "", -1.5, LEVELS, {n: f"L{n}" for n in LEVELS})


def shapes_of(form: int) -> list[Any]:
    figure = summed_bars(ROWS, SEGMENTS, AVERAGE, "light")
    return list(figure.layout.updatemenus[0].buttons[form].args[0]["shapes"])


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_plotly_accepts_every_part(mode: str) -> None:
    assert_plotly_accepts(summed_bars(ROWS, SEGMENTS, AVERAGE, mode))


@pytest.mark.parametrize("form", [0, 1])
def test_each_bar_begins_where_the_last_one_ended(form: int) -> None:
    bars = [each for each in shapes_of(form) if each["type"] == "rect"][: 2 * len(SEGMENTS)]
    assert [(bar["x0"], bar["x1"]) for bar in bars[::2]] == [(0, 80), (80, 92.5), (92.5, 100)]
    # Together they stand below one another's rows, each in its place.
    assert [(bar["x0"], bar["x1"]) for bar in bars[1::2]] == [(0, 80), (80, 92.5), (92.5, 100)]
    assert len({bar["y0"] for bar in bars[1::2]}) == 1
    assert bars[0]["fillcolor"] == LIGHT.level_color(-2)
    assert bars[4]["fillcolor"] == LIGHT.no_position


def test_the_average_lies_on_its_place_of_the_scale() -> None:
    pointer = summed_bars(ROWS, SEGMENTS, AVERAGE, "light").data[1]
    assert pointer.x[0] == pytest.approx(100 * 2 / 7, abs=0.01)


def test_a_bar_brings_its_code() -> None:
    assert list(summed_bars(ROWS, SEGMENTS, AVERAGE, "light").data[0].customdata) == [
        "one",
        "two",
        "three",
    ]


def test_texts_of_data_are_escaped() -> None:
    notes = summed_bars(ROWS, SEGMENTS, AVERAGE, "light").layout.annotations
    assert any("&lt;b&gt;Title" in note.text for note in notes)
    assert not any("<b>Title" in note.text for note in notes)


@pytest.mark.parametrize(("label", "named"), [("L-2", ["L-3", "L-2", "L3"]), ("L3", ["L-3", "L3"])])
def test_a_narrow_scale_names_its_ends_and_the_class_of_the_average(
    label: str, named: list[str]
) -> None:
    figure = summed_bars(ROWS, SEGMENTS, AVERAGE._replace(label=label), "light")
    narrow = figure.layout.updatemenus[0].buttons[1].args[0]["annotations"]
    assert [note["text"] for note in narrow if note["text"].startswith("L")] == named


def test_what_counts_is_whole_where_two_rows_beside_its_bar_hold_it() -> None:
    rows = ROWS.assign(what="word " * 25)
    figure = summed_bars(rows, SEGMENTS, AVERAGE, "light")
    forms = (button.args[0]["annotations"] for button in figure.layout.updatemenus[0].buttons)
    wide, narrow = ([note["text"] for note in form if "word" in note["text"]] for form in forms)
    assert all(text.count("word") == 25 and text.count("<br>") == 2 for text in wide)
    assert all(text.endswith("\N{HORIZONTAL ELLIPSIS}") for text in narrow)
    assert len(wide) == len(narrow) == len(ROWS)
