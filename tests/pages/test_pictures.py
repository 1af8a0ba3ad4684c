"""The charts of a view: what they show of it, and where they lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from stances import words
from stances.charts.plot import Dots, Group, Mark, Text
from stances.dataset.load import Dataset
from stances.links import view
from stances.pages import country, pictures, trends


def flat(marks: list[Mark]) -> list[Mark]:
    return [m for mark in marks for m in (flat(mark.marks) if isinstance(mark, Group) else [mark])]


def test_what_happened_leads_to_the_events_of_its_day(real: Dataset) -> None:
    seen = view.read(real, "trends", {})
    marks = trends.lines_picture(seen).chart.plot.marks
    links = {m.marks[0].text: m.link for m in marks if isinstance(m, Group) and m.link}
    shown = [one for one in real.about.comparisons if one.label in links]
    assert shown
    for one in shown:
        of_day = view.read(real, "events", {"from": str(one.date), "to": str(one.date)})
        assert links[one.label].endswith(f"events?from={one.date}&to={one.date}")
        assert of_day.refused == ()


def test_dots_of_a_line_are_its_scored_acts_up_to_the_day(real: Dataset) -> None:
    seen = view.read(real, "trends", {"actor": "POL", "as_of": "2024-01-01"})
    chart = trends.lines_picture(seen).chart
    told = [text for m in flat(chart.plot.marks) if isinstance(m, Dots) for text in m.hover]
    events = seen.tracker.events
    acts = events[(events["actor"] == "POL") & events["binding"] & events["score"].notna()]
    acts = acts[(acts["domain"] == seen.domain) & (acts["date"].dt.date <= date(2024, 1, 1))]
    assert len(told) == len(acts)
    assert all(any(text.endswith(f": {title}") for text in told) for title in acts["title"])


def test_the_group_that_leads_is_named_first_of_more_than_two(real: Dataset) -> None:
    lines = [
        list(trends.line_names(view.read(real, "trends", {"actor": codes})))
        for codes in ("POL,EU,USA", "POL,EU")
    ]
    assert lines == [["EU", "POL", "USA"], ["POL", "EU"]]


def test_a_country_has_the_day_of_its_last_word_in_place_of_a_level(real: Dataset) -> None:
    seen = view.read(real, "actor", {"actor": "POL"})
    texts = [m.text for m in flat(country.picture(seen).chart.plot.marks) if isinstance(m, Text)]
    labels = set(real.codebook.scale.labels.values())
    assert len([text for text in texts if text in labels or text.startswith("Last ")]) == 5


def test_a_picture_says_to_which_day_its_data_go_and_of_which_version_they_are(
    real: Dataset,
) -> None:
    said = pictures.source(view.read(real, "", {}))
    assert f"data to {words.day(real.opening_day)}. Version {real.version}, " in said


def test_the_source_names_a_licence_of_any_length_in_words(six: Dataset) -> None:
    licence = replace(six.about.licence, name="CC-BY-SA-4.0")
    data = replace(six, about=replace(six.about, licence=licence))
    assert pictures.source(view.read(data, "", {})).endswith(", CC BY SA 4.0")
