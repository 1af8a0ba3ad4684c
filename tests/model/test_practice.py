"""What rules come to: who can limit the subject, who has used a rule, whose rules are in doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from stances.answers.tracker import tracker_of
from stances.dataset.load import Dataset
from stances.model.practice import FLAGS

ORDER = "ARC-roads-order"


def flags(data: Dataset, day: str, actor: str = "ARC", domain: str = "roads") -> set[str]:
    """The flags that hold of an actor, with an order at the strictest level of January 2020."""
    row = tracker_of(data).in_domain(date.fromisoformat(day), domain).loc[actor]
    return {name for name in FLAGS if row[name]}


def with_order(six: Dataset, **cells: str) -> Dataset:
    """The six events with other cells of the order's line in the register."""
    acts = six.acts.copy()
    for name, value in cells.items():
        acts.loc[acts["act_id"] == ORDER, name] = value
    return replace(six, acts=acts)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-12-31", set()),
        ("2020-01-31", {"limits", "excludes"}),
        ("2020-02-01", {"limits", "excludes", "used", "used_level"}),
        ("2020-10-26", {"limits", "excludes", "used", "used_level"}),
        ("2020-10-27", set()),
    ],
)
def test_a_rule_limits_from_its_day_and_is_used_from_its_first_use(
    six: Dataset, day: str, expected: set[str]
) -> None:
    assert flags(six, day) == expected
    assert flags(six, day, domain="overall") == expected


def test_a_permit_limits_nobody(six: Dataset) -> None:
    assert flags(six, "2020-06-01", "BOR", "schools") == set()


def test_what_is_softened_is_so_on_the_newest_day_alone(six: Dataset) -> None:
    data = with_order(six, applied="eased", doubt="Nobody has seen it")
    assert flags(data, "2020-06-01") == {"limits", "excludes", "used", "used_level"}
    then = replace(data, today=date(2020, 6, 1))
    assert flags(then, "2020-06-01") == {"limits", "excludes", "used", "used_level", "eased"}


def test_a_decision_without_a_line_is_a_single_case(six: Dataset) -> None:
    data = replace(six, acts=six.acts[six.acts["act_id"] != ORDER])
    assert flags(data, "2020-06-01") == {"limits", "single"}


def test_a_line_whose_act_counts_no_more_is_over(six: Dataset) -> None:
    # The register knows of no end, but nothing is in force any more.
    assert flags(with_order(six, ended="", ended_how="", ended_by=""), "2020-10-27") == set()


def test_an_open_case_is_a_case_and_no_rule(six: Dataset) -> None:
    domains = dict(six.codebook.domains)
    domains["roads"] = replace(domains["roads"], open_case=True)
    data = replace(six, codebook=replace(six.codebook, domains=domains))
    assert flags(data, "2020-06-01") == {"limits", "used", "used_level", "case"}
    assert flags(data, "2020-06-01", domain="overall") == set()


def test_a_rule_limits_nobody_before_the_event_that_tells_its_level(six: Dataset) -> None:
    early = with_order(six, adopted="2019-12-01", in_force_from="2019-12-01")
    assert flags(early, "2019-12-31") == set()
    assert flags(early, "2020-01-01") == {"limits", "excludes"}
    assert np.datetime64("2020-01-01") in tracker_of(early).practice.days
