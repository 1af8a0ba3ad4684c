"""One stance as a sum: which one, and what its picture says."""

from __future__ import annotations

import re
from datetime import date

import pytest

import stances
from stances import words
from stances.answers.summed import FEWEST, MOST, Summed, summed_example
from stances.answers.tracker import Tracker
from stances.markup.summed import in_words, summed_html
from stances.model.explain import ROLE_ACT
from tests.folders import TODAY, Folder, load
from tests.tables import row_at

DAY = date(2020, 8, 19)


def example(tracker: Tracker, day: date = DAY) -> Summed:
    found = summed_example(tracker, day)
    assert found is not None
    return found


def test_the_example_is_the_stance_in_which_most_differs(tracker_six: Tracker) -> None:
    # Arcadia's speech confirms its order; in Boria the king's is against the permit.
    summed = example(tracker_six)
    assert (summed.actor, summed.domain) == ("BOR", "schools")
    assert [each.role for each in summed.summands] == [ROLE_ACT, "word"]
    assert [each.counted for each in summed.summands] == [1.0, -1.0]
    assert sum(each.share for each in summed.summands) == pytest.approx(1)


def test_without_a_stance_of_a_few_events_there_is_no_picture(tracker_six: Tracker) -> None:
    assert summed_example(tracker_six, date(2019, 6, 1)) is None
    # One act alone is no sum.
    assert summed_example(tracker_six, date(2020, 1, 1)) is None


def test_the_picture_says_what_the_stance_table_says(tracker_six: Tracker) -> None:
    text = in_words(tracker_six, example(tracker_six))
    row = row_at(tracker_six.model.position(DAY), "BOR", "schools")
    assert words.labelled(tracker_six.codebook, row.stance) in text
    assert f"coding band {words.band(row.low, row.high)}" in text
    assert "3.00 at +1 and 0.50 at \N{MINUS SIGN}1" in text


@pytest.mark.parametrize("mode", ["light", "dark", "both"])
def test_segments_are_as_wide_as_they_weigh(tracker_six: Tracker, mode: str) -> None:
    summed = example(tracker_six)
    html = summed_html(tracker_six, summed, DAY, mode)
    widths = re.findall(r'<rect x="[\d.]+%" width="([\d.]+)%"', html)
    assert [float(width) for width in widths] == pytest.approx(
        [100 * each.share for each in summed.summands], abs=1e-3
    )
    assert html.count("<li>") == len(summed.summands)
    assert 'role="img"' in html


def test_titles_are_escaped(folder: Folder) -> None:
    folder.replace("events.csv", "Boria lets Acme teach", "Boria <b>lets</b> Acme teach")
    tracker = Tracker(load(folder.path, today=TODAY))
    html = summed_html(tracker, example(tracker), DAY, "light")
    assert "&lt;b&gt;lets" in html
    assert "<b>lets" not in html


def test_the_real_data_have_an_example_of_a_few_events(real: stances.Dataset) -> None:
    summed = example(Tracker(real), real.today)
    assert FEWEST <= len(summed.summands) <= MOST
    mean = sum(each.share * each.counted for each in summed.summands)
    assert mean == pytest.approx(summed.stance, abs=1e-4)
    assert summed.low <= summed.stance <= summed.high
