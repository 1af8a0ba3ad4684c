"""Every sentence about a figure, held against the figures themselves.

The texts of the page of data and method have a file of their own.
"""

from __future__ import annotations

import html
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

from stances import Dataset, escapes, words
from stances.answers.citing import source_line
from stances.answers.history import (
    event_hover_html,
    line_ends,
    lines,
    trend_alt,
    trend_headline,
    trend_subtitle,
    trend_title,
)
from stances.answers.standing import (
    group_line,
    hover_html,
    map_alt,
    map_colours,
    map_headline,
    map_subtitle,
)
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, NOT_COVERED, OVERALL
from stances.links.register import window_title
from stances.model.groups import GroupFigures, group_figures
from tests.folders import Folder

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
    """How many have a position, restrict, are open, have none."""
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
    assert words.listed(items) == sentence


@pytest.mark.parametrize("value", [-2.0, -1.5, -1.21, -0.5, 0.0, 0.5, 0.50004, 0.50006, 1.5, 2.0])
def test_label_and_figure_are_those_of_the_codebook(six: Dataset, value: float) -> None:
    edges = [(-1.5, -2), (-0.5, -1)]
    exact = round(value, 4)
    below = next((level for edge, level in edges if exact < edge), None)
    above = next((level for edge, level in ((0.5, 0), (1.5, 1)) if exact <= edge), 2)
    label = six.codebook.scale.labels[above if below is None else below]
    # Two decimals would put it on the other side of the border, where it is neutral.
    decimals = 4 if value == 0.50006 else 2
    assert words.labelled(six.codebook, value) == f"{label} {words.figure(value, decimals)}"


def test_a_window_is_named_after_what_it_shows(six: Dataset) -> None:
    title = window_title(six.codebook, "Boria", "roads", date(2019, 3, 4), "A site")
    assert title == f"Boria, 4 March 2019, Roads {words.DASH} A site"


def test_a_source_line_names_reach_licence_and_own_settings_where_there_are_any(
    folder: Folder,
) -> None:
    data = folder.load()
    assert data.about.licence is not None
    start = f"Source: {data.about.title}, dataset {data.version}, data to 27 October 2020"
    assert source_line(data) == f"{start}, licence {data.about.licence.name}."
    (folder.path / "about.toml").unlink()
    bare = folder.load()
    assert source_line(bare).endswith(f"dataset {bare.version}, data to 27 October 2020.")
    own = source_line(data, ["roads 2", "sea 1"])
    assert own.endswith(", not as published but with own settings (roads 2 and sea 1).")


def test_no_stance_is_no_figure(six: Dataset) -> None:
    assert words.labelled(six.codebook, NAN) == NO_POSITION


def test_the_domain_ends_a_sentence(six: Dataset) -> None:
    assert words.about_domain(six.codebook, OVERALL) == "in all fields"
    assert words.about_domain(six.codebook, "roads") == "in roads"


@pytest.mark.parametrize(("value", "printed"), [(0.0, "0 %"), (0.336, "34 %"), (1.0, "100 %")])
def test_a_share_is_in_whole_percent(value: float, printed: str) -> None:
    assert words.share(value) == printed


# -- cards, panels, hover labels -----------------------------------------------------------------


def test_a_group_in_a_line() -> None:
    figures = GroupFigures(27, 25, -1.55, -2.0, 1.28, 18, 3, -1.5)
    line = group_line(figures)
    assert re.findall(r"[\d.]+", line) == ["18", "25", "1.28", "25", "27"]
    assert "how far members differ: 1.28;" in line
    silent = GroupFigures(27, 0, NAN, NAN, NAN, 0, 0, NAN)
    assert group_line(silent) == "None of 27 members has a position"
    alone = GroupFigures(3, 1, 2.0, 2.0, 0.0, 0, 1, 2.0)
    assert "differ" not in group_line(alone)
    assert group_line(alone).endswith("1 of 3 members has a position")
    lonely = group_line(GroupFigures(1, 1, -2.0, -2.0, 0.0, 1, 0, -2.0))
    assert lonely == "1 of 1 with a position restricts; 1 of 1 member has a position"


def test_a_figure_stands_behind_its_label_whatever_the_direction(six: Dataset) -> None:
    hebrew = "\u05d0\u05d1"
    scale = replace(six.codebook.scale, labels={**six.codebook.scale.labels, -1: hebrew})
    codebook = replace(six.codebook, scale=scale)
    assert words.labelled(codebook, -1.0) == f"\u2068{hebrew}\u2069 {MINUS}1.00"
    assert words.labelled(codebook, 1.0) == f"{scale.labels[1]} +1.00"


@pytest.mark.parametrize(
    "text", ["<script>", "a & b", '"x"', "it's", "$$x$$", "[x](y)", "a\\b", "**b**"]
)
def test_escaped_text_is_the_same_text_once_read(text: str) -> None:
    escaped = escapes.html(text)
    assert html.unescape(escaped) == text
    assert not set(escaped) & set("<>\"'$\\")


def _actor(**given: Any) -> SimpleNamespace:
    row = {
        "short_name": "Arcadia & <sons>",
        "covered": True,
        "label": "Restrict",
        "stance": -1.7143,
        "old": False,
        "act_domain": "networks",
        "act_level": -2.0,
        "level_since": date(2023, 6, 22),
    }
    return SimpleNamespace(**row | given)


def test_a_hover_label_has_an_actor_in_three_lines(real: Dataset) -> None:
    lines = hover_html(real.codebook, _actor()).split("<br>")
    assert lines == [
        "<b>Arcadia &amp; &lt;sons&gt;</b>",
        f"Restrict {MINUS}1.71",
        "Restrict since 22 Jun 2023",
    ]
    old = hover_html(real.codebook, _actor(old=True), overall=True).split("<br>")
    assert old[1] == f"Restrict {MINUS}1.71, old evidence"
    where = real.codebook.domain_label("networks")
    assert old[2] == f"{where}: Restrict since 22 Jun 2023"


def test_a_hover_label_shows_a_figure_on_the_side_of_the_border_that_its_label_names(
    real: Dataset,
) -> None:
    text = [
        hover_html(real.codebook, _actor(stance=value)).split("<br>")[1]
        for value in (-1.5026, -1.51)
    ]
    assert text == [f"Restrict {MINUS}1.5026", f"Restrict {MINUS}1.51"]


def test_a_hover_label_leaves_out_what_there_is_not(real: Dataset) -> None:
    nothing = _actor(stance=NAN, level_since=None)
    assert hover_html(real.codebook, nothing).split("<br>")[1:] == [NO_POSITION]
    strange = _actor(covered=False)
    assert hover_html(real.codebook, strange).split("<br>")[1:] == [NOT_COVERED]


def test_the_hover_label_of_an_event(six: Dataset) -> None:
    row = SimpleNamespace(
        title="A <b>title</b>", date=pd.Timestamp("2020-01-01"), date_precision="day",
        instrument="order", domain="roads", score=-2,
    )  # fmt: skip
    shown = event_hover_html(six.codebook, row)
    assert shown == (
        f"<b>A &lt;b&gt;title&lt;/b&gt;</b><br>1 January 2020<br>Order, Roads, score {MINUS}2"
    )
    row.score, row.date_precision = NAN, "month"
    assert event_hover_html(six.codebook, row).endswith(
        "<br>January 2020<br>Order, Roads, not counted"
    )


# -- headlines and alt texts of the real data ----------------------------------------------------


def _of(count: int) -> str:
    return words.plural(count, "actor")


@EVERY_DOMAIN
@EVERY_DAY
def test_the_headline_counts_what_the_map_shows(real: Dataset, as_of: str, domain: str) -> None:
    levels = _levels(real, _day(real, as_of), domain)
    known, against, towards, without = _counts(real, levels)
    found = map_headline(real.codebook, levels, _of)
    if not known:
        assert found == f"There is nothing recent for any of {_of(len(levels))}."
        return
    if known == 1:
        verb = "restricts" if against else "welcomes" if towards else "neither restricts nor"
        assert f" has a position: it {verb} " in found
        return
    text = re.fullmatch(
        r"Of (\S+) actors?, (\S+) restricts? (.+) and (\S+) welcomes? it\."
        r"(?: For (\S+) more there is nothing recent\.)?",
        found,
    )
    assert text is not None, found
    counts = [_number(text[place]) for place in (1, 2, 4)]
    assert counts == [known, against, towards]
    assert (_number(text[5]) if text[5] else 0) == without
    assert text[3] == real.codebook.subject


def test_a_headline_of_few_is_a_sentence(six: Dataset) -> None:
    def found(*levels: float) -> str:
        return map_headline(six.codebook, levels, _of)

    assert found(-2.0, NAN) == (
        "One actor has a position: it restricts Acme. For one more there is nothing recent."
    )
    assert found(0.0) == "One actor has a position: it neither restricts nor welcomes Acme."
    assert found(1.0) == "One actor has a position: it welcomes Acme."
    assert found(0.0, 1.0, 2.0) == ("Of three actors, none restricts Acme and two welcome it.")
    assert found(NAN, NAN) == "There is nothing recent for any of two actors."


def test_in_a_domain_colours_are_counted_by_their_labels(six: Dataset) -> None:
    def found(*levels: float) -> str:
        return map_colours(six.codebook, levels, _of)

    assert found(-2.0, -2.0, 1.0, NAN) == (
        "Of three actors, two stand at Block, one at Admit or Promote. "
        "For one more there is nothing recent."
    )
    assert found(0.0) == "One actor has a position: Even."
    assert found(NAN) == "There is nothing recent for any of one actor."


def test_the_subtitle_says_what_is_shown_and_of_when(six: Dataset) -> None:
    shown = map_subtitle(six.codebook, "roads", date(2020, 1, 1))
    assert shown == "Where each stands in roads, 1 January 2020."


def test_what_restricts_is_told_by_the_codebook_on_a_narrow_scale_too(real: Dataset) -> None:
    narrow = replace(
        real.codebook, scale=replace(real.codebook.scale, min=-1, max=1, restricting=-1, open=1)
    )
    found = map_headline(narrow, [-1.0, -1.0, 0.0, 1.0], _of)
    assert found == "Of four actors, two restrict Huawei and one welcomes it."
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


def _ends(real: Dataset, day: date, domain: str) -> list[tuple[str, float]]:
    rows = real.position(day)
    stances = dict(rows.loc[rows["domain"] == domain, ["actor", "stance"]].to_numpy())
    names = dict(real.actors[["actor", "name"]].to_numpy())
    return [(names[code], stances[code]) for code in real.about.featured if code in stances]


@EVERY_DOMAIN
@EVERY_DAY
def test_the_alt_text_of_the_trends_tells_where_lines_end(
    real: Dataset, as_of: str, domain: str
) -> None:
    ends = _ends(real, _day(real, as_of), domain)
    alt = trend_alt(real.codebook, domain, ends)
    text = alt.partition("At the end: ")[2].rstrip(".").split("; ")
    assert text == [
        f"{name}: {words.label(real.codebook, value) if value == value else 'no current position'}"
        for name, value in ends
    ]


def test_the_alt_text_of_an_empty_chart_says_so(six: Dataset) -> None:
    assert trend_alt(six.codebook, OVERALL, []).endswith("No line is chosen.")


@EVERY_DOMAIN
@EVERY_DAY
def test_the_trend_headline_names_the_ends_of_the_order(
    tracker: Tracker, as_of: str, domain: str
) -> None:
    end = _day(tracker.data, as_of)
    names = {code: tracker.names[code] for code in tracker.data.about.featured}
    ends = line_ends(lines(tracker, list(names), domain, (date(2010, 1, 1), end)), names)
    found = trend_title(tracker, names, ends, end)
    codes = {name: code for code, name in names.items()}
    known = sorted((now, codes[name]) for name, now in ends if now == now)
    for _, code in [known[0], known[-1]] if known else []:
        assert tracker.called[code].removeprefix("the ") in found


def test_the_trend_headline_says_where_lines_end(six: Dataset) -> None:
    last = date(2026, 11, 24)

    def found(*ends: tuple[str, float]) -> str:
        return trend_headline(six.codebook, ends, last)

    day = words.day(last)
    assert found(("A", -1.8), ("B", NAN), ("C", 1.0)) == (
        "A is the strictest of the two with a position, C the mildest"
    )
    assert found(("the A", 1.0), ("B", -1.8)) == "B is stricter than the A"
    assert found(("the A", 0.0), ("B", NAN)) == f"The A on {day}: Even"
    assert found(("A", NAN), ("B", NAN)) == "A and B: no position at the end of the period"
    assert found(("A", -2.0), ("B", -2.001)) == f"B and A on {day}: Block"
    assert found(*((name, float(name > "D")) for name in "ABCDE")).startswith(
        "A, B and two others are the strictest of the five, E the mildest"
    )


def test_the_trend_headline_of_nothing_says_what_to_do(six: Dataset) -> None:
    found = trend_headline(six.codebook, [], six.today)
    assert found.startswith("Choose a country")


@EVERY_DOMAIN
def test_the_trend_subtitle_names_period_and_domain(real: Dataset, domain: str) -> None:
    shown = trend_subtitle(real.codebook, domain, date(2018, 1, 1), real.today)
    assert f"1 January 2018 to {words.day(real.today)}" in shown
    assert words.about_domain(real.codebook, domain) in shown
