"""The page of trends: its periods, how many lines it takes, and the file of them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

import stances
from stances.answers.history import first_lines, most_lines, period_starts
from stances.answers.tracker import Tracker, published_tracker
from stances.figures.theme import LIGHT
from stances.links.parameters import MOST_LINES
from tests.cases import GROUP, ONE, OTHER, THIRD, by_events
from tests.ui.pages import address, figure_of, markup, open_page, plain

PERIOD = "trend_period"


def _period(app: AppTest) -> str | None:
    [control] = [each for each in app.button_group if each.key == PERIOD]
    value = control.value
    return value[0] if isinstance(value, list) and value else (value or None)


def test_the_periods_of_the_data_are_offered_and_the_whole_time_is_pressed(
    shown: stances.Dataset,
) -> None:
    app = open_page("trends")
    [control] = [each for each in app.button_group if each.key == PERIOD]
    assert list(control.options) == [each.label for each in shown.about.periods] + ["All"]
    assert _period(app) == "All"


def test_a_period_that_is_pressed_writes_its_first_day(real: stances.Dataset) -> None:
    app = open_page("trends", as_of="2024-05-31")
    starts = period_starts(Tracker(real.dataset), date(2024, 5, 31))
    for label, start in starts.items():
        [control] = [each for each in app.button_group if each.key == PERIOD]
        control.set_value(label).run()
        assert not app.exception
        assert _period(app) == label
        assert address(app).get("from", str(real.codebook.first_date)) == str(start)
        assert figure_of(app, "trend")["layout"]["xaxis"]["range"][0] == str(start)


def test_what_is_pressed_follows_from_the_first_day() -> None:
    assert _period(open_page("trends", from_="2017-03-05")) is None
    starts = period_starts(published_tracker(), date(2024, 5, 31))
    first = next(iter(starts))
    assert _period(open_page("trends", as_of="2024-05-31", from_=str(starts[first]))) == first


def test_the_choice_says_that_eight_is_the_most(real: stances.Dataset) -> None:
    few = open_page("trends", actors=ONE)
    [choice] = few.multiselect
    assert "eight at most" in choice.label
    assert most_lines(MOST_LINES) not in markup(few)
    full = open_page("trends", actors=",".join(by_events(real)[:MOST_LINES]))
    assert most_lines(MOST_LINES) in markup(full)
    assert first_lines(MOST_LINES, MOST_LINES) not in markup(full)


def _colours(app: AppTest) -> dict[str, str]:
    """The colour of each line by its name."""
    lines = [each for each in figure_of(app, "trend")["data"] if each.get("name")]
    return {line["name"]: line["line"]["color"] for line in lines}


def test_an_actor_has_one_colour_in_any_selection_of_featured_ones() -> None:
    alone = {
        name: colour
        for code in (ONE, OTHER, THIRD, GROUP)
        for name, colour in _colours(open_page("trends", actors=code)).items()
    }
    assert len(set(alone.values())) == 4
    assert set(alone.values()) <= set(LIGHT.lines)
    for codes in ((ONE, OTHER, THIRD, GROUP), (GROUP, THIRD), (THIRD, ONE)):
        for name, colour in _colours(open_page("trends", actors=",".join(codes))).items():
            assert alone[name] == colour
    # In small panels too.
    panels = _colours(open_page("trends", actors=f"{THIRD},{ONE}", layout="small"))
    assert {name: alone[name] for name in panels} == panels


@pytest.mark.usefixtures("six_shown")
def test_the_lines_can_be_taken_along_as_a_file() -> None:
    app = open_page("trends", actors="ARC,Pact")
    [button] = [each for each in app.get("download_button") if each.proto.label.endswith("CSV")]
    assert button.proto.label == "These lines as CSV"
    assert not button.proto.disabled
    [none] = open_page("trends", actors="").get("download_button")
    assert none.proto.disabled


@pytest.mark.usefixtures("six_shown")
def test_events_that_moved_the_lines_are_named_at_them_and_listed_by_number() -> None:
    app = open_page("trends", actors="ARC")
    notes = [note["text"] for note in figure_of(app, "trend")["layout"]["annotations"]]
    named = [note.split("</b> ") for note in notes if note.startswith("<b>")]
    [listed] = re.findall('<ol class="landmarks">(.*?)</ol>', markup(app))
    items = [item.split(": ", 1)[1] for item in re.findall("<li>(.*?)</li>", listed)]
    assert items
    assert named == [[f"<b>{number}", item] for number, item in enumerate(items, 1)]


@pytest.mark.usefixtures("six_shown")
def test_a_link_opens_an_event_of_an_actor_that_is_chosen() -> None:
    event, title = "ARC-20200410-minister-worried", "Arcadia's minister is worried by Acme"
    pages = (open_page("trends", actors=actors, event=event) for actors in ("ARC,BOR", "BOR"))
    own, other = (re.findall(r"<article.*?</article>", markup(page)) for page in pages)
    assert title in plain(" ".join(own))
    assert other == []
