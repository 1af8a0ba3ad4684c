"""The register: what each page is about and which pictures it has, each said once."""

from __future__ import annotations

import pytest

from stances.links.register import PICTURE_PLACES, REGISTER
from stances.pictures.every import PICTURES, pictures_of


@pytest.mark.parametrize("page", REGISTER)
def test_a_page_is_about_one_thing_in_one_sentence(page: str) -> None:
    about = REGISTER[page].about
    assert about[0].isupper()
    assert about.endswith(".")
    assert about.count(".") == 1
    # As much as a list of results shows of it.
    assert len(about) <= 155
    assert [entry.about for entry in REGISTER.values()].count(about) == 1


def test_every_picture_has_its_page_and_no_page_one_that_is_not_drawn() -> None:
    assert sorted(PICTURE_PLACES) == sorted(PICTURES)
    # None of them twice.
    named = [name for entry in REGISTER.values() for name in entry.pictures.split()]
    assert len(named) == len(PICTURES)


def test_a_page_has_its_pictures_in_the_order_of_the_register() -> None:
    assert list(pictures_of("compare", {"compare": "actors"})) == ["pair", "gap", "domains"]
    assert list(pictures_of("data", {"section": "downloads"})) == []
    assert list(pictures_of("acts", {})) == ["deadlines", "calendar"]
