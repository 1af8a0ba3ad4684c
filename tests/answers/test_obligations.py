"""What an act asks, in the time of the day: on the page of rules, in what binds, quoted."""

from datetime import date

import pytest

from stances.answers.acts import act_on
from stances.answers.binding import binding
from stances.answers.steps import act_sentence
from stances.answers.tracker import Tracker
from stances.markup.act import act_html
from stances.tables.acts import acts_table
from tests.folders import Folder

ACT = "ARC-roads-order"
# The order holds until 27 October 2020.
HOLDS, OVER = date(2020, 7, 19), date(2020, 11, 1)


@pytest.mark.parametrize(
    ("obligation", "day", "told"),
    [
        ("Towns could buy nothing of Acme", HOLDS, "Towns can buy nothing of Acme"),
        ("Towns could buy nothing of Acme", OVER, "Towns could buy nothing of Acme"),
        ("Acme had to go by end 2020", HOLDS, "Acme must go by end 2020"),
        ("Acme had to go by end 2019", HOLDS, "Acme had to go by end 2019"),
        # What can be told of the day by half is told as it stands.
        ("Towns had to ask; the king had a month", HOLDS, "Towns had to ask; the king had a month"),
        ("It had to go by end 2019; all could ask", HOLDS, "It had to go by end 2019; all can ask"),
        # What came after is not told of the day: the name of the act is.
        ("No road and, since June 2021, no bridge", HOLDS, "Roads order"),
        ("No road and, since August 2020, no bridge", HOLDS, "Roads order"),
        ("No road and, since early 2021, no bridge", HOLDS, "Roads order"),
        (
            "No road and, since July 2020, no bridge",
            HOLDS,
            "No road and, since July 2020, no bridge",
        ),
        ("Towns may build; aid ended on 20 July 2020", HOLDS, "Towns may build"),
        (
            "Towns may build; aid ended on 19 July 2020",
            HOLDS,
            "Towns may build; aid ended on 19 July 2020",
        ),
    ],
)
def test_an_act_is_told_as_of_the_day(
    folder: Folder, obligation: str, day: date, told: str
) -> None:
    folder.edit("acts", 2, obligation=obligation)
    tracker = Tracker(folder.load())
    row = act_on(tracker.data, day, ACT)
    column = next(each for each in acts_table(tracker, day).columns if each.name == "What it does")
    assert column.text(row) == told
    assert f'<h2 class="actor">{told}</h2>' in act_html(tracker, row, day)
    assert f" {told}." in act_sentence(tracker, row, day)
    assert [line.title for line in binding(tracker, "ARC", day)] == [told] * (day == HOLDS)
