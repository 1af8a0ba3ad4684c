"""Every sentence about a figure, held against the figures themselves.

The texts of the page of data and method have a file of their own.
"""

from __future__ import annotations

import html
import math
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from stances import Dataset, escapes, words
from stances.answers.citing import source_line
from stances.answers.happened import Move, moves
from stances.answers.history import (
    event_hover_html,
    line_ends,
    lines,
    trend_alt,
    trend_found,
    trend_headline,
    trend_subtitle,
)
from stances.answers.standing import (
    group_line,
    hover_html,
    map_alt,
    map_headline,
    map_subtitle,
    open_words,
    restricting_words,
)
from stances.answers.tracker import Tracker
from stances.answers.views import window_title
from stances.dataset.codebook import NO_POSITION, NOT_COVERED, OVERALL
from stances.model.changes import HELD
from stances.model.groups import GroupFigures, group_figures

NAN = math.nan
MINUS = "\N{MINUS SIGN}"
WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
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


@pytest.mark.parametrize(("count", "word"), [(1, "one"), (10, "ten"), (11, "11"), (1776, "1,776")])
def test_counts_are_words_up_to_ten(count: int, word: str) -> None:
    assert words.number(count) == word
    assert words.number(count, start=True) == word.capitalize()


def test_a_noun_follows_its_count() -> None:
    assert words.plural(1, "event") == "one event"
    assert words.plural(0, "event", start=True) == "No events"
    assert words.plural(12, "more event") == "12 more events"


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


def test_a_source_line_names_licence_and_own_settings_where_there_are_any() -> None:
    assert source_line("A site", "v1", "CC0", []) == "Source: A site, dataset v1, licence CC0."
    assert source_line("A site", "v1", "", []) == "Source: A site, dataset v1."
    own = source_line("A site", "v1", "", ["roads 2", "sea 1"])
    assert own.endswith(", not as published but with own settings (roads 2 and sea 1).")


def test_no_stance_is_no_figure(six: Dataset) -> None:
    assert words.labelled(six.codebook, NAN) == NO_POSITION


def test_the_domain_ends_a_sentence(six: Dataset) -> None:
    assert words.about_domain(six.codebook, OVERALL) == "over all domains"
    assert words.about_domain(six.codebook, "roads") == "in roads"


def test_the_words_of_restricting_and_open_are_those_that_groups_count(
    real: Dataset, six: Dataset
) -> None:
    assert restricting_words(real.codebook) == "Restrict or Exclude"
    assert open_words(real.codebook) == "Open or Cooperate or Champion"
    assert restricting_words(six.codebook) == "Block"
    assert open_words(six.codebook) == "Admit or Promote"


@pytest.mark.parametrize(("value", "printed"), [(0.0, "0 %"), (0.336, "34 %"), (1.0, "100 %")])
def test_a_share_is_in_whole_percent(value: float, printed: str) -> None:
    assert words.share(value) == printed


# -- cards, panels, hover labels -----------------------------------------------------------------


def test_a_group_in_a_line() -> None:
    figures = GroupFigures(27, 25, -1.55, -2.0, 1.28, 18, 3)
    line = group_line(figures)
    assert re.findall(r"[\d.]+", line) == ["18", "25", "1.28", "25", "27"]
    assert "how far members differ: 1.28;" in line
    silent = GroupFigures(27, 0, NAN, NAN, NAN, 0, 0)
    assert group_line(silent) == "None of 27 members has a position"
    alone = GroupFigures(3, 1, 2.0, 2.0, 0.0, 0, 1)
    assert "differ" not in group_line(alone)
    assert group_line(alone).endswith("1 of 3 members has a position")
    lonely = group_line(GroupFigures(1, 1, -2.0, -2.0, 0.0, 1, 0))
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
        "fading": False,
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
    fading = hover_html(real.codebook, _actor(fading=True), overall=True).split("<br>")
    assert fading[1] == f"Restrict {MINUS}1.71, fading"
    where = real.codebook.domain_label("networks")
    assert fading[2] == f"{where}: Restrict since 22 Jun 2023"


def test_a_hover_label_shows_a_figure_on_the_side_of_the_border_that_its_label_names(
    real: Dataset,
) -> None:
    told = [
        hover_html(real.codebook, _actor(stance=value)).split("<br>")[1]
        for value in (-1.5026, -1.51)
    ]
    assert told == [f"Restrict {MINUS}1.5026", f"Restrict {MINUS}1.51"]


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


@EVERY_DOMAIN
@EVERY_DAY
def test_the_headline_counts_what_the_map_shows(real: Dataset, as_of: str, domain: str) -> None:
    day = _day(real, as_of)
    levels = _levels(real, day, domain)
    known, against, towards, _ = _counts(real, levels)
    found = map_headline(real.codebook, levels, domain, day)
    if not known:
        assert found.startswith(f"No actor has a current position on {real.codebook.subject} ")
        assert words.day(day) in found
        return
    told = re.fullmatch(
        r"(\S+) of (\S+) actors? with a position restricts? (.+) \(.+\), "
        r"(\S+) (?:is|are) open to it \(.+\)",
        found,
    )
    assert told is not None, found
    counts = [_number(told[place]) for place in (1, 2, 4)]
    assert counts == [against, known, towards]
    assert told[3] == real.codebook.subject


def test_a_headline_of_few_is_a_sentence(six: Dataset) -> None:
    subject = f"{six.codebook.subject} ({restricting_words(six.codebook)})"
    open_ = f"open to it ({open_words(six.codebook)})"

    def found(*levels: float) -> str:
        return map_headline(six.codebook, levels, OVERALL, date(2020, 1, 1))

    assert found(-2.0, NAN) == (
        f"One of one actor with a position restricts {subject}, none is {open_}"
    )
    assert found(0.0, 1.0, 2.0) == (
        f"None of three actors with a position restricts {subject}, two are {open_}"
    )
    assert found(-2.0, -2.0, 1.0) == (
        f"Two of three actors with a position restrict {subject}, one is {open_}"
    )


@EVERY_DOMAIN
@EVERY_DAY
def test_the_subtitle_says_of_when_and_how_many_are_silent(
    real: Dataset, as_of: str, domain: str
) -> None:
    day = _day(real, as_of)
    levels = _levels(real, day, domain)
    shown = map_subtitle(real.codebook, levels, domain, day)
    assert f"{words.about_domain(real.codebook, domain)}, {words.day(day)};" in shown
    told = re.search(r"(\S+) of (\S+) actors? (has|have) no position\.$", shown)
    assert told is not None, shown
    without = _counts(real, levels)[3]
    assert (_number(told[1]), _number(told[2])) == (without, len(levels))


def test_a_subtitle_of_few_is_a_sentence(six: Dataset) -> None:
    def shown(*levels: float) -> str:
        return map_subtitle(six.codebook, levels, "roads", date(2020, 1, 1))

    assert shown(-2.0, NAN).endswith("; one of two actors has no position.")
    assert shown(NAN, NAN).endswith("; two of two actors have no position.")
    assert shown(1.0, 2.0).endswith("; none of two actors has no position.")
    assert shown(1.0).endswith("; none of one actor has no position.")


def test_what_restricts_is_told_by_the_codebook_on_a_narrow_scale_too(real: Dataset) -> None:
    day = date(2020, 1, 1)
    narrow = replace(
        real.codebook, scale=replace(real.codebook.scale, min=-1, max=1, restricting=-1, open=1)
    )
    found = map_headline(narrow, [-1.0, -1.0, 0.0, 1.0], OVERALL, day)
    told = "Two of four actors with a position restrict Huawei (Caution), one is open to it (Open)"
    assert found == told
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
    numbers = re.findall(r" (\d+)\b", alt.partition("Number of actors:")[2])
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
    told = alt.partition("At the end: ")[2].rstrip(".").split("; ")
    assert told == [
        f"{name} {words.figure(value, 2) if value == value else 'none'}" for name, value in ends
    ]


def test_the_alt_text_of_an_empty_chart_says_so(six: Dataset) -> None:
    assert trend_alt(six.codebook, OVERALL, []).endswith("No actor is chosen.")


TWENTY = [date(2017 + number // 2, 1 + 6 * (number % 2), 15) for number in range(19)]


@EVERY_DOMAIN
@pytest.mark.parametrize("last", [*TWENTY, None], ids=str)
def test_the_trend_headline_never_names_a_move_that_time_alone_made(
    tracker: Tracker, last: date | None, domain: str
) -> None:
    end = last or tracker.data.today
    period = end - timedelta(days=365), end
    names = {code: tracker.names[code] for code in tracker.data.about.featured}
    ends = line_ends(lines(tracker, list(names), domain, period), names)
    found = trend_found(tracker, names, ends, domain, period)
    deeds = {move.name: move.done for move in moves(tracker, *period, domain) if move.known}
    most = max((abs(deeds.get(name, 0.0)) for name in names.values()), default=0.0)
    if " moved most" in found:
        named = [name for name in names.values() if name in found.partition(" moved most")[0]]
        assert named
        assert all(deeds[name] for name in named)
    else:
        assert not most
        known = sorted((now, name) for name, now in ends if now == now)
        for now, _ in [known[0], known[-1]] if known else []:
            assert words.labelled(tracker.codebook, now) in found


def _move(name: str, then: float, now: float, done: float) -> Move:
    time = round(now - then - done, 2) + 0.0
    return Move(name, name, then, now, HELD, done, time)


def test_the_trend_headline_goes_by_what_was_done(six: Dataset) -> None:
    first, last = date(2020, 1, 1), date(2021, 1, 1)

    def found(*moves: Move) -> str:
        ends = [(move.name, move.now) for move in moves]
        return trend_headline(six.codebook, moves, set(), ends, (first, last))

    assert found(_move("A", 0.0, 1.0, 1.0), _move("B", 0.0, -1.0, -1.0)) == (
        "From 1 January 2020 to 1 January 2021 A and B moved most, by 1.00 points each"
    )
    # B went further, but by time alone.
    told = found(_move("A", 0.0, -1.0, -1.0), _move("B", 2.0, 0.0, 0.0))
    assert told == (
        "From 1 January 2020 to 1 January 2021 A moved most by what was done, from Even to Limit"
    )
    assert found(_move("A", 0.0, 0.2, 0.0)) == (
        "A on 1 January 2021: Even +0.20; nothing done since 1 January 2020 moved it"
    )
    assert found(_move("A", 0.0, 0.2, 0.0), _move("B", 1.0, 1.0, 0.0)).endswith(
        "B the least, Admit +1.00; nothing done since 1 January 2020 moved a stance"
    )


def test_where_no_move_can_be_told_the_trend_headline_says_where_lines_end(six: Dataset) -> None:
    first, last = date(2010, 1, 1), date(2026, 11, 24)

    def found(*ends: tuple[str, float]) -> str:
        return trend_headline(six.codebook, [], set(), ends, (first, last))

    day = words.day(last)
    assert found(("A", -1.8), ("B", NAN), ("C", 1.0)) == (
        f"On {day} A is the most restrictive of them, {words.labelled(six.codebook, -1.8)}, "
        f"C the least, {words.labelled(six.codebook, 1.0)}"
    )
    assert found(("A", 0.0), ("B", NAN)) == f"A on {day}: {words.labelled(six.codebook, 0.0)}"
    assert found(("A", NAN), ("B", NAN)) == "A and B: no position at the end of the period"
    assert found(("A", -2.0), ("B", -2.001)) == (
        f"B and A on {day}: {words.labelled(six.codebook, -2.0)}"
    )
    assert found(*((name, float(name > "D")) for name in "ABCDE")).startswith(
        f"On {day} A, B and two others are the most restrictive of them, "
    )


def test_the_trend_headline_of_nothing_says_what_to_do(six: Dataset) -> None:
    found = trend_headline(six.codebook, [], set(), [], (date(2018, 1, 1), six.today))
    assert found.startswith("Choose an actor")


@EVERY_DOMAIN
def test_the_trend_subtitle_names_period_and_domain(real: Dataset, domain: str) -> None:
    shown = trend_subtitle(real.codebook, domain, date(2018, 1, 1), real.today)
    assert f"1 January 2018 to {words.day(real.today)}" in shown
    assert words.about_domain(real.codebook, domain) in shown
