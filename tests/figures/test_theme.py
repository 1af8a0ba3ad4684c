from __future__ import annotations

from itertools import combinations, pairwise, product

import numpy as np
import pytest

from stances.figures.theme import (
    BOTH,
    CLASS_COLORS,
    DARK,
    LIGHT,
    Theme,
    colorscale,
    faded_level,
    ink_on,
    level_range,
    no_position_level,
    not_covered_level,
    theme,
)
from tests.figures.colour import VISION, appearance, ciede2000, contrast

THEMES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.mode)
# Pairs 1, 7, 9, 11, 13, 16, 17, 19, 25, 29, 31 and 34 of Sharma, Wu and Dalal's test data.
SHARMA = [
    ((50.0000, 2.6772, -79.7751), (50.0000, 0.0000, -82.7485), 2.0425),
    ((50.0000, 0.0000, 0.0000), (50.0000, -1.0000, 2.0000), 2.3669),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0009), 7.1792),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0011), 7.2195),
    ((50.0000, -0.0010, 2.4900), (50.0000, 0.0009, -2.4900), 4.8045),
    ((50.0000, 2.5000, 0.0000), (50.0000, 0.0000, -2.5000), 4.3065),
    ((50.0000, 2.5000, 0.0000), (73.0000, 25.0000, -18.0000), 27.1492),
    ((50.0000, 2.5000, 0.0000), (56.0000, -27.0000, -3.0000), 31.9030),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


def _must_differ(palette: Theme) -> list[tuple[str, str]]:
    classes = list(CLASS_COLORS.values())
    greys = (palette.no_position, palette.not_covered)
    pairs = [*pairwise(classes), greys]
    pairs += [(color, grey) for color in classes for grey in greys]
    pairs += [(color, palette.sea) for color in (*classes, *greys)]
    return pairs


@pytest.mark.parametrize(("one", "other", "difference"), SHARMA)
def test_difference_follows_the_published_data(
    one: tuple[float, ...], other: tuple[float, ...], difference: float
) -> None:
    assert ciede2000(one, other) == pytest.approx(difference, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(difference, abs=5e-5)


@THEMES
def test_a_label_can_be_read_on_the_colour_of_its_class(palette: Theme) -> None:
    for level, color in CLASS_COLORS.items():
        assert contrast(palette.on_level(level), color) >= 4.5
        assert contrast(ink_on(palette.paler_color(level)), palette.paler_color(level)) >= 4.5


def test_the_ink_on_a_colour_of_either_scheme_is_that_of_each() -> None:
    for level in CLASS_COLORS:
        light, dark = (ink_on(palette.paler_color(level)) for palette in (LIGHT, DARK))
        either = light if light == dark else f"light-dark({light}, {dark})"
        assert ink_on(BOTH.paler_color(level)) == either


@THEMES
@pytest.mark.parametrize("vision", VISION)
def test_classes_greys_and_sea_differ_in_every_vision(palette: Theme, vision: str) -> None:
    near = {
        (one, other): round(difference, 1)
        for one, other in _must_differ(palette)
        if (difference := ciede2000(appearance(one, vision), appearance(other, vision))) < 10
    }
    assert near == {}


@THEMES
@pytest.mark.parametrize("vision", VISION)
def test_paler_colours_differ_from_all_others_in_every_vision(palette: Theme, vision: str) -> None:
    others = [*CLASS_COLORS.values(), palette.no_position, palette.not_covered, palette.sea]
    pairs = [*combinations(palette.faded, 2), *product(palette.faded, others)]
    near = {
        (one, other): round(difference, 1)
        for one, other in pairs
        if (difference := ciede2000(appearance(one, vision), appearance(other, vision))) < 6.5
    }
    assert near == {}


@THEMES
def test_paler_colours_are_nearer_to_the_sea(palette: Theme) -> None:
    for level, color in CLASS_COLORS.items():
        own, paler, sea = (
            appearance(each, "normal") for each in (color, palette.faded_color(level), palette.sea)
        )
        assert np.hypot(*paler[1:]) < 0.86 * np.hypot(*own[1:])
        assert abs(paler[0] - sea[0]) < max(abs(own[0] - sea[0]), 15)


def test_classes_lighten_towards_the_middle() -> None:
    lightness = [appearance(CLASS_COLORS[level], "normal")[0] for level in sorted(CLASS_COLORS)]
    assert lightness[:4] == sorted(lightness[:4])
    assert lightness[3:] == sorted(lightness[3:], reverse=True)


@THEMES
def test_lines_and_texts_are_readable(palette: Theme) -> None:
    for color in (*palette.lines, palette.ink, palette.muted, palette.accent):
        assert contrast(color, palette.background) >= 4.5, color


@THEMES
@pytest.mark.parametrize("vision", VISION)
def test_lines_differ_in_every_vision(palette: Theme, vision: str) -> None:
    for one, other in combinations(palette.lines, 2):
        assert ciede2000(appearance(one, vision), appearance(other, vision)) >= 8, (one, other)


def test_colorscale_gives_each_code_its_flat_band() -> None:
    levels = range(-3, 4)
    low, high = level_range(levels)
    scale = colorscale(levels, "light")
    beyond = not_covered_level(levels)
    for code in (*levels, no_position_level(levels)):
        at = (code - low) / (high - low)
        below = [color for edge, color in scale if edge < at][-1]
        above = next(color for edge, color in scale if edge > at)
        assert below == above == LIGHT.level_color(code if code in levels else float("nan"))
    after = [color for edge, color in scale if edge > (beyond - low) / (high - low)]
    assert after == [LIGHT.not_covered, *(color for color in LIGHT.faded for _ in range(2))]


def test_a_fading_level_has_a_code_of_its_own() -> None:
    levels = range(-3, 4)
    codes = [faded_level(level, levels) for level in levels]
    assert codes == list(range(not_covered_level(levels) + 1, int(level_range(levels)[1]) + 1))


def test_a_narrower_scale_takes_the_middle_of_the_palette() -> None:
    colors = {color for _, color in colorscale(range(-1, 2), "dark")}
    greys = {DARK.no_position, DARK.not_covered}
    classes = {CLASS_COLORS[-1], CLASS_COLORS[0], CLASS_COLORS[1]}
    assert colors == classes | greys | {DARK.faded_color(level) for level in range(-1, 2)}


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(KeyError):
        theme("sepia")
