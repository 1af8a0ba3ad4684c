"""Every sentence about a figure, held against the figures themselves.

The texts of the page of data and method have a file of their own.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from stances import Dataset, words
from stances.answers import history
from stances.answers.citing import source_line
from stances.answers.standing import group_line, hover_html, map_alt, map_headline, map_subtitle
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, OVERALL
from stances.links.register import window_title
from stances.model.groups import GroupFigures, group_figures
from tests.folders import Folder
from tests.golden import Golden

NAN = math.nan
MINUS = "\N{MINUS SIGN}"
WORDS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
# Before any event, the first ones, the turn, a full table, and the last day there is.
DAYS = ["2010-01-01", "2010-12-31", "2019-03-04", "2022-06-30", "today"]
EVERY_DAY = pytest.mark.parametrize("as_of", DAYS)
EVERY_DOMAIN = pytest.mark.parametrize("domain", [OVERALL, "networks", "diplomacy"])


def _day(real: Dataset, as_of: str) -> date:
    return real.today if as_of == "today" else date.fromisoformat(as_of)


def _levels(real: Dataset, day: date, domain: str) -> list[float]:
    rows = real.position(day)
    levels: list[float] = rows.loc[rows["domain"] == domain, "level"].tolist()
    return levels


def _counts(real: Dataset, levels: list[float]) -> tuple[int, int, int, int]:
    """Return the numbers of those who have a position, restrict, are open, have none."""
    known = [level for level in levels if level == level]
    against = sum(level <= real.codebook.scale.restricting for level in known)
    towards = sum(level >= real.codebook.scale.open for level in known)
    return len(known), against, towards, len(levels) - len(known)


def _number(word: str) -> int:
    """A count as a sentence writes it."""
    lowered = word.lower().replace(",", "")
    return WORDS.index(lowered) if lowered in WORDS else int(lowered)


# -- words and figures ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (0.44, 1, "+0.4"),
        (-2.14, 1, f"{MINUS}2.1"),
        (0.0, 1, "0.0"),
        (-0.0, 2, "0.00"),
        (-0.004, 2, "0.00"),
        (0.004, 2, "0.00"),
        (-0.006, 2, f"{MINUS}0.01"),
        (3.0, 0, "+3"),
        (-0.2, 0, "0"),
        (NAN, 1, "\N{EN DASH}"),
    ],
)
def test_a_figure_has_a_sign_and_a_zero_none(value: float, decimals: int, printed: str) -> None:
    assert words.figure(value, decimals) == printed


def test_no_stance_is_told_within_a_sentence_and_any_other_is_a_figure() -> None:
    assert words.figure_or_none(math.nan) == "no position"
    assert words.figure_or_none(-0.5) == words.figure(-0.5, 2)


def test_a_text_on_one_line_has_no_breaks_and_no_double_blanks() -> None:
    assert words.on_one_line(" of\ttwo \r\n\u2028 lines\u00a0\n") == "of two lines"


def test_a_band_goes_from_low_to_high() -> None:
    assert words.band(-2.286, -2.0) == f"{MINUS}2.29 to {MINUS}2.00"
    assert words.band(-0.2, 0.19) == f"{MINUS}0.20 to +0.19"


def test_a_band_without_width_in_print_is_not_told() -> None:
    assert words.band(-2.0, -2.0) == ""
    assert words.band(-2.001, -1.999) == ""
    assert words.band(-0.001, 0.001) == ""
    assert words.band(-2.01, -2.0) != ""


def test_days_in_words() -> None:
    assert words.day(date(2019, 3, 4)) == "4 March 2019"
    assert words.day(pd.Timestamp("2020-11-30")) == "30 November 2020"
    assert words.short_day(date(2019, 3, 4)) == "4 Mar 2019"


@pytest.mark.parametrize(
    ("count", "word"), [(1, "one"), (12, "twelve"), (13, "13"), (1776, "1,776")]
)
def test_counts_are_words_up_to_twelve(count: int, word: str) -> None:
    assert words.number(count) == word
    assert words.number(count, start=True) == word.capitalize()


def test_a_noun_follows_its_count() -> None:
    assert words.plural(1, "event") == "one event"
    assert words.plural(0, "event", start=True) == "No events"
    assert words.plural(13, "more event") == "13 more events"


@pytest.mark.parametrize(
    ("items", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_items_as_a_list(items: list[str], sentence: str) -> None:
    assert words.listing(items) == sentence


@pytest.mark.parametrize("value", [-2.0, -1.5, -1.21, -0.5, 0.0, 0.5, 0.50004, 0.50006, 1.5, 2.0])
def test_label_and_figure_are_those_of_the_codebook(six: Dataset, value: float) -> None:
    edges = [(-1.5, -2), (-0.5, -1)]
    exact = round(value, 4)
    below = next((level for edge, level in edges if exact < edge), None)
    above = next((level for edge, level in ((0.5, 0), (1.5, 1)) if exact <= edge), 2)
    label = six.codebook.scale.labels[above if below is None else below]
    # Two decimals would put it on the other side of the border, where it is neutral.
    decimals = 4 if value == 0.50006 else 2
    assert words.with_label(six.codebook, value) == f"{label} {words.figure(value, decimals)}"


def test_windows_and_sources(folder: Folder, golden: Golden) -> None:
    data = folder.load()
    assert f"dataset {data.version}, " in source_line(data)
    cases = {
        "window": window_title(data.codebook, "Boria", "roads", date(2019, 3, 4), "A site"),
        "source": source_line(data),
        "source, own settings": source_line(data, ["roads 2", "sea 1"]),
    }
    (folder.path / "about.toml").unlink()
    cases["source without a hand-written part"] = source_line(folder.load())
    golden(cases)


def test_no_stance_is_no_figure(six: Dataset) -> None:
    assert words.with_label(six.codebook, NAN) == NO_POSITION


def test_the_domain_ends_a_sentence(six: Dataset) -> None:
    assert words.about_domain(six.codebook, OVERALL) == "in all fields"
    assert words.about_domain(six.codebook, "roads") == "in roads"


@pytest.mark.parametrize(("value", "printed"), [(0.0, "0 %"), (0.336, "34 %"), (1.0, "100 %")])
def test_a_share_is_in_whole_percent(value: float, printed: str) -> None:
    assert words.share(value) == printed


# -- cards, panels, hover labels -----------------------------------------------------------------


def test_a_group_in_a_line(golden: Golden, six: Dataset) -> None:
    groups = {
        "many": GroupFigures(27, 25, -1.55, -2.0, 1.28, 18, 3, -1.5),
        "none with a position": GroupFigures(27, 0, NAN, NAN, NAN, 0, 0, NAN),
        "one with a position": GroupFigures(3, 1, 2.0, 2.0, 0.0, 0, 1, 2.0),
        "one member": GroupFigures(1, 1, -2.0, -2.0, 0.0, 1, 0, -2.0),
    }
    golden({case: group_line(six.codebook, figures) for case, figures in groups.items()})


def test_a_figure_stands_behind_its_label_whatever_the_direction(six: Dataset) -> None:
    hebrew = "\u05d0\u05d1"
    scale = replace(six.codebook.scale, labels={**six.codebook.scale.labels, -1: hebrew})
    codebook = replace(six.codebook, scale=scale)
    assert words.with_label(codebook, -1.0) == f"\u2068{hebrew}\u2069 {MINUS}1.00"
    assert words.with_label(codebook, 1.0) == f"{scale.labels[1]} +1.00"


def test_hover_labels(golden: Golden, six: Dataset) -> None:
    def actor(overall: bool = False, **cells: Any) -> list[str]:
        row = {
            "short_name": "Arcadia & <sons>", "covered": True, "label": "Block", "stance": -1.7143,
            "old": False, "act_domain": "roads", "act_level": -2.0,
            "level_since": date(2020, 1, 22),
        }  # fmt: skip
        label = hover_html(six.codebook, SimpleNamespace(**row | cells), overall=overall)
        return label.split("<br>")

    def event(**cells: Any) -> list[str]:
        row = {
            "title": "A <b>title</b>", "date": pd.Timestamp("2020-01-01"), "date_precision": "day",
            "instrument": "order", "domain": "roads", "score": -2,
        }  # fmt: skip
        return history.event_hover_html(six.codebook, SimpleNamespace(**row | cells)).split("<br>")

    cases = {
        "an actor in a domain": actor(),
        "an actor overall, old": actor(overall=True, old=True),
        # A figure is shown on the side of the border that its label names.
        "close to a border": actor(stance=-1.5026),
        "further from it": actor(stance=-1.51),
        "without a position": actor(stance=NAN, level_since=None),
        "not covered": actor(covered=False),
        "an event": event(),
        "context of a month": event(score=NAN, date_precision="month"),
    }
    golden(cases)


# -- headlines and alt texts of the real data ----------------------------------------------------


def _of(count: int) -> str:
    return words.plural(count, "actor")


@EVERY_DOMAIN
@EVERY_DAY
def test_the_headline_counts_what_the_map_shows(real: Dataset, as_of: str, domain: str) -> None:
    levels = _levels(real, _day(real, as_of), domain)
    known, against, towards, without = _counts(real, levels)
    result = map_headline(real.codebook, levels, _of)
    if not known:
        assert result == f"There is nothing recent for any of {_of(len(levels))}."
        return
    if known == 1:
        [label] = [real.codebook.scale.labels[int(x)] for x in levels if x == x]
        assert f" has a position: {label}." in result
        return
    text = re.fullmatch(
        r"Of (\S+) actors?, (\S+) stands? at (.+ or \w+), (\S+) at .+ or \w+\."
        r"(?: For (\S+) more there is nothing recent\.)?",
        result,
    )
    assert text is not None, result
    counts = [_number(text[place]) for place in (1, 2, 4)]
    assert counts == [known, against, towards]
    assert (_number(text[5]) if text[5] else 0) == without
    scale = real.codebook.scale
    assert re.split(" or |, ", text[3]) == [
        scale.labels[level] for level in scale.levels if level <= scale.restricting
    ]


def test_above_the_map(golden: Golden, six: Dataset) -> None:
    def head(*levels: float) -> str:
        return map_headline(six.codebook, levels, _of)

    cases = {
        "one restricts": head(-2.0, NAN),
        "one in the middle": head(0.0),
        "one welcomes": head(1.0),
        "three": head(0.0, 1.0, 2.0),
        "none": head(NAN, NAN),
        "some of either": head(-2.0, -2.0, 1.0, NAN),
        "one without any": head(NAN),
        "below": map_subtitle(six.codebook, "roads", date(2020, 1, 1)),
    }
    golden(cases)


def test_what_restricts_is_told_by_the_codebook_on_a_narrow_scale_too(real: Dataset) -> None:
    narrow = replace(
        real.codebook, scale=replace(real.codebook.scale, min=-1, max=1, restricting=-1, open=1)
    )
    result = map_headline(narrow, [-1.0, -1.0, 0.0, 1.0], _of)
    assert result == "Of four actors, two stand at Caution, one at Open."
    figures = group_figures(np.array([-1.0, -0.6, 1.0]), np.ones(3), narrow.scale)
    assert (figures.restricting, figures.open) == (2, 1)


@EVERY_DOMAIN
@EVERY_DAY
def test_the_alt_text_of_the_map_counts_every_class(real: Dataset, as_of: str, domain: str) -> None:
    day = _day(real, as_of)
    levels = _levels(real, day, domain)
    alt = map_alt(real.codebook, levels, domain, day)
    assert words.day(day) in alt
    counts = Counter(level for level in levels if level == level)
    for level, label in real.codebook.scale.labels.items():
        assert re.search(rf"\b{label} {counts[level]}\b", alt), label
    assert alt.endswith(f"no current position {_counts(real, levels)[3]}.")
    numbers = re.findall(r" (\d+)\b", alt.partition("How many stand where:")[2])
    assert sum(map(int, numbers)) == len(levels)


@EVERY_DOMAIN
@EVERY_DAY
def test_the_trend_headline_names_the_ends_of_the_order(
    tracker: Tracker, as_of: str, domain: str
) -> None:
    end = _day(tracker.data, as_of)
    names = {code: tracker.names[code] for code in tracker.data.about.featured}
    series = history.lines(tracker, list(names), domain, (date(2010, 1, 1), end))
    ends, result = (
        history.line_ends(series, names),
        history.trend_title(tracker, names, series, end),
    )
    codes = {name: code for code, name in names.items()}
    known = sorted((now, codes[name]) for name, now in ends if now == now)
    at_one_level = len({words.label(tracker.codebook, now) for now, _ in known}) == 1
    for _, code in [known[0], known[-1]] if known and not at_one_level else []:
        assert tracker.sentence_names[code].removeprefix("the ") in result


def test_above_the_trends(golden: Golden, six: Dataset) -> None:
    def head(*ends: tuple[str, float], doubt: float = 0.05) -> str:
        named = [history.LineEnd(name, now, now - doubt, now + doubt) for name, now in ends]
        return history.trend_headline(six.codebook, named, date(2026, 11, 24))

    cases = {
        "two with a position": head(("A", -1.8), ("B", NAN), ("C", 1.0)),
        "two": head(("the A", 1.0), ("B", -1.8)),
        "one with a position": head(("the A", 0.0), ("B", NAN)),
        "none with a position": head(("A", NAN), ("B", NAN)),
        "alike": head(("A", -2.0), ("B", -2.001)),
        "two in doubt": head(("the A", 1.0), ("B", -1.8), doubt=1.5),
        "two at one level": head(("the A", -1.0), ("B", -1.2)),
        "two in doubt at one level": head(("the A", -1.0), ("B", -1.2), doubt=0.1),
        "three in doubt at one level": head(("A", -1.0), ("B", -1.2), ("C", -0.9), doubt=0.2),
        "two of three at one level": head(("A", -1.0), ("B", NAN), ("C", -1.2)),
        "three at one level": head(("the A", -1.2), ("B", -1.0), ("C", -1.2)),
        "the strictest at one level": head(("A", -1.2), ("B", -1.0), ("C", 0.0), ("D", 1.0)),
        "many alike": head(*((name, float(name > "D")) for name in "ABCDE")),
        "no line": head(),
        "alt of no line": history.trend_alt(six.codebook, OVERALL, []),
    }
    golden(cases)
