"""The effect of a change of the tables on figures, in words."""

from __future__ import annotations

from stances.answers.release_words import effect_lines
from stances.dataset.edit import correction
from tests.folders import TODAY, Folder, load
from tests.golden import Golden

DOUBT, ORDER = "BOR-20200511-teachers-doubt", "ARC-20200101-roads-order"
CASES = {
    "a score": (DOUBT, {"score": "-2"}),
    "no score": (DOUBT, {"score": ""}),
    "a date": (DOUBT, {"date": "2020-05-13"}),
    "the end of an act": (ORDER, {"end_date": "2020-06-30"}),
    "wording": (DOUBT, {"speaker": "The King, in council"}),
    "a source": ("bor-herald", {"tier": "copy"}),
}


def test_figures_are_said_of_today_and_of_the_day_of_the_event(
    folder: Folder, golden: Golden
) -> None:
    data = load(folder.path, today=TODAY)
    changes = {name: correction(data, *case, "So.", "Kim") for name, case in CASES.items()}
    golden({name: effect_lines(data, each.result) for name, each in changes.items()})
