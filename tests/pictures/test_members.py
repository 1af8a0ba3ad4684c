"""The members of a group as a picture: who stands in it, in which order, and what binds each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from stances import Dataset
from stances.answers.members import binds_line, in_order, member_table, members_headline
from stances.answers.tracker import Tracker
from stances.charts.chart import Key
from stances.dataset.schema import ALL_ACTORS
from stances.pictures.charts import key_rows
from stances.pictures.letters import cut, width
from tests.folders import Folder
from tests.golden import Golden
from tests.pictures.drawings import collisions, outside, svg_of, texts

DAY = "2020-04-10"


def test_it_has_the_members_with_what_binds_each(six: Dataset) -> None:
    tracker = Tracker(six)
    table = member_table(tracker, "Pact", six.day(DAY), "roads")
    lines = texts(svg_of(six, "members", as_of=DAY, group="Pact", domain="roads"))
    assert members_headline(Tracker(six), table) in " ".join(lines)
    assert len(table.rows) == 3
    for row in table.rows:
        assert row.short_name in lines
        assert binds_line(six.codebook, table, row) in lines


def test_what_binds_is_told_with_its_level_and_day(golden: Golden, six: Dataset) -> None:
    cases = {}
    for day in (DAY, "2020-07-01"):
        table = member_table(Tracker(six), "Pact", six.day(day), "roads")
        for row in table.rows:
            cases[f"{row.actor} on {day}"] = binds_line(six.codebook, table, row)
    golden(cases)


def _places(lines: Sequence[str], names: Sequence[str]) -> list[int]:
    return [lines.index(name) for name in names]


@pytest.mark.parametrize("order", ["name", "act", "stance"])
def test_the_order_is_that_of_the_page(six: Dataset, order: str) -> None:
    table = member_table(Tracker(six), "Pact", six.day(DAY), "roads")
    names = [row.short_name for row in in_order(six.codebook, table.rows, order)]
    lines = texts(svg_of(six, "members", as_of=DAY, group="Pact", domain="roads", order=order))
    assert _places(lines, names) == sorted(_places(lines, names))


def test_a_group_without_members_says_so(folder: Folder) -> None:
    for line in (2, 3, 4):
        folder.edit("memberships", line, joined="2021-01-01", left="")
    lines = texts(svg_of(folder.load(), "members", as_of="2020-01-01", group="Pact"))
    assert lines[0] == "Pact has no members on 1 January 2020."


def test_of_more_than_have_room_it_says_how_many_are_left_out(real: Dataset) -> None:
    table = member_table(Tracker(real), ALL_ACTORS, real.today, "overall")
    lines = texts(svg_of(real, "members", group=ALL_ACTORS))
    shown = [row for row in table.rows if cut(row.short_name, 14, 330, 600) in lines]
    assert f"and {len(table.rows) - len(shown)} more" in lines


@pytest.mark.parametrize("place", range(8))
def test_every_group_has_room(real: Dataset, place: int) -> None:
    groups = [*sorted(set(real.memberships["group"])), ALL_ACTORS]
    svg = svg_of(real, "members", group=groups[place % len(groups)], order="act")
    assert not outside(svg)
    assert not list(collisions(svg))


def test_its_legend_says_of_a_mark_when_the_date_passed(folder: Folder) -> None:
    folder.keep("deadlines", 1)
    summer = folder.load().day("2020-07-01")
    six = folder.load()
    known = replace(six, about=replace(six.about, covered_to=summer))
    for data, day, word in (
        (six, "2020-07-01", ""),
        (six, "2021-03-08", "passed"),
        (known, "2020-07-01", "passed since"),
    ):
        svg = svg_of(data, "members", as_of=day, group="Pact", domain="schools")
        assert {"passed", "passed since"} & set(texts(svg)) == ({word} if word else set())


def test_the_items_of_a_legend_stay_within_its_space() -> None:
    keys = [Key("Rests on old statements", "swatch") for _ in range(6)]
    wide = 20 + width(keys[0].text, 15)
    for count in (1, 2, 3):
        space = wide * count + 20 * (count - 1)
        assert len(key_rows(keys, space + 0.5)[0]) == count
        assert len(key_rows(keys, space - 0.5)[0]) == max(count - 1, 1)
