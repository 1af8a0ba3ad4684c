"""Charts of small frames made by hand, and where their texts lie when they are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from xml.etree import ElementTree

import numpy as np
import pandas as pd

from stances.charts import (
    cells,
    country,
    deadlines,
    levels,
    moves,
    theme,
    trends,
    years,
)
from stances.charts.plot import Chart

LABELS = {-3: "Shut", -2: "Limit", -1: "Wary", 0: "Even", 1: "Open", 2: "Help", 3: "Back"}
FIRST, LAST = date(2018, 1, 1), date(2026, 7, 2)
EVIL = 'A & B <script>"x"</script>'
NAMES = {"AAA": "Avaland", "BBB": EVIL, "CCC": "Cedonia"}


def stamps(*days: str) -> pd.Series:
    return pd.Series(pd.to_datetime(list(days)))


def lines(key: str, *points: tuple[str, float]) -> pd.DataFrame:
    days, stance = zip(*points, strict=True)
    level = np.array(stance, float)
    figures = {"stance": level, "low": level - 0.4, "high": level + 0.4}
    return pd.DataFrame({"key": key, "date": pd.to_datetime(list(days)), **figures})


NO_ACTS = pd.DataFrame(columns=["key", "date", "title", "link"])


def a_trend() -> Chart:
    """A line that steps and slopes, one that coincides with it at the end, one that ended."""
    nan = float("nan")
    rows = pd.concat(
        [
            lines(
                "AAA",
                ("2018-01-01", -1),
                ("2020-05-01", -1),
                ("2020-05-02", -3),
                ("2026-07-02", -3),
            ),
            lines(
                "BBB",
                ("2018-01-01", 0.5),
                ("2021-12-31", -0.5),
                ("2022-01-01", -3),
                ("2026-07-02", -3),
            ),
            lines(
                "CCC",
                ("2018-01-01", nan),
                ("2019-01-01", 1),
                ("2021-01-01", 0.8),
                ("2021-01-02", nan),
            ),
        ]
    )
    acts = pd.DataFrame(
        {
            "key": ["AAA", "BBB"],
            "date": pd.to_datetime(["2020-05-02", "2022-01-01"]),
            "title": ["The ban", EVIL],
            "link": ["e/1", "e/2?x=1&y=2"],
        }
    )
    happened = [
        trends.Happened("The first list", date(2019, 5, 16), "e/9"),
        trends.Happened("A toolbox", date(2020, 1, 29)),
        trends.Happened("The great ban", date(2020, 7, 14)),
        trends.Happened("A long name for an event", date(2023, 6, 15)),
    ]
    links = {"AAA": "actor?actor=AAA"}
    return trends.chart(rows, NAMES, happened, FIRST, LAST, LABELS, acts, links)


def counts() -> pd.DataFrame:
    rows = {"period": pd.period_range("2010", "2026", freq="Y"), "none": [3] * 17}
    rows |= {str(level): [n % (level + 5) for n in range(17)] for level in LABELS}
    return pd.DataFrame(rows)


def removals() -> pd.DataFrame:
    rows = [
        ("AAA", "a1", "2026-12-31", "2026-12-31", "31 Dec 2026", "the core", False, False, False),
        (
            "BBB",
            "a2",
            "2028-01-01",
            "2028-12-31",
            "2028",
            f"{EVIL} of all radio networks",
            True,
            False,
            False,
        ),
        ("CCC", "a3", "2028-06-01", "2028-06-30", "Jun 2028", "4G networks", False, True, False),
        (
            "AAA",
            "a4",
            "2030-12-31",
            "2030-12-31",
            "31 Dec 2030",
            "management systems",
            False,
            False,
            True,
        ),
    ]
    names = ["actor", "act_id", "first", "end", "text", "what", "in_doubt", "expected", "estimate"]
    frame = pd.DataFrame(rows, columns=names)
    for name in ("first", "end"):
        frame[name] = [date.fromisoformat(day) for day in frame[name]]
    return frame


def moved() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "then": [-1.0, -2.0, 2.6],
            "now": [-2.0, -1.7, 1.4],
            "level_then": [-1.0, -2.0, 3.0],
            "level_now": [-2.0, -2.0, 1.0],
            "weak": [False, True, True],
        },
        index=pd.Index(["AAA", "BBB", "CCC"], name="actor"),
    )


def by_place() -> dict[tuple[str, str], dict[str, Any]]:
    nan = float("nan")
    levels = {"AAA": [-1, -2, -3], "BBB": [nan, 0, 0], "CCC": [nan, 1, nan]}
    places = {}
    for actor, row in levels.items():
        for column, level in zip(["2024", "2025", "now"], row, strict=True):
            places[actor, column] = {
                "level": level,
                "is_old": (actor, column) == ("BBB", "now"),
                "used": actor == "AAA" and column != "2024",
            }
    return places


def runs() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "since": stamps("2016-03-01", "2019-06-01", "2022-01-01", "2024-01-01"),
            "until": stamps("2019-06-01", "2022-01-01", "2024-01-01", "NaT"),
            "level": [0.0, -2.0, float("nan"), -1.0],
            "is_old": [False, False, False, True],
        }
    )


def dots() -> pd.DataFrame:
    days = stamps("2017-01-01", "2019-06-01", "2020-01-01")
    return pd.DataFrame(
        {"date": days, "binding": [True, True, False], "title": ["Out", EVIL, "Says"]}
    )


def shares() -> pd.DataFrame:
    rows = {"date": stamps("2018-01-31", "2020-01-31", "2026-06-30"), "members": [3, 3, 3]}
    rows |= {"none": [3, 1, 0]} | {str(level): [0, 0, 0] for level in LABELS}
    rows |= {"-2": [0, 1, 2], "1": [0, 1, 1]}
    return pd.DataFrame(rows)


def charts() -> dict[str, Chart]:
    """Return the sample of each chart, by its name among the pictures of pages."""
    links = {year: f"events?from={year}" for year in counts()["period"]}
    fields = [
        country.Field("Networks", runs(), dots(), -1.0, True),
        country.Field(
            "Trade", runs().iloc[:1], dots().iloc[:0], float("nan"), False, "Last Mar 2021"
        ),
    ]
    sections = [("One has used a rule", ["AAA"]), ("Two have none", ["BBB", "CCC"])]
    made = {
        "trends": a_trend(),
        "years": years.chart(counts(), LABELS, links),
        "events": years.events_chart(counts(), LABELS, links),
        "deadlines": deadlines.chart(removals(), NAMES, LAST, {"a2": "a/a2"}),
        "changes": moves.chart(moved(), (FIRST, LAST), NAMES, LABELS, {"AAA": "actor?actor=AAA"}),
        "groups": cells.chart(sections, by_place(), NAMES, LABELS, {"AAA": "A rule", "BBB": EVIL}),
        "country": country.chart(fields, FIRST, LAST, LABELS),
        "levels": levels.chart(shares(), LABELS),
    }
    words = {"title": f"A headline of {EVIL} that says what is found, and goes on to a second line"}
    return {name: replace(chart, subtitle="Networks", **words) for name, chart in made.items()}


# -- where texts lie -----------------------------------------------------------------------------


class Box(NamedTuple):
    """A text as drawn, and its sides in px."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


_MOVED = re.compile(r"(translate|scale)\(([-\d.]+)(?: ([-\d.]+))?\)")


def boxes(svg: str) -> list[Box]:
    """Return the boxes of all texts of a picture."""
    root = ElementTree.fromstring(re.sub(r' xmlns="[^"]+"', "", svg))
    return list(_boxes(root, 0, 0, 1))


def _boxes(node: ElementTree.Element, x: float, y: float, by: float) -> Iterator[Box]:
    for name, one, other in _MOVED.findall(node.get("transform", "")):
        if name == "scale":
            by *= float(one)
        else:
            x, y = x + by * float(one), y + by * float(other or 0)
    if node.tag == "text":
        size, strong = float(node.get("font-size", 0)), node.get("font-weight") == "600"
        lead = "".join(part.text or "" for part in node)
        rest = "".join([node.text or "", *(part.tail or "" for part in node)])
        wide = theme.text_width(lead, size, True) + theme.text_width(rest, size, strong)
        left = float(node.get("x", 0)) + float(node.get("dx", 0))
        left -= wide * {"middle": 0.5, "end": 1}.get(node.get("text-anchor", ""), 0)
        base = y + by * float(node.get("y", 0))
        ends = x + by * left, x + by * (left + wide)
        yield Box(lead + rest, ends[0], base - 0.72 * by * size, ends[1], base + 0.2 * by * size)
    for child in node:
        yield from _boxes(child, x, y, by)
