"""A sentence to be pasted carries what it rests on."""

from __future__ import annotations

from types import SimpleNamespace

from stances.answers.citing import quotation
from stances.answers.tracker import Tracker
from stances.model.settings import Settings


def test_a_sentence_is_quoted_with_its_source_and_the_dataset(tracker_six: Tracker) -> None:
    six = tracker_six.data
    source = SimpleNamespace(
        publisher="The Gazette", title="Bar set", published="2020-02", url="https://gazette.example"
    )
    text = quotation(tracker_six, "Arcadia set a bar.", source)
    start = "Arcadia set a bar. (Source: The Gazette, “Bar set”, 2020-02, https://gazette.example; "
    assert text.startswith(start)
    licence = six.about.licence
    assert licence is not None
    reach = "data to 27 October 2020"
    site = f"dataset {six.version}, {reach}, {licence.name}, accessed {six.today}.)"
    assert text.endswith(site)


def test_a_described_page_keeps_its_title_without_brackets(tracker_six: Tracker) -> None:
    source = SimpleNamespace(publisher="P", title="[A page]", published="", url="https://p.example")
    assert "P, “A page”, https://p.example;" in quotation(tracker_six, "So.", source)


def test_a_sentence_without_a_source_names_the_dataset(tracker_six: Tracker) -> None:
    six, text = tracker_six.data, quotation(tracker_six, "So.", None)
    assert text.startswith(f"So. ({six.about.title}, dataset {six.version}")


def test_a_sentence_of_figures_that_nobody_published_says_so(tracker_six: Tracker) -> None:
    six = tracker_six.data
    own = Tracker(six, Settings.chosen(six.codebook, {"roads": 1}))
    [change] = own.own_settings
    text = f"accessed {six.today}, not as published but with own settings ({change}).)"
    assert quotation(own, "So.", None).endswith(text)
    acts = quotation(Tracker(six, basis="acts"), "So.", None)
    assert acts.endswith(f"accessed {six.today}; what binds alone: words are left out.)")
