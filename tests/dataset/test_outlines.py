"""Outlines are good if a map can be drawn from them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stances.dataset import outlines, scan
from stances.dataset.faults import DataFaults
from stances.dataset.outlines import (
    NotDrawn,
    country_ids,
    misplaced_countries,
    refuse_undrawn,
    rings,
)
from stances.dataset.tables import load
from tests.depth import each
from tests.folders import REAL, Folder

Topology = dict[str, Any]
FILES = sorted((REAL / "geometry").glob("*.json"))


def topology() -> Topology:
    """A square of two arcs, clockwise, from (10, 20) to (12, 22), on a grid of a tenth."""
    country = {"type": "Polygon", "id": "ONE", "arcs": [[0, ~1]]}
    return {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [10, 20]},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": [country]}},
        "arcs": [[[0, 0], [0, 20], [20, 0]], [[0, 0], [20, 0], [0, 20]]],
    }


def content(made: Topology) -> bytes:
    return json.dumps(made).encode()


def country(made: Topology) -> Topology:
    result: Topology = made["objects"]["countries"]["geometries"][0]
    return result


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_those_of_the_product_are_good(path: Any) -> None:
    refuse_undrawn(path.read_bytes())
    assert rings(path.read_bytes()).keys() == country_ids(path.read_bytes())


def test_rings_are_the_points_of_their_arcs_in_degrees() -> None:
    [ring] = rings(content(topology()))["ONE"]
    assert ring.tolist() == [[10, 20], [10, 22], [12, 22], [12, 22], [12, 20], [10, 20]]
    refuse_undrawn(content(topology()))


def test_without_a_grid_arcs_are_points() -> None:
    made = topology()
    del made["transform"]
    made["arcs"] = [[[0, 0], [0, 2], [2, 2]], [[0, 0], [2, 0], [2, 2]]]
    [ring] = rings(content(made))["ONE"]
    assert ring.max() == 2
    refuse_undrawn(content(made))


def _set(value: Any, *keys: Any) -> Callable[[Topology], None]:
    """Return a function that sets a value deep in a topology."""

    def change(made: Topology) -> None:
        for key in keys[:-1]:
            made = made[key]
        made[keys[-1]] = value

    return change


_ONE = ("objects", "countries", "geometries", 0)
NO_TOPOLOGY = "is no TopoJSON whose object countries has an id"
NO_SHAPE = "ONE has no shape, or a ring without arcs"
NO_ARCS = "has arcs that are none: "
BROKEN = [
    (_set([], "objects", "countries", "geometries"), "has no country"),
    (_set("Topology", "objects", "countries", "type"), NO_TOPOLOGY),
    (_set(None, *_ONE, "id"), NO_TOPOLOGY),
    (_set([], "arcs"), "ONE names arc 0, of which there are 0"),
    (_set(None, "arcs"), NO_ARCS),
    (_set({}, "transform"), NO_ARCS),
    (_set(None, "transform"), NO_ARCS),
    (_set([1, "x"], "transform", "scale"), NO_ARCS),
    (_set([0, 0], "transform", "scale"), "ONE has no area"),
    (_set([0.1, 0], "transform", "scale"), "ONE has no area"),
    (_set([-0.1, 0.1], "transform", "scale"), "ONE runs the wrong way round"),
    (_set([1e300, 1e300], "transform", "scale"), "has an arc, number 0, that leaves the world"),
    (_set([10, 200], "transform", "translate"), "has an arc, number 0, that leaves the world"),
    (_set([], "arcs", 0), NO_ARCS),
    (_set([[0, 0], [1]], "arcs", 0), NO_ARCS),
    (_set([[0, 0], [1, None]], "arcs", 0), NO_ARCS),
    (_set([["0", "0"], ["1", "1"]], "arcs", 0), NO_ARCS),
    (_set([[0, 0], [10**400, 1]], "arcs", 0), NO_ARCS),
    (_set("gone", *_ONE, "type"), NO_SHAPE),
    (_set([], *_ONE, "arcs"), NO_SHAPE),
    (_set([[]], *_ONE, "arcs"), NO_SHAPE),
    (_set([0, 1], *_ONE, "arcs"), NO_SHAPE),
    (_set([[0.5]], *_ONE, "arcs"), NO_SHAPE),
    (_set([[0, 2]], *_ONE, "arcs"), "ONE names arc 2, of which there are 2"),
    (_set([[0, -3]], *_ONE, "arcs"), "ONE names arc -3, of which there are 2"),
    (_set([[0, ~0]], *_ONE, "arcs"), "ONE has no area"),
    (_set([[1, ~0]], *_ONE, "arcs"), "ONE runs the wrong way round"),
]


@pytest.mark.parametrize(("spoil", "text"), BROKEN, ids=range(len(BROKEN)))
def test_what_draws_nothing_is_refused(spoil: Callable[[Topology], None], text: str) -> None:
    made = topology()
    spoil(made)
    with pytest.raises(NotDrawn) as refused:
        refuse_undrawn(content(made))
    assert str(refused.value).startswith(text)
    assert str(refused.value).isprintable()


def test_a_large_arc_is_not_drawn_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlines, "_MOST_POINTS", 6)
    made = topology()
    refuse_undrawn(content(made))
    country(made)["arcs"].append([0])
    with pytest.raises(NotDrawn, match="has 9 points in all rings; the most is 6"):
        refuse_undrawn(content(made))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_to_a_browser_is_none_here(number: str) -> None:
    broken = content(topology()).replace(b"[0, 20]", f"[0, {number}]".encode(), 1)
    with pytest.raises(ValueError, match=f"{number} is no number"):
        refuse_undrawn(broken)


@pytest.mark.parametrize("ending", ["utf-16", "utf-32"])
def test_another_encoding_is_none(ending: str) -> None:
    with pytest.raises(UnicodeDecodeError):
        refuse_undrawn(json.dumps(topology()).encode(ending))


def test_a_number_too_large_for_a_browser_is_refused() -> None:
    broken = content(topology()).replace(b"[0, 20]", b"[0, 1e999]", 1)
    with pytest.raises(NotDrawn, match="leaves the world"):
        refuse_undrawn(broken)


@pytest.mark.parametrize(
    ("place", "result"),
    [((11.0, 21.0), []), ((9.0, 23.0), []), ((5.0, 21.0), ["ONE"]), ((11.0, 30.0), ["ONE"])],
)
def test_a_country_lies_where_it_is_drawn(place: tuple[float, float], result: list[str]) -> None:
    assert misplaced_countries(content(topology()), {"ONE": place, "OTHER": (0.0, 0.0)}) == (
        result,
        1,
    )


def test_outlines_that_are_shifted_are_refused(tmp_path: Path) -> None:
    shutil.copytree(REAL, tmp_path / "data")
    file = tmp_path / "data" / "geometry" / FILES[0].name
    shifted = json.loads(file.read_bytes())
    # Half as wide and further west, so that all of it stays within the world.
    scale, translate = shifted["transform"]["scale"], shifted["transform"]["translate"]
    scale[0], translate[0] = scale[0] / 2, -180
    file.write_text(json.dumps(shifted))
    with pytest.raises(
        DataFaults, match=r"most countries are drawn elsewhere than where actors\.csv"
    ):
        load(tmp_path / "data")


def _own_outlines(tmp_path: Path, file: str, change: Callable[[list[Topology]], object]) -> Path:
    """A copy of the data whose outlines of one name have other countries."""
    shutil.copytree(REAL, tmp_path / "data")
    path = tmp_path / "data" / "geometry" / file
    made = json.loads(path.read_bytes())
    change(made["objects"]["countries"]["geometries"])
    path.write_text(json.dumps(made))
    return tmp_path / "data"


def _without(*codes: str) -> Callable[[list[Topology]], None]:
    def change(countries: list[Topology]) -> None:
        countries[:] = [country for country in countries if country["id"] not in codes]

    return change


def _rename(countries: list[Topology]) -> None:
    for number, country in enumerate(countries):
        country["id"] = f"X{number}"


def _only_one(countries: list[Topology]) -> None:
    countries[:] = [country for country in countries if country["id"] == "POL"]


def _every_second(countries: list[Topology]) -> None:
    del countries[::2]


@pytest.mark.parametrize("file", [path.name for path in FILES])
@each("change", [_without("POL"), _only_one, _every_second, _rename], ids=range(4), usual=2)
def test_outlines_that_lack_countries_of_the_data_are_refused(
    tmp_path: Path, file: str, change: Callable[[list[Topology]], object]
) -> None:
    folder = _own_outlines(tmp_path, file, change)
    drawn = country_ids((folder / "geometry" / file).read_bytes())
    needed = country_ids((REAL / "geometry" / file).read_bytes())
    lacking = sorted(needed & set(load(REAL).actors["actor"]) - drawn)
    with pytest.raises(DataFaults) as refused:
        load(folder)
    [fault] = refused.value.faults
    assert fault.file == f"{folder}/geometry/{file}"
    named = ", ".join(lacking[:5])
    more = f" and {len(lacking) - 5} more" if lacking[5:] else ""
    assert fault.message == f"lacks countries of actors.csv: {named}{more}"


def test_outlines_may_lack_whom_no_table_names(tmp_path: Path) -> None:
    actors = set(load(REAL).actors["actor"])
    for path in FILES:
        others = country_ids(path.read_bytes()) - actors
        folder = _own_outlines(tmp_path / path.stem, path.name, _without(*others))
        assert country_ids(load(folder).outlines[path.name]) <= actors


def test_an_actor_that_the_outlines_of_the_product_lack_is_a_marker(folder: Folder) -> None:
    own = folder.path / "geometry"
    shutil.copytree(REAL / "geometry", own)
    actors = set(folder.load().actors["actor"])
    assert not any(actors & country_ids(path.read_bytes()) for path in FILES)


def test_broken_outlines_of_the_product_are_no_measure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _own_outlines(tmp_path, FILES[0].name, _without("POL"))
    product = tmp_path / "product"
    (product / "geometry").mkdir(parents=True)
    (product / "geometry" / FILES[0].name).write_text("{}")
    monkeypatch.setattr(scan, "DEFAULT_FOLDER", product)
    assert "POL" not in country_ids(load(folder).outlines[FILES[0].name])
