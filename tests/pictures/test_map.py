"""The map as a picture: colours, stripes, outlines, words and their room."""

from __future__ import annotations

import math
from xml.etree import ElementTree as Xml

import pytest

from stances import Dataset
from stances.answers.practice import outline_words
from stances.answers.standing import Standing, standings
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, NOT_COVERED
from stances.figures.map import map_legend
from stances.figures.theme import OLD_LABEL, theme
from stances.filters.map import lead_on
from stances.markup.legend import legend_html
from tests.figures.colour import contrast
from tests.folders import HOSTILE, TODAY, Folder, load
from tests.payloads import PAYLOADS
from tests.pictures.drawings import SITE, SVG, at_home, collisions, outside, shapes, svg_of, texts

MODES = pytest.mark.parametrize("mode", ["light", "dark"])
SLOW = pytest.mark.slow
# An act and its confirmation; a permit alone; hardly anything left of what was said; nothing yet.
DAYS = ("2020-04-10", "2020-03-01", "2022-06-18", "2019-12-31")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return at_home(Folder(tmp_path_factory.mktemp("home") / "six"))


def _fill(row: Standing, mode: str) -> str:
    palette = theme(mode)
    if math.isnan(row.stance):
        return f"url(#hatch-{mode})"
    level = int(row.level)
    return f"url(#fading-{mode}-{level + 3})" if row.old else palette.level_color(level)


@MODES
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("domain", ["roads", "overall"])
def test_every_country_has_the_colour_of_its_class(
    home: Dataset, day: str, domain: str, mode: str
) -> None:
    svg = svg_of(home, "map", mode, as_of=day, domain=domain)
    rows = standings(Tracker(home), home.day(day), domain)
    drawn = shapes(svg)
    expected = {row.actor: {_fill(row, mode)} for row in rows if row.covered}
    assert {actor: drawn[actor] for actor in expected} == expected
    others = [fills for actor, fills in drawn.items() if actor not in expected]
    assert others == [{theme(mode).not_covered}] * len(others)


@MODES
def test_stripes_are_there_to_fill_with(home: Dataset, mode: str) -> None:
    svg = svg_of(home, "map", mode, as_of="2022-06-18")
    patterns = {fill[5:-1] for fills in shapes(svg).values() for fill in fills if fill[:3] == "url"}
    assert patterns
    assert patterns <= {pattern.attrib["id"] for pattern in svg.iter(f"{SVG}pattern")}


def _outlines(svg: Xml.Element, actor: str) -> set[tuple[str, str]]:
    return {
        (element.attrib["stroke"], element.attrib["stroke-width"])
        for element in svg.iter()
        if element.attrib.get("data-actor") == actor
    }


def test_an_act_in_force_has_an_outline_and_a_chosen_actor_a_frame(home: Dataset) -> None:
    palette, day = theme("light"), "2020-04-10"
    assert (palette.outline, "2") in _outlines(svg_of(home, "map", as_of=day), "POL")
    assert (palette.border, "0.6") in _outlines(svg_of(home, "map", as_of="2020-12-01"), "POL")
    framed = svg_of(home, "map", as_of=day, actor="FRA")
    assert (palette.accent, "3") in _outlines(framed, "FRA")
    assert any(text.startswith("Boria: ") for text in texts(framed))


def test_what_it_says_is_what_the_page_says(home: Dataset) -> None:
    day = home.day("2020-04-10")
    svg = svg_of(home, "map", as_of=str(day), domain="roads")
    lines = " ".join(texts(svg))
    for sentence in lead_on(Tracker(home), day, "roads", "europe"):
        assert sentence in lines
    legend = [*home.codebook.scale.labels.values(), NO_POSITION, NOT_COVERED, OLD_LABEL]
    assert set(legend) <= set(texts(svg))
    assert f"{SITE}/?as_of={day}" in texts(svg)
    assert home.about.title in lines
    assert home.version in lines


def test_page_and_pictures_have_one_legend(home: Dataset) -> None:
    day, before = "2020-04-10", "2020-03-01"
    lines = {
        "page": legend_html(Tracker(home)),
        "picture": " ".join(texts(svg_of(home, "map", as_of=day))),
        "two days": " ".join(texts(svg_of(home, "map", as_of=day, before=before))),
    }
    legend = [each.text for each in map_legend(home.codebook.scale, outline_words(home.codebook))]
    assert len(set(legend)) == len(legend) > len(home.codebook.scale.levels)
    for place, text in lines.items():
        order = [text.find(entry) for entry in legend]
        assert order == sorted(order), place
        assert order[0] >= 0, place


@MODES
def test_a_label_stands_on_the_colour_of_its_country(home: Dataset, mode: str) -> None:
    # It may be wider than the country: beside it is the sea, dark or light as the letters are.
    svg = svg_of(home, "map", mode, as_of="2020-04-10")
    group = next(each for each in svg.iter(f"{SVG}g") if each.get("class") == "codes")
    labels = list(group)
    assert {label.text for label in labels} <= {*home.actors["actor"], *home.actors["short_name"]}
    assert labels
    for label in labels:
        assert contrast(label.attrib["fill"], label.attrib["stroke"]) >= 3
        stroke = float(label.attrib["stroke-width"]) / 2
        assert stroke >= 0.2 * float(label.attrib["font-size"])


def test_it_says_what_is_left_out_and_what_a_reader_changed(home: Dataset) -> None:
    acts = " ".join(texts(svg_of(home, "map", basis="acts")))
    assert "What binds alone: words are left out." in acts
    assert "own settings" in " ".join(texts(svg_of(home, "map", settings="roads:1")))


@pytest.mark.parametrize("mode", ["light", pytest.param("dark", marks=SLOW)])
@pytest.mark.parametrize("view", ["europe", "world"])
@pytest.mark.parametrize(
    "day", ["2019-03-04", *(pytest.param(day, marks=SLOW) for day in ("2013-06-30", "latest"))]
)
def test_no_text_of_the_real_map_is_cut_or_runs_into_another(
    real: Dataset, view: str, day: str, mode: str
) -> None:
    query = {} if day == "latest" else {"as_of": day}
    svg = svg_of(real, "map", mode, view=view, **query)
    assert not outside(svg)
    codes = set(real.actors["actor"])
    met = [pair for pair in collisions(svg) if not codes.intersection(pair)]
    assert not met


def test_texts_of_the_data_stay_texts() -> None:
    svg = svg_of(load(HOSTILE, today=TODAY), "map", as_of="2020-07-01", actor="ARC")
    known = {"svg", "title", "defs", "pattern", "rect", "clipPath", "path", "g", "circle", "text"}
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} <= known | {"line"}
    assert not [name for each in svg.iter() for name in each.attrib if name.startswith("on")]
    lines = " ".join(texts(svg))
    assert any(payload[:12] in lines for payload in PAYLOADS)
