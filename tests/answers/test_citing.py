"""A sentence to be pasted carries what it rests on."""

from __future__ import annotations

from types import SimpleNamespace

from stances.answers.citing import quotation
from stances.answers.tracker import Tracker
from stances.model.settings import Settings
from tests.golden import Golden


def test_a_sentence_is_quoted_with_its_source_and_the_dataset(
    golden: Golden, tracker_six: Tracker
) -> None:
    six = tracker_six.data
    source = SimpleNamespace(
        publisher="The Gazette", title="Bar set", published="2020-02", url="https://gazette.example"
    )
    page = SimpleNamespace(publisher="P", title="[A page]", published="", url="https://p.example")
    own = Tracker(six, Settings.from_choices(six.codebook, {"roads": 1}))
    cases = {
        "with its source": quotation(tracker_six, "Arcadia set a bar.", source),
        "a page that we describe": quotation(tracker_six, "So.", page),
        "without a source": quotation(tracker_six, "So.", None),
        # Figures that nobody published are told as such.
        "own settings": quotation(own, "So.", None),
        "acts alone": quotation(Tracker(six, basis="acts"), "So.", None),
    }
    assert all(f"dataset {six.version}, " in text for text in cases.values())
    golden(cases)
