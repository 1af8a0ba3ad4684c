"""The hand-written part of an edition: what is taken, what may be left out, what is told."""

from __future__ import annotations

import pytest

import stances
from tests.folders import Folder

FILE = "about.toml"


def test_it_is_read_as_it_is_written(six: stances.Dataset) -> None:
    about = six.about
    assert (about.title, about.authors) == ("Stances on Acme", ("A. Clerk",))
    assert about.featured == ("ARC", "Pact", "BOR")
    assert about.licence is not None
    assert about.licence.name == "CC0-1.0"


def test_without_the_file_nothing_is_featured_and_no_licence_is_named(folder: Folder) -> None:
    (folder.path / FILE).unlink()
    about = folder.load().about
    assert (about.title, about.featured, about.licence) == ("Positions on Acme", (), None)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "Stances on Acme"', "", "title: is missing; it must be a text"),
        ('authors = ["A. Clerk"]', 'authors = "A. Clerk"', "authors: "),
        ('authors = ["A. Clerk"]', "authors = [1]", "authors: must be a list of texts"),
        ("[dashboard]", "[dashbord]", "dashbord: is not a known key"),
        ('"Pact"', '"Pakt"', "dashboard.featured: Pakt is not known"),
        ("https://creative", "javascript:creative", "licence.url: "),
        ('url = "https://creativecommons.org/publicdomain/zero/1.0/"', "url = 1", "licence.url: "),
        ("[licence]", "[licence]\nyear = 2026", "licence.year: is not a known key"),
        ("[licence]", "[licence", "not valid TOML: "),
    ],
)
def test_each_mistake_is_told_by_its_name(folder: Folder, old: str, new: str, told: str) -> None:
    folder.replace(FILE, old, new)
    assert any(fault.startswith(f"{FILE}: {told}") for fault in folder.faults()), folder.faults()


def test_its_mistakes_are_told_together_with_those_of_the_tables(folder: Folder) -> None:
    folder.replace(FILE, '"Pact"', '"Pakt"')
    folder.edit("events", 2, score="5")
    assert folder.faults() == [
        "about.toml: dashboard.featured: Pakt is not known",
        "events.csv:2 score: 5 is outside -2..2",
    ]
