"""Sentences of the page of data and method: they agree with the figures that they are made from."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import stances
from stances import escapes, words
from stances.answers.agreement import Ceiling, alphas_line, ceiling_line, outside_line
from stances.answers.coverage import (
    coverage_alt,
    coverage_headline,
    coverage_subtitle,
    dataset_headline,
)
from stances.answers.sensitivity import sensitivity_alt, sensitivity_headline, sensitivity_subtitle
from stances.answers.worked import (
    WeighedDomain,
    formula_steps,
    overall_line,
    score_line,
    share_line,
    weight_line,
)
from stances.model.explain import ROLE_ACT, ROLE_WORD
from tests.folders import Folder


def test_the_formula_is_told_with_the_figures_of_the_codebook(six: stances.Dataset) -> None:
    text = dict(formula_steps(six.codebook))
    assert "It weighs 3 and does not fade" in text["The act in force"]
    assert "it lapses (Permit above 0: 400 days after it)" in text["The act in force"]
    assert "weight of 1.5 and a half-life of 300 days" in text["The act in force"]
    assert "Unless it is above 0.375 there is no current position" in text["The stance"]
    assert "sure 0, likely 0.25, doubtful 1" in text["The coding band"]
    assert "a coder gave who saw no other score" in text["The coding band"]
    assert "together weigh less than 2 are little to go by" in text["Overall"]
    assert "Roads 3, Schools 1" in text["Overall"]
    assert "evidence / 1.5, at most 1" in text["Overall"]
    assert "+1.5 is Admit, \N{MINUS SIGN}1.5 is Limit" in text["The label"]


def test_a_lone_word_makes_no_position_from_the_day_that_is_told(
    six: stances.Dataset,
) -> None:
    # A speech weighs 1 and halves in 100 days: 0.5^(141/100) = 0.3763, 0.5^(142/100) = 0.3737.
    assert (
        "a lone speech makes none from 142 days on"
        in dict(formula_steps(six.codebook))["The stance"]
    )


def test_without_lapses_no_lapse_is_told(folder: Folder) -> None:
    folder.replace("codebook.toml", "lapses_after_days = 400", "")
    text = dict(formula_steps(folder.load().codebook))["The act in force"]
    assert "until another binding act takes its place or its end date is reached;" in text


def test_a_weight_is_told_by_the_calculation_that_gives_it(real: stances.Dataset) -> None:
    """Every word and act of every actor on a day: what is told must be what the model counts."""
    day, checked = pd.Timestamp("2021-06-01"), 0
    for actor in real.model.actors[::7]:
        for row in real.model.explain(actor, "overall", day.date()).itertuples(index=False):
            days = (day - row.date).days
            line = weight_line(real.codebook, row.instrument, row.score, days, row.weight)
            if row.role == ROLE_ACT:
                assert f"in force it weighs {row.weight:g}" in line
                continue
            calculation = line.rsplit(": ", 1)[1].rstrip(".").replace(",", "")
            left, right = calculation.replace(words.TIMES, "*").replace("^", "**").split(" = ")
            weight, base, age, half = (float(part) for part in left.translate(_SIGNS).split())
            assert weight * base ** (age / half) == pytest.approx(float(right), abs=6e-5)
            checked += row.role == ROLE_WORD
    assert checked


# What stands between the numbers of a weight's calculation.
_SIGNS = str.maketrans("*/()", "    ")


def test_a_spent_act_is_told_with_its_own_weight(six: stances.Dataset) -> None:
    line = weight_line(six.codebook, "repeal", 0, 300, 0.75)
    assert line.startswith("Repeal is binding, but of score 0: it weighs 1.5 on its day")
    assert line.endswith("1.5 \N{MULTIPLICATION SIGN} 0.5^(300 / 300) = 0.7500.")


def test_one_day_has_passed(six: stances.Dataset) -> None:
    line = weight_line(six.codebook, "speech", -1, 1, 0.9931)
    assert "One day has passed: " in line


def test_a_share_that_is_not_quite_all_is_not_told_as_all() -> None:
    text = share_line("Arcadia", "in roads", 3, 4.0312, 0.9958)
    assert text.endswith("the share of this one is 99.6 %.")


def test_a_word_that_confirms_says_so() -> None:
    assert score_line(-1, -1) == "It counts as it is scored, \N{MINUS SIGN}1."
    confirmed = score_line(-1, -3)
    assert "direction of the act in force" in confirmed
    assert "confirms that and counts with its score, \N{MINUS SIGN}3" in confirmed
    assert "direction of the open case" in score_line(-1, -3, words.OPEN_CASE)


def test_the_overall_stance_is_told_as_its_division(six: stances.Dataset) -> None:
    domains = [WeighedDomain("roads", 1.521, 2.0), WeighedDomain("schools", 3.5, 0.7143)]
    line = overall_line(six.codebook, domains, 1.6786)
    assert "(3 \N{MULTIPLICATION SIGN} +2.0000 + 1 \N{MULTIPLICATION SIGN} +0.7143) / 4" in line
    assert line.endswith("= +1.6786, so Promote +1.68.")
    assert "no overall position" in overall_line(six.codebook, domains, math.nan)


def test_a_domain_that_has_faded_is_told_with_its_presence(six: stances.Dataset) -> None:
    domains = [WeighedDomain("roads", 0.76049, 2.0), WeighedDomain("schools", 0.125, -1.0)]
    times, line = words.TIMES, overall_line(six.codebook, domains, 1.8442)
    assert f"3 {times} 0.5070 {times} +2.0000 + 1 {times} 0.0833 {times} " in line
    assert "/ 1.6043 = +1.8442, so Promote" in line


def test_an_overall_stance_known_in_little_is_divided_by_full_breadth(
    six: stances.Dataset,
) -> None:
    whole = overall_line(six.codebook, [WeighedDomain("schools", 3.0, 1.0)], 0.5)
    assert "divided by 2 times the presence of the best known, which is more" in whole
    assert f"(1 {words.TIMES} +1.0000) / 2 = +0.5000, so Even" in whole
    # Two thirds of full evidence is left of both sides of the division.
    faded = overall_line(six.codebook, [WeighedDomain("schools", 1.0, 1.0)], 0.5)
    assert f"(1 {words.TIMES} 0.6667 {words.TIMES} +1.0000) / 1.3333 = +0.5000" in faded


def test_without_blind_coders_and_breadth_neither_is_told(folder: Folder) -> None:
    folder.replace("codebook.toml", '[blind]\ncoders = ["A", "B"]\n', "")
    folder.replace("codebook.toml", "full_breadth = 2.0\n", "")
    text = dict(formula_steps(folder.load().codebook))
    assert "blind" not in text["The coding band"]
    assert "saw no other" not in text["The coding band"]
    assert "little to go by" not in text["Overall"]


@pytest.mark.parametrize(
    ("flips", "moved", "text"),
    [
        (0, 0, "Nothing moves under your settings"),
        (0, 1, "No label changes; one of 61 figures moves"),
        (1, 2, "One label changes; two of 61 figures move"),
        (13, 0, "13 labels change; no figure moves"),
    ],
)
def test_what_settings_change(flips: int, moved: int, text: str) -> None:
    assert sensitivity_headline(flips, 61, moved) == text


def test_an_order_that_there_is_not_has_no_tau(six: stances.Dataset) -> None:
    day = six.today
    assert "no order" in sensitivity_subtitle(six.codebook, "overall", day, math.nan)
    assert "tau 0.91 (" in sensitivity_subtitle(six.codebook, "overall", day, 0.9123)


def test_alt_texts_name_the_largest_and_count_the_rest(six: stances.Dataset) -> None:
    rows = [SimpleNamespace(name=f"N{i}", published=-2.0, stance=1.0) for i in range(7)]
    text = sensitivity_alt(six.codebook, rows)
    assert "N4 from Block \N{MINUS SIGN}2.00 to Admit +1.00; and two more." in text
    assert "N5" not in text
    totals = [("Arcadia", 3), ("Boria", 2), ("Caldon", 0)]
    text = coverage_alt("events", totals, 2020, 2023)
    assert "Arcadia 3, Boria 2 and Caldon 0; one without any" in text


def test_how_uneven_coverage_is_needs_an_event(six: stances.Dataset) -> None:
    assert "50 % of them" in coverage_subtitle(6, 4, 3, six.today)
    assert "of them" not in coverage_subtitle(0, 4, 0, six.today)
    assert "of them" not in coverage_subtitle(6, 3, 6, six.today)
    assert coverage_headline(4, 0, 2, six.today).startswith("None of four actors has no event")


def test_alphas_are_told_for_each_pair_and_missing_ones_as_none() -> None:
    text = alphas_line([("A", "B", 0.98774), ("A", "first", np.nan)])
    assert text.endswith("A and B 0.99; A and the first coding none")


@pytest.mark.parametrize(
    ("sizes", "text"),
    [
        ((968, 852, 1776, 83), "968 events, 852 of them scored, from 1,776 sources, on 83 actors"),
        ((1, 0, 1, 1), "One event, none of them scored, from one source, on one actor"),
        ((0, 0, 0, 3), "No events from no sources, on three actors"),
    ],
)
def test_the_dataset_is_told_with_what_of_it_is_scored(
    sizes: tuple[int, int, int, int], text: str
) -> None:
    assert dataset_headline(*sizes) == text


@pytest.mark.parametrize(
    ("difference", "text"),
    [
        (0.2976, "0.30 points higher (more open)"),
        (-0.5, "0.50 points lower (more restrictive)"),
        (0.001, "neither higher nor lower"),
    ],
)
def test_which_way_we_differ_from_others(difference: float, text: str) -> None:
    row = SimpleNamespace(n=84, exact=0.56, within_one=0.88, mean_difference=difference)
    assert outside_line(row, 20).endswith(f"on average ours is {text}")


def test_lists_that_cannot_be_compared_say_so() -> None:
    row = SimpleNamespace(n=0, exact=np.nan, within_one=np.nan, mean_difference=np.nan)
    assert "can be compared" in outside_line(row, 2)
    assert "cannot be told" in ceiling_line(Ceiling(12, 0, np.nan, np.nan))


def test_the_ceiling_is_told_with_its_pairs_and_months() -> None:
    text = ceiling_line(Ceiling(12, 71, 0.676, 0.859))
    assert "71 pairs" in text
    assert "at most 12 months apart, 68 % say the same and 86 % are at most one point" in text


def test_a_label_of_a_control_has_nothing_to_run() -> None:
    assert escapes.label("*a* [b](c) $d$ :red[e]") == r"\*a\* \[b\](c) \$d\$ \:red\[e\]"
    assert escapes.label("&lt; <b> :smile: :a_b") == r"\&lt; \<b> \:smile\: \:a\_b"
    assert [escapes.label(wording) for wording in ("# a", "- a", "12. a", "1) a")] == (
        [r"\# a", r"\- a", r"12\. a", r"1\) a"]
    )


@pytest.mark.parametrize(
    "label", ["Half-lives, multiplied by (1)", "R&D: 5G, law + order (0.5)!", "A > B #2", "3.0 %"]
)
def test_a_label_that_is_no_markdown_is_left_as_it_is(label: str) -> None:
    assert escapes.label(label) == label
