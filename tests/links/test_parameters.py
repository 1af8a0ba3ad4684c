"""What the parameters of addresses read, write and refuse."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances.answers.tracker import Tracker
from stances.dataset.faults import BadInput
from stances.links.pages import FILES, PAGES
from stances.links.parameters import ALL_ROWS, PARAMETERS

KINDS = {"day", "one", "several", "text", "level", "whole", "truth"}


def test_every_parameter_is_of_a_known_kind_and_described() -> None:
    assert {p.kind for p in PARAMETERS.values()} == KINDS
    assert all(p.about for p in PARAMETERS.values())


def test_pages_and_files_take_known_parameters_in_an_order_that_defaults_can_rest_on() -> None:
    for page in (*PAGES.values(), *FILES.values()):
        assert set(page.parameters) <= set(PARAMETERS), page.path
        assert len(set(page.parameters)) == len(page.parameters), page.path
        assert set(page.controls) <= set(page.parameters), page.path
        order = [name for name in page.parameters if name in ("as_of", "to", "from")]
        assert order == [name for name in ("as_of", "to", "from") if name in order], page.path


def test_an_event_may_have_come_in_after_the_end_of_the_data(tracker: Tracker) -> None:
    day = tracker.data.today
    assert day > tracker.data.opening_day
    assert PARAMETERS["added"].read(tracker, str(day)) == day
    with pytest.raises(BadInput, match="after the end of the data"):
        PARAMETERS["from"].read(tracker, str(day))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("as_of", "2020-03-01", date(2020, 3, 1)),
        ("as_of", "1 Mar 2020", date(2020, 3, 1)),
        ("as_of", "1 March, 2020", date(2020, 3, 1)),
        ("as_of", "March 1 2020", date(2020, 3, 1)),
        ("as_of", "15/03/2020", date(2020, 3, 15)),
        ("as_of", "15.3.2020", date(2020, 3, 15)),
        ("from", "March 2020", date(2020, 3, 1)),
        ("from", "2020", date(2020, 1, 1)),
        ("to", "Feb 2020", date(2020, 2, 29)),
        ("to", "2020-03", date(2020, 3, 31)),
        ("to", "2020", date(2020, 12, 31)),
        ("domain", "roads", "roads"),
        ("domain", "overall", "overall"),
        ("actor", "ARC", ("ARC",)),
        ("actor", "ARC,Pact,ARC", ("ARC", "Pact")),
        ("actor", "ACME", ("ACME",)),
        ("group", "Pact", "Pact"),
        ("group", "all", "all"),
        ("level", "-2", (-2, -2)),
        ("level", "-2..1", (-2, 1)),
        ("status", "in_force", "in force"),
        ("status", "in force", "in force"),
        ("page", "12", 12),
        ("page", "all", ALL_ROWS),
        ("counted", "true", True),
        ("counted", "no", False),
        ("live", "1", True),
        ("q", " toll road ", "toll road"),
    ],
)
def test_a_text_is_read(tracker_six: Tracker, name: str, text: str, value: object) -> None:
    assert PARAMETERS[name].read(tracker_six, text) == value


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("as_of", "2020-02-30", "allowed is a day from"),
        ("as_of", "2035-01-01", "after the end of the data"),
        ("as_of", "3/4/2020", "allowed is a day from"),
        ("domain", "raods", "did you mean roads?"),
        ("actor", "Boria", "Boria has the code BOR"),
        ("actor", "kingdom of boria", "has the code BOR"),
        ("actor", "Kingdom of Borea", "did you mean Kingdom of Boria (BOR)?"),
        ("group", "Pakt", "did you mean Pact?"),
        ("group", "Pact+", "did you mean Pact?"),
        ("level", "-3", "a score from -2 to 2"),
        ("level", "1..-1", "a score from -2 to 2"),
        ("page", "0", "whole number"),
        ("page", "1e3", "whole number"),
        ("counted", "maybe", "true, false"),
        ("q", "x" * 201, "200 letters"),
        ("q", "a\nb", "more than one line"),
        ("event", "ARC-20200101-roads-ordr", "from its roads (ARC-20200101-roads-order)?"),
    ],
)
def test_a_bad_text_is_refused_with_what_is_allowed(
    tracker_six: Tracker, name: str, text: str, said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        PARAMETERS[name].read(tracker_six, text)
    line = str(refused.value)
    assert said in line
    assert "\n" not in line


def test_a_group_with_its_bodies_can_be_asked_for_where_it_has_some(tracker: Tracker) -> None:
    group = PARAMETERS["group"]
    assert group.read(tracker, "EU+") == "EU+"
    # In an address a plus sign is a blank.
    assert group.read(tracker, "EU ") == "EU+"
    assert group.read(tracker, "Five_Eyes") == "Five Eyes"
    assert PARAMETERS["actor"].read(tracker, "CHN,EU ") == ("CHN", "EU+")
    with pytest.raises(BadInput):
        group.read(tracker, "NATO+")


def test_very_many_codes_are_not_all_listed(tracker: Tracker) -> None:
    with pytest.raises(BadInput) as refused:
        PARAMETERS["actor"].read(tracker, "Atlantis")
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("text", ["Poland", "poland", "Polish", "pol"])
def test_a_name_in_place_of_a_code_is_told_the_code_and_used(tracker: Tracker, text: str) -> None:
    with pytest.raises(BadInput, match=f"^{text} has the code POL$") as refused:
        PARAMETERS["actor"].read(tracker, text)
    assert refused.value.usable == ("POL",)
    with pytest.raises(BadInput, match=f"^actor: {text} has the code POL$"):
        tracker.known_actor(text)


def test_the_nearest_can_be_asked_for(tracker: Tracker) -> None:
    with pytest.raises(
        BadInput, match=r"Germny is not known; did you mean Germany \(DEU\)\?"
    ) as refused:
        PARAMETERS["actor"].read(tracker, "POL,Germny")
    assert (refused.value.usable, refused.value.nearest) == (("POL",), ("POL", "DEU"))


@given(text=st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    tracker = _six()
    for parameter in PARAMETERS.values():
        try:
            value = parameter.read(tracker, text)
        except BadInput:
            continue
        if parameter.kind not in ("text", "truth"):
            assert parameter.read(tracker, parameter.write(value)) == value


def _six() -> Tracker:
    from stances.answers.tracker import tracker_of
    from tests.conftest import SIX, TODAY, _loaded

    return tracker_of(_loaded(SIX, TODAY))


def test_what_can_be_chosen_is_read_as_it_is_written(tracker: Tracker) -> None:
    for page in PAGES.values():
        for name in set(page.controls):
            parameter, options = PARAMETERS[name], page.options(tracker, name)
            for code in options:
                text = parameter.write((code,) if parameter.kind == "several" else code)
                assert parameter.write(parameter.read(tracker, text, options)) == text
