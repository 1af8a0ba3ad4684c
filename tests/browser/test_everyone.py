"""Every page for every reader: ears, eyes, fingers, any width, either scheme, before scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from stances.links.pages import PAGES
from tests.browser.reader import ALL, axe, begin, misplaced_at

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_every_page_is_looked_at() -> None:
    paths = {re.split("[/?]", address)[0] for address in ALL.values()}
    assert paths == set(PAGES), "give tests/browser/reader.py an address of it"


@pytest.mark.parametrize("name", ALL)
def test_nothing_lies_amiss_and_axe_finds_nothing(
    open_page: Callable[..., Page], name: str
) -> None:
    page = open_page(begin(ALL[name], live=False))
    found = misplaced_at(page, 1920, 320, 390)
    found += axe(page, rules={"target-size": {"enabled": True}})
    if name in ("map", "groups", "changes", "country"):  # all colours there are
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {line}" for line in axe(page, "color-contrast")]
    assert not found, "\n".join(found)
