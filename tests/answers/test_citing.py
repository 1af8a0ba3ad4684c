"""A sentence to be pasted carries what it rests on."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from stances.answers.citing import quotation
from stances.dataset.tables import Dataset

ACCESSED = date(2020, 3, 1)


def test_a_sentence_is_quoted_with_its_source_and_the_dataset(six: Dataset) -> None:
    source = SimpleNamespace(
        publisher="The Gazette", title="Bar set", published="2020-02", url="https://gazette.example"
    )
    told = quotation(six, "Arcadia set a bar.", source, ACCESSED)
    start = "Arcadia set a bar. (Source: The Gazette, “Bar set”, 2020-02, https://gazette.example; "
    assert told.startswith(start)
    assert told.endswith(f"dataset {six.version}, {six.about.licence.name}, accessed 2020-03-01.)")  # type: ignore[union-attr]


def test_a_described_page_keeps_its_title_without_brackets(six: Dataset) -> None:
    source = SimpleNamespace(publisher="P", title="[A page]", published="", url="https://p.example")
    assert "P, “A page”, https://p.example;" in quotation(six, "So.", source, ACCESSED)


def test_a_sentence_without_a_source_names_the_dataset(six: Dataset) -> None:
    told = quotation(six, "So.", None, ACCESSED)
    assert told.startswith(f"So. ({six.about.title}, dataset {six.version}")
