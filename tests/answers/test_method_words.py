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
from stances.answers.formula import (
    WeighedDomain,
    formula_steps,
    overall_line,
    score_line,
    share_line,
    weight_line,
)
from stances.answers.sensitivity import sensitivity_alt, sensitivity_headline, sensitivity_subtitle
from stances.model.explain import ROLE_ACT, ROLE_WORD
from tests.folders import Folder
from tests.golden import Golden


def test_the_formula_is_told_with_the_figures_of_the_codebook(
    folder: Folder, golden: Golden, six: stances.Dataset
) -> None:
    # A speech weighs 1 and halves in 100 days: 0.5^(141/100) = 0.3763, 0.5^(142/100) = 0.3737.
    cases = dict(formula_steps(six.codebook))
    folder.replace("codebook.toml", "lapses_after_days = 400", "")
    folder.replace("codebook.toml", '[blind]\ncoders = ["A", "B"]\n', "")
    folder.replace("codebook.toml", "full_breadth = 2.0\n", "")
    for step, text in formula_steps(folder.load().codebook):
        if text != cases[step]:
            cases[f"{step}, without lapses, blind coders and breadth"] = text
    golden(cases)


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


def test_an_event_is_told_with_its_calculation(golden: Golden, six: stances.Dataset) -> None:
    cases = {
        "a spent act": weight_line(six.codebook, "repeal", 0, 300, 0.75),
        "one day": weight_line(six.codebook, "speech", -1, 1, 0.9931),
        "not quite all": share_line("Arcadia", "in roads", 3, 4.0312, 0.9958),
        "as it is scored": score_line(-1, -1),
        "confirms": score_line(-1, -3),
        "confirms a case": score_line(-1, -3, words.OPEN_CASE),
    }
    golden(cases)


def test_the_overall_stance_is_told_as_its_division(golden: Golden, six: stances.Dataset) -> None:
    def line(stance: float, *domains: tuple[str, float, float]) -> str:
        return overall_line(six.codebook, [WeighedDomain(*each) for each in domains], stance)

    both = ("roads", 1.521, 2.0), ("schools", 3.5, 0.7143)
    cases = {
        "two": line(1.6786, *both),
        "no position": line(math.nan, *both),
        # Those that have faded count by their presence.
        "two faded": line(1.8442, ("roads", 0.76049, 2.0), ("schools", 0.125, -1.0)),
        # What is known in little is divided by full breadth.
        "one": line(0.5, ("schools", 3.0, 1.0)),
        # Two thirds of full evidence is left of both sides of the division.
        "one faded": line(0.5, ("schools", 1.0, 1.0)),
    }
    golden(cases)


def test_what_settings_change(golden: Golden, six: stances.Dataset) -> None:
    rows = [SimpleNamespace(name=f"N{i}", published=-2.0, stance=1.0) for i in range(7)]
    changes = [(0, 0), (0, 1), (1, 2), (13, 0)]
    cases = {
        f"labels {flips}, figures {moved}": sensitivity_headline(flips, 61, moved)
        for flips, moved in changes
    }
    cases |= {
        f"below, tau {tau}": sensitivity_subtitle(six.codebook, "overall", six.today, tau)
        for tau in (0.9123, math.nan)
    }
    golden(cases | {"alt": sensitivity_alt(six.codebook, rows)})


def test_coverage_in_words(golden: Golden, six: stances.Dataset) -> None:
    totals = [("Arcadia", 3), ("Boria", 2), ("Caldon", 0)]
    cases = {
        "alt": coverage_alt("events", totals, 2020, 2023),
        "half of the events": coverage_subtitle(6, 4, 3, six.today),
        "no event": coverage_subtitle(0, 4, 0, six.today),
        "all events": coverage_subtitle(6, 3, 6, six.today),
        "none without": coverage_headline(4, 0, 2, six.today),
        "many of all": dataset_headline(968, 852, 1776, 83),
        "one of all": dataset_headline(1, 0, 1, 1),
        "none of any": dataset_headline(0, 0, 0, 3),
    }
    golden(cases)


def test_agreement_in_words(golden: Golden) -> None:
    def line(difference: float) -> str:
        row = SimpleNamespace(n=84, exact=0.56, within_one=0.88, mean_difference=difference)
        return outside_line(row, 20)

    none = SimpleNamespace(n=0, exact=np.nan, within_one=np.nan, mean_difference=np.nan)
    cases = {
        "alphas": alphas_line([("A", "B", 0.98774), ("A", "first", np.nan)]),
        "more open": line(0.2976),
        "more restrictive": line(-0.5),
        "neither": line(0.001),
        "none compared": outside_line(none, 2),
        "ceiling": ceiling_line(Ceiling(12, 71, 0.676, 0.859)),
        "no ceiling": ceiling_line(Ceiling(12, 0, np.nan, np.nan)),
    }
    golden(cases)


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
