"""The map: what it draws of a day, and that its change points say the same of every day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as Xml

import numpy as np
import pytest

from stances import words
from stances.answers import change_points, stance
from stances.answers.tracker import Tracker, tracker_of
from stances.charts import map as chart
from stances.charts import outlines, png
from stances.dataset.load import Dataset
from stances.links.pages import PAGES
from stances.links.view import take
from stances.pages import map as page
from tests.conftest import TODAY

DAYS = [date(2012, 5, 31), date(2019, 3, 4), date(2020, 7, 14), date(2023, 6, 30), date(2026, 7, 2)]


def link(page: str = "", **said: object) -> str:
    return f"{page or './'}?{'&'.join(f'{name}={value}' for name, value in said.items())}"


def marks(markup: str) -> dict[str, set[str]]:
    """Return the classes of all that stands for an actor, by its code."""
    found = re.findall(r'<\w+ class="([^"]*)"[^>]* data-(?:actor|of)="([^"]*)"', markup)
    more = re.findall(r'data-(?:actor|of)="([^"]*)"[^>]* class="([^"]*)"', markup)
    kinds = {"area", "spot", "sq"}
    made: dict[str, set[str]] = {}
    for code, css in [(code, css) for css, code in found] + more:
        made.setdefault(code, set()).add(" ".join(w for w in css.split() if w not in kinds))
    return made


@pytest.mark.parametrize("domain", ["networks", "overall"])
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_map_of_a_day_shows_the_standings_of_that_day(
    tracker: Tracker, day: date, domain: str
) -> None:
    shown = chart.states_on(change_points.levels_record(tracker, domain), day)
    overall = stance.standings(tracker, day, "overall")
    for code, row in stance.standings(tracker, day, domain).iterrows():
        words = shown[code].css.split()
        level = "none" if np.isnan(row["level"]) else f"l{int(row['level'])}"
        assert words[0] == level, code
        assert ("old" in words) == bool(row["is_old"]), code
        # Overall an open case has the dot too, which no rule was used in.
        assert ("used" in words) == bool(row["used"]) or domain == "overall", code
        said = shown[code].label.removeprefix(f"{tracker.names[code]}: ")
        if level != "none":
            assert said == f"{row['label']}, {row['rests_on']}", code
        elif domain == "overall":
            assert said == "no position", code
        else:
            # Grey is not nothing: what it is overall.
            there = overall.loc[code]
            beside = "" if np.isnan(there["level"]) else f"; {there['label']} overall"
            assert said == f"no position in telecom networks{beside}", code


def test_change_points_are_days_on_which_something_changes(tracker: Tracker) -> None:
    record = change_points.levels_record(tracker, "networks")
    assert set(record["actors"]) == set(tracker.actors) == set(record["names"])
    for code, found in record["actors"].items():
        days = [day for day, *_ in found]
        assert days[0] == record["first"], code
        assert days == sorted(set(days)), code
        states = [tuple(state) for _, *state in found]
        assert all(one != two for one, two in pairwise(states)), code
    assert record["last"] == tracker.data.opening_day.isoformat()


@pytest.mark.parametrize("where", outlines.REGIONS)
def test_every_actor_in_sight_has_one_mark_and_one_link(tracker: Tracker, where: str) -> None:
    day = DAYS[-1]
    shown = chart.states_on(change_points.levels_record(tracker, "networks"), day)
    drawn = chart.map_svg(
        page.region_drawing(tracker, where), shown, where, "Telecom networks", link
    )
    Xml.fromstring(drawn)
    codes = re.findall(r'<(?:path|circle)[^>]* data-actor="(\w+)"', drawn)
    assert len(codes) == len(set(codes))
    if where == "world":
        states = tracker.data.actors.set_index("actor")["kind"] == "state"
        assert set(codes) == {code for code in tracker.actors if states[code]}
    assert all(css == {shown[code].css} for code, css in marks(drawn).items())
    assert re.findall(r'<a href="actor\?actor=\(&#x27;(\w+)&#x27;,\)"', drawn) == codes
    assert drawn.count("aria-label=") == len(codes) + 1


@pytest.mark.parametrize("where", outlines.REGIONS)
def test_names_lie_in_the_sheet_and_on_no_other_name(tracker: Tracker, where: str) -> None:
    drawn = page.region_drawing(tracker, where)
    named = [label for label in drawn.labels if label.size]
    assert len(named) > 15
    boxes = []
    for label in named:
        half = chart.theme.text_width(label.text, label.size, True) / 2
        assert 0 < label.x < outlines.WIDTH and 0 < label.y < outlines.HEIGHT, label.text
        box = (label.x - half, label.y - label.size, label.x + half, label.y + label.size / 2)
        for other in boxes:
            apart = box[2] < other[0] or box[0] > other[2] or box[3] < other[1] or box[1] > other[3]
            assert apart, label.text
        boxes.append(box)
    assert any(not label.is_minor for label in named)


def test_projections_keep_areas() -> None:
    """A degree by a degree covers the same part of the sheet as of the globe, near and far."""
    for project, middle in (
        (outlines.azimuthal, (14.0, 52.0)),
        (outlines.equal_earth, (11.0, 0.0)),
    ):
        ratios = []
        for lon, lat in ((14.0, 52.0), (-20.0, 38.0), (40.0, 66.0), (100.0, 10.0)):
            ring = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], float) + np.array([lon, lat])
            x, y = project(*ring.T, middle).T
            area = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
            globe = np.radians(1) * (np.sin(np.radians(lat + 1)) - np.sin(np.radians(lat)))
            ratios.append(area / globe)
        assert np.allclose(ratios, ratios[0], rtol=0.002), project.__name__


def stage_on(tracker: Tracker, day: date, where: str, name: str = "EU") -> str:
    """Return the stage of a field, in which everybody has a name."""
    record = dict(change_points.levels_record(tracker, tracker.codebook.columns[1]))
    record["names"] = dict.fromkeys(record["names"], name)
    return chart.stage(
        record,
        day,
        drawing=page.region_drawing(tracker, where),
        bodies=dict.fromkeys([code for code in tracker.actors if code.startswith("EU-")], name),
        kinds=name,
        stack="",
        where=where,
        field=name,
        file=f"levels/{name}.json",
        link=link,
    )


def test_a_stage_has_what_its_script_needs(tracker: Tracker) -> None:
    day, last = date(2018, 4, 2), tracker.data.opening_day
    stage = stage_on(tracker, day, "europe")
    assert f'data-day="{day}"' in stage and 'data-levels="levels/EU.json"' in stage
    assert 'data-key="europe networks"' in stage
    assert 'aria-valuetext="2 Apr 2018"' in stage
    bodies = [code for code in tracker.actors if code.startswith("EU-")]
    assert set(bodies) <= set(marks(stage))
    at = float(re.search(r'class="hand" style="left:([\d.]+)%', stage)[1])  # type: ignore[index]
    assert 45 < at < 55
    newest = stage_on(tracker, last, "world")
    assert "left:100.00%" in newest
    later = stage_on(tracker, tracker.data.today, "world")
    assert "left:100.00%" in later and f'aria-valuetext="{last.day} ' in later


def test_a_picture_is_whole_by_itself(tracker: Tracker) -> None:
    query = {"as_of": str(DAYS[-1]), "domain": "networks", "view": "europe"}
    picture = page.picture(take(tracker.data, PAGES[""], query))
    for mode in ("light", "dark"):
        sheet = picture.sheet(mode)
        Xml.fromstring(sheet)
        assert "var(--" not in sheet and "light-dark" not in sheet and "<a " not in sheet
        assert words.day(DAYS[-1]) in sheet and "Commission" in sheet
    assert png.png(sheet).startswith(b"\x89PNG")


def test_names_of_the_data_are_escaped(six: Dataset, real: Dataset) -> None:
    tracker = tracker_of(six)
    stage = stage_on(tracker, TODAY, "world", "<b>")
    assert "<b>" not in stage and "&lt;b&gt;" in stage
    # On a country itself, for which the few events of a day are enough.
    actors = real.actors.replace({"short_name": {"France": "<i>&"}})
    few = replace(real, actors=actors, events=real.events.head(20), acts=real.acts[:0])
    small = tracker_of(few)
    shown = chart.states_on(change_points.levels_record(small, "networks"), DAYS[0])
    drawn = chart.map_svg(page.region_drawing(small, "europe"), shown, "europe", "Networks", link)
    assert ">&lt;i&gt;&amp;</text>" in drawn and "<i>" not in drawn


def test_another_basis_has_the_same_drawing(six: Dataset) -> None:
    tracker = tracker_of(six)
    other = tracker_of(tracker.data, "acts")
    assert page.region_drawing(other, "world") is page.region_drawing(tracker, "world")
