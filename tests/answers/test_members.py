from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from stances.answers import members
from stances.answers.tracker import EVERYONE, Tracker, tracker_of
from stances.dataset.faults import BadInput
from stances.dataset.load import load
from tests.conftest import TODAY

ORDER, ROADS = "ARC-roads-order", "roads"
IN_FORCE = date(2020, 6, 1)


def of(tracker: Tracker, day: date, group: str = "Pact", domain: str = ROADS) -> pd.DataFrame:
    return members.members(tracker, group, day, domain)


# -- who, and where they stand -------------------------------------------------------------------


def test_members_are_those_of_the_day_the_lowest_level_first(tracker_six: Tracker) -> None:
    assert list(of(tracker_six, date(2020, 2, 29)).index) == ["ARC", "CAL"]
    assert list(of(tracker_six, date(2020, 6, 30)).index) == ["ARC", "BOR", "CAL"]
    assert list(of(tracker_six, date(2020, 7, 1)).index) == ["BOR", "CAL"]
    assert list(of(tracker_six, date(2020, 7, 1), EVERYONE).index) == ["ARC", "BOR", "CAL"]


def test_members_of_a_level_stand_by_name(tracker: Tracker) -> None:
    for _, rows in of(tracker, date(2024, 3, 1), EVERYONE, "networks").groupby("level"):
        names = [tracker.short[actor] for actor in rows.index]
        assert names == sorted(names)


def test_a_member_has_its_position_in_the_domain(tracker_six: Tracker) -> None:
    frame = of(tracker_six, date(2020, 8, 19), EVERYONE)
    assert frame["level"].fillna(9).tolist() == [-2, 2, 9]
    assert frame["label"].tolist() == ["Block", "Promote", "No current position"]
    overall = of(tracker_six, date(2020, 8, 19), EVERYONE, "overall")
    assert overall.loc["BOR", "stance"] == 1.6786


def test_a_group_that_is_none_is_refused(tracker_six: Tracker) -> None:
    with pytest.raises(BadInput, match="Packt"):
        of(tracker_six, TODAY, "Packt")


# -- what binds ------------------------------------------------------------------------------------


def test_a_rule_is_a_power_until_its_first_known_use(tracker_six: Tracker) -> None:
    frame = of(tracker_six, date(2020, 1, 31))
    power, used = frame.loc["ARC"], of(tracker_six, date(2020, 2, 1)).loc["ARC"]
    assert (power["kind"], power["applied"], power["rests_on"]) == (
        "power",
        "unknown",
        "power held",
    )
    assert (used["kind"], used["applied"], used["rests_on"]) == ("used", "yes", "rule used")
    assert used["act_id"] == power["act_id"] == ORDER
    assert used[["act_name", "act_level", "act_since"]].tolist() == [
        "Roads order",
        -2,
        "2020-01-01",
    ]


def test_no_rule_is_named_of_those_who_have_none_that_limits(tracker_six: Tracker) -> None:
    frame = of(tracker_six, date(2021, 8, 1))
    assert frame["kind"].tolist() == ["none", "none"]
    assert frame["act_id"].tolist() == ["", ""]
    assert frame["act_level"].isna().all()


SECOND = (
    "{id},ARC,ARC-20200101-roads-order,roads,{id},Acme may not,streets,named,2020-03-01,2020-03-01,"
    ",,,,,,,,,,sure,,arc-gazette,2022-01-31,{applied},{what},{since},\n"
)


@pytest.mark.parametrize(
    ("applied", "since", "first_applied", "named"),
    [
        # Both used: of equals the act that is shown.
        ("yes", "2020-03", "yes,Two roads were refused,2020-02", ORDER),
        # The one that was used, though the other is shown.
        ("yes", "2020-03", "unknown,,", "ARC-second"),
        ("eased", "2020-03", "no,Nothing,", "ARC-second"),
        # Its use came later.
        ("yes", "2020-07", "unknown,,", ORDER),
    ],
)
def test_the_rule_named_is_the_one_that_was_used(
    folder: Path, applied: str, since: str, first_applied: str, named: str
) -> None:
    path = folder / "acts.csv"
    text = path.read_text(encoding="utf-8")
    text = text.replace("yes,Two roads were refused,2020-02", first_applied)
    head, rest = text.split("BOR-school-permit", 1)
    second = SECOND.format(id="ARC-second", applied=applied, what="It was", since=since)
    path.write_text(f"{head}{second}BOR-school-permit{rest}", encoding="utf-8")
    tracker = tracker_of(load(folder, TODAY))
    assert of(tracker, IN_FORCE).loc["ARC", "act_id"] == named


def test_a_decision_without_a_line_is_named_by_its_event(folder: Path) -> None:
    acts = (folder / "acts.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "acts.csv").write_text("".join([acts[0], *acts[2:]]), encoding="utf-8")
    row = of(tracker_of(load(folder, TODAY)), IN_FORCE).loc["ARC"]
    assert row["kind"] == "single"
    assert row[["act_id", "act_event_id"]].tolist() == ["", "ARC-20200101-roads-order"]
    assert row["act_name"] == "Arcadia bars Acme from its roads"


def test_a_member_has_its_next_removal_ahead(tracker_six: Tracker) -> None:
    due = ["deadline", "deadline_text", "deadline_what", "deadline_part", "deadline_estimate"]
    first = of(tracker_six, date(2021, 9, 30)).loc["CAL", due]
    assert first.tolist() == ["2021-09", "Sep 2021", "Bridges over water", "core", False]
    assert of(tracker_six, date(2021, 10, 1)).loc["CAL", "deadline"] == "2022"
    assert of(tracker_six, date(2021, 10, 1)).loc["BOR", "deadline"] == ""
    assert of(tracker_six, date(2021, 10, 1), domain="schools").loc["CAL", "deadline"] == ""


def test_acts_and_other_events_of_twelve_months_are_counted_apart(tracker_six: Tracker) -> None:
    done = ["acts_12_months", "other_12_months"]
    assert of(tracker_six, date(2020, 12, 31), EVERYONE).loc["ARC", done].tolist() == [2, 1]
    # A day that is a year back counts no more.
    assert of(tracker_six, date(2021, 1, 1), EVERYONE).loc["ARC", done].tolist() == [1, 1]
    overall = of(tracker_six, date(2020, 12, 31), EVERYONE, "overall")
    assert overall.loc["BOR", done].tolist() == [1, 2]
    assert overall.loc["CAL", done].tolist() == [0, 0]


# -- years, headings, headline ---------------------------------------------------------------------


def test_levels_are_those_of_the_ends_of_years(tracker_six: Tracker) -> None:
    cells = members.levels_by_year(tracker_six, EVERYONE, ROADS, date(2021, 9, 1))
    cells = cells.set_index(["actor", "column"])
    assert list(cells.loc["ARC"].index) == ["2019", "2020", "now"]
    assert cells["level"].fillna(9).loc["ARC"].tolist() == [9, 0, 0]
    assert cells["level"].fillna(9).loc["BOR"].tolist() == [9, 2, 2]
    assert not cells["used"].to_numpy().any()
    then = members.levels_by_year(tracker_six, EVERYONE, ROADS, IN_FORCE)
    then = then.set_index(["actor", "column"])
    assert then["used"].loc["ARC"].tolist() == [False, True]
    assert then["rests_on"].loc["ARC"].tolist() == ["", "rule used"]


def test_at_most_eight_years_stand_before_the_current_one(tracker: Tracker) -> None:
    cells = members.levels_by_year(tracker, "EU", "networks", date(2025, 6, 1))
    assert list(cells["column"].unique()) == [*map(str, range(2017, 2025)), "now"]


def test_in_the_domain_that_leads_headings_say_what_rules_come_to(tracker_six: Tracker) -> None:
    found = members.sections(tracker_six, of(tracker_six, IN_FORCE))
    assert [heading for heading, _ in found] == [
        "1 has used a rule",
        "2 have no rule that limits Acme",
    ]
    assert [actors for _, actors in found] == [["ARC"], ["BOR", "CAL"]]


def test_in_other_domains_headings_are_levels(tracker_six: Tracker) -> None:
    found = members.sections(tracker_six, of(tracker_six, date(2020, 8, 19), domain="schools"))
    assert [heading for heading, _ in found] == ["1 Admit", "1 No position"]


def test_a_group_without_members_has_no_headings(tracker_six: Tracker) -> None:
    assert members.sections(tracker_six, of(tracker_six, IN_FORCE).iloc[:0]) == []


@pytest.mark.parametrize(
    ("group", "day", "text"),
    [
        (
            "Pact",
            date(2020, 6, 1),
            "None of 2 Pact members stood at Block in roads at the end of 2019; "
            "1 of 3 did on 1 Jun 2020",
        ),
        (
            "Pact",
            TODAY,
            "None of 2 Pact members stood at Block in roads at the end of 2019; none of 2 does now",
        ),
        (
            "all",
            TODAY,
            "None of 3 actors stood at Block in roads at the end of 2019; none of 3 does now",
        ),
        ("Pact", date(2019, 6, 1), "None of 2 Pact members stood at Block in roads on 1 Jun 2019"),
    ],
)
def test_the_headline_compares_the_first_year_with_the_day(
    tracker_six: Tracker, group: str, day: date, text: str
) -> None:
    assert members.headline(tracker_six, group, day, ROADS) == text


def test_a_rule_has_its_strongest_source(tracker: Tracker) -> None:
    day = tracker.data.opening_day
    rows = members.members(tracker, "EU", day, "networks")
    ruled = rows[rows["act_name"] != ""]
    assert (ruled["act_source_url"] != "").all() and (rows["act_source_url"] != "").sum() == len(
        ruled
    )
    sources = tracker.data.act_sources
    of_germany = sources[sources["act_id"] == rows.loc["DEU", "act_id"]]
    assert rows.loc["DEU", "act_source"] == of_germany["publisher"].iloc[0]
