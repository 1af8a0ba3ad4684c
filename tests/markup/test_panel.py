"""The panel beside the map: the sentence of an actor leads it."""

from __future__ import annotations

from datetime import date

import pytest

from stances.answers.profile import profile, rests_on
from stances.answers.standing import standings
from stances.answers.tracker import Tracker
from stances.markup.panel import chosen_html
from tests.ui.pages import plain

DAY = date(2021, 4, 15)


@pytest.mark.parametrize(
    ("domain", "about"), [("overall", "overall"), ("roads", "overall"), ("schools", "schools")]
)
def test_the_sentence_leads_that_on_the_whole_where_the_map_opens(
    tracker_six: Tracker, domain: str, about: str
) -> None:
    rows = standings(tracker_six, DAY, domain)
    html = chosen_html(tracker_six, "BOR", rows, DAY, domain, "light")
    said = profile(tracker_six, "BOR", DAY, about)
    assert said.written == (about == "overall")
    assert plain(html).startswith(said.text)
    for kind, code, _ in rests_on(tracker_six, said):
        assert f'href="{kind}s?{kind}={code}&amp;as_of=2021-04-15' in html


@pytest.mark.parametrize(
    ("actor", "day", "domain", "text"),
    [
        ("BOR", date(2020, 5, 1), "overall", "Next deadline: The permit runs out, 7 March 2021."),
        ("BOR", DAY, "schools", "Last deadline, passed: The permit runs out, 7 March 2021."),
        ("BOR", DAY, "overall", "School permit (in force, in doubt)"),
        ("CAL", DAY, "roads", "Bridges over water, September 2021."),
        ("ARC", DAY, "roads", "No deadline ahead is known."),
    ],
)
def test_what_comes_next_stands_under_the_sentence(
    tracker_six: Tracker, actor: str, day: date, domain: str, text: str
) -> None:
    html = chosen_html(
        tracker_six, actor, standings(tracker_six, day, domain), day, domain, "light"
    )
    assert text in plain(html).partition("Rests on")[0]


def test_what_counts_wears_what_it_leaves_or_says_and_which_way_it_went(
    tracker_six: Tracker,
) -> None:
    day = date(2020, 5, 1)
    html = chosen_html(tracker_six, "ARC", [], day, "roads", "light")
    text = [plain(part) for part in html.split('<div class="reason">')[1:]]
    assert len(text) == 2
    assert "Arcadia bars Acme from its roadsstands at Block new" in text[0]
    assert "Arcadia's minister is worried by Acmesays Limit position as before" in text[1]
